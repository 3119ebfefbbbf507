"""A list of records: one model and one delegate for inspections, quotes, areas for improvement and documents."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPalette, QResizeEvent
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from db.records import Record
from desktop_app import look
from desktop_app.views.naming import name_bars

RecordRole = Qt.ItemDataRole.UserRole + 1
CardRole = Qt.ItemDataRole.UserRole + 2
Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True)
class Card:
    """What one row shows: a head with a badge, words, a line below, and a sentence that is spoken.

    `tone` names the badge's colours in the look file; `warning` is a line that asks for something;
    `said` is spoken in place of a head that is shortened.
    """

    head: str = ""
    words: str = ""
    below: str = ""
    badge: str = ""
    tone: str = "plain"
    warning: str = ""
    said: str = ""

    @property
    def spoken(self) -> str:
        """The row as one sentence."""
        parts = (self.said or self.head, self.words, self.badge, self.below, self.warning)
        return ", ".join(part.strip().rstrip(".") for part in parts if part)


class RecordList(QAbstractListModel):
    """Records with the card that each of them shows."""

    def __init__(self, card_of: Callable[[Any], Card], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._card_of = card_of
        self.records: list[Record] = []
        self._cards: list[Card] = []

    def show_records(self, records: Sequence[Record]) -> None:
        """Show other records; where only contents changed the view keeps its place."""
        cards = [self._card_of(record) for record in records]
        if [record.id for record in records] == [record.id for record in self.records]:
            changed = [row for row, card in enumerate(cards) if card != self._cards[row]]
            self.records, self._cards = list(records), cards
            for row in changed:
                self.dataChanged.emit(self.index(row), self.index(row))
            return
        self.beginResetModel()
        self.records, self._cards = list(records), cards
        self.endResetModel()

    def row_of(self, record_id: str) -> int:
        """The row of a record, -1 where it is not shown."""
        return next((row for row, record in enumerate(self.records) if record.id == record_id), -1)

    def rowCount(self, parent: Index = QModelIndex()) -> int:
        return 0 if parent.isValid() else len(self.records)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        card = self._cards[index.row()]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return card.spoken
        if role == CardRole:
            return card
        return self.records[index.row()] if role == RecordRole else None


class CardDelegate(QStyledItemDelegate):
    """Paints a card; its height follows the width and the font."""

    def __init__(self, parent: QObject | None = None, *, padding: int = 3) -> None:
        super().__init__(parent)
        self._padding = look.space(padding)

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        view = option.widget
        width = option.rect.width()
        if isinstance(view, QListView):
            # As if the scroll bar showed: whether it does follows from the heights that are asked for here.
            width = view.width() - view.verticalScrollBar().sizeHint().width() - 2 * view.frameWidth()
        return QSize(width, self._lay(option.font, width, index.data(CardRole), None))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        painter.save()
        colours = look.current()
        is_selected = bool(option.state & QStyle.StateFlag.State_Selected)
        is_focused = bool(option.state & QStyle.StateFlag.State_HasFocus)
        if is_selected:
            painter.fillRect(option.rect, colours.accent_soft)
            bar = QRect(option.rect.topLeft(), QSize(3, option.rect.height()))
            painter.fillRect(bar, colours.accent)
        painter.setPen(colours.border)
        painter.drawLine(option.rect.bottomLeft(), option.rect.bottomRight())
        if is_focused and is_selected:
            painter.setPen(colours.focus)
            painter.drawRect(option.rect.adjusted(1, 1, -2, -2))
        painter.translate(option.rect.topLeft())
        self._lay(option.font, option.rect.width(), index.data(CardRole), painter)
        painter.restore()

    def _lay(self, font: QFont, width: int, card: Card, painter: QPainter | None) -> int:
        """Lay the card out, and paint it where a painter is given; return the height in pixels."""
        pen = _Pen(painter, font, self._padding, width - 2 * self._padding)
        taken, under_px = pen.badge(card) if card.badge else (0, 0)
        if card.head:
            pen.text(card.head, "text", bold=True, less=taken)
            pen.y = max(pen.y, under_px)
        if card.words:
            pen.text(card.words, "text")
        if card.below:
            pen.text(card.below, "muted", smaller=True)
        if card.warning:
            pen.text(card.warning, "error", smaller=True)
        return pen.y + self._padding


class _Pen:
    """Where the next line of a card goes."""

    def __init__(self, painter: QPainter | None, font: QFont, padding: int, width: int) -> None:
        self.painter, self.font, self.left, self.width, self.y = painter, font, padding, max(width, 40), padding

    def text(self, text: str, role: str, *, bold: bool = False, smaller: bool = False, less: int = 0) -> None:
        font = QFont(self.font)
        font.setBold(bold)
        if smaller:
            font.setPointSizeF(font.pointSizeF() * 0.92)
        flags = Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignLeft
        room = QRect(self.left, self.y, self.width - less, 100_000)
        box = QFontMetrics(font).boundingRect(room, flags, text)
        if self.painter is not None:
            self.painter.setFont(font)
            self.painter.setPen(look.current().colour(role))
            self.painter.drawText(room, flags, text)
        self.y += box.height() + look.space(1)

    def badge(self, card: Card) -> tuple[int, int]:
        """Paint the badge at the right; return the width that it takes from the head, and where it ends."""
        font = QFont(self.font)
        font.setPointSizeF(font.pointSizeF() * 0.92)
        font.setBold(card.tone != "none")
        metrics = QFontMetrics(font)
        wide = min(metrics.horizontalAdvance(card.badge) + look.space(4), self.width * 11 // 20)
        flags = Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignCenter
        inner = metrics.boundingRect(QRect(0, 0, wide - look.space(2), 1000), flags, card.badge)
        box = QRect(self.left + self.width - wide, self.y, wide, inner.height() + look.space(1))
        if self.painter is not None:
            self._paint_badge(box, font, card, flags)
        return wide + look.space(2), box.bottom() + look.space(1)

    def _paint_badge(self, box: QRect, font: QFont, card: Card, flags: Any) -> None:
        assert self.painter is not None
        self.painter.setFont(font)
        if card.tone == "none":
            self.painter.setPen(look.current().muted)
        else:
            tone = look.current().tone(card.tone)
            self.painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            self.painter.setPen(Qt.PenStyle.NoPen)
            self.painter.setBrush(tone.fill)
            self.painter.drawRoundedRect(box, 5, 5)
            self.painter.setPen(tone.text)
        self.painter.drawText(box.adjusted(look.space(1), 0, -look.space(1), 0), flags, card.badge)


class RecordView(QListView):
    """A list of cards, walked by arrow keys; rows keep their height while they are shown."""

    def __init__(self, name: str, model: RecordList, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        name_bars(self, name.lower())
        self.setModel(model)
        self.setItemDelegate(CardDelegate(self))
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setUniformItemSizes(False)
        self.setBackgroundRole(QPalette.ColorRole.Base)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.scheduleDelayedItemsLayout()  # words break anew, so rows get other heights

    def dataChanged(self, first: Index, last: Index, roles: Sequence[int] = ()) -> None:
        super().dataChanged(first, last, roles)
        self.scheduleDelayedItemsLayout()

    def current_record(self) -> Any:
        """The record of the current row, or None."""
        return self.currentIndex().data(RecordRole) if self.currentIndex().isValid() else None

    def go_to(self, record_id: str) -> bool:
        """Make a record's row the current one; False where it is not shown."""
        model = self.model()
        row = model.row_of(record_id) if isinstance(model, RecordList) else -1
        if row < 0:
            return False
        self.setCurrentIndex(model.index(row, 0))
        self.scrollTo(model.index(row, 0))
        return True

"""What a search found as a list: a row for each kind with its count, and a card for each hit."""

from typing import Any

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPoint,
    QPointF,
    QRect,
    QSize,
    Qt,
)
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QTextCharFormat, QTextLayout, QTextOption
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from db.hits import Hit
from db.passages import Group
from db.rules import name_of
from db.search import Results
from db.search_filters import GROUP_NAMES
from db.searchable import joined
from desktop_app import look

HitRole = Qt.ItemDataRole.UserRole + 1
ONE = {
    Group.INSPECTION: "Inspection",
    Group.JUDGEMENT: "Judgement",
    Group.QUOTE: "Quote",
    Group.AREA_FOR_IMPROVEMENT: "Area for improvement",
    Group.ACTION: "Action",
    Group.PROGRESS_NOTE: "Progress note",
    Group.DOCUMENT: "Document",
    Group.PARAGRAPH: "Paragraph",
}
MOST_LINES = 3  # of an excerpt
_UNNAMED = {"name", "judgement", "text", "title"}  # fields that need no label before what they say
Index = QModelIndex | QPersistentModelIndex


class HitList(QAbstractListModel):
    """The hits below the kind that they are of; a kind's row cannot be chosen."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: list[Hit | str] = []

    def show_results(self, results: Results) -> None:
        """Show what was found."""
        self.beginResetModel()
        self._rows = []
        for group, count in results.counts.items():
            hits = [hit for hit in results.hits if hit.group == group]
            shown = "" if len(hits) == count else f", the {results.first_word} {len(hits)} shown"
            more = "+" if group in results.capped else ""
            self._rows += [f"{GROUP_NAMES[group]}: {count:,}{more}{shown}", *hits]
        self.endResetModel()

    def hit(self, row: int) -> Hit | None:
        """The hit of a row, None for a kind's row or outside."""
        found = self._rows[row] if 0 <= row < len(self._rows) else None
        return found if isinstance(found, Hit) else None

    def rows_of_hits(self) -> list[int]:
        """The rows that can be chosen."""
        return [row for row, each in enumerate(self._rows) if isinstance(each, Hit)]

    def row_of(self, key: str) -> int:
        """The row of a hit, -1 where it is not shown."""
        return next((row for row in self.rows_of_hits() if self._rows[row].key == key), -1)  # type: ignore[union-attr]

    def rowCount(self, parent: Index = QModelIndex()) -> int:
        return 0 if parent.isValid() else len(self._rows)

    def flags(self, index: Index) -> Qt.ItemFlag:
        if self.hit(index.row()) is None:
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemNeverHasChildren

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        row = self._rows[index.row()]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return spoken(row) if isinstance(row, Hit) else row
        return row if role == HitRole and isinstance(row, Hit) else None


def spoken(hit: Hit) -> str:
    """A hit as one sentence: "Quote, Children are safe, Durham County Council, ILACS standard inspection, ..."."""
    parts = [ONE[hit.group], _line(hit), hit.about, _heading(hit)]
    return ", ".join(part.strip().rstrip(".") for part in parts if part)


def _line(hit: Hit) -> str:
    return _label(hit) + hit.excerpt


def _label(hit: Hit) -> str:
    return "" if hit.field in _UNNAMED else f"{name_of(hit.field)}: "


def _heading(hit: Hit) -> str:
    if hit.field == "name":
        return ""
    title = hit.title if hit.group == Group.PARAGRAPH else ""
    return joined(hit.heading, title, hit.where)


class HitDelegate(QStyledItemDelegate):
    """Paints a kind's row or a hit: the excerpt with the searched words marked, below it where it stands."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        hit = index.data(HitRole)
        line_px = QFontMetrics(option.font).lineSpacing()
        if hit is None:
            return QSize(option.rect.width(), line_px + look.space(3))
        lower = sum(QFontMetrics(_smaller(option.font)).lineSpacing() for text in (hit.about, _heading(hit)) if text)
        layout = _laid_out(hit, option.font, _width(option))
        return QSize(option.rect.width(), layout.lineCount() * line_px + lower + look.space(3))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        painter.save()
        hit = index.data(HitRole)
        if hit is None:
            self._paint_kind(painter, option, str(index.data()))
        else:
            self._paint_hit(painter, option, hit)
        painter.restore()

    def _paint_kind(self, painter: QPainter, option: QStyleOptionViewItem, text: str) -> None:
        colours = look.current()
        painter.fillRect(option.rect, colours.raised)
        font = _smaller(option.font)
        font.setBold(True)
        painter.setFont(font)
        painter.setPen(colours.text)
        room = option.rect.adjusted(look.space(3), 0, -look.space(3), 0)
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, text)

    def _paint_hit(self, painter: QPainter, option: QStyleOptionViewItem, hit: Hit) -> None:
        colours = look.current()
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(option.rect, colours.accent_soft)
            painter.fillRect(QRect(option.rect.topLeft(), QSize(3, option.rect.height())), colours.accent)
            if option.state & QStyle.StateFlag.State_HasFocus:
                painter.setPen(colours.focus)
                painter.drawRect(option.rect.adjusted(1, 1, -2, -2))
        painter.setPen(colours.border)
        painter.drawLine(option.rect.bottomLeft(), option.rect.bottomRight())
        corner = option.rect.topLeft() + QPoint(look.space(3), look.space(1.5))
        width = _width(option)
        layout = _laid_out(hit, option.font, width)
        painter.setPen(colours.text)
        layout.draw(painter, QPointF(corner))
        top = corner.y() + layout.lineCount() * QFontMetrics(option.font).lineSpacing()
        font = _smaller(option.font)
        painter.setFont(font)
        painter.setPen(colours.muted)
        metrics = QFontMetrics(font)
        for text in (hit.about, _heading(hit)):
            if text:
                line = metrics.elidedText(text.replace("\n", " "), Qt.TextElideMode.ElideRight, width)
                painter.drawText(corner.x(), top + metrics.ascent(), line)
                top += metrics.lineSpacing()


def _width(option: QStyleOptionViewItem) -> int:
    """Room for the words: as if the scroll bar showed, so that they never break anew when it comes or goes."""
    view = option.widget
    assert isinstance(view, QListView)
    bar_px = view.verticalScrollBar().sizeHint().width()
    return view.width() - 2 * view.frameWidth() - bar_px - 2 * look.space(3)


def _smaller(font: QFont) -> QFont:
    small = QFont(font)
    small.setPointSizeF(font.pointSizeF() * 0.92)
    return small


def _laid_out(hit: Hit, font: QFont, width: int) -> QTextLayout:
    """The excerpt in at most three lines, the searched words in bold on a colour of their own."""
    text = _line(hit)
    layout = QTextLayout(text, font)
    layout.setTextOption(QTextOption(Qt.AlignmentFlag.AlignLeft))
    layout.setFormats(_formats(text, hit, len(_label(hit))))
    layout.setCacheEnabled(True)
    line_px = QFontMetrics(font).lineSpacing()
    layout.beginLayout()
    for number in range(MOST_LINES):
        line = layout.createLine()
        if not line.isValid():
            break
        line.setLineWidth(max(width, 40))
        line.setPosition(QPointF(0, number * line_px))
    layout.endLayout()
    return layout


def _formats(text: str, hit: Hit, shift: int) -> list[QTextLayout.FormatRange]:
    colours = look.current()
    marked = QTextCharFormat()
    marked.setFontWeight(QFont.Weight.Bold)
    marked.setBackground(colours.selection)
    marked.setForeground(colours.selection_text)
    formats = []
    for start, end in hit.marks:
        found = QTextLayout.FormatRange()
        found.start, found.length = _units(text[: start + shift]), _units(text[start + shift : end + shift])
        found.format = marked
        formats.append(found)
    return formats


def _units(text: str) -> int:
    """The length as Qt counts it: an emoji is two."""
    return len(text) + sum(letter > "\uffff" for letter in text)

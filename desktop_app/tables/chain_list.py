"""The list of what inspectors have said: cards along a line, with a mark for each kind of thing that was said."""

from enum import Enum

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPen, QPolygonF, QResizeEvent
from PySide6.QtWidgets import QStyle, QStyleOptionViewItem

from desktop_app import look
from desktop_app.tables.record_list import CardDelegate, CardRole, RecordRole, RecordView

Index = QModelIndex | QPersistentModelIndex
_STEPS = 6  # of the grid, for the line and its marks
_RADIUS_PX = 5.0
_RETURNS = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class Mark(Enum):
    """A form for each kind of line, told apart without its colour."""

    RAISED = "a filled circle"
    RAISED_AGAIN = "a filled triangle"
    BETTER = "a half circle"
    CLOSED = "a circle with a tick"
    SILENT = "a circle with a dash"
    NOTHING = "a small empty circle"
    PROPOSED = "an empty diamond"


_CORNERS = {
    Mark.RAISED_AGAIN: ((-6, 5), (6, 5), (0, -6)),
    Mark.PROPOSED: ((-6, 0), (0, 6), (6, 0), (0, -6)),
}


class ChainDelegate(CardDelegate):
    """Paints a card beside the line; the record of a row has a `mark`."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        width = super().sizeHint(option, index).width()
        return QSize(width, self._lay(option.font, width - look.space(_STEPS), index.data(CardRole), None))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        whole = option.rect
        colours = look.current()
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(whole, colours.accent_soft)
        room = QStyleOptionViewItem(option)
        room.rect = whole.adjusted(look.space(_STEPS), 0, 0, 0)
        super().paint(painter, room, index)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        x = whole.left() + look.space(_STEPS) / 2
        y = whole.top() + self._padding + option.fontMetrics.height() / 2
        painter.setPen(QPen(colours.border_strong, 2))
        is_first, is_last = index.row() == 0, index.row() == index.model().rowCount() - 1
        painter.drawLine(QPointF(x, y if is_first else whole.top()), QPointF(x, y if is_last else whole.bottom() + 1))
        _paint_mark(painter, QPointF(x, y), index.data(RecordRole).mark)
        painter.restore()


def _paint_mark(painter: QPainter, at: QPointF, mark: Mark) -> None:
    colours = look.current()
    painter.setPen(QPen(colours.text, 1.6))
    painter.setBrush(colours.text if mark in (Mark.RAISED, Mark.RAISED_AGAIN) else colours.surface)
    radius = _RADIUS_PX * 0.7 if mark is Mark.NOTHING else _RADIUS_PX
    circle = QRectF(at.x() - radius, at.y() - radius, 2 * radius, 2 * radius)
    if mark in _CORNERS:
        painter.drawPolygon(QPolygonF([at + QPointF(x, y) for x, y in _CORNERS[mark]]))
        return
    painter.drawEllipse(circle)
    if mark is Mark.BETTER:
        painter.setBrush(colours.text)
        painter.drawPie(circle, 90 * 16, 180 * 16)
    elif mark is Mark.CLOSED:
        ends = (QPointF(-3, 0), QPointF(-0.8, 2.4), QPointF(3, -2.4))
        painter.drawPolyline(QPolygonF([at + end for end in ends]))
    elif mark is Mark.SILENT:
        painter.drawLine(at + QPointF(-2.6, 0), at + QPointF(2.6, 0))


class ChainView(RecordView):
    """Signals:
    entered: Emitted on Enter.
    removal_wanted: Emitted on Del.
    """

    entered = Signal()
    removal_wanted = Signal()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.keep_in_sight()

    def keep_in_sight(self) -> None:
        """Scroll to the current row where it stands now."""
        self.executeDelayedItemsLayout()
        self.scrollTo(self.currentIndex())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in _RETURNS:
            self.entered.emit()
        elif event.key() == Qt.Key.Key_Delete:
            self.removal_wanted.emit()
        else:
            super().keyPressEvent(event)

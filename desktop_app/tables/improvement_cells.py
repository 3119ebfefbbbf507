"""Paints the cells of the list of areas for improvement: words in lines, a status with its mark, a heading."""

from typing import Any

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import QAbstractItemView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QTableView, QWidget

from db.improvement_list import COLUMNS, SEEN, STATUS, WORDS
from db.improvement_words import StatusWords
from desktop_app import look
from desktop_app.tables.improvement_model import StatusRole

Index = QModelIndex | QPersistentModelIndex
_FLAGS = Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop
_LAST = len(COLUMNS) - 1


class CellDelegate(QStyledItemDelegate):
    """A cell's height follows its words, its width and the font."""

    def heading_px(self, view: QWidget) -> int:
        """The height of a row with a heading."""
        return QFontMetrics(_bold(view.font())).lineSpacing() + look.space(5)

    def height_px(self, view: QAbstractItemView, index: Index, width_px: int) -> int:
        """The height that a cell needs at a width."""
        if index.column() == STATUS:
            return look.space(6) + view.fontMetrics().lineSpacing() * (2 if index.data(StatusRole).below else 1)
        text = str(index.data() or "")
        room = QRect(0, 0, max(width_px - look.space(4), 20), 100_000)
        return view.fontMetrics().boundingRect(room, _FLAGS, text).height() + look.space(5)

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        view = option.widget
        if isinstance(view, QTableView):
            return QSize(option.rect.width(), view.sizeHintForRow(index.row()))
        return super().sizeHint(option, index)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        painter.save()
        painter.setClipRect(option.rect)
        if index.flags() == Qt.ItemFlag.NoItemFlags:
            self._paint_heading(painter, option, str(index.data() or ""))
        else:
            self._paint_ground(painter, option, index)
            inner = option.rect.adjusted(look.space(2), look.space(2), -look.space(2), -look.space(1))
            painter.setFont(option.font)
            if index.column() == STATUS:
                _paint_status(painter, inner, option.font, index.data(StatusRole))
            else:
                role = "text" if index.column() == WORDS else "muted"
                painter.setPen(look.current().colour("accent" if index.column() == SEEN else role))
                painter.drawText(inner, _FLAGS, str(index.data() or ""))
        painter.restore()

    def _paint_ground(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        colours, rect = look.current(), option.rect
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(rect, colours.accent_soft)
        painter.setPen(colours.border)
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        view: Any = option.widget
        if view is None or view.currentIndex().row() != index.row():
            return
        if index.column() == 0:
            painter.fillRect(QRect(rect.topLeft(), QSize(3, rect.height())), colours.accent)
        if view.hasFocus():
            painter.setPen(colours.focus)
            painter.drawLine(rect.topLeft(), rect.topRight())
            painter.drawLine(rect.bottomLeft(), rect.bottomRight())
            if index.column() == _LAST:
                painter.drawLine(rect.topRight(), rect.bottomRight())

    def _paint_heading(self, painter: QPainter, option: QStyleOptionViewItem, text: str) -> None:
        colours = look.current()
        painter.fillRect(option.rect, colours.raised)
        painter.setFont(_bold(option.font))
        painter.setPen(colours.text)
        inner = option.rect.adjusted(look.space(2), 0, -look.space(2), 0)
        flags = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
        cut = QFontMetrics(painter.font()).elidedText(text, Qt.TextElideMode.ElideRight, inner.width())
        painter.drawText(inner, flags, cut)


def _paint_status(painter: QPainter, inner: QRect, font: QFont, status: StatusWords) -> None:
    """A mark and words on their tone, and what a person set below them."""
    if not status.words:
        return
    words = f"{status.mark} {status.words}"
    bold = _bold(font)
    metrics = QFontMetrics(bold)
    wide = min(metrics.horizontalAdvance(words) + look.space(4), inner.width())
    box = QRect(inner.left(), inner.top() - 1, wide, metrics.lineSpacing() + look.space(1))
    tone = look.current().tone(status.tone)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(tone.soft)
    painter.drawRoundedRect(box, 4, 4)
    painter.setFont(bold)
    painter.setPen(tone.soft_text)
    cut = metrics.elidedText(words, Qt.TextElideMode.ElideRight, box.width() - look.space(3))
    painter.drawText(box.adjusted(look.space(2), 0, -look.space(1), 0), Qt.AlignmentFlag.AlignVCenter, cut)
    if status.below:
        painter.setFont(font)
        painter.setPen(look.current().muted)
        plain = QFontMetrics(font).elidedText(status.below, Qt.TextElideMode.ElideRight, inner.width())
        line = QRect(inner.left(), box.bottom() + look.space(1), inner.width(), inner.height())
        painter.drawText(line, _FLAGS, plain)


def _bold(font: QFont) -> QFont:
    bold = QFont(font)
    bold.setBold(True)
    return bold

"""Lines of a list, wrapped where they do not fit: Qt forgets the padding when it asks how high a line is."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtWidgets import QListView, QStyledItemDelegate, QStyleOptionViewItem

from desktop_app import look

_MOST_PX = 10_000


class WrappedLines(QStyledItemDelegate):
    """Makes room for every line of an item's text."""

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        view = option.widget
        if not isinstance(view, QListView):
            return super().sizeHint(option, index)
        # As if the scroll bar showed: whether it does follows from the heights that are asked for here.
        width = view.width() - view.verticalScrollBar().sizeHint().width() - look.space(8)
        room = QRect(0, 0, max(width, 1), _MOST_PX)
        text = str(index.data(Qt.ItemDataRole.DisplayRole) or "")
        height = option.fontMetrics.boundingRect(room, Qt.TextFlag.TextWordWrap, text).height()
        return QSize(max(width, 1), height + look.space(3))


def wrap_lines(view: QListView) -> None:
    """Have a list wrap its lines instead of cutting them off."""
    view.setItemDelegate(WrappedLines(view))
    view.setWordWrap(True)
    view.setResizeMode(QListView.ResizeMode.Adjust)
    view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

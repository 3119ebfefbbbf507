"""The list of hits, walked by arrow keys; letters typed in it belong into the search box."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QListView, QWidget

from db.hits import Hit
from desktop_app.tables.hit_list import HitDelegate, HitList

_COMMAND_KEYS = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.MetaModifier

_CTRL_SHIFT = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier


class HitView(QListView):
    """Signals:
    left_upwards: Emitted when a person goes up from the first hit.
    typed_on: Emitted with the text of a key that belongs into the search box.
    closed: Emitted on Escape.
    end_reached: Emitted when a person comes to the last hit or scrolls to the end.
    copy_wanted: Emitted on Ctrl+C, with whether a list is wanted (Ctrl+Shift+C).
    """

    left_upwards = Signal()
    typed_on = Signal(str)
    closed = Signal()
    end_reached = Signal()
    copy_wanted = Signal(bool)

    def __init__(self, model: HitList, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName("Search results")
        self.setModel(model)
        self.setItemDelegate(HitDelegate(self))
        self.setSelectionMode(QListView.SelectionMode.ExtendedSelection)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.verticalScrollBar().actionTriggered.connect(self._on_scrolled)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        rows = self._hits().rows_of_hits()
        row = self.currentIndex().row()
        is_plain = not event.modifiers() & (Qt.KeyboardModifier.ShiftModifier | _COMMAND_KEYS)
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        elif event.matches(QKeySequence.StandardKey.Copy):
            self.copy_wanted.emit(False)
        elif event.key() == Qt.Key.Key_C and event.modifiers() == _CTRL_SHIFT:
            self.copy_wanted.emit(True)
        elif is_plain and event.key() == Qt.Key.Key_Up and rows and row <= rows[0]:
            self.left_upwards.emit()
        elif is_plain and event.key() == Qt.Key.Key_Home and rows:
            self.go_to(rows[0])
        elif is_plain and event.key() == Qt.Key.Key_End and rows:
            self.go_to(rows[-1])
        elif event.text().isprintable() and event.text() and not event.modifiers() & _COMMAND_KEYS:
            self.typed_on.emit(event.text())
        else:
            super().keyPressEvent(event)
        if rows and self.currentIndex().row() == rows[-1]:
            self.end_reached.emit()

    def go_to(self, row: int) -> None:
        """Make a row the current one; the kind above the first hit is shown with it."""
        self.setCurrentIndex(self._hits().index(row))
        if row == 1:
            self.scrollToTop()

    def chosen(self) -> list[Hit]:
        """The selected hits from top to bottom."""
        rows = sorted(index.row() for index in self.selectedIndexes())
        return [hit for row in rows if (hit := self._hits().hit(row))]

    def _hits(self) -> HitList:
        model = self.model()
        assert isinstance(model, HitList)
        return model

    def _on_scrolled(self) -> None:
        bar = self.verticalScrollBar()
        if bar.sliderPosition() >= bar.maximum():
            self.end_reached.emit()

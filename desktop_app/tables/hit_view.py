"""The list of hits, walked by arrow keys; letters typed in it belong into the search box."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QListView, QWidget

from desktop_app.tables.hit_list import HitDelegate, HitList

_COMMAND_KEYS = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.MetaModifier


class HitView(QListView):
    """Signals:
    left_upwards: Emitted when a person goes up from the first hit.
    typed_on: Emitted with the text of a key that belongs into the search box.
    closed: Emitted on Escape.
    end_reached: Emitted when a person comes to the last hit or scrolls to the end.
    """

    left_upwards = Signal()
    typed_on = Signal(str)
    closed = Signal()
    end_reached = Signal()

    def __init__(self, model: HitList, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName("Search results")
        self.setModel(model)
        self.setItemDelegate(HitDelegate(self))
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.verticalScrollBar().actionTriggered.connect(self._on_scrolled)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        rows = self._hits().rows_of_hits()
        row = self.currentIndex().row()
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        elif event.key() == Qt.Key.Key_Up and rows and row <= rows[0]:
            self.left_upwards.emit()
        elif event.key() == Qt.Key.Key_Home and rows:
            self.go_to(rows[0])
        elif event.key() == Qt.Key.Key_End and rows:
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

    def _hits(self) -> HitList:
        model = self.model()
        assert isinstance(model, HitList)
        return model

    def _on_scrolled(self) -> None:
        bar = self.verticalScrollBar()
        if bar.sliderPosition() >= bar.maximum():
            self.end_reached.emit()

"""A list of rows to confirm by keyboard: Enter accepts, typing corrects, Delete leaves out."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTreeWidget, QTreeWidgetItem, QWidget

from desktop_app.views.naming import name_bars

HEADINGS = ("Field", "What the report says", "Where", "How sure", "State")
_SHARES = (26, 34, 18, 11, 11)
_RETURNS = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_LETTER_KEYS = Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier


class DraftRows(QTreeWidget):
    """Signals:
    accepted: Emitted when a person takes the current row as it is.
    typed: Emitted with the letter by which a person began a correction, empty for F2.
    left_out: Emitted when a person leaves the current row out.
    moved: Emitted with the place of the row that is the current one now.
    """

    accepted = Signal()
    typed = Signal(str)
    left_out = Signal()
    moved = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName("What the report says")
        name_bars(self, "what the report says")
        self.setHeaderLabels(HEADINGS)
        self.setRootIsDecorated(False)
        self.setUniformRowHeights(True)
        self.setAllColumnsShowFocus(True)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.header().setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        self.header().setStretchLastSection(True)
        self.header().setAccessibleName("Columns of what the report says")
        self.currentItemChanged.connect(lambda *_: self.moved.emit(self.place))
        self.itemDoubleClicked.connect(lambda *_: self.typed.emit(""))

    @property
    def place(self) -> int:
        """The current row, counted from 0; -1 where there is none."""
        item = self.currentItem()
        return self.indexOfTopLevelItem(item) if item else -1

    def show_rows(self, rows: Sequence[Sequence[str]]) -> None:
        """Show these instead; the current row stays."""
        place = self.place
        self.blockSignals(True)
        self.clear()
        self.addTopLevelItems([QTreeWidgetItem([_one_line(text) for text in row]) for row in rows])
        self.blockSignals(False)
        if rows:
            self.go_to(min(max(place, 0), len(rows) - 1))

    def show_row(self, place: int, row: Sequence[str]) -> None:
        """Show what one row says now."""
        if item := self.topLevelItem(place):
            for column, text in enumerate(row):
                item.setText(column, _one_line(text))

    def go_to(self, place: int) -> None:
        """Make a row the current one, in sight."""
        if item := self.topLevelItem(place):
            self.setCurrentItem(item)
            self.scrollToItem(item)

    def share_width(self) -> None:
        """Give each column its share of the width."""
        room_px = self.viewport().width()
        for column, share in enumerate(_SHARES[:-1]):
            self.setColumnWidth(column, room_px * share // 100)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        text, is_plain = event.text(), not event.modifiers() & ~_LETTER_KEYS
        if event.key() in _RETURNS and is_plain:
            self.accepted.emit()
        elif event.key() == Qt.Key.Key_Delete and is_plain:
            self.left_out.emit()
        elif event.key() == Qt.Key.Key_F2:
            self.typed.emit("")
        elif is_plain and text.strip() and text.isprintable():
            self.typed.emit(text)
        else:
            super().keyPressEvent(event)


def _one_line(text: str) -> str:
    return " ".join(text.split())

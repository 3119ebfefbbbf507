"""A list of rows to confirm by keyboard: Enter accepts, typing corrects, Esc leaves open, Delete leaves out."""

import math
from collections.abc import Sequence
from enum import StrEnum
from typing import NamedTuple

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTreeWidget, QTreeWidgetItem, QWidget

from desktop_app import look
from desktop_app.views.naming import name_bars
from desktop_app.views.plain_text import as_tool_tip

HEADINGS = ("Field", "What the report says", "Page", "How sure", "State")
_VALUE, _PAGE, _SURE, _STATE = 1, 2, 3, 4
_WIDEST = {_PAGE: HEADINGS[2], _SURE: "added by you", _STATE: "file differs"}
_FIELD_SHARE = 45
_MOST_LINES = {0: 3, _VALUE: 2, _SURE: 2, _STATE: 2}
_TALL_PX = 10_000
_RETURNS = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_LETTER_KEYS = Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier


class Manner(StrEnum):
    """How a row looks; what it means stands in its words as well."""

    OPEN = "open"
    DOUBTFUL = "doubtful"
    DONE = "done"
    DIFFERS = "differs"  # done, and not written as long as the file says otherwise
    LEFT_OUT = "left out"


class Row(NamedTuple):
    """One row: its cells, the sentence by which it is spoken, and how it looks."""

    cells: tuple[str, ...]
    sentence: str
    manner: Manner


class DraftRows(QTreeWidget):
    """Signals:
    accepted: Emitted when a person takes the current row as it is.
    typed: Emitted with the letter by which a person began a correction, empty for F2.
    left_open: Emitted when a person leaves the current row for later.
    left_out: Emitted when a person leaves the current row out.
    more_wanted: Emitted when a person wants to add a row.
    moved: Emitted with the place of the row that is the current one now.
    """

    accepted = Signal()
    typed = Signal(str)
    left_open = Signal()
    left_out = Signal()
    more_wanted = Signal()
    moved = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName("What the report says")
        name_bars(self, "what the report says")
        self.setHeaderLabels(HEADINGS)
        self.setRootIsDecorated(False)
        self.setWordWrap(True)
        self.setAllColumnsShowFocus(True)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)  # heights follow the width, not it them
        self.header().setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        self.header().setStretchLastSection(False)
        self.header().setAccessibleName("Columns of what the report says")
        self._shown: list[Row] = []
        look.signals.changed.connect(self._show_again)
        self.currentItemChanged.connect(lambda *_: self.moved.emit(self.place))
        self.itemDoubleClicked.connect(lambda *_: self.typed.emit(""))

    @property
    def place(self) -> int:
        """The current row, counted from 0; -1 where there is none."""
        item = self.currentItem()
        return self.indexOfTopLevelItem(item) if item else -1

    def show_rows(self, rows: Sequence[Row]) -> None:
        """Show these; the place of the current row stays, and nobody is told that it moved."""
        place = self.place
        self.blockSignals(True)  # what changes in a row is no move to another
        while self.topLevelItemCount() > len(rows):
            self.takeTopLevelItem(len(rows))
        self.addTopLevelItems([QTreeWidgetItem() for _ in range(len(rows) - self.topLevelItemCount())])
        for at, row in enumerate(rows):
            if self._shown[at : at + 1] != [row]:
                self._show_row(at, row)
        self._shown = list(rows)
        if item := self.topLevelItem(min(max(place, 0), len(rows) - 1)):
            self.setCurrentItem(item)
        self.blockSignals(False)

    def _show_again(self) -> None:
        for at, row in enumerate(self._shown):
            self._show_row(at, row)

    def _show_row(self, place: int, row: Row) -> None:
        item = self.topLevelItem(place)
        if item is None:
            return
        colours = look.current()
        for column, text in enumerate(row.cells):
            line = " ".join(text.split())
            item.setText(column, line)
            item.setData(column, Qt.ItemDataRole.AccessibleTextRole, line or "nothing")
            item.setToolTip(column, as_tool_tip(line) if column <= _VALUE else "")
            item.setForeground(column, colours.muted if row.manner is Manner.LEFT_OUT else colours.text)
            font = item.font(column)
            font.setStrikeOut(row.manner is Manner.LEFT_OUT and column == _VALUE)
            font.setBold(row.manner is Manner.DOUBTFUL and column == _SURE)
            item.setFont(column, font)
        if row.manner is Manner.DOUBTFUL:
            item.setForeground(_SURE, colours.error)
        elif row.manner in (Manner.DONE, Manner.DIFFERS):
            item.setForeground(_STATE, colours.ok if row.manner is Manner.DONE else colours.error)
        item.setData(0, Qt.ItemDataRole.AccessibleDescriptionRole, row.sentence)
        self._fit_height(item)

    def _fit_height(self, item: QTreeWidgetItem) -> None:
        """As many lines as its texts need, within reason: no label is cut so short that it reads like the next one."""
        metrics, edges_px = self.fontMetrics(), look.space(2)
        needed = 1
        for column, most in _MOST_LINES.items():
            room = QRect(0, 0, self.columnWidth(column) - edges_px, _TALL_PX)
            height_px = metrics.boundingRect(room, Qt.TextFlag.TextWordWrap, item.text(column)).height()
            needed = max(needed, min(most, math.ceil(height_px / metrics.lineSpacing())))
        item.setSizeHint(0, QSize(0, needed * metrics.lineSpacing() + edges_px))

    def _share_width(self) -> None:
        """Give the last columns what their longest words need, and the first two the rest."""
        metrics, edges_px = self.fontMetrics(), look.space(5)
        widths = {column: metrics.horizontalAdvance(words) + edges_px for column, words in _WIDEST.items()}
        rest_px = self.viewport().width() - sum(widths.values())
        widths[0] = rest_px * _FIELD_SHARE // 100
        widths[_VALUE] = rest_px - widths[0]
        for column, width_px in widths.items():
            self.setColumnWidth(column, width_px)

    def go_to(self, place: int) -> None:
        """Make a row the current one, in sight."""
        if item := self.topLevelItem(place):
            self.setCurrentItem(item)
            self.scrollToItem(item)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._share_width()
            for place in range(self.topLevelItemCount()):
                if item := self.topLevelItem(place):
                    self._fit_height(item)
        if current := self.currentItem():
            self.scrollToItem(current)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        text, is_plain = event.text(), not event.modifiers() & ~_LETTER_KEYS
        if event.key() in _RETURNS and is_plain:
            self.accepted.emit()
        elif event.key() == Qt.Key.Key_Escape and is_plain:
            self.left_open.emit()
        elif event.key() == Qt.Key.Key_Delete and is_plain:
            self.left_out.emit()
        elif event.key() == Qt.Key.Key_Insert and is_plain:
            self.more_wanted.emit()
        elif event.key() == Qt.Key.Key_F2:
            self.typed.emit("")
        elif is_plain and text.strip() and text.isprintable():
            self.typed.emit(text)
        else:
            super().keyPressEvent(event)

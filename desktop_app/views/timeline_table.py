"""The facts of a timeline as a table that is walked, read aloud and copied."""

from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from db import timeline_table
from db.timeline import Timeline
from db.timeline_table import COLUMNS, Row
from desktop_app.views.announce import announce
from desktop_app.views.naming import name_bars
from desktop_app.views.plain_text import as_tool_tip

Index = QModelIndex | QPersistentModelIndex
_TEXTS = (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole)
_LETTERS = (24, 18, 32, 18, 17, 60)  # the widths of the columns


class TimelineRows(QAbstractTableModel):
    """The rows of `db.timeline_table`."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.rows: list[Row] = []

    def show_timeline(self, timeline: Timeline) -> None:
        """Show the facts of a timeline."""
        self.beginResetModel()
        self.rows = timeline_table.rows(timeline)
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:
        return 0 if parent.isValid() else len(COLUMNS)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        cell = self.rows[index.row()].cells[index.column()]
        if role == Qt.ItemDataRole.ToolTipRole:
            return as_tool_tip(cell)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{COLUMNS[index.column()]}: {cell or 'nothing'}"
        return cell if role in _TEXTS else None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role not in _TEXTS:
            return None
        return COLUMNS[section] if orientation == Qt.Orientation.Horizontal else f"Row {section + 1}"


class TimelineTable(QTableView):
    """Signals:
    inspection_selected: Emitted with an inspection's id when a row of it becomes the current one.
    inspection_opened: Emitted with an inspection's id on Enter and on a double click.
    """

    inspection_selected = Signal(str)
    inspection_opened = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.rows_model = TimelineRows(self)
        self.setModel(self.rows_model)
        self.setAccessibleName("Timeline as a table")
        self.setAccessibleDescription("Ctrl+C copies the marked rows, or all where none are marked")
        name_bars(self, "the table")
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)
        self.setCornerButtonEnabled(False)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.horizontalHeader().setStretchLastSection(True)
        self.horizontalHeader().setAccessibleName("Columns of the table")
        self.setWordWrap(False)
        letter_px = self.fontMetrics().averageCharWidth()
        for column, letters in enumerate(_LETTERS):
            self.setColumnWidth(column, letters * letter_px)
        self.doubleClicked.connect(self._open)

    def show_timeline(self, timeline: Timeline) -> None:
        """Show another timeline, or another state of the same one."""
        self.rows_model.show_timeline(timeline)

    def copy(self) -> str:
        """Put the marked rows on the clipboard, all where fewer than two are marked; return what was done in words."""
        marked = sorted({index.row() for index in self.selectionModel().selectedRows()})
        rows = [self.rows_model.rows[row] for row in marked] if len(marked) > 1 else self.rows_model.rows
        QGuiApplication.clipboard().setText(timeline_table.as_text(rows))
        told = f"{len(rows)} row{'' if len(rows) == 1 else 's'} copied"
        announce(self, told)
        return told

    def currentChanged(self, current: Index, previous: Index) -> None:
        super().currentChanged(current, previous)
        if current.isValid() and (key := self.rows_model.rows[current.row()].inspection_id):
            self.inspection_selected.emit(key)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._open(self.currentIndex())
        else:
            super().keyPressEvent(event)
            return
        event.accept()

    def _open(self, index: Index) -> None:
        if index.isValid() and (key := self.rows_model.rows[index.row()].inspection_id):
            self.inspection_opened.emit(key)

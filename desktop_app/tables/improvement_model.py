"""The rows and headings of the list of areas for improvement, for a table; they stay tuples until they are shown."""

from typing import Any, NamedTuple

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from db import improvement_list as listed
from db.improvement import Plan, Row
from db.improvement_list import COLUMNS, Shown, heading
from db.improvement_words import due_words, inspection_words, row_status, spoken, theme_words
from db.lists import Lists
from desktop_app.views.plain_text import as_tool_tip

Index = QModelIndex | QPersistentModelIndex
StatusRole = Qt.ItemDataRole.UserRole + 1
_READ_AROUND = 60  # rows whose words are read with those of one


class Heading(NamedTuple):
    """A row that names the rows below it."""

    key: str
    size: int


class ImprovementModel(QAbstractTableModel):
    """The rows and headings of `db.improvement_list`; what a cell says is made when it is asked for."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.entries: list[Row | Heading] = []
        self._plan: Plan | None = None
        self._lists: Lists | None = None
        self._group = ""

    def show(self, plan: Plan, lists: Lists, shown: Shown, group: str) -> None:
        """Show other rows, or the same in another state."""
        self.beginResetModel()
        self._plan, self._lists, self._group = plan, lists, group
        self.entries = []
        for one in shown.groups:
            if group:
                self.entries.append(Heading(one.key, len(one.rows)))
            self.entries.extend(one.rows)
        self.endResetModel()

    def row(self, place: int) -> Row | None:
        """The row that stands at a place; None for a heading."""
        entry = self.entries[place] if 0 <= place < len(self.entries) else None
        return entry if isinstance(entry, Row) else None

    def place_of(self, key: str) -> int:
        """Where the row of a record stands first, -1 where it is not shown."""
        return next((place for place, one in enumerate(self.entries) if isinstance(one, Row) and one.id == key), -1)

    def area_ids(self) -> list[str]:
        """The ids of the areas for improvement that are shown, each once."""
        rows = (one for one in self.entries if isinstance(one, Row) and not one.quote_id)
        return list(dict.fromkeys(row.id for row in rows))

    def headings(self) -> list[int]:
        """Where the headings stand."""
        return [place for place, one in enumerate(self.entries) if isinstance(one, Heading)] if self._group else []

    def rowCount(self, parent: Index = QModelIndex()) -> int:
        return 0 if parent.isValid() else len(self.entries)

    def columnCount(self, parent: Index = QModelIndex()) -> int:
        return 0 if parent.isValid() else len(COLUMNS)

    def flags(self, index: Index) -> Qt.ItemFlag:
        if not index.isValid() or isinstance(self.entries[index.row()], Heading):
            return Qt.ItemFlag.NoItemFlags  # arrow keys pass a heading by
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or self._plan is None or self._lists is None:
            return None
        entry = self.entries[index.row()]
        if isinstance(entry, Heading):
            is_text = role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole)
            return self._heading(entry) if is_text and index.column() == 0 else None
        if role == Qt.ItemDataRole.DisplayRole:
            return self._cell(entry, index)
        if role == StatusRole:
            return row_status(self._plan, self._lists, entry)
        if role == Qt.ItemDataRole.ToolTipRole:
            return as_tool_tip(self._cell(entry, index))
        if role == Qt.ItemDataRole.AccessibleTextRole:
            if index.column() == listed.WORDS:
                self._read_around(index.row(), entry)
                return spoken(self._plan, self._lists, entry)
            return f"{COLUMNS[index.column()]}: {self._cell(entry, index) or 'nothing'}"
        return None

    def _heading(self, entry: Heading) -> str:
        assert self._plan is not None and self._lists is not None
        return f"{heading(self._plan, self._lists, self._group, entry.key)} ({entry.size:,})"

    def _cell(self, row: Row, index: Index) -> str:
        assert self._plan is not None and self._lists is not None
        match index.column():
            case listed.WORDS:
                self._read_around(index.row(), row)
                text = self._plan.text(row)
                return f"Action for a quote: {text}" if row.quote_id else text
            case listed.INSPECTION:
                return inspection_words(self._plan, self._lists, row)
            case listed.THEME:
                return theme_words(self._lists, self._plan.theme_ids(row))
            case listed.OWNER:
                return row.owner
            case listed.DUE:
                return due_words(row.due)
            case listed.STATUS:
                return row_status(self._plan, self._lists, row).spoken
        return self._plan.seen_before(row)

    def _read_around(self, place: int, row: Row) -> None:
        assert self._plan is not None
        if not self._plan.has_text(row):
            near = self.entries[max(0, place - _READ_AROUND) : place + _READ_AROUND]
            self._plan.prepare([one for one in near if isinstance(one, Row)])

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        if role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return None
        return COLUMNS[section] if orientation == Qt.Orientation.Horizontal else f"Row {section + 1}"

"""The list of areas for improvement as a table that is walked, marked and worked by keys."""

from collections.abc import Iterator, Sequence

from PySide6.QtCore import QItemSelection, QItemSelectionModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QApplication, QHeaderView, QTableView, QWidget

from db.improvement import Plan, Row
from db.improvement_list import COLUMNS, Shown
from db.lists import Lists
from desktop_app.tables.improvement_cells import CellDelegate
from desktop_app.tables.improvement_model import Heading, ImprovementModel
from desktop_app.views.naming import name_bars

Index = QModelIndex | QPersistentModelIndex
_SHARES = (27, 11, 13, 15, 10, 13, 11)  # of the width, one for each column
_LETTER_KEYS = {
    Qt.Key.Key_O: "owner",
    Qt.Key.Key_D: "due_on",
    Qt.Key.Key_T: "theme_ids",
    Qt.Key.Key_I: "inspection",
    Qt.Key.Key_F: "filter",
    Qt.Key.Key_G: "group",
    Qt.Key.Key_S: "sort",
}


class ImprovementTable(QTableView):
    """Arrow keys walk, Shift marks several; Enter goes into the row, a digit sets its status.

    Signals:
        row_entered: Emitted with a Row when it becomes the current one.
        open_wanted: Emitted on Enter and on a double click.
        status_wanted: Emitted with the digit that was pressed, 0 for no status.
        change_wanted: Emitted with "owner", "due_on", "theme_ids", "inspection", "filter", "group" or "sort" when
            its letter was pressed.
    """

    row_entered = Signal(object)
    open_wanted = Signal()
    status_wanted = Signal(int)
    change_wanted = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.rows = ImprovementModel(self)
        self.setModel(self.rows)
        self.setItemDelegate(CellDelegate(self))
        self.setAccessibleName("Areas for improvement")
        self.setAccessibleDescription(
            "Enter goes into the area. Shift and arrow keys mark several. 1 to 9 set the status, 0 none, O the owner, "
            "D the due date, T adds a theme, I goes to the inspection, F to the filters, G to Group by, S to Sort by"
        )
        name_bars(self, "areas for improvement")
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTabKeyNavigation(False)
        self.setCornerButtonEnabled(False)
        self.setShowGrid(False)
        self._is_fitting = False
        self._make_headers()
        self.doubleClicked.connect(self.open_wanted)
        self.verticalScrollBar().valueChanged.connect(self.fit_rows)

    def _make_headers(self) -> None:
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().setDefaultSectionSize(self.fontMetrics().lineSpacing() * 2 + 16)
        header = self.horizontalHeader()
        header.setAccessibleName("Columns")
        header.setSectionsClickable(True)
        header.setHighlightSections(False)
        header.setTextElideMode(Qt.TextElideMode.ElideRight)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        # Of its own: painting it would ask every row for each column whether all of them are marked.
        header.setSelectionModel(QItemSelectionModel(self.rows, self))
        header.setMinimumSectionSize(self.fontMetrics().averageCharWidth() * 6)

    def show_rows(self, plan: Plan, lists: Lists, shown: Shown, group: str, *, go_to: str = "") -> None:
        """Show other rows; what was marked stays marked, and the current row the current one.

        Args:
            go_to: the id of the row to stand on; where that is not shown, the row that took the place of the last one.
        """
        before, place = go_to or self.current_id(), self.currentIndex().row()
        marked = {row.id for row in self.marked()}
        self.clearSpans()
        self.rows.show(plan, lists, shown, group)
        for at in self.rows.headings():
            self.setSpan(at, 0, 1, len(COLUMNS))
        self._mark_again(marked)
        found = self.rows.place_of(before)
        self._stand_on(found if found >= 0 else self._nearest(place))
        self.fit_rows()

    def _mark_again(self, marked: set[str]) -> None:
        if len(marked) < 2:
            return
        places = [place for place, one in enumerate(self.rows.entries) if isinstance(one, Heading) or one.id in marked]
        selection = QItemSelection()
        for first, last in _runs(places):
            selection.select(self.rows.index(first, 0), self.rows.index(last, len(COLUMNS) - 1))
        self.selectionModel().select(selection, QItemSelectionModel.SelectionFlag.ClearAndSelect)

    def _nearest(self, place: int) -> int:
        """The row at a place, or the next one that is no heading."""
        places = range(len(self.rows.entries))
        later = next((one for one in places[max(place, 0) :] if self.rows.row(one)), -1)
        return later if later >= 0 else next((one for one in reversed(places) if self.rows.row(one)), -1)

    def _stand_on(self, place: int) -> None:
        if place < 0:
            return
        index, model = self.rows.index(place, 0), self.selectionModel()
        flag = QItemSelectionModel.SelectionFlag
        many = len(self.marked()) > 1
        rows = flag.Rows
        model.setCurrentIndex(index, flag.NoUpdate if many else flag.ClearAndSelect | rows)
        self._bring_into_sight(index)

    def _bring_into_sight(self, index: Index) -> None:
        """Scroll to a row, which gets its height only as it comes into sight, and then to all of it."""
        for _ in range(2):
            self.scrollTo(index)
            self.fit_rows()
        self.scrollTo(index)

    def selectAll(self) -> None:
        if self.rows.entries:
            last = self.rows.index(len(self.rows.entries) - 1, len(COLUMNS) - 1)
            every = QItemSelection(self.rows.index(0, 0), last)  # headings too: `marked` leaves them out
            self.selectionModel().select(every, QItemSelectionModel.SelectionFlag.ClearAndSelect)

    def go_to(self, key: str) -> bool:
        """Stand on the row of a record; False where it is not shown."""
        place = self.rows.place_of(key)
        if place >= 0:
            self.clearSelection()
            self._stand_on(place)
        return place >= 0

    def current_row(self) -> Row | None:
        """The row that the table stands on."""
        return self.rows.row(self.currentIndex().row())

    def current_id(self) -> str:
        row = self.current_row()
        return row.id if row else ""

    def marked(self) -> Sequence[Row]:
        """The marked rows in their order, each record once; the current one where none is marked."""
        selection = self.selectionModel().selection()
        ranges = sorted((selection.at(at).top(), selection.at(at).bottom()) for at in range(selection.count()))
        rows = [row for top, bottom in ranges for place in range(top, bottom + 1) if (row := self.rows.row(place))]
        current = self.current_row()
        return list(dict.fromkeys(rows)) or ([current] if current else [])

    def currentChanged(self, current: Index, previous: Index) -> None:
        super().currentChanged(current, previous)
        if row := self.rows.row(current.row()):
            if QApplication.mouseButtons() == Qt.MouseButton.NoButton:  # what is clicked on stays under the mouse
                self._bring_into_sight(current)
            self.row_entered.emit(row)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        width_px = self.viewport().width()
        for column, share in enumerate(_SHARES):
            self.setColumnWidth(column, width_px * share // sum(_SHARES))
        self.fit_rows()

    def fit_rows(self) -> None:
        """Give the rows in sight the height of their words; those elsewhere wait until they come into sight."""
        if self._is_fitting or not self.rows.entries:
            return
        self._is_fitting = True
        header, bottom = self.verticalHeader(), self.viewport().height()
        place = max(header.logicalIndexAt(0), 0)
        while place < len(self.rows.entries) and header.sectionViewportPosition(place) <= bottom:
            wanted = self.sizeHintForRow(place)
            if header.sectionSize(place) != wanted:
                header.resizeSection(place, wanted)
            place += 1
        self._is_fitting = False

    def sizeHintForRow(self, row: int) -> int:
        delegate = self.itemDelegate()
        assert isinstance(delegate, CellDelegate)
        if isinstance(self.rows.entries[row], Heading):
            return delegate.heading_px(self)
        cells = range(len(COLUMNS))
        return max(delegate.height_px(self, self.rows.index(row, one), self.columnWidth(one)) for one in cells)

    def keyboardSearch(self, search: str) -> None:
        del search  # letters are keys here

    def keyPressEvent(self, event: QKeyEvent) -> None:
        is_plain = event.modifiers() in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)
        key = Qt.Key(event.key())
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and is_plain:
            self.open_wanted.emit()
        elif is_plain and Qt.Key.Key_0 <= key <= Qt.Key.Key_9:
            self.status_wanted.emit(int(key) - int(Qt.Key.Key_0))
        elif is_plain and key in _LETTER_KEYS:
            self.change_wanted.emit(_LETTER_KEYS[key])
        else:
            super().keyPressEvent(event)
            return
        event.accept()


def _runs(places: Sequence[int]) -> Iterator[tuple[int, int]]:
    """The first and the last of each run of places without a gap; a table draws few ranges quicker than many."""
    first = 0
    for at, place in enumerate(places):
        if at + 1 == len(places) or places[at + 1] != place + 1:
            yield places[first], place
            first = at + 1

"""The Improvement place: every area for improvement, followed until inspectors say that it is closed."""

from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QSplitter, QStackedWidget, QVBoxLayout, QWidget

from db import improvement_list
from db.improvement import Plan, Row
from db.improvement_records import Action
from db.improvement_words import completeness
from db.records import AreaForImprovement, Inspection, Quote, Record, RecordType
from desktop_app import look
from desktop_app.places.chain_panel import ChainPanel
from desktop_app.places.improvement_bar import ImprovementBar
from desktop_app.places.improvement_changes import Changes
from desktop_app.places.improvement_detail import ImprovementDetail
from desktop_app.tables.improvement_table import ImprovementTable
from desktop_app.views.empty_state import EmptyState
from desktop_app.views.naming import name_handle
from desktop_app.workspace import Workspace

_NONE_SHOWN = {
    "open": ("No area for improvement is open", "What inspectors asked for is done, or closed by them."),
    "late": ("No area for improvement is late", "Late is what is open after its due date."),
    "raised": ("None was raised before", "Link an area to an earlier one under “What inspectors have said”."),
    "all": ("No area for improvement is here", ""),
}


class ImprovementPlace(QWidget):
    """The list above; the work on the area that it stands on, and what inspectors said of it, below.

    Signals:
        told: Emitted with a sentence for the status line.
        front_wanted: Emitted before a row is shown; the window brings this place to the front.
        record_wanted: Emitted with a record that the Inspections place shall show.
        inspections_wanted: Emitted when a person wants to enter areas for improvement.
    """

    told = Signal(str)
    front_wanted = Signal()
    record_wanted = Signal(object)
    inspections_wanted = Signal()

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._workspace = workspace
        self.plan: Plan | None = None
        self._is_stale = True
        self._lay_out()
        self.changes = Changes(workspace, self.table, self.detail)
        self._connect()

    def _lay_out(self) -> None:
        """From the outside in: each move of a widget with many inside has all of them dressed again."""
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        self._stack = QStackedWidget()
        outer.addWidget(self._stack)
        filled = QWidget()
        self._stack.addWidget(filled)
        nothing = "They are entered with their inspection, in the inspectors’ words. Then they are followed here."
        self.empty = EmptyState("improvement", "No areas for improvement yet", nothing, ["Go to the inspections"])
        self._stack.addWidget(self.empty)
        column = QVBoxLayout(filled)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        top = QVBoxLayout()
        top.setContentsMargins(look.space(4), look.space(2), look.space(4), look.space(2))
        column.addLayout(top)
        self.bar = ImprovementBar()
        top.addWidget(self.bar)
        self.splitter = QSplitter(Qt.Orientation.Vertical)
        column.addWidget(self.splitter, 1)
        self.faces = QStackedWidget()
        self.splitter.addWidget(self.faces)
        self.table = ImprovementTable()
        self.none_shown = EmptyState("check", " ", " ", ["Show all"])
        for face in (self.table, self.none_shown):
            self.faces.addWidget(face)
        self._lay_out_below()
        self.splitter.setChildrenCollapsible(False)
        self.splitter.setStretchFactor(0, 1)
        self.splitter.setSizes([430, 350])
        name_handle(self.splitter, "List and work")

    def _lay_out_below(self) -> None:
        self.below = QSplitter(Qt.Orientation.Horizontal)
        self.splitter.addWidget(self.below)
        self.detail = ImprovementDetail(self._workspace, self.below)
        around = QWidget(self.below)
        beside = QVBoxLayout(around)
        beside.setContentsMargins(look.space(4), look.space(2), look.space(4), look.space(2))
        self.chain = ChainPanel(self._workspace)
        beside.addWidget(self.chain)
        self.below.setChildrenCollapsible(False)
        for place in range(2):
            self.below.setStretchFactor(place, 1)
        self.below.setSizes([560, 440])
        name_handle(self.below, "Work and what inspectors have said")

    def _connect(self) -> None:
        self.bar.changed.connect(self._show)
        self.bar.finished.connect(self.focus_list)
        self.table.row_entered.connect(self._show_row)
        self.table.open_wanted.connect(self.detail.focus_work)
        for asked in (self.bar, self.table):
            asked.status_wanted.connect(self.changes.set_status)
            asked.change_wanted.connect(self._on_change_wanted)
        self.changes.told.connect(self.told)
        self.table.horizontalHeader().sectionClicked.connect(self.bar.show_column)
        self.detail.told.connect(self.told)
        self.detail.finished.connect(self._go_back)
        self.detail.inspection_wanted.connect(self.record_wanted)
        self.chain.edit_wanted.connect(self.detail.write)
        self.chain.told.connect(self.told)
        self.chain.area_wanted.connect(self.go_to_area)
        self.chain.inspection_wanted.connect(self._want_inspection)
        self.empty.buttons[0].clicked.connect(self.inspections_wanted)
        self.none_shown.buttons[0].clicked.connect(self.bar.show_all)
        self._workspace.changed.connect(self._on_changed)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._is_stale:
            self.read()

    def _on_changed(self, types: frozenset[RecordType]) -> None:
        if types == frozenset(RecordType):
            self.plan = None  # everything may be another
        if self.isVisible():
            self.read()
        else:
            self._is_stale = True

    def read(self) -> None:
        """Read the file as it is now, and show it."""
        self._is_stale = False
        today = date.today()
        self.plan = self.plan.refreshed(today) if self.plan else Plan.read(self._workspace.store, today)
        self.changes.plan = self.plan
        self.bar.offer(self.plan, self._workspace.lists, self.plan.owners)
        self.detail.owners = self.plan.owners
        self._show()

    def _show(self) -> None:
        if self.plan is None:
            self.read()
            return
        plan, lists, wanted = self.plan, self._workspace.lists, self.bar.wanted
        subject = self.detail.subject
        kept = self.table.current_id() if subject is not None and self.detail.has_focus() else ""
        shown = improvement_list.shown(plan, lists, wanted, kept=kept)
        self.bar.show_counts(shown.counts)
        self.bar.say(completeness(plan, shown.rows))
        self._stack.setCurrentIndex(0 if plan.rows or self.is_quote_shown else 1)
        if shown.groups:
            self.faces.setCurrentWidget(self.table)
        else:
            self._say_none_shown()
        self.table.blockSignals(True)  # what is shown below is decided when the list is whole again
        self.table.show_rows(plan, lists, shown, wanted.group)
        self.table.blockSignals(False)
        self._show_again()

    @property
    def is_quote_shown(self) -> bool:
        """Whether the actions of a quote are worked on."""
        return isinstance(self.detail.subject, Quote)

    def _say_none_shown(self) -> None:
        heading, sentence = _NONE_SHOWN[self.bar.wanted.scope]
        if self.bar.has_filter:
            heading, sentence = "None fits the filters", "Take a filter back, or show all."
        self.none_shown.say(heading, sentence)
        self.faces.setCurrentWidget(self.none_shown)

    def _show_again(self) -> None:
        """Show what is worked on as it is now; where nothing is, or that is gone, what the list stands on."""
        subject, row = self.detail.subject, self.table.current_row()
        now = self._workspace.store.get(type(subject), subject.id) if subject and self.detail.has_focus() else None
        if now is not None:
            self._show_subject(now)
        elif row is not None:
            self._show_row(row)
        else:
            self._show_subject(None)

    def _show_row(self, row: Row) -> None:
        record = self.plan.record(row) if self.plan else None
        if isinstance(record, Action):
            quote = self._workspace.store.get(Quote, record.quote_id or "")
            self._show_subject(quote)
            self.detail.go_to_action(record.id)
        else:
            self._show_subject(record)

    def _show_subject(self, subject: AreaForImprovement | Quote | None) -> None:
        self.detail.show_subject(subject)
        self.chain.show_area(subject.id if isinstance(subject, AreaForImprovement) else None)
        self.below.setVisible(subject is not None)

    def _on_change_wanted(self, field: str) -> None:
        if field in ("filter", "group", "sort"):
            self.bar.focus_on(field)
        elif field != "inspection":
            self.changes.ask(field)
        elif self.detail.subject is not None:
            self.record_wanted.emit(self.detail.subject)

    def _want_inspection(self, inspection_id: str) -> None:
        inspection = self._workspace.store.get(Inspection, inspection_id)
        if inspection is not None:
            self.record_wanted.emit(inspection)

    def focus_list(self) -> None:
        """Put the focus on the list, or on what stands in its place."""
        if self._stack.currentIndex() == 1:
            self.empty.buttons[0].setFocus(Qt.FocusReason.OtherFocusReason)
        elif self.faces.currentWidget() is self.none_shown:
            self.none_shown.buttons[0].setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _go_back(self) -> None:
        """Back from the work to the list, at the row that was worked on."""
        subject, rows = self.detail.subject, self.table.rows
        of_quote = (row.id for row in rows.entries if isinstance(row, Row) and subject and row.quote_id == subject.id)
        key = next(of_quote, "") if isinstance(subject, Quote) else self.table.current_id()
        self.focus_list()
        if not key or not self.table.go_to(key):
            self._show_again()

    def go_to_area(self, area_id: str) -> bool:
        """Show an area for improvement, or an action of a quote, also one that the filters hide."""
        self.front_wanted.emit()
        if self._is_stale or self.plan is None:
            self.read()
        if not self.table.go_to(area_id):
            self.bar.show_all()
        is_found = self.table.go_to(area_id)
        self.focus_list()
        return is_found

    def go_to(self, record: Record) -> bool:
        """Show what is done about an area for improvement, at the record; False where it belongs to none."""
        key = record.id if isinstance(record, AreaForImprovement) else getattr(record, "area_for_improvement_id", None)
        return self.go_to_area(key or record.id)

    def start_action(self, quote: Quote) -> None:
        """Start a new action for a quote."""
        self.front_wanted.emit()
        self._stack.setCurrentIndex(0)
        self._show_subject(quote)
        self.detail.start_row(self.detail.action_rows)

    def rest(self) -> None:
        """Ask nothing more of the file: it is being closed."""
        self._workspace.changed.disconnect(self._on_changed)
        self.chain.show_area(None)

    def panes(self) -> list[QWidget]:
        """Where F6 goes: the list, the work below it, what inspectors have said, and the filters."""
        lower: list[QWidget] = [self.detail] if self.below.isVisible() else []
        lower += [self.chain] if self.chain.list.isVisible() else []
        shown = self.table if self._stack.currentIndex() == 0 else self.empty
        return [shown, *lower, self.bar]

    def focus_pane(self, pane: QWidget) -> None:
        """Put the focus into one of `panes`."""
        if pane is self.detail:
            self.detail.focus_work()
        elif pane is self.bar:
            self.bar.scopes[self.bar.wanted.scope].setFocus(Qt.FocusReason.TabFocusReason)
        elif pane is self.chain:
            self.chain.list.setFocus(Qt.FocusReason.TabFocusReason)
        else:
            self.focus_list()

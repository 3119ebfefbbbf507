"""The Inspections place: the list, newest first, and the inspection that is chosen."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QEvent, QModelIndex, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QSplitter, QStackedWidget, QVBoxLayout, QWidget

from db.dates import period, short_period
from db.errors import StoreError
from db.overview import headlines, is_inspection, newest_first, removal
from db.records import SPECIAL_VALUES, Inspection, Record, RecordType
from desktop_app import ask, look
from desktop_app.places.inspection_pane import InspectionPane
from desktop_app.places.report_beside import ReportBeside
from desktop_app.places.report_room import LIST_LETTERS, ReportRoom
from desktop_app.tables.record_list import Card, RecordList, RecordView
from desktop_app.views.empty_state import EmptyState
from desktop_app.views.fields import ChoiceField
from desktop_app.views.file_drop import FileDrop
from desktop_app.views.naming import name_handle
from desktop_app.workspace import Workspace

MANY_RECORDS = 20  # which go at once only after a backup, beside undo and Recently deleted
READ, ADD = "Read it into a new inspection", "Add to this inspection’s documents"
NUMBER_WORDS = ("no", "one", "two", "three", "four", "five", "six")
_LISTED = {
    RecordType.INSPECTION,
    RecordType.JUDGEMENT,
    RecordType.PROVIDER,
    RecordType.FRAMEWORK,
    RecordType.INSPECTION_KIND,
    RecordType.JUDGEMENT_AREA,
    RecordType.GRADE,
}


class InspectionsPlace(QWidget):
    """Attributes:
        back_up_before: makes a backup for a reason of `db.backup`; False where a person thinks better of it.

    Signals:
        told: Emitted with a sentence for the status line.
        new_wanted: Emitted when a person asks for the first inspection.
        report_wanted: Emitted with the Path of a report that shall become a new inspection, None to ask for one.
        front_wanted: Emitted before an inspection is shown; the window brings this place to the front.
    """

    told = Signal(str)
    new_wanted = Signal()
    report_wanted = Signal(object)
    front_wanted = Signal()

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._workspace = workspace
        self.back_up_before: Callable[[str], bool] = lambda _: True
        self._headlines: dict[str, list[tuple[str | None, str | None]]] = {}
        self.model = RecordList(self._card, self)
        self.list = RecordView("Inspections", self.model)
        self.pane = InspectionPane(workspace)
        self.pane.told.connect(self.told)
        self._lay_out()
        room = ReportRoom(self.splitter)
        self.beside = ReportBeside(workspace, self.pane, room.take_in)
        self.beside.told.connect(self.told)
        self.beside.shown_changed.connect(room.show_report)
        self.pane.file_chosen.connect(self.beside.add_file)
        FileDrop(self).dropped.connect(self.take_files)
        self.list.selectionModel().currentChanged.connect(self._on_current_changed)
        self.list.installEventFilter(self)
        self.list.activated.connect(lambda: self.pane.show_tab(self.pane.tabs.currentIndex()))
        workspace.changed.connect(self._on_changed)
        self._read()

    def _lay_out(self) -> None:
        self.provider = ChoiceField(width_letters=12)
        self.provider.setAccessibleName("Show the inspections of")
        self.provider.edited.connect(self._read)
        self.scope = ChoiceField(width_letters=12)
        self.scope.setAccessibleName("Show")
        self.scope.set_choices([("inspections", "Inspections"), ("all", "Inspections and other events")])
        self.scope.set_value("inspections")
        self.scope.edited.connect(self._read)
        filters = QVBoxLayout()
        filters.setContentsMargins(look.space(3), look.space(3), look.space(3), look.space(2))
        filters.setSpacing(look.space(2))
        filters.addWidget(self.provider)
        filters.addWidget(self.scope)
        left = QWidget()
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(filters)
        column.addWidget(self.list, 1)
        sentence = (
            "Enter the first one: its provider, its first day and its kind are enough to begin. "
            "Or drop its report here: what it says is read, and you confirm it."
        )
        self._empty = EmptyState("list", "No inspections yet", sentence, ["New inspection", "From a report…"])
        self._empty.buttons[0].clicked.connect(self.new_wanted)
        self._empty.buttons[1].clicked.connect(lambda: self.report_wanted.emit(None))
        self._stack = QStackedWidget()
        self._stack.addWidget(self._empty)
        self._stack.addWidget(self.pane)
        self.splitter = QSplitter(Qt.Orientation.Horizontal)
        self.splitter.addWidget(left)
        self.splitter.addWidget(self._stack)
        self.splitter.setStretchFactor(1, 1)
        self.splitter.setChildrenCollapsible(False)
        name_handle(self.splitter, "List and inspection")
        self.splitter.setSizes([self.fontMetrics().averageCharWidth() * LIST_LETTERS, 1000])
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.splitter)

    def take_files(self, paths: list[Path]) -> None:
        """Keep files under the documents of the inspection that is shown; of a single PDF ask what it is for."""
        wanted = self._what_for(paths[0]) if len(paths) == 1 else ADD
        for path in paths if wanted == ADD else ():
            self.beside.add_file(path)
        if wanted == READ:
            self.report_wanted.emit(paths[0])

    def _what_for(self, path: Path) -> str | None:
        """READ or ADD, the likelier one first; None where a person thinks better of it."""
        context = self.pane.context
        if context is None:
            return READ
        if path.suffix.lower() != ".pdf":
            return ADD
        has_report = any(one.kind in ("report", "letter") and one.file_sha256 for one in context.own_documents)
        choices = [READ, ADD] if has_report else [ADD, READ]
        shown = f"The inspection that is shown: {context.lists.name_of(context.inspection)}."
        choice = ask.which(self, f"What is {path.name} for?", shown, choices)
        return None if choice is None else choices[choice]

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        is_key = isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress
        if watched is self.list and is_key and event.key() == Qt.Key.Key_Delete:  # type: ignore[attr-defined]
            self.remove_current()
            return True
        return super().eventFilter(watched, event)

    def _on_changed(self, types: frozenset[RecordType]) -> None:
        if types & _LISTED:
            self._read()

    def _read(self) -> None:
        lists = self._workspace.lists
        providers = sorted(lists.providers.values(), key=lambda one: one.name.casefold())
        self.provider.set_choices([(None, "All providers"), *((one.id, one.name) for one in providers)])
        self.provider.setVisible(len(providers) > 1)
        wanted = {"provider_id": self.provider.value()} if self.provider.value() in lists.providers else {}
        found = newest_first(self._workspace.store.each(Inspection, **wanted))
        if self.scope.value() == "inspections":
            found = [one for one in found if is_inspection(lists, one)]
        self._headlines = headlines(self._workspace.store)
        self._show(found)

    def _show(self, found: list[Inspection]) -> None:
        current = self.pane.inspection
        row = self.list.currentIndex().row()
        self.model.show_records(found)
        if current and self.list.go_to(current.id):
            self._stack.setCurrentWidget(self.pane)
            return
        if found:
            place = min(max(row, 0), len(found) - 1)
            self.list.setCurrentIndex(self.model.index(place))
            self._show_current()
        else:
            self.pane.inspection = None
            self._stack.setCurrentWidget(self._empty)

    def _on_current_changed(self, current: QModelIndex) -> None:
        if current.isValid():
            self._show_current()

    def _show_current(self) -> None:
        record = self.list.current_record()
        if record is not None and (self.pane.inspection is None or self.pane.inspection.id != record.id):
            self.pane.show_inspection(record.id)
            self.list.go_to(record.id)  # saving what was typed there may have put the list back
        self._stack.setCurrentWidget(self.pane)

    def _card(self, inspection: Inspection) -> Card:
        lists = self._workspace.lists
        badge, tone = self._badge(inspection)
        below = [lists.kinds[inspection.kind_id].label]
        if len(lists.providers) > 1 and self.provider.value() is None:
            below.append(lists.providers[inspection.provider_id].name)
        if not is_inspection(lists, inspection) and inspection.title:
            below.append(inspection.title)
        when = period(inspection.started_on, inspection.ended_on) or inspection.dates_as_printed
        head = short_period(inspection.started_on, inspection.ended_on) or inspection.dates_as_printed
        said, shown = when or "Date not known", head or "Date not known"
        return Card(head=shown, below=" · ".join(below), badge=badge, tone=tone, said=said)

    def _badge(self, inspection: Inspection) -> tuple[str, str]:
        lists = self._workspace.lists
        if not is_inspection(lists, inspection):
            return "", "none"
        if not lists.kinds[inspection.kind_id].is_graded:
            return "not graded", "none"
        found = self._headlines.get(inspection.id, [])
        areas = lists.areas_of(inspection.kind_id)
        headline_count = sum(area.is_headline for area in areas)
        if headline_count != 1:
            count = headline_count or len(areas)
            word = NUMBER_WORDS[count] if count < len(NUMBER_WORDS) else str(count)
            return f"{word} {'headlines' if headline_count else 'judgements'}", "none"
        if not found:
            return "no grade yet", "none"
        grade_id, special = found[0]
        grade = lists.grades.get(grade_id or "")
        return (grade.label, grade.tone) if grade else (SPECIAL_VALUES.get(special or "", "as printed"), "none")

    def show_inspection(self, inspection: Inspection, tab: int = 0) -> None:
        """Show an inspection, also one that the filters hide, with the focus in a tab."""
        self.front_wanted.emit()
        if self.list.go_to(inspection.id) is False:
            self.provider.set_value(None)
            if not is_inspection(self._workspace.lists, inspection):
                self.scope.set_value("all")
            self._read()
            self.list.go_to(inspection.id)
        self._show_current()
        self.pane.show_tab(tab)

    def go_to(self, record: Record) -> bool:
        """Show the inspection that a record belongs to, at the record; False where it belongs to none."""
        key = record.id if isinstance(record, Inspection) else getattr(record, "inspection_id", "")
        if not key and (ids := getattr(record, "inspection_ids", ())):
            key = ids[0]
        inspection = self._workspace.store.get(Inspection, key)
        if inspection is None:
            return False
        self.show_inspection(inspection)
        self.pane.go_to(record)
        return True

    def remove_current(self) -> None:
        """Remove the inspection that is shown, with all that hangs on it."""
        inspection = self.pane.inspection
        if inspection is None:
            return
        name = self._workspace.lists.name_of(inspection)
        edit = removal(self._workspace.store, inspection)
        if len(edit.before) >= MANY_RECORDS and not self.back_up_before("removal"):
            return
        try:
            self._workspace.do("Remove inspection", edit)
        except StoreError as error:
            self.told.emit(str(error))
            return
        self.told.emit(f"{name} removed. Ctrl+Z brings it back.")
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def panes(self) -> list[QWidget]:
        """Where F6 goes: the list, the tabs, the form, the rows below it, and the report beside them."""
        tabs, rows = self.pane.tabs, self.pane.current_entry_tab()
        panes = [self.list, tabs.tabBar(), rows.form if rows else tabs.currentWidget()]
        panes += [rows.list] if rows and rows.model.records else []
        return [*panes, self.beside.report] if self.beside.report and self.beside.is_seen else panes

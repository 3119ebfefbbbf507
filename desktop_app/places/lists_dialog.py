"""Frameworks and lists: everything that a form offers can be looked at, changed and added to."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QHBoxLayout, QListWidget, QPushButton, QSplitter, QVBoxLayout, QWidget

from db.edit import Edit
from db.errors import StoreError
from db.frameworks import (
    AreaStrand,
    EventTheme,
    Fact,
    FindingKind,
    Framework,
    Grade,
    GradeScale,
    InspectionKind,
    Inspectorate,
    JudgementArea,
    Strand,
    Theme,
    Timescale,
)
from db.lists import Lists
from db.records import Provider, Record, RecordType
from desktop_app import look
from desktop_app.binding import Deed
from desktop_app.forms.fact import Choices, FactForm
from desktop_app.tables.record_list import Card, RecordList, RecordView
from desktop_app.views.plain_text import plain_label
from desktop_app.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Sort:
    """One kind of list: its title, the noun of one entry, and where it stands in `Lists`."""

    record_class: type[Record]
    title: str
    noun: str
    held_in: str


SORTS = (
    Sort(Provider, "Providers", "provider", "providers"),
    Sort(Theme, "Themes", "theme", "themes"),
    Sort(Framework, "Frameworks", "framework", "frameworks"),
    Sort(InspectionKind, "Kinds of inspection", "kind", "kinds"),
    Sort(JudgementArea, "Judgement areas", "judgement area", "areas"),
    Sort(GradeScale, "Grade scales", "scale", "scales"),
    Sort(Grade, "Grades", "grade", "grades"),
    Sort(Strand, "Strands", "strand", "strands"),
    Sort(AreaStrand, "Areas and their strands", "match", "area_strands"),
    Sort(FindingKind, "Kinds of finding", "kind of finding", "finding_kinds"),
    Sort(Timescale, "Timescales", "timescale", "timescales"),
    Sort(EventTheme, "Themes of joint inspections", "published theme", "event_themes"),
    Sort(Inspectorate, "Inspectorates", "inspectorate", "inspectorates"),
)


class ListsDialog(QDialog):
    """Three columns: the lists, the entries of one, the form for one entry."""

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._workspace = workspace
        self.setWindowTitle("Frameworks and lists")
        self.resize(self.fontMetrics().averageCharWidth() * 150, self.fontMetrics().lineSpacing() * 36)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.form: FactForm | None = None
        self._make_columns()
        workspace.changed.connect(self._on_changed)
        for keys, step in (("Ctrl+Z", workspace.undo), ("Ctrl+Shift+Z", workspace.redo)):
            QShortcut(QKeySequence(keys), self).activated.connect(self._walker(step))
        self.sorts.setCurrentRow(0)

    def _make_columns(self) -> None:
        self.sorts = QListWidget()
        self.sorts.setAccessibleName("Lists")
        self.sorts.addItems([sort.title for sort in SORTS])
        self.sorts.currentRowChanged.connect(self._on_sort)
        self.model = RecordList(self._card, self)
        self.entries = RecordView("Entries", self.model)
        self.entries.selectionModel().currentChanged.connect(self._on_entry)
        self.entries.installEventFilter(self)
        self.new_button = QPushButton("New")
        self.remove_button = QPushButton("Remove")
        for button, deed in ((self.new_button, self._start_new), (self.remove_button, self._remove)):
            button.setAutoDefault(False)
            button.clicked.connect(deed)
        self._form_column = QVBoxLayout()
        self._message = plain_label("", "error")
        self._message.setWordWrap(True)
        splitter = QSplitter(Qt.Orientation.Horizontal)
        splitter.addWidget(self.sorts)
        splitter.addWidget(_column(self.entries, _line(self.new_button, self.remove_button)))
        right = QWidget()
        right.setLayout(self._form_column)
        splitter.addWidget(right)
        splitter.setSizes([180, 320, 520])
        splitter.setChildrenCollapsible(False)
        close = QPushButton("Close")
        close.setAutoDefault(False)
        close.clicked.connect(self.accept)
        hint = plain_label("Your own entries and changes stay when the program is updated.", "muted")
        column = QVBoxLayout(self)
        column.setContentsMargins(look.space(4), look.space(4), look.space(4), look.space(3))
        column.addWidget(splitter, 1)
        column.addWidget(self._message)
        foot = QHBoxLayout()
        foot.addWidget(hint, 1)
        foot.addWidget(close)
        column.addLayout(foot)

    @property
    def sort(self) -> Sort:
        """The list that is shown."""
        return SORTS[max(self.sorts.currentRow(), 0)]

    def _on_sort(self, row: int) -> None:
        del row
        sort = self.sort
        if self.form is not None:
            self._form_column.removeWidget(self.form)
            self.form.deleteLater()
        self.form = FactForm(sort.record_class, sort.noun, choices(self._workspace.lists, sort.record_class))
        self.form.edit_wanted.connect(self._write)
        self.form.added.connect(self._on_added)
        self._form_column.addWidget(self.form)
        self.new_button.setText(f"New {sort.noun}")
        self.remove_button.setAccessibleName(f"Remove {sort.noun}")
        self.entries.setAccessibleName(sort.title)
        self._message.setText("")
        self.model.show_records([])
        self._read()
        if self.model.records:
            self.entries.setCurrentIndex(self.model.index(0))

    def _read(self) -> None:
        records = list(getattr(self._workspace.lists, self.sort.held_in).values())
        self.model.show_records(records)
        if self.form and self.form.record and not self.entries.go_to(self.form.record.id):
            self.form.start_new()

    def _on_changed(self, types: frozenset[RecordType]) -> None:
        if self.sort.record_class.record_type not in types:
            return
        self._read()
        record = self.entries.current_record()
        if self.form and self.form.record and record and record.id == self.form.record.id:
            self.form.show_record(record)

    def _on_entry(self) -> None:
        record = self.entries.current_record()
        if record is not None and self.form is not None:
            self.form.show_record(record)

    def _start_new(self) -> None:
        if self.form is not None:
            self.form.start_new()
            self.form.focus_first()

    def _on_added(self, record_id: str) -> None:
        self.entries.go_to(record_id)
        self._on_entry()
        self.entries.setFocus(Qt.FocusReason.OtherFocusReason)

    def _write(self, deed: Deed) -> None:
        self._message.setText("")
        try:
            self._workspace.do(deed.label, deed.edit)
        except StoreError as error:
            deed.error = error

    def _remove(self) -> None:
        record = self.entries.current_record()
        if record is None:
            return
        deed = Deed(f"Remove {self.sort.noun}", Edit(before=(record,)))
        self._write(deed)
        self._message.setText(str(deed.error) if deed.error else "")

    def _walker(self, step: Callable[[], str]) -> Callable[[], None]:
        def walk() -> None:
            try:
                step()
            except StoreError as error:
                self._message.setText(str(error))

        return walk

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if (
            watched is self.entries
            and isinstance(event, QKeyEvent)
            and event.type() == QEvent.Type.KeyPress
            and event.key() == Qt.Key.Key_Delete
        ):
            self._remove()
            return True
        return super().eventFilter(watched, event)

    def _card(self, record: Record) -> Card:
        return card_of(record, self._workspace.lists)


def card_of(record: Any, lists: Lists) -> Card:
    """What the list shows of one entry."""
    below = ""
    match record:
        case InspectionKind() | JudgementArea() | EventTheme():
            framework = lists.frameworks[record.framework_id]
            below = " · ".join(part for part in (framework.short_name, _years(framework)) if part)
        case Grade():
            below = lists.scales[record.scale_id].name
        case Framework():
            below = _years(record)
        case AreaStrand():
            area, strand = lists.areas[record.area_id], lists.strands[record.strand_id]
            framework = lists.frameworks[area.framework_id]
            return Card(head=area.label, below=f"{strand.label} · {record.match} · {framework.short_name}")
        case Theme():
            below = record.definition
    is_own = isinstance(record, Fact) and record.shipped is None
    name = getattr(record, "label", "") or getattr(record, "name", "")
    return Card(head=name, below=below, badge="your own" if is_own else "", tone="none")


def _years(framework: Framework) -> str:
    first, last = framework.in_force_from, framework.in_force_to
    if not first and not last:
        return framework.dates_note
    return f"{first.year if first else ''} to {last.year if last else 'now'}"


def choices(lists: Lists, record_class: type[Record]) -> Choices:
    """What the fields that name other records offer, by the field's name."""
    frameworks = [(one.id, f"{one.short_name}, {_years(one)}") for one in lists.frameworks.values()]
    areas: list[tuple[str | None, str]] = [
        (one.id, f"{one.label} ({lists.frameworks[one.framework_id].code})") for one in lists.areas.values()
    ]
    scales: list[tuple[str | None, str]] = [(one.id, one.name) for one in lists.scales.values()]
    none: list[tuple[str | None, str]] = [(None, "None")]
    found: dict[str, Sequence[tuple[str | None, str]]] = {
        "framework_id": frameworks,
        "area_id": areas,
        "parent_id": none + areas,
        "left_out_area_ids": areas,
        "scale_id": scales if record_class is Grade else none + scales,
        "strand_id": [(one.id, one.label) for one in lists.strands.values()],
        "inspectorate_ids": [(one.id, one.name) for one in lists.inspectorates.values()],
        "finding_kind_ids": [(one.id, one.label) for one in lists.finding_kinds.values()],
        "timescale_ids": [(one.id, one.label) for one in lists.timescales.values()],
    }
    names = {field for field in record_class.__dataclass_fields__ if field in found}
    return {name: found[name] for name in names}


def _line(*widgets: QWidget) -> QHBoxLayout:
    line = QHBoxLayout()
    for widget in widgets:
        line.addWidget(widget)
    line.addStretch(1)
    return line


def _column(widget: QWidget, line: QHBoxLayout) -> QWidget:
    holder = QWidget()
    column = QVBoxLayout(holder)
    column.setContentsMargins(0, 0, 0, 0)
    column.addWidget(widget, 1)
    column.addLayout(line)
    return holder

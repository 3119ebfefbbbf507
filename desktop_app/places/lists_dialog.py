"""Frameworks and lists: everything that a form offers can be looked at, changed and added to."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QHBoxLayout, QListWidget, QPushButton, QSplitter, QVBoxLayout, QWidget

from db.edit import Edit
from db.errors import StoreError
from db.frameworks import (
    ActionStatus,
    AreaStrand,
    EventTheme,
    FindingKind,
    Framework,
    Grade,
    GradeScale,
    InspectionKind,
    Inspectorate,
    JudgementArea,
    RagRating,
    Strand,
    Theme,
    Timescale,
)
from db.records import Provider, Record, RecordType
from desktop_app import ask, look
from desktop_app.binding import Deed
from desktop_app.forms.fact import FactForm
from desktop_app.places.lists_words import card_of, choices
from desktop_app.tables.record_list import Card, RecordList, RecordView
from desktop_app.views.naming import name_handle
from desktop_app.views.plain_text import plain_label, wrapped_label
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
    Sort(ActionStatus, "Statuses", "status", "statuses"),
    Sort(RagRating, "RAG ratings", "RAG rating", "rag_ratings"),
    Sort(EventTheme, "Themes of joint inspections", "published theme", "event_themes"),
    Sort(Inspectorate, "Inspectorates", "inspectorate", "inspectorates"),
)


class ListsDialog(QDialog):
    """Three columns: the lists, the entries of one, the form for one entry."""

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._workspace = workspace
        self.setWindowTitle("Frameworks and lists")
        self.resize(*_fitting(self, letters=150, lines=36))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.form: FactForm | None = None
        self._drafts: dict[type[Record], dict[str, Any]] = {}
        self._make_columns()
        workspace.changed.connect(self._on_changed)
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            QShortcut(QKeySequence(keys), self).activated.connect(self._add)
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
        self._message = wrapped_label("", "error")
        splitter = QSplitter(Qt.Orientation.Horizontal)
        splitter.addWidget(self.sorts)
        splitter.addWidget(_column(self.entries, _line(self.new_button, self.remove_button)))
        right = QWidget()
        right.setLayout(self._form_column)
        splitter.addWidget(right)
        splitter.setSizes([180, 320, 520])
        splitter.setChildrenCollapsible(False)
        name_handle(splitter, "Lists, entries and form")
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
            self._leave_form()
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
            self._show_new()

    def _on_changed(self, types: frozenset[RecordType]) -> None:
        if self.sort.record_class.record_type not in types:
            return
        self._read()
        record = self.entries.current_record()
        if self.form and self.form.record and record and record.id == self.form.record.id:
            self._show(record)

    def _on_entry(self) -> None:
        record = self.entries.current_record()
        if record is None or self.form is None:
            return
        self._leave_form()
        self.entries.go_to(record.id)  # saving the field goes back to its own entry
        self._show(self.entries.current_record())

    def _show(self, record: Any) -> None:
        assert self.form is not None
        framework_id = getattr(record, "framework_id", "")
        self.form.offer(choices(self._workspace.lists, self.form.record_class, framework_id))
        self.form.show_record(record)

    def _start_new(self) -> None:
        if self.form is not None:
            self._leave_form()
            self._show_new()
            self.form.focus_first()

    def _show_new(self) -> None:
        """Show the form for a new entry, with what was begun in this list before."""
        assert self.form is not None
        self.form.offer(choices(self._workspace.lists, self.form.record_class))
        self.form.start_new()
        self.form.binding.put_back(self._drafts.pop(self.form.record_class, {}))

    def _leave_form(self) -> None:
        """Save the field that has the focus, and keep a new entry that was begun."""
        assert self.form is not None
        field: QWidget | None = self.focusWidget()
        while field is not None and not hasattr(field, "leave"):
            field = field.parentWidget()
        if field is not None:
            field.leave()
        if self.form.is_begun:
            self._drafts[self.form.record_class] = self.form.binding.typing()

    def done(self, result: int) -> None:
        """Close, once every field is saved and every new entry added or left on purpose."""
        self._leave_form()
        assert self.form is not None
        if (self.form.record is None or self._may_leave_problems()) and self._may_leave_drafts():
            super().done(result)

    def _may_leave_drafts(self) -> bool:
        for row, sort in enumerate(SORTS):
            if sort.record_class in self._drafts:
                self.sorts.setCurrentRow(row)
                self._start_new()
                assert self.form is not None
                if not self.form.add() and not self._may_leave_problems():
                    return False
        return True

    def _may_leave_problems(self) -> bool:
        assert self.form is not None
        problems = [sentence for sentence, _ in self.form.binding.listed_problems()]
        details = " ".join(f"{sentence.rstrip('.')}." for sentence in problems)
        return not problems or ask.whether(self, f"Leave this {self.form.noun} unfinished?", details, "Leave it")

    def _add(self) -> None:
        if self.form is not None and self.form.record is None:
            self.form.add()

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


def _fitting(widget: QWidget, *, letters: int, lines: int) -> tuple[int, int]:
    """A size in pixels of so many letters and lines, within the screen less its frames."""
    metrics, room = widget.fontMetrics(), widget.screen().availableGeometry()
    width_px = min(metrics.averageCharWidth() * letters, room.width() - look.space(10))
    return width_px, min(metrics.lineSpacing() * lines, room.height() - look.space(15))

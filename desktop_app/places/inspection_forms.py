"""The five forms of an inspection in their tabs, each built when it is first wanted, and what is typed in them."""

from functools import cached_property
from typing import TYPE_CHECKING, Any, TypeVar

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QTabWidget, QVBoxLayout, QWidget

from db.drafts import NEW, Fields, Rows, Typing
from desktop_app.forms import area_for_improvement, document, quote
from desktop_app.forms.area_for_improvement import AreaForImprovementForm
from desktop_app.forms.details import DetailsForm
from desktop_app.forms.document import DocumentForm
from desktop_app.forms.entry_tab import EntryTab
from desktop_app.forms.judgements import JudgementsForm
from desktop_app.forms.quote import QuoteForm
from desktop_app.places.inspection_head import InspectionHead
from desktop_app.places.link_bar import LinkBar

if TYPE_CHECKING:
    from desktop_app.forms.new_inspection import NewInspectionDialog

AnyForm = TypeVar("AnyForm", bound=QWidget)
FORMS = ("details", "judgements", "quotes", "areas", "documents")
STEP = "new_inspection"


class InspectionForms(QWidget):
    """What an inspection's pane looks like, and the typing in it; `InspectionPane` says what it shows and writes.

    Signals:
        problems_changed: Emitted with how many fields were refused and are not saved.
        typed: Emitted whenever other typing is unsaved than before, see `typing`.
        edit_wanted: Emitted with a Deed when a form wants something written.
        row_removal_wanted: Emitted with an EntryTab and the record that a person wants to remove from it.
        file_wanted: Emitted when a person wants to choose the file of a document.
        copy_wanted: Emitted with the KeptFile that a person wants on disk.
        link_wanted: Emitted with the id of a document that a person wants to link.
        row_chosen: Emitted with the record of a row that a person goes to in its list.
    """

    problems_changed = Signal(int)
    typed = Signal()
    edit_wanted = Signal(object)
    row_removal_wanted = Signal(object, object)
    file_wanted = Signal()
    copy_wanted = Signal(object)
    link_wanted = Signal(str)
    row_chosen = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._held: dict[str, dict[str, Rows]] = {}
        self._step: NewInspectionDialog | None = None
        self._head = InspectionHead()
        self.tabs = QTabWidget()
        self.tabs.setDocumentMode(True)
        self.tabs.setAccessibleName("Parts of the inspection")
        self._pages: list[QVBoxLayout] = []
        for _ in FORMS:
            page = QWidget()
            inner = QVBoxLayout(page)
            inner.setContentsMargins(0, 0, 0, 0)
            self.tabs.addTab(page, "")
            self._pages.append(inner)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._head)
        column.addWidget(self.tabs, 1)

    @cached_property
    def details(self) -> DetailsForm:
        """The first tab. Each is built when it is first wanted, so that opening a file stays quick."""
        return self._put("details", DetailsForm())

    @cached_property
    def judgements(self) -> JudgementsForm:
        return self._put("judgements", JudgementsForm())

    @cached_property
    def quotes(self) -> EntryTab:
        empty = "No quotes yet. Type or paste the first one above."
        return self._put_rows("quotes", EntryTab(QuoteForm(), quote.card_of, empty))

    @cached_property
    def areas(self) -> EntryTab:
        empty = "No areas for improvement yet. Paste the whole list from the report: each item becomes one."
        return self._put_rows("areas", EntryTab(AreaForImprovementForm(), area_for_improvement.card_of, empty))

    @cached_property
    def documents(self) -> EntryTab:
        form = DocumentForm()
        form.file.file_wanted.connect(self.file_wanted)
        form.file.copy_wanted.connect(self.copy_wanted)
        empty = "No documents yet. The report, a press release, minutes: anything that is quoted from."
        tab = self._put_rows("documents", EntryTab(form, document.card_of, empty))
        self.link_bar = LinkBar()
        self.link_bar.link_wanted.connect(self.link_wanted)
        tab.layout().addWidget(self.link_bar)  # type: ignore[union-attr]
        return tab

    @property
    def entry_tabs(self) -> tuple[EntryTab, EntryTab, EntryTab]:
        return self.quotes, self.areas, self.documents

    def form(self, name: str) -> Any:
        """One of FORMS by its name, built where it was not yet; each has `flush`."""
        return getattr(self, name)

    def _put_rows(self, name: str, tab: EntryTab) -> EntryTab:
        tab.remove_wanted.connect(lambda record: self.row_removal_wanted.emit(tab, record))
        tab.list.clicked.connect(lambda: self.row_chosen.emit(tab.list.current_record()))
        tab.list.selectionModel().currentChanged.connect(lambda: self._on_row_walked_to(tab))
        return self._put(name, tab)

    def _on_row_walked_to(self, tab: EntryTab) -> None:
        if tab.list.hasFocus() and (record := tab.list.current_record()):
            self.row_chosen.emit(record)

    def _put(self, name: str, form: AnyForm) -> AnyForm:
        self._pages[FORMS.index(name)].addWidget(form)
        form.edit_wanted.connect(self.edit_wanted)  # type: ignore[attr-defined]
        inner: Any = getattr(form, "form", form)
        if binding := getattr(inner, "binding", None):
            binding.problems_changed.connect(self._count_problems)
            binding.left.connect(self.typed)
        for inspection_id, rows in self._held.pop(name, {}).items():
            inner.put_back(inspection_id, rows)
        inner.typed.connect(self.typed)
        return form

    def _built(self) -> dict[str, Any]:
        """The forms that were wanted so far: each has `typing`, `put_back`, `leave_all` and `unsaved`."""
        built = {name: self.__dict__[name] for name in FORMS if name in self.__dict__}
        return {name: getattr(form, "form", form) for name, form in built.items()}

    def _count_problems(self) -> None:
        bindings = [form.binding for form in self._built().values() if hasattr(form, "binding")]
        self.problems_changed.emit(sum(len(binding.problems) for binding in bindings))

    @property
    def is_row_begun(self) -> bool:
        """Whether a new row has words that are not added yet."""
        return any(getattr(form, "is_begun", False) for form in self._built().values())

    def leave_fields(self) -> None:
        """Save what is being typed in any tab, for the inspection that it was typed for."""
        for form in self._built().values():
            form.leave_all()

    def unsaved(self) -> list[str]:
        """What is not in the file, in words."""
        held = [f"what was typed under {name}" for name in self._held if name != STEP]
        step = ["a new inspection"] if STEP in self._held else []
        return [*(words for form in self._built().values() for words in form.unsaved()), *held, *step]

    def typing(self) -> Typing:
        """Everything that a person typed and that is not in the file yet, for `give_back`.

        The step that starts an inspection stands under the id "".
        """
        found: dict[str, dict[str, Rows]] = {}
        by_form = {**self._held, **{name: form.typing() for name, form in self._built().items()}}
        if self._step is not None and (fields := self._step.typing()):
            by_form[STEP] = {"": {NEW: fields}}
        for name, inspections in by_form.items():
            for inspection_id, rows in inspections.items():
                found.setdefault(inspection_id, {})[name] = rows
        return found

    def give_back(self, name: str, inspection_id: str, rows: Rows) -> Rows:
        """Put the typing of one form back; it waits until the form is built. What has no place is returned."""
        if not rows:
            return {}
        if name in self._built():
            return self._built()[name].put_back(inspection_id, rows)
        self._held.setdefault(name, {})[inspection_id] = rows
        return {}

    def watch_step(self, step: "NewInspectionDialog") -> None:
        """Keep what is typed into the step that starts an inspection, and put back what waits for it."""
        waiting: Fields = self._held.pop(STEP, {}).get("", {}).get(NEW, {})
        step.put_back(waiting)
        self._step = step
        step.binding.edited.connect(self.typed)
        step.finished.connect(self._on_step_finished)

    def _on_step_finished(self) -> None:
        self._step = None
        self.typed.emit()

"""One inspection: its heading, and the tabs Details, Judgements, Quotes, Areas for improvement, Documents."""

from functools import cached_property, partial
from pathlib import Path
from typing import Any, TypeVar

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QTabWidget, QVBoxLayout, QWidget

from db.dates import period
from db.edit import Edit
from db.errors import StoreError
from db.overview import newest_first, row_removal, tab_titles
from db.records import AreaForImprovement, Document, Inspection, Judgement, Quote, Record, RecordType
from desktop_app import ask
from desktop_app.binding import Deed
from desktop_app.forms import area_for_improvement, document, quote
from desktop_app.forms.area_for_improvement import AreaForImprovementForm
from desktop_app.forms.context import Context
from desktop_app.forms.details import DetailsForm
from desktop_app.forms.document import DocumentForm
from desktop_app.forms.entry_tab import EntryTab
from desktop_app.forms.judgements import JudgementsForm
from desktop_app.forms.quote import QuoteForm
from desktop_app.places import kept_files
from desktop_app.places.inspection_head import InspectionHead
from desktop_app.places.link_bar import LinkBar
from desktop_app.workspace import Workspace

AnyForm = TypeVar("AnyForm", bound=QWidget)
_TAB_NAMES = ("details", "judgements", "quotes", "areas", "documents")


class InspectionPane(QWidget):
    """Shows one inspection and writes what its forms ask for.

    Signals:
        told: Emitted with a sentence for the status line.
        problems_changed: Emitted with how many fields were refused and are not saved.
    """

    told = Signal(str)
    problems_changed = Signal(int)

    def __init__(self, workspace: Workspace) -> None:
        super().__init__()
        self._workspace = workspace
        self.inspection: Inspection | None = None
        self._context: Context | None = None
        self._stale: set[int] = set()
        self._lay_out()
        self._connect()

    @cached_property
    def details(self) -> DetailsForm:
        """The first tab. Each is built when it is first wanted, so that opening a file stays quick."""
        return self._put(0, DetailsForm())

    @cached_property
    def judgements(self) -> JudgementsForm:
        return self._put(1, JudgementsForm())

    @cached_property
    def quotes(self) -> EntryTab:
        empty = "No quotes yet. Type or paste the first one above."
        return self._put_rows(2, EntryTab(QuoteForm(), quote.card_of, empty))

    @cached_property
    def areas(self) -> EntryTab:
        empty = "No areas for improvement yet. Paste the whole list from the report: each item becomes one."
        return self._put_rows(3, EntryTab(AreaForImprovementForm(), area_for_improvement.card_of, empty))

    @cached_property
    def documents(self) -> EntryTab:
        form = DocumentForm()
        form.file.file_wanted.connect(self._keep_file)
        form.file.copy_wanted.connect(lambda kept: kept_files.save_as(self._workspace.store, kept, self))
        empty = "No documents yet. The report, a press release, minutes: anything that is quoted from."
        tab = self._put_rows(4, EntryTab(form, document.card_of, empty))
        self.link_bar = LinkBar()
        self.link_bar.link_wanted.connect(self._link_document)
        tab.layout().addWidget(self.link_bar)  # type: ignore[union-attr]
        return tab

    def _put(self, index: int, form: AnyForm) -> AnyForm:
        self._pages[index].addWidget(form)
        form.edit_wanted.connect(self._write)  # type: ignore[attr-defined]
        if binding := getattr(getattr(form, "form", form), "binding", None):
            binding.problems_changed.connect(self._count_problems)
        return form

    def _put_rows(self, index: int, tab: EntryTab) -> EntryTab:
        tab.remove_wanted.connect(partial(self.remove_row, tab))
        return self._put(index, tab)

    def _count_problems(self) -> None:
        bindings = [form.binding for form in self._built_forms() if hasattr(form, "binding")]
        self.problems_changed.emit(sum(len(binding.problems) for binding in bindings))

    def _built_rows(self) -> dict[int, EntryTab]:
        """The tabs with rows that were wanted so far, by their place."""
        built = {place: self.__dict__.get(name) for place, name in enumerate(_TAB_NAMES)}
        return {place: tab for place, tab in built.items() if isinstance(tab, EntryTab)}

    def _built_forms(self) -> list[Any]:
        """The forms that were wanted so far; each can `leave_all` and say what is `unsaved`."""
        tabs = [self.__dict__[name] for name in _TAB_NAMES if name in self.__dict__]
        return [getattr(tab, "form", tab) for tab in tabs]

    @property
    def is_row_begun(self) -> bool:
        """Whether a new row has words that are not added yet."""
        return any(tab.form.is_begun for tab in self._built_rows().values())

    def _lay_out(self) -> None:
        self._head = InspectionHead()
        self.tabs = QTabWidget()
        self.tabs.setDocumentMode(True)
        self.tabs.setAccessibleName("Parts of the inspection")
        self._pages: list[QVBoxLayout] = []
        for _ in _TAB_NAMES:
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

    def _connect(self) -> None:
        self.tabs.currentChanged.connect(self._fill)
        self._workspace.changed.connect(self._on_changed)

    def _write(self, deed: Deed) -> None:
        if self.inspection and len(deed.edit.before) == 1 and not deed.edit.after:
            deed.edit = row_removal(self._workspace.store, self.inspection.id, deed.edit.before[0])
        try:
            self._workspace.do(deed.label, deed.edit)
        except StoreError as error:
            deed.error = error
            self.told.emit(str(error))

    def remove_row(self, tab: EntryTab, record: Record) -> None:
        """Remove a row; it can be brought back by undo and from Recently deleted."""
        noun = tab.form.noun
        row = tab.model.row_of(record.id)
        deed = Deed(f"Remove {noun}", Edit(before=(record,)))
        self._write(deed)
        if deed.error is None:
            self.told.emit(f"{noun[:1].upper()}{noun[1:]} removed. Ctrl+Z brings it back.")
            if tab.model.records:
                tab.list.setCurrentIndex(tab.model.index(min(row, len(tab.model.records) - 1)))
            else:
                tab.form.focus_first()

    def show_inspection(self, inspection_id: str) -> bool:
        """Show an inspection; False where it is gone."""
        if self.inspection is not None and self.inspection.id != inspection_id:
            self.leave_fields()
        inspection = self._workspace.store.get(Inspection, inspection_id)
        if inspection is None:
            self.inspection = None
            return False
        self.inspection = inspection
        self._show()
        return True

    def _on_changed(self, types: frozenset[RecordType]) -> None:
        del types
        if self.inspection is not None:
            self.show_inspection(self.inspection.id)

    def _show(self) -> None:
        """Fill the tab that is shown; the others are filled when they are, so that walking the list stays quick."""
        assert self.inspection is not None
        inspection, store = self.inspection, self._workspace.store
        siblings = newest_first(store.each(Inspection, provider_id=inspection.provider_id))
        of_provider = store.each(Document, provider_id=inspection.provider_id)
        linked = [one for one in store.each(Document, inspection_ids=inspection.id) if one not in of_provider]
        documents = (*of_provider, *linked)  # one of another provider stays where the inspection's provider was changed
        self._context = Context(self._workspace.lists, inspection, documents, tuple(siblings))
        self._stale = set(range(self.tabs.count()))
        self._fill(self.tabs.currentIndex())
        self._show_titles()

    def _fill(self, index: int) -> None:
        if self.inspection is None or self._context is None or index not in self._stale:
            return
        self._stale.discard(index)
        store, context, key = self._workspace.store, self._context, self.inspection.id
        match index:
            case 0:
                self.details.show_inspection(context, tuple(store.each(Judgement, inspection_id=key)))
            case 1:
                self.judgements.show_judgements(context, store.each(Judgement, inspection_id=key))
            case 2:
                self.quotes.show_rows(context, store.each(Quote, inspection_id=key))
            case 3:
                self.areas.show_rows(context, store.each(AreaForImprovement, inspection_id=key))
            case _:
                self.documents.show_rows(context, context.own_documents)
                others = [one for one in context.documents if one not in context.own_documents]
                self.link_bar.offer([(one.id, one.title) for one in others])

    def _show_titles(self) -> None:
        assert self.inspection is not None and self._context is not None
        lists, store, inspection = self._workspace.lists, self._workspace.store, self.inspection
        when = period(inspection.started_on, inspection.ended_on) or "date not known"
        provider = lists.providers[inspection.provider_id].name
        self._head.show_words(lists.kinds[inspection.kind_id].label, when, provider)
        titles = tab_titles(store, lists, inspection, len(self._context.own_documents))
        for index, title in enumerate(titles):
            self.tabs.setTabText(index, title)
            self.tabs.setTabToolTip(index, f"Alt+{index + 1}")

    def show_tab(self, index: int) -> None:
        """Show a tab and put the focus where work goes on there."""
        self.tabs.setCurrentIndex(index)
        if index == 0:
            self.details.blocks["ended_on"].field.setFocus(Qt.FocusReason.OtherFocusReason)
        elif index == 1 and self.judgements.count:
            self.judgements.focus_first()
        elif index > 1:
            self.entry_tabs[index - 2].form.focus_first()
        else:
            self.tabs.tabBar().setFocus(Qt.FocusReason.OtherFocusReason)

    @property
    def entry_tabs(self) -> tuple[EntryTab, EntryTab, EntryTab]:
        return self.quotes, self.areas, self.documents

    def current_entry_tab(self) -> EntryTab | None:
        """The tab with rows that is shown, or None."""
        index = self.tabs.currentIndex()
        return self.entry_tabs[index - 2] if index >= 2 else None

    def add_row(self) -> None:
        """What Ctrl+Return does, from the menu."""
        if tab := self.current_entry_tab():
            tab.form.add()

    def go_to(self, record: Record) -> None:
        """Show a row of this inspection in its tab."""
        for index in range(self.tabs.count()):
            self._fill(index)
        for index, tab in enumerate(self.entry_tabs, 2):
            if tab.model.row_of(record.id) >= 0:
                self.tabs.setCurrentIndex(index)
                tab.go_to(record.id)
        if isinstance(record, Judgement):
            self.tabs.setCurrentIndex(1)
            self.judgements.go_to(record.area_id)

    def leave_fields(self) -> None:
        """Save what is being typed in any tab, for the inspection that it was typed for."""
        for form in self._built_forms():
            form.leave_all()

    def flush(self) -> list[str]:
        """Save everything that can be saved, drafts too; return what cannot, in words."""
        self.leave_fields()
        shown = self.inspection
        for index, tab in self._built_rows().items():
            tab.form.flush()
            for inspection_id in tab.form.inspections_with_drafts():
                if self.show_inspection(inspection_id):
                    self._fill(index)
                    tab.form.flush()
        if shown is not None:
            self.show_inspection(shown.id)
        return [words for form in self._built_forms() for words in form.unsaved()]

    def _keep_file(self) -> None:
        if path := ask.document_file(self):
            self.keep_file(path)

    def keep_file(self, path: Path) -> None:
        """Keep a file inside the database, for the document in the form."""
        form = self.documents.form
        assert isinstance(form, DocumentForm)
        if kept := kept_files.keep(self._workspace.store, path, self):
            form.take_file(kept)

    def _link_document(self, document_id: str) -> None:
        assert self._context is not None
        before, after = self._context.linked(document_id)
        self._write(Deed("Link document", Edit(before, after)))

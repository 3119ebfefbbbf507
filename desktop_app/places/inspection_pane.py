"""One inspection: its heading, and the tabs Details, Judgements, Quotes, Areas for improvement, Documents."""

from collections.abc import Mapping
from functools import cached_property
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt, Signal

from db.dates import period
from db.drafts import NEW, Rows, Typing
from db.edit import Edit
from db.errors import StoreError
from db.overview import newest_first, row_removal, tab_titles
from db.records import AreaForImprovement, Document, Inspection, Judgement, Quote, Record, RecordType
from desktop_app import ask
from desktop_app.binding import Deed
from desktop_app.forms.context import Context
from desktop_app.forms.document import DocumentForm
from desktop_app.forms.entry_tab import EntryTab
from desktop_app.places import kept_files
from desktop_app.places.inspection_forms import FORMS, STEP, InspectionForms
from desktop_app.places.quote_checks import QuoteChecks
from desktop_app.workspace import Workspace

_ROWS: dict[str, type[Record]] = {"quotes": Quote, "areas": AreaForImprovement, "documents": Document}


class InspectionPane(InspectionForms):
    """Shows one inspection and writes what its forms ask for.

    Signals:
        told: Emitted with a sentence for the status line.
        inspection_shown: Emitted when an inspection is shown, or what is known of it has changed.
        file_chosen: Emitted with the Path of a file that a person wants kept as a new document.
    """

    told = Signal(str)
    inspection_shown = Signal()
    file_chosen = Signal(object)

    def __init__(self, workspace: Workspace) -> None:
        super().__init__()
        self._workspace = workspace
        self.inspection: Inspection | None = None
        self.context: Context | None = None
        self._stale: set[int] = set()
        self.quote_checks = QuoteChecks(workspace, self)
        self._connect()

    @cached_property
    def quotes(self) -> EntryTab:
        """The tab of the quotes, each held against the report."""
        tab = super().quotes
        tab.form.set_checks(self.quote_checks)  # type: ignore[attr-defined]
        return tab

    def _connect(self) -> None:
        self.tabs.currentChanged.connect(self._fill)
        self._workspace.changed.connect(self._on_changed)
        self.edit_wanted.connect(self._write)
        self.row_removal_wanted.connect(self.remove_row)
        self.file_wanted.connect(self._keep_file)
        self.copy_wanted.connect(lambda kept: kept_files.save_as(self._workspace.store, kept, self))
        self.link_wanted.connect(self._link_document)

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
            self.inspection = self.context = None
            self.inspection_shown.emit()
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
        self.context = Context(self._workspace.lists, inspection, documents, tuple(siblings))
        self._stale = set(range(self.tabs.count()))
        self._fill(self.tabs.currentIndex())
        self._show_titles()
        self.inspection_shown.emit()

    def _fill(self, index: int) -> None:
        if self.inspection is None or self.context is None or index not in self._stale:
            return
        self._stale.discard(index)
        store, context, key = self._workspace.store, self.context, self.inspection.id
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
        assert self.inspection is not None and self.context is not None
        lists, store, inspection = self._workspace.lists, self._workspace.store, self.inspection
        when = period(inspection.started_on, inspection.ended_on) or "date not known"
        provider = lists.providers[inspection.provider_id].name
        self._head.show_words(lists.kinds[inspection.kind_id].label, when, provider)
        titles = tab_titles(store, lists, inspection, len(self.context.own_documents))
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
            self.form(FORMS[index]).form.focus_first()
        else:
            self.tabs.tabBar().setFocus(Qt.FocusReason.OtherFocusReason)

    def current_entry_tab(self) -> EntryTab | None:
        """The tab with rows that is shown, or None."""
        index = self.tabs.currentIndex()
        return self.form(FORMS[index]) if index >= 2 else None

    def add_row(self) -> None:
        """What Ctrl+Return does, from the menu."""
        if tab := self.current_entry_tab():
            tab.form.add()

    def start_row(self, name: str, values: Mapping[str, Any], focus: str) -> bool:
        """Start a new row of one of FORMS with these values, the focus in one field; False where it must wait."""
        self.tabs.setCurrentIndex(FORMS.index(name))
        form = self.form(name).form
        is_started: bool = form.start_with(values)
        field = form.binding.field(focus) if is_started else form.binding.listed_problems()[0][1]
        field.setFocus(Qt.FocusReason.OtherFocusReason)
        return is_started

    def go_to(self, record: Record) -> None:
        """Show a row of this inspection in its tab."""
        for index in range(self.tabs.count()):
            self._fill(index)
        for index, tab in enumerate(self.entry_tabs, 2):
            if tab.model.row_of(record.id) >= 0:
                self.tabs.setCurrentIndex(index)
                tab.go_to(record.id)
                self.row_chosen.emit(record)
        if isinstance(record, Judgement):
            self.tabs.setCurrentIndex(1)
            self.judgements.go_to(record.area_id)

    def flush(self) -> list[str]:
        """Save everything that can be saved, drafts too; return what cannot, in words."""
        self.leave_fields()
        shown = self.inspection
        for inspection_id, forms in self.typing().items():
            if self.show_inspection(inspection_id):
                for name in forms:
                    self._fill(FORMS.index(name))
                    self.form(name).flush()
        if shown is not None:
            self.show_inspection(shown.id)
        return self.unsaved()

    def put_back(self, typing: Typing) -> Typing:
        """Put typing back that was given by `typing`, each where it was typed; return what has no place any more.

        It shows with its inspection and its row, as unsaved as it was; nothing is written by this.
        """
        left: dict[str, dict[str, Rows]] = {}
        for inspection_id, forms in typing.items():
            for name, rows in forms.items():
                known = {key: fields for key, fields in rows.items() if self._has_place(inspection_id, name, key)}
                gone = {key: fields for key, fields in rows.items() if key not in known}
                if remains := {**gone, **self.give_back(name, inspection_id, known)}:
                    left.setdefault(inspection_id, {})[name] = remains
        return left

    def _has_place(self, inspection_id: str, name: str, row_id: str) -> bool:
        if name == STEP:
            return True
        store = self._workspace.store
        inspection = store.get(Inspection, inspection_id)
        if inspection is None or name not in FORMS:
            return False
        if name == "judgements":
            return row_id in {area.id for area in self._workspace.lists.areas_of(inspection.kind_id)}
        return name == "details" or row_id == NEW or store.get(_ROWS[name], row_id) is not None

    def _keep_file(self) -> None:
        if path := ask.document_file(self):
            self.keep_file(path)

    def choose_document(self) -> None:
        """Ask for a file that becomes a new document."""
        if path := ask.document_file(self):
            self.file_chosen.emit(path)

    def keep_file(self, path: Path) -> None:
        """Keep a file inside the database, for the document in the form."""
        form = self.documents.form
        assert isinstance(form, DocumentForm)
        if kept := kept_files.keep(self._workspace.store, path, self):
            form.take_file(kept)

    def _link_document(self, document_id: str) -> None:
        assert self.context is not None
        before, after = self.context.linked(document_id)
        self._write(Deed("Link document", Edit(before, after)))

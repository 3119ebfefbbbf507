"""Keeps the report beside the form: which document it shows, what was taken from it, what is taken next."""

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QMetaObject, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QAction

from db.edit import Edit
from db.records import AreaForImprovement, Document, Quote, Record, new_id
from desktop_app.binding import Deed
from desktop_app.commands import Commands
from desktop_app.forms.context import Context
from desktop_app.forms.document import display_name
from desktop_app.places import kept_files
from desktop_app.places.inspection_pane import InspectionPane
from desktop_app.reading import sections
from desktop_app.reading.finding import TakenFrom
from desktop_app.reading.passage import Passage
from desktop_app.views.capture_bar import AREA, QUOTE
from desktop_app.workspace import Workspace

if TYPE_CHECKING:
    from desktop_app.places.report_pane import ReportPane

_Taken = Quote | AreaForImprovement
FOLLOW_AFTER_MS = 150  # so that walking the list of inspections reads no report on the way
_SHEETS = (".pdf",)


class ReportBeside(QObject):
    """The report pane of an Inspections place, built when it is first seen.

    Signals:
        told: Emitted with a sentence for the status line.
        shown_changed: Emitted with whether the pane is to be seen.
        hidden_by_choice: Emitted with whether a person wants it away.
    """

    told = Signal(str)
    shown_changed = Signal(bool)
    hidden_by_choice = Signal(bool)

    def __init__(self, workspace: Workspace, pane: InspectionPane, make_room: Callable[[Any], object]) -> None:
        super().__init__(pane)
        self._workspace = workspace
        self._pane = pane
        self._make_room = make_room
        self.report: ReportPane | None = None
        self.is_wanted = True
        self._asked_for = ""  # the inspection that a person wants to see it beside although there is no document
        self._view = ""
        self._inspection_id = ""
        self._last: dict[str, str] = {}  # what was shown last for an inspection
        self._served: list[tuple[QAction, QMetaObject.Connection]] = []
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(FOLLOW_AFTER_MS)
        self._soon.timeout.connect(self.follow)
        pane.inspection_shown.connect(self._soon.start)
        pane.row_chosen.connect(self.show_place_of)

    def serve(self, commands: Commands) -> None:
        """Do what these commands of the window ask for."""
        deeds: dict[str, Callable[[], object]] = {
            "report": self.toggle,
            "report_view": self.switch_view,
            "find_in_report": self.start_finding,
            "capture_quote": partial(self.capture, QUOTE),
            "capture_area": partial(self.capture, AREA),
        }
        for name, deed in deeds.items():
            # The window's commands outlive the file's places, and a plain function would be called for ever.
            served = commands[name].triggered.connect(partial(self._do, deed))
            self._served.append((commands[name], served))

    def _do(self, deed: Callable[[], object], _: bool = False) -> None:
        if self._pane.isVisible():
            deed()
        else:
            self.told.emit("Show the inspection first (Ctrl+2): its report stands beside it.")

    def documents(self) -> list[Document]:
        """The documents with files that may be shown: the inspection's own first, reports before the others."""
        context = self._pane.context
        if context is None:
            return []
        own = context.own_documents
        ordered = sorted(own, key=lambda one: one.kind not in ("report", "letter"))
        return [one for one in (*ordered, *(one for one in context.documents if one not in own)) if one.file_sha256]

    def _own(self, context: Context) -> list[Document]:
        return [one for one in self.documents() if context.inspection.id in one.inspection_ids]

    def follow(self) -> None:
        """Show the report of the inspection that is shown now."""
        self._soon.stop()
        context = self._pane.context
        if context is None:
            self.shown_changed.emit(False)
            return
        self._inspection_id = context.inspection.id
        is_seen = self.is_wanted and (self._asked_for == self._inspection_id or bool(self._own(context)))
        if is_seen:
            documents = self.documents()
            self._ready().show_documents(documents, self._document_for(context, documents))
            self._mark_taken()
        elif self.report is not None:
            self.report.show_documents((), "")
        self.shown_changed.emit(is_seen)

    def _document_for(self, context: Context, documents: Sequence[Document]) -> str:
        last = self._last.get(context.inspection.id, "")
        if any(one.id == last for one in documents):
            return last
        own = self._own(context)
        return own[0].id if own else ""

    def _ready(self) -> "ReportPane":
        if self.report is None:
            from desktop_app.places.report_pane import ReportPane

            report = self.report = ReportPane(self._workspace)
            report.set_view(self._view or report.view)
            report.told.connect(self.told)
            report.captured.connect(self._on_captured)
            report.close_wanted.connect(self.toggle)
            report.file_wanted.connect(self._pane.choose_document)
            report.document_shown.connect(self._on_document_shown)
            report.words_read.connect(self._pane.quote_checks.give)
            self._make_room(report)
        return self.report

    @property
    def is_seen(self) -> bool:
        return self.report is not None and self.report.isVisible()

    def toggle(self) -> None:
        """Hide the report, or show it; where there is none, how one comes here."""
        had_focus = self.is_seen and self.report is not None and self.report.isAncestorOf(_focused(self.report))
        self.is_wanted = not self.is_seen
        self._asked_for = self._pane.context.inspection.id if self.is_wanted and self._pane.context else ""
        self.hidden_by_choice.emit(not self.is_wanted)
        self.follow()
        if self.is_wanted and self.report is not None:
            self.report.focus_words()
        elif had_focus:
            self._pane.show_tab(self._pane.tabs.currentIndex())

    def set_view(self, view: str) -> None:
        """Show documents as picture or as text from now on."""
        self._view = view
        if self.report is not None:
            self.report.set_view(view)

    def switch_view(self) -> None:
        """Show the other of picture and text."""
        if self.report is not None:
            self.report.switch_view()

    def start_finding(self) -> None:
        """Put the focus where words to find in the report are typed."""
        if not self.is_seen:
            self.toggle()
        if self.report is not None:
            self.report.bar.find_box.selectAll()
            self.report.bar.find_box.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def capture(self, what: str) -> None:
        """Take what is marked in the report as a quote or an area for improvement."""
        if self.is_seen and self.report is not None:
            self.report.capture(what)
        else:
            self.told.emit("Show the report first (Ctrl+R), and mark words in it.")

    def _on_captured(self, passage: Passage, document_id: str, what: str) -> None:
        context = self._pane.context
        if context is None or self.report is None:
            return
        values = {
            "text": passage.text,
            "document_id": document_id,
            "page": passage.page,
            "paragraph": passage.paragraph,
        }
        focus = "finding_kind_id"
        if what == QUOTE:
            areas = context.lists.areas_of(context.inspection.kind_id)
            area_id = sections.area_of(passage.headings, [(area.id, area.label) for area in areas])
            values["about"] = f"area {area_id}" if area_id else None
            focus = "tone"
        if self._pane.start_row(what, values, focus):
            self.report.put_capture_away(passage)
        else:
            self.told.emit("Finish what is being typed first: a field of it cannot be saved as it stands.")

    def _on_document_shown(self, document_id: str) -> None:
        self._last[self._inspection_id] = document_id
        self._mark_taken()

    def _mark_taken(self) -> None:
        if self.report is None or not self.report.document_id:
            return
        store, wanted = self._workspace.store, {"inspection_id": self._inspection_id}
        rows: list[_Taken] = [*store.each(Quote, **wanted), *store.each(AreaForImprovement, **wanted)]
        shown = self.report.document_id
        self.report.mark_taken([_place_of(one) for one in rows if self._stands_in(one) == shown])

    def show_place_of(self, record: Record) -> None:
        """Show where the words of a quote or an area for improvement stand; a hidden report stays hidden."""
        if self.report is None or not self.is_seen:
            return
        match record:
            case Quote() | AreaForImprovement() if document_id := self._stands_in(record):
                self.report.show_place(document_id, _place_of(record))

    def show_words(self, document_id: str, taken: TakenFrom) -> None:
        """Show words of a document, and the report where it is hidden."""
        self.is_wanted = True
        self.follow()
        if self.report is not None and any(one.id == document_id for one in self.documents()):
            self.report.show_place(document_id, taken)

    def _stands_in(self, record: _Taken) -> str:
        """The document to look into: the record's own, or the report where its own, a press release, is not kept."""
        kept = [one.id for one in self.documents()]
        if record.document_id in kept:
            return record.document_id or ""
        context = self._pane.context
        own = self._own(context) if context else []
        return own[0].id if own and own[0].kind in ("report", "letter") else ""

    def add_file(self, path: Path) -> None:
        """Keep a file under the documents of the inspection that is shown, and show it; a kept one is only linked."""
        context = self._pane.context
        if context is None:
            self.told.emit(f"Show the inspection that {path.name} is about, then drop it again.")
            return
        kept = kept_files.keep(self._workspace.store, path, self._pane)
        if kept is None:
            return
        known = next((one for one in context.documents if one.file_sha256 == kept.sha256), None)
        document = known or _document_of(path, kept.sha256, context)
        before, after = context.linked(known.id) if known else ((), (document,))
        if after:
            deed = Deed("Link document" if known else "Add document", Edit(before, after))
            self._pane.edit_wanted.emit(deed)
            if deed.error:
                return
        self._last[context.inspection.id] = document.id
        self.is_wanted = True
        self.follow()
        if self.report is not None:
            self.report.focus_words()
        self.told.emit(f"{document.title} is kept under Documents.")

    def close(self) -> None:
        """Read nothing more and do what no command asks for, for the end of a file."""
        self._soon.stop()
        for command, served in self._served:
            command.triggered.disconnect(served)
        self._served.clear()
        if self.report is not None:
            self.report.stop()


def _place_of(record: _Taken) -> TakenFrom:
    return TakenFrom(record.text, record.page, record.paragraph)


def _focused(widget: Any) -> Any:
    return widget.window().focusWidget() or widget.window()


def _document_of(path: Path, sha256: str, context: Context) -> Document:
    """A new document; the first PDF of an inspection is taken as its report, which a person can change."""
    name = display_name(path.name)
    has_report = any(one.kind in ("report", "letter") for one in context.own_documents)
    result = context.lists.kinds[context.inspection.kind_id].result_form
    likely = result if result in ("report", "letter") else "report"
    return Document(
        id=new_id(),
        provider_id=context.inspection.provider_id,
        kind=likely if path.suffix.lower() in _SHEETS and not has_report else "other",
        title=name.rpartition(".")[0] or name,
        file_name=name,
        file_sha256=sha256,
        inspection_ids=(context.inspection.id,),
    )

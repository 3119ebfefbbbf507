"""The report beside the form: one of the documents that are kept, to look things up in and to take words from."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QTimer, Signal

from db.records import Document
from desktop_app import jobs
from desktop_app.places import kept_paragraphs
from desktop_app.places.report_reading import ReportReading, Wanted
from desktop_app.reading.finding import TakenFrom, locate
from desktop_app.reading.passage import Passage, Span
from desktop_app.reading.read_document import ReadDocument
from desktop_app.views.announce import announce
from desktop_app.views.capture_bar import NOTHING
from desktop_app.views.report_marks import Manner
from desktop_app.views.report_view import ReportView
from desktop_app.workspace import Workspace

KEEP_AFTER_MS = 300  # the first page is painted before


class ReportPane(ReportView):
    """Reads the document that is chosen, away from the window.

    Signals:
        captured: Emitted with a Passage, the id of its document, and QUOTE or AREA.
        close_wanted: Emitted when a person wants the pane away.
        file_wanted: Emitted when a person wants to choose a file.
        document_shown: Emitted with the id of a document that was read, so that what was taken from it can be marked.
        words_read: Emitted with the SHA-256 of a kept file and its paragraphs.
    """

    captured = Signal(object, str, str)
    close_wanted = Signal()
    file_wanted = Signal()
    document_shown = Signal(str)
    words_read = Signal(str, object)

    def __init__(self, workspace: Workspace) -> None:
        super().__init__()
        self._workspace = workspace
        self._documents: tuple[Document, ...] = ()
        self._chosen: Document | None = None
        self._then: TakenFrom | None = None
        self.reading = ReportReading(self)
        self._keep_soon = QTimer(self)
        self._keep_soon.setSingleShot(True)
        self._keep_soon.setInterval(KEEP_AFTER_MS)
        self._keep_soon.timeout.connect(self._keep)
        self.bar.document_chosen.connect(self.show_document)
        self.bar.close_wanted.connect(self.close_wanted)
        self.capture_bar.capture_wanted.connect(self.capture)
        self.message.stop_wanted.connect(self._stop)
        self.message.file_wanted.connect(self.file_wanted)
        self.reading.progressed.connect(self.message.show_share)
        self.reading.failed.connect(self._explain)
        self.reading.done.connect(self._show_read)
        self.show_document("")

    @property
    def document_id(self) -> str:
        """The document that is shown or being read; empty for none."""
        return self._chosen.id if self._chosen else ""

    def show_documents(self, documents: Sequence[Document], wanted: str) -> None:
        """Offer these documents, which have files, and show the wanted one; where it is shown already it stays."""
        self._documents = tuple(documents)
        document = next((one for one in documents if one.id == wanted), None)
        chosen = self._chosen
        self.bar.show_documents([(one.id, one.title) for one in documents], wanted)
        if document and chosen and (chosen.id, chosen.file_sha256) == (document.id, document.file_sha256):
            self._chosen = document
        else:
            self.show_document(wanted)

    def show_document(self, document_id: str) -> None:
        """Read a document that is offered, and show it; nothing for any other id."""
        self._keep_soon.stop()
        self.reading.stop()
        self.forget()
        document = self._chosen = next((one for one in self._documents if one.id == document_id), None)
        self.bar.document.set_value(document_id)
        if document is None:
            self.message.show_none()
            return
        sha256 = document.file_sha256 or ""
        content = self._workspace.store.file_bytes(sha256)
        if content is None:
            self._explain("Its file is not inside this file any more. Choose it again under Documents.")
            return
        self.message.show_reading(document.title)
        self.reading.read(Wanted(sha256, document.file_name, content))

    def _stop(self) -> None:
        self.reading.stop()
        self._explain("Reading was stopped. Choose the document again to read it.")

    def _explain(self, sentence: str) -> None:
        self.message.show_trouble(self._chosen.title if self._chosen else "The document", sentence)

    def _show_read(self, wanted: Wanted, read: ReadDocument) -> None:
        if self._chosen is None or wanted.sha256 != self._chosen.file_sha256:
            return
        self.show_document_read(self._chosen.title, read, self.reading.reader)
        self._keep_soon.start()
        self.words_read.emit(wanted.sha256, read.words.paragraphs)
        self.document_shown.emit(self._chosen.id)
        if then := self._then:
            self._then = None
            self.go_to_taken(then)

    def _keep(self) -> None:
        if self._chosen is not None and self.document is not None:
            kept_paragraphs.keep(self._workspace, self._chosen.file_sha256 or "", self.words.paragraphs)

    def stop(self) -> None:
        """Read, draw and keep nothing more, for the end of a file."""
        self._keep_soon.stop()
        self.reading.stop()
        self.sheet.pictures.stop()

    def show_place(self, document_id: str, taken: TakenFrom) -> None:
        """Show where words of a document stand, once it is read."""
        if document_id == self.document_id and self.document is not None:
            self.go_to_taken(taken)
            return
        self._then = taken
        if document_id != self.document_id:
            self.show_document(document_id)

    def mark_taken(self, taken: Sequence[TakenFrom]) -> None:
        """Mark where the words of these records stand in the document that is shown."""
        if (read := self.document) is None:
            return
        paragraphs = read.words.paragraphs
        jobs.run(
            lambda: [span for one in taken for span in locate(paragraphs, one)],
            parent=self,
            on_done=partial(self._on_taken_found, read),
            on_error=_raise,
        )

    def _on_taken_found(self, read: ReadDocument, spans: list[Span]) -> None:
        if read is self.document:
            self.mark(Manner.TAKEN, spans)

    def capture(self, what: str) -> None:
        """Hand over what is marked as a quote or an area for improvement."""
        passage = self.passage
        if passage is None:
            self.told.emit(NOTHING)
            announce(self, NOTHING)
            return
        self.captured.emit(passage, self.document_id, what)

    def put_capture_away(self, passage: Passage) -> None:
        """Show a passage that was captured as the place in question, and no longer as marked."""
        self.shown.select(())
        self.mark(Manner.SHOWN, passage.spans)


def _raise(error: Exception) -> None:
    raise error

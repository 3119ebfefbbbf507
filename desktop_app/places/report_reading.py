"""Reads one document after the other away from the window; the one asked for last is the one that counts."""

from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QObject, QThreadPool, Signal

from db.errors import StoreError
from db.snapshot import Cancelled
from desktop_app.jobs import Job
from desktop_app.reading import read_document
from desktop_app.reading.pages import Reader
from desktop_app.reading.read_document import ReadDocument


@dataclass(frozen=True, slots=True)
class Wanted:
    """A kept file: its SHA-256, the name that it came with, and its bytes."""

    sha256: str
    name: str
    content: bytes


class ReportReading(QObject):
    """Owns the reader, whose process lives as long as this does, and never longer than the program.

    Signals:
        progressed: Emitted with the share that is read, 0 to 1.
        done: Emitted with the Wanted and its ReadDocument.
        failed: Emitted with a sentence.
    """

    progressed = Signal(float)
    done = Signal(object, object)
    failed = Signal(str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.reader = Reader()
        self._job: Job | None = None
        self._next: Wanted | None = None
        reader = self.reader
        self.destroyed.connect(lambda: QThreadPool.globalInstance().start(reader.close))

    @property
    def is_reading(self) -> bool:
        return self._job is not None

    def read(self, wanted: Wanted) -> None:
        """Read this next; what is being read now is given up."""
        self._next = wanted
        if self._job is not None:
            self._job.cancel()
        else:
            self._begin()

    def stop(self) -> None:
        """Give up what is being read, and read nothing after it."""
        self._next = None
        if self._job is not None:
            self._job.cancel()

    def _begin(self) -> None:
        wanted, self._next = self._next, None
        if wanted is None:
            return
        job = self._job = Job(self)
        reader = self.reader
        job.progressed.connect(lambda share, _: self.progressed.emit(share))
        job.done.connect(partial(self._on_done, job, wanted))
        job.failed.connect(partial(self._on_failed, job))
        job.start(
            lambda: read_document.read(reader, wanted.content, wanted.name, job.tell, job.is_cancelled),
        )

    def _on_done(self, job: Job, wanted: Wanted, found: ReadDocument) -> None:
        self._end(job)
        if self._next is None and not job.is_cancelled():
            self.done.emit(wanted, found)
        self._begin()

    def _on_failed(self, job: Job, error: Exception) -> None:
        self._end(job)
        if isinstance(error, StoreError):
            if self._next is None and not job.is_cancelled():
                self.failed.emit(str(error))
        elif not isinstance(error, Cancelled):
            self._begin()
            raise error
        self._begin()

    def _end(self, job: Job) -> None:
        self._job = None
        job.deleteLater()

"""Checks quotes against documents that are kept inside the file; each document is read once, away from the window."""

import threading
from collections import OrderedDict
from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QObject

from db.errors import StoreError
from db.records import Document
from desktop_app import jobs
from desktop_app.reading.paragraph_values import Paragraph
from desktop_app.reading.verbatim import Check, Checker
from desktop_app.workspace import Workspace

_MOST_READY = 8
_LONG = 4_000  # letters of a quote
_LARGE = 1_000_000  # letters, ten times the longest report: such a one is looked through away from the window too

OnTold = Callable[[Check | str], object]


class QuoteChecks(QObject):
    """Answers at once where a document is at hand, else when it was read."""

    def __init__(self, workspace: Workspace, parent: QObject) -> None:
        super().__init__(parent)
        self._workspace = workspace
        self._ready: OrderedDict[str, _Ready] = OrderedDict()
        self._refused: dict[str, str] = {}
        self._waiting: dict[str, list[tuple[str, int | None, OnTold]]] = {}

    def give(self, sha256: str, paragraphs: Sequence[Paragraph]) -> None:
        """Take the paragraphs of a kept file that was read elsewhere."""
        if sha256 not in self._ready and paragraphs:
            self._keep(sha256, _Ready(paragraphs))

    def now(self, text: str, document: Document, page: int | None) -> Check | None:
        """The answer where the document is at hand, else None."""
        ready = self._ready.get(document.file_sha256 or "")
        return ready.check(text, page) if ready and not _is_slow(ready, text) else None

    def ask(self, text: str, document: Document, page: int | None, on_told: OnTold) -> None:
        """Check a text; the answer, or a sentence why there is none, comes at once or after the document was read."""
        sha256 = document.file_sha256 or ""
        if sentence := self._refused.get(sha256):
            on_told(sentence)
        elif ready := self._ready.get(sha256):
            self._ready.move_to_end(sha256)
            self._check(ready, text, page, on_told)
        elif sha256 in self._waiting:
            self._waiting[sha256].append((text, page, on_told))
        else:
            self._waiting[sha256] = [(text, page, on_told)]
            self._read(sha256, document.file_name)

    def _check(self, ready: "_Ready", text: str, page: int | None, on_told: OnTold) -> None:
        if _is_slow(ready, text):
            jobs.run(lambda: ready.check(text, page), parent=self, on_done=on_told, on_error=_raise)
        else:
            on_told(ready.check(text, page))

    def _read(self, sha256: str, name: str) -> None:
        try:
            content = self._workspace.store.file_bytes(sha256)
        except StoreError as error:
            self._on_failed(sha256, error)
            return
        jobs.run(
            lambda: _read(content, name),
            parent=self,
            on_done=partial(self._on_read, sha256),
            on_error=partial(self._on_failed, sha256),
        )

    def _on_read(self, sha256: str, ready: "_Ready") -> None:
        self._keep(sha256, ready)
        for text, page, on_told in self._waiting.pop(sha256, []):
            self._check(ready, text, page, on_told)

    def _on_failed(self, sha256: str, error: Exception) -> None:
        waiting = self._waiting.pop(sha256, [])
        if not isinstance(error, StoreError):
            raise error
        self._refused[sha256] = str(error)
        for _, _, on_told in waiting:
            on_told(str(error))

    def _keep(self, sha256: str, ready: "_Ready") -> None:
        self._ready[sha256] = ready
        while len(self._ready) > _MOST_READY:
            self._ready.popitem(last=False)


class _Ready:
    """A document made ready; one thread at a time looks through it."""

    def __init__(self, paragraphs: Sequence[Paragraph]) -> None:
        self._checker = Checker(paragraphs)
        self._lock = threading.Lock()
        self.is_large = sum(len(one.text) for one in paragraphs) > _LARGE

    def check(self, text: str, page: int | None) -> Check:
        with self._lock:
            return self._checker.check(text, page=page)


def _is_slow(ready: _Ready, text: str) -> bool:
    """Whether looking a text up may hold the window up."""
    return ready.is_large or len(text) > _LONG


def _read(content: bytes | None, name: str) -> _Ready:
    from desktop_app.reading import documents

    if content is None:
        raise StoreError("The document is no longer kept inside the file.")
    ready = _Ready(documents.paragraphs_of(content, name))
    ready.check("the words of a report", None)  # so that the first quote need not wait until it is made ready
    return ready


def _raise(error: Exception) -> None:
    raise error

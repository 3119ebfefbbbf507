"""A report to its draft and to the words and pages that are shown beside it, on a pool thread."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from desktop_app.jobs import Job
from desktop_app.reading import documents, draft, read_document
from desktop_app.reading.draft_values import Draft
from desktop_app.reading.page_values import CannotRead, Pages, Why
from desktop_app.reading.pages import Reader
from desktop_app.reading.read_document import ReadDocument

PASTED = "Pasted text.txt"
_FEWEST_LETTERS = 40


@dataclass(frozen=True, slots=True)
class ReadReport:
    """A report that was read.

    Args:
        reader: holds the PDF open, so that its pages can be drawn; whoever has this closes it. None without pages.
    """

    name: str
    content: bytes
    draft: Draft
    document: ReadDocument
    reader: Reader | None = None


def read_path(path: Path, job: Job) -> ReadReport:
    """Read a report; a PDF is read in a child process, anything else as its text.

    Raises:
        CannotRead: the text says why.
        Cancelled: the job was stopped.
    """
    try:
        if path.stat().st_size > documents.MOST_BYTES:
            raise CannotRead(Why.TOO_LARGE)
        content = path.read_bytes()
    except OSError as error:
        raise CannotRead(Why.NO_FILE) from error
    return read_content(content, path.name, job)


def read_content(content: bytes, name: str, job: Job) -> ReadReport:
    """The same for bytes that are at hand.

    Raises:
        CannotRead: the text says why.
        Cancelled: the job was stopped.
    """
    reader = Reader()
    try:
        found = _read(reader, content, name, job.tell, job.is_cancelled)
    except BaseException:
        reader.close()
        raise
    if found.reader is None:
        reader.close()
    return found


def as_content(text: str) -> bytes:
    """Pasted text as the bytes that are kept of it.

    Raises:
        CannotRead: there are too few words for a report.
    """
    if len(text.split()) < 3 or len(text.strip()) < _FEWEST_LETTERS:
        raise CannotRead(Why.NO_WORDS)
    return text.encode("utf-8", errors="replace")


def _read(
    reader: Reader,
    content: bytes,
    name: str,
    on_progress: Callable[[float], object],
    is_cancelled: Callable[[], bool],
) -> ReadReport:
    document = read_document.read(reader, content, name, on_progress, is_cancelled)
    paragraphs = [*document.words.paragraphs]
    if document.pages:
        if document.notice:
            raise CannotRead(Why.NO_TEXT)
        pages = Pages(document.pages, reader.title)
        return ReadReport(name, content, draft.from_report(pages, paragraphs), document, reader)
    text = content.decode("utf-8", errors="replace") if name == PASTED else ""
    text = text or "\n\n".join(paragraph.text for paragraph in paragraphs)
    return ReadReport(name, content, draft.from_pasted(text), document)

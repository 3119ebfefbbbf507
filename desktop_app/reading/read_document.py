"""A document of any kind that can be shown: a PDF with its pages, anything else as its text."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from desktop_app.reading import documents
from desktop_app.reading.page_values import CannotRead, Page
from desktop_app.reading.pages import Reader
from desktop_app.reading.paragraph_values import Paragraph
from desktop_app.reading.paragraphs import from_pages
from desktop_app.reading.passage import Words
from desktop_app.reading.shown_text import ShownText


@dataclass(frozen=True, slots=True)
class ReadDocument:
    """What is shown of a document.

    Args:
        pages: empty where the document has none.
        notice: a sentence where its pages can be looked at and there is nothing to read.
    """

    pages: tuple[Page, ...]
    words: Words
    shown: ShownText
    notice: str = ""


def read(
    reader: Reader,
    content: bytes,
    name: str,
    on_progress: Callable[[float], object],
    is_cancelled: Callable[[], bool],
) -> ReadDocument:
    """Read a document; a PDF stays open in the reader, so that its pages can be drawn.

    Raises:
        CannotRead: the text says why.
        Cancelled: `is_cancelled` said so.
    """
    if not documents.is_pdf(content):
        return _made((), documents.paragraphs_of(content, name))
    reader.open(content)
    pages = reader.pages(on_progress, is_cancelled)
    try:
        return _made(pages.pages, from_pages(pages))
    except CannotRead as error:  # a scan can be looked at
        return _made(pages.pages, [], str(error))


def _made(pages: tuple[Page, ...], paragraphs: Sequence[Paragraph], notice: str = "") -> ReadDocument:
    return ReadDocument(pages, Words(paragraphs), ShownText(paragraphs), notice)

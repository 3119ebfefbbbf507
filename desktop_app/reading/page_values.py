"""What is known of a report's pages: their words, where each line stands, and what is said when they cannot be read."""

from array import array
from dataclasses import dataclass, field
from enum import StrEnum
from typing import NamedTuple

from db.errors import StoreError

NUMBERS_OF_A_LINE = 6
_PLAIN, _BOLD = 400, 600


class Why(StrEnum):
    """What keeps a file from being read."""

    NO_FILE = "no file"
    NOT_A_PDF = "not a PDF"
    DAMAGED = "damaged"
    ENCRYPTED = "encrypted"
    NO_TEXT = "no text"
    TOO_LARGE = "too large"
    TOO_LONG = "took too long"
    TOO_MUCH_MEMORY = "too much memory"
    OTHER_KIND = "another kind of file"
    DAMAGED_DOCUMENT = "damaged document"
    NO_WORDS = "no words"


_SENTENCES = {
    Why.NO_FILE: "The file could not be found or opened. Check that it is still there and that you may read it.",
    Why.NOT_A_PDF: "This file is not a PDF. Choose the report as a PDF, or paste its words.",
    Why.DAMAGED: "This PDF is damaged and cannot be read. Get it again from where it was published.",
    Why.ENCRYPTED: "This PDF is locked with a password. Save a copy of it without the password and use the copy.",
    Why.NO_TEXT: (
        "This PDF holds pictures of pages, no words. Get a version with words from where it was published, "
        "or type what you need."
    ),
    Why.TOO_LARGE: "This file is too large. At most 50 MB, 2,000 pages and 20 million letters can be read.",
    Why.TOO_LONG: "This PDF took too long to read and was stopped. It may be damaged: get it again.",
    Why.TOO_MUCH_MEMORY: "This PDF needed too much memory and was stopped. It may be damaged: get it again.",
    Why.OTHER_KIND: (
        "This kind of file cannot be read. Choose a PDF, a Word document (.docx), a web page or plain text, "
        "or paste its words."
    ),
    Why.DAMAGED_DOCUMENT: "This document is damaged or locked and cannot be read. Get it again, or paste its words.",
    Why.NO_WORDS: "This document holds no words.",
}


class CannotRead(StoreError):
    """A document that cannot be read; nothing was changed.

    Args:
        why: what a program may decide by.
    """

    def __init__(self, why: Why) -> None:
        super().__init__(_SENTENCES[why])
        self.why = why

    def __reduce__(self) -> tuple[type["CannotRead"], tuple[Why]]:
        return CannotRead, (self.why,)


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What reading one document may cost; the defaults are those of RELIABILITY and far above any real report."""

    most_bytes: int = 50_000_000
    most_pages: int = 2_000
    most_letters: int = 20_000_000
    most_pixels: int = 16_000_000  # of one picture, 64 MB
    memory_bytes: int = 512 * 1024 * 1024
    reading_s: float = 30.0
    picture_s: float = 10.0


class Line(NamedTuple):
    """One line of a page; `start` and `end` count its letters in the page's text.

    Places are points from the upper left corner of the page as it is drawn; `right` is 0 where the next line does
    not stand beside it. The size is the height of a
    letter's box, a little less or more than the size that the font names. Bold is what is so from end to end.
    """

    start: int
    end: int
    text: str
    left: float
    top: float
    right: float
    bottom: float
    size: float
    is_bold: bool
    begins_bold: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """One page of a document, numbered from 1, and its words in reading order.

    Args:
        width, height: points (72 to the inch), as the page is drawn.
        text: one letter for each box that `Reader.letters` gives; a hyphen that breaks a word at a line's end is "-".
        spans: first letter and end of each line.
        frames: left, top, right, bottom, letter height and weight of each line: 400 plain, 700 bold,
            500 where only its beginning is bold.
        raised: which letters are small digits above the line, such as the mark of a footnote.
        is_damaged: the page could not be read; the others may be sound.
    """

    number: int
    width: float
    height: float
    text: str = ""
    spans: "array[int]" = field(default_factory=lambda: array("I"))
    frames: "array[float]" = field(default_factory=lambda: array("f"))
    raised: "array[int]" = field(default_factory=lambda: array("I"))
    is_damaged: bool = False

    def lines(self) -> list[Line]:
        """The lines that have words, in reading order."""
        starts, ends = self.spans[::2], self.spans[1::2]
        words = [self.text[start:end] for start, end in zip(starts, ends, strict=True)]
        left, top, right, bottom, size, weights = (
            self.frames[at::NUMBERS_OF_A_LINE] for at in range(NUMBERS_OF_A_LINE)
        )
        is_bold, begins_bold = [weight >= _BOLD for weight in weights], [weight > _PLAIN for weight in weights]
        return list(map(Line, starts, ends, words, left, top, right, bottom, size, is_bold, begins_bold))


@dataclass(frozen=True, slots=True)
class Pages:
    """All pages of a document; the title is what the file says of itself, often nothing or a draft's name."""

    pages: tuple[Page, ...]
    title: str = ""

    @property
    def has_text(self) -> bool:
        """Whether there is any letter; a scan has none, and can still be looked at."""
        return any(page.spans for page in self.pages)


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """A page, or a part of it, drawn: four bytes a pixel (blue, green, red, nothing), row after row from the top.

    Args:
        scale: pixels per point; smaller than what was asked for where the page would have been too large.
        left, top: where the part begins, in pixels of the whole page at that scale.
    """

    scale: float
    left: int
    top: int
    width: int
    height: int
    pixels: bytes

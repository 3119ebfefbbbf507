"""A paragraph of a document, whatever the document was: its words, its number, and where each of them stands."""

from bisect import bisect_right
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple


class Kind(StrEnum):
    """What a paragraph is in its document."""

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    ITEM = "item"  # of a list with bullets
    CONTENTS = "contents"  # a line of the list of contents
    FOOTNOTE = "footnote"


class Piece(NamedTuple):
    """Words that stand together in one line: `at` counts in the paragraph's text, the others on the page."""

    at: int
    page: int
    start: int
    end: int


class Place(NamedTuple):
    """Letters of a page's text, from `start` up to `end`; `Reader.letters` has their boxes."""

    page: int
    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Paragraph:
    """One paragraph, item or heading, its lines joined and the marks of footnotes left out.

    Args:
        number: as printed before it, and not in the text; of a footnote, its mark.
        within: the number of the numbered paragraph that the words are read under, its own included.
        level: 1 for an item, 2 for an item below an item, else 0.
        headings: those that it stands under, the largest first.
        pieces: where the words stand; empty where the document has no pages.
    """

    text: str
    kind: Kind = Kind.PARAGRAPH
    number: int | None = None
    within: int | None = None
    level: int = 0
    headings: tuple[str, ...] = ()
    pieces: tuple[Piece, ...] = ()

    @property
    def heading(self) -> str:
        """The nearest heading; empty before the first."""
        return self.headings[-1] if self.headings else ""

    @property
    def page(self) -> int | None:
        """The page that it begins on, from 1."""
        return self.pieces[0].page if self.pieces else None

    @property
    def end_page(self) -> int | None:
        """The page that it ends on."""
        return self.pieces[-1].page if self.pieces else None

    def page_at(self, position: int) -> int | None:
        """The page that a letter of the text stands on."""
        if not self.pieces:
            return None
        return self.pieces[max(0, bisect_right(self.pieces, position, key=lambda piece: piece.at) - 1)].page

    def places(self, start: int, end: int) -> list[Place]:
        """Where the words from `start` up to `end` of the text stand, line by line, to draw a mark over them."""
        found = []
        for piece in self.pieces:
            first, last = max(start, piece.at), min(end, piece.at + piece.end - piece.start)
            if first < last:
                found.append(Place(piece.page, piece.start + first - piece.at, piece.start + last - piece.at))
        return found

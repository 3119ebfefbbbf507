"""Pages, or plain text, to paragraphs: numbered as printed, under their headings, lines joined, furniture left out."""

import re
from array import array
from bisect import bisect_left

from db.text import clean
from desktop_app.reading.page_furniture import sheets
from desktop_app.reading.page_values import CannotRead, Line, Pages, Why
from desktop_app.reading.paragraph_blocks import BULLET, NUMBER, UNSURE_BULLETS, Block, blocks
from desktop_app.reading.paragraph_values import Kind, Paragraph, Piece, Place

__all__ = ["Kind", "Paragraph", "Piece", "Place", "from_pages", "from_text"]

_BROKEN_AT = re.compile(r"\w[-‐‑–—/]$")
_SUSPENDED = re.compile(r"(?:and|or|to)\b(?!-)")  # "16- and 17-year-olds", but "up-to-date"
_SOFT_HYPHEN = "\u00ad"
_MAY_BREAK = "-‐‑–—/ \u00ad"
_SAME_SIZE = 0.5
_SAME_LEFT = 2.0
# A judgement printed below or beside its heading, and the list of contents, are headings that nothing stands under.
_NO_SECTION = re.compile(
    r"contents|(?:grade [1-4] \()?(?:outstanding|good|adequate|inadequate|requires? improvement(?: to be good)?)\)?\.?",
    re.IGNORECASE,
)
_EMPTY_LINES = re.compile(r"\n\s*\n")
_MOST_HEADING_LETTERS = 120
_ENDS_LIKE_A_HEADING = re.compile(r"[^.;,!]$")


def from_pages(pages: Pages) -> list[Paragraph]:
    """The paragraphs of a document in reading order, headings and footnotes among them.

    Raises:
        CannotRead: it has no words, only pictures of pages.
    """
    if not pages.has_text:
        raise CannotRead(Why.NO_TEXT)
    found, size = sheets(pages.pages)
    raised = {page.number: page.raised for page in pages.pages if page.raised}
    outline = _Outline()
    joined = ((block, *_joined(block, raised)) for block in blocks(found, size))
    return [outline.add(block, text, pieces) for block, text, pieces in joined if text]


def from_text(text: str) -> list[Paragraph]:
    """The paragraphs of plain text: empty lines part them, and so do bullets, and numbers that count on.

    A single short line without a full stop, before other words, is a heading.
    """
    found: list[Paragraph] = []
    headings: tuple[str, ...] = ()
    within: int | None = None
    parts = [part for part in _EMPTY_LINES.split(clean(text, lines=True)) if part.strip()]
    for at, part in enumerate(parts):
        lines = [line.strip() for line in part.split("\n") if line.strip()]
        if at + 1 < len(parts) and _is_heading(lines):
            headings, within = (lines[0],), None
            found.append(Paragraph(text=lines[0], kind=Kind.HEADING))
            continue
        for kind, number, words in _split(lines, within):
            within = number if number is not None else within
            level = 1 if kind is Kind.ITEM else 0
            found.append(Paragraph(text=words, kind=kind, number=number, within=within, level=level, headings=headings))
    return found


def _is_heading(lines: list[str]) -> bool:
    line = lines[0]
    is_marked = BULLET.match(line) or NUMBER.match(line)
    is_short = len(lines) == 1 and len(line) <= _MOST_HEADING_LETTERS
    return is_short and not is_marked and bool(_ENDS_LIKE_A_HEADING.search(line))


def _split(lines: list[str], last: int | None) -> list[tuple[Kind, int | None, str]]:
    found: list[tuple[Kind, int | None, str]] = []
    for line in lines:
        number = NUMBER.match(line)
        bullet = BULLET.match(line)
        if number and (int(number[1]) in (1, (last or 0) + 1) or (last is None and not found)):
            last = int(number[1])
            found.append((Kind.PARAGRAPH, last, line[number.end() :]))
        elif bullet and (bullet[0][0] not in UNSURE_BULLETS or not found or found[-1][0] is Kind.ITEM):
            found.append((Kind.ITEM, None, line[bullet.end() :]))
        elif found:
            kind, before, words = found[-1]
            found[-1] = (kind, before, words + _between(words, line) + line)
        else:
            found.append((Kind.PARAGRAPH, None, line))
    return [(kind, before, words.replace(_SOFT_HYPHEN, "")) for kind, before, words in found if words]


def _between(before: str, after: str) -> str:
    """What joins two lines: nothing inside a word, or inside a span such as 2016–18, else a space.

    A hyphen at a line's end stays, as no one can tell "well-being" from a word that was only broken there.
    """
    if before.endswith((" ", _SOFT_HYPHEN)):
        return ""
    if _BROKEN_AT.search(before[-2:]) and not (before[-1] in "-‐‑" and _SUSPENDED.match(after)):
        return ""
    return " "


def _joined(block: Block, raised: "dict[int, array[int]]") -> tuple[str, tuple[Piece, ...]]:
    """The words of a block without its mark, raised numbers and soft hyphens, and where they stand."""
    text, before, skip = "", "", block.skip
    pieces: list[Piece] = []
    for page, line in block.lines:
        words = line.text[skip:] if skip else line.text
        if before:
            text += _between(before, words) if before[-1] in _MAY_BREAK else " "
        if _SOFT_HYPHEN in words or (page in raised and _is_marked(line, raised[page])):
            for start, end in _parts(line, skip, frozenset(raised.get(page, ()))):
                pieces.append(Piece(len(text), page, start, end))
                text += line.text[start - line.start : end - line.start]
        elif words:
            pieces.append(Piece(len(text), page, line.start + skip, line.end))
            text += words
        before, skip = words, 0
    return text, tuple(pieces)


def _is_marked(line: Line, raised: "array[int]") -> bool:
    """Whether any of a page's raised letters stands in a line."""
    at = bisect_left(raised, line.start)
    return at < len(raised) and raised[at] < line.end


def _parts(line: Line, skip: int, raised: frozenset[int]) -> list[tuple[int, int]]:
    """The first letters and ends of a line's words, without soft hyphens and what is raised."""
    start, parts = line.start + skip, []
    for at in range(start, line.end):
        if at in raised or line.text[at - line.start] == _SOFT_HYPHEN:
            parts.append((start, at))
            start = at + 1
    parts.append((start, line.end))
    return [part for part in parts if part[0] < part[1]]


class _Outline:
    """What the next paragraph stands under."""

    def __init__(self) -> None:
        self._headings: list[tuple[float, str]] = []  # with the height of their letters
        self._within: int | None = None
        self._within_left = 0.0
        self._item_lefts: list[float] = []

    def add(self, block: Block, text: str, pieces: tuple[Piece, ...]) -> Paragraph:
        is_heading = block.kind is Kind.HEADING and not _NO_SECTION.fullmatch(text)
        if is_heading:
            self._headings = [one for one in self._headings if one[0] > block.size + _SAME_SIZE]
        if block.kind is not Kind.FOOTNOTE:
            self._move_to(block)
        paragraph = Paragraph(
            text=text,
            kind=block.kind,
            number=block.number,
            within=self._within if block.kind in (Kind.PARAGRAPH, Kind.ITEM) else None,
            level=len(self._item_lefts) if block.kind is Kind.ITEM else 0,
            headings=tuple(heading for _, heading in self._headings),
            pieces=pieces,
        )
        if is_heading:
            self._headings.append((block.size, text))
        return paragraph

    def _move_to(self, block: Block) -> None:
        left = block.first_left
        if block.kind is Kind.ITEM:
            self._item_lefts = [outer for outer in self._item_lefts if outer < left - _SAME_LEFT] + [left]
        else:
            self._item_lefts = []
        if block.kind is Kind.HEADING:
            self._within = None
        elif block.number is not None:
            self._within, self._within_left = block.number, left
        elif block.kind is Kind.PARAGRAPH and left <= self._within_left + _SAME_LEFT:
            self._within = None

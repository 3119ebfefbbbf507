"""What stands on a page and is no part of the text: running heads, footers, page numbers; and notes at its foot."""

import re
from collections import Counter
from dataclasses import dataclass
from itertools import zip_longest

from desktop_app.reading.page_values import Line, Page

_EDGE = 0.1  # of the page's height, where heads and footers stand
_NUMBER_EDGE = 0.08  # a number alone is a page's number only this near to the edge
_PAGE_NUMBER = re.compile(r"(?:page\s*)?[0-9]{1,4}(?:\s*(?:of|/)\s*[0-9]{1,4})?", re.IGNORECASE)
_DIGITS = re.compile(r"[0-9]+")
_SMALL = 0.92  # of the height of the body's letters
_MARK = 0.85


@dataclass(frozen=True, slots=True)
class Sheet:
    """A page's lines, in reading order, with its furniture gone and its footnotes apart."""

    page: Page
    lines: list[Line]
    notes: list[Line]


def body_size(lines_of_pages: list[list[Line]]) -> float:
    """The height of the letters that most words of a document have."""
    sizes: Counter[float] = Counter()
    for lines in lines_of_pages:
        for line in lines:
            sizes[round(line.size * 2) / 2] += line.end - line.start
    return sizes.most_common(1)[0][0] if sizes else 0.0


def sheets(pages: tuple[Page, ...]) -> tuple[list[Sheet], float]:
    """Each page without its furniture, and the height of the body's letters.

    What recurs at the same height of three pages, digits apart, is a running head or a footer; in a short document,
    of two.
    """
    lines_of_pages = [page.lines() for page in pages]
    size = body_size(lines_of_pages)
    edges = [_at_edge(lines, page, _EDGE) for page, lines in zip(pages, lines_of_pages, strict=True)]
    seen = Counter(mark for lines in edges for mark in {_furniture_mark(line) for line in lines})
    often = 2 if len(pages) < 5 else 3
    found = []
    for page, lines, edge in zip(pages, lines_of_pages, edges, strict=True):
        furniture = {line.start for line in edge if seen[_furniture_mark(line)] >= often}
        furniture |= {line.start for line in _at_edge(edge, page, _NUMBER_EDGE) if _PAGE_NUMBER.fullmatch(line.text)}
        kept = [line for line in lines if line.start not in furniture] if furniture else lines
        found.append(Sheet(page, *_notes_apart(kept, page, size)))
    return found, size


def _at_edge(lines: list[Line], page: Page, share: float) -> list[Line]:
    upper, lower = share * page.height, (1 - share) * page.height
    return [line for line in lines if line.bottom < upper or line.top > lower]


def _furniture_mark(line: Line) -> tuple[str, int]:
    return _DIGITS.sub("#", line.text), round(line.top / 4)


def _notes_apart(lines: list[Line], page: Page, size: float) -> tuple[list[Line], list[Line]]:
    """The lines of the text, and those of the footnotes: small ones from a raised or small number on.

    A small number alone that no small words follow is the mark of a note beside a heading; it goes.
    """
    small = _SMALL * size
    if min([line.size for line in lines], default=small) >= small:
        return lines, []
    text: list[Line] = []
    notes: list[Line] = []
    raised = set(page.raised)
    is_note = False
    for line, following in zip_longest(lines, lines[1:]):
        is_mark = line.size < _MARK * size and line.text.isdigit()
        if is_mark and not is_note and (following is None or following.size >= small):
            continue
        is_note = line.size < small and (is_note or is_mark or line.start in raised)
        (notes if is_note else text).append(line)
    return text, notes

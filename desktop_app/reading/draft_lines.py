"""The lines that a draft is read from: those of a page from top to bottom, or those of pasted text."""

from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

from db.text import fold
from desktop_app.reading.draft_values import Source
from desktop_app.reading.page_values import Page
from desktop_app.reading.paragraph_values import Place

_PITCH, _SIZE = 14.0, 12.0  # of pasted text, which has no places
_EDGE = 0.045  # of the page's height, where page numbers and running heads stand
_OFTEN = (("’", "'"), ("‘", "'"), ("–", "-"), ("“", '"'), ("”", '"'), ("—", "-"))
_REMEMBERED = 4096  # texts: headings are asked for by every part of a draft


class Strip(NamedTuple):
    """One line; `plain` is its text with marks and capitals made alike, `page` is None in pasted text."""

    text: str
    plain: str
    left: float
    top: float
    bottom: float
    size: float
    page: int | None = None
    start: int = 0
    end: int = 0
    is_edge: bool = False

    @property
    def source(self) -> Source:
        return source_of([self])


def strips_of_page(page: Page, *, edge: float = 1.0) -> list[Strip]:
    """The lines of a page from top to bottom, footnote marks left out of their words.

    Args:
        edge: only those that stand in this share of the page's height, above and below.
    """
    raised = frozenset(page.raised)
    upper, lower = _EDGE * page.height, (1 - _EDGE) * page.height
    found = []
    for line in page.lines():
        if edge * page.height <= line.bottom and line.top <= (1 - edge) * page.height:
            continue
        text = line.text if not raised else _without(line.text, line.start, raised)
        text = " ".join(text.split())
        is_edge = line.bottom < upper or line.top > lower - line.size
        place = (line.left, line.top, line.bottom, line.size, page.number, line.start, line.end)
        found.append(Strip(text, plain(text), *place, is_edge))
    return sorted(found, key=lambda strip: (strip.top, strip.left))


def strips_of_text(text: str) -> list[Strip]:
    """The lines of pasted text, each below the one before; an empty line is a gap."""
    return [
        Strip(words, plain(words), 0.0, at * _PITCH, at * _PITCH + _SIZE, _SIZE)
        for at, line in enumerate(text.splitlines())
        if (words := " ".join(line.split()))
    ]


@lru_cache(maxsize=_REMEMBERED)
def plain(text: str) -> str:
    """Text in which quotation marks, dashes, spaces and capitals are alike."""
    if not text.isascii():
        for mark, alike in _OFTEN:
            text = text.replace(mark, alike)
    text = text.lower() if text.isascii() else fold(text)  # quicker, and the same
    return " ".join(text.split())


def source_of(strips: Iterable[Strip]) -> Source:
    """Where several lines stand together."""
    strips = list(strips)
    places = tuple(Place(strip.page, strip.start, strip.end) for strip in strips if strip.page is not None)
    return Source(" ".join(strip.text for strip in strips), strips[0].page if strips else None, places)


def _without(text: str, start: int, raised: frozenset[int]) -> str:
    return "".join(letter for at, letter in enumerate(text, start) if at not in raised).strip()

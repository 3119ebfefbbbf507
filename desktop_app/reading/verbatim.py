"""A quote against the report that it is said to come from: found word for word, different, or not there."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import partial

from desktop_app.reading.paragraph_values import Kind, Paragraph, Piece
from desktop_app.reading.verbatim_match import Change
from desktop_app.reading.verbatim_parts import Placed, Wish, place_exactly, place_nearly
from desktop_app.reading.verbatim_print import is_same_print
from desktop_app.reading.verbatim_stream import Letters, Stream
from desktop_app.reading.verbatim_told import told
from desktop_app.reading.verbatim_values import Check, Difference, Passage, Verdict
from desktop_app.reading.verbatim_words import QUOTES, Part, has_words_outside, parts, quoted_spans, whole

__all__ = ["Check", "Checker", "Difference", "Passage", "Verdict"]

_STREAMS = (
    {Kind.PARAGRAPH, Kind.ITEM},
    {Kind.PARAGRAPH, Kind.ITEM, Kind.HEADING},
    set(Kind),
)
_LIKELY = 0.55  # of the words agree
_NEARLY_ALL = 0.65
_FEWEST = 2  # words in a row
_LONG_RUN = 8  # words in a row that agree tell a place where fewer words do
_LIKELY_WITH_A_LONG_RUN = 0.35
_PAGES = -1
_WHOLE_SENTENCE = re.compile(rf"[{QUOTES}]*[A-Z0-9].*[.?!][{QUOTES}]*", re.DOTALL)
_NOTHING = Check(verdict=Verdict.NOT_FOUND)


class Checker:
    """A report made ready once, to check any number of quotes against it.

    It belongs to one thread at a time.

    Args:
        page_texts: the bare words of each page, where a sentence is looked for that the paragraphs do not have, as
            when a line of it was taken for a page's footer.
    """

    def __init__(self, paragraphs: Iterable[Paragraph], page_texts: Sequence[str] = ()) -> None:
        self._all = tuple(paragraphs)
        self._page_texts = page_texts
        self._letters = Letters()
        self._notes = {str(one.number) for one in self._all if one.kind is Kind.FOOTNOTE and one.number}
        self._streams: dict[int, Stream] = {}

    def check(self, text: str, *, page: int | None = None) -> Check:
        """Look a quote up.

        Args:
            text: the quote as it is kept. Where it has double quotation marks inside, the words around them are taken
                to be the article's own, unless the report has the same marks there.
            page: where it is said to stand; of several places with the same words that one is preferred.
        """
        all_words = whole(text)
        if all_words is None:
            return _NOTHING
        wish = Wish(page, bool(_WHOLE_SENTENCE.fullmatch(text.strip())))
        best = self._place_exactly([all_words], wish) or self._place_parts(text, wish)
        if best is not None and not best.cost:
            return told(text, best)
        nearly = told(text, best) if best and _is_clear(best) else _NOTHING
        if bare := self._place_on_pages([all_words]):
            return replace(told(text, bare), paragraph=nearly.paragraph, passages=nearly.passages)
        return nearly

    def _place_parts(self, text: str, wish: Wish) -> Placed | None:
        spans = quoted_spans(text)
        if not spans or not has_words_outside(text, spans):
            return self._place(parts(text, between_marks=False), wish)
        inner = self._place(parts(text, between_marks=True), wish)
        if inner and any(_has_own_marks(inner, at) for at in range(len(inner.matches))):
            outer = self._place(parts(text, between_marks=False), wish)
            if outer and _agrees_outside(outer, spans):
                return outer
        return inner

    def _place(self, found: list[Part], wish: Wish) -> Placed | None:
        """The best place: word for word where there is one, else among the paragraphs, else wherever it is clear."""
        if not found:
            return None
        best = self._place_exactly(found, wish)
        if best:
            return best
        for number in (0, len(_STREAMS) - 1):
            stream = self._stream(number)
            placed = place_nearly(found, self._rows(found), stream, wish, partial(self._is_same, stream))
            if placed and (best is None or placed.cost < best.cost):
                best = placed
            if best and _is_clear(best):
                break
        return best

    def _place_exactly(self, found: list[Part], wish: Wish) -> Placed | None:
        for number in range(len(_STREAMS)):
            stream = self._stream(number)
            if placed := place_exactly(found, self._rows(found), stream, wish):
                return placed
        return None

    def _place_on_pages(self, found: list[Part]) -> Placed | None:
        if not self._page_texts:
            return None
        if _PAGES not in self._streams:
            self._streams[_PAGES] = Stream(_as_paragraphs(self._page_texts), self._letters)
        return place_exactly(found, self._rows(found), self._streams[_PAGES])

    def _rows(self, found: list[Part]) -> list[str]:
        """The letters of each part's words; asked after the stream was made, which gives words their letters."""
        return [self._letters.row(part.keys) for part in found]

    def _stream(self, number: int) -> Stream:
        """Paragraphs alone; with headings, as a line may be taken for one; everything."""
        if number not in self._streams:
            self._streams[number] = Stream([one for one in self._all if one.kind in _STREAMS[number]], self._letters)
        return self._streams[number]

    def _is_same(self, stream: Stream, part: Part, change: Change) -> bool:
        return is_same_print(stream, part, change, self._notes, self._count)

    def _count(self, key: str) -> int:
        return self._stream(0).text.count(self._letters.row([key]))


def _as_paragraphs(page_texts: Sequence[str]) -> list[Paragraph]:
    return [
        Paragraph(text=text, pieces=(Piece(0, number, 0, len(text)),))
        for number, text in enumerate(page_texts, start=1)
    ]


def _is_clear(placed: Placed) -> bool:
    """Whether enough words agree to say that this is the place."""
    if not placed.cost:
        return True
    runs = [run for match in placed.matches if match for run in match.runs]
    total = sum(len(part.words) for part in placed.parts)
    agree, longest = sum(runs), max(runs, default=0)
    if longest >= _LONG_RUN and agree >= _LIKELY_WITH_A_LONG_RUN * total:
        return True
    if agree >= _NEARLY_ALL * total:
        return longest >= _FEWEST
    return agree >= _LIKELY * total and longest > _FEWEST


def _has_own_marks(placed: Placed, at: int) -> bool:
    match = placed.matches[at]
    if match is None:
        return False
    before, after = placed.stream.around(match.start, match.end)
    return bool(before) and before in QUOTES and any(letter in QUOTES for letter in after)


def _agrees_outside(outer: Placed, spans: list[tuple[int, int]]) -> bool:
    """Whether at least half of the words around the quotation marks are the report's too."""
    total = differing = 0
    for part, match in zip(outer.parts, outer.matches, strict=True):
        changed = {at for change in match.changes for at in range(change.first, change.last)} if match else None
        for at, word in enumerate(part.words):
            if not any(start <= word.start < end for start, end in spans):
                total += 1
                differing += changed is None or at in changed
    return 2 * differing <= total

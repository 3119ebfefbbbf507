"""Words marked in a document become one clean passage, with its page, its paragraph and its headings."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from desktop_app.reading.paragraph_values import Kind, Paragraph, Place

_ENDS = (".", "?", "!")
_STOPS = (".", ":", ";", "?", "!")
_IN_A_WORD = "'’-‐‑\u00ad"


class Span(NamedTuple):
    """Letters of one paragraph's text, from `start` up to `end`; paragraphs count from 0."""

    paragraph: int
    start: int
    end: int


class Spot(NamedTuple):
    """Between two letters of a page's text: before the one numbered `letter`. Pages count from 1."""

    page: int
    letter: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """Words as they can be quoted; page and paragraph are those that they begin on.

    Args:
        paragraph: the number printed beside the paragraph that the words are read under.
        headings: those that the words stand under, the largest first.
    """

    text: str
    page: int | None = None
    paragraph: int | None = None
    headings: tuple[str, ...] = ()
    spans: tuple[Span, ...] = ()


class Words:
    """The paragraphs of a document, to be marked in by letters of its pages or by letters of its paragraphs."""

    def __init__(self, paragraphs: Sequence[Paragraph] = ()) -> None:
        self.paragraphs = tuple(paragraphs)
        self._pieces: dict[int, list[tuple[int, int, int, int]]] = {}  # by page: start, end, paragraph, its letter
        for index, paragraph in enumerate(self.paragraphs):
            for piece in paragraph.pieces:
                self._pieces.setdefault(piece.page, []).append((piece.start, piece.end, index, piece.at))

    def between(self, one: Spot, other: Spot) -> tuple[Span, ...]:
        """What a person marks who drags from one spot to the other: whole words, without page furniture.

        Footnotes that stand between the two are left out, unless there is nothing else.
        """
        first, last = min(one, other), max(one, other)
        found: dict[int, tuple[int, int]] = {}
        for page in range(first.page, last.page + 1):
            begin = first.letter if page == first.page else 0
            for start, end, index, at in self._pieces.get(page, ()):
                stop = min(end, last.letter) if page == last.page else end
                if (low := max(start, begin)) < stop:
                    span = (at + low - start, at + stop - start)
                    found[index] = _joined(found.get(index, span), span)
        return self.tidied(Span(index, *found[index]) for index in sorted(found))

    def tidied(self, spans: Iterable[Span]) -> tuple[Span, ...]:
        """Spans of whole words without white space around them; footnotes among other words are left out."""
        sound = [span for span in map(self._whole_words, spans) if span.start < span.end]
        words = [span for span in sound if self.paragraphs[span.paragraph].kind is not Kind.FOOTNOTE]
        return tuple(words or sound)

    def _whole_words(self, span: Span) -> Span:
        text = self.paragraphs[span.paragraph].text
        start, end = max(span.start, 0), min(span.end, len(text))
        while start < end and text[start].isspace():
            start += 1
        while end > start and text[end - 1].isspace():
            end -= 1
        if start < end:
            while _is_inside_word(text, start):
                start -= 1
            while _is_inside_word(text, end):
                end += 1
            if text[end : end + 1] in _ENDS and (start == 0 or text[start - 2 : start - 1] in _ENDS):
                end += 1  # of a sentence that was marked from its beginning
        return Span(span.paragraph, start, end)

    def passage(self, spans: Sequence[Span]) -> Passage | None:
        """The marked words as they are quoted; None where nothing is marked.

        Paragraphs are parted by an empty line. Items of a list stand on a line each, after "•" where there are
        several, as a pasted list does.
        """
        if not spans:
            return None
        first = self.paragraphs[spans[0].paragraph]
        return Passage(
            text=self._text(spans),
            page=first.page_at(spans[0].start),
            paragraph=first.within,
            headings=first.headings,
            spans=tuple(spans),
        )

    def _text(self, spans: Sequence[Span]) -> str:
        kinds = [self.paragraphs[span.paragraph].kind for span in spans]
        mark = "• " if kinds.count(Kind.ITEM) > 1 else ""
        text, before = "", None
        for span in spans:
            paragraph = self.paragraphs[span.paragraph]
            words = paragraph.text[span.start : span.end]
            if before and before.kind is paragraph.kind is Kind.PARAGRAPH and _goes_on(text, words, paragraph):
                text += f" {words}"
            else:
                gap = "\n" if before and before.kind is paragraph.kind is Kind.ITEM else "\n\n"
                text += (gap if text else "") + (mark if paragraph.kind is Kind.ITEM else "") + words
            before = paragraph
        return text

    def places(self, spans: Iterable[Span]) -> list[Place]:
        """Where spans stand on the pages, line by line."""
        return [place for span in spans for place in self.paragraphs[span.paragraph].places(span.start, span.end)]

    def word_at(self, spot: Spot) -> tuple[Span, ...]:
        """The word that a spot stands in or before; nothing beside the words."""
        return self.between(spot, Spot(spot.page, spot.letter + 1))

    def paragraph_at(self, spot: Spot) -> tuple[Span, ...]:
        """The whole paragraph that a spot stands in."""
        return tuple(
            Span(span.paragraph, 0, len(self.paragraphs[span.paragraph].text)) for span in self.word_at(spot)[:1]
        )

    def numbered(self, number: int, heading: str = "") -> tuple[Span, ...]:
        """The paragraph with that printed number; of several, the first under that heading or else the first."""
        found = [
            at
            for at, one in enumerate(self.paragraphs)
            if one.number == number and one.kind in (Kind.PARAGRAPH, Kind.ITEM)
        ]
        found.sort(key=lambda at: heading not in self.paragraphs[at].headings)
        return tuple(Span(at, 0, len(self.paragraphs[at].text)) for at in found[:1])


def _goes_on(before: str, words: str, paragraph: Paragraph) -> bool:
    """Whether words go on with a sentence that a page's or a column's end has split."""
    return paragraph.number is None and words[:1].islower() and before[-1:] not in _STOPS


def _joined(one: tuple[int, int], other: tuple[int, int]) -> tuple[int, int]:
    return min(one[0], other[0]), max(one[1], other[1])


def _is_inside_word(text: str, at: int) -> bool:
    """Whether a word goes on over the gap before a letter; a hyphen and an apostrophe join two parts of one."""
    if not 0 < at < len(text):
        return False
    before, after = text[at - 1], text[at]
    if before.isalnum() and after.isalnum():
        return True
    if before in _IN_A_WORD and at > 1:
        return text[at - 2].isalnum() and after.isalnum()
    return before.isalnum() and after in _IN_A_WORD and text[at + 1 : at + 2].isalnum()

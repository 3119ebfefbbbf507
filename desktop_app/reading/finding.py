"""Finds words in the paragraphs of a document, whatever their case, quotation marks, dashes and line breaks."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from desktop_app.reading.paragraph_values import Paragraph
from desktop_app.reading.passage import Span

MOST_FOUND = 300
_MARKS = ("'’‘`´", '"“”„«»', "-‐‑–—")
_ALIKE = {mark: f"[{re.escape(marks)}]" for marks in _MARKS for mark in marks}
_OMISSION = re.compile(r"\s*(?:\[?\.\s?\.\s?\.\]?|\[?…\]?)\s*|\s*\n\s*")
_OUTER = " \t\n\"“”‘’'•.,;:"
_FEWEST_LETTERS = 8  # of a part of a quote that is looked for: less stands everywhere


@dataclass(frozen=True, slots=True)
class TakenFrom:
    """Words of a record, and where it says that they stand."""

    text: str
    page: int | None = None
    paragraph: int | None = None


def find(paragraphs: Sequence[Paragraph], wanted: str, most: int = MOST_FOUND) -> list[Span]:
    """Where the words stand, in reading order; none for no words, and never more than `most`."""
    pattern = _pattern(wanted)
    found: list[Span] = []
    for index, paragraph in enumerate(paragraphs) if pattern else ():
        for match in pattern.finditer(paragraph.text):  # type: ignore[union-attr]
            found.append(Span(index, *match.span()))
            if len(found) == most:
                return found
    return found


def locate(paragraphs: Sequence[Paragraph], taken: TakenFrom) -> tuple[Span, ...]:
    """Where words were taken: all of them, or each part of them where something is left out; else nothing.

    Of several places the nearest to the paragraph and page that they name is taken.
    """
    spans: list[Span] = []
    for part in _parts(taken.text):
        found = find(paragraphs, part)
        if found:
            spans.append(min(found, key=lambda span: _distance(paragraphs[span.paragraph], span, taken)))
    return tuple(spans)


def _distance(paragraph: Paragraph, span: Span, taken: TakenFrom) -> tuple[bool, int, int]:
    away = abs((paragraph.page_at(span.start) or 0) - taken.page) if taken.page else 0
    return (taken.paragraph is not None and paragraph.within != taken.paragraph, away, span.paragraph)


def _parts(quote: str) -> Iterator[str]:
    whole = [part.strip(_OUTER) for part in _OMISSION.split(quote)]
    yield from (part for part in whole if len(part) >= min(_FEWEST_LETTERS, len(quote.strip(_OUTER))) and part)


def _pattern(wanted: str) -> re.Pattern[str] | None:
    words = wanted.split()
    if not words:
        return None
    return re.compile(r"\s+".join("".join(map(_letter, word)) for word in words), re.IGNORECASE)


def _letter(letter: str) -> str:
    return _ALIKE.get(letter) or re.escape(letter)

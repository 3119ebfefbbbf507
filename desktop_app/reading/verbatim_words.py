"""Words as the check of quotes compares them, and a quote taken apart into what must stand in the report."""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

_APOSTROPHES = "'’‘ʼ`´′"
_HYPHENS = "\\-‐‑\u00ad\ufffe"
_ACCENTS = "\u0300-\u036f"
_OVER_A_LINE_END = rf"[{_HYPHENS}][^\S\n]*\n\s*(?!(?:and|or|to)\b)\w+"  # but "16-" before "and 17-year-olds"
_INSIDE = rf"[{_APOSTROPHES}{_HYPHENS}{_ACCENTS}\u200b\u2060]+\w+"
_FIGURES = r"(?<=\d)[.,:–](?=\d)\w+"
# One word with what may stand inside it, and the signs that change what a figure says.
WORD = re.compile(rf"[£$€]?\w+(?:{_OVER_A_LINE_END}|{_INSIDE}|{_FIGURES}|[{_ACCENTS}])*%?")
DOUBLE_QUOTES = '"“”„‟«»″'
_OPENING, _CLOSING = "“„«", "”»"
QUOTES = DOUBLE_QUOTES + _APOSTROPHES + "‚‹›"

_NOT_COMPARED = re.compile(rf"[\s{_HYPHENS}–\u200b\u2060\u2070\u00b9\u00b2\u00b3\u2074-\u2079]")
_ANY_APOSTROPHE = re.compile(rf"[{_APOSTROPHES}]")
_ELLIPSIS = re.compile(r"[\[(]\s*(?:…|\.{2,}|\.(?:\s\.){2,})\s*[\])]|…\.?|\.{2,}|\.(?:\s\.){2,}")
_BRACKETED = re.compile(r"\[[^\[\]]*\]")


class Word(NamedTuple):
    """What is compared of a word, and where it stands in its text."""

    key: str
    start: int
    end: int


@lru_cache(maxsize=50_000)
def key_of(word: str) -> str:
    """What is compared of a word: its letters and figures, without their case, hyphens and raised figures.

    "Co-ordination" and "coordination" are the same word, as no one can tell which hyphens a line's end left behind.
    """
    folded = _ANY_APOSTROPHE.sub("'", _NOT_COMPARED.sub("", word))
    return folded.lower() if folded.isascii() else unicodedata.normalize("NFKC", folded).casefold()


def words(text: str, start: int = 0, end: int | None = None) -> list[Word]:
    """The words between two places of a text."""
    found = WORD.finditer(text, start, len(text) if end is None else end)
    return [Word(key_of(each[0]), each.start(), each.end()) for each in found]


@dataclass(frozen=True, slots=True)
class Part:
    """Words of a quote that must stand in the report one after the other.

    Args:
        words: without those in square brackets, which are the writer's.
        open_before: before which words the writer may have left some out, or put others in square brackets.
    """

    words: tuple[Word, ...]
    open_before: frozenset[int] = frozenset()

    @property
    def keys(self) -> list[str]:
        return [word.key for word in self.words]

    @property
    def span(self) -> tuple[int, int]:
        """Where it stands in the quote's text."""
        return self.words[0].start, self.words[-1].end


def whole(text: str) -> Part | None:
    """All words of a text as one part, those in square brackets too; None where there are none."""
    found = words(text)
    return Part(tuple(found)) if found else None


def parts(text: str, *, between_marks: bool) -> list[Part]:
    """The parts of a quote, in order: what ellipses part, without what square brackets hold.

    Args:
        between_marks: take only the words between double quotation marks.
    """
    spans = quoted_spans(text) if between_marks else [(0, len(text))]
    found = []
    for start, end in spans:
        breaks = [each.span() for each in _ELLIPSIS.finditer(text, start, end)]
        edges = [start, *(edge for span in breaks for edge in span), end]
        for first, last in zip(edges[::2], edges[1::2], strict=True):
            if part := _part(text, first, last):
                found.append(part)
    return found


def _part(text: str, start: int, end: int) -> Part | None:
    kept: list[Word] = []
    opened: set[int] = set()
    at = start
    for bracket in _BRACKETED.finditer(text, start, end):
        if _is_inside_a_word(text, bracket.start(), bracket.end()):
            continue
        kept += _mended(text, at, bracket.start())
        opened.add(len(kept))
        at = bracket.end()
    kept += _mended(text, at, end)
    return Part(tuple(kept), frozenset(opened)) if kept else None


def _is_inside_a_word(text: str, start: int, end: int) -> bool:
    """Whether a bracket stands in a word, as in "[T]he" and "plan[s]"."""
    return text[end : end + 1].isalpha() or (start > 0 and text[start - 1].isalpha())


def _mended(text: str, start: int, end: int) -> list[Word]:
    """The words of a text, those with a bracket inside put together again."""
    found: list[Word] = []
    for word in words(text, start, end):
        between = text[found[-1].end : word.start] if found else " "
        if found and between and not between.strip("[]") and found[-1].end > start:
            last = found.pop()
            found.append(Word(last.key + word.key, last.start, word.end))
        else:
            found.append(word)
    return found


def quoted_spans(text: str) -> list[tuple[int, int]]:
    """Where the words between double quotation marks stand.

    A text may begin after an opening mark and end before a closing one: it is taken to be quoted from its
    beginning, or to its end.
    """
    found: list[tuple[int, int]] = []
    begun: int | None = 0 if _begins_quoted(text) else None
    for at, letter in enumerate(text):
        if letter not in DOUBLE_QUOTES:
            continue
        if begun is None:
            begun = at + 1
        elif letter not in _OPENING and not _is_opening(text, at):
            found.append((begun, at))
            begun = None
    if begun is not None:
        found.append((begun, len(text)))
    return [span for span in found if WORD.search(text, *span)]


def _is_opening(text: str, at: int) -> bool:
    """Whether a straight mark begins the next paragraph of a speech that goes on."""
    is_before_word = text[at + 1 : at + 2].isalnum()
    return text[at] == '"' and is_before_word and (at == 0 or text[at - 1].isspace())


def _begins_quoted(text: str) -> bool:
    first = next((letter for letter in text if letter in DOUBLE_QUOTES), "")
    return bool(first) and first in _CLOSING


def has_words_outside(text: str, spans: list[tuple[int, int]]) -> bool:
    """Whether a text has words of its own around its quotations."""
    edges = [0, *(edge for span in spans for edge in span), len(text)]
    return any(WORD.search(text, first, last) for first, last in zip(edges[::2], edges[1::2], strict=True))


def has_ellipsis(text: str) -> bool:
    """Whether words were left out of a quote."""
    return bool(_ELLIPSIS.search(text))


def has_brackets(text: str) -> bool:
    """Whether a quote has square brackets around words."""
    return any(WORD.search(each[0]) for each in _BRACKETED.finditer(text))

"""Words that differ only in how a report was printed or read: hyphens and spaces that a page adds, footnote marks."""

import re
from collections.abc import Callable

from desktop_app.reading.verbatim_match import Change
from desktop_app.reading.verbatim_stream import Stream
from desktop_app.reading.verbatim_words import Part

_SPACED_HYPHEN = re.compile(r"\w[-‐‑]\s+\w|\w\s+[-‐‑]\w")
_MOST_REPLACED = 12  # words that a pair of square brackets may stand for


def is_same_print(stream: Stream, part: Part, change: Change, notes: set[str], count: Callable[[str], int]) -> bool:
    """Whether a change is none: the same letters, or words that square brackets stand for.

    Args:
        notes: the marks of the report's footnotes.
        count: how often the report has a word.
    """
    if change.first == change.last:
        return change.first in part.open_before and change.end - change.start <= _MOST_REPLACED
    if change.start == change.end:
        return False
    own = part.keys[change.first : change.last]
    printed = stream.keys(change.start, change.end)
    if len(own) == len(printed):
        return all(_is_marked(one, other, notes) for one, other in zip(own, printed, strict=True))
    if "".join(own) != "".join(printed):
        return False
    raw = stream.raw(change.start, change.end)
    return bool(_SPACED_HYPHEN.search(raw)) or ("-" not in raw and _is_torn(own, printed, count))


def _is_marked(own: str, printed: str, notes: set[str]) -> bool:
    """Whether one of two words is the other with the mark of a footnote after it."""
    shorter, longer = sorted((own, printed), key=len)
    return own == printed or (shorter[-1:].isalpha() and longer.startswith(shorter) and longer[len(shorter) :] in notes)


def _is_torn(own: list[str], printed: list[str], count: Callable[[str], int]) -> bool:
    """Whether the report's words are torn or run together: one of them stands nowhere else, the quote's words do."""
    return any(count(key) <= 1 for key in printed) and all(count(key) for key in own)

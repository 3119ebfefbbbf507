"""Finds the searched words in a text and cuts an excerpt around them.

Only FTS5 knows which letters it takes for one word, so the few texts that are shown are indexed once more in memory
and FTS5 marks them itself; the ranges are then carried from the folded text to the original.
"""

import json
import re
import sqlite3
import threading
import unicodedata
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import lru_cache

from db.text import fold

EXCERPT_LETTERS = 180
_LEAD_LETTERS = 40  # shown before the first marked word
_MOST_ANCHORS = 40
_TOKENIZERS = {"words": "unicode61 remove_diacritics 2", "stems": "porter unicode61 remove_diacritics 2"}
_kept = threading.local()
_START, _END = "\x02", "\x03"  # no text in the file holds control characters (`db.text.clean`)
_MARK = re.compile(f"[{_START}{_END}]")
_NOT_ASCII = re.compile("[^\0-\x7f]")

Ranges = tuple[tuple[int, int], ...]


def marks(index: str, folded_texts: Sequence[str], expression: str) -> dict[int, Ranges]:
    """Where a search expression matches folded texts: the place of each text that does, with the marked ranges.

    Args:
        index: "words" or "stems", whose way to tell words apart is wanted.
    """
    with _indexed(index, folded_texts) as memory:
        rows = memory.execute(
            f"select rowid, highlight({index}, 0, ?, ?) from {index} where {index} match ?",
            (_START, _END, expression),
        ).fetchall()
    return {place: _ranges(marked, len(folded_texts[place])) for place, marked in rows}


@contextmanager
def _indexed(index: str, folded_texts: Sequence[str]) -> Iterator[sqlite3.Connection]:
    memory = _memory()
    memory.execute("begin")
    try:
        memory.execute(
            f"insert into {index}(rowid, folded) select key, value from json_each(?)", (json.dumps(list(folded_texts)),)
        )
        yield memory
    finally:
        memory.execute("rollback")


def _memory() -> sqlite3.Connection:
    """The tables in memory, made once for each thread and empty between two uses."""
    if not hasattr(_kept, "memory"):
        _kept.memory = sqlite3.connect(":memory:", isolation_level=None)
        for index, tokenizer in _TOKENIZERS.items():
            _kept.memory.execute(f"create virtual table {index} using fts5(folded, tokenize='{tokenizer}')")
    return _kept.memory


def _ranges(marked: str, length: int) -> Ranges:
    places = [found.start() - before for before, found in enumerate(_MARK.finditer(marked))]
    if len(marked) - len(places) != length or len(places) % 2:
        return ()  # a file from elsewhere may hold control characters after all
    return tuple(zip(places[::2], places[1::2], strict=True))


def on_original(original: str, folded: str, ranges: Ranges) -> Ranges:
    """Carry ranges of the folded text to the original, though folding may change lengths."""
    if len(folded) == len(original) and all(len(_folded(letter)) == 1 for letter in set(_NOT_ASCII.findall(original))):
        return ranges
    starts: list[int] = []
    ends: list[int] = []
    for start, end in _clusters(original):
        count = len(_folded(original[start:end]))
        starts += [start] * count
        ends += [end] * count
    if len(starts) != len(folded):
        return ()
    return tuple((starts[first], ends[last - 1]) for first, last in ranges if first < last)


@lru_cache(maxsize=4096)
def _folded(letters: str) -> str:
    return fold(letters)


def _clusters(text: str) -> list[tuple[int, int]]:
    """Each letter with the marks that combine with it."""
    starts = [place for place, letter in enumerate(text) if not place or not unicodedata.combining(letter)]
    return list(zip(starts, [*starts[1:], len(text)], strict=True))


def excerpt(original: str, ranges: Ranges) -> tuple[str, Ranges]:
    """Cut one line around the place with most marked words; return it with the ranges that lie in it."""
    start, end = _window(original, ranges)
    head, tail = "…" if start else "", "…" if end < len(original) else ""
    shift = len(head) - start
    kept = tuple((first + shift, last + shift) for first, last in ranges if first >= start and last <= end)
    line = re.sub(r"\s", " ", original[start:end])
    return head + line + tail, kept


def _window(original: str, ranges: Ranges) -> tuple[int, int]:
    if len(original) <= EXCERPT_LETTERS:
        return 0, len(original)
    anchors = [first for first, _ in ranges[:_MOST_ANCHORS]] or [0]
    reach = EXCERPT_LETTERS - _LEAD_LETTERS
    anchor = max(anchors, key=lambda one: sum(one <= other <= one + reach for other in anchors))
    start = max(0, min(anchor - _LEAD_LETTERS, len(original) - EXCERPT_LETTERS))
    end = min(len(original), start + EXCERPT_LETTERS)
    return _word_start(original, start, anchor), _word_end(original, end, anchor)


def _word_start(text: str, start: int, anchor: int) -> int:
    """The start of the first whole word, unless a single word is longer than the lead."""
    found = re.compile(r"\s\S").search(text, max(start - 1, 0), anchor + 1) if start else None
    return found.end() - 1 if found else start


def _word_end(text: str, end: int, anchor: int) -> int:
    if end == len(text) or text[end].isspace():
        return end
    cut = max(text.rfind(" ", anchor, end), text.rfind("\n", anchor, end))
    return cut if cut > anchor else end

"""Which passages hold the words typed: the words as the two indexes want them, and the rows that they give.

Each group of hits is asked newest first and no further than 1,000, and the start of a word is looked up in the
index's own list of words, so that the time does not grow with the file.
"""

import re
import sqlite3
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from operator import neg

from db.facets import MARK
from db.passages import Group
from db.search_filters import Narrowed
from db.search_words import Typed, Word, one_word, two_words

COUNT_CAP = 1000
_LEAST_EXPANDED, _MOST_EXPANDED = 4, 48  # letters of a start that has no index of its own; words that it may be of
_MOST_PAIRS = 6  # words typed of which two neighbours may be one
_ASCII_WORDS = re.compile(r"[a-z0-9]+", re.ASCII)
_EVERYTHING = f'"{MARK}"'  # stands in every passage


@dataclass(frozen=True, slots=True)
class Query:
    """What is asked of one index, and what is marked in the texts that it gives; empty where no word is wanted."""

    index: str
    expression: str
    marked: str


def exact(raw: sqlite3.Connection, typed: Typed, narrowed: Narrowed) -> Query:
    """The words as they were typed, compounds in whichever way they are written."""
    words = [_any(_written(raw, word)) for word in typed.wanted]
    wanted = " AND ".join(words)
    marked = [phrase for word in typed.wanted for phrase in _phrases(word)]
    for place, (first, second) in enumerate(_neighbours(typed)):
        joined = Word(first.text + second.text, second.is_open)
        if any(_newest(raw, "words", phrase, range(2**62), 1) for phrase in _written(raw, joined)):
            pair = _any(_written(raw, joined))
            wanted = f"({wanted}) OR ({' AND '.join((*words[:place], pair, *words[place + 2 :]))})"
            marked += _phrases(joined)
    return Query("words", _whole(raw, wanted, typed, narrowed), _any(marked))


def other_forms(raw: sqlite3.Connection, typed: Typed, narrowed: Narrowed) -> Query:
    """Other forms of the words ("visit", "visits"), and words that were typed as one but are written as two."""
    words = [[_quoted(word.text), *map(_quoted, two_words(word.text))] for word in typed.wanted]
    wanted = " AND ".join(map(_any, words))
    return Query("stems", _whole(raw, wanted, typed, narrowed), _any([phrase for word in words for phrase in word]))


def _whole(raw: sqlite3.Connection, wanted: str, typed: Typed, narrowed: Narrowed) -> str:
    parts = [f"({wanted})"] if wanted else []
    for words in narrowed.words:
        forms = (_written(raw, Word(word.rstrip("*"), word.endswith("*"))) for word in words)
        parts.append(_any([form for each in forms for form in each]))
    expression = " AND ".join(parts) or _EVERYTHING
    if typed.unwanted:
        expression = f"({expression}) NOT {_any([_quoted(form) for word in typed.unwanted for form in _forms(word)])}"
    return expression


def _neighbours(typed: Typed) -> Iterable[tuple[Word, Word]]:
    pairs = zip(typed.wanted, typed.wanted[1:], strict=False)
    letters = (pair for pair in pairs if pair[0].text.isalpha() and pair[1].text.isalpha())
    return letters if len(typed.wanted) <= _MOST_PAIRS else ()


def _forms(word: Word) -> list[str]:
    return list(filter(None, (word.text, one_word(word.text))))


def _phrases(word: Word) -> list[str]:
    return [_quoted(form) + ("*" if word.is_open else "") for form in _forms(word)]


def _written(raw: sqlite3.Connection, word: Word) -> list[str]:
    """The phrases that stand for a word in the index.

    FTS5 gathers every hit of a start that is longer than its indexes of starts (1 to 3 letters) before it gives the
    first one; the words themselves come as they are wanted.
    """
    if not word.is_open:
        return [_quoted(form) for form in _forms(word)]
    return [phrase for form in _forms(word) for phrase in _expanded(raw, form)]


def _expanded(raw: sqlite3.Connection, text: str) -> list[str]:
    plain = text.lstrip(MARK)
    mark = text[: len(text) - len(plain)]
    parts = _ASCII_WORDS.findall(plain)
    if not parts or not plain.isascii() or len(mark + parts[-1]) < _LEAST_EXPANDED:
        return [_quoted(text) + "*"]
    *head, start = parts
    found = words_from(raw, mark + start, _MOST_EXPANDED + 1)
    if len(found) > _MOST_EXPANDED:
        return [_quoted(text) + "*"]
    # Where no word begins so the start itself is asked for, which gives nothing.
    return [_quoted(" ".join((*head, one))) for one in found or [mark + start]]


def words_from(raw: sqlite3.Connection, start: str, most: int) -> list[str]:
    """The words of the index that begin so, from its own list of words; each is one look into it."""
    raw.execute("create virtual table if not exists temp.search_word using fts5vocab(main, words, instance)")
    found: list[str] = []
    at = start
    while len(found) < most:
        row = raw.execute("select term from temp.search_word where term >= ? limit 1", (at,)).fetchone()
        if row is None or not row[0].startswith(start):
            break
        found.append(row[0])
        at = row[0] + "\x01"
    return found


def _quoted(text: str) -> str:
    return '"' + text.replace('"', '""') + '"'


def _any(phrases: Sequence[str]) -> str:
    return f"({' OR '.join(phrases)})" if len(phrases) > 1 else "".join(phrases)


def newest(
    raw: sqlite3.Connection, query: Query, groups: Sequence[Group], most: int = COUNT_CAP + 1
) -> dict[Group, list[int]]:
    """The rows of the newest passages of each group, newest first, of none more than `most`."""
    found: dict[Group, list[int]] = {}
    left = list(groups)
    while left:
        # What is rare comes with one look for all groups; a group that fills it is looked at by itself.
        first = left[0] if left == list(Group)[: len(left)] else left[-1]
        span = range(first.rows[0], left[-1].rows[-1] + 1)
        rows = _newest(raw, query.index, query.expression, span, most)
        for group in left:
            found[group] = _within(rows, group.rows)
        if len(rows) < most:
            left = [group for group in left if group.rows[0] < span[0]]
            continue
        lowest = next(place for place, group in enumerate(left) if rows[-1] in group.rows)
        left = left[: lowest + (len(found[left[lowest]]) < most)]
    return {group: found[group] for group in groups if found[group]}


def count(raw: sqlite3.Connection, query: Query, group: Group) -> int:
    """How many passages of a group match, one more at most than are counted."""
    found = raw.execute(
        f"select count(*) from (select 1 from {query.index} where {query.index} match ? and rowid between ? and ? "
        "limit ?)",
        (query.expression, group.rows[0], group.rows[-1], COUNT_CAP + 1),
    ).fetchone()
    return found[0]


def _within(rows: Sequence[int], span: range) -> list[int]:
    """Those of the descending rows that lie in the span."""
    return list(rows[bisect_left(rows, -span[-1], key=neg) : bisect_right(rows, -span[0], key=neg)])


def _newest(raw: sqlite3.Connection, index: str, expression: str, span: range, most: int) -> list[int]:
    rows = raw.execute(
        f"select rowid from {index} where {index} match ? and rowid between ? and ? order by rowid desc limit ?",
        (expression, span[0], span[-1], most),
    )
    return [row for (row,) in rows.fetchall()]

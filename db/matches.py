"""Which records hold the words typed: the words as the two indexes want them, and the rows that they give.

A record matches when one of its texts holds every word, or several do together. Both are asked newest first, and
stop after 1,000 records and 250, so that the time does not grow with the file.
"""

import json
import re
import sqlite3
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from db.highlight import matching
from db.records import RecordType
from db.searchable import FIELDS
from db.text import clean, fold

COUNT_CAP = 1000
ACROSS_CAP = 250  # reading all texts of more records than that would be felt while typing
_MOST_LETTERS, _MOST_WORDS, _MOST_WORD_LETTERS = 10_000, 32, 200
_LEAST_STEM_LETTERS = 4  # `stems` has no index of starts: shorter ones would cost time and find nothing new
_BETWEEN_TEXTS = " \ue000 "  # a word of its own, so that no phrase runs from one text into the next
_LAST_ROW = 2**63 - 1

Key = tuple[str, str]  # record type and id; as plain text, since there may be a thousand of them


class Match(NamedTuple):
    """A record that matches: the row that decides its place, and the fields to look for the words in.

    `source` is the index that it was found by; `is_across` where no one text holds every word.
    """

    row: int
    source: str
    fields: set[str]
    is_across: bool = False


@dataclass(frozen=True, slots=True)
class Query:
    """The words as one index wants them, each a quoted phrase."""

    index: str
    phrases: tuple[str, ...]


def queries(typed: str) -> tuple[Query, ...]:
    """The words typed for `words`, where the last may go on unless a space follows it, and for `stems`; none if blank.

    Of a long text the first 32 words count.
    """
    words = _words(typed)
    if not words:
        return ()
    exact = ['"' + word.replace('"', '""') + '"' for word in words]
    stems = list(exact)
    if not typed[-1:].isspace() and len(words) < _MOST_WORDS:
        exact[-1] += "*"
        stems[-1] += "*" if len(words[-1]) >= _LEAST_STEM_LETTERS else ""
    return Query("words", tuple(exact)), Query("stems", tuple(stems))


def _words(typed: str) -> list[str]:
    """The folded words; those without a letter or a number find nothing and are left out."""
    folded = fold(clean(typed[:_MOST_LETTERS], lines=False))
    words = [word[:_MOST_WORD_LETTERS] for word in folded.split()]
    whole = [word for word in words if any(_is_of_a_word(letter) for letter in word)][:_MOST_WORDS]
    # Once each; of a word typed twice the second counts, as the last may go on.
    return list(dict.fromkeys(reversed(whole)))[::-1]


def _is_of_a_word(letter: str) -> bool:
    category = unicodedata.category(letter)
    return category[0] in "LN" or category == "Co"


def matches(raw: sqlite3.Connection, query: Query) -> dict[Key, Match]:
    """The records that match in one index, newest first, one more at most than are counted.

    Other forms of words are looked for within one text only: across texts they would find too much.
    """
    found = _newest(raw, query.index, " ".join(query.phrases), COUNT_CAP + 1)
    if query.index == "words" and len(query.phrases) > 1 and len(found) <= COUNT_CAP:
        found |= _across_texts(raw, query, found)
        return dict(sorted(found.items(), key=lambda item: item[1].row, reverse=True))
    return found


def _newest(raw: sqlite3.Connection, index: str, expression: str, most: int) -> dict[Key, Match]:
    """The newest records with a text that matches, each with all its texts that do."""
    found: dict[Key, Match] = {}
    below = _LAST_ROW
    while len(found) < most:
        rows = raw.execute(
            f"select passage.row, record_type, record_id, field from {index} cross join passage "
            f"on passage.row = {index}.rowid where {index} match ? and {index}.rowid < ? "
            f"order by {index}.rowid desc limit ?",
            (expression, below, most),
        ).fetchall()
        for row, record_type, record_id, field_name in rows:
            if match := found.get((record_type, record_id)):
                match.fields.add(field_name)
            elif len(found) < most:
                found[record_type, record_id] = Match(row, index, {field_name})
        if len(rows) < most:
            break
        below = rows[-1][0]
    return found


def _across_texts(raw: sqlite3.Connection, query: Query, known: Mapping[Key, Match]) -> dict[Key, Match]:
    """The records that hold every word in several texts, looked for among the newest 250 with the rarest word."""
    counted = "select count(*) from (select 1 from words where words match ? limit ?)"
    counts = [raw.execute(counted, (phrase, COUNT_CAP)).fetchone()[0] for phrase in query.phrases]
    if not all(counts):
        return {}
    rarest = query.phrases[counts.index(min(counts))]
    candidates = {key: match for key, match in _newest(raw, "words", rarest, ACROSS_CAP).items() if key not in known}
    texts = _joined_texts(raw, candidates, query)
    holding = matching("words", list(texts.values()), " ".join(query.phrases))
    keys = list(texts)
    return {
        key: Match(candidates[key].row, "words", set(FIELDS[RecordType(key[0])]), is_across=True)
        for key in (keys[place] for place in holding)
    }


def _joined_texts(raw: sqlite3.Connection, keys: Iterable[Key], query: Query) -> dict[Key, str]:
    """All folded texts of each record as one, for those records that may hold every word."""
    by_type: dict[str, list[str]] = {}
    for record_type, record_id in keys:
        by_type.setdefault(record_type, []).append(record_id)
    texts: dict[Key, list[str]] = {}
    for record_type, ids in by_type.items():
        rows = raw.execute(
            "select record_id, folded from passage where record_type = ? "
            "and record_id in (select value from json_each(?))",
            (record_type, json.dumps(ids)),
        )
        for record_id, folded in rows.fetchall():
            texts.setdefault((record_type, record_id), []).append(folded)
    parts = [part for phrase in query.phrases if phrase.isascii() for part in re.findall(r"[a-z0-9]+", phrase)]
    joined = {key: _BETWEEN_TEXTS.join(each) for key, each in texts.items() if len(each) > 1}
    # A text with accents is left to FTS5, which alone knows how it folds them.
    return {key: text for key, text in joined.items() if _may_hold(text, parts)}


def _may_hold(text: str, parts: Sequence[str]) -> bool:
    return all(part in text for part in parts) or not text.replace(_BETWEEN_TEXTS, "").isascii()

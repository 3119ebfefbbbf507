"""Searches the file for what a person types, as it is typed; nothing that can be typed is an error.

A record is found when it holds every word typed, be it in one of its texts or in several: "Lewell workforce" finds
what she said of the workforce, though her name stands in another field. The last word need only be begun, unless a
space follows it. Below what holds the words themselves comes what holds other forms of them ("visit", "visits").
"""

import json
import re
import sqlite3
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from db.connection import DAMAGE
from db.highlight import Ranges, excerpt, marks, on_original
from db.records import RecordType
from db.searchable import FIELDS, Searchable, read
from db.store import Store
from db.text import clean, fold

COUNT_CAP = 1000
ABOUT_LETTERS = 100
_MOST_LETTERS, _MOST_WORDS, _MOST_WORD_LETTERS = 10_000, 32, 200
_LEAST_STEM_LETTERS = 4  # `stems` has no index of starts: shorter ones would cost time and find nothing new
_BETWEEN_TEXTS = " \ue000 "  # a word of its own, so that no phrase runs from one text into the next

_Key = tuple[RecordType, str]


@dataclass(frozen=True, slots=True)
class Hit:
    """One record that was found.

    `excerpt` is cut from the original text of `field`, and `marks` are the ranges of the searched words in it, in
    characters. `heading` names provider and inspection; `about` is the start of the record's main text where the
    words stand in another. `inspection_id` is empty for a document that is linked to none.
    """

    record_type: RecordType
    record_id: str
    inspection_id: str
    field: str
    heading: str
    excerpt: str
    marks: Ranges
    about: str = ""
    is_exact: bool = True


@dataclass(frozen=True, slots=True)
class Results:
    """What a search found: hits grouped by type in the order of FIELDS, in each the newest first.

    `counts` says how many records of each type there are, of the newest 1,000 in all; `trouble` says in a sentence
    why nothing could be searched.
    """

    typed: str
    hits: tuple[Hit, ...] = ()
    counts: Mapping[RecordType, int] = field(default_factory=dict)
    is_capped: bool = False
    trouble: str = ""

    @property
    def is_blank(self) -> bool:
        """Whether nothing was typed, so that nothing was searched."""
        return not self.typed.strip()

    @property
    def count_words(self) -> str:
        """ "12 results", "1 result", "1,000+ results"."""
        total = sum(self.counts.values())
        if self.is_capped:
            return f"{COUNT_CAP:,}+ results"
        return f"{total:,} result" + ("" if total == 1 else "s")


@dataclass(frozen=True, slots=True)
class _Match:
    """A record that matches: the row that decides its place, and the field that matches, None for several."""

    row: int
    field: str | None
    index: str


@dataclass(frozen=True, slots=True)
class _Query:
    """The words as one index wants them, each a quoted phrase."""

    index: str
    phrases: tuple[str, ...]


def find(store: Store, typed: str, limit: int = 50) -> Results:
    """The records that hold the words typed.

    Accents, case, the kind of quotation mark and of dash make no difference; FTS5 takes "well-being" for two words
    that follow each other. Of a long text the first 32 words count.

    Args:
        limit: how many hits to return in all; each type of record gets a fair share of them.
    """
    words = _words(typed)
    if not words:
        return Results(typed)
    is_open = not typed[-1:].isspace() and len(words) < _MOST_WORDS
    try:
        return _find(store.connection.raw, typed, _queries(words, is_open=is_open), limit)
    except DAMAGE:
        return Results(typed, trouble="The file could not be searched just now. Try again in a moment.")


def _words(typed: str) -> list[str]:
    """The folded words; those without a letter or a number find nothing and are left out."""
    folded = fold(clean(typed[:_MOST_LETTERS], lines=False))
    words = [word[:_MOST_WORD_LETTERS] for word in folded.split()]
    return [word for word in words if any(_is_of_a_word(letter) for letter in word)][:_MOST_WORDS]


def _is_of_a_word(letter: str) -> bool:
    category = unicodedata.category(letter)
    return category[0] in "LN" or category == "Co"


def _queries(words: Sequence[str], *, is_open: bool) -> tuple[_Query, ...]:
    quoted = ['"' + word.replace('"', '""') + '"' for word in words]
    exact, stems = list(quoted), list(quoted)
    if is_open:
        exact[-1] += "*"
        stems[-1] += "*" if len(words[-1]) >= _LEAST_STEM_LETTERS else ""
    return _Query("words", tuple(exact)), _Query("stems", tuple(stems))


def _find(raw: sqlite3.Connection, typed: str, queries: Iterable[_Query], limit: int) -> Results:
    found: dict[_Key, _Match] = {}
    by_index = {query.index: query for query in queries}
    for query in by_index.values():
        here = _within_texts(raw, query)
        if query.index == "words" and len(query.phrases) > 1 and len(here) <= COUNT_CAP:
            here = _across_texts(raw, query, here) | here
        newest_first = sorted(here.items(), key=lambda item: item[1].row, reverse=True)
        found = found | {key: match for key, match in newest_first if key not in found}
        if len(found) > COUNT_CAP:
            break
    kept = dict(list(found.items())[:COUNT_CAP])
    counts = Counter(record_type for record_type, _ in kept)
    hits = _hits(raw, _shared_out(kept, counts, limit), by_index)
    return Results(
        typed, hits, {each: counts[each] for each in FIELDS if counts[each]}, is_capped=len(found) > COUNT_CAP
    )


def _within_texts(raw: sqlite3.Connection, query: _Query) -> dict[_Key, _Match]:
    """The newest records of which one text holds every word; one more than are counted."""
    return _stream(raw, query.index, " ".join(query.phrases), COUNT_CAP + 1)


def _stream(raw: sqlite3.Connection, index: str, expression: str, most: int) -> dict[_Key, _Match]:
    found: dict[_Key, _Match] = {}
    cursor = raw.execute(
        f"select passage.row, record_type, record_id, field from {index} cross join passage "
        f"on passage.row = {index}.rowid where {index} match ? order by {index}.rowid desc",
        (expression,),
    )
    try:
        for row, record_type, record_id, field_name in cursor:
            found.setdefault((RecordType(record_type), record_id), _Match(row, field_name, index))
            if len(found) >= most:
                break
    finally:
        cursor.close()  # one left open would hold the file against a save
    return found


def _across_texts(raw: sqlite3.Connection, query: _Query, known: Mapping[_Key, _Match]) -> dict[_Key, _Match]:
    """The records that hold every word in several texts, looked for among the newest 1,000 with the rarest word."""
    counted = "select count(*) from (select 1 from words where words match ? limit ?)"
    counts = [raw.execute(counted, (phrase, COUNT_CAP)).fetchone()[0] for phrase in query.phrases]
    if not all(counts):
        return {}
    rarest = query.phrases[counts.index(min(counts))]
    candidates = {key: match for key, match in _stream(raw, "words", rarest, COUNT_CAP).items() if key not in known}
    texts = _joined_texts(raw, candidates, query)
    holding = marks("words", list(texts.values()), " ".join(query.phrases))
    keys = list(texts)
    return {keys[place]: _Match(candidates[keys[place]].row, None, "words") for place in holding}


def _joined_texts(raw: sqlite3.Connection, keys: Iterable[_Key], query: _Query) -> dict[_Key, str]:
    """All folded texts of each record as one, for those records that may hold every word."""
    by_type: dict[RecordType, list[str]] = {}
    for record_type, record_id in keys:
        by_type.setdefault(record_type, []).append(record_id)
    texts: dict[_Key, list[str]] = {}
    for record_type, ids in by_type.items():
        rows = raw.execute(
            "select record_id, folded from passage where record_type = ? "
            "and record_id in (select value from json_each(?))",
            (record_type.value, json.dumps(ids)),
        )
        for record_id, folded in rows.fetchall():
            texts.setdefault((record_type, record_id), []).append(folded)
    parts = [part for phrase in query.phrases if phrase.isascii() for part in re.findall(r"[a-z0-9]+", phrase)]
    joined = {key: _BETWEEN_TEXTS.join(each) for key, each in texts.items() if len(each) > 1}
    # A text with accents is left to FTS5, which alone knows how it folds them.
    return {key: text for key, text in joined.items() if _may_hold(text, parts)}


def _may_hold(text: str, parts: Sequence[str]) -> bool:
    return all(part in text for part in parts) or not text.replace(_BETWEEN_TEXTS, "").isascii()


def _shared_out(found: Mapping[_Key, _Match], counts: Mapping[RecordType, int], limit: int) -> dict[_Key, _Match]:
    """The first of each type: small groups whole, large ones cut so that no type crowds out another."""
    room, shares = limit, {}
    for left, (record_type, count) in enumerate(sorted(counts.items(), key=lambda item: item[1])):
        shares[record_type] = min(count, room // (len(counts) - left))
        room -= shares[record_type]
    kept: dict[_Key, _Match] = {}
    for record_type in FIELDS:
        keys = [key for key in found if key[0] == record_type]
        kept |= {key: found[key] for key in keys[: shares.get(record_type, 0)]}
    return kept


def _hits(raw: sqlite3.Connection, found: Mapping[_Key, _Match], queries: Mapping[str, _Query]) -> tuple[Hit, ...]:
    records: dict[_Key, Searchable] = {}
    for record_type in {record_type for record_type, _ in found}:
        ids = [record_id for kind, record_id in found if kind == record_type]
        records |= {(record_type, one.record_id): one for one in read(raw, record_type, ids)}
    hits: dict[_Key, Hit] = {}
    for index, query in queries.items():
        here = [(records[key], match) for key, match in found.items() if match.index == index and key in records]
        hits |= {(hit.record_type, hit.record_id): hit for hit in _with_excerpts(query, here)}
    return tuple(hits[key] for key in found if key in hits)


def _with_excerpts(query: _Query, found: Sequence[tuple[Searchable, _Match]]) -> list[Hit]:
    """The hits of one index, each at the first of its texts that holds a word."""
    texts = [
        (record, name, text, fold(text))
        for record, match in found
        for name, text in record.texts.items()
        if match.field in (None, name)
    ]
    marked = marks(query.index, [folded for *_, folded in texts], " OR ".join(query.phrases)) if texts else {}
    hits: dict[str, Hit] = {}
    for place, (record, name, text, folded) in enumerate(texts):
        if record.record_id in hits or place not in marked:
            continue
        line, ranges = excerpt(text, on_original(text, folded, marked[place]))
        hits[record.record_id] = Hit(
            record.record_type,
            record.record_id,
            record.inspection_id,
            name,
            record.heading,
            line,
            ranges,
            _about(record, name),
            query.index == "words",
        )
    return list(hits.values())


def _about(record: Searchable, field_name: str) -> str:
    main = FIELDS[record.record_type][0]
    text = "" if field_name == main or main == "name" else record.texts.get(main, "")
    return text if len(text) <= ABOUT_LETTERS else text[:ABOUT_LETTERS].rsplit(None, 1)[0] + "…"

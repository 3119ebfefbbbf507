"""Searches the file for what a person types, as it is typed; nothing that can be typed is an error.

A record is found when it holds every word typed, be it in one of its texts or in several: "Pearce parenting" finds
what he said of corporate parenting, though his name stands in another field. The last word need only be begun, unless a
space follows it. Below what holds the words themselves comes what holds other forms of them ("visit", "visits").
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from sqlite3 import Connection, DatabaseError

from db import passages
from db.connection import DAMAGE
from db.errors import StoreError
from db.highlight import Ranges, excerpt, marks, on_original
from db.matches import COUNT_CAP, Key, Match, Query, matches, queries
from db.records import RecordType
from db.searchable import FIELDS, Searchable, read
from db.store import Store
from db.text import fold

ABOUT_LETTERS = 100


@dataclass(frozen=True, slots=True)
class Hit:
    """One record that was found.

    `excerpt` is cut from the original text of `field`, and `marks` are the ranges of the searched words in it, in
    characters. `heading` names provider and inspection; `about` is the start of the record's main text where the
    words stand in another, or of the next text that holds one of them. `inspection_id` is empty for a document that
    is linked to none. A hit that is not `is_exact` holds other forms of the words.
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


def find(store: Store, typed: str, limit: int = 50) -> Results:
    """The records that hold the words typed.

    Accents, case, the kind of quotation mark and of dash make no difference; FTS5 takes "well-being" for two words
    that follow each other.

    Args:
        limit: how many hits to return in all; each type of record gets a fair share of them.
    """
    wanted = queries(typed)
    if not wanted:
        return Results(typed)
    try:
        try:
            return _find(store.connection.raw, typed, wanted, limit)
        except DatabaseError as error:
            if not getattr(error, "sqlite_errorname", "").startswith("SQLITE_CORRUPT"):
                raise
            _mend(store)
            return _find(store.connection.raw, typed, wanted, limit)
    except (StoreError, *DAMAGE):
        return Results(typed, trouble="The file could not be searched just now. Try again in a moment.")


def _mend(store: Store) -> None:
    """Make a damaged index anew: it is derived, so nothing is lost with it."""
    with store.connection.write() as raw:
        passages.rebuild(raw)


def _find(raw: Connection, typed: str, wanted: Sequence[Query], limit: int) -> Results:
    found: dict[Key, Match] = {}
    for query in wanted:
        for key, match in matches(raw, query).items():
            found.setdefault(key, match)
        if len(found) > COUNT_CAP:
            break
    kept = list(found)[:COUNT_CAP]
    counts = Counter(record_type for record_type, _ in kept)
    shown = {key: found[key] for key in _shared_out(kept, counts, limit)}
    in_order = {record_type: counts[record_type] for record_type in FIELDS if counts[record_type]}
    return Results(typed, _hits(raw, shown, wanted), in_order, is_capped=len(found) > COUNT_CAP)


def _shared_out(keys: Sequence[Key], counts: Mapping[str, int], limit: int) -> list[Key]:
    """The first of each type: small groups whole, large ones cut so that no type crowds out another."""
    room, shares = limit, {}
    for place, (record_type, count) in enumerate(sorted(counts.items(), key=lambda item: item[1])):
        shares[record_type] = min(count, room // (len(counts) - place))
        room -= shares[record_type]
    by_type: dict[str, list[Key]] = {record_type: [] for record_type in FIELDS}
    for key in keys:
        if len(by_type[key[0]]) < shares[key[0]]:
            by_type[key[0]].append(key)
    return [key for group in by_type.values() for key in group]


def _hits(raw: Connection, found: Mapping[Key, Match], wanted: Sequence[Query]) -> tuple[Hit, ...]:
    records: dict[Key, Searchable] = {}
    for record_type in {record_type for record_type, _ in found}:
        ids = [record_id for kind, record_id in found if kind == record_type]
        records |= {(record_type, one.record_id): one for one in read(raw, RecordType(record_type), ids)}
    hits: dict[Key, Hit] = {}
    for query in wanted:
        here = [(records[key], match) for key, match in found.items() if match.source == query.index and key in records]
        hits |= {(hit.record_type, hit.record_id): hit for hit in _with_excerpts(query, here)}
    return tuple(hits[key] for key in found if key in hits)


def _with_excerpts(query: Query, found: Sequence[tuple[Searchable, Match]]) -> list[Hit]:
    """The hits of one index, each at the first of its texts that holds a word."""
    texts = [
        (record, match, name, text, fold(text))
        for record, match in found
        for name, text in record.texts.items()
        if name in match.fields
    ]
    marked = marks(query.index, [folded for *_, folded in texts], " OR ".join(query.phrases)) if texts else {}
    hits: dict[str, Hit] = {}
    for place, (record, match, name, text, folded) in enumerate(texts):
        if place not in marked:
            continue
        if first := hits.get(record.record_id):
            if match.is_across and not first.about:
                hits[record.record_id] = replace(first, about=_cut(text))
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
    return "" if field_name == main or main == "name" else _cut(record.texts.get(main, ""))


def _cut(text: str) -> str:
    return text if len(text) <= ABOUT_LETTERS else text[:ABOUT_LETTERS].rsplit(None, 1)[0] + "…"

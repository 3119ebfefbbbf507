"""Searches the file for what a person types, as it is typed; nothing that can be typed is an error.

A record is found when it holds every word typed, be it in one of its texts or in several: "Pearce parenting" finds
what he said of corporate parenting, though his name stands in another field. The last word need only be begun, unless a
space follows it. Below what holds the words themselves comes what holds other forms of them ("visit", "visits").
"""

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from sqlite3 import Connection, DatabaseError

from db import matches, passages, schema, search_filters
from db.errors import StoreError
from db.explaining import DAMAGE
from db.hits import ABOUT_LETTERS, Hit, read_hits
from db.matches import COUNT_CAP, Query
from db.passages import Group
from db.ranking import best_first
from db.search_words import Typed, parse
from db.store import Store

MOST_SECONDS = 2.0
_STEPS_BETWEEN_QUESTIONS = 20_000  # of SQLite's machine, some milliseconds
_AGAIN = "The file could not be searched just now. Try again in a moment."
_TOO_LONG = "This search takes too long. Add a word, or choose a filter."
_TOO_OLD = (
    "This file was made by an earlier version and may only be read, so it cannot be searched. "
    "Save a copy of it where you may write, and open the copy."
)
NO_FILTERS: Mapping[str, str] = {}

__all__ = ["ABOUT_LETTERS", "COUNT_CAP", "Hit", "Results", "find"]


@dataclass(frozen=True, slots=True)
class Results:
    """What a search found: hits by group in the order of `Group`, in each the newest or the best first.

    `counts` says how many there are of each group, up to 1,000; `capped` names the groups that have more. Where
    `is_quick` other forms of the words were not looked for. `trouble` says in a sentence why nothing was searched.
    """

    typed: str
    filters: Mapping[str, str] = field(default_factory=dict)
    hits: tuple[Hit, ...] = ()
    counts: Mapping[Group, int] = field(default_factory=dict)
    capped: frozenset[Group] = frozenset()
    is_quick: bool = False
    is_best_first: bool = False
    trouble: str = ""

    @property
    def first_word(self) -> str:
        """Which hits come first: "newest" or "best"."""
        return "best" if self.is_best_first else "newest"

    @property
    def is_blank(self) -> bool:
        """Whether nothing was typed or chosen, so that nothing was searched."""
        return not self.typed.strip() and not any(self.filters.values())

    @property
    def is_capped(self) -> bool:
        """Whether there are more hits than were counted."""
        return bool(self.capped)

    @property
    def count_words(self) -> str:
        """ "12 results", "1 result", "1,000+ results"."""
        total = sum(self.counts.values())
        return f"{total:,}{'+' if self.capped else ''} result" + ("" if total == 1 else "s")


def find(
    store: Store,
    typed: str,
    limit: int = 50,
    filters: Mapping[str, str] = NO_FILTERS,
    *,
    is_best_first: bool = False,
    is_quick: bool = False,
) -> Results:
    """The records that hold the words typed, newest first; without words all that the filters leave.

    Accents, case, the kind of quotation mark and of dash make no difference, nor does the way a compound is written.

    Args:
        limit: how many hits to return in all; each group gets a fair share of them.
        filters: values by name, as chosen beside the box (`db.search_filters`); typed ones come on top.
        is_best_first: the best of the newest hits first.
        is_quick: leave other forms of the words out where the words themselves fill the limit.
    """
    asked = _Asked(typed, parse(typed), dict(filters), limit, is_best_first, is_quick)
    if asked.words.is_blank and not any(filters.values()):
        return Results(typed, asked.filters)
    try:
        raw = store.connection.raw
        if raw.execute("pragma user_version").fetchone()[0] < schema.VERSION:
            return Results(typed, asked.filters, trouble=_TOO_OLD)
        try:
            return _in_time(raw, asked)
        except DatabaseError as error:
            if not getattr(error, "sqlite_errorname", "").startswith("SQLITE_CORRUPT"):
                raise
            _mend(store)
            return _in_time(raw, asked)
    except (StoreError, *DAMAGE) as error:
        is_late = getattr(error, "sqlite_errorname", "") == "SQLITE_INTERRUPT"
        return Results(typed, asked.filters, trouble=_TOO_LONG if is_late else _AGAIN)


@dataclass(frozen=True, slots=True)
class _Asked:
    """One search as it was asked for."""

    typed: str
    words: Typed
    filters: dict[str, str]
    limit: int
    is_best_first: bool
    is_quick: bool


def _mend(store: Store) -> None:
    """Make a damaged index anew: it is derived, so nothing is lost with it."""
    with store.connection.write() as raw:
        passages.rebuild(raw)


def _in_time(raw: Connection, asked: _Asked) -> Results:
    """Search, and give up when it takes longer than anybody waits."""
    end = time.monotonic() + MOST_SECONDS
    raw.set_progress_handler(lambda: int(time.monotonic() > end), _STEPS_BETWEEN_QUESTIONS)
    try:
        return _find(raw, asked)
    finally:
        raw.set_progress_handler(None, 0)


def _find(raw: Connection, asked: _Asked) -> Results:
    asked = replace(asked, words=search_filters.understood(raw, asked.words))
    narrowed = search_filters.narrowed(raw, (*asked.words.filters, *search_filters.as_typed(asked.filters)))
    if narrowed.leaves_nothing:
        return Results(asked.typed, asked.filters)
    query = matches.exact(raw, asked.words, narrowed)
    most = asked.limit + 1 if asked.is_quick and not asked.is_best_first else COUNT_CAP + 1
    found = matches.newest(raw, query, narrowed.groups, most)
    if asked.is_quick and sum(map(len, found.values())) >= asked.limit:
        counts = {
            group: matches.count(raw, query, group) if len(rows) == most else len(rows) for group, rows in found.items()
        }
        return _results(raw, asked, query, found, counts, None, {})
    if not asked.words.wanted:
        return _results(raw, asked, query, found, _counts(found), None, {})
    forms = matches.other_forms(raw, asked.words, narrowed)
    rest = [group for group in narrowed.groups if len(found.get(group, ())) <= COUNT_CAP]
    others = _without(matches.newest(raw, forms, rest), found)
    return _results(raw, asked, query, found, _counts(found, others), forms, others)


def _results(
    raw: Connection,
    asked: _Asked,
    query: Query,
    found: Mapping[Group, list[int]],
    counts: Mapping[Group, int],
    forms: Query | None,
    others: Mapping[Group, list[int]],
) -> Results:
    """The results with their hits read: those of the words themselves above other forms of them."""
    if asked.is_best_first and asked.words.wanted:
        found, others = best_first(raw, found, asked.words), best_first(raw, others, asked.words)
    both = {group: [*found.get(group, ()), *others.get(group, ())] for group in counts}
    capped = {group: min(count, COUNT_CAP) for group, count in counts.items()}
    shown = {group: both[group][:share] for group, share in _shares(capped, asked.limit).items()}
    hits: dict[int, Hit] = {}
    for each, rows in ((query, found), (forms, others)):
        if each:
            wanted = [row for group, some in shown.items() for row in {*some} & {*rows.get(group, ())}]
            hits |= read_hits(raw, each, wanted, asked.words)
    return Results(
        asked.typed,
        asked.filters,
        tuple(hits[row] for some in shown.values() for row in some if row in hits),
        capped,
        frozenset(group for group, count in counts.items() if count > COUNT_CAP),
        is_quick=forms is None and bool(asked.words.wanted),
        is_best_first=asked.is_best_first,
    )


def _counts(*each: Mapping[Group, Sequence[int]]) -> dict[Group, int]:
    """How many rows of each group there are in all."""
    counts = {group: sum(len(found.get(group, ())) for found in each) for group in Group}
    return {group: count for group, count in counts.items() if count}


def _without(rows: Mapping[Group, Sequence[int]], known: Mapping[Group, Sequence[int]]) -> dict[Group, list[int]]:
    taken = {row for some in known.values() for row in some}
    return {group: [row for row in some if row not in taken] for group, some in rows.items()}


def _shares(counts: Mapping[Group, int], limit: int) -> dict[Group, int]:
    """How many of each group are shown: small groups whole, large ones cut so that none crowds out another."""
    room, shares = limit, {}
    for place, (group, count) in enumerate(sorted(counts.items(), key=lambda item: item[1])):
        shares[group] = min(count, room // (len(counts) - place))
        room -= shares[group]
    return {group: shares[group] for group in counts}

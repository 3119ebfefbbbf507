"""Every area for improvement and what became of it, as the Improvement place lists them.

A national file holds 20,000: a row is a tuple of what filters and groups ask for, made by the database; words are
read when they are shown, and a deed has only its own rows read again.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import partial
from operator import itemgetter
from typing import NamedTuple

from db.chain import Chains
from db.damage import readable
from db.dates import PartialDate
from db.improvement_reading import (
    areas_with,
    closed_by,
    last_change,
    portions,
    themes_of,
    waiting_ids,
    without_collection,
)
from db.improvement_records import Action
from db.records import AreaForImprovement, RecordType
from db.store import Store

_COLUMNS = """
    {t}.owner, coalesce({t}.due_on, ''), {t}.status_id, {quote}, coalesce(is_open, 1),
    coalesce(is_open, 1) and coalesce({t}.due_on < substr(?1, 1, length({t}.due_on)), 0)
"""
_AREAS = (
    f"select {{t}}.id, inspection_id, {{t}}.position, {_COLUMNS} from area_for_improvement {{t}} "
    "left join action_status on action_status.id = status_id"
).format(t="area", quote="null")
_ACTIONS = (
    f"select {{t}}.id, inspection_id, {{t}}.position, {_COLUMNS} from action {{t}} "
    "join quote on quote.id = quote_id left join action_status on action_status.id = status_id"
).format(t="doing", quote="quote_id")
_EVENTS = "select id, provider_id, kind_id, started_on, ended_on, published_on from inspection"
_MOST_TOUCHED = 1000  # rows; of more it is quicker to read all
_OURS = {RecordType.AREA_FOR_IMPROVEMENT.value, RecordType.ACTION.value}
_BESIDE = {
    RecordType(name).value
    for name in "progress_note evidence committee_report verdict quote document judgement statutory_date".split()
}


class Row(NamedTuple):
    """An area for improvement, or an action that hangs on a quote, which `quote_id` names.

    `due` is as in the file, "2023-06-30" or "2023-06", empty where it is not known. Late is what is open after the
    last day that its due date may mean. An area is open while its status is, or while it has none, unless a later
    inspection closed it.
    """

    id: str
    inspection_id: str
    position: int
    owner: str
    due: str
    status_id: str | None
    quote_id: str | None
    is_open: int
    is_late: int


_row = partial(tuple.__new__, Row)  # as Row._make, at a third of its time


class Event(NamedTuple):
    """What the list says of an inspection; dates as in the file."""

    id: str
    provider_id: str
    kind_id: str
    started: str | None
    ended: str | None
    published: str | None

    @property
    def started_on(self) -> PartialDate | None:
        return PartialDate.from_iso(self.started) if self.started else None

    @property
    def ended_on(self) -> PartialDate | None:
        return PartialDate.from_iso(self.ended) if self.ended else None

    @property
    def day(self) -> str:
        """The first day known, for the order of inspections; empty where none is."""
        known = self.started or self.ended or self.published
        return f"{known}-01-01"[:10] if known else ""


@dataclass(slots=True)
class Plan:
    """What a file holds of areas for improvement.

    `rows` stand by inspection, newest first, as printed. `rank` says where an inspection stands in that order.
    `themes` holds the ids of an area's themes, with spaces between; `owners` every post that owns something, by name;
    `inspection_ids` those that have rows, in their order.
    """

    rows: list[Row]
    events: dict[str, Event]
    rank: dict[str, int]
    themes: dict[str, str]
    chains: Chains
    with_action: frozenset[str]
    with_evidence: frozenset[str]
    owners: tuple[str, ...]
    inspection_ids: tuple[str, ...]
    _store: Store
    _today: str
    _last_change: int
    _waiting: frozenset[str]
    _texts: dict[str, str]
    _closed: frozenset[str] = frozenset()

    @classmethod
    @readable()
    def read(cls, store: Store, today: date) -> "Plan":
        """Read everything that is listed."""
        with without_collection():
            return cls._read(store, today)

    @classmethod
    def _read(cls, store: Store, today: date) -> "Plan":
        raw, day = store.connection.raw, today.isoformat()
        events = [Event(*found) for found in raw.execute(_EVENTS).fetchall()]
        events.sort(key=lambda event: (event.day, event.id), reverse=True)
        plan = cls(
            rows=[],
            events={event.id: event for event in events},
            rank={event.id: place for place, event in enumerate(events)},
            themes=themes_of(store),
            chains=Chains.read(store),
            with_action=areas_with(store, "action"),
            with_evidence=areas_with(store, "evidence"),
            owners=(),
            inspection_ids=(),
            _store=store,
            _today=day,
            _last_change=last_change(store),
            _waiting=waiting_ids(store),
            _texts={},
        )
        plan._take([_row(found) for query in (_AREAS, _ACTIONS) for found in raw.execute(query, (day,)).fetchall()])
        return plan

    @readable()
    def refreshed(self, today: date) -> "Plan":
        """The plan as the file is now; where only rows of the list changed only they are read again."""
        store = self._store
        changed = store.connection.raw.execute(
            "select record_type, record_id from change where row > ? limit ?", (self._last_change, _MOST_TOUCHED + 1)
        ).fetchall()
        types = {record_type for record_type, _ in changed}
        is_more = len(changed) > _MOST_TOUCHED or not types <= _OURS | _BESIDE
        if is_more or today.isoformat() != self._today or last_change(store) < self._last_change:
            return Plan.read(store, today)
        waiting = waiting_ids(store)
        ids = {key for record_type, key in changed if record_type in _OURS} | waiting | self._waiting
        self._waiting, self._last_change = waiting, last_change(store)
        self.chains = Chains.read(store)
        ids |= self._closed ^ closed_by(self.chains)
        self.with_action, self.with_evidence = areas_with(store, "action"), areas_with(store, "evidence")
        self._read_again(ids)
        return self

    def _read_again(self, ids: set[str]) -> None:
        for key in ids:
            self.themes.pop(key, None)
            self._texts.pop(key, None)
        found: dict[str, Row] = {}
        for some in portions(list(ids)):
            raw, marks = self._store.connection.raw, ", ".join("?" * len(some))
            self.themes.update(themes_of(self._store, some))
            for query, name in ((_AREAS, "area"), (_ACTIONS, "doing")):
                rows = raw.execute(f"{query} where {name}.id in ({marks})", (self._today, *some)).fetchall()
                found.update((one[0], _row(one)) for one in rows)
        before = {row.id: row[1:3] for row in self.rows if row.id in ids}
        rows = [one for row in self.rows if (one := found.get(row.id) if row.id in ids else row)]
        new = [row for key, row in found.items() if key not in before]
        is_moved = any(row[1:3] != before[row.id] for row in found.values() if row.id in before)
        self._take([*rows, *new], is_in_order=not new and not is_moved)

    def _take(self, rows: list[Row], *, is_in_order: bool = False) -> None:
        """Take these as the rows, with what waits to be written laid over them and what inspectors closed."""
        if self._waiting:
            rows = [row for row in rows if row.id not in self._waiting]
            rows += [row for row in self._waited_for() if row.inspection_id in self.rank]
        closed = self._closed = closed_by(self.chains)
        if closed:
            rows = [row._replace(is_open=0, is_late=0) if row.id in closed else row for row in rows]
        if self._waiting or not is_in_order:
            rank = self.rank
            rows.sort(key=lambda row: (rank[row[1]], row[2]))
            self.inspection_ids = tuple(dict.fromkeys(map(itemgetter(1), rows)))
        self.rows = rows
        acting = self._store.connection.raw.execute("select distinct owner from action where owner <> ''").fetchall()
        named = {row.owner for row in rows} | {owner for (owner,) in acting}
        self.owners = tuple(sorted(named - {""}, key=str.casefold))

    def _waited_for(self) -> Iterable[Row]:
        """The rows of records that wait to be written, as they will be."""
        from db.frameworks import ActionStatus
        from db.records import Quote

        for key in self._waiting:
            one = self._store.get(AreaForImprovement, key) or self._store.get(Action, key)
            quote = self._store.get(Quote, one.quote_id) if isinstance(one, Action) and one.quote_id else None
            owner_of = quote if isinstance(one, Action) else one
            if one is None or owner_of is None:
                continue
            status = self._store.get(ActionStatus, one.status_id) if one.status_id else None
            is_open, due = int(status is None or status.is_open), one.due_on.iso if one.due_on else ""
            past = int(bool(is_open and is_past(due, self._today)))
            self._texts[key] = one.text
            if isinstance(one, AreaForImprovement):
                self.themes[key] = " ".join(one.theme_ids)
            facts = one.owner, due, one.status_id, quote.id if quote else None
            yield Row(key, owner_of.inspection_id, one.position, *facts, is_open, past)

    def text(self, row: Row) -> str:
        """The inspectors' words; of an action what shall be done."""
        if row.id not in self._texts:
            self.prepare([row])
        return self._texts.get(row.id, "")

    def has_text(self, row: Row) -> bool:
        """Whether the words of a row were read already."""
        return row.id in self._texts

    @readable()
    def prepare(self, rows: Iterable[Row]) -> None:
        """Read the words of rows that will be shown, or sorted by them."""
        missing = [row for row in rows if row.id not in self._texts]
        for table, wanted in (("area_for_improvement", False), ("action", True)):
            for some in portions([row.id for row in missing if bool(row.quote_id) is wanted]):
                marks = ", ".join("?" * len(some))
                found = self._store.connection.raw.execute(f"select id, text from {table} where id in ({marks})", some)
                self._texts.update(found.fetchall())

    def record(self, row: Row) -> AreaForImprovement | Action | None:
        """The record behind a row as it is now; None where it is gone."""
        return self._store.get(Action, row.id) if row.quote_id else self._store.get(AreaForImprovement, row.id)

    def theme_ids(self, row: Row) -> list[str]:
        """The themes of an area, in their order."""
        return self.themes.get(row.id, "").split()

    def is_raised_before(self, row: Row) -> bool:
        """Whether an earlier inspection asked for the same."""
        return row.id in self.chains.raised_before

    def seen_before(self, row: Row) -> str:
        """ "3rd time since 2016"; empty where nothing is known of an earlier one."""
        return self.chains.seen_before(row.id) if self.is_raised_before(row) else ""


def is_past(due: str, today: str) -> bool:
    """Whether a due date, as far as it is known, lies wholly before a day; both as in the file."""
    return bool(due) and due < today[: len(due)]

"""What is due: statutory dates that are not met, areas for improvement and actions that are open, late ones first."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from db import deadlines
from db.damage import readable
from db.dates import PartialDate
from db.deadlines import Due
from db.frameworks import InspectionKind
from db.improvement_records import StatutoryDate
from db.lists import Lists
from db.records import Inspection, RecordType
from db.store import Store
from db.timeline_words import GRAVE

_IS_OPEN = (
    "{0}.due_on is not null and not exists (select 1 from action_status s where s.id = {0}.status_id and s.is_open = 0)"
)
_CLOSED = "exists (select 1 from verdict v where v.area_for_improvement_id = a.id and v.verdict = 'closed')"
_AREAS = (
    "select 'area_for_improvement', a.id, a.inspection_id, a.text, a.owner, a.due_on from area_for_improvement a "
    f"where {_IS_OPEN.format('a')} and not {_CLOSED}"
)
_ACTIONS = (
    "select iif(a.id is null, 'quote', 'area_for_improvement'), coalesce(a.id, q.id), "
    "coalesce(a.inspection_id, q.inspection_id), t.text, t.owner, t.due_on from action t "
    "left join area_for_improvement a on a.id = t.area_for_improvement_id left join quote q on q.id = t.quote_id "
    f"where {_IS_OPEN.format('t')} and not coalesce({_CLOSED}, 0)"
)


@dataclass(frozen=True, slots=True)
class Item:
    """Something that is due.

    `statutory` where the law sets it; its record is the inspection then. The record of an action is what it is for.
    `about` names the inspection.
    """

    on: PartialDate
    what: str
    about: str
    owner: str
    record_type: RecordType
    record_id: str
    statutory: Due | None = None

    def is_late(self, today: date) -> bool:
        """Whether its day, or the last day of its month or year, is gone."""
        return self.on.last_day < today


@dataclass(frozen=True, slots=True)
class DueNext:
    """Everything due, late ones first; and the statutory dates that are met, and those that nobody can work out."""

    items: tuple[Item, ...]
    met: tuple[Item, ...]
    not_known: tuple[Due, ...]


@readable()
def read(store: Store, lists: Lists) -> DueNext:
    """Read what is due, in the order of its dates."""
    inspections = {one.id: one for one in store.each(Inspection)}
    law = list(_statutory(store, lists, inspections))
    items = [*_planned(store, lists, inspections)]
    items += [_item(one, lists, inspections) for one in law if one.on and not one.is_met]
    met = [_item(one, lists, inspections) for one in law if one.on and one.is_met]
    return DueNext(
        items=tuple(sorted(items, key=_order)),
        met=tuple(sorted(met, key=_order)),
        not_known=tuple(one for one in law if one.on is None and not one.is_met),
    )


def _order(item: Item) -> tuple[date, str, str]:
    return item.on.last_day, item.what, item.record_id


def _statutory(store: Store, lists: Lists, inspections: dict[str, Inspection]) -> Iterator[Due]:
    grave = {key for key, kind in lists.finding_kinds.items() if kind.weight >= GRAVE}
    found = store.connection.raw.execute("select distinct inspection_id, finding_kind_id from area_for_improvement")
    with_grave = {inspection_id for inspection_id, kind_id in found.fetchall() if kind_id in grave}
    kept = store.each(StatutoryDate)
    owing = {code for one in deadlines.shipped() for code in one.kind_codes}
    for one in inspections.values():
        kind: InspectionKind = lists.kinds[one.kind_id]
        if kind.code in owing:
            yield from deadlines.due(one, kind.code, one.id in with_grave, kept)


def _item(one: Due, lists: Lists, inspections: dict[str, Inspection]) -> Item:
    assert one.on is not None
    about = lists.name_of(inspections[one.inspection_id])
    return Item(one.on, one.deadline.label, about, "", RecordType.INSPECTION, one.inspection_id, one)


def _planned(store: Store, lists: Lists, inspections: dict[str, Inspection]) -> Iterator[Item]:
    for query in (_AREAS, _ACTIONS):
        for kind, key, inspection_id, text, owner, due_on in store.connection.raw.execute(query).fetchall():
            about = lists.name_of(inspections[inspection_id]) if inspection_id in inspections else ""
            yield Item(PartialDate.from_iso(due_on), text, about, owner, RecordType(kind), key)


def how_soon(item: Item, today: date) -> str:
    """ "in 12 days", "today", "3 days late"; a month counts by its last day."""
    days = (item.on.last_day - today).days
    if days == 0:
        return "today"
    counted = f"{abs(days):,} day{'' if abs(days) == 1 else 's'}"
    return f"in {counted}" if days > 0 else f"{counted} late"

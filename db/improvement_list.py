"""Which rows of the Improvement place are shown, under which headings and in which order."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from operator import itemgetter
from typing import Any, NamedTuple

from db.dates import PartialDate
from db.improvement import Plan, Row
from db.improvement_words import LATE, inspection_name
from db.lists import Lists

NONE = "none"
"""Stands for rows without an owner, a status or a theme."""
SCOPES = {"open": "Open", "late": "Late", "raised": "Raised before", "all": "All"}
GROUPS = {
    "": "nothing",
    "inspection": "inspection",
    "theme": "theme",
    "owner": "owner",
    "provider": "provider",
    "status": "status",
    "due": "due month",
}
COLUMNS = (
    "Area for improvement, in the inspectors’ words",
    "Inspection",
    "Theme",
    "Owner",
    "Due",
    "Status",
    "Seen before",
)
WORDS, INSPECTION, THEME, OWNER, DUE, STATUS, SEEN = range(7)

_WITHOUT = {"theme": "No theme", "owner": "No owner", "status": "No status", "due": "No due date"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What a person asks the list for; None is any, NONE those without.

    `column` is the one that is sorted by, None for inspections, newest first, as printed.
    """

    scope: str = "open"
    theme_id: str | None = None
    owner: str | None = None
    inspection_id: str | None = None
    provider_id: str | None = None
    status_id: str | None = None
    group: str = ""
    column: int | None = None
    is_descending: bool = False


class Counts(NamedTuple):
    """How many rows each of the four buttons shows."""

    open: int
    late: int
    raised: int
    all: int


class Group(NamedTuple):
    """Rows that have a key in common, see `heading`; without groups there is one, of the key ""."""

    key: str
    rows: list[Row]


class Shown(NamedTuple):
    """The rows of every group, and how many each button would show."""

    groups: list[Group]
    counts: Counts

    @property
    def rows(self) -> list[Row]:
        """Every row that is shown, once."""
        return list(dict.fromkeys(row for group in self.groups for row in group.rows))


def shown(plan: Plan, lists: Lists, wanted: Wanted, *, kept: str = "") -> Shown:
    """Filter, sort and group.

    Args:
        kept: the id of a row that stays in sight, whatever is asked for.
    """
    rows = _filtered(plan, wanted)
    raised = plan.chains.raised_before
    match wanted.scope:
        case "open":
            left = [row for row in rows if row.is_open]
        case "late":
            left = [row for row in rows if row.is_late]
        case "raised":
            left = [row for row in rows if row.id in raised]
        case _:
            left = rows
    if kept and not any(row.id == kept for row in left):
        ids = {kept, *(row.id for row in left)}
        left = [row for row in plan.rows if row.id in ids]
    if wanted.column is not None:
        left = in_order(plan, lists, left, wanted.column, wanted.is_descending)
    return Shown(_grouped(plan, lists, left, wanted.group), _counts(plan, rows))


def _counts(plan: Plan, rows: Sequence[Row]) -> Counts:
    raised = plan.chains.raised_before
    open_count, late = sum(row.is_open for row in rows), sum(row.is_late for row in rows)
    return Counts(open_count, late, sum(row.id in raised for row in rows), len(rows))


def _filtered(plan: Plan, wanted: Wanted) -> list[Row]:
    rows = plan.rows
    if wanted.provider_id is not None:
        of_it = {key for key, one in plan.events.items() if one.provider_id == wanted.provider_id}
        rows = [row for row in rows if row.inspection_id in of_it]
    if wanted.inspection_id is not None:
        rows = [row for row in rows if row.inspection_id == wanted.inspection_id]
    if wanted.theme_id == NONE:
        rows = [row for row in rows if row.id not in plan.themes]
    elif wanted.theme_id is not None:
        themes, theme_id = plan.themes, wanted.theme_id
        rows = [row for row in rows if theme_id in themes.get(row.id, "")]
    if wanted.owner is not None:
        owner = "" if wanted.owner == NONE else wanted.owner
        rows = [row for row in rows if row.owner == owner]
    if wanted.status_id is not None:
        status_id = None if wanted.status_id == NONE else wanted.status_id
        rows = [row for row in rows if row.status_id == status_id]
    return rows


def in_order(plan: Plan, lists: Lists, rows: Sequence[Row], column: int, is_descending: bool) -> list[Row]:
    """The rows by one column; those that have nothing in it come last either way."""
    if column == WORDS:
        plan.prepare(rows)
    key = _key(plan, lists, column)
    with_it: list[tuple[Any, Row]] = []
    without: list[Row] = []
    for row in rows:
        value = key(row)
        if value is None or value == "":
            without.append(row)
        else:
            with_it.append((value, row))
    with_it.sort(key=itemgetter(0), reverse=is_descending)
    return [row for _, row in with_it] + without


def _key(plan: Plan, lists: Lists, column: int) -> Callable[[Row], Any]:
    """What a column is sorted by."""
    places = {key: place for place, key in enumerate(lists.statuses)}
    themes = {key: one.name.casefold() for key, one in lists.themes.items()}
    match column:
        case _ if column == WORDS:
            return lambda row: plan.text(row).casefold()
        case _ if column == INSPECTION:
            return lambda row: plan.rank[row.inspection_id]
        case _ if column == THEME:
            return lambda row: themes.get(plan.themes.get(row.id, "").partition(" ")[0])
        case _ if column == OWNER:
            return lambda row: row.owner.casefold()
        case _ if column == DUE:
            return lambda row: row.due
        case _ if column == STATUS:
            return lambda row: -1 if row.is_late else places.get(row.status_id or "")
    return plan.seen_before


def _grouped(plan: Plan, lists: Lists, rows: list[Row], group: str) -> list[Group]:
    if not group:
        return [Group("", rows)] if rows else []
    found: dict[str, list[Row]] = {}
    keys = _group_keys(plan, group)
    for row in rows:
        for key in keys(row):
            found.setdefault(key, []).append(row)
    return [Group(key, found[key]) for key in sorted(found, key=_group_order(plan, lists, group))]


def _group_keys(plan: Plan, group: str) -> Callable[[Row], Sequence[str]]:
    """The groups that a row stands in: one, or one for each of its themes."""
    events = plan.events
    match group:
        case "inspection":
            return lambda row: (row.inspection_id,)
        case "theme":
            return lambda row: plan.theme_ids(row) or ("",)
        case "owner":
            return lambda row: (row.owner,)
        case "provider":
            return lambda row: (events[row.inspection_id].provider_id,)
        case "status":
            return lambda row: (LATE if row.is_late else row.status_id or "",)
    return lambda row: (row.due[:7],)


def _group_order(plan: Plan, lists: Lists, group: str) -> Callable[[str], Any]:
    """Where a group stands; the one without comes last."""
    if group == "inspection":
        return lambda key: plan.rank[key]
    if group == "status":
        places = {LATE: -1, **{key: place for place, key in enumerate(lists.statuses)}}
        return lambda key: places.get(key, len(places))
    if group == "due":
        return lambda key: key or "9999"
    return lambda key: (not key, heading(plan, lists, group, key).casefold())


def heading(plan: Plan, lists: Lists, group: str, key: str) -> str:
    """What a group is called."""
    if not key:
        return _WITHOUT.get(group, "")
    match group:
        case "inspection":
            event = plan.events[key]
            name = inspection_name(lists, event)
            return f"{lists.providers[event.provider_id].name}: {name}" if len(lists.providers) > 1 else name
        case "theme":
            return lists.themes[key].name if key in lists.themes else _WITHOUT[group]
        case "provider":
            return lists.providers[key].name
        case "status":
            return lists.statuses[key].label if key in lists.statuses else key
        case "due":
            return str(PartialDate.from_iso(key))
    return key

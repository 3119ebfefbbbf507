"""The small readings behind `db.improvement`: themes, ids, what changed last."""

import gc
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager

from db.chain import Chains
from db.damage import readable
from db.improvement_records import Action
from db.records import AreaForImprovement, Record
from db.store import Store

_THEMES = "select area_for_improvement_id, theme_id from area_for_improvement_theme {where} order by position"
_AT_ONCE = 200  # ids asked for in one reading


@readable()
def committees_used(store: Store) -> list[str]:
    """Every committee that was reported to, by name, for typing ahead."""
    found = store.connection.raw.execute("select distinct committee from committee_report")
    return sorted((committee for (committee,) in found.fetchall()), key=str.casefold)


def closed_by(chains: Chains) -> frozenset[str]:
    """The areas that inspectors closed."""
    return frozenset(key for key in chains.on_area if chains.is_closed(key))


@contextmanager
def without_collection() -> Iterator[None]:
    """Make many small objects without Python looking through all of them meanwhile, which takes a third of the time."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


def themes_of(store: Store, area_ids: Sequence[str] | None = None) -> dict[str, str]:
    """The ids of the themes of areas, in their order; of all areas where none are named."""
    where = "" if area_ids is None else f"where area_for_improvement_id in ({', '.join('?' * len(area_ids))})"
    found: dict[str, str] = {}
    for area_id, theme_id in store.connection.raw.execute(_THEMES.format(where=where), area_ids or ()).fetchall():
        found[area_id] = f"{found[area_id]} {theme_id}" if area_id in found else theme_id
    return found


def areas_with(store: Store, table: str) -> frozenset[str]:
    """The areas for improvement that have a row in a table."""
    named = f"select distinct area_for_improvement_id from {table} where area_for_improvement_id is not null"
    return frozenset(key for (key,) in store.connection.raw.execute(named).fetchall())


def last_change(store: Store) -> int:
    """The number of the last entry of the change log."""
    return store.connection.raw.execute("select coalesce(max(row), 0) from change").fetchone()[0]


def waiting_ids(store: Store) -> frozenset[str]:
    """The ids of the areas and actions that wait to be written."""
    named: list[Record] = [one for edit in store.waiting for one in (*edit.before, *edit.after)]
    return frozenset(one.id for one in named if isinstance(one, (AreaForImprovement, Action)))


def portions(ids: Sequence[str]) -> Iterable[list[str]]:
    """The ids in portions that fit into one reading."""
    return (list(ids[start : start + _AT_ONCE]) for start in range(0, len(ids), _AT_ONCE))

"""Prints what chains, the matrix of themes and proposals cost in a national file.

    python -m benchmarks.chains [QUOTES]

50,000 quotes go with 2,000 inspections of 153 providers and 20,000 areas for improvement; a third of the areas is
linked to an earlier one of its provider. "bare" is the same rows read by sqlite3 alone, in turn in one process.
"""

import random
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from itertools import count
from pathlib import Path
from uuid import UUID

from benchmarks.generate import NATIONAL, make
from db.chain import Chains
from db.chain_history import event_of, history
from db.chain_proposals import proposals
from db.lists import Lists
from db.records import AreaForImprovement, Inspection, Quote
from db.store import Store
from db.theme_matrix import Matrix

ROUNDS = 30
LINKED = 1 / 3
_INSERT = """insert into verdict (id, area_for_improvement_id, inspection_id, verdict, later_area_id)
    values (?, ?, ?, ?, ?)"""
_BARE = (
    "select area_for_improvement_id, inspection_id, verdict, later_area_id from verdict",
    "select id, started_on from inspection",
)


def link(store: Store) -> int:
    """Link a share of the areas to an earlier one of the same provider; return how many."""
    chance = random.Random(1)
    inspections = {one.id: one for one in store.each(Inspection)}
    by_provider: dict[str, list[AreaForImprovement]] = {}
    for area in store.each(AreaForImprovement):
        by_provider.setdefault(inspections[area.inspection_id].provider_id, []).append(area)
    ids = (str(UUID(int=number)) for number in count(1 << 100))
    rows = []
    for areas in by_provider.values():
        areas.sort(key=lambda area: event_of(inspections[area.inspection_id]).day)
        for place in range(1, len(areas)):
            earlier, later = areas[chance.randrange(place)], areas[place]
            if chance.random() < LINKED and earlier.inspection_id != later.inspection_id:
                rows.append((next(ids), earlier.id, later.inspection_id, "raised_again", later.id))
    with store.connection.write() as raw:
        raw.executemany(_INSERT, rows)
    return len(rows)


def _bare(store: Store) -> None:
    for statement in _BARE:
        store.connection.raw.execute(statement).fetchall()


def _milliseconds(deed: Callable[[], object]) -> tuple[float, float]:
    times = []
    for _ in range(ROUNDS):
        start = time.perf_counter()
        deed()
        times.append((time.perf_counter() - start) * 1000)
    return statistics.median(times), statistics.quantiles(times, n=20)[-1]


def main(quotes: int) -> None:
    """Make the file, and measure."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "national.sqlite"
        make(path, quotes, paragraphs_each=0)
        store = Store.open(path)
        linked = link(store)
        lists, chains = Lists.read(store), Chains.read(store)
        areas = store.each(AreaForImprovement)
        inspections = {one.id: one for one in store.each(Inspection)}
        deepest = max(chains.raised_before, key=lambda key: len(chains.before(key)))
        area = store.get(AreaForImprovement, deepest)
        assert area is not None
        provider_id = inspections[area.inspection_id].provider_id
        own = [one for one in areas if inspections[one.inspection_id].provider_id == provider_id]
        said = [
            one
            for key in inspections
            if inspections[key].provider_id == provider_id
            for one in store.each(Quote, inspection_id=key)
        ]
        candidates = [*(one for one in own if one.id != area.id), *said]
        deeds: dict[str, Callable[[], object]] = {
            "bare: the same rows": lambda: _bare(store),
            "chains read": lambda: Chains.read(store),
            "seen before, all areas": lambda: [chains.seen_before(one.id) for one in areas],
            "history of the deepest chain": lambda: history(store, lists, area, chains),
            "matrix of its provider": lambda: Matrix.read(store, lists, provider_id, with_quotes=True),
            f"proposals among {len(candidates)}": lambda: proposals(area, candidates, lists.themes.values()),
        }
        print(f"{len(areas):,} areas for improvement, {linked:,} linked, {len(inspections):,} inspections\n")
        print("| deed | ms | 95 % |\n|---|---|---|")
        for name, deed in deeds.items():
            middle, slow = _milliseconds(deed)
            print(f"| {name} | {middle:.1f} | {slow:.1f} |")
        store.close()


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else NATIONAL)

"""Prints what the Improvement place costs at 2,000 and 20,000 areas for improvement, against bare floors.

    python -m benchmarks.improvement [QUOTES ...]

50,000 quotes make 20,000 areas, a national file; every area gets an owner, a due date, a status, themes and every
third an action. Reading is held against the bare query that fetches the same columns; filtering and grouping against
one bare pass in Python over as many rows that makes a list of those that fit; showing against showing no rows. All
take turns in one process.
"""

import os
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtWidgets import QApplication

from benchmarks.generate import NATIONAL, make
from db.improvement import Plan
from db.improvement_list import GROUPS, Shown, Wanted, _counts, shown
from db.lists import Lists
from db.records import new_id
from db.store import Store
from desktop_app.tables.improvement_table import ImprovementTable

TODAY = date(2026, 11, 22)
ROUNDS = 9
SIZES = (NATIONAL // 10, NATIONAL)
_LINK = "insert into area_for_improvement_theme (area_for_improvement_id, theme_id, position) values (?, ?, ?)"
_BARE = "select id, inspection_id, position, owner, due_on, status_id, text from area_for_improvement"


def main(sizes: tuple[int, ...]) -> None:
    QApplication([])
    for size in sizes:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "made.sqlite"
            make(path, size, paragraphs_each=1)
            store = Store.open(path)
            _work(store)
            _print(store)
            store.close()


def _work(store: Store) -> None:
    """Give the areas owners, dates, statuses, themes and actions, the same each time."""
    chance, lists = random.Random(7), Lists.read(store)
    statuses, themes = [*lists.statuses, None], list(lists.themes)
    with store.connection.write() as raw:
        raw.execute("delete from area_for_improvement_theme")
        ids = [key for (key,) in raw.execute("select id from area_for_improvement").fetchall()]
        for place, key in enumerate(ids):
            due = f"{chance.randint(2020, 2028)}-{chance.randint(1, 12):02d}-{chance.randint(1, 28):02d}"
            facts = f"Head of Service {chance.randint(1, 60)}", due, chance.choice(statuses), key
            raw.execute("update area_for_improvement set owner = ?, due_on = ?, status_id = ? where id = ?", facts)
            for position, theme in enumerate(chance.sample(themes, chance.randint(1, 2))):
                raw.execute(_LINK, (key, theme, position))
            if place % 3 == 0:
                values = new_id(), key, "Train every chair"
                raw.execute("insert into action (id, area_for_improvement_id, text) values (?, ?, ?)", values)


def _print(store: Store) -> None:
    lists, plan = Lists.read(store), Plan.read(store, TODAY)
    table = ImprovementTable()
    table.resize(1200, 500)
    table.show()
    nothing, everything = Shown([], _counts(plan, [])), shown(plan, lists, Wanted(scope="all"))
    deeds: dict[str, Callable[[], object]] = {
        "bare query": lambda: store.connection.raw.execute(_BARE).fetchall(),
        "read the plan": lambda: Plan.read(store, TODAY),
        "after a deed": lambda: plan.refreshed(TODAY),
        "bare pass": lambda: [row for row in plan.rows if row.is_open],
        "open ones": lambda: shown(plan, lists, Wanted()),
        "one owner": lambda: shown(plan, lists, Wanted(scope="all", owner="Head of Service 7")),
        "one theme": lambda: shown(plan, lists, Wanted(scope="all", theme_id=next(iter(lists.themes)))),
        **{
            f"by {name}": lambda key=key: shown(plan, lists, Wanted(scope="all", group=key))  # type: ignore[misc]
            for key, name in GROUPS.items()
            if key
        },
        "by due date": lambda: shown(plan, lists, Wanted(scope="all", column=4)),
        "show nothing": lambda: table.show_rows(plan, lists, nothing, ""),
        "show all": lambda: table.show_rows(plan, lists, everything, ""),
    }
    taken = _timed(deeds)
    print(f"\n{len(plan.rows):,} areas for improvement, median of {ROUNDS}")
    for name, seconds in taken.items():
        print(f"  {name:16} {1000 * seconds:8.1f} ms")
    print(f"  read / bare query  {taken['read the plan'] / taken['bare query']:.2f}")
    groups = max(seconds for name, seconds in taken.items() if name.startswith("by "))
    print(f"  slowest group / bare pass  {groups / taken['bare pass']:.1f}")


def _timed(deeds: dict[str, Callable[[], object]]) -> dict[str, float]:
    found: dict[str, list[float]] = {name: [] for name in deeds}
    for _ in range(ROUNDS):
        for name, deed in deeds.items():
            start = time.perf_counter()
            deed()
            found[name].append(time.perf_counter() - start)
    return {name: statistics.median(times) for name, times in found.items()}


if __name__ == "__main__":
    main(tuple(int(size) for size in sys.argv[1:]) or SIZES)

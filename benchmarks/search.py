"""Prints how long a search takes against the bare SQL that it cannot do without.

    python -m benchmarks.search [QUOTES ...]

Bare is FTS5 alone: the newest 50 with their snippets, and the count capped at 1,000. Words are typed key by key;
the two are run in turn in one process, and the ratio is that of the 95th percentiles.
"""

import sqlite3
import sys
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

from benchmarks import generate
from db import search
from db.store import Store

TYPED = ("children", "social work", "Pearce parenting", "care leavers", "well-being", "visiting", "County 12")
ROUNDS = 5


def main(sizes: list[int]) -> None:
    """Measure each size in a file of its own."""
    for quotes in sizes:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "generated.sqlite"
            generate.make(path, quotes)
            store = Store.open(path)
            try:
                _measure(store, quotes)
            finally:
                store.close()


def _measure(store: Store, quotes: int) -> None:
    keys = [word[:end] for word in TYPED for end in range(1, len(word) + 1)]
    bare: list[float] = []
    ours: list[float] = []
    for _ in range(ROUNDS):
        for typed in keys:
            bare.append(_seconds(partial(_bare, store.connection.raw, typed)))
            ours.append(_seconds(partial(search.find, store, typed)))
    bare_ms, ours_ms = _slow(bare), _slow(ours)
    print(
        f"{quotes:>9,} quotes: find {ours_ms:6.2f} ms, bare {bare_ms:6.2f} ms, ratio {ours_ms / bare_ms:5.2f} "
        f"(95th percentile of {len(ours)} key presses; medians {_median(ours):.2f} and {_median(bare):.2f} ms)"
    )


def _bare(raw: sqlite3.Connection, typed: str) -> None:
    quoted = ['"' + word + '"' for word in typed.casefold().split()]
    expression = " ".join(quoted) + ("" if typed.endswith(" ") else "*")
    raw.execute(
        "select record_type, record_id, field, snippet(words, 0, '[', ']', '…', 24) from words join passage "
        "on passage.row = words.rowid where words match ? order by words.rowid desc limit 50",
        (expression,),
    ).fetchall()
    raw.execute("select count(*) from (select 1 from words where words match ? limit 1001)", (expression,)).fetchall()


def _seconds(deed: Callable[[], object]) -> float:
    start = time.perf_counter()
    deed()
    return time.perf_counter() - start


def _slow(seconds: list[float]) -> float:
    return sorted(seconds)[int(len(seconds) * 0.95)] * 1000


def _median(seconds: list[float]) -> float:
    return sorted(seconds)[len(seconds) // 2] * 1000


if __name__ == "__main__":
    main([int(size) for size in sys.argv[1:]] or [2_000])

"""How long a full copy takes against a bare VACUUM INTO: `python benchmarks/full_copy.py [QUOTES]`.

Both run in turn in one process; what counts is the ratio. The goal is 1.5 or less (snapshot first).
"""

import sqlite3
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from db import sample_file
from db.copy import write_copy
from db.edit import Edit
from db.records import Quote, new_id
from db.store import Store

ROUNDS = 5
AT_ONCE = 1_000


def main() -> None:
    """Print the times and the ratios."""
    wanted = int(sys.argv[1]) if len(sys.argv) > 1 else 20_000
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "source.sqlite"
        _make(source, wanted)
        out = Path(folder) / "out.sqlite"
        bare, checked, ours, with_log = (
            min(times)
            for times in zip(
                *(
                    (
                        _time(lambda: _bare(source, out), out),
                        _time(lambda: _bare(source, out, is_checked=True), out),
                        _time(lambda: write_copy(source, out), out),
                        _time(lambda: write_copy(source, out, with_log=True), out),
                    )
                    for _ in range(ROUNDS)
                ),
                strict=True,
            )
        )
        size_mb = source.stat().st_size / 1e6
    print(f"{wanted:,} quotes, {size_mb:.0f} MB, best of {ROUNDS}: bare {bare:.2f} s, bare and checked {checked:.2f} s")
    for name, taken in (("copy without the log", ours), ("copy with the log", with_log)):
        print(f"{name}: {taken:.2f} s, {taken / bare:.2f} x bare, {taken / checked:.2f} x bare and checked")


def _make(path: Path, wanted: int) -> None:
    sample_file.make(path)
    with closing(Store.open(path)) as store:
        quotes = store.each(Quote)
        for start in range(0, wanted, AT_ONCE):
            again = (replace(quotes[n % len(quotes)], id=new_id(), position=n) for n in range(start, start + AT_ONCE))
            store.apply(Edit(after=tuple(again)), "Add quotes")


def _time(deed: Callable[[], object], out: Path) -> float:
    out.unlink(missing_ok=True)
    start = time.perf_counter()
    deed()
    return time.perf_counter() - start


def _bare(source: Path, out: Path, *, is_checked: bool = False) -> None:
    with closing(sqlite3.connect(source)) as raw:
        raw.execute("vacuum into ?", (str(out),))
    if is_checked:
        with closing(sqlite3.connect(out)) as raw:
            raw.execute("pragma integrity_check").fetchall()
            raw.execute("pragma foreign_key_check").fetchall()


if __name__ == "__main__":
    main()

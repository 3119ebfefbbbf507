"""How long a full copy takes against a bare VACUUM INTO: `python benchmarks/full_copy.py [QUOTES or FILE]`.

Both run in turn in one process; what counts is the ratio. The goal is 1.5 or less (snapshot first).
"""

import sqlite3
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from functools import partial
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from db import sample_file
from db.copy import write_copy
from db.edit import Edit
from db.full_copy import write_full_copy
from db.records import Quote, new_id
from db.safe_copy import write_safe_copy
from db.store import Store

ROUNDS = 3
AT_ONCE = 1_000


def main() -> None:
    """Print the times and the ratios."""
    asked = sys.argv[1] if len(sys.argv) > 1 else "20000"
    with tempfile.TemporaryDirectory() as folder:
        source = Path(asked)
        if asked.isdigit():
            source = Path(folder) / "source.sqlite"
            _make(source, int(asked))
        out = Path(folder) / "out.sqlite"
        rounds = [[_time(partial(work, source, out), out) for _, work in _WORKS] for _ in range(ROUNDS)]
        size_mb = source.stat().st_size / 1e6
    times = [min(one) for one in zip(*rounds, strict=True)]
    print(f"{source.name}, {size_mb:.0f} MB, best of {ROUNDS}")
    for (name, _), taken in zip(_WORKS, times, strict=True):
        print(f"{name:28} {taken:6.2f} s  {taken / times[0]:5.2f} x bare  {taken / times[1]:5.2f} x bare and checked")


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


_WORKS: tuple[tuple[str, Callable[[Path, Path], object]], ...] = (
    ("bare VACUUM INTO", _bare),
    ("bare and checked", partial(_bare, is_checked=True)),
    ("copy without the log", write_copy),
    ("full copy, with its manifest", partial(write_full_copy, replace=True)),
    ("safe copy", partial(write_safe_copy, replace=True)),
)


if __name__ == "__main__":
    main()

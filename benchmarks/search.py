"""Prints how long a search takes against the bare SQL that does the same, as a table for docs/speed.md.

    python -m benchmarks.search [FILE.sqlite | QUOTES ...]

Bare is FTS5 alone, on the same file in the same run: the newest 20 with their snippets, and the count capped at
1,000. "Grouped" is the same for each of the six groups of hits that we show. All take turns; ratios are those of the
95th percentiles. "Quick" is what a key press waits for, "whole" also looks for other forms of the words, which comes
when the typing rests.
"""

import sqlite3
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from benchmarks import generate
from db import search
from db.passages import Group
from db.store import Store
from db.text import fold

CLASSES = {
    "1 letter": ("c", "s", "p", "w", "2"),
    "2 letters": ("ch", "so", "pa", "we", "20"),
    "3 letters": ("chi", "soc", "par", "wel", "hub"),
    "4 letters": ("chil", "soci", "pare", "well", "insp"),
    "5 letters": ("child", "socia", "paren", "leade", "inspe"),
    "1 word": ("children ", "workforce ", "leavers ", "parenting ", "well-being "),
    "2 words": ("social wor", "care leavers ", "children hom", "Pearce par", "County 12"),
    "3 words": ("leaders know the", "care leavers wai", "children social work ", "the of and ", "hub is one"),
    "phrase": ('"care leavers"', '"social workers', '"is one of them"', '"children in care"', '"of the"'),
    "half the file": ("children ", "the ", "of ", "children the ", "one "),
    "nothing": ("wombat", "xyzzy ", "children wombats", '"the of the"', "zzzz"),
}
TYPED = ("children", "social work", "Pearce parenting", "care leavers", "well-being", "visiting", "County 12")
ROUNDS = 5
PAGE = 20


def main(wanted: Sequence[str]) -> None:
    """Measure each file, or a made one of each size."""
    for each in wanted:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(each)
            if each.isdigit():
                path = Path(folder) / "generated.sqlite"
                generate.make(path, int(each))
            store = Store.open(path)
            try:
                _measure(store)
            finally:
                store.close()


def _measure(store: Store) -> None:
    raw = store.connection.raw
    quotes, passages = (raw.execute(f"select count(*) from {name}").fetchone()[0] for name in ("quote", "passage"))
    print(f"\n{quotes:,} quotes, {passages:,} passages, {store.path.stat().st_size / 1e6:,.0f} MB; milliseconds\n")
    print("| typed | bare | bare 95 % | grouped 95 % | quick | quick 95 % | to bare | to grouped | whole 95 % |")
    print("|---|---|---|---|---|---|---|---|---|")
    keys = [word[:end] for word in TYPED for end in range(1, len(word) + 1)]
    times = [_line(store, name, typed) for name, typed in {**CLASSES, "key by key": keys}.items()]
    _print("**all**", [[second for each in times for second in each[which]] for which in range(4)])


def _line(store: Store, name: str, typed: Sequence[str]) -> list[list[float]]:
    times: list[list[float]] = [[], [], [], []]
    for _ in range(ROUNDS):
        for each in typed:
            deeds: tuple[Callable[[], object], ...] = (
                partial(_bare, store.connection.raw, each, [(0, 2**62)]),
                partial(_bare, store.connection.raw, each, [(group.rows[0], group.rows[-1]) for group in Group]),
                partial(search.find, store, each, PAGE, is_quick=True),
                partial(search.find, store, each, PAGE),
            )
            for taken, deed in zip(times, deeds, strict=True):
                taken.append(_seconds(deed))
    _print(name, times)
    return times


def _print(name: str, times: Sequence[Sequence[float]]) -> None:
    (bare, bare_slow), (_, grouped), (quick, quick_slow), (_, whole) = ((_at(t, 0.5), _at(t, 0.95)) for t in times)
    print(
        f"| {name} | {bare:.2f} | {bare_slow:.2f} | {grouped:.2f} | {quick:.2f} | {quick_slow:.2f} "
        f"| {quick_slow / bare_slow:.2f} | {quick_slow / grouped:.2f} | {whole:.2f} |"
    )


def _bare(raw: sqlite3.Connection, typed: str, spans: Sequence[tuple[int, int]]) -> None:
    text = fold(typed)
    if text.startswith('"'):
        expression = f'"{text.strip(chr(34))}"' + ("" if text.endswith('"') else "*")
    else:
        expression = " ".join(f'"{word}"' for word in text.split()) + ("" if typed.endswith(" ") else "*")
    for first, last in spans:
        raw.execute(
            "select record_type, record_id, field, snippet(words, 0, '[', ']', '…', 24) from words join passage "
            "on passage.row = words.rowid where words match ? and words.rowid between ? and ? "
            "order by words.rowid desc limit ?",
            (expression, first, last, PAGE),
        ).fetchall()
        raw.execute(
            "select count(*) from (select 1 from words where words match ? and rowid between ? and ? limit 1001)",
            (expression, first, last),
        ).fetchall()


def _seconds(deed: Callable[[], object]) -> float:
    start = time.thread_time()  # of the processor, so that what else runs on the machine does not count
    deed()
    return time.thread_time() - start


def _at(seconds: Sequence[float], share: float) -> float:
    return sorted(seconds)[int(len(seconds) * share)] * 1000


if __name__ == "__main__":
    main(sys.argv[1:] or ["2000"])

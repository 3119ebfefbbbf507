"""Prints how long a report takes from its file to its draft, against the bare extraction of its text.

    python -m benchmarks.drafting REPORT.pdf [REPORT.pdf ...]

Bare is pypdfium2 alone: each page loaded and its text taken, in a process of its own that stays. Ours is the reader's
process, the message between the two, the paragraphs and the draft made here. Both are run in turn; the ratio is that
of the sums of the medians. What the draft adds to the paragraphs is told apart. Last come all reports in one go, as
`main.py read` takes them: several processes read, each its own report, while another one is drafted. Bare is one.
"""

import statistics
import sys
import time
from collections.abc import Callable
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path

from benchmarks.reading import _ask_bare, _serve_bare
from desktop_app.command_read import lines_of, readers_for
from desktop_app.reading import draft
from desktop_app.reading.pages import Reader
from desktop_app.reading.paragraphs import from_pages

ROUNDS = 9


def main(paths: list[Path]) -> None:
    """Measure all reports in turn."""
    spawning = get_context("spawn")
    here, there = spawning.Pipe()
    spawning.Process(target=_serve_bare, args=(there,), daemon=True).start()
    sums = {"bare": 0.0, "ours": 0.0, "draft": 0.0}
    pages = 0
    with Reader() as reader:
        for content in [path.read_bytes() for path in paths]:
            reader.open(content)
            read = reader.pages()
            paragraphs = from_pages(read)
            pages += len(read.pages)
            asked: dict[str, Callable[[], object]] = {
                "bare": lambda content=content: _ask_bare(here, content),  # type: ignore[misc]
                "ours": lambda content=content: _draft(reader, content),  # type: ignore[misc]
                "draft": lambda read=read, paragraphs=paragraphs: draft.from_report(read, paragraphs),  # type: ignore[misc]
            }
            for each in asked.values():
                each()
            times = [{name: _ms(work) for name, work in asked.items()} for _ in range(ROUNDS)]
            for name in sums:
                sums[name] += statistics.median(round_of[name] for round_of in times)
    with readers_for(paths) as readers:
        _in_one_go(here, readers, paths)
        gone = [_in_one_go(here, readers, paths) for _ in range(ROUNDS)]
    here.send_bytes(b"")
    bare_ms, ours_ms = (statistics.median(times) for times in zip(*gone, strict=True))
    each_page = {name: total / pages for name, total in sums.items()}
    print(
        f"{len(paths)} reports, {pages} pages: ours {each_page['ours']:.2f} ms a page (the draft alone "
        f"{each_page['draft']:.2f}), bare {each_page['bare']:.2f}, ratio {sums['ours'] / sums['bare']:.2f}; "
        f"all in one go: ours {ours_ms:.0f} ms, bare {bare_ms:.0f}, ratio {ours_ms / bare_ms:.2f}"
    )


def _in_one_go(bare: Connection, readers: list[Reader], paths: list[Path]) -> tuple[float, float]:
    """How long all reports take one after the other, bare and ours."""

    def ours() -> None:
        with lines_of(readers, paths) as lines:
            list(lines)

    return _ms(lambda: [_ask_bare(bare, path.read_bytes()) for path in paths]), _ms(ours)


def _draft(reader: Reader, content: bytes) -> None:
    reader.open(content)
    draft.from_report(reader.pages())


def _ms(work: Callable[[], object]) -> float:
    since = time.perf_counter()
    work()
    return 1_000 * (time.perf_counter() - since)


if __name__ == "__main__":
    main([Path(name) for name in sys.argv[1:]])

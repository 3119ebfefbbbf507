"""Reports to drafts without a window: one JSON line for each file."""

import argparse
import hashlib
import json
import os
import sys
from collections import deque
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from importlib import import_module
from itertools import islice
from pathlib import Path
from queue import SimpleQueue
from threading import Event
from typing import Any

from db.snapshot import Cancelled, untold
from desktop_app.reading.pages import CannotRead, Pages, Reader

_MOST_READERS = 4  # processes, each with a report in its memory
_INTERRUPTED = 130  # what a shell expects after Ctrl+C
_EPILOG = """\
Each line holds the file, its SHA-256 and what the report prints: framework, kind, authority, dates, lead
inspector, judgements and areas for improvement. What is not printed is null. "doubts" says what to check.
A file that cannot be read gives a line with "error", and the next one is read.
"""


def run(words: Sequence[str]) -> int:
    """Print one JSON line for each report; return 0, or 1 where one could not be read.

    Progress is shown on a terminal, and nowhere else.
    """
    paths = _parser().parse_args(words).reports
    failed = 0
    try:
        with readers_for(paths) as readers, lines_of(readers, paths) as lines:
            _show(f"1 of {len(paths)}: {paths[0].name}")
            for at, line in enumerate(lines, start=1):
                failed += "error" in line
                _show("")
                print(json.dumps(line, ensure_ascii=False), flush=True)
                if paths[at:]:
                    _show(f"{at + 1} of {len(paths)}: {paths[at].name}")
    except KeyboardInterrupt:
        _show("")
        print("Stopped.", file=sys.stderr)
        return _INTERRUPTED
    return 1 if failed else 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="inspection-log read",
        description="Print what inspection reports say, one JSON line for each.",
        epilog=_EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("reports", nargs="+", type=Path, metavar="REPORT.pdf", help="a report as a PDF")
    return parser


def _show(words: str) -> None:
    """One line on a terminal, written over; empty words wipe it."""
    if sys.stderr.isatty():
        print(f"\r{words[:78]:<78}\r", end="", file=sys.stderr, flush=True)


Reading = tuple[dict[str, Any], Pages | None]


@contextmanager
def readers_for(paths: Sequence[Path]) -> Iterator[list[Reader]]:
    """As many processes that read as there is work and room for, each on its own file."""
    with ExitStack() as readers:
        yield [readers.enter_context(Reader()) for _ in range(min(len(paths), os.cpu_count() or 1, _MOST_READERS))]


@contextmanager
def lines_of(readers: Sequence[Reader], paths: Sequence[Path]) -> Iterator[Iterator[dict[str, Any]]]:
    """What is printed for each file, in order: the next files are read by their processes while this one is drafted."""
    is_stopped = Event()
    free: SimpleQueue[Reader] = SimpleQueue()
    for reader in readers:
        free.put(reader)
    threads = ThreadPoolExecutor(max_workers=len(readers))
    waiting = iter(paths)
    coming = deque(threads.submit(_read_by_one, free, path, is_stopped) for path in islice(waiting, len(readers)))
    _import_drafts()

    def lines() -> Iterator[dict[str, Any]]:
        while coming:
            reading = coming.popleft().result()
            coming.extend(threads.submit(_read_by_one, free, path, is_stopped) for path in islice(waiting, 1))
            yield _line(reading)

    try:
        yield lines()
    finally:
        is_stopped.set()
        threads.shutdown(cancel_futures=True)


def _read_by_one(free: "SimpleQueue[Reader]", path: Path, is_stopped: Event) -> Reading:
    """Have a file read by a process that has none to read."""
    reader = free.get()
    try:
        return _reading(reader, path, is_stopped)
    finally:
        free.put(reader)


def line_of(reader: Reader, path: Path) -> dict[str, Any]:
    """What is printed for one file."""
    return _line(_reading(reader, path, Event()))


def _reading(reader: Reader, path: Path, is_stopped: Event) -> Reading:
    """The pages of a file; none where it cannot be read, with the reason."""
    try:
        content = path.read_bytes()
    except OSError:
        return {"file": path.name, "error": "The file could not be opened."}, None
    head = {"file": path.name, "sha256": hashlib.sha256(content).hexdigest()}
    try:
        reader.open(content)
        return head, reader.pages(untold, is_stopped.is_set)
    except CannotRead as error:
        return head | {"error": str(error)}, None
    except Cancelled:
        return head | {"error": "Stopped."}, None


def _import_drafts() -> None:
    """Load what makes drafts, while the other process starts and reads the first file."""
    import_module("desktop_app.reading.draft")
    import_module("desktop_app.reading.draft_answers")


def _line(reading: Reading) -> dict[str, Any]:
    from desktop_app.reading import draft, draft_answers

    head, pages = reading
    if pages is None:
        return head
    try:
        return head | {"n_pages": len(pages.pages)} | draft_answers.facts_of(draft.from_report(pages))
    except CannotRead as error:
        return head | {"error": str(error)}

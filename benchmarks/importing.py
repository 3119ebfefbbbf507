"""How long an import takes against reading the cells alone: `python -m benchmarks.importing [ROWS]`.

Each work runs in a process of its own, in turn, so that each has its own peak of memory; what counts are the ratios.
"Bare" reads every cell by openpyxl (read only, values) or by csv and does nothing with it. "Rows" is our reading,
"plan" the dry run with every row matched against an empty file, "write" the one edit that follows. A smaller table
beside the large one tells whether memory grows with the table's length where only rows are read.
"""

import csv
import multiprocessing
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import closing
from datetime import date, timedelta
from multiprocessing.queues import Queue
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[1]))

from db.lists import Lists
from db.store import Store
from desktop_app.exchange.import_file import Wish, look_at, plan_with, vocabulary_of
from desktop_app.exchange.import_source import Source

ROWS, ROUNDS = 20_000, 2
COUNCILS = 153
HEADINGS = (
    "Council,URN,Inspection dates,Kind,Overall,Help and protection,Children in care,Care leavers,Leaders,"
    "Lead inspector,Published,Link,Area for improvement,Ref,Notes"
).split(",")
GRADES = ("Good", "RI", "Outstanding", "Inadequate", "Requires improvement to be good")


def main() -> None:
    """Print the times, the ratios and the peaks of memory."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else ROWS
    with tempfile.TemporaryDirectory() as folder:
        for form, write in (("xlsx", _write_xlsx), ("csv", _write_csv)):
            path, small = Path(folder) / f"log.{form}", Path(folder) / f"small.{form}"
            write(path, count)
            write(small, count // 10)
            _compare(form, path, small, Path(folder))


def _compare(form: str, path: Path, small: Path, folder: Path) -> None:
    works = (_bare_xlsx if form == "xlsx" else _bare_csv, _rows, _plan, _write)
    rounds = [[_measured(work, path, folder) for work in works] for _ in range(ROUNDS)]
    bare_s = min(one[0][0] for one in rounds)
    for place, work in enumerate(works):
        taken = min(one[place][0] for one in rounds)
        peak = max(one[place][1] for one in rounds)
        name = work.__name__.strip("_")
        print(f"{form} {name:10} {taken:7.2f} s  {taken / bare_s:5.2f} of bare  {peak:6.0f} MB at its peak")
    print(f"{form} rows of a tenth of it  {_measured(_rows, small, folder)[1]:6.0f} MB at its peak")


def _measured(work: Callable[..., float], *arguments: Path) -> tuple[float, float]:
    context = multiprocessing.get_context("spawn")
    queue: Any = context.Queue()
    process = context.Process(target=_run, args=(queue, work, arguments))
    process.start()
    process.join()
    if process.exitcode:
        raise SystemExit(f"{work.__name__.strip('_')} failed")
    return queue.get()


def _run(queue: "Queue[Any]", work: Callable[..., float], arguments: tuple[Path, ...]) -> None:
    import resource

    taken = work(*arguments)
    queue.put((taken, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024))


def _cells(number: int) -> list[Any]:
    first = date(2018, 2, 5) + timedelta(days=14 * (number // COUNCILS))
    last = first + timedelta(days=11)
    grades = [GRADES[(number + place) % len(GRADES)] for place in range(5)]
    if first.year < 2023:
        grades[3] = grades[2]  # judged together until then
    days = f"{first.day:02d}/{first.month:02d}/{first.year} to {last.day:02d}/{last.month:02d}/{last.year}"
    return [
        f"Council {number % COUNCILS} Borough",
        80_000 + number % COUNCILS,
        days,
        "ILACS standard",
        *grades,
        f"Inspector {number % 40}",
        last + timedelta(days=42),
        f"https://files.ofsted.gov.uk/v1/file/{number}",
        f"The quality of plans for group {number} of children who need help and protection.",
        number % 9 + 1,
        f"Note {number} on what was said at the meeting with the inspectors, and what was agreed after it.",
    ]


def _write_xlsx(path: Path, count: int) -> None:
    import xlsxwriter

    options = {"constant_memory": True, "default_date_format": "dd/mm/yyyy"}
    with xlsxwriter.Workbook(str(path), options) as book:
        sheet = book.add_worksheet("Log")
        sheet.write_row(0, 0, HEADINGS)
        for number in range(count):
            sheet.write_row(number + 1, 0, _cells(number))


def _write_csv(path: Path, count: int) -> None:
    with path.open("w", newline="", encoding="utf-8") as out:
        writer = csv.writer(out)
        writer.writerow(HEADINGS)
        for number in range(count):
            writer.writerow([f"{one:%d/%m/%Y}" if isinstance(one, date) else one for one in _cells(number)])


def _bare_xlsx(path: Path, _folder: Path) -> float:
    import openpyxl

    start = time.perf_counter()
    book = openpyxl.load_workbook(path, read_only=True, data_only=True)
    for _ in book.worksheets[0].iter_rows(values_only=True):
        pass
    return time.perf_counter() - start


def _bare_csv(path: Path, _folder: Path) -> float:
    start = time.perf_counter()
    with path.open(newline="", encoding="utf-8") as lines:
        for _ in csv.reader(lines):
            pass
    return time.perf_counter() - start


def _rows(path: Path, _folder: Path) -> float:
    start = time.perf_counter()
    for _ in Source(path).rows():
        pass
    return time.perf_counter() - start


def _plan(path: Path, folder: Path) -> float:
    return _planned(path, folder, is_written=False)


def _write(path: Path, folder: Path) -> float:
    return _planned(path, folder, is_written=True)


def _planned(path: Path, folder: Path, *, is_written: bool) -> float:
    target = folder / "empty.sqlite"
    target.unlink(missing_ok=True)
    with closing(Store.create(target)) as store:
        start = time.perf_counter()
        columns = look_at(Source(path), vocabulary_of(Lists.read(store)))
        plan = plan_with(store, columns, Wish(columns.fields))
        assert not plan.problem_count, plan.problems[:3]
        if is_written:
            start = time.perf_counter()
            store.apply(plan.edit, "Import")
        return time.perf_counter() - start


if __name__ == "__main__":
    main()

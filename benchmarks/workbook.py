"""How long a workbook takes against bare XlsxWriter writing the same cells: `python -m benchmarks.workbook FILE`.

Both run in turn in processes of their own, so that each has its own peak of memory; what counts are the ratios. The
bare program is told the same cells, dates as dates and each with its format, from a list on the disk, as ours is from
SQLite after a snapshot and the choice of what may go out; the goal is 1.3 or less. FILE may be made by
`benchmarks.generate`; memory is to stay flat between a small file and a large one.
"""

import json
import multiprocessing
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from datetime import date
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[1]))

from db.dates import PartialDate
from db.exported import TABLES, exported
from db.safe_content import Choice
from desktop_app.exchange.outgoing import Order
from desktop_app.exchange.tables import write_tables
from desktop_app.exchange.what_is_exported import Column, Form, columns_of
from desktop_app.exchange.workbook import write_workbook

ROUNDS = 3


def main() -> None:
    """Print the times, the ratios and the peaks of memory."""
    source = Path(sys.argv[1])
    with tempfile.TemporaryDirectory() as folder:
        cells = Path(folder) / "cells.jsonl"
        read_s, _ = _measured(_read, source, cells)
        rounds = [[_measured(work, source, Path(folder) / name, cells) for work, name in _WORKS] for _ in range(ROUNDS)]
    times = [min(one[0] for one in works) for works in zip(*rounds, strict=True)]
    peaks = [max(one[1] for one in works) for works in zip(*rounds, strict=True)]
    bare = times[0]
    print(f"reading what goes out: {read_s:.2f} s")
    for (work, _), taken, peak in zip(_WORKS, times, peaks, strict=True):
        print(f"{work.__name__.strip('_'):10} {taken:7.2f} s  {taken / bare:5.2f} of bare  {peak:6.0f} MB at its peak")


def _measured(work: Callable[..., float], *arguments: Path) -> tuple[float, float]:
    with ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("spawn")) as pool:
        return pool.submit(_run, work, *arguments).result()


def _run(work: Callable[..., float], *arguments: Path) -> tuple[float, float]:
    import resource

    return work(*arguments), resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def _read(source: Path, cells: Path) -> float:
    start = time.perf_counter()
    with exported(source, Choice()) as read, cells.open("w", encoding="utf-8") as out:
        for table in TABLES:
            columns = columns_of(read, table)
            for row in read.rows(table):
                cells = [cell for column, value in zip(columns, row, strict=True) for cell in _cells(column, value)]
                out.write(json.dumps([table.title, *cells]) + "\n")
    return time.perf_counter() - start


def _cells(column: Column, value: Any) -> Iterator[tuple[str, Any]]:
    """The cells of a value, as a kind and what is written: a text, a number, or the number of a day."""
    is_empty = value is None or value == ""
    if is_empty or column.form is not Form.DATE:
        yield ("number" if isinstance(value, int) else "text"), value
    else:
        yield ("day", value) if len(value) == 10 else ("text", str(PartialDate.from_iso(value)))
    if column.is_sorted_by:
        yield "day", None if is_empty else PartialDate.from_iso(value).first_day.isoformat()


def _bare(_source: Path, out: Path, cells: Path) -> float:
    import xlsxwriter

    start = time.perf_counter()
    with xlsxwriter.Workbook(str(out), {"constant_memory": True}) as book, cells.open(encoding="utf-8") as lines:
        looks = {
            "text": book.add_format({"text_wrap": True, "num_format": "@", "valign": "top"}),
            "number": book.add_format({"num_format": "0", "valign": "top"}),
            "day": book.add_format({"num_format": "d mmm yyyy", "valign": "top"}),
        }
        sheets: dict[str, Any] = {}
        rows: dict[str, int] = {}
        for line in lines:
            title, *row = json.loads(line)
            sheet = sheets.get(title) or sheets.setdefault(title, book.add_worksheet(title))
            number = rows[title] = rows.get(title, -1) + 1
            for column, (kind, value) in enumerate(row):
                if value is None or value == "":
                    continue
                if kind == "number":
                    sheet.write_number(number, column, value, looks[kind])
                elif kind == "day":
                    sheet.write_datetime(number, column, date.fromisoformat(value), looks[kind])
                else:
                    sheet.write_string(number, column, value, looks[kind])
    return time.perf_counter() - start


def _workbook(source: Path, out: Path, _cells: Path) -> float:
    start = time.perf_counter()
    write_workbook(Order(source, out, Choice(), replace=True))
    return time.perf_counter() - start


def _tables(source: Path, out: Path, _cells: Path) -> float:
    start = time.perf_counter()
    write_tables(Order(source, out, Choice(), replace=True))
    return time.perf_counter() - start


_WORKS: tuple[tuple[Callable[..., float], str], ...] = (
    (_bare, "bare.xlsx"),
    (_workbook, "ours.xlsx"),
    (_tables, "ours.zip"),
)


if __name__ == "__main__":
    main()

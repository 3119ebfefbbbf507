"""A spreadsheet taken in without a window: headings matched, rows read, one deed after a backup."""

import argparse
import json
import sys
from collections.abc import Callable, Mapping, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

from db.dates import parse
from db.errors import BadDate, StoreError
from db.lists import Lists
from db.records import Inspection, RecordType
from db.store import Store
from desktop_app.exchange import import_words
from desktop_app.exchange.import_dates import Doubt
from desktop_app.exchange.import_fields import Vocabulary, plain
from desktop_app.exchange.import_file import Columns, Plan, Wish, label, look_at, plan_with, vocabulary_of
from desktop_app.exchange.import_names import Providers
from desktop_app.exchange.import_source import Source

OnProgress = Callable[[float, str], None]
_SHOWN = 20  # problems on standard error
_LEFT_OUT = ("", "nothing", "none", "leave out", "-")
_EPILOG = """\
The headings are found, and columns are matched by them; --map says what a column is where the heading does not.
A field is named as the window names it ("First day, or all dates") or by its key; --fields lists them. A field of
nothing leaves a column out: --map "Notes=".

Where a row has a problem, each is listed by row and column, nothing is written and the exit status is 1;
--leave-out takes in the other rows all the same. Importing twice changes nothing: what your file says stays, and
only what is empty in it is filled.
"""


class RowsWithProblems(StoreError):
    """Some rows cannot be taken in, so nothing was written."""


def run(words: Sequence[str], on_progress: OnProgress) -> str:
    """Do what the arguments ask for; return what was done, in words or as JSON.

    Raises:
        StoreError: it was refused, or rows have problems; nothing was written.
    """
    asked = parser().parse_args(words)
    from db import owner_file
    from db.file_checks import check_header

    check_header(asked.file)
    if asked.fields:
        with closing(Store.open(asked.file, is_read_only=True)) as store:
            return _fields(vocabulary_of(Lists.read(store)))
    if asked.sheet_file is None:
        raise StoreError("Say which spreadsheet shall be imported.")
    if asked.dry_run:
        with closing(Store.open(asked.file, is_read_only=True)) as store:
            return _dry(store, asked, on_progress)
    claim = owner_file.take(asked.file)
    try:
        with closing(Store.open(asked.file)) as store:
            return _import(store, asked, on_progress)
    finally:
        claim.release()


def parser() -> argparse.ArgumentParser:
    """What may be asked for."""
    made = argparse.ArgumentParser(
        prog="inspection-log import",
        description="Take in what a spreadsheet has: .xlsx, or CSV of any encoding and delimiter.",
        epilog=_EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    made.add_argument("file", type=Path, metavar="FILE", help="the inspection log that is written to")
    made.add_argument("sheet_file", type=Path, nargs="?", metavar="SHEET", help="the spreadsheet; it stays as it is")
    made.add_argument("--sheet", default="", metavar="NAME", help="which sheet; else the one whose headings say most")
    made.add_argument("--headings", type=int, metavar="ROW", help="the row of the headings, where it is not found")
    made.add_argument(
        "--map", action="append", default=[], metavar="HEADING=FIELD", help="what a column is; may be given often"
    )
    made.add_argument("--provider", default="", metavar="NAME", help="the provider of rows that name none")
    made.add_argument("--kind", default="", metavar="KIND", help="the kind of inspection of rows that say none")
    made.add_argument(
        "--inspection",
        default="",
        metavar="DAY",
        help="the first day of the inspection that rows without one are about",
    )
    made.add_argument("--leave-out", action="store_true", help="leave out rows with problems, and take in the others")
    made.add_argument("--dry-run", action="store_true", help="say what would be done, and write nothing")
    made.add_argument("--json", action="store_true", help="say it as one JSON object on standard output")
    made.add_argument("--fields", action="store_true", help="list what a column may be, and end")
    return made


def _dry(store: Store, asked: argparse.Namespace, on_progress: OnProgress) -> str:
    columns, plan = _planned(store, asked, on_progress)
    _check(columns, plan, asked)
    return _as_json(columns, plan, is_written=False) if asked.json else f"Dry run. {import_words.summary(plan)}"


def _check(columns: Columns, plan: Plan, asked: argparse.Namespace) -> None:
    """Say on standard error what is to be known of the rows, and stop where some have problems."""
    _tell(plan)
    if plan.problem_count and not asked.leave_out:
        if asked.json:
            print(_as_json(columns, plan, is_written=False))
        count = "1 row has a problem" if plan.left_out == 1 else f"{plan.left_out:,} rows have problems"
        raise RowsWithProblems(f"{count}, so nothing was written. Correct them, or add --leave-out.")


def _import(store: Store, asked: argparse.Namespace, on_progress: OnProgress) -> str:
    from db import backup

    columns, plan = _planned(store, asked, on_progress)
    _check(columns, plan, asked)
    if not plan.is_empty:
        backup.make(asked.file, "import", on_progress=on_progress)
        on_progress(1.0, "Writing")
        store.apply(plan.edit, label(columns.source))
    return (
        _as_json(columns, plan, is_written=not plan.is_empty)
        if asked.json
        else import_words.done(plan, columns.source.name)
    )


def _planned(store: Store, asked: argparse.Namespace, on_progress: OnProgress) -> tuple[Columns, Plan]:
    lists = Lists.read(store)
    words = vocabulary_of(lists)
    columns = look_at(Source(asked.sheet_file), words, sheet=asked.sheet, row=asked.headings)
    provider_id = _provider(lists, asked.provider)
    wish = Wish(
        _mapped(columns, words, asked.map),
        provider_id=provider_id,
        kind=_kind(lists, asked.kind),
        inspection_id=_inspection(store, provider_id, asked.inspection),
    )
    return columns, plan_with(store, columns, wish, on_progress=on_progress)


def _mapped(columns: Columns, words: Vocabulary, maps: Sequence[str]) -> dict[int, str]:
    """The fields of the columns, with what --map says of some of them."""
    fields = columns.fields
    names = {plain(field.label): key for key, field in words.fields.items()}
    for one in maps:
        heading, sign, name = one.rpartition("=")
        if not sign:
            raise StoreError(f"“{one}” is not of the form HEADING=FIELD.")
        places = [column.place for column in columns.headings.columns if plain(column.heading) == plain(heading)]
        if not places:
            headings = ", ".join(column.heading for column in columns.headings.columns)
            raise StoreError(f"The table has no column “{heading}”. It has: {headings}.")
        key = name.strip() if name.strip() in words.fields else names.get(plain(name), "")
        if not key and name.strip().lower() not in _LEFT_OUT:
            raise StoreError(f"There is no field “{name}”. --fields lists them.")
        fields = {place: known for place, known in fields.items() if place not in places and known != key}
        if key:
            fields[places[0]] = key
    return fields


def _provider(lists: Lists, name: str) -> str:
    if not name:
        return next(iter(lists.providers)) if len(lists.providers) == 1 else ""
    try:
        found = Providers(lists.providers.values()).find(name)
    except Doubt as doubt:
        raise StoreError(f"{doubt}.") from doubt
    if found is None:
        raise StoreError(f"This file has no provider “{name}”.")
    return found.id


def _kind(lists: Lists, name: str) -> str:
    if not name:
        return ""
    wanted = plain(name)
    for kind in lists.kinds.values():
        if wanted in (plain(kind.code), plain(kind.label), plain(kind.name)):
            return kind.code
    raise StoreError(f"This file has no kind of inspection “{name}”.")


def _inspection(store: Store, provider_id: str, day: str) -> str:
    if not day:
        return ""
    try:
        wanted = parse(day)
    except BadDate as error:
        raise StoreError(f"{error}.") from error
    narrowed = {"provider_id": provider_id} if provider_id else {}
    found = store.each(Inspection, started_on=wanted.iso, **narrowed)
    if len(found) != 1:
        raise StoreError(f"This file has {len(found) or 'no'} inspections that began on {wanted}. Say --provider too.")
    return found[0].id


def _tell(plan: Plan) -> None:
    """Say on standard error what is to be known of the rows."""
    for problem in plan.problems[:_SHOWN]:
        print(problem.line, file=sys.stderr)
    if plan.problem_count > _SHOWN:
        print(f"And {plan.problem_count - _SHOWN:,} more problems.", file=sys.stderr)
    for notice in plan.notices:
        print(notice, file=sys.stderr)


def _fields(words: Vocabulary) -> str:
    return "\n".join(f"{field.key:28} {field.label}" for field in words.fields.values())


def _as_json(columns: Columns, plan: Plan, *, is_written: bool) -> str:
    new: Mapping[RecordType, int] = plan.new
    found: dict[str, Any] = {
        "file": columns.source.name,
        "sheet": columns.sheet,
        "headings_in_row": columns.headings.row,
        "layout": columns.headings.layout.name if columns.headings.layout else None,
        "written": is_written,
        "rows": plan.rows,
        "rows_left_out": plan.left_out,
        "rows_with_nothing_new": plan.known,
        "new": {kind.value: count for kind, count in new.items()},
        "filled": plan.filled,
        "problem_count": plan.problem_count,
        "problems": [
            {"row": one.row, "column": one.heading, "cell": one.shown, "problem": f"{one.sentence}."}
            for one in plan.problems
        ],
        "notices": list(plan.notices),
    }
    return json.dumps(found, ensure_ascii=False)

"""Files as older versions of the program left them, with records in them."""

import sqlite3
import tempfile
from contextlib import closing
from functools import cache
from pathlib import Path

from db import history, schema
from db.catalogue import shipped
from db.edit import Edit
from db.records import Record
from db.rows import shape, to_row, to_values
from tests.db.records_from_the_field import FAMILY, FINDING, LEADERS, OUTSTANDING, STANDARD

WITH_RECORDS, WITH_LOG = 2, 3  # the first version with each


def contents(version: int) -> list[Record]:
    """The records that such a file holds."""
    return [*_facts(), *(FAMILY if version >= WITH_RECORDS else ())]


@cache
def _facts() -> tuple[Record, ...]:
    """The shipped facts that the records of the field name, and those that these name."""
    wanted, facts = {STANDARD, LEADERS, OUTSTANDING, FINDING}, shipped()
    found: dict[str, Record] = {}
    while more := [fact for fact in facts if fact.id in wanted and fact.id not in found]:
        found |= {fact.id: fact for fact in more}
        wanted |= {name for fact in more for value in to_values(fact).values() for name in _names(value)}
    return tuple(found.values())


def _names(value: object) -> list[str]:
    return value if isinstance(value, list) else [str(value)]


def older_file(path: Path, version: int) -> Path:
    """Make a file of that version; its search index is empty, as a migration makes it anew."""
    path.write_bytes(_content(version))
    return path


@cache
def _content(version: int) -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        return _made(Path(folder) / "older.sqlite", version).read_bytes()


def _made(path: Path, version: int) -> Path:
    records = contents(version)
    with closing(sqlite3.connect(path, isolation_level=None)) as raw:
        raw.execute("pragma foreign_keys = on")
        raw.execute("begin immediate")
        schema.apply_steps(raw, stop_before=version + 1)
        raw.execute("pragma defer_foreign_keys = on")
        for record in records:
            _write(raw, record)
        if version >= WITH_LOG:
            history.add(raw, Edit(after=tuple(records)), "Enter everything")
        raw.execute("commit")
    return path


def _write(raw: sqlite3.Connection, record: Record) -> None:
    lies = shape(type(record))
    _insert(raw, lies.table, to_row(record))
    for link in lies.links:
        for place, other in enumerate(getattr(record, link.field)):
            _insert(raw, link.table, {link.owner_column: record.id, link.other_column: other, "position": place})


def _insert(raw: sqlite3.Connection, table: str, row: dict[str, object]) -> None:
    known = {name for _, name, *_ in raw.execute(f"pragma table_info({table})")}
    row = {name: value for name, value in row.items() if name in known}  # a later version may have more columns
    marks = ", ".join("?" * len(row))
    raw.execute(f"insert into {table} ({', '.join(row)}) values ({marks})", list(row.values()))

"""Whether a file is sound and what it tells: the measure of every fault test.

It looks at the file from outside: nothing of the program's own check is trusted here.
"""

import hashlib
import sqlite3
from collections.abc import Iterable
from contextlib import closing
from pathlib import Path

from db.errors import StoreError
from db.explaining import DAMAGE
from db.history import replay
from db.passages import INDEXES, rebuild
from db.records import Record
from db.rows import Row, classes, to_values
from db.store import Store

Told = dict[str, Row]


def told(records: Iterable[Record]) -> Told:
    """Records as their values, by id: in this form the file and its log can be compared."""
    return {record.id: to_values(record) for record in records}


def records_of(store: Store) -> Told:
    """Every record of the file."""
    return told(one for record_class in classes().values() for one in store.each(record_class))


def problems(store: Store) -> list[str]:
    """What is wrong with an open file; nothing where it is sound."""
    raw = store.connection.raw
    found = _damage(raw)
    if told(replay(raw).values()) != records_of(store):
        found.append("the change log tells other records than the file holds")
    return found + index_problems(raw)


def problems_of(path: Path) -> list[str]:
    """What is wrong with a file when it is opened again; it is closed afterwards."""
    try:
        with closing(Store.open(path)) as store:
            return problems(store)
    except (StoreError, *DAMAGE) as error:
        return [f"{type(error).__name__}: {error}"]


def _damage(raw: sqlite3.Connection) -> list[str]:
    found = [words for (words,) in raw.execute("pragma integrity_check") if words != "ok"]
    return found + [f"a {table} leads to no {other}" for table, _, other, _ in raw.execute("pragma foreign_key_check")]


def index_problems(raw: sqlite3.Connection) -> list[str]:
    """Where the search index says something else than one that is made anew from the records."""
    found = []
    for index in INDEXES:
        try:
            raw.execute(f"insert into {index}({index}, rank) values ('integrity-check', 1)")
        except sqlite3.DatabaseError as error:
            found.append(f"{index}: {error}")
    stands = _passages(raw)
    raw.execute("begin")
    try:
        rebuild(raw)
        return found if _passages(raw) == stands else [*found, "the passages are not those of the records"]
    finally:
        raw.execute("rollback")


def _passages(raw: sqlite3.Connection) -> list[tuple[object, ...]]:
    columns = [name for _, name, *_ in raw.execute("pragma table_info(passage)") if name != "row"]
    return sorted(raw.execute(f"select {', '.join(columns)} from passage").fetchall(), key=repr)


def fingerprint(raw: sqlite3.Connection) -> str:
    """One short text for everything that the tables hold, the log and the index as well."""
    seen = hashlib.sha256(str(raw.execute("pragma user_version").fetchone()).encode())
    for name, sql in raw.execute("select name, sql from sqlite_master where type = 'table' order by name").fetchall():
        seen.update(f"{name} {sql}".encode())
        for row in raw.execute(f'select * from "{name}"'):
            seen.update(repr(row).encode())
    return seen.hexdigest()

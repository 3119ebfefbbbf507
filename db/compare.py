"""What a backup and the present differ in, by the newest version of each record in their change logs."""

import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from db.check import reading
from db.records import RecordType

_ROWS_AT_ONCE = 5_000  # some milliseconds, so that no save waits for the reading
_NOT_LOGGED = ""

Versions = dict[str, tuple[str, str]]  # of a record's id: its type, and the id of its newest version


@dataclass(frozen=True, slots=True)
class Tally:
    """How many records of a type stand only in the present, only in the backup, and differently in both."""

    only_now: int = 0
    only_in_backup: int = 0
    differing: int = 0


@dataclass(frozen=True, slots=True)
class Difference:
    """What restoring a backup would take away, bring back and change back.

    `by_type` has only types that differ. `deeds_since` are moment (UTC) and label of what was done after the backup,
    newest first.
    """

    by_type: dict[RecordType, Tally] = field(default_factory=dict)
    deeds_since: tuple[tuple[str, str], ...] = ()

    @property
    def is_nothing(self) -> bool:
        return not self.by_type and not self.deeds_since


def difference(backup_path: Path, present_path: Path | None) -> Difference:
    """Compare a backup with the present; None for a present that cannot be read, where everything comes back.

    A file of a version without a change log is compared by the ids of its records alone.

    Raises:
        NotOurs, FileTooNew, Damaged, Busy, CannotWrite: one of them cannot be read.
    """
    with reading(backup_path) as raw:
        then, deeds_then = _versions(raw), {deed_id for deed_id, _, _ in _deeds(raw)}
    if present_path is None:
        return Difference(_tallies({}, then))
    with reading(present_path) as raw:
        now, deeds = _versions(raw), _deeds(raw)
    since = tuple((at, label) for deed_id, at, label in reversed(deeds) if deed_id not in deeds_then)
    return Difference(_tallies(now, then), since)


def _tallies(now: Versions, then: Versions) -> dict[RecordType, Tally]:
    found = {}
    for record_type in RecordType:
        here = {key: version for key, (kind, version) in now.items() if kind == record_type}
        there = {key: version for key, (kind, version) in then.items() if kind == record_type}
        both = [(here[key], there[key]) for key in here.keys() & there.keys()]
        differing = sum(mine != theirs for mine, theirs in both if _NOT_LOGGED not in (mine, theirs))
        tally = Tally(len(here.keys() - there.keys()), len(there.keys() - here.keys()), differing)
        if tally != Tally():
            found[record_type] = tally
    return found


def _versions(raw: sqlite3.Connection) -> Versions:
    if not _has_log(raw):
        return {key: (kind.value, _NOT_LOGGED) for kind in _tables(raw) for (key,) in _in_parts(raw, f"id from {kind}")}
    found: Versions = {}
    for key, kind, version, is_removal in _in_parts(raw, "record_id, record_type, id, after is null from change"):
        if is_removal:
            found.pop(key, None)
        else:
            found[key] = kind, version
    return found


def _has_log(raw: sqlite3.Connection) -> bool:
    return bool(raw.execute("select 1 from sqlite_master where name = 'change'").fetchone())


def _tables(raw: sqlite3.Connection) -> list[RecordType]:
    there = {name for (name,) in raw.execute("select name from sqlite_master where type = 'table'")}
    return [kind for kind in RecordType if kind.value in there]


def _deeds(raw: sqlite3.Connection) -> list[tuple[str, str, str]]:
    return list(_in_parts(raw, "id, at, label from deed")) if _has_log(raw) else []


def _in_parts(raw: sqlite3.Connection, what: str) -> Iterator[tuple]:
    """The rows of a table in order, read a part at a time: between two parts nothing holds the file."""
    columns, _, table = what.rpartition(" from ")
    last = 0
    while rows := raw.execute(
        f"select row, {columns} from {table} where row > ? order by row limit ?", (last, _ROWS_AT_ONCE)
    ).fetchall():
        yield from (row[1:] for row in rows)
        last = rows[-1][0]

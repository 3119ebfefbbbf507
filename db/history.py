"""The change log: what changed, when, by whom. It only grows; undo and removal are entries too."""

import json
import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime

from db.edit import Edit
from db.machine import user_name
from db.records import Record, RecordType, new_id
from db.rows import Row, classes, from_values, to_values


@dataclass(frozen=True, slots=True)
class Removed:
    """One deed that removed records: its label, moment (UTC) and what can be put back."""

    deed_id: str
    label: str
    at: str
    records: tuple[Record, ...]


@dataclass(frozen=True, slots=True)
class Change:
    """What one deed changed in one record: the values that differ, before and after."""

    label: str
    at: str
    who: str
    before: Row | None
    after: Row | None


def add(connection: sqlite3.Connection, edit: Edit, label: str) -> str:
    """Write an edit's entry inside its transaction; return the deed's id.

    Args:
        edit: what is being written; unchanged records leave no entry. A version that it learns stands under
            the id that it has in the other file, and what became of it under an id of ours.
    """
    deed_id = new_id()
    moment = datetime.now(UTC).isoformat(timespec="milliseconds")
    undoes = edit.undoes or None
    connection.execute(
        "insert into deed (id, label, at, who, undoes) values (?, ?, ?, ?, ?)",
        (deed_id, label, moment, user_name(), undoes),
    )
    connection.executemany(
        "insert into change (id, deed_id, record_type, record_id, before, after) values (?, ?, ?, ?, ?, ?)",
        [(version, deed_id, *entry) for version, *entry in (*_learnt(edit), *_entries(edit))],
    )
    return deed_id


def _learnt(edit: Edit) -> Iterable[tuple[str | None, ...]]:
    after = {record.id: record for record in edit.after}
    gone = {record.id for record in edit.before} - after.keys()
    for one in edit.learnt:
        record = one.record
        head = record.record_type.value, record.id
        *earlier, newest = one.versions
        for version in earlier:
            yield version, *head, "{}", "{}"
        yield newest, *head, *_difference(one.here, one.there)
        outcome = after.get(record.id, None if record.id in gone else one.here)
        if outcome != one.there or (one.is_settled and outcome):
            yield new_id(), *head, *_difference(one.there, outcome)


def _entries(edit: Edit) -> Iterable[tuple[str | None, ...]]:
    told = {one.record.id for one in edit.learnt}
    before = {record.id: record for record in edit.before}
    after = {record.id: record for record in edit.after}
    for key in dict.fromkeys((*before, *after)):
        old, new = before.get(key), after.get(key)
        if old != new and key not in told:
            kind = (old or new).record_type.value  # type: ignore[union-attr]
            yield new_id(), kind, key, *_difference(old, new)


def _difference(old: Record | None, new: Record | None) -> tuple[str | None, str | None]:
    """The values before and after: those that differ, or all where there is a record on one side only."""
    if old is None or new is None:
        return _json(to_values(old) if old else None), _json(to_values(new) if new else None)
    was, now = to_values(old), to_values(new)
    names = [name for name in now if was[name] != now[name]]
    return _json({name: was[name] for name in names}), _json({name: now[name] for name in names})


def _json(values: Row | None) -> str | None:
    return None if values is None else json.dumps(values, ensure_ascii=False, separators=(",", ":"))


def of_record(connection: sqlite3.Connection, record_id: str) -> list[Change]:
    """Everything that happened to one record, oldest first; a version that changed nothing is left out."""
    rows = connection.execute(
        "select label, at, who, before, after from change join deed on deed.id = deed_id "
        "where record_id = ? and not (before is '{}' and after is '{}') order by change.row",
        (record_id,),
    )
    return [Change(label, at, by, _values(before), _values(after)) for label, at, by, before, after in rows]


def _values(text: str | None) -> Row | None:
    return None if text is None else json.loads(text)


def was_removed(connection: sqlite3.Connection, record_id: str) -> bool:
    """Whether the newest entry of a record is its removal."""
    found = connection.execute(
        "select after is null from change where record_id = ? order by row desc limit 1", (record_id,)
    ).fetchone()
    return bool(found and found[0])


def removed(connection: sqlite3.Connection) -> list[Removed]:
    """The deeds whose removed records are still gone, newest first.

    A record that came back, by undo or otherwise, no longer stands here; taking back an addition by
    undo counts as a removal too, so that nothing that was ever typed is out of reach.
    """
    rows = connection.execute(
        "select deed.id, label, at, record_type, record_id, before from change join deed on deed.id = deed_id "
        "where after is null and before <> '{}' and not exists (select 1 from change as later "
        "where later.record_id = change.record_id and later.row > change.row) order by change.row desc"
    ).fetchall()
    found: dict[str, Removed] = {}
    for deed_id, label, at, kind, _, before in rows:
        record = from_values(classes()[RecordType(kind)], json.loads(before))
        deed = found.get(deed_id)
        kept = deed.records if deed else ()
        found[deed_id] = Removed(deed_id, label, at, (*kept, record))
    return list(found.values())


def replay(connection: sqlite3.Connection) -> dict[str, Record]:
    """Every record as the log alone tells it, by id: the measure for a deep check of the file."""
    values: dict[str, tuple[str, Row]] = {}
    for kind, key, after in connection.execute("select record_type, record_id, after from change order by row"):
        if after is None:
            values.pop(key, None)
        else:
            known = values[key][1] if key in values else {}
            values[key] = kind, known | json.loads(after)
    return {key: from_values(classes()[RecordType(kind)], row) for key, (kind, row) in values.items()}

"""The change log as it concerns one record, newest first; of an inspection with all that hangs on it."""

import json
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass

from db.copy_log import FIRST_DEED
from db.damage import readable
from db.edit import Edit
from db.errors import Stale
from db.field_words import name_of, noun
from db.records import Inspection, Record, RecordType
from db.rows import Row, classes, from_values, to_values
from db.store import Store

AT_ONCE = 500
_MOVED = "before glob '{\"position\":*}' and before not glob '*,*'"
_NOT_PUT_BACK = {
    (RecordType.INSPECTION, "kind_id"),  # its judgements went along with it
    (RecordType.QUOTE, "position"),  # the rows beside it moved too
    (RecordType.AREA_FOR_IMPROVEMENT, "position"),
}


@dataclass(frozen=True, slots=True)
class Entry:
    """What one deed changed in one record: the values that differ, before and after; `row` gives the order."""

    row: int
    label: str
    at: str
    who: str
    record_type: RecordType
    record_id: str
    before: Row | None
    after: Row | None


@readable()
def read(
    store: Store, record: Record, *, with_family: bool = False, below: int | None = None, most: int = AT_ONCE
) -> list[Entry]:
    """The newest entries of a record.

    Args:
        with_family: those of the judgements, quotes, areas for improvement and documents of an inspection too, also
            of removed ones; that a row moved because another one came or went is left out.
        below: only entries older than the one with this row.
    """
    raw = store.connection.raw
    is_family = with_family and isinstance(record, Inspection)
    ids = [record.id, *(_family(raw, record.id) if is_family else ())]
    rows = raw.execute(
        "select change.row, label, at, who, record_type, record_id, before, after from change "
        "join deed on deed.id = deed_id where record_id in (select value from json_each(?)) and change.row < ? "
        "and not (before is '{}' and after is '{}') "
        f"and (record_id = ? or before is null or after is null or not ({_MOVED})) order by change.row desc limit ?",
        (json.dumps(ids), 2**63 - 1 if below is None else below, record.id, most),
    ).fetchall()
    return [_entry(row) for row in rows]


def _entry(row: Sequence[object]) -> Entry:
    number, label, at, who, record_type, record_id, before, after = row
    return Entry(
        int(str(number)),
        str(label),
        str(at),
        str(who),
        RecordType(str(record_type)),
        str(record_id),
        None if before is None else json.loads(str(before)),
        None if after is None else json.loads(str(after)),
    )


def _family(raw: sqlite3.Connection, inspection_id: str) -> list[str]:
    rows = raw.execute(
        "select id from judgement where inspection_id = :id union select id from quote where inspection_id = :id "
        "union select id from area_for_improvement where inspection_id = :id "
        "union select document_id from document_inspection where inspection_id = :id "
        "union select id from verdict where inspection_id = :id "
        "union select id from statutory_date where inspection_id = :id "
        "union select record_id from change where record_type in ('action', 'progress_note', 'evidence', "
        "'committee_report', 'verdict') and exists "
        "(select 1 from area_for_improvement a where a.inspection_id = :id and a.id = "
        "coalesce(json_extract(after, '$.area_for_improvement_id'), "
        "json_extract(before, '$.area_for_improvement_id'))) "
        "union select record_id from change where (after is null and instr(before, :id) and record_type in "
        "('judgement', 'quote', 'area_for_improvement')) or (record_type = 'document' "
        "and instr(coalesce(before, '') || coalesce(after, ''), :id))",
        {"id": inspection_id},
    )
    return [record_id for (record_id,) in rows.fetchall()]


@readable()
def start_of_log(store: Store) -> str:
    """The moment of the copy that this file's log starts with; empty where it goes back to the first record."""
    found = store.connection.raw.execute("select label, at from deed order by row limit 1").fetchone()
    return found[1] if found and found[0] == FIRST_DEED else ""


def last_known(store: Store, record_type: RecordType, record_id: str) -> Record | None:
    """A record as it is, or as it was when it was removed; None where that was deleted for good."""
    if found := store.get(classes()[record_type], record_id):
        return found
    row = store.connection.raw.execute(
        "select before from change where record_id = ? and after is null order by row desc limit 1", (record_id,)
    ).fetchone()
    values = json.loads(row[0]) if row else {}
    return from_values(classes()[record_type], values) if values else None


def can_be_put_back(entry: Entry) -> bool:
    """Whether an entry changed one thing whose value before can be set again by itself."""
    if not entry.before or not entry.after:
        return False
    fields = entry.before.keys()
    is_apart = not any((entry.record_type, field) in _NOT_PUT_BACK for field in fields)
    return is_apart and len({name_of(entry.record_type, field) for field in fields}) == 1


def putting_back(store: Store, entry: Entry) -> Edit:
    """The edit that sets the value again that stood there before an entry.

    Raises:
        Stale: the record is removed, or has this value.
    """
    name = noun(entry.record_type)
    now = store.get(classes()[entry.record_type], entry.record_id)
    if now is None:
        raise Stale(f"This {name} is removed. Put it back from Recently deleted first.")
    wanted = from_values(type(now), to_values(now) | (entry.before or {}))
    if wanted == now:
        raise Stale(f"This {name} has that value already.")
    return Edit((now,), (wanted,))

"""What a safe copy lacks never counts as changed there: before two files are compared, it is filled from ours."""

import sqlite3
from collections.abc import Container, Mapping
from typing import Any

from db.records import Record
from db.rows import Row, from_values, shape, to_values

LeftOut = frozenset[tuple[str, str]]


def read(raw: sqlite3.Connection) -> LeftOut:
    """The fields that were left out of a file, each with its type of record, as the file itself says."""
    return frozenset(raw.execute("select record_type, field from manifest where field <> ''").fetchall())


def names(record: Record, *left_out: LeftOut) -> set[str]:
    """The fields of a record that were left out of one of the files."""
    return {field for one in left_out for kind, field in one if kind == record.record_type.value}


def filled(
    records: Mapping[str, Record],
    ours: Mapping[str, Record],
    left_out: LeftOut,
    ours_left_out: LeftOut,
    known: Container[str],
) -> dict[str, Record]:
    """Their records, where a field that was left out on either side and is empty there is as ours.

    Of links, those come back that name records which their file never knew.

    Args:
        known: the ids of the records that their log names.
    """
    found = dict(records)
    for key in records.keys() & ours.keys():
        here, there = ours[key], records[key]
        if type(here) is type(there) and (fields := names(there, left_out, ours_left_out)):
            found[key] = _filled(there, to_values(here), names(there, ours_left_out), fields, known)
    return found


def _filled(there: Record, ours: Row, lacking_here: set[str], fields: set[str], known: Container[str]) -> Record:
    values: dict[str, Any] = to_values(there)
    links = {link.field for link in shape(type(there)).links}
    for name in fields:
        if name in links:
            kept = [other for other in ours[name] if other in values[name] or other not in known]
            values[name] = kept + [other for other in values[name] if other not in kept]
        elif values[name] in ("", None) or (name in lacking_here and ours[name] in ("", None)):
            values[name] = ours[name]
    return from_values(type(there), values)

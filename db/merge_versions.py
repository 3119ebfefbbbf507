"""Which versions of its records a file knows, as its change log tells them: what a merge decides by.

A version is an entry of the log, and its id means the same state of the record in every file. A version that
came from another file stands in the log under its own id; one that is taken in again, after its merge was
undone, under its id, a slash and something new.
"""

import json
import sqlite3
from collections.abc import Container, Iterable
from dataclasses import dataclass, field
from itertools import groupby
from operator import itemgetter

from db.rows import Row

MERGED = "Merge: "


@dataclass(slots=True)
class Versions:
    """What one file knows of one record.

    `newest` holds the ids of the newest version: more than one where undoing a merge led back to it. It is
    empty where the file never had the record. `deed_id` made that version.
    """

    newest: set[str] = field(default_factory=set)
    known: set[str] = field(default_factory=set)
    deed_id: str = ""
    touched_by: str = ""

    def copy(self) -> "Versions":
        return Versions({*self.newest}, {*self.known}, self.deed_id, self.touched_by)


Known = dict[str, Versions]


def version_of(entry_id: str) -> str:
    """The version that an entry of the log tells of."""
    return entry_id.partition("/")[0]


def read(raw: sqlite3.Connection) -> Known:
    """The versions of every record that the log names, by the record's id.

    A merge that was undone counts as if it had never been, so that it can be done again, and so that taking it
    back here is no removal to the file that it came from. Undoing anything else is a newer version like any other.
    """
    walks = _walks(raw)
    before: dict[str, Known] = {}
    known: Known = {}
    rows = raw.execute("select deed_id, record_id, id from change order by row")
    for deed_id, group in groupby(rows, key=itemgetter(0)):
        entries = [(record_id, version_of(entry_id)) for _, record_id, entry_id in group]
        if deed_id in walks:
            target = before.get(walks[deed_id], {})
            touched = {record_id for record_id, _ in entries} | target.keys()
            before[deed_id] = {key: known[key].copy() if key in known else Versions() for key in touched}
            entries = _led_back(known, deed_id, walks[deed_id], target, entries)
        for record_id, version in entries:
            _add(known, record_id, version, deed_id)
    return known


def _walks(raw: sqlite3.Connection) -> dict[str, str]:
    """The deeds that merge, and those that undo or redo them: the deed that is taken back, or nothing."""
    found: dict[str, str] = {}
    for deed_id, label, undoes in raw.execute("select id, label, coalesce(undoes, '') from deed order by row"):
        if label.startswith(MERGED):
            found[deed_id] = ""
        elif undoes in found and label.startswith((f"Undo: {MERGED}", f"Redo: {MERGED}")):
            found[deed_id] = undoes
    return found


def _add(known: Known, record_id: str, version: str, deed_id: str) -> None:
    if record_id not in known:
        known[record_id] = Versions()
    of_record = known[record_id]
    of_record.newest = {version}
    of_record.known.add(version)
    of_record.deed_id = of_record.touched_by = deed_id


def _led_back(
    known: Known, deed_id: str, undone: str, target: Known, entries: Iterable[tuple[str, str]]
) -> list[tuple[str, str]]:
    """Lead records back to what they were before a deed; return the entries that have nothing to do with it.

    A record that the deed only took note of goes back as well, unless something happened to it since.
    """
    touched = {record_id for record_id, _ in entries}
    for record_id, was in target.items():
        if record_id in touched or known[record_id].touched_by == undone:
            known[record_id] = was.copy()
            known[record_id].touched_by = deed_id
    others = []
    for record_id, version in entries:
        if record_id not in target:
            others.append((record_id, version))
            continue
        of_record = known[record_id]
        of_record.known.add(version)
        if of_record.newest:
            of_record.newest.add(version)
    return others


def last_of(raw: sqlite3.Connection, record_id: str, versions: Container[str]) -> tuple[str, Row] | None:
    """The last of these versions that a log tells of, with the record's values then; None where it was removed."""
    found: tuple[str, Row] | None = None
    values: Row = {}
    for entry_id, after in raw.execute("select id, after from change where record_id = ? order by row", (record_id,)):
        values = {} if after is None else values | json.loads(after)
        if version_of(entry_id) in versions:
            found = (version_of(entry_id), values) if values else None
    return found

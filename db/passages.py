"""The search index: a passage for each text that a search looks through, and two indexes of its words.

It follows every edit inside the edit's transaction. Passages are folded (`db.text.fold`); excerpts are cut from the
originals (`db.searchable`).
"""

import json
import sqlite3
from collections.abc import Sequence

from db.edit import Edit
from db.records import RecordType
from db.searchable import FIELDS, in_parts, read
from db.text import fold

INDEXES = ("words", "stems")
# A composed passage follows the facts that it names: whose field changed, who follows, and how they are found.
_BY_PROVIDER = "select id from inspection where provider_id = ?"
_BY_KIND = "select id from inspection where kind_id = ?"
_BY_FRAMEWORK = "select i.id from inspection i join inspection_kind k on k.id = i.kind_id where k.framework_id = ?"
_JUDGED_AT = "select j.id from judgement j join inspection i on i.id = j.inspection_id where i.provider_id = ?"
_JUDGED_IN = "select id from judgement where inspection_id = ?"
_OF_AREA = "select id from judgement where area_id = ?"
_OF_GRADE = "select id from judgement where grade_id = ?"
_FOLLOWERS = (
    (RecordType.PROVIDER, "name", RecordType.INSPECTION, _BY_PROVIDER),
    (RecordType.PROVIDER, "name", RecordType.JUDGEMENT, _JUDGED_AT),
    (RecordType.INSPECTION, "provider_id", RecordType.JUDGEMENT, _JUDGED_IN),
    (RecordType.INSPECTION_KIND, "label", RecordType.INSPECTION, _BY_KIND),
    (RecordType.INSPECTION_KIND, "framework_id", RecordType.INSPECTION, _BY_KIND),
    (RecordType.FRAMEWORK, "short_name", RecordType.INSPECTION, _BY_FRAMEWORK),
    (RecordType.JUDGEMENT_AREA, "label", RecordType.JUDGEMENT, _OF_AREA),
    (RecordType.JUDGEMENT_AREA, "group_label", RecordType.JUDGEMENT, _OF_AREA),
    (RecordType.GRADE, "label", RecordType.JUDGEMENT, _OF_GRADE),
    *(
        (RecordType.THEME, "name", owner, f"select {owner}_id from {owner}_theme where theme_id = ?")
        for owner in (RecordType.QUOTE, RecordType.AREA_FOR_IMPROVEMENT)
    ),
)


def follow(connection: sqlite3.Connection, edit: Edit) -> None:
    """Bring the index after an edit whose records are written already, inside its transaction.

    Only passages that differ are touched. A record's own come to the top, "newest first" being last written;
    those that only follow a renamed fact keep their place. A damaged index never stops a save: it is made anew.
    """
    try:
        _follow(connection, edit)
    except sqlite3.DatabaseError as error:
        if not getattr(error, "sqlite_errorname", "").startswith("SQLITE_CORRUPT"):
            raise
        rebuild(connection)


def _follow(connection: sqlite3.Connection, edit: Edit) -> None:
    touched: dict[RecordType, dict[str, None]] = {}
    for record in (*edit.before, *edit.after):
        if record.record_type in FIELDS:
            touched.setdefault(record.record_type, {})[record.id] = None
    for record_type, ids in touched.items():
        _bring_up_to_date(connection, record_type, list(ids))
    for record_type, ids in _following(connection, edit).items():
        _bring_up_to_date(connection, record_type, list(ids), keeps_place=True)


def _following(connection: sqlite3.Connection, edit: Edit) -> dict[RecordType, dict[str, None]]:
    found: dict[RecordType, dict[str, None]] = {}
    old = {record.id: record for record in edit.before}
    changed = [(old[record.id], record) for record in edit.after if record.id in old]
    for was, now in changed:
        for record_type, field, follower, query in _FOLLOWERS:
            if now.record_type == record_type and getattr(was, field) != getattr(now, field):
                ids = connection.execute(query, (now.id,)).fetchall()
                found.setdefault(follower, {}).update(dict.fromkeys(key for (key,) in ids))
    return found


def _bring_up_to_date(
    connection: sqlite3.Connection, record_type: RecordType, ids: Sequence[str], *, keeps_place: bool = False
) -> None:
    for part in in_parts(ids):
        known = {
            (key, field): (row, folded)
            for row, key, field, folded in connection.execute(
                "select row, record_id, field, folded from passage "
                "where record_type = ? and record_id in (select value from json_each(?))",
                (record_type.value, json.dumps(part)),
            )
        }
        wanted = {
            (one.record_id, field): fold(text)
            for one in read(connection, record_type, part)
            for field, text in one.texts.items()
        }
        fresh = [key for key, folded in wanted.items() if key not in known or known[key][1] != folded]
        gone = [row for key, (row, folded) in known.items() if wanted.get(key) != folded]
        _forget(connection, gone)
        places = {key: known[key][0] for key in fresh if keeps_place and key in known}
        _add(connection, [(places.get(key), record_type.value, *key, wanted[key]) for key in fresh])


def _forget(connection: sqlite3.Connection, rows: list[int]) -> None:
    if not rows:
        return
    some = json.dumps(rows)
    for index in INDEXES:
        # Both are told before the row goes: they find the words to forget in its folded text.
        connection.execute(
            f"insert into {index}({index}, rowid, folded) select 'delete', row, folded from passage "
            "where row in (select value from json_each(?))",
            (some,),
        )
    connection.execute("delete from passage where row in (select value from json_each(?))", (some,))


def _add(connection: sqlite3.Connection, passages: list[tuple[int | None, str, str, str, str]]) -> None:
    """Write passages and index them; a row None is the next one.

    One statement for each index, however many there are: an index writes a segment for each statement.
    """
    if not passages:
        return
    (last,) = connection.execute("select coalesce(max(row), 0) from passage").fetchone()
    free = max(last, *(passage[0] or 0 for passage in passages), 0) + 1
    rows = [free + place if passage[0] is None else passage[0] for place, passage in enumerate(passages)]
    connection.executemany(
        "insert into passage (row, record_type, record_id, field, folded) values (?, ?, ?, ?, ?)",
        [(row, *passage[1:]) for row, passage in zip(rows, passages, strict=True)],
    )
    for index in INDEXES:
        connection.execute(
            f"insert into {index}(rowid, folded) select row, folded from passage "
            "where row in (select value from json_each(?))",
            (json.dumps(rows),),
        )


def rebuild(connection: sqlite3.Connection) -> None:
    """Make the whole index anew from the records, inside a transaction (`Connection.write`).

    Ids carry the time at which their forms opened, so that newest first stays nearly as it was.
    """
    found = sorted(
        (one for record_type in FIELDS for one in read(connection, record_type)), key=lambda one: one.record_id
    )
    connection.execute("delete from passage")
    connection.executemany(
        "insert into passage (record_type, record_id, field, folded) values (?, ?, ?, ?)",
        (
            (one.record_type.value, one.record_id, field, fold(text))
            for one in found
            for field, text in one.texts.items()
        ),
    )
    for index in INDEXES:
        connection.execute(f"insert into {index}({index}) values ('rebuild')")

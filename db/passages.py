"""The search index: a passage for each record and each paragraph of a kept document, and two indexes of their words.

It follows every edit inside the edit's transaction. Passages are folded (`db.text.fold`); excerpts are cut from the
originals (`db.searchable`). The rows of each group of hits lie together, so that a group is searched by itself.
"""

import json
import sqlite3
from collections.abc import Sequence
from enum import StrEnum

from db.dates import PartialDate
from db.edit import Edit
from db.improvement_records import Verdict
from db.records import Document, Record, RecordType
from db.searchable import FIELDS, WHOLE, Searchable, in_parts, read
from db.text import fold

INDEXES = ("words", "stems")
ROWS_OF_A_GROUP = 2**40


class Group(StrEnum):
    """What hits are grouped by, in the order in which they are shown."""

    INSPECTION = "inspection"
    JUDGEMENT = "judgement"
    QUOTE = "quote"
    AREA_FOR_IMPROVEMENT = "area_for_improvement"
    ACTION = "action"
    PROGRESS_NOTE = "progress_note"
    DOCUMENT = "document"
    PARAGRAPH = "paragraph"

    @property
    def rows(self) -> range:
        """The rows of the table `passage` that this group has."""
        return _ROWS[self]


_ROWS = {group: range(place * ROWS_OF_A_GROUP + 1, (place + 1) * ROWS_OF_A_GROUP) for place, group in enumerate(Group)}


def group_of(record_type: str, field: str) -> Group:
    """The group that a passage belongs to."""
    return Group(record_type) if field == WHOLE else Group.PARAGRAPH


# A composed passage follows the facts that it names: whose field changed, who follows, and how they are found.
_BY_PROVIDER = "select id from inspection where provider_id = ?"
_BY_KIND = "select id from inspection where kind_id = ?"
_BY_FRAMEWORK = "select i.id from inspection i join inspection_kind k on k.id = i.kind_id where k.framework_id = ?"
_JUDGED_AT = "select j.id from judgement j join inspection i on i.id = j.inspection_id where i.provider_id = ?"
_OF_AREA = "select id from judgement where area_id = ?"
_AREAS_OF = "select id from area_for_improvement where inspection_id = ?1"
_ACTIONS_OF = (
    f"select id from action where area_for_improvement_id in ({_AREAS_OF}) "
    "or quote_id in (select id from quote where inspection_id = ?1)"
)
_NOTES_OF = f"select id from progress_note where area_for_improvement_id in ({_AREAS_OF})"
_OF_GRADE = "select id from judgement where grade_id = ?"
_FOLLOWERS = (
    (RecordType.PROVIDER, "name", RecordType.INSPECTION, _BY_PROVIDER),
    (RecordType.PROVIDER, "name", RecordType.JUDGEMENT, _JUDGED_AT),
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
    *(  # the facets of a family are those of its inspection
        (RecordType.INSPECTION, field, owner, f"select id from {owner} where inspection_id = ?")
        for field in ("provider_id", "kind_id", "started_on", "ended_on", "published_on")
        for owner in (RecordType.JUDGEMENT, RecordType.QUOTE, RecordType.AREA_FOR_IMPROVEMENT)
    ),
    *(
        (RecordType.INSPECTION, field, owner, query)
        for field in ("provider_id", "kind_id", "started_on", "ended_on", "published_on")
        for owner, query in ((RecordType.ACTION, _ACTIONS_OF), (RecordType.PROGRESS_NOTE, _NOTES_OF))
    ),
    *(
        (RecordType.ACTION_STATUS, "is_open", owner, f"select id from {owner} where status_id = ?")
        for owner in (RecordType.AREA_FOR_IMPROVEMENT, RecordType.ACTION)
    ),
    *(
        (
            RecordType.INSPECTION,
            field,
            RecordType.DOCUMENT,
            "select document_id from document_inspection where inspection_id = ?",
        )
        for field in ("kind_id", "started_on", "ended_on", "published_on")
    ),
)
_OF_PARAGRAPHS = ("file_sha256", "provider_id", "published_on", "inspection_ids")  # fields of their document


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
    old = {record.id: record for record in edit.before}
    new = {record.id: record for record in edit.after}
    touched: dict[RecordType, dict[str, None]] = {}
    for record in (*edit.before, *edit.after):
        if record.record_type in FIELDS:
            touched.setdefault(record.record_type, {})[record.id] = None
    for record_type, ids in touched.items():
        is_long = any(_has_other_paragraphs(old.get(key), new.get(key)) for key in ids)
        bring_up_to_date(connection, record_type, list(ids), with_paragraphs=is_long)
    for record_type, ids in _following(connection, edit).items():
        bring_up_to_date(connection, record_type, list(ids), keeps_place=True)


def _has_other_paragraphs(was: Record | None, now: Record | None) -> bool:
    if not (isinstance(was, Document) and isinstance(now, Document)):
        return isinstance(was or now, Document)
    return any(getattr(was, name) != getattr(now, name) for name in _OF_PARAGRAPHS)


def _following(connection: sqlite3.Connection, edit: Edit) -> dict[RecordType, dict[str, None]]:
    found: dict[RecordType, dict[str, None]] = {}
    if judged := {one.area_for_improvement_id: None for one in (*edit.before, *edit.after) if isinstance(one, Verdict)}:
        found[RecordType.AREA_FOR_IMPROVEMENT] = judged  # one that inspectors closed is open no more
    old = {record.id: record for record in edit.before}
    changed = [(old[record.id], record) for record in edit.after if record.id in old]
    for was, now in changed:
        for record_type, field, follower, query in _FOLLOWERS:
            if now.record_type == record_type and _followed(was, field) != _followed(now, field):
                ids = connection.execute(query, (now.id,)).fetchall()
                found.setdefault(follower, {}).update(dict.fromkeys(key for (key,) in ids))
    return found


def _followed(record: Record, field: str) -> object:
    """What others follow of a field: of a date its year."""
    value = getattr(record, field)
    return value.year if isinstance(value, PartialDate) else value


def bring_up_to_date(
    connection: sqlite3.Connection,
    record_type: RecordType,
    ids: Sequence[str],
    *,
    keeps_place: bool = False,
    with_paragraphs: bool = True,
) -> None:
    """Write the passages of some records as the records are now, inside a transaction.

    Args:
        keeps_place: those that differ stay where they are among the newest.
        with_paragraphs: look at the paragraphs of documents too.
    """
    only = "" if with_paragraphs else f"and field = '{WHOLE}'"
    for part in in_parts(ids):
        known = {
            (key, field): (row, folded)
            for row, key, field, folded in connection.execute(
                "select row, record_id, field, folded from passage "
                f"where record_type = ? and record_id in (select value from json_each(?)) {only}",
                (record_type.value, json.dumps(part)),
            )
        }
        wanted = _folded(read(connection, record_type, part, with_paragraphs=with_paragraphs))
        fresh = [key for key, folded in wanted.items() if key not in known or known[key][1] != folded]
        gone = [row for key, (row, folded) in known.items() if wanted.get(key) != folded]
        _forget(connection, gone)
        places = {key: known[key][0] for key in fresh if keeps_place and key in known}
        _add(connection, [(places.get(key), record_type.value, *key, wanted[key]) for key in fresh])


def _folded(records: Sequence[Searchable]) -> dict[tuple[str, str], str]:
    return {(one.record_id, field): fold(text) for one in records for field, text in one.texts.items()}


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
    """Write passages and index them; a row None is the next one of its group.

    One statement for each index, however many there are: an index writes a segment for each statement.
    """
    if not passages:
        return
    rows = _write(connection, passages, _free_rows(connection, passages))
    for index in INDEXES:
        connection.execute(
            f"insert into {index}(rowid, folded) select row, folded from passage "
            "where row in (select value from json_each(?))",
            (json.dumps(sorted(rows)),),
        )


def _free_rows(
    connection: sqlite3.Connection, passages: Sequence[tuple[int | None, str, str, str, str]]
) -> dict[Group, int]:
    """The first row that is free at the top of each group."""
    free: dict[Group, int] = {}
    for group in {group_of(record_type, field) for _, record_type, _, field, _ in passages}:
        (last,) = connection.execute(
            "select max(row) from passage where row between ? and ?", (group.rows[0], group.rows[-1])
        ).fetchone()
        kept = (row for row, *_ in passages if row is not None and row in group.rows)
        free[group] = max(last or 0, group.rows[0] - 1, *kept) + 1
    return free


def _write(
    connection: sqlite3.Connection,
    passages: Sequence[tuple[int | None, str, str, str, str]],
    free: dict[Group, int],
) -> list[int]:
    """Write passages, at the free rows where they have none; `free` is moved on."""
    lines = []
    for row, record_type, key, field, folded in passages:
        if row is None:
            group = group_of(record_type, field)
            row = free[group]
            free[group] += 1
        lines.append((row, record_type, key, field, folded))
    connection.executemany(
        "insert into passage (row, record_type, record_id, field, folded) values (?, ?, ?, ?, ?)", lines
    )
    return [line[0] for line in lines]


def rebuild(connection: sqlite3.Connection) -> None:
    """Make the whole index anew from the records, inside a transaction (`Connection.write`).

    Ids carry the time at which their forms opened, so that newest first stays nearly as it was.
    """
    connection.execute("delete from passage")
    free = {group: group.rows[0] for group in Group}
    for record_type in FIELDS:
        ids = [key for (key,) in connection.execute(f"select id from {record_type} order by id").fetchall()]
        for part in in_parts(ids):
            found = sorted(read(connection, record_type, part), key=lambda one: one.record_id)
            lines = _folded(found).items()
            _write(connection, [(None, record_type.value, *key, folded) for key, folded in lines], free)
    for index in INDEXES:
        connection.execute(f"insert into {index}({index}) values ('rebuild')")

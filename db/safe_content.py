"""What goes out in a safe copy: the rows and fields that may be seen by others, read into a new file.

Nothing is deleted anywhere: what stays here never reaches the new file. A kind of record that this module does not
know, such as a later version's, stays here too.
"""

import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass

from db import safe_withheld
from db.catalogue import digest
from db.frameworks import Fact
from db.records import RecordType
from db.rows import Shape, classes, shape
from db.safe_withheld import Withheld
from db.store import Store

MARKINGS = ("OFFICIAL", "OFFICIAL-SENSITIVE")
OLD = "old"  # the schema under which the file that is read is attached
_EVERY = "1"
_OF_AN_INSPECTION = "inspection_id in (select id from main.inspection)"
_DRAFT = "document_id is null"
# In this order: what is chosen later asks for what is there already.
_ROWS = {
    RecordType.INSPECTION: _EVERY,
    RecordType.JUDGEMENT: _OF_AN_INSPECTION,
    RecordType.QUOTE: f"{_OF_AN_INSPECTION} and not ({_DRAFT})",
    RecordType.AREA_FOR_IMPROVEMENT: _OF_AN_INSPECTION,
    RecordType.VERDICT: (
        f"{_OF_AN_INSPECTION} and area_for_improvement_id in (select id from main.area_for_improvement)"
    ),
    RecordType.DOCUMENT: _EVERY,
    RecordType.PROVIDER: _EVERY,
}
_CHOSEN_ROWS = {
    RecordType.INSPECTION: "id in (select id from chosen)",
    RecordType.DOCUMENT: (
        f"id in (select document_id from {OLD}.document_inspection where {_OF_AN_INSPECTION} "
        "union select document_id from main.quote union select document_id from main.area_for_improvement)"
    ),
    RecordType.PROVIDER: "id in (select provider_id from main.inspection union select provider_id from main.document)",
}
# What a council plans around an area for improvement, and what goes out instead.
OWN_PLAN = {"owner": "''", "due_on": "null", "status_id": "null", "rag_id": "null", "rag_reason": "''", "impact": "''"}
_NOTES = "Notes are for the people who keep the file."
_OWN_PLAN = "Owners, dates and progress are for the people who keep the file."
_NOT_OUT = "What did not go out is not named."
_PLACES = "Only web addresses go out, no place on a computer."
_WITHOUT_FILES = "The kept files of documents were left out."
_OWN_FACTS = "Notes and sources that people of this file wrote themselves stay with them."
LOOKED_AT = "Left out after a look for what might identify a child."


@dataclass(frozen=True, slots=True)
class Choice:
    """What a person wants in a safe copy.

    `inspection_ids` None means all of them. `marking` is one of MARKINGS or empty; `attribution` is a line of the
    person's own beside the licence. Each of `withheld` must be possible (`db.safe_withheld`).
    """

    inspection_ids: frozenset[str] | None = None
    with_documents: bool = False
    marking: str = ""
    attribution: str = ""
    withheld: frozenset[Withheld] = frozenset()


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Something that did not go out: a field, or whole records where `field` is empty.

    `count` is how many records had it, None where that is not told.
    """

    record_type: str
    field: str
    reason: str
    count: int | None = None


def fill(store: Store, old_store: Store, choice: Choice) -> list[LeftOut]:
    """Read what goes out into a new, empty file, in whose connection the other is attached as `OLD`.

    Runs inside a transaction. The log and the search index are left to the caller.
    """
    raw = store.connection.raw
    raw.execute("create temp table chosen (id text primary key) without rowid")
    raw.executemany("insert into chosen values (?)", [(key,) for key in choice.inspection_ids or ()])
    raw.execute("create temp table own_fact (id text primary key) without rowid")
    raw.executemany("insert into own_fact values (?)", [(key,) for key in _own_facts(old_store)])
    raw.execute(safe_withheld.TABLE)
    raw.executemany(
        "insert into withheld values (?, ?, ?)",
        [(one.record_type, one.record_id, one.field) for one in choice.withheld],
    )
    left_out = [*_copy_records(raw, choice)]
    if choice.with_documents:
        _copy_files(raw)
    return left_out


def _own_facts(old_store: Store) -> Iterator[str]:
    """The facts that a person made or changed."""
    for record_class in classes().values():
        if issubclass(record_class, Fact):
            yield from (fact.id for fact in old_store.each(record_class) if fact.shipped != digest(fact))


def _copy_records(raw: sqlite3.Connection, choice: Choice) -> Iterator[LeftOut]:
    known = list(_ROWS) + [kind for kind, record_class in classes().items() if issubclass(record_class, Fact)]
    is_chosen = choice.inspection_ids is not None
    for kind in known:
        lies = shape(classes()[kind])
        wanted = (_CHOSEN_ROWS if is_chosen else {}).get(kind) or _ROWS.get(kind, _EVERY)
        fields = {one.field for one in choice.withheld if one.record_type == kind}
        changed = _changed_columns(kind, lies, choice)
        columns = {name: changed[name][0] if name in changed else name for name in lies.columns}
        values = safe_withheld.sources(kind, fields, columns)
        raw.execute(
            f"insert into main.{lies.table} ({', '.join(lies.columns)}) select {', '.join(values.values())} "
            f"from {OLD}.{lies.table} where ({wanted}) and not ({safe_withheld.staying(kind, fields)}) order by row"
        )
        for name, (value, reason) in changed.items():
            if count := _differing(raw, lies.table, name, value):
                yield LeftOut(kind.value, name, reason, count)
        for name, condition in safe_withheld.counts(kind, fields, columns):
            question = f"select count(*) from {OLD}.{lies.table} where ({wanted}) and {condition}"
            if fields and (count := raw.execute(question).fetchone()[0]):
                yield LeftOut(kind.value, name, LOOKED_AT, count)
    yield from _whole_records(raw, is_chosen=is_chosen)
    for kind in known:
        yield from _copy_links(raw, shape(classes()[kind]))


def _changed_columns(kind: RecordType, lies: Shape, choice: Choice) -> dict[str, tuple[str, str]]:
    """Of each column that does not go out as it is: what goes out instead as SQL, and why."""
    if issubclass(lies.record_class, Fact):
        own = "case when id in (select id from own_fact) then '' else {} end"
        return {name: (own.format(name), _OWN_FACTS) for name in ("note", "source")}
    found = {"notes": ("''", _NOTES)} if "notes" in lies.columns else {}
    for name in ("address", "report_address"):
        if name in lies.columns:
            is_web = f"{name} like 'https://%' or {name} like 'http://%'"
            found[name] = (f"case when {is_web} then {name} else '' end", _PLACES)
    if kind == RecordType.AREA_FOR_IMPROVEMENT:
        found |= {name: (instead, _OWN_PLAN) for name, instead in OWN_PLAN.items()}
    if kind == RecordType.VERDICT:
        for name, table in (("quote_id", "quote"), ("later_area_id", "area_for_improvement")):
            found[name] = (f"case when {name} in (select id from main.{table}) then {name} end", _NOT_OUT)
    if kind == RecordType.DOCUMENT:
        is_path = "file_name like '%/%' or file_name like '%\\%'"
        found["file_name"] = (f"case when {is_path} then '' else file_name end", _PLACES)
        if not choice.with_documents:
            found |= {"file_name": ("''", _WITHOUT_FILES), "file_sha256": ("null", _WITHOUT_FILES)}
    return found


def _differing(raw: sqlite3.Connection, table: str, column: str, value: str) -> int:
    """How many of the records that went out have lost what stood in a column."""
    return raw.execute(
        f"select count(*) from {OLD}.{table} where id in (select id from main.{table}) "
        f"and {column} is not null and ({value}) is not {column}"
    ).fetchone()[0]


def _whole_records(raw: sqlite3.Connection, *, is_chosen: bool) -> Iterator[LeftOut]:
    drafts = raw.execute(f"select count(*) from {OLD}.quote where {_DRAFT} and {_OF_AN_INSPECTION}").fetchone()[0]
    if drafts:
        yield LeftOut("quote", "", "Quotes without a source are drafts.", drafts)
    if is_chosen:
        yield LeftOut("inspection", "", "Only some inspections were asked for, with what belongs to them.")
    known = {*(kind.value for kind in _ROWS), *(k.value for k, c in classes().items() if issubclass(c, Fact))}
    for kind in (kind.value for kind in RecordType if kind.value not in known):
        if count := raw.execute(f"select count(*) from {OLD}.{kind}").fetchone()[0]:
            yield LeftOut(kind, "", "These records are for the people who keep the file.", count)


def _copy_links(raw: sqlite3.Connection, lies: Shape) -> Iterator[LeftOut]:
    """Links between records that both went out."""
    for link in lies.links:
        targets = {column: table for _, _, table, column, *_ in raw.execute(f"pragma foreign_key_list({link.table})")}
        owned = f"{link.owner_column} in (select id from main.{lies.table})"
        there = f"{link.other_column} in (select id from main.{targets[link.other_column]})"
        columns = f"{link.owner_column}, {link.other_column}, position"
        raw.execute(
            f"insert into main.{link.table} ({columns}) "
            f"select {columns} from {OLD}.{link.table} where {owned} and {there} order by row"
        )
        gone = f"select count(distinct {link.owner_column}) from {OLD}.{link.table} where {owned} and not ({there})"
        if count := raw.execute(gone).fetchone()[0]:
            yield LeftOut(lies.table, link.field, "Links to records that were left out.", count)


def _copy_files(raw: sqlite3.Connection) -> None:
    """The kept files of the documents that went out, and their paragraphs."""
    for table in ("document_file", "document_paragraph"):
        columns = [name for _, name, *_ in raw.execute(f"pragma main.table_info({table})") if name != "row"]
        listed = ", ".join(columns)
        raw.execute(
            f"insert into main.{table} ({listed}) select {listed} from {OLD}.{table} "
            "where sha256 in (select file_sha256 from main.document) order by row"
        )

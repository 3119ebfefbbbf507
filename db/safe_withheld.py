"""Texts that a person leaves out of a safe copy after a look for what might identify a child, one by one."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from db.records import RecordType

KEPT_FILE = "file_sha256"  # stands for all that is kept of a document: its bytes, its paragraphs, its name
# Without these words nothing of the record is left to be told.
_WHOLE = {RecordType.QUOTE: "text", RecordType.AREA_FOR_IMPROVEMENT: "text"}
_PRINTED, _PRINTED_ONLY = "grade_as_printed", "grade_id is null and special is null"
_MUST_STAND = {(RecordType.PROVIDER, "name"), (RecordType.DOCUMENT, "title"), (RecordType.THEME, "name")}
TABLE = "create temp table withheld (kind text, id text, field text, primary key (kind, id, field)) without rowid"


@dataclass(frozen=True, slots=True)
class Withheld:
    """A text that is left out; of a quote or an area for improvement, its words, the whole record goes with it."""

    record_type: RecordType
    record_id: str
    field: str


def is_possible(record_type: RecordType, field: str) -> bool:
    """Whether a record can go out without this text; a name must stand."""
    return (record_type, field) not in _MUST_STAND


def is_whole_record(record_type: RecordType, field: str) -> bool:
    """Whether nothing of a record goes out where this text is left out."""
    return _WHOLE.get(record_type) == field


def staying(kind: RecordType, fields: Iterable[str]) -> str:
    """Which records stay here for the sake of one of these texts, as SQL over their table."""
    found = [_named(kind, field) for field in fields if is_whole_record(kind, field)]
    if kind == RecordType.JUDGEMENT and _PRINTED in fields:
        found.append(f"({_named(kind, _PRINTED)} and {_PRINTED_ONLY})")
    return " or ".join(found) or "0"


def sources(kind: RecordType, fields: Iterable[str], columns: Mapping[str, str]) -> dict[str, str]:
    """What each column is read from, as SQL, with nothing where a text is left out."""
    found = dict(columns)
    for field in fields:
        nothing = "null" if field == KEPT_FILE else "''"
        found[field] = f"case when {_named(kind, field)} then {nothing} else {found[field]} end"
        if field == KEPT_FILE:
            found["file_name"] = f"case when {_named(kind, field)} then '' else {found['file_name']} end"
    return found


def counts(kind: RecordType, fields: Iterable[str], columns: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Conditions that count what is left out, as SQL over the table: whole records, with no field, then each text."""
    gone = staying(kind, fields)
    yield "", f"({gone})"
    for field in sorted(fields):
        yield field, f"not ({gone}) and {_named(kind, field)} and coalesce({columns[field]}, '') <> ''"


def _named(kind: RecordType, field: str) -> str:
    return f"id in (select id from temp.withheld where kind = '{kind.value}' and field = '{field}')"

"""The change log in words: what a deed did to a record, when and by whom; ids become the names that they stand for."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from db.copy_log import FIRST_DEED
from db.dates import MONTHS, PartialDate
from db.errors import BadDate
from db.field_words import name_of, noun
from db.frameworks import MATCHES
from db.improvement_records import VERDICTS
from db.lists import Lists
from db.purge_rows import LABEL as DELETED_FOR_GOOD
from db.record_history import Entry, last_known
from db.records import (
    AUDIENCES,
    DOCUMENT_KINDS,
    PROVIDER_KINDS,
    SPECIAL_VALUES,
    TONES,
    VOICES,
    Inspection,
    Judgement,
    Record,
    RecordType,
)
from db.rows import Row, classes, shape
from db.seed import LABEL_FIRST, LABEL_LATER
from db.store import Store

EMPTY = "empty"
GONE = "one that was deleted for good"
MOST_LETTERS = 60
_HIDDEN = {"id", "shipped"}
_CODES: dict[tuple[RecordType, str], Mapping[str, str]] = {
    (RecordType.PROVIDER, "kind"): PROVIDER_KINDS,
    (RecordType.DOCUMENT, "kind"): DOCUMENT_KINDS,
    (RecordType.QUOTE, "voice"): VOICES,
    (RecordType.QUOTE, "tone"): TONES,
    (RecordType.AREA_FOR_IMPROVEMENT, "audience"): AUDIENCES,
    (RecordType.JUDGEMENT, "special"): SPECIAL_VALUES,
    (RecordType.AREA_STRAND, "match"): MATCHES,
    (RecordType.VERDICT, "verdict"): VERDICTS,
}
_NAMED_APART = {
    "kind": RecordType.INSPECTION_KIND,
    "area": RecordType.JUDGEMENT_AREA,
    "parent": RecordType.JUDGEMENT_AREA,
    "left_out_area": RecordType.JUDGEMENT_AREA,
    "scale": RecordType.GRADE_SCALE,
    "later_area": RecordType.AREA_FOR_IMPROVEMENT,
    "status": RecordType.ACTION_STATUS,
    "rag": RecordType.RAG_RATING,
}
_SAID_OF_LABEL = {
    FIRST_DEED: "In the file when this copy was made",
    LABEL_FIRST: "Came with the program",
    LABEL_LATER: "Brought up to date by the program",
    DELETED_FOR_GOOD: "Deleted for good",
}
# How a deed's label starts, and what is said where it added, removed and changed a record.
_SAID_OF_START = (
    ("Undo: ", ("Brought back by undo", "Taken back by undo", "Undone:")),
    ("Redo: ", ("Added again", "Removed again", "Done again:")),
    ("Restore", ("Put back", "Removed", "Put back:")),
    ("Put back ", ("Put back", "Removed", "Put back:")),
    ("Merge", ("Added by a merge", "Removed by a merge", "Merged:")),
    ("Import", ("Added by an import", "Removed by an import", "Changed by an import:")),
    ("", ("Added", "Removed", "Changed")),
)


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One field, or several that are one to a person, in whole words before and after; empty where there is nothing.

    `is_text` where they are somebody's own words, which stand in quotation marks.
    """

    name: str
    before: str
    after: str
    is_text: bool


class ChangeWords:
    """Says entries of one file's log; names that were looked up are kept."""

    def __init__(self, store: Store, lists: Lists) -> None:
        self._store, self._lists = store, lists
        self._names: dict[tuple[RecordType, str], str] = {}

    def sentence(self, entry: Entry, *, about: str = "") -> str:
        """An entry as one short sentence: when, who and what.

        Args:
            about: the id of the record whose history is told; an entry of another record names it.
        """
        when = moment(entry.at)
        head = f"{when}, {entry.who}" if entry.who else when
        subject = "" if about in ("", entry.record_id) else f"{self.subject(entry)}: "
        return f"{head}: {subject}{self._said(entry)}"

    def subject(self, entry: Entry) -> str:
        """Which record an entry is about: "Quote “proactive culture ...”"."""
        words = noun(entry.record_type)
        name = self._name(entry.record_type, entry.record_id)
        return f"{words[:1].upper()}{words[1:]} {name}"

    def _said(self, entry: Entry) -> str:
        how = _how(entry)
        if entry.before is None or entry.after is None:
            return how
        said = "; ".join(_short(change) for change in self.fields(entry))
        return f"{how} {said}".strip() if said else how.rstrip(":")

    def fields(self, entry: Entry) -> list[FieldChange]:
        """What differs, in whole words; of a record that came or went every field that says something."""
        before, after = entry.before or {}, entry.after or {}
        groups: dict[str, list[str]] = {}
        for field in before | after:
            if field not in _HIDDEN:
                groups.setdefault(name_of(entry.record_type, field), []).append(field)
        found = [
            FieldChange(
                name,
                self._first(entry.record_type, fields, before),
                self._first(entry.record_type, fields, after),
                _is_text(entry.record_type, fields[0]),
            )
            for name, fields in groups.items()
        ]
        return [change for change in found if change.before or change.after]

    def _first(self, record_type: RecordType, fields: list[str], values: Row) -> str:
        words = (self._words(record_type, field, values.get(field)) for field in fields)
        return next((one for one in words if one), "")

    def _words(self, record_type: RecordType, field: str, value: Any) -> str:
        """A value as people read it, empty for none."""
        lies = shape(classes()[record_type])
        if value is None or value == "" or value == []:
            return ""
        if isinstance(value, list):
            return ", ".join(self._name(_target(field), str(one)) for one in value)
        if field in lies.flags or field == "is_graded":
            return "yes" if value else "no"
        if field in lies.dates:
            return _date(str(value))
        if codes := _CODES.get((record_type, field)):
            return codes.get(str(value), str(value))
        if field == "file_sha256":
            return f"a file with the SHA-256 {value}"
        return self._name(_target(field), str(value)) if field.endswith("_id") else str(value)

    def _name(self, record_type: RecordType, record_id: str) -> str:
        key = record_type, record_id
        if key not in self._names:
            record = last_known(self._store, record_type, record_id)
            self._names[key] = self._name_of(record) if record else GONE
        return self._names[key]

    def _name_of(self, record: Record) -> str:
        if isinstance(record, Inspection) and record.kind_id in self._lists.kinds:
            return self._lists.name_of(record)
        if isinstance(record, Judgement):
            return f"on {self._name(RecordType.JUDGEMENT_AREA, record.area_id)}"
        if area := self._lists.areas.get(record.id):
            return self._lists.area_label(area)
        if words := getattr(record, "text", ""):
            return f"“{shortened(words)}”"
        return getattr(record, "label", "") or getattr(record, "name", "") or getattr(record, "title", "") or GONE


def _how(entry: Entry) -> str:
    if said := _SAID_OF_LABEL.get(entry.label):
        return said
    added, removed, changed = next(said for start, said in _SAID_OF_START if entry.label.startswith(start))
    return added if entry.before is None else removed if entry.after is None else changed


def _target(field: str) -> RecordType:
    """The type of record whose id a field holds."""
    name = field.removesuffix("_ids").removesuffix("_id")
    return _NAMED_APART.get(name) or RecordType(name)


def _is_text(record_type: RecordType, field: str) -> bool:
    lies = shape(classes()[record_type])
    if field not in lies.texts or field in lies.dates or field.endswith("_id"):
        return False
    return (record_type, field) not in _CODES and field != "file_sha256"


def _date(text: str) -> str:
    try:
        return str(PartialDate.from_iso(text))
    except BadDate:  # a file from elsewhere
        return text


def _short(change: FieldChange) -> str:
    before, after = shortened(change.before), shortened(change.after)
    if before == after:  # what differs stands in the middle
        pairs = enumerate(zip(change.before, change.after, strict=False))
        start = max(0, next((place for place, (was, now) in pairs if was != now), 0) - MOST_LETTERS // 4)
        before, after = (f"…{shortened(words[start:])}" for words in (change.before, change.after))
    mark: Callable[[str], str] = (lambda words: f"“{words}”") if change.is_text else str
    sides = (mark(words) if words else EMPTY for words in (before, after))
    return f"{change.name} from {' to '.join(sides)}"


def shortened(text: str, most: int = MOST_LETTERS) -> str:
    """A text in one line, its middle left out where it is longer than `most` letters."""
    line = " ".join(text.split())
    if len(line) <= most:
        return line
    tail = most // 3
    start, end = line[: most - tail - 3], line[-tail:]
    head, _, _ = line[: len(start) + 1].rpartition(" ")  # whole words, where they are not too long
    _, _, foot = line[-tail - 1 :].partition(" ")
    return f"{(head or start).rstrip()} … {(foot or end).lstrip()}"


def moment(at: str, *, now: datetime | None = None) -> str:
    """A moment of the log in local time: "Today 14:02", "22 May 2026, 14:02"."""
    try:
        when = datetime.fromisoformat(at).astimezone()
    except ValueError:  # a file from elsewhere
        return at
    today = (now or datetime.now()).astimezone().date()
    clock = f"{when.hour:02}:{when.minute:02}"
    return f"Today {clock}" if when.date() == today else f"{when.day} {MONTHS[when.month - 1]} {when.year}, {clock}"

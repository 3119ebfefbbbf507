"""What a search looks through: the texts of a record by field, read as they stand in the file.

A record has one text for each of its fields that hold words, and one that is composed of what it names: an
inspection is found by its provider, a judgement by its area.
"""

import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from db.dates import PartialDate, period
from db.errors import BadDate
from db.records import SPECIAL_VALUES, RecordType

AT_ONCE = 500  # records that one statement reads

_INSPECTION = "join provider p on p.id = i.provider_id join inspection_kind k on k.id = i.kind_id"
_FAMILY = f"join inspection i on i.id = r.inspection_id {_INSPECTION}"
_HEAD = "select r.id, coalesce(i.id, ''), p.name, k.label, i.started_on, i.ended_on"
_THEMES = (
    "(select group_concat(name, '; ') from (select name from {0}_theme join theme on theme.id = theme_id "
    "where {0}_id = r.id order by {0}_theme.position))"
)
# For each record type: how to read what its passages are made of, behind what its heading is made of.
_QUERIES = {
    RecordType.INSPECTION: (
        f"{_HEAD}, f.short_name, i.second_started_on, i.second_ended_on, i.published_on, r.title, r.theme, "
        f"r.lead_inspector, r.team, r.dates_as_printed, r.notes from inspection r join inspection i on i.id = r.id "
        f"{_INSPECTION} join framework f on f.id = k.framework_id"
    ),
    RecordType.JUDGEMENT: (
        f"{_HEAD}, a.group_label, a.label, g.label, r.special, r.grade_as_printed from judgement r {_FAMILY} "
        f"join judgement_area a on a.id = r.area_id left join grade g on g.id = r.grade_id"
    ),
    RecordType.QUOTE: f"{_HEAD}, r.text, r.speaker, r.speaker_role, {_THEMES.format('quote')} from quote r {_FAMILY}",
    RecordType.AREA_FOR_IMPROVEMENT: (
        f"{_HEAD}, r.text, r.group_label, r.words_from, {_THEMES.format('area_for_improvement')} "
        f"from area_for_improvement r {_FAMILY}"
    ),
    RecordType.DOCUMENT: (
        "select r.id, coalesce(i.id, ''), p.name, k.label, i.started_on, i.ended_on, r.title, r.publisher, r.notes, "
        "r.address from document r join provider p on p.id = r.provider_id left join inspection i on i.id = "
        "(select inspection_id from document_inspection where document_id = r.id order by position limit 1) "
        "left join inspection_kind k on k.id = i.kind_id"
    ),
}
# The main field first: the one that a result shows where several hold the words.
FIELDS = {
    RecordType.INSPECTION: ("name", "title", "theme", "lead_inspector", "team", "dates_as_printed", "notes"),
    RecordType.JUDGEMENT: ("judgement",),
    RecordType.QUOTE: ("text", "speaker", "speaker_role", "themes"),
    RecordType.AREA_FOR_IMPROVEMENT: ("text", "group_label", "words_from", "themes"),
    RecordType.DOCUMENT: ("title", "publisher", "notes", "address"),
}


@dataclass(frozen=True, slots=True)
class Searchable:
    """One record as a search sees it: where it belongs, and its texts by field, the main one first.

    `inspection_id` is empty for a document that is linked to no inspection.
    """

    record_type: RecordType
    record_id: str
    inspection_id: str
    heading: str
    texts: Mapping[str, str]


def read(connection: sqlite3.Connection, record_type: RecordType, ids: Iterable[str] | None = None) -> list[Searchable]:
    """The searchable texts of some records as they stand in the file, or of all of that type; blank ones left out."""
    query = _QUERIES[record_type]
    if ids is None:
        return [_searchable(record_type, row) for row in connection.execute(query).fetchall()]
    some = " where r.id in (select value from json_each(?))"
    found: list[Searchable] = []
    for part in in_parts(list(ids)):
        rows = connection.execute(query + some, (json.dumps(part),)).fetchall()
        found += (_searchable(record_type, row) for row in rows)
    return found


def in_parts(ids: Sequence[str]) -> Iterator[Sequence[str]]:
    """The ids, as many at a time as one statement takes."""
    return (ids[start : start + AT_ONCE] for start in range(0, len(ids), AT_ONCE))


def _searchable(record_type: RecordType, row: Sequence[Any]) -> Searchable:
    record_id, inspection_id, provider, kind, started_on, ended_on, *rest = row
    when = _period(started_on, ended_on) or ("date not known" if inspection_id else "")
    texts: Sequence[str | None] = rest
    if record_type == RecordType.INSPECTION:
        short_name, second_started_on, second_ended_on, published_on, *texts = rest
        second = _period(second_started_on, second_ended_on)
        published = published_on and f"published {_period(published_on, None)}"
        framework = "" if short_name in kind else short_name
        texts = [joined(provider, kind, framework, when, second, published), *texts]
    elif record_type == RecordType.JUDGEMENT:
        group, area, grade, special, as_printed = rest
        label = area.replace("[authority]", provider.removesuffix(" County Council").removesuffix(" Council"))
        printed = as_printed if as_printed != grade else ""
        texts = [joined(group, label, grade or SPECIAL_VALUES.get(special or ""), printed)]
    by_field = {field: text for field, text in zip(FIELDS[record_type], texts, strict=True) if text}
    return Searchable(record_type, record_id, inspection_id, joined(provider, kind, when), by_field)


def joined(*parts: str | None) -> str:
    """The parts that are known, in one line."""
    return ", ".join(part for part in parts if part)


@cache
def _period(first: str | None, last: str | None) -> str:
    """A period in words, from the dates in the file's form."""
    try:
        return period(first and PartialDate.from_iso(first), last and PartialDate.from_iso(last))  # type: ignore[arg-type]
    except BadDate:  # a file from elsewhere is found by what stands in it
        return joined(first, last)

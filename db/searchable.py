"""What a search looks through: the texts of a record by field, read as they stand in the file.

A record has one text for each of its fields that hold words, and one that is composed of what it names: an
inspection is found by its provider, a judgement by its area. All of them together are one passage of the index, so
that the words typed may stand in several fields; each paragraph of a kept document is a passage too.
"""

import json
import re
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from db.dates import PartialDate, period
from db.errors import BadDate
from db.facets import BETWEEN, Facet, without_marks, words
from db.records import SPECIAL_VALUES, RecordType
from db.text import DASHES, fold

AT_ONCE = 500  # records that one statement reads
WHOLE = "all"  # the passage of a record; those of a document's paragraphs are named by their places

_INSPECTION = (
    "join provider p on p.id = i.provider_id join inspection_kind k on k.id = i.kind_id "
    "join framework f on f.id = k.framework_id"
)
_FAMILY = f"join inspection i on i.id = r.inspection_id {_INSPECTION}"
_HEAD = (
    "select r.id, coalesce(i.id, ''), p.name, k.label, i.started_on, i.ended_on, i.published_on, f.short_name, "
    "p.row, k.row"
)
_THEMES = (
    "(select group_concat({1}, '{2}') from (select theme.{1} from {0}_theme join theme on theme.id = theme_id "
    "where {0}_id = r.id order by {0}_theme.position))"
)
_LINKED = "(select group_concat({0}, ' ') from document_inspection d join inspection o on o.id = d.inspection_id {1})"
_YEARS = _LINKED.format(
    "substr(coalesce(o.started_on, o.ended_on, o.published_on), 1, 4)", "where d.document_id = r.id"
)
_KINDS = _LINKED.format("n.row", "join inspection_kind n on n.id = o.kind_id where d.document_id = r.id")
# For each record type: how to read what its passages are made of, behind what its heading is made of.
_QUERIES = {
    RecordType.INSPECTION: (
        f"{_HEAD}, i.second_started_on, i.second_ended_on, r.title, r.theme, "
        f"r.lead_inspector, r.team, r.dates_as_printed, r.notes from inspection r join inspection i on i.id = r.id "
        f"{_INSPECTION}"
    ),
    RecordType.JUDGEMENT: (
        f"{_HEAD}, a.row, g.row, a.group_label, a.label, g.label, r.special, r.grade_as_printed from judgement r "
        f"{_FAMILY} join judgement_area a on a.id = r.area_id left join grade g on g.id = r.grade_id"
    ),
    RecordType.QUOTE: (
        f"{_HEAD}, r.page, r.paragraph, a.row, s.row, r.tone, {_THEMES.format('quote', 'row', ' ')}, "
        f"r.text, r.speaker, r.speaker_role, {_THEMES.format('quote', 'name', '; ')} from quote r {_FAMILY} "
        "left join judgement_area a on a.id = r.area_id left join strand s on s.id = r.strand_id"
    ),
    RecordType.AREA_FOR_IMPROVEMENT: (
        f"{_HEAD}, r.page, r.paragraph, {_THEMES.format('area_for_improvement', 'row', ' ')}, coalesce(s.is_open, 1) "
        "and not exists (select 1 from verdict v where v.area_for_improvement_id = r.id and v.verdict = 'closed'), "
        f"r.text, r.group_label, r.words_from, {_THEMES.format('area_for_improvement', 'name', '; ')}, r.owner, "
        f"r.impact, r.rag_reason from area_for_improvement r {_FAMILY} left join action_status s on s.id = r.status_id"
    ),
    RecordType.ACTION: (
        f"{_HEAD}, null, null, null, coalesce(s.is_open, 1), r.text, r.success_measure, r.owner from action r "
        "left join area_for_improvement a on a.id = r.area_for_improvement_id left join quote q on q.id = r.quote_id "
        f"join inspection i on i.id = coalesce(a.inspection_id, q.inspection_id) {_INSPECTION} "
        "left join action_status s on s.id = r.status_id"
    ),
    RecordType.PROGRESS_NOTE: (
        f"{_HEAD}, null, null, null, null, r.text, r.author from progress_note r "
        "join area_for_improvement a on a.id = r.area_for_improvement_id join inspection i on i.id = a.inspection_id "
        f"{_INSPECTION}"
    ),
    RecordType.DOCUMENT: (
        f"{_HEAD}, {_KINDS}, {_YEARS}, substr(r.published_on, 1, 4), r.title, r.publisher, r.notes, "
        "r.address from document r join provider p on p.id = r.provider_id left join inspection i on i.id = "
        "(select inspection_id from document_inspection where document_id = r.id order by position limit 1) "
        "left join inspection_kind k on k.id = i.kind_id left join framework f on f.id = k.framework_id"
    ),
}
# The main field first: the one that a result shows where several hold the words.
FIELDS = {
    RecordType.INSPECTION: ("name", "title", "theme", "lead_inspector", "team", "dates_as_printed", "notes"),
    RecordType.JUDGEMENT: ("judgement",),
    RecordType.QUOTE: ("text", "speaker", "speaker_role", "themes"),
    RecordType.AREA_FOR_IMPROVEMENT: tuple("text group_label words_from themes owner impact rag_reason".split()),
    RecordType.ACTION: ("text", "success_measure", "owner"),
    RecordType.PROGRESS_NOTE: ("text", "author"),
    RecordType.DOCUMENT: ("title", "publisher", "notes", "address"),
}
_COMPOUND = re.compile(r"\w+(?:-\w+)+")
_DASH = re.compile(rf"\w[{DASHES}-]\w")
_LETTER = re.compile(r"[^\W\d_]")


@dataclass(frozen=True, slots=True)
class Source:
    """Where a text comes from, in words: whose inspection, of which kind, when, and by which framework."""

    provider: str = ""
    kind: str = ""
    when: str = ""
    framework: str = ""
    year: str = ""

    @property
    def heading(self) -> str:
        """In one line: "Durham County Council, ILACS standard inspection, 9 May to 20 May 2022"."""
        return joined(self.provider, self.kind, self.when)

    @property
    def short(self) -> str:
        """As a reference names it: "ILACS 2022"."""
        return " ".join(filter(None, (self.framework, self.year)))


@dataclass(frozen=True, slots=True)
class Searchable:
    """One record as a search sees it: where it belongs, and its texts by field, the main one first.

    `inspection_id` is empty for a document that is linked to no inspection. `paragraphs` are the words of a kept
    document by place, the last one first.
    """

    record_type: RecordType
    record_id: str
    inspection_id: str
    source: Source
    fields: Mapping[str, str]
    facets: tuple[str, ...] = ()
    page: int | None = None
    paragraph: int | None = None
    paragraphs: Mapping[int, str] = field(default_factory=dict)

    @property
    def texts(self) -> dict[str, str]:
        """The passages of the index by name; `db.text.fold` makes of them what is compared."""
        whole = {WHOLE: passage(self.fields.values(), self.facets)} if self.fields else {}
        return whole | {str(place): passage((text,), self.facets) for place, text in self.paragraphs.items()}


def passage(texts: Iterable[str], facets: Sequence[str]) -> str:
    """Some texts as one passage, behind them compounds written as one word, and the facets."""
    plain = [without_marks(text) for text in texts]
    return BETWEEN.join([*plain, " ".join((*_compounds(plain), *facets))])


def _compounds(texts: Sequence[str]) -> list[str]:
    """ "wellbeing" for "well-being", so that it is found whichever way it is typed."""
    if not any(map(_DASH.search, texts)):
        return []
    found = _COMPOUND.findall(fold(" ".join(texts)))
    return list(dict.fromkeys(word.replace("-", "") for word in found if _LETTER.search(word)))


def read(
    connection: sqlite3.Connection,
    record_type: RecordType,
    ids: Iterable[str] | None = None,
    *,
    with_paragraphs: bool = True,
) -> list[Searchable]:
    """The searchable texts of some records as they stand in the file, or of all of that type; blank ones left out."""
    query = _QUERIES[record_type]
    if ids is None:
        ids = [key for (key,) in connection.execute(f"select id from {record_type} order by row").fetchall()]
    some = " where r.id in (select value from json_each(?))"
    found: list[Searchable] = []
    for part in in_parts(list(ids)):
        rows = connection.execute(query + some, (json.dumps(part),)).fetchall()
        is_long = with_paragraphs and record_type == RecordType.DOCUMENT
        paragraphs = _paragraphs(connection, part) if is_long else {}
        found += (_searchable(record_type, row, paragraphs.get(row[0], {})) for row in rows)
    return found


def in_parts(ids: Sequence[str]) -> Iterator[Sequence[str]]:
    """The ids, as many at a time as one statement takes."""
    return (ids[start : start + AT_ONCE] for start in range(0, len(ids), AT_ONCE))


def _paragraphs(connection: sqlite3.Connection, ids: Sequence[str]) -> dict[str, dict[int, str]]:
    """The words of kept documents, of each the last paragraph first: newest first then shows them in order."""
    if not connection.execute("select 1 from sqlite_master where name = 'document_paragraph'").fetchone():
        return {}  # a file of an older version
    found: dict[str, dict[int, str]] = {}
    rows = connection.execute(
        "select id, place, text from document join document_paragraph on sha256 = file_sha256 "
        "where id in (select value from json_each(?)) order by place desc",
        (json.dumps(ids),),
    )
    for key, place, text in rows.fetchall():
        found.setdefault(key, {})[place] = text
    return found


def _searchable(record_type: RecordType, row: Sequence[Any], paragraphs: Mapping[int, str]) -> Searchable:
    record_id, inspection_id, provider, kind, started_on, ended_on, published_on, short_name, *rows = row[:10]
    when = _period(started_on, ended_on) or ("date not known" if inspection_id else "")
    year = (started_on or ended_on or published_on or "")[:4]
    facets = {*_event_facets(*rows, year)}
    texts: Sequence[str | None]
    page = paragraph = None
    if record_type == RecordType.INSPECTION:
        second_started_on, second_ended_on, *rest = row[10:]
        second = _period(second_started_on, second_ended_on)
        published = published_on and f"published {_period(published_on, None)}"
        framework = "" if short_name in kind else short_name
        texts = [joined(provider, kind, framework, when, second, published), *rest]
    elif record_type == RecordType.JUDGEMENT:
        texts = [_judgement(provider, *row[12:])]
        facets |= words(Facet.AREA, row[10:11]) | words(Facet.GRADE, row[11:12])
    elif record_type == RecordType.DOCUMENT:
        texts = row[13:]
        facets |= words(Facet.KIND, (row[10] or "").split()) | words(Facet.YEAR, (row[11] or "").split())
        facets |= words(Facet.YEAR, row[12:13]) if not row[11] else set()
    else:
        page, paragraph = row[10:12]
        texts, own = _OWN_FACETS[record_type](row[12:])
        facets |= own
    by_field = {name: text for name, text in zip(FIELDS[record_type], texts, strict=True) if text}
    source = Source(provider, kind or "", when, short_name or "", year)
    return Searchable(
        record_type,
        record_id,
        inspection_id,
        source,
        by_field,
        tuple(sorted(facets)),
        page,
        paragraph,
        paragraphs,
    )


@cache
def _event_facets(provider: int, kind: int | None, year: str) -> frozenset[str]:
    known = ((Facet.PROVIDER, provider), (Facet.KIND, kind), (Facet.YEAR, year))
    return frozenset(facet.word(value) for facet, value in known if value)


def _judgement(provider: str, group: str, area: str, grade: str | None, special: str | None, as_printed: str) -> str:
    label = area.replace("[authority]", provider.removesuffix(" County Council").removesuffix(" Council"))
    printed = as_printed if as_printed != grade else ""
    return joined(group, label, grade or SPECIAL_VALUES.get(special or ""), printed)


def _of_quote(row: Sequence[Any]) -> tuple[Sequence[str | None], set[str]]:
    area, strand, tone, themes, *texts = row
    known = ((Facet.AREA, area), (Facet.STRAND, strand), (Facet.TONE, tone))
    facets = {facet.word(value) for facet, value in known if value}
    if themes:
        facets |= words(Facet.THEME, themes.split())
    if texts[1]:
        facets |= words(Facet.SPEAKER, re.findall(r"\w+", fold(without_marks(texts[1]))))
    return texts, facets


def _of_work(row: Sequence[Any]) -> tuple[Sequence[str | None], set[str]]:
    """Of an area for improvement, an action or a note: what is left to do of it, None where that is not asked."""
    themes, is_open, *texts = row
    found = words(Facet.THEME, (themes or "").split())
    return texts, found if is_open is None else found | {Facet.OPEN.word("yes" if is_open else "no")}


_OWN_FACETS: dict[RecordType, Callable[[Sequence[Any]], tuple[Sequence[str | None], set[str]]]] = {
    RecordType.QUOTE: _of_quote,
    RecordType.AREA_FOR_IMPROVEMENT: _of_work,
    RecordType.ACTION: _of_work,
    RecordType.PROGRESS_NOTE: _of_work,
}


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

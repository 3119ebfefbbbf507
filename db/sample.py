"""The sample file: the public record of Durham, 2011 to 2025, as the edits that an officer would make."""

import json
from collections.abc import Iterable, Iterator
from importlib.resources import files
from typing import Any

from db.catalogue import fact_id
from db.dates import PartialDate, period
from db.edit import Edit
from db.frameworks import (
    Fact,
    FindingKind,
    Framework,
    Grade,
    InspectionKind,
    JudgementArea,
    Strand,
    Timescale,
)
from db.improvement_records import Verdict
from db.records import (
    AreaForImprovement,
    Document,
    Inspection,
    Judgement,
    Provider,
    Quote,
    Record,
    RecordType,
    new_id,
)

Row = dict[str, Any]
EVENTS = "OTHER_EVENTS"  # the framework of the events that are no inspections


def edits(facts: Iterable[Fact]) -> Iterator[tuple[str, Edit]]:
    """Every edit with its label, in the order of entry: provider, inspections, documents, then what they say.

    What later inspections said of an area for improvement comes last.

    Args:
        facts: the frameworks and lists of the file that the sample goes into.
    """
    codes = _Codes(facts)
    sample = _read()
    provider = Provider(id=new_id(), **sample["provider"])
    yield _add(f"Add provider {provider.name}", provider)
    entered = [(row, _inspection(row, provider.id, codes)) for row in _inspections_and_events(sample)]
    for _, inspection in entered:
        yield _add(f"Add inspection {_named(inspection, codes)}", inspection)
    documents = {row["code"]: _document(row, provider.id, entered) for row in sample["documents"]}
    for document in documents.values():
        yield _add(f"Add document {document.title}", document)
    document_ids = {code: document.id for code, document in documents.items()}
    said = [edit for row, inspection in entered for edit in _said(row, inspection.id, document_ids, codes)]
    yield from said
    written = [record for _, edit in said for record in edit.after]
    yield from _verdicts(sample, {row["started"]: inspection.id for row, inspection in entered}, written)


class _Codes:
    """Finds the ids of a file's facts by their codes."""

    def __init__(self, facts: Iterable[Fact]) -> None:
        facts = tuple(facts)
        self._framework_codes = {fact.id: fact.code for fact in facts if isinstance(fact, Framework)}
        self._scales = {fact.id: fact.scale_id for fact in facts if isinstance(fact, Framework)}
        self._grades = {(fact.scale_id, fact.code): fact.id for fact in facts if isinstance(fact, Grade)}
        self._listed = {
            (fact.record_type, fact.code): fact.id
            for fact in facts
            if isinstance(fact, Strand | FindingKind | Timescale)
        }
        self._kinds = {self._key(fact): fact for fact in facts if isinstance(fact, InspectionKind)}
        self._areas = {self._key(fact): fact for fact in facts if isinstance(fact, JudgementArea)}
        self.kind_labels = {kind.id: kind.label for kind in self._kinds.values()}

    def _key(self, fact: InspectionKind | JudgementArea) -> tuple[str, str]:
        return self._framework_codes[fact.framework_id], fact.code

    def kind_id(self, framework: str, kind: str) -> str:
        return self._kinds[framework, kind].id

    def area(self, framework: str, area: str) -> JudgementArea:
        return self._areas[framework, area]

    def grade_id(self, area: JudgementArea, grade: str) -> str:
        scale_id = area.scale_id or self._scales[area.framework_id]
        assert scale_id is not None
        return self._grades[scale_id, grade]

    def listed_id(self, record_type: RecordType, code: str | None) -> str | None:
        return self._listed[record_type, code] if code else None


def _read() -> Row:
    text = files("resources").joinpath("sample", "durham.json").read_text(encoding="utf-8")
    sample: Row = json.loads(text)
    return sample


def _add(label: str, record: Record) -> tuple[str, Edit]:
    return label, Edit(after=(record,))


def _inspections_and_events(sample: Row) -> list[Row]:
    return sample["inspections"] + [{"framework": EVENTS} | row for row in sample["events"]]


def _inspection(row: Row, provider_id: str, codes: _Codes) -> Inspection:
    return Inspection(
        id=new_id(),
        provider_id=provider_id,
        kind_id=codes.kind_id(row["framework"], row["kind"]),
        title=row["title"],
        started_on=_date(row["started"]),
        ended_on=_date(row.get("ended")),
        dates_as_printed=row["dates_as_printed"],
        published_on=_date(row.get("published")),
        published_as_printed=row.get("published_as_printed", ""),
        lead_inspector=row.get("lead_inspector", ""),
        team="\n".join(row.get("team", ())),
        theme=row.get("theme", ""),
        report_address=row.get("report_address", ""),
        notes="\n".join(row["notes"]),
    )


def _date(text: str | None) -> PartialDate | None:
    return PartialDate.from_iso(text) if text else None


def _named(inspection: Inspection, codes: _Codes) -> str:
    """ "ILACS standard inspection, 9 May to 20 May 2022", or without the dates where none is known."""
    when = period(inspection.started_on, inspection.ended_on)
    return ", ".join(filter(None, (codes.kind_labels[inspection.kind_id], when)))


def _document(row: Row, provider_id: str, entered: list[tuple[Row, Inspection]]) -> Document:
    return Document(
        id=new_id(),
        provider_id=provider_id,
        kind=row["kind"],
        title=row["title"],
        publisher=row["publisher"],
        published_on=_date(row["published"]),
        published_as_printed=row["published_as_printed"],
        address=row["address"],
        notes=row["notes"],
        inspection_ids=tuple(inspection.id for used_by, inspection in entered if row["code"] in _documents_of(used_by)),
    )


def _documents_of(row: Row) -> set[str]:
    """The codes of the documents that an inspection is known from."""
    said = (part for name in ("quotes", "responses", "areas_for_improvement") for part in row.get(name, ()))
    return {row["source"]} | {part["document"] for part in said}


def _said(row: Row, inspection_id: str, document_ids: dict[str, str], codes: _Codes) -> Iterator[tuple[str, Edit]]:
    """What an inspection says: its judgements, its quotes and its areas for improvement, one edit each."""
    for judged in row.get("judgements", ()):
        area = codes.area(row["framework"], judged["area"])
        yield _add(f"Set judgement {area.label}", _judgement(judged, inspection_id, area, codes))
    for position, said in enumerate(row.get("quotes", []) + row.get("responses", []), 1):
        yield _add("Add quote", _quote(said, inspection_id, position, document_ids, codes))
    for position, named in enumerate(row.get("areas_for_improvement", ()), 1):
        record = _area_for_improvement(named, inspection_id, position, document_ids, codes)
        yield _add("Add area for improvement", record)


def _judgement(row: Row, inspection_id: str, area: JudgementArea, codes: _Codes) -> Judgement:
    return Judgement(
        id=new_id(),
        inspection_id=inspection_id,
        area_id=area.id,
        grade_id=codes.grade_id(area, row["grade"]),
        grade_as_printed=row["grade_as_printed"],
    )


def _quote(row: Row, inspection_id: str, position: int, document_ids: dict[str, str], codes: _Codes) -> Quote:
    return Quote(
        id=new_id(),
        inspection_id=inspection_id,
        document_id=document_ids[row["document"]],
        position=position,
        text=row["text"],
        page=row.get("page"),
        paragraph=row.get("paragraph"),
        strand_id=codes.listed_id(RecordType.STRAND, row.get("strand")),
        voice=row.get("voice", "inspectors"),
        speaker=row["speaker"],
        speaker_role=row["speaker_role"],
        is_reported_speech=row.get("is_reported_speech", False),
        tone=row.get("tone"),
    )


def _area_for_improvement(
    row: Row, inspection_id: str, position: int, document_ids: dict[str, str], codes: _Codes
) -> AreaForImprovement:
    kind_id = codes.listed_id(RecordType.FINDING_KIND, row["kind"])
    assert kind_id is not None
    return AreaForImprovement(
        id=new_id(),
        inspection_id=inspection_id,
        document_id=document_ids[row["document"]],
        position=position,
        text=row["text"],
        finding_kind_id=kind_id,
        timescale_id=codes.listed_id(RecordType.TIMESCALE, row["timescale"]),
        audience=row["audience"],
        page=row["page"],
        paragraph=row["paragraph"],
        words_from=row["words_from"],
        theme_ids=tuple(fact_id(RecordType.THEME, code) for code in row["themes"]),
    )


def _verdicts(sample: Row, inspection_ids: dict[str, str], written: list[Record]) -> Iterator[tuple[str, Edit]]:
    """What later inspections said of each area for improvement, one edit each.

    A verdict names the later inspection by its first day, its quote by how it begins and the later area by its number.
    """
    areas = {(one.inspection_id, one.position): one.id for one in written if isinstance(one, AreaForImprovement)}
    quotes = [one for one in written if isinstance(one, Quote)]
    for row in sample["inspections"]:
        for position, named in enumerate(row["areas_for_improvement"], 1):
            for said in named["verdicts"]:
                later_id = inspection_ids[said["inspection"]]
                begun = said["quote"]
                verdict = Verdict(
                    id=new_id(),
                    area_for_improvement_id=areas[inspection_ids[row["started"]], position],
                    inspection_id=later_id,
                    verdict=said["verdict"],
                    quote_id=_begun(begun, later_id, quotes) if begun else None,
                    later_area_id=areas[later_id, said["later_area"]] if said["later_area"] else None,
                    text=said["text"],
                )
                yield _add("Add verdict", verdict)


def _begun(words: str, inspection_id: str, quotes: list[Quote]) -> str:
    (found,) = (one.id for one in quotes if one.inspection_id == inspection_id and one.text.startswith(words))
    return found

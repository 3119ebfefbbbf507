"""What lists of inspections show: their order, and the headline grades of each."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from db.damage import readable
from db.dependents import with_dependents
from db.edit import Edit
from db.lists import Lists
from db.records import AreaForImprovement, Document, Inspection, Judgement, Quote, Record
from db.store import Store


def newest_first(inspections: Iterable[Inspection]) -> list[Inspection]:
    """By the first day known, the newest first; those without any date come last."""
    return sorted(inspections, key=lambda one: (_day(one), one.id), reverse=True)


def _day(inspection: Inspection) -> date:
    known = inspection.started_on or inspection.ended_on or inspection.published_on
    return known.first_day if known else date.min


@readable()
def headlines(store: Store) -> dict[str, list[tuple[str | None, str | None]]]:
    """The grade and the special value of every headline judgement, by inspection."""
    found: dict[str, list[tuple[str | None, str | None]]] = {}
    rows = store.connection.raw.execute(
        "select inspection_id, grade_id, special from judgement join judgement_area on judgement_area.id = area_id "
        "where is_headline = 1 order by judgement_area.position"
    )
    for inspection_id, grade_id, special in rows.fetchall():
        found.setdefault(inspection_id, []).append((grade_id, special))
    return found


@readable()
def same_inspection(store: Store, candidate: Inspection) -> Inspection | None:
    """An inspection of the same provider and kind whose dates may be the same; None where there is none.

    A month matches a day inside it. Without any date on either side nothing is taken for the same.
    """
    wanted = candidate.started_on
    if wanted is None:
        return None
    for known in store.each(Inspection, provider_id=candidate.provider_id, kind_id=candidate.kind_id):
        first = known.started_on
        if first is None or known.id == candidate.id:
            continue
        last = known.second_ended_on or known.ended_on or first
        if first.first_day <= wanted.last_day and wanted.first_day <= last.last_day:
            return known
    return None


def removal(store: Store, inspection: Inspection) -> Edit:
    """The edit that removes an inspection with all that hangs on it.

    A document that is about other inspections too, or that one of theirs cites, stays and loses its link to this one.
    """
    rows: list[Record] = [inspection]
    for record_class in (Judgement, Quote, AreaForImprovement):
        rows += store.each(record_class, inspection_id=inspection.id)
    kept: list[Record] = []
    for document in store.each(Document, inspection_ids=inspection.id):
        rows.append(document)
        others = tuple(key for key in document.inspection_ids if key != inspection.id)
        if others or _is_cited_elsewhere(store, document, inspection):
            kept.append(replace(document, inspection_ids=others))
    return with_dependents(store, Edit(tuple(rows), tuple(kept)))


def _is_cited_elsewhere(store: Store, document: Document, inspection: Inspection) -> bool:
    quotes = {one.inspection_id for one in store.each(Quote, document_id=document.id)}
    areas = {one.inspection_id for one in store.each(AreaForImprovement, document_id=document.id)}
    return bool((quotes | areas) - {inspection.id})


def is_inspection(lists: Lists, inspection: Inspection) -> bool:
    """Whether an event counts as an inspection; a self-evaluation or a committee report does not."""
    return lists.framework_of(inspection.kind_id).is_inspection


@readable()
def tab_titles(store: Store, lists: Lists, inspection: Inspection, documents: int) -> tuple[str, ...]:
    """What the tabs of an inspection are called, each with its count: "Judgements 4 of 4", "Quotes 14"."""
    areas = len(lists.areas_of(inspection.kind_id))
    judged = store.count(Judgement, inspection_id=inspection.id)
    return (
        "Details",
        f"Judgements {judged} of {areas}" if areas else "Judgements",
        f"Quotes {store.count(Quote, inspection_id=inspection.id)}",
        f"Areas for improvement {store.count(AreaForImprovement, inspection_id=inspection.id)}",
        f"Documents {documents}",
    )


def renumbered(rows: Sequence[Any]) -> tuple[tuple[Record, ...], tuple[Record, ...]]:
    """The rows that stand at another position than their number says, before and after."""
    pairs = [(row, replace(row, position=number)) for number, row in enumerate(rows, 1) if row.position != number]
    return tuple(old for old, _ in pairs), tuple(new for _, new in pairs)


def row_removal(store: Store, inspection_id: str, record: Record) -> Edit:
    """The edit that takes a row out of an inspection; the rows after it move up.

    A document goes for good only where no other inspection has it.
    """
    if isinstance(record, Document):
        others = tuple(key for key in record.inspection_ids if key != inspection_id)
        return with_dependents(store, Edit((record,), (replace(record, inspection_ids=others),) if others else ()))
    if not isinstance(record, Quote | AreaForImprovement):
        return with_dependents(store, Edit((record,)))
    rows = store.each(type(record), inspection_id=inspection_id)
    before, after = renumbered([row for row in rows if row.id != record.id])
    return with_dependents(store, Edit((record, *before), after))

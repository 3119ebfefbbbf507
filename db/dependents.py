"""What hangs on a record that is removed: it goes with it, or loses only its link to it."""

from collections.abc import Iterator
from dataclasses import replace

from db.edit import Edit
from db.improvement_records import Action, CommitteeReport, Evidence, ProgressNote, StatutoryDate, Verdict
from db.records import AreaForImprovement, Document, Inspection, Quote, Record
from db.store import Store

_OF_AN_AREA = (Action, ProgressNote, Evidence, CommitteeReport, Verdict)


def with_dependents(store: Store, edit: Edit) -> Edit:
    """The edit with what hangs on the records that it removes.

    An area for improvement takes its actions, notes, evidence and verdicts with it, a quote its actions, an
    inspection its verdicts and statutory dates. Evidence and verdicts that only name the record lose the name.
    """
    stay = {record.id for record in edit.after}
    gone = [record for record in edit.before if record.id not in stay]
    belonging = {one.id: one for record in gone for one in _belonging(store, record)}
    naming = {one.id: one for record in gone for one in _naming(store, record) if one.id not in belonging}
    ids = {record.id for record in gone}
    named_apart = {key: _without(one, ids) for key, one in naming.items()}
    kept = tuple(one for one in named_apart.values() if one is not None)
    return replace(edit, before=(*edit.before, *belonging.values(), *naming.values()), after=(*edit.after, *kept))


def _belonging(store: Store, record: Record) -> Iterator[Record]:
    match record:
        case AreaForImprovement():
            for record_class in _OF_AN_AREA:
                yield from store.each(record_class, area_for_improvement_id=record.id)
        case Quote():
            yield from store.each(Action, quote_id=record.id)
        case Inspection():
            yield from store.each(Verdict, inspection_id=record.id)
            yield from store.each(StatutoryDate, inspection_id=record.id)


def _naming(store: Store, record: Record) -> Iterator[Evidence | Verdict]:
    match record:
        case AreaForImprovement():
            yield from store.each(Verdict, later_area_id=record.id)
        case Quote():
            yield from store.each(Evidence, quote_id=record.id)
            yield from store.each(Verdict, quote_id=record.id)
        case Document():
            yield from store.each(Evidence, document_id=record.id)


def _without(record: Evidence | Verdict, gone: set[str]) -> Evidence | Verdict | None:
    """The record without what is gone; None where evidence would then say nothing."""
    quote_id = None if record.quote_id in gone else record.quote_id
    if isinstance(record, Verdict):
        later_area_id = None if record.later_area_id in gone else record.later_area_id
        return replace(record, quote_id=quote_id, later_area_id=later_area_id)
    document_id = None if record.document_id in gone else record.document_id
    says_something = quote_id or document_id or record.address or record.text
    return replace(record, quote_id=quote_id, document_id=document_id) if says_something else None


def shown_with(store: Store, record: Record) -> Record:
    """The record whose form shows this one: of an action or a note what it is for, of any other itself."""
    area_id = getattr(record, "area_for_improvement_id", None)
    if isinstance(record, Action) and record.quote_id:
        return store.get(Quote, record.quote_id) or record
    return (area_id and store.get(AreaForImprovement, area_id)) or record

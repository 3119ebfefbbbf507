"""Reads what the forms of the Improvement place need about an area for improvement, or about a quote with actions."""

from collections.abc import Mapping, Sequence

from db.improvement_reading import committees_used
from db.improvement_records import Action, CommitteeReport, Evidence, ProgressNote
from db.overview import newest_first
from db.records import AreaForImprovement, Document, Inspection, Quote, Record
from db.store import Store
from desktop_app.forms.improvement_context import WorkContext
from desktop_app.workspace import Workspace


def context_of(workspace: Workspace, subject: AreaForImprovement | Quote, owners: Sequence[str]) -> WorkContext:
    """What may be named beside the subject: posts, committees, documents and quotes of its provider."""
    store = workspace.store
    inspection = store.get(Inspection, subject.inspection_id)
    assert inspection is not None
    siblings = newest_first(store.each(Inspection, provider_id=inspection.provider_id))
    return WorkContext(
        lists=workspace.lists,
        inspection=inspection,
        documents=tuple(store.each(Document, provider_id=inspection.provider_id)),
        inspections=tuple(siblings),
        area=subject if isinstance(subject, AreaForImprovement) else None,
        quote=subject if isinstance(subject, Quote) else None,
        read_quotes=lambda: [one for each in siblings for one in store.each(Quote, inspection_id=each.id)],
        owners=owners,
        committees=committees_used(store),
    )


def rows_of(store: Store, context: WorkContext) -> Mapping[str, list[Record]]:
    """The rows of every tab; a quote has actions only."""
    if context.quote is not None:
        return {"actions": list(store.each(Action, quote_id=context.key))}
    key = context.key
    return {
        "actions": list(store.each(Action, area_for_improvement_id=key)),
        "notes": list(store.each(ProgressNote, area_for_improvement_id=key)),
        "evidence": list(store.each(Evidence, area_for_improvement_id=key)),
        "committees": list(store.each(CommitteeReport, area_for_improvement_id=key)),
    }

"""The statutory dates of a timeline: one faint mark for each, in the order of time."""

from collections.abc import Iterable, Sequence

from db import deadlines
from db import timeline_words as words
from db.improvement_records import StatutoryDate
from db.lists import Lists
from db.records import Inspection
from db.timeline import Counts, Event, Form


def events(
    lists: Lists, inspections: Iterable[Inspection], counts: Counts, kept: Sequence[StatutoryDate] = ()
) -> list[Event]:
    """What is due after each inspection, where the day is known or was entered."""
    found = []
    for inspection in inspections:
        kind = lists.kinds[inspection.kind_id]
        is_grave = words.is_grave(lists, counts.get(inspection.id, {}))
        for one in deadlines.due(inspection, kind.code, is_grave, kept):
            if one.on is None:
                continue
            label = one.deadline.label
            sentence = words.spoken("Statutory date", label, f"due {one.on}", *_reasons(one, inspection), kind.label)
            found.append(Event(inspection_id=inspection.id, form=Form.DUE, on=one.on, label=label, sentence=sentence))
    return sorted(found, key=lambda event: (event.first, event.label, event.inspection_id))


def _reasons(one: deadlines.Due, inspection: Inspection) -> list[str]:
    counted = f"{one.deadline.working_days} working days from {one.deadline.counted_from} on {inspection.received_on}"
    said = [one.kept.reason] if one.kept and one.kept.due_on else [counted]
    return [*said, f"met on {one.kept.done_on}"] if one.kept and one.kept.done_on else said

"""The statutory dates of a timeline: one faint mark for each, in the order of time."""

from collections.abc import Iterable

from db import deadlines
from db import timeline_words as words
from db.dates import PartialDate
from db.lists import Lists
from db.records import Inspection
from db.timeline import Counts, Event, Form


def events(lists: Lists, inspections: Iterable[Inspection], counts: Counts) -> list[Event]:
    """What is due after each inspection whose report or letter is known to have come in on a day."""
    found = []
    for inspection in inspections:
        kind = lists.kinds[inspection.kind_id]
        is_grave = words.is_grave(lists, counts.get(inspection.id, {}))
        for deadline, day in deadlines.due(inspection, kind.code, is_grave):
            on = PartialDate(day.year, day.month, day.day)
            counted = f"{deadline.working_days} working days from {deadline.counted_from} on {inspection.received_on}"
            sentence = words.spoken("Statutory date", deadline.label, f"due {on}", counted, kind.label)
            found.append(
                Event(inspection_id=inspection.id, form=Form.DUE, on=on, label=deadline.label, sentence=sentence)
            )
    return sorted(found, key=lambda event: (event.first, event.label, event.inspection_id))

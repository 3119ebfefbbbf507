"""Builds a timeline: sorts what is known of a provider into lanes, and asks the rules for the rest."""

from collections.abc import Iterable, Sequence
from datetime import date

from db import timeline_axis, timeline_due
from db import timeline_words as words
from db.frameworks import Framework
from db.improvement_records import StatutoryDate
from db.lists import Lists
from db.records import Inspection, Judgement
from db.timeline import Counts, Event, Form, Lane, LaneForm, Timeline, Undated
from db.timeline_rules import Rules
from db.timeline_strands import StrandLanes


class Builder:
    """One use: the records of a provider go in, `timeline()` comes out."""

    def __init__(
        self,
        lists: Lists,
        inspections: Sequence[Inspection],
        judgements: Sequence[Judgement],
        counts: Counts,
        today: date,
        kept: Sequence[StatutoryDate] = (),
    ) -> None:
        self._lists, self._today = lists, today
        self._rules = Rules.of(lists)
        self._all = inspections
        self._dated = sorted((one for one in inspections if words.event_date(one)), key=_order)
        self._counts = {key: left for key, found in counts.items() if (left := _without_strengths(lists, found))}
        self._due = timeline_due.events(lists, self._dated, self._counts, kept)
        self._judgements: dict[str, list[Judgement]] = {}
        for judgement in sorted(judgements, key=lambda one: (lists.areas[one.area_id].position, one.id)):
            self._judgements.setdefault(judgement.inspection_id, []).append(judgement)

    def timeline(self) -> Timeline:
        """The whole of it."""
        first, last = self._range()
        lanes = StrandLanes(self._rules, self._dated, self._judgements, (first, self._today)).lanes()
        lanes += self._other_lanes(
            {event.inspection_id for lane in lanes for event in lane.events if event.form is not Form.ABSENT}
        )
        ours = [one for one in self._all if self._framework(one).is_inspection]
        years = [day.year for day in map(words.event_date, ours) if day]
        used = {self._framework(one).id for one in self._all}
        return Timeline(
            first=first,
            last=last,
            today=self._today,
            lanes=tuple(lanes),
            frameworks=timeline_axis.frameworks(self._rules, lanes, used, first, last, self._today),
            breaks=timeline_axis.breaks(self._rules, lanes, first, last),
            undated=tuple(self._undated()),
            inspection_count=len(ours),
            years=(min(years), max(years)) if years else None,
        )

    def _range(self) -> tuple[date, date]:
        """From the start of the first year to the last day that anything may mean, today at least."""
        days = [day for day in map(words.event_date, self._dated) if day]
        first = min((day.first_day for day in days), default=self._today)
        ends = [day.last_day for day in days] + [event.last for event in self._due]
        last = max(ends, default=self._today)
        return date(min(first, self._today).year, 1, 1), max(last, self._today)

    def _framework(self, inspection: Inspection) -> Framework:
        return self._lists.framework_of(inspection.kind_id)

    def _other_lanes(self, drawn: set[str]) -> list[Lane]:
        """Visits, areas for improvement and other events; an inspection without a mark stands among the visits."""
        visits, found, others = [], [], []
        for inspection in self._dated:
            if inspection.id in self._counts:
                found.append(self._findings(inspection))
            if not self._framework(inspection).is_inspection:
                others.append(self._other(inspection))
            elif inspection.id not in drawn:
                visits.append(self._visit(inspection))
        lanes = (
            (LaneForm.VISITS, "Visits without grades", visits),
            (LaneForm.FINDINGS, "Areas for improvement", found),
            (LaneForm.OTHERS, "Other events", others),
            (LaneForm.DUE, "Statutory dates", self._due),
        )
        return [Lane(key=form, form=form, label=label, events=tuple(events)) for form, label, events in lanes if events]

    def _visit(self, inspection: Inspection) -> Event:
        kind = self._lists.kinds[inspection.kind_id]
        counts = self._counts.get(inspection.id, {})
        told, label, form = "not graded", words.visit_label(self._framework(inspection), kind), Form.VISIT
        if kind.is_graded:
            told = "grades without a lane" if inspection.id in self._judgements else "no grades entered yet"
            label, form = told, Form.OPEN
        theme = f"about {inspection.theme}" if inspection.theme else ""
        listed = words.findings(self._lists, counts)
        sentence = words.spoken(kind.label, words.when(inspection), told, listed, theme)
        return _event(inspection, form, label, sentence, is_grave=words.is_grave(self._lists, counts))

    def _findings(self, inspection: Inspection) -> Event:
        kind, counts = self._lists.kinds[inspection.kind_id], self._counts[inspection.id]
        listed = words.findings(self._lists, counts)
        sentence = words.spoken("Areas for improvement", listed, kind.label, words.when(inspection))
        is_grave = words.is_grave(self._lists, counts)
        return _event(inspection, Form.FINDINGS, "", sentence, is_grave=is_grave, mark=str(sum(counts.values())))

    def _other(self, inspection: Inspection) -> Event:
        kind = self._lists.kinds[inspection.kind_id].label
        title = inspection.title
        sentence = words.spoken(title, kind if kind != title else "", words.when(inspection))
        return _event(inspection, Form.OTHER, title or kind, sentence)

    def _undated(self) -> Iterable[Undated]:
        for inspection in self._all:
            if words.event_date(inspection) is None:
                label = inspection.title or self._lists.kinds[inspection.kind_id].label
                yield Undated(inspection_id=inspection.id, label=label)


def _event(
    inspection: Inspection, form: Form, label: str, sentence: str, *, is_grave: bool = False, mark: str = ""
) -> Event:
    on = words.event_date(inspection)
    assert on is not None
    return Event(
        inspection_id=inspection.id, form=form, on=on, label=label, sentence=sentence, is_grave=is_grave, mark=mark
    )


def _order(inspection: Inspection) -> tuple[date, date, str]:
    on = words.event_date(inspection)
    assert on is not None
    return on.first_day, on.last_day, inspection.id


def _without_strengths(lists: Lists, counts: dict[str, int]) -> dict[str, int]:
    return {key: count for key, count in counts.items() if lists.finding_kinds[key].weight > 0}

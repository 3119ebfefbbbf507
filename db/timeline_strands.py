"""The lanes of strands: what was judged on each, how it moved, and how long it stays in force."""

from collections.abc import Mapping, Sequence
from datetime import date
from itertools import groupby

from db import timeline_words as words
from db.frameworks import AreaStrand, Grade, Strand
from db.records import SPECIAL_VALUES, Inspection, Judgement
from db.timeline import Band, Event, Form, Lane, LaneForm
from db.timeline_rules import ONE_DAY, Rules

_SPECIAL_MARKS = {"not_judged": "NJ", "not_known": "NK"}


class StrandLanes:
    """Makes the lanes of strands from a provider's dated inspections, in their order, and their judgements.

    `days` are the first day that is shown, and today.
    """

    def __init__(
        self,
        rules: Rules,
        dated: Sequence[Inspection],
        judgements: Mapping[str, Sequence[Judgement]],
        days: tuple[date, date],
    ) -> None:
        self._rules, self._lists = rules, rules.lists
        self._dated, self._today = dated, days[1]
        self._first = days[0]
        self._judged_on = _by_strand(rules, dated, judgements)

    def lanes(self) -> list[Lane]:
        """Those that hold something; and once a framework of ours was used, those that join several."""
        in_family = any(self._lists.kinds[one.kind_id].framework_id in self._rules.family for one in self._dated)
        found = []
        for strand in self._rules.strands():
            events = self._events(strand)
            if events or (in_family and self._rules.is_always_shown(strand)):
                found.append(self._lane(strand, events))
        return found

    def _lane(self, strand: Strand, events: list[Event]) -> Lane:
        is_headline = strand.id in self._rules.headline_strands
        last_day = self._rules.end(strand.id)
        has_ended = last_day is not None and last_day < self._today
        note = words.ended(is_headline, last_day + ONE_DAY) if last_day and has_ended else ""
        bands = self._bands(strand, events)
        if is_headline and last_day and has_ended and not (events and events[-1].first > last_day):
            rest = Band(
                inspection_id="",
                form=Form.ABSENT,
                first=max(last_day + ONE_DAY, self._first),
                last=self._today,
                label=note,
            )
            bands.append(rest)
        return Lane(
            key=strand.id,
            form=LaneForm.STRAND,
            label=strand.label,
            events=tuple(events),
            bands=tuple(bands),
            is_headline=is_headline,
            note=note,
        )

    def _events(self, strand: Strand) -> list[Event]:
        found = self._judged_on.get(strand.id, {})
        events: list[Event] = []
        before: list[Event] = []
        for inspection in self._dated:
            if inspection.id not in found and strand.id not in self._rules.headline_strands:
                continue
            here = []
            for judgement, links in found.get(inspection.id, ()):
                if links[0].strand_id == strand.id:
                    here.append(self._judged(strand, inspection, judgement, links, before))
                else:
                    here.append(self._shared(strand, inspection, judgement, self._lists.strands[links[0].strand_id]))
            if not here and self._is_absent(strand, inspection):
                here.append(self._absent(strand, inspection))
            events += here
            before = here or before
        return events

    def _judged(
        self,
        strand: Strand,
        inspection: Inspection,
        judgement: Judgement,
        links: Sequence[AreaStrand],
        before: Sequence[Event],
    ) -> Event:
        """The mark of a judgement on the strand that it matches best."""
        others = [self._lists.strands[one.strand_id].label for one in links[1:]]
        grade = self._lists.grades.get(judgement.grade_id or "")
        label, mark = _value(judgement, grade)
        on = words.event_date(inspection)
        assert on is not None
        sentence = words.spoken(
            strand.label,
            label,
            words.when(inspection),
            self._movement(strand, grade, on.first_day, before) if grade else "",
            f"one grade together with {' and '.join(others)}" if others else "",
            words.printed_as(self._lists, self._lists.areas[judgement.area_id], links[0].match, inspection.provider_id),
        )
        return Event(
            inspection_id=inspection.id,
            form=Form.GRADE if grade else Form.SPECIAL,
            on=on,
            label=label,
            sentence=sentence,
            judgement_id=judgement.id,
            grade=grade,
            mark=mark,
            match=links[0].match,
        )

    def _movement(self, strand: Strand, grade: Grade, day: date, before: Sequence[Event]) -> str:
        graded = [(one.grade, one.on.year) for one in before if one.grade]
        if graded:
            is_broken = any(before[-1].first < change <= day for change in self._rules.breaks(strand.id))
            return words.movement(grade, graded, is_broken)
        if before and before[0].form is not Form.ABSENT:
            return f"in {before[0].on.year} {words.lowered(before[0].label)}"
        return ""

    def _shared(self, strand: Strand, inspection: Inspection, judgement: Judgement, other: Strand) -> Event:
        """The reference on a strand whose grade is drawn on another: never a second grade."""
        label, _ = _value(judgement, self._lists.grades.get(judgement.grade_id or ""))
        told = f"judged with {words.lowered(other.label)}"
        sentence = words.spoken(strand.label, told, words.when(inspection), f"one grade for both, {label}, drawn there")
        return _event(inspection, Form.SHARED, told, sentence, judgement.id)

    def _is_absent(self, strand: Strand, inspection: Inspection) -> bool:
        """Whether an inspection graded lanes under rules without this headline."""
        kind = self._lists.kinds[inspection.kind_id]
        if strand.id not in self._rules.headline_strands or not kind.is_graded:
            return False
        return self._rules.lacks(self._lists.frameworks[kind.framework_id], strand.id)

    def _absent(self, strand: Strand, inspection: Inspection) -> Event:
        framework = self._lists.framework_of(inspection.kind_id)
        told = words.no_overall(self._rules.headline_count(framework), self._rules.lane_count(framework))
        sentence = words.spoken(strand.label, "not given", words.when(inspection), told)
        return _event(inspection, Form.ABSENT, told, sentence)

    def _bands(self, strand: Strand, events: list[Event]) -> list[Band]:
        """Each until the next judgement, a break, the strand's end or today."""
        groups = [list(group) for _, group in groupby(events, key=lambda event: event.inspection_id)]
        breaks = self._rules.breaks(strand.id) or self._rules.all_breaks()
        stops = [*(day - ONE_DAY for day in breaks), self._today]
        if last_day := self._rules.end(strand.id):
            stops.append(last_day)
        bands = []
        for place, group in enumerate(groups):
            first = group[0].first
            ends = [day for day in stops if day >= first]
            if place + 1 < len(groups):
                ends.append(groups[place + 1][0].first - ONE_DAY)
            if first <= self._today and first <= min(ends):
                bands.append(_band(group, first, min(ends)))
        return bands


_Judged = dict[str, dict[str, list[tuple[Judgement, tuple[AreaStrand, ...]]]]]


def _by_strand(rules: Rules, dated: Sequence[Inspection], judgements: Mapping[str, Sequence[Judgement]]) -> _Judged:
    """By strand and inspection, the judgements that touch it, each with the links of its area, the best first."""
    found: _Judged = {}
    for inspection in dated:
        for judgement in judgements.get(inspection.id, ()):
            links = rules.links.get(judgement.area_id, ())
            for link in links:
                found.setdefault(link.strand_id, {}).setdefault(inspection.id, []).append((judgement, links))
    return found


def _value(judgement: Judgement, grade: Grade | None) -> tuple[str, str]:
    """A judgement in words, and what stands in its mark."""
    if grade:
        return grade.label, grade.initials or grade.label[:2]
    if judgement.special:
        return SPECIAL_VALUES.get(judgement.special, judgement.special), _SPECIAL_MARKS.get(judgement.special, "?")
    return f"“{judgement.grade_as_printed}”", "“”"


def _event(inspection: Inspection, form: Form, label: str, sentence: str, judgement_id: str | None = None) -> Event:
    on = words.event_date(inspection)
    assert on is not None
    return Event(
        inspection_id=inspection.id, form=form, on=on, label=label, sentence=sentence, judgement_id=judgement_id
    )


def _band(group: list[Event], first: date, last: date) -> Band:
    """The band of one inspection; several different grades are named, never made into one."""
    is_one = len({(event.form, event.label, event.tone) for event in group}) == 1
    return Band(
        inspection_id=group[0].inspection_id,
        form=group[0].form if is_one else Form.SPECIAL,
        first=first,
        last=last,
        label=" and ".join(dict.fromkeys(event.label for event in group)),
        tone=group[0].tone if is_one else "plain",
    )

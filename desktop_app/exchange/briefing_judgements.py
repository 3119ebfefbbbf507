"""The judgement table of a paper: each grade, the one before it on the same strand, and the movement in words."""

from dataclasses import dataclass
from datetime import date
from itertools import groupby

from db import timeline
from db import timeline_words as words
from db.dates import PartialDate
from db.frameworks import JudgementArea
from db.lists import Lists
from db.overview import newest_first
from db.records import SPECIAL_VALUES, Inspection, Judgement
from db.store import Store
from db.timeline import Event, Form, Lane
from db.timeline_rules import Rules

NOT_RECORDED = "Not recorded in this file"
NOTHING_BEFORE = ("No earlier judgement recorded", "Nothing to compare with", "")
_BEST_FIRST = ("exact", "close", "partial")


@dataclass(frozen=True, slots=True, kw_only=True)
class JudgementRow:
    """One row of the table; `group` is the heading that the report prints over it.

    `way` is "up", "down", "same", "other" where the two cannot be compared, or empty without one before;
    "absent" where the file does not have the judgement itself.
    """

    group: str
    label: str
    grade: str
    previous: str = ""
    movement: str = ""
    way: str = ""


def rows(store: Store, lists: Lists, inspection: Inspection) -> list[JudgementRow]:
    """The rows of the judgement table in printed order; none for an inspection without grades."""
    return _Rows(store, lists, inspection).rows()


class _Rows:
    def __init__(self, store: Store, lists: Lists, inspection: Inspection) -> None:
        self._store, self._lists, self._inspection = store, lists, inspection
        self._rules = Rules.of(lists)
        self._lanes = timeline.read(store, inspection.provider_id, date.today(), lists).lanes

    def rows(self) -> list[JudgementRow]:
        judged = {one.area_id: one for one in self._store.each(Judgement, inspection_id=self._inspection.id)}
        areas = self._lists.areas_of(self._inspection.kind_id)
        strays = [self._lists.areas[key] for key in judged if key not in {area.id for area in areas}]
        return [self._row(area, judged.get(area.id)) for area in (*areas, *strays)]

    def _row(self, area: JudgementArea, judgement: Judgement | None) -> JudgementRow:
        label = self._lists.area_label(area, self._inspection.provider_id)
        if judgement is None:
            return JudgementRow(group=area.group_label, label=label, grade=NOT_RECORDED, way="absent")
        previous, movement, way = self._compared(area, judgement)
        return JudgementRow(
            group=area.group_label,
            label=label,
            grade=_grade(self._lists, judgement),
            previous=previous,
            movement=movement,
            way=way,
        )

    def _compared(self, area: JudgementArea, judgement: Judgement) -> tuple[str, str, str]:
        for lane in self._lanes:
            for event in lane.events:
                if event.judgement_id == judgement.id and event.form is not Form.SHARED:
                    return self._on_lane(area, lane, event)
        return self._beside_the_lanes(area, judgement)

    def _on_lane(self, area: JudgementArea, lane: Lane, event: Event) -> tuple[str, str, str]:
        groups = [list(group) for _, group in groupby(lane.events, key=lambda one: one.inspection_id)]
        place = next(at for at, group in enumerate(groups) if group[0].inspection_id == event.inspection_id)
        before = groups[place - 1] if place else []
        if not before:
            return NOTHING_BEFORE
        is_broken = any(before[-1].first < day <= event.first for day in self._rules.breaks(lane.key))
        movement, way = _movement(event, before, self._match(area, event, before), is_broken)
        return self._previous(area, before), movement, way

    def _areas(self, before: list[Event]) -> list[JudgementArea]:
        judged = [self._store.get(Judgement, one.judgement_id) for one in before if one.judgement_id]
        return [self._lists.areas[one.area_id] for one in judged if one]

    def _previous(self, area: JudgementArea, before: list[Event]) -> str:
        """ "Good, 9 September 2019", and what was judged then where its name was another."""
        told = f"{_capital(_list(before))}, {before[0].on}"
        here = self._named(area)
        others = dict.fromkeys(name for name in map(self._named, self._areas(before)) if name != here)
        return f"{told}, for {' and '.join(others)}" if others else told

    def _named(self, area: JudgementArea) -> str:
        """The printed label; with its group where the report prints the same label twice."""
        label = f"“{self._lists.area_label(area, self._inspection.provider_id)}”"
        return f"{label} in “{area.group_label}”" if area.group_label else label

    def _match(self, area: JudgementArea, event: Event, before: list[Event]) -> str:
        """How well the two subjects match; the same row of the same framework matches itself."""
        if all(one.id == area.id for one in self._areas(before)):
            return "exact"
        return max((event.match, *(one.match for one in before)), key=_BEST_FIRST.index)

    def _beside_the_lanes(self, area: JudgementArea, judgement: Judgement) -> tuple[str, str, str]:
        """A row that no lane draws is compared with the same row of an earlier inspection only."""
        for on, earlier in self._earlier():
            if found := self._store.each(Judgement, inspection_id=earlier.id, area_id=area.id):
                return self._same_row(judgement, found[0], on)
        return NOTHING_BEFORE

    def _earlier(self) -> list[tuple[PartialDate, Inspection]]:
        """The provider's inspections before this one, the newest first."""
        here = words.event_date(self._inspection)
        dated = (
            (words.event_date(one), one)
            for one in newest_first(self._store.each(Inspection, provider_id=self._inspection.provider_id))
        )
        return [(on, one) for on, one in dated if here and on and on.is_before(here)]

    def _same_row(self, judgement: Judgement, other: Judgement, on: PartialDate) -> tuple[str, str, str]:
        now, then = (self._lists.grades.get(one.grade_id or "") for one in (judgement, other))
        previous = f"{_grade(self._lists, other)}, {on}"
        if now is None or then is None:
            return previous, "Not comparable: not graded both times", "other"
        told = words.movement(now, [(then, on.year)], is_broken=False)
        return previous, _capital(told), _way(told)


def _movement(event: Event, before: list[Event], match: str, is_broken: bool) -> tuple[str, str]:
    graded = [(one.grade, one.on.year) for one in before if one.grade]
    year = before[0].on.year
    if event.grade is None or not graded:
        which = event if event.grade is None else before[0]
        return f"Not comparable: {words.lowered(which.label)} in {which.on.year}", "other"
    told = words.movement(event.grade, graded, is_broken)
    if told.startswith("not comparable"):
        return _capital(told), "other"
    if match == "partial":
        return f"Not comparable with {_list(before)} in {year}: only a part of the subject is the same", "other"
    if match == "close":
        return f"{_capital(told)}; the subject is close, not the same", _way(told)
    return _capital(told), _way(told)


def _way(told: str) -> str:
    first = told.partition(" ")[0]
    if told.startswith("the same"):
        return "same"
    return first if first in ("up", "down") else "other"


def _list(events: list[Event]) -> str:
    return " and ".join(dict.fromkeys(one.label for one in events))


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _grade(lists: Lists, judgement: Judgement) -> str:
    """The grade in words; one that the file has no grade for as it is printed."""
    if grade := lists.grades.get(judgement.grade_id or ""):
        return grade.label
    if judgement.special:
        return SPECIAL_VALUES.get(judgement.special, judgement.special)
    return f"“{judgement.grade_as_printed}”"

"""The action plan as councils lay it out: each area for improvement with its actions, ready for a table.

The columns are the usual ones of committee papers; there is no standard template.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from db.dates import PartialDate
from db.improvement import Plan
from db.improvement_records import Action, CommitteeReport, Evidence, ProgressNote
from db.improvement_words import completeness, status_words
from db.lists import Lists
from db.overview import newest_first
from db.records import AreaForImprovement, Document, Inspection, Quote, Record
from db.store import Store

_Around = TypeVar("_Around", Action, ProgressNote, Evidence, CommitteeReport)
NO_AREAS = "There is no area for improvement to plan for."


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One line of the plan: an area for improvement, or below it one of its actions (`is_action`).

    `number` is "2" or "2.1". `words` are the inspectors' own for an area, with where they stand in `place`.
    """

    number: str
    is_action: bool = False
    provider: str = ""
    inspection: str = ""
    words: str
    place: str = ""
    success_measure: str = ""
    owner: str = ""
    due_on: PartialDate | None = None
    status: str = ""
    rag: str = ""
    rag_reason: str = ""
    progress: str = ""
    evidence: str = ""
    impact: str = ""
    reported_to: str = ""
    updated_on: date | None = None

    @property
    def texts(self) -> tuple[str, ...]:
        """Everything that somebody wrote, for who looks through it before it goes out."""
        return (
            self.words,
            self.success_measure,
            self.owner,
            self.rag_reason,
            self.progress,
            self.evidence,
            self.impact,
            self.reported_to,
        )


@dataclass(frozen=True, slots=True)
class ActionPlan:
    """A whole plan; `title` names the providers, `complete` says how complete it is."""

    title: str
    as_at: date
    complete: str
    lines: tuple[Line, ...]


def read(store: Store, lists: Lists, area_ids: Iterable[str], today: date) -> ActionPlan:
    """Read the plan for some areas for improvement: newest inspection first, in the order of the report."""
    wanted = set(area_ids)
    listed = Plan.read(store, today)
    inspections = newest_first(store.each(Inspection))
    by_inspection: dict[str, list[AreaForImprovement]] = {}
    for area in store.each(AreaForImprovement):
        if area.id in wanted:
            by_inspection.setdefault(area.inspection_id, []).append(area)
    reader = _Reader(store, lists, listed, today)
    areas = [(one, area) for one in inspections for area in by_inspection.get(one.id, ())]
    lines = [line for number, (one, area) in enumerate(areas, 1) for line in reader.lines(number, one, area)]
    names = dict.fromkeys(lists.providers[one.provider_id].name for one, _ in areas)
    return ActionPlan(
        title="Action plan" + (f": {' and '.join(names)}" if 0 < len(names) <= 2 else ""),
        as_at=today,
        complete=completeness(listed, [row for row in listed.rows if row.id in wanted]) or NO_AREAS,
        lines=tuple(lines),
    )


class _Reader:
    """Reads what hangs on the areas once, and puts lines together."""

    def __init__(self, store: Store, lists: Lists, listed: Plan, today: date) -> None:
        self._lists, self._chains, self._today = lists, listed.chains, today
        self._actions = _by_area(store.each(Action))
        self._notes = _by_area(store.each(ProgressNote))
        self._evidence = _by_area(store.each(Evidence))
        self._reports = _by_area(store.each(CommitteeReport))
        self._quotes = {one.id: one for one in store.each(Quote)} if self._evidence else {}
        self._documents = {one.id: one for one in store.each(Document)} if self._evidence else {}
        self._updated = _last_changes(store)

    def lines(self, number: int, inspection: Inspection, area: AreaForImprovement) -> list[Line]:
        actions = self._actions.get(area.id, [])
        notes, evidence = self._notes.get(area.id, []), self._evidence.get(area.id, [])
        reports = self._reports.get(area.id, [])
        rag = self._lists.rag_ratings.get(area.rag_id or "")
        first = Line(
            number=str(number),
            provider=self._lists.providers[inspection.provider_id].name,
            inspection=self._lists.name_of(inspection),
            words=area.text,
            place="; ".join(filter(None, (_place(area), self._chains.seen_before(area.id)))),
            owner=area.owner,
            due_on=area.due_on,
            status=self._status(area, is_closed=self._chains.is_closed(area.id)),
            rag=rag.label if rag else "",
            rag_reason=area.rag_reason,
            progress=_listed(_note(one) for one in sorted(notes, key=_when)),
            evidence=_listed(self._shown(one) for one in evidence),
            impact=area.impact,
            reported_to=_listed(_dated(one.committee, one.reported_on) for one in reports),
            updated_on=self._last(area, *actions, *notes, *evidence, *reports),
        )
        return [first, *(self._action(f"{number}.{place}", one) for place, one in enumerate(actions, 1))]

    def _action(self, number: str, action: Action) -> Line:
        return Line(
            number=number,
            is_action=True,
            words=action.text,
            success_measure=action.success_measure,
            owner=action.owner,
            due_on=action.due_on,
            status=self._status(action, is_closed=False),
            updated_on=self._last(action),
        )

    def _status(self, one: AreaForImprovement | Action, *, is_closed: bool) -> str:
        status = self._lists.statuses.get(one.status_id or "")
        is_open = (status is None or status.is_open) and not is_closed
        is_late = is_open and one.due_on is not None and one.due_on.last_day < self._today
        return status_words(self._lists, one.status_id, is_late=is_late, is_closed=is_closed).spoken

    def _shown(self, one: Evidence) -> str:
        quote, document = self._quotes.get(one.quote_id or ""), self._documents.get(one.document_id or "")
        shown = f"“{quote.text}”" if quote else document.title if document else one.address
        return ": ".join(filter(None, (one.text, shown)))

    def _last(self, *records: Record) -> date | None:
        return max((self._updated[one.id] for one in records if one.id in self._updated), default=None)


def _by_area(records: Sequence[_Around]) -> dict[str, list[_Around]]:
    found: dict[str, list[_Around]] = {}
    for one in records:
        if one.area_for_improvement_id:
            found.setdefault(one.area_for_improvement_id, []).append(one)
    return found


def _last_changes(store: Store) -> dict[str, date]:
    """The day of the newest entry of the log for each record around areas for improvement."""
    rows = store.connection.raw.execute(
        "select record_id, max(substr(at, 1, 10)) from change join deed on deed.id = deed_id where record_type in "
        "('area_for_improvement', 'action', 'progress_note', 'evidence', 'committee_report') group by record_id"
    )
    return {key: date.fromisoformat(day) for key, day in rows.fetchall()}


def _when(note: ProgressNote) -> tuple[date, str]:
    return (note.noted_on.first_day if note.noted_on else date.min), note.id


def _note(note: ProgressNote) -> str:
    return ": ".join(filter(None, (str(note.noted_on) if note.noted_on else "", note.text)))


def _dated(words: str, day: PartialDate | None) -> str:
    return f"{words}, {day}" if day else words


def _listed(parts: Iterable[str]) -> str:
    return "\n".join(filter(None, parts))


def _place(area: AreaForImprovement) -> str:
    return f"para {area.paragraph}" if area.paragraph else f"page {area.page}" if area.page else ""

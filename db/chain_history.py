"""What inspectors have said of one area for improvement, inspection by inspection, in order of time."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum

from db.chain import RAISED_AGAIN, Chains
from db.improvement import Event
from db.improvement_records import VERDICTS, Verdict
from db.improvement_words import short_inspection
from db.lists import Lists
from db.records import AreaForImprovement, Inspection, Quote
from db.store import Store


class Form(Enum):
    """What kind of thing was said."""

    RAISED = "Raised"
    RAISED_AGAIN = "Raised again"
    VERDICT = "Verdict"
    NOTHING = "No verdict recorded"


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """One line of the history: an inspection and what it says.

    Attributes:
        name: the inspection in a few words, "ILACS 2022".
        area: the area for improvement of that inspection which raises the matter, or None.
        verdict: what was recorded, None where nothing was or where the area is the first of its chain.
        quote: the sentence of the verdict, where one is linked.
        about: the earlier area that the verdict is on, None where it is on the one asked for.
    """

    inspection: Inspection
    name: str
    form: Form
    area: AreaForImprovement | None = None
    verdict: Verdict | None = None
    quote: Quote | None = None
    about: AreaForImprovement | None = None

    @property
    def id(self) -> str:
        """Tells lines apart."""
        known = self.verdict or self.area or self.inspection
        return f"{self.form.name} {known.id}"

    @property
    def badge(self) -> str:
        """ "Raised", "Improved", "No verdict recorded"."""
        return VERDICTS[self.verdict.verdict] if self.verdict else self.form.value

    @property
    def words(self) -> str:
        """The sentence: the inspectors' words that raise it, else the quote."""
        if self.area:
            return self.area.text
        return self.quote.text if self.quote else ""

    @property
    def place(self) -> str:
        """Where the sentence stands: "page 3, paragraph 7"."""
        record = self.area or self.quote
        parts = (("page", record.page), ("paragraph", record.paragraph)) if record else ()
        return ", ".join(f"{name} {number}" for name, number in parts if number)


def history(store: Store, lists: Lists, area: AreaForImprovement, chains: Chains) -> list[Said]:
    """Every line, the oldest first: what the area repeats, itself, and each later inspection of its provider."""
    own = store.get(Inspection, area.inspection_id)
    return list(_History(store, lists, area, own, chains).lines()) if own else []


class _History:
    """Reads what stands in the chain of one area."""

    def __init__(self, store: Store, lists: Lists, area: AreaForImprovement, own: Inspection, chains: Chains) -> None:
        self._store, self._lists, self._area, self._own = store, lists, area, own
        self._before, after = chains.before(area.id), chains.after(area.id)
        keys = (area.id, *self._before, *after)
        self._areas = {key: found for key in keys if (found := store.get(AreaForImprovement, key))}
        self._verdicts = [one for key in keys for one in store.each(Verdict, area_for_improvement_id=key)]

    def lines(self) -> Iterator[Said]:
        found = self._store.each(Inspection, provider_id=self._own.provider_id)
        for inspection in sorted(found, key=_day):
            lines = list(self._of(inspection))
            yield from lines
            is_later = _day(inspection) > _day(self._own)
            if not lines and is_later and self._lists.framework_of(inspection.kind_id).is_inspection:
                yield self._said(inspection, Form.NOTHING)

    def _of(self, inspection: Inspection) -> Iterator[Said]:
        raising: set[str] = set()
        lines = []
        for verdict in self._verdicts:
            if verdict.inspection_id == inspection.id and self._belongs(verdict, inspection):
                lines.append(self._verdict(inspection, verdict))
                raising.add(verdict.later_area_id or "")
        for area in self._areas.values():
            if area.inspection_id == inspection.id and area.id not in raising:
                yield self._said(inspection, Form.RAISED, area=area)
        yield from sorted(lines, key=lambda line: line.area is None)

    def _belongs(self, verdict: Verdict, inspection: Inspection) -> bool:
        """Whether a verdict is on the area itself, raises what is in its chain, or speaks of that alone."""
        if verdict.area_for_improvement_id == self._area.id:
            return True
        if verdict.later_area_id:
            return verdict.later_area_id in self._areas
        is_earlier = verdict.area_for_improvement_id in self._before
        return not is_earlier or _day(inspection) < _day(self._own)

    def _verdict(self, inspection: Inspection, verdict: Verdict) -> Said:
        is_own = verdict.area_for_improvement_id == self._area.id
        return self._said(
            inspection,
            Form.RAISED_AGAIN if verdict.verdict == RAISED_AGAIN else Form.VERDICT,
            area=self._later(verdict.later_area_id),
            verdict=verdict,
            quote=self._store.get(Quote, verdict.quote_id) if verdict.quote_id else None,
            about=None if is_own else self._areas.get(verdict.area_for_improvement_id),
        )

    def _later(self, area_id: str | None) -> AreaForImprovement | None:
        if area_id is None:
            return None
        return self._areas.get(area_id) or self._store.get(AreaForImprovement, area_id)

    def _said(
        self,
        inspection: Inspection,
        form: Form,
        *,
        area: AreaForImprovement | None = None,
        verdict: Verdict | None = None,
        quote: Quote | None = None,
        about: AreaForImprovement | None = None,
    ) -> Said:
        name = short_inspection(self._lists, event_of(inspection))
        return Said(inspection=inspection, name=name, form=form, area=area, verdict=verdict, quote=quote, about=about)


def event_of(inspection: Inspection) -> Event:
    """The inspection as lists of areas for improvement name it."""
    dates = (one.iso if one else None for one in (inspection.started_on, inspection.ended_on, inspection.published_on))
    return Event(inspection.id, inspection.provider_id, inspection.kind_id, *dates)


def _day(inspection: Inspection) -> tuple[str, str]:
    return event_of(inspection).day, inspection.id

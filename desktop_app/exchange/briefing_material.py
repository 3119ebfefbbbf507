"""Everything of one inspection that a committee paper may hold, read from the file; notes and drafts stay there."""

from dataclasses import dataclass

from db import timeline_words as words
from db.dates import period
from db.improvement_records import VERDICTS, Verdict
from db.lists import Lists
from db.overview import is_inspection, newest_first
from db.records import AreaForImprovement, Document, Inspection, Quote
from db.store import Store
from desktop_app.exchange import briefing_judgements
from desktop_app.exchange.briefing_judgements import JudgementRow
from desktop_app.exchange.briefing_values import SECTIONS

_OWN_WORDS = ("report", "letter")


@dataclass(frozen=True, slots=True, kw_only=True)
class Material:
    """Everything of one inspection that a paper may hold.

    `quotes` have a source each, `drafts` counts those without. `since` are the inspections from the last
    graded one on, oldest first, without this one; `raised` what they said must get better.
    """

    lists: Lists
    inspection: Inspection
    rows: tuple[JudgementRow, ...]
    quotes: tuple[Quote, ...]
    drafts: int
    areas: tuple[AreaForImprovement, ...]
    documents: tuple[Document, ...]
    since: tuple[Inspection, ...]
    raised: tuple[AreaForImprovement, ...]
    verdicts: tuple[Verdict, ...]
    sentences: dict[str, Quote]

    def said_since(self, area: AreaForImprovement) -> str:
        """The council's impact, and what later inspections said of an earlier area, each with its sentence."""
        found = [one for one in self.verdicts if one.area_for_improvement_id == area.id]
        lines = [area.impact] if area.impact else []
        for one in found:
            quote = self.sentences.get(one.quote_id or "")
            sentence = f"“{quote.text}”" if quote else one.text
            said = ": ".join(filter(None, (VERDICTS[one.verdict], sentence)))
            lines.append(", ".join(filter(None, (self._year_of(one), said))))
        return "\n".join(dict.fromkeys(lines))

    @property
    def document_of(self) -> dict[str, Document]:
        return {document.id: document for document in self.documents}

    @property
    def first_choice(self) -> tuple[str, ...]:
        """The quotes that are offered first: the inspectors' words from their report, else from elsewhere."""
        said = [one for one in self.quotes if one.voice == "inspectors"]
        own = [one for one in said if self.document_of[one.document_id or ""].kind in _OWN_WORDS]
        return tuple(one.id for one in own or said)

    def _year_of(self, verdict: Verdict) -> str:
        said_by = (one for one in (*self.since, self.inspection) if one.id == verdict.inspection_id)
        return next((str(on.year) for one in said_by if (on := words.event_date(one))), "")


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """What the officer wants in the paper: keys of SECTIONS, ids of quotes, a marking or none."""

    sections: tuple[str, ...] = tuple(SECTIONS)
    quote_ids: tuple[str, ...] = ()
    marking: str = ""


def read(store: Store, inspection: Inspection) -> Material:
    """Read what the file knows of an inspection; a few milliseconds."""
    lists = Lists.read(store)
    quotes = store.each(Quote, inspection_id=inspection.id)
    documents = {one.id: one for one in store.each(Document, inspection_ids=inspection.id)}
    for key in {one.document_id for one in quotes if one.document_id} - documents.keys():
        if cited := store.get(Document, key):
            documents[key] = cited
    since = _since(store, lists, inspection)
    raised = tuple(area for one in since for area in _areas(store, lists, one))
    verdicts = tuple(verdict for area in raised for verdict in _verdicts(store, area, (*since, inspection)))
    quoted = sorted({one.quote_id for one in verdicts if one.quote_id})
    return Material(
        lists=lists,
        inspection=inspection,
        rows=tuple(briefing_judgements.rows(store, lists, inspection)),
        quotes=tuple(one for one in quotes if one.document_id),
        drafts=sum(not one.document_id for one in quotes),
        areas=tuple(_areas(store, lists, inspection)),
        documents=tuple(documents.values()),
        since=since,
        raised=raised,
        verdicts=verdicts,
        sentences={key: quote for key in quoted if (quote := store.get(Quote, key))},
    )


def _areas(store: Store, lists: Lists, inspection: Inspection) -> list[AreaForImprovement]:
    found = store.each(AreaForImprovement, inspection_id=inspection.id)
    return [one for one in found if lists.finding_kinds[one.finding_kind_id].weight > 0]


def _verdicts(store: Store, area: AreaForImprovement, known: tuple[Inspection, ...]) -> list[Verdict]:
    """What was said of an area up to the inspection that the paper is about, in the order of time."""
    places = {one.id: place for place, one in enumerate(known)}
    found = [one for one in store.each(Verdict, area_for_improvement_id=area.id) if one.inspection_id in places]
    return sorted(found, key=lambda one: places[one.inspection_id])


def _since(store: Store, lists: Lists, inspection: Inspection) -> tuple[Inspection, ...]:
    here = words.event_date(inspection)
    if here is None:
        return ()
    found: list[Inspection] = []
    for other in newest_first(store.each(Inspection, provider_id=inspection.provider_id)):
        on = words.event_date(other)
        if on is None or not on.is_before(here) or not is_inspection(lists, other):
            continue
        found.insert(0, other)
        if lists.kinds[other.kind_id].is_graded:
            break
    return tuple(found)


def newest(store: Store) -> Inspection | None:
    """The newest inspection of a file; None where it has none."""
    lists = Lists.read(store)
    found = [one for one in newest_first(store.each(Inspection)) if is_inspection(lists, one)]
    return found[0] if found else None


def title(material: Material) -> str:
    """ "Durham County Council: ILACS standard inspection, 9 May to 20 May 2022"."""
    provider = material.lists.providers[material.inspection.provider_id].name
    return f"{provider}: {material.lists.name_of(material.inspection)}"


def dates_of(inspection: Inspection) -> str:
    """Both periods of an inspection in words."""
    periods = (
        period(inspection.started_on, inspection.ended_on),
        period(inspection.second_started_on, inspection.second_ended_on),
    )
    return " and ".join(filter(None, periods))

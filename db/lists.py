"""The frameworks and lists of one file, held for looking up: what a form offers and what a code is called."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TypeVar

from db.dates import PartialDate, period
from db.frameworks import (
    ActionStatus,
    AreaStrand,
    EventTheme,
    Fact,
    FindingKind,
    Framework,
    Grade,
    GradeScale,
    InspectionKind,
    Inspectorate,
    JudgementArea,
    RagRating,
    Strand,
    Theme,
    Timescale,
    areas_judged,
    may_be_in_force,
)
from db.records import Inspection, Provider
from db.store import Store

AnyFact = TypeVar("AnyFact", bound=Fact)


@dataclass(frozen=True, slots=True)
class Lists:
    """Every fact of a file by its id, each kind in its order."""

    providers: dict[str, Provider]
    inspectorates: dict[str, Inspectorate]
    scales: dict[str, GradeScale]
    grades: dict[str, Grade]
    strands: dict[str, Strand]
    finding_kinds: dict[str, FindingKind]
    timescales: dict[str, Timescale]
    statuses: dict[str, ActionStatus]
    rag_ratings: dict[str, RagRating]
    themes: dict[str, Theme]
    frameworks: dict[str, Framework]
    kinds: dict[str, InspectionKind]
    areas: dict[str, JudgementArea]
    area_strands: dict[str, AreaStrand]
    event_themes: dict[str, EventTheme]
    _with_lanes: set[str] = field(default_factory=set)

    @classmethod
    def read(cls, store: Store) -> "Lists":
        """Read them all: some 300 rows, a few milliseconds."""
        frameworks, scales = _by_id(store, Framework), _by_id(store, GradeScale)
        areas = _in_order_of(frameworks, "framework_id", _by_id(store, JudgementArea))
        lists = cls(
            providers={provider.id: provider for provider in store.each(Provider)},
            inspectorates=_by_id(store, Inspectorate),
            scales=scales,
            grades=_in_order_of(scales, "scale_id", _by_id(store, Grade)),
            strands=_by_id(store, Strand),
            finding_kinds=_by_id(store, FindingKind),
            timescales=_by_id(store, Timescale),
            statuses=_by_id(store, ActionStatus),
            rag_ratings=_by_id(store, RagRating),
            themes=_by_id(store, Theme),
            frameworks=frameworks,
            kinds=_in_order_of(frameworks, "framework_id", _by_id(store, InspectionKind)),
            areas=areas,
            area_strands=_in_order_of(areas, "area_id", _by_id(store, AreaStrand)),
            event_themes=_in_order_of(frameworks, "framework_id", _by_id(store, EventTheme)),
        )
        lists._find_lanes()
        return lists

    def _find_lanes(self) -> None:
        for link in self.area_strands.values():
            area, strand = self.areas[link.area_id], self.strands[link.strand_id]
            if area.is_lane and strand.is_on_timeline:
                self._with_lanes.add(area.framework_id)

    def framework_of(self, kind_id: str) -> Framework:
        """The framework that a kind decides."""
        return self.frameworks[self.kinds[kind_id].framework_id]

    def kinds_on(self, started_on: PartialDate | None, *, last_used: str = "") -> list[InspectionKind]:
        """The kinds that an inspection may be which started then.

        The one used last comes first, then the frameworks that have lanes on the timeline, then other
        inspections, settings and agencies, and events that are no inspections; newer rules first.
        """
        kinds = [kind for kind in self.kinds.values() if may_be_in_force(self.framework_of(kind.id), started_on)]
        return sorted(kinds, key=lambda kind: (kind.id != last_used, *self._kind_order(kind)))

    def _kind_order(self, kind: InspectionKind) -> tuple[bool, bool, bool, int]:
        framework = self.frameworks[kind.framework_id]
        newest_first = -(framework.in_force_from.year if framework.in_force_from else 0)
        has_lanes = framework.id in self._with_lanes
        return not framework.is_inspection, framework.is_per_setting, not has_lanes, newest_first

    def kind_labels(self, kinds: list[InspectionKind]) -> list[str]:
        """What lists call these kinds; two of the same name are told apart by their framework's years."""
        labels = [kind.label for kind in kinds]
        return [f"{kind.label} ({self._years(kind)})" if labels.count(kind.label) > 1 else kind.label for kind in kinds]

    def _years(self, kind: InspectionKind) -> str:
        framework = self.frameworks[kind.framework_id]
        first, last = framework.in_force_from, framework.in_force_to
        if first and last:
            return f"{first.year} to {last.year}"
        return f"from {first.year}" if first else framework.short_name

    def areas_of(self, kind_id: str) -> list[JudgementArea]:
        """The rows of the judgement table of a kind, in printed order; none for ungraded kinds."""
        return areas_judged(self.kinds[kind_id], self.areas.values())

    def grades_of(self, area: JudgementArea) -> list[Grade]:
        """The grades that an area may be given, best first; none where the framework has no scale."""
        scale_id = area.scale_id or self.frameworks[area.framework_id].scale_id
        return [grade for grade in self.grades.values() if grade.scale_id == scale_id]

    def area_label(self, area: JudgementArea, provider_id: str | None = None) -> str:
        """The printed label, with the provider's name where the report prints it."""
        provider = self.providers.get(provider_id or "")
        name = provider.name.removesuffix(" County Council").removesuffix(" Council") if provider else "the area"
        return area.label.replace("[authority]", name)

    def finding_kinds_of(self, kind_id: str) -> list[FindingKind]:
        """The kinds of finding that a framework knows, its own order first; strengths are quotes, not findings."""
        wanted = self.framework_of(kind_id).finding_kind_ids or tuple(self.finding_kinds)
        own = [self.finding_kinds[key] for key in wanted if key in self.finding_kinds]
        others = [kind for kind in self.finding_kinds.values() if kind not in own]
        ordered = [*own, *others]
        return [kind for kind in ordered if kind.weight > 0]

    def name_of(self, inspection: Inspection) -> str:
        """An inspection in words: "ILACS standard inspection, 9 May to 20 May 2022"."""
        when = period(inspection.started_on, inspection.ended_on)
        label = self.kinds[inspection.kind_id].label
        return f"{label}, {when}" if when else f"{label}, date not known"


def _by_id(store: Store, fact_class: type[AnyFact]) -> dict[str, AnyFact]:
    return {fact.id: fact for fact in store.each(fact_class)}


def _in_order_of(owners: Mapping[str, Fact], field: str, facts: dict[str, AnyFact]) -> dict[str, AnyFact]:
    """The facts of one owner together, the owners in their order."""
    places = {key: place for place, key in enumerate(owners)}
    ordered = sorted(facts.values(), key=lambda fact: places[getattr(fact, field)])
    return {fact.id: fact for fact in ordered}

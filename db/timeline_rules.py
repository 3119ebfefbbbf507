"""What the frameworks of a file say about lanes: matches, scales, breaks and ends. No code is named here."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from db.frameworks import AreaStrand, Framework, JudgementArea, Strand
from db.lists import Lists

_BEST_FIRST = ("exact", "close", "partial")
ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Rules:
    """The rules of one file, looked up by the ids of areas and strands.

    `links` joins a lane area to its strands, the best match first; `drawing` the frameworks that grade
    a strand, in the order in which they came into force, each with the scales that it uses there.
    """

    lists: Lists
    links: dict[str, tuple[AreaStrand, ...]]
    drawing: dict[str, tuple[tuple[Framework, frozenset[str | None]], ...]]
    headline_strands: frozenset[str]
    family: frozenset[str]

    @classmethod
    def of(cls, lists: Lists) -> "Rules":
        """Work the rules out of the lists: some 65 areas."""
        links: dict[str, list[AreaStrand]] = {}
        for link in lists.area_strands.values():
            if lists.areas[link.area_id].is_lane:
                links.setdefault(link.area_id, []).append(link)
        for found in links.values():
            found.sort(key=lambda one: (_BEST_FIRST.index(one.match), _place(lists.strands[one.strand_id])))
        return cls(
            lists=lists,
            links={area_id: tuple(found) for area_id, found in links.items()},
            drawing=_drawing(lists, links),
            headline_strands=_headline_strands(lists, links),
            family=frozenset(
                lists.areas[area_id].framework_id
                for area_id, found in links.items()
                if any(lists.strands[link.strand_id].is_on_timeline for link in found)
            ),
        )

    def breaks(self, strand_id: str) -> list[date]:
        """The first days from which a strand is graded on another scale."""
        return [
            later.in_force_from.first_day
            for (_, scales), (later, others) in pairwise(self.drawing.get(strand_id, ()))
            if scales != others and later.in_force_from
        ]

    def all_breaks(self) -> list[date]:
        """The breaks of all strands on the timeline."""
        ids = (strand.id for strand in self.lists.strands.values() if strand.is_on_timeline)
        return sorted({day for strand_id in ids for day in self.breaks(strand_id)})

    def end(self, strand_id: str) -> date | None:
        """The last day on which any framework grades a strand; None while one is in force without an end."""
        ends = [framework.in_force_to for framework, _ in self.drawing.get(strand_id, ())]
        known = [day.last_day for day in ends if day is not None]
        return max(known) if known and len(known) == len(ends) else None

    def is_always_shown(self, strand: Strand) -> bool:
        """Whether a lane stands even while it is empty: a strand that joins several frameworks does."""
        return strand.is_on_timeline and len(self.drawing.get(strand.id, ())) > 1

    def lacks(self, framework: Framework, strand_id: str) -> bool:
        """Whether a framework grades the timeline's strands, but not this one."""
        return framework.id in self.family and all(one.id != framework.id for one, _ in self.drawing[strand_id])

    def headline_count(self, framework: Framework) -> int:
        """How many headline judgements a framework has."""
        return sum(area.is_headline for area in self._areas(framework))

    def lane_count(self, framework: Framework) -> int:
        """How many judgements of a framework stand on lanes."""
        return sum(area.is_lane for area in self._areas(framework))

    def _areas(self, framework: Framework) -> Iterable[JudgementArea]:
        return (area for area in self.lists.areas.values() if area.framework_id == framework.id)

    def strands(self) -> list[Strand]:
        """Every strand in its order."""
        return sorted(self.lists.strands.values(), key=_place)


def _place(strand: Strand) -> tuple[int, str]:
    return strand.position, strand.id


def _drawing(
    lists: Lists, links: dict[str, list[AreaStrand]]
) -> dict[str, tuple[tuple[Framework, frozenset[str | None]], ...]]:
    scales: dict[str, dict[str, set[str | None]]] = {}
    for area_id, found in links.items():
        area = lists.areas[area_id]
        scale_id = area.scale_id or lists.frameworks[area.framework_id].scale_id
        for link in found:
            scales.setdefault(link.strand_id, {}).setdefault(area.framework_id, set()).add(scale_id)
    return {
        strand_id: tuple(
            (lists.frameworks[key], frozenset(used[key]))
            for key in sorted(used, key=lambda one: (start(lists.frameworks[one]), one))
        )
        for strand_id, used in scales.items()
    }


def _headline_strands(lists: Lists, links: dict[str, list[AreaStrand]]) -> frozenset[str]:
    """Strands on the timeline that are some framework's headline, and not a part of it."""
    return frozenset(
        link.strand_id
        for area_id, found in links.items()
        for link in found
        if lists.areas[area_id].is_headline and link.match == "exact" and lists.strands[link.strand_id].is_on_timeline
    )


def start(framework: Framework) -> date:
    """The first day that a framework may be in force."""
    return framework.in_force_from.first_day if framework.in_force_from else date.min


def end(framework: Framework) -> date:
    """The last day that a framework may be in force."""
    return framework.in_force_to.last_day if framework.in_force_to else date.max

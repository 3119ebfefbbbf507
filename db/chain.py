"""Chains: which areas for improvement were raised before, how often, and which inspectors have closed.

A verdict with `later_area_id` is a link: the later area repeats the earlier one. All links of a file are read at
once, so that a list of 20,000 areas asks nothing for each of its rows.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from db.damage import readable
from db.improvement_records import Verdict
from db.records import AreaForImprovement, Inspection
from db.store import Store

CLOSED, RAISED_AGAIN = "closed", "raised_again"
_VERDICTS = """select area_for_improvement_id, verdict.inspection_id, verdict, later_area_id, area.inspection_id
    from verdict join area_for_improvement as area on area.id = area_for_improvement_id"""
# Of chains of three or more alone: of two areas that are linked nobody asks whether they share a theme.
_THEMES = """select area_for_improvement_id, theme_id from area_for_improvement_theme
    where area_for_improvement_id in (
        select further.later_area_id from verdict join verdict as further
        on further.area_for_improvement_id = verdict.later_area_id
        union select verdict.area_for_improvement_id from verdict join verdict as further
        on further.area_for_improvement_id = verdict.later_area_id where further.later_area_id is not null)"""
_DAYS = "select id, coalesce(started_on, ended_on, published_on, '') from inspection"


class Link(NamedTuple):
    """What a chain needs of a verdict."""

    area_id: str
    inspection_id: str
    verdict: str
    later_area_id: str | None


@dataclass(frozen=True, slots=True)
class Chains:
    """The verdicts of a file as they link areas for improvement.

    Attributes:
        raised_before: the ids of the areas that repeat an earlier one.
        on_area: what later inspections said of each area, the oldest first.
        earlier: the areas that each area repeats, as they are linked.
    """

    raised_before: frozenset[str]
    on_area: dict[str, list[Link]]
    earlier: dict[str, list[str]]
    _inspection_of: dict[str, str]
    _days: dict[str, str]
    _themes: dict[str, frozenset[str]] = field(default_factory=dict)

    @classmethod
    @readable()
    def read(cls, store: Store) -> "Chains":
        """Read them all; saves that wait count as written."""
        if store.waiting:
            return cls._of_records(store)
        ask = store.connection.raw.execute
        themes: dict[str, set[str]] = {}
        for area_id, theme_id in ask(_THEMES):
            themes.setdefault(area_id, set()).add(theme_id)
        rows = ask(_VERDICTS).fetchall()
        inspection_of = {row[3]: row[1] for row in rows if row[3]}  # that is what `Verdict.later_area_id` means
        inspection_of |= {row[0]: row[4] for row in rows}
        return cls._of((Link(*row[:4]) for row in rows), inspection_of, dict(ask(_DAYS).fetchall()), themes)

    @classmethod
    def _of_records(cls, store: Store) -> "Chains":
        areas = store.each(AreaForImprovement)
        return cls._of(
            (
                Link(one.area_for_improvement_id, one.inspection_id, one.verdict, one.later_area_id)
                for one in store.each(Verdict)
            ),
            {area.id: area.inspection_id for area in areas},
            {one.id: _day(one) for one in store.each(Inspection)},
            {area.id: set(area.theme_ids) for area in areas},
        )

    @classmethod
    def _of(
        cls, links: Iterable[Link], inspection_of: dict[str, str], days: dict[str, str], themes: dict[str, set[str]]
    ) -> "Chains":
        on_area: dict[str, list[Link]] = {}
        earlier: dict[str, list[str]] = {}
        for link in links:
            on_area.setdefault(link.area_id, []).append(link)
            if link.later_area_id and link.area_id not in earlier.setdefault(link.later_area_id, []):
                earlier[link.later_area_id].append(link.area_id)
        for said in (each for each in on_area.values() if len(each) > 1):
            said.sort(key=lambda link: days.get(link.inspection_id, ""))
        frozen = {key: frozenset(found) for key, found in themes.items()}
        repeating = (key for key, found in earlier.items() if _is_of_another(key, found, inspection_of))
        return cls(frozenset(repeating), on_area, earlier, inspection_of, days, frozen)

    def before(self, area_id: str) -> set[str]:
        """The areas that an area repeats, itself left out, along the chain as far as it goes.

        A link that a person set always counts. Further back an area counts while it shares a theme with the one asked
        for, or one of both has none: an area of several matters must not join chains that have nothing in common.
        """
        found: set[str] = set()
        waiting = list(self.earlier.get(area_id, ()))
        while waiting:
            key = waiting.pop()
            if key != area_id and key not in found:
                found.add(key)
                waiting += [one for one in self.earlier.get(key, ()) if self._share_a_theme(area_id, one)]
        return found

    def after(self, area_id: str) -> set[str]:
        """The areas that repeat an area, as far as the chain goes, under the same rule."""
        found: set[str] = set()
        waiting = [(key, True) for key in self._later(area_id)]
        while waiting:
            key, is_linked = waiting.pop()
            if key != area_id and key not in found and (is_linked or self._share_a_theme(area_id, key)):
                found.add(key)
                waiting += [(one, False) for one in self._later(key)]
        return found

    def _later(self, area_id: str) -> list[str]:
        return [link.later_area_id for link in self.on_area.get(area_id, ()) if link.later_area_id]

    def _share_a_theme(self, one: str, other: str) -> bool:
        ours, theirs = self._themes.get(one), self._themes.get(other)
        return not ours or not theirs or bool(ours & theirs)

    def times(self, area_id: str) -> set[str]:
        """The inspections that raised what an area says, its own among them.

        Those are the inspections of the areas that it repeats, and those in between that raised one of these again
        without making it an area for improvement of their own.
        """
        before = self.before(area_id)
        own = self._inspection_of.get(area_id, "")
        found = {self._inspection_of[key] for key in (area_id, *before) if key in self._inspection_of}
        for link in self._raised_again(before):
            if self._days.get(link.inspection_id, "") <= self._days.get(own, ""):
                found.add(link.inspection_id)
        return found

    def _raised_again(self, areas: set[str]) -> Iterator[Link]:
        for key in areas:
            for link in self.on_area.get(key, ()):
                if link.verdict == RAISED_AGAIN and link.later_area_id is None:
                    yield link

    def seen_before(self, area_id: str) -> str:
        """ "3rd time since 2016"; empty for an area that repeats none."""
        if area_id not in self.raised_before:
            return ""
        times = self.times(area_id)
        first = min((day for key in times if (day := self._days.get(key, ""))), default="")
        since = f" since {int(first[:4])}" if first else ""
        return f"{ordinal(len(times))} time{since}"

    def is_closed(self, area_id: str) -> bool:
        """Whether the newest verdict on an area closes it, or on every area that raises it again."""
        if area_id not in self.on_area:
            return False
        waiting, seen, is_closed = [area_id], set[str](), False
        while waiting:
            key = waiting.pop()
            if key in seen:
                continue
            seen.add(key)
            for link in self.newest(key) or [Link(key, "", "", None)]:
                if link.verdict == CLOSED:
                    is_closed = True
                elif link.later_area_id:
                    waiting.append(link.later_area_id)
                else:
                    return False
        return is_closed

    def newest(self, area_id: str) -> list[Link]:
        """What the newest inspection that speaks of an area says of it."""
        said = self.on_area.get(area_id, [])
        return [link for link in said if link.inspection_id == said[-1].inspection_id]


def ordinal(number: int) -> str:
    """ "1st", "2nd", "3rd", "11th", "22nd"."""
    ending = "th" if number % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{ending}"


def _is_of_another(area_id: str, earlier: Iterable[str], inspection_of: dict[str, str]) -> bool:
    return any(inspection_of.get(key) != inspection_of.get(area_id) for key in earlier)


def _day(inspection: Inspection) -> str:
    known = inspection.started_on or inspection.ended_on or inspection.published_on
    return known.iso if known else ""

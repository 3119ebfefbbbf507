"""The lanes of a timeline in their places; of each only what is asked for is laid out. Arithmetic alone, no Qt."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from db.timeline import Lane
from desktop_app.views.timeline_bands import Bands
from desktop_app.views.timeline_boxes import MARKLESS, BandBox, Made, MarkBox
from desktop_app.views.timeline_days import LaneDays
from desktop_app.views.timeline_measures import Box, Sizes, Span, Words, shortened
from desktop_app.views.timeline_places import Places

Near = Callable[[float, float], tuple[Sequence[int], Sequence[int]]]


@dataclass(frozen=True, slots=True)
class LaneBox:
    """A lane in its place, with its name and, below the name, what the whole lane must tell.

    `marks` are in the order of the lane's events; `near` names the marks and the bands, by their numbers,
    that may show between two places, `seen` those of them that are not covered.
    """

    lane: Lane
    box: Box
    marks: Made[MarkBox]
    bands: Made[BandBox]
    name: Words
    note: Words | None
    near: Near
    seen: Near
    band_of: dict[str, int]

    def shown(self, left: float, right: float) -> tuple[list[BandBox], list[MarkBox]]:
        """What may show between two places: the bands, and the marks above them, in the order of painting.

        Of a crowd only what is painted; words stand beside no mark that is covered.
        """
        columns, numbers = self.seen(left, right)
        return [self.bands[number] for number in numbers], [self.marks[column] for column in columns]

    def own_band(self, inspection_id: str) -> BandBox | None:
        """The band of an inspection."""
        number = self.band_of.get(inspection_id)
        return None if number is None else self.bands[number]


def lay_lane(
    days: LaneDays, row: int, span: Span, gutter: float, width: float, sizes: Sizes, lines: tuple[float, ...]
) -> LaneBox:
    """Lay out a lane.

    Args:
        lines: the places of the lines across all lanes, in their order.
    """
    lane, box = days.lane, Box(0, row * sizes.lane_px, width, sizes.lane_px)
    places = Places(days, box, span, sizes, width, lines)
    among = Bands(places, sizes, width, lines)
    bands = Made(len(lane.bands), among.box)

    def mark(column: int) -> MarkBox:
        place = days.place_of[column]
        event, at = days.events[place], places.box(place)
        if event.form in MARKLESS and (number := days.band_of.get(event.inspection_id)) is not None:
            wide = bands[number].box
            at = wide if wide.width > at.width else at
        return MarkBox(event, at, places.words(place), places.strip(place), places.is_covered(place))

    def near(left: float, right: float) -> tuple[Sequence[int], Sequence[int]]:
        first_day, last_day = places.day_at(left), places.day_at(right)
        return [days.column_at[place] for place in places.near(left, right)], among.near(first_day, last_day)

    def seen(left: float, right: float) -> tuple[Sequence[int], Sequence[int]]:
        found = [days.column_at[place] for place in places.near(left, right) if places.is_seen(place)]
        numbers = among.near(places.day_at(left), places.day_at(right))
        return found, [number for number in numbers if not among.is_thin(number)]

    name, note = _named(lane, box, gutter, sizes)
    return LaneBox(lane, box, Made(len(lane.events), mark), bands, name, note, near, seen, days.band_of)


def _named(lane: Lane, box: Box, gutter: float, sizes: Sizes) -> tuple[Words, Words | None]:
    room = gutter - 1.5 * sizes.em_px
    text = shortened(lane.label, room, sizes.width_of) or lane.label
    if not lane.note:
        return Words(text, Box(sizes.em_px / 2, box.y, room, box.height)), None
    half = min(sizes.line_px, (box.height - 2) / 2)
    top = box.y + (box.height - 2 * half) / 2
    note = shortened(lane.note, room, sizes.small_width_of)
    name = Words(text, Box(sizes.em_px / 2, top, room, half))
    return name, Words(note, Box(sizes.em_px / 2, top + half, room, half)) if note else None


class Lanes:
    """The lanes in their places, each laid out when it is first asked for: what is not seen costs nothing."""

    def __init__(self, count: int, lane_px: float, lay: Callable[[int], LaneBox]) -> None:
        self._lane_px = lane_px
        self.laid = Made(count, lay)

    def __len__(self) -> int:
        return len(self.laid)

    def __iter__(self) -> Iterator[LaneBox]:
        return iter(self.laid)

    def __getitem__(self, row: int) -> LaneBox:
        return self.laid[row]

    def between(self, top: float, bottom: float) -> range:
        """The rows that show between two heights."""
        count = len(self.laid)
        return range(max(0, int(top // self._lane_px)), min(count, int(bottom // self._lane_px) + 1))


def no_lanes() -> Lanes:
    def none(row: int) -> LaneBox:
        raise IndexError(row)

    return Lanes(0, 1, none)

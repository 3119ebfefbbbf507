"""A whole timeline in its place: lanes, axis, and what stands at a point. Arithmetic alone, no Qt.

Distances are in pixels: x from the left edge, the lanes' names included, y from the top of the first
lane; what stands above the lanes has its own y from the top of the axis.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date

from db.timeline import FrameworkSpan, Timeline
from desktop_app.views.timeline_axis import Axis, Leader, row_numbers
from desktop_app.views.timeline_lanes import MARKLESS, BreakBox, LaneBox, MarkBox, lay_lane
from desktop_app.views.timeline_measures import Box, Sizes, Span, Words

_LEFT_PADDING_EM = 0.8
_WIDEST_DAY_PX = 12.0
_NO_SPAN = Span(date.min, date.min, 1)


class Lanes:
    """The lanes in their places, each laid out when it is first asked for: what is not seen costs nothing."""

    def __init__(self, count: int, lane_px: float, lay: Callable[[int], LaneBox]) -> None:
        self._count, self._lane_px, self._lay = count, lane_px, lay
        self._laid: dict[int, LaneBox] = {}

    def __len__(self) -> int:
        return self._count

    def __iter__(self) -> Iterator[LaneBox]:
        return (self[row] for row in range(self._count))

    def __getitem__(self, row: int) -> LaneBox:
        if not 0 <= row < self._count:
            raise IndexError(row)
        if row not in self._laid:
            self._laid[row] = self._lay(row)
        return self._laid[row]

    def between(self, top: float, bottom: float) -> range:
        """The rows that show between two heights."""
        if not self._count:
            return range(0)
        return range(max(0, int(top // self._lane_px)), min(self._count, int(bottom // self._lane_px) + 1))


def _no_lanes() -> Lanes:
    def none(row: int) -> LaneBox:
        raise IndexError(row)

    return Lanes(0, 1, none)


@dataclass(frozen=True, slots=True)
class Layout:
    """A whole timeline in its place: the lanes, and the axis above them."""

    width_px: float
    gutter_px: float
    axis_px: float
    lanes: Lanes = field(default_factory=_no_lanes)
    lane_px: float = 1
    span: Span = _NO_SPAN
    frameworks: tuple[tuple[FrameworkSpan, Words], ...] = ()
    framework_boxes: tuple[Box, ...] = ()
    years: tuple[tuple[float, Words | None], ...] = ()
    leaders: tuple[Leader, ...] = ()
    breaks: tuple[BreakBox, ...] = ()
    today_x: float = 0
    today: Words | None = None
    mark_px: float = 24
    rows_of: dict[str, list[tuple[int, int]]] = field(default_factory=dict)

    @property
    def lanes_px(self) -> float:
        """The height of all lanes."""
        return len(self.lanes) * self.lane_px

    def mark(self, row: int, column: int) -> MarkBox | None:
        """The place of the event of that number in that lane."""
        if not 0 <= row < len(self.lanes) or not 0 <= column < len(self.lanes[row].marks):
            return None
        return self.lanes[row].marks[column]

    def at(self, x: float, y: float) -> tuple[int, int] | None:
        """The event at a point of the lanes: its mark, its words or its band."""
        row = self._row_at(y)
        return self._on(row, self.lanes[row], x, y) if row is not None and x >= self.gutter_px else None

    def _row_at(self, y: float) -> int | None:
        return int(y // self.lane_px) if 0 <= y < self.lanes_px else None

    def _on(self, row: int, lane: LaneBox, x: float, y: float) -> tuple[int, int] | None:
        for column in range(len(lane.marks) - 1, -1, -1):
            mark = lane.marks[column]
            if mark.event.form not in MARKLESS and _touches(mark, x, y):
                return row, column
        for band in lane.bands:
            if band.band.inspection_id and band.box.holds(x, y):
                places = self.rows_of.get(band.band.inspection_id, ())
                return next((place for place in places if place[0] == row), None)
        for column, mark in enumerate(lane.marks):
            if mark.box.holds(x, y):
                return row, column
        return None

    def lane_words(self, y: float) -> str:
        """The name of the lane at a height, with its note."""
        row = self._row_at(y)
        lane = self.lanes[row].lane if row is not None else None
        return ", ".join(filter(None, (lane.label, lane.note))) if lane else ""

    def axis_words(self, x: float, y: float) -> str:
        """The whole name of the framework or break at a point, y from the top of the axis."""
        for (span, _), box in zip(self.frameworks, self.framework_boxes, strict=True):
            if box.holds(x, y):
                return span.words
        for leader, words in ((one, one.words) for one in self.leaders):
            if words.box.holds(x, y):
                return next((span.words for span, _ in self.frameworks if span.label == words.text), leader.words.text)
        for change in self.breaks:
            if (change.words and change.words.box.holds(x, y)) or abs(change.x - x) < 4:
                return change.change.words
        return ""

    def frame_of(self, inspection_id: str) -> Box | None:
        """The frame over all lanes around the marks of one inspection."""
        marks = [self.lanes[row].marks[column] for row, column in self.rows_of.get(inspection_id, ())]
        if not marks:
            return None
        edge = self.mark_px / 4
        left = min(mark.box.x for mark in marks)
        right = max(mark.box.x + min(mark.box.width, self.mark_px) for mark in marks)
        return Box(left - edge, 0, right - left + 2 * edge, self.lanes_px)


def _touches(mark: MarkBox, x: float, y: float) -> bool:
    return mark.box.holds(x, y) or (mark.words is not None and mark.words.box.holds(x, y))


Rows = dict[str, list[tuple[int, int]]]


def rows_of(timeline: Timeline) -> Rows:
    """By inspection, the lane and the number in it of each of its events."""
    found: Rows = {}
    for row, lane in enumerate(timeline.lanes):
        for column, event in enumerate(lane.events):
            found.setdefault(event.inspection_id, []).append((row, column))
    return found


def lay_out(timeline: Timeline, width_px: float, sizes: Sizes, zoom: float = 1, rows: Rows | None = None) -> Layout:
    """Lay a timeline out in a width; a narrow one gets the width that it needs at least.

    Args:
        zoom: how many times the width that shows all days the lanes take, at most `most_zoom`.
        rows: what `rows_of` the timeline is, where it is at hand.
    """
    gutter = _gutter(timeline, width_px, sizes)
    left = gutter + _LEFT_PADDING_EM * sizes.em_px
    edge = sizes.mark_px + sizes.em_px
    whole = max(width_px, gutter + 30 * sizes.em_px) - left - edge
    span = Span(timeline.first, timeline.last, whole * zoom, left)
    width = left + span.width_px + edge
    axis = Axis(timeline, span, width, sizes)
    numbers = row_numbers([lane.key for lane in timeline.lanes])
    return Layout(
        width_px=width,
        gutter_px=gutter,
        axis_px=axis.height_px,
        lanes=Lanes(
            len(timeline.lanes),
            sizes.lane_px,
            lambda row: lay_lane(timeline.lanes[row], row, span, gutter, width, sizes),
        ),
        lane_px=sizes.lane_px,
        span=span,
        frameworks=tuple(axis.frameworks()),
        framework_boxes=axis.boxes,
        leaders=axis.leaders,
        years=tuple(axis.ticks()),
        breaks=tuple(axis.breaks(numbers, sizes.lane_px)),
        today_x=axis.today_x,
        today=axis.today,
        mark_px=sizes.mark_px,
        rows_of=rows_of(timeline) if rows is None else rows,
    )


def most_zoom(layout: Layout, zoom: float) -> float:
    """The nearest that a timeline can be looked at, for a layout at a zoom."""
    return max(1.0, _WIDEST_DAY_PX * zoom / layout.span.day_px)


def _gutter(timeline: Timeline, width_px: float, sizes: Sizes) -> float:
    """The width of the lanes' names: a fifth of the whole at most, where that is enough to read them."""
    names = [sizes.width_of(lane.label) for lane in timeline.lanes]
    notes = [sizes.small_width_of(lane.note) for lane in timeline.lanes]
    most = max(12 * sizes.em_px, width_px / 5)
    return min(max([*names, *notes, 6 * sizes.em_px]) + 2 * sizes.em_px, most)

"""A whole timeline in its place: lanes, axis, and what stands at a point. Arithmetic alone, no Qt.

Distances are in pixels: x from the left edge, the lanes' names included, y from the top of the first
lane; what stands above the lanes has its own y from the top of the axis.
"""

from dataclasses import dataclass, field
from datetime import date

from db.timeline import FrameworkSpan, Timeline
from desktop_app.views.timeline_axis import Axis, Leader, row_numbers
from desktop_app.views.timeline_boxes import MARKLESS, BreakBox, MarkBox
from desktop_app.views.timeline_days import Calendar, Rows
from desktop_app.views.timeline_lanes import LaneBox, Lanes, lay_lane, no_lanes
from desktop_app.views.timeline_measures import Box, Sizes, Span, Words

_LEFT_PADDING_EM = 0.8
_WIDEST_DAY_PX = 12.0
_NO_SPAN = Span(date.min, date.min, 1)


@dataclass(frozen=True, slots=True)
class Layout:
    """A whole timeline in its place: the lanes, and the axis above them."""

    width_px: float
    gutter_px: float
    axis_px: float
    lanes: Lanes = field(default_factory=no_lanes)
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
    rows_of: Rows = field(default_factory=dict)

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
        columns, numbers = lane.near(x, x)
        for column in reversed(columns):
            mark = lane.marks[column]
            if mark.event.form not in MARKLESS and _touches(mark, x, y):
                return row, column
        for band in (lane.bands[number] for number in numbers):
            if band.band.inspection_id and band.box.holds(x, y):
                places = self.rows_of.get(band.band.inspection_id, ())
                return next((place for place in places if place[0] == row), None)
        return next(((row, column) for column in columns if lane.marks[column].box.holds(x, y)), None)

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
        """The frame around the marks of one inspection, over the lanes from its first to its last one."""
        places = self.rows_of.get(inspection_id, [])
        marks = [self.lanes[row].marks[column] for row, column in places]
        if not marks:
            return None
        first, last = places[0][0], places[-1][0]
        edge = self.mark_px / 4
        left = min(mark.box.x for mark in marks)
        right = max(mark.box.x + min(mark.box.width, self.mark_px) for mark in marks)
        top, height = first * self.lane_px, (last + 1 - first) * self.lane_px
        return Box(left - edge, top, right - left + 2 * edge, height)


def _touches(mark: MarkBox, x: float, y: float) -> bool:
    return mark.box.holds(x, y) or (mark.words is not None and mark.words.box.holds(x, y))


def lay_out(
    timeline: Timeline, width_px: float, sizes: Sizes, zoom: float = 1,
    calendar: Calendar | None = None, high_px: float | None = None,
) -> Layout:  # fmt: skip
    """Lay a timeline out in a width; a narrow one gets the width that it needs at least.

    Args:
        zoom: how many times the width that shows all days the lanes take, at most `most_zoom`.
        calendar: that of the timeline, where it is at hand.
        high_px: the height that all shall fit into, where lanes may be low for it.
    """
    days = calendar or Calendar(timeline)
    gutter, span, width = _measured(timeline, width_px, sizes, zoom)
    axis = Axis(timeline, span, width, sizes)
    if high_px is not None:
        sizes = sizes.fitted(high_px - axis.height_px - 1, len(timeline.lanes))
    breaks = tuple(axis.breaks(row_numbers([lane.key for lane in timeline.lanes]), sizes.lane_px))
    lines = tuple(sorted([axis.today_x, *(change.x for change in breaks)]))

    def lay(row: int) -> LaneBox:
        return lay_lane(days.lane(row), row, span, gutter, width, sizes, lines)

    return Layout(
        width_px=width,
        gutter_px=gutter,
        axis_px=axis.height_px,
        lanes=Lanes(len(timeline.lanes), sizes.lane_px, lay),
        lane_px=sizes.lane_px,
        span=span,
        frameworks=tuple(axis.frameworks()),
        framework_boxes=axis.boxes,
        leaders=axis.leaders,
        years=tuple(axis.ticks()),
        breaks=breaks,
        today_x=axis.today_x,
        today=axis.today,
        mark_px=sizes.mark_px,
        rows_of=days.rows_of,
    )


def _measured(timeline: Timeline, width_px: float, sizes: Sizes, zoom: float) -> tuple[float, Span, float]:
    """The width of the names, the line of the days, and the width of the whole."""
    gutter = _gutter(timeline, width_px, sizes)
    left = gutter + _LEFT_PADDING_EM * sizes.em_px
    edge = sizes.mark_px + sizes.em_px
    whole = max(width_px, gutter + 30 * sizes.em_px) - left - edge
    span = Span(timeline.first, timeline.last, whole * zoom, left)
    return gutter, span, left + span.width_px + edge


def most_zoom(layout: Layout, zoom: float) -> float:
    """The nearest that a timeline can be looked at, for a layout at a zoom."""
    return max(1.0, _WIDEST_DAY_PX * zoom / layout.span.day_px)


def _gutter(timeline: Timeline, width_px: float, sizes: Sizes) -> float:
    """The width of the lanes' names: a fifth of the whole at most, where that is enough to read them."""
    names = [sizes.width_of(lane.label) for lane in timeline.lanes]
    notes = [sizes.small_width_of(lane.note) for lane in timeline.lanes]
    most = max(12 * sizes.em_px, width_px / 5)
    return min(max([*names, *notes, 6 * sizes.em_px]) + 2 * sizes.em_px, most)

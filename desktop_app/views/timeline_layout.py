"""A whole timeline in its place: lanes, axis, and what stands at a point. Arithmetic alone, no Qt.

Distances are in pixels: x from the left edge, the lanes' names included, y from the top of the first
lane; what stands above the lanes has its own y from the top of the axis.
"""

from dataclasses import dataclass, field

from db.timeline import FrameworkSpan, Timeline
from desktop_app.views.timeline_axis import Axis
from desktop_app.views.timeline_lanes import MARKLESS, BreakBox, LaneBox, MarkBox, lay_lane
from desktop_app.views.timeline_measures import Box, Sizes, Span, Words

_LEFT_PADDING_EM = 0.8


@dataclass(frozen=True, slots=True)
class Layout:
    """A whole timeline in its place: the lanes, and the axis above them."""

    width_px: float
    gutter_px: float
    axis_px: float
    lanes: tuple[LaneBox, ...] = ()
    frameworks: tuple[tuple[FrameworkSpan, Words], ...] = ()
    framework_boxes: tuple[Box, ...] = ()
    years: tuple[tuple[float, Words | None], ...] = ()
    breaks: tuple[BreakBox, ...] = ()
    mark_px: float = 24
    rows_of: dict[str, list[tuple[int, int]]] = field(default_factory=dict)

    @property
    def lanes_px(self) -> float:
        """The height of all lanes."""
        return self.lanes[-1].box.bottom if self.lanes else 0

    def mark(self, row: int, column: int) -> MarkBox | None:
        """The place of the event of that number in that lane."""
        if not 0 <= row < len(self.lanes) or not 0 <= column < len(self.lanes[row].marks):
            return None
        return self.lanes[row].marks[column]

    def at(self, x: float, y: float) -> tuple[int, int] | None:
        """The event at a point of the lanes: its mark, its words or its band."""
        for row, lane in enumerate(self.lanes):
            if lane.box.y <= y < lane.box.bottom and x >= self.gutter_px:
                return self._on(row, lane, x, y)
        return None

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
        lane = next((one.lane for one in self.lanes if one.box.y <= y < one.box.bottom), None)
        return ", ".join(filter(None, (lane.label, lane.note))) if lane else ""

    def axis_words(self, x: float, y: float) -> str:
        """The whole name of the framework or break at a point, y from the top of the axis."""
        for (span, _), box in zip(self.frameworks, self.framework_boxes, strict=True):
            if box.holds(x, y):
                return span.words
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


def lay_out(timeline: Timeline, width_px: float, sizes: Sizes) -> Layout:
    """Lay a timeline out in a width; a narrow one gets the width that it needs at least."""
    gutter = _gutter(timeline, width_px, sizes)
    width = max(width_px, gutter + 30 * sizes.em_px)
    left = gutter + _LEFT_PADDING_EM * sizes.em_px
    span = Span(timeline.first, timeline.last, width - left - sizes.mark_px - sizes.em_px, left)
    lanes = tuple(lay_lane(lane, row, span, gutter, width, sizes) for row, lane in enumerate(timeline.lanes))
    rows_of: dict[str, list[tuple[int, int]]] = {}
    for row, lane in enumerate(timeline.lanes):
        for column, event in enumerate(lane.events):
            rows_of.setdefault(event.inspection_id, []).append((row, column))
    axis = Axis(timeline, span, width, sizes)
    return Layout(
        width_px=width,
        gutter_px=gutter,
        axis_px=axis.height_px,
        lanes=lanes,
        frameworks=tuple(axis.frameworks()),
        framework_boxes=tuple(axis.boxes),
        years=tuple(axis.years()),
        breaks=tuple(axis.breaks(lanes)),
        mark_px=sizes.mark_px,
        rows_of=rows_of,
    )


def _gutter(timeline: Timeline, width_px: float, sizes: Sizes) -> float:
    """The width of the lanes' names: a fifth of the whole at most, where that is enough to read them."""
    names = [sizes.width_of(lane.label) for lane in timeline.lanes]
    notes = [sizes.small_width_of(lane.note) for lane in timeline.lanes]
    most = max(12 * sizes.em_px, width_px / 5)
    return min(max([*names, *notes, 6 * sizes.em_px]) + 2 * sizes.em_px, most)

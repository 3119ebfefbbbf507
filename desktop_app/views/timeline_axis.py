"""Where frameworks, years and breaks stand above the lanes of a timeline. Arithmetic alone, no Qt."""

from collections.abc import Iterator, Sequence
from datetime import date

from db.timeline import FrameworkSpan, Timeline
from desktop_app.views.timeline_lanes import BreakBox, LaneBox
from desktop_app.views.timeline_measures import Box, Sizes, Span, Words, shortened

YEAR_STEPS = (1, 2, 5, 10, 20, 50, 100)


class Axis:
    """The frameworks in their rows, the years, and the words of the breaks."""

    def __init__(self, timeline: Timeline, span: Span, width: float, sizes: Sizes) -> None:
        self._timeline, self._span, self._width, self._sizes = timeline, span, width, sizes
        self._row_px = round(sizes.line_px * 1.25)
        self._rows = max((one.row + 1 for one in timeline.frameworks), default=0)
        self.boxes: list[Box] = []

    @property
    def height_px(self) -> float:
        rows = self._rows * (self._row_px + 3) + self._row_px + 3
        return rows + (self._row_px if self._timeline.breaks else 0)

    @property
    def _years_y(self) -> float:
        return self._rows * (self._row_px + 3) + 2

    def frameworks(self) -> Iterator[tuple[FrameworkSpan, Words]]:
        for one in self._timeline.frameworks:
            left = self._span.x_of(max(one.first, self._timeline.first))
            right = self._span.end_of(min(one.last, self._timeline.last)) - 2
            box = Box(left, one.row * (self._row_px + 3), max(right - left, 3), self._row_px)
            self.boxes.append(box)
            padding = self._sizes.em_px / 2
            text = shortened(one.label, box.width - 2 * padding, self._sizes.small_width_of)
            yield one, Words(text, Box(box.x + padding, box.y, box.width - padding, box.height))

    def years(self) -> Iterator[tuple[float, Words | None]]:
        """A line at the start of each year, thinned where they stand close, with its number where it has room."""
        years = range(self._timeline.first.year, self._timeline.last.year + 1)
        label_px = self._sizes.small_width_of("2000") + self._sizes.em_px / 2
        year_px = self._span.width_px / max((self._timeline.last - self._timeline.first).days, 1) * 365.25
        step = next((one for one in YEAR_STEPS if one * year_px >= label_px), YEAR_STEPS[-1])
        for year in years:
            if year % step == 0 or year == years[0] == years[-1]:
                x = self._span.x_of(date(year, 1, 1))
                box = Box(x + 3, self._years_y, label_px, self._row_px)
                yield x, Words(str(year), box) if box.right <= self._width else None

    def breaks(self, lanes: Sequence[LaneBox]) -> Iterator[BreakBox]:
        """Over all lanes, or over the one lane that alone changes its scale."""
        taken: list[Box] = []
        for change in self._timeline.breaks:
            x = self._span.x_of(change.on)
            touched = [one.box for one in lanes if one.lane.key in change.lane_keys]
            if not touched:
                continue
            every = [one.box for one in lanes] if len(touched) > 1 else touched
            wide = self._sizes.small_width_of(change.label)
            left = x + 5 if x + 5 + wide <= self._width else x - 5 - wide
            box = Box(left, self._years_y + self._row_px, wide, self._row_px)
            is_free = not any(box.meets(other) for other in taken)
            taken.append(box)
            yield BreakBox(change, x, every[0].y, every[-1].bottom, Words(change.label, box) if is_free else None)

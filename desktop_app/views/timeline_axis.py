"""Where frameworks, years, months, today and breaks stand above the lanes of a timeline. Arithmetic alone, no Qt."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from db.dates import MONTHS
from db.timeline import FrameworkSpan, Timeline
from desktop_app.views.timeline_boxes import BreakBox
from desktop_app.views.timeline_measures import Box, Sizes, Span, Words, shortened

YEAR_STEPS = (1, 2, 5, 10, 20, 50, 100)
MONTH_STEPS = (1, 3, 6)
DAYS_OF_A_YEAR = 365.25
MOST_LEADER_ROWS = 2
TODAY = "today"


@dataclass(frozen=True, slots=True)
class Leader:
    """The whole name of a framework whose box is too short for it, below the box, with a line from `top` at `x`."""

    words: Words
    x: float
    top: float


class Axis:
    """The frameworks in their rows, the years or months, today, and the words of the breaks."""

    def __init__(self, timeline: Timeline, span: Span, width: float, sizes: Sizes) -> None:
        self._timeline, self._span, self._width, self._sizes = timeline, span, width, sizes
        self._row_px = round(sizes.line_px * 1.25)
        self._rows = max((one.row + 1 for one in timeline.frameworks), default=0)
        self.boxes = tuple(self._box(one) for one in timeline.frameworks)
        self._leaders = self._led()
        self._leader_rows = max((row + 1 for row, _ in self._leaders.values()), default=0)
        self._taken: list[Box] = []
        self.today_x = span.x_of(timeline.today)
        self.today = self._beside_line(TODAY, self.today_x)

    @property
    def height_px(self) -> float:
        return self._years_y + 2 * self._row_px + 1

    @property
    def leaders(self) -> tuple[Leader, ...]:
        return tuple(leader for _, leader in self._leaders.values())

    @property
    def _bottom(self) -> float:
        """Below the boxes of the frameworks."""
        return self._rows * (self._row_px + 3)

    @property
    def _years_y(self) -> float:
        return self._bottom + self._leader_rows * self._row_px + 2

    def _box(self, one: FrameworkSpan) -> Box:
        left = self._span.x_of(max(one.first, self._timeline.first))
        right = self._span.end_of(min(one.last, self._timeline.last)) - 2
        return Box(left, one.row * (self._row_px + 3), max(right - left, 3), self._row_px)

    def frameworks(self) -> Iterator[tuple[FrameworkSpan, Words]]:
        """Each with as much of its name as its box holds; nothing where a leader tells it."""
        for place, (one, box) in enumerate(zip(self._timeline.frameworks, self.boxes, strict=True)):
            room = self._inside(box)
            text = shortened(one.label, room.width, self._sizes.small_width_of)
            yield one, Words("" if place in self._leaders else text, room)

    def _inside(self, box: Box) -> Box:
        padding = self._sizes.em_px / 2
        return Box(box.x + padding, box.y, box.width - 2 * padding, box.height)

    def _led(self) -> dict[int, tuple[int, Leader]]:
        """The names below the boxes, by their framework's number; from right to left, so that no line crosses one."""
        found: dict[int, tuple[int, Leader]] = {}
        order = sorted(range(len(self.boxes)), key=lambda place: -self.boxes[place].x)
        for place in order:
            box, label = self.boxes[place], self._timeline.frameworks[place].label
            wide = self._sizes.small_width_of(label)
            is_lowest = self._timeline.frameworks[place].row == self._rows - 1
            if not is_lowest or wide <= self._inside(box).width or wide > self._width - self._span.left_px:
                continue
            x, left = box.x + min(4.0, box.width / 2), min(box.x, self._width - wide)
            if (row := self._leader_row(found, x, left, wide)) is not None:
                words = Words(label, Box(left, self._bottom + row * self._row_px, wide, self._row_px))
                found[place] = row, Leader(words, x, box.bottom)
        return found

    def _leader_row(self, found: dict[int, tuple[int, Leader]], x: float, left: float, wide: float) -> int | None:
        """The first row with room for a name, where the line to it crosses no other."""
        gap = self._sizes.em_px / 2
        for row in range(MOST_LEADER_ROWS):
            in_row = [one.words.box for at, one in found.values() if at == row]
            if not any(left < box.right + gap and box.x < left + wide + gap for box in in_row):
                return row
            if any(box.x - 3 <= x <= box.right + 3 for box in in_row):
                return None
        return None

    def ticks(self) -> Iterator[tuple[float, Words | None]]:
        """A line at the start of each year or month, thinned where they stand close, named where there is room."""
        year_px = self._span.day_px * DAYS_OF_A_YEAR
        month_px, label_px = year_px / 12, self._label_px("Sep 2000")
        step = next((one for one in MONTH_STEPS if one * month_px >= label_px), None)
        for day in self._years(year_px) if step is None else self._months(step):
            x = self._span.x_of(day)
            text = str(day.year) if step is None else f"{MONTHS[day.month - 1][:3]} {day.year}"
            box = Box(x + 3, self._years_y, self._label_px(text), self._row_px)
            yield x, Words(text, box) if box.right <= self._width else None

    def _label_px(self, text: str) -> float:
        return self._sizes.small_width_of(text) + self._sizes.em_px / 2

    def _years(self, year_px: float) -> Iterator[date]:
        years = range(self._timeline.first.year, self._timeline.last.year + 1)
        step = next((one for one in YEAR_STEPS if one * year_px >= self._label_px("2000")), YEAR_STEPS[-1])
        for year in years:
            if year % step == 0 or year == years[0] == years[-1]:
                yield date(year, 1, 1)

    def _months(self, step: int) -> Iterator[date]:
        for year in range(self._timeline.first.year, self._timeline.last.year + 1):
            for month in range(1, 13, step):
                if self._timeline.first <= (day := date(year, month, 1)) <= self._timeline.last:
                    yield day

    def breaks(self, row_of: dict[str, int], lane_px: float) -> Iterator[BreakBox]:
        """Over all lanes, or over the one lane that alone changes its scale."""
        for change in self._timeline.breaks:
            x = self._span.x_of(change.on)
            rows = [row_of[key] for key in change.lane_keys if key in row_of]
            if rows:
                first, last = (0, len(row_of) - 1) if len(rows) > 1 else (rows[0], rows[0])
                words = self._beside_line(change.label, x)
                yield BreakBox(change, x, first * lane_px, (last + 1) * lane_px, words)

    def _beside_line(self, text: str, x: float) -> Words | None:
        """A text right or left of a line, in the row above the lanes; None where others stand there."""
        wide = self._sizes.small_width_of(text)
        for left in (x + 5, x - 5 - wide):
            box = Box(left, self._years_y + self._row_px, wide, self._row_px)
            if (
                self._span.left_px <= left
                and box.right <= self._width
                and not any(box.meets(one) for one in self._taken)
            ):
                self._taken.append(box)
                return Words(text, box)
        return None


def row_numbers(keys: Sequence[str]) -> dict[str, int]:
    """The number of each lane's row."""
    return {key: row for row, key in enumerate(keys)}

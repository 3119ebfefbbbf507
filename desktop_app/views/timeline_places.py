"""Where the marks of a lane stand, with the words beside them. Arithmetic alone, no Qt.

Each answer follows from the number of a mark alone, never from what is seen: a part of a lane looks as it
does in the whole, and a label does not move while one pans.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Callable

from db.timeline import Form
from desktop_app.views.timeline_boxes import MARKLESS
from desktop_app.views.timeline_days import LaneDays
from desktop_app.views.timeline_measures import Box, Sizes, Span, Words, shortened

CROWDED = 0.3  # of a mark's width


class _Settled(dict[int, int]):
    """Where marks stand, by their places; one that is asked for is settled with those that it depends on."""

    def __init__(self, settle: Callable[[int], None]) -> None:
        super().__init__()
        self._settle = settle

    def __missing__(self, place: int) -> int:
        self._settle(place)
        return self[place]


class Places:
    """The places of one lane's marks, worked out as they are asked for.

    `x` holds their left edges by their places, `size_px` is how wide each is. `lines` are the places of the
    lines across all lanes, in their order: no words stand on one.
    """

    def __init__(
        self, days: LaneDays, lane: Box, span: Span, sizes: Sizes, width: float, lines: tuple[float, ...] = ()
    ) -> None:
        self.days, self.lane, self.sizes, self._width, self._lines = days, lane, sizes, width, lines
        self._count = len(days.events)
        self._day_px = span.day_px
        self._zero_px = span.left_px - span.day_px * span.first.toordinal()
        self._left_px = span.left_px
        self._mark_px, self._gap_px = sizes.mark_px, sizes.gap_px
        self.size_px = round(self._mark_px * 0.55) if days.is_small else self._mark_px
        self._top = lane.y + (lane.height - self.size_px) // 2
        self._padding_px = sizes.em_px * 0.6
        self._bin_px = self._mark_px * CROWDED
        self._clear_px = 2 * self.size_px + self._gap_px + 1
        self.x = _Settled(self._settle)
        self._words: dict[int, Words | None] = {}

    def x_of(self, day: float) -> float:
        """Where a day starts, by its number."""
        return self._zero_px + self._day_px * day

    def day_at(self, x: float) -> float:
        """The number of the day at a place, with its part that is gone."""
        return (x - self._zero_px) / self._day_px

    def _true_x(self, place: int) -> float:
        x = self._zero_px + self._day_px * self.days.anchors[place]
        return x - self.size_px / 2 if self.days.is_centred[place] else x

    def _settle(self, place: int) -> None:
        """Settle marks up to one, from the last before it that stands clear whatever comes before."""
        start, x = place, self.x
        while start and start not in x and not self._is_clear(start):
            start -= 1
        if start not in x:
            x[start] = round(self._true_x(start))
        for one in range(start + 1, place + 1):
            x[one] = self._beside(one, x[one - 1])

    def _is_clear(self, place: int) -> bool:
        """Whether the mark before cannot reach it: it is moved aside by its width at most, but in a run."""
        anchors = self.days.anchors
        return not self.days.has_runs and (anchors[place] - anchors[place - 1]) * self._day_px >= self._clear_px

    def _beside(self, place: int, before: int) -> int:
        """At its day, moved aside by up to its own width where the mark before stands there."""
        true_x, beside = self._true_x(place), before + self.size_px + self._gap_px
        if true_x < beside:
            events = self.days.events
            is_same = events[place - 1].inspection_id == events[place].inspection_id
            if is_same or beside - true_x <= self.size_px:
                return round(beside)
        return max(round(true_x), before)

    def box(self, place: int) -> Box:
        return Box(self.x[place], self._top, self.size_px, self.size_px)

    def next_x(self, place: int) -> float | None:
        """Where the next mark stands, None after the last one."""
        return self.x[place + 1] if place + 1 < self._count else None

    def reach(self, place: int) -> float:
        """How far the marks up to one cover the lane; what stands there without a mark of its own does not."""
        marked = self.days.marked[place]
        return self.x[marked] + self.size_px if marked >= 0 else 0.0

    def is_covered(self, place: int) -> bool:
        """Whether later marks leave no letter of it to be read: of a crowd one in each bin is painted."""
        if place + 1 == self._count:
            return False
        return self.x[place + 1] // self._bin_px == self.x[place] // self._bin_px

    def is_seen(self, place: int) -> bool:
        """Whether anything of it is painted: the mark, or the strip of its days."""
        return not self.is_covered(place) or self.days.events[place].on.day is None

    def strip(self, place: int) -> Box | None:
        """The strip that shows which days a date known to the month or the year may mean."""
        event = self.days.events[place]
        if event.on.day or event.form in (*MARKLESS, Form.FINDINGS):
            return None
        left, right = self.x_of(event.first.toordinal()), self.x_of(event.last.toordinal() + 1)
        height = max(3.0, self.sizes.line_px / 5)
        middle = self.lane.y + self.lane.height // 2
        return Box(left, middle + self._mark_px / 2 + 1 - height / 2, right - left, height)

    def words(self, place: int) -> Words | None:
        """The words beside a mark without a band: on the right, else on the left, else shortened, else none."""
        if place not in self._words:
            is_worded = self.days.is_centred[place] and not self.is_covered(place)
            self._words[place] = self._worded(place) if is_worded else None
        return self._words[place]

    def _worded(self, place: int) -> Words | None:
        label, padding, x = self.days.events[place].label, self._padding_px, self.x[place]
        top = self._top + (self.size_px - self._mark_px) / 2  # a dot is lower than the letters beside it
        wanted, right = self.sizes.small_width_of(label), x + self.size_px
        on_right = self._right_end(place, right) - right - 2 * padding
        if on_right < wanted and wanted <= x - self._left_end(place, x, wanted) - 2 * padding:
            return Words(label, Box(x - padding - wanted, top, wanted, self._mark_px))
        text = shortened(label, on_right, self.sizes.small_width_of)
        if not text:
            return None
        return Words(text, Box(right + padding, top, self.sizes.small_width_of(text), self._mark_px))

    def _right_end(self, place: int, right: float) -> float:
        """How far words on the right of a mark may go: to the next mark, or a line."""
        following = self.x[place + 1] if place + 1 < self._count else self._width
        number = bisect_left(self._lines, right)
        return min(following, self._lines[number]) if number < len(self._lines) else following

    def _left_end(self, place: int, x: float, wanted: float) -> float:
        """How far words on the left of a mark may go: to the mark before and its words, or a line.

        The words before are asked only where these ones, and so shorter ones, have room beside that mark.
        """
        number = bisect_right(self._lines, x)
        line = self._lines[number - 1] if number else 0.0
        if not place:
            return max(line, self._left_px)
        end = self.x[place - 1] + self.size_px
        if line >= end or x - end - 2 * self._padding_px < wanted:
            return max(line, end)
        before = self.words(place - 1)
        return max(end, before.box.right) if before else end

    def near(self, left: float, right: float) -> list[int]:
        """The places of the marks that may show between two lines, with their words and strips."""
        count = self._count
        if not count:
            return []
        first = min(bisect_left(self.days.anchors, self.day_at(left)), count - 1)
        while first > 0 and self.x[first] > left - self._mark_px:
            first -= 1
        last = bisect_right(self.days.anchors, self.day_at(right + self._mark_px))
        found = range(first, min(last + 1, count))
        return [*(one for one in self._strips(left, right) if one not in found), *found]

    def _strips(self, left: float, right: float) -> list[int]:
        """Those whose strip shows, however far away their mark is."""
        strips = ((place, self.strip(place)) for place in self.days.partly_known)
        return [place for place, box in strips if box and box.x <= right and left <= box.right]

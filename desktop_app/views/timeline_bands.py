"""Where the bands of a lane stand, and their labels between the marks. Arithmetic alone, no Qt."""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator

from db.timeline import Band, Form
from desktop_app.views.timeline_boxes import MARKLESS, BandBox
from desktop_app.views.timeline_measures import Box, Sizes, Words, shortened
from desktop_app.views.timeline_places import Places

THINNEST_PX = 6  # a band that is narrower tells nothing that its mark does not


class Bands:
    """The bands of one lane among its marks, each worked out from its number alone."""

    def __init__(self, places: Places, sizes: Sizes, width: float, lines: tuple[float, ...]) -> None:
        self._places, self._sizes, self._width, self._lines = places, sizes, width, lines
        self._bands = places.days.lane.bands
        self._mark_px, self._gap_px, self._em_px = sizes.mark_px, sizes.gap_px, sizes.em_px
        self._top = places.lane.y + (places.lane.height - self._mark_px) // 2

    def near(self, left_day: float, right_day: float) -> range:
        """The numbers of those that may show between two days, with their labels."""
        days = self._places.days.band_days
        return range(max(bisect_right(days, left_day) - 2, 0), min(bisect_right(days, right_day) + 1, len(days)))

    def box(self, number: int) -> BandBox:
        """A band with its label between the marks before and the next one."""
        band, places = self._bands[number], self._places
        own = places.days.place_of_band[number]
        left, right = self._left(number), self._right(number)
        box = Box(left, self._top, max(right - left, 3), self._mark_px)
        if band.form is Form.ABSENT:
            return BandBox(band, box, self._reason(band, box, own))
        if self.is_thin(number):
            return BandBox(band, box, (), True)
        is_covered = False
        if own is not None and band.form is not Form.SHARED:
            is_covered = places.x[own] <= left and right < places.x[own] + places.size_px
        return BandBox(band, box, self._labelled(number, band, box, own), is_covered)

    def is_thin(self, number: int) -> bool:
        """Whether it need not be painted, as its mark tells all that it would."""
        days = self._places.days
        if self._right(number) - self._left(number) > THINNEST_PX or days.place_of_band[number] is None:
            return False
        return self._bands[number].form not in MARKLESS

    def _right(self, number: int) -> int:
        return round(self._places.x_of(self._places.days.band_ends[number])) - 2

    def _left(self, number: int) -> int:
        return round(self._places.x_of(self._places.days.band_days[number]))

    def _start(self, box: Box, own: int | None) -> float:
        """Where the marks before leave room; a band without any stands after all marks."""
        count = len(self._places.days.events)
        last = own if own is not None else count - 1
        return max(box.x, self._places.reach(last)) if last >= 0 else box.x

    def _next_mark(self, own: int | None) -> float | None:
        return self._places.next_x(own) if own is not None else None

    def _labelled(self, number: int, band: Band, box: Box, own: int | None) -> tuple[Words, ...]:
        """The label inside the band; it goes beyond the end where it needs to and nothing stands there."""
        start = self._start(box, own) + self._em_px * 0.75
        following = self._next_mark(own)
        line = self._line_after(start)
        stop = min(one for one in (box.right, following, *line) if one is not None) - self._gap_px
        is_shared = band.form is Form.SHARED
        width_of = self._sizes.small_width_of if is_shared else self._sizes.label_width_of
        wanted = width_of(band.label)
        if wanted > stop - start and not is_shared and (following is None or following >= start + wanted):
            end = self._beyond(number, following, line)
            stop = end if wanted <= end - start else stop
        text = shortened(band.label, stop - start, width_of)
        if text != band.label and not is_shared and " " not in band.label:
            return ()  # a part of one word says less than the letters in the mark
        return (Words(text, Box(start, box.y, stop - start, box.height)),) if text else ()

    def _line_after(self, x: float) -> tuple[float, ...]:
        """The first line across all lanes from a place on; it may stand inside a band."""
        number = bisect_left(self._lines, x)
        return self._lines[number : number + 1]

    def _beyond(self, number: int, following: float | None, line: tuple[float, ...]) -> float:
        """How far nothing stands after a band: to the next mark, the next band that shows, or a line."""
        ends = [self._width, *line]
        if following is not None:
            ends.append(following)
        if number + 1 < len(self._bands):
            after = self._bands[number + 1]
            if after.form is Form.ABSENT:
                ends += [one.box.x for one in self.box(number + 1).lines]
            else:
                ends.append(self._left(number + 1))
        return min(ends) - 2 * self._gap_px

    def _reason(self, band: Band, box: Box, own: int | None) -> tuple[Words, ...]:
        """Why nothing is graded there, within the band, or up to the next mark or a line."""
        start = self._start(box, own) + self._gap_px
        following = self._next_mark(own)
        ends = [one for one in (following, *self._line_after(start)) if one is not None]
        stop = min([box.right, *ends])
        room = Box(start, box.y, stop - start - self._gap_px, box.height)
        free = room if following is None else room._replace(width=min(ends) - self._gap_px - room.x)
        lane, width_of = self._places.lane, self._sizes.small_width_of
        return tuple(_broken(band.label, room, room, lane, self._sizes.line_px, width_of)) or tuple(
            _broken(band.label, room, free, lane, self._sizes.line_px, width_of)
        )


def _broken(
    text: str, room: Box, free: Box, lane: Box, line_px: float, width_of: Callable[[str], float]
) -> Iterator[Words]:
    """A small text in one line, or broken at its comma into two; nothing where those are wider than what is free."""
    lines = [text]
    if width_of(text) > room.width and ", " in text:
        head, _, tail = text.partition(", ")
        lines = [f"{head},", tail]
    if any(width_of(line) > free.width for line in lines):
        return
    line_px = min(line_px, (lane.height - 2) / len(lines))
    top = lane.y + (lane.height - len(lines) * line_px) / 2
    for place, line in enumerate(lines):
        yield Words(line, Box(free.x, top + place * line_px, free.width, line_px))

"""The measures of a timeline: boxes, days to pixels, sizes from the font, texts cut at a word. No Qt."""

from bisect import bisect_right
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import NamedTuple

SHORTEST = 4  # letters that still say something
LEAST_OF_WORD = 3  # a space and two letters, which say nothing before a "…"


class Box(NamedTuple):
    """A rectangle."""

    x: float
    y: float
    width: float
    height: float

    @property
    def right(self) -> float:
        return self.x + self.width

    @property
    def bottom(self) -> float:
        return self.y + self.height

    def holds(self, x: float, y: float) -> bool:
        return self.x <= x <= self.right and self.y <= y <= self.bottom

    def meets(self, other: "Box") -> bool:
        """Whether the two share any ground."""
        return self.x < other.right and other.x < self.right and self.y < other.bottom and other.y < self.bottom


class Words(NamedTuple):
    """A text in its box, as much of it as there is room for."""

    text: str
    box: Box


@dataclass(frozen=True, slots=True)
class Span:
    """Days on a line of pixels that starts at `left_px`; both days count."""

    first: date
    last: date
    width_px: float
    left_px: float = 0.0

    def x_of(self, day: date) -> float:
        """Where a day starts."""
        return self.left_px + self.width_px * (day - self.first).days / self._days

    def end_of(self, day: date) -> float:
        """Where a day ends."""
        return self.x_of(day) + self.width_px / self._days

    def day_at(self, x: float) -> date:
        """The day at a place, the first or the last one beyond the line."""
        days = int((x - self.left_px) / self.day_px)
        return self.first + timedelta(days=min(max(days, 0), self._days - 1))

    @property
    def day_px(self) -> float:
        """How wide a day is."""
        return self.width_px / self._days

    @property
    def _days(self) -> int:
        return (self.last - self.first).days + 1


@dataclass(frozen=True, slots=True)
class Sizes:
    """Sizes that follow the font: `line_px` is the height of a line.

    The functions measure a text: of a lane's name, in small letters, and of a band's label. `lane_px` is the
    height of a lane, the full one where none is given.
    """

    line_px: float
    width_of: Callable[[str], float]
    small_width_of: Callable[[str], float]
    label_width_of: Callable[[str], float]
    lane_px: float = 0.0

    def __post_init__(self) -> None:
        if not self.lane_px:
            object.__setattr__(self, "lane_px", round(self.line_px * 2.2))

    def fitted(self, room_px: float, lanes: int) -> "Sizes":
        """With lanes as high as fit into a room, from two tight lines of text to the full height."""
        each = int(room_px / max(lanes, 1))
        return replace(self, lane_px=min(max(each, self.least_lane_px), self.lane_px))

    @property
    def least_lane_px(self) -> float:
        """The lowest lane: a mark with air around it, or a name above its note."""
        return round(self.line_px * 1.85)

    @property
    def em_px(self) -> float:
        return self.line_px * 0.75

    @property
    def mark_px(self) -> float:
        return round(self.line_px * 1.4)

    @property
    def gap_px(self) -> float:
        return max(2, round(self.line_px * 0.15))


def shortened(text: str, room_px: float, width_of: Callable[[str], float]) -> str:
    """The text, or its start with "…", after a whole word where that keeps enough of it; else nothing.

    No "to", "of" or single letter stands before the "…".
    """
    if width_of(text) <= room_px:
        return text
    if width_of(f"{text[:SHORTEST]}…") > room_px:
        return ""
    end = bisect_right(range(len(text)), room_px, lo=SHORTEST, key=lambda count: width_of(f"{text[:count]}…")) - 1
    start = text[:end]
    word_end = start.rfind(" ") if text[end] != " " else len(start)
    if word_end >= max(SHORTEST, len(text) / 2) or (word_end >= SHORTEST and end - word_end <= LEAST_OF_WORD):
        start = start[:word_end]
    while (cut := start.rfind(" ")) >= SHORTEST and len(start) - cut <= LEAST_OF_WORD:
        start = start[:cut]
    return f"{start.rstrip(' ,;:')}…"

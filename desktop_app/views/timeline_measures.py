"""The measures of a timeline: boxes, days to pixels, sizes from the font, texts cut at a word. No Qt."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple


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

    @property
    def _days(self) -> int:
        return (self.last - self.first).days + 1


@dataclass(frozen=True, slots=True)
class Sizes:
    """Sizes that follow the font: `line_px` is the height of a line, the functions measure a text."""

    line_px: float
    width_of: Callable[[str], float]
    small_width_of: Callable[[str], float]

    @property
    def em_px(self) -> float:
        return self.line_px * 0.75

    @property
    def mark_px(self) -> float:
        return round(self.line_px * 1.4)

    @property
    def lane_px(self) -> float:
        return round(self.line_px * 2.35)

    @property
    def gap_px(self) -> float:
        return max(2, round(self.line_px * 0.15))


def shortened(text: str, room_px: float, width_of: Callable[[str], float]) -> str:
    """The text, or its first words with "…", or nothing where not even one word of it has room."""
    if width_of(text) <= room_px:
        return text
    words = text.split()
    for count in range(len(words) - 1, 0, -1):
        start = " ".join(words[:count]).rstrip(",;:")
        if width_of(f"{start}…") <= room_px:
            return f"{start}…"
    return ""

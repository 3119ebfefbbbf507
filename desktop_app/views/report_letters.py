"""The letters of a page where they stand: which of them is at a point, and what covers some of them."""

from array import array
from dataclasses import dataclass
from typing import NamedTuple

from desktop_app.reading.page_values import Page

_DOWN_COUNTS = 2.0  # a point beside a line is nearer to it than one below
LEFT, TOP, RIGHT, BOTTOM, NUMBERS = 0, 1, 2, 3, 4


class Box(NamedTuple):
    """Points from the upper left corner of the page."""

    left: float
    top: float
    right: float
    bottom: float


@dataclass(frozen=True, slots=True)
class _Row:
    """One line of letters."""

    start: int
    end: int
    box: Box


class PageLetters:
    """The boxes of a page's letters, line by line.

    Args:
        boxes: what `Reader.letters` gives.

    Attributes:
        left: where the line begins that stands furthest to the left.
    """

    def __init__(self, page: Page, boxes: "array[float]") -> None:
        self._boxes = boxes
        self._count = len(boxes) // NUMBERS
        rows = (self._row(line.start, min(line.end, self._count)) for line in page.lines())
        self._rows = [row for row in rows if row is not None]
        self.left = min((row.box.left for row in self._rows), default=0.0)

    def _row(self, start: int, end: int) -> _Row | None:
        box = self._around(start, end)
        return _Row(start, end, box) if box else None

    def _around(self, start: int, end: int) -> Box | None:
        """The box around letters of one line; None where none of them has a size."""
        parts = self._boxes[NUMBERS * start : NUMBERS * end]
        lefts, tops, rights, bottoms = (parts[side::NUMBERS] for side in range(NUMBERS))
        seen = [at for at in range(len(lefts)) if rights[at] > lefts[at] and bottoms[at] > tops[at]]
        if not seen:
            return None
        return Box(
            min(lefts[at] for at in seen),
            min(tops[at] for at in seen),
            max(rights[at] for at in seen),
            max(bottoms[at] for at in seen),
        )

    def letter_at(self, x: float, y: float) -> int:
        """The letter before which a mark would begin or end at a point; the nearest line counts."""
        if not self._rows:
            return 0
        row = min(self._rows, key=lambda each: _distance(each.box, x, y))
        for at in range(row.start, row.end):
            left, right = self._boxes[NUMBERS * at + LEFT], self._boxes[NUMBERS * at + RIGHT]
            if right > left and x < (left + right) / 2:
                return at
        return row.end

    def is_on_words(self, x: float, y: float) -> bool:
        """Whether there is a line at a point."""
        return any(box.left <= x <= box.right and box.top <= y <= box.bottom for box in (row.box for row in self._rows))

    def boxes(self, start: int, end: int) -> list[Box]:
        """What covers letters of the page's text, one box for each line."""
        found = (
            self._covering(row, max(start, row.start), min(end, row.end))
            for row in self._rows
            if row.start < end and start < row.end
        )
        return [box for box in found if box]

    def _covering(self, row: _Row, start: int, end: int) -> Box | None:
        """As high as the line, so that what is marked in one line has one edge."""
        box = self._around(start, end)
        return box._replace(top=row.box.top, bottom=row.box.bottom) if box else None


def _distance(box: Box, x: float, y: float) -> float:
    across = max(box.left - x, x - box.right, 0.0)
    down = max(box.top - y, y - box.bottom, 0.0)
    return across + _DOWN_COUNTS * down

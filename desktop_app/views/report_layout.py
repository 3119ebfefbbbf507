"""Where the pages of a report stand below each other, in pixels of the screen; arithmetic only."""

from bisect import bisect_right
from collections.abc import Sequence
from itertools import accumulate

PIXELS_A_POINT = 96 / 72  # at 100 %
LEAST_ZOOM, MOST_ZOOM = 0.1, 6.0
ZOOMS = (0.1, 0.25, 0.5, 0.67, 0.8, 0.9, 1.0, 1.1, 1.25, 1.5, 1.75, 2.0, 2.5, 3.0, 4.0, 6.0)
_MOST_POINTS = 15_000.0  # of a side: a larger page is drawn as if it were cut there
_USUAL = (595.0, 842.0)


class PageStack:
    """Pages of given sizes at a zoom, the narrow ones in the middle; pages count from 1.

    Args:
        sizes: width and height of each page in points.
        zoom: 1 shows a point as wide as it is on paper, for a screen that says the truth of itself.
        gap_px: around each page.
    """

    def __init__(self, sizes: Sequence[tuple[float, float]], zoom: float, gap_px: int) -> None:
        self.zoom = min(max(zoom, LEAST_ZOOM), MOST_ZOOM)
        self.scale = self.zoom * PIXELS_A_POINT
        self.gap_px = gap_px
        self.count = len(sizes)
        self._sizes = [(_bounded(width) * self.scale, _bounded(height) * self.scale) for width, height in sizes]
        self._tops = list(accumulate((height + gap_px for _, height in self._sizes), initial=float(gap_px)))
        self.width = max((width for width, _ in self._sizes), default=0.0) + 2 * gap_px
        self.height = self._tops[-1]

    def size(self, page: int) -> tuple[float, float]:
        """Width and height of a page in pixels."""
        return self._sizes[page - 1]

    def left(self, page: int, room: float) -> float:
        """The left edge of a page in a room that may be wider than the widest."""
        return (max(room, self.width) - self._sizes[page - 1][0]) / 2

    def top(self, page: int) -> float:
        """The upper edge of a page."""
        return self._tops[page - 1]

    def page_at(self, y: float) -> int:
        """The page at a height, or the nearest one above it; 0 where there are no pages."""
        return min(max(bisect_right(self._tops, y), 1), self.count) if self.count else 0

    def pages_between(self, top: float, bottom: float) -> range:
        """The pages of which something stands between two heights."""
        return range(self.page_at(top), self.page_at(bottom) + 1) if self.count else range(0)


def _bounded(points: float) -> float:
    return min(max(points, 1.0), _MOST_POINTS)


def fitting_zoom(sizes: Sequence[tuple[float, float]], room_px: float, gap_px: int) -> float:
    """The zoom at which the usual page is as wide as the room."""
    widths = sorted(_bounded(width) for width, _ in sizes or [_USUAL])
    zoom = (room_px - 2 * gap_px) / (widths[len(widths) // 2] * PIXELS_A_POINT)
    return min(max(zoom, LEAST_ZOOM), MOST_ZOOM)


def next_zoom(zoom: float, step: int) -> float:
    """The next larger (1) or smaller (-1) of the usual zooms."""
    larger = [each for each in ZOOMS if each > zoom + 0.001]
    smaller = [each for each in ZOOMS if each < zoom - 0.001]
    return (larger or [MOST_ZOOM])[0] if step > 0 else (smaller or [LEAST_ZOOM])[-1]

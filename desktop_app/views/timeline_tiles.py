"""The lanes of a timeline as pictures that are kept, so that a pan paints only what comes into sight.

A tile is a stretch of one lane, a mark a picture that is stamped on it. Both are made for screens whose
pixels are whole parts of ours; on others, and on paper, the lanes are painted each time.
"""

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPixmap

from desktop_app.views import timeline_ink
from desktop_app.views.timeline_fonts import Fonts
from desktop_app.views.timeline_lane_paint import held_area, is_held, paint_grid, paint_lane
from desktop_app.views.timeline_lanes import LaneBox
from desktop_app.views.timeline_layout import Layout
from desktop_app.views.timeline_stamps import Stamps, blank

WIDE_PX = 512
MOST_BYTES = 64_000_000


class Tiles:
    """The tiles of one layout, for one size of pixels; another layout starts them anew."""

    def __init__(self, fonts: Fonts, pixels: int) -> None:
        self._fonts, self._pixels = fonts, pixels
        self._layout: Layout | None = None
        self._tiles: dict[tuple[int, int], QPixmap] = {}
        self._stamps = Stamps(fonts, pixels)

    def suits(self, fonts: Fonts, pixels: float) -> bool:
        """Whether they are made for these letters and pixels."""
        return self._fonts is fonts and self._pixels == pixels

    def paint(self, painter: QPainter, layout: Layout, seen: QRectF) -> None:
        """Paint what can be seen of the lanes of a layout; tiles are made once it is painted again.

        A step of the zoom is thus painted no further than it is seen.
        """
        if layout is not self._layout:
            self._layout = layout
            self._tiles.clear()
            paint_grid(painter, layout, seen)
            for row in layout.lanes.between(seen.top(), seen.bottom()):
                paint_lane(painter, layout.lanes[row], seen, self._fonts, seen.left(), self._stamps)
            return
        first, last = int(seen.left() // WIDE_PX), int(seen.right() // WIDE_PX)
        for row in layout.lanes.between(seen.top(), seen.bottom()):
            for number in range(first, last + 1):
                tile = self._tiles.get((row, number)) or self._made(layout, row, number)
                painter.drawPixmap(QPointF(number * WIDE_PX, row * layout.lane_px), tile)
            self._hold(painter, layout, layout.lanes[row], seen)

    def _made(self, layout: Layout, row: int, number: int) -> QPixmap:
        area = QRectF(number * WIDE_PX, row * layout.lane_px, WIDE_PX, layout.lane_px)
        tile = blank(area.width(), area.height(), self._pixels)
        tile.fill(timeline_ink.current().surface)
        painter = QPainter(tile)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.translate(-area.topLeft())
        painter.setClipRect(area)
        self._paint_part(painter, layout, layout.lanes[row], area, None)
        painter.end()
        most = MOST_BYTES // (4 * tile.width() * tile.height())
        while len(self._tiles) >= most:
            del self._tiles[next(iter(self._tiles))]
        self._tiles[row, number] = tile
        return tile

    def _paint_part(self, painter: QPainter, layout: Layout, lane: LaneBox, area: QRectF, hold_x: float | None) -> None:
        paint_grid(painter, layout, area.adjusted(0, 0, 0, -1))  # the next lane starts where this one ends
        paint_lane(painter, lane, area, self._fonts, hold_x, self._stamps)

    def _hold(self, painter: QPainter, layout: Layout, lane: LaneBox, seen: QRectF) -> None:
        """Paint anew what stands at the left edge where a label is held there: it moves as one pans."""
        for band in lane.shown(seen.left(), seen.left())[0]:
            if not band.is_covered and is_held(band, seen.left()):
                area = held_area(band, seen.left())
                painter.save()
                painter.setClipRect(area, Qt.ClipOperation.IntersectClip)
                painter.fillRect(area, timeline_ink.current().surface)
                self._paint_part(painter, layout, lane, area, seen.left())
                painter.restore()

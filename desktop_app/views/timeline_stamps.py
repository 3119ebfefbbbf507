"""Pictures of marks and narrow bands, each painted once and stamped wherever it occurs."""

from collections.abc import Hashable

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPixmap

from db.timeline import Event
from desktop_app.views import timeline_ink
from desktop_app.views.timeline_fonts import Fonts
from desktop_app.views.timeline_marks import paint_band, paint_mark
from desktop_app.views.timeline_measures import Box

STAMPED_PX = 96  # the widest band that is stamped


class Stamps:
    """The stamps in one look, for letters and pixels of one size."""

    def __init__(self, fonts: Fonts, pixels: int) -> None:
        self._fonts, self._pixels = fonts, pixels
        self._made: dict[Hashable, QPixmap] = {}

    def mark(self, painter: QPainter, event: Event, box: Box) -> None:
        """Stamp the mark of an event."""
        key = event.form, event.mark, event.tone, event.match, event.is_grave, box.width
        stamp = self._made.get(key)
        if stamp is None:
            stamp = self._made[key] = blank(box.width, box.height, self._pixels)
            on_stamp = _painter(stamp)
            paint_mark(on_stamp, event, QRectF(0, 0, box.width, box.height), self._fonts)
            on_stamp.end()
        painter.drawPixmap(QPointF(box.x, box.y), stamp)

    def band(self, painter: QPainter, tone: str, box: Box) -> None:
        """Stamp the plain band of a grade."""
        key = tone, box.width
        stamp = self._made.get(key)
        if stamp is None:
            stamp = self._made[key] = blank(box.width, box.height, self._pixels)
            on_stamp = _painter(stamp)
            on_stamp.setPen(Qt.PenStyle.NoPen)
            paint_band(on_stamp, timeline_ink.current().tone(tone).soft, QRectF(0, 0, box.width, box.height))
            on_stamp.end()
        painter.drawPixmap(QPointF(box.x, box.y), stamp)


def blank(wide: float, high: float, pixels: int) -> QPixmap:
    """An empty picture for a screen with so many pixels to each of ours."""
    made = QPixmap(round(wide * pixels), round(high * pixels))
    made.setDevicePixelRatio(pixels)
    return made


def _painter(stamp: QPixmap) -> QPainter:
    stamp.fill(Qt.GlobalColor.transparent)
    painter = QPainter(stamp)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    return painter

"""A timeline on paper: title, lanes, legend, date and source, in the light look; as picture, PDF or print."""

from dataclasses import dataclass

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QMarginsF, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import (
    QFont,
    QFontMetricsF,
    QImage,
    QImageWriter,
    QPagedPaintDevice,
    QPageLayout,
    QPageSize,
    QPainter,
    QPdfWriter,
)

from db.timeline import Timeline
from desktop_app.views import timeline_ink
from desktop_app.views.timeline_boxes import SMALL
from desktop_app.views.timeline_fonts import Fonts
from desktop_app.views.timeline_layout import lay_out
from desktop_app.views.timeline_legend import entries_of
from desktop_app.views.timeline_marks import paint_mark
from desktop_app.views.timeline_paint import paint_timeline

WIDTH_PX, FONT_PX, EDGE_PX = 1400, 14, 24
PICTURE_SCALE = 2
PDF_DPI = 300
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_WRAPPED = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop | Qt.TextFlag.TextWordWrap


@dataclass(frozen=True, slots=True)
class SheetWords:
    """What stands above and below the lanes."""

    title: str
    subtitle: str
    source: str


class Sheet:
    """One timeline laid out for paper, all its days, `WIDTH_PX` wide and as high as it needs."""

    def __init__(self, timeline: Timeline, words: SheetWords, font: QFont) -> None:
        self._timeline, self._words = timeline, words
        own = QFont(font)
        own.setPixelSize(FONT_PX)
        self._fonts = Fonts(own)
        self._title = QFont(self._fonts.bold)
        self._title.setPixelSize(round(FONT_PX * 1.5))
        self._line_px = self._fonts.sizes().line_px
        self._layout = lay_out(timeline, WIDTH_PX - 2 * EDGE_PX, self._fonts.sizes())
        self._entries = self._placed()

    @property
    def size(self) -> QSize:
        """In pixels before any scale."""
        return QSize(WIDTH_PX, round(self._legend_top + self._legend_px + 3.5 * self._line_px + EDGE_PX))

    @property
    def _lanes_top(self) -> float:
        return EDGE_PX + 4 * self._line_px

    @property
    def _legend_top(self) -> float:
        return self._lanes_top + self._layout.axis_px + self._layout.lanes_px + self._line_px

    @property
    def _legend_px(self) -> float:
        return (self._entries[-1][1] + 1) * self._line_px * 1.8 if self._entries else 0

    def _placed(self) -> list[tuple[float, int]]:
        """Where each entry of the legend starts, and in which row."""
        found: list[tuple[float, int]] = []
        x, row = 0.0, 0
        for _, told in entries_of(self._timeline):
            wide = self._fonts.sizes().small_width_of(told) + 3.2 * self._line_px
            if x + wide > WIDTH_PX - 2 * EDGE_PX:
                x, row = 0.0, row + 1
            found.append((x, row))
            x += wide
        return found

    def paint(self, painter: QPainter) -> None:
        """Paint it from the origin, one unit a pixel."""
        with timeline_ink.on_paper():
            colours = timeline_ink.current()
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.fillRect(QRectF(0, 0, self.size.width(), self.size.height()), colours.surface)
            wide = WIDTH_PX - 2 * EDGE_PX
            painter.setPen(colours.text)
            painter.setFont(self._title)
            painter.drawText(QRectF(EDGE_PX, EDGE_PX, wide, 2 * self._line_px), _LEFT, self._words.title)
            painter.setFont(self._fonts.small)
            painter.setPen(colours.muted)
            below = QRectF(EDGE_PX, EDGE_PX + 2 * self._line_px, wide, self._line_px * 1.3)
            painter.drawText(below, _LEFT, self._words.subtitle)
            self._paint_lanes(painter)
            self._paint_legend(painter)
            painter.setFont(self._fonts.small)
            painter.setPen(colours.muted)
            foot = QRectF(EDGE_PX, self._legend_top + self._legend_px + self._line_px, wide, self._line_px * 2.5)
            painter.drawText(foot, _WRAPPED, self._words.source)

    def _paint_lanes(self, painter: QPainter) -> None:
        painter.save()
        painter.translate(EDGE_PX, self._lanes_top)
        size = QSize(WIDTH_PX - 2 * EDGE_PX, round(self._layout.axis_px + self._layout.lanes_px) + 2)
        paint_timeline(painter, self._layout, self._fonts, size, QPointF(0, self._layout.axis_px), None)
        painter.restore()

    def _paint_legend(self, painter: QPainter) -> None:
        side = self._line_px * 1.3
        for (event, told), (x, row) in zip(entries_of(self._timeline), self._entries, strict=True):
            area = QRectF(EDGE_PX + x, self._legend_top + row * self._line_px * 1.8, side, side)
            edge = side * 0.3 if event.form in SMALL else 0
            paint_mark(painter, event, area.adjusted(edge, edge, -edge, -edge), self._fonts)
            painter.setFont(self._fonts.small)
            painter.setPen(timeline_ink.current().text)
            wide = QFontMetricsF(self._fonts.small).horizontalAdvance(told) + 4
            painter.drawText(QRectF(area.right() + 6, area.y(), wide, side), _LEFT, told)

    def image(self) -> QImage:
        """As a picture, twice as fine as the screen."""
        found = QImage(self.size * PICTURE_SCALE, QImage.Format.Format_RGB32)
        painter = QPainter(found)
        painter.scale(PICTURE_SCALE, PICTURE_SCALE)
        self.paint(painter)
        painter.end()
        return found

    def png(self) -> bytes:
        data = QByteArray()
        buffer = QBuffer(data)
        buffer.open(QIODevice.OpenModeFlag.WriteOnly)
        QImageWriter(buffer, QByteArray(b"png")).write(self.image())
        buffer.close()
        return bytes(data.data())

    def pdf(self) -> bytes:
        """As one page, its lines and letters as such."""
        data = QByteArray()
        buffer = QBuffer(data)
        buffer.open(QIODevice.OpenModeFlag.WriteOnly)
        writer = QPdfWriter(buffer)
        writer.setTitle(self._words.title)
        writer.setResolution(PDF_DPI)
        self.put_on(writer)
        buffer.close()
        return bytes(data.data())

    def put_on(self, device: QPagedPaintDevice) -> None:
        """Paint it on one A4 page on its side, as large as fits."""
        margins = QMarginsF(12, 12, 12, 12)
        page = QPageLayout(QPageSize(QPageSize.PageSizeId.A4), QPageLayout.Orientation.Landscape, margins)
        page.setUnits(QPageLayout.Unit.Millimeter)
        page.setMargins(margins)
        device.setPageLayout(page)
        painter = QPainter(device)
        scale = min(device.width() / self.size.width(), device.height() / self.size.height())
        painter.scale(scale, scale)
        self.paint(painter)
        painter.end()

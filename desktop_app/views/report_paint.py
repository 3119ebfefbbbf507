"""Paints a page of a report: paper, its tiles, and what is marked on it."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from desktop_app import look
from desktop_app.views.report_letters import Box
from desktop_app.views.report_marks import Manner
from desktop_app.views.report_pictures import PagePictures, Tile

_EDGE_PX = 2.0
_AROUND_POINTS = 1.0


@dataclass(frozen=True, slots=True)
class PagePlace:
    """Where a page stands on the screen.

    Args:
        scale: pixels of the window for a point.
        tile_scale: pixels of the screen for a point, as its tiles are drawn.
        points: width and height of the page.
    """

    number: int
    rect: QRectF
    scale: float
    tile_scale: float
    points: tuple[float, float]

    def of(self, box: Box) -> QRectF:
        """A box on the page, on the screen, with a little room around it."""
        left, top = box.left - _AROUND_POINTS, box.top - _AROUND_POINTS
        width, height = box.right - box.left + 2 * _AROUND_POINTS, box.bottom - box.top + 2 * _AROUND_POINTS
        corner = self.rect.topLeft() + QPointF(left, top) * self.scale
        return QRectF(corner.x(), corner.y(), width * self.scale, height * self.scale)


def paint_paper(painter: QPainter, place: PagePlace) -> None:
    """White paper, whatever the look: the report as it was printed."""
    painter.fillRect(place.rect, Qt.GlobalColor.white)
    painter.setPen(look.current().border_strong if look.current().is_dark else look.current().border)
    painter.drawRect(place.rect.adjusted(-0.5, -0.5, 0.5, 0.5))


def paint_trouble(painter: QPainter, place: PagePlace, sentence: str) -> None:
    """Say why a page cannot be shown."""
    painter.setPen(look.load("light").text)
    inside = place.rect.adjusted(look.space(4), look.space(4), -look.space(4), -look.space(4))
    words = Qt.AlignmentFlag.AlignTop | Qt.TextFlag.TextWordWrap
    painter.drawText(inside, int(words), f"Page {place.number}. {sentence}")


def paint_tiles(painter: QPainter, place: PagePlace, tiles: Sequence[Tile], pictures: PagePictures) -> None:
    """The picture of a page; what has not come yet is painted from what there is at another zoom."""
    found = [(tile, pictures.tile(tile)) for tile in tiles]
    if not all(image for _, image in found):
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        for tile, other in pictures.others(place.number, place.tile_scale):
            zoom = place.tile_scale / tile.scale
            corner = (tile.left * zoom, tile.top * zoom)
            painter.drawImage(_target(place, *corner, other.width() * zoom, other.height() * zoom), other)
        painter.restore()
    for tile, image in found:
        if image:
            painter.drawImage(_target(place, tile.left, tile.top, image.width(), image.height()), image)


def _target(place: PagePlace, left: float, top: float, width: float, height: float) -> QRectF:
    """A part of the page's picture on the screen."""
    each = place.scale / place.tile_scale
    return QRectF(place.rect.left() + left * each, place.rect.top() + top * each, width * each, height * each)


def paint_marks(painter: QPainter, place: PagePlace, marks: Sequence[tuple[Manner, list[Box]]], margin: float) -> None:
    """Colour what is marked as a pen for marking does, the letters staying as dark as they are; told apart by lines.

    Args:
        margin: where the lines of the page begin, in points.
    """
    paper = look.load("light")  # the paper is white in every look
    fills = {
        Manner.TAKEN: paper.tone("requires_improvement").soft,
        Manner.FOUND: paper.tone("good").soft,
        Manner.SHOWN: paper.accent_soft,
        Manner.SELECTED: paper.selection,
    }
    lines = {Manner.TAKEN: paper.tone("requires_improvement").fill, Manner.FOUND: paper.tone("good").fill}
    for manner, boxes in marks:
        for box in boxes:
            _paint_mark(painter, place.of(box), fills[manner], lines.get(manner))
        if manner is Manner.SHOWN:
            _paint_bar(painter, place, boxes, margin, paper.accent)


def _paint_mark(painter: QPainter, rect: QRectF, fill: QColor, line: QColor | None) -> None:
    painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_Multiply)
    painter.fillRect(rect, fill)
    painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_SourceOver)
    if line is not None:
        painter.setPen(QPen(line, _EDGE_PX))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())


def _paint_bar(painter: QPainter, place: PagePlace, boxes: list[Box], margin: float, colour: QColor) -> None:
    """A bar in the margin, beside what a person asked for."""
    first, last = place.of(boxes[0]), place.of(boxes[-1])
    left = place.rect.left() + margin * place.scale - look.space(3)
    painter.fillRect(QRectF(left, first.top(), look.space(1), max(last.bottom() - first.top(), 1.0)), colour)

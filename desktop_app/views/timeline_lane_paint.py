"""Paints one lane of a timeline, and the grid below the lanes."""

from collections.abc import Callable, Iterable

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPen

from db.timeline import Form
from desktop_app.views import timeline_ink as ink_of
from desktop_app.views.timeline_boxes import BandBox, MarkBox
from desktop_app.views.timeline_fonts import Fonts
from desktop_app.views.timeline_lanes import LaneBox
from desktop_app.views.timeline_layout import Layout
from desktop_app.views.timeline_marks import hatch, paint_band, paint_mark
from desktop_app.views.timeline_measures import Box, Words
from desktop_app.views.timeline_stamps import STAMPED_PX, Stamps

_CENTRE = Qt.AlignmentFlag.AlignCenter
_HOLD_PX = 6  # between the edge of what is seen and a label that is held there


def rect(box: Box) -> QRectF:
    return QRectF(box.x, box.y, box.width, box.height)


def paint_words(painter: QPainter, words: Words, ink: QColor, fonts: Fonts, font: QFont) -> None:
    """A text from the left edge of its box, in the middle of its height, in one of the fonts."""
    text, height = fonts.written(words.text, font)
    box = words.box
    painter.setPen(ink)
    painter.setFont(font)
    painter.drawStaticText(QPointF(round(box.x), round(box.y + (box.height - height) / 2)), text)


def held(words: Words, left: float, width_of: Callable[[str], float]) -> Words:
    """The words moved into sight within their room, where their start has gone out of it on the left.

    No words where their room is too short for all of them: a few last letters would tell nothing.
    """
    box = words.box
    if box.x >= left:
        return words
    x = min(left + _HOLD_PX, box.right - width_of(words.text) - 2)
    return Words(words.text if x >= left else "", box._replace(x=x, width=box.right - x))


def is_held(band: BandBox, left: float) -> bool:
    """Whether a label of a band would be moved into sight."""
    return any(line.box.x < left for line in band.lines) and _end_of(band) > left


def _end_of(band: BandBox) -> float:
    return max([band.box.right, *(line.box.right for line in band.lines)])


def held_area(band: BandBox, left: float) -> QRectF:
    """What of a lane must be painted again where a label is held."""
    return QRectF(left, band.box.y, _end_of(band) - left, band.box.height)


def paint_grid(painter: QPainter, layout: Layout, seen: QRectF) -> None:
    """The lines of the years and between the lanes."""
    ink, bottom = ink_of.current().border, min(layout.lanes_px, seen.bottom())
    left, right, top = seen.left() - 1, seen.right(), seen.top()
    for x, _ in layout.years:
        if left <= x <= right:
            painter.fillRect(QRectF(round(x), top, 1, bottom - top), ink)
    for row in layout.lanes.between(seen.top(), seen.bottom()):
        painter.fillRect(QRectF(seen.left(), (row + 1) * layout.lane_px - 1, seen.width(), 1), ink)


def paint_lane(
    painter: QPainter,
    lane: LaneBox,
    seen: QRectF,
    fonts: Fonts,
    hold_x: float | None = None,
    stamps: Stamps | None = None,
) -> None:
    """The bands, their labels, then the marks, of what can be seen of a lane.

    Args:
        hold_x: where labels whose start lies further left are held; None leaves them in their places.
        stamps: those with which marks and narrow bands are stamped, rather than painted.
    """
    colours = ink_of.current()
    bands, marks = lane.shown(seen.left(), seen.right())
    painted = [band for band in bands if not band.is_covered]
    _paint_bands(painter, painted, stamps)
    for band in painted:
        if band.lines:
            _paint_label(painter, band, hold_x, fonts)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colours.border_strong)
    for strip in (one.days for one in marks if one.days):
        painter.drawRoundedRect(rect(strip), 1.5, 1.5)
    for one in marks:
        if one.event.form in (Form.ABSENT, Form.SHARED):
            _paint_markless(painter, one, lane, fonts)
        elif not one.is_covered:
            if stamps is None:
                paint_mark(painter, one.event, rect(one.box), fonts)
            else:
                stamps.mark(painter, one.event, one.box)
        if one.words:
            ink = colours.error if one.event.is_grave else colours.muted
            paint_words(painter, one.words, ink, fonts, fonts.small)


def _paint_bands(painter: QPainter, bands: Iterable[BandBox], stamps: Stamps | None) -> None:
    """Without their labels: filled, hatched, or an outline where no grade was given."""
    colours = ink_of.current()
    painter.setPen(Qt.PenStyle.NoPen)
    for band in bands:
        form = band.band.form
        if form is Form.SHARED:
            hatch(painter, rect(band.box))
            painter.setPen(Qt.PenStyle.NoPen)
        elif form is Form.SPECIAL:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(colours.border_strong, 1, Qt.PenStyle.DashLine))
            painter.drawRoundedRect(rect(band.box), 3, 3)
            painter.setPen(Qt.PenStyle.NoPen)
        elif stamps is not None and form is Form.GRADE and band.box.width <= STAMPED_PX:
            stamps.band(painter, band.band.tone, band.box)
        elif form is not Form.ABSENT:
            paint_band(painter, colours.tone(band.band.tone).soft, rect(band.box))


def _paint_label(painter: QPainter, band: BandBox, hold_x: float | None, fonts: Fonts) -> None:
    colours, form = ink_of.current(), band.band.form
    ink, font, width_of = colours.tone(band.band.tone).soft_text, fonts.label, fonts.sizes().label_width_of
    if form in (Form.ABSENT, Form.SHARED):
        ink, font, width_of = colours.muted, fonts.small, fonts.sizes().small_width_of
    if form in (Form.SPECIAL, Form.SHARED):
        ink = colours.text
    for line in band.lines:
        words = line if hold_x is None else held(line, hold_x, width_of)
        if form is Form.SHARED:
            _clear_behind(painter, words, width_of)
        paint_words(painter, words, ink, fonts, font)


def _clear_behind(painter: QPainter, line: Words, width_of: Callable[[str], float]) -> None:
    wide = min(width_of(line.text) + 8, line.box.width + 8)
    painter.fillRect(QRectF(line.box.x - 4, line.box.y + 2, wide, line.box.height - 4), ink_of.current().surface)


def _paint_markless(painter: QPainter, mark: MarkBox, lane: LaneBox, fonts: Fonts) -> None:
    """What stands where an inspection gave no grade here and its band cannot say so."""
    band = lane.own_band(mark.event.inspection_id)
    if mark.event.form is Form.SHARED:
        if band is None:
            hatch(painter, rect(mark.box))
    elif band is None or not band.lines:
        painter.setPen(ink_of.current().muted)
        painter.setFont(fonts.bold)
        painter.drawText(QRectF(mark.box.x, mark.box.y, mark.box.height, mark.box.height), _CENTRE, "–")

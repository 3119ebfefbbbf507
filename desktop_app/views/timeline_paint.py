"""Paints a timeline: lanes, bands, frameworks, breaks."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPen

from db.timeline import Form
from desktop_app.views import timeline_ink as ink_of
from desktop_app.views.timeline_fonts import Fonts
from desktop_app.views.timeline_lanes import BandBox, BreakBox, LaneBox, MarkBox, shown
from desktop_app.views.timeline_layout import Layout
from desktop_app.views.timeline_marks import hatch, paint_mark
from desktop_app.views.timeline_measures import Box, Words

_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_CENTRE = Qt.AlignmentFlag.AlignCenter


def rect(box: Box) -> QRectF:
    return QRectF(box.x, box.y, box.width, box.height)


def paint_background(painter: QPainter, area: QRect) -> None:
    painter.fillRect(area, ink_of.current().surface)


def _lanes_area(layout: Layout, size: QSize) -> QRectF:
    """Where lanes are seen: beside their names and below the axis."""
    return QRectF(layout.gutter_px, layout.axis_px, size.width() - layout.gutter_px, size.height() - layout.axis_px)


def paint_timeline(
    painter: QPainter, layout: Layout, fonts: Fonts, size: QSize, shift: QPointF, frame: Box | None
) -> None:
    """The lanes as far as they are seen, their names, and the axis.

    Args:
        size: of the viewport.
        shift: from the drawing's lanes to the viewport; the names follow it down, the axis to the side.
        frame: around the selected inspection, over all lanes.
    """
    area = _lanes_area(layout, size)
    seen = area.translated(-shift)
    with _within(painter, area, shift):
        _paint_grid(painter, layout, seen)
        for row in layout.lanes.between(seen.top(), seen.bottom()):
            _paint_lane(painter, layout.lanes[row], seen, fonts)
        for change in layout.breaks:
            _paint_break(painter, change)
        _paint_today(painter, layout)
        if frame is not None:
            _paint_frame(painter, frame)
    with _within(painter, QRectF(0, area.top(), area.left(), area.height()), QPointF(0, shift.y())):
        _paint_names(painter, layout, seen, fonts)
    with _within(painter, QRectF(area.left(), 0, area.width(), area.top()), QPointF(shift.x(), 0)):
        _paint_axis(painter, layout, seen, fonts)


@contextmanager
def _within(painter: QPainter, area: QRectF, shift: QPointF) -> Iterator[None]:
    """Paint only in an area, from another origin."""
    painter.save()
    painter.setClipRect(area, Qt.ClipOperation.IntersectClip)
    painter.translate(shift)
    yield
    painter.restore()


def _paint_axis(painter: QPainter, layout: Layout, seen: QRectF, fonts: Fonts) -> None:
    """Frameworks, years, today and the words of breaks."""
    colours = ink_of.current()
    painter.setFont(fonts.small)
    for (_, words), box in zip(layout.frameworks, layout.framework_boxes, strict=True):
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colours.raised)
        painter.drawRoundedRect(rect(box), 3, 3)
        _text(painter, _held(words, seen, fonts.sizes().small_width_of), colours.muted)
    for leader in layout.leaders:
        painter.setPen(QPen(colours.border_strong, 1))
        painter.drawLine(QPointF(leader.x, leader.top), QPointF(leader.x, leader.words.box.y + 3))
        _text(painter, leader.words, colours.muted)
    if layout.today:
        _text(painter, layout.today, colours.accent)
    for x, year in layout.years:
        if year and seen.left() - year.box.width <= x <= seen.right():
            _text(painter, year, colours.muted)
    for change in layout.breaks:
        if change.words:
            _text(painter, change.words, colours.muted)


def _paint_grid(painter: QPainter, layout: Layout, seen: QRectF) -> None:
    """The lines of the years and between the lanes."""
    painter.setPen(QPen(ink_of.current().border, 1))
    for x, _ in layout.years:
        if seen.left() <= x <= seen.right():
            painter.drawLine(QPointF(x, seen.top()), QPointF(x, min(layout.lanes_px, seen.bottom())))
    for row in layout.lanes.between(seen.top(), seen.bottom()):
        bottom = (row + 1) * layout.lane_px
        if bottom <= seen.bottom() + 1:
            painter.drawLine(QPointF(seen.left(), bottom), QPointF(seen.right(), bottom))


def _paint_lane(painter: QPainter, lane: LaneBox, seen: QRectF, fonts: Fonts) -> None:
    """The bands, then the marks, of what can be seen of a lane."""
    for band in shown(lane.bands, seen.left(), seen.right()):
        if not band.is_covered:
            _paint_band(painter, band, seen, fonts)
    for mark in shown(lane.marks, seen.left(), seen.right()):
        _paint_event(painter, mark, lane, fonts)


def _paint_band(painter: QPainter, band: BandBox, seen: QRectF, fonts: Fonts) -> None:
    colours = ink_of.current()
    tone = colours.tone(band.band.tone)
    area, form = rect(band.box), band.band.form
    ink, font = tone.soft_text, fonts.label
    if form is Form.ABSENT:
        ink, font = colours.muted, fonts.small
    elif form is Form.SHARED:
        hatch(painter, area)
        ink, font = colours.text, fonts.small
    elif form is Form.SPECIAL:
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(colours.border_strong, 1, Qt.PenStyle.DashLine))
        painter.drawRoundedRect(area, 3, 3)
        ink = colours.text
    else:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(tone.soft)
        painter.drawRoundedRect(area, 3, 3)
    painter.setFont(font)
    width_of = fonts.sizes().label_width_of if font is fonts.label else fonts.sizes().small_width_of
    for line in (_held(one, seen, width_of) for one in band.lines):
        if form is Form.SHARED:
            _clear_behind(painter, line, fonts)
        _text(painter, line, ink)


def _held(words: Words, seen: QRectF, width_of: Callable[[str], float]) -> Words:
    """The words moved into sight within their room, where their start has gone out of it on the left."""
    box = words.box
    x = max(box.x, min(seen.left() + 6, box.right - width_of(words.text) - 2))
    return Words(words.text, box._replace(x=x, width=box.right - x))


def _clear_behind(painter: QPainter, line: Words, fonts: Fonts) -> None:
    wide = min(QFontMetricsF(fonts.small).horizontalAdvance(line.text) + 8, line.box.width + 8)
    painter.fillRect(QRectF(line.box.x - 4, line.box.y + 2, wide, line.box.height - 4), ink_of.current().surface)


def _paint_event(painter: QPainter, mark: MarkBox, lane: LaneBox, fonts: Fonts) -> None:
    colours = ink_of.current()
    if mark.days:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colours.border_strong)
        painter.drawRoundedRect(rect(mark.days), 1.5, 1.5)
    if mark.event.form is Form.ABSENT:
        if not any(band.lines for band in lane.bands if band.band.inspection_id == mark.event.inspection_id):
            painter.setPen(colours.muted)
            painter.setFont(fonts.bold)
            painter.drawText(QRectF(mark.box.x, mark.box.y, mark.box.height, mark.box.height), _CENTRE, "–")
        return
    if mark.event.form is Form.SHARED:
        if not any(band.band.inspection_id == mark.event.inspection_id for band in lane.bands):
            hatch(painter, rect(mark.box))
        return
    if not mark.is_covered:
        paint_mark(painter, mark.event, rect(mark.box), fonts)
    if mark.words:
        painter.setFont(fonts.small)
        _text(painter, mark.words, colours.error if mark.event.is_grave else colours.muted)


def _paint_break(painter: QPainter, change: BreakBox) -> None:
    """A dashed line where the scale changes."""
    painter.setPen(QPen(ink_of.current().muted, 1.5, Qt.PenStyle.DashLine))
    painter.drawLine(QPointF(change.x, change.top), QPointF(change.x, change.bottom))


def _paint_today(painter: QPainter, layout: Layout) -> None:
    painter.setPen(QPen(ink_of.current().accent, 1.5))
    painter.drawLine(QPointF(layout.today_x, 0), QPointF(layout.today_x, layout.lanes_px))


def _paint_frame(painter: QPainter, frame: Box) -> None:
    """The frame over all lanes around the selected inspection."""
    painter.setPen(QPen(ink_of.current().accent, 2))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(rect(frame).adjusted(1, 2, -1, -2), 6, 6)


def paint_focus(painter: QPainter, mark: MarkBox, layout: Layout, fonts: Fonts, size: QSize, shift: QPointF) -> None:
    """The ring around the event that has the focus, and its mark where later ones cover it."""
    colours = ink_of.current()
    painter.save()
    painter.setClipRect(_lanes_area(layout, size))
    area = rect(mark.box).translated(shift)
    if mark.is_covered:
        paint_mark(painter, mark.event, area, fonts)
    area = area.adjusted(-3, -3, 3, 3)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(colours.surface, 5))
    painter.drawRoundedRect(area, 5, 5)
    painter.setPen(QPen(colours.focus, 2.5))
    painter.drawRoundedRect(area, 5, 5)
    painter.restore()


def _paint_names(painter: QPainter, layout: Layout, seen: QRectF, fonts: Fonts) -> None:
    """The names of the lanes, with what a whole lane must tell below."""
    colours = ink_of.current()
    for lane in (layout.lanes[row] for row in layout.lanes.between(seen.top(), seen.bottom())):
        painter.setFont(fonts.bold if lane.lane.is_headline else fonts.plain)
        _text(painter, lane.name, colours.text)
        if lane.note:
            painter.setFont(fonts.small)
            _text(painter, lane.note, colours.muted)


def _text(painter: QPainter, words: Words, ink: QColor) -> None:
    painter.setPen(ink)
    painter.drawText(rect(words.box), _LEFT, words.text)

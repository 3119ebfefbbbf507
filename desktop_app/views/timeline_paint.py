"""Paints a timeline: its lanes, their names, frameworks, breaks, today."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPen

from desktop_app.views import timeline_ink as ink_of
from desktop_app.views.timeline_boxes import BreakBox, MarkBox
from desktop_app.views.timeline_fonts import Fonts
from desktop_app.views.timeline_lane_paint import held, paint_grid, paint_lane, paint_words, rect
from desktop_app.views.timeline_layout import Layout
from desktop_app.views.timeline_marks import paint_mark
from desktop_app.views.timeline_measures import Box

LanePainter = Callable[[QPainter, Layout, QRectF], None]


def paint_background(painter: QPainter, area: QRect) -> None:
    painter.fillRect(area, ink_of.current().surface)


def _lanes_area(layout: Layout, size: QSize) -> QRectF:
    """Where lanes are seen: beside their names and below the axis."""
    return QRectF(layout.gutter_px, layout.axis_px, size.width() - layout.gutter_px, size.height() - layout.axis_px)


def paint_timeline(
    painter: QPainter,
    layout: Layout,
    fonts: Fonts,
    size: QSize,
    shift: QPointF,
    frame: Box | None,
    lanes: LanePainter | None = None,
) -> None:
    """The lanes as far as they are seen, their names, and the axis.

    Args:
        size: of the viewport.
        shift: from the drawing's lanes to the viewport; the names follow it down, the axis to the side.
        frame: around the selected inspection.
        lanes: paints the lanes of a part of the layout in another way.
    """
    area = _lanes_area(layout, size)
    seen = area.translated(-shift)
    with _within(painter, area, shift):
        if lanes is None:
            _paint_lanes(painter, layout, seen, fonts)
        else:
            lanes(painter, layout, seen)
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


def _paint_lanes(painter: QPainter, layout: Layout, seen: QRectF, fonts: Fonts) -> None:
    """What can be seen of the lanes; labels whose start is out of sight are held in sight."""
    paint_grid(painter, layout, seen)
    for row in layout.lanes.between(seen.top(), seen.bottom()):
        paint_lane(painter, layout.lanes[row], seen, fonts, hold_x=seen.left())


def _paint_axis(painter: QPainter, layout: Layout, seen: QRectF, fonts: Fonts) -> None:
    """Frameworks, years, today and the words of breaks."""
    colours = ink_of.current()
    for (_, words), box in zip(layout.frameworks, layout.framework_boxes, strict=True):
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colours.raised)
        painter.drawRoundedRect(rect(box), 3, 3)
        paint_words(painter, held(words, seen.left(), fonts.sizes().small_width_of), colours.muted, fonts, fonts.small)
    for leader in layout.leaders:
        painter.setPen(QPen(colours.border_strong, 1))
        painter.drawLine(QPointF(leader.x, leader.top), QPointF(leader.x, leader.words.box.y + 3))
        paint_words(painter, leader.words, colours.muted, fonts, fonts.small)
    if layout.today:
        paint_words(painter, layout.today, colours.accent, fonts, fonts.small)
    for x, year in layout.years:
        if year and seen.left() - year.box.width <= x <= seen.right():
            paint_words(painter, year, colours.muted, fonts, fonts.small)
    for change in layout.breaks:
        if change.words:
            paint_words(painter, change.words, colours.muted, fonts, fonts.small)


def _paint_break(painter: QPainter, change: BreakBox) -> None:
    """A dashed line where the scale changes."""
    painter.setPen(QPen(ink_of.current().muted, 1.5, Qt.PenStyle.DashLine))
    painter.drawLine(QPointF(change.x, change.top), QPointF(change.x, change.bottom))


def _paint_today(painter: QPainter, layout: Layout) -> None:
    painter.setPen(QPen(ink_of.current().accent, 1.5))
    painter.drawLine(QPointF(layout.today_x, 0), QPointF(layout.today_x, layout.lanes_px))


def _paint_frame(painter: QPainter, frame: Box) -> None:
    """The frame around the selected inspection."""
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
        paint_words(painter, lane.name, colours.text, fonts, fonts.bold if lane.lane.is_headline else fonts.plain)
        if lane.note:
            paint_words(painter, lane.note, colours.muted, fonts, fonts.small)

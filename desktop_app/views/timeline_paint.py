"""Paints the parts of a timeline: marks, bands, frameworks, breaks; the legend uses the same marks."""

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QBrush, QColor, QFontMetricsF, QPainter, QPen, QPolygonF

from db.timeline import Event, Form
from desktop_app import look
from desktop_app.views.timeline_fonts import Fonts
from desktop_app.views.timeline_lanes import BandBox, BreakBox, LaneBox, MarkBox
from desktop_app.views.timeline_layout import Layout
from desktop_app.views.timeline_measures import Box, Words

_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_CENTRE = Qt.AlignmentFlag.AlignCenter


def rect(box: Box) -> QRectF:
    return QRectF(box.x, box.y, box.width, box.height)


def paint_background(painter: QPainter, area: QRect) -> None:
    painter.fillRect(area, look.current().surface)


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
    painter.setClipRect(area)
    painter.translate(shift)
    seen = area.translated(-shift)
    _paint_grid(painter, layout, seen)
    for lane in layout.lanes:
        if lane.box.bottom >= seen.top() and lane.box.y <= seen.bottom():
            _paint_lane(painter, lane, seen, fonts)
    for change in layout.breaks:
        _paint_break(painter, change)
    if frame is not None:
        _paint_frame(painter, frame)
    painter.resetTransform()
    painter.setClipRect(QRectF(0, area.top(), area.left(), area.height()))
    painter.translate(0, shift.y())
    _paint_names(painter, layout, fonts)
    painter.resetTransform()
    painter.setClipRect(QRectF(area.left(), 0, area.width(), area.top()))
    painter.translate(shift.x(), 0)
    _paint_axis(painter, layout, fonts)
    painter.resetTransform()


def _paint_axis(painter: QPainter, layout: Layout, fonts: Fonts) -> None:
    """Frameworks, years and the words of breaks."""
    colours = look.current()
    painter.setFont(fonts.small)
    for (_, words), box in zip(layout.frameworks, layout.framework_boxes, strict=True):
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colours.raised)
        painter.drawRoundedRect(rect(box), 3, 3)
        _text(painter, words, colours.muted)
    for _, year in layout.years:
        if year:
            _text(painter, year, colours.muted)
    for change in layout.breaks:
        if change.words:
            _text(painter, change.words, colours.muted)


def _paint_grid(painter: QPainter, layout: Layout, seen: QRectF) -> None:
    """The lines of the years and between the lanes."""
    painter.setPen(QPen(look.current().border, 1))
    for x, _ in layout.years:
        if seen.left() <= x <= seen.right():
            painter.drawLine(QPointF(x, seen.top()), QPointF(x, min(layout.lanes_px, seen.bottom())))
    for lane in layout.lanes:
        if lane.box.bottom <= seen.bottom() + 1:
            painter.drawLine(QPointF(seen.left(), lane.box.bottom), QPointF(seen.right(), lane.box.bottom))


def _paint_lane(painter: QPainter, lane: LaneBox, seen: QRectF, fonts: Fonts) -> None:
    """The bands, then the marks, of what can be seen of a lane."""
    for band in lane.bands:
        if not band.is_covered and band.box.right >= seen.left() and band.box.x <= seen.right():
            _paint_band(painter, band, fonts)
    for mark in lane.marks:
        if mark.box.right >= seen.left() and mark.box.x <= seen.right():
            _paint_event(painter, mark, lane, fonts)


def _paint_band(painter: QPainter, band: BandBox, fonts: Fonts) -> None:
    colours = look.current()
    tone = colours.tone(band.band.tone)
    area, form = rect(band.box), band.band.form
    ink, font = tone.soft_text, fonts.label
    if form is Form.ABSENT:
        ink, font = colours.muted, fonts.small
    elif form is Form.SHARED:
        _hatch(painter, area)
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
    for line in band.lines:
        if form is Form.SHARED:
            _clear_behind(painter, line, fonts)
        _text(painter, line, ink)


def _hatch(painter: QPainter, area: QRectF) -> None:
    colours = look.current()
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QBrush(colours.border_strong, Qt.BrushStyle.BDiagPattern))
    painter.drawRoundedRect(area, 3, 3)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(colours.border_strong, 1))
    painter.drawRoundedRect(area.adjusted(0.5, 0.5, -0.5, -0.5), 3, 3)


def _clear_behind(painter: QPainter, line: Words, fonts: Fonts) -> None:
    wide = min(QFontMetricsF(fonts.small).horizontalAdvance(line.text) + 8, line.box.width + 8)
    painter.fillRect(QRectF(line.box.x - 4, line.box.y + 2, wide, line.box.height - 4), look.current().surface)


def _paint_event(painter: QPainter, mark: MarkBox, lane: LaneBox, fonts: Fonts) -> None:
    colours = look.current()
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
            _hatch(painter, rect(mark.box))
        return
    if not mark.is_covered:
        paint_mark(painter, mark.event, rect(mark.box), fonts)
    if mark.words:
        painter.setFont(fonts.small)
        _text(painter, mark.words, colours.error if mark.event.is_grave else colours.muted)


def paint_mark(painter: QPainter, event: Event, area: QRectF, fonts: Fonts) -> None:
    """One mark: a lettered box for a grade, a diamond for a visit, a circle for a count, a dot for the rest."""
    colours = look.current()
    if event.form in (Form.GRADE, Form.SPECIAL):
        _paint_grade(painter, event, area, fonts)
    elif event.form is Form.SHARED:
        _hatch(painter, area)
    elif event.form is Form.VISIT:
        painter.setPen(QPen(colours.error if event.is_grave else colours.muted, 2))
        painter.setBrush(colours.error if event.is_grave else colours.surface)
        painter.drawPolygon(_diamond(area.adjusted(1.5, 1.5, -1.5, -1.5)))
    elif event.form is Form.OPEN:
        painter.setPen(QPen(colours.muted, 1.5, Qt.PenStyle.DashLine))
        painter.setBrush(colours.surface)
        painter.drawRoundedRect(area.adjusted(1, 1, -1, -1), 4, 4)
    elif event.form is Form.FINDINGS:
        ink = colours.error if event.is_grave else colours.muted
        painter.setPen(QPen(ink, 1.5))
        painter.setBrush(colours.surface)
        painter.drawEllipse(area.adjusted(0.75, 0.75, -0.75, -0.75))
        _letters(painter, event.mark, area, colours.error if event.is_grave else colours.text, fonts)
    else:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colours.muted)
        painter.drawEllipse(area)


def _paint_grade(painter: QPainter, event: Event, area: QRectF, fonts: Fonts) -> None:
    """Filled; with a dashed line inside where the match is close; hollow and dotted where it is partial."""
    colours = look.current()
    tone = colours.tone(event.tone)
    ink = tone.text
    if event.form is Form.SPECIAL:
        painter.setPen(QPen(colours.border_strong, 1.5))
        painter.setBrush(colours.surface)
        painter.drawRoundedRect(area.adjusted(1, 1, -1, -1), 4, 4)
        ink = colours.text
    elif event.match == "partial":
        painter.setPen(QPen(tone.fill, 2, Qt.PenStyle.DotLine))
        painter.setBrush(tone.soft)
        painter.drawRoundedRect(area.adjusted(1, 1, -1, -1), 4, 4)
        ink = tone.soft_text
    else:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(tone.fill)
        painter.drawRoundedRect(area, 4, 4)
        if event.match == "close":
            painter.setPen(QPen(tone.text, 1, Qt.PenStyle.DashLine))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(area.adjusted(2, 2, -2, -2), 2.5, 2.5)
    _letters(painter, event.mark, area, ink, fonts)


def _letters(painter: QPainter, letters: str, area: QRectF, ink: QColor, fonts: Fonts) -> None:
    painter.setPen(ink)
    painter.setFont(fonts.small_bold)
    painter.drawText(area, _CENTRE, letters)


def _diamond(area: QRectF) -> QPolygonF:
    middle = area.center()
    return QPolygonF(
        [
            QPointF(middle.x(), area.top()),
            QPointF(area.right(), middle.y()),
            QPointF(middle.x(), area.bottom()),
            QPointF(area.left(), middle.y()),
        ]
    )


def _paint_break(painter: QPainter, change: BreakBox) -> None:
    """A dashed line where the scale changes."""
    painter.setPen(QPen(look.current().muted, 1.5, Qt.PenStyle.DashLine))
    painter.drawLine(QPointF(change.x, change.top), QPointF(change.x, change.bottom))


def _paint_frame(painter: QPainter, frame: Box) -> None:
    """The frame over all lanes around the selected inspection."""
    painter.setPen(QPen(look.current().accent, 2))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(rect(frame).adjusted(1, 2, -1, -2), 6, 6)


def paint_focus(painter: QPainter, mark: MarkBox, layout: Layout, fonts: Fonts, size: QSize, shift: QPointF) -> None:
    """The ring around the event that has the focus, and its mark where later ones cover it."""
    colours = look.current()
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


def _paint_names(painter: QPainter, layout: Layout, fonts: Fonts) -> None:
    """The names of the lanes, with what a whole lane must tell below."""
    colours = look.current()
    for lane in layout.lanes:
        painter.setFont(fonts.bold if lane.lane.is_headline else fonts.plain)
        _text(painter, lane.name, colours.text)
        if lane.note:
            painter.setFont(fonts.small)
            _text(painter, lane.note, colours.muted)


def _text(painter: QPainter, words: Words, ink: QColor) -> None:
    painter.setPen(ink)
    painter.drawText(rect(words.box), _LEFT, words.text)

"""Paints the marks of a timeline and its legend: letters for grades, a diamond for a visit, a circle for a count."""

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen, QPolygonF

from db.timeline import Event, Form
from desktop_app.views import timeline_ink as ink_of
from desktop_app.views.timeline_fonts import Fonts

_CENTRE = Qt.AlignmentFlag.AlignCenter
HATCH_PX = 6


def paint_mark(painter: QPainter, event: Event, area: QRectF, fonts: Fonts) -> None:
    """One mark: a lettered box for a grade, a diamond for a visit, a circle for a count, a dot for the rest."""
    colours = ink_of.current()
    if event.form in (Form.GRADE, Form.SPECIAL):
        _paint_grade(painter, event, area, fonts)
    elif event.form is Form.SHARED:
        hatch(painter, area)
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
        thick = 3.0 if event.is_grave else 1.5  # so that grey tells it too
        painter.setPen(QPen(ink, thick))
        painter.setBrush(colours.surface)
        painter.drawEllipse(area.adjusted(thick / 2, thick / 2, -thick / 2, -thick / 2))
        _letters(painter, event.mark, area, colours.error if event.is_grave else colours.text, fonts)
    elif event.form is Form.DUE:
        painter.setPen(QPen(colours.border_strong, 1.25))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawPolygon(QPolygonF([area.topLeft(), area.topRight(), QPointF(area.center().x(), area.bottom())]))
    else:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colours.muted)
        painter.drawEllipse(area)


def _paint_grade(painter: QPainter, event: Event, area: QRectF, fonts: Fonts) -> None:
    """Filled; with a dashed line inside where the match is close; hollow and dotted where it is partial."""
    colours = ink_of.current()
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


def paint_band(painter: QPainter, colour: QColor, area: QRectF) -> None:
    """The plain band of a grade; its pen is none already."""
    painter.setBrush(colour)
    painter.drawRoundedRect(area, 3, 3)


def hatch(painter: QPainter, area: QRectF) -> None:
    """A box of slanting lines, drawn as lines so that paper shows them at any scale."""
    colours = ink_of.current()
    outline = QPainterPath()
    outline.addRoundedRect(area.adjusted(0.5, 0.5, -0.5, -0.5), 3, 3)
    painter.save()
    painter.setClipPath(outline, Qt.ClipOperation.IntersectClip)
    painter.setPen(QPen(colours.border_strong, 1))
    seen = painter.clipBoundingRect().intersected(area)
    first = int((seen.left() - area.left()) / HATCH_PX)
    last = int((seen.right() - area.left() + area.height()) / HATCH_PX) + 1
    for step in range(first, last):
        x = area.left() + step * HATCH_PX
        painter.drawLine(QPointF(x, area.top()), QPointF(x - area.height(), area.bottom()))
    painter.restore()
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(colours.border_strong, 1))
    painter.drawPath(outline)

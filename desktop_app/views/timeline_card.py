"""The card beside an event of the timeline: its value, and its sentence in full, as plain text."""

from PySide6.QtCore import QPointF, QRectF, QSize, QSizeF, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPen

from db.timeline import Event, Lane
from desktop_app.views import timeline_ink
from desktop_app.views.timeline_fonts import Fonts
from desktop_app.views.timeline_measures import Box

WIDE_EM, GAP_PX, EDGE_PX = 24, 6, 10
HINT = "Enter or a double click opens it"
_WRAPPED = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop | Qt.TextFlag.TextWordWrap


def card_words(lane: Lane, event: Event) -> tuple[str, str]:
    """What stands large on a card, and what below it."""
    title = event.label or f"{event.mark} {lane.label.lower()}".strip()
    told = [event.sentence]
    if event.first != event.last:
        told.append(f"The day is not known: {event.on} is all that is recorded")
    return title, "\n".join(told)


def card_place(anchor: Box, size: tuple[float, float], area: Box) -> Box:
    """Below what it tells of, else above it, else where there is most room; always within the area."""
    wide, high = min(size[0], area.width), min(size[1], area.height)
    x = min(max(anchor.x, area.x), area.right - wide)
    if anchor.bottom + GAP_PX + high <= area.bottom:
        y = anchor.bottom + GAP_PX
    elif anchor.y - GAP_PX - high >= area.y:
        y = anchor.y - GAP_PX - high
    else:
        y = area.y if anchor.y - area.y > area.bottom - anchor.bottom else area.bottom - high
    return Box(x, min(max(y, area.y), area.bottom - high), wide, high)


def paint_card(painter: QPainter, words: tuple[str, str], anchor: Box, size: QSize, fonts: Fonts) -> None:
    """Paint a card over the lanes of a viewport of that size."""
    colours, (title, told) = timeline_ink.current(), words
    wide = fonts.sizes().em_px * WIDE_EM
    room = QRectF(0, 0, wide - 2 * EDGE_PX, 10_000)
    heights = [
        QFontMetricsF(font).boundingRect(room, _WRAPPED, text).height()
        for font, text in ((fonts.bold, title), (fonts.small, told), (fonts.small, HINT))
    ]
    box = card_place(anchor, (wide, sum(heights) + 2 * EDGE_PX + 8), Box(4, 4, size.width() - 8, size.height() - 8))
    painter.setBrush(colours.surface)
    painter.setPen(QPen(colours.border_strong, 1))
    painter.drawRoundedRect(QRectF(box.x, box.y, box.width, box.height), 6, 6)
    top = QPointF(box.x + EDGE_PX, box.y + EDGE_PX)
    parts = zip((fonts.bold, fonts.small, fonts.small), (title, told, HINT), heights, strict=True)
    for place, (font, text, height) in enumerate(parts):
        painter.setFont(font)
        painter.setPen(colours.muted if place == 2 else colours.text)
        painter.drawText(QRectF(top, QSizeF(room.width(), height + 2)), _WRAPPED, text)
        top.setY(top.y() + height + 4)

"""The fonts of a timeline, made from its widget's own, and the sizes that follow them."""

from functools import cache

from PySide6.QtGui import QFont, QFontMetricsF

from desktop_app.views.timeline_measures import Sizes

_SMALL = 0.92


class Fonts:
    """The fonts of a timeline, made from the widget's own."""

    def __init__(self, font: QFont) -> None:
        self.plain = font
        self.small = QFont(font)
        if font.pixelSize() > 0:
            self.small.setPixelSize(round(font.pixelSize() * _SMALL))
        else:
            self.small.setPointSizeF(font.pointSizeF() * _SMALL)
        self.bold = QFont(font)
        self.bold.setWeight(QFont.Weight.DemiBold)
        self.label = QFont(self.small)
        self.label.setWeight(QFont.Weight.DemiBold)
        self.small_bold = QFont(self.small)
        self.small_bold.setWeight(QFont.Weight.Bold)
        name, small, label = (
            cache(QFontMetricsF(one).horizontalAdvance) for one in (self.bold, self.small, self.label)
        )
        self._sizes = Sizes(QFontMetricsF(font).height(), name, small, label)

    def sizes(self) -> Sizes:
        """The measures that the arithmetic works with."""
        return self._sizes

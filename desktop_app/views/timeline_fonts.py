"""The fonts of a timeline, made from its widget's own, and the sizes that follow them."""

from functools import cache

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont, QFontMetricsF, QStaticText, QTransform

from desktop_app.views.timeline_measures import Sizes

_SMALL = 0.92
_MOST_TEXTS = 5_000


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

        self._written: dict[tuple[str, int], tuple[QStaticText, float]] = {}

    def written(self, text: str, font: QFont) -> tuple[QStaticText, float]:
        """A text laid out once in one of these fonts, as plain text, with its height."""
        key = text, id(font)
        found = self._written.get(key)
        if found is None:
            made = QStaticText(text)
            made.setTextFormat(Qt.TextFormat.PlainText)
            made.prepare(QTransform(), font)
            if len(self._written) >= _MOST_TEXTS:
                self._written.clear()
            found = self._written[key] = made, made.size().height()
        return found

    def sizes(self) -> Sizes:
        """The measures that the arithmetic works with."""
        return self._sizes

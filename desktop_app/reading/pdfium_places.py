"""Where a letter stands: points from the upper left corner of the page as it is drawn, turned and cropped."""

import ctypes
import math
from array import array
from typing import Any

import pypdfium2.raw as pdf  # type: ignore[import-untyped]

Box = tuple[float, float, float, float]
_FARTHEST = 1e7


class Places:
    """The letters of one page; each box has the height of its font, so that those of a line make one band."""

    def __init__(self, page: Any, words: Any) -> None:
        self._words = words
        self._box = pdf.FS_RECTF()
        self._reference = ctypes.byref(self._box)
        self._find = pdf.FPDFText_GetLooseCharBox
        self._turns = pdf.FPDFPage_GetRotation(page) % 4
        shown = pdf.FS_RECTF()
        pdf.FPDF_GetPageBoundingBox(page, ctypes.byref(shown))
        self._left, self._top, self._right, self._bottom = shown.left, shown.top, shown.right, shown.bottom

    def of(self, at: int) -> Box:
        """Left, top, right and bottom of a letter; what a broken font says of them is not looked at (`mended`)."""
        box = self._box
        self._find(self._words, at, self._reference)
        if self._turns:
            return self._turned(box.left, box.top, box.right, box.bottom)
        return box.left - self._left, self._top - box.top, box.right - self._left, self._top - box.bottom

    def _turned(self, left: float, top: float, right: float, bottom: float) -> Box:
        if self._turns == 1:
            return bottom - self._bottom, left - self._left, top - self._bottom, right - self._left
        if self._turns == 2:
            return self._right - right, bottom - self._bottom, self._right - left, top - self._bottom
        return self._top - top, self._right - right, self._top - bottom, self._right - left


def mended(numbers: "array[float]") -> "array[float]":
    """The same numbers, with 0 for those that are none or farther away than any page is large."""
    is_sound = max(numbers, default=0) < _FARTHEST and min(numbers, default=0) > -_FARTHEST
    if is_sound and not math.isnan(sum(numbers)):
        return numbers
    return array("f", (each if -_FARTHEST < each < _FARTHEST else 0.0 for each in numbers))

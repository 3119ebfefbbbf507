"""PDFium, asked by plain calls for the words, the boxes and the picture of a page.

Imported only by the process that reads PDFs: importing it loads PDFium.
"""

import ctypes
import math
import re
import time
from array import array
from bisect import bisect_right
from typing import Any

import pypdfium2.raw as pdf  # type: ignore[import-untyped]

from desktop_app.reading.pdfium_places import Places, mended

_A4 = (595.0, 842.0)
_CHUNK_S = 0.1
_CHUNK_LETTERS = 500_000
_MOST_SIDE_PIXELS = 100_000
_WHITE = 0xFFFFFFFF
_LINE = re.compile("[^\r\n\ufffe]+\ufffe?")  # U+FFFE is a hyphen at a line's end; the line break after it is left out
_LETTER = re.compile(r"[^\W\d_]")
_NUMBER = re.compile("[0-9]+")
_MOST_DIGITS_RAISED = 2
_ODD = re.compile("[\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\uffff]")
_SAME_LENGTH = (("\r", " "), ("\t", " "), ("\xa0", " "), ("\ufffe", "-"))
_NUMBERS_OF_A_LINE, _SIZE = 6, 4
_PLAIN, _BEGINS_BOLD, _BOLD = 400, 500, 700
_BOLD_NAME = re.compile(b"bold|black|heavy", re.IGNORECASE)
_MOST_FONT_NAME = 120
_JUST_BELOW = 1.4  # of the height of a letter
_RAISED = 0.8  # of the height of the line's letters


class Refused(Exception):
    """PDFium does not open or find it; `why` is a word of `page_values.Why`."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


class Document:
    """An open PDF.

    Raises:
        Refused: it is damaged, encrypted, or has no pages.
    """

    def __init__(self, content: bytes) -> None:
        self._content = content  # PDFium reads from it as long as the document is open
        self._raw = pdf.FPDF_LoadMemDocument64(content, len(content), None)
        if not self._raw:
            locked = pdf.FPDF_GetLastError() in (pdf.FPDF_ERR_PASSWORD, pdf.FPDF_ERR_SECURITY)
            raise Refused("encrypted" if locked else "damaged")
        self.page_count = pdf.FPDF_GetPageCount(self._raw)
        if self.page_count < 1:
            self.close()
            raise Refused("damaged")

    def close(self) -> None:
        pdf.FPDF_CloseDocument(self._raw)

    def title(self) -> str:
        """What the file says of itself."""
        size = min(pdf.FPDF_GetMetaText(self._raw, b"Title", None, 0), 2_000)
        buffer = ctypes.create_string_buffer(size + 2)
        pdf.FPDF_GetMetaText(self._raw, b"Title", buffer, size)
        return _ODD.sub("\ufffd", buffer.raw.decode("utf-16-le", "replace").partition("\0")[0]).strip()

    def read(self, first: int) -> tuple[list[dict[str, Any]], list[bytes]]:
        """The pages from the first one (from 1) on, as many as are read in a moment: facts, and four blobs of each."""
        until, letters = time.monotonic() + _CHUNK_S, 0
        told: list[dict[str, Any]] = []
        blobs: list[bytes] = []
        for number in range(first, self.page_count + 1):
            facts, parts = self._read(number)
            told.append(facts)
            blobs += parts
            letters += len(parts[0])
            if time.monotonic() > until or letters > _CHUNK_LETTERS:
                break
        return told, blobs

    def _read(self, number: int) -> tuple[dict[str, Any], list[bytes]]:
        try:
            with _Sheet(self._raw, number) as sheet, sheet.words() as words:
                text, spans, frames, raised = words.read()
                facts = {"number": number, "width": sheet.width, "height": sheet.height, "is_damaged": False}
                return facts, [text.encode(), spans.tobytes(), frames.tobytes(), raised.tobytes()]
        except Refused:
            return {"number": number, "width": _A4[0], "height": _A4[1], "is_damaged": True}, [b""] * 4

    def letters(self, number: int) -> bytes:
        """Left, top, right and bottom of each letter of a page, as floats."""
        with _Sheet(self._raw, number) as sheet, sheet.words() as words:
            boxes = array("f")
            for at in range(words.count):
                boxes.extend(words.places.of(at))
            return mended(boxes).tobytes()

    def draw(
        self, number: int, scale: float, part: list[int] | None, most_pixels: int
    ) -> tuple[dict[str, Any], ctypes.Array[ctypes.c_char]]:
        """A page at so many pixels a point, or the part of it at left, top, width and height, in pixels."""
        with _Sheet(self._raw, number) as sheet:
            scale = min(scale, _MOST_SIDE_PIXELS / max(sheet.width, sheet.height))
            if part is None:
                scale = min(scale, math.sqrt(most_pixels / (sheet.width * sheet.height)))
            whole = (max(1, int(sheet.width * scale)), max(1, int(sheet.height * scale)))
            left, top, width, height = _inside(part or [0, 0, *whole], whole, most_pixels)
            pixels = sheet.draw(whole, left, top, width, height)
            return {"scale": scale, "left": left, "top": top, "width": width, "height": height}, pixels


def _inside(part: list[int], whole: tuple[int, int], most_pixels: int) -> tuple[int, int, int, int]:
    left, top = min(max(part[0], 0), whole[0] - 1), min(max(part[1], 0), whole[1] - 1)
    width = max(1, min(part[2], whole[0] - left, most_pixels))
    return left, top, width, max(1, min(part[3], whole[1] - top, most_pixels // width))


class _Sheet:
    """A page while it is looked at."""

    def __init__(self, document: Any, number: int) -> None:
        self._raw = pdf.FPDF_LoadPage(document, number - 1)
        if not self._raw:
            raise Refused("damaged")
        width: float = pdf.FPDF_GetPageWidthF(self._raw)
        height: float = pdf.FPDF_GetPageHeightF(self._raw)
        is_sound = 0 < width < math.inf and 0 < height < math.inf
        self.width, self.height = (width, height) if is_sound else _A4

    def __enter__(self) -> "_Sheet":
        return self

    def __exit__(self, *_: object) -> None:
        pdf.FPDF_ClosePage(self._raw)

    def words(self) -> "_Words":
        return _Words(self._raw)

    def draw(self, whole: tuple[int, int], left: int, top: int, width: int, height: int) -> ctypes.Array[ctypes.c_char]:
        pixels = ctypes.create_string_buffer(width * height * 4)
        bitmap = pdf.FPDFBitmap_CreateEx(width, height, pdf.FPDFBitmap_BGRx, pixels, width * 4)
        if not bitmap:
            raise MemoryError
        try:
            pdf.FPDFBitmap_FillRect(bitmap, 0, 0, width, height, _WHITE)
            pdf.FPDF_RenderPageBitmap(bitmap, self._raw, -left, -top, *whole, 0, 0)
        finally:
            pdf.FPDFBitmap_Destroy(bitmap)
        return pixels


class _Words:
    """The letters of a page."""

    def __init__(self, page: Any) -> None:
        self._raw = pdf.FPDFText_LoadPage(page)
        if not self._raw:
            raise Refused("damaged")
        self.count = max(0, pdf.FPDFText_CountChars(self._raw))
        self.places = Places(page, self._raw)
        self._font = ctypes.create_string_buffer(_MOST_FONT_NAME)
        self._flags = ctypes.byref(ctypes.c_int())

    def __enter__(self) -> "_Words":
        return self

    def __exit__(self, *_: object) -> None:
        pdf.FPDFText_ClosePage(self._raw)

    def read(self) -> "tuple[str, array[int], array[float], array[int]]":
        """The text, one letter for each box, and of its lines: first letters and ends, frames, raised digits."""
        spans, frames = array("I"), array("f")
        text = self._text()
        last: list[float] = []
        end = 0
        for found in _LINE.finditer(text):
            words = found[0].strip()
            if words:
                start = found.start() if found[0][0] == words[0] else found.start() + found[0].index(words[0])
                letter = start if words[0].isalpha() else self._first_letter(text, start, start + len(words))
                frame = self._frame(start, letter, start + len(words), last, end, goes_on=words[0].islower())
                frames.extend(last)
                last, end = frame, start + len(words)
                spans.extend((start, end))
        frames.extend(last)
        frames = mended(frames)
        raised = self._raised(text, spans, frames)
        return _ODD.sub("\ufffd", _same_length(text)), spans, frames, raised

    def _first_letter(self, text: str, start: int, end: int) -> int:
        """A letter tells the size of a line better than a bullet or a raised digit."""
        found = _LETTER.search(text, start, end)
        return found.start() if found else start

    def _frame(
        self, start: int, letter: int, end: int, last: list[float], last_end: int, *, goes_on: bool
    ) -> list[float]:
        """Where a line stands, the height of its letters and their weight; and how far the one beside it reaches.

        Each question costs as much as reading ten letters does, so a line just below a plain one is taken as plain
        where it begins as far to the left, or with a small letter.
        """
        left, top, _, bottom = self.places.of(start)
        if letter != start:
            _, top, _, bottom = self.places.of(letter)
        size = bottom - top
        if last:
            down = bottom - last[3]
            if -size < down < size:
                last[2] = self.places.of(last_end - 1)[2]
            elif (
                0 < down < _JUST_BELOW * size
                and last[5] == _PLAIN
                and abs(size - last[4]) < 1
                and (goes_on or abs(left - last[0]) < 1)
            ):
                return [left, top, 0.0, bottom, size, _PLAIN]
        return [left, top, 0.0, bottom, size, self._weight(letter, end)]

    def _weight(self, letter: int, end: int) -> int:
        if not self._is_bold(letter):
            return _PLAIN
        return _BOLD if self._is_bold(end - 1) else _BEGINS_BOLD

    def _is_bold(self, at: int) -> bool:
        # By its name: the weight that PDFium makes up from a font's stems calls plain fonts bold, and bold ones plain.
        size = pdf.FPDFText_GetFontInfo(self._raw, at, self._font, _MOST_FONT_NAME, self._flags)
        return size <= _MOST_FONT_NAME and bool(_BOLD_NAME.search(self._font.raw, 0, size))

    def _raised(self, text: str, spans: "array[int]", frames: "array[float]") -> "array[int]":
        raised = array("I")
        for number in _NUMBER.finditer(text):
            start, end = number.span()
            before, after = text[start - 1 : start], text[end : end + 1]
            if end - start > _MOST_DIGITS_RAISED or (after == "." and before in "\r\n"):
                continue  # a year, or a paragraph's number
            line = (bisect_right(spans, start) - 1) // 2
            _, top, _, bottom = self.places.of(start)
            if bottom - top < _RAISED * frames[_NUMBERS_OF_A_LINE * line + _SIZE]:
                raised.extend(range(start, end))
        return raised

    def _text(self) -> str:
        buffer = ctypes.create_string_buffer(2 * self.count + 2)
        words = ctypes.cast(buffer, ctypes.POINTER(ctypes.c_ushort))
        units = pdf.FPDFText_GetText(self._raw, 0, self.count, words) - 1 if self.count else 0
        text = buffer.raw[: 2 * max(0, units)].decode("utf-16-le", "surrogatepass")
        if len(text) == self.count:
            return text
        # Letters that PDFium knows no character for are left out there, and would put all boxes behind them wrong.
        codes = (pdf.FPDFText_GetUnicode(self._raw, at) for at in range(self.count))
        return "".join(chr(code) if 0 < code < 0x110000 else "\ufffd" for code in codes)


def _same_length(text: str) -> str:
    for odd, plain in _SAME_LENGTH:
        text = text.replace(odd, plain)
    return text

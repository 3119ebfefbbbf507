"""Rows of one sheet of a workbook: values as a spreadsheet shows them, read row by row."""

import re
from collections.abc import Iterator
from datetime import date, datetime, timedelta

from desktop_app.exchange.import_cells import (
    LIMITS,
    Broken,
    CannotImport,
    Cell,
    Cells,
    Limits,
    OnRead,
    Row,
    is_empty,
    too_many_columns,
    too_many_rows,
)
from desktop_app.exchange.import_package import Package, Sheet
from desktop_app.exchange.import_xml import Attributes, Forbidden

_MERGED = re.compile(rb'<(?:\w+:)?mergeCell\s[^>]*?\bref="\$?([A-Z]{1,3})\$?(\d{1,7}):\$?[A-Z]{1,3}\$?(\d{1,7})"')
_LONGEST_MERGED = 200  # bytes of one such element
_CELLS_OF_A_ROW = 20_000
_NO_VALUE = (
    "This formula has no stored value. Open the workbook in a spreadsheet program, save it, and import it again."
)
_ERROR = "This is an error of the spreadsheet. Put it right there, or empty the cell."
_LAST_DAY = 2_958_465  # 31 December 9999


def rows(package: Package, sheet: Sheet, *, limits: Limits = LIMITS, on_read: OnRead = lambda _: None) -> Iterator[Row]:
    """The rows of a sheet that hold something, with their numbers.

    A value that stands in cells merged from top to bottom holds for each of their rows.

    Raises:
        CannotImport: it is damaged, or has more than is taken in.
    """
    merged = _Merged(_merged_cells(package, sheet, limits))
    reading = _Reading(package.texts(), package.styles_of_dates(), package.has_1904_dates, limits)
    size = max(package.size_of(sheet.part), 1)
    found = 0
    steps = package.parse_in_steps(sheet.part, reading.start, reading.end, reading.text, limit=limits.unpacked_bytes)
    for done in steps:
        on_read(done / size)
        for number, cells in reading.taken():
            if is_empty(cells):
                continue
            found += 1
            if found > limits.rows:
                raise too_many_rows(limits)
            if len(cells) > limits.columns:
                raise too_many_columns(limits)
            yield number, merged.filled(number, cells)


def _merged_cells(package: Package, sheet: Sheet, limits: Limits) -> list[tuple[int, int, int]]:
    """First row, last row and column of what is merged downwards; a sheet names it after its rows."""
    found: list[tuple[int, int, int]] = []
    rest = b""
    for chunk in package.chunks(sheet.part, limit=limits.unpacked_bytes):
        piece = rest + chunk
        if b"mergeCell" in piece:
            matches = list(_MERGED.finditer(piece))
            for one in matches:
                first, last = int(one[2]), int(one[3])
                if last > first:
                    found.append((first, last, _column(one[1].decode()) - 1))
            rest = piece[max(matches[-1].end() if matches else 0, len(piece) - _LONGEST_MERGED) :]
        else:
            rest = piece[-_LONGEST_MERGED:]
        if len(found) > limits.merged:
            raise CannotImport(
                f"The sheet has more than {limits.merged:,} merged cells. Undo the merging, and try again."
            )
    return found


class _Merged:
    """Carries the value of merged cells down to the rows below the first."""

    def __init__(self, found: list[tuple[int, int, int]]) -> None:
        self._coming = sorted(found, reverse=True)
        self._current: dict[int, tuple[int, int]] = {}
        self._values: dict[int, Cell] = {}

    def filled(self, number: int, cells: Cells) -> Cells:
        """The row with what holds for it from above."""
        while self._coming and self._coming[-1][0] <= number:
            first, last, column = self._coming.pop()
            self._current[column] = (first, last)
            self._values[column] = cells[column] if first == number and column < len(cells) else None
        if not self._current:
            return cells
        row = list(cells)
        for column, (first, last) in list(self._current.items()):
            if number > last:
                del self._current[column]
            elif number > first and self._values[column] is not None:
                row += [None] * (column + 1 - len(row))
                if row[column] is None:
                    row[column] = self._values[column]
        return tuple(row)


class _Reading:
    """Takes the elements of a sheet in, and hands over the rows that are whole."""

    def __init__(self, texts: list[str], styles_of_dates: frozenset[str], has_1904_dates: bool, limits: Limits) -> None:
        self._texts, self._styles_of_dates, self._limits = texts, styles_of_dates, limits
        self._day_nought = datetime(1904, 1, 1) if has_1904_dates else datetime(1899, 12, 30)
        self._whole: list[Row] = []
        self._number = self._column = self._cells_seen = self._letters = 0
        self._row: list[Cell] = []
        self._parts: list[str] = []
        self._kind, self._style = "", ""
        self._is_text = self._is_help = self._has_formula = False

    def taken(self) -> list[Row]:
        """The rows that were completed since it was asked last."""
        whole, self._whole = self._whole, []
        return whole

    def start(self, name: str, attributes: Attributes) -> None:
        if name == "c":
            self._start_cell(attributes)
        elif name in ("v", "t"):
            self._is_text = not self._is_help
        elif name == "f":
            self._has_formula = True
        elif name == "row":
            given = attributes.get("r", "")
            self._number = int(given) if given.isascii() and given.isdigit() and len(given) < 8 else self._number + 1
            self._row, self._column, self._cells_seen = [], 0, 0
        elif name == "rPh":
            self._is_help = True

    def _start_cell(self, attributes: Attributes) -> None:
        self._cells_seen += 1
        if self._cells_seen > _CELLS_OF_A_ROW:
            raise Forbidden("a row without an end")
        place = attributes.get("r")
        self._column = _column(place) if place else self._column + 1
        self._kind, self._style = attributes.get("t", "n"), attributes.get("s", "")
        self._parts, self._letters, self._has_formula = [], 0, False

    def text(self, words: str) -> None:
        if self._is_text:
            self._letters += len(words)
            if self._letters > self._limits.letters:
                raise Forbidden("a text without an end")
            self._parts.append(words)

    def end(self, name: str) -> None:
        if name in ("v", "t"):
            self._is_text = False
        elif name == "c":
            self._end_cell()
        elif name == "row":
            self._whole.append((self._number, tuple(self._row)))
            self._row = []
        elif name == "rPh":
            self._is_help = False

    def _end_cell(self) -> None:
        if not self._parts and not self._has_formula:
            return
        value = self._value("".join(self._parts))
        place = self._column - 1
        if value is None or place < 0:
            return
        if place >= self._limits.columns:
            raise too_many_columns(self._limits)
        self._row += [None] * (place + 1 - len(self._row))
        self._row[place] = value

    def _value(self, words: str) -> Cell:
        if not words and self._has_formula:
            return None if self._kind == "str" else Broken("", _NO_VALUE)
        match self._kind:
            case "s":
                place = int(words) if words.isascii() and words.isdigit() and len(words) < 10 else -1
                return self._texts[place] or None if 0 <= place < len(self._texts) else None
            case "str" | "inlineStr":
                return words or None
            case "b":
                return words == "1"
            case "e":
                return Broken(words, _ERROR)
            case "d":
                return words
        return self._number_or_day(words)

    def _number_or_day(self, words: str) -> Cell:
        try:
            number = float(words)
        except ValueError:
            return words or None
        if self._style in self._styles_of_dates and 0 < number <= _LAST_DAY:
            return self._day(number)
        return int(number) if number.is_integer() and abs(number) < 1e15 else number

    def _day(self, number: float) -> date:
        # Before March 1900 a spreadsheet counts a day that never was; no inspection is of then.
        return (self._day_nought + timedelta(days=number)).date()


def _column(place: str) -> int:
    """The column of a place like "BC12", from 1; 0 where it is none."""
    number = 0
    for letter in place:
        if not "A" <= letter <= "Z":
            break
        number = number * 26 + ord(letter) - 64
        if number > 16_384:
            return 0
    return number


def day_of(number: float) -> date | None:
    """The day that a number stands for which a spreadsheet shows as a number; None for none of 1950 to 2100."""
    if not 18_264 <= number <= 73_415:
        return None
    return (datetime(1899, 12, 30) + timedelta(days=number)).date()

"""The cells of a table as a sheet keeps them: real dates, numbers, grades in their tone, and texts as texts."""

import re
from collections.abc import Callable, Sequence
from datetime import date
from functools import lru_cache
from typing import Any

from db.dates import PartialDate
from db.exported import Row
from desktop_app.exchange.what_is_exported import Column, Form
from desktop_app.exchange.workbook_formats import Formats

MOST_UNITS = 32_767  # UTF-16 units that a cell holds
CUT = " … [Cut here: a cell holds no more. The whole text is in the copy and in the package of tables.]"
Cell = Callable[[Any, Row], str]
_LETTERS_PER_WIDTH = 0.9  # of ordinary words, some room for a wider typeface left
MOST_LINES = 27  # no row is higher than 409 points
_MOST_LINES_OFF_PAPER = 3
_BEFORE_DAY_1 = date(1899, 12, 30).toordinal()
_FIRST_DAY = date(1900, 3, 1)  # spreadsheets agree on the days from here on
_NOT_PLAIN = re.compile(r"[&<>\x00-\x08\x0b-\x1f\ufffe\uffff]|_x")
_ESCAPE_LIKE = re.compile("(_x[0-9a-fA-F]{4}_)")
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\ufffe\uffff]")


def escaped(text: str) -> str:
    """A text as it stands between tags; what XML cannot hold as spreadsheets write it, like _x0001_."""
    if not _NOT_PLAIN.search(text):
        return text
    text = _ESCAPE_LIKE.sub(r"_x005F\1", text)
    text = _CONTROL.sub(lambda found: f"_x{ord(found[0]):04X}_", text)
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


class Cells:
    """How the values of each column are written, after the place of the cell.

    Counts in `cut` what had to be cut, and keeps in `lines` how many the highest cell needs; who writes a row sets it
    back to 1.
    """

    def __init__(self, formats: Formats, columns: Sequence[Column]) -> None:
        self._formats, self.cut, self.lines = formats, 0, 1
        self._text_style, self._number_style = formats.number_of(formats.text), formats.number_of(formats.number)
        self._date_style = formats.number_of(formats.date)
        places = {column.name: place for place, column in enumerate(columns)}
        self._scale = places.get("scale", -1)

    def of(self, column: Column) -> Cell:
        """What writes the values of a column."""
        if column.form is Form.NUMBER:
            return self._number
        if column.form is Form.DATE:
            return self._date
        if column.name == "grade":
            return self._grade
        room = int(column.width * _LETTERS_PER_WIDTH)
        most = _MOST_LINES_OFF_PAPER if column.on_paper is None else MOST_LINES

        def text_cell(text: str, of: Row) -> str:
            if len(text) > room or "\n" in text:
                lines = sum(1 + len(line) // room for line in text.split("\n"))
                self.lines = max(self.lines, min(lines, most))
            return self._text(text, of)

        return text_cell

    def _text(self, text: str, _of: Row) -> str:
        return _text_cell(self._text_style, self._fitting(text))

    def _number(self, number: int, _of: Row) -> str:
        return f' s="{self._number_style}"><v>{number}</v></c>'

    def _date(self, iso: str, of: Row) -> str:
        if len(iso) < 10:
            return self._text(str(PartialDate.from_iso(iso)), of)
        return self._day(date.fromisoformat(iso))

    def first_day(self, iso: str, _of: Row) -> str:
        """The first day that a date may mean, to sort by."""
        return self._day(_first_day(iso))

    def _day(self, day: date) -> str:
        if day < _FIRST_DAY:
            return _text_cell(self._text_style, day.isoformat())
        return f' s="{self._date_style}"><v>{day.toordinal() - _BEFORE_DAY_1}</v></c>'

    def _grade(self, grade: str, of: Row) -> str:
        style = self._formats.number_of(self._formats.of_grade(of[self._scale], grade))
        return _text_cell(style, self._fitting(grade))

    def _fitting(self, text: str) -> str:
        """The text, or as much of it as a cell holds with a sentence that says so."""
        if len(text) * 2 <= MOST_UNITS or len(text.encode("utf-16-le")) // 2 <= MOST_UNITS:
            return text
        self.cut += 1
        room = (MOST_UNITS - len(CUT)) * 2
        return text.encode("utf-16-le")[:room].decode("utf-16-le", "ignore") + CUT


def _text_cell(style: int, text: str) -> str:
    has_edges = text[0].isspace() or text[-1].isspace()
    space = ' xml:space="preserve"' if has_edges else ""
    return f' s="{style}" t="inlineStr"><is><t{space}>{escaped(text)}</t></is></c>'


@lru_cache(maxsize=4096)
def _first_day(iso: str) -> date:
    return PartialDate.from_iso(iso).first_day

"""One row of the table to the facts that its columns hold, with what is wrong in each cell."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from db.lists import Lists
from desktop_app.exchange.import_cells import Cell, Cells, one_line
from desktop_app.exchange.import_dates import Days, Doubt, days, is_date
from desktop_app.exchange.import_fields import Field
from desktop_app.exchange.import_matching import Headings, letters
from desktop_app.exchange.import_values import Values, is_blank

NO_COLUMN = -1
_LONGEST_SHOWN = 200
_NO_DATE = "date not known"
_YEAR = re.compile("(?:19|20|21)[0-9]{2}")
_TWICE = "“{}” is not what another column of this row says, “{}”. Correct one of them"
Place = tuple[int, int]  # the number of a row and the place of a column, from 0


@dataclass(frozen=True, slots=True)
class Problem:
    """What keeps a row out: its number, the column's place and heading, what stands there, and what to do."""

    row: int
    place: int
    heading: str
    shown: str
    sentence: str

    @property
    def line(self) -> str:
        """The problem as one sentence."""
        where = f"Row {self.row:,}, {self.heading}" if self.heading else f"Row {self.row:,}"
        return f"{where}: {self.sentence}."


@dataclass(frozen=True, slots=True)
class Grade:
    """A cell of a column of grades: the field, and what stands there."""

    place: int
    field: Field
    cell: Cell


@dataclass(slots=True)
class Facts:
    """What a row says, by the keys of its fields; `places` tells the column of each."""

    row: int
    values: dict[str, Any] = field(default_factory=dict)
    places: dict[str, int] = field(default_factory=dict)
    grades: list[Grade] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    @property
    def is_empty(self) -> bool:
        return not (self.values or self.grades or self.problems)


class RowReader:
    """Reads rows by the fields of their columns."""

    def __init__(
        self, lists: Lists, headings: Headings, fields: Mapping[int, Field], corrected: Mapping[Place, str]
    ) -> None:
        """Take the columns as a person matched them.

        Args:
            fields: by a column's place; columns that are left out stand not in it.
            corrected: what a person put in place of a cell.
        """
        self.values = Values(lists)
        self._columns = [(place, field) for place, field in fields.items()]
        self._headings = {column.place: column.heading for column in headings.columns}
        self._corrected = corrected

    def heading(self, place: int) -> str:
        """What the column is called in a sentence."""
        return self._headings.get(place, "" if place == NO_COLUMN else f"Column {letters(place)}")

    def problem(self, number: int, place: int, cell: Cell, sentence: str) -> Problem:
        """A problem with a cell of a row."""
        return Problem(number, place, self.heading(place), one_line(cell)[:_LONGEST_SHOWN], sentence)

    def cell(self, number: int, place: int, cells: Cells) -> Cell:
        """What stands in a cell, or what a person put in its place."""
        if self._corrected and (given := self._corrected.get((number, place))) is not None:
            return given or None
        return cells[place] if 0 <= place < len(cells) else None

    def read(self, number: int, cells: Cells) -> Facts:
        """The facts of a row."""
        facts = Facts(number)
        for place, one in self._columns:
            cell = self.cell(number, place, cells)
            if cell is None:
                continue
            try:
                value = self.values.read(one, cell)
            except Doubt as doubt:
                facts.problems.append(self.problem(number, place, cell, str(doubt)))
                continue
            if value is None:
                continue
            if one.key in facts.values and one.key != "notes" and facts.values[one.key] != value:
                sentence = _TWICE.format(one_line(cell)[:60], facts.values[one.key])
                facts.problems.append(self.problem(number, place, cell, sentence))
            else:
                self._take(facts, place, one, value)
        self._take_name(facts)
        return facts

    def _take_name(self, facts: Facts) -> None:
        """A kind may stand with its days, as an inspection is called: "ILACS standard inspection, 9 May 2022"."""
        words, place = facts.values.get("kind", ""), facts.places.get("kind", NO_COLUMN)
        for at in (at for at, letter in enumerate(words) if letter == ","):
            tail = words[at + 1 :].strip()
            if tail == _NO_DATE or _YEAR.fullmatch(tail) or is_date(tail):
                facts.values["kind"] = words[:at]
                if tail != _NO_DATE and "started_on" not in facts.values:
                    self._take_days(facts, place, days(tail))
                return

    def _take(self, facts: Facts, place: int, one: Field, value: Any) -> None:
        if one.of == "judgement" and one.value == "grade" and one.key != "grade":
            facts.grades.append(Grade(place, one, value))
        elif one.key == "started_on":
            self._take_days(facts, place, value)
        elif one.key == "notes" and "notes" in facts.values:
            facts.values["notes"] += f"\n{value}"
        else:
            facts.values[one.key] = value
            facts.places[one.key] = place

    def _take_days(self, facts: Facts, place: int, days: Days) -> None:
        """A column of first days may hold whole periods; the last day has a column of its own as well, perhaps."""
        found = {
            "started_on": days.first,
            "ended_on": days.last,
            "second_started_on": days.second_first,
            "second_ended_on": days.second_last,
            "dates_as_printed": days.printed,
        }
        for key, value in found.items():
            if value:
                facts.values.setdefault(key, value)
                facts.places.setdefault(key, place)


def with_grade(facts: Facts, key: str) -> Grade | None:
    """The grade of a row that holds one judgement."""
    if key not in facts.values or is_blank(facts.values[key]):
        return None
    cell = facts.values[key]
    return Grade(facts.places[key], Field(key, "Grade", "judgement", "grade"), cell)

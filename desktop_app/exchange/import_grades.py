"""Grades in whatever words a cell has them, against the scale of the file that applies to the row."""

import re
from collections.abc import Sequence

from db.frameworks import Grade
from db.text import fold
from desktop_app.exchange.import_cells import Broken, Cell, one_line
from desktop_app.exchange.import_dates import Doubt
from desktop_app.exchange.import_fields import plain, rules

NOT_JUDGED, NOT_KNOWN = "not_judged", "not_known"
_NUMBER = re.compile(r"(?:grade\s*)?([1-9])(?:\.0)?", re.ASCII)
_WITH_NUMBER = re.compile(r"(?:grade )?([1-9]) (.+)|(.+?) (?:grade )?([1-9])", re.ASCII)
_MARKS = re.compile(r"[.()\[\]]")
_OFF_SCALE = "“{}” is not on the scale of this framework. Enter {}"
_LEAST_LETTERS = 3  # of a shortened word, so that "in" is not Inadequate


class GradeReader:
    """Reads grades.

    Attributes:
        numbered: how each number was read, in words, for scales that numbers were read by.
    """

    def __init__(self) -> None:
        self.numbered: dict[str, str] = {}
        self._known: dict[tuple[str, str], str] = {}

    def read(self, cell: Cell, grades: Sequence[Grade]) -> str:
        """The id of a grade, NOT_JUDGED or NOT_KNOWN.

        Raises:
            Doubt: it is none of this scale, or may be several.
        """
        if isinstance(cell, Broken):
            raise Doubt(cell.advice.rstrip("."))
        words = one_line(cell)
        key = (grades[0].scale_id if grades else "", words)
        if key not in self._known:
            self._known[key] = self._read(words, grades)
        return self._known[key]

    def _read(self, words: str, grades: Sequence[Grade]) -> str:
        folded = fold(words).strip(" .*")
        if folded in rules().words["not_judged"]:
            return NOT_JUDGED
        if folded in rules().words["not_known"]:
            return NOT_KNOWN
        found = self._by_number(folded, grades) or self._by_words(plain(_MARKS.sub("", words)), grades)
        if len(found) != 1:
            raise Doubt(_OFF_SCALE.format(words[:60], _listed([grade.label for grade in grades])))
        return found[0].id

    def _by_number(self, folded: str, grades: Sequence[Grade]) -> list[Grade]:
        number = _NUMBER.fullmatch(folded)
        if not number:
            return []
        found = [grade for grade in grades if grade.rank == int(number[1])]
        if found:
            scale = ", ".join(f"{grade.rank} {grade.label}" for grade in grades if grade.rank)
            self.numbered[grades[0].scale_id] = scale
        return found

    def _by_words(self, words: str, grades: Sequence[Grade]) -> list[Grade]:
        exact = [grade for grade in grades if words in _names(grade)]
        if exact:
            return exact
        if pair := _WITH_NUMBER.fullmatch(words):
            rank, rest = int(pair[1] or pair[4]), pair[2] or pair[3]
            return [grade for grade in self._by_words(rest, grades) if grade.rank == rank]
        return [grade for grade in grades if any(_shortens(words, name) for name in _names(grade))]


def _names(grade: Grade) -> set[str]:
    printed = (grade.label, grade.code, grade.initials, grade.printed_number, *grade.variants.split("\n"))
    return {plain(one) for one in printed if one}


def _shortens(words: str, name: str) -> bool:
    """Whether "reqs imp" is short for "requires improvement": each word begins and stands in its own, in order."""
    short, full = words.replace(" ", ""), name.split()
    parts = words.split()
    if len(parts) == 1 and len(full) > 1:
        return short == "".join(word[0] for word in full) and len(short) > 1
    if len(parts) > len(full) or len(short) < _LEAST_LETTERS:
        return False
    return all(_is_inside(part, word) for part, word in zip(parts, full, strict=False)) and (
        len(parts) == len(full) or len(parts) > 1
    )


def _is_inside(part: str, word: str) -> bool:
    """Whether the letters of a part stand in a word in this order, the first one first."""
    if part[0] != word[0] or len(part) < 2:
        return False
    rest = iter(word)
    return all(letter in rest for letter in part)


def _listed(labels: Sequence[str]) -> str:
    if not labels:
        return "no grade: nothing is graded there"
    return f"{', '.join(labels[:-1])} or {labels[-1]}" if len(labels) > 1 else labels[0]

"""Columns to fields: by the words that head them, and by what stands in them; each match with how sure it is."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import get_close_matches

from db.text import fold
from desktop_app.exchange.import_cells import Cell, Row, one_line, shown
from desktop_app.exchange.import_fields import JUDGED, NOTHING, Field, Layout, Vocabulary, plain, rules

TAKEN, SURE = 0.6, 0.9  # a match is proposed from the first on, and needs no second look from the second on
_ALIKE = 0.87
_LOOKED_AT = 60  # rows in which the headings may stand
_SAMPLES = 12
_GRADE, _AREA, _OVERALL = "grade", "judgement_area", f"{JUDGED}overall"
_REPEATED = {"notes"}  # several columns may be this
_FEW = 3  # values that are too few to speak against a heading
_SHORT_TEXT = 12  # letters; the words of a quote or an area for improvement are longer


@dataclass(frozen=True, slots=True)
class Match:
    """What a column is taken for; `confidence` is 0 where nothing fits, 1 where the heading says it."""

    key: str = NOTHING
    confidence: float = 0.0

    @property
    def is_sure(self) -> bool:
        return self.confidence >= SURE


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its place from 0, its heading, and the first values under it."""

    place: int
    heading: str
    samples: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Headings:
    """The row in which the headings stand, and the columns under it."""

    row: int
    columns: tuple[Column, ...]

    @property
    def layout(self) -> Layout | None:
        """The table that is known by these headings; None for one of a council's own."""
        names = {plain(column.heading) for column in self.columns}
        return next((one for one in rules().layouts if one.needs <= names), None)


class Matcher:
    """Matches headings against the words of one file."""

    def __init__(self, words: Vocabulary) -> None:
        self._words, self._fields = words, words.fields
        self._by_words: dict[str, str] = {}
        for field in words.fields.values():
            for heading in (*field.headings, plain(field.label)):
                self._by_words.setdefault(heading, field.key)
        self._long = [(frozenset(one.split()), key) for one, key in self._by_words.items() if len(one) > 3]

    def find_headings(self, rows: Iterable[Row], *, row: int | None = None) -> Headings:
        """The row whose cells say most, among the first; titles may stand above it.

        Args:
            row: the number of the row, where a person said it.
        """
        first: list[Row] = []
        for found in rows:
            first.append(found)
            if len(first) == _LOOKED_AT + _SAMPLES or (row is not None and len(first) > _SAMPLES and found[0] > row):
                break
        place = self._place(first, row)
        number, cells = first[place] if first else (1, ())
        below = first[place + 1 : place + 1 + _SAMPLES]
        return Headings(number, tuple(_columns(cells, below)))

    def _place(self, rows: Sequence[Row], wanted: int | None) -> int:
        if wanted is not None:
            return next((place for place, (number, _) in enumerate(rows) if number >= wanted), 0)
        said = [self._said(cells) for _, cells in rows[:_LOOKED_AT]]
        best = max(said, default=0)
        if best >= 2 or (best == 1 and all(len(cells) == 1 for _, cells in rows)):
            return said.index(best)
        return next((place for place, (_, cells) in enumerate(rows) if _texts(cells) >= 2), 0)

    def _said(self, cells: Sequence[Cell]) -> int:
        """How many of a row's cells are headings of different fields."""
        words = {plain(cell) for cell in cells if isinstance(cell, str) and len(cell) < 120}
        return len({found[0] for one in words if one and (found := self._by_heading(one))})

    def _by_heading(self, words: str) -> tuple[str, float] | None:
        """The field that a heading names, whole or as a part of it."""
        if key := self._by_words.get(words):
            return key, 1.0
        parts = frozenset(words.split())
        inside = [(len(found), key) for found, key in self._long if found < parts]
        if not inside:
            return None
        most, key = max(inside, key=lambda one: one[0])
        return key, 0.55 + 0.4 * most / len(parts)

    def match(self, headings: Headings) -> dict[int, Match]:
        """What each column is taken for; every field once, by the column that fits it best."""
        if layout := headings.layout:
            named = {column.place: layout.columns.get(plain(column.heading), NOTHING) for column in headings.columns}
            return {place: Match(key, 1.0 if key else 0.0) for place, key in named.items()}
        candidates = [(self._scored(column), column.place) for column in headings.columns]
        found = {place: Match() for _, place in candidates}
        used: set[str] = set()
        for match, place in sorted(candidates, key=lambda one: -one[0].confidence):
            if match.confidence >= TAKEN and (match.key not in used or match.key in _REPEATED):
                found[place] = match
                used.add(match.key)
        return _completed(_doubted(found, headings))

    def _scored(self, column: Column) -> Match:
        words = plain(column.heading)
        if words in rules().words["own"]:
            return Match()
        found = self._by_heading(words)
        if found is None:
            likely = get_close_matches(words, self._by_words, n=1, cutoff=_ALIKE) if len(words) > 3 else []
            if not likely:
                return Match()
            found = self._by_words[likely[0]], _ALIKE
        key, confidence = found
        said = [one for one in column.samples if fold(one).strip() not in rules().words["empty"]]
        if key in (_GRADE, _AREA) and said:
            key = self._grade_or_area(key, said)
        return Match(key, confidence * self._fit(self._fields[key], said))

    def _grade_or_area(self, key: str, said: Sequence[str]) -> str:
        """A column headed "Judgement" may hold what was judged as well as the grade: its cells say which."""
        of_areas = sum(plain(one) in self._words.areas for one in said)
        of_grades = sum(plain(one) in self._words.grades for one in said)
        return key if of_areas == of_grades else _AREA if of_areas > of_grades else _GRADE

    def _fit(self, field: Field, said: Sequence[str]) -> float:
        """How well the first values are such as this field holds: 1 where nothing speaks against it."""
        if not said:
            return 1.0
        looks_right = {
            "date": _has_number,
            "dates": _has_number,
            "number": _has_number,
            "grade": self._is_grade,
            "text": _is_text,
        }.get(field.value if field.key in ("quote", "improvement") or field.value != "text" else "")
        share = sum(map(looks_right, said)) / len(said) if looks_right else 1.0
        return 1.0 if share >= 0.5 else 0.65 if len(said) < _FEW else 0.5

    def _is_grade(self, words: str) -> bool:
        alike = plain(words)
        return alike in self._words.grades or (
            len(alike) > 2 and any(one.startswith(alike[:3]) for one in self._words.grades)
        )


def _doubted(found: dict[int, Match], headings: Headings) -> dict[int, Match]:
    """In an action plan "Start date" may be that of the action: such a match needs a second look."""
    if not {"action", "due_on"} <= {match.key for match in found.values()}:
        return found
    words = {column.place: plain(column.heading) for column in headings.columns}
    return {
        place: Match(match.key, TAKEN)
        if match.key in ("started_on", "ended_on") and "inspection" not in words[place]
        else match
        for place, match in found.items()
    }


def _completed(found: dict[int, Match]) -> dict[int, Match]:
    """A grade without a column for its area is the overall one, where no other column is."""
    keys = {match.key for match in found.values()}
    if _GRADE in keys and _AREA not in keys:
        for place, match in found.items():
            if match.key == _GRADE:
                found[place] = Match(_OVERALL, match.confidence * 0.9) if _OVERALL not in keys else Match()
    return found


def _columns(cells: Sequence[Cell], below: Sequence[Row]) -> Iterable[Column]:
    width = max([len(cells), *(len(row) for _, row in below)], default=0)
    for place in range(width):
        heading = one_line(cells[place]) if place < len(cells) else ""
        values = [shown(row[place]) for _, row in below if place < len(row)]
        samples = tuple(dict.fromkeys(value for value in values if value))
        if heading or samples:
            yield Column(place, heading or f"Column {letters(place)}", samples)


def _texts(cells: Sequence[Cell]) -> int:
    return sum(isinstance(cell, str) and bool(cell.strip()) for cell in cells)


def letters(place: int) -> str:
    """What a spreadsheet calls a column: 0 is A, 26 is AA."""
    place, last = divmod(place, 26)
    return (letters(place - 1) if place else "") + chr(65 + last)


def _has_number(words: str) -> bool:
    return any(letter.isdigit() for letter in words) or fold(words) in rules().words["empty_date"]


def _is_text(words: str) -> bool:
    return len(words) >= _SHORT_TEXT

"""One cell to the value of its field; what cannot be taken as it stands is a Doubt with a sentence."""

import re
from collections.abc import Callable, Mapping
from typing import Any

from db.lists import Lists
from db.records import AUDIENCES
from db.rules import name_of
from db.schema.parts import LONG, NOTE, ONE_LINE
from db.text import clean, fold
from desktop_app.exchange import import_dates, import_lines
from desktop_app.exchange.import_cells import Broken, Cell, one_line, shown
from desktop_app.exchange.import_dates import Doubt
from desktop_app.exchange.import_fields import Field, plain, rules
from desktop_app.exchange.import_lines import Lines
from desktop_app.exchange.import_names import in_capitals

_LIMITS = {"report_address": 2000, "notes": NOTE, "urn": 40, "la_code": 40, "region": 120}
_NUMBER = re.compile(r"(?:p(?:age|g|ara(?:graph)?)?s?\.?\s*)?(\d{1,4})(?:\.0)?", re.ASCII | re.IGNORECASE)
_ITEM = re.compile(r"(?:[A-Za-z]{1,15}\.?\s*)?(\d{1,3})(?:\.0)?[.)]?", re.ASCII)
_LATE = re.compile(r"^\W*(?:late|overdue)\b[\s,;:()/–-]*|[\s,;:()/–-]+(?:late|overdue)\W*$", re.IGNORECASE)
_STANDS = re.compile(r"\b(page|para)(?:graph)?s?\.? (\d{1,4})\b", re.ASCII | re.IGNORECASE)
_NO_NUMBER = "“{}” is no {} number. Enter a whole number from 1 to 9999"
_TOO_LONG = "{} must be {:,} characters or fewer; this has {:,}"
_NOT_KNOWN = "This file has no {} “{}”. Enter one of {}"
_SHOWN = 6
_LONGEST_BLANK = 40
_MOST_REPEATED, _MOST_KNOWN = 60, 50_000  # letters of a cell that others may repeat, and how many of such are kept


class Values:
    """Reads the cells of one import.

    Attributes:
        recased: names that stood in small letters or capitals alone, and how they are written now.
    """

    def __init__(self, lists: Lists) -> None:
        self._lists = lists
        self.recased: dict[str, str] = {}
        self._known: dict[tuple[str, type, Cell], Any] = {}
        self._readers: Mapping[str, Callable[[Field, Cell], Any]] = {
            "line": self._line,
            "text": self._text,
            "date": lambda _, cell: import_dates.day(cell),
            "dates": lambda _, cell: import_dates.days(cell),
            "number": self._number,
            "item_number": self._item,
            "number_text": self._number_text,
            "person": self._person,
            "region": self._region,
            "grade": lambda _, cell: cell,
            "tone": self._tone,
            "finding_kind": self._finding_kind,
            "timescale": self._timescale,
            "audience": self._audience,
            "status": self._status,
            "rag": self._rag,
            "place": self._place,
            "notes": lambda field, cell: self._lines(field, cell, import_lines.notes, LONG),
            "pieces": lambda field, cell: self._lines(field, cell, import_lines.evidence, LONG),
            "reports": lambda field, cell: self._lines(field, cell, import_lines.reports, ONE_LINE),
            "themes": self._themes,
        }

    def read(self, field: Field, cell: Cell) -> Any:
        """The value of a cell; None where it says nothing.

        Raises:
            Doubt: it cannot be taken as it stands.
        """
        if isinstance(cell, str) and len(cell) > _MOST_REPEATED:
            return self._read(field, cell)
        key = (field.key, type(cell), cell)
        if key not in self._known:
            if len(self._known) >= _MOST_KNOWN:
                self._known.clear()
            self._known[key] = self._read(field, cell)
        return self._known[key]

    def _read(self, field: Field, cell: Cell) -> Any:
        if isinstance(cell, Broken):
            if fold(cell.shown) in rules().words["empty"]:
                return None
            raise Doubt(cell.advice.rstrip("."))
        if cell is None or is_blank(cell) or (field.value.startswith("date") and _says_no_date(cell)):
            return None
        return self._readers[field.value](field, cell)

    def _line(self, field: Field, cell: Cell) -> str:
        return _within(field.key, clean(one_line(cell), lines=False), ONE_LINE)

    def _text(self, field: Field, cell: Cell) -> str:
        return _within(field.key, shown(cell), LONG)

    def _number(self, field: Field, cell: Cell) -> int:
        found = _NUMBER.fullmatch(one_line(cell))
        if not found or int(found[1]) < 1:
            raise Doubt(_NO_NUMBER.format(one_line(cell)[:40], field.label.lower()))
        return int(found[1])

    def _item(self, _: Field, cell: Cell) -> int | None:
        """A number that only orders; a reference such as "A/2" is none and is left out."""
        found = _ITEM.fullmatch(one_line(cell))
        return int(found[1]) if found else None

    def _number_text(self, field: Field, cell: Cell) -> str:
        words = one_line(cell).removesuffix(".0")
        return _within(field.key, clean(words, lines=False), ONE_LINE)

    def _person(self, field: Field, cell: Cell) -> str:
        words = self._line(field, cell)
        return self.capitals(words)

    def capitals(self, words: str) -> str:
        """A name as names are written."""
        written = in_capitals(words)
        if written != words:
            self.recased[words] = written
        return written

    def _region(self, field: Field, cell: Cell) -> str:
        words = self._line(field, cell)
        return rules().regions.get(words.upper(), words)

    def _tone(self, _: Field, cell: Cell) -> str:
        words = fold(one_line(cell)).strip()
        for tone, said in rules().tones.items():
            if words in said:
                return tone
        raise Doubt(_NOT_KNOWN.format("tone", one_line(cell)[:40], "Strength, Concern, Mixed or Neutral"))

    def _finding_kind(self, _: Field, cell: Cell) -> str:
        names = {
            key: (one.label, one.code, *one.variants.split("\n")) for key, one in self._lists.finding_kinds.items()
        }
        return _one_of(names, "kind of finding", cell)

    def _timescale(self, _: Field, cell: Cell) -> str:
        names = {key: (one.label, one.code) for key, one in self._lists.timescales.items()}
        words = re.sub(r"\b3\b", "three", re.sub(r"\b6\b", "six", one_line(cell)))
        return _one_of(names, "timescale", cell, words)

    def _audience(self, _: Field, cell: Cell) -> str:
        names: dict[str, tuple[str, ...]] = {key: (label, key) for key, label in AUDIENCES.items()}
        names["local_authority"] += ("LA", "Council")
        return _one_of(names, "audience", cell)

    def _status(self, _: Field, cell: Cell) -> str | None:
        """What is late is not said here: that follows from the due date; "Late, In progress" is In progress."""
        names = {
            key: (one.label, one.code, *rules().statuses.get(one.code, ())) for key, one in self._lists.statuses.items()
        }
        words = one_line(cell)
        if len(words) <= ONE_LINE:
            words = _LATE.sub("", words)
        first, sign, _rest = words.partition(",")
        if sign and plain(words) not in {plain(label) for labels in names.values() for label in labels}:
            words = first
        return _one_of(names, "status", cell, words) if words.strip() else None

    def _rag(self, _: Field, cell: Cell) -> str:
        names = {
            key: (one.label, one.code, *rules().rag.get(one.code, ())) for key, one in self._lists.rag_ratings.items()
        }
        return _one_of(names, "RAG rating", cell)

    def _place(self, _: Field, cell: Cell) -> dict[str, int] | None:
        """Page and paragraph out of a text that says where something stands; what else it says is left out."""
        found = {one[1].lower(): int(one[2]) for one in _STANDS.finditer(one_line(cell))}
        read = {"page": found.get("page"), "paragraph": found.get("para")}
        return {key: number for key, number in read.items() if number} or None

    def _lines(self, field: Field, cell: Cell, read: Callable[[str], Lines], most: int) -> Lines:
        lines = read(shown(cell))
        for one in lines.entries:
            _within(field.key, one.text, most)
        return lines

    def _themes(self, _: Field, cell: Cell) -> tuple[str, ...]:
        names = {key: (one.name,) for key, one in self._lists.themes.items()}
        whole = one_line(cell)
        if any(plain(whole) == plain(one[0]) for one in names.values()):
            return (_one_of(names, "theme", whole),)
        parts = [part.strip() for part in re.split(r"[;,|\n]", shown(cell)) if part.strip()]
        return tuple(dict.fromkeys(_one_of(names, "theme", part) for part in parts))


def is_blank(cell: Cell) -> bool:
    """Whether a cell says nothing: it is empty, or "n/a", "-", "NULL" and the like."""
    if isinstance(cell, bool) or (isinstance(cell, str) and len(cell) > _LONGEST_BLANK):
        return False
    return fold(one_line(cell)).strip() in rules().words["empty"]


def _says_no_date(cell: Cell) -> bool:
    return isinstance(cell, str) and fold(one_line(cell)).strip(" .") in rules().words["empty_date"]


def _within(key: str, words: str, most: int) -> str:
    most = _LIMITS.get(key, most)
    if len(words) > most:
        raise Doubt(_TOO_LONG.format(name_of(key), most, len(words)))
    return words


def _one_of(names: Mapping[str, tuple[str, ...]], what: str, cell: Cell, words: str = "") -> str:
    wanted = plain(words or one_line(cell))
    for key, labels in names.items():
        if wanted in {plain(label) for label in labels if label}:
            return key
    first = [labels[0] for labels in names.values()]
    listed = ", ".join(first[:_SHOWN]) + (" and others" if len(first) > _SHOWN else "")
    raise Doubt(_NOT_KNOWN.format(what, one_line(cell)[:40], listed))

"""Cells of several lines around an area for improvement: dated notes, pieces of evidence, committees with their day."""

import re
from dataclasses import dataclass, field

from db.dates import PartialDate
from db.text import fold
from desktop_app.exchange import import_dates
from desktop_app.exchange.import_dates import Doubt

_NUMERIC = r"\d{1,2}[/.\-]\d{1,2}[/.\-](?:\d{4}|\d{2})"
_BULLET = r"(?:[•▪●*\-–]\s{1,3})?[(\[]?"
_HEAD = re.compile(rf"{_BULLET}({_NUMERIC}|[^:()\[\]]{{3,40}}?)[)\]]?\s?(:|\s[\-–—])")
_BARE_HEAD = re.compile(rf"{_BULLET}({_NUMERIC})[)\]]?(?=\s|$)")
_IS_NUMERIC = re.compile(_NUMERIC)
_IS_NUMBER = re.compile(r"[\d\W_]+")
_IS_DATE = re.compile(rf"{_NUMERIC}|\d{{4}}-\d\d-\d\d|(?:19|20)\d\d", re.ASCII)
_ADDRESS = re.compile(r"(?:https?://|www\.).{3,1900}", re.IGNORECASE)
_WORDS_OF_A_DAY = 4  # "Monday 3 October 2022"
_NO_COMMITTEE = "“{}” names no committee. Enter it like Scrutiny, 3 October 2022"


@dataclass(frozen=True, slots=True)
class Entry:
    """One note, piece of evidence or report of a cell, and which of its lines it took."""

    first: int
    last: int
    text: str
    day: PartialDate | None = None
    address: str = ""


@dataclass(slots=True)
class Blocks:
    """The folded lines of records that are there already; `sizes` are how many lines they have, by their first."""

    lines: set[tuple[str, ...]] = field(default_factory=set)
    sizes: dict[str, set[int]] = field(default_factory=dict)

    def add(self, words: str) -> None:
        """Know one more."""
        if block := folded(words):
            self.lines.add(block)
            self.sizes.setdefault(block[0], set()).add(len(block))


@dataclass(frozen=True, slots=True)
class Lines:
    """A cell's lines, folded as they are compared, and what they are taken for."""

    folded: tuple[str, ...]
    entries: tuple[Entry, ...]

    def unknown(self, blocks: Blocks) -> list[Entry]:
        """The entries that are not wholly made of lines which the file would show so itself."""
        covered: set[int] = set()
        for start, line in enumerate(self.folded):
            for size in blocks.sizes.get(line, ()):
                if self.folded[start : start + size] in blocks.lines:
                    covered.update(range(start, start + size))
        return [one for one in self.entries if not covered >= {*range(one.first, one.last + 1)}]


def folded(words: str) -> tuple[str, ...]:
    """The lines of a text that hold something, as they are compared."""
    return tuple(fold(line).strip() for line in words.split("\n") if line.strip())


def notes(words: str) -> Lines:
    """Notes: each line that begins with a day begins one, and what stands before the first is one without a day.

    Raises:
        Doubt: a day in numbers is none.
    """
    begun: list[tuple[int, PartialDate | None, list[str]]] = []
    place = -1
    for line in words.split("\n"):
        place += bool(line.strip())
        day, rest = _dated(line.strip())
        if day or not begun:
            begun.append((max(place, 0), day, [rest]))
        else:
            begun[-1][2].append(rest)
    ends = [*(first - 1 for first, _, _ in begun[1:]), place]
    made = (
        _note(first, last, day, "\n".join(parts).strip()) for (first, day, parts), last in zip(begun, ends, strict=True)
    )
    return Lines(folded(words), tuple(one for one in made if one.text))


def _note(first: int, last: int, day: PartialDate | None, text: str) -> Entry:
    """A day without words is all that the note says."""
    return Entry(first, last, text, day) if text or day is None else Entry(first, last, str(day))


def _dated(line: str) -> tuple[PartialDate | None, str]:
    """The day at the beginning of a line, and what follows."""
    if found := _BARE_HEAD.match(line):
        return import_dates.day(found[1]), line[found.end() :].lstrip(" :–—-\t")
    if (found := _HEAD.match(line)) and (day := _day(found[1])):
        rest = line[found.end() :].lstrip()
        after = _HEAD.match(rest)
        is_period = found[1].strip().isdigit() or _day(rest) or (after and _day(after[1]))
        return (None, line) if found[2] != ":" and is_period else (day, rest)
    whole = _day(line)
    return (whole, "") if whole else (None, line)


def _day(words: str) -> PartialDate | None:
    """The day that words are; None where they are none. Of numbers only days and years count as such."""
    bare = words.strip()
    if not any(letter.isdigit() for letter in bare) or (_IS_NUMBER.fullmatch(bare) and not _IS_DATE.fullmatch(bare)):
        return None
    try:
        return import_dates.day(bare)
    except Doubt:
        if _IS_NUMERIC.fullmatch(bare):
            raise
        return None


def evidence(words: str) -> Lines:
    """Evidence: a piece a line; a web address at its end is kept as such."""
    return Lines(folded(words), tuple(_piece(place, line) for place, line in enumerate(_filled(words))))


def _piece(place: int, line: str) -> Entry:
    last = line.rsplit(None, 1)[-1]
    if not _ADDRESS.fullmatch(last):
        return Entry(place, place, line)
    return Entry(place, place, line.removesuffix(last).rstrip(" :–-\t"), address=last)


def reports(words: str) -> Lines:
    """Committees with the day on which it was reported to them: one a line, or several with days between semicolons.

    Raises:
        Doubt: a day stands without its committee.
    """
    found: list[Entry] = []
    for place, line in enumerate(_filled(words)):
        parts = [_report(place, part.strip()) for part in line.split(";") if part.strip()]
        found += parts if len(parts) > 1 and all(one.day for one in parts) else [_report(place, line)]
    return Lines(folded(words), tuple(found))


def _report(place: int, line: str) -> Entry:
    words = line.split()
    for count in range(min(_WORDS_OF_A_DAY, len(words)), 0, -1):
        before, tail = " ".join(words[:-count]), " ".join(words[-count:])
        is_apart = not before or before[-1] in ",:(–-" or tail[0] in "(["
        day = _day(tail.strip("()[],.")) if is_apart or not tail.isdigit() else None
        if day and (is_apart or not before[-1].isdigit()):
            if not before:
                raise Doubt(_NO_COMMITTEE.format(line[:60]))
            return Entry(place, place, before.rstrip(" ,:(–-") or before, day)
    return Entry(place, place, " ".join(words))


def _filled(words: str) -> list[str]:
    return [line.strip() for line in words.split("\n") if line.strip()]

"""Dates known to the day, the month or the year, as inspections print them."""

import calendar
import re
from dataclasses import dataclass
from datetime import date
from typing import Self

from db.errors import BadDate

# Written out: `calendar.month_name` follows the machine's language once Qt has chosen it.
MONTHS = tuple("January February March April May June July August September October November December".split())
FIRST_YEAR, LAST_YEAR = 1900, 2199
_ISO = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?\Z", re.ASCII)
_DAY_WORD = re.compile(r"^(monday|tuesday|wednesday|thursday|friday|saturday|sunday),?\s+", re.IGNORECASE)


@dataclass(frozen=True, slots=True, order=True)
class PartialDate:
    """A date of which the day, or the day and the month, may not be known.

    Raises:
        BadDate: there is no such day; its text says what to change.
    """

    year: int
    month: int | None = None
    day: int | None = None

    def __post_init__(self) -> None:
        if not FIRST_YEAR <= self.year <= LAST_YEAR:
            raise BadDate("Enter a year with four digits, like 2022", "year")
        if self.month is None and self.day is not None:
            raise BadDate("Enter a month as well as a day", "month")
        if self.month is not None and not 1 <= self.month <= 12:
            raise BadDate("Enter a month from 1 to 12", "month")
        if self.day is not None:
            self._check_day()

    def _check_day(self) -> None:
        assert self.month is not None and self.day is not None
        length = calendar.monthrange(self.year, self.month)[1]
        if not 1 <= self.day <= length:
            raise BadDate(f"Enter a day from 1 to {length}: {MONTHS[self.month - 1]} {self.year} has no other", "day")

    @classmethod
    def from_iso(cls, text: str) -> Self:
        """Read "2022-05-09", "2018-07" or "2011", the form in the file."""
        found = _ISO.match(text)
        if not found:
            raise BadDate(f"“{text}” is not a date in the form 2022-05-09")
        return cls(*(int(part) if part else None for part in found.groups()))  # type: ignore[arg-type]

    @property
    def iso(self) -> str:
        """The form in the file; as long as what is known."""
        parts = [f"{self.year:04d}", *(f"{part:02d}" for part in (self.month, self.day) if part is not None)]
        return "-".join(parts)

    @property
    def first_day(self) -> date:
        """The earliest day that this may mean."""
        return date(self.year, self.month or 1, self.day or 1)

    @property
    def last_day(self) -> date:
        """The latest day that this may mean."""
        month = self.month or 12
        return date(self.year, month, self.day or calendar.monthrange(self.year, month)[1])

    def is_before(self, other: Self) -> bool:
        """Whether every day of this one lies before every day of the other."""
        return self.last_day < other.first_day

    def __str__(self) -> str:
        words = [str(self.year)]
        if self.month is not None:
            words.insert(0, MONTHS[self.month - 1])
        if self.day is not None:
            words.insert(0, str(self.day))
        return " ".join(words)


def parse(text: str) -> PartialDate:
    """Read a date as people write it: "9 May 2022", "09/05/2022", "2022-05-09", "July 2018", "2011".

    The day stands before the month, as in England, unless the year stands first.

    Raises:
        BadDate: it is no date, or its year has not four digits.
    """
    words = _DAY_WORD.sub("", text.strip())
    words = re.sub(r"(?<=\d)(st|nd|rd|th)\b", "", words, flags=re.IGNORECASE)
    parts = [part for part in re.split(r"[\s,./\-–—]+", words) if part and part.lower() != "of"]
    if not 1 <= len(parts) <= 3 or not any(part.isdigit() for part in parts):
        raise BadDate("Enter a date like 9 May 2022, May 2022 or 2022")
    if len(parts) > 1 and re.fullmatch(r"\d{4}", parts[0], re.ASCII):
        parts.reverse()
    elif len(parts) == 3 and not parts[0].isdigit():
        parts = [parts[1], parts[0], parts[2]]
    return from_parts(*([""] * (3 - len(parts)) + parts))


def from_parts(day: str, month: str, year: str) -> PartialDate:
    """Make a date of what stands in three boxes; an empty day, or day and month, is not known.

    Raises:
        BadDate: with the name of the box to mend.
    """
    if not re.fullmatch(r"\d{4}", year.strip(), re.ASCII):
        raise BadDate("Enter a year with four digits, like 2022", "year")
    return PartialDate(int(year), _month_in_box(month.strip()), _day_number(day.strip()))


def month_number(text: str) -> int | None:
    """The number of a month by its name or the start of it: "Sept." is 9; None where it is no month."""
    start = text.lower().rstrip(".")
    for number, name in enumerate(MONTHS, 1):
        if (len(start) >= 3 and name.lower().startswith(start)) or (start == "sept" and number == 9):
            return number
    return None


def _month_in_box(text: str) -> int | None:
    if not text:
        return None
    if re.fullmatch(r"\d{1,2}", text, re.ASCII):
        return int(text)
    if number := month_number(text):
        return number
    raise BadDate("Enter a month as a number or a name, like 5 or May", "month")


def _day_number(text: str) -> int | None:
    if not text:
        return None
    if not re.fullmatch(r"\d{1,2}", text, re.ASCII):
        raise BadDate("Enter a day as a number, like 9", "day")
    return int(text)


def short_period(started_on: PartialDate | None, ended_on: PartialDate | None) -> str:
    """Say a period for a narrow place: "9 to 20 May 2022", "28 Nov to 13 Dec 2011", "Jul 2018"."""
    if started_on is None or ended_on is None or ended_on == started_on:
        known = started_on or ended_on
        return _short(known) if known else ""
    first = _short(started_on)
    if started_on.day and (started_on.year, started_on.month) == (ended_on.year, ended_on.month):
        first = str(started_on.day)
    elif started_on.year == ended_on.year and started_on.month is not None:
        first = first.removesuffix(f" {started_on.year}")
    return f"{first} to {_short(ended_on)}"


def _short(known: PartialDate) -> str:
    words = str(known).split()
    return " ".join(word[:3] if word.isalpha() else word for word in words)


def period(started_on: PartialDate | None, ended_on: PartialDate | None) -> str:
    """Say a period in full: "9 May to 20 May 2022", "July 2018", "28 November to 13 December 2011".

    An end without a start is "to 20 May 2022"; nothing known is an empty text.
    """
    if started_on is None:
        return f"to {ended_on}" if ended_on else ""
    if ended_on is None or ended_on == started_on:
        return str(started_on)
    first = str(started_on)
    if started_on.year == ended_on.year and started_on.month is not None:
        first = first.removesuffix(f" {started_on.year}")
    return f"{first} to {ended_on}"

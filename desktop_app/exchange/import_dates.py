"""Dates as British people write them in a cell; what can be read in one way only is read, anything else is named."""

import re
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from db.dates import PartialDate, month_number, parse
from db.errors import BadDate
from desktop_app.exchange.import_cells import Broken, Cell, one_line
from desktop_app.exchange.import_xlsx import day_of
from desktop_app.reading import draft_dates

_NUMERIC = re.compile(r"(\d{1,2})\s*[/.\-]\s*(\d{1,2})\s*[/.\-]\s*(\d{4}|\d{2})", re.ASCII)
_ISO = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})", re.ASCII)
_COMPACT = re.compile(r"((?:19|20)\d{2})(\d{2})(\d{2})", re.ASCII)
_TIME = re.compile(r"[T\s]+\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?\s*(?:[ap]m)?(?:Z|[+-]\d{2}:?\d{2})?$", re.ASCII | re.I)
_MONTH_YEAR = re.compile(r"([A-Za-z]{3,9})[.\s'’/-]+(\d{4}|\d{2})", re.ASCII)
_DAY_MONTH_YEAR = re.compile(r"(\d{1,2})(?:st|nd|rd|th)?[\s./-]+([A-Za-z]{3,9})[.,\s'’/-]+(\d{2})", re.ASCII | re.I)
_MONTH_SLASH_YEAR = re.compile(r"(\d{1,2})\s*/\s*(\d{4})", re.ASCII)
_SHORT_YEAR = re.compile(
    r"(\d(?:st|nd|rd|th)?\s+([A-Za-z]{3,9})\.?),?\s+['’]?(\d{2})(?=\s*(?:-|–|,|\bto\b|\band\b|$))", re.ASCII
)
_WEEKDAY = re.compile(r"^(?:mon|tues?|wed(?:nes)?|thur?s?|fri|satur|sat|sun)(?:day)?\.?,?\s+", re.I)
_OLDEST_SHORT_YEAR = 70  # 69 is 2069; what is older than 1970 nobody writes with two digits
_NO_DATE = "“{}” is no date. Enter it like 9 May 2022, May 2022 or 2022"
_MONTH_FIRST = "“{}” is a date only if the month stands first. Enter the day first, like {}"
_BACKWARDS = "“{}” ends before it begins. Check both days"
_NO_YEAR = "“{}” has no year. Enter it like 9 May 2022"
_OLD_YEAR = "“{}” has a year of two digits that may mean two centuries. Enter it with four"
_MORE = "“{}” names more than two periods. Keep two, and write the others into the notes"
_LONGEST = 160
_MOST_DAYS = 120  # of a period whose first day has no year of its own


class Doubt(ValueError):
    """A cell that cannot be taken as it stands; the sentence, without its full stop, says what to do."""


@dataclass(frozen=True, slots=True)
class Days:
    """What a cell says: one day, a period, or two periods; `printed` is the wording where only a week is said."""

    first: PartialDate
    last: PartialDate | None = None
    second_first: PartialDate | None = None
    second_last: PartialDate | None = None
    printed: str = ""


def day(cell: Cell) -> PartialDate:
    """The one date of a cell.

    Raises:
        Doubt: it holds none, or more than one.
    """
    found = days(cell)
    if found.last not in (None, found.first) or found.second_first:
        raise Doubt(f"“{one_line(cell)}” is more than one day. Enter one date, like 9 May 2022")
    return found.first


def days(cell: Cell) -> Days:
    """The date or dates of a cell; the day stands before the month, always.

    Raises:
        Doubt: it holds none that can be read in one way only.
    """
    match cell:
        case Broken():
            raise Doubt(cell.advice.rstrip("."))
        case bool() | None:
            raise Doubt(_NO_DATE.format(one_line(cell)))
        case date():
            return Days(PartialDate(cell.year, cell.month, cell.day))
        case int() | float():
            return Days(_of_number(cell))
    return _of_text(one_line(cell))


def is_date(words: str) -> bool:
    """Whether a text is a date or a period."""
    try:
        days(words)
    except Doubt:
        return False
    return not words.strip().isdigit()


def _of_number(number: float) -> PartialDate:
    words = one_line(number)
    if found := _COMPACT.fullmatch(words):
        return _made(words, found[3], found[2], found[1])
    if float(number).is_integer() and 1900 <= number <= 2199:
        return PartialDate(int(number))
    if counted := day_of(number):
        return PartialDate(counted.year, counted.month, counted.day)
    raise Doubt(_NO_DATE.format(words))


def _of_text(words: str) -> Days:
    if len(words) > _LONGEST or not words:
        raise Doubt(_NO_DATE.format(f"{words[:40]}…" if words else ""))
    bare = _WEEKDAY.sub("", _TIME.sub("", words)).strip(" ,;.")
    if bare.isascii() and bare.replace(".", "", 1).isdigit() and len(bare) >= 4 and "." not in bare[:4]:
        return Days(_of_number(float(bare)))
    one = _single(words, bare)
    return Days(one) if one else _period(words, bare)


def _single(words: str, bare: str) -> PartialDate | None:
    if found := _NUMERIC.fullmatch(bare):
        return _made(words, *found.groups())
    if found := _ISO.fullmatch(bare):
        return _made(words, found[3], found[2], found[1], is_iso=True)
    if found := _COMPACT.fullmatch(bare):
        return _made(words, found[3], found[2], found[1], is_iso=True)
    if (found := _DAY_MONTH_YEAR.fullmatch(bare)) and month_number(found[2]):
        return _made(words, found[1], str(month_number(found[2])), found[3])
    if (found := _MONTH_YEAR.fullmatch(bare)) and month_number(found[1]):
        return _made(words, "", str(month_number(found[1])), found[2])
    if found := _MONTH_SLASH_YEAR.fullmatch(bare):
        return _made(words, "", found[1], found[2])
    try:
        return parse(bare)
    except BadDate:
        return None


def _made(words: str, day_digits: str, month: str, year: str, *, is_iso: bool = False) -> PartialDate:
    if len(year) == 2:
        if int(year) >= _OLDEST_SHORT_YEAR:
            raise Doubt(_OLD_YEAR.format(words))
        year = f"20{year}"
    try:
        return PartialDate(int(year), int(month), int(day_digits) if day_digits else None)
    except BadDate as error:
        if day_digits and not is_iso and int(month) > 12 >= int(day_digits) >= 1 and int(month) <= 31:
            raise Doubt(_MONTH_FIRST.format(words, f"{month}/{day_digits}/{year}")) from error
        raise Doubt(_NO_DATE.format(words)) from error


def _period(words: str, bare: str) -> Days:
    bare = _SHORT_YEAR.sub(_with_century, bare)
    if not draft_dates.looks_like_dates(bare):
        raise Doubt(_NO_DATE.format(words))
    found = draft_dates.read_periods(bare)
    if not found.periods:
        has_year = re.search(r"\b(?:19|20)\d{2}\b|\d[/.]\d{2}\b", bare)
        raise Doubt((_NO_DATE if has_year else _NO_YEAR).format(words))
    if any("is read as" in doubt for doubt in found.doubts):
        raise Doubt(_NO_DATE.format(words))
    if len(found.periods) > 2:
        raise Doubt(_MORE.format(words))
    ends = [end for period in found.periods for end in (period.started_on, period.ended_on)]
    known = [end for end in ends if end is not None]
    if not known or ends[0] is None:
        raise Doubt(_NO_DATE.format(words))
    if any(later.is_before(earlier) for earlier, later in pairwise(known)):
        raise Doubt(_BACKWARDS.format(words))
    if (known[-1].last_day - known[0].first_day).days > _MOST_DAYS and "of its own" in " ".join(found.doubts):
        raise Doubt(_BACKWARDS.format(words))
    second = ends[2:] or [None, None]
    printed = words if ends[1] is None else ""
    return Days(ends[0], ends[1], second[0], second[1], printed)


def _with_century(found: re.Match[str]) -> str:
    """ "9 May 22" as "9 May 2022"; a word that is no month stays as it is."""
    return f"{found[1]} 20{found[3]}" if month_number(found[2]) else found[0]

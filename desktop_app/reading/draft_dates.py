"""Periods as reports print them: "9 May to 20 May 2022", "8 – 12 July 2013", "13 and 14 July 2021", two periods."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import timedelta
from difflib import get_close_matches

from db.dates import MONTHS, PartialDate, from_parts
from db.errors import BadDate
from desktop_app.reading.draft_lines import plain
from desktop_app.reading.draft_values import Certainty, Period

_MONTH = (
    r"(?P<{0}>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?"
    r"|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)(?![a-z])\.?"
)
_DAY = r"(?P<{0}>[0-3]?[0-9])(?:st|nd|rd|th)?(?![0-9:])"
_YEAR = r"(?P<{0}>(?:19|20)[0-9]{{2}})(?:[1-9](?![0-9]))?(?![0-9])"  # a footnote's mark may stand close behind
_TOKEN = re.compile(
    "|".join(
        (
            r"(?P<week>week (?:commencing|beginning)|w/c)",
            r"(?:mon|tue(?:s)?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?(?![a-z])[.,]?\s*",
            r"(?P<iso>(?:19|20)[0-9]{2}-[0-9]{2}-[0-9]{2})\b",
            r"(?P<numeric>[0-9]{1,2}[/.][0-9]{1,2}[/.](?:[0-9]{4}|[0-9]{2}))\b",
            _DAY.format("day") + r"\s*(?:of\s+)?" + _MONTH.format("month") + r"(?:,?\s*" + _YEAR.format("year") + ")?",
            _MONTH.format("month_first")
            + r"\s+"
            + _DAY.format("day_last")
            + r"(?:,?\s+"
            + _YEAR.format("year_of_month_first")
            + ")?",
            _MONTH.format("month_only") + r",?\s+" + _YEAR.format("year_of_month"),
            _DAY.format("day_only"),
            r"(?P<to>(?<![a-z])(?:to|until|till|through)(?![a-z])|-)",
            r"(?P<and>\band\b|&|,|;|\bplus\b|\bthen\b)",
            r"(?P<place>\b(?:on|off)[ -]?site\b|\bremote(?:ly)?\b|\bvirtual(?:ly)?\b|\bre-?opened\b|\bresumed\b)",
            r"(?P<filler>\b(?:from|between|on|the|inclusive|of|fieldwork|visits?)\b|[:()\[\].]|\s+)",
        )
    )
)
_DAY_APART = re.compile(r"(?<![0-9])(?<![0-9] )[1-3] [0-9](?=(?:st|nd|rd|th)?\s*(?:to\b|-|(?:of )?[a-z]{3}))")
_YEAR_APART = re.compile(r"(?<=[a-z] )(?:20|19|2 0|1 9) ?[0-9] ?[0-9](?![0-9])")
_BESIDE = re.compile(r"\b(?:off[ -]?site|on[ -]?site|remote(?:ly)?|virtual(?:ly)?|re-?opened|resumed)\b")
_LAST_DAY = 31
_LONG_WORD = re.compile(r"\b[a-z]{5,11}\b")
_MONTH_NAMES = [month.lower() for month in MONTHS]
_ALIKE = 0.8
_MOST_LETTERS = 120  # longer text is no line of dates
_DATE_WORDS = {"between", "until", "commencing", "beginning", "inclusive", "through"}
_MISSPELT = "“{}” is read as {}."
_DAYS_TOGETHER = 4  # "13 and 14 July" is one visit, "13 May and 2 June" are two
_PLACE = "“{}” stands beside the dates. Check which days belong to the inspection."
_APART = "“{}” is read as {}."
_NO_YEAR = "The report prints no year with these dates. Enter it, if you know it from elsewhere."
_WEEK = "Only the beginning of the week is printed. Enter the last day, if you know it."
_TWO_PERIODS = "The report prints {} periods. The first day is that of the first, the last day that of the last."
_BACKWARDS = "The last day lies before the first. Check the dates against the report."
_NO_SUCH_DAY = "“{}” is no date of the calendar. Check it against the report."
_SHORT_YEAR = "The year is printed with two digits."
_OTHER_YEAR = "The first day has no year of its own; it lies in the year before the last day."


@dataclass(frozen=True, slots=True)
class _Date:
    """What is printed of one date; missing parts come from the date after it."""

    day: int | None = None
    month: str = ""
    year: str = ""
    is_week: bool = False
    has_short_year: bool = False


@dataclass(frozen=True, slots=True)
class Periods:
    """What was made of a printed text, and why it may be doubted."""

    periods: tuple[Period, ...] = ()
    certainty: Certainty = Certainty.NOT_PRINTED
    doubts: tuple[str, ...] = ()


def looks_like_dates(text: str) -> bool:
    """Whether a line holds nothing but parts of dates."""
    text = _mended(plain(text), [])
    return any(map(str.isdigit, text)) and _length_of_dates(text) == len(text)


def _length_of_dates(text: str) -> int:
    at = 0
    while found := _TOKEN.match(text, at):
        at = found.end()
    return at


def read_periods(text: str, *, year: int | None = None) -> Periods:
    """The periods that a printed text names, read as far as it consists of dates.

    Args:
        year: for dates without one, where another line of the report gives it.
    """
    doubts: list[str] = []
    text = _mended(plain(text), doubts)
    if place := _BESIDE.search(text[: _length_of_dates(text)]):
        doubts.append(_PLACE.format(place[0]))
    printed = list(_groups(_tokens(text[: _length_of_dates(text)])))
    if not printed:
        return Periods()
    try:
        periods = _resolved(printed, str(year or ""), doubts)
    except BadDate:
        return Periods(doubts=(_NO_SUCH_DAY.format(text),), certainty=Certainty.NOT_PRINTED)
    if not periods:
        return Periods(doubts=(_NO_YEAR,))
    return Periods(periods, _certainty(periods, doubts, is_lent=bool(year)), tuple(dict.fromkeys(doubts)))


def _mended(text: str, doubts: list[str]) -> str:
    """Dates without the gaps that a file may leave inside a number, and with their months spelt right."""
    text = _months_mended(text, doubts)
    for pattern in (_YEAR_APART, _DAY_APART):
        for found in pattern.finditer(text):
            whole = found[0].replace(" ", "")
            if len(whole) == len(found[0]) or (len(whole) == 2 and int(whole) > _LAST_DAY):
                continue
            doubts.append(_APART.format(found[0], whole))
            text = text.replace(found[0], whole, 1)
    return text


def _months_mended(text: str, doubts: list[str]) -> str:
    """Dates in which a month that is spelt wrong is spelt right, with a doubt."""

    def mend(found: re.Match[str]) -> str:
        if found[0] in _MONTH_NAMES or found[0] in _DATE_WORDS:
            return found[0]
        likely = get_close_matches(found[0], _MONTH_NAMES, n=1, cutoff=_ALIKE)
        if not likely:
            return found[0]
        doubts.append(_MISSPELT.format(found[0], likely[0].title()))
        return likely[0]

    return _LONG_WORD.sub(mend, text) if len(text) < _MOST_LETTERS else text


def read_date(text: str) -> PartialDate | None:
    """The one date that a text begins with."""
    found = read_periods(text).periods
    return found[0].started_on if found else None


def _certainty(periods: tuple[Period, ...], doubts: list[str], *, is_lent: bool) -> Certainty:
    pairs = [(period.started_on, period.ended_on) for period in periods]
    if any(start and end and end.is_before(start) for start, end in pairs):
        doubts.append(_BACKWARDS)
    if len(periods) > 1:
        doubts.append(_TWO_PERIODS.format(len(periods)))
    if set(doubts) - {_OTHER_YEAR, _NO_YEAR} and not (len(periods) > 1 and len(set(doubts)) == 1):
        return Certainty.DOUBTFUL
    return Certainty.DERIVED if is_lent or _OTHER_YEAR in doubts else Certainty.CERTAIN


def _tokens(text: str) -> Iterator[_Date | str]:
    is_week = False
    for found in _TOKEN.finditer(text):
        if found["place"]:
            yield "and"
        elif found["week"]:
            is_week = True
        elif found["to"] or found["and"]:
            yield "to" if found["to"] else "and"
        elif date := _date_of(found):
            yield replace(date, is_week=is_week)
            is_week = False


def _date_of(found: re.Match[str]) -> _Date | None:
    if iso := found["iso"]:
        year, month, day = iso.split("-")
        return _Date(int(day), month, year)
    if numeric := found["numeric"]:
        day, month, year = re.split("[/.]", numeric)
        return _Date(int(day), month, year if len(year) == 4 else f"20{year}", has_short_year=len(year) == 2)
    if found["day"]:
        return _Date(int(found["day"]), found["month"], found["year"] or "")
    if found["day_last"]:
        return _Date(int(found["day_last"]), found["month_first"], found["year_of_month_first"])
    if found["month_only"]:
        return _Date(None, found["month_only"], found["year_of_month"])
    return _Date(int(found["day_only"])) if found["day_only"] else None


def _groups(tokens: Iterator[_Date | str]) -> Iterator[list[_Date]]:
    """The dates of each period, one or two; days named one by one stay apart until their months are known."""
    group: list[_Date] = []
    is_open = False
    for token in _without_page_number(list(tokens)):
        if isinstance(token, str):
            is_open = token == "to" and len(group) == 1
        elif is_open:
            group.append(token)
            is_open = False
        else:
            if group:
                yield group
            group = [token]
    if group:
        yield group


def _without_page_number(tokens: list[_Date | str]) -> list[_Date | str]:
    """A number alone after the last year is the page's."""
    last, before = tokens[-1:], tokens[-2:-1]
    has_more = bool(before) and isinstance(before[0], _Date) and bool(before[0].year)
    is_alone = bool(last) and isinstance(last[0], _Date) and not last[0].month
    return tokens[:-1] if has_more and is_alone else tokens


def _resolved(groups: list[list[_Date]], year: str, doubts: list[str]) -> tuple[Period, ...]:
    """From the last date to the first, as a date without month or year takes those of the next."""
    later, month, last_year = None, "", year
    found: list[tuple[PartialDate, PartialDate | None]] = []
    for group in reversed(groups):
        ends: list[PartialDate] = []
        for date in reversed(group):
            month, last_year = date.month or month, date.year or last_year
            if not last_year or not month:
                doubts.append(_NO_YEAR)
                return ()
            known = _known(date, month, last_year)
            if not date.year and later and later.is_before(known):
                last_year = str(int(last_year) - 1)
                known = _known(date, month, last_year)
                doubts.append(_OTHER_YEAR)
            if date.has_short_year:
                doubts.append(_SHORT_YEAR)
            later = known
            ends.insert(0, known)
        if group[-1].is_week:
            doubts.append(_WEEK)
        found.insert(0, (ends[0], None if group[-1].is_week else ends[-1]))
    return tuple(_together(found))


def _known(date: _Date, month: str, year: str) -> PartialDate:
    return from_parts(str(date.day or ""), month, year)


def _together(found: list[tuple[PartialDate, PartialDate | None]]) -> Iterator[Period]:
    """Days that are named one by one and lie close together are one period."""
    current: tuple[PartialDate, PartialDate | None] | None = None
    for first, last in found:
        if current and _is_next_day(current, first, last):
            current = (current[0], last)
            continue
        if current:
            yield Period(*current)
        current = (first, last)
    if current:
        yield Period(*current)


def _is_next_day(current: tuple[PartialDate, PartialDate | None], first: PartialDate, last: PartialDate | None) -> bool:
    before = current[1]
    is_single = first == last and first.day is not None and before is not None and before.day is not None
    if not is_single or before is None:
        return False
    return timedelta(0) < first.first_day - before.first_day <= timedelta(days=_DAYS_TOGETHER)

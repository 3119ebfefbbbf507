"""Working days in England: without weekends and bank holidays."""

from collections.abc import Iterator
from datetime import date, timedelta
from functools import cache

_MONDAY, _SATURDAY = 0, 5
_DAY = timedelta(days=1)
# Holidays of one year only, and those moved for them (gov.uk/bank-holidays).
_EXTRA = {
    2011: [date(2011, 4, 29)],
    2012: [date(2012, 6, 5)],
    2022: [date(2022, 6, 3), date(2022, 9, 19)],
    2023: [date(2023, 5, 8)],
}
_MOVED = {
    (2012, "spring"): date(2012, 6, 4),
    (2020, "early may"): date(2020, 5, 8),
    (2022, "spring"): date(2022, 6, 2),
}


@cache
def bank_holidays(year: int) -> frozenset[date]:
    """The bank holidays of England in a year, worked out by their rules."""
    easter = _easter(year)
    spring, early = _last_monday(year, 5), _first_monday(year, 5)
    found = {
        easter - 2 * _DAY,
        easter + _DAY,
        _MOVED.get((year, "early may"), early),
        _MOVED.get((year, "spring"), spring),
        _last_monday(year, 8),
        *_EXTRA.get(year, ()),
    }
    return frozenset(
        found | set(_substituted(date(year, 1, 1))) | set(_substituted(date(year, 12, 25), date(year, 12, 26)))
    )


def is_working_day(day: date) -> bool:
    return day.weekday() < _SATURDAY and day not in bank_holidays(day.year)


def after(day: date, count: int) -> date:
    """The working day that is the given number of working days after a day, which itself does not count."""
    while count:
        day += _DAY
        count -= is_working_day(day)
    return day


def _substituted(*holidays: date) -> Iterator[date]:
    """The holidays that stand together, those on a weekend on the next free weekdays after it."""
    taken = {one for one in holidays if one.weekday() < _SATURDAY}
    for one in holidays:
        if one.weekday() >= _SATURDAY:
            while one.weekday() >= _SATURDAY or one in taken:
                one += _DAY
            taken.add(one)
    yield from taken


def _first_monday(year: int, month: int) -> date:
    first = date(year, month, 1)
    return first + (_MONDAY - first.weekday()) % 7 * _DAY


def _last_monday(year: int, month: int) -> date:
    last = date(year, month + 1, 1) - _DAY
    return last - last.weekday() * _DAY


def _easter(year: int) -> date:
    """Easter Sunday, by the anonymous Gregorian rule."""
    golden, century, rest = year % 19, year // 100, year % 100
    epact = (19 * golden + century - century // 4 - (century - (century + 8) // 25 + 1) // 3 + 15) % 30
    weekday = (32 + 2 * (century % 4) + 2 * (rest // 4) - epact - rest % 4) % 7
    shift = (golden + 11 * epact + 22 * weekday) // 451
    month, day = divmod(epact + weekday - 7 * shift + 114, 31)
    return date(year, month, day + 1)

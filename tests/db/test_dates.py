"""Dates as inspections print them, known to the day, the month or the year."""

import pytest
from hypothesis import given
from hypothesis import strategies as some

from db.dates import PartialDate, from_parts, parse, period, short_period
from db.errors import BadDate


@pytest.mark.parametrize(
    ("printed", "iso"),
    [
        ("9 May 2022", "2022-05-09"),
        ("9th May 2022", "2022-05-09"),
        ("Monday 9 May 2022", "2022-05-09"),
        ("09/05/2022", "2022-05-09"),
        ("9.5.2022", "2022-05-09"),
        ("2022-05-09", "2022-05-09"),
        ("May 9, 2022", "2022-05-09"),
        ("28 Nov 2011", "2011-11-28"),
        ("1 Sept. 2019", "2019-09-01"),
        ("July 2018", "2018-07"),
        ("2018-07", "2018-07"),
        ("7/2018", "2018-07"),
        ("2011", "2011"),
        (" 29 February 2012 ", "2012-02-29"),
    ],
)
def test_dates_are_read_as_people_write_them(printed: str, iso: str) -> None:
    assert parse(printed).iso == iso


@pytest.mark.parametrize(
    ("typed", "part"),
    [
        ("31 February 2022", "day"),
        ("29 February 2023", "day"),
        ("1/13/2022", "month"),
        ("9/5/22", "year"),
        ("9 May 1066", "year"),
        ("9 Maybe 2022", "month"),
        ("", ""),
        ("soon", ""),
        ("1 2 3 4", ""),
    ],
)
def test_what_is_no_date_is_told_with_the_part_to_mend(typed: str, part: str) -> None:
    with pytest.raises(BadDate) as refused:
        parse(typed)
    assert refused.value.part == part


def test_a_day_needs_its_month() -> None:
    with pytest.raises(BadDate, match="Enter a month as well as a day"):
        from_parts("9", "", "2022")


@pytest.mark.parametrize(
    ("started", "ended", "said"),
    [
        ("2022-05-09", "2022-05-20", "9 May to 20 May 2022"),
        ("2011-11-28", "2011-12-13", "28 November to 13 December 2011"),
        ("2022-12-05", "2023-02-15", "5 December 2022 to 15 February 2023"),
        ("2018-07", None, "July 2018"),
        (None, "2022-05-20", "to 20 May 2022"),
        ("2022", "2022", "2022"),
    ],
)
def test_a_period_is_said_in_full(started: str | None, ended: str | None, said: str) -> None:
    first = PartialDate.from_iso(started) if started else None
    last = PartialDate.from_iso(ended) if ended else None
    assert period(first, last) == said


@given(some.dates(min_value=PartialDate(1900).first_day, max_value=PartialDate(2199).last_day))
def test_every_day_is_read_back_from_what_is_shown(day: object) -> None:
    known = PartialDate.from_iso(str(day))
    assert parse(str(known)) == known
    assert known.first_day == known.last_day == day


@given(some.text())
def test_no_text_raises_anything_but_a_sentence(text: str) -> None:
    try:
        found = parse(text)
    except BadDate:
        return
    assert PartialDate.from_iso(found.iso) == found


def test_a_month_may_be_the_same_as_a_day_in_it() -> None:
    assert not PartialDate(2022, 5).is_before(PartialDate(2022, 5, 9))
    assert PartialDate(2022, 4).is_before(PartialDate(2022, 5, 9))


@pytest.mark.parametrize(
    ("started", "ended", "said"),
    [
        ("2022-05-09", "2022-05-20", "9 to 20 May 2022"),
        ("2011-11-28", "2011-12-13", "28 Nov to 13 Dec 2011"),
        ("2022-12-05", "2023-02-15", "5 Dec 2022 to 15 Feb 2023"),
        ("2018-07", None, "Jul 2018"),
        ("2016-02", "2016-03", "Feb to Mar 2016"),
        (None, None, ""),
    ],
)
def test_a_period_is_said_shortly_where_room_is_narrow(started: str | None, ended: str | None, said: str) -> None:
    first = PartialDate.from_iso(started) if started else None
    last = PartialDate.from_iso(ended) if ended else None
    assert short_period(first, last) == said

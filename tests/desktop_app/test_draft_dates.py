"""Periods as reports print them, and what is doubted about them."""

import pytest

from desktop_app.reading.draft_dates import looks_like_dates, read_date, read_periods
from desktop_app.reading.draft_values import Certainty


def shown(text: str, year: int | None = None) -> list[tuple[str, str]]:
    periods = read_periods(text, year=year).periods
    return [(one.started_on.iso if one.started_on else "", one.ended_on.iso if one.ended_on else "") for one in periods]


@pytest.mark.parametrize(
    ("printed", "period"),
    [
        ("21 November to 2 December 2022", ("2022-11-21", "2022-12-02")),
        ("9 September 2019 to 20 September 2019", ("2019-09-09", "2019-09-20")),
        ("8 – 12 July 2013", ("2013-07-08", "2013-07-12")),
        ("22 February 2016–18 March 2016", ("2016-02-22", "2016-03-18")),
        ("9-20 May 2022", ("2022-05-09", "2022-05-20")),
        ("13 and 14 July 2021", ("2021-07-13", "2021-07-14")),
        ("between 9 and 13 July 2018", ("2018-07-09", "2018-07-13")),
        ("09/05/2022 - 20/05/2022", ("2022-05-09", "2022-05-20")),
        ("Monday 9th May to Friday 20th May 2022", ("2022-05-09", "2022-05-20")),
        ("28 Sept. to 9 Oct 2020", ("2020-09-28", "2020-10-09")),
        ("10 to 21October 2022", ("2022-10-10", "2022-10-21")),
        ("2022-05-09 to 2022-05-20", ("2022-05-09", "2022-05-20")),
        ("20–31 January 2025 2", ("2025-01-20", "2025-01-31")),
        ("July 2018", ("2018-07", "2018-07")),
        ("Mon 9 May to Fri 20 May 2022", ("2022-05-09", "2022-05-20")),
        ("May 9 to May 20, 2022", ("2022-05-09", "2022-05-20")),
        ("9to20 May2022", ("2022-05-09", "2022-05-20")),
        ("9 May 2022to 20 May 20221", ("2022-05-09", "2022-05-20")),
        ("19 November–30 November 2018.", ("2018-11-19", "2018-11-30")),
        ("from 9 May 2022 until 20th of May 2022 inclusive", ("2022-05-09", "2022-05-20")),
    ],
)
def test_one_period_in_many_forms(printed: str, period: tuple[str, str]) -> None:
    assert shown(printed) == [period]
    assert read_periods(printed).certainty is Certainty.CERTAIN
    assert looks_like_dates(printed)


@pytest.mark.parametrize(
    "printed",
    [
        "5 to 9 December 2022 and 14 to 15 February 2023",
        "5 December 2022 to 9 December 2022, 14 February 2023 to 15 February 2023",
        "5 December to 9 December 2022; 14 and 15 February 2023",
        "5 December 2022 – 9 December 2022 & 14 February – 15 February 2023",
        "5 to 9 December 2022, re-opened 14 to 15 February 2023",
        "on-site: 5 to 9 December 2022; off-site: 14 to 15 February 2023",
    ],
)
def test_two_periods_stay_two(printed: str) -> None:
    assert shown(printed) == [("2022-12-05", "2022-12-09"), ("2023-02-14", "2023-02-15")]
    assert "2 periods" in read_periods(printed).doubts[-1]


def test_a_period_over_new_year_lends_the_first_day_the_year_before() -> None:
    read = read_periods("12 December to 20 January 2023")
    assert shown("12 December to 20 January 2023") == [("2022-12-12", "2023-01-20")]
    assert read.certainty is Certainty.DERIVED


def test_without_a_year_nothing_is_made_up() -> None:
    read = read_periods("9 May to 20 May")
    assert read.periods == ()
    assert "no year" in read.doubts[0]
    assert shown("9 May to 20 May", year=2022) == [("2022-05-09", "2022-05-20")]


def test_a_week_has_only_a_beginning() -> None:
    assert shown("week commencing 9 May 2022") == [("2022-05-09", "")]
    assert read_periods("w/c 9 May 2022").certainty is Certainty.DOUBTFUL


@pytest.mark.parametrize(
    ("printed", "doubt"),
    [
        ("31 February 2022 to 3 March 2022", "no date of the calendar"),
        ("20 May 2022 to 9 May 2022", "before the first"),
        ("09/05/22 to 20/05/22", "two digits"),
        ("11 to 22 Novemeber 2019", "read as November"),
        ("1 9 June to 28 June 2019", "“1 9” is read as 19"),
        ("9 May to 20 May 20 22", "read as 2022"),
        ("4 to 15 March 2024 (on site)", "“on site” stands beside the dates"),
    ],
)
def test_what_is_odd_is_said(printed: str, doubt: str) -> None:
    read = read_periods(printed)
    assert any(doubt in each for each in read.doubts)
    assert read.certainty is not Certainty.CERTAIN


@pytest.mark.parametrize("words", ["Lead inspector: Ann Lee", "Since 2018 children are safe", "", "12 children"])
def test_words_are_no_dates(words: str) -> None:
    assert not looks_like_dates(words)
    assert read_date("Good") is None

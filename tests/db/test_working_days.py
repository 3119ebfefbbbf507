"""Working days in England, and the statutory dates that are counted by them."""

from dataclasses import replace
from datetime import date

import pytest

from db import deadlines, working_days
from db.dates import PartialDate
from db.timeline import Form, LaneForm
from tests.db.test_timeline import LISTS, an_inspection, build, lane


@pytest.mark.parametrize(
    ("year", "holidays"),
    [
        (2011, "01-03 04-22 04-25 04-29 05-02 05-30 08-29 12-26 12-27"),
        (2012, "01-02 04-06 04-09 05-07 06-04 06-05 08-27 12-25 12-26"),
        (2020, "01-01 04-10 04-13 05-08 05-25 08-31 12-25 12-28"),
        (2021, "01-01 04-02 04-05 05-03 05-31 08-30 12-27 12-28"),
        (2022, "01-03 04-15 04-18 05-02 06-02 06-03 08-29 09-19 12-26 12-27"),
        (2023, "01-02 04-07 04-10 05-01 05-08 05-29 08-28 12-25 12-26"),
        (2026, "01-01 04-03 04-06 05-04 05-25 08-31 12-25 12-28"),
    ],
)
def test_the_bank_holidays_of_published_years(year, holidays):
    assert sorted(working_days.bank_holidays(year)) == [date.fromisoformat(f"{year}-{day}") for day in holidays.split()]


def test_seventy_working_days_are_those_of_stockton():
    assert working_days.after(date(2023, 5, 9), 70) == date(2023, 8, 16)


def test_the_first_day_does_not_count_and_weekends_neither():
    assert working_days.after(date(2026, 11, 20), 1) == date(2026, 11, 23)


def a_visit(**more):
    return an_inspection("f", "ILACS_2018", "ilacs_focused_visit", "2021-07-13", **more)


GRAVE = next(one.id for one in LISTS.finding_kinds.values() if one.weight >= 3)


def test_a_statutory_date_needs_the_day_of_receipt():
    received = an_inspection("s", "ILACS_2018", "ilacs_standard", "2022-05-09", received_on=PartialDate(2022, 7, 1))
    due = lane(build((received, [])), "Statutory dates")
    assert due.form is LaneForm.DUE
    assert [(event.form, str(event.on)) for event in due.events] == [
        (Form.DUE, "12 August 2022"),
        (Form.DUE, "11 October 2022"),
    ]
    assert "70 working days from receipt of the report on 1 July 2022" in due.events[1].sentence
    for unknown in (None, PartialDate(2022, 7)):
        shown = build((replace(received, received_on=unknown, published_on=PartialDate(2022, 7, 5)), []))
        assert not [one for one in shown.lanes if one.form is LaneForm.DUE]


def test_a_focused_visit_owes_a_plan_only_with_an_area_for_priority_action():
    visit = a_visit(received_on=PartialDate(2021, 8, 2))
    assert not [one for one in build((visit, [])).lanes if one.form is LaneForm.DUE]
    shown = build((visit, []), counts={"f": {GRAVE: 1}})
    assert [str(event.on) for event in lane(shown, "Statutory dates").events] == ["31 August 2021", "9 November 2021"]


def test_what_is_not_verified_or_cannot_be_told_is_not_drawn():
    assert "send23_plan_35" not in {one.code for one in deadlines.shipped()}

"""What is due next: worked out by the law, entered with a reason, or set for areas and actions."""

from dataclasses import replace
from datetime import date

import pytest

from db import due_next
from db.catalogue import fact_id
from db.dates import PartialDate
from db.edit import Edit
from db.improvement_records import Action, StatutoryDate, Verdict
from db.lists import Lists
from db.records import RecordType, new_id
from db.store import Store
from tests.db.records_from_the_field import DURHAM_2022, FAMILY, MISSING_CHILDREN, PARTNERSHIP

RECEIVED = replace(DURHAM_2022, received_on=PartialDate(2022, 7, 1))
LATER = replace(DURHAM_2022, id=new_id(), started_on=PartialDate(2025, 3, 18), ended_on=None)
DONE = fact_id(RecordType.ACTION_STATUS, "done")
UNDER_WAY = fact_id(RecordType.ACTION_STATUS, "in_progress")
PLANNED = replace(MISSING_CHILDREN, owner="Head of Service", due_on=PartialDate(2022, 9), status_id=UNDER_WAY)
ACTION = Action(
    id=new_id(), area_for_improvement_id=PLANNED.id, text="Offer interviews", due_on=PartialDate(2022, 8, 12)
)
OF_A_QUOTE = replace(ACTION, id=new_id(), area_for_improvement_id=None, quote_id=PARTNERSHIP.id, text="Tell others")


@pytest.fixture
def filled(store: Store) -> Store:
    family = [RECEIVED if one is DURHAM_2022 else PLANNED if one is MISSING_CHILDREN else one for one in FAMILY]
    store.apply(Edit(after=(*family, LATER, ACTION, OF_A_QUOTE)))
    return store


def shown(store: Store) -> list[tuple[str, str]]:
    return [(item.what, str(item.on)) for item in due_next.read(store, Lists.read(store)).items]


PUBLISH = ("Authority publishes the report locally", "12 August 2022")
PLAN = "Action plan (written statement of action) to Ofsted and the Secretary of State"


def test_what_is_due_comes_in_the_order_of_its_dates(filled: Store) -> None:
    assert shown(filled) == [
        PUBLISH,
        ("Offer interviews", "12 August 2022"),
        ("Tell others", "12 August 2022"),
        (PLANNED.text, "September 2022"),
        (PLAN, "11 October 2022"),
    ]


def test_nothing_is_due_of_what_is_done_or_closed(filled: Store) -> None:
    filled.apply(Edit((ACTION,), (replace(ACTION, status_id=DONE),)))
    assert ("Offer interviews", "12 August 2022") not in shown(filled)
    closed = Verdict(id=new_id(), area_for_improvement_id=PLANNED.id, inspection_id=LATER.id, verdict="closed")
    filled.apply(Edit(after=(closed,)))
    assert [what for what, _ in shown(filled)] == [PUBLISH[0], "Tell others", PLAN]


def test_an_entered_day_stands_in_place_of_the_worked_out_one_and_a_met_one_is_not_due(filled: Store) -> None:
    another = StatutoryDate(
        id=new_id(),
        inspection_id=RECEIVED.id,
        deadline="action_plan_70",
        due_on=PartialDate(2022, 10, 31),
        reason="Agreed with Ofsted",
    )
    filled.apply(Edit(after=(another,)))
    assert shown(filled)[-1] == (PLAN, "31 October 2022")
    filled.apply(Edit((another,), (replace(another, done_on=PartialDate(2022, 10, 28)),)))
    found = due_next.read(filled, Lists.read(filled))
    assert PLAN not in [item.what for item in found.items] and [item.what for item in found.met] == [PLAN]


def test_what_cannot_be_worked_out_is_counted_and_not_guessed(filled: Store) -> None:
    found = due_next.read(filled, Lists.read(filled))
    assert {(one.inspection_id, one.on) for one in found.not_known} == {(LATER.id, None)}
    assert len(found.not_known) == 2


def test_how_soon_is_said_in_days_and_a_month_ends_on_its_last(filled: Store) -> None:
    items = due_next.read(filled, Lists.read(filled)).items
    by_what = {item.what: item for item in items}
    said = {what: due_next.how_soon(item, date(2022, 8, 13)) for what, item in by_what.items()}
    assert said == {
        PUBLISH[0]: "1 day late",
        "Offer interviews": "1 day late",
        "Tell others": "1 day late",
        PLANNED.text: "in 48 days",
        PLAN: "in 59 days",
    }
    assert due_next.how_soon(by_what[PUBLISH[0]], date(2022, 8, 12)) == "today"
    assert not by_what[PLANNED.text].is_late(date(2022, 9, 30)) and by_what[PLANNED.text].is_late(date(2022, 10, 1))

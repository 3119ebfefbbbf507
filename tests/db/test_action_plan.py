"""The action plan: what stands in each line, in which order, and nothing that the file does not hold."""

from dataclasses import replace
from datetime import date

import pytest

from db import action_plan
from db.catalogue import fact_id
from db.dates import PartialDate
from db.edit import Edit
from db.improvement_records import Action, CommitteeReport, Evidence, ProgressNote, Verdict
from db.lists import Lists
from db.records import RecordType, new_id
from db.store import Store
from tests.db.records_from_the_field import DURHAM_2022, FAMILY, MISSING_CHILDREN, PARTNERSHIP, REPORT

EARLIER = replace(DURHAM_2022, id=new_id(), started_on=PartialDate(2016, 2, 22), ended_on=None)
OLD = replace(MISSING_CHILDREN, id=new_id(), inspection_id=EARLIER.id, document_id=None, page=9)
AREA = {"area_for_improvement_id": MISSING_CHILDREN.id}
PLANNED = replace(
    MISSING_CHILDREN,
    page=2,
    owner="Head of Service",
    due_on=PartialDate(2023, 3),
    status_id=fact_id(RecordType.ACTION_STATUS, "in_progress"),
    rag_id=fact_id(RecordType.RAG_RATING, "A"),
    rag_reason="Two posts are vacant.",
    impact="More children are seen.",
)
AROUND = (
    Action(id=new_id(), **AREA, position=2, text="Offer every child an interview", due_on=PartialDate(2022, 12, 1)),
    Action(id=new_id(), **AREA, position=1, text="Recruit", success_measure="Posts filled", owner="HR"),
    ProgressNote(id=new_id(), **AREA, noted_on=PartialDate(2022, 9, 1), text="Interviews began."),
    ProgressNote(id=new_id(), **AREA, noted_on=PartialDate(2022, 7), text="Plan agreed."),
    Evidence(id=new_id(), **AREA, text="Said by inspectors", quote_id=PARTNERSHIP.id),
    Evidence(id=new_id(), **AREA, document_id=REPORT.id),
    CommitteeReport(id=new_id(), **AREA, committee="Scrutiny", reported_on=PartialDate(2022, 10, 3)),
    Verdict(
        id=new_id(),
        area_for_improvement_id=OLD.id,
        inspection_id=DURHAM_2022.id,
        verdict="raised_again",
        later_area_id=MISSING_CHILDREN.id,
    ),
)
TODAY = date(2023, 4, 1)


@pytest.fixture
def filled(store: Store) -> Store:
    family = [PLANNED if one is MISSING_CHILDREN else one for one in FAMILY]
    store.apply(Edit(after=(*family, EARLIER, OLD, *AROUND)))
    return store


def plan(store: Store, *areas: str, today: date = TODAY) -> action_plan.ActionPlan:
    return action_plan.read(store, Lists.read(store), areas or (PLANNED.id, OLD.id), today)


def test_a_line_holds_what_the_file_knows(filled: Store) -> None:
    found = plan(filled)
    assert found.title == "Action plan: Durham County Council"
    first, *actions, old = found.lines
    assert [line.number for line in found.lines] == ["1", "1.1", "1.2", "2"]
    assert (first.words, first.place) == (PLANNED.text, "page 2; 2nd time since 2016")
    assert (first.owner, str(first.due_on), first.rag, first.rag_reason) == (
        "Head of Service",
        "March 2023",
        "Amber",
        "Two posts are vacant.",
    )
    assert first.status == "Late, In progress"
    assert first.progress == "July 2022: Plan agreed.\n1 September 2022: Interviews began."
    assert first.evidence == f"Said by inspectors: “{PARTNERSHIP.text}”\n{REPORT.title}"
    assert (first.impact, first.reported_to) == ("More children are seen.", "Scrutiny, 3 October 2022")
    assert [line.words for line in actions] == ["Recruit", "Offer every child an interview"]
    assert [(line.success_measure, line.owner, line.status) for line in actions] == [
        ("Posts filled", "HR", ""),
        ("", "", "Late"),
    ]
    assert old.texts == (OLD.text, *[""] * 7) and old.inspection.endswith("22 February 2016")
    assert first.updated_on == old.updated_on == date.today()


def test_nothing_is_late_before_its_day_is_over(filled: Store) -> None:
    assert plan(filled, today=date(2023, 3, 31)).lines[0].status == "In progress"
    assert plan(filled, today=date(2022, 12, 1)).lines[2].status == ""


def test_only_the_areas_asked_for_are_planned(filled: Store) -> None:
    found = plan(filled, OLD.id)
    assert [line.words for line in found.lines] == [OLD.text] and found.lines[0].number == "1"
    assert "no owner" in found.complete or "has no" in found.complete


def test_a_file_without_areas_says_so(store: Store) -> None:
    found = action_plan.read(store, Lists.read(store), (), TODAY)
    assert (found.title, found.complete, found.lines) == ("Action plan", action_plan.NO_AREAS, ())

"""What hangs on an area for improvement goes and comes back with it; what only names a record loses the name."""

from dataclasses import replace
from typing import Any

import pytest

from db.catalogue import fact_id
from db.dates import PartialDate
from db.dependents import shown_with
from db.edit import Edit
from db.errors import RuleBroken
from db.improvement_records import (
    VERDICTS,
    Action,
    CommitteeReport,
    Evidence,
    ProgressNote,
    StatutoryDate,
    Verdict,
)
from db.overview import removal, row_removal
from db.records import Inspection, Record, RecordType, new_id
from db.rows import classes
from db.schema import m008_improvement
from db.store import Store
from tests.db.records_from_the_field import DURHAM_2022, FAMILY, MISSING_CHILDREN, PARTNERSHIP, REPORT

LATER = replace(DURHAM_2022, id=new_id(), started_on=PartialDate(2025, 3, 18), ended_on=None)
AGAIN = replace(MISSING_CHILDREN, id=new_id(), inspection_id=LATER.id, document_id=None)
AREA = {"area_for_improvement_id": MISSING_CHILDREN.id}
ACTION = Action(id=new_id(), **AREA, text="Commission return home interviews", owner="Head of Service")
OF_A_QUOTE = Action(id=new_id(), quote_id=PARTNERSHIP.id, text="Tell the other teams")
NOTE = ProgressNote(id=new_id(), **AREA, noted_on=PartialDate(2022, 9), text="Interviews are offered to all.")
PROOF = Evidence(id=new_id(), **AREA, text="Said by the inspectors", quote_id=PARTNERSHIP.id)
PAPER = Evidence(id=new_id(), **AREA, document_id=REPORT.id)
MEETING = CommitteeReport(id=new_id(), **AREA, committee="Scrutiny Committee", reported_on=PartialDate(2022, 10, 3))
VERDICT = Verdict(
    id=new_id(),
    **AREA,
    inspection_id=LATER.id,
    verdict="raised_again",
    quote_id=PARTNERSHIP.id,
    later_area_id=AGAIN.id,
)
DUE = StatutoryDate(id=new_id(), inspection_id=LATER.id, deadline="action_plan_70", done_on=PartialDate(2025, 8, 1))
AROUND = (ACTION, OF_A_QUOTE, NOTE, PROOF, PAPER, MEETING, VERDICT, DUE)


@pytest.fixture
def filled(store: Store) -> Store:
    store.apply(Edit(after=(*FAMILY, LATER, AGAIN, *AROUND)))
    return store


def rows_of(store: Store) -> dict[str, Record]:
    return {one.id: one for record_class in classes().values() for one in store.each(record_class)}


@pytest.mark.parametrize(
    ("edit_of", "gone", "without"),
    [
        (
            lambda store: row_removal(store, DURHAM_2022.id, MISSING_CHILDREN),
            {ACTION, NOTE, PROOF, PAPER, MEETING, VERDICT},
            set(),
        ),
        (
            lambda store: row_removal(store, DURHAM_2022.id, PARTNERSHIP),
            {OF_A_QUOTE},
            {replace(PROOF, quote_id=None), replace(VERDICT, quote_id=None)},
        ),
        (lambda store: row_removal(store, DURHAM_2022.id, REPORT), {PAPER}, set()),
        (lambda store: row_removal(store, LATER.id, AGAIN), set(), {replace(VERDICT, later_area_id=None)}),
        (lambda store: removal(store, LATER), {VERDICT, DUE}, set()),
    ],
    ids=["area", "quote", "document", "later area", "later inspection"],
)
def test_what_hangs_on_a_record_goes_and_comes_back_with_it(
    filled: Store, edit_of: Any, gone: set[Record], without: set[Record]
) -> None:
    if REPORT in edit_of(filled).before:
        loose = [replace(one, document_id=None) for one in (PARTNERSHIP, MISSING_CHILDREN)]
        filled.apply(Edit((PARTNERSHIP, MISSING_CHILDREN), tuple(loose)))
    before = rows_of(filled)
    done = filled.apply(edit_of(filled), "Remove")
    left = rows_of(filled)
    assert gone == {before[one.id] for one in AROUND} - {before[one.id] for one in AROUND if one.id in left}
    assert without == {left[one.id] for one in AROUND if one.id in left and left[one.id] != before[one.id]}
    filled.apply(done.undone(), "Undo")
    assert rows_of(filled) == before
    filled.apply(edit_of(filled), "Remove")
    filled.apply(filled.restoring(filled.removed()[0]), "Restore")
    assert rows_of(filled) == before


def test_a_link_that_was_given_anew_meanwhile_stays(filled: Store) -> None:
    filled.apply(row_removal(filled, DURHAM_2022.id, PARTNERSHIP), "Remove quote")
    (removed,) = filled.removed()
    loose = replace(PROOF, quote_id=None)
    filled.apply(Edit((loose,), (replace(loose, address="https://example.org/report"),)))
    filled.apply(filled.restoring(removed), "Restore")
    assert filled.get(Evidence, PROOF.id) == replace(loose, address="https://example.org/report")
    assert filled.get(Verdict, VERDICT.id) == VERDICT


RED = fact_id(RecordType.RAG_RATING, "R")


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        (replace(AGAIN, id=new_id(), rag_id=RED), "Enter the reason for the RAG rating."),
        (replace(ACTION, id=new_id(), quote_id=PARTNERSHIP.id), "An action is for one area for improvement or for"),
        (replace(ACTION, id=new_id(), area_for_improvement_id=None), "An action is for one area for improvement or"),
        (replace(ACTION, id=new_id(), text=" "), "Enter the text."),
        (replace(PROOF, id=new_id(), document_id=REPORT.id), "Choose one quote, one document or one web address."),
        (replace(PAPER, id=new_id(), document_id=None), "Enter what shows it: a quote, a document, a web address or"),
        (replace(MEETING, id=new_id(), committee=""), "Enter committee."),
        (replace(VERDICT, id=new_id(), later_area_id=MISSING_CHILDREN.id), "An area for improvement cannot be raised"),
        (replace(VERDICT, id=new_id(), verdict="perhaps"), "Choose verdict from the list."),
        (replace(DUE, id=new_id(), deadline="fv_plan_70", due_on=PartialDate(2025, 9, 1)), "Enter the reason for the"),
        (replace(DUE, id=new_id()), "This inspection has that date already. Change that one."),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_a_rule_refuses_is_said_in_words(filled: Store, wrong: Record, sentence: str) -> None:
    before = rows_of(filled)
    with pytest.raises(RuleBroken) as refused:
        filled.apply(Edit(after=(wrong,)))
    assert str(refused.value).startswith(sentence)
    assert rows_of(filled) == before


def test_the_words_of_the_view_are_those_of_the_records() -> None:
    assert m008_improvement.VERDICTS == VERDICTS


def test_the_views_show_the_plan_in_words(filled: Store) -> None:
    raw = filled.connection.raw
    assert raw.execute("select about, action, owner, is_open from v_actions where id = ?", (ACTION.id,)).fetchone() == (
        MISSING_CHILDREN.text,
        ACTION.text,
        ACTION.owner,
        "yes",
    )
    assert raw.execute("select text, verdict, quote, later_text from v_verdicts").fetchall() == [
        (MISSING_CHILDREN.text, "Raised again", PARTNERSHIP.text, AGAIN.text)
    ]
    counts = raw.execute("select actions, progress_notes, evidence from v_improvement where number = 1").fetchall()
    assert sorted(counts) == [(0, 0, 0), (1, 1, 2)]
    assert raw.execute("select is_open, status from v_improvement").fetchall() == [("yes", None)] * 2


def test_an_action_or_a_note_is_shown_with_what_it_is_for(filled: Store) -> None:
    assert [shown_with(filled, one) for one in (ACTION, NOTE, OF_A_QUOTE, PARTNERSHIP)] == [
        MISSING_CHILDREN,
        MISSING_CHILDREN,
        PARTNERSHIP,
        PARTNERSHIP,
    ]


def test_an_inspection_is_removed_with_everything_around_it(filled: Store) -> None:
    filled.apply(removal(filled, DURHAM_2022), "Remove inspection")
    assert rows_of(filled).keys() & {one.id for one in AROUND} == {DUE.id} and filled.count(Inspection) == 1

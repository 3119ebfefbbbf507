"""A council's own action plan comes in: areas, actions, notes, evidence, committees; and ours comes back as it went."""

import shutil
import time
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as some

from db import action_plan
from db.catalogue import fact_id
from db.check import deep_check
from db.dates import PartialDate
from db.edit import Edit
from db.improvement_records import Action, CommitteeReport, Evidence, ProgressNote, Verdict
from db.lists import Lists
from db.records import AreaForImprovement, Inspection, Provider, Quote, Record, RecordType, new_id
from db.store import Store
from db.text import fold
from desktop_app.exchange import action_plan_xlsx, import_lines, import_words
from desktop_app.exchange.import_around import Listed
from desktop_app.exchange.import_file import Plan, Wish, look_at, plan_with, vocabulary_of
from desktop_app.exchange.import_source import Source
from tests.db.records_from_the_field import DURHAM_2022, FAMILY, FINDING, MISSING_CHILDREN, PARTNERSHIP, REPORT

EXAMPLES, EXAMPLES_BY_HAND = 8, 200
ANY = settings(  # a whole file is made for each example: one that fails is not made smaller
    deadline=None, database=None, suppress_health_check=list(HealthCheck), phases=(Phase.generate,)
)
SECONDS = 5.0  # of the processor; such a cell takes hundredths of one, and minutes where it goes wrong
TODAY = date(2023, 4, 1)
IN_PROGRESS, DONE, CLOSED = (
    fact_id(RecordType.ACTION_STATUS, code) for code in ("in_progress", "done", "closed_by_inspectors")
)
AMBER = fact_id(RecordType.RAG_RATING, "A")
AROUND = (Action, ProgressNote, Evidence, CommitteeReport)
HEADINGS = (
    "Ref\tAFI verbatim\tAction\tExpected impact / success measure\tOwner (post)\tDue date\tStatus\tRAG\t"
    "Reason for the RAG\tProgress\tEvidence\tImpact\tReported to / date\tLast updated\n"
)
PLANS = "The quality of plans."


@pytest.fixture
def file(store: Store) -> Store:
    store.apply(Edit(after=FAMILY))
    return store


def planned(file: Store, text: str = "", path: Path | None = None, **wished: Any) -> Plan:
    columns = look_at(Source(path=path, text=text), vocabulary_of(Lists.read(file)))
    chosen = {"provider_id": FAMILY[0].id} if path else {"inspection_id": DURHAM_2022.id}
    return plan_with(file, columns, Wish(columns.fields, **(chosen | wished)))


def sheet(*rows: dict[str, str]) -> str:
    keys = "ref area action measure owner due status rag reason progress evidence impact reported updated".split()
    cells = ('"' + row.get(key, "").replace('"', '""') + '"' for row in rows for key in keys)
    lines = ["\t".join(line) for line in zip(*[cells] * len(keys), strict=True)]
    return HEADINGS + "\n".join(lines)


def lines(plan: Plan) -> list[str]:
    return [problem.line for problem in plan.problems]


ROWS = (
    {"ref": "1", "area": PLANS, "owner": "Head of Service", "due": "March 2023", "status": "Late, In progress"}
    | {"rag": "Amber", "reason": "Two posts are vacant.", "impact": "Children are seen.", "updated": "1/3/23"}
    | {"progress": "Plan agreed.\n01/07/22 - Training began.\nIt goes on.\n1 September 2022: Interviews began."}
    | {"evidence": "Audit of 20 plans\nMinutes: https://example.org/minutes\nhttps://example.org/a"}
    | {"reported": "Scrutiny, 3 October 2022; Cabinet (November 2022)\nImprovement Board"},
    {"ref": "1.1", "area": PLANS, "action": "Recruit", "measure": "Posts filled", "owner": "HR", "due": "1/5/23"}
    | {"status": "Done", "impact": "Fewer complaints."},
    {"ref": "1.2", "area": PLANS.upper(), "action": "Train", "status": "Late"},
    {"ref": "2", "area": MISSING_CHILDREN.text, "action": "Meet weekly", "owner": "Team manager", "status": "Open"},
)


def test_a_council_s_action_plan_comes_in_with_everything_around_its_areas(file: Store) -> None:
    plan = planned(file, sheet(*ROWS))
    assert lines(plan) == []
    assert plan.notices == ("These columns are left out: Last updated.",)
    said = "1 area for improvement, 3 actions, 3 progress notes, 3 pieces of evidence and 3 committee reports"
    assert import_words.summary(plan) == f"New: {said}. 1 record that you have gets more."
    assert import_words.button(plan) == "Import 1 area for improvement"
    assert plan.incoming[0].endswith(said.replace(" and ", ", "))
    file.apply(plan.edit)
    area = file.each(AreaForImprovement)[1]
    assert (area.owner, str(area.due_on), area.status_id) == ("Head of Service", "March 2023", IN_PROGRESS)
    assert (area.rag_id, area.rag_reason) == (AMBER, "Two posts are vacant.")
    assert area.impact == "Children are seen.\nFewer complaints."
    recruit, train = file.each(Action, area_for_improvement_id=area.id)
    assert (recruit.success_measure, recruit.owner, str(recruit.due_on)) == ("Posts filled", "HR", "1 May 2023")
    assert (recruit.status_id, recruit.position, train.text, train.status_id) == (DONE, 1, "Train", None)
    assert [(str(one.noted_on or ""), one.text) for one in file.each(ProgressNote)] == [
        ("", "Plan agreed."),
        ("1 July 2022", "Training began.\nIt goes on."),
        ("1 September 2022", "Interviews began."),
    ]
    assert [(one.text, one.address) for one in file.each(Evidence)] == [
        ("Audit of 20 plans", ""),
        ("Minutes", "https://example.org/minutes"),
        ("", "https://example.org/a"),
    ]
    assert [(one.committee, str(one.reported_on or "")) for one in file.each(CommitteeReport)] == [
        ("Scrutiny", "3 October 2022"),
        ("Cabinet", "November 2022"),
        ("Improvement Board", ""),
    ]
    assert planned(file, sheet(*ROWS)).is_empty
    assert deep_check(file.path).is_sound


def test_one_undo_takes_all_of_it_back(file: Store) -> None:
    before = [file.each(one) for one in (AreaForImprovement, *AROUND)]
    done = file.apply(planned(file, sheet(*ROWS)).edit, "Import")
    file.apply(done.undone(), "Undo")
    assert [file.each(one) for one in (AreaForImprovement, *AROUND)] == before


def test_without_a_row_of_its_own_an_area_gets_what_all_its_actions_say_alike(file: Store) -> None:
    """So that a plan of one row for each area shows owner, due date and status in the list, and what is late."""
    first = {"area": PLANS, "action": "Recruit", "owner": "HR", "due": "1/5/23", "status": "Done"}
    second = {"area": PLANS, "action": "Train", "owner": "HR", "due": "1/6/23"}
    alone = {"area": MISSING_CHILDREN.text, "action": "Meet weekly", "due": "2/6/23", "status": "Done"}
    plan = planned(file, sheet(first, second, alone))
    file.apply(plan.edit)
    missing, plans = file.each(AreaForImprovement)
    assert (plans.owner, plans.due_on, plans.status_id) == ("HR", None, None)
    assert (missing.owner, missing.due_on, missing.status_id) == ("", PartialDate(2023, 6, 2), DONE)
    assert planned(file, sheet(first, second, alone)).is_empty
    later = planned(file, sheet(first | {"owner": "Other"}, second, alone | {"status": "Open"}))
    assert later.is_empty
    assert {"Owner: the table says otherwise once. What your file says stays."} < {*later.notices}


@pytest.mark.parametrize(
    ("row", "line"),
    [
        ({"area": PLANS, "rag": "Green"}, "Row 2, Reason for the RAG: Enter the reason for the RAG rating."),
        ({"area": PLANS, "rag": "Pink", "reason": "x"}, "Row 2, RAG: This file has no RAG rating “Pink”. Enter one"),
        ({"action": "Recruit"}, "Row 2, AFI verbatim: The row has no area for improvement. Enter the words of the one"),
        ({"progress": "All well"}, "Row 2, AFI verbatim: The row has no area for improvement."),
        ({"area": PLANS, "measure": "Posts"}, "Row 2, Expected impact / success measure: The row has a success"),
        ({"area": PLANS, "progress": "31/02/2022: x"}, "Row 2, Progress: “31/02/2022” is no date."),
        ({"area": PLANS, "reported": "May 2022"}, "Row 2, Reported to / date: “May 2022” names no committee."),
        ({"area": PLANS, "status": "Asleep"}, "Row 2, Status: This file has no status “Asleep”. Enter one of Not"),
    ],
)
def test_what_keeps_a_row_out_is_named_by_row_and_column(file: Store, row: dict[str, str], line: str) -> None:
    plan = planned(file, sheet(row))
    assert [found[: len(line)] for found in lines(plan)] == [line]
    assert plan.is_empty


def test_rows_that_say_otherwise_of_one_area_or_action_are_named(file: Store) -> None:
    own = {"area": PLANS, "action": "Recruit", "owner": "HR", "rag": "Green", "reason": "Filled."}
    text = sheet(own, own | {"owner": "Finance"}, own | {"rag": "Red"}, own | {"rag": "", "reason": "And kept."})
    plan = planned(file, text)
    assert lines(plan) == [
        "Row 3, Owner (post): Owner is “Finance” here, and “HR” in row 2, of the same action. Correct one of them.",
        "Row 4, RAG: RAG rating is “Red” here, and “Green” in row 2, of the same area for improvement. Correct one of "
        "them, or leave the column out: an area for improvement has one colour, its actions have none.",
    ]
    file.apply(plan.edit)
    assert file.each(AreaForImprovement)[1].rag_reason == "Filled.\nAnd kept."
    again = planned(file, text)
    assert again.is_empty and lines(again) == lines(plan)


def test_a_table_of_colours_without_a_column_for_reasons_says_what_to_do(file: Store) -> None:
    plan = planned(file, "Recommendation\tRAG\tOwner\nThe quality of plans.\tGreen\tHR\n")
    said = "Row 2, RAG: Enter the reason for the RAG rating: no column has it. Add one to the table, or leave this"
    assert [one[: len(said)] for one in lines(plan)] == [said]


@pytest.mark.parametrize(
    "words",
    [
        "• " + " " * 90_000 + "x",
        "a" + " " * 90_000 + "b",
        ":;,(–" * 18_000,
        "1/1/2022 " * 9_000,
        "1 May 2022 - " * 7_000,
    ],
)
def test_cells_that_would_keep_an_expression_busy_are_read_at_once(words: str) -> None:
    started = time.process_time()
    for read in (import_lines.notes, import_lines.evidence, import_lines.reports):
        assert read(words).entries
    assert time.process_time() - started < SECONDS


def test_columns_of_an_action_without_the_action_are_left_out(file: Store) -> None:
    plan = planned(file, "Recommendation\tSuccess measure\tOwner\nThe quality of plans.\tPosts filled\tHR\n")
    said = "These columns say nothing without the words that they are about, and are left out: Success measure."
    assert plan.notices == (said,) and plan.new == {RecordType.AREA_FOR_IMPROVEMENT: 1}


def test_the_start_of_an_action_is_taken_for_that_of_an_inspection_only_after_a_look(file: Store) -> None:
    text = "Area for improvement,Action,Start date,Due date,Strategic lead\nx,y,1 May 2022,2 May 2022,z\n"
    matches = look_at(Source(text=text), vocabulary_of(Lists.read(file))).matches
    assert (matches[2].key, matches[2].is_sure, matches[4].key) == ("started_on", False, "owner")


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("July 2022: Plan agreed.", [("2022-07", "Plan agreed.")]),
        ("2022: Plan agreed: in full.", [("2022", "Plan agreed: in full.")]),
        ("[3 May 2022] - Agreed.", [("2022-05-03", "Agreed.")]),
        ("• 3/5/22 Agreed.\n\n• 4/5/22 Done.", [("2022-05-03", "Agreed."), ("2022-05-04", "Done.")]),
        ("3 May 2022\nAgreed.\nIn full.", [("2022-05-03", "Agreed.\nIn full.")]),
        ("3 May 2022", [("", "3 May 2022")]),
        ("2020 - 2021 plan", [("", "2020 - 2021 plan")]),
        ("9 May 2022 - 12 May 2022: Trained.", [("", "9 May 2022 - 12 May 2022: Trained.")]),
        ("10:30 every Monday", [("", "10:30 every Monday")]),
        ("Q1 2022: 50%\n44690.5", [("", "Q1 2022: 50%\n44690.5")]),
        ("12", [("", "12")]),
    ],
)
def test_a_line_that_begins_with_a_day_begins_a_note(words: str, found: list[tuple[str, str]]) -> None:
    entries = import_lines.notes(words).entries
    assert [(one.day.iso if one.day else "", one.text) for one in entries] == found


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("Scrutiny, 3 October 2022", [("Scrutiny", "2022-10-03")]),
        ("Cabinet 03/10/2022", [("Cabinet", "2022-10-03")]),
        ("Board, 2022", [("Board", "2022")]),
        ("Board 2022", [("Board 2022", "")]),
        ("Panel: May 2022; Cabinet: June 2022", [("Panel", "2022-05"), ("Cabinet", "2022-06")]),
        ("Children; young people", [("Children; young people", "")]),
        ("Scrutiny, 9-20 May 2022", [("Scrutiny, 9-20 May 2022", "")]),
        ("Corporate  Parenting Panel", [("Corporate Parenting Panel", "")]),
    ],
)
def test_a_committee_may_stand_with_its_day(words: str, found: list[tuple[str, str]]) -> None:
    entries = import_lines.reports(words).entries
    assert [(one.text, one.day.iso if one.day else "") for one in entries] == found


SIF = fact_id(RecordType.INSPECTION_KIND, "SIF_2013", "sif_full")
EARLIER = replace(DURHAM_2022, id=new_id(), kind_id=SIF, started_on=PartialDate(2016, 2, 22), ended_on=None)
OLD = replace(MISSING_CHILDREN, id=new_id(), inspection_id=EARLIER.id, document_id=None, page=9, status_id=IN_PROGRESS)
FIRST, SECOND = sorted((new_id(), new_id()))  # notes of one day stand in the order of their ids
FIELDS = {"area_for_improvement_id": MISSING_CHILDREN.id}
FULL: tuple[Record, ...] = (
    *(one for one in FAMILY if one is not MISSING_CHILDREN),
    replace(
        MISSING_CHILDREN,
        text="The response to <b>children</b> who go missing:\nfrom home, and from care.",
        paragraph=12,
        owner="Head of Service",
        due_on=PartialDate(2023, 3),
        status_id=IN_PROGRESS,
        rag_id=AMBER,
        rag_reason='=HYPERLINK("http://x","y")',
        impact="More children are seen.\n\nAnd heard.",
    ),
    EARLIER,
    OLD,
    Action(id=new_id(), **FIELDS, position=2, text="Offer every child an interview", due_on=PartialDate(2022, 12, 1)),
    Action(id=new_id(), **FIELDS, position=1, text="Recruit", success_measure="Posts\nfilled", owner="HR"),
    Action(id=new_id(), **FIELDS, position=3, text="Meet", status_id=CLOSED),
    ProgressNote(id=FIRST, **FIELDS, text="Undated.\nOf two lines."),
    ProgressNote(id=SECOND, **FIELDS, text="Another."),
    ProgressNote(id=new_id(), **FIELDS, noted_on=PartialDate(2022, 9, 1), text="Began.\n\n3 May 2021: see there."),
    ProgressNote(id=new_id(), **FIELDS, noted_on=PartialDate(2022), text="Plan agreed: all of it."),
    Evidence(id=new_id(), **FIELDS, position=1, text="Said by inspectors", quote_id=PARTNERSHIP.id),
    Evidence(id=new_id(), **FIELDS, position=2, document_id=REPORT.id),
    Evidence(id=new_id(), **FIELDS, position=3, text="Minutes", address="https://example.org/m"),
    Evidence(id=new_id(), **FIELDS, position=4, text="A walk:\nseen twice"),
    CommitteeReport(id=new_id(), **FIELDS, committee="Scrutiny", reported_on=PartialDate(2022, 10, 3)),
    CommitteeReport(id=new_id(), **FIELDS, committee="Board, as a whole"),
    Verdict(id=new_id(), area_for_improvement_id=OLD.id, inspection_id=DURHAM_2022.id, verdict="closed"),
)


def exported(file: Store, to: Path) -> action_plan.ActionPlan:
    plan = action_plan.read(file, Lists.read(file), [one.id for one in file.each(AreaForImprovement)], TODAY)
    to.write_bytes(action_plan_xlsx.workbook(plan))
    return plan


@pytest.fixture
def empty(new_file: Path, tmp_path: Path) -> Iterator[Store]:
    """A file with the provider and the inspections, and nothing else."""
    with closing(Store.open(shutil.copy(new_file, tmp_path / "empty.sqlite"))) as made:
        made.apply(Edit(after=tuple(one for one in FULL if isinstance(one, Provider | Inspection))))
        yield made


def bare(plan: action_plan.ActionPlan) -> list[action_plan.Line]:
    """Its lines without what follows from other records."""
    return [
        replace(line, updated_on=None, place=line.place.partition(";")[0], progress=_packed(line.progress))
        for line in plan.lines
    ]


def _packed(words: str) -> str:
    return "\n".join(line for line in words.split("\n") if line)


def test_our_own_plan_is_known_in_its_file_and_stands_the_same_in_another(
    store: Store, empty: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store.apply(Edit(after=FULL))
    path = tmp_path / "plan.xlsx"
    plan = exported(store, path)
    again = planned(store, path=path)
    assert (lines(again), again.is_empty, again.rows) == ([], True, len(plan.lines))
    assert again.notices == ("These columns are left out: Last updated.",)
    taken = planned(empty, path=path)
    assert (lines(taken), taken.left_out) == ([], 0)
    empty.apply(taken.edit)
    back = exported(empty, tmp_path / "back.xlsx")
    first, *others, old = bare(plan)
    old = replace(old, status="Closed by inspectors")  # the verdict that says so is no part of the plan
    began = "1 September 2022: Began.\n3 May 2021: see there."  # a line that begins with a day is a note of its own
    moved = "\n".join(["Undated.\nOf two lines.\nAnother.", "3 May 2021: see there.", "2022: Plan agreed: all of it."])
    assert first.progress.endswith(began)
    assert bare(back) == [replace(first, progress=f"{moved}\n1 September 2022: Began."), *others, old]
    assert planned(empty, path=path).is_empty and planned(empty, path=tmp_path / "back.xlsx").is_empty
    # The negative control: told apart by their values alone, notes of several lines come in a second time.
    monkeypatch.setattr(
        Listed, "know", lambda listed, was, now, key, _: (listed.pairs.append((was, now)), listed.keys.add(key))
    )
    assert planned(store, path=path).new.keys() >= {RecordType.PROGRESS_NOTE, RecordType.EVIDENCE}


def test_the_plan_of_the_sample_comes_back_as_nothing_new(sample_file: Path, tmp_path: Path) -> None:
    with closing(Store.open(shutil.copy(sample_file, tmp_path / "durham.sqlite"))) as file:
        count = len(exported(file, tmp_path / "plan.xlsx").lines)
        plan = planned(file, path=tmp_path / "plan.xlsx", provider_id=file.each(Provider)[0].id)
        assert (lines(plan), plan.is_empty, plan.rows) == ([], True, count)


WORDS = some.sampled_from(
    "Plan agreed.|3 May 2022: Began.|2022: x|10:30|Scrutiny, May 2022|https://example.org/a|See: www.example.org|"
    "“Quoted.”|- a point|• another|a; b|=1+1|Late|  |a\n\nb|a\nMay 2021\nb|İ|e\u0301|Board 2022|A, B".split("|")
) | some.text("ab:, -–;\n123/()“”", min_size=1, max_size=14)
DAYS = some.none() | some.sampled_from([PartialDate(2022), PartialDate(2022, 7), PartialDate(2022, 7, 1)])
STATUSES = some.sampled_from([None, IN_PROGRESS, DONE, CLOSED])


@some.composite
def plans(draw: some.DrawFn) -> list[Record]:
    """Areas with anything around them, as a person may have entered it."""
    made: list[Record] = []
    for number in range(draw(some.integers(1, 2))):
        key = new_id()
        reason = draw(some.sampled_from(["", "Vacant.", "a\nb"]))
        made.append(
            AreaForImprovement(
                id=key,
                inspection_id=DURHAM_2022.id,
                position=number + 1,
                text=f"The quality of plans {number}.",
                finding_kind_id=FINDING,
                owner=draw(some.sampled_from(["", "HR"])),
                due_on=draw(DAYS),
                status_id=draw(STATUSES),
                rag_id=AMBER if reason else None,
                rag_reason=reason,
            )
        )
        texts = {fold(words).strip(): words.strip() for words in draw(some.lists(WORDS, max_size=6)) if words.strip()}
        for place, words in enumerate(texts.values()):
            due, status = draw(DAYS), draw(STATUSES)
            one = {"id": new_id(), "area_for_improvement_id": key}
            made += draw(
                some.sampled_from(
                    [
                        [Action(**one, position=place, text=f"{number} {words}", due_on=due, status_id=status)],
                        [ProgressNote(**one, noted_on=due, text=words)],
                        [Evidence(**one, position=place, text=words)],
                        [CommitteeReport(**one, committee=" ".join(words.split()), reported_on=due)],
                    ]
                )
            )
    return made


def try_any_plan(new_file: Path, tmp_path: Path, examples: int) -> None:
    @settings(ANY, max_examples=examples)
    @given(records=plans())
    def any_plan(records: list[Record]) -> None:
        path = tmp_path / "plan.xlsx"
        with (
            closing(Store.open(shutil.copy(new_file, tmp_path / "one.sqlite"))) as one,
            closing(Store.open(shutil.copy(new_file, tmp_path / "other.sqlite"))) as other,
        ):
            one.apply(Edit(after=(*FAMILY[:2], *records)))
            other.apply(Edit(after=FAMILY[:2]))
            exported(one, path)
            plan = planned(one, path=path)
            assert plan.is_empty, (plan.edit, plan.problems)
            other.apply(planned(other, path=path).edit)
            assert planned(other, path=path).is_empty
            assert other.count(Action) == one.count(Action)

    any_plan()


@pytest.mark.parametrize("examples", [EXAMPLES, pytest.param(EXAMPLES_BY_HAND, marks=pytest.mark.long)])
def test_any_plan_comes_back_as_nothing_new(new_file: Path, tmp_path: Path, examples: int) -> None:
    try_any_plan(new_file, tmp_path, examples)


ROW = some.fixed_dictionaries(
    {"area": some.sampled_from([PLANS, PLANS.upper(), MISSING_CHILDREN.text, ""])},
    optional={
        "action": some.sampled_from(["Recruit", "recruit", "Train"]),
        "measure": some.sampled_from(["Posts", "Staff"]),
        "owner": some.sampled_from(["HR", "Finance"]),
        "due": some.sampled_from(["1/5/23", "May 2023", "31/2/23"]),
        "status": some.sampled_from(["Late", "Late, In progress", "Done", "Closed by inspectors"]),
        "rag": some.sampled_from(["Red", "Amber"]),
        "reason": some.sampled_from(["Vacant.", "Vacant.\nFilled.", "Filled."]),
        "impact": some.sampled_from(["a", "a\n\nb", "b"]),
        "progress": some.lists(WORDS, max_size=3).map("\n".join),
        "evidence": some.lists(WORDS, max_size=3).map("\n".join),
        "reported": some.lists(WORDS, max_size=3).map("\n".join),
    },
)


def try_any_sheet(new_file: Path, tmp_path: Path, examples: int) -> None:
    @settings(ANY, max_examples=examples)
    @given(rows=some.lists(ROW, min_size=1, max_size=6))
    def any_sheet(rows: list[dict[str, str]]) -> None:
        with closing(Store.open(shutil.copy(new_file, tmp_path / "one.sqlite"))) as one:
            one.apply(Edit(after=FAMILY))
            plan = planned(one, sheet(*rows))
            done = one.apply(plan.edit, "Import")
            again = planned(one, sheet(*rows))
            assert again.is_empty, (again.edit, again.problems)
            assert lines(again) == lines(plan)
            one.apply(done.undone(), "Undo")
            assert [record for kind in AROUND for record in one.each(kind)] == []

    any_sheet()


@pytest.mark.parametrize("examples", [EXAMPLES, pytest.param(EXAMPLES_BY_HAND, marks=pytest.mark.long)])
def test_any_sheet_comes_in_once_and_is_taken_back_whole(new_file: Path, tmp_path: Path, examples: int) -> None:
    try_any_sheet(new_file, tmp_path, examples)


def test_a_quote_beside_an_area_keeps_its_page(file: Store) -> None:
    text = "Quote\tArea for improvement\tAction\tPage\nLeaders know.\tThe quality of plans.\tRecruit\t3\n"
    file.apply(planned(file, text).edit)
    assert file.each(Quote)[-1].page == 3 and file.each(Action)[-1].text == "Recruit"

"""What an import would do to a file: the dry run, what stays out and why, and that a second time changes nothing."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from db.check import deep_check
from db.dates import PartialDate
from db.edit import Edit
from db.lists import Lists
from db.records import (
    AreaForImprovement,
    Document,
    Inspection,
    Judgement,
    Provider,
    Quote,
    RecordType,
    new_id,
)
from db.snapshot import Cancelled
from db.store import Store
from desktop_app.exchange import import_words
from desktop_app.exchange.import_file import Plan, Wish, look_at, plan_for_file, plan_with, vocabulary_of
from desktop_app.exchange.import_row import NO_COLUMN
from desktop_app.exchange.import_source import Source
from tests.db.records_from_the_field import DURHAM, DURHAM_2022, FAMILY

NATIONAL = Path(__file__).parents[2].parent / "shared" / "domain" / "national_sheet_sample.csv"
HEADINGS = (
    "Council\tDates\tType\tOverall\tHelp and protection\tChildren in care\tCare leavers\tLeaders\tLead inspector\n"
)
GATESHEAD = "Gateshead\t2-6 December 2024\tILACS\tGood\tGood\tRI\tGood\tOutstanding\tAnn Other\n"
PlanFor = Callable[..., Plan]


@pytest.fixture
def durham_file(store: Store) -> Store:
    store.apply(Edit(after=FAMILY))
    return store


@pytest.fixture
def plan_for(durham_file: Store) -> PlanFor:
    """The plan for a pasted table, with the columns as they are matched."""

    def planned(text: str, **wished: object) -> Plan:
        columns = look_at(Source(text=text), vocabulary_of(Lists.read(durham_file)))
        return plan_with(durham_file, columns, Wish(columns.fields, **wished))  # type: ignore[arg-type]

    return planned


def lines(plan: Plan) -> list[str]:
    return [problem.line for problem in plan.problems]


def test_a_row_is_an_inspection_with_its_judgements_at_a_new_provider(durham_file: Store, plan_for: PlanFor) -> None:
    plan = plan_for(HEADINGS + GATESHEAD)
    assert plan.new == {RecordType.PROVIDER: 1, RecordType.INSPECTION: 1, RecordType.JUDGEMENT: 5}
    assert import_words.summary(plan) == "New: 1 provider, 1 inspection and 5 judgements."
    assert import_words.button(plan) == "Import 1 inspection"
    assert plan.incoming == (
        "New provider Gateshead",
        "New Gateshead, ILACS short inspection, 2 December to 6 December 2024: 5 judgements",
    )
    durham_file.apply(plan.edit)
    (provider,) = durham_file.each(Provider, name="Gateshead")
    (inspection,) = durham_file.each(Inspection, provider_id=provider.id)
    assert (inspection.started_on, inspection.ended_on) == (PartialDate(2024, 12, 2), PartialDate(2024, 12, 6))
    assert inspection.lead_inspector == "Ann Other"
    lists = Lists.read(durham_file)
    grades = {
        lists.areas[one.area_id].code: lists.grades[one.grade_id or ""].initials
        for one in durham_file.each(Judgement, inspection_id=inspection.id)
    }
    assert grades == {
        "ilacs_overall": "G",
        "ilacs_help_protection": "G",
        "ilacs_in_care": "RI",
        "ilacs_care_leavers": "G",
        "ilacs_leaders": "O",
    }


def test_importing_twice_changes_nothing_and_neither_does_a_row_that_stands_twice(
    durham_file: Store, plan_for: PlanFor
) -> None:
    plan = plan_for(HEADINGS + GATESHEAD + GATESHEAD)
    assert (plan.new[RecordType.INSPECTION], plan.known) == (1, 1)
    durham_file.apply(plan.edit)
    again = plan_for(HEADINGS + GATESHEAD + GATESHEAD)
    assert again.is_empty and again.known == 2
    assert import_words.summary(again) == "2 rows say nothing new."


def test_an_inspection_that_is_there_gets_only_what_is_empty_in_it(durham_file: Store, plan_for: PlanFor) -> None:
    row = "Durham\t9 May 2022\tILACS standard\tGood\tGood\tGood\tGood\tGood\tSomebody Else\n"
    plan = plan_for(HEADINGS.replace("Lead inspector", "Lead inspector\tPublished") + row.strip() + "\t5/7/22\n")
    assert plan.new == {RecordType.JUDGEMENT: 3}
    assert plan.filled == 1
    durham_file.apply(plan.edit)
    now = durham_file.get(Inspection, DURHAM_2022.id)
    assert now is not None
    assert (now.lead_inspector, now.published_on) == ("Louise Hollick", PartialDate(2022, 7, 5))
    lists = Lists.read(durham_file)
    leaders = next(one for one in durham_file.each(Judgement) if lists.areas[one.area_id].code == "ilacs_leaders")
    assert lists.grades[leaders.grade_id or ""].code == "outstanding"
    assert "Lead inspector: the table says otherwise once. What your file says stays." in plan.notices
    assert any(notice.startswith("The impact of leaders") for notice in plan.notices)


def test_a_month_is_the_inspection_that_began_in_it(plan_for: PlanFor) -> None:
    plan = plan_for(HEADINGS + "County Durham\tMay 2022\tILACS\tGood\n")
    assert plan.new == {RecordType.JUDGEMENT: 1}


@pytest.mark.parametrize(
    ("row", "line"),
    [
        ("Durham\t05/13/2021\tILACS\tGood", "Row 2, Dates: “05/13/2021” is a date only if the month stands first."),
        ("\t2-6 December 2024\tILACS\tGood", "Row 2, Council: The row names no provider. Enter one."),
        ("Gateshead\t\tILACS\tGood", "Row 2, Dates: The row has no first day, so nothing tells which"),
        ("Gateshead\t2-6 December 2024\tILACS\tGoood", "Row 2, Overall: “Goood” is not on the scale"),
        ("Gateshead\t2 December 2024\tILACS\tGood", "Row 2, Type: It may be ILACS standard inspection or"),
        ("Gateshead\t27 April 2026\tshort\tGood", "Row 2, Overall: ILACS short inspection has no judgement “overall"),
        ("Gateshead\t13 July 2021\tFocused visit\tGood", "Row 2, Overall: ILACS focused visit has no grades."),
        ("Durham\t1-5 May 2021\tILACS\tGood\tGood\tGood\tRI", "Row 2, Care leavers: “The experiences and progress of"),
    ],
)
def test_a_row_with_a_problem_stays_out_and_says_why_by_row_and_column(plan_for: PlanFor, row: str, line: str) -> None:
    plan = plan_for(HEADINGS + row + "\n" + GATESHEAD)
    assert [found[: len(line)] for found in lines(plan)] == [line]
    assert (plan.left_out, plan.new[RecordType.INSPECTION]) == (1, 1)
    assert import_words.summary(plan).endswith("1 row has a problem and stays out.")


def test_every_problem_of_a_row_is_named_and_a_cell_can_be_put_right(plan_for: PlanFor) -> None:
    text = HEADINGS + "Gateshead\t2-6 December 2024\tILACS\tGoood\tGreat\n"
    plan = plan_for(text)
    assert [problem.heading for problem in plan.problems] == ["Overall", "Help and protection"]
    right = {(problem.row, problem.place): "Good" for problem in plan.problems}
    assert plan_for(text, corrected=right).new[RecordType.JUDGEMENT] == 2
    emptied = {(problem.row, problem.place): "" for problem in plan.problems}
    assert RecordType.JUDGEMENT not in plan_for(text, corrected=emptied).new


def test_two_rows_that_contradict_each_other_are_named(plan_for: PlanFor) -> None:
    other = GATESHEAD.replace("Ann Other", "Joe Bloggs")
    assert lines(plan_for(HEADINGS + GATESHEAD + other)) == [
        "Row 3, Lead inspector: “Joe Bloggs” is not what row 2 says of this inspection, “Ann Other”."
    ]
    other = GATESHEAD.replace("ILACS\tGood", "ILACS\tOutstanding")
    (line,) = lines(plan_for(HEADINGS + GATESHEAD + other))
    assert line.startswith("Row 3, Overall: “Overall effectiveness” says Outstanding here, and row 2 says Good.")


def test_a_row_for_each_judgement_makes_one_inspection(durham_file: Store, plan_for: PlanFor) -> None:
    plan = plan_for(
        "Provider,First day,Kind,Judgement,Grade\n"
        "Sunderland,9 May 2022,ILACS standard,Leaders,Good\n"
        "Sunderland,9 May 2022,ILACS standard,Help and protection,Not judged\n"
        "Sunderland,9 May 2022,ILACS standard,Weather,Good\n"
    )
    assert plan.new == {RecordType.PROVIDER: 1, RecordType.INSPECTION: 1, RecordType.JUDGEMENT: 2}
    assert lines(plan) == [
        "Row 4, Grade: ILACS standard inspection has no judgement area “Weather”. Enter it as the report prints it."
    ]
    durham_file.apply(plan.edit)
    assert [one.special for one in durham_file.each(Judgement) if one.special] == ["not_judged"]


QUOTES = (
    "Provider,Date,Type,Quote,Page,Para,Source,Speaker,Tone,About,Theme\n"
    "Durham,9 May 2022,ILACS,Leaders know their service well.,3,33,Ofsted report 2022,,Strength,Leaders,\n"
    "Durham,9 May 2022,ILACS,We are proud of our staff.,,,Council press release,John Pearce,,,\n"
    "Durham,9 May 2022,ILACS,proactive culture of working in partnership with families,,,,,,,\n"
)


def test_a_row_may_be_a_quote_with_its_source(durham_file: Store, plan_for: PlanFor) -> None:
    plan = plan_for(QUOTES)
    assert plan.new == {RecordType.QUOTE: 2, RecordType.DOCUMENT: 2}
    assert plan.known == 1
    durham_file.apply(plan.edit)
    first, second = durham_file.each(Quote, inspection_id=DURHAM_2022.id)[1:]
    report, release = (durham_file.get(Document, one.document_id or "") for one in (first, second))
    assert report and release
    assert (report.kind, release.kind) == ("report", "press_release")
    assert report.inspection_ids == (DURHAM_2022.id,)
    assert (first.page, first.paragraph, first.tone, first.voice, first.position) == (
        3,
        33,
        "strength",
        "inspectors",
        2,
    )
    assert Lists.read(durham_file).areas[first.area_id or ""].code == "ilacs_leaders"
    assert (second.speaker, second.voice) == ("John Pearce", "other")
    assert plan_for(QUOTES).is_empty


def test_a_row_may_be_an_area_for_improvement_of_an_inspection_that_is_chosen(
    durham_file: Store, plan_for: PlanFor
) -> None:
    text = (
        "Ref;Area for improvement;Page;Owner;Due date;Status;Weather\n"
        "7;The quality of plans.;3;Head of service;1/6/22;Ongoing;Rain\n"
        "8;The response to children who go missing from home or care.;4;;;;\n"
    )
    (line, *_) = lines(plan_for(text))
    assert line == "Row 2: No column names the provider. Choose the provider of all rows."
    assert plan_for(text).problems[0].place == NO_COLUMN
    plan = plan_for(text, inspection_id=DURHAM_2022.id)
    assert plan.new == {RecordType.AREA_FOR_IMPROVEMENT: 1}
    assert plan.filled == 1  # the page of the one that is there
    assert "These columns are left out: Weather." in plan.notices
    durham_file.apply(plan.edit)
    areas = durham_file.each(AreaForImprovement, inspection_id=DURHAM_2022.id)
    assert [(one.position, one.page) for one in areas] == [(1, 4), (7, 3)]
    assert (areas[1].owner, areas[1].due_on) == ("Head of service", PartialDate(2022, 6, 1))
    assert Lists.read(durham_file).statuses[areas[1].status_id or ""].code == "in_progress"
    assert plan_for(text, inspection_id=DURHAM_2022.id).is_empty


def test_rows_that_name_no_provider_are_those_of_the_one_that_is_chosen(plan_for: PlanFor) -> None:
    text = "Date\tType\tOverall\n2-6 December 2024\tILACS\tGood\n"
    plan = plan_for(text, provider_id=DURHAM.id)
    assert plan.incoming == (
        "New Durham County Council, ILACS short inspection, 2 December to 6 December 2024: 1 judgement",
    )


def test_numbers_are_grades_of_the_scale_and_it_is_said(plan_for: PlanFor) -> None:
    plan = plan_for(HEADINGS + GATESHEAD.replace("Outstanding", "1").replace("\tGood", "\t2"))
    assert plan.problem_count == 0
    said = "1 Outstanding, 2 Good, 3 Requires improvement to be good, 4 Inadequate"
    assert f"Numbers are read as grades: {said}." in plan.notices
    assert any(notice.startswith("The kind of 1 inspection is not said") for notice in plan.notices)


def test_a_new_provider_that_is_spelt_like_one_of_the_file_is_pointed_out(plan_for: PlanFor) -> None:
    plan = plan_for(HEADINGS + GATESHEAD.replace("Gateshead", "Druham"))
    assert "“Druham” comes in as a new provider. Check that it is not Durham County Council." in plan.notices


def test_days_in_the_wrong_order_and_texts_that_are_too_long_are_named_before_they_are_refused(
    plan_for: PlanFor,
) -> None:
    text = "Council\tStart date\tEnd date\tType\tTitle\n"
    rows = (
        "Gateshead\t6 December 2024\t2 December 2024\tILACS short\tA\n"
        f"Gateshead\t2 December 2024\t6 December 2024\tILACS short\t{'x' * 501}\n"
    )
    assert lines(plan_for(text + rows)) == [
        "Row 2, End date: The last day, 2 December 2024, is before the first, 6 December 2024. Correct one of them.",
        "Row 3, Title: Title must be 500 characters or fewer; this has 501.",
    ]


def test_two_inspections_that_a_month_may_mean_are_not_guessed_between(durham_file: Store, plan_for: PlanFor) -> None:
    twin = [
        Inspection(
            id=new_id(), provider_id=DURHAM.id, kind_id=DURHAM_2022.kind_id, started_on=PartialDate(2020, 3, day)
        )
        for day in (2, 23)
    ]
    durham_file.apply(Edit(after=tuple(twin)))
    (line,) = lines(plan_for(HEADINGS + "Durham\tMarch 2020\tILACS standard\tGood\n"))
    assert "has 2 inspections of this kind that may be this one" in line


@pytest.fixture
def national(sample_file: Path, tmp_path: Path) -> Iterator[Store]:
    store = Store.open(shutil.copy(sample_file, tmp_path / "durham.sqlite"))
    yield store
    store.close()


@pytest.mark.skipif(not NATIONAL.exists(), reason="the national sheet lies beside the project")
def test_the_national_sheet_comes_in_as_providers_and_inspections_for_comparison(national: Store) -> None:
    columns = look_at(Source(NATIONAL), vocabulary_of(Lists.read(national)))
    plan = plan_with(national, columns, Wish(columns.fields))
    assert plan.problem_count == 0
    assert plan.new == {RecordType.PROVIDER: 5, RecordType.INSPECTION: 5, RecordType.JUDGEMENT: 24}
    national.apply(plan.edit)
    brent = national.each(Provider, name="Brent")[0]
    assert (brent.urn, brent.la_code, brent.region) == ("80489", "304", "London")
    (inspection,) = national.each(Inspection, provider_id=brent.id)
    lists = Lists.read(national)
    assert lists.framework_of(inspection.kind_id).code == "ILACS_2026"
    assert national.count(Judgement, inspection_id=inspection.id) == 4  # no overall grade from April 2026
    assert (inspection.lead_inspector, inspection.published_on) == ("Monique Lindsay", PartialDate(2026, 6, 17))
    assert inspection.report_address == "https://files.ofsted.gov.uk/v1/file/50304386"
    assert plan_with(national, columns, Wish(columns.fields)).is_empty
    assert deep_check(national.path).is_sound


def test_a_plan_can_be_stopped_and_reads_a_snapshot_while_the_file_is_open(durham_file: Store) -> None:
    columns = look_at(Source(text=HEADINGS + GATESHEAD), vocabulary_of(Lists.read(durham_file)))
    told: list[str] = []
    plan = plan_for_file(
        durham_file.path, columns, Wish(columns.fields), on_progress=lambda _, doing: told.append(doing)
    )
    assert plan.new[RecordType.INSPECTION] == 1
    assert "Reading the table" in told
    with pytest.raises(Cancelled):
        plan_with(durham_file, columns, Wish(columns.fields), is_cancelled=lambda: True)
    assert durham_file.count(Inspection) == 1


def test_a_home_that_is_new_is_no_council(durham_file: Store, plan_for: PlanFor) -> None:
    text = "Setting,URN,Inspection date,Type\nElm House,SC012345,3 March 2020,Children’s home full inspection\n"
    plan = plan_for(text, kind="sccif_full")
    assert lines(plan) == []
    durham_file.apply(plan.edit)
    (home,) = durham_file.each(Provider, name="Elm House")
    assert (home.kind, home.urn) == ("setting", "SC012345")
    assert plan_for(text, kind="sccif_full").is_empty


def test_notes_of_several_rows_stand_together_as_far_as_there_is_room(durham_file: Store, plan_for: PlanFor) -> None:
    text = "Council\tDates\tType\tNotes\n"
    rows = [f"Gateshead\t2-6 December 2024\tILACS\t{note}\n" for note in ("First.", "Second.", "First.")]
    plan = plan_for(text + "".join(rows))
    assert plan.known == 1
    durham_file.apply(plan.edit)
    assert durham_file.each(Inspection)[-1].notes == "First.\nSecond."
    long = [f"Sunderland\t2-6 December 2024\tILACS\t{sign * 60_000}\n" for sign in "ab"]
    (line,) = lines(plan_for(text + "".join(long)))
    assert line == "Row 3, Notes: The notes on this inspection would be longer than 100,000 characters. Shorten them."


def test_a_row_that_contradicts_another_stays_out_the_second_time_too(durham_file: Store, plan_for: PlanFor) -> None:
    text = HEADINGS + GATESHEAD + GATESHEAD.replace("Ann Other", "Joe Bloggs") + GATESHEAD.replace("RI", "Inadequate")
    first = plan_for(text)
    durham_file.apply(first.edit)
    second = plan_for(text)
    assert second.is_empty
    assert lines(second) == lines(first)
    assert first.left_out == 2


def test_a_month_and_a_day_inside_it_are_no_contradiction(plan_for: PlanFor) -> None:
    text = HEADINGS + GATESHEAD + "Gateshead\tDecember 2024\tILACS short\n"
    assert (plan_for(text).problem_count, plan_for(text).known) == (0, 1)


def test_columns_without_the_words_that_they_are_about_are_named(plan_for: PlanFor) -> None:
    plan = plan_for(HEADINGS.strip() + "\tOwner\tPara\n" + GATESHEAD.strip() + "\tHead of service\t3\n")
    said = "These columns say nothing without the words that they are about, and are left out: Owner, Para."
    assert said in plan.notices
    assert plan.problem_count == 0

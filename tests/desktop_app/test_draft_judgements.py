"""Judgement tables of generated reports: shuffled, with rows too many, beside others; no grade is ever made up."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from desktop_app.reading import draft
from desktop_app.reading.draft_grades import code_of
from desktop_app.reading.draft_rules import facts
from desktop_app.reading.draft_values import Certainty, Draft
from desktop_app.reading.pages import Reader
from tests.desktop_app import made_reports
from tests.desktop_app.made_reports import ILACS_2018, ILACS_2023, ILACS_2026, NEW_GRADES, OLD_GRADES, SIF, Made

ODD_ROWS = ["Neighbourhood services", "The experiences of parents", "Value for money", "", "Children in custody"]
WORDINGS = [*NEW_GRADES, "Requires improvement", "Requires Improvement", "requires improvement to be good", "good"]
DATES = {
    "ILACS_2018": "9 May to 20 May 2022",
    "ILACS_2023": "22/04/2024 – 03/05/2024",
    "ILACS_2026": "27 April to 1 May 2026",
}
LABELS = {"ILACS_2018": ILACS_2018, "ILACS_2023": ILACS_2023, "ILACS_2026": ILACS_2026}


@pytest.fixture(scope="module")
def reader() -> Iterator[Reader]:
    with Reader() as reader:
        yield reader


def read(reader: Reader, made: Made) -> Draft:
    reader.open(made.pdf())
    return draft.from_report(reader.pages())


def grades(found: Draft) -> dict[str, str | None]:
    return {judgement.area_code: judgement.grade.value for judgement in found.judgements}


def codes(framework: str, rows: Sequence[tuple[str, ...]]) -> dict[str, str]:
    """The grade that each area is printed with."""
    areas = {area.label: area.code for area in facts().areas[framework]}
    return {areas[label]: code_of(grade) for label, grade, *_ in rows if label in areas}


@dataclass(frozen=True)
class Odd:
    """A table with everything that may go wrong with it."""

    framework: str
    rows: list[tuple[str, ...]]
    extra: list[tuple[str, ...]]
    has_footnotes: bool
    has_earlier_table: bool

    def made(self) -> Made:
        marked = [
            (f"{label}{at + 1}" if self.has_footnotes else label, grade) for at, (label, grade) in enumerate(self.rows)
        ]
        made = made_reports.ilacs([*marked, *self.extra], dates=DATES[self.framework])
        if self.has_earlier_table:
            made.new_page().heading("Judgements of the previous inspection")
            made.table([(label, "Inadequate") for label in ILACS_2018])
            made.heading("Grade descriptors").table([(label, "Outstanding") for label in ILACS_2023])
        return made


@st.composite
def odd_tables(draw: Any) -> Odd:
    framework = draw(st.sampled_from(sorted(LABELS)))
    labels = draw(st.permutations(LABELS[framework]))
    wording = st.sampled_from(WORDINGS[:6])
    extra = draw(st.lists(st.tuples(st.sampled_from(ODD_ROWS), wording), max_size=2))
    rows: list[tuple[str, ...]] = [(label, draw(wording)) for label in labels]
    return Odd(framework, rows, extra, draw(st.booleans()), draw(st.booleans()))


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(table=odd_tables())
def test_each_area_gets_the_grade_beside_its_label_and_nothing_else(reader: Reader, table: Odd) -> None:
    found = read(reader, table.made())
    assert grades(found) == codes(table.framework, table.rows)
    assert found.framework.value == table.framework
    named = [row for row in table.extra if row[0]]
    assert all(any(label in doubt.doubts[0] for doubt in found.doubts) for label, _ in named)


@settings(max_examples=40, deadline=None)
@given(table=odd_tables())
def test_pasted_text_gives_the_same(table: Odd) -> None:
    found = draft.from_pasted(table.made().pasted())
    assert grades(found) == codes(table.framework, table.rows)


def by_order(labels: Sequence[str], rows: Sequence[tuple[str, ...]]) -> dict[str, str]:
    """What a program reads that takes the first grade for the first area, the second for the second ..."""
    areas = {area.label: area.code for framework in LABELS for area in facts().areas[framework]}
    return {areas[label]: code_of(grade) for label, (_, grade, *_) in zip(labels, rows, strict=False)}


def test_a_program_that_reads_by_order_shifts_grades(reader: Reader) -> None:
    rows: list[tuple[str, ...]] = list(zip(ILACS_2018, NEW_GRADES, strict=True))
    extra = [rows[0], ("The experiences of parents", "Inadequate"), *rows[1:]]
    assert by_order(ILACS_2018, extra) != codes("ILACS_2018", rows)
    assert grades(read(reader, made_reports.ilacs(extra))) == codes("ILACS_2018", rows)


def test_the_column_of_an_earlier_inspection_is_left_out(reader: Reader) -> None:
    rows: list[tuple[str, ...]] = [(label, "Good", "Inadequate") for label in ILACS_2018]
    for header, grade in [
        (("Judgement", "Previous grade", "Grade"), "inadequate"),
        (("Judgement", "Grade", "Previous grade"), "good"),
        (("Judgement", "Current grade", "Last inspection"), "good"),
    ]:
        assert set(grades(read(reader, made_reports.ilacs(rows, header=header))).values()) == {grade}


def test_two_grades_without_a_word_on_them_are_no_grade(reader: Reader) -> None:
    rows: list[tuple[str, ...]] = [(label, "Good", "Inadequate") for label in ILACS_2018]
    found = read(reader, made_reports.ilacs(rows, header=("Judgement",)))
    assert set(grades(found).values()) == {None}
    assert all("Several grades" in judgement.grade.doubts[0] for judgement in found.judgements)


def test_a_grade_of_another_scale_is_kept_as_words_only(reader: Reader) -> None:
    found = read(reader, made_reports.ilacs([(label, "Adequate") for label in ILACS_2018]))
    assert set(grades(found).values()) == {None}
    assert {judgement.grade.as_printed for judgement in found.judgements} == {"Adequate"}
    assert all(judgement.grade.certainty is Certainty.DOUBTFUL for judgement in found.judgements)


def test_a_word_that_is_no_grade_leaves_the_area_open_and_says_so(reader: Reader) -> None:
    rows = [(ILACS_2018[0], "Good"), (ILACS_2018[1], "Excellent"), (ILACS_2018[2], "Good"), (ILACS_2018[3], "Good")]
    found = read(reader, made_reports.ilacs(rows))
    assert not grades(found).get("ilacs_help_protection")
    assert len([grade for grade in grades(found).values() if grade]) == 3
    assert any("who need help and protection" in doubt.doubts[0] for doubt in found.doubts)


def test_a_grade_that_wraps_below_a_label_of_one_line_is_read_whole(reader: Reader) -> None:
    rows = [(label, "Requires improvement to be good") for label in ILACS_2018]
    found = read(reader, made_reports.ilacs(rows))
    assert [judgement.grade.as_printed for judgement in found.judgements] == 4 * ["Requires improvement to be good"]


def test_a_table_runs_over_the_page(reader: Reader) -> None:
    made = Made().title("Durham County Council")
    made.line("Inspection of services for children in need of help and", size=16)
    made.line("protection, children looked after and care leavers", size=16).line("Inspection date: 6 to 30 July 2015")
    made.line("The overall judgement is that children’s services require", size=14).line("improvement", size=14).gap()
    made.line("The judgements on areas of the service that contribute to overall effectiveness are:").gap()
    for label in SIF[:3]:
        made.row(label, "Requires Improvement")
    made.new_page()
    for label in SIF[3:]:
        made.row(label, "Inadequate")
    found = grades(read(reader, made))
    assert found["sif_overall"] == found["sif_adoption"] == "requires_improvement"
    assert found["sif_care_leavers"] == found["sif_leadership"] == "inadequate"


def test_a_row_without_a_grade_takes_no_neighbours(reader: Reader) -> None:
    rows = [(ILACS_2018[0], "Good"), (ILACS_2018[1],), (ILACS_2018[2], "Inadequate"), (ILACS_2018[3], "Good")]
    found = read(reader, made_reports.ilacs(rows))
    assert grades(found)["ilacs_help_protection"] is None
    assert grades(found)["ilacs_care_and_leavers"] == "inadequate"


def test_a_row_that_stands_twice_with_two_grades_is_left_open(reader: Reader) -> None:
    rows = [*zip(ILACS_2018, NEW_GRADES, strict=True)]
    found = read(reader, made_reports.ilacs([*rows, (ILACS_2018[0], "Inadequate")]))
    assert grades(found)["ilacs_leaders"] is None
    assert grades(found)["ilacs_help_protection"] == "good"


def test_rows_of_another_version_decide_the_framework_with_a_doubt(reader: Reader) -> None:
    rows = [*zip(ILACS_2023, [*NEW_GRADES, "Good"], strict=True)]
    found = read(reader, made_reports.ilacs(rows, dates="9 May to 20 May 2022"))
    assert found.framework.value == "ILACS_2023"
    assert found.framework.certainty is Certainty.DOUBTFUL
    assert len(grades(found)) == 5


def test_no_overall_grade_is_made_up_from_april_2026(reader: Reader) -> None:
    rows = [*zip(ILACS_2026, NEW_GRADES, strict=True)]
    found = read(reader, made_reports.ilacs(rows, dates="27 April to 1 May 2026"))
    assert found.framework.value == "ILACS_2026"
    assert "ilacs_overall" not in grades(found)
    assert len(grades(found)) == 4


@pytest.mark.parametrize(
    ("overall", "grade"),
    [
        ("Children’s services in Durham require improvement to be good", "requires_improvement"),
        ("Children’s services in Durham are inadequate", "inadequate"),
        ("The overall judgement is requires improvement.", "requires_improvement"),
        ("The overall judgement is that children’s services are good", "good"),
        ("The overall judgement is outstanding", "outstanding"),
    ],
)
def test_overall_effectiveness_may_be_a_sentence(reader: Reader, overall: str, grade: str) -> None:
    found = read(reader, made_reports.single_inspection([(label, "Good") for label in SIF], overall=overall))
    assert grades(found)["sif_overall"] == grade


@pytest.mark.parametrize(
    ("board", "grade"),
    [
        ("The Local Safeguarding Children Board is good", "good"),
        ("The Local Safeguarding Children Board requires improvement", "requires_improvement"),
        ("The Durham Safeguarding Children Board (DSCB) is inadequate", "inadequate"),
        (
            "The effectiveness of the Local Safeguarding Children Board (LSCB) requires improvement.",
            "requires_improvement",
        ),
        ("An LSCB that is good does a lot", None),
        ("", None),
    ],
)
def test_the_board_has_a_sentence_of_its_own(reader: Reader, board: str, grade: str | None) -> None:
    found = read(reader, made_reports.single_inspection([(label, "Inadequate") for label in SIF], board=board))
    assert grades(found).get("sif_lscb") == grade


def test_not_judged_is_neither_empty_nor_a_grade(reader: Reader) -> None:
    rows = [(label, "Not judged" if "Adoption" in label else "Good") for label in SIF]
    found = read(reader, made_reports.single_inspection(rows))
    assert grades(found)["sif_adoption"] == "not_judged"


def test_the_same_label_in_two_groups_names_two_areas(reader: Reader) -> None:
    safe = [*zip(made_reports.SAFEGUARDING, OLD_GRADES * 3, strict=False)]
    care = [*zip(made_reports.LOOKED_AFTER, OLD_GRADES[::-1] * 3, strict=False)]
    title = ["Inspection of safeguarding and looked", "after children services", "Durham"]
    for groups in (
        [("Safeguarding services", safe), ("Services for looked after children", care)],
        [("Services for looked after children", care[::-1]), ("Safeguarding services", safe[::-1])],
    ):
        found = grades(read(reader, made_reports.at_the_end(title, groups)))
        assert len(found) == 22
        assert (found["slac_sg_overall"], found["slac_lac_overall"]) == ("outstanding", "inadequate")


def test_without_a_group_a_label_of_two_areas_is_left_out(reader: Reader) -> None:
    rows = [("Overall effectiveness", "Good"), ("Capacity for improvement", "Good"), ("Staying safe", "Good")]
    title = ["Inspection of safeguarding and looked", "after children services", "Durham"]
    found = read(reader, made_reports.at_the_end(title, [("", rows)]))
    assert not [code for code in grades(found) if "overall" in code]


@settings(max_examples=60, deadline=None)
@given(
    lines=st.lists(
        st.sampled_from([*ILACS_2023, "Services are good", "Good", "was judged inadequate", "2019"]), max_size=12
    )
)
def test_words_without_a_table_give_no_grade_that_no_label_stands_beside(lines: list[str]) -> None:
    found = draft.from_pasted("\n".join(["Inspection of Durham local authority children’s services", *lines]))
    beside = {label for label, after in pairwise(lines) if label in ILACS_2023 and code_of(after) == "good"}
    assert {judgement.label_as_printed for judgement in found.judgements if judgement.grade.value} <= beside

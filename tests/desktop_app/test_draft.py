"""Drafts of whole reports: each layout, letters, doubts with their reasons, and the fifteen real reports."""

import json
from collections.abc import Iterator
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from typing import Any

import pytest

from desktop_app.command_read import line_of
from desktop_app.reading import draft
from desktop_app.reading.draft_values import Certainty, Draft
from desktop_app.reading.pages import CannotRead, Reader
from tests.desktop_app import made_pdfs, made_reports
from tests.desktop_app.made_pdfs import At
from tests.desktop_app.made_reports import ILACS_2018, ILACS_2023, ITEMS, NEW_GRADES, OLD_GRADES, PROTECTION, SIF, Made

REPORTS = Path(__file__).parents[2].parent / "shared" / "reports"
with_reports = pytest.mark.skipif(not REPORTS.exists(), reason="the real reports are not beside the project")
ROWS = [*zip(ILACS_2018, NEW_GRADES, strict=True)]
FOCUSED = made_reports.letter(
    "Focused visit to Durham County Council children’s services",
    "This letter summarises the findings of the focused visit to Durham County Council children’s services on 13 and "
    "14 July 2021. Her Majesty’s Inspectors for this visit were Lisa Summers and Jan Edwards. Inspectors looked at "
    "the local authority’s arrangements for children in care.",
    [
        ("Areas for priority action", ITEMS[:1]),
        ("What needs to improve in this area of social work practice", ITEMS[1:]),
    ],
)
MONITORING = made_reports.letter(
    "Monitoring visit to Durham local authority children’s services",
    "This letter summarises the findings of the monitoring visit to Durham on 21 and 22 February 2024. This was the "
    "fourth visit since the local authority was judged inadequate in July 2022. His Majesty’s Inspector for this "
    "visit was Louise Hollick.",
)
JOINT = made_reports.letter(
    "Joint targeted area inspection of the multi-agency response to domestic abuse in Durham",
    "Between 9 and 13 July 2018, Ofsted, the Care Quality Commission and HMI Probation carried out a joint inspection "
    "of the multi-agency response to domestic abuse in Durham.",
    [("Areas for priority action", ITEMS[:1]), ("Areas for improvement", ITEMS[1:])],
)
UNANNOUNCED = made_reports.letter(
    "Annual unannounced inspection of contact, referral and assessment arrangements within Durham County Council "
    "children’s services",
    "This letter summarises the findings of the recent inspection which was conducted on 8 and 9 February 2011.",
    [("Areas for development", ITEMS)],
)


@pytest.fixture(scope="module")
def reader() -> Iterator[Reader]:
    with Reader() as reader:
        yield reader


def read(reader: Reader, made: Made) -> Draft:
    reader.open(made.pdf())
    return draft.from_report(reader.pages())


def facts(found: Draft) -> tuple[str | None, ...]:
    days = [day.iso if day else None for day in (found.started_on, found.ended_on)]
    return found.framework.value, found.kind.value, found.provider.value, *days, found.lead_inspector.value


def test_a_report_gives_its_facts_with_their_lines(reader: Reader) -> None:
    found = read(reader, made_reports.ilacs(ROWS))
    assert facts(found) == ("ILACS_2018", "ilacs_standard", "Durham", "2022-05-09", "2022-05-20", "Louise Hollick")
    assert found.published_on.value is None
    assert found.lead_inspector.sources[0].text.startswith("Lead inspector: Louise Hollick")
    assert found.periods.as_printed == "9 May to 20 May 2022"
    assert all(judgement.grade.sources[0].page == 1 for judgement in found.judgements)
    assert found.judgements[0].grade.sources[0].places


def test_the_kind_follows_from_the_length_and_says_so(reader: Reader) -> None:
    short = read(reader, made_reports.ilacs(ROWS, dates="9 to 13 May 2022")).kind
    assert (short.value, short.certainty) == ("ilacs_short", Certainty.DERIVED)
    assert "5 days" in short.doubts[0]
    two = read(reader, made_reports.ilacs(ROWS, dates="5 to 9 December 2022 and 14 to 15 February 2023"))
    assert two.kind.value is None
    assert (two.started_on, two.ended_on) == (two.periods.value[0].started_on, two.periods.value[1].ended_on)  # type: ignore[index]


def test_dates_over_two_lines_are_read_on(reader: Reader) -> None:
    made = Made().title("Inspection of Durham local authority", "children’s services")
    made.line("Inspection dates: 5 December 2022 to 9 December 2022 and").line("14 February 2023 to 15 February 2023")
    found = read(reader, made.gap().line("Lead inspector: Ann Lee, HMI").gap().table(ROWS))
    assert found.periods.value is not None
    assert len(found.periods.value) == 2


def test_a_footer_that_says_something_else_makes_the_dates_doubtful(reader: Reader) -> None:
    found = read(reader, made_reports.ilacs(ROWS, footer="10 May to 20 May 2022"))
    assert found.started_on is not None
    assert found.started_on.iso == "2022-05-09"
    assert found.periods.certainty is Certainty.DOUBTFUL
    assert found.periods.doubts == ("Page 1 says “9 May to 20 May 2022”, page 2 says “10 May to 20 May 2022”.",)
    same = read(reader, made_reports.ilacs(ROWS, footer="9 May to 20 May 2022"))
    assert same.periods.certainty is Certainty.CERTAIN


def test_a_missing_year_is_taken_only_from_the_same_dates(reader: Reader) -> None:
    lent = read(reader, made_reports.ilacs(ROWS, dates="9 May to 20 May", footer="9 May to 20 May 2022"))
    assert lent.started_on is not None
    assert lent.periods.certainty is Certainty.DERIVED
    alone = read(reader, made_reports.ilacs(ROWS, dates="9 May to 20 May", footer="10 May to 20 May 2022"))
    assert alone.started_on is None
    assert "no year" in alone.periods.doubts[0]


def test_two_lead_inspectors_are_both_kept(reader: Reader) -> None:
    found = read(reader, made_reports.ilacs(ROWS, lead="Lead inspectors: Ann Lee, HMI and Bo Ray, HMI"))
    assert found.lead_inspector.value == "Ann Lee and Bo Ray"
    assert found.lead_inspector.certainty is Certainty.DOUBTFUL


def test_what_is_not_printed_stays_empty(reader: Reader) -> None:
    made = Made().title("Inspection of Durham local authority", "children’s services").table(ROWS)
    found = read(reader, made)
    assert facts(found)[1:] == (None, "Durham", None, None, None)
    assert found.framework.certainty is Certainty.DOUBTFUL
    assert not found.areas


def test_a_heading_that_says_another_grade_is_told(reader: Reader) -> None:
    made = made_reports.ilacs(ROWS)
    made.heading("Overall effectiveness: good")
    found = read(reader, made)
    overall = next(judgement.grade for judgement in found.judgements if judgement.area_code == "ilacs_overall")
    assert (overall.value, overall.certainty) == ("inadequate", Certainty.DOUBTFUL)
    assert "the heading on page 2 says “good”" in overall.doubts[0]


def test_the_single_inspection(reader: Reader) -> None:
    found = read(reader, made_reports.single_inspection([(label, "Good") for label in SIF]))
    assert facts(found) == ("SIF_2013", "sif_full", "Durham County Council", "2016-02-22", "2016-03-18", "Fiona Millns")
    assert found.published_on.value is not None
    assert found.published_on.value.iso == "2016-05-16"


def test_a_re_inspection_has_no_board(reader: Reader) -> None:
    made = Made().title("London Borough of Wandsworth")
    made.line("Re-inspection of services for children in need of help and", size=16)
    made.line("protection, children looked after and care leavers", size=16).line(
        "Inspection date: 8 May to 31 May 2018"
    )
    made.gap().line("Children’s services in Wandsworth are good", size=14).gap().table(
        [(label, "Good") for label in SIF]
    )
    found = read(reader, made)
    assert facts(found)[:3] == ("SIF_2013", "sif_reinspection", "London Borough of Wandsworth")
    assert len(found.judgements) == 6
    assert not found.doubts


def test_the_protection_of_children(reader: Reader) -> None:
    title = ["Inspection of local authority arrangements", "for the protection of children", "Durham County Council"]
    found = read(reader, made_reports.at_the_end(title, [("", [*zip(PROTECTION, OLD_GRADES, strict=True)])]))
    assert facts(found)[:3] == ("CP_2012", "cp_full", "Durham County Council")
    assert [judgement.grade.value for judgement in found.judgements] == [
        "outstanding",
        "good",
        "adequate",
        "inadequate",
    ]
    assert found.lead_inspector.value == "Brenda McLaughlin"
    assert "outside the time" in found.framework.doubts[0]


@pytest.mark.parametrize(
    ("made", "expected"),
    [
        (FOCUSED, ("ILACS_2018", "ilacs_focused_visit", "Durham County Council", "2021-07-13", "2021-07-14")),
        (MONITORING, ("ILACS_2023", "ilacs_monitoring_visit", "Durham", "2024-02-21", "2024-02-22")),
        (JOINT, ("JTAI_2016", "jtai_thematic", "Durham", "2018-07-09", "2018-07-13")),
        (UNANNOUNCED, ("CRA_2009", "cra_unannounced", "Durham County Council", "2011-02-08", "2011-02-09")),
    ],
    ids=["focused", "monitoring", "joint", "unannounced"],
)
@pytest.mark.parametrize("is_pasted", [False, True])
def test_letters_carry_dates_and_findings_and_no_grades(
    reader: Reader, made: Made, expected: tuple[str, ...], is_pasted: bool
) -> None:
    found = draft.from_pasted(made.pasted()) if is_pasted else read(reader, made)
    assert facts(found)[:5] == expected
    assert found.is_letter
    assert not found.judgements
    assert found.published_on.certainty is Certainty.DOUBTFUL


def test_a_letter_names_inspectors_theme_and_priority_actions(reader: Reader) -> None:
    focused = read(reader, FOCUSED)
    assert focused.lead_inspector.value == "Lisa Summers and Jan Edwards"
    assert focused.lead_inspector.certainty is Certainty.DOUBTFUL
    assert focused.theme.value == "children in care"
    assert [area.finding_kind for area in focused.areas] == ["priority_action", *2 * ["area_for_improvement"]]
    assert read(reader, MONITORING).lead_inspector.value == "Louise Hollick"
    joint = read(reader, JOINT)
    assert joint.theme.value == "domestic abuse"
    assert {area.audience for area in joint.areas} == {"partnership"}


def test_an_unknown_title_is_no_reason_to_make_anything_up(reader: Reader) -> None:
    found = read(reader, Made().title("Minutes of the council").prose("Children’s services are good."))
    assert (found.layout, found.framework.value, found.judgements) == ("", None, ())
    assert found.title.doubts


def test_rows_tell_the_layout_where_the_title_does_not(reader: Reader) -> None:
    made = Made().title("How Durham cares").line("Inspection dates: 9 May to 20 May 2024")
    found = read(reader, made.gap().table([*zip(ILACS_2023, [*NEW_GRADES, "Good"], strict=True)]))
    assert (found.framework.value, found.framework.certainty) == ("ILACS_2023", Certainty.DOUBTFUL)
    assert len(found.judgements) == 5
    assert found.provider.value is None


def test_pictures_of_pages_cannot_be_drafted(reader: Reader) -> None:
    reader.open(made_pdfs.report([]))
    with pytest.raises(CannotRead):
        draft.from_report(reader.pages())
    reader.open(made_pdfs.report([At(72, 700, "Children")]))
    assert draft.from_report(reader.pages()).title.value is None


def score_module() -> Any:
    spec = spec_from_file_location("score", REPORTS / "score.py")
    assert spec and spec.loader
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@with_reports
def test_the_real_reports_are_read_without_a_mistake(reader: Reader) -> None:
    score = score_module()
    truth = [json.loads(line) for line in (REPORTS / "open_truth.jsonl").read_text(encoding="utf-8").splitlines()]
    lines = [line_of(reader, REPORTS / answer["file"]) for answer in truth]
    right = score.run(truth, lines)
    assert not right.errors
    assert not +right.extra
    assert right.absent == {"quotes"}
    lines[0]["judgements"][0]["normalised_grade"] = "outstanding"
    assert score.run(truth, lines).errors, "the score sees a wrong grade"

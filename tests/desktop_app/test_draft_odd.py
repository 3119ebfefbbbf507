"""Odd reports: names that hide other words, tables that run over or cannot be read, lists with unusual marks."""

from collections.abc import Iterator, Sequence

import pytest

from desktop_app.reading import draft
from desktop_app.reading.draft_values import Certainty, Draft
from desktop_app.reading.pages import Reader
from tests.desktop_app import made_reports
from tests.desktop_app.made_reports import ILACS_2018, ILACS_2023, ITEMS, NEW_GRADES, SIF, Made

ROWS = [*zip(ILACS_2018, NEW_GRADES, strict=True)]
NAMES = (
    "Derbyshire",
    "Windsor and Maidenhead",
    "St. Helens",
    "City of London",
    "Royal Borough of Kensington & Chelsea",
    "Bournemouth, Christchurch and Poole",
    "Council of the Isles of Scilly",
    "Stoke-on-Trent",
    "King’s Lynn",
    "Slough Children First",
    "Sandwell Children’s Trust",
)


@pytest.fixture(scope="module")
def reader() -> Iterator[Reader]:
    with Reader() as reader:
        yield reader


def read(reader: Reader, made: Made) -> Draft:
    reader.open(made.pdf())
    return draft.from_report(reader.pages())


def grades(found: Draft) -> dict[str, str | None]:
    return {judgement.area_code: judgement.grade.value for judgement in found.judgements}


def single(name: str, sentence: str = "", rows: Sequence[tuple[str, ...]] = ()) -> Made:
    """A single inspection of some council, as far as its table."""
    made = Made().title(name)
    made.line("Inspection of services for children in need of help and", size=16, is_bold=True)
    made.line("protection, children looked after and care leavers", size=16, is_bold=True)
    made.gap().line("Inspection date: 14 January – 4 February 2015").line("Report published: 20 March 2015").gap()
    made.line(sentence or f"Children’s services in {name} are good", size=14, is_bold=True).gap()
    return made.table(rows or [(label, "Good") for label in SIF], ())


@pytest.mark.parametrize("name", NAMES)
def test_no_name_hides_the_kind_or_the_judgement(reader: Reader, name: str) -> None:
    found = read(reader, single(name))
    assert (found.kind.value, found.provider.value) == ("sif_full", name)
    assert grades(found)["sif_overall"] == "good"
    made = Made().title("Inspection of", f"{name} local authority", "children’s services")
    newer = read(reader, made.line("Inspection dates: 9 to 20 May 2022").gap().table(ROWS))
    assert (newer.kind.value, newer.provider.value) == ("ilacs_standard", name)


def test_a_review_of_the_board_alone(reader: Reader) -> None:
    made = Made().title("Slough Local Safeguarding Children Board")
    made.line("Review of the effectiveness of the Local Safeguarding", size=16, is_bold=True)
    made.line("Children Board", size=16, is_bold=True).gap().line("Review date: 24 November 2015 – 17 December 2015")
    made.gap().line("The Local Safeguarding Children Board requires improvement", size=14, is_bold=True).new_page()
    made.heading("Recommendations", 16).items(ITEMS, "1.").heading("Inspection findings", 16)
    found = read(reader, made.prose("The board works.", mark="4."))
    assert (found.framework.value, found.kind.value) == ("SIF_2013", "sif_lscb_only")
    assert grades(found) == {"sif_lscb": "requires_improvement"}
    assert [area.audience for area in found.areas] == 3 * ["lscb"]
    assert not found.doubts


@pytest.mark.parametrize(
    ("sentence", "grade"),
    [
        ("The overall judgement is that children’s services require improvement", "requires_improvement"),
        ("Children’s social care services in Leeds are inadequate", "inadequate"),
        ("Children’s services in Leeds are good because:", "good"),
        ("Children’s services in Leeds, run by Leeds Children’s Trust, are outstanding", "outstanding"),
        ("Children’s services in Leeds were inadequate at the last inspection", None),
    ],
)
def test_ways_to_say_the_overall_judgement(reader: Reader, sentence: str, grade: str | None) -> None:
    assert grades(read(reader, single("Leeds", sentence))).get("sif_overall") == grade


def test_a_sentence_of_the_text_stands_in_for_a_heading_and_is_doubted(reader: Reader) -> None:
    made = single("Leeds").new_page().heading("The Local Safeguarding Children Board (LSCB)", 20.0)
    made.prose("Leeds Safeguarding Children Board (LSCB) is good because it does all that it should. It is well led.")
    found = read(reader, made)
    board = next(judgement.grade for judgement in found.judgements if judgement.area_code == "sif_lscb")
    assert (board.value, board.certainty) == ("good", Certainty.DOUBTFUL)


def test_one_row_alone_on_the_next_page_is_of_the_table(reader: Reader) -> None:
    made = Made().title("Inspection of Durham local authority", "children’s services")
    made.line("Inspection dates: 9 to 20 May 2022").gap()
    for row in ROWS[:3]:
        made.row(*row)
    made.new_page().row(*ROWS[3])
    made.prose("Leaders have improved services. Some services are good.")
    assert grades(read(reader, made))["ilacs_overall"] == "inadequate"


def test_a_heading_stands_in_for_a_row_that_cannot_be_read(reader: Reader) -> None:
    rows = [(label,) if "need help" in label else (label, "Good") for label in ILACS_2018]
    made = made_reports.ilacs(rows)
    assert grades(read(reader, made))["ilacs_help_protection"] is None
    made.heading("The experiences and progress of children who need help and protection: inadequate")
    found = read(reader, made.prose("Children wait too long.", mark="4."))
    grade = next(each.grade for each in found.judgements if each.area_code == "ilacs_help_protection")
    assert (grade.value, grade.certainty) == ("inadequate", Certainty.DOUBTFUL)
    assert "The heading on page" in grade.doubts[-1]


def test_headings_of_the_last_inspection_stand_in_for_nothing(reader: Reader) -> None:
    rows = [(label,) if "need help" in label else (label, "Good") for label in ILACS_2018]
    made = made_reports.ilacs(rows).new_page().heading("Previous inspections", 18.0)
    made.heading("The experiences and progress of children who need help and protection: inadequate", 13.0)
    assert grades(read(reader, made))["ilacs_help_protection"] is None


@pytest.mark.parametrize(
    "heading",
    ["What needs improving", "What needs to imporve?", "Areas that need to improve", "WHAT NEEDS TO IMPROVE:"],
)
def test_headings_that_differ_a_little(reader: Reader, heading: str) -> None:
    made = made_reports.ilacs(ROWS, items=()).new_page().heading(heading).items(ITEMS)
    made.heading("The experiences and progress of children in care and care leavers: good")
    found = read(reader, made.prose("Children are well supported.", mark="4."))
    assert [area.text.value for area in found.areas] == list(ITEMS)


@pytest.mark.parametrize("mark", ["15) ", "15 ", "(15) "])
def test_numbers_of_any_form_that_count_on(reader: Reader, mark: str) -> None:
    made = made_reports.ilacs(ROWS, items=()).new_page().heading("Recommendations")
    for at, item in enumerate(ITEMS[:2]):
        made.prose(mark.replace("15", str(115 + at)) + item)
        made.items(["so that children wait less", "and plans are kept"] if at else [], "–", left=100)
    made.heading("Summary for children and young people").prose("We listen.")
    words = [area.text.value for area in read(reader, made).areas]
    assert words == [ITEMS[0], f"{ITEMS[1]} so that children wait less and plans are kept"]


def test_bullets_of_the_same_form_further_in_belong_to_the_item_that_announces_them(reader: Reader) -> None:
    made = made_reports.ilacs(ROWS, items=()).new_page().heading("What needs to improve")
    made.items(["Oversight of: (paragraph 9)"]).items(["private fostering", "missing children"], left=100)
    made.items(ITEMS[:1]).heading("The experiences and progress of children in care and care leavers: good")
    words = [area.text.value for area in read(reader, made.prose("Good.", mark="4.")).areas]
    assert words == ["Oversight of: (paragraph 9) private fostering missing children", ITEMS[0]]


def test_a_time_limit_that_is_printed_like_text_parts_the_list(reader: Reader) -> None:
    made = made_reports.ilacs(ROWS, items=()).new_page().heading("Areas for improvement", 18.0)
    made.line("12. To improve services the council should take the following action.").line("Immediately:", left=90)
    made.gap().items(ITEMS[:1]).line("Within six months:").gap().items(ITEMS[1:])
    found = read(reader, made.heading("Outcomes for children and young people", 18.0).prose("Mixed.", mark="13."))
    assert [area.text.value for area in found.areas] == list(ITEMS)
    assert [area.timescale for area in found.areas][1:] == 2 * ["within_6_months"]


@pytest.mark.parametrize(
    "lines",
    [
        ["Lead inspectors: Ann Lee, His Majesty’s Inspector, and", "Bo Ray, His Majesty’s Inspector"],
        ["Lead inspectors: Ann Lee, His Majesty’s Inspector", "Bo Ray, His Majesty’s Inspector"],
        ["Lead inspector: Ann Lee, HMI", "Lead inspector: Bo Ray, HMI"],
    ],
)
def test_lead_inspectors_on_two_lines(reader: Reader, lines: list[str]) -> None:
    made = Made().title("Inspection of Durham local authority", "children’s services")
    made.line("Inspection dates: 3 to 14 October 2022").gap()
    for line in lines:
        made.line(line)
    found = read(reader, made.gap().table(ROWS))
    assert found.lead_inspector.value == "Ann Lee and Bo Ray"
    assert len(found.judgements) == 4


def test_several_periods_of_a_newer_report(reader: Reader) -> None:
    dates = "20 February 2024 to 1 March 2024 and 25 March 2024 to 28 March 2024"
    rows = [*zip(ILACS_2023, [*NEW_GRADES, "Good"], strict=True)]
    found = read(reader, made_reports.ilacs(rows, dates=dates))
    assert (found.framework.value, found.kind.value) == ("ILACS_2023", None)
    assert [day.iso for day in (found.started_on, found.ended_on) if day] == ["2024-02-20", "2024-03-28"]

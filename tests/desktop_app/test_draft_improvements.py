"""Lists of what must get better: marks, groups, timescales, audiences, page ends; and where a list ends."""

from collections.abc import Iterator

import pytest

from desktop_app.reading import draft
from desktop_app.reading.draft_values import Certainty, Draft
from desktop_app.reading.pages import Reader
from tests.desktop_app import made_reports
from tests.desktop_app.made_reports import ILACS_2018, ITEMS, NEW_GRADES, SIF, Made

ROWS = [*zip(ILACS_2018, NEW_GRADES, strict=True)]
SIF_ROWS = [(label, "Good") for label in SIF]
LONG = "The quality of plans for children in need, " + "so that everyone knows what must change " * 5 + "and by when."


@pytest.fixture(scope="module")
def reader() -> Iterator[Reader]:
    with Reader() as reader:
        yield reader


def read(reader: Reader, made: Made) -> Draft:
    reader.open(made.pdf())
    return draft.from_report(reader.pages())


def words(found: Draft, audience: str = "local_authority") -> list[str]:
    return [area.text.value or "" for area in found.areas if area.audience == audience]


def with_list(heading: str = "What needs to improve?") -> Made:
    """A report whose list is still to be written."""
    return made_reports.ilacs(ROWS, items=()).new_page().heading(heading)


def ended(made: Made) -> Made:
    made.heading("The experiences and progress of children in care and care leavers: good")
    return made.prose("Children in care are well supported.", mark="4.")


def test_each_bullet_is_an_item_with_its_place(reader: Reader) -> None:
    found = read(reader, made_reports.ilacs(ROWS))
    assert words(found) == list(ITEMS)
    first = found.areas[0]
    assert (first.page, first.finding_kind, first.group_label) == (2, "area_for_improvement", "What needs to improve?")
    assert first.text.sources[0].places[0].page == 2
    assert first.text.certainty is Certainty.CERTAIN


def test_items_run_over_lines_and_pages(reader: Reader) -> None:
    items = [LONG, *(f"{LONG[:-1]} {number}." for number in range(12))]
    assert words(read(reader, ended(with_list().items(items)))) == items


@pytest.mark.parametrize("mark", ["•", "1.", "–"])
def test_marks_are_left_out(reader: Reader, mark: str) -> None:
    assert words(read(reader, ended(with_list().items(ITEMS, mark)))) == list(ITEMS)


def test_letters_are_marks_in_order(reader: Reader) -> None:
    made = with_list()
    for letter, item in zip("abc", ITEMS, strict=True):
        made.prose(item, mark=f"({letter})")
    assert words(read(reader, ended(made))) == list(ITEMS)


def test_bullets_below_an_item_are_joined_to_it(reader: Reader) -> None:
    made = with_list("Recommendations").prose("Strengthen the oversight of:", mark="1.")
    made.items(["private fostering", "homeless care leavers."], left=100).prose(ITEMS[0], mark="2.")
    assert words(read(reader, ended(made))) == [
        "Strengthen the oversight of: private fostering homeless care leavers.",
        ITEMS[0],
    ]


def test_dashes_below_a_bullet_are_joined_to_it(reader: Reader) -> None:
    made = with_list().prose("The quality of:", mark="•").items(["plans", "visits."], "–", left=100)
    assert words(read(reader, ended(made.items(ITEMS[:1])))) == ["The quality of: plans visits.", ITEMS[0]]


def test_words_that_announce_the_list_are_no_item(reader: Reader) -> None:
    made = with_list().prose("The local authority should do the following:").items(ITEMS)
    assert words(read(reader, ended(made))) == list(ITEMS)


def test_the_list_ends_where_the_body_begins_even_without_a_heading(reader: Reader) -> None:
    made = with_list().items(ITEMS).prose("Children benefit from early help.", mark="4.")
    made.prose("Most plans are good.", mark="5.")
    assert words(read(reader, made)) == list(ITEMS)


def test_prose_under_the_heading_is_kept_and_doubted(reader: Reader) -> None:
    found = read(reader, ended(with_list().prose(LONG)))
    assert words(found) == [LONG]
    assert found.areas[0].text.certainty is Certainty.DOUBTFUL


def test_without_a_heading_there_is_no_list(reader: Reader) -> None:
    assert not read(reader, made_reports.ilacs(ROWS, items=())).areas


def test_the_board_has_its_own_list(reader: Reader) -> None:
    found = read(reader, made_reports.single_inspection(SIF_ROWS, board_items=["Review the training."]))
    assert words(found) == list(ITEMS)
    assert words(found, "lscb") == ["Review the training."]
    assert [area.paragraph for area in found.areas] == [1, 2, 3, None]


def test_groups_and_priority_actions_are_told_apart(reader: Reader) -> None:
    groups = [
        ("Priority and immediate action", ITEMS[:1]),
        ("Areas for improvement", ITEMS[1:2]),
        ("Leadership, management and governance", ITEMS[2:]),
    ]
    made = made_reports.early_single_inspection(
        groups, overall="The overall judgement is good", board="The effectiveness of the LSCB is good."
    )
    found = read(reader, made)
    assert words(found) == list(ITEMS)
    assert [area.finding_kind for area in found.areas] == ["priority_action", *2 * ["area_for_improvement"]]
    assert found.areas[2].group_label == "Leadership, management and governance"


def test_timescales_stand_over_their_items(reader: Reader) -> None:
    title = ["Inspection of local authority arrangements", "for the protection of children", "Durham County Council"]
    found = read(reader, made_reports.at_the_end(title, [("", [("Overall effectiveness", "Good")])]))
    assert words(found) == list(ITEMS)
    assert [area.timescale for area in found.areas] == ["immediately", "within_3_months", "within_3_months"]


def test_an_item_of_the_contents_is_no_heading(reader: Reader) -> None:
    made = made_reports.ilacs(ROWS).new_page().heading("Contents")
    made.line("Recommendations 7").line("What needs to improve? 2").line("Areas for improvement 9")
    assert words(read(reader, made)) == list(ITEMS)


def test_what_a_list_says_is_not_there_is_no_item(reader: Reader) -> None:
    made = with_list("Areas for priority action").prose("There are no areas for priority action.")
    assert not read(reader, ended(made)).areas


def test_pasted_lists_are_read_as_well() -> None:
    made = made_reports.single_inspection(SIF_ROWS, board_items=["Review the training of the board."])
    found = draft.from_pasted(made.pasted())
    assert words(found) == list(ITEMS)
    assert words(found, "lscb") == ["Review the training of the board."]

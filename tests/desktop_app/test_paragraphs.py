"""Pages to paragraphs: by pages made by hand, and by the fifteen real reports where they are at hand."""

import json
from array import array
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from desktop_app.reading.pages import CannotRead, Page, Pages, Reader, Why
from desktop_app.reading.paragraphs import Kind, Paragraph, Place, from_pages, from_text
from tests.desktop_app import made_pdfs
from tests.desktop_app.made_pdfs import At

REPORTS = Path(__file__).parents[2].parent / "shared" / "reports"
TRUTH = REPORTS / "open_truth.jsonl"
ANSWERS: list[dict[str, Any]] = (
    [json.loads(line) for line in TRUTH.read_text(encoding="utf-8").splitlines()] if TRUTH.exists() else []
)
with_reports = pytest.mark.skipif(not ANSWERS, reason="the real reports are not beside the project")


class L(NamedTuple):
    """A line as it stands on a page: its distance from the top, and from the left."""

    top: float
    text: str
    left: float = 72.0
    size: float = 12.0
    is_bold: bool = False


def page(number: int, *lines: L, raised: str = "") -> Page:
    text, spans, frames = "", array("I"), array("f")
    for line in lines:
        spans.extend((len(text), len(text) + len(line.text)))
        right = line.left + line.size * len(line.text) / 2
        frames.extend((line.left, line.top, right, line.top + line.size, line.size, 700 if line.is_bold else 400))
        text += line.text + " \n"
    marks = array("I", [text.index(raised)] if raised else [])
    return Page(number=number, width=595, height=842, text=text, spans=spans, frames=frames, raised=marks)


def paragraphs(*pages: Page) -> list[Paragraph]:
    return from_pages(Pages(pages))


def texts(found: list[Paragraph]) -> list[str]:
    return [paragraph.text for paragraph in found]


def test_lines_of_a_numbered_paragraph_become_one() -> None:
    (only,) = paragraphs(page(1, L(100, "1. Children are"), L(115, "safe.", left=99)))
    assert (only.kind, only.number, only.within, only.text) == (Kind.PARAGRAPH, 1, 1, "Children are safe.")


def test_a_number_may_touch_its_paragraph() -> None:
    found = paragraphs(page(1, L(100, "9. Leaders know."), L(130, "10.Many records are not.")))
    assert [(each.number, each.text) for each in found] == [(9, "Leaders know."), (10, "Many records are not.")]


def test_a_number_that_begins_a_line_of_a_sentence_is_none() -> None:
    found = paragraphs(
        page(1, L(100, "1. Enquiries under section"), L(115, "2. They are", left=99), L(145, "2. Next", left=72))
    )
    assert [each.number for each in found] == [1, 2]
    assert found[0].text == "Enquiries under section 2. They are"


def test_the_rows_of_the_table_of_judgements_have_no_number() -> None:
    found = paragraphs(
        page(1, L(100, "1. Children who need help", is_bold=True), L(115, "and protection", left=90, is_bold=True)),
        page(2, L(100, "1. Improve plans.")),
    )
    assert [(each.number, each.text) for each in found] == [
        (None, "1. Children who need help and protection"),
        (1, "Improve plans."),
    ]


@pytest.mark.parametrize(
    ("first", "second", "joined"),
    [
        ("Children’s well-", "being matters.", "Children’s well-being matters."),
        ("homes for 16-", "and 17-year-olds", "homes for 16- and 17-year-olds"),
        ("the strategy 2014–", "17 is agreed", "the strategy 2014–17 is agreed"),
        ("Leaders –", "and partners", "Leaders – and partners"),
        ("infor\u00admation and prac\u00ad", "tice", "information and practice"),
    ],
)
def test_what_stands_at_a_lines_end(first: str, second: str, joined: str) -> None:
    (only,) = paragraphs(page(1, L(100, f"1. {first}"), L(115, second, left=99)))
    assert only.text == joined


def test_a_paragraph_over_the_end_of_a_page_is_one() -> None:
    (only,) = paragraphs(
        page(1, L(100, "1. Children are"), L(115, "heard. They are", left=99)),
        page(2, L(60, "known.", left=99)),
    )
    assert only.text == "Children are heard. They are known."
    assert (only.page, only.end_page, only.page_at(0), only.page_at(30)) == (1, 2, 1, 2)


def test_the_next_page_may_begin_a_paragraph() -> None:
    found = paragraphs(page(1, L(100, "1. Children are"), L(115, "safe.", left=99)), page(2, L(60, "The summary.")))
    assert texts(found) == ["Children are safe.", "The summary."]
    assert [each.within for each in found] == [1, None]


def test_furniture_is_left_out_and_does_not_part_a_paragraph() -> None:
    def sheet(number: int, *lines: L) -> Page:
        return page(number, L(20, "Inspection of Durham"), *lines, L(815, f"9 May to 20 May 2022 {number}"))

    found = paragraphs(
        sheet(1, L(100, "1. Children"), L(115, "are", left=99)),
        sheet(2, L(100, "safe.", left=99), L(800, "3")),
        sheet(3, L(100, "2. Inspection of Durham"), L(115, "was fair.", left=99)),
    )
    assert texts(found) == ["Children are safe.", "Inspection of Durham was fair."]


def test_bullets_are_items_with_levels() -> None:
    found = paragraphs(
        page(
            1,
            L(100, "Areas for improvement", size=14, is_bold=True),
            L(130, "◼ Plans for"),
            L(145, "children:", left=90),
            L(165, "\uf02d timely", left=110),
            L(185, "\uf0be clear", left=110),
            L(205, "◼ Records."),
        )
    )
    assert [(each.kind, each.level, each.text) for each in found[1:]] == [
        (Kind.ITEM, 1, "Plans for children:"),
        (Kind.ITEM, 2, "timely"),
        (Kind.ITEM, 2, "clear"),
        (Kind.ITEM, 1, "Records."),
    ]
    assert {each.heading for each in found[1:]} == {"Areas for improvement"}


def test_a_dash_that_begins_a_line_of_a_sentence_is_no_bullet() -> None:
    found = paragraphs(
        page(
            1,
            L(100, "1. Children are heard"),
            L(115, "– and known", left=99),
            L(130, "– by all:", left=99),
            L(150, "- leaders", left=120),
            L(165, "- managers", left=120),
        )
    )
    assert texts(found) == ["Children are heard – and known – by all:", "leaders", "managers"]
    assert texts(from_text("Children are heard\n– and known.")) == ["Children are heard – and known."]


def test_items_below_a_numbered_paragraph_are_read_under_its_number() -> None:
    found = paragraphs(
        page(
            1,
            L(100, "1. Strengthen oversight of:"),
            L(125, "● complex cases", left=99),
            L(160, "Leaders", size=14, is_bold=True),
            L(190, "● Leaders know.", left=99),
        )
    )
    assert [(each.number, each.within) for each in found] == [(1, 1), (None, 1), (None, None), (None, None)]


def test_headings_stand_under_larger_ones_and_a_judgement_is_no_section() -> None:
    found = paragraphs(
        page(
            1,
            L(100, "The experiences of children", size=14, is_bold=True),
            L(116, "in care", size=14, is_bold=True),
            L(160, "Requires improvement", size=14, is_bold=True),
            L(200, "Summary", is_bold=True),
            L(240, "Children are seen."),
            L(280, "Leaders", size=14, is_bold=True),
            L(320, "Leaders know."),
        )
    )
    assert found[0].text == "The experiences of children in care"
    assert found[3].headings == ("The experiences of children in care", "Summary")
    assert found[-1].headings == ("Leaders",)


def test_the_list_of_contents_is_no_heading() -> None:
    contents = page(1, L(100, "Contents", size=25), L(140, "Summary 2", size=14), L(160, "Leaders 5", size=14))
    found = paragraphs(
        contents, page(2, L(100, "Summary", size=14), *(L(130 + 15 * at, "Words " * 9) for at in range(9)))
    )
    assert [each.kind for each in found] == [
        Kind.HEADING,
        Kind.CONTENTS,
        Kind.CONTENTS,
        Kind.HEADING,
        Kind.PARAGRAPH,
    ]
    assert found[-1].headings == ("Summary",)


def test_a_footnote_stands_apart_and_its_mark_goes() -> None:
    body = (L(100, "1. The Board7 is", left=72), L(115, "strong and", left=99))
    note = (L(700, "7 The Board was", size=9), L(711, "reviewed.", size=9))
    marked = page(1, *body, *note, raised="7 is")
    marked.raised.append(marked.text.index("7 The"))
    found = paragraphs(marked, page(2, L(60, "steady.", left=99)))
    assert [(each.kind, each.number, each.text) for each in found] == [
        (Kind.PARAGRAPH, 1, "The Board is strong and steady."),
        (Kind.FOOTNOTE, 7, "The Board was reviewed."),
    ]


def test_words_lead_back_to_their_letters() -> None:
    first, second = page(1, L(100, "1. Children are"), L(115, "heard and", left=99)), page(2, L(60, "known.", left=99))
    (only,) = paragraphs(first, second)
    at = only.text.index("are heard")
    places = only.places(at, len(only.text))
    letters = [{1: first, 2: second}[place.page].text[place.start : place.end] for place in places]
    assert letters == ["are", "heard and", "known."]
    assert only.places(0, 0) == []
    assert isinstance(places[0], Place)


def test_a_scan_is_explained() -> None:
    with pytest.raises(CannotRead) as refused:
        paragraphs(page(1))
    assert refused.value.why is Why.NO_TEXT


def test_plain_text_has_paragraphs_items_and_headings_too() -> None:
    found = from_text(
        "What needs to improve\n\n• Plans for\n  children in care.\n• Records.\n\nFindings\n\n"
        "33. Children are well-\nbeing.\n34. Leaders know.\n\nThe rest."
    )
    assert [(each.kind, each.number, each.heading, each.text) for each in found] == [
        (Kind.HEADING, None, "", "What needs to improve"),
        (Kind.ITEM, None, "What needs to improve", "Plans for children in care."),
        (Kind.ITEM, None, "What needs to improve", "Records."),
        (Kind.HEADING, None, "", "Findings"),
        (Kind.PARAGRAPH, 33, "Findings", "Children are well-being."),
        (Kind.PARAGRAPH, 34, "Findings", "Leaders know."),
        (Kind.PARAGRAPH, None, "Findings", "The rest."),
    ]
    assert {(each.page, each.end_page, each.page_at(3)) for each in found} == {(None, None, None)}


@pytest.mark.parametrize("text", ["", " \n\n ", "\0", "1.", "•"])
def test_text_without_words_has_no_paragraph_or_one_of_marks(text: str) -> None:
    assert len(from_text(text)) <= 1


@pytest.fixture(scope="module")
def reader() -> Iterator[Reader]:
    with Reader() as opened:
        yield opened


def test_a_made_report_is_read_from_the_file_on(reader: Reader) -> None:
    reader.open(
        made_pdfs.report(
            [At(72, 780, "The impact of leaders", size=16, is_bold=True), At(72, 740, "1. Leaders are well-")],
            [At(90, 780, "informed."), At(72, 750, "2. They act.")],
        )
    )
    found = from_pages(reader.pages())
    assert [(each.number, each.text) for each in found] == [
        (None, "The impact of leaders"),
        (1, "Leaders are well-informed."),
        (2, "They act."),
    ]


@with_reports
@pytest.mark.parametrize("answer", ANSWERS, ids=lambda answer: answer["file"])
def test_a_real_report_has_its_paragraphs_quotes_and_items(reader: Reader, answer: dict[str, Any]) -> None:
    reader.open(REPORTS / answer["file"])
    pages = reader.pages()
    found = from_pages(pages)
    numbers = [each.number for each in found if each.kind is Kind.PARAGRAPH and each.number is not None]
    assert len(pages.pages) == answer["n_pages"]
    assert (len(numbers), numbers[-1] if numbers else None) == (
        answer["n_numbered_paragraphs"],
        answer["last_paragraph_number"],
    )
    for quote in answer["quotes"]:
        place = next(each for each in found if quote["text"] in each.text)
        start = place.text.index(quote["text"])
        where = (place.page_at(start), place.page_at(start + len(quote["text"]) - 1), place.within)
        assert where == (quote["page"], quote["page_end"], quote["paragraph"])
    whole = " ".join(each.text for each in found if each.kind is not Kind.FOOTNOTE)
    for item in answer["improvement_items"] + (answer["lscb_improvement_items"] or []):
        assert item in whole

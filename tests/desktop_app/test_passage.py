"""Words marked in a report become a clean passage; sections name judgement areas; quotes are located again."""

import json
from pathlib import Path
from typing import Any

import pytest

from desktop_app.reading.finding import TakenFrom, find, locate
from desktop_app.reading.pages import Reader, open_report
from desktop_app.reading.paragraphs import Kind, Paragraph, from_pages, from_text
from desktop_app.reading.passage import Passage, Span, Spot, Words
from desktop_app.reading.sections import area_of
from desktop_app.reading.shown_text import ShownText
from tests.desktop_app import made_pdfs
from tests.desktop_app.made_pdfs import At
from tests.desktop_app.test_paragraphs import L, page, paragraphs

REPORTS = Path(__file__).parents[2].parent / "shared" / "reports"
TRUTH = REPORTS / "open_truth.jsonl"
QUOTES: list[tuple[str, dict[str, Any]]] = (
    [
        (answer["file"], quote)
        for answer in map(json.loads, TRUTH.read_text(encoding="utf-8").splitlines())
        for quote in answer["quotes"]
    ]
    if TRUTH.exists()
    else []
)
FOOT = "Inspection of Durham local authority children's services"
TWO_PAGES = (
    page(
        1,
        L(60, "The impact of leaders: good", size=16, is_bold=True),
        L(100, "1. Leaders know what children in care say of their well-"),
        L(115, "being2 and what those who work with them every day do", left=99),
        L(130, "about it, and leaders listen in every team meeting to the", left=99),
        L(760, "2 A footnote of the report.", size=9),
        L(800, FOOT, size=8),
        raised="2 and",
    ),
    page(2, L(40, "children.", left=99), L(70, "2. Plans are timely."), L(800, FOOT, size=8)),
)


TWO_PAGES[0].raised.append(TWO_PAGES[0].text.index("2 A"))


def words() -> Words:
    return Words(paragraphs(*TWO_PAGES))


def spot(of: Any, text: str, *, end: bool = False) -> Spot:
    at = of.text.index(text)
    return Spot(of.number, at + len(text) if end else at)


def taken(first: Spot, last: Spot) -> Passage:
    all_words = words()
    found = all_words.passage(all_words.between(first, last))
    assert found is not None
    return found


def test_a_passage_across_a_page_end_is_one_clean_sentence() -> None:
    found = taken(spot(TWO_PAGES[0], "Leaders know"), spot(TWO_PAGES[1], "children.", end=True))
    assert found.text == (
        "Leaders know what children in care say of their well-being and what those who work with them every day do "
        "about it, and leaders listen in every team meeting to the children."
    )
    assert (found.page, found.paragraph, found.headings[-1:]) == (1, 1, ("The impact of leaders: good",))


def test_the_plain_text_between_the_two_spots_would_not_be_clean() -> None:
    """The control: what a PDF viewer copies holds the line breaks and the page furniture."""
    first, last = TWO_PAGES
    copied = first.text[first.text.index("Leaders") :] + last.text[: last.text.index("children.") + 9]
    assert FOOT in copied and "footnote" in copied and "\n" in copied


def test_marking_backwards_takes_the_same() -> None:
    first, last = spot(TWO_PAGES[0], "Leaders know"), spot(TWO_PAGES[1], "children.", end=True)
    assert taken(last, first) == taken(first, last)


def test_half_words_at_the_ends_are_taken_whole() -> None:
    all_words = words()
    spans = all_words.between(spot(TWO_PAGES[0], "aders know"), spot(TWO_PAGES[0], "know wh", end=True))
    found = all_words.passage(spans)
    assert found is not None and found.text == "Leaders know what"


def test_a_sentence_marked_from_its_beginning_keeps_its_full_stop() -> None:
    one = Words([Paragraph(text="Plans are timely. Children know them.")])
    assert one.tidied([Span(0, 18, 36)]) == (Span(0, 18, 37),)
    assert one.tidied([Span(0, 0, 16)]) == (Span(0, 0, 17),)
    assert one.tidied([Span(0, 27, 36)]) == (Span(0, 27, 36),)


def test_a_real_hyphen_stays_and_its_word_is_one() -> None:
    all_words = words()
    found = all_words.passage(all_words.word_at(spot(TWO_PAGES[0], "being")))
    assert found is not None and found.text == "well-being"


def test_a_footnote_alone_can_be_taken() -> None:
    assert (
        "A footnote of the report." in taken(spot(TWO_PAGES[0], "A foot"), spot(TWO_PAGES[0], "report.", end=True)).text
    )


def test_page_furniture_alone_is_nothing_to_quote() -> None:
    all_words = words()
    assert all_words.passage(all_words.between(spot(TWO_PAGES[1], FOOT), spot(TWO_PAGES[1], FOOT, end=True))) is None


def test_a_sentence_that_was_split_in_two_paragraphs_is_one_again() -> None:
    split = Words([Paragraph(text="Leaders listen to the", number=1, within=1), Paragraph(text="children in care.")])
    found = split.passage(split.tidied([Span(0, 0, 99), Span(1, 0, 99)]))
    assert found is not None and found.text == "Leaders listen to the children in care."


def test_paragraphs_stand_apart_and_items_become_a_list() -> None:
    all_words = Words(from_text("Improve:\n\n• the plans\n• the records\n\nLeaders know."))
    whole = all_words.tidied(Span(at, 0, len(one.text)) for at, one in enumerate(all_words.paragraphs))
    found = all_words.passage(whole)
    assert found is not None and found.text == "Improve:\n\n• the plans\n• the records\n\nLeaders know."
    one = all_words.passage(whole[1:2])
    assert one is not None and one.text == "the plans"


ILACS = [
    ("leaders", "The impact of leaders on social work practice with children and families"),
    ("help", "The experiences and progress of children who need help and protection"),
    ("care", "The experiences and progress of children in care and care leavers"),
    ("overall", "Overall effectiveness"),
]
SIF = [
    ("help", "Children who need help and protection"),
    ("permanence", "Children looked after and achieving permanence"),
    ("adoption", "Adoption performance"),
    ("leavers", "Experiences and progress of care leavers"),
    ("leadership", "Leadership, management and governance"),
]


@pytest.mark.parametrize(
    ("areas", "headings", "area"),
    [
        (ILACS, ("Inspection", "The experiences and progress of children who need help and protection: good"), "help"),
        (ILACS, ("The experiences and progress of children in care and care leavers are: good",), "care"),
        (ILACS, ("The impact of leaders on social work practice with children and families is good",), "leaders"),
        (ILACS, ("Inspection of Durham local authority children’s services", "What needs to improve?"), None),
        (SIF, ("Executive", "Leadership, management and governance Requires improvement", "Summary"), "leadership"),
        (
            SIF,
            (
                "The experiences and progress of children looked after and achieving permanence",
                "The graded judgement about the experience and progress of care leavers is that it is good",
            ),
            "leavers",
        ),
        (SIF, ("The graded judgment for adoption performance is that it is good",), "adoption"),
        ([("one", "Quality of provision"), ("two", "Quality of provision")], ("Quality of provision",), None),
        (ILACS, (), None),
    ],
)
def test_a_section_names_its_judgement_area(areas: Any, headings: tuple[str, ...], area: str | None) -> None:
    assert area_of(headings, areas) == area


PARTS = [
    Paragraph(text="Children’s plans are timely.", number=1, within=1),
    Paragraph(text="Workers use a “team around” approach - always. Children's plans are timely.", number=2, within=2),
]


@pytest.mark.parametrize(
    ("typed", "count"), [("children's  PLANS", 2), ('"team around"', 1), ("approach – always", 1), ("", 0), ("(", 0)]
)
def test_finding_takes_marks_and_spaces_alike(typed: str, count: int) -> None:
    assert len(find(PARTS, typed)) == count


def test_a_quote_is_located_where_it_says_that_it_stands() -> None:
    assert locate(PARTS, TakenFrom("Children's plans are timely", paragraph=2))[0].paragraph == 1
    assert locate(PARTS, TakenFrom("Children's plans are timely", paragraph=1))[0].paragraph == 0
    assert len(locate(PARTS, TakenFrom("Workers use a “team around” ... plans are timely."))) == 2
    assert locate(PARTS, TakenFrom("nowhere in this report")) == ()


def test_the_shown_text_knows_which_letters_are_which() -> None:
    all_words = words()
    shown = ShownText(all_words.paragraphs)
    assert "Page 2\n\n" in shown.text and "1. Leaders" in shown.text
    for at, paragraph in enumerate(all_words.paragraphs):
        start, end = shown.place(Span(at, 0, len(paragraph.text)))
        assert shown.text[start:end] == paragraph.text
        assert shown.spans(start, end) == [Span(at, 0, len(paragraph.text))]
    assert [span.paragraph for span in shown.spans(0, len(shown.text))] == list(range(len(all_words.paragraphs)))


def test_a_letter_beyond_the_basic_plane_moves_no_other() -> None:
    shown = ShownText([Paragraph(text="a 🙂 b"), Paragraph(text="next", kind=Kind.ITEM)])
    assert len(shown.text) == len(shown.text.encode("utf-16-le")) // 2
    start, end = shown.place(Span(1, 0, 4))
    assert shown.text[start:end] == "next"


def test_a_made_report_is_quoted_by_its_letters() -> None:
    lines = [At(72, 700, "1. Children are safe and their"), At(90, 685, "plans are timely.")]
    with open_report(made_pdfs.report(lines)) as reader:
        pages = reader.pages()
        all_words = Words(from_pages(pages))
        boxes = reader.letters(1)
    text = pages.pages[0].text
    assert len(boxes) == 4 * len(text)
    spans = all_words.between(Spot(1, text.index("Children")), Spot(1, text.index("timely") + 7))
    found = all_words.passage(spans)
    assert found is not None
    assert (found.text, found.page, found.paragraph) == ("Children are safe and their plans are timely.", 1, 1)


@pytest.mark.skipif(not QUOTES, reason="the real reports are not beside the project")
def test_every_quote_of_the_real_reports_is_taken_again_as_it_was() -> None:
    wrong = []
    with Reader() as reader:
        for file in sorted({file for file, _ in QUOTES}):
            reader.open(REPORTS / file)
            all_words = Words(from_pages(reader.pages()))
            for quote in (quote for name, quote in QUOTES if name == file):
                spans = locate(all_words.paragraphs, TakenFrom(quote["text"]))
                places = all_words.places(spans)
                if not places:
                    wrong.append(quote["text"])
                    continue
                first, last = Spot(places[0].page, places[0].start), Spot(places[-1].page, places[-1].end)
                found = all_words.passage(all_words.between(first, last))
                if found is None or (found.page, found.paragraph) != (quote["page"], quote["paragraph"]):
                    wrong.append(quote["text"])
    assert wrong == []

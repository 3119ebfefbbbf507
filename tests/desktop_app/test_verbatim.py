"""Quotes against a report: paragraphs made by hand, the fifteen real reports, and sentences altered at random."""

import json
import random
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop_app.reading.pages import Reader
from desktop_app.reading.paragraph_values import Kind, Paragraph, Piece
from desktop_app.reading.paragraphs import from_pages, from_text
from desktop_app.reading.verbatim import Check, Checker, Verdict

SHARED = Path(__file__).parents[2].parent / "shared"
REPORTS = SHARED / "reports"
TRUTH = REPORTS / "open_truth.jsonl"
DURHAM = SHARED / "domain" / "durham.json"
ANSWERS: list[dict[str, Any]] = (
    [json.loads(line) for line in TRUTH.read_text(encoding="utf-8").splitlines()] if TRUTH.exists() else []
)
with_reports = pytest.mark.skipif(not ANSWERS, reason="the real reports are not beside the project")
SENTENCES_A_REPORT = 12
_SENTENCE = re.compile(r"(?<![0-9])[A-Z][^.!?]{30,}[.!?](?= |$)")

FOUND, DIFFERS, NOT_FOUND = Verdict.FOUND, Verdict.DIFFERS, Verdict.NOT_FOUND


def on_page(text: str, page: int, number: int | None = None, kind: Kind = Kind.PARAGRAPH, **facts: Any) -> Paragraph:
    within = facts.pop("within", number)
    pieces = (Piece(0, page, 0, len(text)),)
    return Paragraph(text=text, number=number, within=within, kind=kind, pieces=pieces, **facts)


LEADERS = on_page(
    "There is a confident and stable senior leadership team, led by an experienced director (DCS), all of whom have "
    "high ambitions for children’s services. Their relentless focus is on working longer and more intensively with "
    "families, in order to achieve real sustainable change.",
    7,
    33,
)
DISABLED = on_page(
    "Some disabled children wait due to a lack of sufficient specialist providers, including short-breaks care.", 3, 7
)
LEAD_IN = on_page("The local authority should ensure that:", 4, 12)
BULLET = on_page("frontline managers are supported to use performance information.", 4, None, Kind.ITEM, within=12)
SUMMARY = on_page("Social workers know their children well.", 1)
BODY = on_page("Social workers know their children well. They visit regularly and do not give up.", 5, 20)
HEADING = on_page("The experiences and progress of children in care: good", 5, None, Kind.HEADING)
NOTE = on_page("Working Together 2018.", 5, 2, Kind.FOOTNOTE, within=None)
MARKED = on_page("Co-ordination of services2 at the ‘front door’ has improved.", 6, 24)
REPORT = (SUMMARY, DISABLED, LEAD_IN, BULLET, HEADING, BODY, NOTE, MARKED, LEADERS)


def check(text: str, *, report: tuple[Paragraph, ...] = REPORT, page: int | None = None) -> Check:
    return Checker(report).check(text, page=page)


def told(text: str) -> list[tuple[str, str, str]]:
    return [(each.kind, each.quote, each.report) for each in check(text).differences]


def test_the_words_of_a_report_are_found_with_page_and_paragraph() -> None:
    found = check("led by an experienced director (DCS)")
    assert (found.verdict, found.page, found.paragraph) == (FOUND, 7, 33)
    assert found.report_text == "led by an experienced director (DCS"
    assert [(one.paragraph, one.start) for one in found.passages] == [(LEADERS, LEADERS.text.index("led by"))]


@pytest.mark.parametrize(
    ("text", "note"),
    [
        ("there is a confident and stable senior leadership team", "the first letter"),
        ("high ambitions for children's services", "quotation marks"),
        ("The local authority should ensure that frontline managers are supported", "punctuation"),
        ("high ambitions for Children’s Services", "capital letters"),
        ("Coordination of services at the “front door” has improved", "hyphens and dashes"),
        ("senior leadership team … all of whom have high ambitions", "words left out"),
        ("senior leadership team....all of whom have high ambitions", "words left out"),
        ("senior leadership team [...] all of whom have high ambitions", "words left out"),
        ("[The team] led by an experienced director", "square brackets"),
        ("[T]heir relentless focus is on working longer", None),
        ("They visit regularly and [the workers] do not give up", "square brackets"),
        ("Leaders, the report says, have a “relentless focus” and more", "words around quotation marks"),
        ("Co\u00adordination of\u00a0services at the front door", None),
        ("including short-\nbreaks care", None),
    ],
)
def test_what_is_no_difference_is_named(text: str, note: str | None) -> None:
    found = check(text)
    assert (found.verdict, found.differences) == (FOUND, ())
    assert note is None or note in found.notes


@pytest.mark.parametrize(
    ("text", "differences"),
    [
        ("working longer and more intensely with families", [("changed", "intensely", "intensively")]),
        (
            "due to a lack of specialist providers, including short breaks care",
            [("dropped", "", "sufficient"), ("changed", "short breaks", "short-breaks")],
        ),
        ("They visit regularly and do give up", [("dropped", "", "not")]),
        ("They visit very regularly and do not give up", [("added", "very", "")]),
        ("Some disabled children wait due to a lack of sufficient providers", [("dropped", "", "specialist")]),
        ("Many disabled children wait due to a lack of sufficient specialist", [("changed", "Many", "Some")]),
        ("They visit regularly and do not give up, said Ofsted", [("added", "said Ofsted", "")]),
        ("Further, some disabled children wait due to a lack", [("added", "Further", "")]),
        ("led by an inexperienced director … high ambitions", [("changed", "inexperienced", "experienced")]),
        ("“working longer and more intensely with families,” Ofsted said", [("changed", "intensely", "intensively")]),
    ],
)
def test_words_dropped_added_and_changed_are_differences(text: str, differences: list[tuple[str, str, str]]) -> None:
    assert (check(text).verdict, told(text)) == (DIFFERS, differences)


@pytest.mark.parametrize("text", ["", "…", "We are extremely pleased with this rating", "children", "very weak"][:3])
def test_what_the_report_does_not_have_is_not_found(text: str) -> None:
    assert check(text) == Check(verdict=NOT_FOUND)


def test_parts_in_another_order_are_no_quote() -> None:
    assert check("all of whom have high ambitions … senior leadership team").verdict is DIFFERS


def test_marks_of_the_report_itself_do_not_excuse_the_words_around_them() -> None:
    assert check("Co-ordination of services at the “front door” has much improved").verdict is DIFFERS
    assert check("“front door” was what the committee spoke about").verdict is FOUND


def test_the_mark_of_a_footnote_is_no_difference_and_another_figure_is() -> None:
    assert check("Co-ordination of services at the front door").verdict is FOUND
    assert Checker([MARKED]).check("Co-ordination of services at the front door").verdict is DIFFERS


def test_a_lead_in_and_its_item_are_found_together_and_a_bullet_has_its_paragraph() -> None:
    both = check("The local authority should ensure that: frontline managers are supported")
    assert (both.verdict, both.paragraph, len(both.passages)) == (FOUND, 12, 2)
    assert check("frontline managers are supported to use").paragraph == 12


def test_a_numbered_paragraph_comes_before_a_summary_unless_the_page_says_otherwise() -> None:
    words = "Social workers know their children well."
    assert (check(words).page, check(words).paragraph) == (5, 20)
    assert (check(words, page=1).page, check(words, page=1).paragraph) == (1, None)


def test_headings_and_footnotes_are_found_after_everything_else() -> None:
    assert check("children in care: good").page == 5
    assert check("Working Together 2018").paragraph is None


def test_a_line_that_was_taken_for_a_heading_is_bridged() -> None:
    report = (
        on_page("Leaders know their", 2, 4),
        on_page("Services Well And", 2, None, Kind.HEADING),
        on_page("act.", 2),
    )
    assert check("Leaders know their services well and act.", report=report).verdict is FOUND


def test_a_line_that_was_taken_for_a_footer_is_looked_for_on_the_page() -> None:
    report = (on_page("Leaders know their children and act upon what they learn.", 2, 4),)
    whole = "Leaders know their chil-\ndren well in all teams and act upon what they learn."
    text = "Leaders know their children well in all teams and act upon what they learn."
    assert Checker(report).check(text).verdict is DIFFERS
    found = Checker(report, ["", whole]).check(text)
    assert (found.verdict, found.page, found.paragraph) == (FOUND, 2, 4)


@pytest.mark.parametrize("printed", ["multi- agency work is good", "multi -agency work is good"])
def test_a_hyphen_that_the_page_set_apart_is_no_difference(printed: str) -> None:
    assert check("Their multi-agency work is good", report=(on_page(f"Their {printed}", 1),)).verdict is FOUND


def test_words_torn_or_run_together_on_the_page_are_no_difference() -> None:
    report = (on_page("The child ren are safe. All children said so, and theauthority knows.", 1),)
    report += (LEADERS, on_page("The authority has acted.", 8))
    assert check("The children are safe", report=report).verdict is FOUND
    assert check("and the authority knows", report=report).verdict is FOUND
    other = (on_page("They play a part in it and live apart. It is a large part.", 1),)
    assert check("They play apart in it", report=other).verdict is not FOUND


def test_taking_the_reports_words_keeps_what_is_the_writers() -> None:
    found = check("“working longer and more intensely with families … to achieve change,” said the report.")
    assert found.taken == (
        "“working longer and more intensively with families … to achieve real sustainable change,” said the report."
    )
    assert check(found.taken).verdict is FOUND


def test_differences_say_where_their_words_stand_in_both_texts() -> None:
    text = "a lack of specialist providers, including short breaks care … more intensely with families"
    found = check(text)
    assert found.verdict is DIFFERS
    for each in found.differences:
        assert text[slice(*each.quote_at)] == each.quote
        assert found.report_text[slice(*each.report_at)] == each.report


def test_plain_text_has_paragraphs_and_no_pages() -> None:
    found = Checker(from_text("1. Children are safe.\n\n2. Leaders know their services.")).check("know their services")
    assert (found.verdict, found.page, found.paragraph) == (FOUND, None, 2)


# Sentences of all kinds, altered: an altered sentence is never found.

WORDS = "children leaders plans are not well always known safe timely and of the a by care support".split()
SENTENCES = st.lists(st.sampled_from(WORDS), min_size=6, max_size=14, unique=True)


@settings(deadline=None, max_examples=150)
@given(st.lists(SENTENCES, min_size=1, max_size=8), st.data())
def test_a_sentence_with_a_strange_word_is_never_found_and_the_word_is_named(
    sentences: list[list[str]], data: st.DataObject
) -> None:
    report = [on_page(" ".join(words).capitalize() + ".", at, at) for at, words in enumerate(sentences, start=1)]
    checker = Checker(report)
    words = data.draw(st.sampled_from(sentences))
    assert checker.check(" ".join(words)).verdict is FOUND
    at = data.draw(st.integers(1, len(words) - 1))
    is_swap = data.draw(st.booleans())
    altered = [*words[:at], "purple", *words[at + is_swap :]]
    found = checker.check(" ".join(altered))
    assert found.verdict is DIFFERS
    assert "purple" in " ".join(each.quote for each in found.differences)


@settings(deadline=None, max_examples=100)
@given(st.text(max_size=200), st.text(max_size=200))
def test_any_text_can_be_checked_against_any_other(text: str, report: str) -> None:
    found = Checker(from_text(report)).check(text)
    for each in found.differences:
        assert text[slice(*each.quote_at)] == each.quote
        assert found.report_text[slice(*each.report_at)] == each.report


@pytest.fixture(scope="module")
def real() -> Iterator[Any]:
    with Reader() as reader:

        @cache
        def paragraphs(name: str) -> list[Paragraph]:
            reader.open(REPORTS / name)
            return from_pages(reader.pages())

        yield paragraphs


@with_reports
@pytest.mark.parametrize("answer", ANSWERS, ids=lambda answer: answer["file"])
def test_the_sentences_of_real_reports_stand_on_their_page_and_in_their_paragraph(real: Any, answer: Any) -> None:
    checker = Checker(real(answer["file"]))
    found = [checker.check(quote["text"]) for quote in answer["quotes"]]
    assert [(each.verdict, each.page, each.paragraph) for each in found] == [
        (FOUND, quote["page"], quote["paragraph"]) for quote in answer["quotes"]
    ]


@with_reports
@pytest.mark.parametrize(
    ("started", "name"), [("2016", "durham-2016-05-16"), ("2019", "durham-2019-10-21"), ("2022", "durham-2022-07-05")]
)
def test_the_quotes_of_durham_get_their_verdict(real: Any, started: str, name: str) -> None:
    checker = Checker(real(f"{name}.pdf"))
    quotes = [one for each in json.loads(DURHAM.read_text(encoding="utf-8"))["inspections"] for one in each["quotes"]]
    described = {"2018": "2019", "2019FV": "2019"}  # the report of 2019 tells of both
    own = [quote for quote in quotes if described.get(year := quote["id"].split("-")[1], year) == started]
    assert own
    found = {quote["id"]: checker.check(quote["text"]) for quote in own}
    assert {key: (each.verdict, each.page, each.paragraph) for key, each in found.items()} == {
        quote["id"]: (quote["expected"], quote["report_page"], quote["report_paragraph"]) for quote in own
    }


def sentences_of(paragraphs: list[Paragraph]) -> list[tuple[Paragraph, int, str]]:
    bodies = [one for one in paragraphs if one.kind in (Kind.PARAGRAPH, Kind.ITEM)]
    found = [(one, match.start(), match[0]) for one in bodies for match in _SENTENCE.finditer(one.text)]
    texts = [each[2] for each in found]
    return [each for each in found if texts.count(each[2]) == 1]


@with_reports
@pytest.mark.parametrize("answer", ANSWERS, ids=lambda answer: answer["file"])
def test_any_sentence_of_a_real_report_is_found_at_its_place_and_never_when_a_word_is_altered(
    real: Any, answer: Any
) -> None:
    paragraphs = real(answer["file"])
    checker = Checker(paragraphs)
    chance = random.Random(answer["file"])
    for paragraph, at, sentence in chance.sample(sentences_of(paragraphs), SENTENCES_A_REPORT):
        found = checker.check(sentence)
        assert (found.verdict, found.page) == (FOUND, paragraph.page_at(at)), sentence
        assert found.paragraph == paragraph.within
        for kind in ("dropped", "added", "changed"):
            altered, named = alter(sentence, kind, chance)
            told = checker.check(altered)
            assert told.verdict is DIFFERS, altered
            assert any(named in (each.report if kind == "dropped" else each.quote) for each in told.differences), (
                altered
            )


def alter(sentence: str, kind: str, chance: random.Random) -> tuple[str, str]:
    """The sentence with one word inside altered, and that word."""
    words = sentence.split(" ")
    plain = [n for n in range(1, len(words) - 1) if words[n].isalpha() and words[n] not in (words[n - 1], words[n + 1])]
    at = chance.choice(plain)
    if kind == "dropped":
        return " ".join([*words[:at], *words[at + 1 :]]), words[at]
    return " ".join([*words[:at], "unexpectedly", *words[at + (kind == "changed") :]]), "unexpectedly"

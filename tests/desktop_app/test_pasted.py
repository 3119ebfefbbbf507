import json
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.reading import pasted

REPORTS = Path(__file__).parents[2] / ".." / "shared" / "reports"
MARKS = ["\u25fc ", "\uf06e ", "\uf0b7\t", "• ", "▪ ", "■", "- ", "– ", "* ", "o ", "1. ", "2. ", "7) ", "(1) "]
WORDS = ["plans", "well-", "being", "safe.", "Children’s", "oversight,", "of:", "É"]
ILACS_REPORTS = [
    "bradford-2023-01-31",
    "doncaster-2025-03-18",
    "durham-2019-10-21",
    "durham-2022-07-05",
    "hounslow-2018-11-12",
    "leicestershire-2024-07-12",
    "northumberland-2020-03-02",
    "walsall-2021-11-26",
    "west-sussex-2023-05-11",
]
LINES = st.lists(
    st.builds(
        str.__add__,
        st.sampled_from(["", "", *MARKS]),
        st.sampled_from(
            ["", "7", "16. The", "well-", "being", "is new", "good.", "and so", "2016–", "a\ufffe", "b\u00ad"]
        )
        | st.text(max_size=8),
    )
).map("\n".join)
ANY_TEXT = LINES | st.text(st.characters(codec=None), max_size=60)


@pytest.mark.parametrize(
    ("printed", "words"),
    [
        ("in the multi\ufffeagency safeguarding hub", "in the multi-agency safeguarding hub"),
        ("in the multi\ufffe\r\nagency safeguarding hub", "in the multi-agency safeguarding hub"),
        ("for children’s well-\nbeing", "for children’s well-being"),
        ("16- and 17-year-\nolds", "16- and 17-year-olds"),
        ("homeless 16-\nand 17-year-olds", "homeless 16- and 17-year-olds"),
        ("kept up-\nto-date", "kept up-to-date"),
        ("22 February 2016–\n18 March 2016", "22 February 2016–18 March 2016"),
        ("the council –\nwhich is new", "the council – which is new"),
        ("the council\n– which is new –\nsaid", "the council – which is new – said"),
        ("safe\u00ad\r\nguarding", "safeguarding"),
        ("A range of good \r\nquality help.", "A range of good quality help."),
    ],
)
def test_a_quote_has_no_soft_line_breaks_and_every_real_hyphen(printed, words):
    assert pasted.quote(printed) == words


@pytest.mark.parametrize(
    ("printed", "words"),
    [
        ("33. Children\nare safe.", "Children are safe."),
        ("\u25fc Pathway assessments\nand planning.", "Pathway assessments and planning."),
        ("a response for children aged\n16. The council", "a response for children aged 16. The council"),
        ("within\n6 months", "within 6 months"),
        ("1. Most are safe.\n2. Some\nare not.", "Most are safe.\n\nSome are not."),
        ("Most are safe.\n12. Some\nare not.", "Most are safe.\n\nSome are not."),
        ("Most are safe.\n\n\nSome\nare not.", "Most are safe.\n\nSome are not."),
        ("\uf06e plans\n\uf06e records of\nvisits", "• plans\n• records of visits"),
        ("- plans\n- records of\nvisits", "• plans\n• records of visits"),
        ("Leaders know:\n▪ plans\n▪ records", "Leaders know:\n• plans\n• records"),
        ("children are\n7\nsafe at home", "children are safe at home"),
        ("- said the inspector\nof the council", "- said the inspector of the council"),
    ],
)
def test_a_quote_loses_page_numbers_and_marks_and_keeps_its_paragraphs_and_lists(printed, words):
    assert pasted.quote(printed) == words


@pytest.mark.parametrize(
    "words",
    ["- said the inspector", "33. Children are safe.", "• plans", "“Good” [sic], ‘front door’", "7", "", "1990s"],
)
def test_a_single_line_is_left_as_it_is(words):
    assert pasted.quote(f" {words}\n") == words


def test_a_footer_of_a_page_stays_as_it_may_be_words():
    printed = "children are\nInspection of Durham local authority children’s services\n10 May to 20 May 2022 2\nsafe"
    assert pasted.quote(printed) == printed.replace("\n", " ")


@pytest.mark.parametrize("mark", MARKS[:10])
def test_a_bulleted_list_becomes_its_items(mark):
    printed = f"{mark}Pathway assessments \r\nand planning.\r\n{mark}Sufficiency of short-\r\nbreak placements"
    assert pasted.items(printed) == ["Pathway assessments and planning.", "Sufficiency of short-break placements"]
    assert len(pasted.items(printed)) > 1


@pytest.mark.parametrize("form", ["{}. ", "{}) ", "({}) ", "{}.\t"])
@pytest.mark.parametrize("first", [1, 7, 99])
def test_a_numbered_list_becomes_its_items_from_any_number_on(form, first):
    printed = f"{form.format(first)}Improve plans for children aged\n16. Then\n{form.format(first + 1)}Review"
    assert pasted.items(printed) == ["Improve plans for children aged 16. Then", "Review"]


@pytest.mark.parametrize(
    ("printed", "items"),
    [
        ("The response to children who\ngo missing.", ["The response to children who go missing."]),
        ("Plans for\nchildren\n\nRecords\n\n\n", ["Plans for children", "Records"]),
        ("1. Plans\n\n2. Records", ["Plans", "Records"]),
        (
            "act within\n6 months for those aged\n16. The council",
            ["act within 6 months for those aged 16. The council"],
        ),
        ("◼ Plans\n◼\n◼ Records", ["Plans", "Records"]),
        ("◼ Plans\n7\n◼ Records", ["Plans", "Records"]),
        ("•\nPlans\n•\nRecords", ["Plans", "Records"]),
        ("What needs to improve?\n1\n◼ Plans", ["What needs to improve?", "Plans"]),
        ("Recommendations\n1. Plans\n2. Records", ["Recommendations", "Plans", "Records"]),
        ("• Oversight of:\no fostering\no visits\n• Plans", ["Oversight of: fostering visits", "Plans"]),
        ("1. Oversight of:\n\uf06e fostering\n\uf06e visits\n2. Plans", ["Oversight of: fostering visits", "Plans"]),
        (
            "◼ Oversight by the council\n– which is new – of plans",
            ["Oversight by the council – which is new – of plans"],
        ),
        ("\u25fc Pathway assessments", ["Pathway assessments"]),
        (" \n ", []),
    ],
)
def test_marks_and_empty_lines_part_items_and_numbers_in_a_sentence_do_not(printed, items):
    assert pasted.items(printed) == items
    assert (len(pasted.items(printed)) > 1) is (len(items) > 1)


@given(ANY_TEXT)
def test_a_quote_made_clean_twice_is_the_same(any_text):
    assert pasted.quote(pasted.quote(any_text)) == pasted.quote(any_text)


@given(ANY_TEXT)
def test_items_shown_as_a_list_are_the_same_items(any_text):
    items = pasted.items(any_text)
    is_text_after_a_dash = any(re.match(r"[-–*o](\s|$)", item) for item in items)  # "- said the inspector"
    if len(items) > 1 and not is_text_after_a_dash:
        assert pasted.items("\n".join(f"• {item}" for item in items)) == items


@given(st.lists(st.tuples(st.sampled_from(MARKS), st.lists(st.sampled_from(WORDS), min_size=1, max_size=4))))
def test_items_lose_no_letter_and_no_digit_but_marks(marked):
    printed = "\n".join(mark + "\n".join(words) for mark, words in marked)
    letters = "".join(re.findall(r"[^\W\d_]{2,}", printed))
    assert "".join(re.findall(r"[^\W\d_]{2,}", "".join(f"{item} " for item in pasted.items(printed)))) == letters


@given(
    st.lists(
        st.sampled_from(["plans", "well-", "aged", "16. The", "6 months", "2016–", "‘front", "(b)", "47,"]), min_size=1
    )
)
def test_lines_without_marks_lose_nothing(lines):
    printed = "Plans\n" + "\n".join(lines)
    assert re.sub(r"\s", "", "".join(pasted.items(printed))) == re.sub(r"\s", "", printed)


def report(name):
    """The text of a real report as PDFium gives it, and what a person read in it."""
    if not (REPORTS / f"{name}.pdf").exists():
        pytest.skip("the reports are not here")
    pdfium = pytest.importorskip("pypdfium2")
    with pdfium.PdfDocument(REPORTS / f"{name}.pdf") as document:
        printed = "\n".join(page.get_textpage().get_text_range() for page in document)
    lines = (REPORTS / "open_truth.jsonl").read_text("utf-8").splitlines()
    return printed, next(truth for truth in map(json.loads, lines) if truth["file"] == f"{name}.pdf")


def place_of(words, printed, start=0):
    pattern = r"\s+".join(map(re.escape, words.split())).replace("\\-", r"(?:-\s*|\ufffe)")
    return re.compile(pattern).search(printed, start)


@pytest.mark.parametrize("name", ILACS_REPORTS)
def test_the_list_of_a_real_report_becomes_the_items_that_a_person_reads(name):
    printed, truth = report(name)
    wanted = truth["improvement_items"]
    first = place_of(wanted[0], printed, printed.index("What needs to improve"))
    last = place_of(wanted[-1], printed, first.start())
    listed = printed[printed.rindex("\n", 0, first.start()) : last.end()]
    assert [item.split() for item in pasted.items(listed)] == [item.split() for item in wanted]


@pytest.mark.parametrize("name", ILACS_REPORTS)
def test_a_sentence_pasted_from_a_real_report_reads_as_it_is_printed(name):
    printed, truth = report(name)
    for wanted in truth["quotes"]:
        if wanted["span"] != "page":
            assert pasted.quote(place_of(wanted["text"], printed).group()) == wanted["text"]

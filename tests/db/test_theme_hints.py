"""Themes suggested from the words, measured on items whose themes were set by reading."""

import tomllib
from collections.abc import Iterable
from importlib.resources import files
from typing import Any

import pytest

from db.catalogue import fact_id, shipped
from db.frameworks import Theme
from db.records import RecordType
from db.theme_hints import suggest
from tests.db.themed_areas import THEMED

THEMES = [fact for fact in shipped() if isinstance(fact, Theme)]
CODES = {
    fact_id(RecordType.THEME, row["code"]): row["code"]
    for row in tomllib.loads(files("resources").joinpath("themes.toml").read_text(encoding="utf-8"))["themes"]
}


def codes(text: str, themes: Iterable[Theme] = THEMES) -> list[str]:
    return [CODES[theme.id] for theme in suggest(text, themes)]


def measured(pairs: list[tuple[str, set[str]]]) -> tuple[float, float]:
    """Precision and recall over items with the themes that they have."""
    told = [(set(codes(text)), wanted) for text, wanted in pairs]
    right = sum(len(found & wanted) for found, wanted in told)
    return (
        round(right / sum(len(found) for found, _ in told), 2),
        round(right / sum(len(wanted) for _, wanted in told), 2),
    )


def test_suggestions_for_other_authorities_items_with_plain_themes():
    precision, recall = measured([(text, set(themes.split())) for text, themes in THEMED])
    print(f"\n{len(THEMED)} items of other authorities: precision {precision}, recall {recall}")
    assert len(THEMED) >= 75
    assert precision >= 0.85
    assert recall >= 0.9


def test_suggestions_for_the_samples_areas_whose_long_sentences_say_more(durham: dict[str, Any]):
    rows = [row for one in durham["inspections"] for row in one["areas_for_improvement"]]
    precision, recall = measured([(row["text"], set(row["themes"])) for row in rows])
    print(f"\n{len(rows)} items of the sample: precision {precision}, recall {recall}")
    assert precision >= 0.65
    assert recall >= 0.84


def test_a_theme_without_words_is_never_suggested():
    """The negative control of the measuring: it is the hints that find the themes."""
    bare = [Theme(id=theme.id, name=theme.name) for theme in THEMES]
    assert not any(codes(text, bare) for text, _ in THEMED)
    assert codes("Anything at all", ()) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The tracking of children missing from education.", ["education"]),
        ("The response to children who go missing from home.", ["missing"]),
        ("RETURN-HOME INTERVIEWS for children", ["missing"]),
        ("Quality of auditing", ["quality_assurance"]),
        ("The use of the PLO", ["pre_proceedings"]),
        ("A plot of land", []),
        ("Young people aged 16 and 17", ["homeless_16_17"]),
        ("", []),
        ("<b>neglect</b>", ["neglect"]),
    ],
)
def test_a_hint_is_found_in_any_form_and_the_longer_one_stands_for_the_shorter(text, expected):
    assert codes(text) == expected


def test_the_longest_hint_comes_first():
    text = "Plans for children on a return home interview list"
    assert codes(text) == ["missing", "plans"]


def test_themes_of_the_officers_own_count_with_their_words():
    own = Theme(id="own", name="foster carers’ reviews", words="foster carers' reviews\nreview of carers")
    assert suggest("The timeliness of foster carers’ reviews.", [own]) == [own]

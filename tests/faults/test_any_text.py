"""Any text at all: typed into the search, entered as a date, pasted, or kept in a record.

What clean text is, that any typed words are no error and that every shown date is read back stand in the tests of
those modules; here is what goes through several of them.
"""

import runpy
import unicodedata
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import Phase, assume, given, settings
from hypothesis import strategies as some

from db import dates, matches, passages, search, store
from db.connection import create_file
from db.dates import PartialDate, from_parts, parse, period, short_period
from db.edit import Edit
from db.errors import BadDate, RuleBroken
from db.history import replay
from db.records import Inspection, Quote, new_id
from db.rows import LONG_FIELDS
from db.store import Store
from db.text import clean
from desktop_app.reading import pasted
from tests.db.records_from_the_field import DURHAM, DURHAM_2022, PARTNERSHIP
from tests.faults.older_files import contents
from tests.faults.soundness import problems

EXAMPLES = 60
EXAMPLES_BY_HAND = 2_000
KNOWN_TO_SQLITE = unicodedata.ucd_3_2_0  # letters that its tokenizer has known for long, whatever Python knows
STRANGE = "\0 \ud800 \udfff \ufffe \ufeff \x1b[31m \u202e \u2067 \u200b \u00ad e\u0301 \u0301 ﬁ ß İ ŉ"
SCRIPTS = "ילדים الأطفال 子供 👩‍👩‍👧‍👦 🏴\U000e0067\U000e007f"
MEANING = "' \" <b> &amp; %s {0} =1+1 -- ; \\ null"
LINES = ("- ", "• ", "1. ", "o ", "7\n", "\n", "\n\n", "\r", "\u2028")
HARD = some.sampled_from([*STRANGE.split(" "), *SCRIPTS.split(" "), *MEANING.split(" "), *LINES])
ANY = some.lists(HARD | some.text(some.characters(codec=None), max_size=8), max_size=12).map("".join)
LETTERS = some.text(
    some.characters(codec="utf-8").filter(lambda sign: KNOWN_TO_SQLITE.category(sign)[0] in "LN"),
    min_size=1,
    max_size=12,
)
DATES = some.builds(
    lambda day, length: PartialDate.from_iso(str(day)[:length]),
    some.dates(PartialDate(1900).first_day, PartialDate(2199).last_day),
    some.sampled_from([4, 7, 10]),
)


@pytest.fixture
def durham(tmp_path: Path) -> Iterator[Store]:
    with closing(Store(create_file(tmp_path / "inspections.sqlite"))) as opened:
        opened.apply(Edit(after=(*contents(1), DURHAM, DURHAM_2022)))
        yield opened


def tried(check: Callable[..., None], *strategies: Any, most: int = EXAMPLES, **fixed: Any) -> None:
    """Try a check with that many examples."""

    @settings(max_examples=most, deadline=None, database=None, derandomize=True, phases=[Phase.generate])
    @given(some.tuples(*strategies))
    def run(values: tuple[Any, ...]) -> None:
        check(*values, **fixed)

    run()


def a_quote_comes_back(text: str, speaker: str, durham: Store) -> None:
    """Kept and read back, both as it is now and as the log tells it; found by a search without an error."""
    quote = replace(PARTNERSHIP, id=new_id(), document_id=None, text=f"x{text}", speaker=speaker)
    durham.apply(Edit(after=(quote,)))
    kept = durham.get(Quote, quote.id)
    assert kept == replace(quote, text=clean(quote.text, lines=True), speaker=clean(speaker, lines=False))
    assert replay(durham.connection.raw)[quote.id] == kept
    assert search.find(durham, text).trouble == ""
    durham.apply(Edit(before=(kept,)))


def an_inspection_comes_back(texts: dict[str, Any], durham: Store) -> None:
    changed = replace(DURHAM_2022, **texts)
    durham.apply(Edit((DURHAM_2022,), (changed,)))
    tidy: dict[str, Any] = {name: clean(text, lines=name in LONG_FIELDS) for name, text in texts.items()}
    kept = durham.get(Inspection, DURHAM_2022.id)
    assert kept == replace(DURHAM_2022, **tidy)
    durham.apply(Edit((kept,), (DURHAM_2022,)))


def a_word_is_found(before: str, word: str, after: str, durham: Store) -> None:
    """Typed whole, with a space behind it, and as far as its middle, whatever stands around it."""
    typed = clean(word, lines=False)
    assume(typed)
    quote = replace(PARTNERSHIP, id=new_id(), document_id=None, text=f"{before} {word} {after}")
    done = durham.apply(Edit(after=(quote,)))
    half = typed[: (len(typed) + 1) // 2]
    for words in (typed, f"{typed} ", half):
        found = {hit.record_id for hit in search.find(durham, words, limit=1000).hits}
        assert quote.id in found, ascii((words, quote.text))
    durham.apply(done.undone())


def boxes_are_a_date_or_told_why(day: str, month: str, year: str) -> None:
    for read in (lambda: from_parts(day, month, year), lambda: parse(f"{day} {month} {year}"), lambda: parse(day)):
        with suppress(BadDate):
            found = read()
            assert parse(str(found)) == PartialDate.from_iso(found.iso) == found
    with suppress(BadDate):
        assert PartialDate.from_iso(year).iso == year


def pasted_words_keep_every_letter(text: str) -> None:
    """In order; only marks, numbers and white space may go, and an "o" that may be a mark."""
    assert letters(pasted.quote(text)) == letters(text)
    assert letters(" ".join(pasted.items(text))) == letters(text)
    pasted.heading(pasted.items(text))


def letters(text: str) -> str:
    return "".join(sign for sign in unicodedata.normalize("NFD", text) if sign.isalpha() and sign != "o")


PERIODS = some.none() | DATES
NUMBERS = some.sampled_from(["9", "31", "٣", "²", "May", "sept.", "2022", "１９９９", " 5", "0", "-1", "1e3", "٢٠٢٢"])
INSPECTION_TEXTS = some.fixed_dictionaries(dict.fromkeys(("title", "lead_inspector", "team", "theme", "notes"), ANY))
AROUND = some.text(max_size=8)


@pytest.mark.parametrize("most", [EXAMPLES, pytest.param(EXAMPLES_BY_HAND, marks=pytest.mark.long)])
class TestAnyText:
    """Small in the suite, large by hand."""

    def test_a_quote_comes_back_as_clean_text(self, durham: Store, most: int) -> None:
        tried(a_quote_comes_back, ANY, ANY, most=most, durham=durham)
        assert problems(durham) == []

    def test_every_text_of_an_inspection_comes_back_as_clean_text(self, durham: Store, most: int) -> None:
        tried(an_inspection_comes_back, INSPECTION_TEXTS, most=most, durham=durham)
        assert problems(durham) == []

    def test_a_word_of_any_script_is_found(self, durham: Store, most: int) -> None:
        tried(a_word_is_found, AROUND, LETTERS, AROUND, most=most, durham=durham)

    def test_what_is_in_the_boxes_is_a_date_or_a_sentence(self, most: int) -> None:
        tried(boxes_are_a_date_or_told_why, NUMBERS | ANY, NUMBERS | ANY, NUMBERS | ANY, most=most)

    def test_any_two_dates_make_a_period(self, most: int) -> None:
        tried(lambda first, last: (period(first, last), short_period(first, last)), PERIODS, PERIODS, most=most)  # type: ignore[arg-type]

    def test_pasted_words_keep_every_letter(self, most: int) -> None:
        tried(pasted_words_keep_every_letter, ANY, most=most)


def test_a_blank_quote_is_refused_however_it_is_blank(durham: Store) -> None:
    for blank in ("", " ", "\n\t", "\u2028", "\x07", "\u00a0\u3000"):
        with pytest.raises(RuleBroken, match="Enter the text"):
            durham.apply(Edit(after=(replace(PARTNERSHIP, document_id=None, text=blank),)))


def test_months_are_english_on_any_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dates.calendar, "month_name", ["", *(f"Monat {number}" for number in range(1, 13))])
    fresh = runpy.run_path(str(Path(dates.__file__)))
    assert str(fresh["PartialDate"](2022, 5, 9)) == "9 May 2022"


class TestWithoutProtection:
    """The negative controls: the same checks with the protection switched off."""

    def test_texts_that_are_not_cleaned(self, durham: Store, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(store, "cleaned", lambda record: record)
        with pytest.raises((UnicodeEncodeError, AssertionError)):
            tried(a_quote_comes_back, ANY, ANY, durham=durham)

    def test_words_that_are_not_quoted(self, durham: Store, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(matches, "_quoted", str)
        with pytest.raises(AssertionError):
            tried(a_quote_comes_back, ANY, ANY, durham=durham)

    def test_an_index_that_does_not_follow(self, durham: Store, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(passages, "follow", lambda *_: None)
        with pytest.raises(AssertionError):
            tried(a_word_is_found, AROUND, LETTERS, AROUND, durham=durham)

    def test_digits_of_other_scripts_taken_for_a_day(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(dates, "_day_number", int)
        with pytest.raises(ValueError, match="invalid literal"):
            tried(boxes_are_a_date_or_told_why, NUMBERS | ANY, NUMBERS | ANY, NUMBERS | ANY)

    def test_a_list_that_loses_a_line(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(pasted, "_joined", lambda lines: lines[0])
        with pytest.raises(AssertionError):
            tried(pasted_words_keep_every_letter, ANY)

import sys
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db import text

ANY_TEXT = st.text(st.characters(codec=None), max_size=60)  # lone surrogates too


@pytest.mark.parametrize(
    ("given_text", "kept"),
    [
        ("  Children are safe.\n", "Children are safe."),
        ("Cafe\u0301 Ofsted", "Café Ofsted"),
        ("left\0right", "left\ufffdright"),
        ("left\ud800right", "left\ufffdright"),
        ("bell\x07 and \x9bescape\x1b", "bell and escape"),
        ("one\r\ntwo\rthree\u2028four\u2029five", "one\ntwo\nthree\nfour\nfive"),
        ("Word’s\vsoft break,\fa new page", "Word’s\nsoft break,\na new page"),
        ("a\tb\n\n  c", "a\tb\n\n  c"),
    ],
)
def test_clean_lets_in_words_and_no_control_characters(given_text, kept):
    assert text.clean(given_text, lines=True) == kept


@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\t", " \n\n\t ", "\u2028"])
def test_a_field_without_lines_gets_one_space_for_each_break(line_end):
    assert text.clean(f"Durham{line_end}County Council", lines=False) == "Durham County Council"


@pytest.mark.parametrize(
    "words",
    [
        "חוות דעת של המפקח",
        "قال المفتش إن الأطفال آمنون",
        "\u202bשלום\u202c and \u2067سلام\u2069",  # bidirectional controls are text
        "👩‍👩‍👧‍👦 and ❤️ and 🏴\U000e0067\U000e0062\U000e007f",
        "‘front door’ – “one voice” … 16‑ and 17-year-olds",
        "soft\u00adhyphen, broken\ufffehyphen, no\u00a0break",
    ],
)
def test_clean_leaves_every_script_sign_and_emoji_as_it_is(words):
    assert text.clean(words, lines=True) == words
    assert text.clean(words, lines=False) == words


@pytest.mark.parametrize("lines", [True, False])
@given(any_text=ANY_TEXT)
def test_clean_text_is_fit_for_the_file_and_stays_as_it_is(lines, any_text):
    cleaned = text.clean(any_text, lines=lines)
    assert text.clean(cleaned, lines=lines) == cleaned
    assert unicodedata.is_normalized("NFC", cleaned)
    allowed = "\t\n" if lines else ""
    assert not [sign for sign in cleaned if unicodedata.category(sign) in ("Cc", "Cs") and sign not in allowed]


@pytest.mark.parametrize(
    ("printed", "typed"),
    [
        ("Children’s Services", "children's services"),
        ("the ‘front door’", "the 'front door'"),
        ("“Requires improvement”", '"requires improvement"'),
        ("2013–14", "2013-14"),
        ("multi\ufffeagency", "multi-agency"),
        ("17\u2011year\u2011olds", "17-year-olds"),
        ("safe\u00adguarding", "safeguarding"),
        ("section\u00a047", "section 47"),
        ("STRASSE", "straße"),
        ("CAFE\u0301", "café"),
    ],
)
def test_fold_makes_what_is_printed_like_what_is_typed(printed, typed):
    assert text.fold(printed) == text.fold(typed)


@pytest.mark.parametrize(("one", "other"), [("well-being", "wellbeing"), ("José", "Jose"), ("its", "it's")])
def test_fold_keeps_apart_what_is_for_the_index_or_differs(one, other):
    assert text.fold(one) != text.fold(other)


def test_fold_knows_every_dash_and_every_space():
    for sign in map(chr, range(sys.maxunicode + 1)):
        if unicodedata.category(sign) == "Pd":
            assert text.fold(f"a{sign}b") == "a-b", hex(ord(sign))
        elif unicodedata.category(sign) == "Zs":
            assert text.fold(f"a{sign}b") == "a b", hex(ord(sign))


def test_folding_any_sign_twice_is_folding_it_once():
    for sign in map(chr, range(sys.maxunicode + 1)):
        once = text.fold(sign)
        assert once == sign or text.fold(once) == once, hex(ord(sign))


@given(ANY_TEXT)
def test_folding_any_text_twice_is_folding_it_once(any_text):
    assert text.fold(text.fold(any_text)) == text.fold(any_text)


@given(st.text(st.characters(max_codepoint=127)))
def test_plain_letters_fold_as_all_others_do(given_text):
    assert text.fold(given_text) == text.fold(given_text + "é")[:-1]

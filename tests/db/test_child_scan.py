"""What might identify a child is found in its context, and the words of reports are not."""

import shutil
from dataclasses import replace

import pytest

from db import child_scan
from db.child_scan import Kind, look_through
from db.edit import Edit
from db.records import Inspection, Quote
from db.safe_content import Choice
from db.shared_texts import look_before_sharing
from db.store import Store

FOUND = [
    ("NHS number 943 476 5919.", Kind.NHS_NUMBER, "943 476 5919"),
    ("(9434765919)", Kind.NHS_NUMBER, "9434765919"),
    ("UPN H801200001001 was", Kind.UPN, "H801200001001"),
    ("dob 12/03/2014", Kind.BIRTH, "dob 12/03/2014"),
    ("born on 3rd March 2012", Kind.BIRTH, "born on 3rd March 2012"),
    ("date of birth: 2014-03-12", Kind.BIRTH, "date of birth: 2014-03-12"),
    ("lives at DH1 5UL.", Kind.POSTCODE, "DH1 5UL"),
    ("sw1a 1aa", Kind.POSTCODE, "sw1a 1aa"),
    ("ask j.smith+home@example.org, she", Kind.EMAIL, "j.smith+home@example.org"),
    ("call 0191 383 5555", Kind.PHONE, "0191 383 5555"),
    ("07700 900123", Kind.PHONE, "07700 900123"),
    ("+44 7700 900 123", Kind.PHONE, "+44 7700 900 123"),
    ("JB, aged 7, was", Kind.AGE, "JB, aged 7"),
    ("J.B. (7) was", Kind.AGE, "J.B. (7)"),
    ("K is 14 years old", Kind.AGE, "K is 14 years"),
    ("Child A was seen", Kind.NAMED_BY_LETTER, "Child A"),
    ("child B’s mother", Kind.NAMED_BY_LETTER, "child B"),
    ("Child 1 and others", Kind.NAMED_BY_LETTER, "Child 1"),
    (r"see C:\Users\ann\x.pdf", Kind.PLACE, r"C:\Users\ann\x.pdf"),
    ("in /home/ann/x", Kind.PLACE, "/home/ann/x"),
]
ORDINARY = [
    "9434765918 is no NHS number, 0000000000 neither",
    "T801200001001",
    "Ofsted, Piccadilly Gate, Manchester M1 2WD, 0300 123 1231, enquiries@ofsted.gov.uk",
    "para 33 4th of May, p33 4th",
    "children aged 16 to 25, children aged 5",
    "LAC aged 5, SEND 14 years",
    "every child I met said so",
    "https://files.ofsted.gov.uk/v1/file/9434765919",
    "12 months on, over 3 years",
    "9 to 20 May 2022, 24/03/2025",
    "Requires improvement (3), Grade 2",
    "2018-07, 2022-05-09, £1,234,567,890",
]


@pytest.mark.parametrize(("text", "kind", "words"), FOUND)
def test_what_might_identify_a_child_is_found(text, kind, words):
    assert [(one.kind, one.words) for one in look_through(text)] == [(kind, words)]


@pytest.mark.parametrize("text", ORDINARY)
def test_ordinary_words_are_no_hit(text):
    assert look_through(text) == []


def test_without_the_check_digit_any_number_is_a_hit(monkeypatch):
    """The negative control: it is the check digits that keep ordinary numbers out."""
    rules = tuple((kind, pattern, lambda _match: True) for kind, pattern, _ in child_scan._RULES)
    monkeypatch.setattr(child_scan, "_RULES", rules)
    assert [one.kind for one in look_through("9434765918 and T801200001001")] == [Kind.NHS_NUMBER, Kind.UPN]


def test_a_hit_says_what_stands_around_it():
    (found,) = look_through("The mother of\nChild B rang at night.")
    assert found.context == "The mother of [Child B] rang at night."


def test_long_texts_take_no_time_that_explodes():
    for text in ("0" * 50_000, "a@" * 25_000, "A." * 25_000, "born " * 10_000, "07 " * 16_000, "A1 1A" * 10_000):
        look_through(text)


@pytest.fixture
def durham(sample_file, tmp_path):
    opened = Store.open(shutil.copy(sample_file, tmp_path / "durham.sqlite"))
    yield opened
    opened.close()


def test_the_sample_has_no_hit(durham):
    assert look_before_sharing(durham.path, Choice(with_documents=True)) == []


def test_hits_name_their_record_and_what_stays_here_is_not_looked_through(durham):
    quote, inspection = durham.each(Quote)[0], durham.each(Inspection)[0]
    changed = replace(quote, text="Child B rang 0191 383 5555.")
    noted = replace(inspection, notes="Child C")
    durham.apply(Edit((quote, inspection), (changed, noted)))
    hits = look_before_sharing(durham.path, Choice())
    assert [(hit.record_id, hit.found.words) for hit in hits] == [(quote.id, "Child B"), (quote.id, "0191 383 5555")]
    assert hits[0].sentence == "Child named by a letter in a quote: [Child B] rang 0191 383 5555."

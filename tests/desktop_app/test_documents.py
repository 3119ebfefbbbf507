"""Documents that are no PDF, and press releases taken apart into their quotations."""

import io
import zipfile
from pathlib import Path

import pytest

from desktop_app.reading.documents import paragraphs_of, quotations
from desktop_app.reading.pages import CannotRead, Reader, Why
from desktop_app.reading.paragraph_values import Kind, Paragraph
from desktop_app.reading.paragraphs import from_text
from tests.desktop_app import made_pdfs
from tests.desktop_app.made_pdfs import At

SOURCES = Path(__file__).parents[2].parent / "shared" / "domain" / "sources"
W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
PAGE = """<!DOCTYPE html><html><head><title>News</title><style>p { color: red }</style></head><body>
<nav><a href="/">Home</a></nav><h1>Good for children</h1><script>var words = "never shown";</script>
<p>The report praises <b>leaders</b>&nbsp;&amp; staff,<br>who &ldquo;know children well&rdquo;.</p>
<p hidden>Not shown</p><p style="display: none">Nor this<p>Last line</p>
<ul><li>First step</li><li>Second <i>step</i></li></ul></body></html>"""


def word(body: str, name: str = "word/document.xml") -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, f"<?xml version='1.0'?><w:document {W}><w:body>{body}</w:body></w:document>")
    return packed.getvalue()


def texts(found: list[Paragraph]) -> list[str]:
    return [each.text for each in found]


def why(content: bytes, name: str = "file") -> Why:
    with pytest.raises(CannotRead) as error:
        paragraphs_of(content, name)
    return error.value.why


def test_a_web_page_is_its_words_without_scripts_menus_and_what_is_hidden() -> None:
    found = paragraphs_of(PAGE.encode(), "news.html")
    assert texts(found)[0] == "Good for children"
    assert (
        "never shown" not in " ".join(texts(found)) and "Home" not in texts(found) and "Not shown" not in texts(found)
    )
    assert texts(found)[1:3] == ["The report praises leaders & staff,", "who “know children well”."]
    assert [(each.kind, each.text) for each in found[-2:]] == [(Kind.ITEM, "First step"), (Kind.ITEM, "Second step")]
    assert found[1].headings == ("Good for children",)


def test_a_web_page_is_known_by_its_words_and_read_in_its_own_letters() -> None:
    page = '<html><head><meta charset="iso-8859-1"></head><body><p>Café for carers</p></body></html>'
    assert texts(paragraphs_of(page.encode("latin-1"), "release")) == ["Café for carers"]


def test_a_word_document_is_its_paragraphs_lists_tables_and_headings() -> None:
    body = (
        '<w:p><w:pPr><w:pStyle w:val="Heading1"/></w:pPr><w:r><w:t>What was said</w:t></w:r></w:p>'
        "<w:p><w:r><w:t>Children are </w:t></w:r><w:del><w:r><w:delText>not </w:delText></w:r></w:del>"
        "<w:ins><w:r><w:t>safe</w:t><w:br/><w:t>and well</w:t></w:r></w:ins></w:p>"
        '<w:p><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr><w:r><w:t>One step</w:t></w:r></w:p>'
        "<w:tbl><w:tr><w:tc><w:p><w:r><w:t>In a cell</w:t></w:r></w:p></w:tc></w:tr></w:tbl><w:p/>"
    )
    found = paragraphs_of(word(body), "minutes.docx")
    assert [(each.kind, each.text) for each in found] == [
        (Kind.HEADING, "What was said"),
        (Kind.PARAGRAPH, "Children are safe and well"),
        (Kind.ITEM, "One step"),
        (Kind.PARAGRAPH, "In a cell"),
    ]
    assert found[-1].headings == ("What was said",)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_plain_text_is_read_in_any_usual_encoding(encoding: str) -> None:
    assert texts(paragraphs_of("Children’s plans\nare – in time.".encode(encoding), "minutes.txt")) == [
        "Children’s plans are – in time."
    ]


def test_a_pdf_is_read_with_the_reader_that_is_given_or_one_of_its_own() -> None:
    content = made_pdfs.report([At(72, 700, "1. Children are safe.")])
    assert texts(paragraphs_of(content, "report.pdf")) == ["Children are safe."]
    with Reader() as reader:
        assert texts(paragraphs_of(content, "report.pdf", reader)) == ["Children are safe."]


def test_what_cannot_be_read_says_why() -> None:
    assert why(b"") is Why.NO_WORDS
    assert why(b"<html><body><script>1</script></body></html>") is Why.NO_WORDS
    assert why(b"\xd0\xcf\x11\xe0\0\0 an old document", "minutes.doc") is Why.OTHER_KIND
    assert why(word("", "xl/workbook.xml")) is Why.OTHER_KIND
    assert why(word("<w:p>")) is Why.DAMAGED_DOCUMENT
    assert why(word("<w:p/>")[:60]) is Why.DAMAGED_DOCUMENT


def test_a_document_made_to_unpack_without_end_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>')
    assert why(packed.getvalue()) is Why.DAMAGED_DOCUMENT
    monkeypatch.setattr("desktop_app.reading.word_text._MOST_BYTES", 1_000)
    assert why(word(f"<w:p><w:r><w:t>{'safe ' * 1_000}</w:t></w:r></w:p>")) is Why.TOO_LARGE


def test_a_press_release_is_its_quotations_each_once_speech_over_paragraphs_as_one() -> None:
    release = from_text(
        "Leaders are “ambitious for children”, it says, and “ambitious for children” again.\n\n"
        "Cllr Henderson said: “We are pleased.\n\n“It shows our work.”\n\nNo words of anyone."
    )
    assert quotations(release) == ["ambitious for children", "We are pleased. It shows our work."]


def test_straight_marks_part_quotations_too() -> None:
    found = quotations(from_text('"Plans are good," said the report. "They help."\n\nIt spoke of a "hub" for all.'))
    assert found == ["Plans are good", "They help.", "hub"]


@pytest.mark.skipif(not SOURCES.exists(), reason="the real sources are not beside the project")
def test_the_real_press_release_has_the_quotations_that_were_counted_in_it() -> None:
    (path,) = SOURCES.glob("000_*.txt")
    found = quotations(paragraphs_of(path.read_bytes(), path.name))
    assert len(found) == 27  # 26 of the report, and what the councillor said
    assert "due to a lack of specialist providers, including short breaks care" in found

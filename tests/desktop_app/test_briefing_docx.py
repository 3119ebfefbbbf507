"""The committee paper as a Word document: read back with python-docx, it says what the paper says."""

import io
import zipfile
from datetime import UTC, datetime

import pytest
from docx import Document
from docx.oxml.ns import qn
from hypothesis import given, settings
from hypothesis import strategies as st

from db.text import clean
from desktop_app.exchange import briefing_docx, docx_parts
from desktop_app.exchange.briefing_values import (
    LICENCE,
    Bullet,
    Paper,
    Paragraph,
    Quotation,
    Section,
    Subheading,
    Table,
    ToWrite,
    printable,
)
from desktop_app.exchange.paper_file import NoTemplate

HOSTILE = "=cmd|'/c calc'!A1 { HYPERLINK \"http://x\" } <b>&amp;</b> «» ‮abc‬ 😀\nsecond line\tafter a tab"
TABLE = Table(
    "Judgements", "Each with its grade.", ("Judgement", "Grade"), (("Leaders", "Good"), ("Risk", ToWrite())), (70, 30)
)
PAPER = Paper(
    "Durham County Council: ILACS standard inspection, 9 May to 20 May 2022",
    (ToWrite("committee"),),
    (
        Section("purpose", (Paragraph("First."), Paragraph("Second."))),
        Section("findings", (Subheading("Leadership"), Quotation(HOSTILE, "para 33"), Bullet("A paper"))),
        Section("judgements", (Paragraph("Third."), TABLE)),
    ),
)


def read_back(content):
    return Document(io.BytesIO(content))


def styles_and_texts(document):
    return [(one.style.name, one.text) for one in document.paragraphs if one.text]


@pytest.fixture
def made():
    return read_back(briefing_docx.document(PAPER))


def test_what_is_read_back_is_what_the_paper_says(made):
    assert styles_and_texts(made) == [
        ("Title", PAPER.title),
        ("Paper to be written", "[To be written by the author: committee]"),
        ("Heading 1", "Purpose of the report"),
        ("Normal", "First."),
        ("Normal", "Second."),
        ("Heading 1", "Key findings"),
        ("Heading 2", "Leadership"),
        ("Paper quotation", f"“{HOSTILE}” (para 33)"),
        ("Normal", "A paper"),
        ("Heading 1", "Judgements"),
        ("Normal", "Third."),
        ("Caption", "Judgements"),
        ("Normal", LICENCE),
    ]
    assert [[cell.text for cell in row.cells] for row in made.tables[0].rows] == [
        ["Judgement", "Grade"],
        ["Leaders", "Good"],
        ["Risk", "[To be written by the author]"],
    ]


def test_words_from_the_file_are_runs_of_text_and_never_fields_or_links(made):
    body = made.element.body
    for name in ("w:fldSimple", "w:fldChar", "w:instrText", "w:hyperlink"):
        assert not list(body.iter(qn(name)))
    content = briefing_docx.document(PAPER)
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        assert not [name for name in packed.namelist() if "thumbnail" in name]
        links = [packed.read(name) for name in packed.namelist() if name.endswith(".rels")]
    assert not any(b"External" in one for one in links)


def test_paragraphs_are_counted_by_word_through_all_sections(made):
    numbers = {}
    for one in made.paragraphs:
        found = one._p.pPr.numPr if one._p.pPr is not None else None
        if found is not None:
            numbers.setdefault(found.numId.val, []).append(one.text)
    assert sorted(numbers.values(), key=len) == [["A paper"], ["First.", "Second.", "Third."]]
    (counted,) = [key for key, texts in numbers.items() if len(texts) == 3]
    numbering = made.part.numbering_part.element
    (own,) = [one for one in numbering.findall(qn("w:num")) if one.numId == counted]
    (meant,) = [
        one
        for one in numbering.findall(qn("w:abstractNum"))
        if one.get(qn("w:abstractNumId")) == str(own.abstractNumId.val)
    ]
    assert next(meant.iter(qn("w:numFmt"))).get(qn("w:val")) == "decimal"
    tags = [one.tag for one in numbering]
    assert tags.index(qn("w:num")) > max(at for at, tag in enumerate(tags) if tag == qn("w:abstractNum"))


def test_a_table_repeats_its_header_and_can_be_read_aloud(made):
    table = made.tables[0]
    header, *rows = table.rows
    assert header._tr.trPr.find(qn("w:tblHeader")) is not None
    assert all(row._tr.trPr.find(qn("w:tblHeader")) is None for row in rows)
    assert all(row._tr.trPr.find(qn("w:cantSplit")) is not None for row in table.rows)
    told = [table._tbl.tblPr.find(qn(name)).get(qn("w:val")) for name in ("w:tblCaption", "w:tblDescription")]
    assert told == ["Judgements", "Each with its grade."]
    known = "tblStyle tblW jc tblBorders tblLayout tblLook tblCaption tblDescription".split()  # the order of the schema
    order = [known.index(one.tag.partition("}")[2]) for one in table._tbl.tblPr]
    assert order == sorted(order)
    assert table.rows[0].cells[0].width > table.rows[0].cells[1].width


def test_it_is_british_english_on_a4_and_names_nobody(made):
    assert next(made.styles.element.iter(qn("w:lang"))).get(qn("w:val")) == "en-GB"
    assert round(made.sections[0].page_width.mm) == 210
    about = made.core_properties
    assert (about.title, about.author, about.last_modified_by, about.comments) == (PAPER.title, "", "", "")
    assert about.language == "en-GB"
    assert abs((datetime.now(UTC).replace(tzinfo=None) - about.created.replace(tzinfo=None)).total_seconds()) < 60


@pytest.mark.parametrize("marking", ["", "OFFICIAL-SENSITIVE"])
def test_the_marking_stands_above_and_below_every_page_or_nowhere(marking):
    paper = Paper(PAPER.title, (), PAPER.sections, marking=marking)
    section = read_back(briefing_docx.document(paper)).sections[0]
    edges = [[one.text for one in edge.paragraphs if one.text] for edge in (section.header, section.footer)]
    assert [marking in texts for texts in edges] == [bool(marking)] * 2


def test_text_that_xml_cannot_hold_does_not_stop_the_paper(monkeypatch):
    paper = Paper("A\x0bB\ufffe", (), (Section("findings", (Quotation("\x00a\ud800", "para 1"),)),))
    texts = [text for _, text in styles_and_texts(read_back(briefing_docx.document(paper)))]
    assert texts[:3] == ["A\ufffdB-", "Key findings", "“\ufffda\ufffd” (para 1)"]
    monkeypatch.setattr(briefing_docx, "printable", lambda text: text)  # without the protection nothing is written
    with pytest.raises(ValueError, match="XML"):
        briefing_docx.document(paper)


@settings(max_examples=15, deadline=None)
@given(st.lists(st.text(), min_size=1, max_size=40))
def test_any_words_come_back_as_they_are(texts):
    words = [clean(text, lines=True) for text in texts]  # as the file holds them
    made = read_back(briefing_docx.document(Paper("Any", (), (Section("findings", tuple(map(Bullet, words))),))))
    assert [one.text for one in made.paragraphs][2:-1] == [printable(text) for text in words]


def template(
    path, *, styles=True, texts=("Durham County Council", "[Inspection paper]", "Contact: Democratic Services")
):
    """A council's own document, with its page, its header and its name in the properties."""
    made = Document()
    made.styles["Normal"].font.name = "Verdana"
    made.sections[0].header.paragraphs[0].text = "COUNCIL LOGO"
    made.core_properties.author = "Somebody"
    for text in texts:
        made.add_paragraph(text)
    if not styles:
        for name in ("Title", "Heading 1", "Heading 2", "Caption"):
            made.styles[name].element.getparent().remove(made.styles[name].element)
        made.part.rels.pop(next(key for key, one in made.part.rels.items() if one.reltype.endswith("/numbering")))
    made.save(path)
    return path


@pytest.mark.parametrize("styles", [True, False])
def test_a_councils_template_keeps_its_look_and_the_paper_takes_its_place(tmp_path, styles):
    made = read_back(briefing_docx.document(PAPER, template(tmp_path / "council.docx", styles=styles)))
    texts = [text for _, text in styles_and_texts(made)]
    assert texts[0] == "Durham County Council"
    assert texts[1] == PAPER.title
    assert texts[-2:] == [LICENCE, "Contact: Democratic Services"]
    assert "[Inspection paper]" not in texts
    assert made.styles["Normal"].font.name == "Verdana"
    assert made.sections[0].header.paragraphs[0].text == "COUNCIL LOGO"
    assert made.core_properties.author == ""
    assert [row.cells[0].text for row in made.tables[0].rows] == ["Judgement", "Leaders", "Risk"]
    assert [one.text for one in made.paragraphs if one.style.name == "Heading 1"] == [
        "Purpose of the report",
        "Key findings",
        "Judgements",
    ]


def test_a_template_without_a_place_gets_the_paper_at_its_end(tmp_path):
    made = read_back(briefing_docx.document(PAPER, template(tmp_path / "council.docx", texts=("Cabinet",))))
    assert [text for _, text in styles_and_texts(made)][:2] == ["Cabinet", PAPER.title]
    assert made.element.body[-1].tag == qn("w:sectPr")


def repacked(path, change):
    """The same package with every part handed through `change(name, content)`."""
    with zipfile.ZipFile(path) as packed:
        parts = {name: change(name, packed.read(name)) for name in packed.namelist()}
    with zipfile.ZipFile(path, "w") as packed:
        for name, content in parts.items():
            packed.writestr(name, content)
    return path


def test_a_word_template_dotx_serves_as_well(tmp_path):
    path = template(tmp_path / "council.dotx")
    main = docx_parts.CONTENT_TYPE.WML_DOCUMENT_MAIN.encode()
    repacked(path, lambda _, content: content.replace(main, docx_parts._TEMPLATE_TYPE))
    with pytest.raises(ValueError, match="not a Word file"):  # what python-docx makes of it by itself
        Document(path)
    assert read_back(briefing_docx.document(PAPER, path)).paragraphs[0].text == "Durham County Council"


def test_the_path_of_the_templates_own_template_does_not_leave_the_house(tmp_path):
    path = template(tmp_path / "council.docx")
    made = Document(path)
    made.part._settings_part.relate_to(
        "file:///C:/Users/somebody/council.dotm", docx_parts._ATTACHED_TEMPLATE, is_external=True
    )
    made.save(path)

    def rels(content):
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            return b"".join(packed.read(name) for name in packed.namelist() if name.endswith(".rels"))

    assert b"somebody" in rels(path.read_bytes())
    assert b"somebody" not in rels(briefing_docx.document(PAPER, path))


@pytest.mark.parametrize("content", [b"", b"no package", b"PK\x05\x06" + bytes(18)])
def test_what_is_no_word_document_is_refused_with_a_sentence(tmp_path, content):
    path = tmp_path / "council.docx"
    path.write_bytes(content)
    with pytest.raises(NoTemplate, match=r"council\.docx is no Word document"):
        briefing_docx.document(PAPER, path)


def test_a_template_that_is_gone_or_far_too_large_is_refused(tmp_path, monkeypatch):
    with pytest.raises(NoTemplate, match="cannot be read"):
        briefing_docx.document(PAPER, tmp_path / "gone.docx")
    path = template(tmp_path / "council.docx")
    monkeypatch.setattr(docx_parts, "_MOST_TEMPLATE_BYTES", 1000)
    with pytest.raises(NoTemplate):
        briefing_docx.document(PAPER, path)

"""Paragraphs of kept documents: kept once, found with page and paragraph, and gone with their document."""

from dataclasses import replace

import pytest

from db import document_text, passages, search
from db.connection import LeadsNowhere
from db.copy import write_copy
from db.dates import PartialDate
from db.document_text import DocumentParagraph
from db.edit import Edit
from db.passages import Group
from db.records import Document, Inspection, Provider, RecordType, new_id
from db.store import Store
from tests.db.records_from_the_field import STANDARD

PARAGRAPHS = (
    DocumentParagraph(place=1, text="Hedgehogs thrive in well-being gardens.", page=2, end_page=2, section="Findings"),
    DocumentParagraph(place=2, text="Care leavers wait, and hedgehogs too.", number=33, page=3, end_page=4),
)


@pytest.fixture
def report(store):
    provider = Provider(id=new_id(), name="Kent County Council")
    inspection = Inspection(id=new_id(), provider_id=provider.id, kind_id=STANDARD)
    digest = store.keep_file(b"%PDF-1.7")
    document = Document(
        id=new_id(),
        provider_id=provider.id,
        title="Inspection report",
        file_sha256=digest,
        inspection_ids=(inspection.id,),
    )
    store.apply(Edit(after=(provider, inspection, document)))
    document_text.keep(store, digest, PARAGRAPHS)
    return document


def words_of(store):
    return {row[0] for row in store.connection.raw.execute("select folded from passage where field <> 'all'")}


def is_sound(store):
    raw = store.connection.raw
    for index in passages.INDEXES:
        raw.execute(f"insert into {index}({index}, rank) values ('integrity-check', 1)")
    before = set(raw.execute("select record_type, record_id, field, folded from passage").fetchall())
    with store.connection.write():
        passages.rebuild(raw)
    return before == set(raw.execute("select record_type, record_id, field, folded from passage").fetchall())


def test_paragraphs_are_kept_and_replaced(store, report):
    assert document_text.of(store, report.file_sha256) == list(PARAGRAPHS)
    document_text.keep(
        store, report.file_sha256, [DocumentParagraph(place=1, text="Badgers."), DocumentParagraph(place=2, text=" ")]
    )
    assert [one.text for one in document_text.of(store, report.file_sha256)] == ["Badgers."]
    assert search.find(store, "badgers").counts == {Group.PARAGRAPH: 1}
    assert not search.find(store, "hedgehogs").hits
    assert is_sound(store)


def test_a_paragraph_is_found_in_order_with_page_and_number(store, report):
    first, second = search.find(store, "hedgehogs").hits
    assert [first.place, second.place] == [1, 2]
    assert (second.record_type, second.record_id, second.group) == (RecordType.DOCUMENT, report.id, Group.PARAGRAPH)
    assert (second.where, second.title) == ("page 3, paragraph 33", "Inspection report")
    assert second.heading == "Kent County Council, ILACS standard inspection, date not known"
    assert second.text == PARAGRAPHS[1].text
    assert len(search.find(store, "wellbeing").hits) == 1


def test_paragraphs_go_and_come_back_with_their_document(store, report):
    gone = store.apply(Edit(before=(report,)))
    assert not search.find(store, "hedgehogs").hits
    store.apply(gone.undone())
    assert len(search.find(store, "hedgehogs").hits) == 2
    assert is_sound(store)


def test_a_new_title_leaves_the_paragraphs_alone_and_a_new_year_does_not(store, report):
    rows = "select row from passage where field <> 'all' order by row"
    before = store.connection.raw.execute(rows).fetchall()
    store.apply(Edit((report,), (replace(report, title="Report"),)))
    assert store.connection.raw.execute(rows).fetchall() == before
    inspection = store.each(Inspection)[0]
    changed = replace(inspection, started_on=PartialDate(2022, 5, 9))
    store.apply(Edit((inspection,), (changed,)))
    assert len(search.find(store, "hedgehogs year:2022").hits) == 2
    assert not search.find(store, "hedgehogs year:2021").hits
    assert is_sound(store)


def test_an_unknown_file_is_refused_and_leaves_no_trace(store, report):
    with pytest.raises(LeadsNowhere):
        document_text.keep(store, "0" * 64, PARAGRAPHS)
    assert store.connection.raw.execute("select count(*) from document_paragraph").fetchone() == (2,)


def test_a_copy_carries_the_paragraphs_but_not_those_of_removed_documents(store, report, tmp_path):
    write_copy(store.path, tmp_path / "copy.sqlite")
    with_text = Store.open(tmp_path / "copy.sqlite")
    assert len(search.find(with_text, "hedgehogs").hits) == 2
    with_text.close()
    store.apply(Edit(before=(report,)))
    write_copy(store.path, tmp_path / "later.sqlite")
    without = Store.open(tmp_path / "later.sqlite")
    assert without.connection.raw.execute("select count(*) from document_paragraph").fetchone() == (0,)
    without.close()

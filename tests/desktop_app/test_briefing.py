"""What a committee paper says: the facts of the file in the order of councils, and gaps where it knows nothing."""

import shutil
from dataclasses import replace

import pytest

from db.dates import PartialDate
from db.edit import Edit
from db.improvement_records import Verdict
from db.overview import newest_first
from db.records import AreaForImprovement, Document, Inspection, Judgement, Quote, new_id
from db.store import Store
from desktop_app.exchange import briefing
from desktop_app.exchange.briefing_judgements import NOT_RECORDED, NOTHING_BEFORE
from desktop_app.exchange.briefing_material import Choice, newest, read
from desktop_app.exchange.briefing_sections import IMPLICATIONS
from desktop_app.exchange.briefing_values import (
    LICENCE,
    SECTIONS,
    Bullet,
    Paragraph,
    Quotation,
    Subheading,
    Table,
    ToWrite,
    printable,
)


@pytest.fixture
def durham_store(sample_file, tmp_path):
    opened = Store.open(shutil.copy(sample_file, tmp_path / "durham.sqlite"))
    yield opened
    opened.close()


def inspection_of(store, year, month=None):
    return next(
        one
        for one in newest_first(store.each(Inspection))
        if one.started_on and one.started_on.year == year and month in (None, one.started_on.month)
    )


def paper_of(store, year, month=None, **choice):
    material = read(store, inspection_of(store, year, month))
    return material, briefing.paper(material, Choice(**{"quote_ids": material.first_choice} | choice))


def blocks(paper, key, kind):
    section = next(one for one in paper.sections if one.key == key)
    return [block for block in section.blocks if isinstance(block, kind)]


def all_words(paper):
    found = [paper.title, *(gap.words for gap in paper.front)]
    for section in paper.sections:
        for block in section.blocks:
            if isinstance(block, Table):
                found += [cell if isinstance(cell, str) else cell.words for row in block.rows for cell in row]
            elif isinstance(block, Quotation):
                found += [block.text, block.reference]
            else:
                found.append(block.words if isinstance(block, ToWrite) else block.text)
    return "\n".join(found)


def test_the_sections_come_in_the_order_of_the_cabinet_report_of_2012(durham_store):
    _, paper = paper_of(durham_store, 2022)
    assert [section.heading for section in paper.sections] == [
        "Purpose of the report",
        "Background",
        "Judgements",
        "Key findings",
        "Areas for improvement",
        "What changed since the last inspection",
        "Risks",
        "Recommendations",
        "Background papers",
        "Appendix 1: Implications",
    ]
    assert paper.title == "Durham County Council: ILACS standard inspection, 9 May to 20 May 2022"
    assert paper.licence == LICENCE


def test_each_judgement_stands_beside_the_one_before_with_its_movement_in_words(durham_store):
    _, paper = paper_of(durham_store, 2022)
    (table,) = blocks(paper, "judgements", Table)
    assert table.header == ("Judgement", "Grade", "Previous judgement", "Movement")
    assert table.rows[0] == (
        "The impact of leaders on social work practice with children and families",
        "Outstanding",
        "Requires improvement to be good, 9 September 2019",
        "Up from Requires improvement to be good",
    )
    assert table.rows[2][3] == "The same as in 2019"  # the same combined row both times


@pytest.mark.parametrize(
    ("year", "label", "previous", "movement"),
    [
        (
            2025,
            "The experiences and progress of care leavers",
            "Judged with children in care, 9 May 2022, for "
            "“The experiences and progress of children in care and care leavers”",
            "Not comparable: judged with children in care in 2022",
        ),
        (
            2025,
            "The experiences and progress of children in care",
            "Good, 9 May 2022, for “The experiences and progress of children in care and care leavers”",
            "Up from Good; the subject is close, not the same",
        ),
        (
            2016,
            "Children who need help and protection",
            "Outstanding, 28 November 2011, for “Overall effectiveness” in “Safeguarding services”",
            "Not comparable with Outstanding in 2011: other scale",
        ),
        (
            2016,
            "Children’s services in Durham",
            "Four headlines, no overall, 28 November 2011",
            "Not comparable: four headlines, no overall in 2011",
        ),
        (2016, "Adoption performance", *NOTHING_BEFORE[:2]),
    ],
)
def test_what_cannot_be_compared_is_said_and_never_called_up_or_down(durham_store, year, label, previous, movement):
    material, _ = paper_of(durham_store, year)
    row = next(one for one in material.rows if one.label == label)
    assert (row.previous, row.movement) == (previous, movement)


def test_the_rows_of_2011_stand_in_their_two_groups(durham_store):
    _, paper = paper_of(durham_store, 2011, 11)
    tables = blocks(paper, "judgements", Table)
    assert [(table.caption, len(table.rows)) for table in tables] == [
        ("Safeguarding services", 10),
        ("Services for looked after children", 12),
    ]


def test_a_judgement_that_was_never_entered_is_not_made_up(durham_store):
    inspection = inspection_of(durham_store, 2022)
    durham_store.apply(Edit(before=(durham_store.each(Judgement, inspection_id=inspection.id)[0],)))
    material, paper = paper_of(durham_store, 2022)
    assert [row.grade for row in material.rows].count(NOT_RECORDED) == 1
    assert NOT_RECORDED in all_words(paper)
    assert "Judgements against those before: 2 are up, 1 is the same." in all_words(paper)


def test_a_row_beside_the_lanes_is_compared_with_the_same_row_only(durham_store):
    old = inspection_of(durham_store, 2011, 11)
    new = replace(old, id=new_id(), started_on=PartialDate(2012, 5), ended_on=None)
    areas = {one.area_id: one for one in durham_store.each(Judgement, inspection_id=old.id)}
    again = tuple(replace(one, id=new_id(), inspection_id=new.id) for one in areas.values())
    durham_store.apply(Edit(after=(new, *again)))
    rows = read(durham_store, new).rows
    well_being = next(row for row in rows if row.label == "Economic well-being")
    assert (well_being.previous, well_being.movement) == ("Adequate, 28 November 2011", "The same as in 2011")


def test_only_the_chosen_quotes_are_in_it_under_their_subjects_with_their_references(durham_store):
    material, _ = paper_of(durham_store, 2022)
    chosen = [one for one in material.quotes if one.paragraph == 33]
    paper = briefing.paper(material, Choice(quote_ids=tuple(one.id for one in chosen)))
    assert [block.text for block in blocks(paper, "findings", Subheading)] == ["Leadership"]
    assert [block.text for block in blocks(paper, "findings", Quotation)] == [one.text for one in chosen]
    assert all(block.reference.startswith("para 33; ") for block in blocks(paper, "findings", Quotation))


def test_of_the_report_itself_the_paragraph_is_reference_enough(durham_store):
    inspection = inspection_of(durham_store, 2022)
    report = Document(id=new_id(), provider_id=inspection.provider_id, title="Report", inspection_ids=(inspection.id,))
    said = Quote(id=new_id(), inspection_id=inspection.id, document_id=report.id, text="Leaders listen.", paragraph=33)
    durham_store.apply(Edit(after=(report, said)))
    material, paper = paper_of(durham_store, 2022)
    assert material.first_choice == (said.id,)  # the report's own words come before those of the press
    assert blocks(paper, "findings", Quotation) == [Quotation("Leaders listen.", "para 33")]
    assert blocks(paper, "findings", Quotation)[0].words == "“Leaders listen.”"


def test_the_voices_of_council_and_committee_stand_apart_with_their_names(durham_store):
    material, _ = paper_of(durham_store, 2021)
    everything = briefing.paper(material, Choice(quote_ids=tuple(one.id for one in material.quotes)))
    headings = [block.text for block in blocks(everything, "findings", Subheading)]
    assert headings and "Inspectors" not in headings
    reported = [one for one in blocks(everything, "findings", Quotation) if one.is_reported_speech]
    assert reported and not any(one.words.startswith("“") for one in reported)


def test_notes_drafts_and_local_paths_never_enter_a_paper(durham_store):
    inspection = inspection_of(durham_store, 2022)
    secret = replace(inspection, notes="SECRET-NOTE", team="SECRET-TEAM")
    draft = Quote(id=new_id(), inspection_id=inspection.id, text="SECRET-DRAFT")
    document = replace(
        durham_store.each(Document, inspection_ids=inspection.id)[0], notes="SECRET-DOC", address="file:///home/SECRET"
    )
    before = (inspection, durham_store.get(Document, document.id))
    durham_store.apply(Edit(before=before, after=(secret, draft, document)))
    material = read(durham_store, secret)
    everything = (*(one.id for one in material.quotes), draft.id)
    assert material.drafts == 1
    assert "SECRET" not in all_words(briefing.paper(material, Choice(quote_ids=everything)))


def test_owners_are_empty_where_the_file_records_none(durham_store):
    material, paper = paper_of(durham_store, 2022)
    (table,) = blocks(paper, "improvements", Table)
    assert table.header == ("No.", "What needs to improve", "Owner", "Timescale")
    assert [row[2:] for row in table.rows] == [("", "")] * len(material.areas)
    assert table.rows[0][1] == "The response to children who go missing from home or care. (page 2)"
    assert blocks(paper, "improvements", ToWrite) == [ToWrite("owners and timescales, where the file records none")]


def test_owners_and_due_dates_of_the_plan_fill_their_columns(durham_store):
    old = durham_store.each(AreaForImprovement, inspection_id=inspection_of(durham_store, 2022).id)
    planned = tuple(replace(one, owner="Head of Service", due_on=PartialDate(2023, 3, 31)) for one in old)
    durham_store.apply(Edit(tuple(old), planned))
    _, paper = paper_of(durham_store, 2022)
    (table,) = blocks(paper, "improvements", Table)
    assert {row[2:] for row in table.rows} == {("Head of Service", "by 31 March 2023")}
    assert blocks(paper, "improvements", ToWrite) == []


def test_what_inspectors_said_since_stands_beside_what_they_asked_for(durham_store):
    asked = durham_store.each(AreaForImprovement, inspection_id=inspection_of(durham_store, 2019).id)[0]
    now = inspection_of(durham_store, 2022)
    quote = durham_store.each(Quote, inspection_id=now.id)[0]
    said = {"area_for_improvement_id": asked.id, "quote_id": quote.id}
    known = durham_store.each(Verdict, area_for_improvement_id=asked.id)
    verdict = Verdict(id=new_id(), inspection_id=now.id, verdict="improved", **said)
    later = replace(verdict, id=new_id(), inspection_id=inspection_of(durham_store, 2025).id, verdict="closed")
    durham_store.apply(Edit((asked, *known), (replace(asked, impact="Fewer wait."), verdict, later)))
    _, paper = paper_of(durham_store, 2022)
    (table,) = blocks(paper, "changes", Table)
    (row,) = (row for row in table.rows if row[1].startswith(asked.text))
    assert row[2] == f"Fewer wait.\n2022, Improved: “{quote.text}”", "what is said later belongs to a later paper"


def test_a_timescale_of_the_report_and_a_second_audience_are_told(durham_store):
    inspection = inspection_of(durham_store, 2016)
    old = durham_store.each(AreaForImprovement, inspection_id=inspection.id)[0]
    timescale = next(iter(read(durham_store, inspection).lists.timescales.values()))
    durham_store.apply(Edit(before=(old,), after=(replace(old, timescale_id=timescale.id),)))
    _, paper = paper_of(durham_store, 2016)
    tables = blocks(paper, "improvements", Table)
    assert [len(table.rows) for table in tables] == [14, 4]
    assert tables[1].caption.endswith(": Local Safeguarding Children Board")
    assert tables[0].rows[0][3] == timescale.label


def test_what_changed_names_the_inspections_since_the_last_graded_one(durham_store):
    material, paper = paper_of(durham_store, 2022)
    assert [block.text for block in blocks(paper, "changes", Bullet)] == [
        "ILACS standard inspection, 9 September to 20 September 2019",
        "ILACS focused visit, 13 July to 14 July 2021",
    ]
    assert "Judgements against those before: 3 are up, 1 is the same." in [
        block.text for block in blocks(paper, "changes", Paragraph)
    ]
    (table,) = blocks(paper, "changes", Table)
    assert len(table.rows) == len(material.raised) == 9
    by_words = {row[1]: row[2] for row in table.rows}
    disabled = next(words for words in by_words if words.startswith("The response to disabled children"))
    assert by_words[disabled].startswith("2022, Raised again: “")


def test_what_the_file_does_not_know_is_a_gap_that_shows(durham_store):
    _, paper = paper_of(durham_store, 2022)
    for key in ("risks", "recommendations"):
        (gap,) = next(one for one in paper.sections if one.key == key).blocks
        assert gap.words.startswith("[To be written by the author: ")
    (table,) = blocks(paper, "implications", Table)
    assert table.rows == tuple((name, ToWrite()) for name in IMPLICATIONS)
    assert paper.gaps == 8


@pytest.mark.parametrize("year", [2011, 2016, 2018, 2019, 2021, 2022, 2025])
def test_every_inspection_of_the_sample_gives_a_paper(durham_store, year):
    for inspection in durham_store.each(Inspection):
        if inspection.started_on and inspection.started_on.year == year:
            material = read(durham_store, inspection)
            paper = briefing.paper(material, Choice(quote_ids=material.first_choice))
            assert len(paper.sections) == len(SECTIONS)
            assert "None" not in all_words(paper)


def test_sections_that_are_not_wanted_are_left_out_and_the_rest_keep_their_order(durham_store):
    _, paper = paper_of(durham_store, 2022, sections=("findings", "purpose"))
    assert [section.key for section in paper.sections] == ["purpose", "findings"]


def test_an_inspection_of_which_nothing_is_known_gives_gaps_and_no_error(durham_store):
    known = inspection_of(durham_store, 2022)
    bare = Inspection(id=new_id(), provider_id=known.provider_id, kind_id=known.kind_id)
    durham_store.apply(Edit(after=(bare,)))
    paper = briefing.paper(read(durham_store, bare), Choice())
    assert "the dates of which are not known" in all_words(paper)
    assert "No earlier inspection is recorded." in all_words(paper)


def test_the_newest_inspection_is_no_other_event(durham_store, store):
    found = newest(durham_store)
    assert found and found.started_on == PartialDate(2025, 3, 24)
    assert newest(store) is None


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("self\ufffeesteem", "self-esteem"),
        ("a\x0bb\ud800", "a\ufffdb\ufffd"),
        ("<b>\t\nΩ 😀", "<b>\t\nΩ 😀"),
    ],
)
def test_text_is_made_fit_for_xml(text, printed):
    assert printable(text) == printed

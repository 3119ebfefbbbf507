"""Confirmed rows to one edit: only what is confirmed is written, and a known inspection keeps what it says."""

import shutil
from dataclasses import replace

import pytest

from db.dates import PartialDate
from db.edit import Edit
from db.errors import RuleBroken
from db.lists import Lists
from db.records import AreaForImprovement, Document, Inspection, Judgement, Provider
from db.store import Store
from desktop_app.places import draft_words
from desktop_app.places.draft_areas import blank
from desktop_app.places.draft_edit import InFile, Kept, edit_of
from desktop_app.places.draft_fields import AREA, JUDGEMENT, provider_named
from desktop_app.places.draft_states import Confirming, State
from desktop_app.reading import draft
from tests.desktop_app import made_reports
from tests.desktop_app.made_reports import ILACS_2018, ITEMS, NEW_GRADES, SIF

ROWS = [*zip(ILACS_2018, NEW_GRADES, strict=True)]
KEPT = Kept("durham-2022.pdf", "0" * 64)


def pasted(**more):
    return draft.from_pasted(made_reports.ilacs(ROWS, **more).pasted())


def confirming(store, found=None):
    return Confirming(store, Lists.read(store), found or pasted())


def field(rows, key):
    return rows.fields[rows.place_of(key)]


def accept_all(rows):
    for key in [one.key for one in rows.fields]:
        rows.accept(field(rows, key))


def written(store, rows):
    digest = store.keep_file(b"%PDF made up")
    kept = Kept(KEPT.name, digest)
    edit, inspection = edit_of(store, Lists.read(store), rows.draft, rows.confirmed(), kept, rows.known)
    return store.apply(edit), inspection


@pytest.fixture
def sample(sample_file, tmp_path):
    opened = Store.open(shutil.copy(sample_file, tmp_path / "durham.sqlite"))
    yield opened
    opened.close()


def test_all_that_was_accepted_is_written(store):
    rows = confirming(store)
    accept_all(rows)
    _, inspection = written(store, rows)
    lists = Lists.read(store)
    assert store.get(Inspection, inspection.id) == inspection
    assert lists.providers[inspection.provider_id].name == "Durham"
    assert lists.kinds[inspection.kind_id].code == "ilacs_standard"
    assert (inspection.started_on, inspection.ended_on) == (PartialDate(2022, 5, 9), PartialDate(2022, 5, 20))
    assert inspection.dates_as_printed == "9 May to 20 May 2022"
    assert inspection.lead_inspector == "Louise Hollick"
    judgements = {lists.areas[one.area_id].label: one for one in store.each(Judgement)}
    assert [lists.grades[judgements[label].grade_id].label for label in ILACS_2018] == [*NEW_GRADES]
    assert [judgements[label].grade_as_printed for label in ILACS_2018] == [*NEW_GRADES]
    areas = store.each(AreaForImprovement)
    assert [(one.position, one.text) for one in areas] == [*enumerate(ITEMS, 1)]
    (document,) = store.each(Document)
    assert document.inspection_ids == (inspection.id,)
    assert {one.document_id for one in areas} == {document.id}


def test_nothing_is_written_that_was_not_confirmed(store):
    rows = confirming(store)
    for key in ("provider", "kind"):
        rows.accept(field(rows, key))
    _, inspection = written(store, rows)
    assert (inspection.started_on, inspection.dates_as_printed, inspection.lead_inspector) == (None, "", "")
    assert not store.each(Judgement)
    assert not store.each(AreaForImprovement)


def test_the_undone_deed_takes_everything_back(store):
    rows = confirming(store)
    accept_all(rows)
    done, _ = written(store, rows)
    store.apply(done.undone())
    for record_class in (Provider, Inspection, Judgement, AreaForImprovement, Document):
        assert store.each(record_class) == []


def test_the_wording_as_printed_goes_only_with_what_was_accepted(store):
    rows = confirming(store)
    accept_all(rows)
    rows.correct(field(rows, "started_on"), PartialDate(2022, 5, 10))
    grade = field(rows, JUDGEMENT + "ilacs_overall")
    rows.correct(grade, "not_known")
    _, inspection = written(store, rows)
    assert (inspection.started_on, inspection.dates_as_printed) == (PartialDate(2022, 5, 10), "")
    (overall,) = [one for one in store.each(Judgement) if one.special]
    assert (overall.special, overall.grade_id, overall.grade_as_printed) == ("not_known", None, "")


@pytest.mark.parametrize("missing", ["provider", "kind"])
def test_without_provider_or_kind_nothing_is_written(store, missing):
    rows = confirming(store)
    accept_all(rows)
    rows.leave_out(field(rows, missing))
    with pytest.raises(RuleBroken, match=missing):
        written(store, rows)


def test_what_a_correction_was_is_forgotten_when_the_row_is_left_open(store):
    rows = confirming(store)
    lead = field(rows, "lead_inspector")
    rows.correct(lead, "Someone Else")
    assert rows.state(lead) is State.CORRECTED
    rows.leave_open(lead)
    assert (rows.state(lead), rows.value(lead)) == (State.OPEN, "Louise Hollick")


def test_another_framework_withdraws_the_kind_and_what_it_judges(store):
    rows = confirming(store)
    accept_all(rows)
    lists = Lists.read(store)
    other = next(one.id for one in lists.frameworks.values() if one.code == "SIF_2013")
    rows.correct(field(rows, "framework"), other)
    kind = field(rows, "kind")
    assert (rows.state(kind), rows.value(kind)) == (State.OPEN, None)
    assert not [one for one in rows.fields if one.key.startswith(JUDGEMENT)]
    rows.correct(kind, next(key for key, label in kind.choices if lists.kinds[key].code == "sif_full"))
    assert JUDGEMENT + "sif_lscb" in {one.key for one in rows.fields}
    rows.leave_open(field(rows, "framework"))
    assert JUDGEMENT + "ilacs_overall" in {one.key for one in rows.fields}


def test_the_board_s_recommendations_keep_their_audience(store):
    made = made_reports.single_inspection([(label, "Good") for label in SIF], board_items=["Meet more often."])
    rows = confirming(store, draft.from_pasted(made.pasted()))
    accept_all(rows)
    written(store, rows)
    assert {one.text: one.audience for one in store.each(AreaForImprovement)}["Meet more often."] == "lscb"


def test_a_council_is_found_by_its_short_name_where_there_is_one_of_it(sample):
    lists = Lists.read(sample)
    known = provider_named(lists, "Durham")
    assert known is not None and known.name == "Durham County Council"
    assert provider_named(lists, "Durham City Council") == known
    assert provider_named(lists, "Durhamshire") is None
    provider = field(confirming(sample), "provider")
    assert provider.value == "Durham County Council"
    assert not provider.is_certain  # the report prints another name


def test_a_known_inspection_keeps_what_it_says(sample):
    rows = confirming(sample, pasted(lead="Lead inspector: Someone Else, Her Majesty’s Inspector"))
    assert rows.known is not None
    before = rows.known.inspection
    accept_all(rows)
    lead = field(rows, "lead_inspector")
    assert rows.differs(lead)
    assert "Louise Hollick" in draft_words.details(rows, lead)
    done, inspection = written(sample, rows)
    assert inspection == before
    assert {type(record) for record in done.after} == {Document}  # the grades differ as well, and stay


def test_without_the_comparison_it_would_be_overwritten(sample, monkeypatch):
    monkeypatch.setattr(InFile, "differs", lambda *_: False)
    rows = confirming(sample, pasted(lead="Lead inspector: Someone Else, Her Majesty’s Inspector"))
    accept_all(rows)
    _, inspection = written(sample, rows)
    assert inspection.lead_inspector == "Someone Else"


def test_it_fills_what_is_empty(sample):
    known = confirming(sample).known
    assert known is not None
    judgements = sample.each(Judgement, inspection_id=known.inspection.id)
    emptied = replace(known.inspection, lead_inspector="", dates_as_printed="")
    sample.apply(Edit((known.inspection, *judgements), (emptied,)))
    rows = confirming(sample)
    accept_all(rows)
    _, inspection = written(sample, rows)
    assert (inspection.id, inspection.lead_inspector) == (emptied.id, "Louise Hollick")
    assert len(sample.each(Judgement, inspection_id=inspection.id)) == len(ROWS)


def test_it_replaces_what_it_is_told_to(sample):
    rows = confirming(sample, pasted(lead="Lead inspector: Someone Else, Her Majesty’s Inspector"))
    accept_all(rows)
    for key in ("lead_inspector", JUDGEMENT + "ilacs_overall", f"{AREA}2"):
        assert rows.differs(field(rows, key))
        assert rows.replace_in_file(field(rows, key))
    count = len(rows.known.areas)
    was = rows.known.judgements["ilacs_overall"]
    _, inspection = written(sample, rows)
    lists = Lists.read(sample)
    assert inspection.lead_inspector == "Someone Else"
    assert lists.grades[sample.get(Judgement, was.id).grade_id].label == NEW_GRADES[-1]
    areas = sample.each(AreaForImprovement, inspection_id=inspection.id)
    assert [one.text for one in areas][count:] == [ITEMS[2]]


def test_everything_around_the_words_is_written_as_it_was_corrected(store):
    rows = confirming(store)
    accept_all(rows)
    lists, key = Lists.read(store), f"{AREA}1"
    timescale = next(iter(lists.timescales))
    read = rows.value(field(rows, key))
    meant = replace(read, timescale_id=timescale, audience="lscb", group_label="At once", page=9, paragraph=40)
    rows.correct(field(rows, key), meant)
    _, inspection = written(store, rows)
    first, second, third = store.each(AreaForImprovement, inspection_id=inspection.id)
    assert (second.timescale_id, second.audience, second.group_label) == (timescale, "lscb", "At once")
    assert (second.page, second.paragraph, second.text) == (9, 40, ITEMS[1])
    assert {one.audience for one in (first, third)} == {"local_authority"}


def test_a_missed_area_stands_where_it_was_added_and_a_false_one_is_not_written(store):
    rows = confirming(store)
    accept_all(rows)
    added = rows.add_area(field(rows, f"{AREA}0"))
    meant = replace(rows.blank_area(added), text="Help for young carers.")
    assert meant.group_label == rows.value(field(rows, f"{AREA}0")).group_label
    rows.correct(added, meant)
    rows.leave_out(field(rows, f"{AREA}2"))
    names = [one.name for one in rows.fields if one.key.startswith(AREA)]
    assert names == [f"Area for improvement {number}" for number in range(1, 5)]
    _, inspection = written(store, rows)
    areas = store.each(AreaForImprovement, inspection_id=inspection.id)
    assert [(one.position, one.text) for one in areas] == [(1, ITEMS[0]), (2, meant.text), (3, ITEMS[1])]


def test_an_area_can_be_added_where_none_was_read(store):
    rows = confirming(store, draft.from_pasted(made_reports.ilacs(ROWS, items=()).pasted()))
    accept_all(rows)
    added = rows.add_area(field(rows, "provider"))
    assert rows.place_of(added.key) == len(rows.fields) - 1
    kind = field(rows, "kind").value
    rows.correct(added, replace(blank(rows.lists, kind), text="Help for young carers."))
    rows.leave_open(rows.add_area(added))  # one without words goes again
    written(store, rows)
    assert [one.text for one in store.each(AreaForImprovement)] == ["Help for young carers."]


def test_what_is_empty_in_a_known_area_is_filled_and_what_is_not_stays(sample):
    known = confirming(sample).known
    was = known.areas[0]
    emptied = replace(was, group_label="", page=None, audience="partnership")
    sample.apply(Edit((was,), (emptied,)))
    rows = confirming(sample, pasted(items=[was.text]))
    area = field(rows, f"{AREA}0")
    assert not rows.differs(area)
    rows.correct(area, replace(rows.value(area), page=7, audience="lscb"))
    _, inspection = written(sample, accepted(rows))
    now = sample.get(AreaForImprovement, was.id)
    assert (now.page, now.audience, now.text) == (7, "partnership", was.text)
    assert len(sample.each(AreaForImprovement, inspection_id=inspection.id)) == len(known.areas)


def accepted(rows):
    accept_all(rows)
    return rows


def test_the_same_file_is_kept_as_one_document(sample):
    for _ in range(2):
        rows = confirming(sample)
        accept_all(rows)
        written(sample, rows)
    digests = [one.file_sha256 for one in sample.each(Document) if one.file_name == KEPT.name]
    assert len(digests) == 1

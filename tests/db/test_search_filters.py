"""Filters: chosen or typed, alone or with words; they follow what they filter by."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db import passages, search, search_filters
from db.catalogue import fact_id
from db.dates import PartialDate
from db.edit import Edit
from db.frameworks import ActionStatus, Strand, Theme
from db.improvement_records import Action, ProgressNote, Verdict
from db.passages import Group
from db.records import AreaForImprovement, Inspection, Judgement, Provider, Quote, RecordType, new_id
from db.search_words import FILTER_NAMES, MOST_WORDS, Word, parse
from tests.db.records_from_the_field import FINDING, LEADERS, OUTSTANDING, STANDARD


@pytest.fixture
def said(store):
    """Two quotes of Kent in 2022 and one of Essex in 2019."""
    kent, essex = Provider(id=new_id(), name="Kent County Council"), Provider(id=new_id(), name="Essex")
    later = Inspection(id=new_id(), provider_id=kent.id, kind_id=STANDARD, started_on=PartialDate(2022, 5, 9))
    earlier = Inspection(id=new_id(), provider_id=essex.id, kind_id=STANDARD, published_on=PartialDate(2019))
    theme = next(one for one in store.each(Theme))
    quotes = (
        Quote(id=new_id(), inspection_id=later.id, text="Leaders act.", tone="strength", area_id=LEADERS),
        Quote(id=new_id(), inspection_id=later.id, text="Leaders wait.", tone="concern", speaker="Zoë Ryan"),
        Quote(id=new_id(), inspection_id=earlier.id, text="Leaders left.", theme_ids=(theme.id,)),
    )
    graded = Judgement(id=new_id(), inspection_id=later.id, area_id=LEADERS, grade_id=OUTSTANDING)
    store.apply(Edit(after=(kent, essex, later, earlier, *quotes, graded)))
    return quotes


def found(store, typed, **filters):
    return {hit.text for hit in search.find(store, typed, filters=filters).hits if hit.group == Group.QUOTE}


@pytest.mark.parametrize(
    ("typed", "texts"),
    [
        ("tone:concern", {"Leaders wait."}),
        ("tone:con lead", {"Leaders wait."}),
        ("tone:concern tone:strength", {"Leaders wait.", "Leaders act."}),
        ("provider:essex", {"Leaders left."}),
        ('provider:"kent county council" leaders', {"Leaders wait.", "Leaders act."}),
        ("year:2022 -wait", {"Leaders act."}),
        ("year:2018-2020", {"Leaders left."}),
        ("year:2020-", {"Leaders wait.", "Leaders act."}),
        ("year:20", {"Leaders wait.", "Leaders act.", "Leaders left."}),
        ("speaker:ryan", {"Leaders wait."}),
        ('speaker:"zoe ryan"', {"Leaders wait."}),
        ("framework:ilacs kind:quote", {"Leaders wait.", "Leaders act.", "Leaders left."}),
        ("strand:leader", {"Leaders act."}),
        ("kind:inspection", set()),
        ("grade:outstanding", set()),
        ("tone:wombat", set()),
    ],
)
def test_what_is_typed_as_a_filter_narrows(store, said, typed, texts):
    assert found(store, typed) == texts


def test_a_grade_leaves_the_judgements_that_have_it(store, said):
    assert search.find(store, "grade:outstanding").counts == {Group.JUDGEMENT: 1}
    assert search.find(store, "grade:inadequate").counts == {}


DONE = fact_id(RecordType.ACTION_STATUS, "done")


def test_what_is_left_to_do_is_found_apart_from_what_is_done(store, said):
    inspection_id = said[0].inspection_id
    first, second = (
        AreaForImprovement(id=new_id(), inspection_id=inspection_id, text=text, finding_kind_id=FINDING, owner=owner)
        for text, owner in (("Plans are late.", "Head of Practice"), ("Visits are rare.", ""))
    )
    action = Action(id=new_id(), area_for_improvement_id=first.id, text="Train supervisors", status_id=DONE)
    note = ProgressNote(id=new_id(), area_for_improvement_id=first.id, text="Supervisors were trained.")
    store.apply(Edit(after=(first, second, action, note)))

    def ids(typed):
        return {hit.record_id for hit in search.find(store, typed).hits}

    assert ids("open:yes") == {first.id, second.id} and ids("open:no") == {action.id}
    assert ids("open:yes practice") == {first.id}
    assert ids("supervisors") == {action.id, note.id} and ids("kind:note") == {note.id}
    assert ids("year:2022 kind:action") == {action.id} and ids("year:2019 kind:action") == set()
    closed = Verdict(id=new_id(), area_for_improvement_id=second.id, inspection_id=inspection_id, verdict="closed")
    undone = store.apply(Edit(after=(closed,))).undone()
    assert ids("open:yes") == {first.id} and ids("open:no") == {action.id, second.id}
    store.apply(undone)
    done = store.get(ActionStatus, DONE)
    store.apply(Edit((done,), (replace(done, is_open=True),)))
    assert ids("open:yes") == {first.id, second.id, action.id} and ids("open:no") == set()
    moved = store.get(Inspection, inspection_id)
    store.apply(Edit((moved,), (replace(moved, started_on=PartialDate(2023, 5, 9)),)))
    assert ids("year:2023 open:yes") == {first.id, second.id, action.id} and ids("year:2023 kind:note") == {note.id}


def test_chosen_filters_work_without_words_and_with_them(store, said):
    theme = store.get(Theme, said[2].theme_ids[0])
    assert found(store, "", theme=theme.id) == {"Leaders left."}
    assert found(store, "act", theme=theme.id) == set()
    assert found(store, "", year="-2019", kind="quote") == {"Leaders left."}
    assert found(store, "", strand=store.each(Strand)[0].id, tone="neutral") == set()
    assert search.find(store, "", filters={"tone": ""}).is_blank


def test_every_choice_of_every_filter_is_understood(store, said):
    for name in FILTER_NAMES:
        choices = search_filters.choices(store, name)
        assert choices, name
        for value, words in choices:
            assert words
            narrowed = search_filters.narrowed(store.connection.raw, [(name, value)])
            assert name == "framework" or not narrowed.leaves_nothing, (name, value)


def test_filters_follow_what_changes(store, said):
    inspection = store.get(Inspection, said[0].inspection_id)
    moved = replace(inspection, started_on=PartialDate(2024), provider_id=store.each(Provider)[1].id)
    store.apply(Edit((inspection,), (moved,)))
    store.apply(Edit((said[1],), (replace(said[1], tone="mixed", speaker="Emma Lewell"),)))
    assert found(store, "year:2022") == set()
    assert found(store, "year:2024 provider:essex") == {"Leaders wait.", "Leaders act."}
    assert found(store, "speaker:ryan") == found(store, "tone:concern") == set()
    assert found(store, "speaker:lewell tone:mixed") == {"Leaders wait."}
    before = set(store.connection.raw.execute("select record_id, field, folded from passage").fetchall())
    with store.connection.write() as raw:
        passages.rebuild(raw)
    assert set(store.connection.raw.execute("select record_id, field, folded from passage").fetchall()) == before


def test_without_followers_the_filters_would_tell_of_what_was(store, said, monkeypatch):
    monkeypatch.setattr(passages, "_FOLLOWERS", ())
    inspection = store.get(Inspection, said[0].inspection_id)
    store.apply(Edit((inspection,), (replace(inspection, started_on=PartialDate(2024)),)))
    assert found(store, "year:2022") == {"Leaders wait.", "Leaders act."}


def test_no_text_can_pass_for_a_filter(store, said):
    store.apply(Edit((said[0],), (replace(said[0], text="\ue000tconcern \ue000y2019 Leaders act."),)))
    assert found(store, "tone:concern") == {"Leaders wait."}
    assert found(store, "\ue000tconcern") == {"Leaders wait."} or not found(store, "year:2019 act")


@given(st.text())
def test_anything_typed_is_read(typed):
    read = parse(typed)
    assert len(read.wanted) + len(read.unwanted) + len(read.filters) <= MOST_WORDS + 1
    assert all(any(letter.isalnum() or ord(letter) > 127 for letter in word.text) for word in read.wanted)


def test_words_phrases_and_filters_are_told_apart():
    read = parse('care -visit -"very late" tone:concern theme:"care leavers" "side by side" lea')
    assert read.wanted == (Word("care"), Word("side by side"), Word("lea", is_open=True))
    assert read.unwanted == (Word("visit"), Word("very late"))
    assert read.filters == (("tone", "concern"), ("theme", "care leavers"))

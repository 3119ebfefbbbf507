"""The search index follows every edit: after any of them it is what a rebuild would make."""

import random
import shutil
import sqlite3
from contextlib import closing
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlite_utils import Database

from db import passages, schema, search, searchable
from db.connection import Connection, connect_raw
from db.edit import Edit
from db.errors import StoreError
from db.frameworks import Framework, Grade, InspectionKind, JudgementArea, Theme
from db.overview import removal
from db.records import AreaForImprovement, Document, Inspection, Judgement, Provider, Quote, new_id
from db.store import Store
from db.text import fold

OF_FRAMEWORK = "select framework_id from inspection join inspection_kind k on k.id = kind_id"
SAID = (
    "Leaders know their services well.",
    "Children’s needs are met, well-being too.",
    "Care leavers wait.",
    "Zoë",
    "a",
)


@pytest.fixture
def store(tmp_path, sample_file):
    store = Store.open(shutil.copy(sample_file, tmp_path / "durham.sqlite"))
    yield store
    store.close()


def index_of(store):
    rows = store.connection.raw.execute("select record_type, record_id, field, folded from passage").fetchall()
    return {(kind, key, field): folded for kind, key, field, folded in rows}


def texts_of(store):
    return {
        (record_type.value, record.record_id, field): fold(text)
        for record_type in searchable.FIELDS
        for record in searchable.read(store.connection.raw, record_type)
        for field, text in record.texts.items()
    }


def is_sound(store):
    """FTS5's own check: the words of each index are those of the passages, no more and no fewer."""
    for index in passages.INDEXES:
        store.connection.raw.execute(f"insert into {index}({index}, rank) values ('integrity-check', 1)")
    return index_of(store) == texts_of(store)


def found(store, typed):
    return {hit.record_id for hit in search.find(store, typed, limit=1000).hits}


def the(store, record_class, **values):
    return store.each(record_class, **values)[0]


def test_the_index_of_the_sample_is_what_a_rebuild_makes(store):
    before = index_of(store)
    assert is_sound(store)
    with store.connection.write() as raw:
        passages.rebuild(raw)
    assert index_of(store) == before
    assert is_sound(store)


def test_the_check_notices_a_word_that_was_left_behind(store):
    store.connection.raw.execute("delete from passage where record_type = 'quote'")
    with pytest.raises(Exception, match="malformed"):
        is_sound(store)


def test_a_removed_record_is_found_no_more_and_undo_brings_it_back(store):
    inspection = next(one for one in store.each(Inspection) if "Hollick" in one.lead_inspector)
    gone = store.apply(removal(store, inspection))
    assert not found(store, "hollick")
    assert is_sound(store)
    store.apply(gone.undone())
    assert inspection.id in found(store, "hollick")
    assert is_sound(store)


def test_a_refused_edit_leaves_the_index_as_it_was(store):
    quote = the(store, Quote)
    before = index_of(store)
    with pytest.raises(StoreError):
        store.apply(Edit((quote,), (replace(quote, text="Wombats", page=0),)))
    assert index_of(store) == before
    assert not found(store, "wombats")
    assert is_sound(store)


@pytest.mark.parametrize(
    ("record_class", "field", "follower", "naming"),
    [
        (Provider, "name", Inspection, "select provider_id from inspection"),
        (InspectionKind, "label", Inspection, "select kind_id from inspection"),
        (Framework, "short_name", Inspection, OF_FRAMEWORK),
        (JudgementArea, "label", Judgement, "select area_id from judgement"),
        (Grade, "label", Judgement, "select grade_id from judgement"),
    ],
)
def test_a_composed_passage_follows_what_it_names(store, record_class, field, follower, naming):
    most = f"select *, count(*) from ({naming}) group by 1 order by 2 desc limit 1"
    key, count = store.connection.raw.execute(most).fetchone()
    record = store.get(record_class, key)
    renamed = store.apply(Edit((record,), (replace(record, **{field: "Hedgehogs"}),)))
    assert search.find(store, "hedgehogs").counts[follower.record_type] == count
    assert is_sound(store)
    store.apply(renamed.undone())
    assert not found(store, "hedgehogs")
    assert is_sound(store)


def test_records_that_follow_a_new_name_keep_their_place(store):
    order = [hit.record_id for hit in search.find(store, "durham inspection", limit=100).hits]
    provider = the(store, Provider)
    store.apply(Edit((provider,), (replace(provider, name="Durham and Darlington"),)))
    assert [hit.record_id for hit in search.find(store, "durham inspection", limit=100).hits] == order


def test_the_themes_of_a_quote_are_searched_by_name(store):
    quote, theme = the(store, Quote), store.each(Theme)[-1]  # one that nothing has
    tagged = replace(quote, theme_ids=(theme.id,))
    store.apply(Edit((quote,), (tagged,)))
    store.apply(Edit((theme,), (replace(theme, name="Hedgehogs"),)))
    assert found(store, "hedgehog") == {quote.id}
    store.apply(Edit((tagged,), (quote,)))
    assert not found(store, "hedgehog")
    assert is_sound(store)


def test_an_edit_of_one_field_writes_only_the_passage_of_its_record(store):
    inspection = next(one for one in store.each(Inspection) if "Hollick" in one.lead_inspector)
    rows = "select record_id, row from passage"
    before = dict(store.connection.raw.execute(rows).fetchall())
    store.apply(Edit((inspection,), (replace(inspection, lead_inspector="Victoria Horsefield"),)))
    after = dict(store.connection.raw.execute(rows).fetchall())
    assert [key for key in after if after[key] != before.get(key)] == [inspection.id]


def test_an_older_file_is_searchable_as_soon_as_it_is_opened(tmp_path):
    path = tmp_path / "old.sqlite"
    path.touch()
    raw = connect_raw(path, is_read_only=False)
    raw.execute("begin")
    schema.apply_steps(raw, stop_before=4)
    provider, kind, framework = new_id(), new_id(), new_id()
    raw.execute("insert into framework (id, code, name, short_name) values (?, 'X', 'X', 'X')", (framework,))
    raw.execute(
        "insert into inspection_kind (id, framework_id, code, name, label, position) "
        "values (?, ?, 'x', 'x', 'Visit', 1)",
        (kind, framework),
    )
    raw.execute("insert into provider (id, name, kind) values (?, 'Kent', 'local_authority')", (provider,))
    raw.execute(
        "insert into inspection (id, provider_id, kind_id, started_on) values (?, ?, ?, '2011-02')",
        (new_id(), provider, kind),
    )
    raw.execute("commit")
    raw.close()
    store = Store.open(path)
    assert len(found(store, "kent february 2011")) == 1
    assert is_sound(store)
    store.close()


def test_a_damaged_index_stops_no_save_and_is_made_anew_by_the_next_search(tmp_path, sample_file):
    path = shutil.copy(sample_file, tmp_path / "durham.sqlite")
    with closing(sqlite3.connect(path, isolation_level=None)) as raw:
        raw.execute("update words_data set block = x'00ff00ff' where id > 10")
    with closing(Store.open(path)) as store:
        quote = the(store, Quote)
        store.apply(Edit((quote,), (replace(quote, text="Hedgehogs thrive."),)))
        assert search.find(store, "children").hits
        assert found(store, "hedgehogs") == {quote.id}
        assert is_sound(store)


def test_sqlite_utils_knows_both_as_search_indexes(store):
    database = Database(store.connection.raw, execute_plugins=False)
    assert database["passage"].detect_fts() in passages.INDEXES


def _random_edit(store: Store, chance: random.Random) -> Edit | None:
    inspections = store.each(Inspection)
    words = " ".join(chance.choices(SAID, k=chance.randint(1, 3)))
    themes = tuple(theme.id for theme in chance.sample(store.each(Theme), chance.randint(0, 2)))
    match chance.randint(0, 8):
        case 0 if inspections:
            quote = Quote(id=new_id(), inspection_id=chance.choice(inspections).id, text=words, theme_ids=themes)
            return Edit(after=(quote,))
        case 1:
            old = chance.choice(store.each(Quote) or [None])
            return old and Edit((old,), (replace(old, text=words, speaker=chance.choice(SAID), theme_ids=themes),))
        case 2 if inspections:
            return removal(store, chance.choice(inspections))
        case 3 if inspections:
            old = chance.choice(inspections)
            return Edit((old,), (replace(old, notes=words, started_on=None, title=chance.choice(("", *SAID))),))
        case 4:
            old = chance.choice(store.each(chance.choice((Provider, Theme))))
            return Edit((old,), (replace(old, name=f"{words} {chance.random()}"),))
        case 5:
            old = chance.choice(store.each(chance.choice((InspectionKind, Grade))))
            return Edit((old,), (replace(old, label=f"{words} {chance.random()}"),))
        case 6:
            old = chance.choice(store.each(AreaForImprovement) or [None])
            return old and Edit((old,), (replace(old, group_label=words, theme_ids=themes),))
        case 7:
            old = chance.choice(store.each(Document) or [None])
            return old and Edit((old,), (replace(old, publisher=words),))
        case _:
            old = chance.choice(store.each(Judgement) or [None])
            return old and Edit((old,), (replace(old, grade_id=None, special=None, grade_as_printed=words),))


@settings(max_examples=15, deadline=None)
@given(seed=st.integers(min_value=0, max_value=2**32))
def test_after_any_edits_and_undo_the_index_is_what_a_rebuild_makes(tmp_path_factory, sample_file, seed):
    path = shutil.copy(sample_file, tmp_path_factory.mktemp("random") / "durham.sqlite")
    store, chance = Store.open(path), random.Random(seed)
    assert isinstance(store.connection, Connection)
    done: list[Edit] = []
    try:
        for _ in range(25):
            edit = done.pop().undone() if done and chance.random() < 0.35 else _random_edit(store, chance)
            try:
                kept = edit and store.apply(edit)
            except StoreError:
                done.clear()  # as a name that is taken, or an undo of what has changed since
                continue
            if kept and chance.random() < 0.8:
                done.append(kept)
        assert is_sound(store)
    finally:
        store.close()

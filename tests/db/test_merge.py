"""A colleague's copy taken in: by version ids, both sides kept, one deed that can be undone."""

import shutil
import sqlite3
import tempfile
from contextlib import closing
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest

from db import foreign, history, schema
from db.catalogue import fact_id
from db.copy import write_copy
from db.edit import Edit
from db.errors import CannotWrite, Damaged, FileTooNew, NotOurs, RuleBroken, Stale, StoreError
from db.foreign import Foreign, opened
from db.frameworks import Theme
from db.merge import merge_file, preview
from db.merge_plan import Undecided
from db.overview import removal
from db.records import Document, Inspection, Judgement, Provider, Quote, RecordType, new_id
from db.snapshot import Cancelled
from db.store import Store
from tests.db.records_from_the_field import (
    DURHAM,
    DURHAM_2022,
    FAMILY,
    LEADERS,
    LEADERS_ARE_OUTSTANDING,
    PARTNERSHIP,
    REPORT,
    STANDARD,
)
from tests.faults.soundness import problems


@pytest.fixture
def ours(store):
    store.apply(Edit(after=FAMILY), "Add inspection")
    return store


@pytest.fixture
def theirs(ours, tmp_path):
    """A colleague's copy, without the log, open at her desk."""
    write_copy(ours.path, tmp_path / "colleague.sqlite")
    with closing(Store.open(tmp_path / "colleague.sqlite")) as copy:
        yield copy


def change(store, record, **values):
    now = replace(store.get(type(record), record.id), **values)
    return store.apply(Edit((store.get(type(record), record.id),), (now,)))


def merged(store, path, **decisions):
    """Take a file in; every conflict is decided by the same word where one is given."""
    found = preview(store, path)
    try:
        chosen = {one.key: decisions["choose"] for one in found.conflicts} if decisions else {}
        edit = found.edit(chosen)
        for content in found.files(edit):
            store.keep_file(content)
        return store.apply(edit, found.label)
    finally:
        found.close()


def looked_at(store, path):
    found = preview(store, path)
    found.close()
    return found


def quote(**values):
    return Quote(id=new_id(), inspection_id=DURHAM_2022.id, text="Children are safe.", **values)


def test_what_is_new_there_comes_in_and_what_changed_there_is_taken(ours, theirs):
    new = quote(theme_ids=(ours.each(Theme)[0].id,))
    theirs.apply(Edit(after=(new,)))
    change(theirs, PARTNERSHIP, page=3)
    change(ours, DURHAM_2022, notes="Warm welcome.")
    found = looked_at(ours, theirs.path)
    assert found.new_here == (new,)
    assert found.changed_there == (replace(PARTNERSHIP, page=3),)
    assert [one.id for one in found.changed_here] == [DURHAM_2022.id]
    assert found.conflicts == ()
    merged(ours, theirs.path)
    assert ours.get(Quote, new.id) == new
    assert ours.get(Quote, PARTNERSHIP.id).page == 3
    assert ours.get(Inspection, DURHAM_2022.id).notes == "Warm welcome."
    assert problems(ours) == []


def test_a_second_merge_writes_nothing(ours, theirs):
    change(theirs, PARTNERSHIP, page=3)
    assert merged(ours, theirs.path).deed_id
    assert looked_at(ours, theirs.path).is_empty
    assert merged(ours, theirs.path).deed_id == ""


def test_a_removal_there_goes_here_and_can_be_restored(ours, theirs):
    theirs.apply(Edit(before=(PARTNERSHIP,)), "Remove quote")
    assert looked_at(ours, theirs.path).removed_there == (PARTNERSHIP,)
    merged(ours, theirs.path)
    assert ours.get(Quote, PARTNERSHIP.id) is None
    (removed,) = ours.removed()
    assert removed.records == (PARTNERSHIP,)
    ours.apply(ours.restoring(removed), "Restore")
    assert looked_at(ours, theirs.path).is_empty  # putting it back is newer than their removal


def test_what_was_removed_here_stays_away(ours, theirs):
    ours.apply(Edit(before=(PARTNERSHIP,)), "Remove quote")
    found = looked_at(ours, theirs.path)
    assert found.is_empty
    assert found.removed_here == (PARTNERSHIP,)


def test_a_copy_without_a_log_does_not_remove_what_it_never_had(ours, theirs):
    new = quote()
    ours.apply(Edit(after=(new,)))
    merged(ours, theirs.path)
    assert ours.get(Quote, new.id) == new


@pytest.mark.parametrize(("choose", "text"), [("ours", "Here."), ("theirs", "There.")])
def test_a_conflict_is_shown_and_the_chosen_version_stands(ours, theirs, choose, text):
    change(ours, PARTNERSHIP, text="Here.")
    change(theirs, PARTNERSHIP, text="There.")
    found = preview(ours, theirs.path)
    (shown,) = found.conflicts
    assert (shown.ours.text, shown.theirs.text, shown.fields) == ("Here.", "There.", ("text",))
    assert (found.version(shown, "ours"), found.version(shown, "theirs")) == ("Quote: Here.", "Quote: There.")
    with pytest.raises(Undecided, match="1 record was changed on both sides"):
        found.edit({})
    found.close()
    merged(ours, theirs.path, choose=choose)
    assert ours.get(Quote, PARTNERSHIP.id).text == text
    assert {change.after.get("text") for change in ours.changes(PARTNERSHIP.id)} >= {"Here.", "There."}
    assert looked_at(ours, theirs.path).is_empty
    merged(theirs, ours.path)
    assert theirs.get(Quote, PARTNERSHIP.id).text == text
    assert problems(ours) == problems(theirs) == []


def test_of_a_quote_both_versions_can_be_kept(ours, theirs):
    change(ours, PARTNERSHIP, text="Here.")
    change(theirs, PARTNERSHIP, text="There.")
    merged(ours, theirs.path, choose="both")
    assert {one.text for one in ours.each(Quote)} == {"Here.", "There."}
    merged(theirs, ours.path)
    assert {one.text for one in theirs.each(Quote)} == {"Here.", "There."}


def test_different_fields_changed_on_both_sides_stand_side_by_side(ours, theirs):
    change(ours, PARTNERSHIP, text="Here.")
    change(theirs, PARTNERSHIP, tone="strength")
    assert looked_at(ours, theirs.path).conflicts == ()
    merged(ours, theirs.path)
    assert ours.get(Quote, PARTNERSHIP.id) == replace(PARTNERSHIP, text="Here.", tone="strength")
    assert looked_at(theirs, ours.path).conflicts == ()


def test_fields_that_say_one_thing_together_are_a_conflict(ours, theirs):
    change(ours, PARTNERSHIP, page=5)
    change(theirs, PARTNERSHIP, paragraph=7)
    assert looked_at(ours, theirs.path).conflicts[0].fields == ("page", "paragraph")


@pytest.mark.parametrize("choose", ["ours", "theirs"])
def test_an_inspection_removed_there_and_changed_here_is_a_conflict_and_keeps_its_family(ours, theirs, choose):
    family = [type(one) for one in FAMILY[1:]]
    theirs.apply(removal(theirs, DURHAM_2022), "Remove inspection")
    change(ours, DURHAM_2022, notes="Read again.")
    (shown,) = looked_at(ours, theirs.path).conflicts
    assert (shown.ours.notes, shown.theirs) == ("Read again.", None)
    merged(ours, theirs.path, choose=choose)
    wanted = 1 if choose == "ours" else 0
    assert [ours.count(kind) for kind in family] == [wanted] * len(family)
    merged(theirs, ours.path)
    assert [theirs.count(kind) for kind in family] == [wanted] * len(family)


def test_what_something_new_belongs_to_is_kept_with_its_family(ours, theirs):
    theirs.apply(removal(theirs, DURHAM_2022), "Remove inspection")
    new = quote()
    ours.apply(Edit(after=(new,)))
    assert DURHAM_2022 in looked_at(ours, theirs.path).kept
    merged(ours, theirs.path)
    assert ours.get(Inspection, DURHAM_2022.id) and ours.get(Judgement, LEADERS_ARE_OUTSTANDING.id)
    merged(theirs, ours.path)
    assert theirs.get(Quote, new.id) == new
    assert problems(theirs) == []


def test_undo_takes_a_merge_back_and_merging_again_proposes_the_same(ours, theirs):
    new = quote()
    theirs.apply(Edit(after=(new,)))
    change(theirs, PARTNERSHIP, text="There.")
    change(ours, PARTNERSHIP, text="Here.")
    change(theirs, DURHAM_2022, title="Theirs.")
    first = looked_at(ours, theirs.path)
    done = merged(ours, theirs.path, choose="ours")
    undone = ours.apply(done.undone(), f"Undo: {first.label}")
    again = looked_at(ours, theirs.path)
    assert (again.new_here, again.changed_there) == (first.new_here, first.changed_there)
    assert [one.key for one in again.conflicts] == [PARTNERSHIP.id]
    assert looked_at(theirs, ours.path).removed_there == ()  # taking a merge back is no removal to a colleague
    ours.apply(undone.undone(), f"Redo: {first.label}")
    assert looked_at(ours, theirs.path).is_empty
    assert problems(ours) == []


def test_after_undo_the_same_copy_can_be_merged_again(ours, theirs):
    new = quote()
    theirs.apply(Edit(after=(new,)))
    for _ in range(3):
        done = merged(ours, theirs.path)
        assert ours.get(Quote, new.id) == new
        ours.apply(done.undone(), "Undo: Merge: colleague.sqlite")
        assert ours.get(Quote, new.id) is None
    merged(ours, theirs.path)
    assert looked_at(ours, theirs.path).is_empty
    assert looked_at(theirs, ours.path).is_empty


def test_a_copy_made_after_the_undo_is_known_here(ours, theirs, tmp_path):
    change(theirs, PARTNERSHIP, text="There.")
    done = merged(ours, theirs.path)
    ours.apply(done.undone(), "Undo: Merge: colleague.sqlite")
    write_copy(ours.path, tmp_path / "later.sqlite")
    with closing(Store.open(tmp_path / "later.sqlite")) as later:
        assert looked_at(ours, later.path).is_empty
        change(later, PARTNERSHIP, text="Later.")
        assert looked_at(ours, later.path).changed_there == (replace(PARTNERSHIP, text="Later."),)


@cache
def made_apart():
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "apart.sqlite"
        Store.create(path).close()
        return path.read_bytes()


def apart(tmp_path, name):
    """A file of its own, made without knowing of ours."""
    path = tmp_path / name
    path.write_bytes(made_apart())
    return Store.open(path)


def test_files_made_apart_agree_on_the_shipped_facts(ours, tmp_path):
    with closing(apart(tmp_path, "apart.sqlite")) as other:
        theme = other.each(Theme)[0]
        change(other, theme, definition="As our board sees it.")
        found = looked_at(ours, other.path)
        assert [one.id for one in found.changed_there] == [theme.id]
        assert found.conflicts == found.new_here == ()


def test_two_providers_of_one_name_become_one_with_what_either_side_knows(ours, tmp_path):
    with closing(apart(tmp_path, "apart.sqlite")) as other:
        durham = Provider(id=new_id(), name=DURHAM.name, region="North East")
        visit = Inspection(id=new_id(), provider_id=durham.id, kind_id=STANDARD, title="Their visit")
        other.apply(Edit(after=(durham, visit)))
        found = looked_at(ours, other.path)
        assert found.conflicts == ()
        merged(ours, other.path)
        (one,) = ours.each(Provider)
        assert (one.urn, one.region) == (DURHAM.urn, "North East")
        assert {inspection.provider_id for inspection in ours.each(Inspection)} == {one.id}
        merged(other, ours.path)
        assert other.each(Provider) == [one]
        assert looked_at(ours, other.path).is_empty
        assert problems(ours) == problems(other) == []


def test_two_themes_of_one_name_that_differ_are_a_conflict(ours, tmp_path):
    with closing(apart(tmp_path, "apart.sqlite")) as other:
        ours.apply(Edit(after=(Theme(id=new_id(), name="Kinship care", definition="Here."),)))
        other.apply(Edit(after=(Theme(id=new_id(), name="Kinship care", definition="There."),)))
        assert looked_at(ours, other.path).conflicts[0].fields == ("definition",)
        merged(ours, other.path, choose="theirs")
        (theme,) = ours.each(Theme, name="Kinship care")
        assert theme.definition == "There."
        merged(other, ours.path)
        assert other.each(Theme, name="Kinship care") == [theme]


def test_an_area_judged_on_both_sides_is_a_conflict(ours, theirs):
    grade = fact_id(RecordType.GRADE, "ofsted4_ri", "good")
    visit = Inspection(id=new_id(), provider_id=DURHAM.id, kind_id=STANDARD)
    ours.apply(Edit(after=(visit,)))
    merged(theirs, ours.path)
    good = Judgement(id=new_id(), inspection_id=visit.id, area_id=LEADERS, grade_id=grade)
    ours.apply(Edit(after=(good,)))
    theirs.apply(Edit(after=(replace(LEADERS_ARE_OUTSTANDING, id=new_id(), inspection_id=visit.id),)))
    assert "grade_id" in looked_at(ours, theirs.path).conflicts[0].fields
    merged(ours, theirs.path, choose="theirs")
    (judgement,) = ours.each(Judgement, inspection_id=visit.id)
    assert judgement.grade_id == LEADERS_ARE_OUTSTANDING.grade_id


def test_an_inspection_entered_on_both_sides_is_named_and_both_are_kept(ours, theirs):
    twice = [replace(DURHAM_2022, id=new_id(), started_on=DURHAM_2022.ended_on) for _ in range(2)]
    ours.apply(Edit(after=(twice[0],)))
    theirs.apply(Edit(after=(twice[1],)))
    assert looked_at(ours, theirs.path).alike == ((twice[0], twice[1]),)
    merged(ours, theirs.path)
    assert ours.count(Inspection) == 3


def test_the_bytes_of_a_document_come_along(ours, theirs):
    digest = theirs.keep_file(b"%PDF a letter")
    letter = replace(REPORT, id=new_id(), title="Letter", file_name="letter.pdf", file_sha256=digest)
    theirs.apply(Edit(after=(letter,)))
    merged(ours, theirs.path)
    assert ours.get(Document, letter.id) == letter
    assert ours.file_bytes(digest) == b"%PDF a letter"


def test_damaged_bytes_of_a_document_stop_the_merge(ours, theirs):
    digest = theirs.keep_file(b"%PDF a letter")
    theirs.apply(Edit(after=(replace(REPORT, id=new_id(), file_name="letter.pdf", file_sha256=digest),)))
    theirs.connection.raw.execute("update document_file set bytes = ?", (b"%PDF a fetter",))
    before = records_of(ours)
    with pytest.raises(Damaged, match="A document in colleague"):
        merged(ours, theirs.path)
    assert records_of(ours) == before


def records_of(store):
    return history.replay(store.connection.raw)


def test_a_record_changed_by_another_program_is_never_passed_over(ours, theirs):
    theirs.connection.raw.execute("update quote set text = 'By hand.' where id = ?", (PARTNERSHIP.id,))
    assert looked_at(ours, theirs.path).changed_there == (replace(PARTNERSHIP, text="By hand."),)
    change(ours, PARTNERSHIP, text="Here.")
    assert [one.key for one in looked_at(ours, theirs.path).conflicts] == [PARTNERSHIP.id]


def test_a_record_that_changed_since_it_was_looked_at_stops_the_merge(ours, theirs):
    change(ours, PARTNERSHIP, text="Here.")
    change(theirs, PARTNERSHIP, text="There.")
    found = preview(ours, theirs.path)
    edit = found.edit({PARTNERSHIP.id: "ours"})
    found.close()
    assert not edit.before and not edit.after  # only their version is taken note of
    change(ours, PARTNERSHIP, text="Here, later.")
    with pytest.raises(Stale):
        ours.apply(edit, found.label)


def test_a_plain_copy_of_the_file_is_merged_like_a_shared_one(ours, tmp_path):
    shutil.copy(ours.path, tmp_path / "plain.sqlite")
    with closing(Store.open(tmp_path / "plain.sqlite")) as plain:
        plain.apply(removal(plain, DURHAM_2022), "Remove inspection")
        change(ours, DURHAM, notes="Here.")
    merged(ours, tmp_path / "plain.sqlite")
    assert ours.each(Inspection) == []
    assert ours.get(Provider, DURHAM.id).notes == "Here."


def test_the_command_names_conflicts_unless_a_side_is_preferred(ours, theirs):
    change(ours, PARTNERSHIP, text="Here.")
    change(theirs, PARTNERSHIP, text="There.")
    with pytest.raises(Undecided, match=r"1 record was changed on both sides.*“Here\.”"):
        merge_file(ours, theirs.path)
    assert merge_file(ours, theirs.path, prefer="theirs") == "Merged colleague.sqlite: 1 quote changed."
    assert merge_file(ours, theirs.path) == "colleague.sqlite holds nothing new."
    with pytest.raises(StoreError, match="Choose ours, theirs or none"):
        merge_file(ours, theirs.path, prefer="hers")


def test_their_file_stays_byte_for_byte_and_no_private_copy_stays(ours, theirs, tmp_path, monkeypatch):
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "temporary"))
    (tmp_path / "temporary").mkdir()
    change(theirs, PARTNERSHIP, page=3)
    before = theirs.path.read_bytes()
    found = preview(ours, theirs.path)
    assert list((tmp_path / "temporary").iterdir())
    found.close()
    assert list((tmp_path / "temporary").iterdir()) == []
    assert theirs.path.read_bytes() == before


def test_a_file_of_an_older_version_is_read_and_stays_as_it_is(tmp_path):
    old = tmp_path / "old.sqlite"
    with closing(sqlite3.connect(old, isolation_level=None)) as raw:
        schema.apply_steps(raw, stop_before=4)
    before = old.read_bytes()
    with opened(old) as store:
        assert store.each(Quote) == []
    assert old.read_bytes() == before


@pytest.mark.parametrize(
    ("harm", "error"),
    [
        ("pragma user_version = 99", FileTooNew),
        ("pragma application_id = 1", NotOurs),
        ("create trigger bad after insert on quote begin select 1; end", NotOurs),
        ("create view bad as select 1", NotOurs),
        ("drop view v_quotes", Damaged),
        ("pragma ignore_check_constraints = on; update quote set text = ''", Damaged),
        ("pragma ignore_check_constraints = on; update quote set text = hex(zeroblob(20000))", Damaged),
        ("pragma foreign_keys = off; delete from inspection", Damaged),
        ("update quote set text = cast(x'ff' as text)", Damaged),
        ("update change set after = '[' where after is not null", Damaged),
    ],
)
def test_a_strange_or_damaged_file_is_refused(ours, theirs, harm, error):
    theirs.close()
    with closing(sqlite3.connect(theirs.path)) as raw:
        raw.executescript(harm)
    before, held = theirs.path.read_bytes(), records_of(ours)
    with pytest.raises(error):
        preview(ours, theirs.path)
    assert theirs.path.read_bytes() == before
    assert records_of(ours) == held


def test_without_the_look_at_every_value_a_broken_rule_is_let_in(ours, theirs, monkeypatch):
    """The negative control of the check; then only our own rules stand in the way."""
    theirs.close()
    with closing(sqlite3.connect(theirs.path)) as raw:
        raw.executescript("pragma ignore_check_constraints = on; update quote set tone = 'rage'")
    monkeypatch.setattr(Foreign, "_check", lambda _: None)
    found = preview(ours, theirs.path)
    edit = found.edit({})
    found.close()
    with pytest.raises(RuleBroken):
        ours.apply(edit, found.label)


def test_an_index_from_elsewhere_is_dropped_in_the_private_copy_alone(ours, theirs):
    theirs.connection.raw.execute("create index strange on quote(text)")
    with opened(theirs.path) as store:
        assert schema.listing(store.connection.raw) == schema.listing(ours.connection.raw)
    assert theirs.connection.raw.execute("select 1 from sqlite_master where name = 'strange'").fetchone()


def test_a_file_with_an_unfinished_save_is_refused(ours, theirs):
    theirs.path.with_name("colleague.sqlite-journal").write_bytes(b"x" * 600)
    with pytest.raises(CannotWrite, match=r"Open it in Inspection Log and close it again"):
        preview(ours, theirs.path)
    theirs.path.with_name("colleague.sqlite-journal").unlink()


def test_what_is_no_file_is_refused(ours, tmp_path):
    for path in (tmp_path, tmp_path / "nothing.sqlite"):
        with pytest.raises(NotOurs):
            preview(ours, path)


def test_reading_that_takes_too_long_is_stopped(ours, theirs, monkeypatch):
    monkeypatch.setattr(foreign, "STOP_AFTER_S", -1.0)
    monkeypatch.setattr(foreign, "_STEPS_BETWEEN_QUESTIONS", 10)
    with pytest.raises(Damaged, match="took longer than"):
        preview(ours, theirs.path)


def test_looking_can_be_cancelled(ours, theirs):
    with pytest.raises(Cancelled):
        preview(ours, theirs.path, is_cancelled=lambda: True)


def test_progress_goes_up_to_the_end(ours, theirs):
    told = []
    preview(ours, theirs.path, on_progress=lambda share, _: told.append(share)).close()
    assert told == sorted(told)
    assert told[-1] == 1.0

"""The store writes an edit whole or not at all, and says what is wrong in words."""

import shutil
import sqlite3
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from db import schema
from db.dates import PartialDate
from db.edit import Edit
from db.errors import Busy, CannotWrite, Damaged, FileMoved, FileTooNew, NotOurs, RuleBroken, Stale
from db.history import replay
from db.overview import removal
from db.records import AreaForImprovement, Document, Inspection, Judgement, Provider, Quote, Record, new_id
from db.rows import classes, to_values
from db.store import Store
from tests.db.records_from_the_field import (
    DURHAM,
    DURHAM_2022,
    FAMILY,
    LEADERS_ARE_OUTSTANDING,
    MISSING_CHILDREN,
    PARTNERSHIP,
    REPORT,
)


@pytest.fixture
def filled(store: Store) -> Store:
    store.apply(Edit(after=FAMILY), "Add everything")
    return store


def rows_of(store: Store) -> dict[str, Record]:
    return {one.id: one for record_class in classes().values() for one in store.each(record_class)}


def test_what_was_written_is_read_back(filled: Store) -> None:
    for record in FAMILY:
        assert filled.get(type(record), record.id) == record


def test_it_is_still_there_after_closing_and_opening(filled: Store) -> None:
    path = filled.path
    filled.close()
    again = Store.open(path)
    assert again.get(Quote, PARTNERSHIP.id) == PARTNERSHIP
    again.close()


def test_a_family_goes_and_comes_back_in_any_order(filled: Store) -> None:
    before = rows_of(filled)
    done = filled.apply(Edit(before=(DURHAM, *FAMILY[1:])), "Remove everything")
    assert filled.count(Inspection) == 0
    filled.apply(done.undone(), "Undo")
    assert rows_of(filled) == before


def test_removing_an_inspection_keeps_a_document_that_is_about_another(filled: Store) -> None:
    other = replace(DURHAM_2022, id=new_id(), started_on=PartialDate(2019, 9, 9), ended_on=None)
    linked = replace(REPORT, inspection_ids=(DURHAM_2022.id, other.id))
    filled.apply(Edit((REPORT,), (other, linked)))
    filled.apply(removal(filled, DURHAM_2022), "Remove inspection")
    assert filled.each(Document)[0].inspection_ids == (other.id,)
    assert filled.count(Quote) == filled.count(Judgement) == filled.count(AreaForImprovement) == 0


def test_removing_an_inspection_keeps_a_document_that_another_one_cites(filled: Store) -> None:
    other = replace(DURHAM_2022, id=new_id(), started_on=PartialDate(2019, 9, 9), ended_on=None)
    citing = replace(MISSING_CHILDREN, id=new_id(), inspection_id=other.id)
    filled.apply(Edit((PARTNERSHIP, MISSING_CHILDREN), (other, citing)))
    before = rows_of(filled)
    done = filled.apply(removal(filled, DURHAM_2022), "Remove inspection")
    assert filled.each(Document) == [replace(REPORT, inspection_ids=())]
    assert filled.each(AreaForImprovement) == [citing]
    filled.apply(done.undone(), "Undo")
    assert rows_of(filled) == before


def test_what_was_removed_can_be_restored_with_its_links(filled: Store) -> None:
    other = replace(DURHAM_2022, id=new_id(), started_on=PartialDate(2019, 9, 9), ended_on=None)
    filled.apply(Edit((REPORT,), (other, replace(REPORT, inspection_ids=(DURHAM_2022.id, other.id)))))
    filled.apply(removal(filled, DURHAM_2022), "Remove inspection")
    (removed,) = filled.removed()
    assert removed.label == "Remove inspection"
    filled.apply(filled.restoring(removed), "Restore")
    assert filled.get(Quote, PARTNERSHIP.id) == PARTNERSHIP
    assert set(filled.each(Document)[0].inspection_ids) == {DURHAM_2022.id, other.id}
    assert filled.removed() == []


@pytest.mark.parametrize(
    ("broken", "rule", "sentence"),
    [
        (
            replace(DURHAM_2022, ended_on=PartialDate(2022, 5, 8)),
            "inspection_ended_on_not_before_started_on",
            "The end date must be the same as or after the start date.",
        ),
        (replace(PARTNERSHIP, text="  "), "quote_text_needed", "Enter the text."),
        (replace(PARTNERSHIP, page=0), "quote_page_range", "Page must be a whole number from 1 to 9999."),
        (
            replace(DURHAM_2022, title="x" * 501),
            "inspection_title_length",
            "Title must be 500 characters or fewer.",
        ),
        (
            replace(PARTNERSHIP, text="x" * 20_001),
            "quote_text_length",
            "The text must be 20,000 characters or fewer.",
        ),
        (
            replace(LEADERS_ARE_OUTSTANDING, special="not_judged"),
            "judgement_one_value",
            "Choose one grade, or Not judged, or Not known.",
        ),
    ],
)
def test_a_broken_rule_is_told_in_words_and_leaves_no_trace(
    filled: Store, broken: Record, rule: str, sentence: str
) -> None:
    before = rows_of(filled)
    changes = len(replay(filled.connection.raw))
    known = filled.get(type(broken), broken.id)
    assert known is not None
    with pytest.raises(RuleBroken, match=sentence) as refused:
        filled.apply(Edit((known,), (broken,)))
    assert refused.value.rule == rule
    assert rows_of(filled) == before
    assert len(replay(filled.connection.raw)) == changes


def test_two_providers_of_one_name_are_refused(filled: Store) -> None:
    with pytest.raises(RuleBroken, match="There is already a provider with this name"):
        filled.apply(Edit(after=(replace(DURHAM, id=new_id()),)))


def test_an_area_is_judged_once(filled: Store) -> None:
    with pytest.raises(RuleBroken, match="This area has a judgement already"):
        filled.apply(Edit(after=(replace(LEADERS_ARE_OUTSTANDING, id=new_id()),)))


def test_a_document_that_a_quote_names_cannot_be_removed(filled: Store) -> None:
    with pytest.raises(RuleBroken, match=r"This cannot be removed: 1 .+ uses it"):
        filled.apply(Edit(before=(REPORT,)))
    assert filled.get(Document, REPORT.id) == REPORT


def test_something_still_used_says_how_often_whatever_else_leads_nowhere(filled: Store) -> None:
    raw = filled.connection.raw
    raw.execute("pragma foreign_keys = off")
    raw.execute("update judgement set area_id = 'gone'")
    raw.execute("pragma foreign_keys = on")
    extra = replace(PARTNERSHIP, id=new_id(), document_id=None)
    filled.apply(Edit(after=(extra,)))
    filled.apply(Edit(before=(extra,)))  # what was broken before holds up nothing
    with pytest.raises(RuleBroken, match=r"This cannot be removed: 1 quote uses it\. Change or remove them first\."):
        filled.apply(Edit(before=(MISSING_CHILDREN, REPORT)))


def test_a_part_does_not_come_back_without_what_it_belongs_to(filled: Store) -> None:
    filled.apply(Edit(before=(PARTNERSHIP,)), "Remove quote")
    (removed,) = filled.removed()
    filled.apply(removal(filled, DURHAM_2022), "Remove inspection")
    with pytest.raises(RuleBroken, match=r"This belongs to something that was removed\. Restore that first\."):
        filled.apply(filled.restoring(removed), "Restore")
    assert filled.count(Quote) == 0


def test_an_edit_that_changes_nothing_is_not_written(filled: Store) -> None:
    before = filled.path.read_bytes()
    done = filled.apply(Edit((DURHAM_2022,), (replace(DURHAM_2022, lead_inspector=" Louise Hollick "),)))
    assert (done.before, done.after, done.deed_id) == ((), (), "")
    assert filled.path.read_bytes() == before


def test_a_record_that_stays_the_same_is_no_part_of_the_deed(filled: Store) -> None:
    warm = replace(DURHAM_2022, notes="Warm welcome.")
    done = filled.apply(Edit((DURHAM, DURHAM_2022), (DURHAM, warm)))
    assert (done.before, done.after) == ((DURHAM_2022,), (warm,))
    assert done.deed_id


def test_a_record_that_changed_meanwhile_is_not_overwritten(filled: Store) -> None:
    filled.apply(Edit((DURHAM_2022,), (replace(DURHAM_2022, notes="Warm welcome."),)))
    with pytest.raises(Stale):
        filled.apply(Edit((DURHAM_2022,), (replace(DURHAM_2022, notes="Cold."),)))


def test_the_log_says_who_changed_what_from_what_to_what(filled: Store) -> None:
    filled.apply(Edit((DURHAM_2022,), (replace(DURHAM_2022, lead_inspector="Rachel Holden"),)), "Change lead inspector")
    added, changed = filled.changes(DURHAM_2022.id)
    assert added.before is None
    assert changed.label == "Change lead inspector"
    assert (changed.before, changed.after) == (
        {"lead_inspector": "Louise Hollick"},
        {"lead_inspector": "Rachel Holden"},
    )
    assert changed.who


def test_the_log_replayed_gives_every_record(filled: Store) -> None:
    filled.apply(Edit((MISSING_CHILDREN,), ()), "Remove")
    filled.apply(Edit((DURHAM_2022,), (replace(DURHAM_2022, notes="Warm."),)))
    told = {key: to_values(record) for key, record in replay(filled.connection.raw).items()}
    assert told == {key: to_values(record) for key, record in rows_of(filled).items()}


def test_texts_are_cleaned_on_the_way_in(store: Store) -> None:
    store.apply(Edit(after=(replace(DURHAM, name="Durham\x00 County\tCouncil "),)))
    assert store.each(Provider)[0].name == "Durham\ufffd County Council"


def test_a_document_is_kept_once_under_its_sha256(store: Store) -> None:
    first, second = store.keep_file(b"%PDF-1.7 report"), store.keep_file(b"%PDF-1.7 report")
    assert first == second
    assert store.file_bytes(first) == b"%PDF-1.7 report"
    assert store.connection.raw.execute("select count(*) from document_file").fetchone() == (1,)


def test_the_connection_has_its_settings(store: Store) -> None:
    wanted = {
        "foreign_keys": 1,
        "synchronous": 3,
        "journal_mode": "truncate",
        "trusted_schema": 0,
        "secure_delete": 1,
        "cell_size_check": 1,
        "mmap_size": 0,
    }
    found = {name: store.connection.raw.execute(f"pragma {name}").fetchone()[0] for name in wanted}
    assert found == wanted


def test_the_file_at_rest_is_one_file(filled: Store) -> None:
    folder = filled.path.parent
    filled.close()
    assert [path.name for path in folder.iterdir() if path.name.startswith("inspections")] == ["inspections.sqlite"]


def test_a_copy_made_while_the_file_is_open_holds_every_save(filled: Store, tmp_path: Path) -> None:
    copied = tmp_path / "copied.sqlite"
    shutil.copy(filled.path, copied)
    again = Store.open(copied)
    assert again.get(Quote, PARTNERSHIP.id) == PARTNERSHIP
    again.close()


def test_a_save_waits_for_no_one_and_says_so(filled: Store) -> None:
    other = sqlite3.connect(filled.path, isolation_level=None)
    other.execute("begin immediate")
    with pytest.raises(Busy):
        filled.apply(Edit((DURHAM_2022,), (replace(DURHAM_2022, notes="Warm."),)))
    other.execute("rollback")
    filled.apply(Edit((DURHAM_2022,), (replace(DURHAM_2022, notes="Warm."),)))
    other.close()


def _replace_by_another(path: Path) -> None:
    other = path.with_name("other.sqlite")
    shutil.copy(path, other)
    other.replace(path)


@pytest.mark.parametrize("harm", [Path.unlink, _replace_by_another])
def test_a_file_that_was_moved_away_takes_no_save(filled: Store, harm: Callable[[Path], None]) -> None:
    harm(filled.path)
    with pytest.raises(FileMoved):
        filled.apply(Edit((DURHAM_2022,), (replace(DURHAM_2022, notes="Warm."),)))


def test_a_file_put_back_to_an_older_state_takes_no_save(filled: Store) -> None:
    raw = filled.connection.raw
    raw.execute("pragma foreign_keys = off")
    raw.execute("delete from deed where row = (select max(row) from deed)")
    raw.execute("pragma foreign_keys = on")
    with pytest.raises(FileMoved):
        filled.apply(Edit((DURHAM_2022,), (replace(DURHAM_2022, notes="Warm."),)))


def test_what_stands_at_a_path_is_never_overwritten(tmp_path: Path) -> None:
    path = tmp_path / "notes.sqlite"
    path.write_bytes(b"something dear")
    with pytest.raises(CannotWrite, match="exists already"):
        Store.create(path)
    assert path.read_bytes() == b"something dear"


@pytest.mark.parametrize("content", [b"", b"hello", b"SQLite format 3\x00" + b"\x00" * 200])
def test_what_is_not_ours_is_refused_and_left_as_it_is(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "other.sqlite"
    path.write_bytes(content)
    with pytest.raises(NotOurs):
        Store.open(path)
    assert path.read_bytes() == content


def test_a_newer_file_is_refused(filled: Store) -> None:
    path = filled.path
    filled.connection.raw.execute("pragma user_version = 99")
    filled.close()
    before = path.read_bytes()
    with pytest.raises(FileTooNew, match="newer version"):
        Store.open(path)
    assert path.read_bytes() == before


def test_a_file_open_for_reading_takes_no_save(filled: Store) -> None:
    reader = Store.open(filled.path, is_read_only=True)
    with pytest.raises(CannotWrite):
        reader.apply(Edit(after=(replace(DURHAM, id=new_id(), name="Lincolnshire County Council"),)))
    reader.close()


ADDS_A_TABLE = 6  # the number of a step


def test_a_file_whose_list_of_steps_lies_is_refused_and_left_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "old.sqlite"
    raw = sqlite3.connect(path, isolation_level=None)
    raw.execute("begin")
    schema.apply_steps(raw, stop_before=ADDS_A_TABLE)
    raw.execute(
        "insert into _sqlite_migrations (migration_set, name, applied_at) values ('inspection_log', ?, '2026-01-01')",
        (schema.STEPS[ADDS_A_TABLE - 1].__name__.rpartition(".")[2],),
    )
    raw.execute("commit")
    raw.close()
    before = path.read_bytes()
    with pytest.raises(Damaged):
        Store.open(path)
    assert path.read_bytes() == before

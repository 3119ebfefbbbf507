"""Deleting for good: what leaves the file, what the log keeps, and what refuses it."""

import hashlib
import shutil
import sqlite3
from collections import namedtuple
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from db import history, purge_rows
from db.check import deep_check
from db.connection import BUSY_TIMEOUT_MS, connect_raw
from db.copy import write_copy
from db.edit import Edit
from db.errors import Busy, CannotWrite, FileMoved, RuleBroken, Stale
from db.merge import merge_file
from db.overview import removal
from db.purge import hanging_on, purge, purge_file
from db.records import AreaForImprovement, Document, Inspection, Quote, new_id
from db.search import find
from db.snapshot import Cancelled
from db.store import Store
from tests.db.records_from_the_field import (
    DURHAM_2022,
    FAMILY,
    LEADERS_ARE_OUTSTANDING,
    MISSING_CHILDREN,
    PARTNERSHIP,
    REPORT,
)
from tests.faults.soundness import problems

SECRET = replace(
    PARTNERSHIP, id=new_id(), position=2, text="Wildhaven Cottage was named by mistake", speaker="Oswin Thatch"
)


@pytest.fixture
def filled(store: Store) -> Store:
    """The family, and a quote that was added, reworded and removed."""
    store.apply(Edit(after=(*FAMILY, SECRET)), "Add everything")
    reworded = replace(SECRET, text="Wildhaven was named by mistake")
    store.apply(Edit((SECRET,), (reworded,)), "Change quote of quote")
    store.apply(Edit(before=(reworded,)), "Remove quote")
    return store


def values(store: Store, record_id: str) -> list[tuple[str | None, str | None]]:
    return store.connection.raw.execute(
        "select before, after from change where record_id = ? order by row", (record_id,)
    ).fetchall()


def labels(store: Store) -> list[str]:
    return [label for (label,) in store.connection.raw.execute("select label from deed order by row")]


def test_nothing_of_the_record_is_left_but_that_it_was_there(filled: Store) -> None:
    versions = filled.connection.raw.execute("select id from change where record_id = ?", (SECRET.id,)).fetchall()
    purged = purge(filled, filled.removed())
    assert (purged.records, purged.kept_files, purged.found_again, purged.unfinished) == (1, 0, (), "")
    assert purged.texts_searched == 3
    assert filled.removed() == []
    assert values(filled, SECRET.id) == [(None, "{}"), ("{}", "{}"), ("{}", None), ("{}", None)]
    kept = filled.connection.raw.execute("select id from change where record_id = ?", (SECRET.id,)).fetchall()
    assert kept[:-1] == versions
    assert b"Wildhaven" not in filled.path.read_bytes()


def test_the_file_is_sound_and_its_log_still_tells_its_records(filled: Store) -> None:
    purge(filled, filled.removed())
    assert problems(filled) == []
    assert history.was_removed(filled.connection.raw, SECRET.id)
    assert filled.changes(SECRET.id)[-1].label == purge_rows.LABEL
    assert find(filled, "partnership").hits and not find(filled, "wildhaven").hits
    filled.apply(Edit((PARTNERSHIP,), (replace(PARTNERSHIP, page=3),)), "Change page of quote")
    path = filled.path
    filled.close()
    with closing(Store.open(path)) as again:
        assert problems(again) == []
    assert deep_check(path).is_sound


def test_other_entries_of_the_log_keep_their_values(filled: Store) -> None:
    before = values(filled, PARTNERSHIP.id)
    filled.apply(Edit(before=(MISSING_CHILDREN,)), "Remove area for improvement")
    (_, quote) = filled.removed()
    purge(filled, [quote])
    assert values(filled, PARTNERSHIP.id) == before
    (kept,) = filled.removed()
    filled.apply(filled.restoring(kept), "Restore")
    assert filled.get(AreaForImprovement, MISSING_CHILDREN.id) == MISSING_CHILDREN


def test_what_cannot_come_back_without_it_goes_too(filled: Store) -> None:
    filled.apply(removal(filled, DURHAM_2022), "Remove inspection")
    inspection = filled.removed()[0]
    assert {record.id for record in hanging_on(filled.removed(), [DURHAM_2022.id])} >= {SECRET.id}
    purged = purge(filled, [inspection])
    assert purged.records == 6
    assert purged.found_again == ()
    assert filled.removed() == []
    assert problems(filled) == []


def test_labels_of_deeds_name_nothing_that_was_deleted(filled: Store) -> None:
    judged = replace(LEADERS_ARE_OUTSTANDING, grade_as_printed="Outstanding for Wildhaven")
    done = filled.apply(Edit((LEADERS_ARE_OUTSTANDING,), (judged,)), "Change judgement: The impact on Wildhaven")
    filled.apply(done.undone(), "Undo: Change judgement: The impact on Wildhaven")
    filled.apply(Edit(before=(LEADERS_ARE_OUTSTANDING,)), "Clear judgement: The impact of leaders")
    moved = replace(PARTNERSHIP, page=9)
    filled.apply(Edit((PARTNERSHIP,), (moved,)), "Note: Oswin Thatch, page 9")
    filled.apply(Edit((moved,), (PARTNERSHIP,)), "Note: page 2")
    purge(filled, filled.removed())
    assert labels(filled)[-6:] == [
        "Change judgement: …",
        "Undo: Change judgement: …",
        "Clear judgement: …",
        "Note: …",
        "Note: page 2",
        purge_rows.LABEL,
    ]


def test_bytes_kept_inside_go_unless_a_document_or_the_log_names_them(filled: Store) -> None:
    ours, others, old, shared = (bytes([letter]) * 9000 for letter in b"ABCD")
    removed = replace(REPORT, id=new_id(), title="Removed", file_name="a.pdf", file_sha256=filled.keep_file(ours))
    live = replace(REPORT, id=new_id(), title="Live", file_name="d.pdf", file_sha256=filled.keep_file(shared))
    twin = replace(removed, id=new_id(), title="Twin", file_sha256=live.file_sha256)
    was = replace(REPORT, id=new_id(), title="Other file before", file_name="c.pdf", file_sha256=filled.keep_file(old))
    filled.keep_file(others)
    filled.apply(Edit(after=(removed, live, twin, was)), "Add documents")
    filled.apply(Edit((was,), (replace(was, file_name="", file_sha256=None),)), "Change copy kept inside of document")
    filled.apply(Edit(before=(removed, twin)), "Remove documents")
    purged = purge(filled, filled.removed())
    assert purged.kept_files == 2
    kept = [filled.file_bytes(hashlib.sha256(content).hexdigest()) for content in (ours, others, old, shared)]
    assert kept == [None, None, old, shared]
    assert purged.found_again == ()


def test_what_is_in_use_is_refused_and_nothing_is_deleted(filled: Store) -> None:
    (entry,) = filled.removed()
    filled.apply(filled.restoring(entry), "Restore")
    before = values(filled, SECRET.id)
    with pytest.raises(Stale, match="in use again"):
        purge(filled, [entry])
    with pytest.raises(Stale):
        purge(filled, [PARTNERSHIP.id])
    assert values(filled, SECRET.id) == before


def test_ids_alone_are_enough(filled: Store) -> None:
    assert purge(filled, [SECRET.id]).records == 1
    assert filled.removed() == []


def test_another_reader_refuses_it_and_nothing_is_deleted(filled: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("db.purge._PATIENCE_MS", 20)
    before = filled.path.read_bytes()
    with closing(connect_raw(filled.path, is_read_only=True)) as other:
        other.execute("begin")
        other.execute("select count(*) from quote").fetchone()
        with pytest.raises(Busy, match="reading this file, so nothing was deleted"):
            purge(filled, filled.removed())
        other.execute("rollback")
    assert filled.path.read_bytes() == before
    assert filled.connection.raw.execute("pragma busy_timeout").fetchone() == (BUSY_TIMEOUT_MS,)
    assert purge(filled, filled.removed()).records == 1


def test_cancelled_while_the_values_are_still_there_it_deletes_nothing(filled: Store) -> None:
    before = filled.path.read_bytes()
    with pytest.raises(Cancelled):
        purge(filled, filled.removed(), is_cancelled=lambda: True)
    assert filled.path.read_bytes() == before
    assert len(filled.removed()) == 1


@pytest.mark.parametrize("stage", ["Writing the file anew", "Looking for the words in the file"])
def test_cancelling_later_changes_nothing(filled: Store, stage: str) -> None:
    told: list[str] = []
    purged = purge(
        filled,
        filled.removed(),
        on_progress=lambda _, doing: told.append(doing),
        is_cancelled=lambda: stage in told,
    )
    assert stage in told
    assert purged.records == 1 and not purged.unfinished


def test_a_full_disk_refuses_it_before_anything_is_deleted(filled: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    usage = namedtuple("usage", "total used free")
    monkeypatch.setattr(shutil, "disk_usage", lambda _: usage(10, 10, 0))
    with pytest.raises(CannotWrite, match="The disk needs 3 MB free"):
        purge(filled, filled.removed())
    assert len(filled.removed()) == 1


def test_a_file_that_was_replaced_is_left_alone(filled: Store, tmp_path: Path) -> None:
    removed = filled.removed()
    other = tmp_path / "other.sqlite"
    shutil.copy(filled.path, other)
    other.replace(filled.path)
    before = filled.path.read_bytes()
    with pytest.raises(FileMoved):
        purge(filled, removed)
    assert filled.path.read_bytes() == before


def test_where_the_file_cannot_be_written_anew_it_says_so_and_can_be_finished(
    filled: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    removed = filled.removed()

    def refused(_: Store) -> None:
        raise CannotWrite("The disk is full, so nothing was written.")

    with monkeypatch.context() as patch:
        patch.setattr("db.purge._write_anew", refused)
        purged = purge(filled, removed)
    assert purged.records == 1 and purged.texts_searched == 0
    assert purged.unfinished.startswith("They are gone from the records, the history and the search, but")
    assert purged.unfinished.endswith("The disk is full, so nothing was written.")
    assert filled.removed() == []
    again = purge(filled, removed)
    assert (again.records, again.found_again, again.unfinished) == (0, (), "")
    assert again.texts_searched == 2  # the words before were known to the log alone


def test_a_job_does_it_beside_the_window_which_goes_on_saving(filled: Store) -> None:
    assert purge_file(filled.path, filled.removed()).records == 1
    assert filled.removed() == []
    filled.apply(Edit((PARTNERSHIP,), (replace(PARTNERSHIP, page=5),)), "Change page of quote")
    assert problems(filled) == []


def test_an_index_that_keeps_the_words_of_others_still_finds_them(filled: Store) -> None:
    twin = replace(PARTNERSHIP, id=new_id(), position=3, text="Wildhaven is praised elsewhere")
    filled.apply(Edit(after=(twin,)), "Add quote")
    purged = purge(filled, filled.removed())
    assert purged.found_again == ()  # the word is another record's own
    assert [hit.record_id for hit in find(filled, "wildhaven").hits] == [twin.id]


def test_a_record_may_be_removed_again_beside_one_that_was_purged(filled: Store) -> None:
    purge(filled, filled.removed())
    filled.apply(Edit(before=(PARTNERSHIP,)), "Remove quote")
    assert purge(filled, filled.removed()).records == 1
    assert problems(filled) == []


def test_a_copy_of_a_purged_file_is_sound(filled: Store, tmp_path: Path) -> None:
    purge(filled, filled.removed())
    for with_log in (False, True):
        copy = write_copy(filled.path, tmp_path / f"copy{with_log}.sqlite", with_log=with_log)
        with closing(Store.open(copy.path)) as store:
            assert problems(store) == []
            assert store.count(Inspection) == 1 and store.count(Document) == 1


def test_a_merge_brings_nothing_back_and_tells_the_colleague(filled: Store, tmp_path: Path) -> None:
    theirs = tmp_path / "colleague.sqlite"
    (entry,) = filled.removed()
    filled.apply(filled.restoring(entry), "Restore")
    write_copy(filled.path, theirs)
    reworded = filled.get(Quote, SECRET.id)
    assert reworded is not None
    filled.apply(Edit(before=(reworded,)), "Remove quote")
    purge(filled, filled.removed())
    merge_file(filled, theirs)
    assert filled.get(Quote, SECRET.id) is None and filled.removed() == []
    assert b"Wildhaven" not in filled.path.read_bytes()
    with closing(Store.open(theirs)) as colleague:
        merge_file(colleague, filled.path)
        assert colleague.get(Quote, SECRET.id) is None
        assert problems(colleague) == []
        purge(colleague, [SECRET.id])
        merge_file(filled, theirs)
    assert problems(filled) == []


def test_a_merge_is_still_known_for_one_when_what_it_brought_is_deleted(filled: Store) -> None:
    filled.apply(Edit((MISSING_CHILDREN,), ()), "Merge: colleague.sqlite")
    purge(filled, [MISSING_CHILDREN.id])
    assert labels(filled)[-2:] == ["Merge: colleague.sqlite", purge_rows.LABEL]


def test_a_file_open_for_reading_only_refuses_it(filled: Store) -> None:
    with closing(Store.open(filled.path, is_read_only=True)) as store, pytest.raises(CannotWrite):
        purge(store, store.removed())


def test_the_log_alone_cannot_hold_a_change_that_says_nothing(filled: Store) -> None:
    """Why blank entries keep "{}": the schema refuses an entry with neither side."""
    with pytest.raises((sqlite3.IntegrityError, RuleBroken)), filled.connection.write() as raw:
        raw.execute("update change set before = null, after = null where record_id = ?", (SECRET.id,))

"""A copy for sharing: sound, compact, without what was deleted, and whole or not there."""

import functools
import shutil
import sqlite3
import threading
import time
from contextlib import closing
from dataclasses import replace

import pytest

from db import copy as module
from db import history, schema
from db.copy import contents, write_copy
from db.edit import Edit
from db.records import Document, Inspection, Provider, Quote, new_id
from db.rows import classes
from db.snapshot import snapshot
from db.store import Store

SECRET = "Zaunkönigin"


@pytest.fixture
def durham(sample_file, tmp_path):
    (tmp_path / "work").mkdir()
    opened = Store.open(shutil.copy(sample_file, tmp_path / "work" / "durham.sqlite"))
    yield opened
    opened.close()


@pytest.fixture
def target(tmp_path):
    (tmp_path / "out").mkdir()
    return tmp_path / "out" / "copy.sqlite"


def left_in(target):
    return sorted(path.name for path in target.parent.iterdir())


def bytes_hold(path, words):
    return words.encode().lower() in path.read_bytes().lower()


def every_record(store):
    return {record.id: record for record_class in classes().values() for record in store.each(record_class)}


def newest_versions(store):
    rows = store.connection.raw.execute("select record_id, id from change order by row")
    return dict(rows.fetchall())


def with_a_secret(store):
    """A quote that was changed, and one that was removed; both had the word."""
    inspection = store.each(Inspection)[0]
    kept = Quote(id=new_id(), inspection_id=inspection.id, text=f"{SECRET} sings.")
    gone = Quote(id=new_id(), inspection_id=inspection.id, text=f"{SECRET} flew away.")
    store.apply(Edit(after=(kept, gone)))
    store.apply(Edit((kept,), (replace(kept, text="A bird sings."),)))
    store.apply(Edit(before=(gone,)))


def test_the_copy_is_sound_and_holds_everything(durham, target):
    told = []
    made = write_copy(durham.path, target, on_progress=lambda share, doing: told.append((share, doing)))
    assert made.path == target
    assert made.size_bytes == target.stat().st_size
    assert made.contents == contents(durham.connection)
    assert (made.contents.inspections, made.contents.other_events) == (9, 6)
    assert (made.contents.judgements, made.contents.quotes, made.contents.areas_for_improvement) == (42, 102, 31)
    with closing(sqlite3.connect(target)) as raw:
        assert raw.execute("pragma integrity_check").fetchone() == ("ok",)
        assert raw.execute("pragma journal_mode").fetchone() == ("delete",)
        assert raw.execute("pragma application_id").fetchone() == (schema.APPLICATION_ID,)
        assert raw.execute("pragma user_version").fetchone() == (schema.VERSION,)
        assert raw.execute("pragma freelist_count").fetchone() == (0,)
    assert [share for share, _ in told] == sorted(share for share, _ in told)
    assert told[-1] == (1.0, "Copy written")
    assert left_in(target) == ["copy.sqlite"]


def test_its_log_starts_there_and_tells_the_records_under_their_version_ids(durham, target):
    with_a_secret(durham)
    write_copy(durham.path, target)
    with closing(Store.open(target)) as copy:
        records = every_record(copy)
        assert records == every_record(durham)
        assert history.replay(copy.connection.raw) == records
        versions = newest_versions(durham)
        assert newest_versions(copy) == {key: versions[key] for key in records}
        assert copy.connection.raw.execute("select label, who from deed").fetchall() == [("Copy made", "")]
        assert copy.removed() == []


def test_work_goes_on_in_a_copy(durham, target):
    write_copy(durham.path, target)
    with closing(Store.open(target)) as copy:
        quote = copy.each(Quote)[0]
        done = copy.apply(Edit((quote,), (replace(quote, text="Changed."),)))
        copy.apply(done.undone())
        copy.apply(Edit(before=(quote,)))
        assert [removed.records for removed in copy.removed()] == [(quote,)]
        assert history.replay(copy.connection.raw) == every_record(copy)


def test_no_deleted_word_is_in_it(durham, target):
    with_a_secret(durham)
    write_copy(durham.path, target)
    assert not bytes_hold(target, SECRET)
    assert not bytes_hold(target, "zaunkonigin")
    assert not bytes_hold(target, "flew away")


def test_with_the_log_deleted_words_are_in_it(durham, target):
    """The negative control; a whole copy keeps what can be put back."""
    with_a_secret(durham)
    write_copy(durham.path, target, with_log=True)
    assert bytes_hold(target, SECRET)
    with closing(Store.open(target)) as copy:
        assert copy.removed() == durham.removed()
        assert newest_versions(copy) == newest_versions(durham)


def test_without_the_index_written_anew_deleted_words_stay(durham, target, monkeypatch):
    """The negative control of the search index."""
    with_a_secret(durham)
    monkeypatch.setattr(module, "INDEXES", ())
    write_copy(durham.path, target)
    assert bytes_hold(target, "zaunkonigin")


def test_the_search_index_of_a_copy_finds_what_it_should(durham, target):
    with_a_secret(durham)
    write_copy(durham.path, target)
    with closing(Store.open(target)) as copy:
        raw = copy.connection.raw
        for index in ("words", "stems"):
            raw.execute(f"insert into {index}({index}, rank) values ('integrity-check', 1)")
        assert raw.execute("select count(*) from words where words match 'bird'").fetchone() == (1,)


def test_a_file_of_no_document_stays_out(durham, target):
    provider = durham.each(Provider)[0]
    digests = [durham.keep_file(content) for content in (b"report kept", b"report thrown away")]
    documents = [Document(id=new_id(), provider_id=provider.id, title="Report", file_sha256=key) for key in digests]
    durham.apply(Edit(after=tuple(documents)))
    durham.apply(Edit(before=(documents[1],)))
    made = write_copy(durham.path, target)
    assert bytes_hold(target, "report kept")
    assert not bytes_hold(target, "report thrown away")
    assert made.contents.kept_files == 1


def test_it_says_what_it_is(durham, target):
    write_copy(durham.path, target, made_with="Inspection Log 9.9")
    with closing(sqlite3.connect(target)) as raw:
        about = dict(raw.execute("select key, value from about_this_file").fetchall())
    assert about["made_with"] == "Inspection Log 9.9"
    assert about["schema_version"] == str(schema.VERSION)
    assert about["left_out"].startswith("The change log")


def test_a_copy_of_an_older_file_is_new_and_the_file_stays(tmp_path, target):
    old = tmp_path / "old.sqlite"
    with closing(sqlite3.connect(old, isolation_level=None)) as raw:
        schema.apply_steps(raw, stop_before=4)
    before = old.read_bytes()
    write_copy(old, target)
    Store.open(target).close()
    assert old.read_bytes() == before


def saves_during_a_copy(store, target, monkeypatch, *, seconds, saves):
    """How long each save took while a copy was made slow by pauses; the saves are spread over it."""
    steps = 40
    pages = -(-(store.path.stat().st_size // 4096) // steps)
    slow = functools.partial(snapshot, pages_per_step=pages, pause_s=seconds / steps)
    monkeypatch.setattr(module, "snapshot", slow)
    worker = threading.Thread(target=write_copy, args=(store.path, target), daemon=True)
    start = time.perf_counter()
    worker.start()
    taken = []
    for _ in range(saves):
        time.sleep(seconds / (saves + 1))
        before = time.perf_counter()
        store.apply(Edit(after=(Provider(id=new_id(), name=new_id()),)), "Add provider")
        taken.append(time.perf_counter() - before)
    worker.join(60)
    return taken, time.perf_counter() - start


def test_a_save_during_a_copy_takes_a_moment(durham, target, monkeypatch):
    taken, _ = saves_during_a_copy(durham, target, monkeypatch, seconds=0.4, saves=3)
    assert max(taken) < 0.1
    assert left_in(target) == ["copy.sqlite"]


@pytest.mark.long
def test_a_save_during_a_copy_of_seven_seconds_takes_a_moment(durham, target, monkeypatch):
    taken, lasted = saves_during_a_copy(durham, target, monkeypatch, seconds=7, saves=1)
    assert lasted > 7
    assert max(taken) < 0.1
    assert left_in(target) == ["copy.sqlite"]

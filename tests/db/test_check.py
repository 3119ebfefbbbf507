"""Whether a file is sound: what the quick look and the deep check notice, and what they leave alone."""

import os
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from dataclasses import replace

import pytest

from db import check, schema
from db.check import Report, deep_check, quick_check, rebuild_search
from db.copy import write_copy
from db.edit import Edit
from db.errors import Busy, CannotWrite, Damaged, FileTooNew, NotOurs, StoreError
from db.overview import removal
from db.records import Document, Inspection, Provider, Quote
from db.snapshot import Cancelled
from db.store import Store


@pytest.fixture
def durham(sample_file, tmp_path):
    opened = Store.open(shutil.copy(sample_file, tmp_path / "durham.sqlite"))
    yield opened
    opened.close()


@pytest.fixture(autouse=True)
def no_waiting(monkeypatch):
    monkeypatch.setattr(check, "RETRY_AFTER_S", 0.0)


def harmed(store, *statements):
    """The file after statements that the program would never make, closed."""
    store.close()
    with closing(sqlite3.connect(store.path, isolation_level=None)) as raw:
        raw.execute("pragma ignore_check_constraints = on")
        for statement in statements:
            raw.execute(statement)
    return store.path


def kinds(report):
    return [finding.kind for finding in report.findings]


def without_a_page(path, page=30):
    with path.open("rb+") as handle:
        handle.seek(4096 * page)
        handle.write(bytes(4096))
    return path


def test_a_file_in_use_is_sound_and_stays_as_it_is(durham):
    quote, inspection = durham.each(Quote)[0], durham.each(Inspection)[2]
    done = durham.apply(Edit((quote,), (replace(quote, text="Changed."),)))
    durham.apply(done.undone())
    durham.apply(removal(durham, inspection))
    durham.apply(Edit(after=durham.removed()[0].records), "Restore")
    durham.keep_file(b"%PDF-1.7 report")
    before = durham.path.read_bytes()
    told = []
    report = deep_check(durham.path, on_progress=lambda share, doing: told.append((share, doing)))
    assert (report.findings, report.is_sound, report.is_mendable) == ((), True, False)
    assert (report.records, report.documents) == (548, 1)
    assert report.deeds == durham.connection.raw.execute("select count(*) from deed").fetchone()[0]
    assert [share for share, _ in told] == sorted(share for share, _ in told)
    assert told[-1] == (1.0, "Checked")
    quick_check(durham.path)
    assert durham.path.read_bytes() == before


@pytest.mark.parametrize("with_log", [False, True])
def test_a_copy_whose_log_starts_there_is_sound_also_when_work_goes_on_in_it(durham, tmp_path, with_log):
    durham.apply(Edit((durham.each(Quote)[0],), ()))
    target = tmp_path / "copy.sqlite"
    write_copy(durham.path, target, with_log=with_log)
    with closing(Store.open(target)) as copy:
        quote = copy.each(Quote)[0]
        copy.apply(Edit((quote,), (replace(quote, text="Changed."),)))
        copy.apply(Edit((copy.each(Quote)[-1],), ()))
    assert deep_check(target) == replace(deep_check(target), findings=())


@pytest.mark.parametrize("version", [3, 4])
def test_a_file_of_an_older_version_is_checked_in_the_newest_form_and_stays(tmp_path, version):
    path = tmp_path / "old.sqlite"
    with closing(sqlite3.connect(path, isolation_level=None)) as raw:
        schema.apply_steps(raw, stop_before=version + 1)
    before = path.read_bytes()
    assert deep_check(path).is_sound
    quick_check(path)
    assert path.read_bytes() == before


@pytest.mark.parametrize(
    ("statement", "kind", "words"),
    [
        ("update quote set text = 'Changed.' where row = 1", "log", "the change log says something else (the text)"),
        ("delete from quote where row = 1", "log", "that is missing"),
        ("delete from change where row = (select max(row) from change)", "log", "the change log does not know it"),
        ("update change set after = '{' where row = 9", "log", "cannot be read"),
        ("update change set record_type = 'provider' where record_type = 'quote'", "log", "does not know it"),
        ("update deed set at = 'soon' where row = 9", "log", "gives no time"),
        ("update inspection set started_on = '2O22' where row = 1", "log", "is not a date"),
        ("update quote set page = 0 where row = 1", "structure", "CHECK constraint failed"),
        ("update quote set inspection_id = 'gone' where row < 3", "reference", "2 records (quote) name a record (insp"),
        ("delete from passage where row = 1", "search", "differences"),
        ("update passage set folded = 'other words' where row = 1", "search", "is not as the records are"),
        ("insert into words(words, rowid, folded) values ('delete', 1, 'nothing')", "search", "“words” is damaged"),
    ],
)
def test_what_is_wrong_is_found_and_said(durham, statement, kind, words):
    report = deep_check(harmed(durham, statement))
    assert kind in kinds(report)
    assert words in " ".join(finding.sentence for finding in report.findings if finding.kind == kind)
    assert not report.is_sound
    assert report.is_mendable is (kind == "search")


def test_an_entry_that_does_not_follow_from_those_before_it_is_found(durham):
    quote = durham.each(Quote)[0]
    durham.apply(Edit((quote,), (replace(quote, text="Changed."),)))
    path = harmed(
        durham, """update change set before = '{"text":"Other."}' where row = (select max(row) from change)"""
    )
    (finding,) = deep_check(path).findings
    assert finding.sentence.startswith("The change log contradicts itself about a record (quote “")


@pytest.mark.parametrize("is_kept", [True, False])
def test_a_kept_document_whose_bytes_changed_is_named(durham, is_kept):
    digest = durham.keep_file(b"%PDF-1.7 report")
    document = durham.each(Document)[0]
    durham.apply(Edit((document,), (replace(document, file_sha256=digest, title="The report of 2022"),)))
    if not is_kept:
        durham.apply(Edit((replace(document, file_sha256=digest, title="The report of 2022"),), (document,)))
    path = harmed(durham, "update document_file set bytes = cast('%PDF-1.8 report' as blob)")
    (finding,) = deep_check(path).findings
    name = "“The report of 2022”" if is_kept else "A document that was removed"
    assert finding.sentence == f"{name} is damaged: its kept file is not the one that was put in."


def test_many_findings_are_counted_and_the_first_shown(durham):
    report = deep_check(harmed(durham, "update quote set speaker = speaker || 'x'"))
    sentences = [finding.sentence for finding in report.findings if finding.kind == "log"]
    assert len(sentences) == check.MOST_OF_A_KIND + 1
    assert sentences[-1] == f"And {102 - check.MOST_OF_A_KIND} more of this kind."


def test_lost_pages_are_reported_not_raised(durham):
    durham.close()
    assert "structure" in kinds(deep_check(without_a_page(durham.path)))


def test_quick_check_alone_notices_no_changed_letter(durham):
    """The negative control of the replayed log."""
    path = harmed(durham, "update quote set text = 'Changed.' where row = 1")
    quick_check(path)
    assert not deep_check(path).is_sound


def test_a_search_index_that_is_wrong_is_made_anew(durham):
    durham.close()
    path = harmed(durham, "delete from passage", "insert into stems(stems) values ('delete-all')")
    assert deep_check(path).is_mendable
    with closing(Store.open(path)) as store:
        rebuild_search(store)
    assert deep_check(path).is_sound


def test_quick_check_says_damaged_only_after_a_second_look(durham, monkeypatch):
    looks = []

    def stumble_once(lines):
        looks.append(lines)
        return ["a page that could not be read"] if len(looks) == 1 else []

    monkeypatch.setattr(check.check_content, "trouble", stumble_once)
    quick_check(durham.path)
    assert len(looks) == 2


def test_quick_check_finds_lost_pages(durham):
    durham.close()
    with pytest.raises(Damaged, match=r"durham\.sqlite is damaged and was left as it is"):
        quick_check(without_a_page(durham.path))


@pytest.mark.parametrize("error", [UnicodeDecodeError("utf-8", b"\xff", 0, 1, "bad"), OverflowError("too large")])
def test_what_damaged_bytes_raise_in_python_is_damage(durham, monkeypatch, error):
    def fail(_lines):
        raise error

    monkeypatch.setattr(check.check_content, "trouble", fail)
    with pytest.raises(Damaged):
        quick_check(durham.path)
    assert kinds(deep_check(durham.path)) == ["structure"]


def test_a_locked_file_is_busy_and_not_damaged(durham, monkeypatch):
    monkeypatch.setattr(check, "PATIENT_MS", 20)
    with closing(sqlite3.connect(durham.path, isolation_level=None)) as other:
        other.execute("begin exclusive")
        with pytest.raises(Busy):
            quick_check(durham.path)


def test_a_save_that_was_cut_off_is_said(durham, tmp_path):
    durham.close()
    copied = tmp_path / "copied.sqlite"
    with closing(sqlite3.connect(durham.path, isolation_level=None)) as other:
        other.execute("pragma cache_size = 1")
        other.execute("begin immediate")
        other.execute("update quote set text = text || ' and more of it'")
        shutil.copy(durham.path, copied)
        shutil.copy(f"{durham.path}-journal", f"{copied}-journal")
        other.execute("rollback")
    with pytest.raises(CannotWrite, match="was cut off"):
        quick_check(copied)
    with pytest.raises(CannotWrite, match="was cut off"):
        deep_check(copied)


@pytest.mark.parametrize("look", [quick_check, deep_check])
def test_a_check_stops_when_asked(durham, look):
    with pytest.raises(Cancelled):
        look(durham.path, is_cancelled=lambda: True)


@pytest.mark.parametrize("doing", ["Checking the structure", "Checking the change log", "Checking the search index"])
def test_a_deep_check_stops_at_any_point(durham, doing):
    reached = []
    with pytest.raises(Cancelled):
        deep_check(
            durham.path,
            on_progress=lambda _share, now: now == doing and reached.append(now),
            is_cancelled=lambda: bool(reached),
        )


@pytest.mark.parametrize("look", [quick_check, deep_check])
@pytest.mark.parametrize(
    ("statement", "kind"),
    [
        ("pragma application_id = 1", NotOurs),
        ("pragma user_version = 99", FileTooNew),
        ("create view spy as with recursive n(x) as (select 1 union all select x + 1 from n) select x from n", NotOurs),
    ],
)
def test_other_files_are_refused(durham, look, statement, kind):
    path = harmed(durham, statement)
    with pytest.raises(kind):
        look(path)


@pytest.mark.parametrize("look", [quick_check, deep_check])
def test_no_file_and_no_database_are_refused(tmp_path, look):
    with pytest.raises(NotOurs, match="There is no file"):
        look(tmp_path / "none.sqlite")
    (tmp_path / "letter.txt").write_text("Dear Louise, " * 100)
    with pytest.raises(StoreError):
        look(tmp_path / "letter.txt")


def test_a_write_ahead_log_that_lies_there_is_not_taken_in(durham):
    durham.close()
    durham.path.with_name("durham.sqlite-wal").write_bytes(b"left by another program")
    before = sorted(durham.path.parent.iterdir())
    with pytest.raises(Damaged, match=r"lies durham\.sqlite-wal, which does not belong to it"):
        quick_check(durham.path)
    assert kinds(deep_check(durham.path)) == ["structure"]
    assert sorted(durham.path.parent.iterdir()) == before


def test_a_look_at_the_live_file_keeps_the_locks_of_this_process(durham):
    """To open and close a file drops every lock that the process has on it (POSIX), and another writer gets in."""
    durham.connection.raw.execute("begin immediate")
    quick_check(durham.path)
    assert is_locked(durham.path)
    durham.connection.raw.execute("rollback")


def test_opening_and_closing_it_otherwise_would_not(durham):
    """The negative control."""
    durham.connection.raw.execute("begin immediate")
    durham.path.open("rb").close()
    is_kept = is_locked(durham.path)
    durham.connection.raw.execute("rollback")
    assert is_kept is (os.name != "posix")


def is_locked(path):
    """Whether another process finds the file locked for writing."""
    words = (
        f"import sqlite3; sqlite3.connect({str(path)!r}, timeout=0, isolation_level=None).execute('begin immediate')"
    )
    done = subprocess.run([sys.executable, "-c", words], capture_output=True, text=True, timeout=60, check=False)
    return "database is locked" in done.stderr


def test_a_report_is_sound_only_without_findings():
    assert Report().is_sound
    assert not Report().is_mendable


def test_a_new_provider_is_part_of_the_count(durham):
    before = deep_check(durham.path).records
    durham.apply(Edit(after=(Provider(id="0" * 36, name="Kent"),)))
    assert deep_check(durham.path).records == before + 1

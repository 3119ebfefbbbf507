"""Backups: made and checked, found again wherever the file went, compared with the present and put back."""

import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from db import backup, backup_folder, backup_thinning, schema
from db.backup import Tally, difference, restore
from db.check import deep_check
from db.copy import contents
from db.edit import Edit
from db.errors import Busy, CannotWrite, Damaged, FileTooNew, NotOurs
from db.overview import removal
from db.records import Inspection, Provider, Quote, RecordType, new_id
from db.snapshot import Cancelled
from db.store import Store

ROOT = Path(__file__).parents[2]
NOON = datetime(2026, 11, 22, 12, 0, 3, tzinfo=UTC)


@pytest.fixture
def durham(sample_file, tmp_path):
    (tmp_path / "work").mkdir()
    opened = Store.open(shutil.copy(sample_file, tmp_path / "work" / "durham.sqlite"))
    yield opened
    opened.close()


def save(store, name="Kent County Council"):
    provider = Provider(id=new_id(), name=name)
    store.apply(Edit(after=(provider,)), f"Add provider {name}")
    return provider


def providers(path):
    with closing(Store.open(path, is_read_only=True)) as store:
        return {one.name for one in store.each(Provider)}


def spoilt(path, page=30):
    with path.open("rb+") as handle:
        handle.seek(4096 * page)
        handle.write(bytes(4096))
    return path


def left_in(folder):
    return sorted(path.name for path in folder.iterdir())


def test_a_backup_of_the_open_file_is_named_counted_and_sound(durham, data_folder):
    told = []
    made = backup.make(durham.path, "opening", now=NOON, on_progress=lambda share, doing: told.append((share, doing)))
    assert made.path.name == "20261122T120003Z-opening.sqlite"
    assert made.path.parent.parent == backup.folder() == data_folder / "backups"
    assert made.path.parent.name.startswith("durham-")
    assert (made.made_at, made.reason, made.size_bytes) == (NOON, "opening", made.path.stat().st_size)
    assert made.contents == contents(durham.connection)
    assert left_in(made.path.parent) == [made.path.name, "about.json"]
    assert deep_check(made.path).is_sound
    assert [share for share, _ in told] == sorted(share for share, _ in told)
    assert told[-1] == (1.0, "Backup made")


def test_two_in_one_second_both_live(durham):
    first = backup.make(durham.path, "asked", now=NOON)
    save(durham)
    second = backup.make(durham.path, "asked", now=NOON)
    assert second.path.name == "20261122T120003Z-asked-2.sqlite"
    assert providers(first.path) < providers(second.path)
    assert [each.path for each in backup.of(durham.path)] == [second.path, first.path]


def test_those_of_a_file_come_newest_first_and_nothing_is_counted_yet(durham):
    made = [backup.make(durham.path, "asked", now=NOON + timedelta(hours=hours)) for hours in (2, 1, 3)]
    found = backup.of(durham.path)
    assert [each.path for each in found] == [made[2].path, made[0].path, made[1].path]
    assert {each.contents for each in found} == {None}
    assert backup.described(found[0]) == made[2]


@pytest.mark.parametrize("move", ["renamed", "another folder"])
def test_a_file_that_moved_still_finds_them(durham, tmp_path, move):
    made = backup.make(durham.path, "asked")
    durham.close()
    target = durham.path.with_name("county.sqlite") if move == "renamed" else tmp_path / durham.path.name
    durham.path.rename(target)
    assert [each.path for each in backup.of(target)] == [made.path]
    again = backup.make(target, "asked")
    assert {each.path for each in backup.of(target)} == {made.path, again.path}


def test_a_plain_copy_beside_the_file_has_backups_of_its_own(durham):
    made = backup.make(durham.path, "asked")
    copied = Path(shutil.copy(durham.path, durham.path.with_name("copy.sqlite")))
    assert backup.of(copied) == []
    assert [each.path for each in backup.of(durham.path)] == [made.path]


def test_another_file_under_the_same_path_gets_a_folder_of_its_own(durham, new_file):
    made = backup.make(durham.path, "asked", now=NOON)
    durham.close()
    shutil.copy(new_file, durham.path)
    other = backup.make(durham.path, "asked", now=NOON)
    assert other.path.parent.name == f"{made.path.parent.name}-2"
    assert {each.path for each in backup.of(durham.path)} == {made.path, other.path}


@pytest.mark.parametrize("harm", [Path.unlink, lambda note: note.write_text("{"), lambda note: note.write_text("[1]")])
def test_a_note_that_is_missing_or_damaged_loses_none(durham, tmp_path, harm):
    made = backup.make(durham.path, "asked")
    harm(made.path.with_name("about.json"))
    assert [each.path for each in backup.of(durham.path)] == [made.path]
    durham.close()
    moved = durham.path.rename(tmp_path / "moved.sqlite")
    assert [each.path for each in backup.of(moved)] == [made.path]


@pytest.mark.parametrize("harm", [spoilt, Path.unlink, lambda path: path.write_bytes(b"")])
def test_a_file_that_is_damaged_or_gone_finds_them_by_its_path(durham, harm):
    made = backup.make(durham.path, "asked")
    durham.close()
    harm(durham.path)
    assert [each.path for each in backup.of(durham.path)] == [made.path]


def test_a_spoilt_backup_is_described_without_counts(durham):
    made = backup.make(durham.path, "asked")
    made.path.write_bytes(b"SQLite format 3\x00" + bytes(5000))
    assert backup.described(made).contents is None
    made.path.unlink()
    assert backup.described(made).contents is None


def test_one_of_an_older_version_is_counted_too(tmp_path):
    for version in (1, 3, 4):
        path = tmp_path / f"old{version}.sqlite"
        with closing(sqlite3.connect(path, isolation_level=None)) as raw:
            schema.apply_steps(raw, stop_before=version + 1)
        made = backup.make(path, "migration")
        assert made.contents is not None and made.contents.inspections == 0


def test_a_damaged_file_makes_none_and_loses_none(durham):
    made = backup.make(durham.path, "asked")
    durham.close()
    with closing(sqlite3.connect(durham.path)) as raw, raw:
        raw.execute("update quote set inspection_id = 'gone'")
    with pytest.raises(Damaged, match=r"No backup of durham\.sqlite was made"):
        backup.make(durham.path, "asked")
    assert [each.path for each in backup.of(durham.path)] == [made.path]
    assert left_in(made.path.parent) == [made.path.name, "about.json"]


def test_what_was_written_badly_is_thrown_away(durham, monkeypatch):
    monkeypatch.setattr(backup, "sync", spoilt)
    with pytest.raises(Damaged):
        backup.make(durham.path, "asked")
    assert left_in(backup.folder()) == []


def test_a_backup_that_lacks_rows_is_thrown_away(durham, monkeypatch):
    def lose_a_row(part):
        with closing(sqlite3.connect(part)) as raw, raw:
            raw.execute("delete from quote where row = 1")

    monkeypatch.setattr(backup, "sync", lose_a_row)
    with pytest.raises(Damaged, match="did not hold everything"):
        backup.make(durham.path, "asked")
    assert backup.of(durham.path) == []


def test_saves_meanwhile_are_no_missing_rows(durham, monkeypatch):
    monkeypatch.setattr(backup, "sync", lambda _part: save(durham) and durham.keep_file(b"%PDF-1.7"))
    made = backup.make(durham.path, "asked")
    assert providers(made.path) == {"Durham County Council"}


def test_cancelled_nothing_is_left(durham):
    with pytest.raises(Cancelled):
        backup.make(durham.path, "asked", is_cancelled=lambda: True)
    assert left_in(backup.folder()) == []


def test_other_files_are_not_backed_up(tmp_path):
    (tmp_path / "letter.txt").write_text("Dear Louise, " * 100)
    with pytest.raises(NotOurs):
        backup.make(tmp_path / "letter.txt", "asked")
    assert backup.of(tmp_path / "letter.txt") == []


FULL_DISK = """
import resource, sys
from pathlib import Path
from db import backup
from db.errors import StoreError
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[1]), int(sys.argv[1])))
try:
    found = Path(sys.argv[2])
    if len(sys.argv) == 3:
        backup.make(found, "asked")
    else:
        backup.restore(backup.of(found)[0], Path(sys.argv[3]))
except StoreError as error:
    print(type(error).__name__, error)
"""


def said_on_a_full_disk(*words):
    done = subprocess.run(
        [sys.executable, "-c", FULL_DISK, *map(str, words)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


posix = pytest.mark.skipif(sys.platform == "win32", reason="limits of a process are POSIX")


@posix
@pytest.mark.parametrize("most_bytes", [0, 300_000])
def test_a_full_disk_is_explained_and_leaves_nothing(durham, most_bytes):
    said = said_on_a_full_disk(most_bytes, durham.path)
    assert said.startswith("CannotWrite")
    assert len(said.splitlines()) == 1
    assert left_in(backup.folder()) == []
    backup.make(durham.path, "asked")


def test_the_sentence_names_the_disk_that_is_full(durham, monkeypatch):
    def full(_part):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(backup, "sync", full)
    with pytest.raises(CannotWrite, match=r"The disk with the folder .*backups is full, so no backup of durham"):
        backup.make(durham.path, "asked")


@pytest.mark.parametrize("hours", [1, 11])
def test_a_young_backup_is_enough(durham, hours):
    backup.make(durham.path, "opening", now=NOON)
    save(durham)
    assert not backup.is_due(durham.path, now=NOON + timedelta(hours=hours))


def test_after_twelve_hours_one_is_due_if_the_file_changed(durham):
    assert backup.is_due(durham.path, now=NOON)
    backup.make(durham.path, "opening", now=NOON)
    assert not backup.is_due(durham.path, now=NOON + timedelta(days=400))
    save(durham)
    assert backup.is_due(durham.path, now=NOON + timedelta(hours=12, seconds=1))


def test_a_spoilt_backup_does_not_hold_one_up(durham):
    spoilt(backup.make(durham.path, "opening", now=NOON).path)
    assert backup.is_due(durham.path, now=NOON + timedelta(hours=1))


def test_a_backup_from_the_future_does_not_hold_one_up(durham):
    backup.make(durham.path, "opening", now=NOON + timedelta(days=900))
    save(durham)
    assert backup.is_due(durham.path, now=NOON)


def test_a_file_that_cannot_be_read_is_not_due(durham, tmp_path):
    durham.close()
    spoilt(durham.path, page=0)
    assert not backup.is_due(durham.path, now=NOON)
    assert not backup.is_due(tmp_path / "none.sqlite", now=NOON)


def test_files_that_are_not_ours_are_never_removed(durham):
    made = backup.make(durham.path, "asked", now=NOON - timedelta(days=500))
    others = ("notes.txt", "20200101T000000Z-mine.sqlite.bak", "2020-opening.sqlite", "durham.sqlite")
    for name in others:
        made.path.with_name(name).write_text("dear")
    for days in range(400, 0, -40):
        backup.make(durham.path, "asked", now=NOON - timedelta(days=days))
    assert set(others) < set(left_in(made.path.parent))
    assert backup.purge_all(durham.path) == 11
    assert set(left_in(made.path.parent)) == {*others}


def test_purging_removes_every_backup_and_only_those_of_this_file(durham, new_file, tmp_path):
    other = Path(shutil.copy(new_file, tmp_path / "other.sqlite"))
    kept = backup.make(other, "asked")
    for hours in range(3):
        backup.make(durham.path, "asked", now=NOON + timedelta(hours=hours))
    assert backup.purge_all(durham.path) == 3
    assert backup.purge_all(durham.path) == 0
    assert left_in(backup.folder()) == [kept.path.parent.name]


def test_restoring_puts_the_file_back_and_makes_the_present_a_backup(durham):
    made = backup.make(durham.path, "asked", now=NOON)
    wanted = providers(made.path)
    save(durham)
    durham.close()
    kept = restore(made, durham.path, now=NOON + timedelta(hours=1))
    assert providers(durham.path) == wanted
    assert kept is not None and kept.reason == "restore"
    assert providers(kept.path) == wanted | {"Kent County Council"}
    assert left_in(durham.path.parent) == ["durham.sqlite"]
    assert restore(kept, durham.path, now=NOON + timedelta(hours=2)) is not None
    assert providers(durham.path) == wanted | {"Kent County Council"}
    assert deep_check(durham.path).is_sound


def test_a_backup_that_goes_while_the_present_becomes_one_is_put_back_all_the_same(durham):
    chosen = backup.make(durham.path, "asked", now=NOON - timedelta(days=5, hours=6))
    wanted = providers(chosen.path)
    save(durham)
    backup.make(durham.path, "asked", now=NOON - timedelta(days=5))
    backup.make(durham.path, "asked", now=NOON - timedelta(days=5) + timedelta(hours=1))
    durham.close()
    restore(chosen, durham.path, now=NOON)
    assert not chosen.path.exists()
    assert providers(durham.path) == wanted


def test_restoring_where_nothing_stands(durham):
    made = backup.make(durham.path, "asked")
    durham.close()
    durham.path.unlink()
    assert restore(made, durham.path) is None
    assert providers(durham.path) == {"Durham County Council"}
    assert left_in(durham.path.parent) == ["durham.sqlite"]


@pytest.mark.parametrize(
    "harm", [spoilt, lambda path: path.write_bytes(b""), lambda path: path.write_bytes(b"x" * 9999)]
)
def test_a_damaged_present_is_set_aside_unchanged(durham, harm):
    made = backup.make(durham.path, "asked")
    durham.close()
    harm(durham.path)
    damaged = durham.path.read_bytes()
    assert restore(made, durham.path) is None
    assert providers(durham.path) == {"Durham County Council"}
    aside = [path for path in durham.path.parent.iterdir() if "-damaged-" in path.name]
    assert [path.read_bytes() for path in aside] == [damaged]


def test_a_journal_of_the_present_never_rolls_back_into_the_backup(durham):
    made = backup.make(durham.path, "asked")
    durham.close()
    with closing(sqlite3.connect(durham.path, isolation_level=None)) as other:
        other.execute("pragma cache_size = 1")
        other.execute("begin immediate")
        other.execute("update quote set text = text || ' and more of it'")
        half = durham.path.read_bytes(), Path(f"{durham.path}-journal").read_bytes()
        other.execute("rollback")
    durham.path.write_bytes(half[0])
    Path(f"{durham.path}-journal").write_bytes(half[1])
    assert restore(made, durham.path) is None
    assert deep_check(durham.path).is_sound
    names = left_in(durham.path.parent)
    assert names[0].startswith("durham-damaged-") and names[1] == f"{names[0]}-journal"
    assert [durham.path.with_name(name).read_bytes() for name in names[:2]] == list(half)
    assert names[2:] == ["durham.sqlite"]


@pytest.mark.parametrize("harm", [spoilt, Path.unlink, lambda path: path.write_bytes(b"x" * 9999)])
def test_a_spoilt_backup_is_not_put_back(durham, harm):
    made = backup.make(durham.path, "asked")
    durham.close()
    harm(made.path)
    before = durham.path.read_bytes()
    with pytest.raises(Damaged, match="This backup is damaged, so nothing was put back"):
        restore(made, durham.path)
    assert durham.path.read_bytes() == before
    assert left_in(durham.path.parent) == ["durham.sqlite"]


@pytest.mark.parametrize("step", ["copyfile", "put_in_place"])
@pytest.mark.parametrize("is_damaged", [False, True])
def test_a_restore_that_fails_leaves_the_present_untouched(durham, monkeypatch, step, is_damaged):
    def refuse(*_given):
        raise OSError(28, "No space left on device")

    made = backup.make(durham.path, "asked")
    durham.close()
    if is_damaged:
        spoilt(durham.path)
        Path(f"{durham.path}-wal").write_bytes(b"left")
    before, names = durham.path.read_bytes(), left_in(durham.path.parent)
    monkeypatch.setattr(backup.shutil if step == "copyfile" else backup, step, refuse)
    with pytest.raises(CannotWrite, match="The disk is full"):
        restore(made, durham.path)
    assert durham.path.read_bytes() == before
    assert left_in(durham.path.parent) == names


@posix
def test_a_full_disk_while_restoring_leaves_the_present(durham, new_file, tmp_path):
    backup.make(durham.path, "asked")
    target = Path(shutil.copy(new_file, tmp_path / "small.sqlite"))
    before = target.read_bytes()
    said = said_on_a_full_disk(len(before) + 100_000, durham.path, target)
    assert said.startswith("CannotWrite small.sqlite could not be written")
    assert target.read_bytes() == before
    assert not [name for name in left_in(tmp_path) if name.endswith(".part")]


def test_a_present_of_a_newer_program_is_left(durham):
    made = backup.make(durham.path, "asked")
    durham.close()
    with closing(sqlite3.connect(durham.path)) as raw:
        raw.execute("pragma user_version = 99")
    before = durham.path.read_bytes()
    with pytest.raises(FileTooNew):
        restore(made, durham.path)
    assert durham.path.read_bytes() == before


def test_a_present_that_is_in_use_is_left(durham, monkeypatch):
    monkeypatch.setattr("db.snapshot.MOST_WAIT_S", 0.1)
    made = backup.make(durham.path, "asked")
    with closing(sqlite3.connect(durham.path, isolation_level=None)) as other:
        other.execute("begin exclusive")
        with pytest.raises(Busy):
            restore(made, durham.path)
    assert left_in(durham.path.parent)[0] == "durham.sqlite"


def test_a_backup_of_an_older_version_is_put_back_and_migrated_when_opened(tmp_path):
    path = tmp_path / "old.sqlite"
    with closing(sqlite3.connect(path, isolation_level=None)) as raw:
        schema.apply_steps(raw, stop_before=schema.VERSION)
    made = backup.make(path, "migration", now=NOON)
    Store.open(path).close()
    restore(made, path, now=NOON + timedelta(hours=1))
    with closing(sqlite3.connect(path)) as raw:
        assert raw.execute("pragma user_version").fetchone() == (schema.VERSION - 1,)
    Store.open(path).close()


def test_setting_aside_never_overwrites(tmp_path):
    names = []
    for words in ("one", "two", "three"):
        (tmp_path / "durham.sqlite").write_text(words)
        Path(f"{tmp_path / 'durham.sqlite'}-journal").write_text(f"{words} journal")
        names.append(backup.set_aside(tmp_path / "durham.sqlite"))
    assert [path.read_text() for path in names] == ["one", "two", "three"]
    assert [Path(f"{path}-journal").read_text() for path in names] == ["one journal", "two journal", "three journal"]


def test_setting_aside_what_is_not_there_is_explained(tmp_path):
    with pytest.raises(CannotWrite, match="could not be renamed, so it was left as it is"):
        backup.set_aside(tmp_path / "none.sqlite")


def test_the_difference_is_what_restoring_would_take_bring_back_and_change(durham):
    made = backup.make(durham.path, "asked")
    assert difference(made.path, durham.path).is_nothing
    quote, inspection = durham.each(Quote)[0], durham.each(Inspection)[-1]
    durham.apply(Edit((quote,), (replace(quote, text="Changed."),)), "Change quote")
    gone = durham.apply(removal(durham, inspection), "Remove inspection")
    save(durham)
    found = difference(made.path, durham.path)
    quotes = sum(isinstance(record, Quote) for record in gone.before)
    assert found.by_type[RecordType.PROVIDER] == Tally(only_now=1)
    assert found.by_type[RecordType.INSPECTION] == Tally(only_in_backup=1)
    assert found.by_type[RecordType.QUOTE] == Tally(only_in_backup=quotes, differing=1)
    assert RecordType.THEME not in found.by_type
    labels = [label for _, label in found.deeds_since]
    assert labels == ["Add provider Kent County Council", "Remove inspection", "Change quote"]


def test_against_a_present_that_cannot_be_read_everything_comes_back(durham):
    made = backup.make(durham.path, "asked")
    found = difference(made.path, None)
    assert found.by_type[RecordType.QUOTE] == Tally(only_in_backup=102)
    assert found.deeds_since == ()


def test_a_backup_without_a_log_is_compared_by_the_records_alone(tmp_path, durham):
    old = tmp_path / "old.sqlite"
    with closing(sqlite3.connect(old, isolation_level=None)) as raw:
        schema.apply_steps(raw, stop_before=3)
    found = difference(old, durham.path)
    assert found.by_type[RecordType.QUOTE] == Tally(only_now=102)


def test_what_a_cut_off_backup_left_goes_after_a_day(durham, monkeypatch):
    made = backup.make(durham.path, "asked", now=NOON)
    part = made.path.with_name(".20261122T120003Z-asked.sqlite-0123abcd.part")
    part.write_text("half")
    backup.make(durham.path, "asked", now=NOON)
    assert part.exists()
    monkeypatch.setattr(backup_thinning.time, "time", lambda: part.stat().st_mtime + 90_000)
    backup.make(durham.path, "asked", now=NOON)
    assert not part.exists()


def test_every_reason_has_words_and_a_name_that_is_read_again(durham):
    for reason, words in backup.REASONS.items():
        made = backup.make(durham.path, reason, now=NOON)
        assert words and backup_folder.named(made.path.parent)[made.path] == (NOON, reason)

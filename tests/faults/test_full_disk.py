"""A disk that refuses while a file is made or opened: a sentence, and nothing half done."""

import shutil
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from db import connection, history, passages, schema
from db.connection import explanation
from db.errors import Busy, CannotWrite, Damaged, StoreError
from db.store import Store

ROOT = Path(__file__).parents[2]
LIMITED = """
import resource, sys
from pathlib import Path
from db.errors import StoreError
from db.store import Store
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[3]), int(sys.argv[3])))
try:
    getattr(Store, sys.argv[1])(Path(sys.argv[2]))
except StoreError as error:
    print(type(error).__name__, error)
"""
posix = pytest.mark.skipif(sys.platform == "win32", reason="limits of a process are POSIX")


def limited(verb: str, path: Path, most_bytes: int) -> str:
    """What creating or opening says where no file may grow beyond that size."""
    words = [sys.executable, "-c", LIMITED, verb, str(path), str(most_bytes)]
    done = subprocess.run(words, cwd=ROOT, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


def full(*_: object) -> None:
    error = sqlite3.OperationalError("database or disk is full")
    error.sqlite_errorname = "SQLITE_FULL"
    raise error


@posix
@pytest.mark.parametrize("most_bytes", [0, 4_096, 100_000, 400_000])
def test_a_file_that_cannot_be_finished_is_explained_and_leaves_its_name_free(tmp_path: Path, most_bytes: int) -> None:
    path = tmp_path / "inspections.sqlite"
    assert "CannotWrite The file could not be written" in limited("create", path, most_bytes)
    assert list(tmp_path.iterdir()) == []
    Store.create(path).close()


@pytest.mark.parametrize("module", [passages, history])
def test_a_full_disk_while_a_file_is_made_leaves_its_name_free(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, module: object
) -> None:
    monkeypatch.setattr(module, "rebuild" if module is passages else "add", full)
    with pytest.raises(CannotWrite, match="The disk is full"):
        Store.create(tmp_path / "inspections.sqlite")
    assert list(tmp_path.iterdir()) == []


def old_file(path: Path) -> Path:
    raw = sqlite3.connect(path, isolation_level=None)
    raw.execute("begin immediate")
    schema.apply_steps(raw, stop_before=schema.VERSION)
    raw.execute("commit")
    raw.close()
    return path


@posix
def test_a_full_disk_while_migrating_is_not_called_damage(tmp_path: Path) -> None:
    path = old_file(tmp_path / "old.sqlite")
    before = path.read_bytes()
    assert "CannotWrite" in limited("open", path, len(before))
    assert path.read_bytes() == before
    Store.open(path).close()


def test_a_journal_that_cannot_be_set_aside_is_explained_and_leaves_no_part(
    new_file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fill(_source: Path, target: Path) -> None:
        target.write_bytes(b"SQLite")
        raise OSError(28, "No space left on device")

    path = Path(shutil.copy(new_file, tmp_path / "inspections.sqlite"))
    path.with_name("inspections.sqlite-journal").write_bytes(b"a save that was cut off")
    monkeypatch.setattr(connection.shutil, "copy2", fill)
    with pytest.raises(CannotWrite, match="The disk is full"):
        Store.open(path)
    assert {each.name for each in tmp_path.iterdir()} == {"inspections.sqlite", "inspections.sqlite-journal"}


@pytest.mark.parametrize(
    ("code", "words", "kind"),
    [
        ("SQLITE_BUSY", "database is locked", Busy),
        ("SQLITE_FULL", "database or disk is full", CannotWrite),
        ("SQLITE_IOERR_WRITE", "disk I/O error", CannotWrite),
        ("SQLITE_ERROR", "no such table: words_data", Damaged),
        ("SQLITE_CORRUPT", "database disk image is malformed", Damaged),
    ],
)
def test_what_sqlite_says_is_a_full_disk_or_damage(code: str, words: str, kind: type[StoreError]) -> None:
    error = sqlite3.OperationalError(words)
    error.sqlite_errorname = code
    assert isinstance(explanation(error, "durham.sqlite"), kind)


def test_bytes_that_are_no_database_are_damage() -> None:
    said = explanation(sqlite3.DatabaseError("file is not a database"), "durham.sqlite")
    assert isinstance(said, Damaged)
    assert str(said).startswith("durham.sqlite is damaged and was left as it is")

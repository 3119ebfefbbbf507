"""A disk that refuses: a sentence, a sound file, nothing half done, and it works again once there is room."""

import shutil
import sqlite3
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from db import history, passages, set_aside
from db.errors import Busy, CannotWrite, Damaged, StoreError
from db.explaining import explanation
from db.store import Store
from tests.faults import filling
from tests.faults.older_files import older_file

ROOT = Path(__file__).parents[2]
FIRST_WITH_MUCH_TO_DO = 3  # of this version a file grows as it is migrated
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
KINDS = [
    pytest.param("limit", marks=posix),
    pytest.param(
        "small disk",
        marks=pytest.mark.skipif(not filling.can_mount(), reason="a small disk cannot be mounted by this user here"),
    ),
]


@pytest.fixture(scope="module")
def outcomes(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> list[dict[str, Any]]:
    """What became of every deed on a disk that was full, of the kind that is asked for."""
    return filling.results(request.param, tmp_path_factory.mktemp("full"))


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
@pytest.mark.parametrize("most_bytes", [0, 100_000, 400_000])
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


@posix
def test_a_full_disk_while_migrating_is_not_called_damage(tmp_path: Path) -> None:
    path = older_file(tmp_path / "old.sqlite", FIRST_WITH_MUCH_TO_DO)
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
    monkeypatch.setattr(set_aside.shutil, "copy2", fill)
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


@pytest.mark.parametrize("outcomes", KINDS, indirect=True)
@pytest.mark.parametrize("deed", filling.DEEDS)
def test_on_a_full_disk_a_deed_is_refused_and_works_once_there_is_room(
    outcomes: list[dict[str, Any]], deed: str
) -> None:
    found = [outcome for outcome in outcomes if outcome["deed"] == deed]
    assert len(found) == len(filling.ROOMS)
    for outcome in found:
        assert outcome["said"].startswith("CannotWrite: ")
        assert (outcome["problems"], outcome["again"]) == ([], [""])
        assert [name for name in outcome["changed"] if not (deed == "migrate" and is_of_a_backup(name))] == []


def is_of_a_backup(name: str) -> bool:
    """A backup may well be made before the migration that is then refused; it is whole, and stays."""
    return name.startswith("local data/backups/") and not name.endswith((".part", "-journal"))


@pytest.mark.parametrize("kind", KINDS)
def test_without_a_journal_a_full_disk_damages_the_file(tmp_path: Path, kind: str) -> None:
    """A negative control."""
    assert any(outcome["problems"] for outcome in filling.results(kind, tmp_path, ("save",), "no journal"))


@pytest.mark.parametrize("kind", KINDS[1:])
def test_a_copy_written_straight_to_its_name_leaves_a_part(tmp_path: Path, kind: str) -> None:
    """A negative control; a limit of the process already stops the snapshot before it, in another folder."""
    assert any(outcome["changed"] for outcome in filling.results(kind, tmp_path, ("copy",), "straight"))


@posix
def test_no_room_for_temporary_files_is_told_in_words(tmp_path: Path) -> None:
    (first, *_) = filling.results("limit", tmp_path, ("copy",))
    assert first["said"].startswith("CannotWrite: The disk for temporary files is full")

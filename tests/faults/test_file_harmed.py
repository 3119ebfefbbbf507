"""Another program does something to the open file: no save is acknowledged into a file that is gone, none is lost.

An acknowledged save stands in the file at the path, or in the file that was opened, which a second name keeps within
reach here. What another program takes away afterwards is its doing; what is written after it knew better is ours.
"""

import json
import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import closing, nullcontext
from pathlib import Path

import pytest

from db import connection, history
from db.connection import Connection
from db.edit import Edit
from db.errors import Busy, CannotWrite, FileMoved, StoreError
from db.records import Provider, new_id
from db.store import Store
from tests.faults.soundness import problems_of

ROOT = Path(__file__).parents[2]
SAVES = 3
LOCKED_S = 0.5
LOCKED_S_BY_HAND = 30
AT_ONCE_S = 0.4  # a save that is refused takes 40 ms, on a machine that does nothing else
LONG_WAIT_MS = 800
NOBODY = 65534


class Officer:
    """Saves into one file, and remembers what was said of each save.

    Attributes:
        acknowledged: the names that were saved.
        refused: what was raised for the others.
    """

    def __init__(self, path: Path) -> None:
        self.store = Store.open(path)
        self.acknowledged: list[str] = []
        self.refused: list[StoreError] = []

    def save(self, times: int = 1) -> None:
        for _ in range(times):
            name = new_id()
            try:
                self.store.apply(Edit(after=(Provider(id=new_id(), name=name),)), "Add provider")
            except StoreError as error:
                self.refused.append(error)
            else:
                self.acknowledged.append(name)


class Place:
    """The folder: the file at its path, the file that was opened, and an older copy of it."""

    def __init__(self, folder: Path, new_file: Path) -> None:
        self.path = Path(shutil.copy(new_file, folder / "durham.sqlite"))
        self.opened = folder / "second name.sqlite"
        os.link(self.path, self.opened)
        self.officer = Officer(self.path)
        self.officer.save()
        self.older = Path(shutil.copy(self.path, folder / "older.sqlite"))
        self.officer.save(SAVES)

    def replace(self) -> None:
        os.replace(shutil.copy(self.older, f"{self.older}.copy"), self.path)

    def delete(self) -> None:
        self.path.unlink()

    def rename(self) -> None:
        self.path.rename(self.path.with_name("durham (old).sqlite"))

    def roll_back(self) -> None:
        with self.path.open("r+b") as file:
            file.write(self.older.read_bytes())
            file.truncate()

    def is_left_clean(self) -> bool:
        """Whether no part of a save lies beside the file, which a program would take for its own."""
        journal = self.path.with_name(f"{self.path.name}-journal")
        return not journal.exists() or not journal.stat().st_size


@pytest.fixture
def place(new_file: Path, tmp_path: Path) -> Iterator[Place]:
    made = Place(tmp_path, new_file)
    yield made
    made.officer.store.close()


def names_in(path: Path) -> set[str]:
    if not path.exists():
        return set()
    with closing(sqlite3.connect(path)) as raw:
        return {name for (name,) in raw.execute("select name from provider")}


def in_the_middle_of_a_save(monkeypatch: pytest.MonkeyPatch, harm: Callable[[], None]) -> None:
    """Have it happen once, when the records are written and the change log is not."""
    add = history.add

    def add_after_harm(raw: sqlite3.Connection, edit: Edit, label: str) -> str:
        monkeypatch.setattr(history, "add", add)
        harm()
        return add(raw, edit, label)

    monkeypatch.setattr(history, "add", add_after_harm)


TAKEN_AWAY = [Place.replace, Place.delete, Place.rename]


@pytest.mark.parametrize("is_in_the_middle", [False, True], ids=["between two saves", "in the middle of a save"])
@pytest.mark.parametrize("harm", TAKEN_AWAY)
def test_a_file_that_is_taken_away_takes_no_save(
    place: Place, monkeypatch: pytest.MonkeyPatch, harm: Callable[[Place], None], is_in_the_middle: bool
) -> None:
    acknowledged = set(place.officer.acknowledged)
    if is_in_the_middle:
        in_the_middle_of_a_save(monkeypatch, lambda: harm(place))
    else:
        harm(place)
    at_the_path = place.older.read_bytes() if harm is Place.replace else b""
    place.officer.save(SAVES)
    assert [type(error) for error in place.officer.refused] == [FileMoved] * SAVES
    assert set(place.officer.acknowledged) == acknowledged <= names_in(place.opened)
    assert problems_of(place.opened) == []
    assert (place.path.read_bytes() if place.path.exists() else b"") == at_the_path
    assert place.is_left_clean()


@pytest.mark.parametrize("harm", TAKEN_AWAY)
def test_without_the_guard_a_save_goes_into_a_file_that_is_gone(
    place: Place, monkeypatch: pytest.MonkeyPatch, harm: Callable[[Place], None]
) -> None:
    """The negative control. Between two saves SQLite notices too, on POSIX; within one it does not."""
    monkeypatch.setattr(Connection, "_check_identity", lambda _: None)
    before = set(place.officer.acknowledged)
    in_the_middle_of_a_save(monkeypatch, lambda: harm(place))
    place.officer.save()
    (lost,) = set(place.officer.acknowledged) - before
    assert lost not in names_in(place.path)


def test_a_file_that_comes_back_takes_saves_again(place: Place) -> None:
    away = place.path.with_name("away.sqlite")
    place.path.rename(away)
    place.officer.save()
    away.rename(place.path)
    place.officer.save(SAVES)
    assert len(place.officer.refused) == 1
    assert set(place.officer.acknowledged) <= names_in(place.path)
    assert problems_of(place.path) == []


def test_a_file_that_was_rolled_back_in_place_takes_no_save(place: Place) -> None:
    before = list(place.officer.acknowledged)
    place.roll_back()
    place.officer.save(SAVES)
    assert [type(error) for error in place.officer.refused] == [FileMoved] * SAVES
    assert place.officer.acknowledged == before
    assert place.path.read_bytes() == place.older.read_bytes()
    assert place.is_left_clean()


def test_without_the_guard_a_save_hides_that_others_are_gone(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    """The negative control: the officer is told "saved", while earlier saves are gone and nobody says so."""
    monkeypatch.setattr(Connection, "_check_history", lambda _: None)
    place.roll_back()
    place.officer.save()
    assert place.officer.refused == []
    assert len(set(place.officer.acknowledged) - names_in(place.path)) == SAVES


# Locked by another process --------------------------------------------------------------------------------------------

LOCK = """
import sqlite3, sys
raw = sqlite3.connect(sys.argv[1], isolation_level=None)
raw.execute("begin exclusive")
print("locked", flush=True)
sys.stdin.read()
"""


def locked_for(path: Path, seconds: float, officer: Officer) -> list[float]:
    """Save while another process has the file for itself; how long each save took."""
    taken = []
    with subprocess.Popen(
        [sys.executable, "-c", LOCK, str(path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as other:
        assert other.stdout and other.stdout.readline().strip() == b"locked"
        end = time.monotonic() + seconds
        while not taken or time.monotonic() < end:
            start = time.monotonic()
            officer.save()
            taken.append(time.monotonic() - start)
        other.communicate()
    return taken


def check_locked(place: Place, seconds: float) -> None:
    taken = locked_for(place.path, seconds, place.officer)
    assert [type(error) for error in place.officer.refused] == [Busy] * len(taken)
    assert min(taken) < AT_ONCE_S  # the slowest measures the machine
    place.officer.save()
    assert len(place.officer.refused) == len(taken)
    assert set(place.officer.acknowledged) <= names_in(place.path)
    assert problems_of(place.path) == []


def test_a_save_into_a_locked_file_is_refused_at_once_and_made_later(place: Place) -> None:
    check_locked(place, LOCKED_S)


@pytest.mark.long
def test_a_file_that_is_locked_for_half_a_minute(place: Place) -> None:
    check_locked(place, LOCKED_S_BY_HAND)


def test_with_a_long_busy_timeout_the_window_would_stand_still(place: Place) -> None:
    """The negative control."""
    place.officer.store.connection.raw.execute(f"pragma busy_timeout = {LONG_WAIT_MS}")
    (taken,) = locked_for(place.path, 0, place.officer)
    assert taken > AT_ONCE_S


# Read-only ------------------------------------------------------------------------------------------------------------

CASES = {
    "the file, while it is open": ("durham.sqlite", 0o444, True),
    "the file, before it is opened": ("durham.sqlite", 0o444, False),
    "its folder, while it is open": ("", 0o555, True),
    "its folder, before it is opened": ("", 0o555, False),
}


def do_every_case(folder: Path) -> None:
    """In a process of its own: each case in a child without the rights of root, which may write everywhere."""
    user = 0 if os.getuid() else NOBODY
    for case, (target, mode, is_opened_before) in CASES.items():
        path = folder / case / "durham.sqlite"
        first = Officer(path)
        first.save()  # whatever a save imports is imported now, while it may be read
        first.store.close()
        if child := os.fork():
            assert os.waitpid(child, 0)[1] == 0, case
            continue
        for owned in (path.parent, path):
            os.chown(owned, user or -1, user or -1)
        if user:
            os.setgid(user)
            os.setuid(user)
        print(json.dumps([case, *saved_with_mode(path, path.parent / target, mode, is_opened_before)]), flush=True)
        os._exit(0)


def saved_with_mode(path: Path, harmed: Path, mode: int, is_opened_before: bool) -> tuple[list[str], list[str]]:
    """Save, take the right to write away, save, give it back, open again, save; what was acknowledged and refused."""
    before = harmed.stat().st_mode
    opened_before = Officer(path) if is_opened_before else None
    harmed.chmod(mode)
    assert not os.access(harmed, os.W_OK)
    officer = opened_before or Officer(path)
    officer.save(SAVES)
    harmed.chmod(before)
    officer.store.close()
    officer.store = Store.open(path)
    known = len(officer.acknowledged)
    officer.save()
    assert len(officer.acknowledged) == known + 1
    return officer.acknowledged, [f"{type(error).__name__}: {error}" for error in officer.refused]


@pytest.fixture(scope="module")
def folder() -> Iterator[Path]:
    """A folder that any user can reach; those of pytest are closed to others."""
    with tempfile.TemporaryDirectory() as name:
        Path(name).chmod(0o755)
        yield Path(name)


@pytest.fixture(scope="module")
def without_right(new_file: Path, folder: Path) -> dict[str, tuple[list[str], list[str]]]:
    """What was acknowledged and refused in each case."""
    for case in CASES:
        (folder / case).mkdir()
        shutil.copy(new_file, folder / case / "durham.sqlite")
    code = "import sys, pathlib, tests.faults.test_file_harmed as t; t.do_every_case(pathlib.Path(sys.argv[1]))"
    words = [sys.executable, "-c", code, str(folder)]
    done = subprocess.run(words, cwd=ROOT, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 0, done.stderr
    return {case: (acknowledged, refused) for case, acknowledged, refused in map(json.loads, done.stdout.splitlines())}


@pytest.mark.skipif(sys.platform == "win32", reason="modes of files are POSIX")
@pytest.mark.parametrize("case", CASES)
def test_without_the_right_to_write_a_save_is_in_the_file_or_refused(
    folder: Path, without_right: dict[str, tuple[list[str], list[str]]], case: str
) -> None:
    acknowledged, refused = without_right[case]
    assert len(refused) + len(acknowledged) == SAVES + 1
    assert refused and all(said.startswith("CannotWrite: ") for said in refused)
    assert set(acknowledged) <= names_in(folder / case / "durham.sqlite")
    assert problems_of(folder / case / "durham.sqlite") == []


@pytest.mark.parametrize("is_explained", [True, False])
def test_a_refusal_to_write_is_a_sentence_and_no_fault(
    place: Place, monkeypatch: pytest.MonkeyPatch, is_explained: bool
) -> None:
    """Without the explanation, the negative control: the same refusal would be shown as a fault of the program."""
    if not is_explained:
        monkeypatch.setattr("db.store.explained", nullcontext)
        monkeypatch.setattr(connection, "explained", nullcontext)
    place.officer.store.connection.raw.execute("pragma query_only = on")
    with pytest.raises(CannotWrite if is_explained else sqlite3.OperationalError):
        place.officer.store.apply(Edit(after=(Provider(id=new_id(), name="Kent"),)))
    place.officer.store.connection.raw.execute("pragma query_only = off")
    place.officer.save()
    assert set(place.officer.acknowledged) <= names_in(place.path)
    assert "Kent" not in names_in(place.path)

"""A copy in steps: what it holds, how saves start it again, and how it stops."""

import shutil
import sqlite3
import subprocess
import sys
import threading
import time
from contextlib import closing, contextmanager

import pytest

from db import snapshot as module
from db.edit import Edit
from db.errors import Busy, Damaged, NotOurs
from db.records import Provider, new_id
from db.snapshot import Cancelled, snapshot
from db.store import Store


@pytest.fixture
def durham(sample_file, tmp_path):
    opened = Store.open(shutil.copy(sample_file, tmp_path / "durham.sqlite"))
    yield opened
    opened.close()


def save(store, name=None):
    """One more provider; how many seconds it took."""
    provider = Provider(id=new_id(), name=name or new_id())
    start = time.perf_counter()
    store.apply(Edit(after=(provider,)), "Add provider")
    return time.perf_counter() - start


def names(path):
    with closing(sqlite3.connect(path)) as raw:
        assert raw.execute("pragma integrity_check").fetchone() == ("ok",)
        return {row[0] for row in raw.execute("select name from provider")}


def test_it_holds_what_the_open_file_holds(durham, tmp_path):
    told = []
    assert snapshot(durham.path, tmp_path / "out", on_progress=told.append) == 0
    assert names(tmp_path / "out") == {"Durham County Council"}
    assert told == sorted(told)
    assert told[-1] == 1.0


def test_a_save_starts_it_again_and_is_in_it(durham, tmp_path):
    def on_progress(share):
        if share > 0.5 and not saved:
            saved.append(save(durham, "Kent"))

    saved = []
    restarts = snapshot(durham.path, tmp_path / "out", pages_per_step=20, on_progress=on_progress)
    assert restarts == 1
    assert "Kent" in names(tmp_path / "out")


def test_after_the_second_restart_it_asks_for_an_undisturbed_pass(durham, tmp_path):
    log = []

    @contextmanager
    def hold_saves():
        log.append("held")
        yield
        log.append("released")

    def on_progress(_share):
        if "held" not in log:
            log.append("saved")
            save(durham)

    restarts = snapshot(
        durham.path, tmp_path / "out", pages_per_step=20, on_progress=on_progress, hold_saves=hold_saves
    )
    assert restarts == 2
    assert log[-2:] == ["held", "released"]


def test_a_file_that_is_saved_all_the_time_is_given_up(durham, tmp_path, monkeypatch):
    monkeypatch.setattr(module, "MOST_RESTARTS", 4)
    with pytest.raises(Busy, match="saved all the time"):
        snapshot(durham.path, tmp_path / "out", pages_per_step=20, on_progress=lambda _share: save(durham))


def test_a_file_that_stays_locked_is_given_up(durham, tmp_path, monkeypatch):
    monkeypatch.setattr(module, "MOST_WAIT_S", 0.1)
    with closing(sqlite3.connect(durham.path, isolation_level=None)) as other:
        other.execute("begin exclusive")
        with pytest.raises(Busy, match="locked"):
            snapshot(durham.path, tmp_path / "out")


def test_it_stops_when_asked(durham, tmp_path):
    shares = []
    with pytest.raises(Cancelled):
        snapshot(
            durham.path,
            tmp_path / "out",
            pages_per_step=20,
            on_progress=shares.append,
            is_cancelled=lambda: len(shares) > 2,
        )
    assert len(shares) == 3


def test_a_save_in_the_middle_of_a_step_is_never_refused(durham, tmp_path):
    taken = []
    worker = threading.Thread(
        target=lambda: snapshot(durham.path, tmp_path / "out", pages_per_step=10, pause_s=0.005), daemon=True
    )
    worker.start()
    while worker.is_alive():
        taken.append(save(durham))
        time.sleep(0.02)
    assert max(taken) < 0.1


def test_without_steps_a_save_is_refused(durham):
    """The negative control: a reader that stays in the file."""
    with closing(sqlite3.connect(durham.path, isolation_level=None)) as reader:
        reader.execute("begin")
        reader.execute("select * from quote").fetchone()
        with pytest.raises(Busy):
            save(durham)


@pytest.mark.parametrize("content", [b"", b"PK" * 400])
def test_other_files_are_refused(tmp_path, content):
    (tmp_path / "in").write_bytes(content)
    with pytest.raises(NotOurs, match="not an inspection log"):
        snapshot(tmp_path / "in", tmp_path / "out")
    with pytest.raises(NotOurs, match="There is no file"):
        snapshot(tmp_path / "none", tmp_path / "out")


def test_a_file_cut_short_is_damaged_here_or_when_it_is_checked(sample_file, tmp_path):
    cut = tmp_path / "cut.sqlite"
    cut.write_bytes(sample_file.read_bytes()[: 4096 * 20])
    with pytest.raises(Damaged):
        read_through_a_snapshot(cut, tmp_path / "out")


def read_through_a_snapshot(path, out):
    snapshot(path, out)
    Store.open(out)


HOLDER = """
import sys, sqlite3
raw = sqlite3.connect(sys.argv[1], isolation_level=None, timeout=0)
try:
    raw.execute("begin immediate")
    print("got it")
except sqlite3.OperationalError:
    print("locked")
"""


def _other_process_gets_the_lock(path):
    ended = subprocess.run([sys.executable, "-c", HOLDER, str(path)], capture_output=True, text=True, check=True)
    return ended.stdout.strip() == "got it"


@pytest.mark.skipif(sys.platform == "win32", reason="only POSIX drops a process's locks when it closes a file")
def test_it_leaves_a_save_its_lock_and_opening_the_file_itself_would_not(durham, tmp_path):
    raw = durham.connection.raw
    raw.execute("begin immediate")
    snapshot(durham.path, tmp_path / "copy.sqlite")
    assert not _other_process_gets_the_lock(durham.path)
    durham.path.open("rb").close()
    assert _other_process_gets_the_lock(durham.path), "the trap that the snapshot avoids"
    raw.execute("rollback")


@pytest.mark.skipif(sys.platform == "win32", reason="only POSIX drops a process's locks when it closes a file")
def test_opening_for_reading_leaves_a_save_its_lock(durham):
    raw = durham.connection.raw
    raw.execute("begin immediate")
    Store.open(durham.path, is_read_only=True).close()
    assert not _other_process_gets_the_lock(durham.path)
    raw.execute("rollback")

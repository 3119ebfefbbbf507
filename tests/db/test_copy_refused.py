"""A copy that cannot be written: refused with a sentence, nothing lost, no part file left."""

import os
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from db import copy as module
from db import whole_file
from db.copy import write_copy
from db.edit import Edit
from db.errors import CannotWrite, Damaged, NotOurs
from db.records import Provider, new_id
from db.snapshot import Cancelled
from db.store import Store

ROOT = Path(__file__).parents[2]


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


@pytest.mark.parametrize("name", ["durham.sqlite", "link.sqlite"])
def test_the_file_itself_is_never_the_target(durham, name):
    other = durham.path.with_name(name)
    if name.startswith("link"):
        os.link(durham.path, other)
    before = durham.path.read_bytes()
    with pytest.raises(CannotWrite, match="cannot take the place of the file itself"):
        write_copy(durham.path, other, replace=True)
    assert durham.path.read_bytes() == before


def test_what_stands_there_is_replaced_only_when_asked(durham, target):
    target.write_text("A letter")
    with pytest.raises(CannotWrite, match="exists already"):
        write_copy(durham.path, target)
    assert target.read_text() == "A letter"
    write_copy(durham.path, target, replace=True)
    Store.open(target).close()
    assert left_in(target) == ["copy.sqlite"]


def test_a_file_that_is_open_is_not_replaced(durham, target, new_file):
    shutil.copy(new_file, target)
    with closing(Store.open(target)) as other:
        other.apply(Edit(after=(Provider(id=new_id(), name="Kent"),)))
        with pytest.raises(CannotWrite, match="is open in a program"):
            write_copy(durham.path, target, replace=True)


def test_places_that_cannot_be_are_explained(durham, target):
    with pytest.raises(CannotWrite, match="There is no folder"):
        write_copy(durham.path, target.parent / "none" / "copy.sqlite")
    with pytest.raises(CannotWrite, match="is a folder"):
        write_copy(durham.path, target.parent)
    with pytest.raises(CannotWrite):
        write_copy(durham.path, target.with_name("x" * 300))
    with pytest.raises(NotOurs, match="There is no file"):
        write_copy(target.with_name("none"), target)
    assert left_in(target) == []


@pytest.mark.parametrize("phase", ["Reading the file", "Leaving out what was deleted", "Writing the copy", "Checking"])
def test_cancelled_at_any_point_nothing_is_left(durham, target, phase):
    reached = []
    target.write_text("A letter")
    with pytest.raises(Cancelled, match="Nothing was written"):
        write_copy(
            durham.path,
            target,
            replace=True,
            on_progress=lambda _share, doing: doing.startswith(phase) and reached.append(doing),
            is_cancelled=lambda: bool(reached),
        )
    assert target.read_text() == "A letter"
    assert left_in(target) == ["copy.sqlite"]


def test_a_copy_that_is_not_sound_is_thrown_away(durham, target, monkeypatch):
    def lose_a_page(part):
        with part.open("rb+") as handle:
            handle.seek(4096 * 30)
            handle.write(bytes(4096))

    monkeypatch.setattr(module, "sync", lose_a_page)
    with pytest.raises(Damaged):
        write_copy(durham.path, target)
    assert left_in(target) == []


def test_a_target_that_is_held_for_a_moment_is_waited_for(durham, target, monkeypatch):
    refusals = [PermissionError(13, "held")] * 2
    real = os.replace

    def held(part, name):
        if refusals:
            raise refusals.pop()
        real(part, name)

    monkeypatch.setattr(whole_file.os, "replace", held)
    write_copy(durham.path, target)
    assert left_in(target) == ["copy.sqlite"]


def test_a_target_that_stays_held_is_explained(durham, target, monkeypatch):
    def held(_part, _name):
        raise PermissionError(13, "held")

    monkeypatch.setattr(whole_file.os, "replace", held)
    with pytest.raises(CannotWrite, match="held by another program"):
        write_copy(durham.path, target)
    assert left_in(target) == []


FULL_DISK = """
import resource, sys
from pathlib import Path
from db import copy
from db.errors import StoreError
real = getattr(copy, sys.argv[3])
def limited(*given, **named):
    resource.setrlimit(resource.RLIMIT_FSIZE, (300_000, 300_000))
    return real(*given, **named)
setattr(copy, sys.argv[3], limited)
try:
    copy.write_copy(Path(sys.argv[1]), Path(sys.argv[2]))
except StoreError as error:
    print(error)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="limits of a process are POSIX")
@pytest.mark.parametrize("phase", ["snapshot", "_prepare", "_write"])
def test_a_full_disk_is_explained_and_leaves_nothing(durham, target, phase):
    words = [sys.executable, "-c", FULL_DISK, str(durham.path), str(target), phase]
    done = subprocess.run(words, cwd=ROOT, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 0, done.stderr
    assert "cop" in done.stdout and len(done.stdout.splitlines()) == 1
    assert left_in(target) == []
    with closing(sqlite3.connect(durham.path)) as raw:
        assert raw.execute("pragma integrity_check").fetchone() == ("ok",)

"""A full copy: everything, with its change log, and a manifest that says so; both or neither."""

import hashlib
import json
import shutil
import sqlite3
from contextlib import closing

import pytest

from db import safe_manifest
from db.check import deep_check
from db.copy import IN_A_FULL_COPY, write_copy
from db.errors import CannotWrite
from db.full_copy import write_full_copy
from db.safe_copy import write_safe_copy
from db.store import Store


@pytest.fixture
def durham(sample_file, tmp_path):
    opened = Store.open(shutil.copy(sample_file, tmp_path / "durham.sqlite"))
    yield opened
    opened.close()


@pytest.fixture
def target(tmp_path):
    (tmp_path / "out").mkdir()
    return tmp_path / "out" / "copy.sqlite"


def left_in(target):
    return sorted(path.name for path in target.parent.iterdir())


def test_it_holds_the_log_and_both_manifests_say_so(durham, target):
    made = write_full_copy(durham.path, target, made_with="Inspection Log 9.9")
    told = json.loads(target.with_name("copy.manifest.json").read_text(encoding="utf-8"))
    assert told["sha256"] == hashlib.sha256(target.read_bytes()).hexdigest()
    assert (told["file"], told["what"], told["with_change_log"]) == ("copy.sqlite", "Full copy", True)
    assert (told["size_bytes"], told["made_with"]) == (made.size_bytes, "Inspection Log 9.9")
    assert (told["counts"]["quotes"], told["left_out"]) == (102, [])
    assert told["left_out_always"] == IN_A_FULL_COPY
    with closing(sqlite3.connect(target)) as raw, closing(sqlite3.connect(durham.path)) as ours:
        about = dict(raw.execute("select key, value from about_this_file").fetchall())
        counts = [one.execute("select count(*) from deed").fetchone() for one in (raw, ours)]
    assert about["left_out"] == IN_A_FULL_COPY and about["made_with"] == "Inspection Log 9.9"
    assert counts[0] == counts[1]
    assert deep_check(target).is_sound


@pytest.mark.parametrize("taken", ["copy.sqlite", "copy.manifest.json"])
def test_what_stands_there_is_replaced_only_when_asked(durham, target, taken):
    target.with_name(taken).write_text("A letter")
    with pytest.raises(CannotWrite, match="exists already"):
        write_full_copy(durham.path, target)
    assert left_in(target) == [taken] and target.with_name(taken).read_text() == "A letter"
    write_full_copy(durham.path, target, replace=True)
    assert left_in(target) == ["copy.manifest.json", "copy.sqlite"]


@pytest.mark.parametrize("write", [write_full_copy, write_safe_copy])
def test_a_disk_that_is_full_when_the_manifest_comes_leaves_neither(durham, target, monkeypatch, write):
    def full(_parts, _texts):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(safe_manifest, "write", full)
    with pytest.raises(CannotWrite, match="The disk is full"):
        write(durham.path, target)
    assert left_in(target) == []


def test_a_copy_without_a_manifest_to_come_stands_there(durham, target, monkeypatch):
    """The negative control: what writes no manifest is not stopped by it."""
    monkeypatch.setattr(safe_manifest, "write", lambda *_: pytest.fail("no manifest was asked for"))
    write_copy(durham.path, target, with_log=True)
    assert left_in(target) == ["copy.sqlite"]

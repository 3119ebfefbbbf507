"""A migration killed at each of its steps, or cut off by a power cut: the file is old or new, never between.

The backup that `Store.open` makes before it is left out here: what is shown holds without it.
"""

import shutil
import sqlite3
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from random import Random

import pytest

from db import schema
from db.connection import open_file
from db.store import Store
from tests.faults.nursery import Nursery, forks
from tests.faults.older_files import WITH_LOG, contents, older_file
from tests.faults.recording_disk import Op, library, recording
from tests.faults.simulated_disk import WAYS, SimulatedDisk, put
from tests.faults.soundness import fingerprint, problems, records_of, told

OLDER = range(1, schema.VERSION)
KILLS, CUTS = 2, 1
CUTS_BY_HAND = 40
NEVER = 0
SIGKILL = 9


@pytest.fixture(scope="module")
def nursery() -> Iterator[Nursery]:
    with Nursery() as warm:
        yield warm


def said(path: Path) -> str:
    with closing(sqlite3.connect(path)) as raw:
        return fingerprint(raw)


def state(path: Path, old: str) -> str:
    """What a file is after a cut, looked at in a copy: "old", "new" or "between"."""
    looked_at = path.parent / "looked at"
    looked_at.mkdir()
    for file in path.parent.glob(f"{path.name}*"):
        shutil.copy(file, looked_at)
    try:
        with closing(sqlite3.connect(looked_at / path.name)) as raw:
            if fingerprint(raw) == old:
                return "old"
            is_new = raw.execute("pragma user_version").fetchone() == (schema.VERSION,)
            return "new" if is_new and schema.listing(raw) == schema.committed(schema.VERSION) else "between"
    finally:
        shutil.rmtree(looked_at)


def assert_migrates(path: Path, version: int) -> None:
    """Opened again, the file is of the newest version, sound, and holds every record."""
    no_log = ["the change log tells other records than the file holds"] if version < WITH_LOG else []
    with closing(Store(open_file(path))) as store:
        assert problems(store) == no_log
        assert records_of(store) == told(contents(version))


def kill(nursery: Nursery, old_file: Path, folder: Path, statement: int, harm: str = "") -> tuple[Path, str]:
    """Kill a migration as it begins a statement; return the file and what it is now."""
    path = Path(shutil.copy(old_file, folder / f"{statement}.sqlite"))
    ended = nursery.run("migrate_until", {"path": str(path), "statement": statement, "harm": harm})
    assert ended.signal == SIGKILL
    return path, state(path, said(old_file))


def how_many(nursery: Nursery, old_file: Path, folder: Path) -> int:
    """How many statements opening and migrating takes."""
    path = shutil.copy(old_file, folder / "whole.sqlite")
    (count,) = nursery.run("migrate_until", {"path": str(path), "statement": NEVER}).lines
    return int(count)


def spread(most: int, wanted: int) -> list[int]:
    """Numbers from 1 to `most`, the last three among them, where the commit is."""
    return sorted({*Random(most).sample(range(1, most + 1), min(wanted, most)), *range(most - 2, most + 1)})


@forks
@pytest.mark.parametrize("version", OLDER)
def test_a_killed_migration_leaves_the_old_file_or_the_new_one(nursery: Nursery, tmp_path: Path, version: int) -> None:
    old_file = older_file(tmp_path / "old", version)
    for statement in spread(how_many(nursery, old_file, tmp_path), KILLS):
        path, found = kill(nursery, old_file, tmp_path, statement)
        assert found in ("old", "new")
        assert_migrates(path, version)


@forks
@pytest.mark.long
@pytest.mark.parametrize("version", OLDER)
def test_a_migration_killed_at_every_statement(nursery: Nursery, tmp_path: Path, version: int) -> None:
    old_file = older_file(tmp_path / "old", version)
    seen: Counter[str] = Counter()
    for statement in range(1, how_many(nursery, old_file, tmp_path) + 1):
        path, found = kill(nursery, old_file, tmp_path, statement)
        seen[found] += 1
        assert_migrates(path, version)
        for left in tmp_path.glob(f"{path.stem}*"):
            left.unlink()
    print(f"\nversion {version}, {seen.total()} kills: {dict(seen)}")
    assert set(seen) == {"old", "new"}


@forks
def test_steps_committed_one_by_one_leave_a_file_between(nursery: Nursery, tmp_path: Path) -> None:
    """The negative control: without the one transaction."""
    old_file = older_file(tmp_path / "old", 1)
    most = how_many(nursery, old_file, tmp_path)
    found = {kill(nursery, old_file, tmp_path, most * part // 8, "one by one")[1] for part in range(2, 8)}
    assert "between" in found


def cut_power(old_file: Path, folder: Path, cuts: int, version: int) -> Counter[str]:
    """Cut the power while a file is migrated, at points spread over it, and count what is found."""
    (folder / "live").mkdir()
    path = Path(shutil.copy(old_file, folder / "live" / "inspections.sqlite"))
    disk, chance, old = SimulatedDisk({path.name: path.read_bytes()}), Random(version), said(old_file)
    with recording(path.parent) as recorder:
        open_file(path).close()
    ops = [*recorder.ops, Op("sync folder")]
    points = {*chance.sample(range(len(ops)), min(cuts, len(ops)))}
    points |= {number for number, op in enumerate(ops) if op.kind == "sync folder"}
    seen: Counter[str] = Counter()
    for number, op in enumerate(ops):
        for way in WAYS if number in points else ():
            found = folder / f"{number} {way}"
            put(disk.after_power_cut(way, chance), found)
            seen[state(found / path.name, old)] += 1
            assert_migrates(found / path.name, version)
            shutil.rmtree(found)
        disk.do(op)
    return seen


@pytest.mark.skipif(library() is None, reason="the library of Python's sqlite3 cannot be reached")
@pytest.mark.parametrize(
    ("version", "cuts"),
    [(OLDER[-1], CUTS), *(pytest.param(version, CUTS_BY_HAND, marks=pytest.mark.long) for version in OLDER)],
)
def test_a_power_cut_while_migrating_leaves_the_old_file_or_the_new_one(
    tmp_path: Path, version: int, cuts: int
) -> None:
    seen = cut_power(older_file(tmp_path / "old", version), tmp_path, cuts, version)
    print(f"\nversion {version}, {seen.total()} power cuts: {dict(seen)}")
    assert set(seen) == {"old", "new"}

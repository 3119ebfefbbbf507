"""Power cut at any point of a save: what was acknowledged is there, the save on its way is whole or not there."""

import shutil
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from random import Random

import pytest

from db.errors import StoreError
from db.explaining import DAMAGE
from db.store import Store
from tests.faults.jobs import deeds
from tests.faults.recording_disk import Op, library, recording
from tests.faults.simulated_disk import Files, SimulatedDisk, put
from tests.faults.soundness import fingerprint

SAVES, CUTS = 4, 50
CUTS_WITHOUT_PROTECTION = 30
SAVES_BY_HAND, CUTS_BY_HAND = 40, 4_000
DEFAULTS = ("journal_mode = delete", "synchronous = full")
NEVER_SYNCED = ("synchronous = off",)
SMALL_CACHE = ("cache_size = 8",)  # a save that outgrows memory writes to the file before it is complete

pytestmark = pytest.mark.skipif(
    library() is None, reason="the library of Python's sqlite3 cannot be reached: not Linux, or built into Python"
)


@dataclass(frozen=True, slots=True)
class Recording:
    """Some saves as the disk saw them, and what the file told after each, the first before any."""

    before: Files
    ops: Sequence[Op]
    told: Sequence[str]


def record(path: Path, saves: int, pragmas: Sequence[str]) -> Recording:
    """Open a file, save some deeds, close it; everything that is asked of the disk is recorded."""
    before = {path.name: path.read_bytes()}
    with recording(path.parent) as recorder, closing(Store.open(path)) as store:
        raw = store.connection.raw
        for pragma in pragmas:
            raw.execute(f"pragma {pragma}")
        told = [fingerprint(raw)]
        recorder.saved(0)
        for edit in islice(deeds(store, Random(saves)), saves):
            assert store.apply(edit).deed_id
            told.append(fingerprint(raw))
            recorder.saved(len(told) - 1)
    return Recording(before, recorder.ops, told)


def cuts(recorded: Recording, most: int) -> Iterator[tuple[int, Files]]:
    """What is found after a power cut at any point, and how many saves were acknowledged by then; never twice the same.

    What is certain at each point comes first, then as many of the other outcomes as are wanted.
    """
    chance = Random(most)
    certain, possible = [], []
    for point in range(len(recorded.ops) + 1):
        certain.append((point, "dropped"))
        possible += [(point, "kept"), *[(point, "some")] * 8]
    wanted = sorted(certain + chance.sample(possible, min(most, len(possible))), key=lambda cut: cut[0])
    disk, done, seen = SimulatedDisk(recorded.before), 0, set[object]()
    for point, way in wanted:
        for op in recorded.ops[done:point]:
            disk.do(op)
        done = point
        files = disk.after_power_cut(way, chance)
        key = (disk.saved, frozenset((name, hash(content)) for name, content in files.items()))
        if key not in seen:
            seen.add(key)
            yield disk.saved, files


def verdict(folder: Path, files: Files, saved: int, told: Sequence[str]) -> str:
    """What became of the saves: "sound", "lost", "mixed" or "damaged"."""
    put(files, folder)
    main = next(name for name in files if not name.endswith("-journal"))
    try:
        with closing(Store.open(folder / main)) as store:
            raw = store.connection.raw
            if raw.execute("pragma integrity_check").fetchall() != [("ok",)]:
                return "damaged"
            found = fingerprint(raw)
    except (StoreError, *DAMAGE):
        return "damaged"
    if found in told[saved : saved + 2]:
        return "sound"
    return "lost" if found in told else "mixed"


def cut_power(new_file: Path, folder: Path, saves: int, most: int, pragmas: Sequence[str] = ()) -> Counter[str]:
    """Record some saves, cut the power at every point of them, and count what became of them."""
    (folder / "live").mkdir()
    path = Path(shutil.copy(new_file, folder / "live" / "inspections.sqlite"))
    recorded = record(path, saves, pragmas)
    seen: Counter[str] = Counter()
    for number, (saved, files) in enumerate(cuts(recorded, most)):
        seen[verdict(folder / str(number), files, saved, recorded.told)] += 1
        shutil.rmtree(folder / str(number))
    shutil.rmtree(folder / "live")
    return seen


@pytest.mark.parametrize("pragmas", [(), SMALL_CACHE], ids=["ordinary saves", "saves that outgrow memory"])
def test_no_power_cut_takes_a_save_back_or_leaves_half_of_one(
    new_file: Path, tmp_path: Path, pragmas: Sequence[str]
) -> None:
    seen = cut_power(new_file, tmp_path, SAVES, CUTS, pragmas)
    assert set(seen) == {"sound"}, seen
    assert seen["sound"] > CUTS / 2


def test_with_the_defaults_of_sqlite_the_last_save_is_lost(new_file: Path, tmp_path: Path) -> None:
    """A negative control: the journal's removal is not on the disk, so the save is rolled back again."""
    assert cut_power(new_file, tmp_path, SAVES, CUTS_WITHOUT_PROTECTION, DEFAULTS)["lost"]


def test_without_syncs_the_file_is_damaged(new_file: Path, tmp_path: Path) -> None:
    """A negative control."""
    seen = cut_power(new_file, tmp_path, SAVES, CUTS_WITHOUT_PROTECTION, NEVER_SYNCED)
    assert seen["damaged"] + seen["mixed"] > seen["sound"] / 10, seen


@pytest.mark.long
@pytest.mark.parametrize("pragmas", [(), SMALL_CACHE, DEFAULTS, NEVER_SYNCED], ids=lambda pragmas: ", ".join(pragmas))
def test_thousands_of_power_cuts(new_file: Path, tmp_path: Path, pragmas: Sequence[str]) -> None:
    seen = cut_power(new_file, tmp_path, SAVES_BY_HAND, CUTS_BY_HAND, pragmas)
    print(f"\n{seen.total()} power cuts, {pragmas or 'our settings'}: {dict(seen)}")
    assert (set(seen) == {"sound"}) is (pragmas in ((), SMALL_CACHE))

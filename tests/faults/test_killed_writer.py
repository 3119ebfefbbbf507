"""A writer killed at random moments: what it acknowledged is there, and nothing is half written."""

import shutil
import sqlite3
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from random import Random

import pytest

from tests.faults.nursery import Nursery, forks
from tests.faults.soundness import problems_of

KILLS = 50
KILLS_BY_HAND = 500
KILLS_BEFORE_A_NEW_FILE = 25
MOST_LINES, MOST_S = 4, 0.03
SIGKILL = 9

pytestmark = forks


@pytest.fixture(scope="module")
def nursery() -> Iterator[Nursery]:
    with Nursery() as warm:
        yield warm


def deeds_in(path: Path) -> set[str]:
    with closing(sqlite3.connect(path)) as raw:
        return {key for (key,) in raw.execute("select id from deed")}


def kill(nursery: Nursery, new_file: Path, folder: Path, kills: int, harm: str = "") -> Counter[str]:
    """Kill that many writers, one after the other in the same file; count what they saved and what was harmed.

    A file that was harmed is not used again.
    """
    chance = Random(kills)
    path = folder / "inspections.sqlite"
    seen: Counter[str] = Counter()
    acknowledged: set[str] = set()
    is_harmed = False
    for number in range(kills):
        if is_harmed or number % KILLS_BEFORE_A_NEW_FILE == 0:
            for left in folder.glob("inspections*"):
                left.unlink()
            shutil.copy(new_file, path)
            acknowledged = set()
        values = {"path": str(path), "seed": chance.randrange(2**32), "harm": harm}
        ended = nursery.run(
            "save_without_end", values, lines=chance.randint(0, MOST_LINES), then_s=chance.uniform(0, MOST_S)
        )
        assert ended.signal == SIGKILL
        acknowledged |= set(ended.lines)
        cut_off = any(left.stat().st_size for left in folder.glob("inspections.sqlite-journal"))
        wrong = problems_of(path)
        lost = set() if wrong else acknowledged - deeds_in(path)
        is_harmed = bool(wrong or lost)
        seen.update(saved=len(ended.lines), cut_off=cut_off, lost=len(lost), half_written=bool(wrong))
    return seen


def test_fifty_killed_writers_lose_nothing_and_leave_nothing_half_written(
    nursery: Nursery, new_file: Path, tmp_path: Path
) -> None:
    seen = kill(nursery, new_file, tmp_path, KILLS)
    assert seen["saved"] > KILLS
    assert (seen["lost"], seen["half_written"]) == (0, 0)


@pytest.mark.long
def test_five_hundred_killed_writers_lose_nothing(nursery: Nursery, new_file: Path, tmp_path: Path) -> None:
    seen = kill(nursery, new_file, tmp_path, KILLS_BY_HAND)
    print(f"\n{KILLS_BY_HAND} kills: {dict(seen)}")
    assert (seen["lost"], seen["half_written"]) == (0, 0)


@pytest.mark.parametrize(("harm", "shows"), [("journal off", "half_written"), ("told early", "lost")])
def test_without_protection_the_same_kills_do_harm(
    nursery: Nursery, new_file: Path, tmp_path: Path, harm: str, shows: str
) -> None:
    """The negative control: no journal, or a save acknowledged before it is one."""
    for _ in range(10):
        seen = kill(nursery, new_file, tmp_path, 10, harm)
        if seen[shows]:
            return
    pytest.fail(f"100 kills with {harm} did no harm: the test sees none")

"""Two programs that write to one file as fast as they can: every acknowledged edit is there, and none half."""

import json
import shutil
import subprocess
import sys
from collections import Counter
from contextlib import ExitStack, closing
from dataclasses import dataclass
from pathlib import Path

import pytest

from db.records import Document, Inspection, Provider, Quote
from db.store import Store
from tests.faults.soundness import problems_of
from tests.faults.two_writers import prepare

ROOT = Path(__file__).parents[2]
WRITERS = 2
EDITS = 20
EDITS_BY_HAND = 500
CONTROL_EDITS = 10
CONTROLS = 10
MOST_S = 300


@dataclass(frozen=True, slots=True)
class Seen:
    """What came of the writing: edits that were acknowledged, and what the file holds."""

    acknowledged: set[str]
    raised: Counter[str]
    counted: int
    families: dict[str, set[str]]

    @property
    def lost(self) -> int:
        """Edits that were acknowledged and that another one wrote over."""
        return len(self.acknowledged) - self.counted

    @property
    def half_written(self) -> set[str]:
        return set.union(*self.families.values()) - set.intersection(*self.families.values())


def written(path: Path, edits: int, harm: str = "") -> Seen:
    """Have two programs make that many edits each in one file, at the same time."""
    shared_id = prepare(path)
    words = [sys.executable, "-m", "tests.faults.two_writers", str(path), shared_id, str(edits), harm]
    with ExitStack() as running:
        writers = [
            running.enter_context(
                subprocess.Popen(words, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
            )
            for _ in range(WRITERS)
        ]
        assert [writer.stdout.readline() for writer in writers] == ["ready\n"] * WRITERS
        for writer in writers:
            writer.stdin.write("go\n")
            writer.stdin.flush()
        results = [json.loads(writer.communicate(timeout=MOST_S)[0]) for writer in writers]
    acknowledged = {name for names, _ in results for name in names}
    return seen(path, shared_id, acknowledged, sum((Counter(raised) for _, raised in results), Counter()))


def seen(path: Path, shared_id: str, acknowledged: set[str], raised: Counter[str]) -> Seen:
    with closing(Store.open(path)) as store:
        shared = store.get(Inspection, shared_id)
        assert shared is not None
        families = {
            "provider": {one.name for one in store.each(Provider)} - {"Durham County Council"},
            "inspection": {one.title for one in store.each(Inspection) if one.id != shared_id},
            "document": {one.title for one in store.each(Document) if one.inspection_ids},
            "quote": {one.text for one in store.each(Quote)},
        }
        return Seen(acknowledged, raised, int(shared.notes), families)


def check(path: Path, found: Seen, edits: int) -> None:
    assert len(found.acknowledged) == WRITERS * edits
    assert found.acknowledged == found.families["provider"]
    assert (found.lost, found.half_written) == (0, set())
    assert problems_of(path) == []
    assert set(found.raised) <= {"Busy", "Stale"}


@pytest.fixture
def path(new_file: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy(new_file, tmp_path / "durham.sqlite"))


def test_two_programs_at_once_lose_nothing_and_leave_nothing_half_written(path: Path) -> None:
    check(path, written(path, EDITS), EDITS)


@pytest.mark.long
def test_two_programs_at_once_lose_nothing_in_a_thousand_edits(path: Path) -> None:
    found = written(path, EDITS_BY_HAND)
    print(f"\n{len(found.acknowledged)} edits acknowledged, {dict(found.raised)} refused and tried again")
    check(path, found, EDITS_BY_HAND)


@pytest.mark.parametrize(("harm", "shows"), [("last one wins", "lost"), ("in pieces", "half_written")])
def test_without_protection_the_same_writing_does_harm(new_file: Path, tmp_path: Path, harm: str, shows: str) -> None:
    """The negative control: no look at what the other one wrote, or no transaction."""
    for number in range(CONTROLS):
        path = Path(shutil.copy(new_file, tmp_path / f"{number}.sqlite"))
        if getattr(written(path, CONTROL_EDITS, harm), shows):
            return
    pytest.fail(f"{CONTROLS} times {harm} did no harm: the test sees none")

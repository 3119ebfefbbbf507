"""Three years of daily backups with a clock that was set wrong twice: the newest good one is always there."""

import shutil
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from db import backup, backup_folder, backup_thinning
from db.backup_thinning import Kept, kept, thin

START = datetime(2026, 11, 22, 8, 0, tzinfo=UTC)
STEP = timedelta(hours=12)
STEPS = 3 * 365 * 2
SPOILT_EACH = 7
AT_MOST = 4 + 14 + 10 + 13  # a backup each 12 hours: those of two days, then days, weeks and months
GOOD, SPOILT = "good", "spoilt"


@pytest.fixture(autouse=True)
def stand_ins(monkeypatch: pytest.MonkeyPatch) -> None:
    """A backup is one word here: whether it can be relied on."""
    monkeypatch.setattr(backup_thinning, "is_good", lambda path: path.read_text() == GOOD)


def clock(step: int) -> datetime:
    """What the machine shows: for a while 400 days too early, later for three days two years too late."""
    true = START + step * STEP
    if 1_000 <= step < 1_200:
        return true - timedelta(days=400)
    return true + timedelta(days=730) if 1_500 <= step < 1_506 else true


def is_lost(place: Path, policy: Kept, *, is_last_protected: bool = True) -> tuple[bool, int]:
    """Whether the newest good backup was ever gone, and how many backups there were at most until then."""
    place.mkdir()
    made: list[Path] = []
    most = 0
    for step in range(STEPS):
        path = place / backup_folder.name(clock(step), "opening")
        path.write_text(GOOD)
        protected = [path.name, *(each.name for each in made[-1:])] if is_last_protected else []
        made.append(path)
        thin(place, clock(step), protected=protected, policy=policy)
        if step % SPOILT_EACH == 3 and path.exists():
            path.write_text(SPOILT)
        # In the order in which they were made, which the clock does not tell.
        if not any(each.exists() and each.read_text() == GOOD for each in made[-2:]):
            return True, most
        if step % 20 == 0:
            most = max(most, len(backup_folder.named(place)))
    return False, most


def by_age_alone(moments: Iterable[datetime], now: datetime) -> set[datetime]:
    return {moment for moment in moments if now - moment <= timedelta(days=30)}


def test_the_newest_good_backup_is_always_there_and_their_number_stays_bounded(tmp_path: Path) -> None:
    lost, most = is_lost(tmp_path / "backups", kept)
    assert not lost
    assert most <= 2 * AT_MOST  # while the clock is behind, those from before stay as well
    left = [moment for moment, _ in backup_folder.named(tmp_path / "backups").values()]
    assert len([moment for moment in left if moment <= clock(STEPS)]) <= AT_MOST


def test_a_policy_by_age_alone_loses_it(tmp_path: Path) -> None:
    """The negative control."""
    lost, _ = is_lost(tmp_path / "backups", by_age_alone, is_last_protected=False)
    assert lost


def moments_of(*days_ago: float) -> set[datetime]:
    return {START - timedelta(days=days) for days in days_ago}


def test_what_is_kept_of_a_long_row() -> None:
    each_12_hours = [START - step * STEP for step in range(STEPS)]
    stay = sorted(kept(each_12_hours, START), reverse=True)
    assert stay[:4] == each_12_hours[:4]
    days = {moment.date() for moment in stay}
    assert {START.date() - timedelta(days=number) for number in range(14)} <= days
    assert {moment.isocalendar()[:2] for moment in each_12_hours[: 10 * 14 - 14]} <= {
        moment.isocalendar()[:2] for moment in stay
    }
    assert len({(moment.year, moment.month) for moment in stay}) == 12
    assert len(stay) <= AT_MOST


def test_a_file_that_rested_for_years_keeps_its_backups() -> None:
    rested = moments_of(2_000, 2_001, 2_002)
    assert kept(rested, START) == rested


def test_those_ahead_of_the_clock_stay() -> None:
    ahead = moments_of(-300, -300.1, -300.2, -5)
    assert kept(ahead | moments_of(0), START) == ahead | moments_of(0)


def test_of_none_none_is_kept() -> None:
    assert kept([], START) == set()


def written(place: Path, moments: Mapping[float, str]) -> dict[float, Path]:
    place.mkdir(exist_ok=True)
    paths = {days: place / backup_folder.name(START - timedelta(days=days), "opening") for days in moments}
    for days, path in paths.items():
        path.write_text(moments[days])
    return paths


def test_a_spoilt_backup_stands_for_no_other(tmp_path: Path) -> None:
    paths = written(tmp_path, {0: GOOD, 10.0: SPOILT, 10.1: SPOILT, 10.2: GOOD, 10.3: GOOD})
    thin(tmp_path, START)
    assert paths[10.2].exists()
    assert not paths[10.3].exists()


def test_without_a_look_at_it_a_spoilt_one_would_replace_the_good(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The negative control."""
    monkeypatch.setattr(backup_thinning, "is_good", lambda _path: True)
    paths = written(tmp_path, {0: GOOD, 10.0: SPOILT, 10.2: GOOD})
    thin(tmp_path, START)
    assert not paths[10.2].exists()


def test_where_all_newer_ones_are_spoilt_the_newest_good_one_stays(tmp_path: Path) -> None:
    paths = written(tmp_path, dict.fromkeys(range(10), SPOILT) | {400.0 + days: GOOD for days in range(40)})
    for _ in range(3):
        thin(tmp_path, START)
    assert paths[400.0].exists()


def test_real_backups_of_a_file_over_a_year_with_the_clock_set_back(
    new_file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.undo()
    monkeypatch.setenv("INSPECTION_LOG_DATA", str(tmp_path / "local data"))
    source = Path(shutil.copy(new_file, tmp_path / "inspections.sqlite"))
    for step in range(20):
        set_back = timedelta(days=200) if 10 <= step < 13 else timedelta()
        made = backup.make(source, "opening", now=START + step * timedelta(days=18) - set_back)
        assert backup_thinning.is_good(made.path)
    assert len(backup.of(source)) < 20

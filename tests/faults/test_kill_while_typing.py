"""A program that is killed while a person types: what was saved is saved, and of the rest only moments are lost."""

import os
import random
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import pytest

from db.drafts import NEW, Drafts
from db.edit import Edit
from db.machine import FOLDER_VARIABLE
from db.records import Quote
from db.store import Store
from desktop_app.draft_keeper import AT_MOST_S, PAUSE_S, DraftKeeper
from desktop_app.main_window import MainWindow
from tests.db.records_from_the_field import DURHAM, DURHAM_2022

ROOT = Path(__file__).parents[2]
KILLS, LONG_KILLS = 2, 30
QUICK_S = (0.15, 0.3)  # the pause and the most that the keeper is given, in place of the real ones
QUICK_BOUND_S = 1.2  # with room for a machine that has much else to do
STALL_S = 0.05  # a longer wait between two keys is the machine's, not the person's
TYPED_S, LONG_TYPED_S = (1.8, 2.4), (6.0, 14.0)
NEVER_S, NEVER = 3600.0, 1_000_000
BOUND_S = 5.0
ENDS_WITHIN_S = 120.0


@dataclass(frozen=True, slots=True)
class Run:
    """How a program is run.

    Attributes:
        typed_s: after how many seconds of typing it dies.
        row: after how many numbers a row is added.
    """

    folder: Path
    typed_s: float
    intervals_s: tuple[float, float] = QUICK_S
    keeps: bool = True
    row: int = NEVER

    @property
    def path(self) -> Path:
        return self.folder / "inspections.sqlite"


@dataclass(frozen=True, slots=True)
class Death:
    """What a killed program had told and what it left.

    Attributes:
        at: when each number was typed, by the program's own clock.
        added: the last number of the rows that it told to be added; -1 where there is none.
    """

    run: Run
    at: list[float]
    added: int
    in_file: list[int]
    in_draft: list[int]

    @property
    def lost(self) -> list[float]:
        """When those numbers were typed that are neither in the file nor among the drafts."""
        kept = {*self.in_file, *self.in_draft}
        assert kept == set(range(len(kept)))  # nothing is missing in between
        return self.at[len(kept) :]


def _typing_s(at: Sequence[float]) -> float:
    """How long a person typed, without the waits that the machine made."""
    return sum(min(after - before, STALL_S) for before, after in pairwise(at))


def _told_before_death(run: Run) -> list[str]:
    words = [sys.executable, "-m", "tests.faults.typing_without_end", run.path, str(run.keeps)]
    words += [*map(str, run.intervals_s), str(run.row)]
    environment = {**os.environ, FOLDER_VARIABLE: str(run.folder / "local data")}
    with subprocess.Popen(words, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True) as typing:
        assert typing.stdout is not None
        rescue = threading.Timer(ENDS_WITHIN_S, typing.kill)
        rescue.start()
        told, at = [], []
        for line in typing.stdout:
            told.append(line)
            if not line.startswith("added"):
                at.append(float(line.split()[0]))
                if _typing_s(at) >= run.typed_s:
                    break
        typing.kill()
        told += typing.stdout.readlines()
        rescue.cancel()
    return [line for line in told if line.endswith("\n")]


def _deaths(runs: Sequence[Run], new_file: Path) -> list[Death]:
    for run in runs:
        run.folder.mkdir()
        shutil.copy(new_file, run.path)
        store = Store.open(run.path)
        store.apply(Edit(after=(DURHAM, DURHAM_2022)))
        store.close()
    with ThreadPoolExecutor(max_workers=3) as pool:
        told = list(pool.map(_told_before_death, runs))
    return [_death(run, lines) for run, lines in zip(runs, told, strict=True)]


def _death(run: Run, told: list[str]) -> Death:
    typed = [line.split() for line in told if not line.startswith("added")]
    added = [int(line.split()[1]) for line in told if line.startswith("added")]
    assert [int(number) for _, number in typed] == list(range(len(typed)))
    store = Store.open(run.path)
    in_file = [int(word) for quote in store.each(Quote) for word in quote.text.split()]
    store.close()
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(FOLDER_VARIABLE, str(run.folder / "local data"))
        kept = Drafts(run.path).read()
    rows = kept.typing[DURHAM_2022.id]["quotes"] if kept else {}
    in_draft = [int(word) for word in rows[NEW].get("text").text.split()] if rows else []  # type: ignore[union-attr]
    return Death(run, [float(at) for at, _ in typed], max(added, default=-1), in_file, in_draft)


@pytest.fixture(scope="module")
def deaths(tmp_path_factory: pytest.TempPathFactory, new_file: Path) -> Iterator[dict[str, list[Death]]]:
    """Some with a keeper; one without, and one whose keeper waits for a pause only, for the controls."""
    folder = tmp_path_factory.mktemp("killed")
    moments = random.Random(20221122)
    rows = (NEVER, *[15] * (KILLS - 1))
    runs = [Run(folder / f"kept-{n}", moments.uniform(*TYPED_S), row=row) for n, row in enumerate(rows)]
    runs.append(Run(folder / "off", TYPED_S[1], keeps=False))
    runs.append(Run(folder / "pause", TYPED_S[1], (TYPED_S[0], NEVER_S)))
    died = _deaths(runs, new_file)
    yield {"kept": died[:KILLS], "off": [died[-2]], "pause": [died[-1]]}
    shutil.rmtree(folder, ignore_errors=True)


def test_only_moments_of_typing_are_lost(deaths: dict[str, list[Death]]) -> None:
    for death in deaths["kept"]:
        assert _typing_s(death.lost) <= QUICK_BOUND_S, death


def test_what_was_saved_is_in_the_file(deaths: dict[str, list[Death]]) -> None:
    for death in deaths["kept"]:
        assert max(death.in_file, default=-1) >= death.added
    assert any(death.added > 0 for death in deaths["kept"])


def test_without_a_keeper_all_of_it_is_lost_and_nothing_is_offered(deaths: dict[str, list[Death]]) -> None:
    (death,) = deaths["off"]
    assert death.in_draft == []
    assert _typing_s(death.lost) > QUICK_BOUND_S


def test_a_keeper_that_only_waits_for_a_pause_loses_more(deaths: dict[str, list[Death]]) -> None:
    (death,) = deaths["pause"]
    assert _typing_s(death.lost) > QUICK_BOUND_S


def test_the_draft_is_offered_once(
    window: MainWindow, deaths: dict[str, list[Death]], monkeypatch: pytest.MonkeyPatch
) -> None:
    death = deaths["kept"][0]
    monkeypatch.setenv(FOLDER_VARIABLE, str(death.run.folder / "local data"))
    window.open_path(death.run.path)
    assert window.workspace is not None and window.inspections is not None
    if own := getattr(window, "keeper", None):
        own.stop()
    pane = window.inspections.pane
    keeper = DraftKeeper(window.workspace, pane, pane)
    question = keeper.offer(window)
    assert question is not None
    question.reject()
    window.open_inspection(DURHAM_2022.id, 2)
    shown = pane.quotes.form.blocks["text"].field.toPlainText()
    assert [int(word) for word in shown.split()] == death.in_draft
    keeper.stop()
    assert DraftKeeper(window.workspace, pane, pane).offer(window) is None


@pytest.mark.long
def test_with_the_real_intervals_at_most_five_seconds_are_lost(tmp_path: Path, new_file: Path) -> None:
    real = (PAUSE_S, AT_MOST_S)
    runs = [
        Run(tmp_path / str(number), random.uniform(*LONG_TYPED_S), real, row=(NEVER, 150)[number % 2])
        for number in range(LONG_KILLS)
    ]
    lost = [death.lost[-1] - death.lost[0] for death in _deaths(runs, new_file) if death.lost]
    print(f"most {max(lost):.2f} s lost, on average {sum(lost) / len(lost):.2f} s")
    assert max(lost) <= BOUND_S

"""Random keys and clicks on every window, and windows opened and closed again: no exception, no widget kept."""

import gc
import shutil
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QApplication, QDialog, QWidget

from db.check import deep_check
from desktop_app import ask
from desktop_app.main_window import MainWindow
from desktop_app.places.inspection_pane import InspectionPane
from tests.faults.random_person import RandomPerson, settle

SEEDS = (1, 2)
EVENTS = 200
EVENTS_BY_HAND = 1_000
TOGETHER = 20
CYCLES = 3
CYCLES_BY_HAND = 500
_DIALOGS = tuple(
    "new_inspection share recently_deleted lists backups history help about check due_next theme_matrix action_plan "
    "import_sheet paper".split()
)

pytestmark = pytest.mark.usefixtures("dressed")


@pytest.fixture
def durham_window(window: MainWindow, sample_file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> MainWindow:
    """The window on a copy of the sample; who is asked for a file names none, and no link is opened."""
    for question in ("new_file", "existing_file", "document_file", "sheet_file", "printer", "save_document_as"):
        monkeypatch.setattr(ask, question, lambda *_: None)
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda _: True)
    window.open_path(shutil.copy(sample_file, tmp_path / "durham.sqlite"))
    return window


def _live_through(window: MainWindow, seed: int, events: int) -> None:
    person = RandomPerson(window, seed)
    deeds = 0
    for _ in range(events // TOGETHER):
        before = _deeds(window)
        person.act(TOGETHER)
        deeds += max(_deeds(window) - before, 0)  # a backup that was put back has fewer
    _is_sound(window)
    assert window.workspace is not None
    while window.workspace.undo():
        pass
    _is_sound(window)
    print(f"seed {seed}: {events} events, {deeds} deeds, {Counter(person.done).most_common(12)}")
    assert deeds, "nothing that was done changed anything"


def _deeds(window: MainWindow) -> int:
    """How many deeds the file's log has."""
    assert window.workspace is not None, "the file is open still"
    return len(window.workspace.store.connection.raw.execute("select 1 from deed").fetchall())


def _is_sound(window: MainWindow) -> None:
    assert window.workspace is not None
    window.workspace.retry()
    report = deep_check(window.workspace.store.path)
    assert report.is_sound, report.findings


@pytest.mark.parametrize("seed", SEEDS)
def test_any_keys_and_clicks_leave_the_window_alive_and_the_file_sound(durham_window: MainWindow, seed: int) -> None:
    _live_through(durham_window, seed, EVENTS)


@pytest.mark.long
@pytest.mark.parametrize("seed", [*SEEDS, 3, 4, 5])
def test_any_keys_and_clicks_by_hand(durham_window: MainWindow, seed: int) -> None:
    _live_through(durham_window, seed, EVENTS_BY_HAND)


def test_a_defect_is_met(durham_window: MainWindow, qtbot: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """The negative control: a place that fails when it shows something is found by the same events."""

    def fail(*_: object) -> None:
        raise LookupError("planted")

    with monkeypatch.context() as planted, qtbot.captureExceptions() as met:
        planted.setattr(InspectionPane, "show_tab", fail)
        for seed in range(5):
            RandomPerson(durham_window, seed).act(TOGETHER)
    assert any("planted" in str(error) for _, error, _ in met)


def _open_and_close(window: MainWindow) -> None:
    for name in _DIALOGS:
        window.commands[name].trigger()
        QApplication.processEvents()
        for dialog in window.findChildren(QDialog):
            dialog.close()
        settle()
    path = window.workspace.store.path  # type: ignore[union-attr]
    window.show_improvement()
    window.show_inspections()
    for tab in range(5):
        window.show_tab(tab)
    window.close_file()
    settle()
    window.open_path(path)
    settle()


def _kept(window: MainWindow, deed: Callable[[MainWindow], None], times: int) -> Counter[str]:
    """Which widgets are more than they were after the first time."""

    def count() -> Counter[str]:
        gc.collect()
        return Counter(type(widget).__name__ for widget in QApplication.allWidgets())

    deed(window)
    before = count()
    for _ in range(times):
        deed(window)
    return count() - before


def test_no_widget_is_kept_by_opening_and_closing(durham_window: MainWindow) -> None:
    assert _kept(durham_window, _open_and_close, CYCLES) == Counter()


@pytest.mark.long
def test_no_widget_is_kept_by_hand(durham_window: MainWindow) -> None:
    assert _kept(durham_window, _open_and_close, CYCLES_BY_HAND) == Counter()


def test_a_dialog_that_stays_is_counted(durham_window: MainWindow) -> None:
    """The negative control: a dialog that is only closed is still there."""

    def open_and_leave(window: MainWindow) -> None:
        dialog = QDialog(window)
        QWidget(dialog)
        dialog.open()
        dialog.close()
        settle()

    assert _kept(durham_window, open_and_leave, CYCLES)["QDialog"] == CYCLES

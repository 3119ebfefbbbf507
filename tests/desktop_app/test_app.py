"""Starting: which file opens, what is asked, and what is said when something is missing or goes wrong."""

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtGui import QGuiApplication

from db.errors import Damaged
from db.records import Inspection, Quote
from desktop_app import app, ask, missing_packages, single_instance
from desktop_app.main_window import MainWindow
from desktop_app.views.fault_dialog import FaultDialog

ROOT = Path(__file__).parents[2]


@pytest.fixture
def said(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, ...]]:
    """What the person would have been told or asked; every question is answered with yes."""
    sentences: list[tuple[str, ...]] = []
    monkeypatch.setattr(ask, "tell", lambda _, *words: sentences.append(words))
    monkeypatch.setattr(ask, "whether", lambda _, *words: bool(sentences.append(words)) or True)
    return sentences


def test_a_file_that_is_asked_for_and_not_there_can_be_made(
    window: MainWindow, said: list[Any], tmp_path: Path
) -> None:
    app.open_or_make(window, tmp_path / "new.sqlite", is_asked_for=True)
    assert said[0][0] == "There is no file new.sqlite."
    assert (tmp_path / "new.sqlite").exists()
    assert window.workspace is not None and window.workspace.store.path.name == "new.sqlite"


def test_the_sample_opens_as_a_copy(window: MainWindow, said: list[Any], tmp_path: Path) -> None:
    app.open_sample(window, tmp_path / "durham.sqlite")
    assert window.workspace is not None
    assert window.workspace.store.count(Inspection) == 15
    assert window.workspace.store.count(Quote) == 102
    assert window.inspections is not None and window.inspections.model.rowCount() == 9
    assert said == []


def test_a_file_of_another_program_is_explained_and_the_one_before_stays_open(
    window: MainWindow, said: list[Any], tmp_path: Path
) -> None:
    other = tmp_path / "photo.sqlite"
    other.write_bytes(b"not a database")
    before = window.workspace
    assert not window.open_path(other)
    assert "is not an inspection log" in said[0][1]
    assert window.workspace is before


@pytest.fixture
def faults(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The details of the fault dialogs that were shown."""
    shown: list[str] = []
    monkeypatch.setattr(FaultDialog, "exec", lambda self: shown.append(self.details.toPlainText()))
    return shown


def test_a_fault_of_ours_is_told_without_what_the_file_says(window: MainWindow, faults: list[str], capsys: Any) -> None:
    try:
        raise LookupError("a sentence of a record")
    except LookupError as fault:
        app._on_fault(window, fault)
    (details,) = faults
    assert "LookupError" in details and "test_app.py" in details and "SQLite" in details
    assert "a sentence of a record" not in details
    assert "Traceback" in capsys.readouterr().err


def test_the_details_of_a_fault_can_be_copied(window: MainWindow) -> None:
    dialog = FaultDialog("LookupError\n  app.py:1 run", window)
    dialog.copy_button.click()
    assert QGuiApplication.clipboard().text() == "LookupError\n  app.py:1 run"
    dialog.deleteLater()


def test_a_name_that_the_computer_refuses_is_explained(window: MainWindow, said: list[Any], tmp_path: Path) -> None:
    app.open_or_make(window, tmp_path / ("x" * 400), is_asked_for=True)
    assert [words[0] for words in said] == ["This file could not be opened."]


def test_a_fault_while_another_is_shown_is_logged_and_not_shown(
    window: MainWindow, monkeypatch: pytest.MonkeyPatch, capsys: Any
) -> None:
    shown: list[str] = []

    def show(dialog: FaultDialog) -> None:
        shown.append(dialog.details.toPlainText().splitlines()[1])
        if len(shown) < 5:
            app._on_fault(window, ValueError("while painting"))

    monkeypatch.setattr(FaultDialog, "exec", show)
    app._on_fault(window, LookupError("no such lane"))
    assert shown == ["LookupError"]
    assert "ValueError: while painting" in capsys.readouterr().err
    app._on_fault(window, KeyError("no such grade"))
    assert shown[1] == "KeyError"


def test_missing_libraries_are_named_with_the_command_that_installs_them(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(missing_packages.sys, "platform", "linux")
    monkeypatch.setattr(missing_packages, "_is_here", lambda _: False)
    advice = missing_packages.advice("libEGL.so.1: cannot open shared object file")
    assert "sudo apt-get install libegl1 libgl1" in advice
    assert "libEGL.so.1" in advice


def test_nothing_missing_is_said_as_such(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(missing_packages, "LIBRARIES", (("libc.so.6", "libc6", "glibc"),))
    assert missing_packages.missing() == []


def test_the_program_starts_shows_its_window_and_ends(tmp_path: Path, sample_file: Path) -> None:
    script = (
        "import sys; from pathlib import Path; from PySide6.QtCore import QSettings, QTimer; "
        "from PySide6.QtWidgets import QApplication; from desktop_app import app; "
        "application = QApplication([]); QTimer.singleShot(1500, application.closeAllWindows); "
        "sys.exit(app.run(Path(sys.argv[1]), QSettings(sys.argv[2], QSettings.Format.IniFormat)))"
    )
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    ended = subprocess.run(
        [sys.executable, "-c", script, str(sample_file), str(tmp_path / "settings.ini")],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert ended.returncode == 0, ended.stderr
    assert "Traceback" not in ended.stderr


def test_a_second_start_with_an_open_file_ends_at_once(
    window: MainWindow, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert window.workspace is not None
    path = window.workspace.store.path
    asked: list[Path] = []
    monkeypatch.setattr(single_instance, "ask_first", lambda wanted: not asked.append(wanted))
    assert app.run(path) == 0
    assert asked == [path]


def test_a_file_that_nobody_has_is_opened_without_asking_anyone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(single_instance, "ask_first", lambda _: pytest.fail("asked"))
    assert not app.is_open_already(tmp_path / "none.sqlite")


def test_damage_that_a_page_meets_is_no_fault_of_the_program(window: MainWindow, faults: list[str]) -> None:
    app._on_fault(window, Damaged("The file is damaged and was left as it is."))
    assert faults == []
    assert window.trouble_bar.text == "The file is damaged and was left as it is."
    assert list(window.trouble_bar.buttons) == ["Backups…", "Check this file"]

"""What every test shares: a file, a window on it, and a person at the keyboard."""

import json
import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")  # before Qt is imported
if sys.dont_write_bytecode:  # each of the programs that tests start would compile everything anew: kept elsewhere
    sys.dont_write_bytecode = False
    sys.pycache_prefix = os.path.join(tempfile.gettempdir(), f"inspection-log-bytecode-{sys.version_info.minor}")
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    os.environ["PYTHONPYCACHEPREFIX"] = sys.pycache_prefix

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QSettings
from PySide6.QtWidgets import QApplication

from db.machine import FOLDER_VARIABLE
from db.store import Store
from desktop_app import ask, file_window, look, safekeeping
from desktop_app.main_window import MainWindow
from desktop_app.settings import Settings
from tests.typist import Typist

SAMPLE = Path(__file__).parents[1] / "resources" / "sample" / "durham.json"


@pytest.fixture(scope="session")
def new_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A new file with the shipped frameworks in it, made once; copy it."""
    path = tmp_path_factory.mktemp("new") / "inspections.sqlite"
    Store.create(path).close()
    return path


@pytest.fixture
def store(new_file: Path, tmp_path: Path) -> Iterator[Store]:
    """An open file with the shipped frameworks in it."""
    opened = Store.open(shutil.copy(new_file, tmp_path / "inspections.sqlite"))
    yield opened
    opened.close()


@pytest.fixture(scope="session")
def sample_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The Durham sample, made once; copy it before changing it."""
    from db.sample_file import make

    path = tmp_path_factory.mktemp("sample") / "durham.sqlite"
    make(path)
    return path


@pytest.fixture(scope="session")
def durham() -> dict[str, Any]:
    """The facts of the sample, as they stand in its file."""
    return json.loads(SAMPLE.read_text(encoding="utf-8"))


@pytest.fixture(autouse=True)
def data_folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """Backups, drafts and the log of a test stand in its own folder."""
    folder = tmp_path / "local data"
    monkeypatch.setenv(FOLDER_VARIABLE, str(folder))
    return folder


@pytest.fixture(autouse=True)
def nothing_by_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    """The look through an opened file, its backup, and newer lists, come when a test asks for them."""
    monkeypatch.setattr(safekeeping, "BEGIN_AFTER_MS", 10**8)
    monkeypatch.setattr(file_window, "UPDATE_AFTER_MS", 10**8)


@pytest.fixture(autouse=True)
def no_widget_stays() -> Iterator[None]:
    """What a test asked to delete later goes now: each later change of the look would dress it again."""
    yield
    if QCoreApplication.instance():
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(QSettings(str(tmp_path / "settings.ini"), QSettings.Format.IniFormat))


@pytest.fixture(autouse=True)
def nobody_is_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    """A question is answered with yes or the first choice, and a sentence needs no one to close it."""
    monkeypatch.setattr(ask, "whether", lambda *_: True)
    monkeypatch.setattr(ask, "tell", lambda *_: None)
    monkeypatch.setattr(ask, "which", lambda *_: 0)


@pytest.fixture
def dressed() -> None:
    """The window has its style sheet, as a person sees it; half of the time that a window takes is its doing."""


@pytest.fixture
def window(
    qtbot: Any, settings: Settings, new_file: Path, tmp_path: Path, request: pytest.FixtureRequest
) -> Iterator[MainWindow]:
    """The whole window, active, on a new file; plain unless a test is `dressed`."""
    application = QApplication.instance()
    assert isinstance(application, QApplication)
    _dress(application, is_plain="dressed" not in request.fixturenames)
    shown = MainWindow(settings)
    shown.show()
    shown.activateWindow()
    qtbot.waitUntil(shown.isActiveWindow)
    shown.open_path(shutil.copy(new_file, tmp_path / "inspections.sqlite"))
    yield shown
    shown.close()
    shown.deleteLater()
    application.processEvents()


def _dress(application: QApplication, *, is_plain: bool) -> None:
    if look.current().name != "light" or bool(application.styleSheet()) is is_plain:
        look.apply(application, "light")
        if is_plain:
            application.setStyleSheet("")


@pytest.fixture
def typist(window: MainWindow) -> Typist:
    return Typist(window)

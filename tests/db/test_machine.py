"""What differs between machines, as far as this one can tell."""

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from db import machine


def test_the_data_folder_can_be_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv(machine.FOLDER_VARIABLE, str(tmp_path / "elsewhere"))
    assert machine.data_folder() == tmp_path / "elsewhere"


@pytest.mark.parametrize(
    ("system", "variable", "ending"),
    [
        ("win32", "LOCALAPPDATA", ("Inspection Log",)),
        ("darwin", "", ("Library", "Application Support", "Inspection Log")),
        ("linux", "XDG_DATA_HOME", ("inspection-log",)),
    ],
)
def test_each_system_has_its_own(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, system: str, variable: str, ending: tuple[str, ...]
) -> None:
    monkeypatch.delenv(machine.FOLDER_VARIABLE)
    monkeypatch.setattr(sys, "platform", system)
    monkeypatch.setattr(Path, "home", lambda: tmp_path)
    if variable:
        monkeypatch.setenv(variable, str(tmp_path))
    assert machine.data_folder() == tmp_path.joinpath(*ending)


def test_a_process_that_ended_is_not_running() -> None:
    ended = subprocess.Popen([sys.executable, "-c", ""])
    ended.wait()
    assert machine.is_running(os.getpid())
    assert not machine.is_running(ended.pid)
    assert not machine.is_running(2**70)


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="only /proc tells of a process nobody waited for")
def test_a_process_that_ended_is_not_running_before_its_parent_asks_how() -> None:
    with subprocess.Popen([sys.executable, "-c", "print()"], stdout=subprocess.PIPE) as ended:
        assert ended.stdout is not None
        ended.stdout.read()  # it ends with what it says
        waited = time.monotonic() + 10
        while machine.is_running(ended.pid) and time.monotonic() < waited:
            time.sleep(0.01)
        os.kill(ended.pid, 0)  # the system still knows it
        assert not machine.is_running(ended.pid)


def test_a_folder_that_cannot_be_synced_stops_nothing(tmp_path: Path) -> None:
    machine.sync_folder(tmp_path)
    machine.sync_folder(tmp_path / "not there")

"""The local log of faults: it rotates, and holds nothing of what a file says."""

import logging
from logging.handlers import RotatingFileHandler
from pathlib import Path

import pytest

from desktop_app import fault_log


@pytest.fixture
def log(data_folder: Path) -> Path:
    """A log that was started, and is stopped again."""
    started = fault_log.start("1.0", "6.11")
    assert started is not None
    yield started  # type: ignore[misc]
    fault_log.stop()


def test_it_names_the_versions(log: Path) -> None:
    assert "Inspection Log 1.0, Qt 6.11, Python 3" in log.read_text(encoding="utf-8")


def test_a_fault_is_logged_without_its_message(log: Path) -> None:
    try:
        try:
            raise KeyError("the words of a quote")
        except KeyError as error:
            raise ValueError("more words of a record") from error
    except ValueError as fault:
        fault_log.fault(fault)
    words = log.read_text(encoding="utf-8")
    assert "ValueError" in words and "KeyError" in words and "test_a_fault_is_logged_without_its_message" in words
    assert "words of" not in words


def test_what_qt_quotes_is_left_out(log: Path) -> None:
    fault_log.message("QLayout: cannot add 'a child' named \"Sam\" to it")
    words = log.read_text(encoding="utf-8")
    assert "cannot add … named … to it" in words


def test_it_never_grows_without_end(log: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    handlers = logging.getLogger("inspection_log").handlers  # pytest listens there as well
    handler = next(one for one in handlers if isinstance(one, RotatingFileHandler))
    handler.maxBytes = 2_000
    for number in range(500):
        fault_log.message(f"warning {number}")
    files = sorted(log.parent.glob("faults.log*"))
    assert len(files) == 1 + fault_log.OLDER_KEPT
    assert all(file.stat().st_size <= 2_000 for file in files)
    assert "warning 499" in log.read_text(encoding="utf-8")


def test_a_folder_that_cannot_be_written_to_stops_nothing(data_folder: Path) -> None:
    data_folder.write_text("a file in the way")
    assert fault_log.start("1.0", "6.11") is None
    fault_log.message("nothing happens")
    fault_log.stop()

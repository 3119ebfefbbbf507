"""The installed Qt is sound, the tables are what we count on, and CI runs what the README says."""

import re
import sqlite3
import sys
from pathlib import Path

from PySide6 import __version__ as qt_version
from PySide6.QtWidgets import QLabel

ROOT = Path(__file__).parents[1]
CALLS = 1000


def test_qt_keeps_its_references_to_none(qtbot: object) -> None:
    """PySide6 6.12.0 on Python 3.11 loses one with each call that returns nothing, and aborts after some thousands."""
    label = QLabel()
    before = sys.getrefcount(None)
    for number in range(CALLS):
        label.setText(str(number))
    lost = before - sys.getrefcount(None)
    assert lost < CALLS / 2, f"PySide6 {qt_version} lost {lost} references to None in {CALLS} calls"


def test_qt_is_a_version_that_was_measured() -> None:
    major, minor = (int(part) for part in qt_version.split(".")[:2])
    assert (6, 8) <= (major, minor) < (6, 12)


def test_sqlite_knows_strict_tables_and_full_text_search() -> None:
    assert sqlite3.sqlite_version_info >= (3, 37, 0)
    connection = sqlite3.connect(":memory:")
    connection.execute("create table fact (words text) strict")
    connection.execute("create virtual table words using fts5(folded)")
    connection.close()


def test_ci_runs_exactly_the_test_command_of_the_readme() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    commands = re.findall(r"^```sh\n(.+)\n```$", readme, re.MULTILINE)
    testing = [command for command in commands if "pytest" in command]
    assert testing
    assert testing[0] in (ROOT / ".ci" / "run").read_text(encoding="utf-8").splitlines()


def test_nothing_committed_names_a_package_index() -> None:
    for name in ("pyproject.toml", "README.md", ".ci/run"):
        assert "simple/" not in (ROOT / name).read_text(encoding="utf-8")

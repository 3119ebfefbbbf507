"""Which floor, and which room, imports what; and how large a module may grow."""

import ast
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
MODULES = sorted(
    path.relative_to(ROOT) for folder in ("db", "desktop_app", "resources") for path in (ROOT / folder).rglob("*.py")
)
WITHOUT_QT = (
    "desktop_app/reading",
    "desktop_app/exchange",
    "desktop_app/command_line.py",
    "desktop_app/command_chosen.py",
    "desktop_app/command_export.py",
    "desktop_app/command_import.py",
    "desktop_app/command_paper.py",
    "desktop_app/command_quote.py",
    "desktop_app/command_read.py",
    "desktop_app/versions.py",
)
SQL_ONLY_IN_DB = {"sqlite3", "sqlite_utils"}
WINDOWS = {"main_window", "improvement_window", "dialogs_window", "safe_window", "file_window", "window_frame", "app"}
ROOMS = {
    "desktop_app/views": {"places", "forms", "tables", "workspace", *WINDOWS},
    "desktop_app/tables": {"places", "forms", "workspace", *WINDOWS},
    "desktop_app/forms": {"places", "workspace", *WINDOWS},
    "desktop_app/reading": {"views", "tables", "forms", "places", "workspace", *WINDOWS},
    "desktop_app/binding.py": {"views", "tables", "forms", "places", "workspace", *WINDOWS},
    "desktop_app/workspace.py": {"views", "tables", "forms", "places", *WINDOWS},
    "desktop_app/places": WINDOWS,
}
MOST_LINES = 300
MOST_LINES_OF_A_FUNCTION = 40


@cache
def _tree(module: Path) -> ast.Module:
    return ast.parse((ROOT / module).read_text(encoding="utf-8"))


@cache
def _imported(module: Path) -> frozenset[str]:
    found: set[str] = set()
    for node in ast.walk(_tree(module)):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{module} imports relatively"
            found |= {node.module or ""} | {f"{node.module}.{alias.name}" for alias in node.names}
    return frozenset(found)


def _packages(module: Path) -> set[str]:
    return {name.partition(".")[0] for name in _imported(module)}


def _under(*rooms: str) -> list[Path]:
    found = [module for module in MODULES if module.as_posix().startswith(rooms)]
    assert found, rooms
    return found


def test_the_file_knows_nothing_of_the_window() -> None:
    assert {m: wrong for m in _under("db/") if (wrong := _packages(m) & {"PySide6", "desktop_app", "resources"})} == {}


def test_sql_is_written_only_in_db() -> None:
    assert {m: wrong for m in _under("desktop_app/") if (wrong := _packages(m) & SQL_ONLY_IN_DB)} == {}


@pytest.mark.parametrize("room", WITHOUT_QT)
def test_rooms_without_qt_have_none(room: str) -> None:
    assert [module for module in _under(room) if "PySide6" in _packages(module)] == []


@pytest.mark.parametrize("room", ROOMS)
def test_signals_go_up_and_calls_go_down(room: str) -> None:
    above = {f"desktop_app.{name}" for name in ROOMS[room]}
    assert {
        f"{module} imports {name}"
        for module in _under(room)
        for name in _imported(module)
        if any(name == other or name.startswith(f"{other}.") for other in above)
    } == set()


def test_sqlite_utils_is_imported_only_where_it_is_used() -> None:
    for module in _under("db/"):
        at_the_top = [node for node in _tree(module).body if isinstance(node, ast.Import | ast.ImportFrom)]
        names = {getattr(node, "module", None) or node.names[0].name for node in at_the_top}
        assert not {name for name in names if str(name).startswith("sqlite_utils")}, module


def test_modules_and_functions_stay_small() -> None:
    found: list[str] = []
    for module in MODULES:
        if (lines := len((ROOT / module).read_text(encoding="utf-8").splitlines())) > MOST_LINES:
            found.append(f"{module} has {lines} lines")
        for node in ast.walk(_tree(module)):
            if isinstance(node, ast.FunctionDef) and (node.end_lineno or 0) - node.lineno >= MOST_LINES_OF_A_FUNCTION:
                found.append(f"{module}: {node.name} is too long")
    assert found == []


def test_every_module_says_what_it_is() -> None:
    silent = [m for m in MODULES if (ROOT / m).stat().st_size and not ast.get_docstring(_tree(m))]
    assert silent == []

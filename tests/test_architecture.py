"""Which floor, and which room, imports what; and how large a module may grow."""

import ast
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
    "desktop_app/command_export.py",
    "desktop_app/command_paper.py",
    "desktop_app/command_quote.py",
    "desktop_app/command_read.py",
    "desktop_app/versions.py",
)
SQL_ONLY_IN_DB = {"sqlite3", "sqlite_utils"}
WINDOWS = {"main_window", "dialogs_window", "safe_window", "file_window", "window_frame", "app"}
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


def _tree(module: Path) -> ast.Module:
    return ast.parse((ROOT / module).read_text(encoding="utf-8"))


def _imported(module: Path) -> set[str]:
    found: set[str] = set()
    for node in ast.walk(_tree(module)):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{module} imports relatively"
            found |= {node.module or ""} | {f"{node.module}.{alias.name}" for alias in node.names}
    return found


def _packages(module: Path) -> set[str]:
    return {name.partition(".")[0] for name in _imported(module)}


@pytest.mark.parametrize("module", [m for m in MODULES if m.parts[0] == "db"], ids=str)
def test_the_file_knows_nothing_of_the_window(module: Path) -> None:
    assert not _packages(module) & {"PySide6", "desktop_app", "resources"}


@pytest.mark.parametrize("module", [m for m in MODULES if m.parts[0] == "desktop_app"], ids=str)
def test_sql_is_written_only_in_db(module: Path) -> None:
    assert not _packages(module) & SQL_ONLY_IN_DB


@pytest.mark.parametrize("module", [m for m in MODULES if m.as_posix().startswith(WITHOUT_QT)], ids=str)
def test_rooms_without_qt_have_none(module: Path) -> None:
    assert "PySide6" not in _packages(module)


@pytest.mark.parametrize("module", [m for m in MODULES if m.as_posix().startswith(tuple(ROOMS))], ids=str)
def test_signals_go_up_and_calls_go_down(module: Path) -> None:
    room = next(room for room in ROOMS if module.as_posix().startswith(room))
    above = {f"desktop_app.{name}" for name in ROOMS[room]}
    imported = _imported(module)
    assert not {name for name in imported for other in above if name == other or name.startswith(f"{other}.")}


@pytest.mark.parametrize("module", [m for m in MODULES if m.parts[0] == "db"], ids=str)
def test_sqlite_utils_is_imported_only_where_it_is_used(module: Path) -> None:
    at_the_top = [node for node in _tree(module).body if isinstance(node, ast.Import | ast.ImportFrom)]
    names = {getattr(node, "module", None) or node.names[0].name for node in at_the_top}
    assert not {name for name in names if str(name).startswith("sqlite_utils")}


@pytest.mark.parametrize("module", MODULES, ids=str)
def test_modules_and_functions_stay_small(module: Path) -> None:
    assert len((ROOT / module).read_text(encoding="utf-8").splitlines()) <= MOST_LINES
    for node in ast.walk(_tree(module)):
        if isinstance(node, ast.FunctionDef):
            assert (node.end_lineno or 0) - node.lineno < MOST_LINES_OF_A_FUNCTION, node.name


@pytest.mark.parametrize("module", MODULES, ids=str)
def test_every_module_says_what_it_is(module: Path) -> None:
    if (ROOT / module).stat().st_size:
        assert ast.get_docstring(_tree(module))

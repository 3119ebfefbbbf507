"""Themes by inspection as a grid: walked by keyboard, read as sentences, its words beside it, copied as a table."""

import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest

from db.edit import Edit
from db.records import AreaForImprovement, Provider, new_id
from db.store import Store
from desktop_app.main_window import MainWindow
from desktop_app.places.matrix_dialog import HINT, NOTHING, MatrixDialog
from desktop_app.workspace import Workspace

KEY = Qt.Key
SAYS = Qt.ItemDataRole.AccessibleTextRole


@pytest.fixture
def workspace(sample_file: Path, tmp_path: Path) -> Iterator[Workspace]:
    opened = Workspace(Store.open(shutil.copy(sample_file, tmp_path / "durham.sqlite")))
    yield opened
    opened.close()


@pytest.fixture
def dialog(qtbot: Any, workspace: Workspace) -> MatrixDialog:
    shown = MatrixDialog(workspace, None)
    shown.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    qtbot.addWidget(shown)
    shown.show()
    shown.activateWindow()
    qtbot.waitUntil(shown.grid.hasFocus)
    return shown


def words(dialog: MatrixDialog) -> list[str]:
    return [str(dialog.words.index(row).data(SAYS)) for row in range(dialog.words.rowCount())]


def test_arrow_keys_walk_the_cells_and_the_words_stand_beside(dialog, qtmodeltester):
    qtmodeltester.check(dialog.model)
    assert dialog.heading.text() == "Assessments, raised in 4 of 5 inspections"
    assert len(words(dialog)) == 4
    QTest.keyClick(dialog.grid, KEY.Key_Right)
    assert dialog.grid.currentIndex().data(SAYS) == "Assessments, SIF 2016: 1 area for improvement"
    assert words(dialog) == [
        "SIF 2016, area for improvement 4, Improve the quality of social work assessments for all children, young "
        "people and care leavers by ensuring that they consistently contain comprehensive and rigorous analysis of all "
        "relevant information, page 8, paragraph 4"
    ]
    QTest.keyClick(dialog.grid, KEY.Key_Right)
    assert dialog.grid.currentIndex().data() == "–"
    assert words(dialog) == []
    assert not dialog.show_button.isEnabled()
    QTest.keyClick(dialog.grid, KEY.Key_Return)
    assert dialog.grid.hasFocus(), "there are no words to go to"
    QTest.keyClick(dialog.grid, KEY.Key_Left)
    QTest.keyClick(dialog.grid, KEY.Key_Return)
    assert dialog.list.hasFocus()


def test_what_recurs_is_bold_and_says_how_often_not_by_shade_alone(dialog):
    rows = dialog.model.matrix.rows
    for row, line in enumerate(rows):
        font = dialog.model.index(row, 0).data(Qt.ItemDataRole.FontRole)
        assert bool(font and font.bold()) is line.recurs
        assert dialog.model.index(row, 0).data() == f"{line.inspections} of 5"


def test_a_word_leads_to_its_record(dialog):
    wanted: list[tuple[str, str]] = []
    dialog.record_wanted.connect(lambda kind, key: wanted.append((kind, key)))
    first = dialog.words.records[0]
    QTest.keyClick(dialog.grid, KEY.Key_Return)
    QTest.keyClick(dialog.list, KEY.Key_Return)
    assert wanted == [("area_for_improvement", first.id)]
    assert not dialog.isVisible()


def test_the_table_is_copied_whole(dialog):
    QTest.keyClick(dialog.grid, KEY.Key_C, Qt.KeyboardModifier.ControlModifier)
    copied = QGuiApplication.clipboard().text().splitlines()
    assert copied[0].startswith("Theme\tRaised\tSIF 2016")
    assert len(copied) == dialog.model.rowCount() + 1


def test_a_theme_that_is_set_elsewhere_shows_at_once_and_the_cell_stays(dialog, workspace):
    QTest.keyClick(dialog.grid, KEY.Key_Down)
    QTest.keyClick(dialog.grid, KEY.Key_Right)
    place = dialog.grid.currentIndex().row(), dialog.grid.currentIndex().column()
    area = next(one for one in workspace.store.each(AreaForImprovement) if not one.theme_ids)
    missing = next(theme for theme in workspace.lists.themes.values() if theme.name == "neglect")
    assert all(row.name != "neglect" for row in dialog.model.matrix.rows)
    workspace.do("Set theme", Edit((area,), (replace(area, theme_ids=(missing.id,)),)))
    assert any(row.name == "neglect" for row in dialog.model.matrix.rows)
    assert (dialog.grid.currentIndex().row(), dialog.grid.currentIndex().column()) == place


def test_another_provider_is_chosen_and_one_without_areas_says_what_to_do(qtbot, workspace):
    other = Provider(id=new_id(), name="Another Council")
    workspace.do("Add provider", Edit(after=(other,)))
    shown = MatrixDialog(workspace, other.id)
    qtbot.addWidget(shown)
    assert shown.hint.text() == NOTHING
    assert shown.heading.text() == ""
    assert not shown.copy_button.isEnabled()
    durham = next(one for one in workspace.lists.providers.values() if one.id != other.id)
    shown.provider.set_value(durham.id)
    shown.provider.edited.emit()
    assert shown.hint.text() == HINT
    shown.quotes.setChecked(True)
    assert " + " in shown.model.matrix.as_text()


def test_the_window_opens_it_by_its_key(window: MainWindow, sample_file: Path, tmp_path: Path, qtbot: Any):
    window.open_path(shutil.copy(sample_file, tmp_path / "sample.sqlite"))
    window.commands["theme_matrix"].trigger()
    dialog = window.findChild(MatrixDialog)
    assert dialog is not None
    qtbot.waitUntil(dialog.isVisible)
    dialog.list.activated.emit(dialog.words.index(0))
    area = window.current_record()
    assert window.inspections is not None and window.inspections.isVisible()
    assert area is not None

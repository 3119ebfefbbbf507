"""Undo and redo walk through everything, in every place, and leave screen and file as they were."""

from itertools import pairwise
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication, QCheckBox, QComboBox, QLineEdit, QPlainTextEdit, QWidget

from db.rows import classes, to_values
from db.store import Store
from desktop_app.main_window import MainWindow
from tests.desktop_app.test_entering_by_keyboard import Officer
from tests.typist import Typist

STEPS = 20

pytestmark = pytest.mark.usefixtures("dressed")


def all_rows(store: Store) -> dict[str, Any]:
    """Every record of the file by its id."""
    return {one.id: to_values(one) for record_class in classes().values() for one in store.each(record_class)}


def all_shown(window: MainWindow) -> list[Any]:
    """What stands in the list, on the tabs, in every field and in every row."""
    assert window.inspections is not None
    QApplication.processEvents()
    place, pane = window.inspections, window.inspections.pane
    shown: list[Any] = [place.model.data(place.model.index(row)) for row in range(place.model.rowCount())]
    if pane.inspection is None:
        return shown
    before = pane.tabs.currentIndex()
    for index in range(pane.tabs.count()):
        shown.append(pane.tabs.tabText(index))
        pane.tabs.setCurrentIndex(index)
    pane.tabs.setCurrentIndex(before)
    shown += [_value(field) for form in (pane.details, pane.judgements) for field in form.findChildren(QWidget)]
    shown += [row.buttons.value() for row in pane.judgements.rows]
    for tab in pane.entry_tabs:
        shown += [tab.model.data(tab.model.index(row)) for row in range(tab.model.rowCount())]
    return [one for one in shown if one is not None]


def _value(field: QWidget) -> Any:
    match field:
        case QLineEdit():
            return field.text()
        case QPlainTextEdit():
            return field.toPlainText()
        case QComboBox():
            return field.currentText()
        case QCheckBox():
            return field.isChecked()
    return None


def test_twenty_steps_back_and_twenty_forward_leave_screen_and_file_equal_at_every_step(
    window: MainWindow, typist: Typist, durham: dict[str, Any]
) -> None:
    officer = Officer(window, typist, durham, "2022-05-09")
    officer.start("")
    officer.type_details()
    officer.type_judgements()
    officer.type_documents(["report_2022", "newton_news_2022"])
    officer.type_quotes(5)
    officer.type_areas()
    typist.press("Ctrl+S", "Ctrl+2")
    assert window.workspace is not None
    store = window.workspace.store
    seen = [(all_rows(store), all_shown(window))]
    for _ in range(STEPS):
        typist.press("Ctrl+Z")
        seen.append((all_rows(store), all_shown(window)))
    assert all(earlier[0] != later[0] for earlier, later in pairwise(seen))
    for step in reversed(range(STEPS)):
        typist.press("Ctrl+Shift+Z")
        assert all_rows(store) == seen[step][0]
        assert all_shown(window) == seen[step][1]


def test_undo_names_the_deed_in_the_menu(window: MainWindow, typist: Typist) -> None:
    typist.press("Ctrl+N").text("Durham County Council").press("Tab").text("May 2022").press("Tab", "Return")
    typist.press("Alt+L").text("Louise Hollick").press("Tab")
    assert window.commands["undo"].text() == "&Undo: change lead inspector"
    typist.press("Ctrl+Z")
    assert window.commands["redo"].text() == "&Redo: change lead inspector"


def test_ctrl_z_in_a_field_takes_back_typing_first_and_then_the_last_deed(window: MainWindow, typist: Typist) -> None:
    typist.press("Ctrl+N").text("Durham County Council").press("Tab").text("May 2022").press("Tab", "Return")
    assert window.inspections is not None and window.workspace is not None
    field = window.inspections.pane.details.blocks["lead_inspector"].field
    typist.press("Alt+L").text("Louise Hollick").press("Tab", "Alt+L").text(" and nobody")
    typist.press("Ctrl+Z")
    assert field.text() != "Louise Hollick and nobody"
    assert window.workspace.undo_label == "Change lead inspector"


def test_a_removed_inspection_comes_back_with_all_that_hung_on_it(
    window: MainWindow, typist: Typist, durham: dict[str, Any]
) -> None:
    officer = Officer(window, typist, durham, "2022-05-09")
    officer.start("")
    officer.type_judgements()
    officer.type_documents(["report_2022"])
    typist.press("Ctrl+S")
    assert window.workspace is not None
    before = all_rows(window.workspace.store)
    typist.press("Ctrl+Shift+Del")
    assert len(all_rows(window.workspace.store)) == len(before) - 6
    typist.press("Ctrl+Z")
    assert all_rows(window.workspace.store) == before

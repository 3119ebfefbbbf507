"""The window as a whole: places, search, sharing and what is possible when."""

from typing import Any

import pytest
from PySide6.QtWidgets import QApplication

from db.records import Quote
from desktop_app.main_window import MainWindow
from desktop_app.places.share_dialog import ShareDialog
from tests.typist import Typist


@pytest.fixture
def quoted(window: MainWindow, typist: Typist) -> Any:
    typist.press("Ctrl+N").text("Durham County Council").press("Tab").text("9 May 2022").press("Tab", "Return")
    typist.press("Alt+3").text("swift and purposeful responses").press("Ctrl+Return")
    return window


def test_searching_opens_the_quote_at_its_words(quoted: MainWindow, typist: Typist) -> None:
    assert quoted.inspections is not None
    typist.press("Alt+1", "Ctrl+F").text("purpos").press("Down", "Return")
    pane = quoted.inspections.pane
    assert pane.tabs.currentIndex() == 2
    assert isinstance(pane.quotes.form.record, Quote)
    assert pane.quotes.form.record.text == "swift and purposeful responses"
    assert pane.quotes.form.blocks["text"].field.textCursor().selectedText() == "purpos"


def test_f3_opens_the_next_hit_and_escape_leaves_the_search(quoted: MainWindow, typist: Typist) -> None:
    typist.press("Ctrl+F").text("durham")
    assert quoted.results is not None and quoted.results.isVisible()
    typist.press("Escape")
    assert not quoted.results.isVisible()
    assert quoted.search.text() == ""


def test_sharing_opens_its_dialog(quoted: MainWindow, typist: Typist) -> None:
    typist.press("Ctrl+E")
    dialog = next(one for one in QApplication.topLevelWidgets() if isinstance(one, ShareDialog) and one.isVisible())
    dialog.close()


def test_without_a_file_only_opening_and_help_are_possible(quoted: MainWindow) -> None:
    quoted.close_file()
    assert not quoted.commands["new_inspection"].isEnabled()
    assert not quoted.new_button.isEnabled()
    assert not quoted.search.isEnabled()
    assert quoted.commands["open_file"].isEnabled()
    assert quoted.start.isVisible()


def test_ctrl_s_saves_the_field_and_says_so(quoted: MainWindow, typist: Typist) -> None:
    assert quoted.workspace is not None and quoted.inspections is not None
    typist.press("Alt+1", "Alt+L").text("Louise Hollick").press("Ctrl+S")
    assert quoted.inspections.pane.inspection is not None
    assert quoted.inspections.pane.inspection.lead_inspector == "Louise Hollick"
    assert "All changes saved" in quoted.status.saved


def test_the_last_file_is_remembered(quoted: MainWindow) -> None:
    assert quoted.workspace is not None
    assert quoted.settings.recent_files == [quoted.workspace.store.path]


@pytest.mark.parametrize("choice", ["light", "dark", "system"])
def test_the_look_can_be_chosen_and_stays(quoted: MainWindow, choice: str) -> None:
    quoted.commands[f"look_{choice}"].trigger()
    assert quoted.settings.look == choice

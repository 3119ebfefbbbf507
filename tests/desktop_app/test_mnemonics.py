"""Alt and a letter reaches every field of the visible tab, and never a menu."""

import re
from collections import Counter
from typing import Any

import pytest
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QAbstractButton, QLabel, QWidget

from desktop_app.commands import MENUS
from desktop_app.main_window import MainWindow
from desktop_app.views.labelled import Labelled
from tests.typist import Typist

MENU_LETTERS = {match[1].upper() for title in MENUS if (match := re.search("&(.)", title))}

pytestmark = pytest.mark.usefixtures("dressed")


@pytest.fixture
def shown(window: MainWindow, typist: Typist) -> Any:
    typist.press("Ctrl+N").text("Durham County Council").press("Tab").text("9 May 2022").press("Tab", "Return")
    assert window.inspections is not None
    return window.inspections.pane


def _letters(part: QObject) -> Counter[str]:
    texts = [widget.text() for kind in (QLabel, QAbstractButton) for widget in part.findChildren(kind)]
    return Counter(match[1].upper() for text in texts for match in re.finditer("&([^&])", text))


@pytest.mark.parametrize("index", range(5))
def test_each_letter_of_a_tab_goes_to_one_field_and_to_no_menu(shown: Any, index: int) -> None:
    shown.show_tab(index)
    letters = _letters(shown.tabs.widget(index))
    assert len(letters) >= (0 if index == 1 else 8)
    assert [letter for letter, count in letters.items() if count > 1] == []
    assert set(letters) & MENU_LETTERS == set()


@pytest.mark.parametrize("index", [0, 2, 3, 4])
def test_every_field_of_a_tab_has_a_letter(shown: Any, index: int) -> None:
    shown.show_tab(index)
    for block in shown.tabs.widget(index).findChildren(Labelled):
        label = block.label.text() or block.field.text()
        assert re.search("&[^&]", label), label


def test_every_letter_takes_the_focus_to_its_field(window: MainWindow, typist: Typist, shown: Any) -> None:
    for index in (0, 2, 3, 4):
        typist.press(f"Alt+{index + 1}")
        for block in shown.tabs.widget(index).findChildren(Labelled):
            match = re.search("&([^&])", block.label.text())
            if match:
                typist.press(f"Alt+{match[1]}")
                focused: QWidget | None = window.focusWidget()
                assert focused is block.field or focused is block.field.focusProxy(), block.name

"""The themes field: names are completed, ids come out."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QSignalSpy
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from desktop_app.views.themes_field import ThemesField

# the offscreen platform says so of every window and popup

THEMES = {"care": "Care leavers", "plan": "Assessment & planning", "lead": "Leadership", "cl": "Care"}


@pytest.fixture
def themes(qtbot):
    window = QWidget()
    rows = QVBoxLayout(window)
    field = ThemesField()
    field.set_themes(THEMES)
    rows.addWidget(field)
    rows.addWidget(QLineEdit())
    qtbot.addWidget(window)
    window.show()
    window.activateWindow()
    field.setFocus()
    qtbot.waitUntil(field.hasFocus)
    yield field
    window.close()


def offered(field):
    popup = field._completer.popup()
    if not popup.isVisible():
        return []
    model = popup.model()
    return [model.index(row, 0).data() for row in range(model.rowCount())]


def test_ids_become_names_and_names_ids(themes):
    themes.set_value(("plan", "care"))
    assert themes.text() == "Assessment & planning; Care leavers"
    assert themes.value() == ("plan", "care")
    themes.set_value(())
    assert themes.value() == ()


def test_one_letter_opens_the_themes_that_hold_it(qtbot, themes):
    qtbot.keyClicks(themes, "LEA")
    assert offered(themes) == ["Care leavers", "Leadership"]
    qtbot.keyClicks(themes, "zz")
    assert offered(themes) == []


def test_return_completes_the_name_under_the_cursor(qtbot, themes):
    edited = QSignalSpy(themes.edited)
    themes.set_value(("plan",))
    themes.end(False)
    qtbot.keyClicks(themes, "; lead")
    qtbot.keyClick(themes._completer.popup(), Qt.Key.Key_Return)
    assert themes.text() == "Assessment & planning; Leadership; "
    assert themes.value() == ("plan", "lead")
    assert edited.count() == 7


def test_tab_completes_first_and_leaves_then(qtbot, themes):
    qtbot.keyClicks(themes, "care")
    qtbot.keyClick(themes, Qt.Key.Key_Tab)
    assert (themes.text(), themes.hasFocus()) == ("Care; ", True)
    with qtbot.waitSignal(themes.left):
        qtbot.keyClick(themes, Qt.Key.Key_Tab)
    assert (themes.text(), themes.value()) == ("Care", ("cl",))


def test_a_name_in_the_middle_is_completed_in_its_place(qtbot, themes):
    themes.set_value(("care", "lead"))
    themes.setCursorPosition(len("Care leavers;"))
    qtbot.keyClicks(themes, "plan;")
    themes.setCursorPosition(len("Care leavers;plan"))
    themes._complete("Assessment & planning")
    assert themes.text() == "Care leavers; Assessment & planning; Leadership"


def test_an_unknown_theme_is_named_and_stays(qtbot, themes):
    qtbot.keyClicks(themes, "Leadership;sleep")
    qtbot.keyClick(themes, Qt.Key.Key_Tab)
    with pytest.raises(ValueError, match=r"There is no theme called “sleep”\. Choose one from the list"):
        themes.value()
    assert themes.text() == "Leadership; sleep"
    assert themes.has_typing


def test_case_and_repetition_do_not_matter(themes):
    themes.setText("leadership;; LEADERSHIP ;care")
    assert themes.value() == ("lead", "cl")

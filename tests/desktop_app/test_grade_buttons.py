"""The row of grades: one key sets one and moves on."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QKeySequence
from PySide6.QtTest import QSignalSpy
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from db.frameworks import Grade
from desktop_app.views.grade_buttons import GradeButtons

# the offscreen platform says so of every window

FOUR = (
    ("outstanding", "Outstanding", "O"),
    ("good", "Good", "G"),
    ("requires_improvement", "Requires improvement to be good", "R"),
    ("inadequate", "Inadequate", "I"),
)
GRADES = [
    Grade(id=f"g-{code}", scale_id="s", code=code, label=label, position=n, key=key, tone=code)
    for n, (code, label, key) in enumerate(FOUR)
]
GOOD = ("g-good", None)
NOTHING = (None, None)


@pytest.fixture
def row(qtbot):
    window = QWidget()
    rows = QVBoxLayout(window)
    buttons = GradeButtons("Overall effectiveness", GRADES)
    rows.addWidget(QLineEdit())
    rows.addWidget(buttons)
    rows.addWidget(QLineEdit())
    qtbot.addWidget(window)
    window.resize(1000, 200)
    window.show()
    window.activateWindow()
    buttons.setFocus()
    qtbot.waitUntil(buttons.buttons[0].hasFocus)
    yield buttons
    window.close()


def focused(row):
    return [button.hasFocus() for button in row.buttons].index(True)


@pytest.mark.parametrize(
    ("key", "value"),
    [
        (Qt.Key.Key_O, ("g-outstanding", None)),
        (Qt.Key.Key_R, ("g-requires_improvement", None)),
        (Qt.Key.Key_2, GOOD),
        (Qt.Key.Key_4, ("g-inadequate", None)),
        (Qt.Key.Key_N, (None, "not_judged")),
        (Qt.Key.Key_K, (None, "not_known")),
    ],
)
def test_one_key_sets_a_grade_and_moves_on(qtbot, row, key, value):
    with qtbot.waitSignals([row.chosen, row.moved_on]):
        qtbot.keyClick(row.buttons[0], key)
    assert row.value() == value
    assert [button.isChecked() for button in row.buttons].count(True) == 1


def test_a_key_wins_over_a_shortcut_of_the_window(qtbot, row):
    stolen = []
    row.window().addAction("Delete", QKeySequence("Del")).triggered.connect(lambda: stolen.append("Del"))
    row.set_value(GOOD)
    qtbot.keyClick(row.buttons[0], Qt.Key.Key_Delete)
    assert (row.value(), stolen) == (NOTHING, [])


def test_the_same_key_again_moves_on_without_an_edit(qtbot, row):
    row.set_value(GOOD)
    chosen = QSignalSpy(row.chosen)
    with qtbot.waitSignal(row.moved_on):
        qtbot.keyClick(row.buttons[0], Qt.Key.Key_G)
    assert chosen.count() == 0


@pytest.mark.parametrize("key", [Qt.Key.Key_Delete, Qt.Key.Key_Backspace])
def test_delete_clears(qtbot, row, key):
    row.set_value(GOOD)
    with qtbot.waitSignal(row.chosen):
        qtbot.keyClick(row.buttons[1], key)
    assert row.value() == NOTHING
    assert not any(button.isChecked() for button in row.buttons)


def test_a_click_sets_and_a_second_clears(qtbot, row):
    chosen = QSignalSpy(row.chosen)
    qtbot.mouseClick(row.buttons[1], Qt.MouseButton.LeftButton)
    assert row.value() == GOOD
    qtbot.mouseClick(row.buttons[1], Qt.MouseButton.LeftButton)
    assert row.value() == NOTHING
    assert not row.buttons[1].isChecked()
    assert chosen.count() == 2


def test_arrows_walk_and_change_nothing(qtbot, row):
    qtbot.keyClick(row.buttons[0], Qt.Key.Key_Right)
    assert focused(row) == 1
    qtbot.keyClick(row.buttons[1], Qt.Key.Key_Left)
    qtbot.keyClick(row.buttons[0], Qt.Key.Key_Left)
    assert focused(row) == 0
    with qtbot.waitSignal(row.went_up):
        qtbot.keyClick(row.buttons[0], Qt.Key.Key_Up)
    with qtbot.waitSignal(row.went_down):
        qtbot.keyClick(row.buttons[0], Qt.Key.Key_Down)
    assert row.value() == NOTHING


def test_the_row_is_one_stop_for_tab(qtbot, row):
    row.set_value(("g-requires_improvement", None))
    before, after = row.window().findChildren(QLineEdit)
    qtbot.keyClick(row.buttons[0], Qt.Key.Key_Right)
    qtbot.keyClick(row.buttons[1], Qt.Key.Key_Tab)
    assert after.hasFocus()
    qtbot.keyClick(after, Qt.Key.Key_Backtab, Qt.KeyboardModifier.ShiftModifier)
    assert focused(row) == 2
    qtbot.keyClick(row.buttons[2], Qt.Key.Key_Backtab, Qt.KeyboardModifier.ShiftModifier)
    assert before.hasFocus()


def test_a_shown_value_is_silent_and_an_unknown_one_kept(row):
    chosen = QSignalSpy(row.chosen)
    row.set_value(GOOD)
    row.set_value(("g-of-another-scale", None))
    assert row.value() == ("g-of-another-scale", None)
    assert not any(button.isChecked() for button in row.buttons)
    assert chosen.count() == 0


def test_a_screen_reader_is_told_area_and_grade(row):
    told = QAccessible.queryAccessibleInterface(row.buttons[1])
    assert told.role() == QAccessible.Role.RadioButton
    assert told.text(QAccessible.Text.Name) == "Overall effectiveness: Good"
    assert row.buttons[1].toolTip() == "Good: press G or 2"


def test_a_label_from_the_file_is_plain(qtbot):
    odd = Grade(id="x", scale_id="s", code="x", label="<i>A</i> & B", position=0)
    buttons = GradeButtons("Overall", [odd])
    qtbot.addWidget(buttons)
    assert buttons.buttons[0].text() == "<i>A</i> && B"
    assert buttons.buttons[0].toolTip().startswith("<p>&lt;i&gt;A")


@pytest.mark.parametrize("width_px", [1100, 700, 320])
def test_nothing_is_cut_in_a_narrow_place(qtbot, row, width_px):
    row.window().resize(width_px, 400)
    qtbot.waitUntil(lambda: row.window().width() == width_px)
    for button in row.buttons:
        assert row.rect().contains(button.geometry())
        assert button.width() >= button.sizeHint().width()

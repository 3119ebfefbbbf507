"""The fields: what they hold, and when they say that a person was there."""

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt
from PySide6.QtGui import QFocusEvent, QKeySequence, QWheelEvent
from PySide6.QtTest import QSignalSpy
from PySide6.QtWidgets import QApplication, QLineEdit, QVBoxLayout, QWidget

from desktop_app.views.fields import CheckField, ChoiceField, LineField, NumberField, TextBox

# the offscreen platform says so of every window

SOURCES = [(None, "Choose a document"), ("report", "Inspection report"), ("letter", "Inspection letter")]


@pytest.fixture
def shown(qtbot):
    """Show a field in a window with another one behind it, and focus it."""

    windows = []  # pytest-qt keeps no reference of its own

    def show(field):
        window = QWidget()
        windows.append(window)
        rows = QVBoxLayout(window)
        rows.addWidget(field)
        rows.addWidget(QLineEdit())
        qtbot.addWidget(window)
        window.show()
        window.activateWindow()
        field.setFocus()
        qtbot.waitUntil(field.hasFocus)
        return field

    yield show
    windows.clear()


def test_leaving_a_line_hands_over_what_a_person_typed(qtbot, shown):
    line = shown(LineField())
    with qtbot.waitSignals([line.edited, line.left]):
        qtbot.keyClicks(line, "  Louise Hollick ")
        assert line.has_typing
        qtbot.keyClick(line, Qt.Key.Key_Tab)
    assert line.value() == line.text() == "Louise Hollick"
    assert not line.has_typing


def test_a_shown_value_and_a_mere_visit_are_silent(qtbot, shown):
    line = shown(LineField())
    edited, left = QSignalSpy(line.edited), QSignalSpy(line.left)
    line.set_value("Louise Hollick")
    qtbot.keyClick(line, Qt.Key.Key_Tab)
    assert (edited.count(), left.count(), line.has_typing) == (0, 0, False)


@pytest.mark.parametrize("reason", [Qt.FocusReason.ActiveWindowFocusReason, Qt.FocusReason.PopupFocusReason])
def test_another_window_does_not_end_the_typing(qtbot, shown, reason):
    line = shown(LineField())
    left = QSignalSpy(line.left)
    qtbot.keyClicks(line, "Lou ")
    QApplication.sendEvent(line, QFocusEvent(QFocusEvent.Type.FocusOut, reason))
    assert (left.count(), line.has_typing, line.text()) == (0, True, "Lou ")


def test_text_set_by_dictation_counts_as_a_persons(shown):
    line = shown(LineField())
    edited = QSignalSpy(line.edited)
    line.setText("spoken")  # what a screen reader or dictation calls
    assert edited.count() == 1


def test_undo_goes_to_the_window_unless_there_is_typing(qtbot, shown):
    line = shown(LineField())
    line.set_value("Louise")
    undone = []
    action = line.window().addAction("Undo", QKeySequence(QKeySequence.StandardKey.Undo))
    action.triggered.connect(lambda: undone.append(line.text()))
    qtbot.keyClick(line, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert undone == ["Louise"]
    qtbot.keyClick(line, Qt.Key.Key_X)
    qtbot.keyClick(line, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert undone == ["Louise"]
    assert line.text() == "Louise"


@pytest.mark.parametrize(("typed", "page"), [("3", 3), (" 11 ", 11), ("", None), ("9999", 9999)])
def test_a_page_is_a_whole_number_or_nothing(qtbot, typed, page):
    field = NumberField("page")
    qtbot.addWidget(field)
    field.setText(typed)
    assert field.value() == page


@pytest.mark.parametrize("typed", ["three", "0", "-1", "3.5", "10000", "١٢", "3 4"])
def test_what_is_no_page_is_refused_and_stays(qtbot, shown, typed):
    field = shown(NumberField("page"))
    field.setText(typed)
    qtbot.keyClick(field, Qt.Key.Key_Tab)
    with pytest.raises(ValueError, match="Enter a page as a whole number, like 3"):
        field.value()
    assert field.text() == typed
    assert field.has_typing


def test_a_number_field_shows_numbers(qtbot):
    field = NumberField("paragraph")
    qtbot.addWidget(field)
    field.set_value(6)
    assert (field.text(), field.value(), field.has_typing) == ("6", 6, False)
    field.set_value(None)
    assert field.value() is None


def test_tab_leaves_a_text_box_and_ctrl_return_goes_to_the_form(qtbot, shown):
    box = shown(TextBox())
    added = []
    action = box.window().addAction("Add", QKeySequence("Ctrl+Return"))
    action.triggered.connect(lambda: added.append(box.value()))
    qtbot.keyClicks(box, "Children")
    qtbot.keyClick(box, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert added == ["Children"]
    with qtbot.waitSignal(box.left):
        qtbot.keyClick(box, Qt.Key.Key_Tab)
    assert box.value() == "Children"


def test_a_text_box_pastes_words_without_their_format(shown):
    box = shown(TextBox())
    paste = QMimeData()
    paste.setHtml("<b>Children</b> are <i>safe</i>")
    paste.setText("Children are safe")
    box.insertFromMimeData(paste)
    assert box.value() == "Children are safe"
    assert not box.textCursor().charFormat().font().bold()


def test_a_text_box_grows_to_its_limit(qtbot, shown):
    box = shown(TextBox(rows=2, most_rows=5))
    low = box.height()
    box.set_value("\n".join("four"))
    qtbot.waitUntil(lambda: box.height() > low)
    four = box.height()
    assert four - low == 2 * box.fontMetrics().lineSpacing()
    box.set_value("\n" * 40)
    qtbot.waitUntil(lambda: box.height() > four)
    assert box.height() - four == box.fontMetrics().lineSpacing()


def test_walking_past_choices_by_key_is_told_as_one_choice_when_the_field_is_left(qtbot, shown):
    choice = shown(ChoiceField())
    choice.set_choices(SOURCES)
    choice.set_value("report")
    left = QSignalSpy(choice.left)
    with qtbot.waitSignal(choice.edited):
        qtbot.keyClick(choice, Qt.Key.Key_Down)
    assert choice.value() == "letter"
    assert left.count() == 0
    choice.leave()
    assert left.count() == 1
    assert not choice.has_typing


def test_a_choice_from_the_open_list_is_told_at_once(qtbot, shown):
    choice = shown(ChoiceField())
    choice.set_choices(SOURCES)
    choice.set_value("report")
    choice.showPopup()
    with qtbot.waitSignals([choice.edited, choice.left]):
        qtbot.keyClick(choice.view(), Qt.Key.Key_Down)
        qtbot.keyClick(choice.view(), Qt.Key.Key_Return)
    assert choice.value() == "letter"


def test_typing_the_start_of_a_label_chooses_it(qtbot, shown):
    choice = shown(ChoiceField())
    choice.set_choices(SOURCES)
    qtbot.keyClicks(choice, "inspection l")
    assert choice.value() == "letter"


def test_the_same_letter_again_goes_to_the_next_label(qtbot, shown):
    choice = shown(ChoiceField())
    choice.set_choices(SOURCES)
    qtbot.keyClicks(choice, "i")
    assert choice.value() == "report"
    qtbot.keyClicks(choice, "i")
    assert choice.value() == "letter"
    qtbot.keyClicks(choice, "i")
    assert choice.value() == "report"


def test_choices_are_shown_silently_and_keep_the_value(qtbot):
    choice = ChoiceField()
    qtbot.addWidget(choice)
    edited = QSignalSpy(choice.edited)
    choice.set_choices(SOURCES)
    assert choice.value() is None
    choice.set_value("letter")
    choice.set_choices(SOURCES[1:])
    assert (choice.value(), choice.currentText(), edited.count()) == ("letter", "Inspection letter", 0)


def test_a_key_that_is_not_offered_is_kept(qtbot):
    choice = ChoiceField()
    qtbot.addWidget(choice)
    choice.set_choices(SOURCES)
    choice.set_value("gone")
    assert (choice.value(), choice.currentText()) == ("gone", "")


def test_the_wheel_changes_no_choice_without_focus(qtbot):
    choice = ChoiceField()
    qtbot.addWidget(choice)
    choice.set_choices(SOURCES)
    turned = QWheelEvent(
        QPointF(5, 5),
        QPointF(5, 5),
        QPoint(0, -120),
        QPoint(0, -120),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    choice.wheelEvent(turned)
    assert not turned.isAccepted()
    assert choice.value() is None


def test_a_label_from_the_file_is_never_markup(qtbot):
    choice = ChoiceField()
    qtbot.addWidget(choice)
    choice.set_choices([("x", "<b>Minutes</b> of the committee & others")])
    choice.set_value("x")
    assert choice.toolTip() == "<p>&lt;b&gt;Minutes&lt;/b&gt; of the committee &amp; others</p>"


def test_a_tick_is_told_at_once_and_a_shown_one_is_not(qtbot, shown):
    tick = shown(CheckField("Reported &speech"))
    edited, left = QSignalSpy(tick.edited), QSignalSpy(tick.left)
    tick.set_value(True)
    assert (edited.count(), left.count()) == (0, 0)
    qtbot.keyClick(tick, Qt.Key.Key_Space)
    assert (edited.count(), left.count(), tick.value()) == (1, 1, False)


def test_a_number_that_is_needed_is_not_left_empty(qtbot):
    field = NumberField("weight", article="", is_needed=True, least=0)
    qtbot.addWidget(field)
    with pytest.raises(ValueError, match="Enter a number for weight, like 2"):
        field.value()
    field.setText("heavy")
    with pytest.raises(ValueError, match="Enter weight as a whole number, like 3"):
        field.value()

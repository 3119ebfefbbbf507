"""An empty place says what to do next."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from desktop_app.views.empty_state import EmptyState

# the offscreen platform says so of every window


def test_an_empty_place_says_what_to_do_next(qtbot):
    empty = EmptyState("quote", "No quotes yet", "Add the <b>first</b> one.", ["Add quote", "Open the report"])
    qtbot.addWidget(empty)
    empty.show()
    empty.grab()
    assert [label.text() for label in empty.findChildren(QLabel)] == [
        "No quotes yet",
        "Add the <b>first</b> one.",
    ]
    assert {label.textFormat() for label in empty.findChildren(QLabel)} == {Qt.TextFormat.PlainText}
    assert [button.property("role") for button in empty.buttons] == ["primary", None]
    with qtbot.waitSignal(empty.buttons[0].clicked):
        qtbot.mouseClick(empty.buttons[0], Qt.MouseButton.LeftButton)

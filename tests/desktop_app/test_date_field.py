"""The date field: three boxes, or one that takes it all."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QSignalSpy
from PySide6.QtWidgets import QApplication, QLineEdit, QVBoxLayout, QWidget

from db.dates import PartialDate
from db.errors import BadDate
from desktop_app.views.date_field import DateField

# the offscreen platform says so of every window

MAY_2022 = PartialDate(2022, 5, 9)


@pytest.fixture
def start(qtbot):
    window = QWidget()
    rows = QVBoxLayout(window)
    field = DateField("Start date")
    rows.addWidget(field)
    rows.addWidget(QLineEdit())
    qtbot.addWidget(window)
    window.show()
    window.activateWindow()
    field.setFocus()
    qtbot.waitUntil(field.boxes[0].hasFocus)
    yield field
    window.close()


def texts(field):
    return [box.text() for box in field.boxes]


def fill(field, *parts):
    for box, part in zip(field.boxes, parts, strict=True):
        box.setText(part)


def test_the_boxes_are_named(start):
    names = [box.accessibleName() for box in start.boxes]
    assert names == ["Start date, day", "Start date, month", "Start date, year"]


def test_a_shown_date_is_silent(start):
    edited, left = QSignalSpy(start.edited), QSignalSpy(start.left)
    start.set_value(MAY_2022)
    assert texts(start) == ["9", "5", "2022"]
    assert (start.value(), start.has_typing) == (MAY_2022, False)
    start.set_value(PartialDate(2018, 7))
    assert texts(start) == ["", "7", "2018"]
    start.set_value(None)
    assert start.value() is None
    assert (edited.count(), left.count()) == (0, 0)


def test_it_is_left_only_when_all_three_boxes_are(qtbot, start):
    left = QSignalSpy(start.left)
    for box, part in zip(start.boxes, ("09", "May", "2022"), strict=True):
        qtbot.keyClicks(box, part)
        assert box.hasFocus()  # two digits do not jump
        assert left.count() == 0
        qtbot.keyClick(box, Qt.Key.Key_Tab)
    assert left.count() == 1
    assert start.value() == MAY_2022
    assert not start.has_typing


@pytest.mark.parametrize(
    ("whole", "boxes"),
    [
        ("9 May 2022", ["9", "5", "2022"]),
        ("09/05/2022", ["9", "5", "2022"]),
        ("2022-05-09", ["9", "5", "2022"]),
        ("July 2018", ["", "7", "2018"]),
        ("2019", ["", "", "2019"]),
    ],
)
def test_a_whole_date_is_spread_when_pasted_and_when_the_box_is_left(qtbot, start, whole, boxes):
    QApplication.clipboard().setText(whole)
    start.boxes[0].paste()
    assert texts(start) == boxes
    start.set_value(None)
    qtbot.keyClicks(start.boxes[0], whole)
    assert texts(start) == [whole, "", ""]
    qtbot.keyClick(start.boxes[0], Qt.Key.Key_Tab)
    assert texts(start) == boxes


def test_a_paste_is_one_persons_edit(start):
    edited = QSignalSpy(start.edited)
    QApplication.clipboard().setText("9 May 2022")
    start.boxes[0].paste()
    assert (edited.count(), start.has_typing) == (1, True)


@pytest.mark.parametrize(
    ("parts", "part", "sentence"),
    [
        (("31", "2", "2022"), "day", "Enter a day from 1 to 28: February 2022 has no other"),
        (("9", "5", "22"), "year", "Enter a year with four digits, like 2022"),
        (("9", "", "2022"), "month", "Enter a month as well as a day"),
        (("9", "13", "2022"), "month", "Enter a month from 1 to 12"),
        (("x", "5", "2022"), "day", "Enter a day as a number, like 9"),
    ],
)
def test_what_is_no_date_is_refused_and_stays(start, parts, part, sentence):
    fill(start, *parts)
    with pytest.raises(BadDate, match=sentence) as refused:
        start.value()
    assert refused.value.part == part
    start.leave()
    assert texts(start) == list(parts)
    assert start.has_typing


def test_the_parts_of_a_whole_date_that_is_none_are_shown_in_their_boxes(qtbot, start):
    start.boxes[0].setFocus()
    qtbot.keyClicks(start.boxes[0], "9 May 22")
    start.leave()
    assert texts(start) == ["9", "5", "22"]
    with pytest.raises(BadDate, match="Enter a year with four digits, like 2022"):
        start.value()
    assert start.has_typing


def test_tab_leaves_all_three_boxes_after_a_whole_date(qtbot, start):
    start.boxes[0].setFocus()
    qtbot.keyClicks(start.boxes[0], "9 May 2022")
    qtbot.keyClick(start.boxes[0], Qt.Key.Key_Tab)
    assert not any(box.hasFocus() for box in start.boxes)
    assert texts(start) == ["9", "5", "2022"]


def test_clear_typing_takes_it_as_saved(start):
    fill(start, "9", "5", "2022")
    start.clear_typing()
    assert not start.has_typing


def test_the_wrong_box_is_marked(start):
    def marked():
        return [bool(box.property("invalid")) for box in start.boxes]

    start.mark_error("month")
    assert marked() == [False, True, False]
    start.mark_error("")
    assert marked() == [True, True, True]
    start.clear_error()
    assert marked() == [False, False, False]

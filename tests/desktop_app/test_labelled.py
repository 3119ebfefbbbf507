"""Labels, hints and errors, seen and heard."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QTabWidget, QVBoxLayout, QWidget

from desktop_app.views import labelled
from desktop_app.views.date_field import DateField
from desktop_app.views.fields import LineField, NumberField
from desktop_app.views.labelled import ErrorSummary, Labelled

# the offscreen platform says so of every window

WRONG_YEAR = "Enter a year with four digits, like 2022"


@pytest.fixture
def spoken(monkeypatch):
    said = []
    monkeypatch.setattr(labelled, "announce", lambda _widget, text, **_: said.append(text))
    return said


def test_a_label_is_buddy_and_name(qtbot):
    row = Labelled("&Lead inspector", LineField(), "As printed", optional=True)
    qtbot.addWidget(row)
    assert row.label.text() == "&Lead inspector (optional)"
    assert row.label.textFormat() == Qt.TextFormat.PlainText
    assert row.label.buddy() is row.field
    told = QAccessible.queryAccessibleInterface(row.field)
    assert told.text(QAccessible.Text.Name) == "Lead inspector"
    assert told.text(QAccessible.Text.Description) == "Optional. As printed"


def test_an_error_is_shown_and_told_and_goes(qtbot):
    row = Labelled("&Page", NumberField("page"), "Counted from 1")
    qtbot.addWidget(row)
    row.show()
    row.set_error("Enter a page as a whole number, like 3")
    assert row.error == "Enter a page as a whole number, like 3"
    assert row._error.isVisible()
    assert row._error.accessibleName().startswith("Error: Enter a page")
    assert row.field.accessibleDescription().startswith("Error: Enter a page")
    assert row.field.property("invalid") is True
    row.clear_error()
    assert (row.error, row._error.isVisible()) == ("", False)
    assert row.field.accessibleDescription() == "Counted from 1"
    assert row.field.property("invalid") is False


def test_a_date_names_its_boxes_and_marks_the_wrong_one(qtbot):
    row = Labelled("&Start date", DateField("Start date"))
    qtbot.addWidget(row)
    day, _month, year = row.field.boxes
    assert row.label.buddy() is day
    assert day.accessibleName() == "Start date, day"
    row.set_error(WRONG_YEAR, "year")
    assert [bool(box.property("invalid")) for box in row.field.boxes] == [False, False, True]
    assert year.accessibleDescription() == f"Error: {WRONG_YEAR}"


def test_the_summary_speaks_and_leads_to_the_field(qtbot, spoken):
    window = QWidget()
    qtbot.addWidget(window)
    rows, summary, tabs = QVBoxLayout(window), ErrorSummary(), QTabWidget()
    title, start = LineField(), DateField("Start date")
    rows.addWidget(summary)
    rows.addWidget(tabs)
    tabs.addTab(title, "Quotes")
    tabs.addTab(start, "Details")
    window.show()
    window.activateWindow()
    summary.set_errors([("Enter a title", title), (WRONG_YEAR, start)])
    assert summary.isVisible()
    assert [link.accessibleName() for link in summary.links] == ["Enter a title", WRONG_YEAR]
    assert spoken == [f"There is a problem. Enter a title. {WRONG_YEAR}"]
    qtbot.mouseClick(summary.links[1], Qt.MouseButton.LeftButton)
    assert tabs.currentWidget() is start
    qtbot.waitUntil(start.boxes[0].hasFocus)
    summary.set_errors([("Enter a title", title), (WRONG_YEAR, start)])
    assert len(spoken) == 1
    summary.set_errors([])
    assert not summary.isVisible()


def test_a_long_error_is_broken_into_lines(qtbot, spoken):
    summary, field = ErrorSummary(), LineField()
    qtbot.addWidget(summary)
    qtbot.addWidget(field)
    sentence = "There is no theme called “A & B”. " * 6
    summary.resize(300, 300)
    summary.set_errors([(sentence, field)])
    link = summary.links[0]
    assert link.text().replace("\n", " ").replace("&&", "&").split() == sentence.split()
    assert all(link.fontMetrics().horizontalAdvance(line) <= 300 for line in link.text().split("\n"))
    assert spoken

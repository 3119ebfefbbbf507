"""What the window does before it has a file, and how it takes a place in."""

import pytest
from PySide6.QtWidgets import QApplication, QLineEdit, QVBoxLayout, QWidget

from db.errors import StoreError
from desktop_app.main_window import MainWindow
from desktop_app.settings import Settings
from desktop_app.views.scrolling import scroll_area


def test_a_place_that_cannot_be_made_leaves_nothing_in_the_window(window: MainWindow) -> None:
    def fails(parent: QWidget) -> QWidget:
        QWidget(parent).setObjectName("begun")
        raise StoreError("The file cannot be read.")

    shown = window.stack.currentWidget()
    with pytest.raises(StoreError):
        window.put_in(fails)
    QApplication.sendPostedEvents(None, 52)  # what was to be deleted later
    assert window.stack.findChild(QWidget, "begun") is None
    assert window.stack.currentWidget() is shown


def test_icons_of_a_menu_are_there_when_it_opens(window: MainWindow) -> None:
    assert window.commands["undo"].icon().isNull()
    window.menuBar().actions()[1].menu().aboutToShow.emit()
    assert not window.commands["undo"].icon().isNull()


def test_the_start_page_is_built_when_it_is_shown(qtbot, settings: Settings) -> None:
    window = MainWindow(settings)
    qtbot.addWidget(window)
    window.expect_file()
    window.show()
    assert "start" not in window.__dict__
    window.show_start()
    assert window.stack.currentWidget() is window.start


def test_a_form_that_is_shown_with_the_focus_at_its_top_stands_at_its_top(qtbot) -> None:
    inner, outer = QWidget(), QWidget()
    qtbot.addWidget(outer)
    fields = [QLineEdit() for _ in range(40)]
    column = QVBoxLayout(inner)
    for field in fields:
        column.addWidget(field)
    area = scroll_area(inner, "fields")
    QVBoxLayout(outer).addWidget(area)
    fields[0].setFocus()
    outer.resize(300, 300)
    outer.show()
    qtbot.waitUntil(lambda: area.verticalScrollBar().maximum() > 0)
    assert area.verticalScrollBar().value() == 0
    fields[-1].setFocus()
    qtbot.waitUntil(lambda: area.verticalScrollBar().value() > 0)

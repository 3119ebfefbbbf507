"""The small step that starts an inspection leaves nothing behind."""

from typing import Any

from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication

from desktop_app.forms.new_inspection import NewInspectionDialog
from desktop_app.main_window import MainWindow
from desktop_app.places.starting import Starting
from tests.typist import Typist


def _kept(window: MainWindow) -> list[Any]:
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    found = [one for one in QApplication.allWidgets() if isinstance(one, NewInspectionDialog)]
    return [*found, *window.findChildren(Starting)]


def test_no_dialog_is_kept_after_five_were_opened_and_closed(window: MainWindow, typist: Typist) -> None:
    for _ in range(5):
        typist.press("Ctrl+N", "Escape")
    assert _kept(window) == []


def test_no_dialog_is_kept_after_an_inspection_was_made(window: MainWindow, typist: Typist) -> None:
    typist.press("Ctrl+N").text("Durham County Council").press("Tab").text("9 May 2022").press("Tab", "Return")
    assert window.inspections is not None and window.inspections.model.rowCount() == 1
    assert _kept(window) == []

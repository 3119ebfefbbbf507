"""Every question that stops the person; all texts are shown as plain text."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6 import QtCore, QtWidgets  # the dialogs come into Python when one is asked for: a start needs none
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

if TYPE_CHECKING:
    from PySide6.QtPrintSupport import QPrinter

FILE_FILTER = "Inspection logs (*.sqlite)"
DOCUMENT_FILTER = "Documents (*.pdf *.docx *.html *.htm *.txt);;All files (*)"


def whether(parent: QWidget, question: str, details: str, yes: str) -> bool:
    """Ask; True when the person presses the button with the verb `yes`."""
    box = _box(parent, QtWidgets.QMessageBox.Icon.Question, question, details)
    button = box.addButton(yes, QtWidgets.QMessageBox.ButtonRole.AcceptRole)
    cancel = box.addButton("Cancel", QtWidgets.QMessageBox.ButtonRole.RejectRole)
    box.setDefaultButton(cancel)
    box.exec()
    return box.clickedButton() is button


def which(parent: QWidget, question: str, details: str, choices: Sequence[str]) -> int | None:
    """Ask for one of several deeds, the first being the usual one; its index, None for Cancel."""
    box = _box(parent, QtWidgets.QMessageBox.Icon.Question, question, details)
    buttons = [box.addButton(words, QtWidgets.QMessageBox.ButtonRole.ActionRole) for words in choices]
    cancel = box.addButton("Cancel", QtWidgets.QMessageBox.ButtonRole.RejectRole)
    box.setDefaultButton(buttons[0])
    box.setEscapeButton(cancel)
    box.exec()
    return next((index for index, button in enumerate(buttons) if box.clickedButton() is button), None)


def tell(parent: QWidget | None, sentence: str, details: str = "") -> None:
    """Say what went wrong, with one button to go on."""
    box = _box(parent, QtWidgets.QMessageBox.Icon.Warning, sentence, details)
    box.addButton("Close", QtWidgets.QMessageBox.ButtonRole.AcceptRole)
    box.exec()


def _box(
    parent: QWidget | None, icon: "QtWidgets.QMessageBox.Icon", sentence: str, details: str
) -> "QtWidgets.QMessageBox":
    box = QtWidgets.QMessageBox(parent)
    box.setIcon(icon)
    box.setWindowTitle("Inspection Log")
    box.setTextFormat(Qt.TextFormat.PlainText)
    box.setText(sentence)
    box.setInformativeText(details)
    return box


def new_file(parent: QWidget, title: str, suggestion: str) -> Path | None:
    """Where a new file shall stand; None when the person thinks better of it."""
    path, _ = QtWidgets.QFileDialog.getSaveFileName(parent, title, str(_documents() / suggestion), FILE_FILTER)
    if not path:
        return None
    return Path(path) if Path(path).suffix else Path(path + ".sqlite")


def _documents() -> Path:
    found = QtCore.QStandardPaths.writableLocation(QtCore.QStandardPaths.StandardLocation.DocumentsLocation)
    return Path(found) if Path(found).is_dir() else Path.home()


def existing_file(parent: QWidget) -> Path | None:
    """Which inspection log to open."""
    path, _ = QtWidgets.QFileDialog.getOpenFileName(
        parent, "Open an inspection log", str(_documents()), FILE_FILTER + ";;All files (*)"
    )
    return Path(path) if path else None


def document_file(parent: QWidget) -> Path | None:
    """Which document to keep inside the file."""
    path, _ = QtWidgets.QFileDialog.getOpenFileName(parent, "Choose a document", "", DOCUMENT_FILTER)
    return Path(path) if path else None


def sheet_file(parent: QWidget, kinds: str) -> Path | None:
    """Which spreadsheet to import; `kinds` as in FILE_FILTER."""
    path, _ = QtWidgets.QFileDialog.getOpenFileName(parent, "Import a spreadsheet", "", kinds)
    return Path(path) if path else None


def printer(parent: QWidget, lay_out: "Callable[[QPrinter], object]" = lambda _: None) -> "QPrinter | None":
    """Which printer, laid out as a page needs it; None when the question is left."""
    from PySide6.QtPrintSupport import QPrintDialog, QPrinter

    chosen = QPrinter(QPrinter.PrinterMode.HighResolution)
    lay_out(chosen)
    return chosen if QPrintDialog(chosen, parent).exec() else None


def save_document_as(parent: QWidget, suggestion: str, kinds: str = "") -> Path | None:
    """Where to write a document that is kept inside the file, or one that is made; `kinds` as in FILE_FILTER."""
    path, _ = QtWidgets.QFileDialog.getSaveFileName(parent, "Save the document as", suggestion, kinds)
    return Path(path) if path else None

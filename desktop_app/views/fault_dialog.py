"""Says that something went wrong in the program, with the details to be copied for a report."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from desktop_app import look
from desktop_app.views.announce import announce
from desktop_app.views.plain_text import plain_label, wrapped_label
from desktop_app.views.read_only_box import read_only_box

SENTENCE = "Something went wrong in the program. What was saved is safe."
NO_RECORDS = "Copy the details into a report of the fault: they hold nothing of what your file says."


class FaultDialog(QDialog):
    """Its details name the program and the places in it, never a record."""

    def __init__(self, details: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("Inspection Log")
        self.resize(self.fontMetrics().averageCharWidth() * 80, self.fontMetrics().lineSpacing() * 18)
        self.details = read_only_box("Details", details)
        self.copy_button = QPushButton("Copy details")
        self.copy_button.clicked.connect(self.copy)
        close = QPushButton("Close")
        close.setDefault(True)
        close.clicked.connect(self.accept)
        line = QHBoxLayout()
        line.addWidget(self.copy_button)
        line.addStretch(1)
        line.addWidget(close)
        column = QVBoxLayout(self)
        column.setContentsMargins(look.space(4), look.space(4), look.space(4), look.space(3))
        column.setSpacing(look.space(3))
        column.addWidget(plain_label(SENTENCE, "subheading"))
        column.addWidget(wrapped_label(NO_RECORDS, "muted"))
        column.addWidget(self.details, 1)
        column.addLayout(line)
        close.setFocus(Qt.FocusReason.OtherFocusReason)

    def copy(self) -> None:
        """Put the details on the clipboard."""
        QGuiApplication.clipboard().setText(self.details.toPlainText())
        self.copy_button.setText("Copied")
        announce(self, "Details copied")

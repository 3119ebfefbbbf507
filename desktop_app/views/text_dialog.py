"""A dialog that shows a plain text to be read."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from desktop_app import look
from desktop_app.views.read_only_box import read_only_box


class TextDialog(QDialog):
    """A title, a text that can be walked and copied, and a button to close."""

    def __init__(self, title: str, text: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(self.fontMetrics().averageCharWidth() * 92, self.fontMetrics().lineSpacing() * 32)
        box = read_only_box(title, text, bars="text")
        close = QPushButton("Close")
        close.clicked.connect(self.accept)
        line = QHBoxLayout()
        line.addStretch(1)
        line.addWidget(close)
        column = QVBoxLayout(self)
        column.setContentsMargins(look.space(4), look.space(4), look.space(4), look.space(3))
        column.addWidget(box, 1)
        column.addLayout(line)

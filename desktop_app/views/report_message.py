"""What stands in the place of a report: that it is being read, why it cannot be shown, or that there is none."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QPushButton, QVBoxLayout, QWidget

from desktop_app import look
from desktop_app.views.announce import announce
from desktop_app.views.plain_text import wrapped_label

_STEPS = 1000


class ReportMessage(QWidget):
    """Signals:
    file_wanted: Emitted when a person wants to choose a file.
    stop_wanted: Emitted when a person wants reading to stop.
    """

    file_wanted = Signal()
    stop_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.head, self.sentence = wrapped_label("", "subheading"), wrapped_label("", "muted")
        self.bar = QProgressBar()
        self.bar.setRange(0, _STEPS)
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName("How much of the report is read")
        self.stop_button, self.file_button = QPushButton("Cancel"), QPushButton("Choose a file…")
        self.stop_button.clicked.connect(self.stop_wanted)
        self.file_button.clicked.connect(self.file_wanted)
        line = QHBoxLayout()
        for button in (self.file_button, self.stop_button):
            button.setAutoDefault(True)  # so that Return presses it
            line.addWidget(button)
        line.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(look.space(5), look.space(5), look.space(5), look.space(5))
        column.setSpacing(look.space(3))
        column.addWidget(self.head)
        column.addWidget(self.sentence)
        column.addWidget(self.bar)
        column.addLayout(line)
        column.addStretch(1)

    def show_reading(self, title: str) -> None:
        """Say that a document is being read."""
        self._show(f"Reading {title}", "", is_reading=True)
        self.bar.setValue(0)

    def show_share(self, share: float) -> None:
        """Say how much of it is read, 0 to 1."""
        self.bar.setValue(round(share * _STEPS))

    def show_trouble(self, title: str, sentence: str) -> None:
        """Say why a document is not shown; it is kept all the same."""
        self._show(f"{title} is kept, but cannot be shown", sentence)
        announce(self, f"{self.head.text()}. {sentence}")

    def show_none(self) -> None:
        """Say how a report comes here."""
        self._show(
            "No report yet", "Drop a PDF on the window, or choose one. It is kept inside the file.", is_empty=True
        )

    def _show(self, head: str, sentence: str, *, is_reading: bool = False, is_empty: bool = False) -> None:
        self.head.setText(head)
        self.sentence.setText(sentence)
        self.sentence.setVisible(bool(sentence))
        self.bar.setVisible(is_reading)
        self.stop_button.setVisible(is_reading)
        self.file_button.setVisible(is_empty)

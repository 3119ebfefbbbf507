"""The bar below a report: what is marked, and what it can become."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from desktop_app import look
from desktop_app.reading.passage import Passage
from desktop_app.views.flow_layout import FlowLayout
from desktop_app.views.plain_text import plain_label

QUOTE, AREA = "quotes", "areas"
NOTHING = "Mark words in the report to quote them (Ctrl+Shift+Q)."


class CaptureBar(QWidget):
    """Signals:
    capture_wanted: Emitted with QUOTE or AREA.
    """

    capture_wanted = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.marked = plain_label(NOTHING, "muted")
        self.marked.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.quote_button = self._button("Quote this", "Ctrl+Shift+Q", QUOTE)
        self.quote_button.setProperty("role", "primary")
        self.area_button = self._button("Area for improvement", "Ctrl+Shift+A", AREA)
        buttons = FlowLayout(gap_px=look.space(2))
        buttons.addWidget(self.quote_button)
        buttons.addWidget(self.area_button)
        head = QHBoxLayout()
        head.addWidget(self.marked, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(look.space(3), look.space(2), look.space(3), look.space(2))
        column.setSpacing(look.space(2))
        column.addLayout(head)
        column.addLayout(buttons)
        self.show_passage(None)

    def _button(self, text: str, keys: str, what: str) -> QPushButton:
        button = QPushButton(text)
        button.setToolTip(keys)
        button.setAutoDefault(True)  # so that Return presses it
        button.clicked.connect(lambda: self.capture_wanted.emit(what))
        return button

    def show_passage(self, passage: Passage | None) -> None:
        """Say what is marked."""
        for button in (self.quote_button, self.area_button):
            button.setEnabled(passage is not None)
        self.marked.setText(in_words(passage) if passage else NOTHING)


def in_words(passage: Passage) -> str:
    """How much is marked, and where: "12 words · page 3, paragraph 6"."""
    count = len(passage.text.replace("•", " ").split())
    words = f"{count:,} word{'' if count == 1 else 's'}"
    places = (
        f"page {passage.page}" if passage.page else "",
        f"paragraph {passage.paragraph}" if passage.paragraph else "",
    )
    place = ", ".join(part for part in places if part)
    return " · ".join(part for part in (f"{words} marked", place) if part)

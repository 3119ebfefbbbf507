"""What stands in a place that holds nothing yet, and what to do next there."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from desktop_app import look
from desktop_app.views.plain_text import plain_label

ICON_PX = 48


class _Picture(QWidget):
    """An icon that is painted, so that a screen reader does not meet a nameless image."""

    def __init__(self, icon_name: str) -> None:
        super().__init__()
        self._icon_name = icon_name
        self.setFixedHeight(ICON_PX)
        look.signals.changed.connect(self.update)

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        painter = QPainter(self)
        look.icon(self._icon_name, "muted").paint(painter, self.rect())
        painter.end()


class EmptyState(QWidget):
    """An icon, a heading, a sentence and up to two buttons in the middle; the first is the main one.

    The place connects to `buttons[0].clicked`.
    """

    def __init__(
        self,
        icon_name: str,
        heading: str,
        sentence: str,
        button_texts: Sequence[str] = (),
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._picture = _Picture(icon_name)
        self._heading = plain_label(heading, "heading")
        self._sentence = plain_label(sentence, "muted")
        self.buttons = tuple(QPushButton(text) for text in button_texts)
        for button in self.buttons:
            button.setAutoDefault(True)  # so that Return presses it
        for button in self.buttons[:1]:
            button.setProperty("role", "primary")
        self._lay_out()

    def say(self, heading: str, sentence: str) -> None:
        """Say something else."""
        self._heading.setText(heading)
        self._sentence.setText(sentence)

    def _lay_out(self) -> None:
        rows = QVBoxLayout(self)
        rows.setSpacing(look.space(3))
        rows.addStretch(2)
        rows.addWidget(self._picture)
        for label in (self._heading, self._sentence):
            label.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            label.setWordWrap(True)
            rows.addWidget(label)
        row = QHBoxLayout()
        row.setSpacing(look.space(2))
        row.addStretch()
        for button in self.buttons:
            row.addWidget(button)
        row.addStretch()
        rows.addLayout(row)
        rows.addStretch(3)

"""A line of suggestions, each a button that takes it; nothing is taken by itself."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton, QWidget

from desktop_app import look
from desktop_app.views.flow_layout import FlowLayout
from desktop_app.views.plain_text import as_button_text, plain_label


class Suggestions(QWidget):
    """Hidden while there are none.

    Signals:
        taken: Emitted with the key of the suggestion that was pressed.
    """

    taken = Signal(str)

    def __init__(self, words: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(words.rstrip(":"))
        self._words = words.rstrip(":")
        self._flow = FlowLayout(self, look.space(2))
        self._flow.addWidget(plain_label(words, "muted"))
        self.buttons: list[QPushButton] = []
        self._offered: list[tuple[str, str]] = []
        self.hide()

    def offer(self, found: Sequence[tuple[str, str]]) -> None:
        """Offer these, each a key and a name; the same ones again leave the buttons as they are."""
        if list(found) == self._offered:
            return
        self._offered = list(found)
        for button in self.buttons:
            self._flow.removeWidget(button)
            button.hide()
            button.deleteLater()
        self.buttons = [self._button(key, name) for key, name in found]
        self.setVisible(bool(found))
        self.updateGeometry()

    def _button(self, key: str, name: str) -> QPushButton:
        button = QPushButton(as_button_text(f"+ {name}"))
        button.setProperty("role", "link")
        button.setAccessibleName(f"Add the theme {name}")
        button.setAutoDefault(True)  # so that Return presses it
        button.clicked.connect(lambda: self.taken.emit(key))
        self._flow.addWidget(button)
        return button

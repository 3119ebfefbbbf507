"""A bar across the window that says what is wrong with the file, with what can be done about it."""

from collections.abc import Callable, Mapping

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QWidget

from desktop_app import look
from desktop_app.views.announce import announce
from desktop_app.views.plain_text import wrapped_label


class TroubleBar(QFrame):
    """Hidden while nothing is wrong; it never takes the focus from where a person types."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "trouble")
        self.setAccessibleName("Trouble with the file")
        self._sentence = wrapped_label()
        self.buttons: dict[str, QPushButton] = {}
        self._line = QHBoxLayout(self)
        self._line.setContentsMargins(look.space(4), look.space(2), look.space(4), look.space(2))
        self._line.setSpacing(look.space(2))
        self._line.addWidget(self._sentence, 1)
        self.hide()

    @property
    def text(self) -> str:
        return self._sentence.text() if not self.isHidden() else ""

    def show_trouble(self, sentence: str, deeds: Mapping[str, Callable[[], object]]) -> None:
        """Say what is wrong, with a button for each deed; the same sentence again is not spoken again."""
        self._say(sentence, deeds, is_trouble=True)

    def show_notice(self, sentence: str, deeds: Mapping[str, Callable[[], object]]) -> None:
        """Say something that is no trouble, with a button for each deed."""
        self._say(sentence, deeds, is_trouble=False)

    def _say(self, sentence: str, deeds: Mapping[str, Callable[[], object]], *, is_trouble: bool) -> None:
        self.setProperty("role", "trouble" if is_trouble else "notice")
        self.style().unpolish(self)
        self.style().polish(self)
        self._make_buttons(deeds)
        is_new = sentence != self.text
        self._sentence.setText(sentence)
        self.show()
        if is_new:
            announce(self, sentence, is_urgent=is_trouble)

    def _make_buttons(self, deeds: Mapping[str, Callable[[], object]]) -> None:
        if list(deeds) == list(self.buttons):
            return
        for button in self.buttons.values():
            self._line.removeWidget(button)
            button.deleteLater()
        self.buttons = {}
        for text, deed in deeds.items():
            button = QPushButton(text)
            button.setAutoDefault(True)
            button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
            button.clicked.connect(lambda _=False, deed=deed: deed())
            self._line.addWidget(button)
            self.buttons[text] = button

    def clear(self) -> None:
        """Nothing is wrong any more."""
        self.hide()
        self._sentence.setText("")

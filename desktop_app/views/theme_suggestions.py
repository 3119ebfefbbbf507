"""A line of themes that the words suggest, each a button that sets it; hidden where there is none."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QPushButton, QWidget

from desktop_app import look
from desktop_app.views.flow_layout import FlowLayout
from desktop_app.views.plain_text import as_button_text, plain_label

_STEPS = {Qt.Key.Key_Left: -1, Qt.Key.Key_Up: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Down: 1}


class _Suggestion(QPushButton):
    """Signals:
    moved: Emitted with -1 or 1 on an arrow key.
    left: Emitted on Escape.
    """

    moved = Signal(int)
    left = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if step := _STEPS.get(Qt.Key(event.key())):
            self.moved.emit(step)
        elif event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)


class ThemeSuggestions(QWidget):
    """No stop on the way of Tab, so that entering goes on as it did: the field above leads here by the Down key.

    Signals:
        chosen: Emitted with the id of a theme that a person takes.
        left: Emitted when a person goes back to the field by a key.
    """

    chosen = Signal(str)
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName("Suggested themes")
        self._themes: tuple[tuple[str, str], ...] = ()
        self.buttons: list[QPushButton] = []
        self._line = FlowLayout(self, gap_px=look.space(1))
        self._line.addWidget(plain_label("Suggested (Down key):", "muted"))
        self.hide()

    def show_themes(self, themes: Sequence[tuple[str, str]]) -> None:
        """Offer these themes, each an id and a name."""
        if self._themes == tuple(themes):
            return
        had_focus = any(button.hasFocus() for button in self.buttons)
        self._themes = tuple(themes)
        for button in self.buttons:
            self._line.removeWidget(button)
            button.hide()
            button.deleteLater()
        self.buttons = [self._button(theme_id, name) for theme_id, name in themes]
        self.setVisible(bool(themes))
        if had_focus:
            self.start()

    def start(self) -> None:
        """Put the focus on the first suggestion, where there is one."""
        if self.buttons:
            self.buttons[0].setFocus(Qt.FocusReason.OtherFocusReason)

    def _button(self, theme_id: str, name: str) -> QPushButton:
        button = _Suggestion(as_button_text(name), self)
        button.setProperty("role", "link")
        button.setAccessibleName(f"Add suggested theme {name}")
        button.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        button.setAutoDefault(True)  # so that Return presses it
        button.clicked.connect(partial(self.chosen.emit, theme_id))
        button.moved.connect(partial(self._move, button))
        button.left.connect(self.left)
        self._line.addWidget(button)
        button.show()
        return button

    def _move(self, button: QPushButton, step: int) -> None:
        place = self.buttons.index(button) + step
        if place < 0:
            self.left.emit()
        elif place < len(self.buttons):
            self.buttons[place].setFocus(Qt.FocusReason.OtherFocusReason)

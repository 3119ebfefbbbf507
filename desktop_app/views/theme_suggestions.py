"""A line of themes that the words suggest, each a button that sets it; hidden where there is none."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QPushButton, QWidget

from desktop_app import look
from desktop_app.views.flow_layout import FlowLayout
from desktop_app.views.plain_text import as_button_text, plain_label


class ThemeSuggestions(QWidget):
    """Signals:
    chosen: Emitted with the id of a theme that a person takes.
    """

    chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName("Suggested themes")
        self._themes: tuple[tuple[str, str], ...] = ()
        self.buttons: list[QPushButton] = []
        self._line = FlowLayout(self, gap_px=look.space(1))
        self._line.addWidget(plain_label("Suggested:", "muted"))
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
        if had_focus and self.buttons:
            self.buttons[0].setFocus(Qt.FocusReason.OtherFocusReason)

    def _button(self, theme_id: str, name: str) -> QPushButton:
        button = QPushButton(as_button_text(name), self)
        button.setProperty("role", "link")
        button.setAccessibleName(f"Add suggested theme {name}")
        button.setAutoDefault(True)  # so that Return presses it
        button.clicked.connect(partial(self.chosen.emit, theme_id))
        self._line.addWidget(button)
        button.show()
        return button

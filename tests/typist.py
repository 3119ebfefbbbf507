"""A person at the keyboard: every key goes to whatever has the focus, and is counted."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget


class Typist:
    """Types into a window.

    Attributes:
        letters: how many keys typed text.
        others: how many keys did anything else: Tab, shortcuts, keys that set a grade or choose from a list.
    """

    def __init__(self, window: QWidget) -> None:
        self._window = window
        self.letters = 0
        self.others = 0

    def _target(self) -> QWidget:
        if QApplication.activeWindow() is None:
            # Where a dialog closed, a window manager gives the window before it back; offscreen there is none.
            self._window.activateWindow()
            QApplication.processEvents()
        popup = QApplication.activePopupWidget()
        return popup or QApplication.focusWidget() or QApplication.activeModalWidget() or self._window

    def text(self, words: str) -> "Typist":
        """Type words."""
        for letter in words:
            self._type(letter)
        self.letters += len(words)
        return self

    def keys(self, letters: str) -> "Typist":
        """Press single keys that mean something, such as a grade's."""
        for letter in letters:
            self._type(letter)
        self.others += len(letters)
        return self

    def _type(self, letter: str) -> None:
        if letter == "\n":
            QTest.keyClick(self._target(), Qt.Key.Key_Return)
        elif ord(letter) < 128:
            QTest.keyClick(self._target(), letter)
        else:
            # Letters beyond ASCII have no key of their own in the test library; they arrive as a text.
            QTest.sendKeyEvent(
                QTest.KeyAction.Click, self._target(), Qt.Key.Key_unknown, letter, Qt.KeyboardModifier.NoModifier
            )

    def press(self, *combinations: str) -> "Typist":
        """Press keys by name: "Ctrl+N", "Tab", "Alt+3"."""
        for combination in combinations:
            pressed = QKeySequence(combination)[0]
            QTest.keyClick(self._target(), pressed.key(), pressed.keyboardModifiers())
            QApplication.processEvents()
        self.others += len(combinations)
        return self

"""A person without a plan: presses any key and clicks anywhere, the same way for the same seed."""

import random

from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from desktop_app.commands import MENUS
from desktop_app.main_window import MainWindow

SHORTCUTS = [keys for menu in MENUS.values() for one in menu for keys in one.keys.split("; ") if keys]
NOT_PRESSED = ("Ctrl+Q", "Ctrl+W")  # they end what is being tried
KEYS = (
    *"abgoirn 129K,.”<&",
    *("Tab", "Tab", "Tab", "Shift+Tab", "Return", "Return", "Space", "Escape", "Escape", "Up", "Down", "Left", "Right"),
    *("Home", "End", "PgUp", "PgDown", "Delete", "Backspace", "Ctrl+Return", "Ctrl+A", "Ctrl+C", "Ctrl+V", "Alt+Up"),
    *(keys for keys in SHORTCUTS if keys not in NOT_PRESSED),
)
MOST_WINDOWS = 4
SHARE_OF_CLICKS = 0.3


class RandomPerson:
    """Works in a window."""

    def __init__(self, window: MainWindow, seed: int) -> None:
        self._window = window
        self._chance = random.Random(seed)
        self.done: list[str] = []

    def act(self, times: int) -> None:
        """Do as many things as that; `done` says which."""
        for _ in range(times):
            if len(_open_windows()) > MOST_WINDOWS:
                _open_windows()[-1].close()
            elif self._chance.random() < SHARE_OF_CLICKS:
                self._click()
            else:
                self._press(self._chance.choice(KEYS))
            QApplication.processEvents()
        self.leave_everything()

    def leave_everything(self) -> None:
        """Close what stands before the window."""
        while popup := QApplication.activePopupWidget():
            popup.close()
        for window in _open_windows():
            if window is not self._window:
                window.close()
        settle()

    def _press(self, keys: str) -> None:
        self.done.append(keys)
        target = self._target()
        if len(keys) == 1:
            # Letters beyond ASCII have no key of their own in the test library.
            QTest.sendKeyEvent(
                QTest.KeyAction.Click, target, Qt.Key.Key_unknown, keys, Qt.KeyboardModifier.NoModifier
            )
        else:
            pressed = QKeySequence(keys)[0]
            QTest.keyClick(target, pressed.key(), pressed.keyboardModifiers())

    def _target(self) -> QWidget:
        if QApplication.activeWindow() is None:
            _open_windows()[-1].activateWindow()
            QApplication.processEvents()
        return QApplication.activePopupWidget() or QApplication.focusWidget() or _open_windows()[-1]

    def _click(self) -> None:
        window = QApplication.activePopupWidget() or QApplication.activeModalWidget() or self._window
        size = window.size()
        point = QPoint(self._chance.randrange(max(size.width(), 1)), self._chance.randrange(max(size.height(), 1)))
        widget = window.childAt(point) or window
        self.done.append(f"click {type(widget).__name__} {widget.accessibleName()}")
        QTest.mouseClick(widget, Qt.MouseButton.LeftButton, pos=widget.mapFrom(window, point))


def _open_windows() -> list[QWidget]:
    return [widget for widget in QApplication.topLevelWidgets() if widget.isVisible() and widget.isWindow()]


def settle() -> None:
    """Have everything done that was put off, what was to be deleted too."""
    for _ in range(3):
        QApplication.processEvents()
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)

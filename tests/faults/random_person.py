"""A person without a plan: presses any key and clicks anywhere, the same way for the same seed."""

import random

from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QTabBar,
    QWidget,
)

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
MOST_EVENTS_IN_A_DIALOG = 15
SHARE_OF_CLICKS = 0.3
SHARE_OF_WORK = 0.4  # of the rest: a field of an inspection is typed in and left
SHARE_ON_CONTROLS = 0.8  # the other clicks go anywhere
CONTROLS = (QAbstractButton, QLineEdit, QPlainTextEdit, QComboBox, QAbstractItemView, QTabBar)


class RandomPerson:
    """Works in a window."""

    def __init__(self, window: MainWindow, seed: int) -> None:
        self._window = window
        self._chance = random.Random(seed)
        self.done: list[str] = []

    def act(self, times: int) -> None:
        """Do as many things as that; `done` says which."""
        in_dialog = 0
        for _ in range(times):
            others = [one for one in _open_windows() if one is not self._window]
            in_dialog = in_dialog + 1 if others else 0
            if len(others) >= MOST_WINDOWS or in_dialog > MOST_EVENTS_IN_A_DIALOG:
                (QApplication.activeModalWidget() or others[-1]).close()
                in_dialog = 0
            elif self._chance.random() < SHARE_OF_CLICKS:
                self._click()
            elif self._chance.random() < SHARE_OF_WORK:
                self._work()
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

    def _work(self) -> None:
        """Go to a part of an inspection, type something into whatever has the focus there, and leave it."""
        for keys in ("Ctrl+2", f"Alt+{self._chance.randint(1, 5)}", *["Tab"] * self._chance.randint(0, 6)):
            self._press(keys)
            QApplication.processEvents()
        for letter in self._chance.choices("abgr 12”<", k=4):
            self._press(letter)
        self._press(self._chance.choice(("Tab", "Ctrl+Return", "Return")))

    def _press(self, keys: str) -> None:
        self.done.append(keys)
        target = self._target()
        if len(keys) == 1:
            # Letters beyond ASCII have no key of their own in the test library.
            QTest.sendKeyEvent(QTest.KeyAction.Click, target, Qt.Key.Key_unknown, keys, Qt.KeyboardModifier.NoModifier)
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
        point = self._on_a_control(window) or QPoint(self._any(window.width()), self._any(window.height()))
        widget = window.childAt(point) or window
        self.done.append(f"click {type(widget).__name__} {widget.accessibleName()}")
        QTest.mouseClick(widget, Qt.MouseButton.LeftButton, pos=widget.mapFrom(window, point))

    def _on_a_control(self, window: QWidget) -> QPoint | None:
        shown = [one for one in window.findChildren(QWidget) if isinstance(one, CONTROLS) and _can_be_clicked(one)]
        if not shown or self._chance.random() > SHARE_ON_CONTROLS:
            return None
        control = self._chance.choice(shown)
        return control.mapTo(window, QPoint(self._any(control.width()), self._any(control.height())))

    def _any(self, size_px: int) -> int:
        return self._chance.randrange(max(size_px, 1))


def _can_be_clicked(widget: QWidget) -> bool:
    return widget.isVisible() and widget.isEnabled() and not widget.visibleRegion().isEmpty()


def _open_windows() -> list[QWidget]:
    return [widget for widget in QApplication.topLevelWidgets() if widget.isVisible() and widget.isWindow()]


def settle() -> None:
    """Have everything done that was put off, what was to be deleted too."""
    for _ in range(3):
        QApplication.processEvents()
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)

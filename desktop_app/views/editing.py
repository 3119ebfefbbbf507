"""What every field has in common: it knows a person's edit from one that the program made."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QWidget

STAYS = (Qt.FocusReason.ActiveWindowFocusReason, Qt.FocusReason.PopupFocusReason)
_UNDOING = (QKeySequence.StandardKey.Undo, QKeySequence.StandardKey.Redo)

if TYPE_CHECKING:
    _Widget = QWidget
else:
    _Widget = object  # the Qt class stands beside this one among the bases


def mark(widget: QWidget, is_invalid: bool) -> None:
    """Show on a widget that what stands in it is wrong, or no longer."""
    if bool(widget.property("invalid")) is not is_invalid:
        widget.setProperty("invalid", is_invalid)
        widget.style().unpolish(widget)
        widget.style().polish(widget)


class Editing(_Widget):
    """A field with `value()` and `set_value()`, placed before its Qt class among the bases.

    A change counts as a person's unless it happens inside `silence()`. A value that cannot be read
    stays unsaved typing after the field was left.

    Signals:
        edited: Emitted at each change that a person makes.
        left: Emitted when the focus leaves after such a change; not when the window or a popup takes it.
    """

    edited = Signal()
    left = Signal()
    _is_silent = False
    _has_typing = False
    _is_touched = False

    @property
    def has_typing(self) -> bool:
        """Whether there is a person's typing that nobody has taken over yet."""
        return self._has_typing

    def clear_typing(self) -> None:
        """Take what stands here as saved."""
        self._has_typing = self._is_touched = False

    def keep_typing(self) -> None:
        """What stands here was refused: it is unsaved typing still, and leaving the field tries again."""
        self._has_typing = self._is_touched = True

    def value(self) -> Any:
        """What stands in the field; a ValueError, with the sentence to show, where it cannot be read."""
        raise NotImplementedError

    def set_value(self, value: Any) -> None:
        """Show a value without telling anyone."""
        with self.silence():
            self._show(value)
        self.clear_typing()

    def leave(self) -> None:
        """Do what happens when the focus leaves; a form calls it before it closes."""
        with self.silence():
            self._tidy()
        if self._is_touched:
            self._is_touched = False
            self._has_typing = not self._is_readable()
            self.left.emit()

    def mark_error(self, part: str = "") -> None:
        """Show that the value is wrong; `part` matters to fields of several boxes."""
        del part
        mark(self, True)

    def clear_error(self) -> None:
        """Show that nothing is wrong."""
        mark(self, False)

    @contextmanager
    def silence(self) -> Iterator[None]:
        """Changes in here are the program's."""
        before, self._is_silent = self._is_silent, True
        try:
            yield
        finally:
            self._is_silent = before

    def event(self, event: QEvent) -> bool:
        """Leave Ctrl+Z to the window unless there is typing here to be undone."""
        if event.type() == QEvent.Type.ShortcutOverride and not self._has_typing:
            assert isinstance(event, QKeyEvent)
            if any(event.matches(key) for key in _UNDOING):
                event.ignore()
                return True
        return super().event(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() not in STAYS:
            self.leave()

    def _on_change(self) -> None:
        if not self._is_silent:
            self._has_typing = self._is_touched = True
            self.edited.emit()

    def _is_readable(self) -> bool:
        try:
            self.value()
        except ValueError:
            return False
        return True

    def _show(self, value: Any) -> None:
        raise NotImplementedError

    def _tidy(self) -> None:
        """Put the text in order as the field is left; its meaning stays."""

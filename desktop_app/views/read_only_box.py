"""A text that can be read, walked by keyboard and copied, and not changed."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPlainTextEdit

from desktop_app.views.naming import name_bars


def read_only_box(name: str, text: str = "", *, bars: str = "") -> QPlainTextEdit:
    """A box with plain text; Tab leaves it.

    Args:
        name: what a screen reader calls it.
        bars: what its scroll bars are called after; the name where nothing is said.
    """
    box = QPlainTextEdit(text)
    box.setReadOnly(True)
    box.setTabChangesFocus(True)
    box.setTextInteractionFlags(
        Qt.TextInteractionFlag.TextSelectableByKeyboard | Qt.TextInteractionFlag.TextSelectableByMouse
    )
    box.setAccessibleName(name)
    name_bars(box, bars or name.lower())
    return box

"""Marks words in the fields of a form, where a search found them."""

import re

from PySide6.QtCore import Qt
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QWidget

from db.text import fold


def mark_words(form: QWidget, typed: str) -> bool:
    """Select the first place in a visible field where one of the words starts, longest words first, and focus it.

    Args:
        typed: what a person searched for.
    """
    words = sorted((word.strip("\"'-") for word in fold(typed).split()), key=len, reverse=True)
    boxes: list[QPlainTextEdit | QLineEdit] = [*form.findChildren(QPlainTextEdit), *form.findChildren(QLineEdit)]
    fields = [box for box in boxes if box.isVisible()]
    for word in filter(None, words):
        for field in fields:
            text = field.toPlainText() if isinstance(field, QPlainTextEdit) else field.text()
            # Folding may change the length of a text; then the place would be wrong, and none is better.
            folded = fold(text)
            found = re.search(rf"(?<!\w){re.escape(word)}", folded) if len(folded) == len(text) else None
            if found:
                _select(field, found.start(), found.end())
                return True
    return False


def _select(field: QPlainTextEdit | QLineEdit, start: int, end: int) -> None:
    field.setFocus(Qt.FocusReason.OtherFocusReason)
    if isinstance(field, QLineEdit):
        field.setSelection(start, end - start)
        return
    cursor = field.textCursor()
    cursor.setPosition(start)
    cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
    field.setTextCursor(cursor)
    field.ensureCursorVisible()

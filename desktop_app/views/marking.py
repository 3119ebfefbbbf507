"""Marks words in the fields of a form, where a search found them."""

import re

from PySide6.QtCore import Qt
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QWidget

from db.search_words import one_word, parse, two_words
from db.text import fold


def mark_words(form: QWidget, typed: str) -> bool:
    """Select the first place in a visible field where one of the words starts, longest words first, and focus it.

    Args:
        typed: what a person searched for.
    """
    boxes: list[QPlainTextEdit | QLineEdit] = [*form.findChildren(QPlainTextEdit), *form.findChildren(QLineEdit)]
    fields = [box for box in boxes if box.isVisible()]
    for pattern in _patterns(typed):
        for field in fields:
            text = field.toPlainText() if isinstance(field, QPlainTextEdit) else field.text()
            # Folding may change the length of a text; then the place would be wrong, and none is better.
            folded = fold(text)
            found = re.search(pattern, folded) if len(folded) == len(text) else None
            if found:
                _select(field, text, found.start(), found.end())
                return True
    return False


def _patterns(typed: str) -> list[str]:
    """What to look for: the words as they were typed before other ways to write them."""
    words = sorted((word.text for word in parse(typed).wanted), key=len, reverse=True)
    others = [form for word in words for form in (one_word(word), *two_words(word)) if form]
    parts = [re.findall(r"[\w']+", word) for word in (*words, *others)]
    return [r"(?<!\w)" + r"\W+".join(map(re.escape, part)) for part in parts if part]


def _select(field: QPlainTextEdit | QLineEdit, text: str, start: int, end: int) -> None:
    field.setFocus(Qt.FocusReason.OtherFocusReason)
    first, last = _units(text[:start]), _units(text[:end])
    if isinstance(field, QLineEdit):
        field.setSelection(first, last - first)
        return
    cursor = field.textCursor()
    cursor.setPosition(first)
    cursor.setPosition(last, QTextCursor.MoveMode.KeepAnchor)
    field.setTextCursor(cursor)
    field.ensureCursorVisible()


def _units(text: str) -> int:
    """The length as Qt counts it: an emoji is two."""
    return len(text) + sum(letter > "\uffff" for letter in text)

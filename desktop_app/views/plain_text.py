"""Keeps text from the file plain where Qt would look for markup or mnemonics in it."""

import re

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel


def as_tool_tip(text: str) -> str:
    """The text for `setToolTip`, where Qt guesses whether it is HTML."""
    import html  # its table of names is large, and few tool tips need it

    return f"<p>{html.escape(text)}</p>" if "<" in text else text


def as_button_text(text: str) -> str:
    """The text for a button, tab or menu, where "&" makes a mnemonic."""
    return text.replace("&", "&&")


def without_mnemonic(text: str) -> str:
    """The words of a label text: "&Start date" is "Start date", "Q&&A" is "Q&A"."""
    return re.sub(r"&(.)", r"\1", text)


def plain_label(text: str = "", role: str = "") -> QLabel:
    """A label that shows its text as it stands, in a manner of `desktop_app.style_sheet`."""
    label = QLabel(text)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setProperty("role", role)
    return label


def wrapped_label(text: str = "", role: str = "") -> QLabel:
    """A plain label that breaks its text into lines."""
    label = plain_label(text, role)
    label.setWordWrap(True)
    return label

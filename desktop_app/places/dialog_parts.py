"""The plain parts that dialogs are laid out with, and what they ask alike."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from desktop_app import ask, look

_SHOWN_HITS = 10


def page() -> tuple[QWidget, QVBoxLayout]:
    """A page without margins, and its column."""
    sheet = QWidget()
    column = QVBoxLayout(sheet)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(look.space(3))
    return sheet, column


def in_line(*widgets: QWidget, shares: tuple[int, ...]) -> QHBoxLayout:
    """Widgets side by side, each with its share of the width; a button stands level with the field beside it."""
    row = QHBoxLayout()
    row.setSpacing(look.space(3))
    for widget, share in zip(widgets, shares, strict=True):
        at = Qt.AlignmentFlag.AlignBottom if isinstance(widget, QPushButton) else Qt.AlignmentFlag(0)
        row.addWidget(widget, share, at)
    return row


def may_be_read(parent: QWidget, what: str, hits: Sequence[str], go_on: str) -> bool:
    """Whether a paper may go out, asked where something in it might identify a child; a sentence for each hit."""
    if not hits:
        return True
    more = [f"And {len(hits) - _SHOWN_HITS:,} more."] if len(hits) > _SHOWN_HITS else []
    details = "\n".join([*hits[:_SHOWN_HITS], *more])
    return ask.whether(parent, f"Something in the {what} might identify a child.", details, go_on)


def button(text: str, deed: Callable[[], object], *, is_primary: bool = False) -> QPushButton:
    """A button that does a deed; Return presses it only where it is the dialog's default."""
    made = QPushButton(text)
    made.setAutoDefault(False)
    if is_primary:
        made.setProperty("role", "primary")
    made.clicked.connect(lambda: deed())
    return made


def button_line(*buttons: QPushButton) -> QHBoxLayout:
    """Buttons at the right end of a line."""
    line = QHBoxLayout()
    line.addStretch(1)
    for each in buttons:
        line.addWidget(each)
    return line

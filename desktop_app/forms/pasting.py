"""A text box that puts pasted words in order; typing is never touched."""

from collections.abc import Callable

from PySide6.QtCore import QMimeData
from PySide6.QtWidgets import QWidget

from desktop_app.views.fields import TextBox


class PastingTextBox(TextBox):
    """Words pasted from a PDF go through `tidy` on their way in."""

    def __init__(
        self, tidy: Callable[[str], str], parent: QWidget | None = None, *, rows: int = 3, most_rows: int = 8
    ) -> None:
        super().__init__(parent, rows=rows, most_rows=most_rows)
        self._tidy_paste = tidy

    def insertFromMimeData(self, source: QMimeData) -> None:
        self.insertPlainText(self._tidy_paste(source.text()))

"""The first step of an import: a file chosen or dropped, or a table that was copied elsewhere."""

from PySide6.QtCore import QMimeData, Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeySequence, QShortcut
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop_app import ask, look
from desktop_app.exchange.import_source import ENDINGS
from desktop_app.places.dialog_parts import button, button_line
from desktop_app.views.file_drop import FileDrop, files_of
from desktop_app.views.plain_text import plain_label, wrapped_label

_FILTER = f"Spreadsheets ({' '.join(f'*{ending}' for ending in ENDINGS)});;All files (*)"
_WORDS = (
    "Takes in what you have today: a workbook (.xlsx), a CSV file, or the national summary sheet of inspection "
    "outcomes. One row may be an inspection, a judgement, a quote or an area for improvement."
)
_SAFE = "Nothing is written before you have seen what comes in. What your file says already stays as it is."
_NO_TABLE = "The clipboard holds no table. Copy the cells in your spreadsheet, headings included, and paste again."


class ChoosePage(QWidget):
    """Signals:
    file_wanted: Emitted with the Path of a spreadsheet.
    text_wanted: Emitted with a text that was pasted.
    left: Emitted when the person thinks better of it.
    """

    file_wanted = Signal(object)
    text_wanted = Signal(str)
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.error = wrapped_label("", "error")
        self.choose_button = button("&Choose a file…", self.choose, is_primary=True)
        self.paste_button = button("&Paste a table", self.paste)
        self.cancel_button = button("Cancel", self.left.emit)
        QShortcut(QKeySequence(QKeySequence.StandardKey.Paste), self, self.paste)
        FileDrop(self).dropped.connect(lambda paths: self.file_wanted.emit(paths[0]))
        self._lay_out()
        self.show_error("")

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(look.space(3))
        column.addWidget(plain_label("What do you want to import?", "subheading"))
        column.addWidget(wrapped_label(_WORDS))
        column.addWidget(wrapped_label(_SAFE))
        column.addWidget(self.error)
        column.addSpacing(look.space(2))
        line = button_line(self.paste_button, self.choose_button)
        line.insertWidget(0, self.cancel_button)
        column.addWidget(wrapped_label("A file can be dropped here too; Ctrl+V pastes cells that you copied.", "muted"))
        column.addStretch(1)
        column.addLayout(line)

    def choose(self) -> None:
        """Ask for a file."""
        if path := ask.sheet_file(self, _FILTER):
            self.file_wanted.emit(path)

    def paste(self) -> None:
        """Take the table in the clipboard, or the file that was copied."""
        data = QGuiApplication.clipboard().mimeData() or QMimeData()  # of an empty clipboard there may be none
        if files := files_of(data):
            self.file_wanted.emit(files[0])
        elif len(data.text().strip().splitlines()) > 1:
            self.text_wanted.emit(data.text())
        else:
            self.show_error(_NO_TABLE)

    def show_error(self, words: str) -> None:
        """Show why it cannot go on; empty takes it back."""
        self.error.setText(words)
        self.error.setVisible(bool(words))

    def start(self) -> None:
        """Put the focus on what is done next."""
        self.choose_button.setDefault(True)
        self.choose_button.setFocus(Qt.FocusReason.OtherFocusReason)

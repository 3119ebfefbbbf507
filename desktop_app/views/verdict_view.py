"""Below the words of a quote: whether they are the report's, the report's words where they differ, and what to do."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtGui import QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPlainTextEdit, QPushButton, QTextEdit, QVBoxLayout, QWidget

from desktop_app import look
from desktop_app.views.fields import TextBox
from desktop_app.views.plain_text import wrapped_label

TAKE, KEEP, KEEP_NO_MORE = "Take the report’s words", "Keep as printed in that source", "Keep as printed no more"


class VerdictView(QFrame):
    """A line that says the verdict; hidden while there is nothing to say.

    Signals:
        take_wanted: Emitted when a person wants the report's words in the quote.
        keep_wanted: Emitted when a person wants the quote kept as its source prints it, or no more.
    """

    take_wanted = Signal()
    keep_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.said = wrapped_label()
        self.notes = wrapped_label(role="muted")
        self.report = TextBox(rows=1, most_rows=5)
        self.report.setReadOnly(True)
        self.report.setAccessibleName("The report’s words")
        self.take = QPushButton(TAKE)
        self.take.clicked.connect(self.take_wanted)
        self.keep = QPushButton(KEEP)
        self.keep.clicked.connect(self.keep_wanted)
        line = QHBoxLayout()
        for button in (self.take, self.keep):
            button.setAutoDefault(True)  # so that Return presses it
            line.addWidget(button)
        line.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(look.space(1))
        for widget in (self.said, self.report, self.notes):
            column.addWidget(widget)
        column.addLayout(line)
        self.clear()

    def clear(self) -> None:
        """Say nothing."""
        self.say("")

    def say(self, sentence: str, notes: str = "") -> None:
        """Say one sentence that asks for no deed."""
        self._show(sentence, notes)
        for widget in (self.report, self.take, self.keep):
            widget.hide()

    def differ(self, sentence: str, report: str, marks: Sequence[tuple[int, int]], *, is_kept: bool) -> None:
        """Say how a quote differs, with the report's words, the differing ones marked, and offer what can be done."""
        self._show(sentence, "")
        self.report.set_value(report)
        mark(self.report, marks)
        self.keep.setText(KEEP_NO_MORE if is_kept else KEEP)
        for widget in (self.report, self.take, self.keep):
            widget.show()

    def _show(self, sentence: str, notes: str) -> None:
        self.said.setText(sentence)
        self.notes.setText(notes)
        self.notes.setVisible(bool(notes))
        self.setVisible(bool(sentence))


def mark(box: QPlainTextEdit, spans: Sequence[tuple[int, int]]) -> None:
    """Underline and tint words of a text; where nothing stands, the letter beside it.

    Args:
        spans: first letter and end of each, in the text as Python counts it.
    """
    text = box.toPlainText()
    box.setExtraSelections([_selection(box, text, start, max(end, start + 1)) for start, end in spans])


def _selection(box: QPlainTextEdit, text: str, start: int, end: int) -> QTextEdit.ExtraSelection:
    made = QTextEdit.ExtraSelection()
    style = QTextCharFormat()
    style.setFontUnderline(True)
    style.setBackground(look.current().error_soft)
    made.format = style
    cursor = QTextCursor(box.document())
    cursor.setPosition(_units(text[:start]))
    cursor.setPosition(_units(text[:end]), QTextCursor.MoveMode.KeepAnchor)
    made.cursor = cursor
    return made


def _units(text: str) -> int:
    """The length as Qt counts it: an emoji is two."""
    return len(text) + sum(letter > "\uffff" for letter in text)

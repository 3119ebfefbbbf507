"""The field in which a row of a draft is corrected: a line, a text of several lines, or one of a list."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from desktop_app import look
from desktop_app.views.announce import announce
from desktop_app.views.editing import mark
from desktop_app.views.fields import ChoiceField, LineField, TextBox
from desktop_app.views.plain_text import wrapped_label

_RETURNS = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class DraftEditor(QWidget):
    """Shown only while a row is corrected.

    Signals:
        entered: Emitted with what was typed, or the key of what was chosen, on Enter.
        given_up: Emitted on Esc.
    """

    entered = Signal(str)
    given_up = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.line, self.text, self.choice = LineField(), TextBox(rows=2, most_rows=3), ChoiceField(width_letters=40)
        self.caption, self.error = wrapped_label("", "subheading"), wrapped_label("", "error")
        self._field: LineField | TextBox | ChoiceField = self.line
        self._stack = QStackedWidget()
        for field in (self.line, self.text, self.choice):
            self._stack.addWidget(field)
            field.installEventFilter(self)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(look.space(1))
        for part in (self.caption, self._stack, self.error):
            column.addWidget(part)
        self.error.hide()
        self.hide()

    def ask(self, name: str, value: str, *, letter: str = "", is_long: bool = False) -> None:
        """Ask for a text; a letter takes the place of the value, else the value is there to be changed."""
        field = self.text if is_long else self.line
        field.set_value(letter or value)
        self._open(name, field)
        if isinstance(field, TextBox):
            field.moveCursor(field.textCursor().MoveOperation.End)
        else:
            field.end(False)

    def offer(self, name: str, choices: Sequence[tuple[str, str]], value: str | None, *, letter: str = "") -> None:
        """Ask for one of a list; a letter goes to the first that begins with it."""
        self.choice.set_choices(choices)
        begins = [key for key, label in choices if letter and label.casefold().startswith(letter.casefold())]
        self.choice.set_value(begins[0] if begins else value)
        self._open(name, self.choice)

    def refuse(self, sentence: str) -> None:
        """Say what is wrong with what was entered; it stays as it was typed."""
        mark(self._field, True)
        self.error.setText(sentence)
        self.error.show()
        announce(self, sentence, is_urgent=True)

    def close_up(self) -> None:
        """Show no field."""
        self.hide()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            if event.key() in _RETURNS and not event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
                self._enter()
                return True
            if event.key() == Qt.Key.Key_Escape:
                self.given_up.emit()
                return True
        return super().eventFilter(watched, event)

    def _open(self, name: str, field: LineField | TextBox | ChoiceField) -> None:
        self.caption.setText(f"Correct: {name}")
        self.error.hide()
        mark(field, False)
        field.setAccessibleName(f"Correct {name}")
        self._field = field
        self._stack.setCurrentWidget(field)
        self.show()
        field.setFocus(Qt.FocusReason.OtherFocusReason)

    def _enter(self) -> None:
        self.entered.emit(self._field.value() or "")

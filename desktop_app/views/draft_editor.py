"""The fields in which a row of a draft is corrected: a line, one of a list, or all of an area for improvement."""

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QTextCursor
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from desktop_app import look
from desktop_app.views.announce import announce
from desktop_app.views.draft_area_editor import WORDS, AreaEditor, Choices
from desktop_app.views.editing import mark
from desktop_app.views.fields import ChoiceField, LineField
from desktop_app.views.plain_text import wrapped_label

_RETURNS = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class DraftEditor(QWidget):
    """Shown only while a row is corrected.

    Signals:
        entered: Emitted on Enter; `value` is what is meant.
        given_up: Emitted on Esc.
        edited: Emitted at each change that a person makes.
    """

    entered = Signal()
    given_up = Signal()
    edited = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.line, self.choice, self.area = LineField(), ChoiceField(width_letters=40), AreaEditor()
        self.caption, self.error = wrapped_label("", "subheading"), wrapped_label("", "error")
        self._field: LineField | ChoiceField | AreaEditor = self.line
        self._at_start: dict[str, Any] = {}
        self._stack = _TightStack()
        for field in (self.line, self.choice, self.area):
            self._stack.addWidget(field)
            field.edited.connect(self.edited)
        for field in (self.line, self.choice):
            field.installEventFilter(self)
        self.area.watch_keys(self)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(look.space(1))
        for part in (self.caption, self._stack, self.error):
            column.addWidget(part)
        self.error.hide()
        self.hide()

    def ask(self, name: str, value: str, *, letter: str = "") -> None:
        """Ask for a line; a letter takes the place of the value, else the value is there to be changed."""
        self.line.set_value(value)
        self._open(name, self.line)
        if letter:
            self.line.setText(letter)
        self.line.end(False)

    def offer(self, name: str, choices: Sequence[tuple[str, str]], value: str | None, *, letter: str = "") -> None:
        """Ask for one of a list; a letter goes to the first that begins with it."""
        self.choice.set_choices(choices)
        self.choice.set_value(value)
        self._open(name, self.choice)
        begins = [key for key, label in choices if letter and label.casefold().startswith(letter.casefold())]
        if begins:
            self.choice.set_value(begins[0])
            self.edited.emit()

    def ask_area(self, name: str, values: Mapping[str, Any], choices: Choices, *, letter: str = "") -> None:
        """Ask for an area for improvement; a letter takes the place of its words."""
        self.area.show_values(values, choices)
        self._open(name, self.area)
        if letter:
            self.area.words.setPlainText(letter)
        self.area.words.moveCursor(QTextCursor.MoveOperation.End)

    def value(self) -> Any:
        """What is meant: a text, the key of what was chosen, or the values of an area by name.

        Raises:
            ValueError: with the sentence to show.
        """
        return self._field.value()

    @property
    def is_changed(self) -> bool:
        """Whether something else stands here than at the beginning."""
        return self.typed() != self._at_start

    def typed(self) -> dict[str, Any]:
        """What stands here, readable or not, as drafts keep it."""
        return self._field.typed() if isinstance(self._field, AreaEditor) else {WORDS: self._field.value()}

    def put_typed(self, typed: Mapping[str, Any]) -> None:
        """Have it stand here as `typed` gave it."""
        if isinstance(self._field, AreaEditor):
            self._field.put_typed(typed)
        elif isinstance(self._field, ChoiceField):
            self._field.set_value(typed.get(WORDS))
        else:
            self._field.setText(str(typed.get(WORDS) or ""))

    def refuse(self, sentence: str) -> None:
        """Say what is wrong with what was entered; it stays as it was typed."""
        if not isinstance(self._field, AreaEditor):
            mark(self._field, True)
            self._field.setFocus(Qt.FocusReason.OtherFocusReason)
        self.error.setText(sentence)
        self.error.show()
        announce(self, sentence, is_urgent=True)

    def close_up(self) -> None:
        """Show no field."""
        self.hide()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            if event.key() in _RETURNS and not event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
                self.entered.emit()
                return True
            if event.key() == Qt.Key.Key_Escape:
                self.given_up.emit()
                return True
        return super().eventFilter(watched, event)

    def _open(self, name: str, field: LineField | ChoiceField | AreaEditor) -> None:
        self.caption.setText(f"Correct: {name}")
        self.error.hide()
        self._field = field
        self._stack.setCurrentWidget(field)
        if isinstance(field, AreaEditor):
            first: QWidget = field.words
            self.caption.setText(f"Correct: {name}. Enter takes all of it.")
        else:
            first = field
            mark(field, False)
            field.setAccessibleName(f"Correct {name}")
        self._at_start = self.typed()
        self.show()
        first.setFocus(Qt.FocusReason.OtherFocusReason)


class _TightStack(QStackedWidget):
    """As high as the field that is shown, not as the highest."""

    def sizeHint(self) -> QSize:
        shown = self.currentWidget()
        return shown.sizeHint() if shown else super().sizeHint()

    def minimumSizeHint(self) -> QSize:
        shown = self.currentWidget()
        return shown.minimumSizeHint() if shown else super().minimumSizeHint()

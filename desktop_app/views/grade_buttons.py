"""One row of buttons that sets the grade of a judgement area, by mouse or with one key."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QPushButton, QWidget

from db.frameworks import Grade
from db.records import SPECIAL_VALUES
from desktop_app.look import space
from desktop_app.views.flow_layout import FlowLayout
from desktop_app.views.plain_text import as_button_text, as_tool_tip

Value = tuple[str | None, str | None]
NOTHING: Value = (None, None)
SPECIAL_KEYS = {"not_judged": "N", "not_known": "K"}
_PLAIN_KEYS = Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier
_CLEARING = (Qt.Key.Key_Delete, Qt.Key.Key_Backspace)
_STEPS = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}


class GradeButtons(QWidget):
    """The grades of a scale, "Not judged" and "Not known"; at most one is set.

    While a button has the focus: a grade's own letter or its number from 1 sets it, N is not judged,
    K not known, Delete clears, Left and Right walk. The row is one stop for Tab.

    Signals:
        chosen: Emitted when a person sets or clears the grade.
        moved_on: Emitted after a key that sets a grade; the next row wants the focus.
        went_up, went_down: Emitted at the Up and Down keys.
    """

    chosen = Signal()
    moved_on = Signal()
    went_up = Signal()
    went_down = Signal()

    def __init__(self, area_label: str, grades: Sequence[Grade], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._area_label = area_label
        self._value = NOTHING
        self._values: list[Value] = []
        self._buttons: list[QPushButton] = []
        self._keys: dict[str, int] = {}
        self._flow = FlowLayout(self, space(1.5))
        for number, grade in enumerate(grades, 1):
            self._add((grade.id, None), grade.label, grade.tone, (grade.key.upper(), str(number)))
        for special, label in SPECIAL_VALUES.items():
            self._add((None, special), label, "plain", (SPECIAL_KEYS[special],))
        self._mend_tab_stop()

    @property
    def buttons(self) -> tuple[QPushButton, ...]:
        """The buttons in their order."""
        return tuple(self._buttons)

    def value(self) -> Value:
        """The id of the grade and the special value; at most one of the two is not None."""
        return self._value

    def set_value(self, value: Value) -> None:
        """Show a value without telling anyone; one of another scale is kept and shows as nothing."""
        self._value = value
        if value in self._values:
            self._buttons[self._values.index(value)].setChecked(True)
        else:
            self._uncheck()
        if not any(button.hasFocus() for button in self._buttons):
            self._mend_tab_stop()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take the keys of the row from its buttons, also before a shortcut of the window does."""
        if event.type() == QEvent.Type.FocusOut:
            self._mend_tab_stop()
        if isinstance(event, QKeyEvent) and self._is_ours(event):
            if event.type() == QEvent.Type.ShortcutOverride:
                event.accept()
                return True
            if event.type() == QEvent.Type.KeyPress:
                self._on_key(event, self._buttons.index(watched))  # type: ignore[arg-type]
                return True
        return super().eventFilter(watched, event)

    def _add(self, value: Value, label: str, tone: str, keys: Sequence[str]) -> None:
        index = len(self._buttons)
        button = QPushButton(as_button_text(label), self)
        button.setCheckable(True)
        button.setAutoExclusive(True)  # a screen reader says "radio button"
        button.setProperty("tone", tone)
        button.setAccessibleName(f"{self._area_label}: {label}")
        mine = [key for key in keys if key and self._keys.setdefault(key, index) == index]
        button.setToolTip(as_tool_tip(f"{label}: press {' or '.join(mine)}" if mine else label))
        button.clicked.connect(lambda: self._on_clicked(index))
        button.installEventFilter(self)
        self._buttons.append(button)
        self._values.append(value)
        self._flow.addWidget(button)

    def _is_ours(self, event: QKeyEvent) -> bool:
        if event.modifiers() & ~_PLAIN_KEYS:
            return False
        arrows = (*_STEPS, Qt.Key.Key_Up, Qt.Key.Key_Down)
        return event.key() in (*arrows, *_CLEARING) or event.text().upper() in self._keys

    def _on_key(self, event: QKeyEvent, index: int) -> None:
        key = Qt.Key(event.key())
        if key in _STEPS:
            wanted = min(max(index + _STEPS[key], 0), len(self._buttons) - 1)
            self._buttons[wanted].setFocus(Qt.FocusReason.TabFocusReason)
        elif key == Qt.Key.Key_Up:
            self.went_up.emit()
        elif key == Qt.Key.Key_Down:
            self.went_down.emit()
        elif key in _CLEARING:
            self._choose(NOTHING)
        else:
            wanted = self._keys[event.text().upper()]
            self._choose(self._values[wanted])
            self._buttons[wanted].setFocus(Qt.FocusReason.TabFocusReason)  # where no row follows it stays here
            self.moved_on.emit()

    def _on_clicked(self, index: int) -> None:
        is_set_again = self._values[index] == self._value
        self._choose(NOTHING if is_set_again else self._values[index])

    def _choose(self, value: Value) -> None:
        is_new = value != self._value
        self.set_value(value)
        if is_new:
            self.chosen.emit()

    def _uncheck(self) -> None:
        for button in self._buttons:
            if button.isChecked():
                button.setAutoExclusive(False)  # Qt lets nobody uncheck an exclusive one
                button.setChecked(False)
                button.setAutoExclusive(True)

    def _mend_tab_stop(self) -> None:
        """Let Tab stop at the one that is set, else at the first."""
        stop = self._values.index(self._value) if self._value in self._values else 0
        for index, button in enumerate(self._buttons):
            is_stop = index == stop
            button.setFocusPolicy(Qt.FocusPolicy.StrongFocus if is_stop else Qt.FocusPolicy.ClickFocus)
        self.setFocusProxy(self._buttons[stop])

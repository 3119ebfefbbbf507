"""The fields of a form: one line, a text, a number, a choice, a box to tick."""

import math
import re
from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QElapsedTimer, QEvent, QSize, Qt
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPaintEvent, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QSizePolicy,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionComboBox,
    QStylePainter,
    QWidget,
)

from desktop_app.views.editing import Editing
from desktop_app.views.naming import name_bars
from desktop_app.views.plain_text import as_tool_tip

_LETTER_KEYS = Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier
_RETURNS = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class LineField(Editing, QLineEdit):
    """One line of text; white space around it goes when the field is left."""

    def __init__(self, parent: QWidget | None = None, *, width_letters: int = 0) -> None:
        super().__init__(parent)
        self._width_letters = width_letters
        if width_letters:
            self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.textChanged.connect(self._on_change)

    def value(self) -> Any:
        return self.text().strip()

    def sizeHint(self) -> QSize:
        hint = super().sizeHint()
        if self._width_letters:
            letter_px = self.fontMetrics().horizontalAdvance("0")
            hint.setWidth(letter_px * (self._width_letters + 1) + 24)
        return hint

    def _show(self, value: Any) -> None:
        self.setText(value)
        self.setCursorPosition(0)

    def _tidy(self) -> None:
        if self.text() != self.text().strip():
            self.setText(self.text().strip())


class NumberField(LineField):
    """A number from `least` to 9999, or nothing where none is needed.

    `noun` names it in the sentence of an error, after `article`.
    """

    def __init__(
        self, noun: str, parent: QWidget | None = None, *, least: int = 1, article: str = "a ", is_needed: bool = False
    ) -> None:
        super().__init__(parent, width_letters=5)
        self._noun, self._least, self._article, self._is_needed = noun, least, article, is_needed

    def value(self) -> int | None:
        text = self.text().strip()
        if not text and self._is_needed:
            raise ValueError(f"Enter a number for {self._noun}, like 2")
        if not text:
            return None
        if not re.fullmatch(r"[0-9]{1,4}", text) or int(text) < self._least:
            raise ValueError(f"Enter {self._article}{self._noun} as a whole number, like 3")
        return int(text)

    def _show(self, value: int | None) -> None:
        super()._show("" if value is None else str(value))


class TextBox(Editing, QPlainTextEdit):
    """A text of several lines that grows with it, from `rows` to `most_rows`, and scrolls after that.

    Tab leaves it; Ctrl+Return goes on to the form. What is pasted loses every format.
    """

    def __init__(self, parent: QWidget | None = None, *, rows: int = 3, most_rows: int = 12) -> None:
        super().__init__(parent)
        self._rows, self._most_rows = rows, max(rows, most_rows)
        self.setTabChangesFocus(True)
        name_bars(self, "text")
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setSizePolicy(policy)
        self.textChanged.connect(self._on_change)
        self.document().documentLayout().documentSizeChanged.connect(self.updateGeometry)

    def value(self) -> str:
        return self.toPlainText()

    def sizeHint(self) -> QSize:
        lines = math.ceil(self.document().size().height())  # QPlainTextEdit measures in lines
        shown = min(max(lines, self._rows), self._most_rows)
        margins = self.contentsMargins()
        edge_px = margins.top() + margins.bottom() + 2 * round(self.document().documentMargin())
        return QSize(super().sizeHint().width(), shown * self.fontMetrics().lineSpacing() + edge_px + 1)

    def minimumSizeHint(self) -> QSize:
        return QSize(super().minimumSizeHint().width(), self.sizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.updateGeometry()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self.updateGeometry()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in _RETURNS and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            event.ignore()
        else:
            super().keyPressEvent(event)

    def _show(self, value: str) -> None:
        self.setPlainText(value)


class ChoiceField(Editing, QComboBox):
    """One of a list of choices, each a key and a label.

    A choice from the open list is told at once, as edited and left; one made by keys or the wheel while
    the list is closed is edited at once and left with the focus, so that walking past is no deed.

    A key that is not among the choices shows as nothing and stays the value until a person chooses.
    """

    def __init__(self, parent: QWidget | None = None, *, width_letters: int = 14) -> None:
        super().__init__(parent)
        self._unlisted: str | None = None
        self._before = -1
        self._is_walking = False
        self._typed = ""
        self._since_key = QElapsedTimer()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(width_letters)
        self.setItemDelegate(QStyledItemDelegate(self))
        self.activated.connect(self._on_chosen)

    def set_choices(self, choices: Sequence[tuple[str | None, str]]) -> None:
        """Offer these; the value stays."""
        value = self.value()
        self.clear()
        for key, label in choices:
            self.addItem(label, key)
            self.setItemData(self.count() - 1, as_tool_tip(label), Qt.ItemDataRole.ToolTipRole)
        self._show(value)

    def value(self) -> str | None:
        return self._unlisted if self.currentIndex() < 0 else self.currentData()

    def showPopup(self) -> None:
        """Open the list as wide as its longest label, within the screen."""
        view = self.view()
        bar_px = view.verticalScrollBar().sizeHint().width()
        wanted_px = view.sizeHintForColumn(0) + bar_px + 2 * view.frameWidth() + 8
        view.setMinimumWidth(min(wanted_px, self.screen().availableGeometry().width() * 3 // 4))
        super().showPopup()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go to the label that starts with what is typed, spaces too, as long as one key follows another."""
        if self._since_key.hasExpired(QApplication.keyboardInputInterval()):
            self._typed = ""
        text = event.text()
        is_first_space = text == " " and not self._typed  # opens the list
        if not text.isprintable() or not text or is_first_space or event.modifiers() & ~_LETTER_KEYS:
            self._walk(lambda: QComboBox.keyPressEvent(self, event))
            return
        self._typed += text.casefold()
        self._since_key.start()
        self._walk(self._go_to_typed)

    def focusInEvent(self, event: QFocusEvent) -> None:
        self._typed = ""
        super().focusInEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint as ever, with a label that is too long ending in an ellipsis."""
        del event
        painter = QStylePainter(self)
        option = QStyleOptionComboBox()
        self.initStyleOption(option)
        painter.drawComplexControl(QStyle.ComplexControl.CC_ComboBox, option)
        option.currentText = self._elided(option)
        painter.drawControl(QStyle.ControlElement.CE_ComboBoxLabel, option)

    def wheelEvent(self, event: QWheelEvent) -> None:
        if self.hasFocus():
            self._walk(lambda: QComboBox.wheelEvent(self, event))
        else:
            event.ignore()  # the form scrolls

    def _walk(self, step: Callable[[], None]) -> None:
        self._is_walking = True
        try:
            step()
        finally:
            self._is_walking = False

    def _go_to_typed(self) -> None:
        """The same letter again goes to the next label that starts with it."""
        is_repeated = len(set(self._typed)) == 1
        wanted = self._typed[0] if is_repeated else self._typed
        start = max(self.currentIndex(), 0) + (1 if is_repeated else 0)
        for index in (*range(start, self.count()), *range(start)):
            if index < self.count() and self.itemText(index).casefold().startswith(wanted):
                self.setCurrentIndex(index)
                self.activated.emit(index)
                return

    def _elided(self, option: QStyleOptionComboBox) -> str:
        control, part = QStyle.ComplexControl.CC_ComboBox, QStyle.SubControl.SC_ComboBoxEditField
        room_px = self.style().subControlRect(control, option, part, self).width() - 4
        return self.fontMetrics().elidedText(self.currentText(), Qt.TextElideMode.ElideRight, room_px)

    def _tell_whole(self) -> None:
        """Keep a label that may be too long for the box as its tool tip."""
        text = self.currentText()
        self.setToolTip(as_tool_tip(text) if len(text) > self.minimumContentsLength() else "")

    def _show(self, value: str | None) -> None:
        keys = [self.itemData(index) for index in range(self.count())]
        self._unlisted = None if value in keys else value
        self._before = keys.index(value) if value in keys else -1
        self.setCurrentIndex(self._before)
        self._tell_whole()

    def _on_chosen(self, index: int) -> None:
        if index != self._before:
            self._before, self._unlisted = index, None
            self._tell_whole()
            self._on_change()
            if not self._is_walking:
                self.leave()


class CheckField(Editing, QCheckBox):
    """A box to tick, told at once, as edited and left."""

    def __init__(self, label: str, parent: QWidget | None = None) -> None:
        super().__init__(label, parent)
        self.toggled.connect(self._on_toggled)

    def value(self) -> bool:
        return self.isChecked()

    def _show(self, value: bool) -> None:
        self.setChecked(value)

    def _on_toggled(self) -> None:
        self._on_change()
        if not self._is_silent:
            self.leave()

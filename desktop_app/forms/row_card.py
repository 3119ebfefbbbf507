"""The card of a row form: its heading, its fields in a grid, the list of errors and the buttons."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QPushButton, QVBoxLayout

from db.records import Record
from desktop_app import look
from desktop_app.forms.context import Context
from desktop_app.views.labelled import ErrorSummary, Labelled
from desktop_app.views.plain_text import plain_label


class RowCard(QFrame):
    """What a row form looks like; `RowForm` says what it does."""

    columns = 6
    noun = "row"
    plural = "rows"
    required: tuple[str, ...] = ()

    def make_blocks(self) -> dict[str, Labelled]:
        """The fields by the name of the record's field, in tab order."""
        raise NotImplementedError

    def rows(self) -> list[list[tuple[str, int]]]:
        """Which fields stand beside each other, each with how many of the columns it takes."""
        raise NotImplementedError

    def offer(self, context: Context) -> None:
        """Fill the choices of the fields."""
        raise NotImplementedError

    def blank(self) -> dict[str, Any]:
        """The values that a new row starts with."""
        raise NotImplementedError

    def records_of(self, values: Mapping[str, Any]) -> list[Record]:
        """The new records that the values make; most forms make one."""
        raise NotImplementedError

    def values_of(self, record: Record) -> dict[str, Any]:
        """The values that a record shows in the fields."""
        return {name: getattr(record, name) for name in self.blocks if hasattr(record, name)}

    def saved_values(self, record: Record) -> dict[str, Any]:
        """The same values as plain ones, to see later whether they were changed."""
        return self.values_of(record)

    def changed_record(self, record: Record, name: str, value: Any) -> Record:
        """The record with another value of one field."""
        return replace(record, **{name: value})

    def hint_of(self, values: Mapping[str, Any]) -> str:
        """A line below the fields that says what adding will do; empty for nothing to say."""
        return ""

    def on_add(self) -> None:
        """What the first button and Ctrl+Return do."""
        raise NotImplementedError

    def on_other(self) -> None:
        """What the second button does."""
        raise NotImplementedError

    def build(self, blocks: dict[str, Labelled]) -> None:
        """Lay the card out."""
        self.setProperty("role", "card")
        self.blocks = blocks
        self.summary = ErrorSummary()
        self.title = plain_label("", "heading")
        self.hint = plain_label("", "muted")
        self.hint.setWordWrap(True)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(look.space(4), look.space(3), look.space(4), look.space(3))
        outer.setSpacing(look.space(2))
        outer.addWidget(self.title)
        outer.addWidget(self.summary)
        outer.addLayout(self._grid())
        outer.addLayout(self._buttons())

    def _grid(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(look.space(3))
        grid.setVerticalSpacing(look.space(2))
        for column in range(self.columns):
            grid.setColumnStretch(column, 1)
        for row, cells in enumerate(self.rows()):
            column = 0
            for name, span in cells:
                grid.addWidget(self.blocks[name], row, column, 1, span, Qt.AlignmentFlag.AlignTop)
                column += span
        return grid

    def _buttons(self) -> QHBoxLayout:
        self.add_button = QPushButton()
        self.add_button.setProperty("role", "primary")
        self.add_button.clicked.connect(self.on_add)
        self.other_button = QPushButton()
        self.other_button.clicked.connect(self.on_other)
        for button in (self.add_button, self.other_button):
            button.setAutoDefault(True)  # so that Return presses it
        line = QHBoxLayout()
        line.addWidget(self.hint, 1)
        line.addWidget(self.other_button)
        line.addWidget(self.add_button)
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(self.on_add)
        return line

    def show_mode(self, *, is_new: bool) -> None:
        """Say on the card whether its row is a new one or one to be changed."""
        self.blocks[self.required[0]].show_hint(is_new)
        self.title.setText(f"Add {article(self.noun)}" if is_new else f"Change this {self.noun}")
        self.setAccessibleName(self.title.text())
        self.add_button.setText(f"Add {self.noun}" if is_new else "Done")
        self.add_button.setToolTip("Ctrl+Return")
        self.other_button.setText("Clear" if is_new else "Remove")
        self.other_button.setAccessibleName(f"{self.other_button.text()} {'this draft' if is_new else self.noun}")


def article(noun: str) -> str:
    """A noun with its article: "an area for improvement"."""
    return f"an {noun}" if noun[0] in "aeiou" else f"a {noun}"

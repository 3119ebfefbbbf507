"""The small step that asks for the owner, due date or theme of one area for improvement or of many."""

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialog, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from desktop_app import look
from desktop_app.views.date_field import DateField
from desktop_app.views.labelled import Labelled
from desktop_app.views.name_field import NameField
from desktop_app.views.pick_field import PickField
from desktop_app.views.plain_text import wrapped_label

_TITLES = {"owner": "Change owner", "due_on": "Change due date", "theme_ids": "Add a theme"}


class ChangeDialog(QDialog):
    """One field and one button; Return does it.

    Signals:
        chosen: Emitted with the value that was entered: a post, a date or None, the id of a theme.
    """

    chosen = Signal(object)

    def __init__(self, field: str, about: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._field = field
        self.setWindowTitle(_TITLES[field])
        self.setMinimumWidth(self.fontMetrics().averageCharWidth() * 60)
        self.block = _block(field)
        self.button = QPushButton(_TITLES[field])
        self.button.setProperty("role", "primary")
        self.button.setDefault(True)
        self.button.clicked.connect(self._take)
        cancel = QPushButton("Cancel")
        cancel.setAutoDefault(False)
        cancel.clicked.connect(self.reject)
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(cancel)
        foot.addWidget(self.button)
        column = QVBoxLayout(self)
        column.setContentsMargins(look.space(5), look.space(4), look.space(5), look.space(4))
        column.setSpacing(look.space(3))
        column.addWidget(wrapped_label(about, "muted"))
        column.addWidget(self.block)
        column.addLayout(foot)

    def offer(self, owners: Sequence[str], themes: Mapping[str, str], value: Any) -> None:
        """What may be typed ahead, and what all of them have by now."""
        if self._field == "owner":
            self.block.field.set_names(owners)
        elif self._field == "theme_ids":
            self.block.field.set_choices(themes)
        if self._field != "theme_ids":
            self.block.field.set_value(value)

    def _take(self) -> None:
        self.block.field.leave()
        try:
            value = self.block.field.value()
            if self._field == "theme_ids" and value is None:
                raise ValueError("Choose a theme from the list that opens as you type")
        except ValueError as error:
            self.block.set_error(str(error), getattr(error, "part", ""))
            self.block.field.setFocus()
            return
        self.accept()
        self.chosen.emit(value)


def _block(field: str) -> Labelled:
    if field == "owner":
        return Labelled("&Owner, a post", NameField(), hint="Leave it empty for no owner.")
    if field == "due_on":
        return Labelled("D&ue date", DateField("Due date"), hint="Leave it empty for no due date.")
    return Labelled("&Theme", PickField("a theme"), hint="Three letters are enough.")

"""The fields in which an area for improvement of a draft is corrected: the words and all that stands around them."""

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop_app import look
from desktop_app.views.fields import ChoiceField, LineField, NumberField, TextBox
from desktop_app.views.labelled import Labelled

Choices = Mapping[str, Sequence[tuple[str | None, str]]]
WORDS = "text"
_ROWS = (
    (("finding_kind_id", 3), ("timescale_id", 3), ("audience", 3)),
    (("group_label", 5), ("page", 1), ("paragraph", 1)),
)


class AreaEditor(QWidget):
    """Signals:
    edited: Emitted at each change that a person makes.
    """

    edited = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.words = TextBox(rows=2, most_rows=4)
        self.blocks = {
            WORDS: Labelled("Inspectors’ &words", self.words),
            "finding_kind_id": Labelled("&Kind", ChoiceField(width_letters=8)),
            "timescale_id": Labelled("&Timescale", ChoiceField(width_letters=8)),
            "audience": Labelled("A&udience", ChoiceField(width_letters=8)),
            "group_label": Labelled("Headin&g printed over it", LineField()),
            "page": Labelled("&Page", NumberField("page")),
            "paragraph": Labelled("Paragrap&h", NumberField("paragraph")),
        }
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(look.space(1))
        column.addWidget(self.blocks[WORDS])
        for row in _ROWS:
            line = QHBoxLayout()
            line.setSpacing(look.space(3))
            for name, share in row:
                line.addWidget(self.blocks[name], share)
            column.addLayout(line)
        for block in self.blocks.values():
            block.field.edited.connect(self.edited)

    def watch_keys(self, watcher: QObject) -> None:
        """Have somebody see the keys of every field first."""
        for block in self.blocks.values():
            block.field.installEventFilter(watcher)

    def show_values(self, values: Mapping[str, Any], choices: Choices) -> None:
        """Show these values, by the names of the record's fields."""
        for name, offered in choices.items():
            self.blocks[name].field.set_choices(offered)
        for name, block in self.blocks.items():
            block.field.set_value(values[name])
            block.clear_error()

    def value(self) -> dict[str, Any]:
        """The values by the names of the record's fields.

        Raises:
            ValueError: with the sentence to show; the field that it is about is marked and gets the focus.
        """
        found = {}
        for name, block in self.blocks.items():
            try:
                found[name] = block.field.value()
            except ValueError:
                block.field.mark_error()
                block.field.setFocus()
                raise
            block.clear_error()
        return found

    def typed(self) -> dict[str, Any]:
        """What stands in the fields, readable or not, as drafts keep it."""
        return {name: _raw(block.field) for name, block in self.blocks.items()}

    def put_typed(self, typed: Mapping[str, Any]) -> None:
        """Have the fields stand as `typed` gave them, as a person's typing."""
        for name, block in self.blocks.items():
            if name in typed:
                _put_raw(block.field, typed[name])


def _raw(field: Any) -> Any:
    return field.text() if isinstance(field, LineField) else field.value()


def _put_raw(field: Any, raw: Any) -> None:
    if isinstance(field, LineField):
        field.setText(str(raw))
    else:
        field.set_value(raw)

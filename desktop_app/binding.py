"""Ties the fields of a form to a record: reads them, shows a record in them, keeps what was refused."""

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from typing import Any, Protocol

from PySide6.QtCore import QObject, Signal, SignalInstance
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QWidget

from db.dates import PartialDate
from db.drafts import Typed
from db.edit import Edit
from db.errors import StoreError


class Field(Protocol):
    """What every field widget of ours offers; `value` raises a sentence when it cannot be read."""

    edited: SignalInstance
    left: SignalInstance

    def value(self) -> Any: ...
    def set_value(self, value: Any) -> None: ...
    def keep_typing(self) -> None: ...
    def clear_typing(self) -> None: ...
    def leave(self) -> None: ...
    @property
    def has_typing(self) -> bool: ...


class Block(Protocol):
    """A field with its label and the place for its error."""

    @property
    def field(self) -> Any: ...
    def set_error(self, sentence: str, part: str = "") -> None: ...
    def clear_error(self) -> None: ...


class Binding(QObject):
    """Fields by the name of what they hold.

    A field that was refused keeps what was typed, and is left alone while the rest is shown anew.

    Signals:
        left: Emitted with a field's name when a person changed it and left it.
        edited: Emitted with a field's name at every change by a person.
        problems_changed: Emitted when a field was refused or mended.
    """

    left = Signal(str)
    edited = Signal(str)
    problems_changed = Signal()

    def __init__(self, blocks: Mapping[str, Block], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.blocks = dict(blocks)
        self.problems: dict[str, str] = {}
        self._contested: dict[str, tuple[str, Any]] = {}
        for name, block in self.blocks.items():
            block.field.left.connect(partial(self.left.emit, name))
            block.field.edited.connect(partial(self._on_edited, name))

    def field(self, name: str) -> Any:
        return self.blocks[name].field

    def show(self, values: Mapping[str, Any], *, anew: bool = False) -> None:
        """Put values into the fields; what a person is typing and what was refused stays, unless shown anew."""
        for name, block in self.blocks.items():
            if anew:
                self._contested.pop(name, None)
                self.accept(name)
            is_being_typed = name in self.problems or block.field.has_typing
            if name in values and (anew or not is_being_typed):
                block.field.set_value(values[name])

    def read(self, name: str) -> tuple[Any, bool]:
        """The value of one field and whether it could be read; a field that cannot is refused.

        Typing that was put back over another value than it was typed over cannot, until a person edits it.
        """
        if contest := self._contested.get(name):
            self.refuse(name, contest[0])
            return None, False
        try:
            value = self.field(name).value()
        except (ValueError, StoreError) as error:
            self.refuse(name, str(error), getattr(error, "part", ""))
            return None, False
        return value, True

    def read_all(self) -> dict[str, Any] | None:
        """All values, or None when one is refused."""
        values, is_sound = {}, True
        for name in self.blocks:
            values[name], is_read = self.read(name)
            is_sound = is_sound and is_read
        return values if is_sound else None

    def refuse(self, name: str, sentence: str, part: str = "") -> None:
        """Say what is wrong with a field, or with one part of it; what was typed stays in it."""
        self.problems[name] = sentence
        self.blocks[name].set_error(sentence, part)
        self.field(name).keep_typing()
        self.problems_changed.emit()

    def accept(self, name: str) -> None:
        """Take an error back."""
        if self.problems.pop(name, None) is not None:
            self.blocks[name].clear_error()
            self.field(name).clear_typing()
            self.problems_changed.emit()

    def leave_all(self) -> None:
        """Do for every field with typing what leaving it does."""
        for block in self.blocks.values():
            if block.field.has_typing:
                block.field.leave()

    def _on_edited(self, name: str) -> None:
        self._contested.pop(name, None)
        self.edited.emit(name)

    def unsaved(self, was: Mapping[str, Any]) -> dict[str, Typed]:
        """What a person typed and what was refused, over the values in the file, for `take_back`."""
        return {
            name: Typed(_typed(block.field), self._was(name, was), self.problems.get(name, ""))
            for name, block in self.blocks.items()
            if name in self.problems or block.field.has_typing
        }

    def _was(self, name: str, was: Mapping[str, Any]) -> Any:
        return self._contested[name][1] if name in self._contested else was.get(name)

    def differing(self, values: Mapping[str, Any]) -> dict[str, Typed]:
        """What stands in the fields that do not hold these values, for `take_back`."""
        differing = [name for name in self.blocks if name in self.problems or not self._holds(name, values.get(name))]
        return {name: Typed(_typed(self.field(name)), None, self.problems.get(name, "")) for name in differing}

    def _holds(self, name: str, value: Any) -> bool:
        try:
            return bool(self.field(name).value() == value)
        except (ValueError, StoreError):
            return False

    def take_back(self, typing: Mapping[str, Typed], now: Mapping[str, Any]) -> None:
        """Put unsaved typing back as it was, refused or not; nothing is saved by that.

        Where the file changed since, the field says so and is not saved before a person edits it.

        Args:
            now: the values in the file.
        """
        for name in [name for name in self.blocks if name in typing]:
            typed, field = typing[name], self.field(name)
            with suppress(TypeError, ValueError):  # of another version of the program, whose field was another
                _put(field, typed.text)
            field.keep_typing()
            if self.read(name) == (now.get(name), True):
                field.clear_typing()  # the file holds it by now
            elif typed.was != now.get(name):
                self._contested[name] = _changed_since(field, now.get(name)), typed.was
                self.read(name)
            elif typed.problem and name not in self.problems:
                self.refuse(name, typed.problem)

    @property
    def has_typing(self) -> bool:
        """Whether a person typed something that is not saved yet."""
        return bool(self.problems) or any(block.field.has_typing for block in self.blocks.values())

    def listed_problems(self) -> list[tuple[str, QWidget]]:
        """The errors in the order of the fields, each with its field, for the list at the top."""
        return [(self.problems[name], block.field) for name, block in self.blocks.items() if name in self.problems]

    def typing(self) -> dict[str, Any]:
        """What stands in every field, readable or not, to be put back later."""
        return {name: _typed(block.field) for name, block in self.blocks.items()}

    def put_back(self, typing: Mapping[str, Any]) -> None:
        """Put typing back that was taken with `typing`."""
        for name, typed in typing.items():
            if name in self.blocks:
                _put(self.blocks[name].field, typed)


def _typed(field: Any) -> Any:
    match field:
        case QLineEdit():
            return field.text()
        case QPlainTextEdit():
            return field.toPlainText()
        case _ if hasattr(field, "typed"):
            return field.typed()
        case _:
            return field.value()


def _put(field: Any, typed: Any) -> None:
    match field:
        case QLineEdit():
            field.setText(typed)
        case QPlainTextEdit():
            field.setPlainText(typed)
        case _ if hasattr(field, "put_typed"):
            field.put_typed(typed)
        case _:
            field.set_value(typed)


def _changed_since(field: Any, now: Any) -> str:
    said = field.itemText(field.findData(now)) if hasattr(field, "findData") else now
    is_said = isinstance(said, str | int | PartialDate) and not isinstance(said, bool) and str(said)
    words = f" to “{str(said)[:60]}{'…' if len(str(said)) > 60 else ''}”" if is_said else ""
    return f"This was changed{words} after you typed yours. Edit yours to save it, or type the other one again"


@dataclass(slots=True)
class Deed:
    """An edit that a form asks for; whoever writes it leaves the error here where it was refused.

    A deed is handed over by a direct signal, so its outcome is known when `emit` returns.
    """

    label: str
    edit: Edit
    error: StoreError | None = None

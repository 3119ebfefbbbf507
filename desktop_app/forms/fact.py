"""A form for any fact of the lists: its fields follow from the record's own."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import MISSING, fields, replace
from typing import Any, get_type_hints

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from db.edit import Edit
from db.errors import RuleBroken
from db.frameworks import MATCHES, InspectionKind
from db.records import PROVIDER_KINDS, Record, new_id
from db.rows import LONG_FIELDS, shape
from desktop_app import look
from desktop_app.binding import Binding, Deed
from desktop_app.views.check_list import CheckList
from desktop_app.views.date_field import DateField
from desktop_app.views.fields import CheckField, ChoiceField, LineField, NumberField, TextBox
from desktop_app.views.labelled import ErrorSummary, Labelled, show_field
from desktop_app.views.plain_text import plain_label
from desktop_app.views.scrolling import scrolled

Choices = Mapping[str, Sequence[tuple[str | None, str]]]
_HIDDEN = {"id", "shipped", "code"}
LAST = 999  # the place of an entry that was given none
_TONES = ("outstanding", "good", "requires_improvement", "adequate", "inadequate", "plain")
LABELS = {
    "is_verified": "Confirmed in a source",
    "is_lane": "Drawn on the timeline’s lane of its strand",
    "is_graded": "Graded",
    "is_headline": "A headline judgement",
    "is_ordered": "The grades have an order",
    "is_on_timeline": "Shown on the timeline",
    "is_inspection": "These events are inspections",
    "is_per_setting": "Inspects single homes or agencies",
    "is_placeholder": "Announced only: not offered yet",
    "is_open": "Something is left to do",
    "in_force_from": "In force from",
    "in_force_to": "In force to",
    "dates_note": "Note on the dates",
    "scale_note": "Note on the scale",
    "label": "Name",
    "short_name": "Short name",
    "parent_id": "Part of",
    "position": "Place in the list",
    "key": "Key that sets it",
    "initials": "Initials on a mark",
    "tone": "Colour",
    "rank": "Rank, 1 is best",
    "printed_number": "Number as printed",
    "variants": "Printed wordings, one a line",
    "words": "Words that suggest it, one a line",
    "share": "Per cent of published areas for improvement",
    "left_out_area_ids": "Areas that it does not judge",
    "source": "Source",
    "urn": "URN",
    "la_code": "LA code",
    "match": "How well it matches",
}
_KIND_LABELS = {"name": "Name in its framework", "label": "Name in lists"}


class FactForm(QWidget):
    """One fact: a new one is added with its button, an old one is saved field by field.

    Signals:
        edit_wanted: Emitted with a Deed when something is to be written.
        added: Emitted with the id of a new fact.
    """

    edit_wanted = Signal(object)
    added = Signal(str)

    def __init__(self, record_class: type[Record], noun: str, choices: Choices) -> None:
        super().__init__()
        self.record_class, self.noun, self._choices = record_class, noun, choices
        self.record: Record | None = None
        self.blocks = {name: self._block(name) for name in self._names()}
        self.binding = Binding(self.blocks, self)
        self.summary = ErrorSummary()
        self.binding.left.connect(self._on_left)
        self.binding.problems_changed.connect(lambda: self.summary.set_errors(self.binding.listed_problems()))
        self._lay_out()
        self.start_new()

    def _names(self) -> list[str]:
        names = [field.name for field in fields(self.record_class) if field.name not in _HIDDEN]
        tail = [name for name in ("note", "source", "is_verified") if name in names]
        return [name for name in names if name not in tail] + tail

    def _block(self, name: str) -> Labelled:
        lies = shape(self.record_class)
        own = _KIND_LABELS if self.record_class is InspectionKind else LABELS
        words = own.get(name) or LABELS.get(name, name.removesuffix("_ids").removesuffix("_id").replace("_", " "))
        label = words[:1].upper() + words[1:]
        if name in lies.flags or name == "is_graded":
            return Labelled("", CheckField(label))
        return Labelled(label, self._field(name, label), optional=not self._is_needed(name))

    def _field(self, name: str, label: str) -> QWidget:
        lies = shape(self.record_class)
        if name in self._choices:
            if _is_list(name):
                box = CheckList(label, rows=5)
                box.set_choices([(key, words) for key, words in self._choices[name] if key])
                return box
            return _choice(self._choices[name])
        if name in lies.dates:
            return DateField(label)
        if name == "kind":
            return _choice(list(PROVIDER_KINDS.items()))
        if name == "match":
            return _choice([(code, words.capitalize()) for code, words in MATCHES.items()])
        if name == "tone":
            return _choice([(tone, tone.replace("_", " ").capitalize()) for tone in _TONES])
        if name in LONG_FIELDS:
            return TextBox(rows=2, most_rows=5)
        if name in lies.texts:
            return LineField()
        noun = label.partition(",")[0]
        return NumberField(noun[:1].lower() + noun[1:], least=0, article="", is_needed=self._is_needed(name))

    def _is_needed(self, name: str) -> bool:
        if name == "position":
            return False
        field = next(field for field in fields(self.record_class) if field.name == name)
        return field.default is MISSING or get_type_hints(self.record_class)[name] is int

    def _lay_out(self) -> None:
        inner = QWidget()
        grid = QGridLayout(inner)
        grid.setContentsMargins(look.space(4), look.space(2), look.space(4), look.space(2))
        grid.setHorizontalSpacing(look.space(4))
        grid.setVerticalSpacing(look.space(2))
        self._title = plain_label("", "subheading")
        grid.addWidget(self._title, 0, 0, 1, 2)
        grid.addWidget(self.summary, 1, 0, 1, 2)
        for place, (name, block) in enumerate(self.blocks.items()):
            wide = name in LONG_FIELDS or name in ("name", "label")
            row = 2 + place
            grid.addWidget(block, row, 0, 1, 2 if wide else 1, Qt.AlignmentFlag.AlignTop)
        grid.setColumnStretch(0, 2)
        grid.setColumnStretch(1, 1)
        grid.setRowStretch(len(self.blocks) + 2, 1)
        fields_area = QWidget()
        scrolled(inner, fields_area, "fields")
        self.button = QPushButton(f"Add {self.noun}")
        self.button.setProperty("role", "primary")
        self.button.setAutoDefault(False)
        self.button.clicked.connect(lambda: self.add())
        line = QHBoxLayout()
        line.addStretch(1)
        line.addWidget(self.button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(fields_area, 1)
        column.addLayout(line)

    def start_new(self) -> None:
        """Show empty fields for a new fact."""
        self.record = None
        self.binding.show({name: self._blank(name) for name in self.blocks}, anew=True)
        self._title.setText(f"New {self.noun}")
        self.button.show()
        self._at_start = self.binding.typing()

    @property
    def is_begun(self) -> bool:
        """Whether a new fact was begun and not added yet."""
        return self.record is None and self.binding.typing() != self._at_start

    def offer(self, choices: Choices) -> None:
        """Offer other choices in the fields that name other records; the values stay."""
        others = {name: offered for name, offered in choices.items() if offered != self._choices[name]}
        self._choices = choices
        for name, offered in others.items():
            self.blocks[name].field.set_choices([(key, words) for key, words in offered if key or not _is_list(name)])

    def _blank(self, name: str) -> Any:
        lies = shape(self.record_class)
        field = next(field for field in fields(self.record_class) if field.name == name)
        if name == "position":
            return None
        if field.default is not MISSING:
            return bool(field.default) if name == "is_graded" else field.default
        if name in self._choices:
            return self._choices[name][-1][0] if self._choices[name] else None  # the newest, most likely
        return "" if name in lies.texts else None

    def show_record(self, record: Record) -> None:
        """Show a fact to be changed."""
        is_other = self.record is None or self.record.id != record.id
        self.record = record
        values = {name: getattr(record, name) for name in self.blocks}
        if "is_graded" in values:
            values["is_graded"] = bool(values["is_graded"])
        self.binding.show(values, anew=is_other)
        self._title.setText(f"Change this {self.noun}")
        self.button.hide()

    def focus_first(self) -> None:
        """Put the focus where typing starts."""
        next(iter(self.blocks.values())).field.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_left(self, name: str) -> None:
        value, is_read = self.binding.read(name)
        if not is_read:
            return
        self.binding.accept(name)
        if self.record is None:
            return
        if name == "position" and value is None:
            value = LAST
        changed = replace(self.record, **{name: value})
        if changed != self.record:
            self._write(Deed(f"Change {self.noun}", Edit((self.record,), (changed,))), name)

    def add(self) -> bool:
        """Write a new fact; False, with the reason at its field, where it cannot be."""
        values = self.binding.read_all()
        if values is None:
            self._show_first_problem()
            return False
        if "position" in values and values["position"] is None:
            values["position"] = LAST
        if "code" in shape(self.record_class).columns:
            values["code"] = code_of(str(values.get("name") or values.get("label") or ""))
        record = self.record_class(id=new_id(), **values)
        first = next(iter(self.blocks))
        if not self._write(Deed(f"Add {self.noun}", Edit(after=(record,))), first):
            self._show_first_problem()
            return False
        self.start_new()  # what was added is no draft
        self.added.emit(record.id)
        return True

    def _show_first_problem(self) -> None:
        show_field(self.binding.listed_problems()[0][1])

    def _write(self, deed: Deed, name: str) -> bool:
        self.edit_wanted.emit(deed)
        if deed.error is None:
            return True
        field = deed.error.field if isinstance(deed.error, RuleBroken) else ""
        self.binding.refuse(field if field in self.blocks else name, str(deed.error))
        return False


def _is_list(name: str) -> bool:
    return name.endswith("_ids")


def _choice(choices: Sequence[tuple[str | None, str]]) -> ChoiceField:
    field = ChoiceField(width_letters=24)
    field.set_choices(list(choices))
    return field


def code_of(name: str) -> str:
    """A short code for exports, made of a name, like "childrens_homes_2030_4f0c1a".

    The last letters come from a new id, so that two officers' own facts never meet under one code.
    """
    letters = re.sub(r"[^a-z0-9]+", "_", name.casefold()).strip("_")[:60] or "own"
    return f"{letters}_{new_id()[-6:]}"

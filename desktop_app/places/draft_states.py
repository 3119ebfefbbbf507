"""What became of each row of a draft: open, accepted, corrected or left out; and the words that tell of it."""

from enum import StrEnum
from typing import Any

from db.lists import Lists
from db.store import Store
from desktop_app.places.draft_edit import Confirmed, InFile, same_in_file
from desktop_app.places.draft_fields import AREA, Field, fields_of, first_framework, first_kind
from desktop_app.reading.draft_values import Certainty, Draft, Source

NOTE = "note:"
_DECIDING = ("provider", "framework", "kind", "started_on")
_CERTAINTY = {
    Certainty.CERTAIN: "certain",
    Certainty.DERIVED: "worked out",
    Certainty.DOUBTFUL: "to check",
    Certainty.NOT_PRINTED: "not printed",
}


class State(StrEnum):
    """What a person made of a row; its value is the word for it."""

    OPEN = "open"
    ACCEPTED = "accepted"
    CORRECTED = "corrected"
    LEFT_OUT = "left out"


class Confirming:
    """The rows of one draft while a person goes through them.

    Attributes:
        known: the inspection that is there already, as far as provider, kind and first day stand now.
    """

    def __init__(self, store: Store, lists: Lists, draft: Draft) -> None:
        self._store, self._lists, self.draft = store, lists, draft
        self._states: dict[str, State] = {}
        self._corrected: dict[str, Any] = {}
        self._replaced: set[str] = set()
        self.fields: list[Field] = []
        self.known: InFile | None = None
        self._make_rows(first_framework(draft, lists), first_kind(draft, lists))

    def state(self, field: Field) -> State:
        return self._states.get(field.key, State.OPEN)

    def value(self, field: Field) -> Any:
        """The value as it stands now, confirmed or not."""
        return self._corrected.get(field.key, field.value)

    def is_note(self, field: Field) -> bool:
        """Whether the row is only to be read: a doubt that belongs to no field."""
        return field.key.startswith(NOTE)

    def accept(self, field: Field) -> bool:
        """Take a row as it is; False where there is nothing to take."""
        if self.value(field) is None and not self.is_note(field):
            return False
        if self.state(field) is not State.CORRECTED:
            self._set(field, State.ACCEPTED)
        return True

    def correct(self, field: Field, value: Any) -> None:
        """Put a value in the place of the one that was read; the same value accepts it, None leaves the row out."""
        self._corrected.pop(field.key, None)
        if value is None:
            self._set(field, State.LEFT_OUT)
        elif value == field.value:
            self._set(field, State.ACCEPTED)
        else:
            self._corrected[field.key] = value
            self._set(field, State.CORRECTED)

    def leave_out(self, field: Field) -> None:
        self._set(field, State.LEFT_OUT)

    def leave_open(self, field: Field) -> None:
        """Go back to what was read, unconfirmed."""
        self._corrected.pop(field.key, None)
        self._set(field, State.OPEN)

    def accept_certain(self) -> int:
        """Accept every open row that is certain; return how many."""
        wanted = [field for field in self.fields if field.is_certain and self.state(field) is State.OPEN]
        for field in wanted:
            self._states[field.key] = State.ACCEPTED
        self._look_again()
        return len(wanted)

    def replace_in_file(self, field: Field) -> bool:
        """Turn round whether a value stands in place of what the file says; return whether it does now."""
        self._replaced ^= {field.key}
        return field.key in self._replaced

    def differs(self, field: Field) -> bool:
        """Whether the file says something else."""
        return self.known is not None and self.known.differs(field.key, self.value(field))

    def next_open(self, after: int) -> int | None:
        """The place of the next open row; None where there is none behind this one."""
        places = range(after + 1, len(self.fields))
        return next((place for place in places if self.state(self.fields[place]) is State.OPEN), None)

    def place_of(self, key: str) -> int:
        """Where a row stands, counted from 0."""
        return [field.key for field in self.fields].index(key)

    def confirmed(self) -> Confirmed:
        """What is to be written: the accepted and corrected rows."""
        taken = (State.ACCEPTED, State.CORRECTED)
        values = {one.key: self.value(one) for one in self.fields if self.state(one) in taken and not self.is_note(one)}
        return Confirmed({one.key: one for one in self.fields}, values, frozenset(self._replaced))

    def _set(self, field: Field, state: State) -> None:
        self._states[field.key] = state
        if field.key in _DECIDING:
            self._look_again()

    def _now(self, key: str) -> Any:
        field = self.fields[self.place_of(key)]
        return None if self.state(field) is State.LEFT_OUT else self.value(field)

    def _look_again(self) -> None:
        self._make_rows(self._now("framework"), self._now("kind"))

    def _make_rows(self, framework_id: str | None, kind_id: str | None) -> None:
        self.fields = fields_of(self.draft, self._lists, framework_id, kind_id)
        self._drop_unfit(self.fields[self.place_of("kind")])
        if self._now("kind") != kind_id:  # it is none of this framework's
            self.fields = fields_of(self.draft, self._lists, framework_id, self._now("kind"))
        doubts = [(doubt, found) for found in self.draft.doubts for doubt in found.doubts]
        for place, (doubt, found) in enumerate(doubts):
            row = Field(key=f"{NOTE}{place}", name="To check", sources=found.sources, doubts=(doubt,))
            self.fields.append(row)
        for field in self.fields:
            self._drop_unfit(field)
        keys = ("provider", "kind", "started_on")
        same = same_in_file(self._store, self._lists, {key: self._now(key) for key in keys})
        self.known = InFile(self._store, self._lists, same) if same else None

    def _drop_unfit(self, field: Field) -> None:
        """Open a row again whose value is no longer among its choices."""
        corrected = self._corrected.get(field.key)
        if field.choices and corrected is not None and corrected not in dict(field.choices):
            del self._corrected[field.key]
            self._states.pop(field.key, None)
        elif field.choices and field.value is None and corrected is None and self.state(field) is State.ACCEPTED:
            del self._states[field.key]

    def cells(self, field: Field) -> tuple[str, str, str, str, str]:
        """A row as the list shows it."""
        if self.is_note(field):
            words = "read" if self.state(field) is State.ACCEPTED else self.state(field).value
            return field.name, field.doubts[0], where(field.sources[:1]), "", words
        sure = _CERTAINTY[field.certainty]
        return field.name, field.in_words(self.value(field)), where(field.sources[:1]), sure, self._state_words(field)

    def _state_words(self, field: Field) -> str:
        words = self.state(field).value
        if not self.differs(field) or self.state(field) is State.LEFT_OUT:
            return words
        return f"{words}, replaces" if field.key in self._replaced else f"{words}, file differs"

    def sentence(self, field: Field) -> str:
        """A row as it is spoken."""
        name, value, place, sure, state = self.cells(field)
        parts = [f"{name}: {value or 'nothing'}", sure, place, state, *field.doubts[: 0 if self.is_note(field) else 9]]
        return ". ".join(part.rstrip(".") for part in parts if part) + "."

    def details(self, field: Field) -> str:
        """All that is known of a row: its value, each printed line, the doubts, and what the file says."""
        value = field.in_words(self.value(field))
        parts = [f"{field.name}: {value}" if value else f"{field.name}: the report gives none."]
        if self.is_note(field):
            parts = []
        if field.as_printed and field.as_printed != value:
            parts.append(f"As printed: {field.as_printed}")
        parts += [field.more] if field.more else []
        parts += [where((source,)) for source in field.sources]
        parts += [f"To check: {doubt}" for doubt in field.doubts]
        return "\n".join([*parts, *self._against_file(field)])

    def _against_file(self, field: Field) -> list[str]:
        if self.known is None or not self.differs(field):
            return []
        if field.key.startswith(AREA):
            words = (
                f"The inspection has {len(self.known.areas)} areas for improvement already, and this is none of them."
            )
            return [words, "It is added." if field.key in self._replaced else "It is not added unless you say so."]
        words = f"The file says: {field.in_words(self.known.says(field.key))}."
        return [words, "It is replaced." if field.key in self._replaced else "It stays unless you replace it."]


def where(sources: tuple[Source, ...]) -> str:
    """Where a value stands: "page 1: Inspection dates: 9 May to 20 May 2022"."""
    return "; ".join(f"page {one.page}: {one.text}" if one.page else one.text for one in sources)

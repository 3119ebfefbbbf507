"""What became of each row of a draft: open, accepted, corrected, left out, or added by hand."""

from dataclasses import replace
from enum import StrEnum
from typing import Any

from db.lists import Lists
from db.store import Store
from desktop_app.places import draft_areas
from desktop_app.places.draft_areas import AreaValue
from desktop_app.places.draft_edit import Confirmed, InFile, same_in_file
from desktop_app.places.draft_fields import AREA, JUDGEMENT, Asks, Field, fields_of, first_framework, first_kind
from desktop_app.reading.draft_values import Draft

NOTE, ADDED = "note:", f"{AREA}added "
_DECIDING = ("provider", "framework", "kind", "started_on")


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
        added: the keys of rows that a person added, each with the key of the row that it stands behind.
    """

    def __init__(self, store: Store, lists: Lists, draft: Draft) -> None:
        self._store, self.lists, self.draft = store, lists, draft
        self._states: dict[str, State] = {}
        self._corrected: dict[str, Any] = {}
        self.replaced: set[str] = set()
        self.added: dict[str, str] = {}
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
            self.leave_out(field)
        elif value == field.value:
            self._set(field, State.ACCEPTED)
        else:
            self._corrected[field.key] = value
            self._set(field, State.CORRECTED)

    def leave_out(self, field: Field) -> None:
        """Have a row not written; one that was added and has no words goes."""
        if field.key in self.added and self.value(field) is None:
            self._forget_added(field.key)
        else:
            self._states[field.key] = State.LEFT_OUT
        self.look_again()

    def leave_open(self, field: Field) -> None:
        """Go back to what was read, unconfirmed; an added row keeps its words, and goes where it has none."""
        if field.key not in self.added:
            self._corrected.pop(field.key, None)
            self._states.pop(field.key, None)
        elif self.value(field) is None:
            self._forget_added(field.key)
        self.look_again()

    def accept_certain(self) -> int:
        """Accept every open row that is certain; return how many."""
        wanted = [field for field in self.fields if field.is_certain and self.state(field) is State.OPEN]
        for field in wanted:
            self._states[field.key] = State.ACCEPTED
        self.look_again()
        return len(wanted)

    def replace_in_file(self, field: Field) -> bool:
        """Turn round whether a value stands in place of what the file says; return whether it does now."""
        self.replaced ^= {field.key}
        return field.key in self.replaced

    def differs(self, field: Field) -> bool:
        """Whether the file says something else."""
        return self.known is not None and self.known.differs(field.key, self.value(field))

    def agrees(self, field: Field) -> bool:
        """Whether the file says the same already."""
        return self.known is not None and self.known.agrees(field.key, self.value(field))

    def add_area(self, after: Field) -> Field:
        """A new row for an area for improvement that was not read, behind an area or behind all of them."""
        areas = [one.key for one in self.fields if one.asks is Asks.AREA]
        others = [one.key for one in self.fields if not self.is_note(one)]
        anchor = after.key if after.key in areas else [*others, *areas][-1]
        numbers = (int(key.removeprefix(ADDED)) for key in self.added)
        key = f"{ADDED}{max(numbers, default=0) + 1}"
        self.added[key] = anchor
        self.look_again()
        return self.fields[self.place_of(key)]

    def blank_area(self, field: Field) -> AreaValue:
        """What an added row begins with: the sort of the area above it."""
        above = self.fields[: self.place_of(field.key)]
        like = next((value for one in reversed(above) if isinstance(value := self.value(one), AreaValue)), None)
        return draft_areas.blank(self.lists, self._now("kind"), like)

    def next_open(self, after: int) -> int | None:
        """The place of the next open row; None where there is none behind this one."""
        places = range(after + 1, len(self.fields))
        return next((place for place in places if self.state(self.fields[place]) is State.OPEN), None)

    def place_of(self, key: str) -> int:
        """Where a row stands, counted from 0."""
        return [field.key for field in self.fields].index(key)

    def has(self, key: str) -> bool:
        """Whether there is such a row now."""
        return any(field.key == key for field in self.fields)

    def confirmed(self) -> Confirmed:
        """What is to be written: the accepted and corrected rows."""
        taken = (State.ACCEPTED, State.CORRECTED)
        values = {one.key: self.value(one) for one in self.fields if self.state(one) in taken and not self.is_note(one)}
        return Confirmed({one.key: one for one in self.fields}, values, frozenset(self.replaced))

    @property
    def is_begun(self) -> bool:
        """Whether a person made anything of any row."""
        return any(state is not State.OPEN for state in self._states.values())

    def put(self, key: str, state: State, value: Any) -> None:
        """Have a row stand as it was kept, whether or not it is there now; `look_again` shows it."""
        self._states[key] = state
        if state is State.CORRECTED:
            self._corrected[key] = value

    def _set(self, field: Field, state: State) -> None:
        self._states[field.key] = state
        if field.key in _DECIDING or field.asks is Asks.AREA:
            self.look_again()

    def _forget_added(self, key: str) -> None:
        anchor = self.added.pop(key)
        self.added = {other: anchor if after == key else after for other, after in self.added.items()}
        self._states.pop(key, None)
        self._corrected.pop(key, None)

    def _now(self, key: str) -> Any:
        field = self.fields[self.place_of(key)]
        return None if self.state(field) is State.LEFT_OUT else self.value(field)

    def look_again(self) -> None:
        """Make the rows anew from what stands in them."""
        self._make_rows(self._now("framework"), self._now("kind"))

    def _make_rows(self, framework_id: str | None, kind_id: str | None) -> None:
        self.fields = fields_of(self.draft, self.lists, framework_id, kind_id)
        self._drop_unfit(self.fields[self.place_of("kind")])
        if self._now("kind") != kind_id:  # it is none of this framework's
            self.fields = fields_of(self.draft, self.lists, framework_id, self._now("kind"))
        for key, after in self.added.items():
            self.fields.insert(self._place_behind(after), Field(key=key, name=draft_areas.NOUN, asks=Asks.AREA))
        self._number_areas()
        doubts = [(doubt, found) for found in self.draft.doubts for doubt in found.doubts]
        for place, (doubt, found) in enumerate(doubts):
            row = Field(key=f"{NOTE}{place}", name="To check", sources=found.sources, doubts=(doubt,))
            self.fields.append(row)
        for field in self.fields:
            self._drop_unfit(field)
        keys = ("provider", "kind", "started_on")
        same = same_in_file(self._store, self.lists, {key: self._now(key) for key in keys})
        self.known = InFile(self._store, self.lists, same) if same else None

    def _place_behind(self, key: str) -> int:
        """Behind a row; where it is gone with its framework, behind the last judgement."""
        keys = [field.key for field in self.fields]
        if key in keys:
            return keys.index(key) + 1
        others = [place for place, one in enumerate(keys) if one.startswith(JUDGEMENT) or not one.startswith(AREA)]
        return others[-1] + 1

    def _number_areas(self) -> None:
        number = 0
        for place, field in enumerate(self.fields):
            if field.asks is Asks.AREA:
                number += 1
                noun = draft_areas.noun_of(self.value(field), self.lists)
                self.fields[place] = replace(field, name=f"{noun} {number}")

    def _drop_unfit(self, field: Field) -> None:
        """Open a row again whose value is no longer among its choices."""
        corrected = self._corrected.get(field.key)
        if field.choices and corrected is not None and corrected not in dict(field.choices):
            del self._corrected[field.key]
            self._states.pop(field.key, None)
        elif field.choices and field.value is None and corrected is None and self.state(field) is State.ACCEPTED:
            del self._states[field.key]

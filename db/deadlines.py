"""The dates that the law sets after a report, worked out where the day of its receipt is known."""

import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files

from db import working_days
from db.dates import PartialDate
from db.improvement_records import StatutoryDate
from db.records import Inspection

_CONDITIONS = {"": False, "priority_action present": True}  # whether a grave finding is needed; others are not known


@dataclass(frozen=True, slots=True, kw_only=True)
class Deadline:
    """Something due a number of working days after a report or letter came in."""

    code: str
    label: str
    working_days: int
    counted_from: str
    kind_codes: tuple[str, ...]
    needs_grave: bool = False


@cache
def shipped() -> tuple[Deadline, ...]:
    """Those of `deadlines.toml` whose condition can be told from the records."""
    text = files("resources").joinpath("frameworks", "deadlines.toml").read_text(encoding="utf-8")
    return tuple(
        Deadline(
            code=one["code"],
            label=one["label"],
            working_days=one["working_days"],
            counted_from=one["counted_from"],
            kind_codes=tuple(one["applies_to"]),
            needs_grave=_CONDITIONS[one.get("condition", "")],
        )
        for one in tomllib.loads(text)["deadlines"]
        if one.get("condition", "") in _CONDITIONS and one.get("is_verified", True)
    )


def label_of(code: str) -> str:
    """What a deadline is called; its code where the program knows none of that code."""
    return next((one.label for one in shipped() if one.code == code), code)


@dataclass(frozen=True, slots=True)
class Due:
    """A date that the law sets after one inspection.

    `worked_out` is None where the day of receipt is not known; `kept` is what the council entered of it.
    """

    inspection_id: str
    deadline: Deadline
    worked_out: date | None
    kept: StatutoryDate | None = None

    @property
    def on(self) -> PartialDate | None:
        """When it is due: the day that was entered, or the one that was worked out."""
        if self.kept and self.kept.due_on:
            return self.kept.due_on
        return (
            PartialDate(self.worked_out.year, self.worked_out.month, self.worked_out.day) if self.worked_out else None
        )

    @property
    def is_met(self) -> bool:
        return self.kept is not None and self.kept.done_on is not None


def due(inspection: Inspection, kind_code: str, has_grave: bool, kept: Iterable[StatutoryDate] = ()) -> Iterator[Due]:
    """What is due after an inspection, in the order of the deadlines.

    Args:
        kept: what was entered of statutory dates, of any inspection.
    """
    received = inspection.received_on
    first = received.first_day if received and received.day is not None else None
    own = {one.deadline: one for one in kept if one.inspection_id == inspection.id}
    for one in shipped():
        if kind_code in one.kind_codes and (has_grave or not one.needs_grave):
            on = working_days.after(first, one.working_days) if first else None
            yield Due(inspection.id, one, on, own.get(one.code))

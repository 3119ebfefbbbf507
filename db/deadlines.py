"""The dates that the law sets after a report, worked out where the day of its receipt is known."""

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files

from db import working_days
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


def due(inspection: Inspection, kind_code: str, has_grave: bool) -> Iterator[tuple[Deadline, date]]:
    """What is due after an inspection, and when; nothing where the day of receipt is not known."""
    received = inspection.received_on
    if received is None or received.day is None:
        return
    for one in shipped():
        if kind_code in one.kind_codes and (has_grave or not one.needs_grave):
            yield one, working_days.after(received.first_day, one.working_days)

"""One change to many areas for improvement and actions, as one edit with a sentence."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from db.edit import Edit
from db.improvement import Plan, Row
from db.improvement_records import Action
from db.records import AreaForImprovement

NAMES = {"status_id": "status", "owner": "owner", "due_on": "due date", "theme_ids": "theme"}
AreaOrAction = AreaForImprovement | Action


@dataclass(frozen=True, slots=True)
class ManyChanged:
    """An edit with its label; `changed` rows differ by it, `same` were so already, `left_out` cannot be changed so."""

    label: str
    edit: Edit
    changed: int
    same: int
    left_out: int

    def sentence(self, value: str) -> str:
        """What was done, for the status line.

        Args:
            value: what was set, in words; empty where it was emptied.
        """
        if not self.changed:
            return "Nothing was changed: it is so already."
        what = self.label.removeprefix("Change ").removeprefix("Add ")
        done = f"{what[:1].upper()}{what[1:]} changed"
        if self.label.startswith("Add "):
            done = f"{what[:1].upper()}{what[1:]}: {value} added"
        elif value:
            done = f"{done} to {value}"
        else:
            done = f"{done} to nothing"
        more = f" {self.same} had it already." if self.same else ""
        apart = f" {self.left_out} of the marked rows have no themes." if self.left_out else ""
        return f"{done}.{more}{apart} Ctrl+Z takes it back."


def change_many(plan: Plan, rows: Sequence[Row], field: str, value: Any) -> ManyChanged:
    """Set one field of all of them, or add one theme, which `value` names then."""
    records = [record for row in rows if (record := plan.record(row)) is not None]
    fitting = [record for record in records if field != "theme_ids" or isinstance(record, AreaForImprovement)]
    pairs = [(record, _changed(record, field, value)) for record in fitting]
    differing = [(old, new) for old, new in pairs if old != new]
    edit = Edit(tuple(old for old, _ in differing), tuple(new for _, new in differing))
    verb = "Add" if field == "theme_ids" else "Change"
    label = f"{verb} {NAMES[field]} of {_counted([old for old, _ in differing] or records)}"
    return ManyChanged(label, edit, len(differing), len(pairs) - len(differing), len(records) - len(fitting))


def _changed(record: AreaOrAction, field: str, value: Any) -> AreaOrAction:
    if field == "theme_ids":
        assert isinstance(record, AreaForImprovement)
        return record if value in record.theme_ids else replace(record, theme_ids=(*record.theme_ids, value))
    return replace(record, **{field: value})


def _counted(records: Sequence[AreaOrAction]) -> str:
    """ "3 areas for improvement and 1 action"."""
    areas = sum(isinstance(one, AreaForImprovement) for one in records)
    actions = len(records) - areas
    parts = []
    if areas:
        parts.append("1 area for improvement" if areas == 1 else f"{areas:,} areas for improvement")
    if actions:
        parts.append("1 action" if actions == 1 else f"{actions:,} actions")
    return " and ".join(parts)

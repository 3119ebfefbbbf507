"""What a row says of the work on its area for improvement: owner, colour, an action, notes, evidence, committees."""

from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from db.improvement_records import Action
from db.lists import Lists
from db.records import AreaForImprovement
from db.rules import name_of
from db.schema.parts import LONG
from db.text import fold
from desktop_app.exchange.import_around import Around
from desktop_app.exchange.import_lines import Lines
from desktop_app.exchange.import_row import NO_COLUMN, Facts
from desktop_app.exchange.import_target import Target, add_text

REASON_NEEDED = "Enter the reason for the RAG rating"
_NO_COLUMN = f"{REASON_NEEDED}: no column has it. Add one to the table, or leave this column out"
_NO_AREA = "The row has no area for improvement. Enter the words of the one that it is about"
_NO_ACTION = "The row has a success measure and no action. Enter the action, or empty the cell"
_TWO_SAID = "{} is “{}” here, and “{}” in row {:,}, of the same {}. Correct one of them{}"
_ONE_COLOUR = ", or leave the column out: an area for improvement has one colour, its actions have none"
_PLANNED = {"owner": "owner", "due_on": "due_on", "status": "status_id"}  # of an action where the row has one
_OF_AREA = {"rag": "rag_id", "rag_reason": "rag_reason", "impact": "impact"}
_JOINED = ("rag_reason", "impact")  # what several rows say of these stands together
_AROUND = ("action", "success_measure", "progress", "evidence", "reported_to", "rag")
_CLOSED = "closed_by_inspectors"
_NAMES = {"rag_id": "RAG rating"}


@dataclass(slots=True)
class RowWork:
    """What one row holds of it: the fields of the area and of the action, and the lines of its cells.

    `shared` are owner, due date and status of a row with an action.
    """

    area: dict[str, Any] = field(default_factory=dict)
    action: dict[str, Any] | None = None
    shared: dict[str, Any] = field(default_factory=dict)
    lines: dict[str, Lines] = field(default_factory=dict)


class Work:
    """Takes it in.

    Attributes:
        differing: how often the file says otherwise, by what it is about.
    """

    def __init__(self, lists: Lists, columns: Mapping[str, int], differing: Counter[str]) -> None:
        """Know where the columns stand.

        Args:
            columns: the place of a field's column by its key.
        """
        self._lists, self._columns, self.differing = lists, columns, differing

    def of(self, facts: Facts, target: Target) -> RowWork:
        """What a row says of the area that it names; nothing is changed yet."""
        values = facts.values
        planned = {name: values[key] for key, name in _PLANNED.items() if values.get(key)}
        made = RowWork({name: values[key] for key, name in _OF_AREA.items() if values.get(key)})
        if values.get("action"):
            measure = values.get("success_measure", "")
            made.action = {"text": values["action"], "success_measure": measure, **planned}
            made.shared = planned
        else:
            made.area |= self._unclosed(planned, target.around.get(fold(values["improvement"])))
        made.lines = {key: values[key] for key in ("progress", "evidence", "reported_to") if values.get(key)}
        return made

    def _unclosed(self, planned: dict[str, Any], around: Around | None) -> dict[str, Any]:
        """That inspectors closed an area follows from what they said of it, where the file has that."""
        status = self._lists.statuses.get(planned.get("status_id", ""))
        if around and around.is_closed and status and status.code == _CLOSED:
            return {name: value for name, value in planned.items() if name != "status_id"}
        return planned

    def without_area(self, facts: Facts) -> Iterator[tuple[int, str]]:
        """The problem of a row that says something of an area and does not name it."""
        if any(facts.values.get(key) for key in _AROUND):
            yield self._columns.get("improvement", NO_COLUMN), _NO_AREA

    def problems(self, work: RowWork, facts: Facts, target: Target) -> Iterator[tuple[int, str]]:
        """What keeps a row out: a column and a sentence each."""
        key = fold(facts.values["improvement"])
        around, (_, area) = target.around.get(key, Around()), target.areas.get(key, (None, None))
        if facts.values.get("success_measure") and work.action is None:
            yield self._place(facts, "success_measure"), _NO_ACTION
        # Not a reason in the file: rows that stay out the first time would come in the second.
        has_reason = "rag_reason" in work.area or ("", "rag_reason") in around.said
        if "rag_id" in work.area and not has_reason:
            has_column = "rag_reason" in self._columns
            yield (
                self._columns.get("rag_reason", self._place(facts, "rag")),
                REASON_NEEDED if has_column else _NO_COLUMN,
            )
        for one, name, value in self._said(work):
            row, said = around.said.get((one, name), (facts.row, value))
            if said != value:
                yield self._place(facts, name), self._two(name, value, said, row, "action" if one else "area")
        for name in _JOINED:
            if name in work.area and len(_joined(getattr(area, name, ""), work.area[name])) > LONG:
                words = f"{name_of(name)} must be {LONG:,} characters or fewer, all rows of the area taken together"
                yield self._place(facts, name), words

    def _said(self, work: RowWork) -> Iterator[tuple[str, str, Any]]:
        """What only one of several rows may say otherwise: of an action by its words, of the area by none."""
        yield from (("", name, value) for name, value in work.area.items() if name not in _JOINED)
        if work.action:
            one = fold(work.action["text"])
            yield from ((one, name, value) for name, value in work.action.items() if value and name != "text")

    def _place(self, facts: Facts, name: str) -> int:
        return facts.places.get(name, facts.places.get(name.removesuffix("_id"), NO_COLUMN))

    def _two(self, name: str, value: Any, said: Any, row: int, of: str) -> str:
        more = _ONE_COLOUR if name == "rag_id" else ""
        thing = "area for improvement" if of == "area" else of
        words = _NAMES.get(name) or name_of(name)
        return _TWO_SAID.format(words, self._label(name, value), self._label(name, said), row, thing, more)

    def _label(self, name: str, value: Any) -> str:
        if name == "rag_id":
            return self._lists.rag_ratings[value].label
        return self._lists.statuses[value].label if name == "status_id" else str(value)[:60]

    def take(self, work: RowWork, target: Target, key: str, row: int) -> bool:
        """Let the row stand; its area is there already. True where that is more than was there.

        Args:
            key: the folded words of the area.
        """
        around = target.around.setdefault(key, Around())
        for one, name, value in self._said(work):
            around.said.setdefault((one, name), (row, value))
        if "rag_reason" in work.area:
            around.said.setdefault(("", "rag_reason"), (row, work.area["rag_reason"]))
        is_more = self._join(work, target, key)
        area_id = target.areas[key][1].id
        if work.action is None:
            around.has_own_row = True
        else:
            around.of_actions.append(work.shared)
            self._differ(around.actions.get(fold(work.action["text"]), (None, None))[0], work.action)
            is_more |= add_text(around.actions, Action, work.action | {"area_for_improvement_id": area_id})
        for name, take in (
            ("progress", around.take_notes),
            ("evidence", around.take_evidence),
            ("reported_to", around.take_reports),
        ):
            if name in work.lines:
                is_more |= take(work.lines[name], area_id)
        return is_more

    def _join(self, work: RowWork, target: Target, key: str) -> bool:
        """Put impact and reasons of several rows together, and count what the file says otherwise."""
        was, area = target.areas[key]
        self._differ(was, work.area)
        new = [name for name in _JOINED if name in work.area and not (was and getattr(was, name))]
        changes: dict[str, Any] = {name: _joined(getattr(area, name), work.area[name]) for name in new}
        both = replace(area, **changes)
        target.areas[key] = (was, both)
        return both != area

    def _differ(self, was: AreaForImprovement | Action | None, said: Mapping[str, Any]) -> None:
        for name, value in said.items():
            known = getattr(was, name, None)
            if known and name != "text" and value and known != value and not (name in _JOINED and value in known):
                self.differing[_NAMES.get(name, name)] += 1


def settle(target: Target, left_out: Collection[str]) -> None:
    """Give an area that no row speaks of by itself what all rows of its actions say alike: owner, due date, status.

    Args:
        left_out: the folded words of areas of which a row stays out, so that not all is known.
    """
    for key, around in target.around.items():
        if around.has_own_row or not around.of_actions or key in left_out:
            continue
        first, *others = around.of_actions
        alike = {name: value for name, value in first.items() if all(one.get(name) == value for one in others)}
        was, area = target.areas[key]
        empty = {name: value for name, value in alike.items() if not getattr(area, name)}
        target.areas[key] = (was, replace(area, **empty))


def _joined(words: str, more: str) -> str:
    """Both, one below the other; what stands there already is not said twice."""
    if not words or not more or {*more.split("\n")} <= {*words.split("\n")}:
        return words or more
    return f"{words}\n{more}"

"""How each column of what goes out is shown: its heading, its width, and whether it is a date, a number or a text."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum, auto

from db.exported import Exported, Table
from db.safe_content import Choice, LeftOut
from db.safe_manifest import LEFT_OUT, looked_at

_ABBREVIATIONS = {"id": "Identifier", "inspection_id": "Inspection identifier", "inspection_ids": "Inspections"}
_DATES = frozenset(
    "started ended second_period_started second_period_ended published received source_published due noted_on".split()
)
_NUMBERS = frozenset(
    "judgements quotes areas_for_improvement printed_order place_on_scale number page paragraph actions progress_notes "
    "evidence".split()
)
_SORTED_BY = frozenset({"started", "published"})
# What is printed of each table, from the left; what else there is stands to the right of it, for filters and links.
_ON_PAPER = {
    "inspections": (
        "provider kind started ended published lead_inspector headline_grades judgements quotes areas_for_improvement"
    ),
    "other_events": "provider kind title started ended",
    "judgements": "provider kind started area_group area grade grade_as_printed",
    "quotes": "provider kind started text page paragraph about said_by",
    "areas_for_improvement": "provider kind started number text timescale page",
    "verdicts": "text verdict quote page paragraph later_text",
    "documents": "provider kind title publisher published address",
    "action_plan": "kind started number text owner due status rag rag_reason",
    "actions": "about action success_measure owner due status",
    "progress_notes": "area_for_improvement noted_on text author",
    "evidence": "area_for_improvement text quote document",
}
_WIDTHS = {
    "text": 80,
    "quote": 50,
    "later_text": 50,
    "action": 50,
    "success_measure": 40,
    "area_for_improvement": 60,
    "rag_reason": 36,
    "impact": 40,
    "title": 40,
    "headline_grades": 44,
    "provider": 26,
    "kind": 26,
    "address": 40,
    "said_by": 14,
    "area": 44,
    "source": 40,
    "themes": 30,
    "team": 28,
    "notes": 60,
    "inspectorates": 24,
    "heading": 30,
    "about": 30,
}
_WIDTHS_OFF_PAPER = {  # so that little is wrapped into more lines than what is printed has
    "framework": 60,
    "title": 70,
    "source": 60,
    "team": 40,
    "scale": 50,
    "themes": 60,
    "provider_kind": 30,
    "publisher": 30,
    "report_address": 60,
    "source_address": 60,
    "inspection_ids": 40,
}
_WIDTH, _NARROW = 20, 12


def what_stays(choice: Choice | None, left_out: Sequence[LeftOut]) -> str:
    """What does not go out, in sentences."""
    if choice is None:
        return "Nothing but the change log. Notes and drafts are in it."
    return " ".join(filter(None, (LEFT_OUT.partition(" The table")[0], looked_at(left_out))))


class Form(Enum):
    """What a column holds."""

    TEXT = auto()
    DATE = auto()
    NUMBER = auto()


@dataclass(frozen=True, slots=True)
class Column:
    """One column that goes out.

    `width` is in letters. A date of which only the month or year may be known is `is_sorted_by` where a real date
    beside it is worth having. `on_paper` is its place among those that are printed, None for the others.
    """

    name: str
    heading: str
    meaning: str
    form: Form
    width: int
    is_sorted_by: bool = False
    on_paper: int | None = None


def columns_of(exported: Exported, table: Table) -> list[Column]:
    """The columns of a table, in order."""
    printed = {name: place for place, name in enumerate(_ON_PAPER.get(table.name, "").split())}
    return [_column(name, meaning, printed.get(name)) for name, meaning in exported.columns(table).items()]


def _column(name: str, meaning: str, on_paper: int | None) -> Column:
    words = name.replace("_", " ")
    heading = _ABBREVIATIONS.get(name, words[:1].upper() + words[1:])
    form = Form.DATE if name in _DATES else Form.NUMBER if name in _NUMBERS else Form.TEXT
    usual = _WIDTHS.get(name, _WIDTH if form is Form.TEXT else _NARROW)
    width = _WIDTHS_OFF_PAPER.get(name, usual) if on_paper is None else usual
    wide = max(width, max(map(len, heading.split())) + 3)
    return Column(name, heading, meaning, form, wide, name in _SORTED_BY, on_paper)

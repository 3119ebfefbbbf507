"""How each column of what goes out is shown: its heading, its width, and whether it is a date, a number or a text."""

from dataclasses import dataclass
from enum import Enum, auto

from db.exported import Exported, Table

_ABBREVIATIONS = {"id": "Identifier", "inspection_id": "Inspection identifier", "inspection_ids": "Inspections"}
_DATES = frozenset(
    "started ended second_period_started second_period_ended published received source_published".split()
)
_NUMBERS = frozenset(
    "judgements quotes areas_for_improvement printed_order place_on_scale number page paragraph".split()
)
_SORTED_BY = frozenset({"started", "published"})
_WIDTHS = {
    "text": 80,
    "title": 40,
    "headline_grades": 44,
    "provider": 28,
    "framework": 34,
    "kind": 30,
    "area": 44,
    "source": 40,
    "themes": 30,
    "team": 28,
    "notes": 60,
    "inspectorates": 24,
    "heading": 30,
    "about": 36,
}
_WIDTH, _NARROW = 20, 12


class Form(Enum):
    """What a column holds."""

    TEXT = auto()
    DATE = auto()
    NUMBER = auto()


@dataclass(frozen=True, slots=True)
class Column:
    """One column that goes out.

    `width` is in letters. A date of which only the month or year may be known is `is_sorted_by` where a real date
    beside it is worth having.
    """

    name: str
    heading: str
    meaning: str
    form: Form
    width: int
    is_sorted_by: bool = False


def columns_of(exported: Exported, table: Table) -> list[Column]:
    """The columns of a table, in order."""
    return [_column(name, meaning) for name, meaning in exported.columns(table).items()]


def _column(name: str, meaning: str) -> Column:
    words = name.replace("_", " ")
    heading = _ABBREVIATIONS.get(name, words[:1].upper() + words[1:])
    form = Form.DATE if name in _DATES else Form.NUMBER if name in _NUMBERS else Form.TEXT
    width = _WIDTHS.get(name, _WIDTH if form is Form.TEXT else _NARROW)
    return Column(name, heading, meaning, form, max(width, len(heading) + 3), name in _SORTED_BY)

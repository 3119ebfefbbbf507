"""What Frameworks and lists shows of each entry, and what the fields of its form offer."""

from collections.abc import Sequence
from typing import Any

from db.frameworks import AreaStrand, EventTheme, Fact, Framework, Grade, InspectionKind, JudgementArea, Theme
from db.lists import Lists
from db.records import Record
from desktop_app.forms.fact import Choices
from desktop_app.tables.record_list import Card


def card_of(record: Any, lists: Lists) -> Card:
    """What the list shows of one entry."""
    below = ""
    match record:
        case InspectionKind() | JudgementArea() | EventTheme():
            framework = lists.frameworks[record.framework_id]
            below = " · ".join(part for part in (framework.short_name, _years(framework)) if part)
        case Grade():
            below = lists.scales[record.scale_id].name
        case Framework():
            below = _years(record)
        case AreaStrand():
            area, strand = lists.areas[record.area_id], lists.strands[record.strand_id]
            framework = lists.frameworks[area.framework_id]
            return Card(head=area.label, below=f"{strand.label} · {record.match} · {framework.short_name}")
        case Theme():
            below = record.definition
    is_own = isinstance(record, Fact) and record.shipped is None
    name = getattr(record, "label", "") or getattr(record, "name", "")
    return Card(head=name, below=below, badge="your own" if is_own else "", tone="none")


def _years(framework: Framework) -> str:
    first, last = framework.in_force_from, framework.in_force_to
    if not first and not last:
        return framework.dates_note
    return f"{first.year if first else ''} to {last.year if last else 'now'}"


def choices(lists: Lists, record_class: type[Record], framework_id: str = "") -> Choices:
    """What the fields that name other records offer, by the field's name; areas of one framework where it is known."""
    frameworks = [(one.id, f"{one.short_name}, {_years(one)}") for one in lists.frameworks.values()]
    areas: list[tuple[str | None, str]] = [
        (one.id, f"{one.label} ({lists.frameworks[one.framework_id].code})")
        for one in lists.areas.values()
        if framework_id in ("", one.framework_id)
    ]
    scales: list[tuple[str | None, str]] = [(one.id, one.name) for one in lists.scales.values()]
    none: list[tuple[str | None, str]] = [(None, "None")]
    found: dict[str, Sequence[tuple[str | None, str]]] = {
        "framework_id": frameworks,
        "area_id": areas,
        "parent_id": none + areas,
        "left_out_area_ids": areas,
        "scale_id": scales if record_class is Grade else none + scales,
        "strand_id": [(one.id, one.label) for one in lists.strands.values()],
        "inspectorate_ids": [(one.id, one.name) for one in lists.inspectorates.values()],
        "finding_kind_ids": [(one.id, one.label) for one in lists.finding_kinds.values()],
        "timescale_ids": [(one.id, one.label) for one in lists.timescales.values()],
    }
    names = {field for field in record_class.__dataclass_fields__ if field in found}
    return {name: found[name] for name in names}

"""The facts that the program ships: frameworks, scales, strands and lists, as records."""

import hashlib
import json
import tomllib
from collections.abc import Iterator
from dataclasses import fields, replace
from datetime import date
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any, TypeVar
from uuid import UUID, uuid5

from db.dates import PartialDate
from db.frameworks import (
    ActionStatus,
    AreaStrand,
    EventTheme,
    Fact,
    FindingKind,
    Framework,
    Grade,
    GradeScale,
    InspectionKind,
    Inspectorate,
    JudgementArea,
    RagRating,
    Strand,
    Theme,
    Timescale,
)
from db.records import RecordType

Table = dict[str, Any]
AnyFact = TypeVar("AnyFact", bound=Fact)

NAMESPACE = UUID("0b7c9a52-6f0e-4d0b-9a53-1d6f2c6e4b87")  # ours; a new one would ship every fact twice
LISTS = {
    "action_plan.toml",
    "comparability.toml",
    "deadlines.toml",
    "event_themes.toml",
    "findings.toml",
    "inspectorates.toml",
    "scales.toml",
    "strands.toml",
}


FACTS = (
    Inspectorate,
    GradeScale,
    Grade,
    Strand,
    FindingKind,
    Timescale,
    ActionStatus,
    RagRating,
    Theme,
    Framework,
    InspectionKind,
    JudgementArea,
    AreaStrand,
    EventTheme,
)
_DEFAULTS = {
    fact.record_type: {field.name: field.default for field in fields(fact) if field.name not in {"id", "shipped"}}
    for fact in FACTS
}
_TEXT = json.JSONEncoder(ensure_ascii=False, sort_keys=True, default=lambda day: day.iso)


def shipped(resources: Traversable | None = None) -> tuple[Fact, ...]:
    """Every fact of the frameworks and lists; each stands after those that it refers to.

    Args:
        resources: the folder that holds `frameworks` and `themes.toml`; ours where None.
    """
    return tuple(replace(fact, shipped=digest(fact)) for fact in _facts(resources or files("resources")))


@cache
def fact_id(record_type: RecordType, *codes: str) -> str:
    """The id of a shipped fact, the same in every file: a UUID of version 5 over its codes."""
    return str(uuid5(NAMESPACE, "/".join((record_type.value, *codes))))


def digest(fact: Fact) -> str:
    """Sixteen hexadecimal digits that stand for a fact's values, without its id and its digest.

    A value that is its field's default is left out, so that a new field with a default changes no
    digest that already stands in a file. Ids in a tuple have no order.
    """
    values = {
        name: sorted(value) if isinstance(value, tuple) else value
        for name, default in _DEFAULTS[fact.record_type].items()
        if (value := getattr(fact, name)) != default
    }
    return hashlib.sha256(_TEXT.encode(values).encode()).hexdigest()[:16]


def _facts(resources: Traversable) -> Iterator[Fact]:
    folder = resources.joinpath("frameworks")
    yield from _lists(folder)
    yield from _themes(_read(resources.joinpath("themes.toml")))
    for framework in _frameworks(folder):
        yield from _framework_facts(framework)
    yield from _event_themes(_read(folder.joinpath("event_themes.toml")))


def _read(file: Traversable) -> Table:
    return tomllib.loads(file.read_text(encoding="utf-8"))


def _frameworks(folder: Traversable) -> list[Table]:
    """Every framework of the folder, in the order in which they came into force."""
    found = [_read(file) for file in folder.iterdir() if file.name.endswith(".toml") and file.name not in LISTS]
    return sorted(found, key=lambda table: (table.get("in_force", {}).get("from", date.max), table["code"]))


def _lists(folder: Traversable) -> Iterator[Fact]:
    for row in _read(folder.joinpath("inspectorates.toml"))["inspectorates"]:
        yield _fact(Inspectorate, (row["code"],), row)
    for scale in _read(folder.joinpath("scales.toml"))["scales"]:
        yield _fact(GradeScale, (scale["code"],), scale)
        yield from _grades(scale)
    for position, row in enumerate(_read(folder.joinpath("strands.toml"))["strands"], 1):
        yield _fact(Strand, (row["code"],), row, position=position)
    findings = _read(folder.joinpath("findings.toml"))
    for position, row in enumerate(findings["finding_kinds"], 1):
        yield _fact(FindingKind, (row["code"],), row, position=position)
    for position, row in enumerate(findings["timescales"], 1):
        yield _fact(Timescale, (row["code"],), row, position=position)
    plan = _read(folder.joinpath("action_plan.toml"))
    for position, row in enumerate(plan["statuses"], 1):
        yield _fact(ActionStatus, (row["code"],), row, position=position)
    for position, row in enumerate(plan["rag"], 1):
        yield _fact(RagRating, (row["code"],), row, position=position)


def _grades(scale: Table) -> Iterator[Grade]:
    scale_id = fact_id(RecordType.GRADE_SCALE, scale["code"])
    for position, row in enumerate(scale["grades"], 1):
        yield _fact(Grade, (scale["code"], row["code"]), row, position=position, scale_id=scale_id)


def _themes(table: Table) -> Iterator[Theme]:
    for position, row in enumerate(table["themes"], 1):
        yield _fact(Theme, (row["code"],), row, position=position)


def _event_themes(table: Table) -> Iterator[EventTheme]:
    for position, row in enumerate(table["event_themes"], 1):
        framework_id = fact_id(RecordType.FRAMEWORK, row["framework"])
        codes = (row["framework"], row["code"])
        yield _fact(EventTheme, codes, row, position=position, framework_id=framework_id)


def _framework_facts(table: Table) -> Iterator[Fact]:
    """A framework, then its areas with their strands, then its kinds, which may leave areas out."""
    yield _fact(
        Framework,
        (table["code"],),
        table,
        scale_id=_scale_id(table),
        inspectorate_ids=_ids(RecordType.INSPECTORATE, table.get("inspectorates", ())),
        finding_kind_ids=_ids(RecordType.FINDING_KIND, table.get("finding_kinds", ())),
        timescale_ids=_ids(RecordType.TIMESCALE, table.get("timescales", ())),
    )
    for position, row in enumerate(table.get("areas", ()), 1):
        yield _area(table["code"], row, position)
        yield from _area_strands(table["code"], row)
    for position, row in enumerate(table.get("kinds", ()), 1):
        yield _kind(table["code"], row, position)


def _area(framework: str, row: Table, position: int) -> JudgementArea:
    parent = row.get("parent")
    return _fact(
        JudgementArea,
        (framework, row["code"]),
        row,
        framework_id=fact_id(RecordType.FRAMEWORK, framework),
        position=position,
        group_label=row.get("group", ""),
        parent_id=fact_id(RecordType.JUDGEMENT_AREA, framework, parent) if parent else None,
        is_lane=row.get("lane", False),
        scale_id=_scale_id(row),
    )


def _area_strands(framework: str, row: Table) -> Iterator[AreaStrand]:
    for strand in row.get("strands", ()):
        yield _fact(
            AreaStrand,
            (framework, row["code"], strand["code"]),
            strand,
            area_id=fact_id(RecordType.JUDGEMENT_AREA, framework, row["code"]),
            strand_id=fact_id(RecordType.STRAND, strand["code"]),
        )


def _kind(framework: str, row: Table, position: int) -> InspectionKind:
    return _fact(
        InspectionKind,
        (framework, row["code"]),
        row,
        framework_id=fact_id(RecordType.FRAMEWORK, framework),
        position=position,
        left_out_area_ids=_ids(RecordType.JUDGEMENT_AREA, row.get("leaves_out", ()), framework),
    )


def _scale_id(table: Table) -> str | None:
    return fact_id(RecordType.GRADE_SCALE, table["scale"]) if "scale" in table else None


def _ids(record_type: RecordType, codes: list[str] | tuple[str, ...], *within: str) -> tuple[str, ...]:
    return tuple(fact_id(record_type, *within, code) for code in codes)


def _fact(record_class: type[AnyFact], codes: tuple[str, ...], row: Table, **more: Any) -> AnyFact:
    """Make a record of the keys that are named like its fields, and of `more`; a list becomes lines."""
    names = _DEFAULTS[record_class.record_type]
    values = {key: _in_lines(value) for key, value in row.items() if key in names}
    period = row.get("in_force", {})
    values |= {f"in_force_{end}": _date(day) for end, day in period.items()}
    return record_class(id=fact_id(record_class.record_type, *codes), **(values | more))


def _in_lines(value: Any) -> Any:
    return "\n".join(value) if isinstance(value, list) else value


def _date(day: date | str) -> PartialDate:
    """A TOML date is a day; a text such as "2016-02" is known to the month."""
    return PartialDate.from_iso(day if isinstance(day, str) else day.isoformat())

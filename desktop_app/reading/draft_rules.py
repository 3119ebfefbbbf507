"""The rules that drafts are read by, from `resources`: layouts with their titles and lists, areas, grades and kinds."""

import re
import tomllib
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import Any

from db.catalogue import shipped
from db.dates import PartialDate
from db.frameworks import Framework, Grade, InspectionKind, JudgementArea, areas_judged, may_be_in_force

Pattern = re.Pattern[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """How one kind of report names itself, and what it may be."""

    name: str
    title: Pattern
    frameworks: tuple[str, ...]
    provider: tuple[Pattern, ...] = ()
    kind: str = ""
    kinds_by_length: dict[str, Any] = field(default_factory=dict)
    kinds_by_framework: dict[str, str] = field(default_factory=dict)
    kinds_by_words: tuple[dict[str, str], ...] = ()
    is_letter: bool = False
    has_board: bool = False  # a second part is about the Local Safeguarding Children Board, with a list of its own
    audience: str = "local_authority"


@dataclass(frozen=True, slots=True)
class ListRule:
    """A heading over a list of what must get better."""

    heading: Pattern
    finding: str
    audience: str = ""


@dataclass(frozen=True, slots=True)
class Rules:
    """All of `layouts.toml`."""

    layouts: tuple[Layout, ...]
    lists: tuple[ListRule, ...]
    usual_lists: tuple[str, ...]  # their headings as they are mostly printed
    timescales: tuple[tuple[str, Pattern], ...]
    ends: Pattern
    board_begins: Pattern
    board_ends: Pattern
    not_these_tables: Pattern
    table_headings: Pattern


@cache
def rules() -> Rules:
    """The rules, read once."""
    text = files("resources").joinpath("reading", "layouts.toml").read_text(encoding="utf-8")
    table = tomllib.loads(text)
    return Rules(
        layouts=tuple(map(_layout, table["layouts"])),
        lists=tuple(
            ListRule(re.compile(row["heading"]), row["finding"], row.get("audience", "")) for row in table["lists"]
        ),
        usual_lists=tuple(words for row in table["lists"] for words in row.get("usual", ())),
        timescales=tuple((row["code"], re.compile(row["heading"])) for row in table["timescales"]),
        ends=re.compile("|".join(table["ends"]["headings"])),
        board_begins=re.compile(table["board"]["begins"]),
        board_ends=re.compile(table["board"]["ends"]),
        not_these_tables=re.compile(table["not_these_tables"]["above"]),
        table_headings=re.compile(table["table_headings"]["words"]),
    )


def _layout(row: dict[str, Any]) -> Layout:
    values: dict[str, Any] = {key: tuple(value) if isinstance(value, list) else value for key, value in row.items()}
    values["title"] = re.compile(row["title"])
    values["provider"] = tuple(map(re.compile, row.get("provider", ())))
    return Layout(**values)


@dataclass(frozen=True, slots=True)
class Facts:
    """Frameworks, kinds, areas and grades by their codes."""

    frameworks: dict[str, Framework]
    kinds: dict[tuple[str, str], InspectionKind]
    areas: dict[str, list[JudgementArea]]
    grades: dict[str, list[Grade]]

    def in_force(self, codes: tuple[str, ...], started_on: PartialDate | None) -> list[str]:
        """Which of these frameworks may apply to an inspection that started then."""
        return [code for code in codes if may_be_in_force(self.frameworks[code], started_on)]

    def judged(self, framework: str, kind: str) -> list[JudgementArea]:
        """The areas that a kind judges; all of the framework's where the kind is not known."""
        known = self.kinds.get((framework, kind))
        return areas_judged(known, self.areas[framework]) if known else self.areas[framework]


@cache
def facts() -> Facts:
    """The facts that the program ships, read once."""
    all_facts = shipped()
    frameworks = {fact.id: fact for fact in all_facts if isinstance(fact, Framework)}
    areas: dict[str, list[JudgementArea]] = {framework.code: [] for framework in frameworks.values()}
    grades: dict[str, list[Grade]] = {framework.code: [] for framework in frameworks.values()}
    for fact in all_facts:
        if isinstance(fact, JudgementArea):
            areas[frameworks[fact.framework_id].code].append(fact)
        elif isinstance(fact, Grade):
            for framework in frameworks.values():
                if framework.scale_id == fact.scale_id:
                    grades[framework.code].append(fact)
    kinds = {
        (frameworks[fact.framework_id].code, fact.code): fact for fact in all_facts if isinstance(fact, InspectionKind)
    }
    return Facts({framework.code: framework for framework in frameworks.values()}, kinds, areas, grades)

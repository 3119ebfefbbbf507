"""What a column may be: the fields that a table from elsewhere can fill, with the words that head them."""

import re
import tomllib
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any

from db.lists import Lists
from db.text import fold

JUDGED = "judged:"  # before a strand's code
AREA = "area:"  # before the code of a judgement area
NOTHING = ""  # the column is left out
_SIGNS = re.compile(r"[^\w]+|_")
_BRACKETS = re.compile(r"\([^)]*\)|\[[^\]]*\]")
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")


@dataclass(frozen=True, slots=True)
class Field:
    """What a column may be.

    `of` says which kind of record it belongs to, `value` how its cells are read (`import_values`).
    """

    key: str
    label: str
    of: str
    value: str
    headings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Layout:
    """A table that is known by its headings: which of them it needs, and what each one is."""

    name: str
    needs: frozenset[str]
    columns: MappingProxyType[str, str]


@dataclass(frozen=True, slots=True)
class Rules:
    """All of `fields.toml`; words are plain (`plain`)."""

    fields: tuple[Field, ...]
    layouts: tuple[Layout, ...]
    words: MappingProxyType[str, frozenset[str]]
    kinds: MappingProxyType[str, frozenset[str]]
    plain_kinds: frozenset[str]
    by_length: MappingProxyType[str, Any]
    regions: MappingProxyType[str, str]
    tones: MappingProxyType[str, frozenset[str]]
    statuses: MappingProxyType[str, frozenset[str]]
    rag: MappingProxyType[str, frozenset[str]]
    sources: MappingProxyType[str, tuple[str, ...]]


def plain(words: str) -> str:
    """Words as headings are compared: no capitals, brackets or signs, and "inspectionStart" is two words."""
    bare = _BRACKETS.sub(" ", words) if _BRACKETS.sub("", words).strip() else words
    return " ".join(_SIGNS.sub(" ", fold(_CAMEL.sub(" ", bare)).replace("&", " and ")).split())


@cache
def rules() -> Rules:
    """The rules, read once."""
    table = tomllib.loads(files("resources").joinpath("importing", "fields.toml").read_text(encoding="utf-8"))
    return Rules(
        fields=tuple(Field(**{**row, "headings": tuple(row["headings"])}) for row in table["fields"]),
        layouts=tuple(map(_layout, table["layouts"])),
        words=_sets({key: [fold(word) for word in words] for key, words in table["words"].items()}),
        kinds=_sets({key: [plain(word) for word in words] for key, words in table["kinds"].items()}),
        plain_kinds=frozenset(table["plain"]["kinds"]),
        by_length=MappingProxyType(table["by_length"]),
        regions=MappingProxyType(table["regions"]),
        tones=_sets(table["tones"]),
        statuses=_sets(table["statuses"]),
        rag=_sets(table["rag"]),
        sources=MappingProxyType({key: tuple(words) for key, words in table["sources"].items()}),
    )


def _sets(table: dict[str, list[str]]) -> MappingProxyType[str, frozenset[str]]:
    return MappingProxyType({key: frozenset(words) for key, words in table.items()})


def _layout(row: dict[str, Any]) -> Layout:
    columns = {plain(heading): key for heading, key in row["columns"].items()}
    return Layout(row["name"], frozenset(map(plain, row["needs"])), MappingProxyType(columns))


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """What a column of one file may be, and the words that grades and judgement areas have in it, made plain."""

    fields: dict[str, Field]
    grades: frozenset[str]
    areas: frozenset[str]


def vocabulary_of(lists: Lists) -> Vocabulary:
    """The words of a file's lists."""
    fields = fields_of(lists)
    said = (
        name for grade in lists.grades.values() for name in (grade.label, grade.initials, *grade.variants.split("\n"))
    )
    grades = {plain(one) for one in (*said, *rules().words["not_judged"]) if one} | set("12345")
    judged = [field for key, field in fields.items() if key.startswith((JUDGED, AREA))]
    labels = {plain(area.label.replace("[authority]", "")) for area in lists.areas.values()}
    return Vocabulary(
        fields, frozenset(grades), frozenset({one for field in judged for one in field.headings} | labels)
    )


def fields_of(lists: Lists) -> dict[str, Field]:
    """Every field by its key: the shipped ones, and a judgement area of the file each that has no strand among them."""
    found = {field.key: field for field in rules().fields}
    strands = {key.removeprefix(JUDGED) for key in found if key.startswith(JUDGED)}
    lanes = {
        link.area_id
        for link in lists.area_strands.values()
        if lists.strands[link.strand_id].code in strands and lists.areas[link.area_id].is_lane
    }
    often = Counter(plain(area.label) for area in lists.areas.values())
    for area in lists.areas.values():
        key = f"{AREA}{area.code}"
        if area.id in lanes or key in found:
            continue
        group = f"{area.group_label}: " if area.group_label else ""
        short = lists.frameworks[area.framework_id].short_name
        label = area.label.replace("[authority]", "the area")
        headings = (plain(f"{group}{label}"), *((plain(label),) if often[plain(area.label)] == 1 else ()))
        found[key] = Field(key, f"Grade: {group}{label} ({short})", "judgement", "grade", headings)
    return found


def idle(fields: Mapping[int, Field]) -> set[int]:
    """The columns about a quote, an area for improvement or an action for which no column has the words."""
    keys = {one.key for one in fields.values()}
    missing = {"quote", "action"} - keys | ({"area", "action"} if "improvement" not in keys else set())
    if missing >= {"quote", "area"}:
        missing.add("row")
    return {place for place, one in fields.items() if one.of in missing}

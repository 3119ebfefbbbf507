"""What a search is narrowed by: filters by name, each with a value as it was typed or chosen.

A value is the id of a record, its name, or the start of a word of its name ("provider:durham"); a kind's is that of
a group of hits, a year's "2022", "2019-2022", "2019-" or "-2022". Filters of the same name widen each other.
"""

import re
import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from db.damage import readable
from db.facets import Facet
from db.passages import Group
from db.records import TONES
from db.search_words import Typed, Word
from db.store import Store
from db.text import fold

GROUP_NAMES = {
    Group.INSPECTION: "Inspections",
    Group.JUDGEMENT: "Judgements",
    Group.QUOTE: "Quotes",
    Group.AREA_FOR_IMPROVEMENT: "Areas for improvement",
    Group.ACTION: "Actions",
    Group.PROGRESS_NOTE: "Progress notes",
    Group.DOCUMENT: "Documents",
    Group.PARAGRAPH: "Text of documents",
}
_NAMED = {  # the records that a value may name: id and name
    "provider": "select id, name from provider order by name",
    "framework": (
        "select id, case when instr(name, short_name) then name else name || ' (' || short_name || ')' end "
        "from framework order by in_force_from desc, name"
    ),
    "grade": "select min(id), label from grade group by label order by min(position), label",
    "strand": "select id, label from strand order by position",
    "theme": "select id, name from theme order by position, name",
}
_ROWS = {  # the rows that stand for a chosen id in the index, and under which facets
    "provider": ((Facet.PROVIDER, "select row from provider where id = ?"),),
    "framework": ((Facet.KIND, "select row from inspection_kind where framework_id = ?"),),
    "grade": ((Facet.GRADE, "select row from grade where label = (select label from grade where id = ?)"),),
    "strand": (
        (Facet.STRAND, "select row from strand where id = ?"),
        (
            Facet.AREA,
            "select a.row from area_strand s join judgement_area a on a.id = s.area_id where s.strand_id = ?",
        ),
    ),
    "theme": ((Facet.THEME, "select row from theme where id = ?"),),
}
OPEN = {"yes": "Still open", "no": "Done or closed"}  # areas for improvement and actions
_CODES = {"tone": (Facet.TONE, TONES), "open": (Facet.OPEN, OPEN)}
_YEARS = re.compile(r"(\d{4})?\s*(-)?\s*(\d{4})?", re.ASCII)


@dataclass(frozen=True, slots=True)
class Narrowed:
    """What the filters come to: the groups that are left, and words of facets.

    Of each set of words a passage must hold one; an empty set leaves nothing. A word that ends in "*" is a start.
    """

    groups: tuple[Group, ...] = tuple(Group)
    words: tuple[tuple[str, ...], ...] = ()

    @property
    def leaves_nothing(self) -> bool:
        return not self.groups or not all(self.words)


def understood(raw: sqlite3.Connection, typed: Typed) -> Typed:
    """What was typed, with the filters whose value names nothing taken for words."""
    meant = [pair for pair in typed.filters if not narrowed(raw, [pair]).leaves_nothing]
    words = {word.text: word for word in typed.wanted}
    words |= {f"{name} {value}": Word(f"{name} {value}") for name, value in typed.filters if (name, value) not in meant}
    return replace(typed, wanted=tuple(words.values()), filters=tuple(meant))


def narrowed(raw: sqlite3.Connection, filters: Iterable[tuple[str, str]]) -> Narrowed:
    """Work out filters, each a name of `db.search_words.FILTER_NAMES` and a value."""
    by_name: dict[str, list[str]] = {}
    for name, value in filters:
        by_name.setdefault(name, []).append(value)
    wanted = _groups(by_name["kind"]) if "kind" in by_name else set(Group)
    groups = tuple(group for group in Group if group in wanted)
    found: list[tuple[str, ...]] = []
    for name, values in by_name.items():
        if name == "speaker":
            found += _speakers(values)
        elif name != "kind":
            found.append(tuple(dict.fromkeys(word for value in values for word in _words(raw, name, value))))
    return Narrowed(groups, tuple(found))


@readable()
def choices(store: Store, name: str) -> list[tuple[str, str]]:
    """What can be chosen for a filter, each a value and its words."""
    raw = store.connection.raw
    if name == "kind":
        return [(group.value, label) for group, label in GROUP_NAMES.items()]
    if name in _CODES:
        return list(_CODES[name][1].items())
    if name == "year":
        query = "select distinct substr(coalesce(started_on, ended_on, published_on), 1, 4) from inspection"
        return [(year, year) for (year,) in sorted(raw.execute(query).fetchall(), key=str, reverse=True) if year]
    if name == "speaker":
        rows = raw.execute("select distinct speaker from quote where speaker <> '' order by speaker limit 500")
        return [(speaker, speaker) for (speaker,) in rows.fetchall()]
    return [(key, label) for key, label in raw.execute(_NAMED[name]).fetchall()]


def _groups(values: Sequence[str]) -> set[Group]:
    named = {(group.value, label) for group, label in GROUP_NAMES.items()}
    return {Group(key) for value in values for key in _keys(named, value)}


def _words(raw: sqlite3.Connection, name: str, value: str) -> Iterable[str]:
    if name == "year":
        return _years(value)
    if name in _CODES:
        facet, known = _CODES[name]
        return [facet.word(key) for key in _keys(known.items(), value)]
    keys = _keys(raw.execute(_NAMED[name]).fetchall(), value)
    return [
        facet.word(row)
        for key in keys
        for facet, query in _ROWS[name]
        for (row,) in raw.execute(query, (key,)).fetchall()
    ]


def _keys(named: Iterable[tuple[str, str]], value: str) -> list[str]:
    """The records meant: the one of that id, else those of that name, else those with a word that begins so."""
    known, wanted = dict(named), fold(value)
    if value in known:
        return [value]
    folded = {key: fold(label) for key, label in known.items()}
    same = [key for key, label in folded.items() if label == wanted]
    return same or [key for key, label in folded.items() if re.search(rf"(?<!\w){re.escape(wanted)}", label)]


def _years(value: str) -> list[str]:
    found = _YEARS.fullmatch(value.strip())
    if not found or not (found[1] or found[3]):
        # "20" while a year is being typed
        return [f"{Facet.YEAR.word(value)}*"] if re.fullmatch(r"\d{1,3}", value, re.ASCII) else []
    first = int(found[1] or 1900)
    last = int(found[3] or (2199 if found[2] else first))
    if first == last:
        return [Facet.YEAR.word(first)]
    return [Facet.YEAR.word(year) for year in range(max(first, 1900), min(last, 2199) + 1)]


def _speakers(values: Sequence[str]) -> list[tuple[str, ...]]:
    """Of one speaker every word of the name must be there; several cannot all be, so one of them will do."""
    if len(values) > 1:
        return [tuple(f"{Facet.SPEAKER.word(word)}*" for value in values for word in re.findall(r"\w+", fold(value)))]
    return [(f"{Facet.SPEAKER.word(word)}*",) for word in re.findall(r"\w+", fold(values[0]))]


def as_typed(filters: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    """Chosen filters in the form of typed ones; an empty value is none."""
    return tuple((name, value) for name, value in filters.items() if value)

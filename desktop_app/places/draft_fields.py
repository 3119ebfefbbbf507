"""A draft as rows to confirm: what each is called, what the report says, where it stands, and what else it may be."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from db.dates import PartialDate, parse
from db.lists import Lists
from db.records import SPECIAL_VALUES, Provider
from db.text import fold
from desktop_app.places import draft_areas
from desktop_app.reading.draft_values import Certainty, Draft, DraftArea, Found, Period, Source

JUDGEMENT, AREA = "judgement:", "area:"
DATES = {
    "started_on": "First day",
    "ended_on": "Last day",
    "second_started_on": "First day of the second period",
    "second_ended_on": "Last day of the second period",
}
_MORE_PERIODS = "The report prints more than two periods. The file keeps two: enter the others in your notes."
_OWN_NAME = "The report prints “{}”. The file has this provider already."
_NOT_IN_LISTS = "The report means “{}”, which is not in the lists of this file."
_COUNCIL_WORDS = re.compile(r"\b(?:council|county|city|borough|metropolitan|district|london|royal|of|the)\b")


class Asks(StrEnum):
    """What a correction of a row is."""

    LINE = "line"
    AREA = "area"
    DATE = "date"
    CHOICE = "choice"


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """One row to confirm.

    Args:
        key: a field of the inspection, "provider", "kind", "framework" or "document"; JUDGEMENT and the code of the
            area; AREA and its place in the draft, from 0.
        value: a text, a date, an AreaValue, or the key of one of `choices`; None where the report prints none.
    """

    key: str
    name: str
    value: Any = None
    asks: Asks = Asks.LINE
    choices: tuple[tuple[str, str], ...] = ()
    as_printed: str = ""
    sources: tuple[Source, ...] = ()
    certainty: Certainty = Certainty.NOT_PRINTED
    doubts: tuple[str, ...] = ()

    @property
    def is_certain(self) -> bool:
        """Whether it may be accepted at one stroke with the others."""
        return self.certainty is Certainty.CERTAIN and self.value is not None and not self.doubts

    def in_words(self, value: Any) -> str:
        """A value as it is shown; a date in full, a choice by its label."""
        if value is None:
            return ""
        return dict(self.choices).get(value, "") if self.asks is Asks.CHOICE else str(value)

    def read(self, typed: str) -> Any:
        """What was typed as a value; None for nothing.

        Raises:
            BadDate: it is to be a date and is none.
        """
        typed = typed.strip()
        if not typed:
            return None
        return parse(typed) if self.asks is Asks.DATE else typed


def fields_of(draft: Draft, lists: Lists, framework_id: str | None, kind_id: str | None) -> list[Field]:
    """The rows of a draft in the order of the form.

    Args:
        framework_id, kind_id: as they stand now; they decide what kinds there are, and what is judged.
    """
    return [
        _provider(draft.provider, lists),
        _framework(draft, lists),
        _kind(draft, lists, framework_id),
        *_dates(draft.periods),
        _row("published_on", "Publication", draft.published_on, asks=Asks.DATE),
        _row("lead_inspector", "Lead inspector", draft.lead_inspector),
        *([_row("theme", "Theme", draft.theme)] if draft.is_letter else []),
        _row("document", "Title of the report", draft.title),
        *_judgements(draft, lists, kind_id),
        *(_area(place, area, lists) for place, area in enumerate(draft.areas)),
    ]


def first_framework(draft: Draft, lists: Lists) -> str | None:
    """The id of the framework that the report means."""
    return next((one.id for one in lists.frameworks.values() if one.code == draft.framework.value), None)


def first_kind(draft: Draft, lists: Lists) -> str | None:
    """The id of the kind that the report means."""
    framework_id = first_framework(draft, lists)
    wanted = (framework_id, draft.kind.value)
    return next((one.id for one in lists.kinds.values() if (one.framework_id, one.code) == wanted), None)


def provider_named(lists: Lists, name: str) -> Provider | None:
    """The provider of that name; or the only council that is so called without "County Council" and the like."""
    folded = fold(name).strip()
    for known in lists.providers.values():
        if fold(known.name).strip() == folded:
            return known
    councils = [one for one in lists.providers.values() if one.kind == "local_authority"]
    short = _short(folded)
    found = [one for one in councils if short and _short(fold(one.name)) == short]
    return found[0] if len(found) == 1 else None


def _short(folded: str) -> str:
    return " ".join(_COUNCIL_WORDS.sub(" ", folded).split())


def _row(key: str, name: str, found: Found[Any], **more: Any) -> Field:
    facts: dict[str, Any] = {"value": found.value, "as_printed": found.as_printed, "sources": found.sources}
    facts |= {"certainty": found.certainty, "doubts": found.doubts}
    return Field(key=key, name=name, **(facts | more))


def _provider(found: Found[str], lists: Lists) -> Field:
    row = _row("provider", "Provider", found)
    known = provider_named(lists, found.value) if found.value else None
    if known is None or known.name == found.value:
        return row
    certainty = Certainty.DERIVED if row.certainty is Certainty.CERTAIN else row.certainty
    doubt = _OWN_NAME.format(found.value)
    return replace(row, value=known.name, certainty=certainty, doubts=(*row.doubts, doubt))


def _framework(draft: Draft, lists: Lists) -> Field:
    choices = tuple((one.id, one.name) for one in lists.frameworks.values())
    return _chosen("framework", "Framework", draft.framework, first_framework(draft, lists), choices)


def _kind(draft: Draft, lists: Lists, framework_id: str | None) -> Field:
    kinds = [one for one in lists.kinds.values() if framework_id in (None, one.framework_id)]
    choices = tuple(zip((one.id for one in kinds), lists.kind_labels(kinds), strict=True))
    wanted = first_kind(draft, lists)
    is_of_framework = wanted in dict(choices)
    found = draft.kind if is_of_framework or not wanted else Found()
    return _chosen("kind", "Kind", found, wanted if is_of_framework else None, choices)


def _chosen(key: str, name: str, found: Found[str], value: str | None, choices: tuple[tuple[str, str], ...]) -> Field:
    row = _row(key, name, found, value=value, asks=Asks.CHOICE, choices=choices)
    if found.value and value is None:
        doubts = (*row.doubts, _NOT_IN_LISTS.format(found.as_printed or found.value))
        return replace(row, certainty=Certainty.DOUBTFUL, doubts=doubts)
    return row


def _dates(found: Found[tuple[Period, ...]]) -> Iterator[Field]:
    periods = found.value or (Period(None, None),)
    days: list[PartialDate | None] = [day for one in periods[:2] for day in (one.started_on, one.ended_on)]
    for (key, name), day in zip(DATES.items(), days, strict=False):
        row = _row(key, name, found, value=day, asks=Asks.DATE)
        if len(periods) > 2:
            row = replace(row, certainty=Certainty.DOUBTFUL, doubts=(*row.doubts, _MORE_PERIODS))
        yield row


def _judgements(draft: Draft, lists: Lists, kind_id: str | None) -> Iterator[Field]:
    read = {judgement.area_code: judgement for judgement in draft.judgements}
    for area in lists.areas_of(kind_id) if kind_id else ():
        grades = lists.grades_of(area)
        judgement = read.get(area.code)
        if not area.is_graded and judgement is None:
            continue
        choices = (*((grade.id, grade.label) for grade in grades), *SPECIAL_VALUES.items())
        found = judgement.grade if judgement else Found()
        ids = {grade.code: grade.id for grade in grades} | {code: code for code in SPECIAL_VALUES}
        yield _chosen(JUDGEMENT + area.code, lists.area_label(area), found, ids.get(found.value or ""), choices)


def _area(place: int, area: DraftArea, lists: Lists) -> Field:
    value = draft_areas.value_of(area, lists)
    return _row(f"{AREA}{place}", draft_areas.NOUN, area.text, value=value, asks=Asks.AREA)

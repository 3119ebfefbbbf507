"""An area for improvement while it is confirmed: the words, and all that stands around them in the form."""

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from typing import Any

from db.drafts import Fields, Typed
from db.lists import Lists
from db.records import AUDIENCES, AreaForImprovement
from desktop_app.reading.draft_values import DraftArea

NOUN = "Area for improvement"


@dataclass(frozen=True, slots=True, kw_only=True)
class AreaValue:
    """What a person confirms of an area for improvement; the fields are those of the record."""

    text: str
    finding_kind_id: str
    timescale_id: str | None = None
    audience: str = "local_authority"
    group_label: str = ""
    page: int | None = None
    paragraph: int | None = None

    def __str__(self) -> str:
        return self.text


FIELDS = tuple(one.name for one in fields(AreaValue))
_MAY_BE_FILLED = ("timescale_id", "group_label", "page", "paragraph")


def value_of(area: DraftArea, lists: Lists) -> AreaValue | None:
    """What a report says; None where it could not be read."""
    if area.text.value is None:
        return None
    kinds = {one.code: one.id for one in lists.finding_kinds.values()}
    timescales = {one.code: one.id for one in lists.timescales.values()}
    return AreaValue(
        text=area.text.value,
        finding_kind_id=kinds.get(area.finding_kind) or next(iter(kinds.values())),
        timescale_id=timescales.get(area.timescale),
        audience=area.audience,
        group_label=area.group_label,
        page=area.page,
        paragraph=area.paragraph,
    )


def blank(lists: Lists, kind_id: str | None, like: AreaValue | None = None) -> AreaValue:
    """A new one without words; of the same sort as the one that it follows."""
    if like is not None:
        return replace(like, text="", page=None, paragraph=None)
    kinds = lists.finding_kinds_of(kind_id) if kind_id else list(lists.finding_kinds.values())
    return AreaValue(text="", finding_kind_id=kinds[0].id)


def noun_of(value: AreaValue | None, lists: Lists) -> str:
    """What it is called: "Recommendation"."""
    known = lists.finding_kinds.get(value.finding_kind_id) if value else None
    return known.label if known else NOUN


def around(value: AreaValue, lists: Lists) -> str:
    """What stands around the words: "Immediately, Local authority, page 3, paragraph 7"."""
    timescale = lists.timescales.get(value.timescale_id or "")
    parts = (
        value.group_label,
        timescale.label if timescale else "",
        AUDIENCES.get(value.audience, ""),
        f"page {value.page}" if value.page else "",
        f"paragraph {value.paragraph}" if value.paragraph else "",
    )
    return ", ".join(part for part in parts if part)


def differences(one: AreaValue, other: AreaValue) -> list[str]:
    """The names of the fields in which two differ."""
    return [name for name in FIELDS if getattr(one, name) != getattr(other, name)]


def filled(record: AreaForImprovement, value: AreaValue, document_id: str) -> AreaForImprovement:
    """A record of the same words with what was empty in it filled."""
    wanted: dict[str, Any] = {name: getattr(value, name) for name in _MAY_BE_FILLED if not getattr(record, name)}
    wanted |= {} if record.document_id or record.words_from else {"document_id": document_id}
    return replace(record, **wanted)


def to_typed(value: AreaValue) -> Fields:
    """Its fields as drafts keep them."""
    return {name: Typed(getattr(value, name)) for name in FIELDS}


def from_typed(kept: Mapping[str, Typed]) -> AreaValue:
    """The value that `to_typed` was given.

    Raises:
        LookupError: what was kept is none.
    """
    return AreaValue(**{name: kept[name].text for name in FIELDS})

"""Confirmed rows of a draft to one edit: the inspection with all that was accepted, or what is empty in one."""

from collections.abc import Callable, Mapping, Set
from dataclasses import dataclass, field, replace
from typing import Any

from db.edit import Edit
from db.errors import RuleBroken
from db.frameworks import JudgementArea
from db.lists import Lists
from db.overview import same_inspection
from db.records import (
    SPECIAL_VALUES,
    AreaForImprovement,
    Document,
    Inspection,
    Judgement,
    Provider,
    Record,
    new_id,
)
from db.store import Store
from db.text import fold
from desktop_app.places.draft_areas import FIELDS, AreaValue, filled
from desktop_app.places.draft_fields import AREA, DATES, JUDGEMENT, Field, provider_named
from desktop_app.reading.draft_values import Draft

OWN = (*DATES, "published_on", "lead_inspector", "theme")
PRINTED = {"started_on": "dates_as_printed", "published_on": "published_as_printed"}


@dataclass(frozen=True, slots=True)
class Kept:
    """The report's own file, which stands in the database already."""

    name: str
    sha256: str


@dataclass(frozen=True, slots=True)
class Confirmed:
    """What a person accepted or corrected.

    Args:
        fields: the rows by their key; `values` holds only those that are confirmed.
        replaced: keys of values that shall stand in place of what the file says.
    """

    fields: Mapping[str, Field]
    values: Mapping[str, Any]
    replaced: Set[str] = field(default_factory=frozenset)

    def as_printed(self, key: str) -> str:
        """The printed wording of a value that was accepted as it was read; empty for a correction."""
        row = self.fields[key]
        return row.as_printed if self.values.get(key) == row.value else ""


class InFile:
    """What the file says already of the inspection that a draft is about."""

    def __init__(self, store: Store, lists: Lists, inspection: Inspection) -> None:
        self.inspection = inspection
        self.judgements = {
            lists.areas[one.area_id].code: one for one in store.each(Judgement, inspection_id=inspection.id)
        }
        self.areas = store.each(AreaForImprovement, inspection_id=inspection.id)
        self._by_text = {fold(one.text): one for one in self.areas}

    def says(self, key: str) -> Any:
        """The value in the file: None where it is empty; of an area for improvement nothing is known."""
        if key.startswith(JUDGEMENT):
            known = self.judgements.get(key.removeprefix(JUDGEMENT))
            return (known.grade_id or known.special) if known else None
        return (getattr(self.inspection, key) or None) if key in OWN else None

    def differs(self, key: str, value: Any) -> bool:
        """Whether the file says something, and something else."""
        if value is None:
            return False
        if key.startswith(AREA):
            return bool(self.areas) and self.area_like(value) is None
        return self.says(key) not in (None, value)

    def agrees(self, key: str, value: Any) -> bool:
        """Whether the file says the same."""
        if value is None:
            return False
        return self.area_like(value) is not None if key.startswith(AREA) else self.says(key) == value

    def area_like(self, value: AreaValue) -> AreaForImprovement | None:
        """The area for improvement of the same words that is there."""
        return self._by_text.get(fold(value.text))


def same_in_file(store: Store, lists: Lists, values: Mapping[str, Any]) -> Inspection | None:
    """The inspection that is there already; None where provider, kind or first day are not known."""
    known = provider_named(lists, values.get("provider") or "")
    if known is None or not values.get("kind") or values.get("started_on") is None:
        return None
    wanted = Inspection(id="", provider_id=known.id, kind_id=values["kind"], started_on=values["started_on"])
    return same_inspection(store, wanted)


def edit_of(
    store: Store, lists: Lists, draft: Draft, confirmed: Confirmed, kept: Kept, known: InFile | None = None
) -> tuple[Edit, Inspection]:
    """The one edit that writes what is confirmed, and the inspection as it will stand.

    Args:
        known: the inspection that is there already; only what is empty in it is filled, and what is `replaced`.

    Raises:
        RuleBroken: the provider or the kind is not confirmed, and no inspection is there.
    """
    return _Writing(store, lists, draft, confirmed, kept, known).edit()


class _Writing:
    def __init__(
        self, store: Store, lists: Lists, draft: Draft, confirmed: Confirmed, kept: Kept, known: InFile | None
    ) -> None:
        self._store, self._lists, self._draft = store, lists, draft
        self._confirmed, self._kept, self._known = confirmed, kept, known
        self._values = confirmed.values
        self._before: list[Record] = []
        self._after: list[Record] = []

    def edit(self) -> tuple[Edit, Inspection]:
        inspection = self._inspection()
        document = self._document(inspection)
        for area in self._lists.areas_of(inspection.kind_id):
            self._judge(inspection, area)
        self._add_areas(inspection, document)
        return Edit(tuple(self._before), tuple(self._after)).differing(), inspection

    def _wanted(self, keys: Callable[[str], bool]) -> dict[str, Any]:
        """The confirmed values that are to be written."""
        found = {key: value for key, value in self._values.items() if keys(key) and value is not None}
        if self._known is None:
            return found
        known, replaced = self._known, self._confirmed.replaced
        return {key: value for key, value in found.items() if key in replaced or not known.differs(key, value)}

    def _put(self, was: Record | None, now: Record) -> None:
        if was is not None:
            self._before.append(was)
        self._after.append(now)

    def _inspection(self) -> Inspection:
        was = self._known.inspection if self._known else None
        base = was or Inspection(id=new_id(), provider_id=self._provider().id, kind_id=self._kind())
        wanted = self._wanted(OWN.__contains__)
        for key, column in PRINTED.items():
            if key in wanted and (printed := self._confirmed.as_printed(key)) and self._may_print(key, column, base):
                wanted[column] = printed
        now = replace(base, **wanted)
        self._put(was, now)
        return now

    def _may_print(self, key: str, column: str, base: Inspection) -> bool:
        return key in self._confirmed.replaced or not getattr(base, column)

    def _provider(self) -> Provider:
        name = self._values.get("provider")
        if not name:
            raise RuleBroken("Accept or enter the provider first.", field="provider")
        if known := provider_named(self._lists, name):
            return known
        provider = Provider(id=new_id(), name=name)
        self._after.append(provider)
        return provider

    def _kind(self) -> str:
        kind_id = self._values.get("kind")
        if not kind_id:
            raise RuleBroken("Accept or choose the kind first.", field="kind")
        return str(kind_id)

    def _document(self, inspection: Inspection) -> Document:
        known = self._store.each(Document, provider_id=inspection.provider_id)
        same = next((one for one in known if one.file_sha256 == self._kept.sha256), None)
        links = same.inspection_ids if same else ()
        linked = links if inspection.id in links else (*links, inspection.id)
        if same:
            now = replace(same, inspection_ids=linked)
        else:
            now = Document(
                id=new_id(),
                provider_id=inspection.provider_id,
                kind="letter" if self._draft.is_letter else "report",
                title=self._values.get("document") or self._kept.name.rpartition(".")[0] or self._kept.name,
                published_on=self._values.get("published_on"),
                file_name=self._kept.name,
                file_sha256=self._kept.sha256,
                inspection_ids=linked,
            )
        self._put(same, now)
        return now

    def _judge(self, inspection: Inspection, area: JudgementArea) -> None:
        key = JUDGEMENT + area.code
        value = self._wanted(key.__eq__).get(key)
        was = self._known.judgements.get(area.code) if self._known else None
        if value is None or (self._known and self._known.says(key) == value):
            return
        base = was or Judgement(id=new_id(), inspection_id=inspection.id, area_id=area.id)
        is_special = value in SPECIAL_VALUES
        grade_id, special = (None, value) if is_special else (value, None)
        printed = self._confirmed.as_printed(key)
        self._put(was, replace(base, grade_id=grade_id, special=special, grade_as_printed=printed))

    def _add_areas(self, inspection: Inspection, document: Document) -> None:
        position = len(self._known.areas) if self._known else 0
        wanted = self._wanted(lambda key: key.startswith(AREA))
        seen: set[str] = set()
        for key in (key for key in self._confirmed.fields if key in wanted):
            value = wanted[key]
            if was := self._known.area_like(value) if self._known else None:
                if was.id not in seen:  # the same words twice in a report are one area in the file
                    self._put(was, filled(was, value, document.id))
                seen.add(was.id)
                continue
            position += 1
            facts = {name: getattr(value, name) for name in FIELDS}
            record = AreaForImprovement(
                id=new_id(), inspection_id=inspection.id, document_id=document.id, position=position, **facts
            )
            self._after.append(record)

"""What the file holds already of the inspections that an import is about, read once."""

from collections.abc import Iterable, Iterator
from typing import TypeVar

from db.dates import PartialDate
from db.frameworks import InspectionKind
from db.lists import Lists
from db.records import AreaForImprovement, Document, Inspection, Judgement, Provider, Quote, Record, new_id
from db.store import Store
from db.text import fold
from desktop_app.exchange.import_around import Around, ReadAround
from desktop_app.exchange.import_dates import Doubt
from desktop_app.exchange.import_fields import rules
from desktop_app.exchange.import_target import Target, by_words

AnyRecord = TypeVar("AnyRecord", bound=Record)
_SEVERAL = "The file has {} inspections of this kind that may be this one. Enter its first day to the day"


class Known:
    """Inspections by provider, with what hangs on them; new ones join as rows bring them.

    Attributes:
        documents: every document that was found or made, with what it was.
    """

    def __init__(self, store: Store, lists: Lists, of: set[str]) -> None:
        """Read what rows may add to.

        Args:
            of: which kinds of record the columns hold, as `Field.of` says: what is not among them is not read.
        """
        self._lists = lists
        has_texts = bool(of & {"quote", "area", "row"})
        self._judgements = _grouped(store.each(Judgement) if "judgement" in of else ())
        self._quotes = _grouped(store.each(Quote) if has_texts else ())
        self._areas = _grouped(store.each(AreaForImprovement) if has_texts else ())
        self._around = ReadAround(store) if "area" in of else None
        self._targets: dict[str, Target] = {}
        self._begun_in: dict[tuple[str, int], list[Target]] = {}
        for inspection in store.each(Inspection):
            self.add(self._of_file(inspection))
        self.documents: dict[tuple[str, str], tuple[Document | None, Document]] = {}
        for document in store.each(Document) if has_texts else ():
            self.documents.setdefault((document.provider_id, fold(document.title)), (document, document))

    def _of_file(self, inspection: Inspection) -> Target:
        key = inspection.id
        areas = self._areas.pop(key, [])
        return Target(
            inspection,
            self._lists.kinds[inspection.kind_id],
            inspection,
            judgements={one.area_id: (one, one) for one in self._judgements.pop(key, ())},
            quotes=by_words(self._quotes.pop(key, ())),
            areas=by_words(areas),
            around=self._all_around(areas),
        )

    def _all_around(self, areas: Iterable[AreaForImprovement]) -> dict[str, Around]:
        return {fold(area.text): self._around.of(area.id) for area in areas} if self._around else {}

    def each(self) -> Iterable[Target]:
        """Every inspection, known and new."""
        return self._targets.values()

    def by_id(self, inspection_id: str) -> Target | None:
        """The inspection of that id."""
        return self._targets.get(inspection_id)

    def _likely(self, provider: Provider, started_on: PartialDate) -> Iterable[Target]:
        """The inspections of a provider that may have begun on that day; none goes on for more than a year."""
        for year in range(started_on.year - 1, started_on.year + 1):
            yield from (one for one in self._begun_in.get((provider.id, year), ()) if one.may_be(started_on))

    def kinds_at(self, provider: Provider, started_on: PartialDate) -> set[str]:
        """The kinds of the inspections of a provider that may have begun on that day."""
        return {one.kind.id for one in self._likely(provider, started_on)}

    def find(self, provider: Provider, kind: InspectionKind, started_on: PartialDate) -> Target | None:
        """The inspection of that provider, kind and first day; None where there is none.

        Raises:
            Doubt: it may be several.
        """
        likely = [one for one in self._likely(provider, started_on) if one.kind.id == kind.id]
        exact = [one for one in likely if one.inspection.started_on == started_on]
        found = exact or likely
        if len(found) > 1:
            raise Doubt(_SEVERAL.format(len(found)))
        return found[0] if found else None

    def begin(self, provider: Provider, kind: InspectionKind, started_on: PartialDate) -> Target:
        """A new inspection; it counts only once it is added."""
        return Target(
            Inspection(id=new_id(), provider_id=provider.id, kind_id=kind.id, started_on=started_on), kind, None
        )

    def add(self, target: Target) -> bool:
        """Let an inspection be found by the rows after it; False for one that is found already."""
        inspection = target.inspection
        if inspection.id in self._targets:
            return False
        self._targets[inspection.id] = target
        if inspection.started_on:
            key = inspection.provider_id, inspection.started_on.year
            self._begun_in.setdefault(key, []).append(target)
        return True

    def changes(self) -> Iterator[tuple[Record | None, Record]]:
        """Every record that was found or made, before and after; those that stay the same too."""
        yield from self.documents.values()
        for target in self.each():
            yield from target.changes()

    def document(self, provider: Provider, title: str) -> Document:
        """The document of that title, made where the file has none; it belongs to the provider."""
        key = provider.id, fold(title)
        found = self.documents.get(key)
        if found is None:
            made = Document(id=new_id(), provider_id=provider.id, kind=_kind_of_document(title), title=title)
            found = self.documents[key] = (None, made)
        return found[1]


def _kind_of_document(title: str) -> str:
    words = fold(title)
    return next((kind for kind, said in rules().sources.items() if any(one in words for one in said)), "other")


def _grouped(records: Iterable[AnyRecord]) -> dict[str, list[AnyRecord]]:
    found: dict[str, list[AnyRecord]] = {}
    for record in records:
        found.setdefault(record.inspection_id, []).append(record)  # type: ignore[attr-defined]
    return found

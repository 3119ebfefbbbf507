"""One inspection as an import leaves it: what was empty is filled, what stands there stays."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from typing import Any, TypeVar

from db.dates import PartialDate
from db.frameworks import InspectionKind
from db.improvement_records import Action
from db.records import AreaForImprovement, Document, Inspection, Judgement, Quote, Record, new_id
from db.schema.parts import NOTE
from db.text import fold
from desktop_app.exchange.import_around import Around

AnyText = TypeVar("AnyText", Quote, AreaForImprovement, Action)
FIELDS = (
    "title",
    "started_on",
    "ended_on",
    "second_started_on",
    "second_ended_on",
    "dates_as_printed",
    "published_on",
    "received_on",
    "lead_inspector",
    "team",
    "theme",
    "report_address",
    "notes",
)
_TOO_MANY_NOTES = f"The notes on this inspection would be longer than {NOTE:,} characters. Shorten them"
_ORDER = (
    ("started_on", "ended_on", "The last day, {later}, is before the first, {earlier}. Correct one of them"),
    ("second_started_on", "second_ended_on", "The second period ends before it begins. Correct one of its days"),
    ("ended_on", "second_started_on", "The second period begins before the first has ended. Correct one of the days"),
)


@dataclass(slots=True)
class Target:
    """An inspection, known or new, with what hangs on it.

    `said` and `judged` tell which row said a field or a judgement first, and what, whether it was taken over or not;
    `was` is the record in the file, None for a new one.
    `judgements` stand by their area, `quotes` and `areas` by their folded words; each record with what it was.
    `around` is what hangs on the areas, by the same words.
    """

    inspection: Inspection
    kind: InspectionKind
    was: Inspection | None
    said: dict[str, tuple[int, Any]] = field(default_factory=dict)
    judgements: dict[str, tuple[Judgement | None, Judgement]] = field(default_factory=dict)
    judged: dict[str, tuple[int, str]] = field(default_factory=dict)
    quotes: dict[str, tuple[Quote | None, Quote]] = field(default_factory=dict)
    areas: dict[str, tuple[AreaForImprovement | None, AreaForImprovement]] = field(default_factory=dict)
    around: dict[str, Around] = field(default_factory=dict)

    @property
    def is_new(self) -> bool:
        return self.was is None

    def may_be(self, wanted: PartialDate) -> bool:
        """Whether an inspection that starts on this day may be the same; a month matches a day inside it."""
        first = self.inspection.started_on
        if first is None:
            return False
        last = self.inspection.second_ended_on or self.inspection.ended_on or first
        return first.first_day <= wanted.last_day and wanted.first_day <= last.last_day

    def filled(self, values: dict[str, Any], row: int) -> tuple[Inspection, dict[str, str]]:
        """The inspection with what these values add, and the sentences for fields that another row said otherwise."""
        changes: dict[str, Any] = {}
        contradicted: dict[str, str] = {}
        for key, value in values.items():
            current = getattr(self.inspection, key)
            if key == "notes":
                self._fill_notes(value, changes, contradicted)
                continue
            other, said = self.said.get(key, (row, value))
            if not _agree(said, value):
                words = "“{}” is not what row {:,} says of this inspection, “{}”"
                contradicted[key] = words.format(value, other, said)
            elif not current:
                changes[key] = value
        made = replace(self.inspection, **changes) if changes else self.inspection
        return made, contradicted

    def _fill_notes(self, value: str, changes: dict[str, Any], contradicted: dict[str, str]) -> None:
        """Notes of several rows stand together; those that the file had stay as they are."""
        if self.was and self.was.notes:
            return
        lines = [*self.inspection.notes.split("\n"), *value.split("\n")]
        both = "\n".join(dict.fromkeys(line for line in lines if line))
        if len(both) > NOTE:
            contradicted["notes"] = _TOO_MANY_NOTES
        elif both != self.inspection.notes:
            changes["notes"] = both

    def take(self, made: Inspection, values: dict[str, Any], row: int) -> None:
        """Let the inspection stand as a row left it."""
        for key, value in values.items():
            self.said.setdefault(key, (row, value))
        self.inspection = made

    def differing(self, values: dict[str, Any]) -> Iterator[tuple[str, Any]]:
        """What the file says already, and otherwise."""
        if self.was is not None:
            for key, value in values.items():
                known = getattr(self.was, key)
                if known and known != value and key != "notes":
                    yield key, known

    def changes(self) -> Iterator[tuple[Record | None, Record]]:
        """The records of it before and after; those that stay the same too."""
        yield self.was, self.inspection
        yield from self.judgements.values()
        yield from self.quotes.values()
        yield from self.areas.values()
        for around in self.around.values():
            yield from around.changes()


def _agree(one: Any, other: Any) -> bool:
    """Whether two rows say the same of an inspection; a month agrees with a day inside it."""
    if isinstance(one, PartialDate) and isinstance(other, PartialDate):
        return one.first_day <= other.last_day and other.first_day <= one.last_day
    return bool(one == other)


def out_of_order(made: Inspection) -> str:
    """The sentence for days that are in the wrong order; empty where they are not."""
    for first, last, words in _ORDER:
        earlier, later = getattr(made, first), getattr(made, last)
        if earlier and later and later.is_before(earlier):
            return words.format(earlier=earlier, later=later)
    return ""


def add_text(
    texts: dict[str, tuple[AnyText | None, AnyText]], record_class: type[AnyText], facts: dict[str, Any]
) -> bool:
    """Add a quote, area for improvement or action, or fill one of the same words; True where that is more.

    Args:
        facts: its fields; `position` counts only for a new one.
    """
    key = fold(facts["text"])
    known = texts.get(key)
    if known is None:
        position = facts.pop("position", None) or len(texts) + 1
        texts[key] = (None, record_class(id=new_id(), position=position, **facts))
        return True
    was, now = known
    empty = {name: value for name, value in facts.items() if value and name != "position" and not getattr(now, name)}
    texts[key] = (was, replace(now, **empty) if empty else now)
    return bool(empty)


def linked(document: Document, inspection_id: str) -> Document:
    """The document, linked to an inspection."""
    if inspection_id in document.inspection_ids:
        return document
    return replace(document, inspection_ids=(*document.inspection_ids, inspection_id))


def by_words(records: Iterable[AnyText]) -> dict[str, tuple[AnyText | None, AnyText]]:
    """Records of the file by their folded words, each with itself."""
    return {fold(record.text): (record, record) for record in records}

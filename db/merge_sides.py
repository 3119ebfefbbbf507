"""Two files beside each other, and for every record which of the two knows better: decided by version ids alone.

Contents decide only where no id can: the same values on both sides are no conflict, a shipped fact that nobody
touched yields to one that a person changed, and changes of different fields since one version known to both
stand side by side.
"""

import sqlite3
from dataclasses import dataclass, fields, replace
from enum import Enum, auto

from db import history, merge_left_out, merge_versions
from db.catalogue import digest
from db.frameworks import Fact
from db.improvement_records import Action
from db.merge_versions import Known, Versions, last_of
from db.records import AreaForImprovement, Document, Inspection, Provider, Quote, Record
from db.rows import classes, cleaned, from_values, shape, to_values
from db.snapshot import Cancelled, IsCancelled
from db.store import Store

NONE = Versions()
_PLACE = frozenset({"document_id", "page", "paragraph"})
# Fields that say one thing together: changed on both sides, they are a conflict even where they are not the same.
TOGETHER: dict[type[Record], tuple[frozenset[str], ...]] = {
    Provider: (),
    Inspection: (
        frozenset({"provider_id", "kind_id"}),
        frozenset({"started_on", "ended_on", "second_started_on", "second_ended_on", "dates_as_printed"}),
        frozenset({"published_on", "published_as_printed"}),
    ),
    Quote: (_PLACE, frozenset({"area_id", "strand_id"}), frozenset({"voice", "speaker", "speaker_role"})),
    AreaForImprovement: (
        _PLACE,
        frozenset({"finding_kind_id", "timescale_id"}),
        frozenset({"status_id", "due_on"}),
        frozenset({"rag_id", "rag_reason"}),
    ),
    Action: (frozenset({"status_id", "due_on"}), frozenset({"area_for_improvement_id", "quote_id"})),
    Document: (frozenset({"published_on", "published_as_printed"}), frozenset({"file_name", "file_sha256"})),
}


class Verdict(Enum):
    """What becomes of a record: ours stays, theirs is taken, both say the same, or a person must choose."""

    OURS = auto()
    THEIRS = auto()
    EQUAL = auto()
    JOINED = auto()
    CONFLICT = auto()


@dataclass(frozen=True, slots=True)
class Side:
    """What one file holds and knows.

    Attributes:
        entries: the ids of all entries of its log.
        left_out: the fields that the file lacks, being a safe copy.
    """

    raw: sqlite3.Connection
    records: dict[str, Record]
    known: Known
    entries: frozenset[str]
    left_out: merge_left_out.LeftOut = frozenset()

    @classmethod
    def read(cls, store: Store, *, is_foreign: bool = False, is_cancelled: IsCancelled = lambda: False) -> "Side":
        """Read everything but the documents' bytes.

        A record that is not as the log tells it was changed by another program: nothing is known of its version.

        Args:
            is_foreign: texts are cleaned on the way in (`db.text`).

        Raises:
            Cancelled: `is_cancelled` said so.
        """
        raw = store.connection.raw
        known = merge_versions.read(raw)
        told = history.replay(raw)
        records: dict[str, Record] = {}
        for record_class in classes().values():
            if is_cancelled():
                raise Cancelled
            records |= {one.id: one for one in store.each(record_class)}
        for key in known.keys() | records.keys():
            if told.get(key) != records.get(key):
                known.setdefault(key, Versions()).newest.clear()
        if is_foreign:
            records = {key: cleaned(one) for key, one in records.items()}
        entries = frozenset(entry_id for (entry_id,) in raw.execute("select id from change"))
        return cls(raw, records, known, entries, merge_left_out.read(raw))

    def filled_from(self, ours: "Side") -> "Side":
        """This side with what it lacks, being a safe copy, as ours has it."""
        known = self.known.keys()
        records = merge_left_out.filled(self.records, ours.records, self.left_out, ours.left_out, known)
        return replace(self, records=records)

    def versions(self, record_id: str) -> Versions:
        return self.known.get(record_id, NONE)


def verdict(ours: Side, theirs: Side, record_id: str) -> Verdict:
    """Whose record stands; CONFLICT also where `joined` may find a way."""
    here, there = ours.records.get(record_id), theirs.records.get(record_id)
    o, t = ours.versions(record_id), theirs.versions(record_id)
    if there is None and not t.newest:
        return Verdict.OURS  # a copy does not know what was removed before it was made
    if here is None and not o.newest:
        return Verdict.THEIRS if there else Verdict.OURS
    is_known_here, is_known_there = bool(t.newest & o.known), bool(o.newest & t.known)
    if is_known_here and is_known_there and here != there:
        return Verdict.CONFLICT
    if is_known_here:
        return Verdict.OURS
    if is_known_there:
        return Verdict.THEIRS
    return Verdict.EQUAL if here == there else _of_facts(here, there)


def _of_facts(here: Record | None, there: Record | None) -> Verdict:
    """Files made apart from each other hold the same shipped facts under versions of their own."""
    if _is_untouched(there):
        return Verdict.OURS
    return Verdict.THEIRS if _is_untouched(here) else Verdict.CONFLICT


def _is_untouched(record: Record | None) -> bool:
    return isinstance(record, Fact) and record.shipped is not None and record.shipped == digest(record)


def joined(ours: Side, theirs: Side, record_id: str) -> Record | None:
    """One record with the changes of both sides, where it is certain that they do not meet; else None.

    The version that both started from is the last that either log tells of among those known to both; both logs
    must name the same one, and tell it in the same words.
    """
    here, there = ours.records.get(record_id), theirs.records.get(record_id)
    if here is None or there is None or type(here) not in TOGETHER or type(there) is not type(here):
        return None
    shared = ours.versions(record_id).known & theirs.versions(record_id).known
    base = last_of(ours.raw, record_id, shared)
    their_base = last_of(theirs.raw, record_id, shared)
    if not shared or base is None or their_base is None or base[0] != their_base[0]:
        return None
    lacking = merge_left_out.names(here, ours.left_out, theirs.left_out)
    if any(base[1].get(name) != their_base[1].get(name) for name in {*base[1], *their_base[1]} - lacking):
        return None
    was = to_values(from_values(type(here), base[1]))
    ours_now, theirs_now = to_values(here), to_values(there)
    changed_here = {name for name in was if ours_now[name] != was[name]}
    changed_there = {name for name in was if theirs_now[name] != was[name] and theirs_now[name] != ours_now[name]}
    groups = (*TOGETHER[type(here)], *(frozenset({name}) for name in was))
    if any(group & changed_here and group & changed_there for group in groups):
        return None
    return from_values(type(here), ours_now | {name: theirs_now[name] for name in changed_there})


def references(record: Record) -> set[str]:
    """The ids of the records that a record names."""
    lies = shape(type(record))
    one = {getattr(record, column) for column in lies.columns if column.endswith("_id")}
    return one.union(*(getattr(record, link.field) for link in lies.links)) - {None}


def differing(here: Record, there: Record) -> tuple[str, ...]:
    """The fields in which two records of a kind differ, the id aside."""
    return tuple(
        one.name for one in fields(here) if one.name != "id" and getattr(here, one.name) != getattr(there, one.name)
    )

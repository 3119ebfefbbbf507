"""What a merge makes of two files: every record as it will stand, and what a person must still decide.

Whatever the version ids decide record by record, the whole must hold together: what something that stays
refers to stays as well, and where two records may not stand beside each other, two providers of one name, they
become one under the smaller id, so that either side arrives at the same.
"""

from collections.abc import Iterable, Mapping
from dataclasses import MISSING, dataclass, field, fields, replace

from db.edit import Edit, Learnt
from db.errors import StoreError
from db.frameworks import Fact
from db.improvement_records import Action, Evidence, ProgressNote
from db.merge_sides import Side, Verdict, differing, references
from db.records import AreaForImprovement, Document, Judgement, Quote, Record, RecordType, new_id
from db.rows import shape

OURS, THEIRS, BOTH = "ours", "theirs", "both"
Decisions = Mapping[str, str]
Unique = Mapping[RecordType, tuple[tuple[str, ...], ...]]
_KEPT_TWICE = (Quote, AreaForImprovement, Document, Action, ProgressNote, Evidence)
_NOT_ASKED = {"position", "shipped", "is_verified"}


class Undecided(StoreError):
    """Records were changed on both sides, and nobody has said yet which version stands."""


@dataclass(frozen=True, slots=True)
class Conflict:
    """A record that was changed on both sides; None is a side that removed it.

    `fields` are those that differ. `choices` are some of OURS, THEIRS and BOTH; for both, theirs is added as a
    record of its own under `second_id`. Two records that may not stand beside each other have different ids.
    """

    key: str
    ours: Record | None
    theirs: Record | None
    fields: tuple[str, ...]
    choices: tuple[str, ...]
    second_id: str = ""


def conflict(here: Record | None, there: Record | None) -> Conflict:
    """The conflict over one record."""
    record = here or there
    assert record is not None
    choices: tuple[str, ...] = (OURS, THEIRS)
    if here and there and isinstance(here, _KEPT_TWICE):
        choices = (OURS, THEIRS, BOTH)
    which = differing(here, there) if here and there else ()
    return Conflict(record.id, here, there, which, choices, new_id())


@dataclass(slots=True)
class Plan:
    """Every record as it will stand under some decisions.

    Attributes:
        live: the records by id.
        undecided: conflicts without a decision; meanwhile ours stands in them.
        kept: ids of records that a side removed and that stay, because something still refers to them.
        merged_into: of a record that may not stand beside another, the id of the one that stands for both.
    """

    ours: Side
    theirs: Side
    unique: Unique
    decisions: Decisions
    live: dict[str, Record]
    undecided: list[Conflict] = field(default_factory=list)
    kept: set[str] = field(default_factory=set)
    merged_into: dict[str, str] = field(default_factory=dict)

    def start(
        self, verdicts: Mapping[str, Verdict], joined: Mapping[str, Record], conflicts: Iterable[Conflict]
    ) -> None:
        """Lay what the version ids and the decisions say over our records."""
        for key, verdict in verdicts.items():
            if verdict is Verdict.THEIRS:
                self._set(key, self.theirs.records.get(key))
            elif verdict is Verdict.JOINED:
                self._set(key, joined[key])
        for one in conflicts:
            decision = self.decisions.get(one.key)
            if decision is None:
                self.undecided.append(one)
            elif decision == THEIRS:
                self._set(one.key, one.theirs)
            elif decision == BOTH and one.theirs:
                self._set(one.second_id, replace(one.theirs, id=one.second_id))
            if (one.ours is None or one.theirs is None) and one.key in self.live:
                self._keep_family(one.key)

    def _set(self, key: str, record: Record | None) -> None:
        if record is None:
            self.live.pop(key, None)
        else:
            self.live[key] = record

    def make_whole(self) -> None:
        """Bring back what is referred to, and make one of two that may not stand side by side, until all holds."""
        while self._keep_what_is_used() or self._make_one_of_two():
            pass

    def _keep_what_is_used(self) -> bool:
        gone = self.ours.records.keys() - self.live.keys()
        changed = [one for key, one in self.live.items() if self.ours.records.get(key) is not one]
        looked_at = self.live.values() if gone else changed
        missing = {key for one in looked_at for key in references(one)} - self.live.keys()
        if missing & self.merged_into.keys():
            self._rewrite()
        back = sorted(missing - self.merged_into.keys() - self.kept)
        for key in back:
            self._keep_family(key)
        return bool(back)

    def _keep_family(self, key: str) -> None:
        """Keep a record that one side removed, and of what was removed together with it, all that belongs to it."""
        side, other = (self.ours, self.theirs) if key in self.ours.records else (self.theirs, self.ours)
        deed_id = other.versions(key).deed_id
        if key not in self.live:
            self.kept.add(key)
            self.live[key] = side.records[key]
        together = [
            one
            for one in side.records.values()
            if one.id not in self.live and one.id not in other.records and other.versions(one.id).deed_id == deed_id
        ]
        family = {key}
        while grown := [one for one in together if one.id not in family and references(one) & family]:
            for one in grown:
                family.add(one.id)
                self.kept.add(one.id)
                self.live[one.id] = one

    def _make_one_of_two(self) -> bool:
        pairs = list(self._clashes())
        for one, other in pairs:
            self._make_one(one, other)
        if pairs:
            self._rewrite()
        return bool(pairs)

    def _clashes(self) -> Iterable[tuple[Record, Record]]:
        """Pairs of records that hold the same values where only one may; each record in one pair at most."""
        taken: dict[tuple[object, ...], Record] = {}
        paired: set[str] = set()
        for record in self.live.values():
            for columns in self.unique.get(record.record_type, ()):
                place = (record.record_type, columns, *(getattr(record, column) for column in columns))
                other = taken.setdefault(place, record)
                if other is not record and not paired & {record.id, other.id}:
                    paired |= {record.id, other.id}
                    yield other, record

    def _make_one(self, one: Record, other: Record) -> None:
        """Let one record stand for both, with the values that are chosen."""
        if (one.id in self.kept) != (other.id in self.kept):
            stays, goes = (other, one) if one.id in self.kept else (one, other)
            values = stays
        else:
            stays, goes = sorted((one, other), key=_rank)
            values = self._values(one, other)
        same = {"id": stays.id} | ({"shipped": stays.shipped} if isinstance(stays, Fact) else {})
        self.live[stays.id] = replace(values, **same)  # type: ignore[arg-type]
        del self.live[goes.id]
        self.merged_into[goes.id] = stays.id

    def _values(self, one: Record, other: Record) -> Record:
        here, there = (one, other) if self.ours.records.get(one.id) == one else (other, one)
        here, there = _filled(here, there), _filled(there, here)
        which = tuple(name for name in differing(here, there) if name not in _NOT_ASKED)
        if not which:
            return here
        key = "/".join(sorted((here.id, there.id)))
        if key not in self.decisions:
            self.undecided.append(Conflict(key, here, there, which, (OURS, THEIRS)))
        return there if self.decisions.get(key) == THEIRS else here

    def _rewrite(self) -> None:
        """Have every record refer to those that stand for two."""
        for key, record in list(self.live.items()):
            if references(record) & self.merged_into.keys():
                self.live[key] = self._led_on(record)

    def _led_on(self, record: Record) -> Record:
        lies = shape(type(record))
        values: dict[str, object] = {
            column: self._final(getattr(record, column)) for column in lies.columns if column.endswith("_id")
        }
        for link in lies.links:
            values[link.field] = tuple(dict.fromkeys(self._final(key) for key in getattr(record, link.field)))
        return replace(record, **values)  # type: ignore[arg-type]

    def _final(self, key: str | None) -> str | None:
        while key in self.merged_into:
            key = self.merged_into[key]
        return key

    def edit(self, learning: Mapping[str, Verdict]) -> Edit:
        """The deed: what differs from our records, and the versions of theirs that it takes note of."""
        mine = self.ours.records
        changed = [key for key, record in self.live.items() if mine.get(key) != record]
        gone = [record for key, record in mine.items() if key not in self.live]
        learnt = (self._learnt(key, verdict) for key, verdict in learning.items() if verdict is not Verdict.OURS)
        return Edit(
            before=(*(mine[key] for key in changed if key in mine), *gone),
            after=tuple(self.live[key] for key in changed),
            learnt=tuple(one for one in learnt if one),
        )

    def _learnt(self, key: str, verdict: Verdict) -> Learnt | None:
        here, there = self.ours.records.get(key), self.theirs.records.get(key)
        o, t = self.ours.versions(key), self.theirs.versions(key)
        newest, unknown = t.newest - o.known, t.known - t.newest - o.known
        if (here is None and there is None) or not newest:
            return None
        entries = map(self._entry_id, (*sorted(unknown), *sorted(newest)))
        return Learnt(here, there, tuple(entries), is_settled=verdict is not Verdict.THEIRS)

    def _entry_id(self, version: str) -> str:
        return f"{version}/{new_id()}" if version in self.ours.entries else version


def _rank(record: Record) -> tuple[bool, str]:
    return not (isinstance(record, Fact) and record.shipped), record.id


def _filled(record: Record, other: Record) -> Record:
    """The record with what the other says where it says nothing itself."""
    if isinstance(record, Judgement):
        return record  # its fields are one statement
    blank = {
        one.name: one.default for one in fields(record) if one.default is not MISSING and one.default in ("", None)
    }
    found = {
        name: getattr(other, name)
        for name, nothing in blank.items()
        if name not in _NOT_ASKED and getattr(record, name) == nothing
    }
    return replace(record, **found)

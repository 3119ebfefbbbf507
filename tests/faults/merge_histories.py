"""Random histories on copies of one file, and the laws that every merge among them must keep.

A model beside the files knows of each record which events its state descends from; what a merge must do follows
from that alone, and never from an id in a file.
"""

import shutil
from collections.abc import Iterable, Sequence
from contextlib import closing
from dataclasses import dataclass, field, replace
from pathlib import Path
from random import Random
from typing import Any

from db.connection import create_file
from db.copy import write_copy
from db.dependents import with_dependents
from db.edit import Edit
from db.frameworks import FindingKind, Framework, Grade, GradeScale, InspectionKind, JudgementArea, Theme
from db.improvement_records import VERDICTS, Action, Verdict
from db.merge import preview
from db.overview import removal
from db.records import (
    AreaForImprovement,
    Document,
    Inspection,
    Judgement,
    Provider,
    Quote,
    Record,
    RecordType,
    new_id,
)
from db.rows import classes, from_values, to_values
from db.store import Store
from tests.faults.soundness import problems

Op = tuple[str, int, int, int]
Events = frozenset[int]
KINDS = ("enter", "enter", "change", "change", "change", "remove", "restore", "undo", "undo", "copy", "merge", "merge")
FILES = 3
_SCALE = GradeScale(id=new_id(), code="scale", name="Four grades")
_GRADES = [
    Grade(id=new_id(), scale_id=_SCALE.id, code=f"grade{place}", label=f"Grade {place}", position=place, rank=place)
    for place in (1, 2)
]
_RULES = Framework(id=new_id(), code="ILACS", name="ILACS", short_name="ILACS", scale_id=_SCALE.id)
_KIND = InspectionKind(
    id=new_id(), framework_id=_RULES.id, code="standard", name="Standard", label="Standard", position=1, is_graded=True
)
_AREAS = [
    JudgementArea(id=new_id(), framework_id=_RULES.id, code=f"area{place}", label=f"Area {place}", position=place)
    for place in (1, 2)
]
_FINDING = FindingKind(id=new_id(), code="finding", label="Finding", position=1)
_THEMES = [Theme(id=new_id(), name=name) for name in ("Leadership", "Care leavers")]
FACTS = (_SCALE, *_GRADES, _RULES, _KIND, *_AREAS, _FINDING, *_THEMES)


class LawBroken(AssertionError):
    """A merge did what it must not do."""


@dataclass(slots=True)
class Known:
    """What the model knows of one record in one file."""

    record: Record | None = None
    events: Events = frozenset()


Model = dict[str, Known]


@dataclass(slots=True)
class Deed:
    """What can be undone: a deed's label, its edit as written, and of a merge what the model knew before and after."""

    label: str
    edit: Edit
    before: Model = field(default_factory=dict)
    after: Model = field(default_factory=dict)


@dataclass(slots=True)
class Side:
    """One file, what the model knows of it, and what was done in it since it was opened."""

    path: Path
    store: Store
    model: Model = field(default_factory=dict)
    done: list[Deed] = field(default_factory=list)


def base_file(path: Path) -> Path:
    """A small file: one provider, and facts enough for every kind of record."""
    with closing(Store(create_file(path))) as store:
        store.connection.raw.execute("pragma synchronous = off")
        store.apply(Edit(after=(*FACTS, Provider(id=new_id(), name="Durham County Council"))), "Set up")
    return path


def opened(path: Path) -> Store:
    store = Store.open(path)
    store.connection.raw.execute("pragma synchronous = off")
    return store


def records(store: Store) -> dict[str, Record]:
    return {one.id: one for record_class in classes().values() for one in store.each(record_class)}


class History:
    """Some files with a common past, and what happens to them."""

    def __init__(self, base: Path, folder: Path, *, names: Sequence[str] = ()) -> None:
        self.folder = folder
        self.clock = 0
        self.merges = self.conflicts = self.joins = 0
        self.names = names
        self.states: dict[tuple[str, Events], Record | None] = {}
        self.sides: list[Side] = []
        for number in range(FILES):
            path = folder / f"file{number}.sqlite"
            shutil.copy(base, path)
            side = Side(path, opened(path))
            for key, one in records(side.store).items():
                self._know(side, key, one, frozenset({0}))
            self.sides.append(side)

    def close(self) -> None:
        for side in self.sides:
            side.store.close()

    def run(self, ops: Iterable[Op]) -> None:
        for kind, first, second, pick in ops:
            side = self.sides[first % FILES]
            other = self.sides[(first + 1 + second % (FILES - 1)) % FILES]
            if kind == "copy":
                self.copy(side, other, pick)
            elif kind == "merge":
                self.merge(side, other, pick)
            else:
                getattr(self, kind)(side, Random(pick))

    def event(self) -> int:
        self.clock += 1
        return self.clock

    def apply(self, side: Side, edit: Edit, label: str = "Change") -> None:
        done = side.store.apply(edit, label)
        if done.deed_id:
            self._note(side, done)
            side.done.append(Deed(label, done))

    def _note(self, side: Side, done: Edit) -> None:
        now = self.event()
        after = {one.id: one for one in done.after}
        touched = {one.id for one in (*done.before, *done.after)}
        before = {key: side.model.get(key, Known()) for key in touched}
        for key, was in before.items():
            self._know(side, key, after.get(key), was.events | {now})

    def _know(self, side: Side, key: str, record: Record | None, events: Events) -> None:
        side.model[key] = Known(record, events)
        self.states[key, events] = record

    def enter(self, side: Side, chance: Random) -> None:
        store = side.store
        inspections, documents = store.each(Inspection), store.each(Document)
        provider = chance.choice(store.each(Provider) or [None])
        word = f"word {self.event()}"
        new: list[Record] = []
        what = chance.randrange(9)
        if provider is None or what == 0:
            name = chance.choice(self.names) if self.names else f"Provider {word}"
            if all(one.name != name for one in store.each(Provider)):
                new = [Provider(id=new_id(), name=name, region=chance.choice(("", "North East", word)))]
        elif not inspections or what == 1:
            inspection = Inspection(id=new_id(), provider_id=provider.id, kind_id=_KIND.id, title=word)
            quote = Quote(id=new_id(), inspection_id=inspection.id, text=f"With it {word}")
            new = [inspection, quote]
        elif what == 2:
            links = tuple(one.id for one in inspections if chance.random() < 0.4)
            new = [Document(id=new_id(), provider_id=provider.id, title=word, inspection_ids=links)]
        elif what == 3:
            new = self._judgement(store, chance.choice(inspections), chance)
        elif what == 4:
            new = [
                AreaForImprovement(
                    id=new_id(), inspection_id=chance.choice(inspections).id, text=word, finding_kind_id=_FINDING.id
                )
            ]
        elif what in (5, 6):
            new = self._work(store, chance, word)
        else:
            document = chance.choice([None, *documents])
            themes = tuple(one.id for one in store.each(Theme) if chance.random() < 0.4)
            new = [
                Quote(
                    id=new_id(),
                    inspection_id=chance.choice(inspections).id,
                    document_id=document.id if document else None,
                    text=word,
                    theme_ids=themes,
                )
            ]
        self.apply(side, Edit(after=tuple(new)), "Enter")

    def _work(self, store: Store, chance: Random, word: str) -> list[Record]:
        """An action for an area for improvement or a quote, or what a later inspection said of an area."""
        areas, quotes = store.each(AreaForImprovement), store.each(Quote)
        if not areas or not quotes:
            return []
        area, quote = chance.choice(areas), chance.choice(quotes)
        if chance.random() < 0.5:
            subject = {"area_for_improvement_id": area.id} if chance.random() < 0.7 else {"quote_id": quote.id}
            return [Action(id=new_id(), text=word, **subject)]
        later = chance.choice([None, *(one.id for one in areas if one is not area)])
        inspection = chance.choice(store.each(Inspection))
        return [
            Verdict(
                id=new_id(),
                area_for_improvement_id=area.id,
                inspection_id=inspection.id,
                verdict=chance.choice(tuple(VERDICTS)),
                quote_id=chance.choice((None, quote.id)),
                later_area_id=later,
            )
        ]

    def _judgement(self, store: Store, inspection: Inspection, chance: Random) -> list[Record]:
        judged = {one.area_id for one in store.each(Judgement, inspection_id=inspection.id)}
        free = [area for area in _AREAS if area.id not in judged]
        if not free or not self.names:  # two judgements of one area may not stand together: a matter of names
            return []
        grade = chance.choice(_GRADES).id
        return [Judgement(id=new_id(), inspection_id=inspection.id, area_id=chance.choice(free).id, grade_id=grade)]

    def change(self, side: Side, chance: Random) -> None:
        found = [one for one in records(side.store).values() if one.record_type not in _FIXED]
        if not found:
            return
        record: Any = chance.choice(found)
        word = f"word {self.event()}"
        match record:
            case Provider() if self.names and chance.random() < 0.3:
                name = chance.choice(self.names)
                is_free = all(one.name != name for one in side.store.each(Provider))
                now = replace(record, name=name) if is_free else record
            case Provider():
                now = replace(record, **{chance.choice(("region", "notes")): word})
            case Inspection():
                now = replace(record, **{chance.choice(("title", "notes", "lead_inspector")): word})
            case Judgement():
                now = replace(record, grade_as_printed=word)
            case Document():
                now = replace(record, **{chance.choice(("title", "notes")): word})
            case Theme():
                now = replace(record, definition=word)
            case Action():
                now = replace(record, **{chance.choice(("text", "owner")): word})
            case Verdict():
                now = replace(record, **chance.choice(({"text": word}, {"verdict": chance.choice(tuple(VERDICTS))})))
            case _:
                now = replace(record, **chance.choice(({"text": word}, {"page": self.clock})))
        self.apply(side, Edit((record,), (now,)))

    def remove(self, side: Side, chance: Random) -> None:
        store = side.store
        found: list[Any] = [*store.each(Inspection), *store.each(Quote), *store.each(AreaForImprovement)]
        found += store.each(Judgement)
        if found:
            record = chance.choice(found)
            gone = with_dependents(store, Edit((record,)))
            self.apply(side, removal(store, record) if isinstance(record, Inspection) else gone, "Remove")

    def restore(self, side: Side, chance: Random) -> None:
        gone = side.store.removed()
        if gone:
            edit = side.store.restoring(chance.choice(gone))
            held = records(side.store)
            fits = all(
                key in held or key in {one.id for one in edit.after} for one in edit.after for key in _named(one)
            )
            if fits and not self.names:
                self.apply(side, edit, "Restore")

    def undo(self, side: Side, chance: Random) -> None:
        if not side.done:
            return
        deed = side.done.pop()
        done = side.store.apply(deed.edit.undone(), f"Undo: {deed.label}")
        if not done.deed_id:
            return
        touched = {one.id for one in (*done.before, *done.after)}
        if not deed.before:
            self._note(side, done)
        for key, was in deed.before.items():  # as if the merge had never been
            if key in touched or side.model[key] == deed.after[key]:
                side.model[key] = was

    def copy(self, side: Side, other: Side, pick: int) -> None:
        """Let the other file become a copy of this one; what was in it before is nobody's concern any more."""
        way = pick % 3
        other.store.close()
        if way == 0:
            shutil.copy(side.path, other.path)
        else:
            write_copy(side.path, other.path, with_log=way == 1, replace=True)
        other.store = opened(other.path)
        other.done = []
        live = records(other.store)
        other.model = {key: Known(one.record, one.events) for key, one in side.model.items() if way != 2 or key in live}

    def merge(self, side: Side, other: Side, pick: int) -> None:
        """Take the other file in; every law is looked at."""
        chance = Random(pick)
        merge = preview(side.store, other.path)
        try:
            decisions: dict[str, str] = {}
            while left := merge.undecided(decisions):
                decisions |= {one.key: chance.choice(one.choices) for one in left}
            edit = merge.edit(decisions)
            kept = merge._plan(decisions).kept
            done = side.store.apply(edit, merge.label)
        finally:
            merge.close()
        self.merges += 1
        self.conflicts += len(decisions)
        self.joins += len(merge._joined)
        shown = {key for decided in decisions for key in decided.split("/")}
        shown |= {one.second_id for one in merge.conflicts}
        before = self._take_over(side, other, shown | kept)
        if done.deed_id:
            after = {key: side.model[key] for key in before}
            side.done.append(Deed(merge.label, done, before, after))
        check_whole(side.store)
        check_twice(side.store, other.path)
        self.check_back(side, other)

    def _take_over(self, side: Side, other: Side, shown: set[str]) -> Model:
        """Look whether each record is what it must be, and bring the model after the file."""
        now = records(side.store)
        before: Model = {}
        for key in side.model.keys() | other.model.keys() | now.keys():
            here, there = side.model.get(key, Known()), other.model.get(key, Known())
            before[key] = here
            record = now.get(key)
            if not self.names:
                base = self.states.get((key, here.events & there.events))
                check_nothing_lost(key, base, here, there, record, shown)
            self._know(side, key, record, self._events(here, there, record))
        return before

    def _events(self, here: Known, there: Known, record: Record | None) -> Events:
        if there.events <= here.events and record == here.record:
            return here.events
        if here.record is there.record is record is None:  # nobody takes note of what neither holds
            return here.events
        if here.events < there.events and record == there.record:
            return there.events
        return here.events | there.events | {self.event()}

    def check_back(self, side: Side, other: Side) -> None:
        """Merged back, the other file holds the same, and nobody is asked."""
        back = self.folder / "back.sqlite"
        shutil.copy(other.path, back)
        with closing(opened(back)) as store:
            merge = preview(store, side.path)
            try:
                if merge.conflicts:
                    raise LawBroken(f"merged back, {len(merge.conflicts)} records are in conflict")
                store.apply(merge.edit({}), merge.label)
            finally:
                merge.close()
            if told(store) != told(side.store):
                raise LawBroken(f"merged back, the files differ: {difference(side.store, store)}")
            check_whole(store)
            check_twice(store, side.path)


_FIXED = {one.record_type for one in FACTS} - {RecordType.THEME}


def _named(record: Record) -> set[str]:
    from db.merge_sides import references

    return references(record)


def check_nothing_lost(
    key: str, base: Record | None, here: Known, there: Known, now: Record | None, shown: set[str]
) -> None:
    """Each record is the newer of the two, or has the changes of both, or a person was asked."""
    if key in shown:
        return
    if there.events <= here.events or here.record == there.record:
        expected = here.record
    elif here.events < there.events:
        expected = there.record
    else:
        expected = both_changes(base, here.record, there.record)
    if now != expected:
        raise LawBroken(f"{now} is not {expected}; here {here}, there {there}")


def both_changes(base: Record | None, here: Record | None, there: Record | None) -> Record:
    """What two changes of one version make together; no two fields that both changed."""
    if base is None or here is None or there is None:
        raise LawBroken(f"{here or there} was changed on both sides, and nobody was asked")
    was, mine, theirs = to_values(base), to_values(here), to_values(there)
    if found := [name for name in was if mine[name] != was[name] != theirs[name] != mine[name]]:
        raise LawBroken(f"{found} of {here} changed on both sides, and nobody was asked")
    joined = {name: theirs[name] if mine[name] == was[name] else mine[name] for name in was}
    return from_values(type(here), joined)


def told(store: Store) -> dict[str, dict[str, Any]]:
    return {key: to_values(one) for key, one in records(store).items()}


def difference(one: Store, other: Store) -> list[Any]:
    mine, theirs = records(one), records(other)
    return [(mine.get(key), theirs.get(key)) for key in mine.keys() | theirs.keys() if mine.get(key) != theirs.get(key)]


def check_whole(store: Store) -> None:
    """The file is sound, and its log and its search index say what it holds."""
    if found := problems(store):
        raise LawBroken("; ".join(found))


def check_twice(store: Store, their_path: Path) -> None:
    """Merged once more, nothing changes."""
    merge = preview(store, their_path)
    try:
        if not merge.is_empty or not merge.edit({}).is_empty:
            raise LawBroken(f"a second merge would change something: {merge.edit({})}")
    finally:
        merge.close()


def random_ops(seed: int, length: int) -> list[Op]:
    """A history by its number."""
    chance = Random(seed)
    ops = [
        (chance.choice(KINDS), chance.randrange(FILES), chance.randrange(2), chance.randrange(1000))
        for _ in range(length)
    ]
    return [*ops, ("merge", chance.randrange(FILES), chance.randrange(2), chance.randrange(1000))]

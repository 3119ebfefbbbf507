"""The store against a plain dictionary: whatever is entered, changed, removed, undone, restored, both say the same."""

import shutil
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import Phase, settings
from hypothesis import strategies as some
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from db import history, passages, search
from db.connection import create_file
from db.edit import Edit
from db.errors import RuleBroken, Stale, StoreError
from db.frameworks import Theme
from db.overview import removal
from db.records import Document, Inspection, Provider, Quote, Record, new_id
from db.store import Store
from tests.db.records_from_the_field import STANDARD
from tests.faults.older_files import contents
from tests.faults.soundness import problems, records_of, told

HISTORIES, STEPS = 8, 20
HISTORIES_BY_HAND, STEPS_BY_HAND = 150, 50
HISTORIES_WITHOUT_PROTECTION = 40
ENTERED = (Provider, Theme, Inspection, Document, Quote)
WORDS = "harbour lantern meadow orchard pebble quarry".split()
numbers = some.integers(0, 999)
words = some.lists(some.sampled_from(WORDS), min_size=1, max_size=3).map(" ".join)
State = dict[str, Record]


def chosen(several: Sequence[Any], pick: int) -> Any:
    return several[pick % len(several)]


@cache
def empty_file() -> bytes:
    """A file with the few facts that the records need."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "empty.sqlite"
        store = Store(create_file(path))
        store.apply(Edit(after=tuple(contents(1))))
        store.close()
        return path.read_bytes()


class Histories(RuleBasedStateMachine):
    """Anything that a person may do, in any order; `now` is what must be there."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp())
        path = self.folder / "inspections.sqlite"
        path.write_bytes(empty_file())
        self.store = Store.open(path)
        self.facts = records_of(self.store)
        self.now: State = {}
        self.ever: State = {}
        self.done: list[tuple[State, Edit, State]] = []
        self.undone: list[tuple[State, Edit, State]] = []

    def teardown(self) -> None:
        self.store.close()
        shutil.rmtree(self.folder)

    def live(self, *classes: type[Record]) -> list[Any]:
        return [record for record in self.now.values() if isinstance(record, classes)]

    def do(self, edit: Edit, after: State) -> None:
        """Apply an edit that must be accepted, and lead to `after`."""
        done = self.store.apply(edit)
        if done.deed_id:
            self.done.append((self.now, done, after))
            self.undone.clear()
        self._become(after)

    def _become(self, after: State) -> None:
        self.now = after
        self.ever = self.ever | after

    def enter(self, *records: Record) -> None:
        self.do(Edit(after=records), self.now | {record.id: record for record in records})

    def change(self, was: Record, becomes: Record) -> None:
        self.do(Edit((was,), (becomes,)), self.now | {was.id: becomes})

    @initialize(name=words)
    def a_provider(self, name: str) -> None:
        self.enter(Provider(id=new_id(), name=name), Theme(id=new_id(), name="Voice of the child"))
        self.done.clear()  # they are there from the beginning: nobody undoes them

    @rule(pick=numbers, title=words, about=words)
    def enter_inspection(self, pick: int, title: str, about: str) -> None:
        provider = self.live(Provider)[0]
        inspection = Inspection(id=new_id(), provider_id=provider.id, kind_id=STANDARD, title=title)
        others = tuple(one.id for one in self.live(Inspection) if len(one.title) % 7 < pick % 7)
        links = (inspection.id, *others)
        self.enter(inspection, Document(id=new_id(), provider_id=provider.id, title=about, inspection_ids=links))

    @precondition(lambda self: self.live(Inspection))
    @rule(pick=numbers, text=words, has_theme=some.booleans())
    def enter_quote(self, pick: int, text: str, has_theme: bool) -> None:
        inspection = chosen(self.live(Inspection), pick)
        documents = [one.id for one in self.live(Document) if inspection.id in one.inspection_ids]
        themes = tuple(theme.id for theme in self.live(Theme)) if has_theme else ()
        source = chosen([None, *documents], pick)
        self.enter(Quote(id=new_id(), inspection_id=inspection.id, document_id=source, text=text, theme_ids=themes))

    @rule(pick=numbers, text=words)
    def change_words(self, pick: int, text: str) -> None:
        was = chosen(self.live(*ENTERED), pick)
        field = {Quote: "text", Provider: "name", Theme: "name"}.get(type(was), "title")
        self.change(was, replace(was, **{field: text}))

    @precondition(lambda self: self.live(Quote))
    @rule(pick=numbers)
    def remove_quote(self, pick: int) -> None:
        gone = chosen(self.live(Quote), pick)
        self.do(Edit(before=(gone,)), {key: record for key, record in self.now.items() if key != gone.id})

    @precondition(lambda self: self.live(Inspection))
    @rule(pick=numbers)
    def remove_inspection(self, pick: int) -> None:
        gone = chosen(self.live(Inspection), pick)
        self.do(removal(self.store, gone), self._without(gone))

    def _without(self, gone: Inspection) -> State:
        after = {key: one for key, one in self.now.items() if getattr(one, "inspection_id", key) != gone.id}
        cited = {one.document_id for one in after.values() if isinstance(one, Quote)}
        for document in self.live(Document):
            if gone.id in document.inspection_ids:
                left = tuple(key for key in document.inspection_ids if key != gone.id)
                after[document.id] = replace(document, inspection_ids=left)
                if not left and document.id not in cited:
                    del after[document.id]
        return after

    @precondition(lambda self: self.done)
    @rule()
    def undo(self) -> None:
        before, edit, after = self.done.pop()
        self.undone.append((before, self.store.apply(edit.undone()), after))
        self._become(before)

    @precondition(lambda self: self.undone)
    @rule()
    def redo(self) -> None:
        before, edit, after = self.undone.pop()
        self.done.append((before, self.store.apply(edit.undone()), after))
        self._become(after)

    @precondition(lambda self: self.store.removed())
    @rule(pick=numbers)
    def restore(self, pick: int) -> None:
        removed = chosen(self.store.removed(), pick)
        edit = self.store.restoring(removed)
        after = self.now | {record.id: record for record in edit.after}
        if all(self._stands(record, after) for record in removed.records):
            self.do(edit, after)
            return
        with pytest.raises(RuleBroken, match="Restore that first"):
            self.store.apply(edit)

    def _stands(self, record: Record, after: State) -> bool:
        """Whether everything that a record names is there."""
        named = [getattr(record, field, None) for field in ("provider_id", "inspection_id", "document_id")]
        return all(key in after for key in (*named, *getattr(record, "inspection_ids", ())) if key)

    @precondition(lambda self: self.live(Quote))
    @rule(pick=numbers)
    def change_what_changed_meanwhile(self, pick: int) -> None:
        quote = chosen(self.live(Quote), pick)
        with pytest.raises(Stale):
            self.store.apply(Edit((replace(quote, text="as it once was"),), (replace(quote, text="lost"),)))

    @rule()
    def close_and_open(self) -> None:
        path = self.store.path
        self.store.close()
        self.store = Store.open(path)

    @invariant()
    def both_say_the_same(self) -> None:
        assert records_of(self.store) == self.facts | told(self.now.values())

    @invariant()
    def log_index_and_references_are_sound(self) -> None:
        assert problems(self.store) == []

    @invariant()
    def recently_deleted_holds_whatever_is_gone(self) -> None:
        found = [record.id for deed in self.store.removed() for record in deed.records]
        assert sorted(found) == sorted(self.ever.keys() - self.now.keys())

    @invariant()
    def a_search_finds_what_is_there_and_nothing_else(self) -> None:
        for word in WORDS:
            found = search.find(self.store, f"{word} ", limit=1000)
            assert {hit.record_id for hit in found.hits} == {
                one.id for one in self.now.values() if self._says(one, word)
            }

    def _says(self, record: Record, word: str) -> bool:
        match record:
            case Quote(text=said, theme_ids=named):
                pass
            case Inspection(title=said, provider_id=provider):
                named = (provider,)
            case Document(title=said):
                named = ()
            case _:
                return False
        return word in " ".join((said, *(self.now[key].name for key in named))).split()  # type: ignore[attr-defined]


def run(histories: int, steps: int, **more: Any) -> None:
    sizes = settings(max_examples=histories, stateful_step_count=steps, deadline=None, derandomize=True, **more)
    run_state_machine_as_test(Histories, settings=sizes)


def test_the_store_does_what_a_dictionary_does() -> None:
    run(HISTORIES, STEPS)


@pytest.mark.long
def test_the_store_does_what_a_dictionary_does_in_long_histories() -> None:
    run(HISTORIES_BY_HAND, STEPS_BY_HAND)


def forget_the_index(_connection: Any, _edit: Edit) -> None:
    """The search index does not follow."""


def forget_an_entry(connection: Any, edit: Edit, label: str) -> str:
    """The log leaves out the last record of a deed."""
    return _add(connection, replace(edit, after=edit.after[:-1]), label)


def keep_the_links(self: Store, was: Record, now: Record) -> None:
    """A document that should lose a link keeps it."""
    if isinstance(was, Document) and isinstance(now, Document):
        now = replace(now, inspection_ids=was.inspection_ids)
    _change(self, was, now)


_add, _change = history.add, Store._change


@pytest.mark.parametrize(
    ("place", "name", "defect"),
    [(passages, "follow", forget_the_index), (history, "add", forget_an_entry), (Store, "_change", keep_the_links)],
    ids=lambda value: getattr(value, "__name__", value),
)
def test_a_store_with_a_defect_is_found_out(
    monkeypatch: pytest.MonkeyPatch, place: Any, name: str, defect: Callable[..., Any]
) -> None:
    """The negative control."""
    empty_file()
    monkeypatch.setattr(place, name, defect)
    with pytest.raises((AssertionError, StoreError)):
        run(HISTORIES_WITHOUT_PROTECTION, STEPS, phases=[Phase.generate], report_multiple_bugs=False)

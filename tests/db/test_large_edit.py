"""A large edit on a connection of its own: whole, or stopped and not at all."""

from collections.abc import Callable

import pytest

from db import large_edit
from db.edit import Edit
from db.large_edit import apply_to_file
from db.records import Provider, new_id
from db.snapshot import Cancelled
from db.store import Store

MANY = 2_000


def councils(count: int) -> Edit:
    return Edit(after=tuple(Provider(id=new_id(), name=f"Council {number}") for number in range(count)))


def stopped_after(count: int) -> Callable[[], bool]:
    asked: list[None] = []

    def is_cancelled() -> bool:
        asked.append(None)
        return len(asked) > count

    return is_cancelled


def test_it_is_written_while_another_connection_has_the_file_and_can_be_undone_there(store: Store) -> None:
    done = apply_to_file(store.path, councils(3), "Import")
    assert done.deed_id
    assert store.count(Provider) == 3
    store.apply(done.undone(), "Undo: Import")
    assert store.count(Provider) == 0


@pytest.mark.parametrize("asked", [0, 2])
def test_stopped_before_or_in_the_middle_nothing_is_written(store: Store, asked: int) -> None:
    before = store.path.read_bytes()
    with pytest.raises(Cancelled):
        apply_to_file(store.path, councils(MANY), "Import", is_cancelled=stopped_after(asked))
    assert store.count(Provider) == 0
    assert store.path.read_bytes() == before
    store.apply(councils(1))  # and the file can be written to


def test_unasked_in_the_middle_it_would_go_on_to_its_end(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """The negative control: where SQLite is not told to ask, nobody can stop it."""
    monkeypatch.setattr(large_edit, "_STEPS_BETWEEN_QUESTIONS", 10**9)
    apply_to_file(store.path, councils(MANY), "Import", is_cancelled=stopped_after(2))
    assert store.count(Provider) == MANY

"""What is deleted for good is gone from the bytes of the file: as written, folded in the index, and kept inside.

The bytes are searched here from outside; nothing of the program's own search is trusted.
"""

import json
import shutil
import sqlite3
from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path

import pytest

from benchmarks.generate import make
from db import passages, purge_rows
from db.edit import Edit
from db.overview import removal
from db.purge import Purged, purge
from db.records import Inspection, Quote, new_id
from db.store import Store
from tests.db.records_from_the_field import DURHAM, DURHAM_2022, FAMILY, MISSING_CHILDREN, PARTNERSHIP, REPORT
from tests.faults.soundness import problems

LONG_QUOTES = 20_000
# Each word is in one record only; "dromedary" and "dromedarian" share what the index stores but once.
WORDS = ("zanzibarquilt", "dromedary", "dromedarian", "oswinthatch", "wildhavens", "élodiebraque", "kelpthorn")
IN_THE_INDEX = {*WORDS} - {
    "dromedary",
    "kelpthorn",
}  # of "dromedary" it keeps the last letter; the file name is in no index
FILLER = " ".join(f"sentence {number} on what was found" for number in range(300))  # longer than a page
QUOTE = replace(
    PARTNERSHIP,
    id=new_id(),
    position=2,
    text=f"Zanzibarquilt “is” a DROMEDARY\n{FILLER} Dromedarian",
    speaker="OswinThatch",
)
ANOTHER = replace(
    DURHAM_2022, id=new_id(), started_on=None, ended_on=None, notes="Seen at Wildhavens with Élodiebraque"
)
CONTENT = b"%PDF-1.7 plain words of a kelpthorn " * 2000


@pytest.fixture
def secret(store: Store) -> Store:
    """A family, and beside it a quote, an inspection and a document that were reworded, removed and restored."""
    kept = store.keep_file(CONTENT)
    document = replace(
        REPORT,
        id=new_id(),
        title="Kelpthorn letter",
        inspection_ids=(ANOTHER.id,),
        file_name="kelpthorn.pdf",
        file_sha256=kept,
    )
    store.apply(Edit(after=(*FAMILY, QUOTE, ANOTHER, document)), "Add everything")
    reworded = replace(QUOTE, text="Nothing of it", speaker="")
    store.apply(Edit((QUOTE,), (reworded,)), "Change quote of quote")
    store.apply(Edit((reworded,), (QUOTE,)), "Undo: Change quote of quote")
    store.apply(Edit(before=(QUOTE,)), "Remove quote")
    store.apply(removal(store, ANOTHER), "Remove inspection")
    return store


def traces(path: Path, words: Iterable[str] = WORDS) -> list[str]:
    """The words that stand in the bytes of the file or of its journal, however they are written.

    The index keeps a word without what it shares with the one before: without its first letters it would hide.
    """
    journal = path.with_name(path.name + "-journal")
    content = path.read_bytes() + (journal.read_bytes() if journal.exists() else b"")
    spelt = content.decode("utf-8", "ignore").casefold()
    found = [word for word in words if word[3:] in spelt or _plain(word)[3:].encode() in content.lower()]
    blobs = [CONTENT[start : start + 32] for start in range(0, len(CONTENT), 4000)]
    return found + (["the bytes of the document"] if any(blob in content for blob in blobs) else [])


def _plain(word: str) -> str:
    return word.replace("é", "e")


def test_before_it_the_words_are_there(secret: Store) -> None:
    """The search of this test can find every one of them."""
    assert traces(secret.path) == [*WORDS, "the bytes of the document"]


def test_no_byte_is_left(secret: Store) -> None:
    purged = purge(secret, secret.removed())
    assert traces(secret.path) == []
    assert purged == Purged(3, 1, purged.texts_searched, ())
    assert purged.texts_searched >= 7
    assert problems(secret) == []
    path = secret.path
    secret.close()
    assert traces(path) == []


def test_what_others_say_stays(secret: Store) -> None:
    twin = replace(QUOTE, id=new_id(), position=3, speaker="")
    secret.apply(Edit(after=(twin,)), "Add quote")
    purged = purge(secret, secret.removed())
    assert purged.found_again == ()
    assert traces(secret.path) == ["zanzibarquilt", "dromedary", "dromedarian"]
    assert secret.get(Quote, twin.id) == twin


def leave_the_file_as_it_is(patch: pytest.MonkeyPatch) -> None:
    """secure_delete alone: neither is the index made anew nor the file."""
    patch.setattr(purge_rows, "drop_passages", lambda _: None)
    patch.setattr("db.purge._write_anew", lambda _: None)


def leave_the_index(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(purge_rows, "drop_passages", lambda _: None)


def leave_the_log(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(purge_rows, "blank", _named_only)


def leave_what_was_kept(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(purge_rows, "drop_files", lambda _: ((), 0))


def _named_only(raw: sqlite3.Connection, ids: list[str]) -> list[tuple[str, str]]:
    return raw.execute(
        "select distinct record_type, record_id from change where record_id in (select value from json_each(?))",
        (json.dumps(ids),),
    ).fetchall()


@pytest.mark.parametrize(
    ("without", "left"),
    [
        (leave_the_file_as_it_is, IN_THE_INDEX),
        (leave_the_index, IN_THE_INDEX),
        (leave_the_log, {*WORDS}),
        (leave_what_was_kept, {"kelpthorn", "the bytes of the document"}),
    ],
)
def test_without_each_protection_words_are_left(
    secret: Store, monkeypatch: pytest.MonkeyPatch, without: Callable[[pytest.MonkeyPatch], None], left: set[str]
) -> None:
    """The negative control: the same deletion without one of its steps leaves them in the bytes."""
    with monkeypatch.context() as patch:
        without(patch)
        purged = purge(secret, secret.removed())
    assert left <= {*traces(secret.path)}
    if without in (leave_the_file_as_it_is, leave_the_index):
        assert purged.found_again  # and the program's own search says so


def test_a_save_of_another_record_leaves_them_in_the_index_until_it_is_made_anew(secret: Store) -> None:
    """Why the index is rebuilt: blanking the log under secure_delete does not reach what it keeps."""
    with secret.connection.write() as raw:
        purge_rows.blank(raw, [QUOTE.id])
    assert "zanzibarquilt" in traces(secret.path)
    with secret.connection.write() as raw:
        passages.rebuild(raw)
    assert "zanzibarquilt" not in traces(secret.path)


@pytest.mark.long
def test_no_byte_is_left_of_some_among_many(tmp_path: Path) -> None:
    path = tmp_path / "many.sqlite"
    make(path, LONG_QUOTES)
    with_secret = Store.open(path)
    inspection = with_secret.each(Inspection)[7]
    quote = replace(QUOTE, inspection_id=inspection.id, document_id=None)
    with_secret.apply(Edit(after=(quote,)), "Add quote")
    with_secret.apply(removal(with_secret, inspection), "Remove inspection")
    assert traces(path)
    purged = purge(with_secret, with_secret.removed())
    assert (purged.records, purged.found_again) == (27, ())
    assert traces(path) == []
    assert problems(with_secret) == []
    with_secret.close()


def test_the_family_is_as_it_was(secret: Store, tmp_path: Path) -> None:
    before = {record.id: secret.get(type(record), record.id) for record in FAMILY}
    copy = Path(shutil.copy(secret.path, tmp_path / "before.sqlite"))
    purge(secret, secret.removed())
    assert {record.id: secret.get(type(record), record.id) for record in FAMILY} == before
    assert before[DURHAM.id] == DURHAM and before[MISSING_CHILDREN.id] == MISSING_CHILDREN
    assert traces(copy) == [*WORDS, "the bytes of the document"]  # as the question before it says

"""What a child does until it is killed (`tests.faults.nursery`); `tell` hands a line to the test at once."""

import os
import signal
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from itertools import count
from pathlib import Path
from random import Random
from typing import Any

from db import connection, history
from db.dates import PartialDate
from db.edit import Edit
from db.overview import removal
from db.records import Document, Inspection, Provider, Quote, new_id
from db.store import Store
from tests.db.records_from_the_field import STANDARD

Tell = Callable[[str], object]
WORDS = "proactive culture of working in partnership with families so that children are safe at home".split()


def save_without_end(tell: Tell, path: str, seed: int, harm: str = "") -> None:
    """Save one deed after the other; each is told once it is saved.

    Args:
        harm: "journal off" writes without a journal; "told early" tells of a deed before it is committed.
    """
    store = Store.open(Path(path))
    if harm == "journal off":
        store.connection.raw.execute("pragma journal_mode = off")
        store.connection.raw.execute("pragma cache_size = 4")  # pages go to the file while the save is on its way
    if harm == "told early":
        _tell_early(tell)
    for edit in deeds(store, Random(seed)):
        done = store.apply(edit, "Change")
        if harm != "told early":
            tell(done.deed_id)


def _tell_early(tell: Tell) -> None:
    add = history.add

    def added(connection: sqlite3.Connection, edit: Edit, label: str) -> str:
        deed_id = add(connection, edit, label)
        tell(deed_id)
        return deed_id

    history.add = added


def deeds(store: Store, chance: Random) -> Iterator[Edit]:
    """Deeds of every kind without end: enter, change, rename, remove, undo; the number of records stays small."""
    for number in count():
        providers = store.each(Provider)
        if not providers:
            yield Edit(after=(Provider(id=new_id(), name="Durham County Council"),))
            continue
        provider = providers[0]
        inspections = store.each(Inspection)
        if len(inspections) > 2:
            gone = removal(store, chance.choice(inspections))
            yield gone
            if number % 2:
                yield gone.undone()
            continue
        yield Edit(after=tuple(_family(provider, chance)))
        yield Edit((provider,), (replace(provider, name=f"Durham County Council {chance.randrange(1000)}"),))
        quote = chance.choice(store.each(Quote))
        changed = Edit((quote,), (replace(quote, text=_text(chance), page=chance.randrange(1, 90)),))
        yield changed
        yield changed.undone()


def _family(provider: Provider, chance: Random) -> Iterator[Any]:
    inspection = Inspection(
        id=new_id(),
        provider_id=provider.id,
        kind_id=STANDARD,
        started_on=PartialDate(chance.randrange(2000, 2026)),
        notes=_text(chance),
    )
    yield inspection
    document = Document(id=new_id(), provider_id=provider.id, title=_text(chance)[:80], inspection_ids=(inspection.id,))
    yield document
    for place in range(chance.randrange(1, 6)):
        yield Quote(
            id=new_id(), inspection_id=inspection.id, document_id=document.id, position=place, text=_text(chance)
        )


def _text(chance: Random) -> str:
    return " ".join(chance.choices(WORDS, k=chance.choice((8, 60, 700))))


def migrate_until(tell: Tell, path: str, statement: int, harm: str = "") -> None:
    """Open an older file and die as its migration begins a statement, 1 being the first; tells how many there were.

    Args:
        harm: "one by one" commits every step by itself.
    """
    connect = connection.connect_raw
    begun = 0

    def die(_sql: str) -> None:
        nonlocal begun
        begun += 1
        if begun == statement:
            os.kill(os.getpid(), signal.SIGKILL)

    def connected(path: Path, *, is_read_only: bool) -> sqlite3.Connection:
        raw = connect(path, is_read_only=is_read_only)
        raw.set_trace_callback(die)
        return raw

    connection.connect_raw = connected
    if harm == "one by one":
        connection._transaction = _no_transaction
    connection.open_file(Path(path)).close()
    tell(str(begun))


@contextmanager
def _no_transaction(raw: sqlite3.Connection) -> Iterator[None]:
    yield

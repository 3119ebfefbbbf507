"""A program that writes to a file which another one writes to as well; run as a process of its own.

Every edit counts one number on, in a record that all writers share, and adds a family of records of its own; so an
edit that is lost, half written or overwritten shows in the numbers.
"""

import json
import random
import sqlite3
import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from db import connection
from db import store as store_module
from db.edit import Edit
from db.errors import StoreError
from db.records import Document, Inspection, Provider, Quote, Record, new_id
from db.store import Store
from tests.db.records_from_the_field import DURHAM, DURHAM_2022

MOST_PAUSE_S = 0.003
MOST_TRIES = 100  # for each edit


def prepare(path: Path) -> str:
    """Put the shared record into a file, its number being 0; return its id."""
    shared = replace(DURHAM_2022, id=new_id(), notes="0")
    store = Store.open(path)
    store.apply(Edit(after=(DURHAM, shared)), "Begin")
    store.close()
    return shared.id


def write(store: Store, shared_id: str, edits: int) -> tuple[list[str], Counter[str]]:
    """Make that many edits, trying again what is refused; return the names of the acknowledged, and what was raised."""
    acknowledged: list[str] = []
    raised: Counter[str] = Counter()
    while len(acknowledged) < edits and raised.total() < MOST_TRIES * edits:
        try:
            shared = store.get(Inspection, shared_id)
            assert shared is not None
            added = _family()
            store.apply(Edit((shared,), (replace(shared, notes=str(int(shared.notes) + 1)), *added)), "Count on")
        except (StoreError, sqlite3.Error) as error:
            raised[type(error).__name__] += 1
            time.sleep(random.uniform(0, MOST_PAUSE_S))
        else:
            acknowledged.append(added[0].name)
    return acknowledged, raised


def _family() -> tuple[Provider, *tuple[Record, ...]]:
    """What belongs to one edit, each under its name."""
    provider = Provider(id=new_id(), name=new_id())
    inspection = replace(DURHAM_2022, id=new_id(), provider_id=provider.id, title=provider.name)
    report = Document(id=new_id(), provider_id=provider.id, title=provider.name, inspection_ids=(inspection.id,))
    quote = Quote(id=new_id(), inspection_id=inspection.id, document_id=report.id, position=1, text=provider.name)
    return provider, inspection, report, quote


@contextmanager
def _no_transaction(raw: sqlite3.Connection) -> Iterator[None]:
    yield


def main(path: str, shared_id: str, edits: str, harm: str) -> None:
    """Open the file, wait for a line on the standard input, write, and print what `write` returns.

    Args:
        harm: "last one wins" writes without a look at what stands in the file, "in pieces" without a transaction.
    """
    import sqlite_utils  # noqa: F401  # imported before the start, so that both start together

    if harm == "last one wins":
        store_module._expected = lambda _: iter(())
    if harm == "in pieces":
        connection._transaction = _no_transaction
    store = Store.open(Path(path))
    print("ready", flush=True)
    sys.stdin.readline()
    print(json.dumps(write(store, shared_id, int(edits))), flush=True)
    store.close()


if __name__ == "__main__":
    main(*sys.argv[1:])

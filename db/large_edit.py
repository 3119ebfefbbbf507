"""Writes a large edit with a connection of its own, so that a window stays alive meanwhile; it can be stopped."""

import sqlite3
from contextlib import closing
from pathlib import Path

from db.edit import Edit
from db.errors import CannotWrite
from db.snapshot import Cancelled, IsCancelled
from db.store import Store

_STEPS_BETWEEN_QUESTIONS = 20_000  # of SQLite's machine, some milliseconds


def apply_to_file(path: Path, edit: Edit, label: str, *, is_cancelled: IsCancelled = lambda: False) -> Edit:
    """`Store.apply` on a connection of its own, for a job; who has the file open lets saves wait meanwhile.

    Raises:
        Cancelled: `is_cancelled` said so before it was written; the file is as it was.
        StoreError: see `Store.apply`.
    """
    with closing(Store.open(path)) as store:
        return apply_stoppable(store, edit, label, is_cancelled=is_cancelled)


def apply_stoppable(store: Store, edit: Edit, label: str, *, is_cancelled: IsCancelled = lambda: False) -> Edit:
    """`Store.apply` that can be stopped until it is written.

    Raises:
        Cancelled: `is_cancelled` said so; the file is as it was.
    """
    if is_cancelled():
        raise Cancelled
    raw = store.connection.raw
    raw.set_progress_handler(lambda: int(is_cancelled()), _STEPS_BETWEEN_QUESTIONS)
    try:
        return store.apply(edit, label)
    except (sqlite3.OperationalError, CannotWrite) as error:
        if is_cancelled():
            raise Cancelled from error
        raise
    finally:
        raw.set_progress_handler(None, 0)

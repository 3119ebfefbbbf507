"""Deletes removed records for good: from the change log, the search index and the bytes of the file.

The only deed after which the log says less: ids, moments and names stay and every value goes, so that a replay still
gives the records, and a merge knows these versions and brings nothing back.
"""

import shutil
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import get_type_hints

from db import history, purge_rows
from db.connection import BUSY_TIMEOUT_MS
from db.errors import Busy, CannotWrite, Stale, StoreError
from db.explaining import explained
from db.history import Removed
from db.records import Record, RecordType
from db.rows import classes
from db.snapshot import Cancelled, IsCancelled, untold
from db.store import Store
from db.traces import look_for

_PATIENCE_MS = 2000  # for whoever looks into the file for a moment
_STEPS_BETWEEN_QUESTIONS = 20_000  # of SQLite's machine, some milliseconds

OnProgress = Callable[[float, str], object]


@dataclass(frozen=True, slots=True)
class Purged:
    """What was deleted for good, and what the bytes of the file say to it.

    Attributes:
        records: how many records; one that was deleted for good before does not count again.
        kept_files: how many documents' bytes went from inside the file.
        texts_searched: for how many of their texts, that nothing else says, the file's bytes were searched.
        found_again: those that still stand in the bytes, in words.
        unfinished: why the file could not be written anew or searched, so that traces may be left; empty where it was.
    """

    records: int
    kept_files: int
    texts_searched: int
    found_again: tuple[str, ...]
    unfinished: str = ""


@dataclass(frozen=True, slots=True)
class _Taken:
    """What left the tables: how many records, and what to look for afterwards."""

    records: int
    texts: tuple[str, ...]
    samples: tuple[tuple[str, bytes], ...]
    kept_files: int


def hanging_on(removed: Iterable[Removed], ids: Iterable[str]) -> list[Record]:
    """The other removed records that cannot come back without these, such as a quote of an inspection."""
    gone = {record.id: record for deed in removed for record in deed.records}
    chosen, found = set(ids), list[Record]()
    while more := [one for key, one in gone.items() if key not in chosen and _needed(one) & chosen]:
        found += more
        chosen |= {record.id for record in more}
    return found


def _needed(record: Record) -> set[str]:
    return {getattr(record, name) for name in _needed_names(record.record_type)}


@cache
def _needed_names(record_type: RecordType) -> tuple[str, ...]:
    hints = get_type_hints(classes()[record_type])
    return tuple(name for name, hint in hints.items() if name.endswith("_id") and hint is str)


def purge_file(
    path: Path,
    removed: Iterable[Removed | str],
    *,
    on_progress: OnProgress = untold,
    is_cancelled: IsCancelled = lambda: False,
) -> Purged:
    """`purge` on a connection of its own, for a job."""
    with closing(Store.open(path)) as store:
        return purge(store, removed, on_progress=on_progress, is_cancelled=is_cancelled)


def purge(
    store: Store,
    removed: Iterable[Removed | str],
    *,
    on_progress: OnProgress = untold,
    is_cancelled: IsCancelled = lambda: False,
) -> Purged:
    """Delete removed records for good, with the removed ones that hang on them, and search the file for their words.

    It cannot be undone. Done again with the same entries it finishes what was unfinished.

    Args:
        removed: entries of Recently deleted, or ids of records that are removed.
        is_cancelled: asked until the values are gone; writing the file anew cannot be stopped.

    Raises:
        Cancelled, Busy, CannotWrite, FileMoved: nothing was deleted.
        Stale: a record is not removed any more; nothing was deleted.
    """
    deeds = list(removed)
    _check_room(store.path)
    on_progress(0.0, "Taking the words out")
    with _patient(store):
        taken = _take_out(store, deeds, is_cancelled)
        on_progress(0.3, "Writing the file anew")
        try:
            _write_anew(store)
            on_progress(0.6, "Looking for the words in the file")
            traces = look_for(store.path, store.connection.raw, taken.texts, taken.samples, _later(on_progress))
        except (StoreError, sqlite3.Error, OSError) as error:
            return Purged(taken.records, taken.kept_files, 0, (), _unfinished(error))
    on_progress(1.0, "Deleted for good")
    return Purged(taken.records, taken.kept_files, traces.searched, traces.found)


def _later(on_progress: OnProgress) -> Callable[[float], object]:
    return lambda share: on_progress(0.6 + share * 0.4, "Looking for the words in the file")


def _unfinished(error: Exception) -> str:
    return (
        "They are gone from the records, the history and the search, but the file could not be written anew and "
        f"searched, so traces of their words may be left in it. {error}"
    )


def _check_room(path: Path) -> None:
    needed = 2 * path.stat().st_size  # SQLite writes the file beside itself, and a journal of what stood there
    if shutil.disk_usage(path.parent).free < needed:
        raise CannotWrite(
            f"Deleting for good writes the file anew. The disk needs {needed // 10**6 + 1:,} MB free for it, so "
            "nothing was deleted. Make room, then try again."
        )


@contextmanager
def _patient(store: Store) -> Iterator[None]:
    raw = store.connection.raw
    raw.execute(f"pragma busy_timeout = {_PATIENCE_MS}")
    try:
        yield
    finally:
        raw.execute(f"pragma busy_timeout = {BUSY_TIMEOUT_MS}")


def _write_anew(store: Store) -> None:
    with explained():
        store.connection.raw.execute("vacuum")
    with store.connection.write():
        pass  # it is still the file that was opened, and holds what was written last


def _take_out(store: Store, deeds: Sequence[Removed | str], is_cancelled: IsCancelled) -> _Taken:
    raw = store.connection.raw
    deed_id = ""
    raw.set_progress_handler(lambda: int(is_cancelled()), _STEPS_BETWEEN_QUESTIONS)
    try:
        with store.connection.write(), explained():
            ids = _chosen(raw, deeds)
            texts = purge_rows.texts(
                raw, ids, [one for deed in deeds if isinstance(deed, Removed) for one in deed.records]
            )
            records = purge_rows.blank(raw, ids)
            purge_rows.shorten_labels(raw, ids, texts)
            samples, kept_files = purge_rows.drop_files(raw)
            purge_rows.drop_passages(raw)
            deed_id = purge_rows.leave_trace(raw, records)
            if is_cancelled():
                raise Cancelled
    except (Busy, CannotWrite) as error:
        if is_cancelled():
            raise Cancelled from error
        # An error from COMMIT does not tell whether it was made: the file does.
        if not deed_id or not store.connection.holds(deed_id):
            raise _refusal(error) from error
    finally:
        raw.set_progress_handler(None, 0)
    return _Taken(len(records), texts, samples, kept_files)


def _refusal(error: StoreError) -> StoreError:
    if isinstance(error, Busy):
        return Busy("Another program is reading this file, so nothing was deleted. Try again in a moment.")
    return error


def _chosen(raw: sqlite3.Connection, deeds: Sequence[Removed | str]) -> list[str]:
    ids = list(
        dict.fromkeys(
            key
            for deed in deeds
            for key in ([deed] if isinstance(deed, str) else [record.id for record in deed.records])
        )
    )
    if not all(history.was_removed(raw, key) for key in ids):
        raise Stale("Some of this is in use again, so nothing was deleted. Look at the list as it is now.")
    return ids + [record.id for record in hanging_on(history.removed(raw), ids)]

"""Writes a copy for sharing: sound, compact, and without what was deleted.

A snapshot is taken into the local folder for temporary files, because it still holds the change log; only
the finished copy enters the target's folder, under a temporary name until it is checked.
"""

import sqlite3
import stat
import tempfile
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from db import copy_log, schema
from db.connection import Connection, open_file
from db.errors import CannotWrite, Damaged, StoreError
from db.explaining import DAMAGE, explanation
from db.open_marks import is_marked_open
from db.passages import INDEXES
from db.snapshot import Cancelled, HoldSaves, IsCancelled, snapshot, untold
from db.whole_file import part_of, put_in_place, sync

_STEPS_BETWEEN_QUESTIONS = 20_000  # of SQLite's machine, some milliseconds

OnProgress = Callable[[float, str], None]
Describe = Callable[[Connection, Path], object]
IN_A_FULL_COPY = (
    "Nothing. Notes and drafts are in it, and the change log: what was deleted, and who changed what and when."
)
_IN_A_COPY = "The change log before this copy, and everything that was deleted."


@dataclass(frozen=True, slots=True)
class Contents:
    """How much a file holds; events that are no inspections are counted apart."""

    inspections: int
    other_events: int
    judgements: int
    quotes: int
    areas_for_improvement: int
    documents: int
    kept_files: int


@dataclass(frozen=True, slots=True)
class Copy:
    """A copy that was written."""

    path: Path
    size_bytes: int
    contents: Contents


def contents(connection: Connection) -> Contents:
    """Count what a copy of this file will hold."""
    in_view = "id in (select id from v_inspections)"  # a count over the view itself would work out its columns
    questions = (
        f"inspection where {in_view}",
        f"inspection where not {in_view}",
        "judgement",
        "quote",
        "area_for_improvement",
        "document",
        "(select distinct file_sha256 from document where file_sha256 is not null)",
    )
    return Contents(*(connection.raw.execute(f"select count(*) from {each}").fetchone()[0] for each in questions))


def write_copy(
    source: Path,
    target: Path,
    *,
    with_log: bool = False,
    replace: bool = False,
    made_with: str = "Inspection Log",
    describe: Describe = untold,
    on_progress: OnProgress = untold,
    is_cancelled: IsCancelled = lambda: False,
    hold_saves: HoldSaves | None = None,
) -> Copy:
    """Write a copy that this program opens, and any other that reads SQLite; it is whole or not there.

    The source may be saved to meanwhile (`db.snapshot`); one of an older version is copied in the newest form.

    Args:
        with_log: keep the change log, and with it what was deleted.
        replace: a file that stands at `target` may be replaced.
        made_with: the program and its version, for the copy's table `about_this_file`.
        describe: given the copy, open, and its path on the disk, before it takes its place; may end the work.
        on_progress: told the share that is done, 0 to 1, and what is being done.

    Raises:
        Cancelled: `is_cancelled` said so.
        CannotWrite: the target is taken or the source itself, or a disk refuses.
        Busy, NotOurs, FileTooNew, Damaged: see `db.snapshot.snapshot`.
    """
    source, target = source.absolute(), target.absolute()
    with _explained(source, target), tempfile.TemporaryDirectory(prefix="inspection-log-") as folder:
        check_target(source, target, replace=replace)
        scratch = Path(folder) / "snapshot.sqlite"
        read = _reading(on_progress)
        snapshot(source, scratch, on_progress=read, is_cancelled=is_cancelled, hold_saves=hold_saves)
        on_progress(0.4, "Writing a full copy" if with_log else "Leaving out what was deleted")
        with _opened(scratch, is_cancelled) as connection, part_of(target) as part:
            _prepare(connection, with_log=with_log, made_with=made_with)
            _write(connection, part, on_progress, is_cancelled)
            describe(connection, part)
            return _place(connection, part, source, target, replace, on_progress)


def _reading(on_progress: OnProgress) -> Callable[[float], None]:
    return lambda share: on_progress(share * 0.4, "Reading the file")


def check_target(source: Path, target: Path, *, replace: bool = False) -> None:
    """Refuse a place where no copy may be written.

    Raises:
        CannotWrite: the source itself, a folder, a file that may not be replaced, is read-only, or is open.
    """
    if not target.parent.is_dir():
        raise CannotWrite(f"There is no folder {target.parent}. Choose another.")
    if target.is_dir():
        raise CannotWrite(f"{target.name} is a folder. Enter a name for the copy.")
    if is_marked_open(target):
        raise CannotWrite(f"{target.name} is open in another program. Close it there, or choose another name.")
    if not target.exists():
        return
    if source.exists() and target.samefile(source):
        raise CannotWrite("The copy cannot take the place of the file itself. Choose another name.")
    if not replace:
        raise CannotWrite(f"{target.name} exists already. Choose another name, or replace it.")
    if not target.stat().st_mode & stat.S_IWRITE:
        raise CannotWrite(f"{target.name} is read-only. Choose another name.")
    for ending in ("-journal", "-wal"):
        # The other file's journal would be rolled back into our copy.
        if target.with_name(target.name + ending).exists():
            raise CannotWrite(f"{target.name} is open in a program, or was not closed well. Choose another name.")


@contextmanager
def _opened(scratch: Path, is_cancelled: IsCancelled, *, is_read_only: bool = False) -> Iterator[Connection]:
    """Open our own scratch file, which need not outlive a crash; long statements end when cancelled."""
    connection = open_file(scratch, is_read_only=is_read_only)
    with closing(connection):
        for setting in ("synchronous = off", "secure_delete = off", "temp_store = memory"):
            connection.raw.execute(f"pragma {setting}")
        connection.raw.set_progress_handler(lambda: int(is_cancelled()), _STEPS_BETWEEN_QUESTIONS)
        yield connection


def _prepare(connection: Connection, *, with_log: bool, made_with: str) -> None:
    with connection.write() as raw:
        if not with_log:
            copy_log.start(raw, known_in="main")
            _drop_leftovers(raw)
        _tell_about(raw, with_log=with_log, made_with=made_with)


def _drop_leftovers(raw: sqlite3.Connection) -> None:
    raw.execute(
        "delete from document_file where sha256 not in (select file_sha256 from document where file_sha256 is not null)"
    )
    raw.execute("delete from passage where record_id not in (select record_id from change)")
    for index in INDEXES:  # which keep the words of removed passages until they are written anew
        raw.execute(f"insert into {index}({index}) values ('rebuild')")


def _tell_about(raw: sqlite3.Connection, *, with_log: bool, made_with: str) -> None:
    said = {
        "made_with": made_with,
        "made_at": datetime.now(UTC).isoformat(timespec="seconds"),
        "schema_version": str(schema.VERSION),
        "left_out": IN_A_FULL_COPY if with_log else _IN_A_COPY,
    }
    raw.executemany(
        "insert into about_this_file (key, value) values (?, ?) on conflict (key) do update set value = excluded.value",
        said.items(),
    )


def _write(connection: Connection, part: Path, on_progress: OnProgress, is_cancelled: IsCancelled) -> None:
    on_progress(0.55, "Writing the copy")
    connection.raw.execute("vacuum into ?", (str(part),))
    on_progress(0.85, "Checking the copy")
    with ThreadPoolExecutor(1) as beside:  # it is read from memory while it goes to the disk
        synced = beside.submit(sync, part)
        _check(part, _counts(connection.raw), is_cancelled)
        synced.result()
    if is_cancelled():
        raise Cancelled


def _place(
    connection: Connection, part: Path, source: Path, target: Path, replace: bool, on_progress: OnProgress
) -> Copy:
    check_target(source, target, replace=replace)
    put_in_place(part, target)
    on_progress(1.0, "Copy written")
    return Copy(target, target.stat().st_size, contents(connection))


def _check(part: Path, wanted: dict[str, int], is_cancelled: IsCancelled) -> None:
    with _opened(part, is_cancelled, is_read_only=True) as connection:
        raw = connection.raw
        is_sound = [row[0] for row in raw.execute("pragma integrity_check")] == ["ok"]
        if not is_sound or raw.execute("pragma foreign_key_check").fetchone() or _counts(raw) != wanted:
            raise Damaged("The copy that was written is not sound, so it was thrown away. Try another folder or disk.")


def _counts(raw: sqlite3.Connection) -> dict[str, int]:
    tables = raw.execute("select name from sqlite_master where type = 'table' and sql like '%strict'").fetchall()
    return {table: raw.execute(f"select count(*) from {table}").fetchone()[0] for (table,) in tables}


@contextmanager
def _explained(source: Path, target: Path) -> Iterator[None]:
    try:
        yield
    except StoreError:
        raise
    except (*DAMAGE, OSError) as error:
        raise _explanation(source, target, error) from error


def _explanation(source: Path, target: Path, error: Exception) -> StoreError:
    name = getattr(error, "sqlite_errorname", "")
    if name.startswith("SQLITE_INTERRUPT"):
        return Cancelled()
    if name.startswith(("SQLITE_CANTOPEN", "SQLITE_READONLY", "SQLITE_PERM")):
        return CannotWrite(f"The folder {target.parent} may not be written to. Choose another.")
    return explanation(error, source.name, written="The copy")

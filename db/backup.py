"""Dated copies of the file on this machine: made and checked before anything risky, thinned, and put back.

Restoring never destroys the present: it becomes a backup itself, or is set aside where it cannot be read.
"""

import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path

from db import backup_folder, backup_thinning
from db.backup_folder import folder, newest_deed
from db.backup_list import REASONS, Backup, at, described, of, purge_all
from db.check import PATIENT_MS, reading, verify
from db.compare import Difference, Tally, difference
from db.errors import CannotWrite, Damaged, NotOurs, StoreError
from db.explaining import DAMAGE, explanation
from db.file_checks import refuse_stray_wal
from db.set_aside import aside_meanwhile, left_by_a_save, set_aside
from db.snapshot import HoldSaves, IsCancelled, snapshot, untold
from db.whole_file import part_of, put_in_place, sync

__all__ = [
    "REASONS",
    "Backup",
    "Difference",
    "Tally",
    "described",
    "difference",
    "folder",
    "is_due",
    "make",
    "of",
    "purge_all",
    "restore",
    "set_aside",
]

DUE_AFTER = timedelta(hours=12)

OnProgress = Callable[[float, str], None]


def make(
    source: Path,
    reason: str,
    *,
    now: datetime | None = None,
    on_progress: OnProgress = untold,
    is_cancelled: IsCancelled = lambda: False,
    hold_saves: HoldSaves | None = None,
) -> Backup:
    """Make a backup, check it, and only then remove those that are no longer wanted (`db.backup_thinning`).

    The file may be open and saved to meanwhile.

    Args:
        reason: one of REASONS.
        on_progress: told the share that is done, 0 to 1, and what is being done.
        hold_saves: see `db.snapshot.snapshot`.

    Raises:
        Damaged: the file is not sound; no backup was made, and none removed.
        CannotWrite: the disk with the backups refuses.
        Cancelled, Busy, NotOurs, FileTooNew: see `db.snapshot.snapshot`.
    """
    source, moment = source.absolute(), now or datetime.now(UTC)
    with _explained(source):
        refuse_stray_wal(source)
        home = backup_folder.home(source)
        home.mkdir(mode=0o700, parents=True, exist_ok=True)
        with _gone_if_empty(home), part_of(home / backup_folder.name(moment, reason)) as part:
            read = _reading(on_progress, f"Making a backup. {REASONS[reason]}")
            snapshot(source, part, on_progress=read, is_cancelled=is_cancelled, hold_saves=hold_saves)
            sync(part)
            on_progress(0.7, "Checking the backup")
            _check(part, source, is_cancelled)
            made = backup_folder.put(part, moment, reason)
        _tidy(home, source, made, moment)
        on_progress(1.0, "Backup made")
        return described(at(made, moment.astimezone(UTC).replace(microsecond=0), reason))


def _reading(on_progress: OnProgress, words: str) -> Callable[[float], None]:
    return lambda share: on_progress(share * 0.7, words)


def _tidy(home: Path, source: Path, made: Path, moment: datetime) -> None:
    """Thin the backups, but not the one made before: should the new one spoil, it has the newest work.

    The clock does not tell which that is, so the note beside them does.
    """
    before = backup_folder.note(home).last
    backup_folder.write_note(home, source, made.name)
    backup_thinning.thin(home, moment, protected=(made.name, before))


@contextmanager
def _gone_if_empty(home: Path) -> Iterator[None]:
    """A folder that no backup came into goes again."""
    try:
        yield
    except BaseException:
        with suppress(OSError):
            home.rmdir()
        raise


@contextmanager
def _explained(source: Path) -> Iterator[None]:
    written = f"A backup of {source.name}"
    try:
        yield
    except StoreError as error:
        if getattr(error.__cause__, "sqlite_errorname", "").startswith("SQLITE_FULL"):
            raise _full(source) from error
        raise
    except (*DAMAGE, OSError) as error:
        explained = explanation(error, source.name, written=written)
        raise (_full(source) if "disk is full" in str(explained) else explained) from error


def _full(source: Path) -> CannotWrite:
    return CannotWrite(
        f"The disk with the folder {folder()} is full, so no backup of {source.name} was made. "
        "Make room, then try again."
    )


def _check(part: Path, source: Path, is_cancelled: IsCancelled) -> None:
    """Open what was written once more; while no save came, it holds as many rows as the file itself."""
    try:
        verify(part, is_cancelled=is_cancelled)
    except Damaged as error:
        raise Damaged(
            f"No backup of {source.name} was made, because the file or the disk is damaged. "
            "Check the file, or open a backup that was made before."
        ) from error
    with reading(part, is_cancelled) as raw:
        copied = _rows(raw)
    with reading(source, is_cancelled, busy_timeout_ms=PATIENT_MS) as raw:
        live = _rows(raw)
    if live[0] == copied[0] and live != copied:
        raise Damaged(f"The backup of {source.name} did not hold everything, so it was thrown away. Try again.")


def _rows(raw: sqlite3.Connection) -> tuple[str | None, dict[str, int]]:
    """The newest deed, and how many rows each table has that only grows with a deed."""
    tables = raw.execute("select name from sqlite_master where type = 'table' and sql like '%strict'").fetchall()
    names = {name for (name,) in tables} - {"document_file", "document_paragraph", "passage"}
    counts = {name: raw.execute(f"select count(*) from {name}").fetchone()[0] for name in names}
    found = raw.execute("select id from deed order by row desc limit 1").fetchone() if "deed" in counts else None
    return (found[0] if found else None), counts


def is_due(source: Path, *, now: datetime) -> bool:
    """Whether the file changed since its last backup, and no good one is younger than 12 hours.

    A backup from the future, of a clock that was wrong, is not young. A file that cannot be read is not backed up.
    """
    deed = newest_deed(source)
    if not deed:
        return False
    known = of(source)
    young = [backup for backup in known if now - DUE_AFTER < backup.made_at <= now]
    same = [backup for backup in known if newest_deed(backup.path) == deed]
    return not any(backup_thinning.is_good(backup.path) for backup in (*young, *same))


def restore(backup: Backup, target: Path, *, now: datetime | None = None) -> Backup | None:
    """Put a backup in the place of a file that no one has open; return the backup that was made of the present.

    Where the present cannot be read it is set aside instead (`db.set_aside`), and where there is none nothing is
    done; then None is returned. A backup of an older version is brought to the newest when it is opened.

    Raises:
        Damaged: the backup is not sound.
        CannotWrite, Busy, FileTooNew: the place refuses; in every case the present is as it was.
    """
    target = target.absolute()
    _check_before_restoring(backup.path)
    with _restoring(target), part_of(target) as part:
        shutil.copyfile(backup.path, part)
        if target.exists():
            shutil.copymode(target, part)
        sync(part)
        _check_before_restoring(part)
        kept = _of_the_present(target, now)  # not before: thinning may take the backup that is put back
        with aside_meanwhile(target, with_file=kept is None):
            put_in_place(part, target)
    return kept


def _check_before_restoring(path: Path) -> None:
    try:
        verify(path)
    except (Damaged, NotOurs) as error:
        raise Damaged(f"This backup is damaged, so nothing was put back ({error}) Choose another backup.") from error


def _of_the_present(target: Path, now: datetime | None) -> Backup | None:
    left = left_by_a_save(target)
    if not target.exists() or "-wal" in left:  # no file of ours has one, and reading would take it in
        return None
    try:
        return make(target, "restore", now=now)
    except (Damaged, NotOurs):
        return None
    except CannotWrite:
        if "-journal" in left:  # which is rolled back by opening, and a damaged file may refuse that
            return None
        raise


@contextmanager
def _restoring(target: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise explanation(error, target.name, written=target.name) from error

"""The backups of a file: which there are, what they hold, and how all of them go."""

import sqlite3
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from db import backup_folder
from db.check import reading
from db.copy import Contents
from db.errors import CannotWrite, StoreError

REASONS = {
    "opening": "When the file was opened",
    "migration": "Before the file was brought to a newer version",
    "merge": "Before a colleague’s copy was taken in",
    "import": "Before an import",
    "restore": "Before a backup was put back",
    "removal": "Before much was removed",
    "asked": "When you asked for it",
}


@dataclass(frozen=True, slots=True)
class Backup:
    """A dated copy of a file.

    `made_at` is in UTC; `reason` is one of REASONS. `contents` is counted by `described`, and stays None where the
    backup cannot be read.
    """

    path: Path
    made_at: datetime
    reason: str
    size_bytes: int
    contents: Contents | None = None


def of(source: Path) -> list[Backup]:
    """The backups of a file, newest first, also of one that was renamed or moved; nothing is counted yet.

    Where the file is damaged or gone its path alone finds them.
    """
    found = [
        at(path, moment, reason)
        for place in backup_folder.of_file(source.absolute())
        for path, (moment, reason) in backup_folder.named(place).items()
    ]
    return sorted(found, key=lambda backup: backup.made_at, reverse=True)


def at(path: Path, moment: datetime, reason: str) -> Backup:
    """The backup under a path, of which only the size is looked up."""
    try:
        return Backup(path, moment, reason, path.stat().st_size)
    except OSError:
        return Backup(path, moment, reason, 0)


def described(backup: Backup) -> Backup:
    """The backup with what it holds; nothing where it cannot be read."""
    with suppress(StoreError), reading(backup.path) as raw:
        return replace(backup, contents=_contents(raw))
    return replace(backup, contents=None)


_INSPECTIONS = (
    "inspection join inspection_kind on inspection_kind.id = inspection.kind_id "
    "join framework on framework.id = framework_id where is_inspection = {}"
)


def _contents(raw: sqlite3.Connection) -> Contents:
    """As `db.copy.contents`, for a file of any version."""
    if not raw.execute("select 1 from sqlite_master where name = 'inspection'").fetchone():
        return Contents(0, 0, 0, 0, 0, 0, 0)
    tables = ("judgement", "quote", "area_for_improvement", "document")
    kept = "(select distinct file_sha256 from document where file_sha256 is not null)"
    questions = (_INSPECTIONS.format(1), _INSPECTIONS.format(0), *tables, kept)
    return Contents(*(raw.execute(f"select count(*) from {each}").fetchone()[0] for each in questions))


def purge_all(source: Path) -> int:
    """Remove every backup of a file, as a true deletion asks for; return how many there were.

    Raises:
        CannotWrite: one of them could not be removed.
    """
    count = 0
    for place in backup_folder.of_file(source.absolute()):
        try:
            backups = list(backup_folder.named(place))
            for path in (*backups, *backup_folder.parts(place)):
                path.unlink()
            count += len(backups)
            (place / backup_folder.NOTE).unlink(missing_ok=True)
        except OSError as error:
            raise CannotWrite(
                f"A backup in {place} could not be removed ({error.strerror}). Remove it there, or try again."
            ) from error
        with suppress(OSError):  # other files may lie there
            place.rmdir()
    return count

"""Looks at a file before anything is written to it: whether it is ours, and holds what it should, no more."""

import sqlite3
import struct
from pathlib import Path

from db import schema
from db.errors import CannotWrite, Damaged, FileTooNew, NotOurs

HEADER_LENGTH = 100


def check_header(path: Path) -> int:
    """Read a file's first bytes; return its schema version, or refuse it (`open_file` says how)."""
    try:
        with path.open("rb") as handle:
            head = handle.read(HEADER_LENGTH)
    except FileNotFoundError as error:
        raise NotOurs(f"There is no file {path}. Check its name, or choose another.") from error
    except OSError as error:
        raise CannotWrite(f"{path.name} could not be opened: {error.strerror}.") from error
    if len(head) < HEADER_LENGTH or not head.startswith(b"SQLite format 3\0"):
        raise not_ours(path)
    (version,) = struct.unpack(">I", head[60:64])
    (application,) = struct.unpack(">I", head[68:72])
    if application != schema.APPLICATION_ID or not version:
        raise NotOurs(f"{path.name} was made by another program. It was left as it is.")
    if version > schema.VERSION:
        raise FileTooNew(f"{path.name} was made by a newer version of Inspection Log. Install that version to open it.")
    if head[18] == 1:
        refuse_stray_wal(path)
    return version


def refuse_stray_wal(path: Path) -> None:
    """Raise Damaged where a write-ahead log lies beside a file: none of ours has one, and SQLite would take it in."""
    wal = path.with_name(f"{path.name}-wal")
    if wal.exists() and wal.stat().st_size:
        raise Damaged(f"Beside {path.name} lies {wal.name}, which does not belong to it. Move it away, then try again.")


def check_is_there(path: Path) -> None:
    """Refuse a path where nothing stands, or a write-ahead log beside it."""
    if not path.exists():
        raise NotOurs(f"There is no file {path}. Check its name, or choose another.")
    refuse_stray_wal(path)


def not_ours(path: Path) -> NotOurs:
    """The error for a file that is no database at all."""
    return NotOurs(f"{path.name} is not an inspection log. It was left as it is.")


def check_about(raw: sqlite3.Connection, name: str) -> int:
    """Ask SQLite what `check_header` reads, of a file that may be open in this process; return its schema version.

    To open and close such a file itself would give up every lock that this process has on it (POSIX).

    Raises:
        NotOurs, FileTooNew: as `check_header`.
    """
    (application,) = raw.execute("pragma application_id").fetchone()
    (version,) = raw.execute("pragma user_version").fetchone()
    if not application and not version:
        raise NotOurs(f"{name} is not an inspection log. It was left as it is.")
    if application != schema.APPLICATION_ID or version < 1:
        raise NotOurs(f"{name} was made by another program. It was left as it is.")
    if version > schema.VERSION:
        raise FileTooNew(f"{name} was made by a newer version of Inspection Log. Install that version to open it.")
    return int(version)


def check_listing(raw: sqlite3.Connection, version: int) -> tuple[str, ...]:
    """Compare what the file holds with what its version makes; return the names of indexes that are not ours.

    Raises:
        NotOurs: another program added or changed a table, view or trigger.
        Damaged: something is missing.
    """
    wanted = {tuple(row) for row in schema.committed(version)}
    found = {tuple(row) for row in schema.listing(raw)}
    strange = [row for row in found - wanted if row[0] != "index"]
    if strange:
        raise NotOurs(
            f"The file holds a {strange[0][0]} “{strange[0][1]}” that Inspection Log did not make. It was not opened."
        )
    if missing := wanted - found:
        raise Damaged(f"The file lacks the {min(missing)[0]} “{min(missing)[1]}”. It was left as it is.")
    return tuple(sorted(name for _, name, _ in found - wanted))

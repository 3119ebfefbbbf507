"""Opens the file with its settings, in a fixed order, and makes its only transactions.

The rollback journal with synchronous EXTRA keeps the last acknowledged save through a power cut, and
leaves one file that can be copied; the write-ahead log would not.
"""

import shutil
import sqlite3
import struct
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path

from db import schema
from db.errors import Busy, CannotWrite, Damaged, FileMoved, FileTooNew, NotOurs, StoreError

HEADER_LENGTH = 100
BUSY_TIMEOUT_MS = 40
_SETTINGS = (
    "pragma trusted_schema = off",
    "pragma foreign_keys = on",
    "pragma cell_size_check = on",
    "pragma mmap_size = 0",
    "pragma secure_delete = on",
    "pragma synchronous = extra",
)
# What damaged bytes raise beside SQLite's own errors: a text that is no UTF-8, a number out of range.
DAMAGE = (sqlite3.DatabaseError, UnicodeDecodeError, OverflowError)


class Connection:
    """One open file.

    Attributes:
        raw: the sqlite3 connection; only `db` uses it.
        path: the file, made absolute.
    """

    def __init__(self, path: Path, raw: sqlite3.Connection, *, is_read_only: bool) -> None:
        self.path = path
        self.raw = raw
        self.is_read_only = is_read_only
        self._identity = _identity(path)
        self._last_deed = self._newest_deed()

    def _newest_deed(self) -> str | None:
        found = self.raw.execute("select id from deed order by row desc limit 1").fetchone()
        return found[0] if found else None

    @contextmanager
    def write(self) -> Iterator[sqlite3.Connection]:
        """The only transaction: all of it, or none.

        Foreign keys are checked when it is complete, so a family may come back in any order.

        Raises:
            Busy: another program is writing.
            FileMoved: the path leads elsewhere, or the file lost our last change.
            CannotWrite: the disk refuses.
        """
        if self.is_read_only:
            raise CannotWrite("This file is open for reading only, so nothing can be changed in it.")
        self._check_identity()
        with explained():
            self.raw.execute("begin immediate")
        try:
            self.raw.execute("pragma defer_foreign_keys = on")
            self._check_history()
            yield self.raw
            self._check_identity()
            newest = self._newest_deed()
            with explained():
                self.raw.execute("commit")
            self._last_deed = newest
        except BaseException:
            if self.raw.in_transaction:
                self.raw.execute("rollback")
            raise

    def _check_identity(self) -> None:
        if _identity(self.path) != self._identity:
            raise FileMoved(
                f"{self.path.name} was moved, deleted or replaced by another program, so nothing was written. "
                "Put it back, or open the file again."
            )

    def _check_history(self) -> None:
        if self._last_deed is None:
            return
        if not self.raw.execute("select 1 from deed where id = ?", (self._last_deed,)).fetchone():
            raise FileMoved(
                f"{self.path.name} was put back to an older state by another program, so nothing was written. "
                "Open the file again to see what it holds now."
            )

    def close(self) -> None:
        """Leave the file as one plain file."""
        if not self.is_read_only:
            with suppress(sqlite3.Error):  # another reader may be in it; the empty journal that stays says nothing
                self.raw.execute("pragma journal_mode = delete")
        self.raw.close()


def _identity(path: Path) -> tuple[int, int] | None:
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino


@contextmanager
def explained() -> Iterator[None]:
    """Turn what SQLite says of the world into our errors; rules are left to `db.rules`."""
    try:
        yield
    except sqlite3.OperationalError as error:
        raise _explanation(error) from error


def _explanation(error: sqlite3.OperationalError) -> StoreError:
    name = getattr(error, "sqlite_errorname", "")
    if name.startswith(("SQLITE_BUSY", "SQLITE_LOCKED")):
        return Busy("Another program is using this file. What you typed is kept: try again in a moment.")
    if name.startswith("SQLITE_FULL"):
        return CannotWrite("The disk is full, so nothing was written. Make room, then try again.")
    if name.startswith(("SQLITE_READONLY", "SQLITE_CANTOPEN", "SQLITE_PERM")):
        return CannotWrite("This file or its folder may not be written to. Save a copy in another folder.")
    return CannotWrite(f"The file could not be written ({error}). Nothing was changed.")


def open_file(path: Path, *, is_read_only: bool = False) -> Connection:
    """Open an inspection log.

    Raises:
        NotOurs: no such file, or another program's.
        FileTooNew: made by a later version of the program.
        Damaged: its bytes do not make sense.
        CannotWrite: it may not be opened.
    """
    path = path.absolute()
    version = check_header(path)
    _set_journal_aside(path)
    raw = connect_raw(path, is_read_only=is_read_only)
    try:
        if version < schema.VERSION and not is_read_only:
            _migrate(raw, path)
            version = schema.VERSION
        _check_listing(raw, version)
        if not is_read_only:
            raw.execute("pragma journal_mode = truncate")
        return Connection(path, raw, is_read_only=is_read_only)
    except DAMAGE as error:
        raw.close()
        raise _opening_error(path, error) from error
    except StoreError:
        raw.close()
        raise


def _opening_error(path: Path, error: Exception) -> StoreError:
    if isinstance(error, sqlite3.OperationalError) and "locked" in str(error):
        return Busy(f"{path.name} is in use by another program. Try again in a moment.")
    return Damaged(f"{path.name} is damaged and was left as it is ({error}). Open a copy or a backup of it.")


def create_file(path: Path) -> Connection:
    """Make a new, empty inspection log; a file that stands there is never overwritten.

    Raises:
        CannotWrite: the path is taken, or its folder may not be written to.
    """
    path = path.absolute()
    try:
        path.open("xb").close()
    except FileExistsError as error:
        raise CannotWrite(f"{path.name} exists already. Choose another name, or open it.") from error
    except OSError as error:
        raise CannotWrite(f"{path} could not be made: {error.strerror}. Choose another folder.") from error
    raw = connect_raw(path, is_read_only=False)
    _migrate(raw, path)
    raw.execute("pragma journal_mode = truncate")
    return Connection(path, raw, is_read_only=False)


def connect_raw(path: Path, *, is_read_only: bool) -> sqlite3.Connection:
    """Connect with our settings, without a look at what the file holds."""
    mode = "ro" if is_read_only else "rw"
    with explained():
        raw = sqlite3.connect(
            f"{path.as_uri()}?mode={mode}", uri=True, isolation_level=None, timeout=BUSY_TIMEOUT_MS / 1000
        )
        for setting in _SETTINGS:
            raw.execute(setting)
    return raw


def _migrate(raw: sqlite3.Connection, path: Path) -> None:
    raw.execute("pragma foreign_keys = off")
    with explained():
        raw.execute("begin immediate")
    try:
        schema.apply_steps(raw)
        if raw.execute("pragma foreign_key_check").fetchone():
            raise Damaged(f"{path.name} holds references to records that are gone; it was left as it is.")
        raw.execute("commit")
    except BaseException:
        if raw.in_transaction:
            raw.execute("rollback")
        raise
    raw.execute("pragma foreign_keys = on")


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
        raise NotOurs(f"{path.name} is not an inspection log. It was left as it is.")
    (version,) = struct.unpack(">I", head[60:64])
    (application,) = struct.unpack(">I", head[68:72])
    if application != schema.APPLICATION_ID:
        raise NotOurs(f"{path.name} was made by another program. It was left as it is.")
    if version > schema.VERSION:
        raise FileTooNew(f"{path.name} was made by a newer version of Inspection Log. Install that version to open it.")
    wal = path.with_name(path.name + "-wal")
    if head[18] == 1 and wal.exists() and wal.stat().st_size:
        raise Damaged(
            f"Beside {path.name} lies {wal.name}, which does not belong to it. Move it away, then open again."
        )
    return version


def _set_journal_aside(path: Path) -> None:
    journal = path.with_name(path.name + "-journal")
    if journal.exists() and journal.stat().st_size:
        # A save was cut off: SQLite will roll it back. Both are kept as they were found, should that go wrong.
        stamp = datetime.now(UTC).strftime("%Y%m%dT%H%M%S")
        for found in (path, journal):
            shutil.copy2(found, found.with_name(f"{path.stem}-found-{stamp}{found.name.removeprefix(path.stem)}"))


def _check_listing(raw: sqlite3.Connection, version: int) -> None:
    wanted = {tuple(row) for row in schema.committed(version)}
    found = {tuple(row) for row in schema.listing(raw)}
    strange = [row for row in found - wanted if row[0] != "index"]
    if strange:
        raise NotOurs(
            f"The file holds a {strange[0][0]} “{strange[0][1]}” that Inspection Log did not make. It was not opened."
        )
    if missing := wanted - found:
        raise Damaged(f"The file lacks the {min(missing)[0]} “{min(missing)[1]}”. It was left as it is.")
    for _, name, _ in found - wanted:
        # An index from elsewhere carries no words of its own and can only slow us down.
        raw.execute(f'drop index "{name.replace(chr(34), chr(34) * 2)}"')

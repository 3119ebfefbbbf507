"""Opens the file with its settings, in a fixed order, and makes its only transactions.

The rollback journal with synchronous EXTRA keeps the last acknowledged save through a power cut, and
leaves one file that can be copied; the write-ahead log would not.
"""

import sqlite3
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from db import schema
from db.errors import Busy, CannotWrite, Damaged, FileMoved, StoreError
from db.explaining import DAMAGE, explained, explanation
from db.file_checks import check_about, check_header, check_is_there, check_listing, not_ours
from db.set_aside import copy_as_found
from db.whole_file import removed_on_failure

BUSY_TIMEOUT_MS = 40
_SETTINGS = (
    "pragma trusted_schema = off",
    "pragma foreign_keys = on",
    "pragma cell_size_check = on",
    "pragma mmap_size = 0",
    "pragma secure_delete = on",
    "pragma synchronous = extra",
)


class Connection:
    """One open file.

    Attributes:
        raw: the sqlite3 connection; only `db` uses it.
        path: the file, made absolute.
        dropped_indexes: names of the indexes of another program that were dropped on opening.
    """

    def __init__(
        self, path: Path, raw: sqlite3.Connection, *, is_read_only: bool, dropped_indexes: tuple[str, ...] = ()
    ) -> None:
        self.path = path
        self.raw = raw
        self.is_read_only = is_read_only
        self.dropped_indexes = dropped_indexes
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
            LeadsNowhere: a reference is left without the record that it names.
        """
        if self.is_read_only:
            raise CannotWrite("This file is open for reading only, so nothing can be changed in it.")
        self._check_identity()
        with _transaction(self.raw):
            self.raw.execute("pragma defer_foreign_keys = on")
            self._check_history()
            yield self.raw
            self._check_identity()
            newest = self._newest_deed()
        self._last_deed = newest

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

    def holds(self, deed_id: str) -> bool:
        """Whether a deed whose COMMIT ended with an error is in the file all the same."""
        try:
            found = self.raw.execute("select 1 from deed where id = ?", (deed_id,)).fetchone()
        except sqlite3.Error:
            return False
        if found and _identity(self.path) == self._identity:
            self._last_deed = deed_id
            return True
        return False

    def close(self) -> None:
        """Leave the file as one plain file."""
        if not self.is_read_only and _identity(self.path) == self._identity:  # the journal of another file is not ours
            with suppress(sqlite3.Error):  # another reader may be in it; the empty journal that stays says nothing
                self.raw.execute("pragma journal_mode = delete")
        self.raw.close()


def _identity(path: Path) -> tuple[int, int] | None:
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino


class LeadsNowhere(sqlite3.IntegrityError):
    """COMMIT found references without the record that they name.

    Args:
        broken: how many, for each table that refers and the table that is referred to.
    """

    def __init__(self, broken: Counter[tuple[str, str]]) -> None:
        super().__init__("FOREIGN KEY constraint failed")
        self.broken = broken


@contextmanager
def _transaction(raw: sqlite3.Connection) -> Iterator[None]:
    with explained():
        raw.execute("begin immediate")
    try:
        yield
        with explained():
            _commit(raw)
    except BaseException:
        if raw.in_transaction:
            raw.execute("rollback")
        raise


def _commit(raw: sqlite3.Connection) -> None:
    try:
        raw.execute("commit")
    except sqlite3.IntegrityError as error:  # of which SQLite names no table
        broken = raw.execute("pragma foreign_key_check").fetchall()
        raise LeadsNowhere(Counter((table, other) for table, _, other, _ in broken)) from error


def open_file(
    path: Path, *, is_read_only: bool = False, before_migration: Callable[[Path], object] = lambda _: None
) -> Connection:
    """Open an inspection log.

    Args:
        before_migration: called with the path of a file of an older version; what it raises leaves it as it is.

    Raises:
        NotOurs: no such file, or another program's.
        FileTooNew: made by a later version of the program.
        Damaged: its bytes do not make sense.
        CannotWrite: it may not be opened.
    """
    path = path.absolute()
    raw = _connect_with_care(path, is_read_only)
    try:
        (version,) = raw.execute("pragma user_version").fetchone()  # a cut-off migration is rolled back by now
        dropped = check_listing(raw, version)
        if is_read_only:
            return Connection(path, raw, is_read_only=True)
        if version < schema.VERSION:
            before_migration(path)
            _migrate(raw, path)
            dropped = check_listing(raw, schema.VERSION)
        _drop_indexes(raw, dropped)
        raw.execute("pragma journal_mode = truncate")
        return Connection(path, raw, is_read_only=False, dropped_indexes=dropped)
    except DAMAGE as error:
        raw.close()
        raise _opening_error(path, error) from error
    except StoreError:
        raw.close()
        raise


def _connect_with_care(path: Path, is_read_only: bool) -> sqlite3.Connection:
    try:
        if is_read_only:
            return _connect_beside(path)
        check_header(path)
        _copy_as_found(path)
        return connect_raw(path, is_read_only=False)
    except DAMAGE as error:  # of a file that is cut short the settings are refused
        raise _opening_error(path, error) from error


def _connect_beside(path: Path) -> sqlite3.Connection:
    """Connect to a file that may be open in this process for writing: its locks must stay (`check_about`)."""
    check_is_there(path)
    raw = connect_raw(path, is_read_only=True)
    try:
        check_about(raw, path.name)
    except BaseException:
        raw.close()
        raise
    return raw


def _copy_as_found(path: Path) -> None:
    try:
        copy_as_found(path)
    except OSError as error:
        raise explanation(error, path.name, written=f"A copy of {path.name}") from error


def _opening_error(path: Path, error: Exception) -> StoreError:
    code = getattr(error, "sqlite_errorname", "")
    if code.startswith(("SQLITE_BUSY", "SQLITE_LOCKED")):
        return Busy(f"{path.name} is in use by another program. Try again in a moment.")
    if code == "SQLITE_NOTADB":
        return not_ours(path)
    return explanation(error, path.name)


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
    with removed_on_failure(path), explained():
        raw = connect_raw(path, is_read_only=False)
        try:
            _migrate(raw, path)
            raw.execute("pragma journal_mode = truncate")
            return Connection(path, raw, is_read_only=False)
        except BaseException:
            raw.close()
            raise


def connect_raw(path: Path, *, is_read_only: bool) -> sqlite3.Connection:
    """Connect with our settings, without a look at what the file holds."""
    mode = "ro" if is_read_only else "rw"
    with explained():
        raw = sqlite3.connect(
            f"{path.as_uri()}?mode={mode}", uri=True, isolation_level=None, timeout=BUSY_TIMEOUT_MS / 1000
        )
        try:
            for setting in _SETTINGS:
                raw.execute(setting)
        except BaseException:
            raw.close()
            raise
    return raw


def _migrate(raw: sqlite3.Connection, path: Path) -> None:
    raw.execute("pragma foreign_keys = off")
    with _transaction(raw):
        schema.apply_steps(raw)
        if raw.execute("pragma foreign_key_check").fetchone():
            raise Damaged(f"{path.name} holds references to records that are gone; it was left as it is.")
        check_listing(raw, schema.VERSION)  # before the commit: a list of steps that lies changes nothing
    raw.execute("pragma foreign_keys = on")


def _drop_indexes(raw: sqlite3.Connection, names: tuple[str, ...]) -> None:
    # An index from elsewhere carries no words of its own and can only slow us down.
    if names:
        with _transaction(raw):
            for name in names:
                raw.execute(f'drop index "{name.replace(chr(34), chr(34) * 2)}"')

"""Opens a file from elsewhere safely: a private copy of it, checked, for reading only, and never for long.

What the file itself says is trusted in nothing: it is never attached to our own, its tables must be ours to
the letter, and the rules of the schema are checked anew for every row.
"""

import shutil
import sqlite3
import tempfile
import time
import weakref
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from db import schema
from db.connection import Connection, connect_raw
from db.errors import BadDate, CannotWrite, Damaged, NotOurs, StoreError
from db.explaining import DAMAGE, explanation
from db.file_checks import check_header, check_listing
from db.snapshot import Cancelled, IsCancelled, untold
from db.store import Store

STOP_AFTER_S = 30.0
LONGEST_VALUE = 64 * 1024 * 1024  # bytes; a document is kept up to 50 MB
_AT_ONCE = 1024 * 1024
_STEPS_BETWEEN_QUESTIONS = 20_000  # of SQLite's machine, some milliseconds

OnProgress = Callable[[float, str], None]


class Foreign:
    """A checked private copy of a file from elsewhere; it goes with `close`, or with this object.

    Attributes:
        path: the file that was copied; nothing is ever written to it.

    Raises:
        NotOurs, FileTooNew, Damaged: it is no sound inspection log, or takes longer than 30 s to read.
        CannotWrite: it cannot be read now, or there is no room for the copy.
        Cancelled: `is_cancelled` said so.
    """

    def __init__(
        self, path: Path, *, on_progress: OnProgress = untold, is_cancelled: IsCancelled = lambda: False
    ) -> None:
        self.path = path.absolute()
        self._is_cancelled = is_cancelled
        self._stop_at = 0.0
        try:
            folder = tempfile.mkdtemp(prefix="inspection-log-")
        except OSError as error:
            raise explanation(error, self.path.name, written=f"A copy of {self.path.name}") from error
        self._scratch = Path(folder) / "copy.sqlite"
        self._remove = weakref.finalize(self, shutil.rmtree, folder, ignore_errors=True)
        try:
            with self.explained():
                on_progress(0.0, f"Reading {self.path.name}")
                self._copy(on_progress)
                on_progress(0.5, f"Checking {self.path.name}")
                self._prepare()
                self._check()
        except BaseException:
            self.close()
            raise

    def close(self) -> None:
        """Remove the private copy."""
        self._remove()

    @contextmanager
    def store(self) -> Iterator[Store]:
        """The copy as a store that reads only; what cannot be read there is `Damaged`."""
        with self.explained(), self._connected(is_read_only=True) as raw:
            try:
                yield Store(Connection(self._scratch, raw, is_read_only=True))
            except (CannotWrite, Damaged) as error:  # which name the private copy
                raise (error.__cause__ or error) from error

    def _copy(self, on_progress: OnProgress) -> None:
        if not self.path.is_file():  # a pipe or a device would be read without end
            raise NotOurs(f"There is no file {self.path}. Check its name, or choose another.")
        check_header(self.path)
        self._refuse_journal()
        size = self.path.stat().st_size
        if size > shutil.disk_usage(self._scratch.parent).free:
            raise CannotWrite(
                f"There is no room on the disk for a copy of {self.path.name}. Make room, then try again."
            )
        with self.path.open("rb") as source, self._scratch.open("xb") as out:
            while block := source.read(_AT_ONCE):
                if self._is_cancelled():
                    raise Cancelled
                out.write(block)
                on_progress(0.5 * min(out.tell() / size, 1), f"Reading {self.path.name}")
        self._refuse_journal()
        check_header(self._scratch)

    def _refuse_journal(self) -> None:
        for ending in ("-journal", "-wal"):
            beside = self.path.with_name(self.path.name + ending)
            if beside.exists() and beside.stat().st_size:
                raise CannotWrite(
                    f"{self.path.name} is being saved, or a save of it was cut off. "
                    "Open it in Inspection Log and close it again, then try again."
                )

    def _prepare(self) -> None:
        """Bring the private copy to our version; indexes that are not ours go."""
        with self._connected(is_read_only=True) as raw:
            (version,) = raw.execute("pragma user_version").fetchone()
            strange = check_listing(raw, version)
        if version == schema.VERSION and not strange:
            return
        with self._connected(is_read_only=False) as raw:
            raw.execute("pragma synchronous = off")
            raw.execute("pragma foreign_keys = off")
            raw.execute("begin immediate")
            for name in strange:
                raw.execute(f'drop index "{name.replace(chr(34), chr(34) * 2)}"')
            if version < schema.VERSION:
                schema.apply_steps(raw)
            raw.execute("commit")
            check_listing(raw, schema.VERSION)

    def _check(self) -> None:
        """Look at every value: SQLite checks its type, and each named rule of the schema, its length among them."""
        with self._connected(is_read_only=False) as raw:  # SQLite checks no rule of the schema where it may only read
            is_sound = [row[0] for row in raw.execute("pragma integrity_check(1)")] == ["ok"]
            if not is_sound or raw.execute("pragma foreign_key_check").fetchone():
                raise self._damaged()

    def _damaged(self) -> Damaged:
        return Damaged(
            f"{self.path.name} holds something that cannot be read, so nothing was taken from it. "
            "Ask for another copy of it."
        )

    @contextmanager
    def _connected(self, *, is_read_only: bool) -> Iterator[sqlite3.Connection]:
        with closing(connect_raw(self._scratch, is_read_only=is_read_only)) as raw:
            self._start_clock()
            raw.set_trace_callback(self._start_clock)
            raw.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, LONGEST_VALUE)
            raw.set_progress_handler(self._must_stop, _STEPS_BETWEEN_QUESTIONS)
            yield raw

    def _start_clock(self, _statement: str = "") -> None:
        """Give the next statement its time; how many there are is for us to say, not for the file."""
        self._stop_at = time.monotonic() + STOP_AFTER_S

    def _must_stop(self) -> int:
        return int(self._is_cancelled() or time.monotonic() > self._stop_at)

    @contextmanager
    def explained(self) -> Iterator[None]:
        """Turn whatever bytes from elsewhere can raise into one of our errors."""
        try:
            yield
        except BadDate as error:
            raise self._damaged() from error
        except StoreError:
            raise
        except (*DAMAGE, OSError) as error:
            raise self._explanation(error) from error
        except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
            raise self._damaged() from error

    def _explanation(self, error: Exception) -> StoreError:
        if getattr(error, "sqlite_errorname", "").startswith("SQLITE_INTERRUPT"):
            if self._is_cancelled():
                return Cancelled()
            return Damaged(f"{self.path.name} took longer than {STOP_AFTER_S:.0f} seconds to read, so it was left.")
        if isinstance(error, sqlite3.Error) and not hasattr(error, "sqlite_errorname"):
            return self._damaged()  # a text that is no UTF-8
        return explanation(error, self.path.name, written=f"A copy of {self.path.name}")


@contextmanager
def opened(
    path: Path, *, on_progress: OnProgress = untold, is_cancelled: IsCancelled = lambda: False
) -> Iterator[Store]:
    """A file from elsewhere as a store that reads only; see `Foreign` for what may be wrong with it."""
    foreign = Foreign(path, on_progress=on_progress, is_cancelled=is_cancelled)
    try:
        with foreign.store() as store:
            yield store
    finally:
        foreign.close()

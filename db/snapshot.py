"""Copies the live file in short steps, so that a save never waits for it.

A reader that stays in the file makes a save wait or fail; between two steps nothing holds the file. A save
starts the copy again from its first page, so restarts are counted.
"""

import sqlite3
import time
from collections.abc import Callable
from contextlib import AbstractContextManager, ExitStack, closing
from pathlib import Path

from db.connection import connect_raw
from db.errors import Busy, CannotWrite, StoreError
from db.explaining import DAMAGE, explanation
from db.file_checks import check_about, check_is_there, not_ours

PAGES_PER_STEP = 200
PAUSE_S = 0.001
RESTARTS_BEFORE_HOLD = 2
MOST_RESTARTS = 50
MOST_WAIT_S = 30.0
_PAUSE_WHEN_LOCKED_S = 0.01

OnProgress = Callable[[float], None]
IsCancelled = Callable[[], bool]
HoldSaves = Callable[[], AbstractContextManager[None]]


class Cancelled(StoreError):
    """A person stopped it; nothing was written."""

    def __init__(self) -> None:
        super().__init__("Cancelled. Nothing was written.")


def untold(*_told: object) -> None:
    """Progress that nobody wants to hear of."""


def snapshot(
    path: Path,
    out_path: Path,
    *,
    pages_per_step: int = PAGES_PER_STEP,
    pause_s: float = PAUSE_S,
    on_progress: OnProgress = untold,
    is_cancelled: IsCancelled = lambda: False,
    hold_saves: HoldSaves | None = None,
) -> int:
    """Copy a file as it stands at one moment; return how often a save started the copy again.

    Args:
        out_path: a new file, no finished copy: the caller checks it and puts it in place.
        pages_per_step: how much is read while the file is held, 4 KiB a page.
        pause_s: how long the file is left alone after each step, in seconds.
        on_progress: told the share that is copied, 0 to 1; it falls back when a save starts the copy again.
        hold_saves: after the second restart its context is entered for the rest of the copy; it returns once
            no save will come. The workspace may keep saves in its queue meanwhile. Without it the copy
            goes on, without pauses, until it gets through.

    Raises:
        Cancelled: `is_cancelled` said so.
        Busy: the file was locked for 30 s, or saved all the time.
        NotOurs, FileTooNew, Damaged, CannotWrite: see `db.connection`.
    """
    path = path.absolute()
    check_is_there(path)
    try:
        with closing(_connected(path, is_cancelled)) as live, closing(_made(out_path)) as out, ExitStack() as held:
            check_about(live, path.name)
            steps = _Steps(pages_per_step, pause_s, on_progress, is_cancelled, hold_saves, held)
            live.backup(out, pages=pages_per_step, progress=steps.after, sleep=_PAUSE_WHEN_LOCKED_S)
            return steps.restarts
    except DAMAGE as error:
        raise _explained(path, error) from error


def _made(path: Path) -> sqlite3.Connection:
    out = sqlite3.connect(path, isolation_level=None)
    out.execute("pragma synchronous = off")  # a scratch file: nothing rests on it before it is checked
    return out


def _connected(path: Path, is_cancelled: IsCancelled) -> sqlite3.Connection:
    """Open the file for reading as soon as no writer has it for itself."""
    start = time.monotonic()
    while True:
        try:
            return connect_raw(path, is_read_only=True)
        except Busy:
            _wait_for_writer(start, is_cancelled)
            time.sleep(_PAUSE_WHEN_LOCKED_S)


def _wait_for_writer(since: float, is_cancelled: IsCancelled) -> None:
    if is_cancelled():
        raise Cancelled
    if time.monotonic() - since > MOST_WAIT_S:
        raise Busy("Another program has locked this file. Try again in a moment.")


class _Steps:
    """What happens between two steps: counting, waiting, telling."""

    def __init__(
        self,
        pages_per_step: int,
        pause_s: float,
        on_progress: OnProgress,
        is_cancelled: IsCancelled,
        hold_saves: HoldSaves | None,
        held: ExitStack,
    ) -> None:
        self.restarts = 0
        self._pages, self._pause_s, self._held = pages_per_step, pause_s, held
        self._on_progress, self._is_cancelled, self._hold_saves = on_progress, is_cancelled, hold_saves
        self._copied = 0
        self._last_step_at = time.monotonic()

    def after(self, status: int, remaining: int, total: int) -> None:
        """Called by SQLite after each step; an exception from here ends the copy."""
        if self._is_cancelled():
            raise Cancelled
        if status not in (sqlite3.SQLITE_OK, sqlite3.SQLITE_DONE):
            _wait_for_writer(self._last_step_at, self._is_cancelled)
            return
        self._last_step_at = time.monotonic()
        copied = total - remaining
        if copied <= self._copied and status == sqlite3.SQLITE_OK:
            self._restarted()
        self._copied = copied
        self._on_progress(copied / max(total, 1))
        if remaining:
            time.sleep(self._pause_s)

    def _restarted(self) -> None:
        self.restarts += 1
        if self.restarts >= MOST_RESTARTS:
            raise Busy("This file is being saved all the time, so no copy could be made. Try again later.")
        if self.restarts == RESTARTS_BEFORE_HOLD:
            if self._hold_saves:
                self._held.enter_context(self._hold_saves())
            else:
                self._pause_s = 0.0


def _explained(path: Path, error: Exception) -> StoreError:
    name = getattr(error, "sqlite_errorname", "")
    if name == "SQLITE_NOTADB":
        return not_ours(path)
    if name.startswith("SQLITE_FULL"):
        return CannotWrite("The disk for temporary files is full, so no copy was made. Make room, then try again.")
    if name.startswith("SQLITE_READONLY"):
        return CannotWrite(f"A save of {path.name} was cut off. Open it in Inspection Log first, which mends that.")
    return explanation(error, path.name, written=f"A copy of {path.name}")

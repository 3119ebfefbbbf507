"""What happens by itself around an open file: a look at its pages, a backup where one is due, word that it is ours."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal

from db import backup
from db.backup import Backup
from db.check import quick_check
from db.errors import Busy, Damaged, StoreError
from db.owner_file import SEEN_EVERY_S, Claim
from db.snapshot import Cancelled
from desktop_app import jobs
from desktop_app.workspace import Workspace

BEGIN_AFTER_MS = 500  # the first paint comes first


class Safekeeping(QObject):
    """Signals:
    looked_through: Emitted when the file was found sound after opening.
    backed_up: Emitted with a Backup that was made, or with the newest one where none was due.
    damaged: Emitted with a sentence when the file that is open is not sound.
    troubled: Emitted with a sentence when no backup could be made.
    taken_over: Emitted when another program took the file over; the workspace reads only from then on.
    """

    looked_through = Signal()
    backed_up = Signal(object)
    damaged = Signal(str)
    troubled = Signal(str)
    taken_over = Signal()

    def __init__(self, workspace: Workspace, claim: Claim | None) -> None:
        super().__init__(workspace)
        self._workspace, self._claim = workspace, claim
        self._path: Path = workspace.store.path
        self._jobs: list[jobs.Job] = []
        self._clock = QTimer(self, interval=round(SEEN_EVERY_S * 1000))
        self._clock.timeout.connect(self._say_that_it_is_ours)
        if claim is not None:
            self._clock.start()
        QTimer.singleShot(BEGIN_AFTER_MS, self, self._look_through)

    @property
    def is_ours(self) -> bool:
        """Whether no other program took the file over."""
        return self._claim is None or self._claim.is_mine()

    def _say_that_it_is_ours(self) -> None:
        if self._claim is not None and not self._claim.refresh():
            self._lose()

    def _lose(self) -> None:
        self._clock.stop()
        self._claim = None
        self._workspace.become_read_only()
        self.taken_over.emit()

    def check_claim(self) -> None:
        """Notice before a save that the file was taken over."""
        if not self.is_ours:
            self._lose()

    def _run(self, work: Callable[[jobs.Job], object], then: Callable, otherwise: Callable) -> None:
        job = jobs.Job(self)
        self._jobs.append(job)
        job.done.connect(then)
        job.failed.connect(otherwise)
        job.start(lambda: work(job))

    def _look_through(self) -> None:
        """The one long reading of the live file: saves wait for it in their queue."""

        def look(job: jobs.Job) -> None:
            with self._workspace.queue.hold():
                quick_check(self._path, is_cancelled=job.is_cancelled)

        self._run(look, self._on_looked_through, self._on_look_failed)

    def _on_looked_through(self, _: object) -> None:
        self.looked_through.emit()
        self.back_up_where_due()

    def _on_look_failed(self, error: Exception) -> None:
        if isinstance(error, Damaged):
            self.damaged.emit(str(error))
        elif not isinstance(error, StoreError):
            raise error

    def back_up_where_due(self) -> None:
        """Make a backup where the last one is too old."""

        def make(job: jobs.Job) -> Backup | None:
            if backup.is_due(self._path, now=datetime.now(UTC)):
                return self._make("opening", job)
            return next(iter(backup.of(self._path)), None)

        if not self._workspace.is_read_only:
            self._run(make, self._on_backed_up, self._on_not_backed_up)

    def _make(self, reason: str, job: jobs.Job) -> Backup:
        return backup.make(
            self._path,
            reason,
            on_progress=job.tell,
            is_cancelled=job.is_cancelled,
            hold_saves=self._workspace.queue.hold,
        )

    def back_up(self, reason: str, job: jobs.Job) -> Backup:
        """Make a backup now; called on a pool thread."""
        return self._make(reason, job)

    def _on_backed_up(self, made: Backup | None) -> None:
        if made is not None:
            self.backed_up.emit(made)

    def _on_not_backed_up(self, error: Exception) -> None:
        if not isinstance(error, StoreError):
            raise error
        if not isinstance(error, Cancelled | Busy):
            self.troubled.emit(str(error))

    def close(self) -> None:
        """Stop what is going on, and give the file free."""
        self._clock.stop()
        for job in self._jobs:
            job.cancel()
        if self._claim is not None:
            self._claim.release()
            self._claim = None

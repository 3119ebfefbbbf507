"""Work away from the window: a function on a pool thread, its result as a signal on the window's thread.

A pool thread never touches an object of a job: it leaves what it has to say with the mailbox, which lives
on the window's thread as long as the program and hands it on. A job whose parent is gone is not told.
"""

import threading
import time
from collections.abc import Callable
from functools import cache
from itertools import count
from typing import Any

import shiboken6
from PySide6.QtCore import QCoreApplication, QObject, QRunnable, Qt, QThreadPool, Signal

TOLD_EVERY_S = 0.05
_numbers = count(1)
_running: dict[int, "_Task"] = {}


class _Task:
    """What the two threads share of one job."""

    def __init__(self, job: "Job", work: Callable[[], Any]) -> None:
        self.job, self.work = job, work
        self.value: Any = None
        self.error: Exception | None = None

    def do(self) -> None:
        try:
            self.value = self.work()
        except Exception as error:  # whatever it is, the window's thread explains it
            self.error = error


class _Runnable(QRunnable):
    def __init__(self, number: int) -> None:
        super().__init__()
        self._number = number

    def run(self) -> None:
        # Nothing of the task is kept here, so that its last reference goes on the window's thread.
        _running[self._number].do()
        _mailbox().ended.emit(self._number)


class _Mailbox(QObject):
    """Signals:
    ended: Emitted on a pool thread with the number of a task.
    told: Emitted on a pool thread with the number of a task, the share that is done, and what is being done.
    """

    ended = Signal(int)
    told = Signal(int, float, str)

    def __init__(self) -> None:
        super().__init__()
        self.ended.connect(self._on_ended, Qt.ConnectionType.QueuedConnection)
        self.told.connect(self._on_told, Qt.ConnectionType.QueuedConnection)
        if app := QCoreApplication.instance():
            app.aboutToQuit.connect(stop_all)

    def _on_ended(self, number: int) -> None:
        task = _running.pop(number)
        if not shiboken6.isValid(task.job):
            return
        task.job.is_running = False
        if task.error is None:
            task.job.done.emit(task.value)
        else:
            task.job.failed.emit(task.error)

    def _on_told(self, number: int, share: float, doing: str) -> None:
        task = _running.get(number)
        if task and shiboken6.isValid(task.job):
            task.job.progressed.emit(share, doing)


@cache
def _mailbox() -> _Mailbox:
    return _Mailbox()


class Job(QObject):
    """One piece of work on a pool thread; every signal comes on the window's thread.

    Signals:
        progressed: Emitted with the share that is done, 0 to 1, and what is being done.
        done: Emitted once with what the work returned.
        failed: Emitted once with the exception that ended the work.
    """

    progressed = Signal(float, str)
    done = Signal(object)
    failed = Signal(object)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.is_running = False
        self._number = next(_numbers)
        self._stop = stop = threading.Event()
        self._told_at, self._told = 0.0, ""
        self.destroyed.connect(lambda: stop.set())

    def start(self, work: Callable[[], Any]) -> None:
        """Have the work done; it may call `tell` and `is_cancelled`, and must not touch widgets."""
        _mailbox()  # made here, on the window's thread
        self.is_running = True
        _running[self._number] = _Task(self, work)
        QThreadPool.globalInstance().start(_Runnable(self._number))

    def cancel(self) -> None:
        """Ask the work to stop; `failed` or `done` still follows."""
        self._stop.set()

    def is_cancelled(self) -> bool:
        """Whether the work shall stop; asked by the work."""
        return self._stop.is_set()

    def tell(self, share: float, doing: str = "") -> None:
        """Say how far the work is; called by the work as often as it likes, handed on some 20 times a second."""
        now = time.monotonic()
        if now - self._told_at >= TOLD_EVERY_S or doing != self._told:
            self._told_at, self._told = now, doing
            _mailbox().told.emit(self._number, share, doing)


def run(
    work: Callable[[], Any],
    *,
    parent: QObject,
    on_done: Callable[[Any], object],
    on_error: Callable[[Exception], object],
) -> Job:
    """Have a function done on a pool thread and its result handed to `on_done`, as long as the parent lives."""
    job = Job(parent)
    job.done.connect(on_done)
    job.failed.connect(on_error)
    job.start(work)
    return job


def stop_all() -> None:
    """Cancel every job and wait until the pool is empty; for the end of the program."""
    for task in list(_running.values()):
        task.job._stop.set()
    QThreadPool.globalInstance().waitForDone()

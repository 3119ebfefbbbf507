"""Saves that must wait: for another program, for room on the disk, for a check of the file.

They are written in their order, from the event loop; nothing ever waits on them.
"""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from PySide6.QtCore import QObject, QTimer, Signal

from db.edit import Edit
from db.errors import Busy, CannotWrite, FileMoved, StoreError

AGAIN_AFTER_MS = 100
LATER_AFTER_MS = 3_000  # a full disk or a missing file is no matter of a moment
WORLD = (Busy, CannotWrite, FileMoved)


@dataclass(slots=True, eq=False)
class Step:
    """One deed, or the taking back of one, and what is written of it so far."""

    label: str
    edit: Edit


class SaveQueue(QObject):
    """Steps that are to be written, oldest first.

    Signals:
        changed: Emitted when another number of steps waits, or for another reason.
        written: Emitted with the steps that were just written.
        refused: Emitted with a step that cannot be written any more, and the StoreError that says why.
    """

    changed = Signal()
    written = Signal(list)
    refused = Signal(object, object)

    def __init__(self, write: Callable[[str, Edit], Edit], parent: QObject) -> None:
        super().__init__(parent)
        self.steps: list[tuple[str, Step]] = []
        self.trouble: StoreError | None = None
        self._write = write
        self._holds = 0
        self._counting = threading.Lock()
        self._writing = threading.Lock()
        self._clock = QTimer(self, singleShot=True)
        self._clock.timeout.connect(self.drain)

    @property
    def edits(self) -> tuple[Edit, ...]:
        return tuple(step.edit for _, step in self.steps)

    @property
    def waiting(self) -> list[tuple[str, Edit]]:
        """Labels and edits of what waits, in its order."""
        return [(label, step.edit) for label, step in self.steps]

    def perform(self, label: str, step: Step) -> bool:
        """Write a step now, or have it wait; True where it is written.

        Raises:
            StoreError: a rule refuses it; trouble with the world is no error here but makes it wait.
        """
        if self.steps or self._holds:
            self._add(label, step)
            return False
        try:
            self._do(label, step)
        except WORLD as error:
            self.trouble = error
            self._add(label, step)
            return False
        return True

    def _do(self, label: str, step: Step) -> None:
        with self._writing:
            step.edit = self._write(label, step.edit)

    def _add(self, label: str, step: Step) -> None:
        self.steps.append((label, step))
        self._wait()
        self.changed.emit()

    def _wait(self) -> None:
        is_brief = self.trouble is None or isinstance(self.trouble, Busy)
        self._clock.start(AGAIN_AFTER_MS if is_brief else LATER_AFTER_MS)

    def withdraw(self, step: Step) -> bool:
        """Take back the newest step where it is this one and still waits."""
        if not self.steps or self.steps[-1][1] is not step:
            return False
        self.steps.pop()
        if not self.steps:
            self.trouble = None
        self.changed.emit()
        return True

    def give_up(self) -> None:
        """Let go of all that waits; it is kept elsewhere."""
        self.steps.clear()
        self.trouble = None
        self._clock.stop()
        self.changed.emit()

    def stop(self) -> None:
        """Try no more by itself."""
        self._clock.stop()

    def drain(self) -> None:
        """Write what waits, as far as it can be written now."""
        if self._holds:
            self._wait()
            return
        written = self._write_all()
        if self.steps:
            self._wait()
        if written:
            self.written.emit(written)
        self.changed.emit()

    def _write_all(self) -> list[Step]:
        written: list[Step] = []
        while self.steps:
            label, step = self.steps[0]
            try:
                self._do(label, step)
            except WORLD as error:
                self.trouble = error
                return written
            except StoreError as error:
                self.steps.pop(0)
                self.refused.emit(step, error)
                continue
            self.steps.pop(0)
            written.append(step)
        self.trouble = None
        return written

    @contextmanager
    def hold(self) -> Iterator[None]:
        """Keep saves waiting; entered on any thread, it returns once none is being written."""
        with self._counting:
            self._holds += 1
        try:
            with self._writing:
                pass
            yield
        finally:
            with self._counting:
                self._holds -= 1

"""The one door: every writing from a window goes through here, and every page hears of it once."""

from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from typing import TYPE_CHECKING

from PySide6.QtCore import QDateTime, QObject, Signal

from db.edit import Edit
from db.errors import CannotWrite, Stale, StoreError
from db.history import Removed
from db.lists import Lists
from db.records import Record, RecordType
from db.store import Store, tidied
from desktop_app.jobs import Job
from desktop_app.save_queue import SaveQueue, Step

if TYPE_CHECKING:
    from db.merge import Merge

_LIST_TYPES = frozenset(RecordType) - {
    RecordType.INSPECTION,
    RecordType.JUDGEMENT,
    RecordType.QUOTE,
    RecordType.AREA_FOR_IMPROVEMENT,
    RecordType.DOCUMENT,
    RecordType.ACTION,
    RecordType.PROGRESS_NOTE,
    RecordType.EVIDENCE,
    RecordType.COMMITTEE_REPORT,
    RecordType.VERDICT,
    RecordType.STATUTORY_DATE,
}


class Workspace(QObject):
    """An open file with what was done in it since it was opened.

    Attributes:
        is_read_only: nothing can be written to the file.
        guard: called before each save; it may find that the file is no longer ours to write to.

    A save that the world holds up (`desktop_app.save_queue`) counts as done for whoever reads `store`.

    Signals:
        changed: Emitted once after every write, undo and redo, with a frozenset of db.records.RecordType.
        saved: Emitted after every write, with the moment.
        stack_changed: Emitted when what can be undone or redone is another deed.
        waiting_changed: Emitted when other saves wait, or for another reason (`queue.trouble`).
        lost: Emitted with the label and edit of a save that waited and cannot be written, and why (a StoreError).
    """

    changed = Signal(frozenset)
    saved = Signal(QDateTime)
    stack_changed = Signal()
    waiting_changed = Signal()
    lost = Signal(str, object, object)

    def __init__(self, store: Store, parent: QObject | None = None, *, lists: Lists | None = None) -> None:
        super().__init__(parent)
        self.store = store
        self.lists = lists or Lists.read(store)
        self.queue = SaveQueue(self._write, self)
        self.queue.changed.connect(self._on_queue_changed)
        self.queue.written.connect(self._on_written)
        self.queue.refused.connect(self._on_refused)
        self._done: list[Step] = []
        self._undone: list[Step] = []
        self._is_closed = False
        self.is_read_only = store.connection.is_read_only
        self.guard: Callable[[], None] = lambda: None

    def become_read_only(self) -> None:
        """Write nothing more: another program took the file over. What waits to be saved still waits."""
        self.is_read_only = True
        self.queue.stop()

    def do(self, label: str, edit: Edit) -> Edit:
        """Write an edit as a deed that can be undone; where it must wait it is written later, in its turn.

        Raises:
            StoreError: a rule refuses it, or the file is open for reading only; the text is fit to show.
        """
        step = Step(label, tidied(edit))
        if step.edit.is_empty:  # an edit that changes nothing is no deed
            return step.edit
        is_written = self._perform(label, step)
        if step.edit.before or step.edit.after:  # a merge may only take note of versions
            self._done.append(step)
            self._undone.clear()
        self._tell(step.edit, is_written)
        return step.edit

    def undo(self) -> str:
        """Take back the last deed; return its label, empty where there is none."""
        return self._walk(self._done, self._undone, "Undo")

    def redo(self) -> str:
        """Do again what was undone last; return its label, empty where there is nothing."""
        return self._walk(self._undone, self._done, "Redo")

    def _walk(self, taken: list[Step], given: list[Step], word: str) -> str:
        if not taken:
            return ""
        last = taken[-1]
        back = Step(last.label, last.edit.undone())
        is_written = False
        if not self.queue.withdraw(last):
            is_written = self._perform(f"{word}: {last.label}", back)
        taken.pop()
        given.append(back)
        self._tell(back.edit, is_written)
        return last.label

    @property
    def undo_label(self) -> str:
        return self._done[-1].label if self._done else ""

    @property
    def redo_label(self) -> str:
        return self._undone[-1].label if self._undone else ""

    def _perform(self, label: str, step: Step) -> bool:
        self.guard()
        if self.is_read_only:
            raise CannotWrite("This file is open for reading only, so nothing can be changed in it.")
        return self.queue.perform(label, step)

    def _write(self, label: str, edit: Edit) -> Edit:
        try:
            return self.store.apply(edit, label)
        except Stale:
            self._forget()
            raise

    def _forget(self) -> None:
        """Someone else wrote: what is shown and what could be undone no longer fits the file."""
        self._done.clear()
        self._undone.clear()
        self.read_again()

    def read_again(self) -> None:
        """Have every page read the file as it is now."""
        self.lists = Lists.read(self.store)
        self.stack_changed.emit()
        self.changed.emit(frozenset(RecordType))

    def _tell(self, edit: Edit, is_written: bool) -> None:
        types = _types(edit.before) | _types(edit.after)
        if types & _LIST_TYPES:
            self.lists = Lists.read(self.store)
        if is_written:
            self.saved.emit(QDateTime.currentDateTime())
        self.stack_changed.emit()
        self.changed.emit(types)

    def _on_queue_changed(self) -> None:
        self.store.waiting = self.queue.edits
        self.waiting_changed.emit()

    def _on_written(self, steps: list[Step]) -> None:
        # Timelines and searches read the file itself, without what waits.
        self.store.waiting = self.queue.edits
        types = frozenset().union(*(_types(step.edit.before) | _types(step.edit.after) for step in steps))
        self.saved.emit(QDateTime.currentDateTime())
        self.changed.emit(types)

    def _on_refused(self, step: Step, error: StoreError) -> None:
        self.store.waiting = self.queue.edits
        for stack in (self._done, self._undone):
            if step in stack:
                stack.remove(step)
        self.read_again()
        self.lost.emit(step.label, step.edit, error)

    def retry(self) -> None:
        """Try at once to write what waits."""
        if not self.is_read_only:
            self.queue.drain()

    def merge(self, merge: "Merge", decisions: Mapping[str, str]) -> Edit:
        """Take a colleague's copy in, as one deed that can be undone.

        Args:
            decisions: which version stands of each record that was changed on both sides (`Merge.edit`).

        Raises:
            StoreError: nothing was merged.
        """
        edit = merge.edit(dict(decisions))
        for content in merge.files(edit):
            self.store.keep_file(content)
        return self.do(merge.label, edit)

    def written_elsewhere(self, label: str, edit: Edit) -> None:
        """Take note of a deed that a job wrote on a connection of its own, so that it can be undone like the others."""
        self._done.append(Step(label, edit))
        self._undone.clear()
        self._tell(edit, is_written=True)

    def purge(self, removed: Sequence[Removed]) -> Job:
        """Have entries of Recently deleted deleted for good, away from the window; it cannot be undone.

        The job says how far it is, and is done with a `db.purge.Purged`. Saves wait meanwhile, and nothing that was
        done before it can be undone after it.

        Raises:
            CannotWrite: the file is open for reading only, or saves wait that must come first.
        """
        from db.purge import purge_file

        self.guard()
        if self.is_read_only:
            raise CannotWrite("This file is open for reading only, so nothing can be deleted from it.")
        if self.queue.steps:
            raise CannotWrite("Changes wait to be saved, so nothing was deleted. Try again when they are saved.")
        path, queue, job = self.store.path, self.queue, Job(self)

        def work() -> object:
            with queue.hold():
                return purge_file(path, removed, on_progress=job.tell, is_cancelled=job.is_cancelled)

        job.done.connect(lambda _: self._forget())
        job.start(work)
        return job

    def bring_lists_up_to_date(self) -> None:
        """Take over what a newer program knows of frameworks; it is no deed of the person's and is not undone.

        Where the file is busy or gone nothing happens: the next opening tries again.
        """
        from db import seed

        if self._is_closed or self.is_read_only or self.queue.steps:
            return
        with suppress(StoreError):
            if edit := seed.bring_up_to_date(self.store):
                self._tell(edit, is_written=True)

    def close(self) -> None:
        """Let go of the file."""
        self._is_closed = True
        self.queue.give_up()
        self.store.close()


def _types(records: tuple[Record, ...]) -> frozenset[RecordType]:
    return frozenset(record.record_type for record in records)

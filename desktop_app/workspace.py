"""The one door: every writing from a window goes through here, and every page hears of it once."""

from contextlib import suppress

from PySide6.QtCore import QDateTime, QObject, Signal

from db.edit import Edit
from db.errors import Stale, StoreError
from db.lists import Lists
from db.records import Record, RecordType
from db.store import Store

_LIST_TYPES = frozenset(RecordType) - {
    RecordType.INSPECTION,
    RecordType.JUDGEMENT,
    RecordType.QUOTE,
    RecordType.AREA_FOR_IMPROVEMENT,
    RecordType.DOCUMENT,
}


class Workspace(QObject):
    """An open file with what was done in it since it was opened.

    Signals:
        changed: Emitted once after every write, undo and redo, with a frozenset of db.records.RecordType.
        saved: Emitted after every write, with the moment.
        stack_changed: Emitted when what can be undone or redone is another deed.
    """

    changed = Signal(frozenset)
    saved = Signal(QDateTime)
    stack_changed = Signal()

    def __init__(self, store: Store, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.store = store
        self.lists = Lists.read(store)
        self._done: list[tuple[str, Edit]] = []
        self._undone: list[tuple[str, Edit]] = []
        self._is_closed = False

    def do(self, label: str, edit: Edit) -> Edit:
        """Write an edit as a deed that can be undone.

        Raises:
            StoreError: the file is as it was; the text is fit to show.
        """
        done = self._write(label, edit)
        if done.deed_id:  # an edit that changes nothing is no deed
            self._done.append((label, done))
            self._undone.clear()
            self._tell(done)
        return done

    def undo(self) -> str:
        """Take back the last deed; return its label, empty where there is none."""
        if not self._done:
            return ""
        label, edit = self._done[-1]
        undone = self._write(f"Undo: {label}", edit.undone())
        self._done.pop()
        self._undone.append((label, undone))
        self._tell(undone)
        return label

    def redo(self) -> str:
        """Do again what was undone last; return its label, empty where there is nothing."""
        if not self._undone:
            return ""
        label, edit = self._undone[-1]
        again = self._write(f"Redo: {label}", edit.undone())
        self._undone.pop()
        self._done.append((label, again))
        self._tell(again)
        return label

    @property
    def undo_label(self) -> str:
        return self._done[-1][0] if self._done else ""

    @property
    def redo_label(self) -> str:
        return self._undone[-1][0] if self._undone else ""

    def _write(self, label: str, edit: Edit) -> Edit:
        try:
            return self.store.apply(edit, label)
        except Stale:
            # Someone else wrote: what is shown and what could be undone no longer fits the file.
            self._done.clear()
            self._undone.clear()
            self.lists = Lists.read(self.store)
            self.stack_changed.emit()
            self.changed.emit(frozenset(RecordType))
            raise

    def _tell(self, edit: Edit) -> None:
        types = _types(edit.before) | _types(edit.after)
        if types & _LIST_TYPES:
            self.lists = Lists.read(self.store)
        self.saved.emit(QDateTime.currentDateTime())
        self.stack_changed.emit()
        self.changed.emit(types)

    def bring_lists_up_to_date(self) -> None:
        """Take over what a newer program knows of frameworks; it is no deed of the person's and is not undone.

        Where the file is busy or gone nothing happens: the next opening tries again.
        """
        from db import seed

        if self._is_closed:
            return
        with suppress(StoreError):
            if edit := seed.bring_up_to_date(self.store):
                self._tell(edit)

    def close(self) -> None:
        """Let go of the file."""
        self._is_closed = True
        self.store.close()


def _types(records: tuple[Record, ...]) -> frozenset[RecordType]:
    return frozenset(record.record_type for record in records)

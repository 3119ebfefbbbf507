"""What the window says and offers when saves wait: try again, save everything elsewhere, or look at what was lost."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from db.edit import Edit
from db.errors import Busy, FileMoved, StoreError
from db.records import Record
from db.rescue import save_elsewhere
from db.rows import to_values
from desktop_app import ask
from desktop_app.status_line import StatusLine
from desktop_app.views.text_dialog import TextDialog
from desktop_app.views.trouble_bar import TroubleBar
from desktop_app.workspace import Workspace

BRIEFLY_BUSY = 20  # tries, some two seconds: a copy or another save is no trouble that a person can do anything about


class Trouble(QObject):
    """Listens to the queue of one workspace.

    Signals:
        saved_elsewhere: Emitted with the Path of a new file that holds everything.
        merge_wanted: Emitted when a person wants to take both versions together.
    """

    saved_elsewhere = Signal(object)
    merge_wanted = Signal()

    def __init__(self, workspace: Workspace, bar: TroubleBar, status: StatusLine, window: QWidget) -> None:
        super().__init__(workspace)
        self._workspace, self._bar, self._status, self._window = workspace, bar, status, window
        self._tries = 0
        self._is_shown = False
        workspace.waiting_changed.connect(self._show)
        workspace.lost.connect(self._on_lost)

    def _show(self) -> None:
        queue = self._workspace.queue
        self._status.show_waiting(len(queue.steps))
        trouble = queue.trouble
        self._tries = self._tries + 1 if isinstance(trouble, Busy) else 0
        if not queue.steps or trouble is None or 0 < self._tries < BRIEFLY_BUSY:
            if self._is_shown:
                self._is_shown = False
                self._bar.clear()
            return
        self._is_shown = True
        self._bar.show_trouble(f"Not saved yet. {trouble}", self._deeds(trouble))

    def _deeds(self, trouble: StoreError) -> dict[str, Callable[[], object]]:
        deeds: dict[str, Callable[[], object]] = {"Try again": self.retry, "Save a copy…": self.save_a_copy}
        if isinstance(trouble, FileMoved) and _is_there(self._workspace.store.path):
            deeds["Merge…"] = self.merge_wanted.emit
        return deeds

    def retry(self) -> None:
        """Try again at once, and say how it went."""
        self._tries = BRIEFLY_BUSY
        self._workspace.retry()
        self._status.tell("Everything is saved." if not self._workspace.queue.steps else "It still cannot be saved.")

    def save_a_copy(self) -> bool:
        """Ask where, and save everything there; False where that failed too."""
        path = ask.new_file(self._window, "Save everything as", _other_name(self._workspace.store.path))
        if path is None:
            return False
        try:
            save_elsewhere(self._workspace.store, self._workspace.queue.waiting, path)
        except StoreError as error:
            ask.tell(self._window, "The copy was not written.", str(error))
            return False
        self.saved_elsewhere.emit(path)
        return True

    def _on_lost(self, label: str, edit: Edit, error: StoreError) -> None:
        sentence = f"“{label}” waited to be saved and was refused: {error}"
        self._status.tell(sentence)
        TextDialog("A change that could not be saved", f"{sentence}\n\n{words_of(edit)}", self._window).open()


def words_of(edit: Edit) -> str:
    """Everything that an edit would have written, to be read and copied."""
    return "\n\n".join(_words(record, edit) for record in edit.after or edit.before)


def _words(record: Record, edit: Edit) -> str:
    before = {old.id: to_values(old) for old in edit.before}.get(record.id, {})
    values = {name: value for name, value in to_values(record).items() if value not in (None, "", [])}
    changed = {name: value for name, value in values.items() if before.get(name) != value and name != "id"}
    lines = [f"{name.replace('_', ' ')}: {value}" for name, value in changed.items() if not name.endswith("_id")]
    return "\n".join([record.record_type.value.replace("_", " ").capitalize(), *lines])


def _other_name(path: Path) -> str:
    return f"{path.stem}-saved{path.suffix}" if _is_there(path) else path.name


def _is_there(path: Path) -> bool:
    try:
        return path.exists()
    except OSError:
        return False

"""Keeps what is being typed on this machine's disk, and offers it once after the machine or the program died."""

from collections.abc import Mapping
from contextlib import suppress
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QObject, QTimer, Signal, SignalInstance
from PySide6.QtWidgets import QWidget

from db.drafts import Drafts, Kept, Typing, Waiting
from db.edit import Edit
from db.errors import StoreError
from db.records import Inspection
from db.store import Store
from desktop_app.places.inspection_forms import FORMS
from desktop_app.workspace import Workspace
from desktop_app.writing import Writing

if TYPE_CHECKING:
    from desktop_app.places.drafts_dialog import DraftsDialog

PAUSE_S = 2.0
AT_MOST_S = 4.5  # the promise is 5, and the writing takes a moment too
_LOOKED_EVERY_MS = 25


class Pane(Protocol):
    """Where typing comes from and goes back to."""

    typed: SignalInstance

    def typing(self) -> Typing: ...
    def put_back(self, typing: Typing) -> Typing: ...


class DraftKeeper(QObject):
    """Writes the unsaved typing of a pane after a pause in it, and at most some seconds after its first key.

    A thread of its own writes, so that neither a slow disk nor a long job holds up the window or the draft.
    Until `offer` or `begin` was called, and answered, nothing is written over what was kept before.

    Signals:
        told: Emitted with a sentence for the person.
        show_wanted: Emitted before typing is put back, with the id of its first inspection and the place of the tab.
    """

    told = Signal(str)
    show_wanted = Signal(str, int)

    def __init__(
        self,
        workspace: Workspace,
        pane: Pane,
        parent: QObject,
        *,
        pause_s: float = PAUSE_S,
        at_most_s: float = AT_MOST_S,
    ) -> None:
        super().__init__(parent)
        self._workspace, self._pane = workspace, pane
        self.drafts = Drafts(workspace.store.path)
        self._waiting: list[tuple[str, Edit]] = []
        self._rest: tuple[Typing, Waiting] = {}, ()  # what had no place any more
        self._on_disk: tuple[Typing, Waiting] | None = None
        self._writing: Writing | None = None
        self._question: DraftsDialog | None = None
        self._is_begun = self._is_stopped = self._is_due = self._is_failing = False
        self._pause = QTimer(self, singleShot=True, interval=round(1000 * pause_s))
        self._most = QTimer(self, singleShot=True, interval=round(1000 * at_most_s))
        self._look = QTimer(self, interval=_LOOKED_EVERY_MS)
        for clock in (self._pause, self._most):
            clock.timeout.connect(self._keep)
        self._look.timeout.connect(self._look_after_writing)
        pane.typed.connect(self._on_typed)
        workspace.changed.connect(self._on_changed)

    def offer(self, window: QWidget) -> "DraftsDialog | None":
        """Ask what shall become of typing that was kept before and not saved, then begin; return the question.

        In a file that is open for reading only nothing is asked and nothing kept.
        """
        if self._is_stopped or self._workspace.is_read_only:
            return None
        kept = self.drafts.read()
        if self.drafts.set_aside:
            self.told.emit(f"Drafts of unsaved typing could not be read. They were left in {self.drafts.set_aside}.")
        if kept is None:
            self.begin()
            return None
        from desktop_app.places import drafts_words
        from desktop_app.places.drafts_dialog import DraftsDialog

        words = drafts_words.sentence(kept, datetime.now().astimezone())
        text = drafts_words.as_text(kept, self._workspace.store, self._workspace.lists)
        question = self._question = DraftsDialog(words, text, window)
        question.put_back_wanted.connect(lambda: self._put_back(kept, window))
        question.throw_away_wanted.connect(self._throw_away)
        question.open()
        return question

    def begin(self) -> None:
        """Keep what is typed from now on, and what stands unsaved in the forms already."""
        self._is_begun, self._question = not self._is_stopped, None
        self._keep()

    def keep_waiting(self, waiting: Waiting) -> None:
        """Keep deeds that wait to be written to the database, in place of those before, beside the typing."""
        self._waiting = list(waiting)
        self._keep()

    def stop(self, *, forget: bool = True) -> None:
        """Keep no more; what is kept goes, unless it was never answered for or shall be offered again."""
        for clock in (self._pause, self._most, self._look):
            clock.stop()
        if self._question is not None:
            self._question.done(0)  # unanswered: it is asked again
            self._question = None
        was_begun, self._is_begun, self._is_stopped = self._is_begun, False, True
        if self._writing is not None:
            self._writing.join()
        if was_begun and forget:
            self.drafts.forget()

    def _on_typed(self) -> None:
        if not self._is_begun:
            return
        self._pause.start()
        if not self._most.isActive():
            self._most.start()

    def _on_changed(self) -> None:
        # What was saved is no draft any more; the forms take the change in first.
        if self._is_begun and (any(self._on_disk or ()) or self._most.isActive()):
            QTimer.singleShot(0, self, self._keep)

    def _keep(self) -> None:
        if not self._is_begun:
            return
        self._pause.stop()
        self._most.stop()
        self._is_due = self._writing is not None
        if self._is_due:
            return  # after that writing
        now = _together(self._rest[0], self._pane.typing()), [*self._rest[1], *self._waiting]
        if now == self._on_disk and not self._is_failing:
            return
        self._on_disk = now
        self._writing = Writing("drafts", partial(self.drafts.keep, *now))
        self._writing.start()
        self._look.start()

    def _look_after_writing(self) -> None:
        if self._writing is None or self._writing.is_alive():
            return
        self._look.stop()
        ended, self._writing = self._writing, None
        if (trouble := ended.trouble) and not self._is_failing:
            self.told.emit(str(trouble))
        self._is_failing = trouble is not None
        if self._is_failing:
            self._on_typed()  # tried again after the next pause
        elif self._is_due:
            self._keep()

    def _put_back(self, kept: Kept, window: QWidget) -> None:
        waiting = [(label, edit) for label, edit in kept.waiting if not self._is_done_again(label, edit)]
        self._show_first(kept.typing)  # before typing stands in a form, for going elsewhere saves it
        left = self._pane.put_back(kept.typing)
        self._rest = left, waiting
        self.begin()
        if left or waiting:
            self._show_rest(Kept(kept.moment, left, tuple(waiting)), window)

    def _show_first(self, typing: Typing) -> None:
        for inspection_id, forms in typing.items():
            if inspection_id and self._workspace.store.get(Inspection, inspection_id):
                self.show_wanted.emit(inspection_id, next((FORMS.index(name) for name in forms if name in FORMS), 0))
                return

    def _is_done_again(self, label: str, edit: Edit) -> bool:
        if _is_in_file(self._workspace.store, edit):
            return True
        with suppress(StoreError):
            self._workspace.do(label, edit)
            return True
        return False

    def _show_rest(self, rest: Kept, window: QWidget) -> None:
        from desktop_app.places import drafts_words
        from desktop_app.views.text_dialog import TextDialog

        text = drafts_words.as_text(rest, self._workspace.store, self._workspace.lists)
        what = "This has no place in the file any more. Copy what you need.\n\n"
        TextDialog("What could not be put back", what + text, window).open()

    def _throw_away(self) -> None:
        self.drafts.forget()
        self.begin()


def _is_in_file(store: Store, edit: Edit) -> bool:
    after = {record.id for record in edit.after}
    gone = [record for record in edit.before if record.id not in after]
    return all(store.get(type(record), record.id) == record for record in edit.after) and not any(
        store.get(type(record), record.id) for record in gone
    )


def _together(first: Typing, second: Typing) -> Typing:
    """Two typings as one; of the same row the second counts."""
    found: dict[str, Mapping[str, Mapping]] = {key: dict(forms) for key, forms in first.items()}
    for key, forms in second.items():
        mine = found.get(key, {})
        found[key] = {**mine, **{name: {**mine.get(name, {}), **rows} for name, rows in forms.items()}}
    return found

"""The window keeps its file safe: who has it, its backups, its check, and what a second start asks for."""

from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer

from db.errors import StoreError
from desktop_app import ask
from desktop_app.file_window import FileWindow
from desktop_app.settings import Settings
from desktop_app.views.moments import in_words

if TYPE_CHECKING:
    from db.backup import Backup
    from db.records import Record
    from desktop_app.draft_keeper import DraftKeeper, Pane
    from desktop_app.opening import Opened
    from desktop_app.places.inspections import InspectionsPlace
    from desktop_app.safekeeping import Safekeeping
    from desktop_app.single_instance import Listener


class SafeWindow(FileWindow):
    """What is done for an open file beside showing it."""

    def __init__(self, settings: Settings) -> None:
        super().__init__(settings)
        self.safekeeping: Safekeeping | None = None
        self.keeper: DraftKeeper | None = None
        self._listener: Listener | None = None
        self.connect_commands(
            {
                "backups": self.show_backups,
                "check": self.check_file,
                "history": self.show_history,
                "merge": self.merge_copy,
                "recently_deleted": self.show_recently_deleted,
            }
        )

    def keep_safe(self, opened: "Opened") -> None:
        from desktop_app.safekeeping import Safekeeping

        assert self.workspace is not None
        safe = self.safekeeping = Safekeeping(self.workspace, opened.claim)
        self.workspace.guard = safe.check_claim
        safe.backed_up.connect(self._on_backed_up)
        safe.damaged.connect(self.show_damage)
        safe.troubled.connect(lambda words: self.status.tell(f"No backup was made. {words}"))
        safe.taken_over.connect(self._on_taken_over)
        safe.looked_through.connect(self._listen)
        assert self.trouble is not None
        self.trouble.merge_wanted.connect(self.merge_with_what_is_there)
        if opened.claim is None:
            self.status.show_read_only(opened.store.path.name)
            self.trouble_bar.show_trouble(f"For reading only. {opened.why_read_only}", {"Open again": self.open_again})

    def _listen(self) -> None:
        if self.workspace is not None and not self.workspace.is_read_only:
            from desktop_app.single_instance import Listener

            if self._listener is None:
                self._listener = Listener(self)
                self._listener.raise_wanted.connect(self.come_to_front)
            self._listener.listen(self.workspace.store.path)

    def let_loose(self, *, keep_drafts: bool) -> None:
        if self._listener is not None:
            self._listener.close()
        if self.keeper is not None:
            self.keeper.stop(forget=not keep_drafts)
            self.keeper = None

    def give_free(self) -> None:
        if self.safekeeping is not None:
            self.safekeeping.close()
            self.safekeeping = None

    def keep_drafts(self, place: "InspectionsPlace") -> None:
        """Keep what is typed in a place, and offer what was kept before the program died."""
        from desktop_app.draft_keeper import DraftKeeper

        assert self.workspace is not None
        workspace = self.workspace
        keeper = self.keeper = DraftKeeper(workspace, self.typings(place), place)
        keeper.told.connect(self.status.tell)
        keeper.show_wanted.connect(self.open_inspection)
        workspace.waiting_changed.connect(lambda: keeper.keep_waiting(workspace.queue.waiting))
        QTimer.singleShot(0, keeper, lambda: keeper.offer(self))

    def typings(self, place: "InspectionsPlace") -> "Pane":
        """Where typing of every place comes from, and goes back to."""
        return place.pane

    def open_inspection(self, inspection_id: str, tab: int = 0) -> None:
        """Show an inspection in its place."""
        raise NotImplementedError

    def open_again(self) -> None:
        """Close the file and open it anew, as when whoever had it has closed it."""
        if self.workspace is not None:
            path = self.workspace.store.path
            if self.close_file():
                self.open_path(path)

    def _on_backed_up(self, made: "Backup") -> None:
        self.status.show_backup(f"Backup {in_words(made.made_at)}")

    def show_damage(self, sentence: str) -> None:
        """Say that the file that is open cannot be read as it should, and offer what helps."""
        deeds = {"Backups…": self.show_backups, "Check this file": self.check_file}
        self.trouble_bar.show_trouble(sentence, deeds)

    def _on_taken_over(self) -> None:
        assert self.workspace is not None and self.trouble is not None
        self.status.show_read_only(self.workspace.store.path.name)
        sentence = "Another program has taken this file over, so nothing more is saved here."
        deeds = {"Save a copy…": self.trouble.save_a_copy, "Open again": self.open_again}
        self.trouble_bar.show_trouble(sentence, deeds)

    def back_up_before(self, reason: str) -> bool:
        """Make a backup before something risky; False where that failed and the person does not go on without."""
        if self.safekeeping is None:
            return False
        try:
            self._back_up(reason)
        except StoreError as error:
            return ask.whether(self, "No backup could be made. Go on without it?", str(error), "Go on without a backup")
        return True

    def _back_up(self, reason: str) -> None:
        from desktop_app.views.progress_dialog import wait_for

        assert self.safekeeping is not None
        safe = self.safekeeping
        self._on_backed_up(wait_for(self, "Making a backup", lambda job: safe.back_up(reason, job)))

    def show_backups(self) -> None:
        """Show the backups of the open file."""
        if self.workspace is not None and self.safekeeping is not None:
            from desktop_app.places.backups_dialog import BackupsDialog

            self.leave_field()
            safe, path = self.safekeeping, self.workspace.store.path
            dialog = BackupsDialog(path, lambda job: safe.back_up("asked", job), is_readable=True, parent=self)
            dialog.restore_wanted.connect(lambda chosen: self.restore(chosen, path))
            dialog.open()

    def show_backups_of(self, path: Path) -> None:
        from desktop_app.places.backups_dialog import BackupsDialog

        dialog = BackupsDialog(path, None, is_readable=False, parent=self)
        dialog.restore_wanted.connect(lambda chosen: self.restore(chosen, path))
        dialog.open()

    def restore(self, chosen: "Backup", path: Path) -> None:
        """Put a backup in the place of a file, which is closed for it and opened again."""
        from db import backup
        from desktop_app.views.progress_dialog import wait_for

        if self.workspace is not None and not self.close_file():
            return
        kept = None
        try:
            kept = wait_for(self, "Putting the backup in place", lambda _: backup.restore(chosen, path))
        except StoreError as error:
            ask.tell(self, "The backup was not put back.", str(error))
        else:
            self.status.tell(f"The backup of {in_words(chosen.made_at)} was put back.")
        if self.open_path(path) and kept is not None:
            self._offer_undoing(chosen, kept, path)

    def _offer_undoing(self, chosen: "Backup", kept: "Backup", path: Path) -> None:
        sentence = f"This is the backup of {in_words(chosen.made_at)}. The file as it was is among the backups."
        deeds = {"Undo this": lambda: self.restore(kept, path), "Close this line": self.trouble_bar.clear}
        self.trouble_bar.show_notice(sentence, deeds)

    def current_record(self) -> "Record | None":
        """The row that has the focus, else the inspection that is shown."""
        raise NotImplementedError

    def show_history(self) -> None:
        """Show what happened to the record that is shown, and who did it."""
        record = self.current_record()
        if self.workspace is None or record is None:
            self.status.tell("Choose an inspection first: its history is shown.")
            return
        from desktop_app.places.history_dialog import HistoryDialog

        self.leave_field()
        dialog = HistoryDialog(self.workspace, record, self)
        dialog.told.connect(self.status.tell)
        dialog.open()

    def show_recently_deleted(self) -> None:
        """Show what was removed, to be put back or deleted for good."""
        if self.workspace is not None and self.safekeeping is not None:
            from desktop_app.places.recently_deleted import RecentlyDeletedDialog

            self.leave_field()
            dialog = RecentlyDeletedDialog(self.workspace, self)
            dialog.told.connect(self.status.tell)
            dialog.finished.connect(self.safekeeping.back_up_where_due)  # deleting for good may have taken them all
            dialog.open()

    def merge_copy(self, path: Path | None = None) -> None:
        """Take a colleague's copy in, after a look at what it would change; ask for the copy where none is given."""
        if self.workspace is None:
            return
        from desktop_app.places.merge_dialog import look_at

        self.leave_field()
        if dialog := look_at(self.workspace, lambda: self._back_up("merge"), self, path):
            dialog.told.connect(self.status.tell)
            dialog.open()

    def merge_with_what_is_there(self) -> None:
        """Keep what this window has of a file that another program replaced, open that file, and offer both together.

        What the window has is kept among our own data, whatever a person decides then.
        """
        from db.rescue import keep_our_version

        assert self.workspace is not None
        path = self.workspace.store.path
        try:
            mine = keep_our_version(self.workspace.store, self.workspace.queue.waiting)
        except StoreError as error:
            ask.tell(self, "What you have could not be kept, so nothing was opened.", str(error))
            return
        self.workspace.queue.give_up()
        self._let_go()
        if self.open_path(path):
            self.merge_copy(mine)

    def check_file(self) -> None:
        """Check everything that the open file holds."""
        if self.workspace is not None:
            from desktop_app.places.check_dialog import check

            self.leave_field()
            with suppress(StoreError):
                check(self.workspace, self)

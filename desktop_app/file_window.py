"""The window with a file: opening, making and closing it, and what is possible with one."""

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QShowEvent
from PySide6.QtWidgets import QApplication

from db.errors import Damaged, StoreError
from desktop_app import ask
from desktop_app.settings import Settings
from desktop_app.window_frame import WindowFrame

if TYPE_CHECKING:  # what a file needs is imported when one is opened: the start is quicker for it
    from desktop_app.opening import Opened
    from desktop_app.places.start import StartPage
    from desktop_app.trouble import Trouble
    from desktop_app.workspace import Workspace

UPDATE_AFTER_MS = 300  # the first paint comes first
_NEED_FILE = (
    "search next_hit previous_hit new_inspection close_file save_now share undo redo recently_deleted lists "
    "place_timeline place_inspections place_improvement action_for_quote next_pane new_like_this add_row tab_1 "
    "tab_2 tab_3 tab_4 tab_5 remove_inspection backups check history merge report report_view find_in_report "
    "capture_quote capture_area quotes_that_differ paper new_from_report theme_matrix"
).split()


class FileWindow(WindowFrame):
    """One open file, or the start page.

    Signals:
        sample_wanted: Emitted with the Path at which the sample shall be made and opened.
    """

    sample_wanted = Signal(object)

    def __init__(self, settings: Settings) -> None:
        super().__init__(settings)
        self.workspace: Workspace | None = None
        self.trouble: Trouble | None = None
        self.connect_commands(
            {
                "new_file": self.new_file,
                "open_file": self.ask_open_file,
                "close_file": self.close_file,
                "open_sample": self.ask_sample,
                "quit": self.close,
            }
        )
        self._is_file_expected = False
        self._show_none()

    def expect_file(self) -> None:
        """Show an empty place for the moment until a file is opened, so that the start page does not flash up."""
        self._is_file_expected = True
        self.stack.setCurrentWidget(self.blank)

    def connect_start(self, start: "StartPage") -> None:
        start.new_wanted.connect(self.new_file)
        start.open_wanted.connect(self.ask_open_file)
        start.sample_wanted.connect(self.ask_sample)
        start.file_wanted.connect(self.open_path)

    def showEvent(self, event: QShowEvent) -> None:
        if self.stack.currentWidget() is self.blank and not self._is_file_expected:
            self.show_start()
        super().showEvent(event)

    def fill(self, workspace: "Workspace") -> None:
        """Show what a file holds."""
        raise NotImplementedError

    def unsaved(self) -> list[str]:
        """Save everything that can be saved, drafts too; return what cannot, in words."""
        raise NotImplementedError

    def empty(self) -> None:
        """Show nothing of the file any more."""
        raise NotImplementedError

    def open_path(self, path: Path) -> bool:
        """Open a file in this window; False, with the reason shown, where it cannot be."""
        if self.workspace and _is_same(path, self.workspace.store.path):
            self.come_to_front()
            return True
        from desktop_app.opening import NotOpened, offer_backup, open_file

        damage: Damaged | None = None
        while True:
            try:
                if damage is not None:
                    offer_backup(self, path, damage)
                return self._show_opened(open_file(self, path))
            except Damaged as error:
                damage = error
            except NotOpened as reason:
                if reason.wants_backups:
                    self.show_backups_of(path)
                return False

    def _show_opened(self, opened: "Opened") -> bool:
        """Show an open file in place of the one before; that one stays where a person goes back to unsaved work."""
        from desktop_app.workspace import Workspace

        if not self.close_file():
            opened.close()
            return False
        store = opened.store
        workspace = self.workspace = Workspace(store, self, lists=opened.lists)
        self.settings.remember_file(store.path)
        self._tell_of_saving(workspace)
        self.setWindowTitle(f"{store.path.name} - Inspection Log")
        self.commands.enable(_NEED_FILE, True)
        self.keep_safe(opened)
        try:
            self.fill(workspace)
        except StoreError as error:
            self._let_go()
            if isinstance(error, Damaged):
                raise
            ask.tell(self, f"{store.path.name} could not be shown.", str(error))
            return False
        QTimer.singleShot(UPDATE_AFTER_MS, workspace, workspace.bring_lists_up_to_date)
        return True

    def _tell_of_saving(self, workspace: "Workspace") -> None:
        from desktop_app.trouble import Trouble

        workspace.saved.connect(self.status.show_saved)
        self.trouble = Trouble(workspace, self.trouble_bar, self.status, self)
        self.trouble.saved_elsewhere.connect(self._go_on_in)
        self.status.show_file(workspace.store.path.name)

    def come_to_front(self) -> None:
        """Bring this window before the others."""
        self.setWindowState(self.windowState() & ~Qt.WindowState.WindowMinimized)
        self.raise_()
        self.activateWindow()

    def keep_safe(self, opened: "Opened") -> None:
        """Do what keeps an open file safe from here on."""
        raise NotImplementedError

    def let_loose(self, *, keep_drafts: bool) -> None:
        """Stop what `keep_safe` began, before the file is closed; drafts may stay to be offered at the next start."""
        raise NotImplementedError

    def give_free(self) -> None:
        """Let others have the file, which is closed."""
        raise NotImplementedError

    def show_backups_of(self, path: Path) -> None:
        """Let a person choose a backup to put in the place of a file that is not open."""
        raise NotImplementedError

    def close_file(self) -> bool:
        """Save what is being typed and go back to the start page; False where a person goes back to unsaved work."""
        if self.workspace is None:
            return True
        self.leave_field()
        unsaved = self.unsaved()
        if unsaved and not ask.whether(
            self,
            "Some of what was typed is not saved.",
            f"{_listed(unsaved)}. Go back to mend it, or close without it.",
            "Close without it",
        ):
            return False
        return self._settle_queue()

    def _settle_queue(self) -> bool:
        """Write what waits, or ask what shall become of it; False where a person goes back to it."""
        assert self.workspace is not None and self.trouble is not None
        self.workspace.retry()
        if count := len(self.workspace.queue.steps):
            words = "1 change is" if count == 1 else f"{count} changes are"
            choices = ["Save a copy…", "Close, and offer it at the next start"]
            choice = ask.which(self, f"{words} not saved yet.", str(self.workspace.queue.trouble or ""), choices)
            if choice == 0:
                return self.trouble.save_a_copy() and self.close_file()
            if choice is None:
                return False
            self._let_go(keep_drafts=True)
            return True
        self._let_go()
        return True

    def _go_on_in(self, path: Path) -> None:
        """Go on in a new file that holds everything of the one before, with what waited to be saved."""
        assert self.workspace is not None
        self.workspace.queue.give_up()
        self._let_go()
        self.open_path(path)

    def _let_go(self, *, keep_drafts: bool = False) -> None:
        if self.workspace is not None:
            self.let_loose(keep_drafts=keep_drafts)
        self.empty()
        if self.workspace is not None:
            self.workspace.close()
            self.give_free()
            self.workspace.deleteLater()
            self.workspace = self.trouble = None
            self.trouble_bar.clear()
        self.show_start()

    def leave_field(self) -> None:
        """Save the field that has the focus, as leaving it does."""
        field = QApplication.focusWidget()
        while field is not None and not hasattr(field, "leave"):
            field = field.parentWidget()
        if field is not None:
            field.leave()

    def show_start(self) -> None:
        """Show the start page: there is no file."""
        self.stack.setCurrentWidget(self.start)
        self.start.show_recent(self.settings.recent_files)
        self._show_none()

    def _show_none(self) -> None:
        self.commands.enable(_NEED_FILE, False)
        self.setWindowTitle("Inspection Log")
        self.status.show_file("")

    def new_file(self) -> None:
        """Ask where, and make a new file there."""
        if path := ask.new_file(self, "New inspection log", "inspections.sqlite"):
            self.make_file(path)

    def make_file(self, path: Path) -> None:
        """Make a new file and show it."""
        from db.store import Store

        try:
            Store.create(path).close()
        except StoreError as error:
            ask.tell(self, f"{path.name} could not be made.", str(error))
            return
        self.open_path(path)

    def ask_open_file(self) -> None:
        if path := ask.existing_file(self):
            self.open_path(path)

    def ask_sample(self) -> None:
        """Ask where the sample's copy shall stand."""
        if path := ask.new_file(self, "Save a copy of the sample as", "durham.sqlite"):
            self.sample_wanted.emit(path)

    def closeEvent(self, event: QCloseEvent) -> None:
        self.settings.geometry = self.saveGeometry()
        event.setAccepted(self.close_file())


def _is_same(path: Path, other: Path) -> bool:
    try:
        return path.samefile(other)
    except OSError:
        return False


def _listed(words: list[str]) -> str:
    """Some of them in a sentence: "A new quote and 2 more"."""
    first = words[0][:1].upper() + words[0][1:]
    return first if len(words) == 1 else f"{first} and {len(words) - 1} more"

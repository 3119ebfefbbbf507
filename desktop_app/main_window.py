"""The window: menus, toolbar, places, status line, and undo for all of them."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QApplication, QWidget

from db.errors import StoreError
from db.records import Inspection
from db.store import Store
from desktop_app import ask
from desktop_app.places.inspections import InspectionsPlace
from desktop_app.places.lists_dialog import ListsDialog
from desktop_app.places.recently_deleted import RecentlyDeletedDialog
from desktop_app.places.share_dialog import ShareDialog
from desktop_app.places.starting import Starting
from desktop_app.settings import Settings
from desktop_app.window_frame import WindowFrame
from desktop_app.workspace import Workspace

UPDATE_AFTER_MS = 300  # the first paint comes first
_NEED_FILE = (
    "new_inspection close_file save_now share undo redo recently_deleted lists place_timeline "
    "place_inspections next_pane new_like_this add_row tab_1 tab_2 tab_3 tab_4 tab_5 remove_inspection"
).split()


class MainWindow(WindowFrame):
    """One open file, or the start page.

    Signals:
        sample_wanted: Emitted with the Path at which the sample shall be made and opened.
    """

    sample_wanted = Signal(object)

    def __init__(self, settings: Settings) -> None:
        super().__init__(settings)
        self.workspace: Workspace | None = None
        self.inspections: InspectionsPlace | None = None
        self.start.new_wanted.connect(self.new_file)
        self.start.open_wanted.connect(self.ask_open_file)
        self.start.sample_wanted.connect(self.ask_sample)
        self.start.file_wanted.connect(self.open_path)
        self._connect_deeds()
        self._show_no_file()

    def _connect_deeds(self) -> None:
        self.connect_commands(
            {
                "new_inspection": self.new_inspection,
                "new_file": self.new_file,
                "open_file": self.ask_open_file,
                "close_file": self.close_file,
                "save_now": self.save_now,
                "share": self.share,
                "quit": self.close,
                "undo": self.undo,
                "redo": self.redo,
                "recently_deleted": self.show_recently_deleted,
                "lists": self.show_lists,
                "place_inspections": self.show_inspections,
                "next_pane": self.next_pane,
                "new_like_this": self.new_like_this,
                "add_row": self.add_row,
                "remove_inspection": self.remove_inspection,
                "open_sample": self.ask_sample,
            }
        )
        for index in range(5):
            self.commands[f"tab_{index + 1}"].triggered.connect(self._tab_shower(index))

    def _tab_shower(self, index: int) -> Callable[[], None]:
        def show() -> None:
            if self.inspections and self.inspections.pane.inspection:
                self.show_place("place_inspections", self.inspections)
                self.inspections.pane.show_tab(index)

        return show

    # --- the file ---------------------------------------------------------------------------------

    def open_path(self, path: Path) -> bool:
        """Open a file in this window; False, with the reason shown, where it cannot be."""
        try:
            store = Store.open(path)
        except StoreError as error:
            ask.tell(self, f"{path.name} could not be opened.", str(error))
            return False
        self.show_store(store)
        return True

    def show_store(self, store: Store) -> None:
        """Show an open file in place of the one before."""
        self.close_file()
        workspace = self.workspace = Workspace(store, self)
        self.settings.remember_file(store.path)
        workspace.saved.connect(self.status.show_saved)
        workspace.stack_changed.connect(self._show_undo)
        place = self.inspections = InspectionsPlace(workspace)
        place.told.connect(self.status.tell)
        place.new_wanted.connect(self.new_inspection)
        self.stack.addWidget(place)
        self.show_place("place_inspections", place)
        self.commands.enable(_NEED_FILE, True)
        self.setWindowTitle(f"{store.path.name} - Inspection Log")
        self.status.show_file(store.path.name)
        self._show_undo()
        place.list.setFocus(Qt.FocusReason.OtherFocusReason)
        QTimer.singleShot(UPDATE_AFTER_MS, workspace, workspace.bring_lists_up_to_date)

    def close_file(self) -> None:
        """Save what is being typed and go back to the start page."""
        if self.workspace is None or self.inspections is None:
            return
        self._leave_field()
        self.inspections.pane.flush()
        place, workspace = self.inspections, self.workspace
        self.inspections = self.workspace = None
        self.stack.removeWidget(place)
        place.deleteLater()
        workspace.close()
        workspace.deleteLater()
        self._show_no_file()

    def _show_no_file(self) -> None:
        self.stack.setCurrentWidget(self.start)
        self.start.show_recent(self.settings.recent_files)
        self.commands.enable(_NEED_FILE, False)
        self.setWindowTitle("Inspection Log")
        self.status.show_file("")

    def new_file(self) -> None:
        """Ask where, and make a new file there."""
        if path := ask.new_file(self, "New inspection log", "inspections.sqlite"):
            self.make_file(path)

    def make_file(self, path: Path) -> None:
        """Make a new file and show it."""
        try:
            store = Store.create(path)
        except StoreError as error:
            ask.tell(self, f"{path.name} could not be made.", str(error))
            return
        self.show_store(store)

    def ask_open_file(self) -> None:
        if path := ask.existing_file(self):
            self.open_path(path)

    def ask_sample(self) -> None:
        """Ask where the sample's copy shall stand."""
        if path := ask.new_file(self, "Save a copy of the sample as", "durham.sqlite"):
            self.sample_wanted.emit(path)

    # --- the day's work ----------------------------------------------------------------------------

    def new_inspection(self) -> None:
        """Ask for the provider, first day and kind of a new inspection."""
        self._start(None)

    def _start(self, like: Inspection | None) -> None:
        if self.workspace and self.inspections:
            self._leave_field()
            Starting(self.workspace, self.inspections, self.settings).ask(self, like)

    def new_like_this(self) -> None:
        """A new row like the one shown, or a new inspection like the one shown."""
        if self.inspections is None:
            return
        tab = self.inspections.pane.current_entry_tab()
        if tab is not None and _holds(tab, QApplication.focusWidget()) and tab.start_like_current():
            return
        self._start(self.inspections.pane.inspection)

    def add_row(self) -> None:
        """Add the row of the tab that is shown, and start the next one."""
        if self.inspections:
            self.inspections.pane.add_row()

    def remove_inspection(self) -> None:
        """Remove the inspection that is shown; undo brings it back."""
        if self.inspections:
            self.inspections.remove_current()

    def save_now(self) -> None:
        """Save the field that is being typed in, and say so."""
        self._leave_field()
        if self.inspections and any(tab.form.is_begun for tab in self.inspections.pane.entry_tabs):
            self.status.tell("All fields saved. A new row is still a draft: Ctrl+Return adds it.")
        else:
            self.status.tell(self.status.saved)

    def _leave_field(self) -> None:
        field = QApplication.focusWidget()
        while field is not None and not hasattr(field, "leave"):
            field = field.parentWidget()
        if field is not None:
            field.leave()

    def undo(self) -> None:
        self._walk(lambda workspace: workspace.undo(), "Undone")

    def redo(self) -> None:
        self._walk(lambda workspace: workspace.redo(), "Done again")

    def _walk(self, step: Callable[[Workspace], str], word: str) -> None:
        if self.workspace is None:
            return
        try:
            label = step(self.workspace)
        except StoreError as error:
            self.status.tell(str(error))
            return
        if label:
            self.status.tell(f"{word}: {label[:1].lower()}{label[1:]}")

    def _show_undo(self) -> None:
        labels = (self.workspace.undo_label, self.workspace.redo_label) if self.workspace else ("", "")
        for name, word, label in zip(("undo", "redo"), ("&Undo", "&Redo"), labels, strict=True):
            words = label.replace("&", "&&")
            self.commands[name].setText(f"{word}: {words[:1].lower()}{words[1:]}" if label else word)
            self.commands[name].setEnabled(bool(label))

    # --- places and dialogs ------------------------------------------------------------------------

    def show_inspections(self) -> None:
        if self.inspections:
            self.show_place("place_inspections", self.inspections)
            self.inspections.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def next_pane(self) -> None:
        """Put the focus into the next part of the window."""
        if self.inspections is None:
            return
        panes = self.inspections.panes()
        focused = QApplication.focusWidget()
        inside = next((i for i, pane in enumerate(panes) if _holds(pane, focused)), -1)
        self._focus_pane(panes[(inside + 1) % len(panes)])

    def _focus_pane(self, pane: QWidget) -> None:
        assert self.inspections is not None
        rows = self.inspections.pane.current_entry_tab()
        if pane is self.inspections.pane.tabs.currentWidget() or (rows and pane is rows.form):
            self.inspections.pane.show_tab(self.inspections.pane.tabs.currentIndex())
        elif rows and pane is rows.list:
            rows.focus_list()
        else:
            pane.setFocus(Qt.FocusReason.TabFocusReason)

    def share(self) -> None:
        """Write a copy for a colleague."""
        if self.workspace:
            self._leave_field()
            dialog = ShareDialog(self.workspace, self)
            dialog.told.connect(self.status.tell)
            dialog.open()

    def show_recently_deleted(self) -> None:
        if self.workspace:
            self._leave_field()
            dialog = RecentlyDeletedDialog(self.workspace, self)
            dialog.told.connect(self.status.tell)
            dialog.open()

    def show_lists(self) -> None:
        if self.workspace:
            self._leave_field()
            ListsDialog(self.workspace, self).open()

    def closeEvent(self, event: QCloseEvent) -> None:
        self.settings.geometry = self.saveGeometry()
        self.close_file()
        event.accept()


def _holds(pane: QWidget, focused: QWidget | None) -> bool:
    return focused is not None and (pane is focused or pane.isAncestorOf(focused))

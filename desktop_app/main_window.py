"""The window: menus, toolbar, places, status line, and undo for all of them."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QDateTime, Qt, Signal
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QApplication, QMainWindow, QPushButton, QStackedWidget, QToolBar, QToolButton, QWidget

from db.dates import PartialDate
from db.edit import Edit
from db.errors import StoreError
from db.overview import same_inspection
from db.records import Inspection, Provider
from db.store import Store
from desktop_app import ask, help_text, look
from desktop_app.commands import Commands
from desktop_app.forms.new_inspection import NewInspectionDialog
from desktop_app.places.inspections import InspectionsPlace
from desktop_app.places.lists_dialog import ListsDialog
from desktop_app.places.recently_deleted import RecentlyDeletedDialog
from desktop_app.places.start import StartPage
from desktop_app.settings import Settings
from desktop_app.views.announce import announce
from desktop_app.views.plain_text import plain_label
from desktop_app.views.text_dialog import TextDialog
from desktop_app.workspace import Workspace

SMALLEST = (1024, 700)
_NEED_FILE = (
    "new_inspection close_file save_now undo redo recently_deleted lists place_inspections next_pane "
    "new_like_this add_row tab_1 tab_2 tab_3 tab_4 tab_5 remove_inspection"
).split()


class MainWindow(QMainWindow):
    """One open file, or the start page.

    Signals:
        sample_wanted: Emitted with the Path at which the sample shall be made and opened.
    """

    sample_wanted = Signal(object)

    def __init__(self, settings: Settings) -> None:
        super().__init__()
        self.settings = settings
        self.workspace: Workspace | None = None
        self.inspections: InspectionsPlace | None = None
        self.commands = Commands(self)
        self.commands.fill(self.menuBar())
        self._connect_commands()
        self._make_toolbar()
        self._stack = QStackedWidget()
        self.start = StartPage()
        self.start.new_wanted.connect(self.new_file)
        self.start.open_wanted.connect(self.ask_open_file)
        self.start.sample_wanted.connect(self.ask_sample)
        self.start.file_wanted.connect(self.open_path)
        self._stack.addWidget(self.start)
        self.setCentralWidget(self._stack)
        self._make_status_line()
        self.setMinimumSize(*SMALLEST)
        self._take_size()
        self._show_no_file()

    def _take_size(self) -> None:
        """As it was left; at first 1440 x 900, or all of a screen that is no larger."""
        if not self.settings.geometry.isEmpty():
            self.restoreGeometry(self.settings.geometry)
            return
        room = self.screen().availableGeometry()
        self.resize(1440, 900)
        if room.width() <= 1440 or room.height() <= 940:
            self.setWindowState(Qt.WindowState.WindowMaximized)

    def _connect_commands(self) -> None:
        deeds: dict[str, Callable[[], object]] = {
            "new_inspection": self.new_inspection,
            "new_file": self.new_file,
            "open_file": self.ask_open_file,
            "close_file": self.close_file,
            "save_now": self.save_now,
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
            "help": self.show_help,
            "open_sample": self.ask_sample,
            "about": self.show_about,
        }
        for name, deed in deeds.items():
            self.commands[name].triggered.connect(_without_argument(deed))
        for index in range(5):
            self.commands[f"tab_{index + 1}"].triggered.connect(self._tab_shower(index))
        for choice in ("system", "light", "dark"):
            self.commands[f"look_{choice}"].triggered.connect(self._look_chooser(choice))
            self.commands[f"look_{choice}"].setChecked(choice == self.settings.look)

    def _tab_shower(self, index: int) -> Callable[[], None]:
        def show() -> None:
            if self.inspections and self.inspections.pane.inspection:
                self.inspections.pane.show_tab(index)

        return show

    def _look_chooser(self, choice: str) -> Callable[[], None]:
        def choose() -> None:
            self.settings.look = choice
            look.apply(QApplication.instance(), choice)  # type: ignore[arg-type]

        return choose

    def _make_toolbar(self) -> None:
        bar = QToolBar("Main toolbar")
        bar.setMovable(False)
        bar.setFloatable(False)
        bar.setContextMenuPolicy(Qt.ContextMenuPolicy.PreventContextMenu)
        bar.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.addToolBar(bar)
        self.new_button = QPushButton("+ New inspection")
        self.new_button.setAccessibleName("New inspection")
        self.new_button.setToolTip("Ctrl+N")
        self.new_button.setAutoDefault(True)
        self.new_button.setProperty("role", "primary")
        self.new_button.clicked.connect(self.new_inspection)
        bar.addWidget(self.new_button)
        if more := bar.findChild(QToolButton, "qt_toolbar_ext_button"):
            more.setAccessibleName("More of the toolbar")
        self.toolbar = bar

    def _make_status_line(self) -> None:
        self._file_label = plain_label("")
        self._saved_label = plain_label("")
        self._message = plain_label("")
        for label in (self._file_label, self._saved_label):
            self.statusBar().addWidget(label)
        self.statusBar().addPermanentWidget(self._message)
        self.statusBar().setSizeGripEnabled(False)

    def tell(self, sentence: str) -> None:
        """Say something in the status line, and aloud."""
        self._message.setText(sentence)
        announce(self, sentence)

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
        workspace.saved.connect(self._on_saved)
        workspace.stack_changed.connect(self._show_undo)
        place = self.inspections = InspectionsPlace(workspace)
        place.told.connect(self.tell)
        place.new_wanted.connect(self.new_inspection)
        self._stack.addWidget(place)
        self._stack.setCurrentWidget(place)
        self.commands.enable(_NEED_FILE, True)
        self.new_button.setEnabled(True)
        self.setWindowTitle(f"{store.path.name} - Inspection Log")
        self._file_label.setText(store.path.name)
        self._saved_label.setText("All changes saved")
        self._message.setText("")
        self._show_undo()
        place.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def close_file(self) -> None:
        """Save what is being typed and go back to the start page."""
        if self.workspace is None or self.inspections is None:
            return
        self._leave_field()
        self.inspections.pane.flush()
        place, workspace = self.inspections, self.workspace
        self.inspections = self.workspace = None
        self._stack.removeWidget(place)
        place.deleteLater()
        workspace.close()
        workspace.deleteLater()
        self._show_no_file()

    def _show_no_file(self) -> None:
        self._stack.setCurrentWidget(self.start)
        self.start.show_recent(self.settings.recent_files)
        self.commands.enable(_NEED_FILE, False)
        self.new_button.setEnabled(False)
        self.setWindowTitle("Inspection Log")
        self._file_label.setText("No file open")
        self._saved_label.setText("")
        self._message.setText("")

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
        self._ask_new(None)

    def new_like_this(self) -> None:
        """A new row like the one shown, or a new inspection like the one shown."""
        if self.inspections is None:
            return
        tab = self.inspections.pane.current_entry_tab()
        if tab is not None and _holds(tab, QApplication.focusWidget()) and tab.start_like_current():
            return
        self._ask_new(self.inspections.pane.inspection)

    def add_row(self) -> None:
        """Add the row of the tab that is shown, and start the next one."""
        if self.inspections:
            self.inspections.pane.add_row()

    def remove_inspection(self) -> None:
        """Remove the inspection that is shown; undo brings it back."""
        if self.inspections:
            self.inspections.remove_current()

    def _ask_new(self, like: Inspection | None) -> None:
        if self.workspace is None:
            return
        self._leave_field()
        dialog = NewInspectionDialog(
            self.workspace.lists,
            self._find_same,
            last_provider=self.settings.last_provider,
            last_kind=self.settings.last_kind,
            like=like,
            parent=self,
        )
        dialog.wanted.connect(self._add_inspection)
        dialog.source_wanted.connect(self._add_source)
        dialog.open()

    def _find_same(self, provider_id: str, started_on: PartialDate | None, kind_id: str) -> Inspection | None:
        assert self.workspace is not None
        candidate = Inspection(id="", provider_id=provider_id, kind_id=kind_id, started_on=started_on)
        return same_inspection(self.workspace.store, candidate)

    def _add_inspection(self, inspection: Inspection, provider: Provider) -> None:
        assert self.workspace is not None and self.inspections is not None
        is_known = provider.id in self.workspace.lists.providers
        records = (inspection,) if is_known else (provider, inspection)
        try:
            self.workspace.do("Add inspection", Edit(after=records))
        except StoreError as error:
            ask.tell(self, "The inspection was not added.", str(error))
            return
        self.settings.last_provider = provider.id
        self.settings.last_kind = inspection.kind_id
        self.inspections.show_inspection(inspection)

    def _add_source(self, inspection: Inspection) -> None:
        assert self.inspections is not None
        self.inspections.show_inspection(inspection, tab=4)

    def save_now(self) -> None:
        """Save the field that is being typed in, and say so."""
        self._leave_field()
        if self.inspections and any(tab.form.is_begun for tab in self.inspections.pane.entry_tabs):
            self.tell("All fields saved. A new row is still a draft: Ctrl+Return adds it.")
        else:
            self.tell(self._saved_label.text() or "All changes saved")

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
            self.tell(str(error))
            return
        if label:
            self.tell(f"{word}: {label[:1].lower()}{label[1:]}")

    def _show_undo(self) -> None:
        labels = (self.workspace.undo_label, self.workspace.redo_label) if self.workspace else ("", "")
        for name, word, label in zip(("undo", "redo"), ("&Undo", "&Redo"), labels, strict=True):
            words = label.replace("&", "&&")
            self.commands[name].setText(f"{word}: {words[:1].lower()}{words[1:]}" if label else word)
            self.commands[name].setEnabled(bool(label))

    def _on_saved(self, moment: QDateTime) -> None:
        self._saved_label.setText(f"All changes saved {moment.toString('HH:mm')}")

    # --- places and dialogs ------------------------------------------------------------------------

    def show_inspections(self) -> None:
        if self.inspections:
            self._stack.setCurrentWidget(self.inspections)
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
        if pane is self.inspections.pane.tabs.currentWidget():
            self.inspections.pane.show_tab(self.inspections.pane.tabs.currentIndex())
        else:
            pane.setFocus(Qt.FocusReason.TabFocusReason)

    def show_recently_deleted(self) -> None:
        if self.workspace:
            self._leave_field()
            dialog = RecentlyDeletedDialog(self.workspace, self)
            dialog.told.connect(self.tell)
            dialog.open()

    def show_lists(self) -> None:
        if self.workspace:
            self._leave_field()
            ListsDialog(self.workspace, self).open()

    def show_help(self) -> None:
        TextDialog("Help and keys", help_text.help_and_keys(), self).open()

    def show_about(self) -> None:
        TextDialog("About Inspection Log", help_text.about(), self).open()

    def closeEvent(self, event: QCloseEvent) -> None:
        self.settings.geometry = self.saveGeometry()
        self.close_file()
        event.accept()


def _holds(pane: QWidget, focused: QWidget | None) -> bool:
    return focused is not None and (pane is focused or pane.isAncestorOf(focused))


def _without_argument(deed: Callable[[], object]) -> Callable[[], object]:
    """Qt hands over whether an action is checked; the deeds do not want it."""
    return lambda: deed()

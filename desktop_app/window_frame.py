"""The frame of the window: menus, toolbar, start page, status line, size and look."""

from collections.abc import Callable, Mapping
from functools import cached_property, partial
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QApplication,
    QButtonGroup,
    QHBoxLayout,
    QMainWindow,
    QPushButton,
    QSizePolicy,
    QStackedWidget,
    QToolBar,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from desktop_app import look
from desktop_app.commands import Commands
from desktop_app.settings import Settings
from desktop_app.status_line import StatusLine
from desktop_app.views.search_box import SearchBox
from desktop_app.views.trouble_bar import TroubleBar

if TYPE_CHECKING:
    from desktop_app.places.start import StartPage

SMALLEST = (1000, 620)  # a screen of 1024 x 700 less the frames of window and desktop
PLACES = {"place_timeline": "Timeline", "place_inspections": "Inspections", "place_improvement": "Improvement"}

Place = TypeVar("Place", bound=QWidget)


class WindowFrame(QMainWindow):
    """What the window has before it has a file. `MainWindow` fills it."""

    def __init__(self, settings: Settings) -> None:
        super().__init__()
        self.settings = settings
        self.commands = Commands(self)
        self.commands.fill(self.menuBar())
        middle = QWidget(self)  # each is made inside its parent, so that it is dressed once
        self.stack = QStackedWidget(middle)
        self.blank = QWidget(self.stack)
        self.stack.addWidget(self.blank)
        self.trouble_bar = TroubleBar(middle)
        column = QVBoxLayout(middle)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.trouble_bar)
        column.addWidget(self.stack, 1)
        self.setCentralWidget(middle)
        self.status = StatusLine()
        self.setStatusBar(self.status)
        self._make_toolbar()
        self._connect_looks()
        self.setMinimumSize(*SMALLEST)
        self._take_size()

    @cached_property
    def start(self) -> "StartPage":
        """The start page, built when it is first wanted: with a file it is not on the first picture."""
        from desktop_app.places.start import StartPage

        start = self.put_in(StartPage)
        self.connect_start(start)
        return start

    def connect_start(self, start: "StartPage") -> None:
        """Have the start page do its deeds."""
        raise NotImplementedError

    def put_in(self, make: Callable[[QWidget], Place]) -> Place:
        """Make a place inside the stack, where it is dressed once; one that cannot be made leaves nothing there."""
        try:
            place = make(self.stack)
        except Exception:
            for begun in self.stack.findChildren(QWidget, options=Qt.FindChildOption.FindDirectChildrenOnly):
                if self.stack.indexOf(begun) < 0:
                    begun.deleteLater()
            raise
        self.stack.addWidget(place)
        return place

    def connect_commands(self, deeds: Mapping[str, Callable[[], object]]) -> None:
        """Have each command do its deed, by name."""
        for name, deed in deeds.items():
            self.commands[name].triggered.connect(_without_argument(deed))

    def _connect_looks(self) -> None:
        choices: tuple[look.Choice, ...] = ("system", "light", "dark")
        for choice in choices:
            self.connect_commands({f"look_{choice}": partial(self._choose_look, choice)})
            self.commands[f"look_{choice}"].setChecked(choice == self.settings.look)
        self.connect_commands({"help": self.show_help, "about": self.show_about})

    def _choose_look(self, choice: look.Choice) -> None:
        self.settings.look = choice
        application = QApplication.instance()
        assert isinstance(application, QApplication)
        look.apply(application, choice)

    def _take_size(self) -> None:
        """As it was left; at first 1440 x 900, or all of a screen that is no larger."""
        if not self.settings.geometry.isEmpty():
            self.restoreGeometry(self.settings.geometry)
            return
        room = self.screen().availableGeometry()
        self.resize(1440, 900)
        if room.width() <= 1440 or room.height() <= 940:
            self.setWindowState(Qt.WindowState.WindowMaximized)

    def _make_toolbar(self) -> None:
        bar = QToolBar("Main toolbar")
        bar.setMovable(False)
        bar.setFloatable(False)
        bar.setContextMenuPolicy(Qt.ContextMenuPolicy.PreventContextMenu)
        self.addToolBar(bar)
        self.new_button = self._command_button("+ New inspection", "new_inspection", role="primary")
        bar.addWidget(self.new_button)
        bar.addWidget(self._make_place_buttons())
        self.toolbar_gap = QWidget()
        self.toolbar_gap.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        bar.addWidget(self.toolbar_gap)
        self.search = SearchBox()
        self.commands["search"].enabledChanged.connect(self.search.setEnabled)
        bar.addWidget(self.search)
        bar.addWidget(self._command_button("Share a copy…", "share"))
        if more := bar.findChild(QToolButton, "qt_toolbar_ext_button"):
            more.setAccessibleName("More of the toolbar")

    def _command_button(self, text: str, command: str, role: str = "") -> QPushButton:
        """A button of the toolbar that does what a command does, and is possible when it is."""
        action = self.commands[command]
        button = QPushButton(text)
        button.setAccessibleName(text.lstrip("+ ").rstrip("…"))
        button.setToolTip(action.shortcut().toString())
        button.setAutoDefault(True)  # so that Return presses it
        button.setProperty("role", role)
        button.clicked.connect(action.trigger)
        action.enabledChanged.connect(button.setEnabled)
        return button

    def _make_place_buttons(self) -> QWidget:
        holder = QWidget()
        line = QHBoxLayout(holder)
        line.setContentsMargins(look.space(3), 0, look.space(3), 0)
        line.setSpacing(0)
        self._place_group = QButtonGroup(self)
        self.place_buttons = {name: self._command_button(title, name, role="segment") for name, title in PLACES.items()}
        for button in self.place_buttons.values():
            button.setCheckable(True)
            self._place_group.addButton(button)
            line.addWidget(button)
        return holder

    def show_place(self, name: str, place: QWidget) -> None:
        """Bring a place to the front and mark its button."""
        self.place_buttons[name].setChecked(True)
        self.commands[name].setChecked(True)
        self.stack.setCurrentWidget(place)

    def show_help(self) -> None:
        """The guide in short, with every key."""
        from desktop_app import help_text
        from desktop_app.views.text_dialog import TextDialog

        TextDialog("Help and keys", help_text.help_and_keys(), self).open()

    def show_about(self) -> None:
        """What this is, and under which terms."""
        from desktop_app import help_text
        from desktop_app.views.text_dialog import TextDialog

        TextDialog("About Inspection Log", help_text.about(), self).open()


def _without_argument(deed: Callable[[], object]) -> Callable[[], object]:
    """Qt hands over whether an action is checked; the deeds do not want it."""
    return lambda: deed()

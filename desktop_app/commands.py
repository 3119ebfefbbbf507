"""Every deed that a menu, the toolbar or a key can start: one row for each."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QAction, QActionGroup, QKeySequence
from PySide6.QtWidgets import QMenuBar

from desktop_app import look


@dataclass(frozen=True, slots=True)
class Command:
    """One deed: its name in the code, its text in the menu (with a mnemonic), keys and icon.

    `keys` may name several, separated by "; ". A command of a `group` can be chosen like a radio button.
    """

    name: str
    text: str
    keys: str = ""
    icon: str = ""
    group: str = ""


SEPARATOR = Command("", "")

MENUS: dict[str, tuple[Command, ...]] = {
    "&File": (
        Command("new_inspection", "&New inspection…", "Ctrl+N", "add"),
        Command("new_from_report", "New inspection from a re&port…", "Ctrl+Shift+R"),
        SEPARATOR,
        Command("new_file", "New &file…", "Ctrl+Shift+N", "new-file"),
        Command("open_file", "&Open…", "Ctrl+O", "open"),
        Command("close_file", "&Close file", "Ctrl+W"),
        SEPARATOR,
        Command("save_now", "&Save now", "Ctrl+S"),
        Command("share", "S&hare a copy…", "Ctrl+E", "share"),
        Command("merge", "&Merge a colleague’s copy…"),
        Command("import_sheet", "&Import a spreadsheet…", "Ctrl+I"),
        Command("backups", "&Backups…", "Ctrl+B"),
        SEPARATOR,
        Command("quit", "&Quit", "Ctrl+Q"),
    ),
    "&Edit": (
        Command("undo", "&Undo", "Ctrl+Z", "undo"),
        Command("redo", "&Redo", "Ctrl+Shift+Z; Ctrl+Y", "redo"),
        SEPARATOR,
        Command("search", "&Search", "Ctrl+F", "search"),
        Command("next_hit", "&Next result", "F3"),
        Command("previous_hit", "&Previous result", "Shift+F3"),
        SEPARATOR,
        Command("recently_deleted", "Recently &deleted…", "Ctrl+Shift+D", "delete"),
        Command("lists", "Frameworks and &lists…", "Ctrl+L", "settings"),
    ),
    "&View": (
        Command("place_timeline", "&Timeline", "Ctrl+1", "timeline", "places"),
        Command("place_inspections", "&Inspections", "Ctrl+2", "list", "places"),
        Command("place_improvement", "I&mprovement", "Ctrl+3", "improvement", "places"),
        SEPARATOR,
        Command("next_pane", "&Next pane", "F6"),
        Command("due_next", "D&ue next…", "Ctrl+Shift+U"),
        Command("theme_matrix", "T&hemes by inspection…", "Ctrl+M"),
        SEPARATOR,
        Command("look_system", "Look like the &system", group="looks"),
        Command("look_light", "&Light", group="looks"),
        Command("look_dark", "&Dark", group="looks"),
    ),
    "&Inspection": (
        Command("new_like_this", "New &like this", "Ctrl+D"),
        Command("add_row", "&Add and next\tCtrl+Return"),
        SEPARATOR,
        Command("tab_1", "&Details", "Alt+1"),
        Command("tab_2", "&Judgements", "Alt+2"),
        Command("tab_3", "&Quotes", "Alt+3"),
        Command("tab_4", "A&reas for improvement", "Alt+4"),
        Command("tab_5", "D&ocuments", "Alt+5"),
        SEPARATOR,
        Command("report", "Re&port beside the form", "Ctrl+R"),
        Command("report_view", "Report as picture or te&xt", "Ctrl+T"),
        Command("find_in_report", "&Find in the report", "Ctrl+Shift+F"),
        Command("capture_quote", "Q&uote what is marked", "Ctrl+Shift+Q", "quote"),
        Command("capture_area", "Marked words as area for &improvement", "Ctrl+Shift+A"),
        Command("action_for_quote", "Ac&tion for this quote…", "Ctrl+Shift+T"),
        Command("quotes_that_differ", "Quotes that differ from the report…", "Ctrl+Shift+V"),
        SEPARATOR,
        Command("paper", "&Committee paper…", "Ctrl+Shift+E"),
        Command("action_plan", "Action p&lan…", "Ctrl+Shift+L"),
        Command("history", "&History…", "Ctrl+H"),
        Command("remove_inspection", "Re&move inspection", "Ctrl+Shift+Del", "delete"),
    ),
    "&Help": (
        Command("help", "&Help and keys", "F1", "help"),
        Command("open_sample", "Open the &sample (Durham, public record)…"),
        Command("check", "&Check this file"),
        SEPARATOR,
        Command("about", "&About Inspection Log"),
    ),
}


class Commands(QObject):
    """The actions of one window, by name."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._actions: dict[str, QAction] = {}
        self._groups: dict[str, QActionGroup] = {}
        for command in (command for menu in MENUS.values() for command in menu if command.name):
            self._actions[command.name] = self._make(command)
        self._drawn: dict[str, str] = {}
        look.signals.changed.connect(self._draw_again)

    def _make(self, command: Command) -> QAction:
        action = QAction(command.text, self)
        action.setObjectName(command.name)
        action.setShortcuts([QKeySequence(keys) for keys in command.keys.split("; ") if keys])
        action.setShortcutContext(Qt.ShortcutContext.WindowShortcut)
        if command.group:
            action.setCheckable(True)
            group = self._groups.setdefault(command.group, QActionGroup(self))
            group.addAction(action)
        return action

    def _draw(self, commands: Iterable[Command]) -> None:
        """Draw the icons of a menu that is about to show; most menus are never opened."""
        for command in commands:
            if command.icon and command.name not in self._drawn:
                self._drawn[command.name] = command.icon
                self._actions[command.name].setIcon(look.icon(command.icon))

    def _draw_again(self) -> None:
        for name, icon in self._drawn.items():
            self._actions[name].setIcon(look.icon(icon))

    def __getitem__(self, name: str) -> QAction:
        return self._actions[name]

    def fill(self, bar: QMenuBar) -> None:
        """Build the menus."""
        bar.setAccessibleName("Menus")
        for title, commands in MENUS.items():
            menu = bar.addMenu(title)
            menu.setAccessibleName(title.replace("&", ""))
            menu.aboutToShow.connect(partial(self._draw, commands))
            for command in commands:
                if command.name:
                    menu.addAction(self._actions[command.name])
                else:
                    menu.addSeparator()

    def enable(self, names: Iterable[str], is_possible: bool) -> None:
        """Make some of them possible or not."""
        for name in names:
            self._actions[name].setEnabled(is_possible)


def key_list() -> list[tuple[str, str]]:
    """Every command that has keys: its text and the keys, for the help."""
    shown = [command for menu in MENUS.values() for command in menu if command.keys]
    return [(command.text.replace("&", "").rstrip("…"), command.keys.replace("; ", " or ")) for command in shown]

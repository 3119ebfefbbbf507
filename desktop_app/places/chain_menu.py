"""The menu of what a later inspection may have said of an area for improvement."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QPoint, Signal
from PySide6.QtWidgets import QMenu, QPushButton, QWidget

from db.improvement_records import VERDICTS, Verdict

ANOTHER = "Another verdict of this inspection"


class VerdictMenu(QMenu):
    """Signals:
    chosen: Emitted with the code of a verdict, and whether it stands beside the one that is there.
    note_wanted: Emitted when a person wants to change the note of the verdict that is there.
    removal_wanted: Emitted when a person takes it back.
    """

    chosen = Signal(str, bool)
    note_wanted = Signal()
    removal_wanted = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAccessibleName("Set verdict")

    def open_at(self, place: QPoint, verdict: Verdict | None) -> None:
        """Open it, with the verdict that is there marked."""
        self.clear()
        for code, words in VERDICTS.items():
            action = self.addAction(f"&{words}", partial(self.chosen.emit, code, False))
            action.setCheckable(True)
            action.setChecked(verdict is not None and verdict.verdict == code)
        if verdict is not None:
            self.addSeparator()
            another = self.addMenu(f"&{ANOTHER}")
            another.setAccessibleName(ANOTHER)
            for code, words in VERDICTS.items():
                another.addAction(f"&{words}", partial(self.chosen.emit, code, True))
            self.addAction("N&ote…", self.note_wanted.emit)
            self.addAction("Re&move verdict\tDel", self.removal_wanted.emit)
        self.popup(place)


def chain_button(text: str, deed: Callable[[], None], name: str = "") -> QPushButton:
    """A button of the panel; `name` is said of it where its text is short."""
    button = QPushButton(text)
    button.setToolTip(name)
    button.setAccessibleName(name)
    button.setAutoDefault(False)
    button.clicked.connect(deed)
    return button

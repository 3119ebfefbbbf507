"""The status line: which file, when it was saved and backed up, and what was just done."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QStatusBar

from desktop_app.views.announce import announce
from desktop_app.views.plain_text import plain_label

if TYPE_CHECKING:
    from PySide6.QtCore import QDateTime

SHOWN_FOR_MS = 12_000


class StatusLine(QStatusBar):
    """File name, "All changes saved 14:02" and the last backup on the left, the last message on the right."""

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName("Status")
        self._file = plain_label("No file open")
        self._saved = plain_label()
        self._backup = plain_label()
        self._message = plain_label()
        for label in (self._file, self._saved, self._backup):
            self.addWidget(label)
        self.addPermanentWidget(self._message)
        self.setSizeGripEnabled(False)
        self._problems = 0
        self._waiting = 0
        self._saved_words = ""
        self._clock = QTimer(self, singleShot=True, interval=SHOWN_FOR_MS)
        self._clock.timeout.connect(lambda: self._say(""))

    @property
    def saved(self) -> str:
        """What it says of saving."""
        return self._saved.text()

    def show_file(self, name: str) -> None:
        """Name the file that is open; an empty name is none."""
        self._file.setText(name or "No file open")
        self._problems = self._waiting = 0
        self._say_saved("All changes saved" if name else "")
        self.show_backup("")
        self._say("")

    def show_read_only(self, name: str) -> None:
        """Name a file that is open for reading only."""
        self.show_file(name)
        self._say_saved("For reading only")

    def show_backup(self, words: str) -> None:
        """Say when the file was backed up last, such as "Backup 14:02"; empty says nothing."""
        self._backup.setText(words)
        self._backup.setVisible(bool(words))

    def show_saved(self, moment: "QDateTime") -> None:
        """Say when the last change was saved; what was said before is over."""
        self._say("")
        self._say_saved(f"All changes saved {moment.toString('HH:mm')}")

    def show_problems(self, count: int) -> None:
        """Say how many fields were refused and so are not saved."""
        self._problems = count
        self._say_saved(self._saved_words)

    def show_waiting(self, count: int) -> None:
        """Say how many saves wait."""
        if count and not self._waiting:
            self._say("")  # what was said of saving is over
        self._waiting = count
        self._say_saved(self._saved_words)

    def _say_saved(self, words: str) -> None:
        self._saved_words = words
        said = []
        if self._waiting:
            said.append(f"Waiting to save {self._waiting} {'change' if self._waiting == 1 else 'changes'}")
        if self._problems:
            fields = "1 field is" if self._problems == 1 else f"{self._problems} fields are"
            said.append(f"{fields} not saved")
        self._saved.setText(" · ".join(said) or words)

    def tell(self, sentence: str) -> None:
        """Say something for a while, and have it spoken."""
        self._say(sentence)
        self._clock.start()
        announce(self, sentence)

    def _say(self, sentence: str) -> None:
        self._message.setText(sentence)
        self._message.setVisible(bool(sentence))

"""The status line: which file, when it was saved, and what was just done."""

from PySide6.QtCore import QDateTime, QTimer
from PySide6.QtWidgets import QStatusBar

from desktop_app.views.announce import announce
from desktop_app.views.plain_text import plain_label

SHOWN_FOR_MS = 12_000


class StatusLine(QStatusBar):
    """File name and "All changes saved 14:02" on the left, the last message on the right."""

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName("Status")
        self._file = plain_label("No file open")
        self._saved = plain_label()
        self._message = plain_label()
        for label in (self._file, self._saved):
            self.addWidget(label)
        self.addPermanentWidget(self._message)
        self.setSizeGripEnabled(False)
        self._problems = 0
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
        self._problems = 0
        self._say_saved("All changes saved" if name else "")
        self._say("")

    def show_saved(self, moment: QDateTime) -> None:
        """Say when the last change was saved; what was said before is over."""
        self._say("")
        self._say_saved(f"All changes saved {moment.toString('HH:mm')}")

    def show_problems(self, count: int) -> None:
        """Say how many fields were refused and so are not saved."""
        self._problems = count
        self._say_saved(self._saved_words)

    def _say_saved(self, words: str) -> None:
        self._saved_words = words
        fields = "1 field is" if self._problems == 1 else f"{self._problems} fields are"
        self._saved.setText(f"{fields} not saved" if self._problems else words)

    def tell(self, sentence: str) -> None:
        """Say something for a while, and have it spoken."""
        self._say(sentence)
        self._clock.start()
        announce(self, sentence)

    def _say(self, sentence: str) -> None:
        self._message.setText(sentence)
        self._message.setVisible(bool(sentence))

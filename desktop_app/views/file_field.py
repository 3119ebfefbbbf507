"""The file of a document, kept inside the database: choose one, or save the kept one to disk."""

from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from desktop_app.look import space
from desktop_app.views.editing import Editing
from desktop_app.views.plain_text import plain_label


@dataclass(frozen=True, slots=True)
class KeptFile:
    """A file inside the database: the name that it came with, and its SHA-256."""

    name: str
    sha256: str


class FileField(Editing, QWidget):
    """Its value is a KeptFile or None.

    Signals:
        file_wanted: Emitted when a person wants to choose a file; `choose` takes it.
        copy_wanted: Emitted with the KeptFile that a person wants on disk.
    """

    file_wanted = Signal()
    copy_wanted = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._kept: KeptFile | None = None
        self.button = QPushButton("Choose file…")
        self.button.clicked.connect(self.file_wanted)
        self._copy = QPushButton("Save the file as…")
        self._copy.clicked.connect(lambda: self.copy_wanted.emit(self._kept))
        self._name = plain_label("", "muted")
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(space(2))
        for button in (self.button, self._copy):
            button.setAutoDefault(True)  # so that Return presses it
            line.addWidget(button)
        line.addWidget(self._name, 1)
        self.setFocusProxy(self.button)
        self._show(None)

    def value(self) -> KeptFile | None:
        return self._kept

    def choose(self, kept: KeptFile) -> None:
        """Take over a file that a person chose; it is told at once, as edited and left."""
        self._show(kept)
        self._on_change()
        self.leave()

    def _show(self, value: KeptFile | None) -> None:
        self._kept = value
        self._name.setText(f"Kept inside: {value.name}" if value else "No file kept")
        self._copy.setVisible(value is not None)

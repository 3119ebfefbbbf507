"""The filters beside the search box: one choice for each, in lines that break with the width."""

from collections.abc import Callable

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QComboBox, QPushButton, QVBoxLayout, QWidget

from desktop_app import look
from desktop_app.views.flow_layout import FlowLayout
from desktop_app.views.plain_text import plain_label

FILTERS = {
    "kind": ("Kind", "Any kind"),
    "provider": ("Provider", "Any provider"),
    "framework": ("Framework", "Any framework"),
    "grade": ("Grade", "Any grade"),
    "strand": ("Strand", "Any strand"),
    "tone": ("Tone", "Any tone"),
    "theme": ("Theme", "Any theme"),
    "speaker": ("Speaker", "Anyone"),
    "open": ("Work", "Open or done"),
    "from": ("From year", "Any year"),
    "to": ("To year", "Any year"),
}
LETTERS = 15  # of a choice's width
Choices = Callable[[str], list[tuple[str, str]]]


class SearchFilters(QWidget):
    """Signals:
    changed: Emitted when a person chose another value.
    left: Emitted on Escape.
    """

    changed = Signal()
    left = Signal()

    def __init__(self, choices: Choices, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName("Filters of the search")
        self._choices = choices
        self.boxes: dict[str, QComboBox] = {}
        flow = FlowLayout(self)
        for name, (label, nothing) in FILTERS.items():
            flow.addWidget(self._field(name, label, nothing))
        self.clear_button = QPushButton("Clear filters")
        self.clear_button.clicked.connect(self._clear_and_tell)
        flow.addWidget(self.clear_button)

    def _field(self, name: str, label: str, nothing: str) -> QWidget:
        box = self.boxes[name] = QComboBox()
        box.addItem(nothing, "")
        box.setAccessibleName(label)
        box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        box.setMinimumContentsLength(LETTERS)
        box.currentIndexChanged.connect(self.changed)
        words = plain_label(label, "muted")
        words.setBuddy(box)
        holder = QWidget()
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(look.space(0.5))
        column.addWidget(words)
        column.addWidget(box)
        return holder

    def offer(self) -> None:
        """Offer what the file holds now; what was chosen stays chosen."""
        for name, box in self.boxes.items():
            kept, nothing = box.currentData(), FILTERS[name][1]
            with QSignalBlocker(box):
                box.clear()
                box.addItem(nothing, "")
                for value, words in self._choices("year" if name in ("from", "to") else name):
                    box.addItem(words, value)
                box.setCurrentIndex(max(0, box.findData(kept)))

    def values(self) -> dict[str, str]:
        """What was chosen, by name, as `db.search_filters` reads it."""
        chosen = {name: box.currentData() for name, box in self.boxes.items() if box.currentData()}
        first, last = chosen.pop("from", ""), chosen.pop("to", "")
        return chosen | ({"year": f"{first}-{last}"} if first or last else {})

    def clear(self) -> None:
        """Choose nothing, without a word to anybody."""
        for box in self.boxes.values():
            with QSignalBlocker(box):
                box.setCurrentIndex(0)

    def _clear_and_tell(self) -> None:
        self.clear()
        self.changed.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)

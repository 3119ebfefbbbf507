"""The start page: what to do while no file is open."""

from pathlib import Path

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QListWidget, QListWidgetItem, QPushButton, QVBoxLayout, QWidget

from desktop_app import look
from desktop_app.views.plain_text import plain_label

_BUTTONS = (
    ("new_wanted", "&New file…", "Start an empty inspection log.", "new-file"),
    ("open_wanted", "&Open a file…", "Go on with one that you have.", "open"),
    (
        "sample_wanted",
        "Open the &sample (Durham, public record)…",
        "Nine real inspections from 2011 to 2025, as a copy to try things on.",
        "timeline",
    ),
    ("import_wanted", "&Import a spreadsheet…", "Make a new file of what you have in a workbook or as CSV.", "list"),
)


class StartPage(QWidget):
    """Signals:
    new_wanted, open_wanted, sample_wanted, import_wanted: Emitted when a person chooses that.
    file_wanted: Emitted with the Path of a recent file.
    """

    new_wanted = Signal()
    open_wanted = Signal()
    sample_wanted = Signal()
    import_wanted = Signal()
    file_wanted = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.buttons: list[QPushButton] = []
        column = QVBoxLayout()
        column.setSpacing(look.space(2))
        column.addWidget(plain_label("Inspection Log", "title"))
        words = plain_label(
            "Keeps every inspection of your children’s services in one file: grades, the inspectors’ own words, "
            "and what they said must get better.",
            "muted",
        )
        words.setWordWrap(True)
        column.addWidget(words)
        column.addSpacing(look.space(4))
        for signal, text, hint, icon in _BUTTONS:
            column.addLayout(self._button(signal, text, hint, icon))
            column.addSpacing(look.space(2))
        column.addSpacing(look.space(4))
        self._recent_label = plain_label("&Recent files", "subheading")
        self._recent = QListWidget()
        self._recent_label.setBuddy(self._recent)
        self._recent.setAccessibleName("Recent files")
        self._recent.itemActivated.connect(lambda item: self.file_wanted.emit(item.data(Qt.ItemDataRole.UserRole)))
        column.addWidget(self._recent_label)
        column.addWidget(self._recent)
        inner = QWidget()
        inner.setLayout(column)
        inner.setMaximumWidth(self.fontMetrics().averageCharWidth() * 90)
        middle = QHBoxLayout()
        middle.addStretch(1)
        middle.addWidget(inner, 4)
        middle.addStretch(1)
        outer = QVBoxLayout(self)
        outer.addStretch(2)
        outer.addLayout(middle)
        outer.addStretch(3)

    def _button(self, signal: str, text: str, hint: str, icon: str) -> QVBoxLayout:
        button = QPushButton(look.icon(icon), text)
        button.setIconSize(QSize(20, 20))
        button.setProperty("align", "left")
        button.setAutoDefault(True)  # so that Return presses it
        button.setMinimumHeight(self.fontMetrics().height() * 2 + look.space(2))
        button.setAccessibleDescription(hint)
        button.clicked.connect(getattr(self, signal))
        self.buttons.append(button)
        rows = QVBoxLayout()
        rows.setSpacing(look.space(1))
        rows.addWidget(button)
        rows.addWidget(plain_label(hint, "muted"))
        return rows

    def show_recent(self, paths: list[Path]) -> None:
        """List the files opened last; nothing stands there where there are none."""
        self._recent.clear()
        for path in paths:
            item = QListWidgetItem(f"{path.name}   {path.parent}", self._recent)
            item.setData(Qt.ItemDataRole.UserRole, path)
        self._recent_label.setVisible(bool(paths))
        self._recent.setVisible(bool(paths))
        row_px = max(self._recent.sizeHintForRow(0), 1)
        self._recent.setFixedHeight(row_px * min(len(paths), 5) + look.space(2))
        self.buttons[0].setFocus(Qt.FocusReason.OtherFocusReason)

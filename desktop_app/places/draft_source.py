"""Where a draft comes from: a report on the disk, pasted words, or one that was begun before."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QHBoxLayout, QListWidget, QListWidgetItem, QPushButton, QVBoxLayout, QWidget

from db.report_drafts import KeptReport, ReportDrafts
from desktop_app import ask, look
from desktop_app.places.draft_words import called
from desktop_app.views.fields import TextBox
from desktop_app.views.file_drop import FileDrop
from desktop_app.views.moments import in_words
from desktop_app.views.naming import name_bars
from desktop_app.views.plain_text import plain_label, wrapped_label

_HOW = "A PDF is read best: it shows each line where it is printed. You can drop it here."
_MOST_ROWS = 4


class DraftSource(QDialog):
    """Asks for one of the three; it closes before it tells.

    Signals:
        file_wanted: Emitted with the Path of a report.
        text_wanted: Emitted with pasted words.
        kept_wanted: Emitted with the KeptReport to go on with.
    """

    file_wanted = Signal(object)
    text_wanted = Signal(str)
    kept_wanted = Signal(object)

    def __init__(self, drafts: ReportDrafts, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._drafts = drafts
        self.setWindowTitle("New inspection from a report")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.list = QListWidget()
        self.list.setAccessibleName("Reports that you began")
        name_bars(self.list, "reports that you began")
        self.text = TextBox(rows=5, most_rows=8)
        self.go_on_button = _button("&Go on with it", self._on_go_on)
        self.throw_away_button = _button("Thr&ow away…", self._on_throw_away)
        self.file_button = _button("&Choose a report…", self._on_file)
        self.text_button = _button("&Read these words", self._on_text)
        self.kept = QWidget()
        self._lay_out()
        self.list.itemActivated.connect(lambda _: self._on_go_on())
        self.text.textChanged.connect(self._show_what_can_be_done)
        FileDrop(self).dropped.connect(self._on_dropped)
        self._show_kept(drafts.all())

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(look.space(6), look.space(5), look.space(6), look.space(5))
        column.setSpacing(look.space(2))
        inner = QVBoxLayout(self.kept)
        inner.setContentsMargins(0, 0, 0, look.space(4))
        inner.setSpacing(look.space(2))
        label = plain_label("Reports that you &began", "subheading")
        label.setBuddy(self.list)
        inner.addWidget(label)
        inner.addWidget(self.list)
        inner.addLayout(_line(self.go_on_button, self.throw_away_button))
        column.addWidget(self.kept)
        column.addWidget(plain_label("A report or letter on this computer", "subheading"))
        column.addWidget(wrapped_label(_HOW, "muted"))
        column.addLayout(_line(self.file_button))
        column.addSpacing(look.space(4))
        words = plain_label("Or paste the &words of a report or letter", "subheading")
        words.setBuddy(self.text)
        self.text.setAccessibleName("The words of a report or letter")
        column.addWidget(words)
        column.addWidget(self.text)
        column.addLayout(_line(self.text_button))
        column.addStretch(1)
        line = QHBoxLayout()
        line.addStretch(1)
        line.addWidget(_button("Cancel", self.reject))
        column.addLayout(line)
        self.setMinimumWidth(self.fontMetrics().averageCharWidth() * 80)

    def _show_kept(self, kept: Sequence[KeptReport]) -> None:
        self.list.clear()
        for one in kept:
            item = QListWidgetItem(f"{called(one.name)}   {one.told}, {in_words(one.moment)}", self.list)
            item.setData(Qt.ItemDataRole.UserRole, one)
        self.kept.setVisible(bool(kept))
        row_px = max(self.list.sizeHintForRow(0), 1)
        self.list.setFixedHeight(row_px * min(len(kept), _MOST_ROWS) + look.space(3))
        self.list.setCurrentRow(0)
        self._show_what_can_be_done()
        first: QWidget = self.list if kept else self.file_button
        (self.go_on_button if kept else self.file_button).setDefault(True)
        first.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_what_can_be_done(self) -> None:
        self.text_button.setEnabled(bool(self.text.toPlainText().strip()))

    def _current(self) -> KeptReport | None:
        item = self.list.currentItem()
        return item.data(Qt.ItemDataRole.UserRole) if item else None

    def _on_go_on(self) -> None:
        if kept := self._current():
            self.accept()
            self.kept_wanted.emit(kept)

    def _on_throw_away(self) -> None:
        kept = self._current()
        details = f"{kept.told} of {called(kept.name)}. It cannot be brought back after that." if kept else ""
        if kept and ask.whether(self, "Throw away what you confirmed?", details, "Throw away"):
            self._drafts.forget(kept.sha256)
            self._show_kept(self._drafts.all())

    def _on_file(self) -> None:
        if path := ask.document_file(self):
            self._take(path)

    def _on_dropped(self, paths: list[Path]) -> None:
        self._take(paths[0])

    def _take(self, path: Path) -> None:
        self.accept()
        self.file_wanted.emit(path)

    def _on_text(self) -> None:
        text = self.text.toPlainText()
        self.accept()
        self.text_wanted.emit(text)


def _line(*buttons: QPushButton) -> QHBoxLayout:
    line = QHBoxLayout()
    line.setSpacing(look.space(2))
    for button in buttons:
        line.addWidget(button)
    line.addStretch(1)
    return line


def _button(words: str, deed: object) -> QPushButton:
    made = QPushButton(words)
    made.setAutoDefault(True)  # so that Return presses the one that has the focus
    made.clicked.connect(lambda: deed())  # type: ignore[operator]
    return made

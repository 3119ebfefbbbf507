"""Share a copy: says what will be in it, asks where, writes it with progress and Cancel, and says what was written."""

import os
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QProgressBar,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from db.copy import Contents, Copy, check_target, contents, write_copy
from db.errors import CannotWrite, StoreError
from db.snapshot import Cancelled
from desktop_app import ask, jobs, look
from desktop_app.versions import program_version
from desktop_app.views.announce import announce
from desktop_app.views.fields import LineField
from desktop_app.views.labelled import ErrorSummary, Labelled
from desktop_app.views.plain_text import plain_label, wrapped_label
from desktop_app.words import contents_in_words, size_in_words
from desktop_app.workspace import Workspace

LICENCE = "Contains public sector information licensed under the Open Government Licence v3.0."
LEFT_OUT = (
    "The change log and everything that was deleted stay out of the copy: no deleted word is in it. "
    "Your notes are in it, so read them before you send it."
)
OPENS_IN = (
    "It opens here, and in programs such as DB Browser for SQLite and Datasette, where it says what each column means."
)
_BAR_STEPS = 1000


class ShareDialog(QDialog):
    """Signals:
    told: Emitted with a sentence for the status line when the copy is written.
    """

    told = Signal(str)

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._source = workspace.store.path
        self._may_replace: Path | None = None
        self._job: jobs.Job | None = None
        self.setWindowTitle("Share a copy")
        self.setAccessibleDescription(LEFT_OUT)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._pages = QStackedWidget()
        self._pages.addWidget(self._make_form(contents(workspace.store.connection)))
        self._pages.addWidget(self._make_progress())
        self._pages.addWidget(self._make_result())
        column = self._column = QVBoxLayout(self)
        column.setContentsMargins(look.space(6), look.space(5), look.space(6), look.space(5))
        column.addWidget(self._pages)
        self.setMinimumWidth(self.fontMetrics().averageCharWidth() * 84)
        self.where.set_value(str(_free_name(self._source)))
        self.where.setFocus(Qt.FocusReason.OtherFocusReason)

    def _make_form(self, held: Contents) -> QWidget:
        self.summary = ErrorSummary()
        self.where = LineField()
        self.where_block = Labelled("&Where", self.where, "A name alone stands beside your file.")
        self.choose_button = _button("C&hoose…", self.choose)
        self.write_button = _button("Write the copy", self.write, is_primary=True)
        self.write_button.setDefault(True)
        page, column = _page()
        column.addWidget(self.summary)
        column.addWidget(plain_label("What will be in it", "subheading"))
        for words, role in ((contents_in_words(held), ""), (LEFT_OUT, ""), (OPENS_IN, "muted"), (LICENCE, "muted")):
            column.addWidget(wrapped_label(words, role))
        column.addWidget(self.where_block)
        self.said = plain_label("", "muted")
        column.addWidget(self.said)
        column.addStretch(1)
        line = _button_line(_button("Cancel", self.reject), self.write_button)
        line.insertWidget(0, self.choose_button)
        column.addLayout(line)
        return page

    def _make_progress(self) -> QWidget:
        self.doing = plain_label("", "subheading")
        self.bar = QProgressBar()
        self.bar.setRange(0, _BAR_STEPS)
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName("Progress of the copy")
        palette = self.bar.palette()
        palette.setColor(QPalette.ColorRole.Highlight, look.current().accent)
        self.bar.setPalette(palette)
        self.stop_button = _button("Cancel", self.reject)
        page, column = _page()
        column.addStretch(1)
        column.addWidget(self.doing)
        column.addWidget(self.bar)
        column.addStretch(1)
        column.addLayout(_button_line(self.stop_button))
        return page

    def _make_result(self) -> QWidget:
        self.written = wrapped_label("")
        self.close_button = _button("Close", self.accept, is_primary=True)
        page, column = _page()
        column.addWidget(plain_label("Copy written", "subheading"))
        column.addWidget(self.written)
        column.addWidget(wrapped_label(LICENCE, "muted"))
        column.addStretch(1)
        column.addLayout(_button_line(self.close_button))
        return page

    def choose(self) -> None:
        """Ask where by the system's own dialog, which asks before a file is replaced."""
        try:
            suggestion = self._target()
        except (StoreError, OSError, ValueError):
            suggestion = _free_name(self._source)
        if path := ask.new_file(self, "Share a copy as", str(suggestion)):
            self._may_replace = path
            self.where.set_value(str(path))
            self._show_error("")
            self.write_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def write(self) -> None:
        """Write the copy to the place that is entered, after asking where something stands there."""
        try:
            target = self._target()
            check_target(self._source, target, replace=True)
            is_taken = target.exists()
        except (StoreError, OSError, ValueError) as error:
            self._show_error(str(error) if isinstance(error, StoreError) else "Enter a name that this computer allows.")
            return
        self._show_error("")
        if not is_taken or target == self._may_replace or self._is_to_replace(target):
            self._start(target, replace=is_taken)

    def _is_to_replace(self, target: Path) -> bool:
        return ask.whether(self, f"Replace {target.name}?", "A file of this name stands there already.", "Replace it")

    def _target(self) -> Path:
        text = self.where.value()
        if not text:
            raise CannotWrite("Enter where the copy shall stand, like durham-copy.sqlite.")
        path = self._source.parent / Path(text)
        if text.endswith(("/", os.sep)) or path.name in ("", "..") or path.is_dir():
            raise CannotWrite("Enter the name of a file, like durham-copy.sqlite.")
        return path if path.suffix else path.with_name(path.name + ".sqlite")

    def _start(self, target: Path, *, replace: bool) -> None:
        source, job = self._source, jobs.Job(self)
        job.progressed.connect(self._on_progress)
        job.done.connect(self._on_done)
        job.failed.connect(self._on_failed)
        self._job = job
        self.said.setText("")
        self.doing.setText("")
        self._on_progress(0.0, "Reading the file")
        self.stop_button.setEnabled(True)
        self._pages.setCurrentIndex(1)
        self.stop_button.setFocus(Qt.FocusReason.OtherFocusReason)
        made_with = f"Inspection Log {program_version()}"
        job.start(
            lambda: write_copy(
                source,
                target,
                replace=replace,
                made_with=made_with,
                on_progress=job.tell,
                is_cancelled=job.is_cancelled,
            )
        )

    def _on_progress(self, share: float, doing: str) -> None:
        if doing != self.doing.text() and not (self._job and self._job.is_cancelled()):
            self.doing.setText(doing)
            announce(self, doing)
        self.bar.setValue(round(share * _BAR_STEPS))

    def _on_done(self, copy: Copy) -> None:
        size = size_in_words(copy.size_bytes)
        words = f"{copy.path.name}, {size}, in {copy.path.parent}. {contents_in_words(copy.contents)}"
        self.written.setText(words)
        self._pages.setCurrentIndex(2)
        self.resize(self.width(), self.fontMetrics().lineSpacing() * 13)  # little is left to be said
        self.close_button.setDefault(True)
        self.close_button.setFocus(Qt.FocusReason.OtherFocusReason)
        self.told.emit(f"Copy written: {copy.path.name}, {size}")
        announce(self, f"Copy written. {words}")

    def _on_failed(self, error: Exception) -> None:
        self._pages.setCurrentIndex(0)
        if not isinstance(error, StoreError):
            raise error
        if isinstance(error, Cancelled):
            self.said.setText(str(error))
            self.write_button.setFocus(Qt.FocusReason.OtherFocusReason)
            announce(self, str(error))
        else:
            self._show_error(str(error))

    def _show_error(self, words: str) -> None:
        self.where_block.set_error(words)
        self.summary.set_errors([(words, self.where)] if words else [])
        if words:
            self.where.setFocus(Qt.FocusReason.OtherFocusReason)
            self._grow()

    def _grow(self) -> None:
        """Make room for what was wrapped into more lines."""
        needed_px = self._column.totalHeightForWidth(self.width())
        if needed_px > self.height():
            self.resize(self.width(), needed_px)

    def reject(self) -> None:
        """Stop the copy while one is being written, else close."""
        if self._job and self._job.is_running:
            self._job.cancel()
            self.doing.setText("Stopping")
            self.stop_button.setEnabled(False)
        else:
            super().reject()


def _free_name(source: Path) -> Path:
    names = (f"{source.stem}-copy{number}.sqlite" for number in ("", *(f"-{n}" for n in range(2, 100))))
    return next((path for path in map(source.with_name, names) if not path.exists()), source.with_name("copy.sqlite"))


def _page() -> tuple[QWidget, QVBoxLayout]:
    page = QWidget()
    column = QVBoxLayout(page)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(look.space(3))
    return page, column


def _button(text: str, deed: Callable[[], object], *, is_primary: bool = False) -> QPushButton:
    button = QPushButton(text)
    button.setAutoDefault(False)
    if is_primary:
        button.setProperty("role", "primary")
    button.clicked.connect(lambda: deed())
    return button


def _button_line(*buttons: QPushButton) -> QHBoxLayout:
    line = QHBoxLayout()
    line.addStretch(1)
    for button in buttons:
        line.addWidget(button)
    return line

"""Share a copy: what goes out and where to, a look for what might identify a child, the writing, the result."""

import os
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPalette, QShowEvent
from PySide6.QtWidgets import QDialog, QProgressBar, QStackedWidget, QVBoxLayout, QWidget

from db import safe_manifest
from db.copy import check_target
from db.errors import CannotWrite, StoreError
from db.safe_content import Choice
from db.shared_texts import Hit, look_before_sharing
from db.snapshot import Cancelled
from desktop_app import ask, jobs, look
from desktop_app.exchange.outgoing import Order, Watch, Written
from desktop_app.exchange.sharing import ENDINGS, KINDS, NAMES, share
from desktop_app.places.dialog_parts import button, button_line
from desktop_app.places.share_form import LICENCE, ShareForm
from desktop_app.places.share_hits import ShareHits
from desktop_app.versions import program_version
from desktop_app.views.announce import announce
from desktop_app.views.plain_text import plain_label, wrapped_label
from desktop_app.words import contents_in_words, size_in_words
from desktop_app.workspace import Workspace

_BAR_STEPS = 1000
_FORM, _PROGRESS, _HITS, _RESULT = range(4)


class ShareDialog(QDialog):
    """Signals:
    told: Emitted with a sentence for the status line when the copy is written.
    edit_wanted: Emitted with the type and id of a record that a person wants to change before sharing.
    """

    told = Signal(str)
    edit_wanted = Signal(str, str)

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._source, self._hold_saves = workspace.store.path, workspace.queue.hold
        self._may_replace: Path | None = None
        self._job: jobs.Job | None = None
        self._order: Order | None = None
        self.setWindowTitle("Share a copy")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.form, self.hits = ShareForm(workspace.store), ShareHits()
        self.where = self.form.where
        self.form.write_wanted.connect(self.write)
        self.form.choose_wanted.connect(self.choose)
        self.form.left.connect(self.reject)
        self.form.preset.edited.connect(self._grow)
        self.hits.accepted.connect(self._on_accepted)
        self.hits.edit_wanted.connect(self._on_edit_wanted)
        self._pages = QStackedWidget()
        for page in (self.form, self._make_progress(), self.hits, self._make_result()):
            self._pages.addWidget(page)
        column = self._column = QVBoxLayout(self)
        column.setContentsMargins(look.space(6), look.space(5), look.space(6), look.space(5))
        column.addWidget(self._pages)
        self.setMinimumWidth(self.fontMetrics().averageCharWidth() * 104)
        self.where.setFocus(Qt.FocusReason.OtherFocusReason)

    def _make_progress(self) -> QWidget:
        self.doing = plain_label("", "subheading")
        self.bar = QProgressBar()
        self.bar.setRange(0, _BAR_STEPS)
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName("Progress of the copy")
        palette = self.bar.palette()
        palette.setColor(QPalette.ColorRole.Highlight, look.current().accent)
        self.bar.setPalette(palette)
        self.stop_button = button("Cancel", self.reject)
        page, column = _page()
        column.addStretch(1)
        column.addWidget(self.doing)
        column.addWidget(self.bar)
        column.addStretch(1)
        column.addLayout(button_line(self.stop_button))
        return page

    def _make_result(self) -> QWidget:
        self.result_title, self.written = plain_label("", "subheading"), wrapped_label("")
        self.close_button = button("Close", self.accept, is_primary=True)
        page, column = _page()
        column.addWidget(self.result_title)
        column.addWidget(self.written)
        column.addWidget(wrapped_label(LICENCE, "muted"))
        column.addStretch(1)
        column.addLayout(button_line(self.close_button))
        return page

    def choose(self) -> None:
        """Ask where by the system's own dialog, which asks before a file is replaced."""
        try:
            suggestion = self._target()
        except (StoreError, OSError, ValueError):
            suggestion = self.form.free_name()
        kinds = f"{KINDS[self._format()]};;All files (*)"
        if path := ask.save_document_as(self, str(suggestion), kinds):
            path = path if path.suffix else path.with_name(path.name + ENDINGS[self._format()])
            self._may_replace = path
            self.where.set_value(str(path))
            self._show_error("")
            self.form.write_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def write(self) -> None:
        """Write what is chosen to the place that is entered, after asking where something stands there."""
        try:
            choice = self.form.choice()
        except StoreError as error:
            self._show_error(str(error), self.form.inspections)
            return
        try:
            target = self._target()
            is_taken = self._is_taken(target, choice)
        except (StoreError, OSError, ValueError) as error:
            self._show_error(str(error) if isinstance(error, StoreError) else "Enter a name that this computer allows.")
            return
        self._show_error("")
        if is_taken and target != self._may_replace and not self._is_to_replace(target):
            return
        made_with = f"Inspection Log {program_version()}"
        self._order = Order(
            self._source, target, choice, is_taken, self.form.with_metadata.value() and choice is not None, made_with
        )
        if choice is None:
            self._start_writing()
        else:
            self._look(choice)

    def _is_taken(self, target: Path, choice: Choice | None) -> bool:
        paths = [target]
        if self._format() == "sqlite":
            has_metadata = choice is not None and self.form.with_metadata.value()
            paths += safe_manifest.beside(target, with_metadata=has_metadata).values()
        for path in paths:
            check_target(self._source, path, replace=True)
        return any(path.exists() for path in paths)

    def _is_to_replace(self, target: Path) -> bool:
        return ask.whether(self, f"Replace {target.name}?", "A file of this name stands there already.", "Replace it")

    def _format(self) -> str:
        return self.form.form.value() or "sqlite"

    def _target(self) -> Path:
        text, ending = self.where.value(), ENDINGS[self._format()]
        if not text:
            raise CannotWrite(f"Enter where the copy shall stand, like durham-copy{ending}.")
        path = self._source.parent / Path(text)
        if text.endswith(("/", os.sep)) or path.name in ("", "..") or path.is_dir():
            raise CannotWrite(f"Enter the name of a file, like durham-copy{ending}.")
        return path if path.suffix else path.with_name(path.name + ending)

    def _look(self, choice: Choice) -> None:
        self._start(lambda job: self._looked(choice, job), self._on_looked)

    def _looked(self, choice: Choice, job: jobs.Job) -> list[Hit]:
        return look_before_sharing(
            self._source,
            choice,
            on_progress=lambda share_done, doing: job.tell(share_done * 0.3, doing),
            is_cancelled=job.is_cancelled,
            hold_saves=self._hold_saves,
        )

    def _start_writing(self) -> None:
        form, order = self._format(), self._order
        assert order
        self._start(lambda job: share(form, order, Watch(job.tell, job.is_cancelled, self._hold_saves)), self._on_done)

    def _start(self, work: Callable[[jobs.Job], Any], on_done: Callable[[Any], None]) -> None:
        job = self._job = jobs.Job(self)
        job.progressed.connect(self._on_progress)
        job.done.connect(on_done)
        job.failed.connect(self._on_failed)
        self.form.said.setText("")
        self.doing.setText("")
        self._on_progress(0.0, "Reading the file")
        self.stop_button.setEnabled(True)
        self._pages.setCurrentIndex(_PROGRESS)
        self.stop_button.setFocus(Qt.FocusReason.OtherFocusReason)
        job.start(lambda: work(job))

    def _on_progress(self, share_done: float, doing: str) -> None:
        if doing != self.doing.text() and not (self._job and self._job.is_cancelled()):
            self.doing.setText(doing)
            announce(self, doing)
        self.bar.setValue(round(share_done * _BAR_STEPS))

    def _on_looked(self, found: Sequence[Hit]) -> None:
        if not found:
            self._start_writing()
            return
        announce(self, self.hits.show_hits(found))
        self._pages.setCurrentIndex(_HITS)
        self.hits.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_accepted(self) -> None:
        """Write it without what is ticked; where more was found than was shown, look at the rest first."""
        assert self._order and self._order.choice
        left_out = self.hits.left_out()
        choice = replace(self._order.choice, withheld=self._order.choice.withheld | left_out)
        self._order = replace(self._order, choice=choice)
        if left_out and self.hits.are_more:
            self._look(choice)
        else:
            self._start_writing()

    def _on_edit_wanted(self, record_type: str, record_id: str) -> None:
        self.accept()
        self.edit_wanted.emit(record_type, record_id)

    def _on_done(self, made: Written) -> None:
        size, name = size_in_words(made.size_bytes), NAMES[self._format()]
        words = f"{made.path.name}, {size}, in {made.path.parent}. {contents_in_words(made.contents)}"
        if self._order and self._order.choice and (count := len(self._order.choice.withheld)):
            words += f" {'1 text was' if count == 1 else f'{count:,} texts were'} left out."
        if self._format() == "sqlite":
            words += " A manifest stands beside it."
        if made.cut:
            words += f" {made.cut:,} texts were longer than a cell holds; each says so where it was cut."
        self.result_title.setText(f"{name} written")
        self.written.setText(words)
        self._pages.setCurrentIndex(_RESULT)
        self.resize(self.width(), self.fontMetrics().lineSpacing() * 13)  # little is left to be said
        self.close_button.setDefault(True)
        self.close_button.setFocus(Qt.FocusReason.OtherFocusReason)
        self.told.emit(f"{name} written: {made.path.name}, {size}")
        announce(self, f"{name} written. {words}")

    def _on_failed(self, error: Exception) -> None:
        self._pages.setCurrentIndex(_FORM)
        if not isinstance(error, StoreError):
            raise error
        if isinstance(error, Cancelled):
            self.form.said.setText(str(error))
            self.form.write_button.setFocus(Qt.FocusReason.OtherFocusReason)
            announce(self, str(error))
        else:
            self._show_error(str(error))

    def _show_error(self, words: str, field: QWidget | None = None) -> None:
        self.form.show_error(words, field)
        if words:
            self._grow()

    def showEvent(self, event: QShowEvent) -> None:
        """Take the room that all of it needs; Qt itself gives a window two thirds of the screen at most."""
        super().showEvent(event)
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


def _page() -> tuple[QWidget, QVBoxLayout]:
    page = QWidget()
    column = QVBoxLayout(page)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(look.space(3))
    return page, column

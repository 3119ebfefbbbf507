"""Delete for good: says what goes and what stays, does it with progress, and says what the file's bytes still hold."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QHBoxLayout,
    QProgressBar,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from db.errors import StoreError
from db.history import Removed
from db.purge import Purged, hanging_on
from db.snapshot import Cancelled
from desktop_app import jobs, look
from desktop_app.views.announce import announce
from desktop_app.views.plain_text import plain_label, wrapped_label
from desktop_app.workspace import Workspace

FOR_GOOD = (
    "This removes the words from the file and its history for good; it cannot be undone. "
    "Nothing else that was done since the file was opened can be undone after it."
)
OTHERS_HOLD_IT = "Copies and backups made before still hold them."
_BAR_STEPS = 1000
_CANNOT_STOP_AT = 0.3  # from where the values are gone and the file is written anew


class DeleteForGoodDialog(QDialog):
    """Asks, then deletes entries of Recently deleted for good.

    Signals:
        told: Emitted with a sentence for the status line when it is done.
    """

    told = Signal(str)

    def __init__(self, workspace: Workspace, removed: Sequence[Removed], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._workspace, self._removed = workspace, tuple(removed)
        self._job: jobs.Job | None = None
        self._backups = _backups_of(workspace)
        self.setWindowTitle("Delete for good")
        self.setAccessibleDescription(f"{FOR_GOOD} {OTHERS_HOLD_IT}")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._pages = QStackedWidget()
        self._pages.addWidget(self._make_question())
        self._pages.addWidget(self._make_progress())
        column = QVBoxLayout(self)
        column.setContentsMargins(look.space(6), look.space(5), look.space(6), look.space(5))
        column.addWidget(self._pages)
        self.setMinimumWidth(self.fontMetrics().averageCharWidth() * 70)
        self.cancel_button.setDefault(True)
        self.cancel_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def _make_question(self) -> QWidget:
        self.question = wrapped_label(self._question(), "subheading")
        self.message = wrapped_label("", "error")
        self.message.hide()
        self.with_backups = QCheckBox(_backups_words(self._backups))
        self.with_backups.setVisible(self._backups > 0)
        self.delete_button = _button("Delete for good", self.delete)
        self.cancel_button = _button("Cancel", self.reject)
        page, column = _page()
        for label in (self.question, wrapped_label(FOR_GOOD), wrapped_label(OTHERS_HOLD_IT)):
            column.addWidget(label)
        column.addWidget(self.with_backups)
        column.addWidget(self.message)
        column.addStretch(1)
        column.addLayout(_button_line(self.cancel_button, self.delete_button))
        return page

    def _make_progress(self) -> QWidget:
        self.doing = plain_label("", "subheading")
        self.bar = QProgressBar()
        self.bar.setRange(0, _BAR_STEPS)
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName("Progress of deleting")
        self.stop_button = _button("Cancel", self.reject)
        page, column = _page()
        column.addStretch(1)
        column.addWidget(self.doing)
        column.addWidget(self.bar)
        column.addStretch(1)
        column.addLayout(_button_line(self.stop_button))
        return page

    def _question(self) -> str:
        records = {record.id for deed in self._removed for record in deed.records}
        hanging = len(hanging_on(self._workspace.store.removed(), records))
        things = "this" if len(records) == 1 else f"these {len(records):,} records"
        if not hanging:
            return f"Delete {things} for good?"
        more = "1 more record" if hanging == 1 else f"{hanging:,} more records"
        cannot = "it, and cannot" if len(records) == 1 else "them, and cannot"
        return f"Delete {things} for good? {more} removed earlier hang{'s' if hanging == 1 else ''} on {cannot} stay."

    def delete(self) -> None:
        """Delete it, away from the window."""
        self._say("")
        try:
            self._job = job = self._workspace.purge(self._removed)
        except StoreError as error:
            self._say(str(error))
            return
        job.progressed.connect(self._on_progress)
        job.done.connect(self._on_done)
        job.failed.connect(self._on_failed)
        self.doing.setText("")
        self._on_progress(0.0, "Taking the words out")
        self.stop_button.setEnabled(True)
        self._pages.setCurrentIndex(1)
        self.stop_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_progress(self, share: float, doing: str) -> None:
        if doing != self.doing.text():
            self.doing.setText(doing)
            announce(self, doing)
        if share >= _CANNOT_STOP_AT:
            self.stop_button.setEnabled(False)
        self.bar.setValue(round(share * _BAR_STEPS))

    def _on_done(self, purged: Purged) -> None:
        words = sentence(purged)
        if purged.unfinished:
            self._say(words)
            self.delete_button.setText("Try again")
            self._show_question()
            return
        if self.with_backups.isChecked():
            words += f" {self._delete_backups()}"
        elif self._backups:
            words += f" {OTHERS_HOLD_IT}"
        self.told.emit(words)
        announce(self, words)
        self.accept()

    def _delete_backups(self) -> str:
        from db import backup

        try:
            count = backup.purge_all(self._workspace.store.path)
        except (StoreError, OSError) as error:
            return f"Its backups could not be deleted and still hold the words. {error}"
        return f"{count} backup{'' if count == 1 else 's'} deleted too."

    def _on_failed(self, error: Exception) -> None:
        if not isinstance(error, StoreError):
            raise error
        self._say("Cancelled. Nothing was deleted." if isinstance(error, Cancelled) else str(error))
        self._show_question()

    def _show_question(self) -> None:
        self._pages.setCurrentIndex(0)
        self.delete_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def _say(self, words: str) -> None:
        self.message.setText(words)
        self.message.setVisible(bool(words))
        announce(self, words, is_urgent=True)

    def reject(self) -> None:
        """Stop it while that is possible, else close; it never closes while it works."""
        if self._job is None or not self._job.is_running:
            super().reject()
        elif self.stop_button.isEnabled():
            self._job.cancel()
            self.doing.setText("Stopping")
            self.stop_button.setEnabled(False)


def sentence(purged: Purged) -> str:
    """What was deleted, and what the bytes of the file say to it."""
    words = f"Deleted for good: {purged.records:,} record{'' if purged.records == 1 else 's'}"
    if purged.kept_files:
        words += f" and {purged.kept_files:,} kept file{'' if purged.kept_files == 1 else 's'}"
    if purged.unfinished:
        return f"{words}. {purged.unfinished}"
    if purged.found_again:
        count = len(purged.found_again)
        return (
            f"{words}. But traces of {count:,} of their texts are still in the file. "
            "Share a copy and go on with that: it holds nothing that was deleted."
        )
    if not purged.texts_searched:
        return f"{words}. They held no words of their own to search the file for."
    return f"{words}. The file was searched for {purged.texts_searched:,} of their texts: none is left in it."


def _backups_of(workspace: Workspace) -> int:
    from db import backup

    return len(backup.of(workspace.store.path))


def _backups_words(count: int) -> str:
    return "Delete the &backup of this file too" if count == 1 else f"Delete the {count:,} &backups of this file too"


def _page() -> tuple[QWidget, QVBoxLayout]:
    page = QWidget()
    column = QVBoxLayout(page)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(look.space(3))
    return page, column


def _button(text: str, deed: Callable[[], object]) -> QPushButton:
    button = QPushButton(text)
    button.setAutoDefault(False)
    button.clicked.connect(lambda: deed())
    return button


def _button_line(*buttons: QPushButton) -> QHBoxLayout:
    line = QHBoxLayout()
    line.addStretch(1)
    for button in buttons:
        line.addWidget(button)
    return line

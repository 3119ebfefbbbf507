"""The backups of a file: what each holds, what putting one back would take and bring, and making one now."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from db import backup
from db.backup import REASONS, Backup, Difference
from db.errors import StoreError
from desktop_app import jobs, look
from desktop_app.views.announce import announce
from desktop_app.views.moments import in_words
from desktop_app.views.plain_text import plain_label, wrapped_label
from desktop_app.views.progress_dialog import wait_for
from desktop_app.views.read_only_box import read_only_box
from desktop_app.words import contents_in_words, records_in_words, size_in_words

MOST_DEEDS = 200
NONE_YET = "There is no backup of this file on this computer yet. One is made at opening, and before anything risky."
ABOUT = (
    "Backups are kept on this computer only. Before one is put back, the file as it is now becomes a backup too, so "
    "that this can be undone."
)


class BackupsDialog(QDialog):
    """Signals:
    restore_wanted: Emitted with the Backup that a person wants to put back, when the dialog has closed.
    """

    restore_wanted = Signal(object)

    def __init__(
        self, path: Path, back_up: Callable[[jobs.Job], Backup] | None, *, is_readable: bool, parent: QWidget
    ) -> None:
        """Show the backups of a file.

        Args:
            back_up: makes a backup on a pool thread; None where the file is not open.
            is_readable: whether the file can be compared with its backups.
        """
        super().__init__(parent)
        self._path, self._back_up, self._is_readable = path, back_up, is_readable
        self.setWindowTitle(f"Backups of {path.name}")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(self.fontMetrics().averageCharWidth() * 110, self.fontMetrics().lineSpacing() * 32)
        self._lay_out()
        self._read()

    def _lay_out(self) -> None:
        self.list = QListWidget()
        self.list.setAccessibleName("Backups, newest first")
        self.list.setWordWrap(True)
        self.list.currentItemChanged.connect(lambda *_: self._compare())
        self.list.itemActivated.connect(lambda _: self.restore())
        self.said = wrapped_label("", "muted")
        self.heading = plain_label("If this backup is put back", "subheading")
        self.details = read_only_box("What putting this backup back would change", bars="changes")
        column = QVBoxLayout(self)
        column.setContentsMargins(look.space(5), look.space(4), look.space(5), look.space(4))
        column.setSpacing(look.space(3))
        for widget, stretch in ((self.said, 0), (self.list, 3), (self.heading, 0), (self.details, 2)):
            column.addWidget(widget, stretch)
        column.addLayout(self._button_line())

    def _button_line(self) -> QHBoxLayout:
        self.now_button = _button("Back up now", self.back_up)
        self.now_button.setVisible(self._back_up is not None)
        self.restore_button = _button("Put this backup back", self.restore)
        self.restore_button.setProperty("role", "primary")
        line = QHBoxLayout()
        line.addWidget(self.now_button)
        line.addStretch(1)
        line.addWidget(_button("Close", self.reject))
        line.addWidget(self.restore_button)
        return line

    def _read(self) -> None:
        path = self._path
        jobs.run(
            lambda: [backup.described(one) for one in backup.of(path)],
            parent=self,
            on_done=self._show,
            on_error=self._on_error,
        )

    def _show(self, found: list[Backup]) -> None:
        self.list.clear()
        for one in found:
            item = QListWidgetItem(sentence(one), self.list)
            item.setData(Qt.ItemDataRole.UserRole, one)
        is_any = bool(found)
        for widget in (self.list, self.heading, self.details):
            widget.setVisible(is_any)
        self.said.setText(ABOUT if is_any else NONE_YET)
        self.restore_button.setEnabled(is_any)
        if is_any:
            self.list.setCurrentRow(0)
            self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    @property
    def current(self) -> Backup | None:
        item = self.list.currentItem()
        return item.data(Qt.ItemDataRole.UserRole) if item else None

    def _compare(self) -> None:
        chosen = self.current
        self.restore_button.setEnabled(chosen is not None and chosen.contents is not None)
        if chosen is None:
            return
        if chosen.contents is None:
            self.details.setPlainText("This backup is damaged and cannot be put back.")
            return
        self.details.setPlainText("Comparing with the file as it is now")
        present = self._path if self._is_readable else None
        jobs.run(
            lambda: (chosen, backup.difference(chosen.path, present)),
            parent=self,
            on_done=self._show_difference,
            on_error=self._on_error,
        )

    def _show_difference(self, compared: tuple[Backup, Difference]) -> None:
        chosen, difference = compared
        if chosen is self.current:
            self.details.setPlainText(difference_in_words(difference))

    def _on_error(self, error: Exception) -> None:
        if not isinstance(error, StoreError):
            raise error
        self.details.setPlainText(str(error))
        announce(self, str(error), is_urgent=True)

    def back_up(self) -> None:
        """Make a backup now."""
        assert self._back_up is not None
        try:
            wait_for(self, "Making a backup", self._back_up)
        except StoreError as error:
            self._on_error(error)
            return
        announce(self, "Backup made.")
        self._read()

    def restore(self) -> None:
        """Close, and have the chosen backup put back."""
        if (chosen := self.current) and chosen.contents is not None:
            self.accept()
            self.restore_wanted.emit(chosen)


def sentence(one: Backup) -> str:
    """One backup in words: when, why, how large, what it holds."""
    when = in_words(one.made_at)
    why = REASONS.get(one.reason, "")
    return f"{when[:1].upper()}{when[1:]} · {why} · {size_in_words(one.size_bytes)}\n{contents_in_words(one.contents)}"


def difference_in_words(difference: Difference) -> str:
    """What putting a backup back would take, bring and change, and what was done since."""
    if difference.is_nothing:
        return "Nothing would change: the file is as it was then."
    tallies = difference.by_type
    parts = (
        ("Would go", records_in_words({kind: tally.only_now for kind, tally in tallies.items()})),
        ("Would come back", records_in_words({kind: tally.only_in_backup for kind, tally in tallies.items()})),
        ("Would be as before", records_in_words({kind: tally.differing for kind, tally in tallies.items()})),
    )
    lines = [f"{head}: {words}." for head, words in parts if words]
    if deeds := difference.deeds_since:
        count = len(deeds)
        lines += ["", "1 change was made since:" if count == 1 else f"{count:,} changes were made since, newest first:"]
        lines += [f"{in_words(datetime.fromisoformat(at))}: {label}" for at, label in deeds[:MOST_DEEDS]]
        if count > MOST_DEEDS:
            lines.append(f"and {count - MOST_DEEDS:,} more")
    return "\n".join(lines)


def _button(text: str, deed: Callable[[], object]) -> QPushButton:
    button = QPushButton(text)
    button.setAutoDefault(False)
    button.clicked.connect(lambda: deed())
    return button

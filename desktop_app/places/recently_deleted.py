"""Recently deleted: what was removed and is still gone, each deed to be put back at once or deleted for good."""

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from db.errors import StoreError
from db.history import Removed
from db.records import Document, Inspection, Record
from desktop_app import look
from desktop_app.places.delete_for_good import DeleteForGoodDialog
from desktop_app.views.announce import announce
from desktop_app.views.plain_text import wrapped_label
from desktop_app.workspace import Workspace


class RecentlyDeletedDialog(QDialog):
    """Signals:
    told: Emitted with a sentence for the status line.
    """

    told = Signal(str)

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._workspace = workspace
        self.setWindowTitle("Recently deleted")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(self.fontMetrics().averageCharWidth() * 100, self.fontMetrics().lineSpacing() * 26)
        self.list = QListWidget()
        self.list.setAccessibleName("Deleted, newest first")
        self.list.setWordWrap(True)
        self.list.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.list.itemActivated.connect(self.restore)
        self.restore_button = _button("Restore", self.restore)
        self.restore_button.setProperty("role", "primary")
        self.delete_button = _button("&Delete for good…", self.delete_for_good)
        self._words = wrapped_label("", "muted")
        self.message = wrapped_label("", "error")
        self.message.hide()
        self._lay_out()
        self._read()

    def _lay_out(self) -> None:
        line = QHBoxLayout()
        line.addWidget(self.delete_button)
        line.addStretch(1)
        line.addWidget(_button("Close", self.accept))
        line.addWidget(self.restore_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(look.space(4), look.space(4), look.space(4), look.space(3))
        column.setSpacing(look.space(3))
        column.addWidget(self._words)
        column.addWidget(self.list, 1)
        column.addWidget(self.message)
        column.addLayout(line)

    def _read(self) -> None:
        self.list.clear()
        for removed in self._workspace.store.removed():
            item = QListWidgetItem(sentence(removed), self.list)
            item.setData(Qt.ItemDataRole.UserRole, removed)
        is_any = self.list.count() > 0
        self.list.setVisible(is_any)
        self.restore_button.setEnabled(is_any)
        self.delete_button.setEnabled(is_any)
        self._words.setText(
            "Choose what to put back. Everything that was removed together comes back together."
            if is_any
            else "Nothing was removed from this file."
        )
        if is_any:
            self.list.setCurrentRow(0)
            self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def restore(self) -> None:
        """Put back what the current entry removed."""
        item = self.list.currentItem()
        if item is None:
            return
        removed = item.data(Qt.ItemDataRole.UserRole)
        try:
            self._workspace.do("Restore", self._workspace.store.restoring(removed))
        except StoreError as error:
            self._say(f"This could not be put back. {error} It may belong to something else in this list.")
            return
        self._say("")
        self.told.emit("Restored.")
        self._read()

    def delete_for_good(self) -> None:
        """Ask whether the words of the selected entries shall go from the file and its history."""
        entries = [item.data(Qt.ItemDataRole.UserRole) for item in self.list.selectedItems()]
        if not entries:
            return
        dialog = DeleteForGoodDialog(self._workspace, entries, self)
        dialog.told.connect(self.told)
        dialog.finished.connect(self._read)
        dialog.open()

    def _say(self, words: str) -> None:
        """Show why something was refused; empty takes it back."""
        self.message.setText(words)
        self.message.setVisible(bool(words))
        announce(self, words, is_urgent=True)


def _button(text: str, deed: Callable[[], object]) -> QPushButton:
    button = QPushButton(text)
    button.setAutoDefault(False)
    button.clicked.connect(lambda: deed())
    return button


def sentence(removed: Removed) -> str:
    """One entry in words: what was removed, when, with its first words."""
    moment = datetime.fromisoformat(removed.at).astimezone()
    when = f"{moment.day} {moment:%B %Y}, {moment:%H:%M}"
    count = len(removed.records)
    others = f" and {count - 1} more that belong to it" if count > 1 else ""
    main = next((one for one in removed.records if isinstance(one, Inspection)), removed.records[-1])
    how = "taken back by undo" if removed.label.startswith("Undo") else "removed"
    return f"{_noun(main)} {how} on {when}: {_words(main)}{others}"


def _noun(record: Record) -> str:
    words = record.record_type.value.replace("_", " ")
    return words[:1].upper() + words[1:]


def _words(record: Record) -> str:
    if isinstance(record, Inspection):
        return record.title or str(record.started_on or "an inspection")
    if isinstance(record, Document):
        return record.title
    words = getattr(record, "text", "") or getattr(record, "name", "") or getattr(record, "label", "")
    words = words or record.record_type.value.replace("_", " ")
    return f"“{words[:120]}{'…' if len(words) > 120 else ''}”"

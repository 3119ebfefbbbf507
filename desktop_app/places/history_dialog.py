"""The history of one record: who changed what and when, with the whole words before and after."""

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QGridLayout,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from db import record_history
from db.change_words import EMPTY, ChangeWords, FieldChange, moment
from db.errors import StoreError
from db.field_words import noun
from db.record_history import AT_ONCE, Entry
from db.records import Inspection, Record
from desktop_app import look
from desktop_app.views.announce import announce
from desktop_app.views.naming import name_bars
from desktop_app.views.plain_text import plain_label, wrapped_label
from desktop_app.workspace import Workspace

NOTHING = "The history says nothing of this yet."
WHOLE = "Newest first. Choose an entry to see its whole words."


class HistoryDialog(QDialog):
    """Entries of the change log, newest first; a value that one changed can be put back.

    Signals:
        told: Emitted with a sentence for the status line.
    """

    told = Signal(str)

    def __init__(self, workspace: Workspace, record: Record, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._workspace, self._record = workspace, record
        self._entries: list[Entry] = []
        self._says = ChangeWords(workspace.store, workspace.lists)
        self.setWindowTitle(f"History of this {noun(record.record_type)}")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(self.fontMetrics().averageCharWidth() * 110, self.fontMetrics().lineSpacing() * 34)
        self._make_list()
        self._make_boxes()
        self._make_buttons()
        self._lay_out()
        workspace.changed.connect(self._read_again)
        self._read_again()
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def _make_list(self) -> None:
        self.words = wrapped_label("", "muted")
        self.family = QCheckBox("Its &judgements, quotes, areas for improvement and documents too")
        self.family.setChecked(True)
        self.family.setVisible(isinstance(self._record, Inspection))
        self.family.toggled.connect(self._read_again)
        self.list = QListWidget()
        self.list.setAccessibleName("Changes, newest first")
        name_bars(self.list, "changes")
        self.list.setUniformItemSizes(True)
        self.list.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.currentRowChanged.connect(self._show_entry)
        self.more_button = _button("Show &more", self._read_more)
        self.message = wrapped_label("", "error")
        self.message.hide()

    def _make_boxes(self) -> None:
        self.before, self.after = _box("Before"), _box("After")
        self._headings = plain_label("Before", "subheading"), plain_label("After", "subheading")

    def _make_buttons(self) -> None:
        self.put_back_button = _button("&Put this value back", self.put_back)
        self.close_button = _button("Close", self.accept)

    def _lay_out(self) -> None:
        sides = QGridLayout()
        for place, (heading, box) in enumerate(zip(self._headings, (self.before, self.after), strict=True)):
            sides.addWidget(heading, 0, place)
            sides.addWidget(box, 1, place)
        line = QHBoxLayout()
        line.addWidget(self.put_back_button)
        line.addStretch(1)
        line.addWidget(self.close_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(look.space(4), look.space(4), look.space(4), look.space(3))
        column.setSpacing(look.space(3))
        for widget in (self.words, self.family):
            column.addWidget(widget)
        column.addWidget(self.list, 3)
        column.addWidget(self.more_button, 0, Qt.AlignmentFlag.AlignLeft)
        column.addLayout(sides, 2)
        column.addWidget(self.message)
        column.addLayout(line)

    def _read_again(self) -> None:
        """Read the newest entries; the current entry stays the current one where nothing newer came."""
        newest = self._entries[0].row if self._entries else -1
        current = self.list.currentRow()
        self._entries = []
        self._says = ChangeWords(self._workspace.store, self._workspace.lists)
        self.list.clear()
        self._read_more()
        if self._entries:
            stays = self._entries[0].row == newest and 0 <= current < len(self._entries)
            self.list.setCurrentRow(current if stays else 0)
        else:
            self._show_entry(-1)
        self._show_words()

    def _read_more(self) -> None:
        below = self._entries[-1].row if self._entries else None
        with_family = self.family.isChecked()
        found = record_history.read(self._workspace.store, self._record, with_family=with_family, below=below)
        self._entries += found
        for entry in found:
            QListWidgetItem(self._says.sentence(entry, about=self._record.id), self.list)
        self.more_button.setVisible(len(found) == AT_ONCE)

    def _show_words(self) -> None:
        began = record_history.start_of_log(self._workspace.store)
        start = f" The history starts with the copy made: {moment(began)}." if began else ""
        self.words.setText((WHOLE if self._entries else NOTHING) + start)

    def _show_entry(self, row: int) -> None:
        self._say("")
        entry = self._entries[row] if 0 <= row < len(self._entries) else None
        fields = self._says.fields(entry) if entry else []
        self.before.setPlainText(_whole([(one, one.before) for one in fields], is_one=_is_one(entry, fields)))
        self.after.setPlainText(_whole([(one, one.after) for one in fields], is_one=_is_one(entry, fields)))
        self.put_back_button.setEnabled(bool(entry and record_history.can_be_put_back(entry)))

    def put_back(self) -> None:
        """Set the value again that stood there before the current entry, as a deed that can be undone."""
        row = self.list.currentRow()
        if not 0 <= row < len(self._entries):
            return
        entry = self._entries[row]
        (change,) = self._says.fields(entry)
        try:
            edit = record_history.putting_back(self._workspace.store, entry)
            self._workspace.do(f"Put back {change.name}", edit)
        except StoreError as error:
            self._say(f"This was not put back. {error}")
            return
        words = f"Put back {change.name}. Undo takes it away again."
        self.told.emit(words)
        announce(self, words)

    def _say(self, words: str) -> None:
        """Show why something was refused; empty takes it back."""
        self.message.setText(words)
        self.message.setVisible(bool(words))
        announce(self, words, is_urgent=True)


def _is_one(entry: Entry | None, fields: list[FieldChange]) -> bool:
    return len(fields) == 1 and entry is not None and entry.before is not None and entry.after is not None


def _whole(sides: list[tuple[FieldChange, str]], *, is_one: bool) -> str:
    """Whole words, ready to be copied: of one field its value alone, of several each under its name."""
    if is_one:
        return sides[0][1]
    if not any(words for _, words in sides):
        return ""
    return "\n\n".join(f"{one.name[:1].upper()}{one.name[1:]}:\n{words or EMPTY}" for one, words in sides)


def _box(name: str) -> QPlainTextEdit:
    box = QPlainTextEdit()
    box.setReadOnly(True)
    box.setTabChangesFocus(True)
    box.setTextInteractionFlags(
        Qt.TextInteractionFlag.TextSelectableByKeyboard | Qt.TextInteractionFlag.TextSelectableByMouse
    )
    box.setAccessibleName(name)
    name_bars(box, name.lower())
    return box


def _button(text: str, deed: Callable[[], object]) -> QPushButton:
    button = QPushButton(text)
    button.setAutoDefault(False)
    button.clicked.connect(lambda: deed())
    return button

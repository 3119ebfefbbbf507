"""Confirm what a report says: each field with its line, by keyboard; then one deed adds the inspection."""

from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import QDialog, QHBoxLayout, QPlainTextEdit, QPushButton, QVBoxLayout, QWidget

from db.errors import BadDate, RuleBroken, StoreError
from db.records import Inspection
from db.snapshot import Cancelled
from desktop_app import ask, look
from desktop_app.forms.document import display_name
from desktop_app.places.draft_edit import Kept, edit_of
from desktop_app.places.draft_fields import Asks, Field
from desktop_app.places.draft_reading import read_draft
from desktop_app.places.draft_states import Confirming, State
from desktop_app.reading.draft_values import Draft
from desktop_app.reading.page_values import CannotRead
from desktop_app.settings import Settings
from desktop_app.views.announce import announce
from desktop_app.views.draft_editor import DraftEditor
from desktop_app.views.draft_rows import DraftRows
from desktop_app.views.naming import name_bars
from desktop_app.views.plain_text import wrapped_label
from desktop_app.views.progress_dialog import wait_for
from desktop_app.workspace import Workspace

_KEYS = "Enter accepts a row and goes on. Type to correct it, F2 to change a letter. Delete leaves it out."
_BY_HAND = "You can still add the inspection by hand and keep the report among its documents."
_WIDTH_PX, _HEIGHT_PX = 980, 640
_DETAIL_LINES = 6


def look_at(
    workspace: Workspace, settings: Settings, window: QWidget, path: Path | None = None
) -> "DraftDialog | None":
    """Read a report and open what it says for confirming; None where nothing could be read, or nobody wants it.

    Args:
        path: the report; asked for where none is given.
    """
    if workspace.is_read_only:
        ask.tell(window, "This file is open for reading only, so no inspection can be added to it.")
        return None
    path = path or ask.document_file(window)
    if path is None:
        return None
    try:
        content, found = wait_for(window, f"Reading {path.name}", lambda job: read_draft(path, job))
    except Cancelled:
        return None
    except CannotRead as error:
        ask.tell(window, f"{path.name} could not be read. {error}", _BY_HAND)
        return None
    dialog = DraftDialog(workspace, settings, found, content, path.name, window)
    dialog.open()
    return dialog


class DraftDialog(QDialog):
    """Signals:
    added: Emitted with the Inspection once it is written; the dialog closes before it.
    """

    added = Signal(object)

    def __init__(
        self,
        workspace: Workspace,
        settings: Settings,
        found: Draft,
        content: bytes,
        name: str,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._workspace, self._settings, self._content, self._name = workspace, settings, content, name
        self.confirming = Confirming(workspace.store, workspace.lists, found)
        self.setWindowTitle("New inspection from a report")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._lay_out()
        self._show_all()
        self.rows.setFocus(Qt.FocusReason.OtherFocusReason)

    def _lay_out(self) -> None:
        self.said, self.notice, self.error = (
            wrapped_label(),
            wrapped_label("", "subheading"),
            wrapped_label("", "error"),
        )
        self.rows, self.editor, self.detail = DraftRows(), DraftEditor(), QPlainTextEdit()
        self.detail.setReadOnly(True)
        self.detail.setTabChangesFocus(True)
        self.detail.setAccessibleName("The printed lines and the doubts of this row")
        name_bars(self.detail, "the printed lines")
        self.detail.setFixedHeight(self.fontMetrics().lineSpacing() * _DETAIL_LINES + 14)
        self.rows.accepted.connect(self._on_accepted)
        self.rows.typed.connect(self._on_typed)
        self.rows.left_out.connect(self._on_left_out)
        self.rows.moved.connect(self._on_moved)
        self.editor.entered.connect(self._on_entered)
        self.editor.given_up.connect(self._on_given_up)
        column = QVBoxLayout(self)
        column.setContentsMargins(look.space(5), look.space(4), look.space(5), look.space(4))
        column.setSpacing(look.space(2))
        column.addWidget(self.said)
        column.addWidget(self.notice)
        column.addWidget(self.rows, 1)
        for part in (self.editor, self.detail, self.error):
            column.addWidget(part)
        column.addLayout(self._make_buttons())
        self.error.hide()
        self.resize(_WIDTH_PX, _HEIGHT_PX)

    def _make_buttons(self) -> QHBoxLayout:
        self.certain_button = _button("Accept all that is &certain", self._on_certain)
        self.replace_button = _button("&Replace what the file says", self._on_replace)
        self.add_button = _button("&Add the inspection", self.add)
        self.add_button.setProperty("role", "primary")
        line = QHBoxLayout()
        line.addWidget(self.certain_button)
        line.addWidget(self.replace_button)
        line.addStretch(1)
        line.addWidget(_button("Cancel", self.reject))
        line.addWidget(self.add_button)
        return line

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.rows.share_width()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        # Enter presses the button that has the focus and no other: nothing is written by an Enter meant for a text.
        if event.key() not in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            super().keyPressEvent(event)
        elif isinstance(focused := self.focusWidget(), QPushButton):
            focused.click()

    def add(self) -> None:
        """Write what is confirmed as one deed, and close; a refusal is said and nothing is written."""
        if self.editor.isVisible():
            self.editor.refuse("Press Enter to take this correction, or Esc to leave the row open.")
            return
        workspace, known = self._workspace, self.confirming.known
        confirmed = self.confirming.confirmed()
        if known is None and (
            missing := next((key for key in ("provider", "kind") if not confirmed.values.get(key)), "")
        ):
            self._refuse(f"Accept or enter the {missing} first.", missing)
            return
        try:
            workspace.guard()
            kept = Kept(display_name(self._name), workspace.store.keep_file(self._content))
            edit, inspection = edit_of(workspace.store, workspace.lists, self.confirming.draft, confirmed, kept, known)
            workspace.do("Add inspection from a report", edit)
        except StoreError as error:
            self._refuse(str(error), error.field if isinstance(error, RuleBroken) else "")
            return
        self._settings.last_provider, self._settings.last_kind = inspection.provider_id, inspection.kind_id
        self.accept()
        self.added.emit(inspection)

    def reject(self) -> None:
        """Close; where something is confirmed, ask first."""
        count = len(self.confirming.confirmed().values)
        details = f"{_rows(count)} you confirmed will be lost. Nothing was written to the file."
        if not count or ask.whether(self, "Close without adding the inspection?", details, "Close without adding"):
            super().reject()

    def _refuse(self, sentence: str, key: str) -> None:
        self.error.setText(sentence)
        self.error.show()
        announce(self, sentence, is_urgent=True)
        if key in {field.key for field in self.confirming.fields}:
            self.rows.go_to(self.confirming.place_of(key))
        self.rows.setFocus(Qt.FocusReason.OtherFocusReason)

    def _current(self) -> Field:
        return self.confirming.fields[max(self.rows.place, 0)]

    def _on_accepted(self) -> None:
        self.confirming.accept(self._current())
        self._go_on()

    def _on_left_out(self) -> None:
        self.confirming.leave_out(self._current())
        self._go_on()

    def _on_typed(self, letter: str) -> None:
        field = self._current()
        if self.confirming.is_note(field):
            return
        value = self.confirming.value(field)
        if field.asks is Asks.CHOICE:
            self.editor.offer(field.name, field.choices, value, letter=letter)
        else:
            is_long = field.asks is Asks.TEXT
            self.editor.ask(field.name, field.in_words(value), letter=letter, is_long=is_long)

    def _on_entered(self, typed: str) -> None:
        field = self._current()
        try:
            value = field.read(typed) if field.asks is not Asks.CHOICE else typed or None
        except BadDate as error:
            self.editor.refuse(str(error))
            return
        self.confirming.correct(field, value)
        self._close_editor()
        self._go_on()

    def _on_given_up(self) -> None:
        self.confirming.leave_open(self._current())
        self._close_editor()
        self._show_all()

    def _close_editor(self) -> None:
        self.rows.setFocus(Qt.FocusReason.OtherFocusReason)
        self.editor.close_up()

    def _on_moved(self, place: int) -> None:
        if place < 0:
            return
        if self.editor.isVisible():
            self.editor.close_up()
        self._tell()
        announce(self.rows, self.confirming.sentence(self._current()))

    def _on_certain(self) -> None:
        count = self.confirming.accept_certain()
        announce(self, f"{_rows(count)} accepted.")
        self.rows.setFocus(Qt.FocusReason.OtherFocusReason)
        self._go_on(after=-1)

    def _on_replace(self) -> None:
        self.confirming.replace_in_file(self._current())
        self._show_all()
        announce(self.rows, self.confirming.sentence(self._current()))
        self.rows.setFocus(Qt.FocusReason.OtherFocusReason)

    def _go_on(self, after: int | None = None) -> None:
        """Go to the next open row; behind the last one the button waits for Enter."""
        self.error.hide()
        after = self.rows.place if after is None else after
        self._show_all()
        place = self.confirming.next_open(after)
        if place is None:
            self.add_button.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.rows.go_to(place)

    def _show_all(self) -> None:
        cells = [self.confirming.cells(field) for field in self.confirming.fields]
        if self.rows.topLevelItemCount() == len(cells):
            for place, row in enumerate(cells):
                self.rows.show_row(place, row)
        else:
            self.rows.show_rows(cells)
        self._tell()

    def _tell(self) -> None:
        confirming, field = self.confirming, self._current()
        still_open = sum(confirming.state(one) is State.OPEN for one in confirming.fields)
        self.said.setText(f"{self._name}: {_rows(still_open)} open of {len(confirming.fields)}. {_KEYS}")
        self.detail.setPlainText(confirming.details(field))
        self.replace_button.setEnabled(confirming.differs(field))
        self._tell_of_known(confirming.known.inspection if confirming.known else None)

    def _tell_of_known(self, known: Inspection | None) -> None:
        was_there = bool(self.notice.text())
        words = self._workspace.lists.name_of(known) if known else ""
        said = f"The file has this inspection already: {words}. Only what is empty is filled." if known else ""
        self.notice.setText(said)
        self.notice.setVisible(bool(said))
        self.add_button.setText("&Add to the inspection" if known else "&Add the inspection")
        if said and not was_there:
            announce(self, said)


def _rows(count: int) -> str:
    return f"{count} row" if count == 1 else f"{count} rows"


def _button(words: str, on_pressed: Any) -> QPushButton:
    made = QPushButton(words)
    made.setAutoDefault(False)
    made.clicked.connect(lambda: on_pressed())
    return made

"""A tab of an inspection: the form for one row above, the rows entered so far below."""

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QEvent, QModelIndex, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from db.edit import Edit
from db.overview import renumbered
from db.records import Record
from desktop_app import look
from desktop_app.binding import Deed
from desktop_app.forms.context import Context
from desktop_app.forms.row_form import RowForm
from desktop_app.tables.record_list import Card, RecordList, RecordView
from desktop_app.views.plain_text import plain_label
from desktop_app.views.scrolling import scrolled


class EntryTab(QWidget):
    """A row form with its list. Enter or a click changes a row, Del removes it, Escape goes back to the list.

    Signals:
        edit_wanted: Emitted with a Deed when something is to be written.
        remove_wanted: Emitted with the record that a person wants to remove.
    """

    edit_wanted = Signal(object)
    remove_wanted = Signal(object)

    def __init__(self, form: RowForm, card_of: Callable[[Any, Context], Card], empty: str) -> None:
        super().__init__()
        self.form = form
        self._card_of = card_of
        self._context: Context | None = None
        self.model = RecordList(self._card, self)
        self.list = RecordView(f"{form.plural[:1].upper()}{form.plural[1:]}", self.model)
        self._empty = plain_label(empty, "muted")
        self._empty.setWordWrap(True)
        self._lay_out()
        form.edit_wanted.connect(self.edit_wanted)
        form.finished.connect(self.focus_list)
        self.list.activated.connect(self._on_activated)
        self.list.clicked.connect(self._on_clicked)
        self.list.installEventFilter(self)
        form.installEventFilter(self)

    def _lay_out(self) -> None:
        inner = QWidget()
        column = QVBoxLayout(inner)
        column.setContentsMargins(look.space(5), look.space(4), look.space(5), look.space(4))
        column.setSpacing(look.space(3))
        column.addWidget(self.form)
        column.addWidget(self._empty)
        column.addWidget(self.list, 1)
        self.list.setMinimumHeight(self.fontMetrics().lineSpacing() * 9)
        scrolled(inner, self, self.form.plural)

    def _card(self, record: Record) -> Card:
        assert self._context is not None
        return self._card_of(record, self._context)

    def show_rows(self, context: Context, records: Sequence[Record]) -> None:
        """Show the rows of an inspection; the form keeps what a person is typing."""
        self._context = context
        positions = [getattr(record, "position", 0) for record in records]
        self.form.show_context(context, max(positions, default=0) + 1)
        shown = self.form.record
        self.form.refresh(next((record for record in records if shown and record.id == shown.id), None))
        current = self.list.current_record()
        self.model.show_records(records)
        self._empty.setVisible(not records)
        self.list.setVisible(bool(records))
        if current is not None and not self.list.go_to(current.id) and records:
            self.list.setCurrentIndex(self.model.index(0))

    def go_to(self, record_id: str) -> bool:
        """Open one row in the form; False where it is not shown."""
        self.form.leave_all()
        if not self.list.go_to(record_id):
            return False
        self.form.edit_record(self.list.current_record())
        self.form.focus_first()
        return True

    def focus_list(self) -> None:
        """Put the focus on the rows, or on the form where there are none."""
        if not self.model.records:
            self.form.focus_first()
            return
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)
        if not self.list.currentIndex().isValid():
            self.list.setCurrentIndex(self.model.index(0))

    def flush(self) -> None:
        """Keep what is begun as well as it can be kept, in every row of the inspection, before the window closes."""
        self.form.flush()
        typed = self.form.stash.typing().get(self._context.key, {}) if self._context else {}
        for record in [record for record in self.model.records if record.id in typed]:
            self.form.edit_record(record)
            self.form.leave_all()

    def _on_activated(self, index: QModelIndex) -> None:
        del index
        self._open_current(with_focus=True)

    def _on_clicked(self, index: QModelIndex) -> None:
        del index
        self._open_current(with_focus=False)

    def _open_current(self, *, with_focus: bool) -> None:
        self.form.leave_all()
        record = self.list.current_record()
        if record is not None:
            self.form.edit_record(record)
            if with_focus:
                self.form.focus_first()

    def current_record(self) -> Record | None:
        """The row that is being changed, or the one that the list stands on."""
        return self.form.record or self.list.current_record()

    def start_like_current(self) -> bool:
        """Start a new row like the current one; False where there is none."""
        record = self.current_record()
        if record is None:
            return False
        self.form.start_like(record)
        self.form.focus_first()
        return True

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            if watched is self.list:
                return self._on_list_key(event)
            if event.key() == Qt.Key.Key_Escape and self.form.record is not None:
                self.form.give_up()
                return True
        return super().eventFilter(watched, event)

    def _on_list_key(self, event: QKeyEvent) -> bool:
        record = self.list.current_record()
        if record is None:
            return False
        if event.key() == Qt.Key.Key_Delete:
            self.remove_wanted.emit(record)
            return True
        moves = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}
        if event.modifiers() == Qt.KeyboardModifier.AltModifier and event.key() in moves:
            self._move(record, moves[Qt.Key(event.key())])
            return True
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._open_current(with_focus=True)
            return True
        return False

    def _move(self, record: Record, step: int) -> None:
        if not hasattr(record, "position"):
            return
        rows = list(self.model.records)
        place = self.model.row_of(record.id)
        if not 0 <= place + step < len(rows):
            return
        rows[place], rows[place + step] = rows[place + step], rows[place]
        before, after = renumbered(rows)
        self.edit_wanted.emit(Deed(f"Move {self.form.noun}", Edit(before, after)))
        self.list.go_to(record.id)

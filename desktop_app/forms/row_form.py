"""A form for one row of an inspection: a new one is a draft until it is added, an old one is saved by field."""

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QApplication, QWidget

from db.drafts import NEW, Fields, Rows
from db.edit import Edit
from db.errors import RuleBroken
from db.records import Record
from desktop_app.binding import Binding, Deed
from desktop_app.forms.context import Context
from desktop_app.forms.row_card import RowCard, article
from desktop_app.forms.stash import Stash
from desktop_app.views.announce import announce


class RowForm(RowCard):
    """Fields for one quote, area for improvement or document.

    Subclasses say which fields there are, and how they become a record.

    Signals:
        edit_wanted: Emitted with a Deed when something is to be written.
        finished: Emitted when a person is done with an old row and wants the list back.
        typed: Emitted whenever other typing is unsaved than before, see `typing`.
    """

    edit_wanted = Signal(object)
    finished = Signal()
    typed = Signal()

    asking = "Enter what is missing"
    sticky: tuple[str, ...] = ()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.record: Record | None = None
        self.context: Context | None = None
        self.next_position = 1
        self.stash = Stash()
        self._kept: dict[str, Any] = {}
        self._is_touched = False
        self.build(self.make_blocks())
        self.binding = Binding(self.blocks, self)
        self.binding.left.connect(self._on_left)
        self.binding.edited.connect(self._on_edited)
        self.binding.problems_changed.connect(lambda: self.summary.set_errors(self.binding.listed_problems()))
        self.binding.problems_changed.connect(self.typed)
        QApplication.instance().focusChanged.connect(self._on_focus_changed)  # type: ignore[union-attr]

    def with_links(self, records: list[Record]) -> Edit:
        """The edit that adds new records; a document that they name is linked to the inspection too."""
        assert self.context is not None
        before, after = self.context.linked(getattr(records[0], "document_id", None))
        return Edit(before, (*records, *after))

    def show_context(self, context: Context, next_position: int) -> None:
        """Show the form for an inspection; a draft begun there comes back."""
        is_other = self.context is None or self.context.key != context.key
        if is_other:
            self._put_away()
        self.context = context
        self.next_position = next_position
        self.offer(context)
        if is_other:
            self._kept = {}
            self._start_new()
        elif self.record is None and not self._is_touched:
            self.binding.show({**self.blank(), **self._kept})  # a new document may be the usual source now

    def refresh(self, record: Record | None) -> None:
        """Show the record of an old row as it is now; None when it is gone."""
        if self.record is not None and record is None:
            self._start_new()
        elif self.record is not None and record is not None:
            self.record = record
            self.binding.show(self.values_of(record))

    def edit_record(self, record: Record) -> None:
        """Show an old row to be changed; a draft of a new one, and what was refused in another, are kept for later."""
        self._put_away()
        self.record = record
        self.binding.show(self.values_of(record), anew=True)
        self.binding.take_back(self.stash.take_row(record.id), self.saved_values(record))
        self.show_mode(is_new=False)
        self._show_hint()

    def start_like(self, record: Record) -> None:
        """Start a new row with everything of another one but its words; a draft that waits comes first."""
        self._put_away()
        self._kept = {name: value for name, value in self.values_of(record).items() if name not in self.required}
        self._start_new()

    def start_with(self, values: Mapping[str, Any]) -> bool:
        """Start a new row with these values; one that is begun is added before. False where that one is refused."""
        self.leave_all()
        self._put_away()
        self._start_new()
        if self.is_begun and ((begun := self.binding.read_all()) is None or not self._write_new(begun)):
            return False
        self.binding.show({**self.blank(), **values}, anew=True)
        self._is_touched = True
        self._show_hint()
        self.typed.emit()
        return True

    def _put_away(self) -> None:
        if self.context is not None:
            key = self.record.id if self.record else NEW
            is_kept = self.record is not None or self.is_begun
            self.stash.put(self.context.key, key, self._unsaved_fields() if is_kept else {})

    def _unsaved_fields(self) -> Fields:
        if self.record is not None:
            return self.binding.unsaved(self.saved_values(self.record))
        return self.binding.differing(self.blank()) if self.is_begun or self._is_touched else {}

    def typing(self) -> dict[str, dict[str, Fields]]:
        """Everything that is not in the file yet: by inspection, then by row, then by field."""
        found = self.stash.typing()
        if self.context and (fields := self._unsaved_fields()):
            key = self.record.id if self.record else NEW
            found.setdefault(self.context.key, {})[key] = fields
        return found

    def put_back(self, inspection_id: str, rows: Rows) -> Rows:
        """Take typing that was given by `typing` before, to be shown with its row; return what has no place here."""
        is_here = self.context is not None and self.context.key == inspection_id
        in_the_way = {NEW: rows[NEW]} if is_here and NEW in rows and self.is_begun else {}
        self.stash.put_all(inspection_id, {key: row for key, row in rows.items() if key not in in_the_way})
        if is_here and self.record is not None:
            self.binding.take_back(self.stash.take_row(self.record.id), self.saved_values(self.record))
        elif is_here and NEW in rows and not in_the_way:
            self._start_new()
        return in_the_way

    @property
    def is_begun(self) -> bool:
        """Whether a new row has words that are not added yet."""
        return self.record is None and any(self._has_words(name) for name in self.required)

    def _has_words(self, name: str) -> bool:
        return bool(str(self.binding.typing()[name]).strip())

    def _start_new(self) -> None:
        self.record = None
        draft = self.stash.take(self.context.key, NEW) if self.context else {}
        self.binding.show(self.blank() if draft else {**self.blank(), **self._kept}, anew=True)
        self.binding.take_back(draft, {})
        self._is_touched = bool(draft)
        self.show_mode(is_new=True)
        self._show_hint()
        self.typed.emit()

    def _show_hint(self) -> None:
        said = self.hint_of(self.binding.typing())
        mode = "Ctrl+Return adds it and starts the next one." if self.record is None else "Saved as you leave a field."
        self.hint.setText(said or mode)

    def _on_edited(self, name: str) -> None:
        self._is_touched = True
        self._show_hint()
        self.typed.emit()

    def _on_left(self, name: str) -> None:
        value, is_read = self.binding.read(name)
        if not is_read:
            return
        self.binding.accept(name)
        if self.record is not None:
            self._save_field(name, value)

    def is_needed(self, name: str) -> bool:
        """Whether a field of an old row may not be emptied."""
        return name in self.required

    def _save_field(self, name: str, value: Any) -> None:
        assert self.record is not None
        if not value and self.is_needed(name):
            self.binding.refuse(name, self.asking)
            return
        changed = self.changed_record(self.record, name, value)
        if changed == self.record:
            return
        label = f"Change {self.blocks[name].name_in_deed} of {self.noun}"
        deed = Deed(label, self._edit_of(changed))
        self.edit_wanted.emit(deed)
        if deed.error:
            self._refuse(deed.error, name)

    def _edit_of(self, changed: Record) -> Edit:
        assert self.context is not None and self.record is not None
        before, after = self.context.linked(getattr(changed, "document_id", None))
        return Edit((self.record, *before), (changed, *after))

    def _refuse(self, error: Exception, name: str) -> None:
        field = error.field if isinstance(error, RuleBroken) and error.field in self.blocks else name
        self.binding.refuse(field, str(error))

    def add(self) -> bool:
        """Add the new row and start the next one, or be done with an old one; False where it was refused."""
        self.leave_all()
        if self.record is not None:
            return self._finish()
        if not self._check_required():
            return False
        values = self.binding.read_all()
        if values is None or not self._write_new(values):
            return False
        self.focus_first()
        return True

    def give_up(self) -> None:
        """Leave an old row: what was refused in it goes, what is in the file stays."""
        self.leave_all()
        for name in list(self.binding.problems):
            self.binding.accept(name)
        self._finish()

    def _finish(self) -> bool:
        if self.binding.problems:
            return False
        self._start_new()
        self.finished.emit()
        return True

    def _check_required(self) -> bool:
        for name in self.required:
            if not self._has_words(name):
                self.binding.refuse(name, self.asking)
        return not self.binding.problems.keys() & set(self.required)

    def _write_new(self, values: dict[str, Any]) -> bool:
        records = self.records_of(values)
        label = f"Add {self.noun}" if len(records) == 1 else f"Add {len(records)} {self.plural}"
        deed = Deed(label, self.with_links(records))
        self.edit_wanted.emit(deed)
        if deed.error:
            self._refuse(deed.error, self.required[0])
            return False
        self._kept = {name: values[name] for name in self.sticky}
        self._start_new()
        announce(self, label.replace("Add", "Added", 1))
        return True

    def focus_first(self) -> None:
        """Put the focus where typing starts."""
        next(iter(self.blocks.values())).field.setFocus(Qt.FocusReason.OtherFocusReason)

    def on_add(self) -> None:
        self.add()

    def on_other(self) -> None:
        if self.record is None:
            if self.context:
                self.stash.take(self.context.key, NEW)
            self._start_new()
            self.focus_first()
            return
        deed = Deed(f"Remove {self.noun}", Edit(before=(self.record,)))
        self.edit_wanted.emit(deed)
        if deed.error:
            self._refuse(deed.error, self.required[0])
        else:
            self.finished.emit()

    def is_complete(self) -> bool:
        """Whether a new row has all that adding it on leaving needs."""
        return self.is_begun and all(self._has_words(name) for name in self.required)

    def _on_focus_changed(self, old: QWidget | None, new: QWidget | None) -> None:
        if old is None or new is None or new.window() is not self.window():
            return
        if not self.isAncestorOf(old) or self.isAncestorOf(new) or self.record is not None:
            return
        if self.is_complete() and not self.binding.problems and (values := self.binding.read_all()) is not None:
            self._write_new(values)

    def leave_all(self) -> None:
        """Save the field of an old row that is being typed in; a new row stays as it is."""
        self.binding.leave_all()

    def flush(self) -> None:
        """Keep what is begun as well as it can be kept, before the window closes."""
        self.leave_all()
        if self.record is not None and self.context and self.stash.holds(self.context.key, NEW):
            self._put_away()
            self._start_new()
        if self.is_begun and (values := self.binding.read_all()) is not None:
            self._write_new(values)

    def unsaved(self) -> list[str]:
        """What is not in the file, in words: rows begun and fields refused."""
        rows = self.stash.new_rows + self.is_begun
        fields = len(self.stash.old_fields) + (0 if self.record is None else len(self.binding.problems))
        return [f"a new {self.noun}"] * rows + [f"a field of {article(self.noun)}"] * fields

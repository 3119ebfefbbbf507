"""A form for one statutory date: another day with its reason, and when it was met."""

from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from db.deadlines import Due
from db.edit import Edit
from db.errors import RuleBroken
from db.improvement_records import StatutoryDate
from db.records import new_id
from desktop_app import look
from desktop_app.binding import Binding, Deed
from desktop_app.views.announce import announce
from desktop_app.views.date_field import DateField
from desktop_app.views.fields import LineField
from desktop_app.views.labelled import Labelled
from desktop_app.views.plain_text import wrapped_label

_NEEDS_A_REASON = "Enter the reason for the date, such as who agreed to it."


class StatutoryDateForm(QWidget):
    """Saves each field when it is left; another day waits until its reason stands beside it.

    Signals:
        edit_wanted: Emitted with a Deed when something is to be written.
    """

    edit_wanted = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.due: Due | None = None
        self._refused_once = False
        self.worked_out = wrapped_label("", "muted")
        self.blocks = {
            "due_on": Labelled("&Due on another day", DateField("Due date"), optional=True),
            "reason": Labelled("&Reason for the other day", LineField()),
            "done_on": Labelled("&Met on", DateField("Met on"), optional=True),
        }
        self.binding = Binding(self.blocks, self)
        self.binding.left.connect(self._on_left)
        self.binding.edited.connect(self._on_edited)
        self._lay_out()

    def _lay_out(self) -> None:
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(look.space(5))
        grid.addWidget(self.worked_out, 0, 0, 1, 3)
        for column, (name, stretch) in enumerate((("due_on", 0), ("reason", 1), ("done_on", 0))):
            # The reason has one box, the dates have names over theirs: the boxes stand on one line.
            side = Qt.AlignmentFlag.AlignBottom if name == "reason" else Qt.AlignmentFlag.AlignTop
            grid.addWidget(self.blocks[name], 1, column, side)
            grid.setColumnStretch(column, stretch)

    def show_due(self, due: Due) -> None:
        """Show a statutory date; what is being typed for another one is saved or left behind with it."""
        is_other = self.due is None or (self.due.inspection_id, self.due.deadline) != (due.inspection_id, due.deadline)
        if is_other and self.due is not None:
            self.binding.leave_all()
        self.due = due
        one = due.deadline
        day = f"{due.worked_out.day} {due.worked_out:%B %Y}" if due.worked_out else "not known"
        self.worked_out.setText(f"Worked out: {one.working_days} working days from {one.counted_from}: {day}.")
        kept = due.kept
        values = {name: getattr(kept, name) if kept else ("" if name == "reason" else None) for name in self.blocks}
        self.binding.show(values, anew=is_other)
        self._refused_once = False

    def _on_edited(self, _: str) -> None:
        self._refused_once = False

    def _on_left(self, name: str) -> None:
        if self.due is None:
            return
        values = self.binding.read_all()
        if values is None:
            return
        if values["due_on"] and not values["reason"].strip():
            if name == "reason":
                self.binding.refuse("reason", _NEEDS_A_REASON)
            return
        for field in self.blocks:
            self.binding.accept(field)
        self._save(values)

    def _save(self, values: dict[str, object]) -> None:
        assert self.due is not None
        kept = self.due.kept
        blank = StatutoryDate(id=new_id(), inspection_id=self.due.inspection_id, deadline=self.due.deadline.code)
        wanted = replace(kept or blank, **values)  # type: ignore[arg-type]
        if wanted == (kept or blank):
            return
        says_nothing = not (wanted.due_on or wanted.reason or wanted.done_on)
        edit = Edit((kept,) if kept else (), () if says_nothing else (wanted,))
        deed = Deed("Change statutory date", edit)
        self.edit_wanted.emit(deed)
        if deed.error:
            field = deed.error.field if isinstance(deed.error, RuleBroken) else ""
            self.binding.refuse(field if field in self.blocks else "due_on", str(deed.error))

    def is_saved(self) -> bool:
        """Save what is typed; False once where it cannot be, so that a person can put it right or leave it."""
        if self.due is None:
            return True
        for block in self.blocks.values():
            block.field.leave()
        values = self.binding.read_all()
        is_whole = values is not None and not (values["due_on"] and not values["reason"].strip())
        if is_whole and not self.binding.problems:
            return True
        if self._refused_once:
            return True
        if values is not None:
            self.binding.refuse("reason", _NEEDS_A_REASON)
            self.blocks["reason"].field.setFocus(Qt.FocusReason.OtherFocusReason)
        announce(self, "Not saved yet. Put it right, or close again to leave it.", is_urgent=True)
        self._refused_once = True
        return False

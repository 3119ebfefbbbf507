"""Changes to one marked row of the Improvement place or to many: asked for, written as one deed, and said."""

from typing import Any

from PySide6.QtCore import QObject, Qt, Signal

from db.errors import StoreError
from db.improvement import Plan
from db.improvement_change import change_many
from db.improvement_words import theme_words
from desktop_app.places.improvement_change import ChangeDialog
from desktop_app.places.improvement_detail import ImprovementDetail
from desktop_app.tables.improvement_table import ImprovementTable
from desktop_app.views.announce import announce
from desktop_app.workspace import Workspace


class Changes(QObject):
    """Attributes:
        plan: what the list shows now.

    Signals:
        told: Emitted with a sentence for the status line.
    """

    told = Signal(str)

    def __init__(self, workspace: Workspace, table: ImprovementTable, detail: ImprovementDetail) -> None:
        super().__init__(table)
        self._workspace, self._table, self._detail = workspace, table, detail
        self.plan: Plan | None = None

    def set_status(self, number: int) -> None:
        """Set the status of the marked rows by its place in the list, 0 for none."""
        statuses = list(self._workspace.lists.statuses.values())
        if number <= len(statuses):
            status = statuses[number - 1] if number else None
            self.change("status_id", status.id if status else None, status.label if status else "")

    def ask(self, field: str) -> None:
        """Ask for the owner, due date or theme of the marked rows."""
        rows, lists = self._table.marked(), self._workspace.lists
        if self.plan is None or not rows:
            return
        self._detail.leave_fields()
        about = self.plan.text(rows[0]) if len(rows) == 1 else f"{len(rows):,} marked rows, as one change."
        dialog = ChangeDialog(field, about, self._table)
        themes = {key: one.name for key, one in lists.themes.items()}
        dialog.offer(self.plan.owners, themes, self._common(field))
        dialog.chosen.connect(lambda value: self.change(field, value, self._said(field, value)))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()

    def _common(self, field: str) -> Any:
        """What all marked rows have in a field; nothing where they differ."""
        assert self.plan is not None
        records = [one for row in self._table.marked() if (one := self.plan.record(row)) is not None]
        values = {getattr(one, field) for one in records} if field != "theme_ids" else set()
        return values.pop() if len(values) == 1 else "" if field == "owner" else None

    def _said(self, field: str, value: Any) -> str:
        return theme_words(self._workspace.lists, [value]) if field == "theme_ids" else str(value or "")

    def change(self, field: str, value: Any, said: str) -> None:
        """Change one field of all marked rows as one deed, and say what was done."""
        if self.plan is None:
            return
        self._detail.leave_fields()
        many = change_many(self.plan, self._table.marked(), field, value)
        try:
            self._workspace.do(many.label, many.edit)
        except StoreError as error:
            self.told.emit(str(error))
            return
        self.told.emit(many.sentence(said))
        announce(self._table, many.sentence(said))

"""The form for an action: what will be done, who by, by when, and how far it is."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from db.improvement import is_past
from db.improvement_records import Action
from db.improvement_words import due_words, status_words
from db.records import Record, new_id
from desktop_app.forms.context import Context
from desktop_app.forms.improvement_context import WorkContext
from desktop_app.forms.row_form import RowForm
from desktop_app.tables.record_list import Card
from desktop_app.views.date_field import DateField
from desktop_app.views.fields import ChoiceField, TextBox
from desktop_app.views.labelled import Labelled
from desktop_app.views.name_field import NameField

NO_STATUS = "Not set"


class ActionForm(RowForm):
    """An action for an area for improvement, or for a quote; its owner starts as the area's."""

    noun = "action"
    plural = "actions"
    required = ("text",)
    asking = "Enter what will be done"
    sticky = ("owner",)

    def make_blocks(self) -> dict[str, Labelled]:
        return {
            "text": Labelled("&What will be done", TextBox(rows=2, most_rows=5)),
            "owner": Labelled("&Owner, a post", NameField(), optional=True),
            "due_on": Labelled("D&ue date", DateField("Due date"), optional=True),
            "status_id": Labelled("&Status", ChoiceField(width_letters=12), optional=True),
            "success_measure": Labelled("Success &measure", TextBox(rows=1, most_rows=4), optional=True),
        }

    def rows(self) -> list[list[tuple[str, int]]]:
        return [[("text", 6)], [("owner", 2), ("due_on", 2), ("status_id", 2)], [("success_measure", 6)]]

    def offer(self, context: Context) -> None:
        assert isinstance(context, WorkContext)
        self.binding.field("owner").set_names(context.owners)
        statuses = [(one.id, one.label) for one in context.lists.statuses.values()]
        self.binding.field("status_id").set_choices([(None, NO_STATUS), *statuses])

    def blank(self) -> dict[str, Any]:
        area = self.context.area if isinstance(self.context, WorkContext) else None
        owner = area.owner if area else ""
        return {"text": "", "owner": owner, "due_on": None, "status_id": None, "success_measure": ""}

    def records_of(self, values: Mapping[str, Any]) -> list[Record]:
        assert isinstance(self.context, WorkContext)
        area, quote = self.context.area, self.context.quote
        owners = {"area_for_improvement_id": area.id} if area else {"quote_id": quote.id if quote else None}
        return [Action(id=new_id(), position=self.next_position, **owners, **values)]


def card_of(action: Action, context: Context) -> Card:
    """What the list of actions shows of one."""
    today = date.today().isoformat()
    status = context.lists.statuses.get(action.status_id or "")
    is_open, due = status is None or status.is_open, action.due_on.iso if action.due_on else ""
    said = status_words(context.lists, action.status_id, is_late=is_open and is_past(due, today))
    below = (
        action.owner,
        f"due {due_words(due)}" if due else "",
        said.below,
        f"measure: {action.success_measure}" if action.success_measure else "",
    )
    badge = f"{said.mark} {said.words}".strip()
    return Card(head=action.text, below=" · ".join(part for part in below if part), badge=badge, tone=said.tone)

"""The form for an area for improvement; a pasted list becomes one for each item."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QBoxLayout

from db import theme_hints
from db.records import AUDIENCES, AreaForImprovement, Record, new_id
from desktop_app.forms.context import Context
from desktop_app.forms.pasting import PastingTextBox
from desktop_app.forms.quote import place
from desktop_app.forms.row_form import RowForm
from desktop_app.reading import pasted
from desktop_app.tables.record_list import Card
from desktop_app.views.fields import ChoiceField, LineField, NumberField
from desktop_app.views.labelled import Labelled
from desktop_app.views.theme_suggestions import ThemeSuggestions
from desktop_app.views.themes_field import ThemesField

_MOST_SUGGESTED = 4


class AreaForImprovementForm(RowForm):
    """The inspectors' words, kind, timescale, audience and where they stand."""

    noun = "area for improvement"
    plural = "areas for improvement"
    required = ("text",)
    asking = "Enter the inspectors’ words"
    sticky = ("finding_kind_id", "timescale_id", "audience", "document_id", "group_label", "page", "words_from")

    def make_blocks(self) -> dict[str, Labelled]:
        words = PastingTextBox(_tidy, rows=2)
        themes = Labelled("The&mes", ThemesField(), optional=True)
        self.suggested = ThemeSuggestions()
        self.suggested.chosen.connect(self._take_suggestion)
        self.suggested.left.connect(lambda: themes.field.setFocus(Qt.FocusReason.OtherFocusReason))
        themes.field.suggestions_wanted.connect(self.suggested.start)
        column = themes.layout()
        assert isinstance(column, QBoxLayout)
        column.insertWidget(column.indexOf(themes.field) + 1, self.suggested)
        hint = "Exactly as printed. A pasted list becomes one area for improvement for each item."
        return {
            "text": Labelled("Inspectors’ &words", words, hint=hint),
            "finding_kind_id": Labelled("&Kind", ChoiceField()),
            "timescale_id": Labelled("&Timescale", ChoiceField(width_letters=10), optional=True),
            "audience": Labelled("&Audience", ChoiceField(width_letters=10)),
            "page": Labelled("&Page", NumberField("page"), optional=True),
            "paragraph": Labelled("Pa&ragraph", NumberField("paragraph"), optional=True),
            "document_id": Labelled("&Source", ChoiceField(), optional=True),
            "group_label": Labelled("Headin&g printed over it", LineField(), optional=True),
            "theme_ids": themes,
            "words_from": Labelled("Whose words, if n&ot the report’s", LineField(), optional=True),
        }

    def rows(self) -> list[list[tuple[str, int]]]:
        return [
            [("text", 6)],
            [("finding_kind_id", 2), ("timescale_id", 2), ("audience", 2)],
            [("page", 1), ("paragraph", 1), ("document_id", 2), ("group_label", 2)],
            [("theme_ids", 3), ("words_from", 3)],
        ]

    def offer(self, context: Context) -> None:
        lists = context.lists
        kinds = lists.finding_kinds_of(context.inspection.kind_id)
        fields = self.binding.field
        fields("finding_kind_id").set_choices([(kind.id, kind.label) for kind in kinds])
        fields("timescale_id").set_choices([(None, "Not set"), *((t.id, t.label) for t in lists.timescales.values())])
        fields("audience").set_choices(list(AUDIENCES.items()))
        fields("document_id").set_choices(context.source_choices())
        fields("theme_ids").set_themes({theme.id: theme.name for theme in lists.themes.values()})

    def blank(self) -> dict[str, Any]:
        kinds = self.context.lists.finding_kinds_of(self.context.inspection.kind_id) if self.context else []
        return {
            "text": "",
            "finding_kind_id": kinds[0].id if kinds else None,
            "timescale_id": None,
            "audience": "local_authority",
            "page": None,
            "paragraph": None,
            "document_id": self.context.usual_source if self.context else None,
            "group_label": "",
            "theme_ids": (),
            "words_from": "",
        }

    def records_of(self, values: Mapping[str, Any]) -> list[Record]:
        assert self.context is not None
        first = AreaForImprovement(
            id=new_id(), inspection_id=self.context.inspection.id, position=self.next_position, **values
        )
        items = pasted.items(first.text) or [first.text]
        heading = pasted.heading(items)
        first = replace(first, group_label=first.group_label or heading)
        return [
            replace(first, id=new_id(), position=self.next_position + place, text=item)
            for place, item in enumerate(items[1:] if heading else items)
        ]

    def refresh(self, record: Record | None) -> None:
        super().refresh(record)
        self._suggest()

    def _show_hint(self) -> None:
        super()._show_hint()
        self._suggest()

    def _suggest(self) -> None:
        """Offer the themes that the words speak of and that are not set; a list is not one item."""
        field, typing = self.binding.field("theme_ids"), self.binding.typing()
        try:
            set_already = field.value()
        except ValueError:
            return
        themes = self.context.lists.themes.values() if self.context and not self.hint_of(typing) else ()
        found = [one for one in theme_hints.suggest(str(typing["text"]), themes) if one.id not in set_already]
        self.suggested.show_themes([(one.id, one.name) for one in found[:_MOST_SUGGESTED]])

    def _take_suggestion(self, theme_id: str) -> None:
        field = self.binding.field("theme_ids")
        field.add(theme_id)
        self._suggest()
        if not self.suggested.buttons:
            field.setFocus(Qt.FocusReason.OtherFocusReason)

    def hint_of(self, values: Mapping[str, Any]) -> str:
        if self.record is not None:
            return ""
        items = pasted.items(str(values["text"]))
        heading = pasted.heading(items)
        count = len(items) - bool(heading)
        under = f" under the heading “{heading}”" if heading else ""
        return f"This is a list: adding it makes {count} areas for improvement{under}." if count > 1 else ""


def _tidy(text: str) -> str:
    """A pasted list stays a list, each item on a line of its own; other words are put in order as a quote is."""
    items = pasted.items(text)
    if len(items) < 2:
        return pasted.quote(text)
    heading = pasted.heading(items)
    marked = [f"• {item}" for item in (items[1:] if heading else items)]
    return "\n".join([heading, *marked] if heading else marked)


def card_of(area: AreaForImprovement, context: Context) -> Card:
    """What the list of areas for improvement shows of one."""
    lists = context.lists
    kind = lists.finding_kinds.get(area.finding_kind_id)
    timescale = lists.timescales.get(area.timescale_id or "")
    document = context.document(area.document_id)
    themes = ", ".join(lists.themes[theme].name for theme in area.theme_ids if theme in lists.themes)
    audience = "" if area.audience == "local_authority" else f"for the {_lower(AUDIENCES[area.audience])}"
    below = (
        area.group_label,
        timescale.label if timescale else "",
        audience,
        place(area.page, area.paragraph),
        document.title if document else "",
        f"words from {area.words_from}" if area.words_from else "",
        themes,
    )
    is_grave = bool(kind and kind.weight >= 3)
    return Card(
        head=f"{area.position}. {kind.label if kind else ''}",
        words=area.text,
        below=" · ".join(part for part in below if part),
        badge="Priority" if is_grave else "",
        tone="inadequate" if is_grave else "none",
    )


def _lower(words: str) -> str:
    return words if words.startswith("Local Safeguarding") else words[:1].lower() + words[1:]

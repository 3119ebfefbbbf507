"""The form for a quote: words taken exactly from a document."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from db.records import TONES, VOICES, Quote, Record, new_id
from desktop_app.forms.checked_form import CheckedForm
from desktop_app.forms.context import Context
from desktop_app.forms.pasting import PastingTextBox
from desktop_app.reading import pasted
from desktop_app.tables.record_list import Card
from desktop_app.views.fields import CheckField, ChoiceField, LineField, NumberField
from desktop_app.views.labelled import Labelled
from desktop_app.views.themes_field import ThemesField

DRAFT = "Draft: it has no source yet"


class QuoteForm(CheckedForm):
    """Text, source, page, paragraph, what it is about, who says it, tone and themes.

    A quote that is added without a source is kept as a draft and says so.
    """

    noun = "quote"
    plural = "quotes"
    required = ("text",)
    asking = "Enter the words of the quote"
    sticky = ("document_id", "voice", "speaker", "speaker_role", "is_reported_speech", "about")

    def make_blocks(self) -> dict[str, Labelled]:
        self._text = PastingTextBox(pasted.quote, rows=2)
        return {
            "text": Labelled("&Quote", self._text, hint="The exact words. No record about a child."),
            "document_id": Labelled("&Source", ChoiceField(width_letters=8)),
            "page": Labelled("&Page", NumberField("page"), optional=True),
            "paragraph": Labelled("Pa&ragraph", NumberField("paragraph"), optional=True),
            "about": Labelled("&About", ChoiceField(width_letters=8), optional=True),
            "tone": Labelled("&Tone", ChoiceField(width_letters=7), optional=True),
            "voice": Labelled("Said &by", ChoiceField(width_letters=7)),
            "speaker": Labelled("Spea&ker", LineField(), optional=True),
            "speaker_role": Labelled("Ro&le", LineField(), optional=True),
            "is_reported_speech": Labelled("", CheckField("Reporte&d speech")),
            "theme_ids": Labelled("The&mes", ThemesField(), optional=True),
        }

    def rows(self) -> list[list[tuple[str, int]]]:
        return [
            [("text", 6)],
            [("document_id", 2), ("page", 1), ("paragraph", 1), ("about", 2)],
            [("tone", 1), ("voice", 1), ("speaker", 2), ("speaker_role", 2)],
            [("theme_ids", 4), ("is_reported_speech", 2)],
        ]

    def offer(self, context: Context) -> None:
        lists = context.lists
        areas = lists.areas_of(context.inspection.kind_id)
        provider_id = context.inspection.provider_id
        fields = self.binding.field
        fields("document_id").set_choices(context.source_choices())
        fields("about").set_choices(
            [
                (None, "Not set"),
                *((f"strand {strand.id}", strand.label) for strand in lists.strands.values()),
                *((f"area {area.id}", f"Judgement: {lists.area_label(area, provider_id)}") for area in areas),
            ]
        )
        fields("voice").set_choices(list(VOICES.items()))
        fields("tone").set_choices([(None, "Not set"), *TONES.items()])
        fields("theme_ids").set_themes({theme.id: theme.name for theme in lists.themes.values()})

    def blank(self) -> dict[str, Any]:
        return {
            "text": "",
            "document_id": self.context.usual_source if self.context else None,
            "page": None,
            "paragraph": None,
            "about": None,
            "tone": None,
            "voice": "inspectors",
            "speaker": "",
            "speaker_role": "",
            "is_reported_speech": False,
            "theme_ids": (),
        }

    def values_of(self, record: Record) -> dict[str, Any]:
        assert isinstance(record, Quote)
        about = f"area {record.area_id}" if record.area_id else f"strand {record.strand_id}"
        shown = about if record.area_id or record.strand_id else None
        return {**super().values_of(record), "about": shown}

    def edit_record(self, record: Record) -> None:
        """Offer the area of a quote too that another kind of inspection has."""
        assert isinstance(record, Quote)
        about = self.binding.field("about")
        if self.context and record.area_id and about.findData(f"area {record.area_id}") < 0:
            area = self.context.lists.areas[record.area_id]
            about.addItem(f"Judgement: {self.context.lists.area_label(area)}", f"area {record.area_id}")
        super().edit_record(record)

    def changed_record(self, record: Record, name: str, value: Any) -> Record:
        assert isinstance(record, Quote)
        if name == "about":
            return replace(record, **_about(value))
        changed = super().changed_record(record, name, value)
        assert isinstance(changed, Quote)
        if name == "text":
            changed = replace(changed, is_kept_as_printed=False)
        return self.with_place(changed) if name in ("text", "document_id") else changed

    def records_of(self, values: Mapping[str, Any]) -> list[Record]:
        assert self.context is not None
        rest = {name: value for name, value in values.items() if name != "about"}
        own: dict[str, Any] = {
            "id": new_id(),
            "inspection_id": self.context.inspection.id,
            "position": self.next_position,
        }
        quote = Quote(**(own | rest | _about(values["about"])), is_kept_as_printed=self.is_kept)
        return [self.with_place(quote)]

    def is_complete(self) -> bool:
        return super().is_complete() and self.binding.field("document_id").value() is not None

    def hint_of(self, values: Mapping[str, Any]) -> str:
        if self.record is None and str(values["text"]).strip() and values["document_id"] is None:
            return "Without a source this quote is kept as a draft."
        return ""


def _about(key: str | None) -> dict[str, Any]:
    kind, _, record_id = (key or "").partition(" ")
    return {"area_id": record_id if kind == "area" else None, "strand_id": record_id if kind == "strand" else None}


def card_of(quote: Quote, context: Context) -> Card:
    """What the list of quotes shows of one."""
    lists = context.lists
    document = context.document(quote.document_id)
    area, strand = lists.areas.get(quote.area_id or ""), lists.strands.get(quote.strand_id or "")
    about = lists.area_label(area, context.inspection.provider_id) if area else strand.label if strand else ""
    speaker = ", ".join(part for part in (quote.speaker, quote.speaker_role) if part)
    said = speaker or ("" if quote.voice == "inspectors" else VOICES[quote.voice])
    themes = ", ".join(lists.themes[theme].name for theme in quote.theme_ids if theme in lists.themes)
    reported = "reported speech" if quote.is_reported_speech else ""
    tone = TONES[quote.tone].lower() if quote.tone else ""
    below = (
        about,
        tone,
        said,
        reported,
        place(quote.page, quote.paragraph),
        document.title if document else "",
        themes,
    )
    marks = ("", "") if quote.is_reported_speech or quote.text.startswith(('"', "“")) else ("“", "”")
    return Card(
        words=f"{marks[0]}{quote.text}{marks[1]}",
        below=" · ".join(part for part in below if part),
        warning="" if quote.document_id else DRAFT,
    )


def place(page: int | None, paragraph: int | None) -> str:
    """Where words stand: "p 7, para 33"."""
    parts = (f"p {page}" if page else "", f"para {paragraph}" if paragraph else "")
    return ", ".join(part for part in parts if part)

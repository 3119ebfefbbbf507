"""Puts a committee paper on one inspection together, in the order that councils use; nothing in it is invented.

What the file does not know is a gap for the author. Notes and drafts never enter a paper.
"""

from collections.abc import Sequence

from db.records import Document, Quote
from desktop_app.exchange import briefing_sections
from desktop_app.exchange.briefing_material import Choice, Material, title
from desktop_app.exchange.briefing_values import SECTIONS, Paper, ToWrite


def paper(material: Material, choice: Choice) -> Paper:
    """Put a paper together of what was chosen; sections and quotes come in their own order."""
    chosen = [one for one in material.quotes if one.id in set(choice.quote_ids)]
    return Paper(
        title=title(material),
        front=(ToWrite("committee and date of the meeting"), ToWrite("report of (name and post)")),
        sections=tuple(briefing_sections.section(key, material, chosen) for key in SECTIONS if key in choice.sections),
        marking=choice.marking,
    )


def quote_labels(material: Material) -> Sequence[tuple[str, str]]:
    """The id of each quote with what a list calls it: its words and where they stand, in one line."""
    documents = material.document_of
    return [(one.id, " ".join(_labelled(one, documents).split())) for one in material.quotes]


def _labelled(quote: Quote, documents: dict[str, Document]) -> str:
    said = briefing_sections.quotation(quote, documents)
    return f"{said.words} ({said.reference})"

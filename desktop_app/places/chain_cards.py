"""How the chain of an area for improvement is said: a row for each line of its history, and for each proposal."""

from collections.abc import Mapping
from dataclasses import dataclass

from db import chain_deeds
from db.chain_history import Form, Said, event_of
from db.chain_proposals import Proposal
from db.improvement_records import VERDICTS
from db.improvement_words import short_inspection
from db.lists import Lists
from db.records import Inspection, Quote
from desktop_app.tables.chain_list import Mark
from desktop_app.tables.record_list import Card

_MOST_LETTERS = 90
_MOST_WORDS = 4
_MARKS = {"closed": Mark.CLOSED, "improved": Mark.BETTER, "not_mentioned": Mark.SILENT}
_TONES = {
    Mark.RAISED: "requires_improvement",
    Mark.RAISED_AGAIN: "inadequate",
    Mark.CLOSED: "good",
    Mark.BETTER: "good",
    Mark.SILENT: "plain",
    Mark.NOTHING: "none",
}


@dataclass(frozen=True, slots=True)
class Row:
    """A row of the list: a line of the history, or a proposal."""

    id: str
    card: Card
    mark: Mark
    said: Said | None = None
    proposal: Proposal | None = None


def line_row(said: Said) -> Row:
    """A line of the history: the inspection, its verdict, the sentence and where it stands."""
    mark = _mark(said)
    notes = said.verdict.text if said.verdict else ""
    words = f"“{said.words}”" if said.words else notes
    proof = f"“{said.quote.text}” {_place(said.quote)}" if said.quote and said.area else ""
    link = "Repeats" if said.area else "On"
    about = f"{link} “{shortened(said.about.text)}”" if said.about else ""
    below = (said.place, proof, notes if said.words else "", about)
    card = Card(
        head=said.name,
        words=words,
        below=" · ".join(part for part in below if part),
        badge=f"✓ {said.badge}" if mark is Mark.CLOSED else said.badge,
        tone=_TONES[mark],
    )
    return Row(said.id, card, mark, said=said)


def _mark(said: Said) -> Mark:
    match said.form:
        case Form.RAISED:
            return Mark.RAISED
        case Form.RAISED_AGAIN:
            return Mark.RAISED_AGAIN
    return _MARKS[said.verdict.verdict] if said.verdict else Mark.NOTHING


def _place(quote: Quote) -> str:
    parts = (("page", quote.page), ("paragraph", quote.paragraph))
    return ", ".join(f"{name} {number}" for name, number in parts if number)


def proposal_row(proposal: Proposal, inspections: Mapping[str, Inspection], lists: Lists) -> Row:
    """A proposal: what it would link, and why."""
    record = proposal.record
    name = short_inspection(lists, event_of(inspections[record.inspection_id]))
    if isinstance(record, Quote):
        words = VERDICTS[chain_deeds.verdict_of(record)]
        head = f"{name} may speak of it: {words[:1].lower()}{words[1:]}?"
    else:
        head = f"May repeat {name}"
    card = Card(head=head, words=f"“{record.text}”", below=reason(proposal, lists), badge="Proposed", tone="none")
    return Row(f"proposed {proposal.id}", card, Mark.PROPOSED, proposal=proposal)


def reason(proposal: Proposal, lists: Lists) -> str:
    """Why it is proposed: "Both say “missing”, “interviews” · theme missing and return home interviews"."""
    words = ", ".join(f"“{word}”" for word in proposal.words[:_MOST_WORDS])
    names = [lists.themes[key].name for key in proposal.theme_ids if key in lists.themes]
    themes = f"{'theme' if len(names) == 1 else 'themes'} {', '.join(names)}" if names else ""
    return " · ".join(part for part in (f"Both say {words}" if words else "", themes) if part)


def shortened(text: str, most: int = _MOST_LETTERS) -> str:
    """The beginning of a text, cut between words."""
    if len(text) <= most:
        return text
    return f"{text[:most].rsplit(' ', 1)[0].rstrip(',;.')} …"

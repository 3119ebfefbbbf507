"""What the forms of the Improvement place need to know: the area for improvement, or the quote, that rows hang on."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from db.dates import short_period
from db.records import AreaForImprovement, Document, Quote
from desktop_app.forms.context import Context
from desktop_app.forms.quote import place

_MOST_LETTERS = 90  # of a quote in a list


@dataclass(frozen=True, slots=True)
class WorkContext(Context):
    """An area for improvement, or a quote, with what its actions and evidence may name.

    `read_quotes` reads those of the provider's inspections, for the one form that offers them; `owners` and
    `committees` are those used in the file so far.
    """

    area: AreaForImprovement | None = None
    quote: Quote | None = None
    read_quotes: Callable[[], Sequence[Quote]] = tuple
    owners: Sequence[str] = ()
    committees: Sequence[str] = ()

    @property
    def key(self) -> str:
        subject = self.area or self.quote
        return subject.id if subject else ""

    def linked(self, document_id: str | None) -> tuple[tuple[Document, ...], tuple[Document, ...]]:
        """Nothing: evidence may stand in a document that is about no inspection."""
        del document_id
        return (), ()

    def quote_names(self) -> dict[str, str]:
        """What each quote is called where one is picked: its words, then where they stand."""
        by_id = {one.id: one for one in self.inspections}
        names = {}
        for quote in self.read_quotes():
            words = quote.text if len(quote.text) <= _MOST_LETTERS else f"{quote.text[:_MOST_LETTERS].rstrip()}…"
            inspection = by_id.get(quote.inspection_id)
            when = short_period(inspection.started_on, None) if inspection else ""
            where = ", ".join(part for part in (when, place(quote.page, quote.paragraph)) if part)
            names[quote.id] = f"“{words}” {where}".strip()
        return names

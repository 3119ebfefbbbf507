"""What a check of a quote against a report says."""

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Literal

from desktop_app.reading.paragraph_values import Paragraph


class Verdict(StrEnum):
    """What a check says."""

    FOUND = "found"
    DIFFERS = "differs"
    NOT_FOUND = "not_found"


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """Words that are not those of the report.

    Args:
        kind: words of the report were dropped, words were added, or put in place of others.
        quote, report: the words there and here; empty where they were dropped, or added.
        quote_at: first letter and end in the text that was checked.
        report_at: the same in `Check.report_text`.
    """

    kind: Literal["dropped", "added", "changed"]
    quote: str
    report: str
    quote_at: tuple[int, int]
    report_at: tuple[int, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """Letters `start` up to `end` of a paragraph's text, to draw a mark over them (`Paragraph.places`)."""

    paragraph: Paragraph
    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """What is known of a quote after the report was looked through.

    Args:
        page: where the quote starts, from 1; None where the report has no pages, or the words were not found.
        paragraph: the printed number of the paragraph that it starts in; None where it has none.
        report_text: the report's own words, empty where the place is not clear.
        taken: the quote with the report's words in place of its own; ellipses and an article's words stay.
        notes: what was seen and is no difference, such as "the first letter" or "square brackets".
    """

    verdict: Verdict
    page: int | None = None
    paragraph: int | None = None
    report_text: str = ""
    differences: tuple[Difference, ...] = ()
    taken: str = ""
    notes: tuple[str, ...] = ()
    passages: tuple[Passage, ...] = field(default=(), repr=False)

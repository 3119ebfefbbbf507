"""A paper looked through for what might identify a child, before anybody outside reads it."""

from collections.abc import Iterator

from db.child_scan import look_through
from desktop_app.exchange.briefing_values import Paper, Quotation, Table


def hits(paper: Paper) -> list[str]:
    """A sentence for each hit, with the words around it: "Postcode in Key findings: she lives at [DH1 5UL] and"."""
    return [
        f"{found.kind.value} in {place}: {found.context}"
        for place, text in _texts(paper)
        for found in look_through(text)
    ]


def _texts(paper: Paper) -> Iterator[tuple[str, str]]:
    yield "the title", paper.title
    for section in paper.sections:
        for block in section.blocks:
            if isinstance(block, Table):
                yield from ((section.heading, cell) for row in block.rows for cell in row if isinstance(cell, str))
            elif isinstance(block, Quotation):
                yield section.heading, f"{block.text} ({block.reference})"
            elif text := getattr(block, "text", ""):
                yield section.heading, text

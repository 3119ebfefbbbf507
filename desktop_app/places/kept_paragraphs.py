"""Has the paragraphs of a document found by a search, once it was read."""

from collections.abc import Sequence
from contextlib import suppress

from db.errors import StoreError
from desktop_app.reading.paragraph_values import Paragraph
from desktop_app.workspace import Workspace

MOST_LETTERS = 2_000_000  # twenty times the longest report; more would hold up the window


def keep(workspace: Workspace, sha256: str, paragraphs: Sequence[Paragraph]) -> None:
    """Keep the paragraphs of a kept file, where they are not kept yet; where that cannot be, the next reading tries."""
    from db import document_text
    from db.document_text import DocumentParagraph

    if workspace.is_read_only or workspace.queue.steps or not paragraphs:
        return
    if sum(len(one.text) for one in paragraphs) > MOST_LETTERS:
        return
    with suppress(StoreError):
        if not document_text.of(workspace.store, sha256):
            kept = [
                DocumentParagraph(
                    place=place,
                    text=one.text,
                    number=one.number,
                    page=one.page,
                    end_page=one.end_page,
                    section=one.heading,
                )
                for place, one in enumerate(paragraphs, start=1)
            ]
            document_text.keep(workspace.store, sha256, kept)

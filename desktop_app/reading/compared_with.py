"""Which document a quote is compared with."""

from collections.abc import Sequence

from db.records import Document

REPORTS = ("report", "letter")
INSPECTORS = "inspectors"


def compared_with(voice: str, source: Document | None, own: Sequence[Document]) -> Document | None:
    """The report for the inspectors' words, wherever they were taken from; for other voices their source.

    None where no such document is kept inside the file.

    Args:
        voice: who says it, one of VOICES.
        source: the document that the quote names.
        own: the documents of its inspection.
    """
    if voice != INSPECTORS or (source and source.kind in REPORTS):
        return source if source and source.file_sha256 else None
    return next((one for one in own if one.kind in REPORTS and one.file_sha256), None)

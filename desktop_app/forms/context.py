"""What a form needs to know about the inspection that it belongs to."""

from dataclasses import dataclass, replace

from db.lists import Lists
from db.records import Document, Inspection


@dataclass(frozen=True, slots=True)
class Context:
    """One inspection among its provider's documents and inspections.

    `inspections` are all of the same provider, newest first, this one among them.
    """

    lists: Lists
    inspection: Inspection
    documents: tuple[Document, ...]
    inspections: tuple[Inspection, ...]

    @property
    def key(self) -> str:
        """The id of what the rows of a form hang on."""
        return self.inspection.id

    @property
    def own_documents(self) -> list[Document]:
        """The documents linked to this inspection."""
        return [document for document in self.documents if self.inspection.id in document.inspection_ids]

    def document(self, document_id: str | None) -> Document | None:
        """A document of the provider by its id."""
        return next((document for document in self.documents if document.id == document_id), None)

    @property
    def usual_source(self) -> str | None:
        """The document that a row most likely comes from: the only report or letter, else the only document."""
        own = self.own_documents
        reports = [document for document in own if document.kind in ("report", "letter")]
        likely = reports or own
        return likely[0].id if len(likely) == 1 else None

    def source_choices(self) -> list[tuple[str | None, str]]:
        """The documents that a row may come from: this inspection's first, then the provider's others."""
        own = self.own_documents
        others = [document for document in self.documents if document not in own]
        return [(None, "No source yet"), *((document.id, document.title) for document in (*own, *others))]

    def linked(self, document_id: str | None) -> tuple[tuple[Document, ...], tuple[Document, ...]]:
        """A document before and after it is linked to this inspection; empty where it is already."""
        document = self.document(document_id)
        if document is None or self.inspection.id in document.inspection_ids:
            return (), ()
        ids = (*document.inspection_ids, self.inspection.id)
        return (document,), (replace(document, inspection_ids=ids),)

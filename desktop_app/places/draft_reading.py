"""A report's file to its draft, on a pool thread."""

from pathlib import Path

from desktop_app.jobs import Job
from desktop_app.reading import documents, draft
from desktop_app.reading.draft_values import Draft
from desktop_app.reading.page_values import CannotRead, Why
from desktop_app.reading.pages import Reader


def read_draft(path: Path, job: Job) -> tuple[bytes, Draft]:
    """The bytes of a report and its draft; a PDF is read in a child process, anything else as its text.

    Raises:
        CannotRead: the text says why.
        Cancelled: the job was stopped.
    """
    try:
        if path.stat().st_size > documents.MOST_BYTES:
            raise CannotRead(Why.TOO_LARGE)
        content = path.read_bytes()
    except OSError as error:
        raise CannotRead(Why.NO_FILE) from error
    if not documents.is_pdf(content):
        paragraphs = documents.paragraphs_of(content, path.name)
        return content, draft.from_pasted("\n\n".join(paragraph.text for paragraph in paragraphs))
    with Reader() as reader:
        reader.open(content)
        return content, draft.from_report(reader.pages(job.tell, job.is_cancelled))

"""Many quotes against the reports that they belong to, each report read once."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from db.errors import StoreError
from db.records import Document, Quote
from db.snapshot import Cancelled
from desktop_app.reading.compared_with import compared_with
from desktop_app.reading.documents import paragraphs_of, quotations
from desktop_app.reading.pages import Reader
from desktop_app.reading.paragraph_values import Paragraph
from desktop_app.reading.verbatim import Check, Checker, Verdict


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared:
    """A text and what is known of it.

    Args:
        quote: the record; None for a quotation that only stands in a document.
        document: what it was compared with; None where there is none.
        check: None where there is nothing to compare with.
        problem: why its document could not be read; empty where it could.
    """

    text: str
    quote: Quote | None = None
    document: Document | None = None
    check: Check | None = None
    problem: str = ""

    @property
    def is_open(self) -> bool:
        """Whether somebody has to look at it: it differs or is not found, and was not kept as printed."""
        is_kept = self.quote is not None and self.quote.is_kept_as_printed
        return self.check is not None and self.check.verdict is not Verdict.FOUND and not is_kept


def compare(
    quotes: Iterable[Quote],
    documents: Sequence[Document],
    content_of: Callable[[str], bytes | None],
    tell: Callable[[float, str], object],
    is_cancelled: Callable[[], bool],
) -> list[Compared]:
    """Check all quotes of a file, in the order of their documents.

    Args:
        content_of: the bytes of a kept file by its SHA-256.
        tell: told the share that is done, and which document is read.

    Raises:
        Cancelled: `is_cancelled` said so.
    """
    by_document: defaultdict[str, list[Quote]] = defaultdict(list)
    known = {document.id: document for document in documents}
    found: list[Compared] = []
    for quote in quotes:
        own = [document for document in documents if quote.inspection_id in document.inspection_ids]
        if document := compared_with(quote.voice, known.get(quote.document_id or ""), own):
            by_document[document.id].append(quote)
        else:
            found.append(Compared(text=quote.text, quote=quote))
    with Reader() as reader:
        for at, (key, asked) in enumerate(by_document.items()):
            if is_cancelled():
                raise Cancelled
            tell(at / len(by_document), f"Comparing with {known[key].title}")
            found += _against(known[key], asked, content_of, reader)
    return found


def _against(
    document: Document, quotes: Sequence[Quote], content_of: Callable[[str], bytes | None], reader: Reader
) -> list[Compared]:
    try:
        content = content_of(document.file_sha256 or "")
        paragraphs = paragraphs_of(content or b"", document.file_name, reader)
    except StoreError as error:
        return [Compared(text=one.text, quote=one, document=document, problem=str(error)) for one in quotes]
    checker = Checker(paragraphs)
    return [
        Compared(
            text=one.text,
            quote=one,
            document=document,
            check=checker.check(one.text, page=one.page if one.document_id == document.id else None),
        )
        for one in quotes
    ]


def compare_quotations(
    release: Sequence[Paragraph], report: Iterable[Paragraph], document: Document | None = None
) -> list[Compared]:
    """Check the quotations of a press release against a report, in their order."""
    checker = Checker(report)
    return [Compared(text=text, document=document, check=checker.check(text)) for text in quotations(list(release))]


def counted(found: Sequence[Compared]) -> str:
    """How many quotes say what: "5 of 88 quotes differ from the report, 2 have no report to compare with."."""
    checks = [one.check.verdict for one in found if one.check]
    kept = sum(bool(one.quote and one.quote.is_kept_as_printed and one.check) for one in found)
    without = len(found) - len(checks)
    differing, missing = checks.count(Verdict.DIFFERS), checks.count(Verdict.NOT_FOUND)
    total = "1 quote" if len(found) == 1 else f"{len(found):,} quotes"
    parts = [f"{differing:,} of {total} {'differs' if differing == 1 else 'differ'} from the report"]
    parts += [f"{missing:,} {'is' if missing == 1 else 'are'} not found in it"] * bool(missing)
    parts += [f"{without:,} {'has' if without == 1 else 'have'} no report to compare with"] * bool(without)
    parts += [f"{kept:,} of them {'is' if kept == 1 else 'are'} kept as printed"] * bool(kept)
    return f"{', '.join(parts)}."

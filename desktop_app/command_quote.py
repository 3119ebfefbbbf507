"""Checks quotes against a report without a window: texts come in line by line, what is known of each goes out."""

import argparse
import json
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from db.errors import StoreError

if TYPE_CHECKING:
    from desktop_app.reading.verbatim import Checker

UNREADABLE = 2
_EXPECTED = 'Line {} is not a JSON object with a text. Write one {{"text": "..."}} a line.'


def run(words: Sequence[str]) -> int:
    """Check the quotes that stand in standard input, one JSON object {"text": ...} a line; return the exit status.

    For each a line is printed: {"text", "verdict": "found" | "differs" | "not_found", "page" (from 1, where it
    starts), "paragraph" (number or null), "report_text" (null where it is not found), "differences": [{"kind":
    "dropped" | "added" | "changed", "quote", "report"}]}. Letters outside ASCII are escaped, so that any terminal and
    any pipe carries them. The status is 0, or 2 with a sentence on stderr where the report or a line cannot be read.
    """
    parser = argparse.ArgumentParser(
        prog="inspection-log quote",
        description='Check whether quotes stand in a report. Standard input: one {"text": "..."} a line.',
    )
    parser.add_argument("report", type=Path, metavar="REPORT", help="the report: PDF, DOCX, HTML or plain text")
    path = parser.parse_args(list(words)).report
    try:
        checker = _checker(path)
        for number, line in enumerate(_lines(), start=1):
            if line.strip():
                print(json.dumps(_told(checker, _text_of(line, number))), flush=True)
    except (StoreError, _BadLine) as error:
        print(error, file=sys.stderr)
        return UNREADABLE
    return 0


class _BadLine(Exception):
    """A line of the input that is not what was asked for."""


def _checker(path: Path) -> "Checker":
    from desktop_app.reading import documents
    from desktop_app.reading.pages import CannotRead, Reader, Why
    from desktop_app.reading.paragraphs import from_pages
    from desktop_app.reading.verbatim import Checker

    try:
        content = path.read_bytes()
    except OSError as error:
        raise CannotRead(Why.NO_FILE) from error
    if not documents.is_pdf(content):
        return Checker(documents.paragraphs_of(content, path.name))
    with Reader() as reader:
        reader.open(content)
        pages = reader.pages()
    return Checker(from_pages(pages), [page.text for page in pages.pages])


def _lines() -> Iterable[str]:
    """The lines of standard input, which are UTF-8 wherever the program runs."""
    source: Any = getattr(sys.stdin, "buffer", sys.stdin)
    for line in source:
        yield line.decode("utf-8-sig", errors="replace") if isinstance(line, bytes) else line


def _text_of(line: str, number: int) -> str:
    try:
        text = json.loads(line)["text"]
    except (ValueError, TypeError, KeyError) as error:
        raise _BadLine(_EXPECTED.format(number)) from error
    if not isinstance(text, str):
        raise _BadLine(_EXPECTED.format(number))
    return text


def _told(checker: "Checker", text: str) -> dict[str, Any]:
    found = checker.check(text)
    return {
        "text": text,
        "verdict": found.verdict,
        "page": found.page,
        "paragraph": found.paragraph,
        "report_text": found.report_text or None,
        "differences": [{"kind": each.kind, "quote": each.quote, "report": each.report} for each in found.differences],
    }

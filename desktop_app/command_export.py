"""Sharing without a window: a copy, a safe copy, a workbook or a package of tables."""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from db.copy import write_copy
from db.errors import StoreError
from db.safe_content import MARKINGS, Choice
from db.shared_texts import look_before_sharing
from desktop_app.exchange.outgoing import OnProgress, Order, Watch, Written
from desktop_app.exchange.sharing import share
from desktop_app.versions import program_version

_EPILOG = """\
  copy       a checked, compact copy without the change log and without what was deleted; notes are in it
  safe-copy  a new file without notes, drafts, change log, names of users or places on a computer; a manifest beside it
  full-copy  the whole file with its change log, and with it what was deleted
  xlsx       a workbook of what a safe copy holds
  docx       a committee paper on one inspection; html is the same as one page
  csv        the same as CSV files in a ZIP, with a description of every column (datapackage.json)

What others may see is looked through for what might identify a child. Where something is found, it is listed, nothing
is written and the exit status is 1; --looked-through writes it all the same.
"""
FORMS = {"safe-copy": "sqlite", "full-copy": "sqlite", "xlsx": "xlsx", "csv": "csv"}
PAPERS = ("docx", "html")
_SHOWN_HITS = 50


class LookFirst(StoreError):
    """Something might identify a child, and nobody has said yet that it may go out."""


def export(words: Sequence[str], show: OnProgress) -> str:
    """Do what the words ask for; return a line that says what was written.

    Args:
        show: told the share that is done, 0 to 1, and what is being done.

    Raises:
        LookFirst: what might identify a child, one hit on a line.
        StoreError: why nothing was written.
    """
    asked = parser().parse_args(words)
    made_with = f"Inspection Log {program_version()}"
    if asked.to == "copy":
        made = write_copy(asked.file, asked.out, replace=asked.replace, made_with=made_with, on_progress=show)
        return _told(asked.out, Written(made.path, made.size_bytes, made.contents))
    if asked.to in PAPERS:
        return _paper(asked, show)
    choice = None
    if asked.to != "full-copy":
        choice = Choice(None, asked.with_documents, asked.marking, asked.attribution)
        if not asked.looked_through:
            _look(asked.file, choice, show)
    order = Order(asked.file, asked.out, choice, asked.replace, asked.metadata, made_with)
    return _told(asked.out, share(FORMS[asked.to], order, Watch(show)))


def _paper(asked: argparse.Namespace, show: OnProgress) -> str:
    from functools import partial

    from desktop_app import command_paper

    write = command_paper.html if asked.to == "html" else partial(command_paper.docx, template=asked.template)
    return write(
        asked.file,
        asked.out,
        asked.replace,
        inspection=asked.inspection,
        marking=asked.marking,
        looked_through=asked.looked_through,
        on_progress=show,
    )


def parser() -> argparse.ArgumentParser:
    """What may be asked for."""
    made = argparse.ArgumentParser(
        prog="inspection-log export",
        description="Write what a file holds elsewhere.",
        epilog=_EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    made.add_argument("file", type=Path, metavar="FILE", help="the inspection log; it may be open in the window")
    made.add_argument("--to", choices=("copy", *FORMS, *PAPERS), required=True, help="what to write; see below")
    made.add_argument("out", type=Path, metavar="OUT", help="where the new file shall stand")
    made.add_argument("--replace", action="store_true", help="replace a file that stands there")
    made.add_argument("--with-documents", action="store_true", help="put kept documents into a safe copy too")
    made.add_argument("--marking", choices=MARKINGS, default="", help="the marking that it carries")
    made.add_argument("--attribution", default="", metavar="TEXT", help="a line of your own beside the licence")
    made.add_argument("--metadata", action="store_true", help="write a description for Datasette beside a safe copy")
    made.add_argument(
        "--inspection",
        default="",
        metavar="WHICH",
        help="of docx and html: a first day like 2022-05-09, or a part of its name; else the newest",
    )
    made.add_argument("--template", type=Path, metavar="COUNCIL.docx", help="of docx: your council's own template")
    made.add_argument(
        "--looked-through",
        action="store_true",
        help="someone has read what goes out: do not look for what might identify a child",
    )
    return made


def _look(source: Path, choice: Choice, show: OnProgress) -> None:
    hits = look_before_sharing(source, choice, on_progress=show)
    if hits:
        found = "1 place" if len(hits) == 1 else f"{len(hits):,} places"
        more = [f"And {len(hits) - _SHOWN_HITS:,} more."] if len(hits) > _SHOWN_HITS else []
        lines = [hit.sentence for hit in hits[:_SHOWN_HITS]]
        said = f"{found} might identify a child, so nothing was written. Change the text, or add --looked-through."
        raise LookFirst("\n".join([said, *lines, *more]))


def _told(out: Path, written: Written) -> str:
    held = written.contents
    if written.cut:
        print(f"{written.cut:,} texts were longer than a cell holds. Each says so where it was cut.", file=sys.stderr)
    return (
        f"{out}: {held.inspections} inspections, {held.judgements} judgements, {held.quotes} quotes, "
        f"{held.areas_for_improvement} areas for improvement; {written.size_bytes:,} bytes"
    )

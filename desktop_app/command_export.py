"""Sharing without a window: a copy, a safe copy, a full copy, a workbook, a package of tables, or a committee paper."""

import argparse
import sys
from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

from db import safe_manifest
from db.copy import check_target, write_copy
from db.errors import StoreError
from db.safe_content import MARKINGS, Choice
from db.safe_withheld import is_possible
from db.shared_texts import Hit, look_before_sharing
from desktop_app.command_chosen import chosen
from desktop_app.exchange.outgoing import OnProgress, Order, Watch, Written
from desktop_app.exchange.sharing import share
from desktop_app.versions import program_version

_EPILOG = """\
what to write (--to):
  safe-copy  for others: a new file without notes, owners, drafts, change log, names of users or places on a
             computer; a manifest beside it (OUT.manifest.json) says what was left out
  xlsx       a workbook of what a safe copy holds
  csv        the same as CSV files in a ZIP, with a description of every column (datapackage.json)
  docx       a committee paper on one inspection, in Word's form; html is the same as one web page
  copy       for colleagues: a compact copy with notes and drafts, without the change log and what was deleted
  full-copy  for colleagues: the whole file with its change log, and with it what was deleted and who changed
             what; a manifest beside it

which inspections (--only):
  an id, the day, month or year in which they began (2022-05-09, 2022-05, 2022), or a part of the name ("Durham");
  --only may be given again for more. Without it, all of them; of docx and html, the newest. Ids stand in the
  column id of the tables that --to csv writes.

What others may see is looked through for what might identify a child. Where something is found, it is listed on
standard error, nothing is written and the exit status is 1.

exit status: 0 written (one line on standard output says what), 1 refused (the reason on standard error; what stood at
OUT stays as it was), 2 wrong words, 130 stopped by Ctrl+C. Nothing is ever asked.

examples:
  inspection-log export durham.sqlite --to safe-copy board.sqlite --marking OFFICIAL
  inspection-log export durham.sqlite --to xlsx board.xlsx --only 2022 --only 2024-05-13 --replace
  inspection-log export durham.sqlite --to docx paper.docx --only 2022-05-09 --template council.docx
"""
FORMS = {"safe-copy": "sqlite", "full-copy": "sqlite", "xlsx": "xlsx", "csv": "csv"}
PAPERS = ("docx", "html")
_SEEN_BY_OTHERS = ("safe-copy", "xlsx", "csv", *PAPERS)
_GOES_WITH = {  # of each option that not every form has
    "only": _SEEN_BY_OTHERS,
    "marking": _SEEN_BY_OTHERS,
    "attribution": ("safe-copy", "xlsx", "csv"),
    "with_documents": ("safe-copy",),
    "metadata": ("safe-copy",),
    "template": ("docx",),
    "leave_out_found": ("safe-copy", "xlsx", "csv"),
}
_SHOWN_HITS = 50
_WITH_ITS_LOG = "; the change log is in it, with what was deleted and who changed what"


class LookFirst(StoreError):
    """Something might identify a child, and nobody has said yet that it may go out."""


def export(words: Sequence[str], show: OnProgress) -> str:
    """Do what the words ask for; return a line that says what was written.

    Args:
        show: told the share that is done, 0 to 1, and what is being done.

    Raises:
        LookFirst: what might identify a child, one hit on a line.
        StoreError: why nothing was written.
        SystemExit: the words ask for nothing that there is.
    """
    asked = _asked(words)
    made_with = f"Inspection Log {program_version()}"
    if asked.to == "copy":
        made = write_copy(asked.file, asked.out, replace=asked.replace, made_with=made_with, on_progress=show)
        return _told(asked.out, Written(made.path, made.size_bytes, made.contents))
    if asked.to in PAPERS:
        return _paper(asked, show)
    _check_places(asked)
    choice = None if asked.to == "full-copy" else _choice(asked, show)
    order = Order(asked.file, asked.out, choice, asked.replace, asked.metadata, made_with)
    line = _told(asked.out, share(FORMS[asked.to], order, Watch(show)))
    if choice is None:
        return line + _WITH_ITS_LOG
    return line + _told_left_out(len(choice.withheld))


def _asked(words: Sequence[str]) -> argparse.Namespace:
    """The words, where they go together."""
    made = parser()
    asked = made.parse_args(words)
    for name, forms in _GOES_WITH.items():
        if getattr(asked, name) and asked.to not in forms:
            made.error(f"--{name.replace('_', '-')} goes with --to {', '.join(forms)}; not with {asked.to}")
    if asked.to in PAPERS and len(asked.only) > 1:
        made.error("a paper is on one inspection: give --only once")
    if asked.leave_out_found and asked.looked_through:
        made.error("give --leave-out-found or --looked-through, not both")
    return asked


def _check_places(asked: argparse.Namespace) -> None:
    """Refuse a place before everything is looked through."""
    beside = safe_manifest.beside(asked.out, with_metadata=asked.metadata) if FORMS[asked.to] == "sqlite" else {}
    for path in (asked.out, *beside.values()):
        check_target(asked.file, path, replace=asked.replace)


def _choice(asked: argparse.Namespace, show: OnProgress) -> Choice:
    """What goes out of the file that is asked about, once it was looked through."""
    ids = chosen(asked.file, asked.only) if asked.only else None
    choice = Choice(ids, asked.with_documents, asked.marking, asked.attribution)
    if asked.looked_through:
        return choice
    hits = look_before_sharing(asked.file, choice, on_progress=show, most=None)
    if asked.leave_out_found:
        found = frozenset(hit.text for hit in hits if is_possible(hit.text.record_type, hit.text.field))
        choice, hits = replace(choice, withheld=found), [hit for hit in hits if hit.text not in found]
    if hits:
        raise LookFirst(_listed(hits, "Change the text, or add --looked-through or --leave-out-found."))
    return choice


def _paper(asked: argparse.Namespace, show: OnProgress) -> str:
    from desktop_app import command_paper

    write = command_paper.html if asked.to == "html" else partial(command_paper.docx, template=asked.template)
    return write(
        asked.file,
        asked.out,
        asked.replace,
        inspection="".join(asked.only),
        marking=asked.marking,
        looked_through=asked.looked_through,
        on_progress=show,
    )


def parser() -> argparse.ArgumentParser:
    """What may be asked for."""
    made = argparse.ArgumentParser(
        prog="inspection-log export",
        description="Write what a file holds elsewhere. The file itself is only read.",
        epilog=_EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    made.add_argument("file", type=Path, metavar="FILE", help="the inspection log; it may be open in the window")
    made.add_argument("--to", choices=(*FORMS, *PAPERS, "copy"), required=True, help="what to write; see below")
    made.add_argument("out", type=Path, metavar="OUT", help="where the new file shall stand")
    made.add_argument("--replace", action="store_true", help="replace a file that stands there; else it is refused")
    made.add_argument(
        "--only",
        "--inspection",
        action="append",
        default=[],
        metavar="WHICH",
        help="only these inspections, with what belongs to them; see below",
    )
    made.add_argument("--marking", choices=MARKINGS, default="", help="the marking that it carries")
    made.add_argument("--attribution", default="", metavar="TEXT", help="a line of your own beside the licence")
    made.add_argument("--with-documents", action="store_true", help="put kept documents into a safe copy too")
    made.add_argument("--metadata", action="store_true", help="write a description for Datasette beside a safe copy")
    made.add_argument("--template", type=Path, metavar="COUNCIL.docx", help="of docx: your council's own template")
    made.add_argument(
        "--looked-through",
        action="store_true",
        help="someone has read what goes out: do not look for what might identify a child",
    )
    made.add_argument(
        "--leave-out-found",
        action="store_true",
        help="leave out every text in which something might identify a child; a name cannot be left out",
    )
    return made


def _listed(hits: Sequence[Hit], what_to_do: str) -> str:
    found = "1 place might" if len(hits) == 1 else f"{len(hits):,} places might"
    more = [f"And {len(hits) - _SHOWN_HITS:,} more."] if len(hits) > _SHOWN_HITS else []
    lines = [hit.sentence for hit in hits[:_SHOWN_HITS]]
    return "\n".join([f"{found} identify a child, so nothing was written. {what_to_do}", *lines, *more])


def _told(out: Path, written: Written) -> str:
    held = written.contents
    if written.cut:
        print(f"{written.cut:,} texts were longer than a cell holds. Each says so where it was cut.", file=sys.stderr)
    counts = (
        (held.inspections, "inspection", "inspections"),
        (held.judgements, "judgement", "judgements"),
        (held.quotes, "quote", "quotes"),
        (held.areas_for_improvement, "area for improvement", "areas for improvement"),
    )
    told = ", ".join(f"{count} {one if count == 1 else many}" for count, one, many in counts)
    return f"{out}: {told}; {written.size_bytes:,} bytes"


def _told_left_out(count: int) -> str:
    return f"; left out: {'1 text' if count == 1 else f'{count:,} texts'}" if count else ""

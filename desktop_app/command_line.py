"""What can be done without a window, and which file the window opens."""

import argparse
import gc
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path

from db.errors import Damaged, StoreError
from desktop_app.versions import program_version

_INTERRUPTED = 130  # what a shell expects after Ctrl+C
_EPILOG = """\
without a window:
  inspection-log sample OUT.sqlite                   make the sample file (Durham, public record)
  inspection-log export FILE --to copy OUT.sqlite    write a copy for sharing, without what was deleted
  inspection-log export FILE --to safe-copy OUT.sqlite   and without notes; also full-copy, xlsx, csv, docx
  inspection-log export --help                       what else an export can do
  inspection-log check FILE                          look at everything that a file holds
  inspection-log merge FILE OTHER                    take in what a colleague's copy has, after a backup
  inspection-log import FILE SHEET                   take in a spreadsheet, after a backup; --dry-run looks only
  inspection-log quote REPORT                        check quotes against a report, one JSON object a line
  inspection-log read REPORT ...                     draft what reports print, one JSON object for each
"""


def run(arguments: Sequence[str]) -> int:
    """Do what the arguments ask for; return the exit status: 0 done, 1 refused, 2 wrong words.

    The first word names a task that needs no window; anything else opens the window, with FILE where one
    is given.
    """
    words = list(arguments)
    if words and (task := _TASKS.get(words[0])):
        return _told(lambda: task(words[1:]))
    if words[:1] == ["quote"]:
        from desktop_app import command_quote

        return command_quote.run(words[1:])
    if words[:1] == ["read"]:
        from desktop_app import command_read

        return command_read.run(words[1:])
    return _window(_parser().parse_args(words).file)


class _Version(argparse.Action):
    """Says the version; asking for it at every start takes as long as a third of our imports."""

    def __call__(self, parser: argparse.ArgumentParser, *_: object) -> None:
        print(f"Inspection Log {program_version()}")
        parser.exit()


def _told(task: Callable[[], str]) -> int:
    """Do a task; say on one line what was done, or on stderr why not."""
    try:
        print(task())
    except StoreError as error:
        print(error, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("Stopped. Nothing was written.", file=sys.stderr)
        return _INTERRUPTED
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="inspection-log",
        description="Keeps a council's inspection history: grades, quotes and areas for improvement in one file.",
        epilog=_EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("file", nargs="?", type=Path, metavar="FILE", help="the inspection log to open")
    parser.add_argument("--version", action=_Version, nargs=0, help="say which version this is")
    return parser


def _sample(words: Sequence[str]) -> str:
    parser = argparse.ArgumentParser(prog="inspection-log sample", description="Make the Durham sample file.")
    parser.add_argument("out", type=Path, metavar="OUT", help="where the new file shall stand")
    out = parser.parse_args(words).out
    from db.sample_file import make

    make(out)
    return f"{out}: the Durham sample, 9 inspections from 2011 to 2025"


def _export(words: Sequence[str]) -> str:
    from desktop_app.command_export import export

    with _progress() as show:
        return export(words, show)


def _check(words: Sequence[str]) -> str:
    parser = argparse.ArgumentParser(
        prog="inspection-log check",
        description="Look at everything that a file holds, without changing it. Ends with 1 where it is not sound.",
    )
    parser.add_argument("file", type=Path, metavar="FILE", help="the inspection log; it may be open in the window")
    path = parser.parse_args(words).file
    from db.check import deep_check

    with _progress() as show:
        report = deep_check(path, on_progress=show)
    if not report.is_sound:
        raise Damaged("\n".join([f"{path} is not sound:", *(finding.sentence for finding in report.findings)]))
    return (
        f"{path} is sound: {report.records:,} records, {report.deeds:,} entries of the change log, "
        f"{report.documents:,} kept documents"
    )


def _import(words: Sequence[str]) -> str:
    from desktop_app import command_import

    with _progress() as show:
        return command_import.run(words, show)


def _merge(words: Sequence[str]) -> str:
    parser = argparse.ArgumentParser(
        prog="inspection-log merge",
        description="Take in what a colleague's copy has, after a backup. Merging twice changes nothing.",
    )
    parser.add_argument("file", type=Path, metavar="FILE", help="the inspection log that is written to")
    parser.add_argument("other", type=Path, metavar="OTHER", help="the colleague's copy; it stays as it is")
    parser.add_argument(
        "--prefer",
        choices=("ours", "theirs"),
        default="none",
        help="which version stands where a record was changed on both sides; without it nothing is merged then",
    )
    asked = parser.parse_args(words)
    from db import backup, owner_file
    from db.file_checks import check_header
    from db.merge import merge_file
    from db.store import Store

    check_header(asked.file)
    claim = owner_file.take(asked.file)
    try:
        with closing(Store.open(asked.file)) as store, _progress() as show:
            backup.make(asked.file, "merge", on_progress=show)
            return merge_file(store, asked.other, prefer=asked.prefer, on_progress=show)
    finally:
        claim.release()


@contextmanager
def _progress() -> Iterator[Callable[[float, str], None]]:
    """Where progress is shown: on a terminal, and nowhere else."""
    if not sys.stderr.isatty():
        yield lambda *_: None
        return
    try:
        yield _show_progress
    finally:
        _show_progress(-1, "")


def _show_progress(share: float, doing: str) -> None:
    """One line on a terminal, written over; a negative share wipes it."""
    line = f"{doing} ({share:.0%})" if share >= 0 else ""
    print(f"\r{line:<60}", end="" if line else "\r", file=sys.stderr, flush=True)


_TASKS: dict[str, Callable[[Sequence[str]], str]] = {
    "sample": _sample,
    "export": _export,
    "check": _check,
    "merge": _merge,
    "import": _import,
}


def _window(path: Path | None) -> int:
    gc.disable()  # what Qt brings stays for good, and is looked through in vain; `app` goes on after the first paint
    try:
        from desktop_app import app
    except ImportError as error:
        return _explain_missing(error)
    return app.run(path)


def _explain_missing(error: ImportError) -> int:
    from desktop_app.missing_packages import advice

    print(advice(str(error)), file=sys.stderr)
    return 1

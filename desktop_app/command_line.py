"""What can be done without a window, and which file the window opens."""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from db.errors import StoreError
from desktop_app.versions import program_version


def run(arguments: Sequence[str]) -> int:
    """Do what the arguments ask for; return the exit status.

    `sample OUT` makes the Durham sample without a window; anything else opens the window, with FILE
    where one is given.
    """
    words = list(arguments)
    if words[:1] == ["sample"]:
        return _sample(_sample_parser().parse_args(words[1:]).out)
    found = _parser().parse_args(words)
    return _window(found.file)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="inspection-log",
        description="Keeps a council's inspection history: grades, quotes and areas for improvement in one file.",
        epilog="inspection-log sample OUT.sqlite makes the sample file (Durham, public record) without a window.",
    )
    parser.add_argument("file", nargs="?", type=Path, metavar="FILE", help="the inspection log to open")
    parser.add_argument("--version", action="version", version=f"Inspection Log {program_version()}")
    return parser


def _sample_parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="inspection-log sample", description="Make the Durham sample file.")
    parser.add_argument("out", type=Path, metavar="OUT", help="where the new file shall stand")
    return parser


def _sample(out: Path) -> int:
    from db.sample_file import make

    try:
        make(out)
    except StoreError as error:
        print(error, file=sys.stderr)
        return 1
    print(f"{out}: the Durham sample, 9 inspections from 2011 to 2025")
    return 0


def _window(path: Path | None) -> int:
    try:
        from desktop_app import app
    except ImportError as error:
        return _explain_missing(error)
    return app.run(path)


def _explain_missing(error: ImportError) -> int:
    from desktop_app.missing_packages import advice

    print(advice(str(error)), file=sys.stderr)
    return 1

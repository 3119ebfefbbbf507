"""The local log of faults: rotating, on this machine only, without a word of what a file holds.

Of an exception only its kind and its places in the program are written: its message may quote a record.
"""

import faulthandler
import logging
import re
import traceback
from logging.handlers import RotatingFileHandler
from pathlib import Path
from typing import TextIO

from db import machine

MOST_BYTES = 200_000
OLDER_KEPT = 3
_log = logging.getLogger("inspection_log")
_crash_file: TextIO | None = None


def start(program_version: str, qt_version: str) -> Path | None:
    """Begin to log; return the file, None where its folder cannot be written to."""
    global _crash_file
    folder = machine.data_folder() / "log"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        handler = RotatingFileHandler(
            folder / "faults.log", maxBytes=MOST_BYTES, backupCount=OLDER_KEPT, encoding="utf-8", delay=True
        )
        _crash_file = (folder / "crash.log").open("a", encoding="utf-8")
    except OSError:
        return None
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(message)s"))
    _log.handlers = [handler]
    _log.setLevel(logging.INFO)
    _log.propagate = False
    logging.raiseExceptions = False  # a full disk must not break what is being logged
    faulthandler.enable(_crash_file)
    _log.info("started %s", versions(program_version, qt_version))
    return folder / "faults.log"


def versions(program_version: str, qt_version: str) -> str:
    """What a report of a fault needs to say about this machine."""
    return f"Inspection Log {program_version}, Qt {qt_version}, {machine.versions()}"


def fault(error: BaseException) -> str:
    """Log an exception that nobody caught; return what was written."""
    words = places(error)
    _log.error("%s", words)
    return words


def places(error: BaseException) -> str:
    """The kind of an exception and where it came from, without its message."""
    lines = []
    chain: BaseException | None = error
    while chain is not None:
        lines.append(type(chain).__qualname__)
        for frame in traceback.extract_tb(chain.__traceback__):
            lines.append(f"  {_short(frame.filename)}:{frame.lineno} {frame.name}")
        chain = chain.__cause__ or chain.__context__
    return "\n".join(lines)


def _short(file_name: str) -> str:
    """The last three parts of a path: which module, not whose machine."""
    return "/".join(Path(file_name).parts[-3:])


def message(words: str) -> None:
    """Log what Qt says of itself; what it quotes is left out."""
    _log.warning("Qt: %s", re.sub(r"(\"[^\"]*\"|'[^']*'|“[^”]*”)", "…", words)[:300])


def stop() -> None:
    """Close the files."""
    global _crash_file
    for handler in _log.handlers:
        handler.close()
    _log.handlers = []
    if _crash_file:
        faulthandler.disable()
        _crash_file.close()
        _crash_file = None

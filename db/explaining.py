"""Our error for what SQLite and the disk say, with a sentence that is fit to show."""

import errno
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from db.errors import Busy, CannotWrite, Damaged, StoreError

# What damaged bytes raise beside SQLite's own errors: a text that is no UTF-8, a number out of range.
DAMAGE = (sqlite3.DatabaseError, UnicodeDecodeError, OverflowError)


@contextmanager
def explained() -> Iterator[None]:
    """Turn what SQLite says of the world into our errors; rules are left to `db.rules`."""
    try:
        yield
    except sqlite3.OperationalError as error:
        raise explanation(error) from error


def explanation(error: Exception, name: str = "The file", *, written: str = "") -> StoreError:
    """Our error for what SQLite or the disk says.

    Args:
        name: the file that was read.
        written: what was to be written, where that is not the file itself.
    """
    code = getattr(error, "sqlite_errorname", "")
    if code.startswith(("SQLITE_BUSY", "SQLITE_LOCKED")):
        return Busy("Another program is using this file. What you typed is kept: try again in a moment.")
    if code.startswith("SQLITE_FULL") or getattr(error, "errno", None) == errno.ENOSPC:
        return CannotWrite("The disk is full, so nothing was written. Make room, then try again.")
    if isinstance(error, FileNotFoundError) and error.filename is None:  # of tempfile: it tried every folder it knows
        return CannotWrite("The disk for temporary files is full or may not be written to. Make room, then try again.")
    if code.startswith(("SQLITE_READONLY", "SQLITE_CANTOPEN", "SQLITE_PERM")):
        return CannotWrite("This file or its folder may not be written to. Save a copy in another folder.")
    # A table is not as its file says, or a text is no UTF-8.
    is_damage = code == "SQLITE_ERROR" or any(word in str(error) for word in ("malformed", "Could not decode"))
    if isinstance(error, (sqlite3.OperationalError, OSError)) and not is_damage:
        verb = "read" if "_READ" in code else "written"
        return CannotWrite(f"{written or name} could not be {verb} ({error}). Nothing was changed.")
    return Damaged(f"{name} is damaged and was left as it is ({error}). Open a copy or a backup of it.")

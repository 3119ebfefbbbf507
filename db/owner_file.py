"""Who has the file open: an owner file beside the database, as long as a program has it open for writing.

It is a notice and no lock: every save is kept whole by the lock of SQLite and kept out of another file by the
guard in `db.connection`. The notice keeps two people from working past each other.

An owner file of a process of this computer that has ended is taken over without a question, whatever else has its
number now (`db.machine`). One from another computer counts at any age, as nobody here can tell whether it is a
laptop asleep; one that cannot be understood counts as somebody's. Both are taken over only by `over`.
"""

import errno
import os
import stat
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from db.errors import CannotWrite, StoreError
from db.owner import SEEN_EVERY_S, InUse, Owner, now
from db.owner_place import beside
from db.whole_file import part_of, put_in_place, sync

__all__ = ["SEEN_EVERY_S", "Claim", "InUse", "Owner", "holder", "take"]
_MOST_BYTES = 4096
_TRIES = 20


class Claim:
    """The file is ours to write to, until `release` or until another program takes it over.

    Attributes:
        owner: what the owner file says of us.
    """

    def __init__(self, file: Path, owner: Owner) -> None:
        self._file = file
        self.owner = owner

    def is_mine(self) -> bool:
        """Whether no other program has taken the file over; one small read.

        An owner file that was only deleted, or that cannot be read for the moment, says nothing of another program.
        """
        try:
            found = _read(self._file)
        except OSError:
            return True
        return found is None or found.token == self.owner.token

    def refresh(self) -> bool:
        """Write down that we are still there, to be called every `SEEN_EVERY_S`; return `is_mine`.

        The new moment is written over the old one, which is of the same length, inside the file that holds our
        token: nobody reads half of it, and one that another program put there meanwhile is not overwritten, as
        it could be by renaming. An owner file that was only deleted is made again.
        """
        told = replace(self.owner, seen=now())
        try:
            with self._file.open("r+b") as handle:
                found = Owner.from_bytes(handle.read(_MOST_BYTES))
                if found is None or found.token != self.owner.token:
                    return False
                handle.seek(0)
                handle.write(told.to_bytes())
        except FileNotFoundError:
            with suppress(CannotWrite):
                if not _make(told, self._file):
                    return False
        except OSError:
            return True
        self.owner = told
        return True

    def release(self) -> None:
        """Take the owner file away where it is still ours."""
        with suppress(OSError, StoreError):
            found = _read(self._file)
            if found and found.token == self.owner.token:
                _take_away(self._file, found.token)


def holder(path: Path) -> Owner | None:
    """Who has a file open for writing; None where nobody has, or a process of this computer that is gone."""
    found = _found(beside(path))
    return None if found is None or found.is_gone else found


def take(path: Path, *, over: Owner | None = None) -> Claim:
    """Say beside a file that we have it open for writing; of several programs at once one gets it.

    Args:
        over: whom a person agreed to take the file over from; where it is another one by now, that is `InUse` again.

    Raises:
        InUse: another program has it; it can still be opened for reading.
        CannotWrite: the file or its folder may not be written to, or the disk is full, so that no owner file can
            be made; it can still be opened for reading.
    """
    file, ourselves = beside(path), Owner.ourselves()
    for _ in range(_TRIES):
        found = _found(file)
        if found is None:
            if not os.access(path, os.W_OK):
                raise CannotWrite("This file may not be written to. You can read it; to change it, save a copy.")
            if _make(ourselves, file):
                return Claim(file, ourselves)
        elif found.is_gone or (over is not None and over.token == found.token):
            _take_away(file, found.token)
        else:
            raise InUse(found)
    raise InUse(found or ourselves)


def _found(file: Path) -> Owner | None:
    try:
        return _read(file)
    except OSError:  # it stands there, and may not be read
        return Owner(since=now(), seen=now())


def _read(file: Path) -> Owner | None:
    try:
        about = file.lstat()
        content = b""
        if stat.S_ISREG(about.st_mode):  # anything else might never end, or lead elsewhere
            with file.open("rb") as handle:
                content = handle.read(_MOST_BYTES)
    except FileNotFoundError:
        return None
    changed = datetime.fromtimestamp(about.st_mtime, UTC)
    return Owner.from_bytes(content) or Owner(since=changed, seen=changed)


def _make(owner: Owner, file: Path) -> bool:
    """Make an owner file, whole from its first moment; False where there is one."""
    try:
        with part_of(file) as part:
            part.write_bytes(owner.to_bytes())
            sync(part)
            return _give_free_name(part, file)
    except OSError as error:
        raise _refused(error) from error


def _give_free_name(part: Path, file: Path) -> bool:
    try:
        os.link(part, file)
    except FileExistsError:
        return False
    except OSError:  # a disk without hard links, such as a memory stick: there it is not whole from the first moment
        try:
            with file.open("xb") as handle:
                handle.write(part.read_bytes())
        except FileExistsError:
            return False
    return True


def _take_away(file: Path, token: str) -> None:
    """Remove the owner file with that token; one that another program made in the meantime keeps its place."""
    with part_of(file) as aside:
        try:
            put_in_place(file, aside)  # of several programs one gets it
        except FileNotFoundError:
            return
        except (OSError, CannotWrite) as error:
            raise _refused(error) from error
        found = _read(aside)
        if found and found.token != token:
            _give_free_name(aside, file)


def _refused(error: Exception) -> CannotWrite:
    if getattr(error, "errno", None) == errno.ENOSPC:
        return CannotWrite("The disk is full. You can read this file; to change it, make room, then open it again.")
    return CannotWrite("This folder may not be written to. You can read this file; to change it, save a copy.")

"""Writes a finished paper to its place: whole or not at all, and never over something else unasked."""

import errno
import os
import stat
from collections.abc import Callable, Iterable
from pathlib import Path

from db.errors import CannotWrite, StoreError
from db.open_marks import is_marked_open
from db.snapshot import Cancelled
from db.whole_file import part_of, put_in_place, sync

_FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)


class NoTemplate(StoreError):
    """A file that cannot serve as a template."""


def free_name(source: Path, stem: str, ending: str) -> Path:
    """A name beside the inspection log that nothing has yet."""
    names = (f"{stem}{number}{ending}" for number in ("", *(f"-{n}" for n in range(2, 100))))
    return next(path for path in map(source.with_name, names) if not path.exists())


def entered(text: str, source: Path, ending: str, example: str) -> Path:
    """The place that a person entered, beside the inspection log where it is a name alone; its ending is added.

    Raises:
        CannotWrite: it names no file; the sentence gives the example.
    """
    if not text or text.endswith(("/", os.sep)) or Path(text).name in ("", ".", ".."):
        raise CannotWrite(f"Enter the name of a file, like {example}.")
    path = source.parent / Path(text)
    return path if path.suffix == ending else path.with_name(path.name + ending)


def check_place(target: Path, keep: Iterable[Path] = (), *, replace: bool = False) -> None:
    """Refuse a place where no paper may be written.

    Args:
        keep: files that the paper must not take the place of: the inspection log, the template.

    Raises:
        CannotWrite: a folder, one of `keep`, a file that may not be replaced, is read-only or open in Word.
    """
    if not target.parent.is_dir():
        raise CannotWrite(f"There is no folder {target.parent}. Choose another.")
    if target.is_dir():
        raise CannotWrite(f"{target.name} is a folder. Enter a name for the paper.")
    if is_marked_open(target):
        raise CannotWrite(f"{target.name} is open in another program. Close it there, or choose another name.")
    if not target.exists():
        return
    if any(one.exists() and target.samefile(one) for one in keep):
        raise CannotWrite(f"The paper cannot take the place of {target.name}, which it is made from. Choose another.")
    if not replace:
        raise CannotWrite(f"{target.name} exists already. Choose another name, or replace it.")
    if not target.stat().st_mode & stat.S_IWRITE:
        raise CannotWrite(f"{target.name} is read-only. Choose another name.")


def write(
    content: bytes,
    target: Path,
    keep: Iterable[Path] = (),
    *,
    replace: bool = False,
    is_cancelled: Callable[[], bool] = lambda: False,
) -> None:
    """Write the bytes of a paper to its place.

    Raises:
        Cancelled: `is_cancelled` said so; nothing was written.
        CannotWrite: see `check_place`; or the disk refuses, and no part of the paper stays.
    """
    try:
        check_place(target, keep, replace=replace)
        with part_of(target) as part:
            part.write_bytes(content)
            sync(part)
            if is_cancelled():
                raise Cancelled
            check_place(target, keep, replace=replace)
            put_in_place(part, target)
    except OSError as error:
        raise _explained(target, error) from error


def _explained(target: Path, error: OSError) -> CannotWrite:
    if error.errno in _FULL:
        return CannotWrite("The disk is full, so the paper was not written. Make room, or choose another disk.")
    if error.errno == errno.ENAMETOOLONG:
        return CannotWrite("Enter a shorter name.")
    return CannotWrite(f"The folder {target.parent} may not be written to. Choose another.")

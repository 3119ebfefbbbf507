"""Sets files aside: a damaged one is renamed in its folder, with its journal, never overwritten or mended."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from itertools import count
from pathlib import Path

from db.errors import CannotWrite
from db.machine import sync_folder
from db.whole_file import removed_on_failure

JOURNALS = ("-journal", "-wal", "-shm")


def set_aside(path: Path) -> Path:
    """Rename a file, and what a cut-off save left beside it, to "name-damaged-" and the moment; return its new path.

    Raises:
        CannotWrite: the folder or another program refuses; everything has its name.
    """
    path = path.absolute()
    aside = _free_name(path)
    _rename(path, aside, ("", *left_by_a_save(path)))
    return aside


def copy_as_found(path: Path) -> None:
    """Copy a file and its journal where a save was cut off, before SQLite rolls it back, should that go wrong.

    Raises:
        OSError: a copy could not be written; no part of it is left.
    """
    journal = path.with_name(path.name + "-journal")
    if not _size(journal):
        return
    stamp = datetime.now(UTC).strftime("%Y%m%dT%H%M%S")
    for found in (path, journal):
        copied = found.with_name(f"{path.stem}-found-{stamp}{found.name.removeprefix(path.stem)}")
        with removed_on_failure(copied):
            shutil.copy2(found, copied)


@contextmanager
def aside_meanwhile(path: Path, *, with_file: bool) -> Iterator[None]:
    """Set a file's journals aside, and the file too where it is damaged; all come back where what follows fails."""
    endings = (("",) if with_file and path.exists() else ()) + left_by_a_save(path)
    aside = _free_name(path)
    _rename(path, aside, endings)
    try:
        yield
    except BaseException:
        _rename(aside, path, endings)
        raise


def left_by_a_save(path: Path) -> tuple[str, ...]:
    """The endings of what lies beside a file and would change it when it is opened.

    An empty journal says nothing and may be that of a program that has the file open.
    """
    return tuple(ending for ending in JOURNALS if _size(path.with_name(path.name + ending)))


def _size(path: Path) -> int:
    with suppress(OSError):
        return path.stat().st_size
    return 0


def _free_name(path: Path) -> Path:
    stamp = datetime.now(UTC).strftime("%Y%m%dT%H%M%S")
    for number in count(1):
        again = "" if number == 1 else f"-{number}"
        aside = path.with_name(f"{path.stem}-damaged-{stamp}{again}{path.suffix}")
        if not any(aside.with_name(aside.name + ending).exists() for ending in ("", *JOURNALS)):
            return aside
    raise AssertionError  # counting has no end


def _rename(path: Path, to: Path, endings: tuple[str, ...]) -> None:
    done: list[str] = []
    try:
        for ending in endings:
            path.with_name(path.name + ending).rename(to.with_name(to.name + ending))
            done.append(ending)
    except OSError as error:
        for ending in done:
            with suppress(OSError):
                to.with_name(to.name + ending).rename(path.with_name(path.name + ending))
        raise CannotWrite(
            f"{path.name} could not be renamed, so it was left as it is ({error.strerror}). "
            "Close other programs that use it, then try again."
        ) from error
    sync_folder(path.parent)

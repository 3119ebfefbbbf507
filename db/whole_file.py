"""Writes a file whole or not at all: a temporary name in the same folder, on the disk, then renamed.

Never a fallback that truncates what stands there.
"""

import os
import secrets
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from db.errors import CannotWrite
from db.machine import sync_folder

REPLACE_RETRIES_S = (0.010, 0.025, 0.050, 0.100)


@contextmanager
def part_of(target: Path) -> Iterator[Path]:
    """A temporary name in the target's folder; whatever stands under it at the end goes."""
    part = target.with_name(f".{target.name[:80]}-{secrets.token_hex(4)}.part")
    try:
        yield part
    finally:
        for ending in ("", "-journal"):
            with suppress(OSError):
                part.with_name(part.name + ending).unlink()


@contextmanager
def removed_on_failure(path: Path) -> Iterator[None]:
    """Take a new file away again where it cannot be finished, so that its name stays free."""
    try:
        yield
    except BaseException:
        for name in (path.name, f"{path.name}-journal"):
            with suppress(OSError):
                path.with_name(name).unlink()
        raise


def sync(path: Path) -> None:
    """Have a file's bytes on the disk, not only on their way."""
    with path.open("rb+") as handle:
        os.fsync(handle.fileno())


def put_in_place(part: Path, target: Path) -> None:
    """Rename a finished file to its name; a program that looks into the target for a moment is waited for.

    Raises:
        CannotWrite: the target stays held by another program.
    """
    for pause_s in (*REPLACE_RETRIES_S, None):
        try:
            os.replace(part, target)
            break
        except PermissionError as error:
            if pause_s is None:
                raise CannotWrite(
                    f"{target.name} is held by another program. Close it there, or choose another name."
                ) from error
            time.sleep(pause_s)
    sync_folder(target.parent)

"""Writes what is shared beside its target and puts it in place when it is finished; what refuses gets a sentence."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from db.copy import check_target
from db.errors import CannotWrite, StoreError
from db.explaining import DAMAGE, explanation
from db.snapshot import Cancelled, IsCancelled
from db.whole_file import part_of, put_in_place, sync


@contextmanager
def written_whole(
    source: Path, target: Path, *, what: str, replace: bool = False, is_cancelled: IsCancelled = lambda: False
) -> Iterator[Path]:
    """A temporary name beside the target, which takes the target's place when the block ends well.

    Args:
        what: what is written, as a sentence begins: "The workbook".
        replace: a file that stands at `target` may be replaced.

    Raises:
        CannotWrite: the target is taken or the source itself, or a disk refuses.
        Cancelled: `is_cancelled` said so; no part is left.
    """
    with told(target, what=what, source=source):
        check_target(source, target, replace=replace)
        with part_of(target) as part:
            yield part
            sync(part)
            if is_cancelled():
                raise Cancelled
            check_target(source, target, replace=replace)
            put_in_place(part, target)


@contextmanager
def told(target: Path, *, what: str, source: Path) -> Iterator[None]:
    """Whatever a disk or SQLite raises, as one of our errors with a sentence."""
    try:
        yield
    except StoreError:
        raise
    except (*DAMAGE, OSError) as error:
        raise _explained(target, what, source, error) from error


def _explained(target: Path, what: str, source: Path, error: Exception) -> StoreError:
    code = getattr(error, "sqlite_errorname", "")
    if code.startswith("SQLITE_INTERRUPT"):
        return Cancelled()
    if isinstance(error, PermissionError) or code.startswith(("SQLITE_CANTOPEN", "SQLITE_READONLY", "SQLITE_PERM")):
        return CannotWrite(f"The folder {target.parent} may not be written to. Choose another.")
    if isinstance(error, sqlite3.Error) and not code:
        return explanation(error, source.name)
    return explanation(error, source.name, written=what)

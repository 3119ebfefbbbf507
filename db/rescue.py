"""Saves everything elsewhere where the file itself takes no save: what stands in it, and the saves that wait."""

import secrets
import sqlite3
from collections.abc import Sequence
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

from db import machine
from db.copy import check_target
from db.edit import Edit
from db.errors import CannotWrite
from db.explaining import DAMAGE, explanation
from db.store import Store
from db.whole_file import part_of, put_in_place, sync


def save_elsewhere(store: Store, waiting: Sequence[tuple[str, Edit]], target: Path) -> None:
    """Write a whole new file: what our connection sees, change log too, and then what waits, in its order.

    Our connection still sees a file that was deleted or replaced meanwhile.

    Args:
        waiting: labels and edits that are not in the file yet.

    Raises:
        CannotWrite: the target is the file itself, or its disk refuses.
        StoreError: the file cannot be read, or an edit does not fit.
    """
    target = target.absolute()
    check_target(store.path, target, replace=True)
    try:
        with part_of(target) as part:
            with closing(sqlite3.connect(part)) as out:
                store.connection.raw.backup(out)
            with closing(Store.open(part)) as rescued:
                for label, edit in waiting:
                    rescued.apply(edit, label)
            sync(part)
            put_in_place(part, target)
    except (*DAMAGE, OSError) as error:
        if getattr(error, "sqlite_errorname", "").startswith(("SQLITE_CANTOPEN", "SQLITE_READONLY")):
            raise CannotWrite(f"The folder {target.parent} may not be written to. Choose another.") from error
        raise explanation(error, store.path.name, written="The copy") from error


def keep_our_version(store: Store, waiting: Sequence[tuple[str, Edit]]) -> Path:
    """Write what we have of a file among our own data, to be merged with what stands in its place; return where.

    Raises:
        StoreError: see `save_elsewhere`.
    """
    folder = machine.data_folder() / "kept versions"
    stamp = datetime.now(UTC).strftime("%Y%m%dT%H%M%SZ")
    target = folder / f"{store.path.stem}-{stamp}-{secrets.token_hex(2)}.sqlite"
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise explanation(error, store.path.name, written="The copy") from error
    save_elsewhere(store, waiting, target)
    return target

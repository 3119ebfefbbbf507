"""Writes a full copy: everything that a file holds, with its change log, and a manifest beside it that says so."""

from pathlib import Path

from db import safe_manifest
from db.connection import Connection
from db.copy import Copy, OnProgress, write_copy
from db.snapshot import HoldSaves, IsCancelled, untold


def write_full_copy(
    source: Path,
    target: Path,
    *,
    replace: bool = False,
    made_with: str = "Inspection Log",
    on_progress: OnProgress = untold,
    is_cancelled: IsCancelled = lambda: False,
    hold_saves: HoldSaves | None = None,
) -> Copy:
    """Write a full copy and its manifest, both or neither; `db.copy.write_copy` tells the rest.

    Args:
        replace: files that stand at `target` and where its manifest goes (`safe_manifest.beside`) may be replaced.
    """
    source, target = source.absolute(), target.absolute()
    with safe_manifest.written_beside(source, safe_manifest.beside(target), replace=replace) as parts:

        def describe(connection: Connection, written: Path) -> None:
            told = safe_manifest.told(connection, written, target.name, None, (), made_with)
            safe_manifest.write(parts, told)

        return write_copy(
            source,
            target,
            with_log=True,
            replace=replace,
            made_with=made_with,
            describe=describe,
            on_progress=on_progress,
            is_cancelled=is_cancelled,
            hold_saves=hold_saves,
        )

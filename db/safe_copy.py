"""Writes a safe copy: a new file built row by row from what may be seen by others, so that no other byte is in it.

Left out are notes, drafts, the change log but one deed with the records' version ids, what was deleted, user names,
places on a computer, and, unless they are asked for, the kept files of documents (`db.safe_content`).
"""

import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path

from db import copy_log, passages, safe_content, safe_manifest, schema
from db.connection import create_file, open_file
from db.copy import Copy, contents
from db.errors import Damaged
from db.records import RecordType
from db.safe_content import OLD, Choice, LeftOut
from db.snapshot import HoldSaves, IsCancelled, snapshot, untold
from db.store import Store
from db.whole_export import told, written_whole

_STEPS_BETWEEN_QUESTIONS = 20_000  # of SQLite's machine, some milliseconds
_HASTE = ("journal_mode = off", "synchronous = off", "secure_delete = off", "foreign_keys = off", "cache_size = -16384")
_EVERYTHING = Choice()
OnProgress = Callable[[float, str], None]


def write_safe_copy(
    source: Path,
    target: Path,
    choice: Choice = _EVERYTHING,
    *,
    replace: bool = False,
    with_metadata: bool = False,
    made_with: str = "Inspection Log",
    on_progress: OnProgress = untold,
    is_cancelled: IsCancelled = lambda: False,
    hold_saves: HoldSaves | None = None,
) -> Copy:
    """Write a safe copy and its manifest beside it, each whole or not at all; `db.copy.write_copy` tells the rest.

    Args:
        replace: files that stand at `target`, and those beside it (`safe_manifest.beside`), may be replaced.
        with_metadata: write a description for Datasette beside it too.
    """
    source, target = source.absolute(), target.absolute()
    beside = safe_manifest.beside(target, with_metadata=with_metadata)
    with (
        safe_manifest.written_beside(source, beside, replace=replace) as parts,
        written_whole(source, target, what="The copy", replace=replace, is_cancelled=is_cancelled) as part,
        safe_contents(source, choice, on_progress=on_progress, is_cancelled=is_cancelled, hold_saves=hold_saves) as (
            store,
            left_out,
        ),
    ):
        _finish(store, left_out, choice, made_with, on_progress)
        _write(store, part, on_progress)
        held = contents(store.connection)
        told_of = safe_manifest.told(store.connection, part, target.name, choice, left_out, made_with)
        safe_manifest.write(parts, told_of)
    on_progress(1.0, "Copy written")
    return Copy(target, target.stat().st_size, held)


@contextmanager
def safe_contents(
    source: Path,
    choice: Choice = _EVERYTHING,
    *,
    on_progress: OnProgress = untold,
    is_cancelled: IsCancelled = lambda: False,
    hold_saves: HoldSaves | None = None,
) -> Iterator[tuple[Store, list[LeftOut]]]:
    """What would go out, as a scratch file of its own without log and search index, and what stays here.

    Its progress ends at 0.5. The file goes when the block ends.
    """
    source = source.absolute()
    with (
        told(source, what="A copy for temporary use", source=source),
        tempfile.TemporaryDirectory(prefix="inspection-log-") as folder,
    ):
        old, new = Path(folder) / "snapshot.sqlite", Path(folder) / "safe.sqlite"
        snapshot(
            source,
            old,
            on_progress=lambda share: on_progress(share * 0.3, "Reading the file"),
            is_cancelled=is_cancelled,
            hold_saves=hold_saves,
        )
        on_progress(0.3, "Choosing what goes out")
        with closing(Store(create_file(new))) as store, closing(Store(open_file(old))) as old_store:
            for each in (store, old_store):
                _in_haste(each, is_cancelled)
            store.connection.raw.execute(f"attach ? as {OLD}", (str(old),))
            with store.connection.write():
                left_out = safe_content.fill(store, old_store, choice)
            on_progress(0.5, "Choosing what goes out")
            yield store, left_out


def _in_haste(store: Store, is_cancelled: IsCancelled) -> None:
    """Settings of a scratch file, which need not outlive a crash; long statements end when cancelled.

    References are checked when all is there: a record that comes after those that name it would have them all read.
    """
    for setting in _HASTE:
        store.connection.raw.execute(f"pragma {setting}")
    store.connection.raw.set_progress_handler(lambda: int(is_cancelled()), _STEPS_BETWEEN_QUESTIONS)


def _finish(store: Store, left_out: list[LeftOut], choice: Choice, made_with: str, on_progress: OnProgress) -> None:
    """Add what makes the rows a file of ours: the log, the search index, and what it says of itself."""
    with store.connection.write() as raw:
        copy_log.start(raw, known_in=OLD)
        on_progress(0.6, "Making the search index")
        passages.rebuild(raw)
        raw.executemany(
            "insert into manifest (record_type, field, reason) values (?, ?, ?)",
            safe_manifest.inside(left_out),
        )
        said = {
            "made_with": made_with,
            "made_at": datetime.now(UTC).isoformat(timespec="seconds"),
            "schema_version": str(schema.VERSION),
            "left_out": " ".join(filter(None, (safe_manifest.LEFT_OUT, safe_manifest.looked_at(left_out)))),
            "marking": choice.marking,
            "attribution": choice.attribution,
        }
        raw.executemany(
            "insert into about_this_file (key, value) values (?, ?) "
            "on conflict (key) do update set value = excluded.value",
            [(key, value) for key, value in said.items() if value],
        )


def _write(store: Store, part: Path, on_progress: OnProgress) -> None:
    """Write the scratch file compactly to where it will stay, and look whether it arrived."""
    on_progress(0.8, "Writing the copy")
    store.connection.raw.execute("vacuum into ?", (str(part),))
    on_progress(0.9, "Checking the copy")
    _check(part, store)


def _check(part: Path, store: Store) -> None:
    with closing(open_file(part, is_read_only=True)) as written:
        raw = written.raw
        is_sound = [row[0] for row in raw.execute("pragma integrity_check")] == ["ok"]
        is_whole = all(
            raw.execute(count).fetchone() == store.connection.raw.execute(count).fetchone()
            for count in (f"select count(*) from main.{kind.value}" for kind in RecordType)
        )
        if not is_sound or not is_whole or raw.execute("pragma foreign_key_check").fetchone():
            raise Damaged("The copy that was written is not sound, so it was thrown away. Try another folder or disk.")

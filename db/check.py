"""Whether a file is sound: a quick look at the file that is open, and a deep check of a copy that no save waits for."""

import sqlite3
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from db import check_content, passages
from db.check_content import Finding
from db.connection import BUSY_TIMEOUT_MS, connect_raw, open_file
from db.errors import CannotWrite, Damaged, NotOurs, StoreError
from db.explaining import DAMAGE, explained, explanation
from db.file_checks import check_about, check_listing, refuse_stray_wal
from db.records import RecordType
from db.snapshot import Cancelled, HoldSaves, IsCancelled, snapshot, untold
from db.store import Store

RETRY_AFTER_S = 1.0
MOST_OF_A_KIND = 4
PATIENT_MS = 5_000
_STEPS_BETWEEN_QUESTIONS = 20_000  # of SQLite's machine, some milliseconds
# Beside what SQLite says: a value of another type, a date that is none, a type of record that is none.
_NONSENSE = (*DAMAGE, ValueError, TypeError, KeyError, AttributeError)

OnProgress = Callable[[float, str], None]
Look = Callable[[Store], Iterator[Finding]]


@dataclass(frozen=True, slots=True)
class Report:
    """What a deep check found, the first few of each kind, and how much it looked at."""

    findings: tuple[Finding, ...] = ()
    records: int = 0
    deeds: int = 0
    documents: int = 0

    @property
    def is_sound(self) -> bool:
        return not self.findings

    @property
    def is_mendable(self) -> bool:
        """Whether only the search index is wrong, which `rebuild_search` makes anew."""
        return bool(self.findings) and all(finding.kind == "search" for finding in self.findings)


# What is being done in words, its share of the time at the start, the kind of what cannot even be read, the look.
_LOOKS: tuple[tuple[str, float, str, Look], ...] = (
    ("Checking the structure", 0.4, "structure", check_content.structure),
    ("Checking what records name", 0.5, "reference", check_content.references),
    ("Checking kept documents", 0.55, "document", check_content.documents),
    ("Checking the change log", 0.7, "log", check_content.log),
    ("Checking the search index", 0.85, "search", check_content.search),
)


def quick_check(path: Path, *, is_cancelled: IsCancelled = lambda: False) -> None:
    """Look through the pages of the live file; after an error once more, since a share may stumble once.

    Raises:
        Damaged: both looks found the same file wrong.
        Busy: another program holds it; that is no damage.
        Cancelled, NotOurs, CannotWrite: see `db.connection`.
    """
    try:
        _look_through(path, is_cancelled)
    except Damaged:
        time.sleep(RETRY_AFTER_S)
        _look_through(path, is_cancelled)


def verify(path: Path, *, is_cancelled: IsCancelled = lambda: False) -> None:
    """Refuse a finished copy that is not whole: its pages, and what its records name.

    Raises:
        Damaged, NotOurs, FileTooNew, Busy, CannotWrite, Cancelled: as for `quick_check`.
    """
    _look_through(path, is_cancelled)
    with reading(path, is_cancelled) as raw:
        if raw.execute("pragma foreign_key_check").fetchone():
            raise Damaged(f"{path.name} is damaged: records in it name others that are gone.")


def _look_through(path: Path, is_cancelled: IsCancelled) -> None:
    with reading(path, is_cancelled, busy_timeout_ms=PATIENT_MS) as raw:
        if lines := check_content.trouble(raw.execute("pragma quick_check")):
            raise Damaged(f"{path.name} is damaged and was left as it is ({lines[0]}). Open a copy or a backup of it.")


@contextmanager
def reading(
    path: Path, is_cancelled: IsCancelled = lambda: False, *, busy_timeout_ms: int = BUSY_TIMEOUT_MS
) -> Iterator[sqlite3.Connection]:
    """A connection of its own that only reads, to a file that holds what its version should.

    Raises:
        NotOurs, FileTooNew, Damaged, Busy, CannotWrite, Cancelled: in the reading too.
    """
    path = path.absolute()
    if not path.exists():
        raise NotOurs(f"There is no file {path}. Check its name, or choose another.")
    refuse_stray_wal(path)
    try:
        with _cut_off_told(path):
            opened = connect_raw(path, is_read_only=True)
        with closing(opened) as raw:
            raw.execute(f"pragma busy_timeout = {busy_timeout_ms}")
            raw.set_progress_handler(lambda: int(is_cancelled()), _STEPS_BETWEEN_QUESTIONS)
            check_listing(raw, check_about(raw, path.name))
            yield raw
    except DAMAGE as error:
        raise _explained(path, error) from error


def _explained(path: Path, error: Exception) -> StoreError:
    name = getattr(error, "sqlite_errorname", "")
    if name.startswith("SQLITE_INTERRUPT"):
        return Cancelled()
    if name == "SQLITE_NOTADB":
        return NotOurs(f"{path.name} is not an inspection log. It was left as it is.")
    return explanation(error, path.name)


@contextmanager
def _cut_off_told(path: Path) -> Iterator[None]:
    """Say so where a reader cannot look into a file before the journal beside it is rolled back."""
    try:
        yield
    except CannotWrite as error:
        if not getattr(error.__cause__, "sqlite_errorname", "").startswith("SQLITE_READONLY"):
            raise
        raise CannotWrite(
            f"A save of {path.name} was cut off. Open it in Inspection Log first, which mends that."
        ) from error.__cause__


def deep_check(
    path: Path,
    *,
    on_progress: OnProgress = untold,
    is_cancelled: IsCancelled = lambda: False,
    hold_saves: HoldSaves | None = None,
) -> Report:
    """Look at everything that a file holds, on a copy of it as it stands at one moment.

    A flipped letter in a record is found because the change log tells it otherwise. A file of an older version is
    checked in the newest form.

    Args:
        on_progress: told the share that is done, 0 to 1, and what is being done.
        hold_saves: see `db.snapshot.snapshot`.

    Raises:
        NotOurs, FileTooNew: it is no file of ours.
        Cancelled, Busy, CannotWrite: it could not be checked; damage is a finding and no error.
    """
    try:
        scratch = tempfile.TemporaryDirectory(prefix="inspection-log-")
    except OSError as error:
        raise explanation(error, path.name, written=f"A copy of {path.name}") from error
    with scratch as folder:
        copy = Path(folder) / path.name
        try:
            _copy(path, copy, on_progress, is_cancelled, hold_saves)
            with closing(_opened(copy, is_cancelled)) as store:
                return _report(store, on_progress, is_cancelled)
        except Damaged as error:
            return Report((Finding("structure", str(error)),))
        except _NONSENSE as error:
            if isinstance(error, StoreError):
                raise
            return Report((_unreadable("structure", error),))


def _copy(
    path: Path, copy: Path, on_progress: OnProgress, is_cancelled: IsCancelled, hold_saves: HoldSaves | None
) -> None:
    def read(share: float) -> None:
        on_progress(share * 0.4, "Reading the file")

    refuse_stray_wal(path)
    with _cut_off_told(path):
        snapshot(path, copy, on_progress=read, is_cancelled=is_cancelled, hold_saves=hold_saves)


def _opened(copy: Path, is_cancelled: IsCancelled) -> Store:
    connection = open_file(copy)
    for setting in ("synchronous = off", "secure_delete = off", "temp_store = memory"):
        connection.raw.execute(f"pragma {setting}")
    connection.raw.set_progress_handler(lambda: int(is_cancelled()), _STEPS_BETWEEN_QUESTIONS)
    return Store(connection)


def _report(store: Store, on_progress: OnProgress, is_cancelled: IsCancelled) -> Report:
    found: list[Finding] = []
    for doing, share, kind, look in _LOOKS:
        on_progress(share, doing)
        found += _first(_guarded(look(store), kind))
        if is_cancelled():
            raise Cancelled
    on_progress(1.0, "Checked")
    try:
        return Report(tuple(found), *_counts(store.connection.raw))
    except DAMAGE:
        return Report(tuple(found) or (_unreadable("structure", "its tables"),))


def _guarded(findings: Iterator[Finding], kind: str) -> Iterator[Finding]:
    """Findings, the last of them that nothing more could be read."""
    try:
        yield from findings
    except Cancelled:
        raise
    except (StoreError, *_NONSENSE) as error:
        if getattr(error, "sqlite_errorname", "").startswith("SQLITE_INTERRUPT"):
            raise Cancelled from error
        yield _unreadable(kind, error)


_PARTS = {
    "structure": "The file",
    "reference": "What records name",
    "document": "A kept document",
    "log": "The change log or a record",
    "search": "The search index",
}


def _unreadable(kind: str, error: object) -> Finding:
    return Finding(kind, f"{_PARTS[kind]} cannot be read ({error}).")


def _first(findings: Iterator[Finding]) -> list[Finding]:
    """The first few, and how many more there are."""
    shown = list(islice(findings, MOST_OF_A_KIND))
    if more := sum(1 for _ in findings):
        shown.append(Finding(shown[0].kind, f"And {more:,} more of this kind."))
    return shown


def _counts(raw: sqlite3.Connection) -> tuple[int, int, int]:
    def count(table: str) -> int:
        return raw.execute(f"select count(*) from {table}").fetchone()[0]

    return sum(count(kind.value) for kind in RecordType), count("deed"), count("document_file")


def rebuild_search(store: Store) -> None:
    """Make the search index anew from the records.

    Raises:
        Busy, FileMoved, CannotWrite: see `db.connection`.
    """
    with store.connection.write() as raw, explained():
        passages.rebuild(raw)

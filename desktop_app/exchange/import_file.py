"""A table taken into a file: read, matched, planned; the steps that the window and the command line share."""

import tempfile
from collections.abc import Callable, Mapping
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from db.snapshot import Cancelled, HoldSaves, IsCancelled, snapshot, untold
from db.store import Store
from desktop_app.exchange.import_cells import CannotImport
from desktop_app.exchange.import_fields import Vocabulary, vocabulary_of
from desktop_app.exchange.import_matching import Headings, Match, Matcher
from desktop_app.exchange.import_plan import Plan, Wish, plan
from desktop_app.exchange.import_source import Source

__all__ = ["Columns", "Plan", "Wish", "label", "look_at", "plan_for_file", "plan_with", "vocabulary_of"]
OnProgress = Callable[[float, str], object]
_READING, _LOOKING = "Reading the table", "Holding it against your file"
_SHEETS_LOOKED_AT = 8
_NOTHING = "{} holds nothing under its headings."


@dataclass(frozen=True, slots=True)
class Columns:
    """A table with its columns, before a person looked at them.

    `matches` stand by a column's place; `sheets` are all that the file has, `sheet` the one that is read.
    """

    source: Source
    sheets: tuple[str, ...]
    sheet: str
    headings: Headings
    matches: Mapping[int, Match]

    @property
    def fields(self) -> dict[int, str]:
        """The key of a field for each column that is matched."""
        return {place: match.key for place, match in self.matches.items() if match.key}


def look_at(
    source: Source,
    words: Vocabulary,
    *,
    sheet: str = "",
    row: int | None = None,
    is_cancelled: IsCancelled = lambda: False,
) -> Columns:
    """Find the sheet, the headings and what the columns are.

    Args:
        sheet: its name; where none is given, the one whose headings say most.
        row: the row of the headings, where a person said it.

    Raises:
        CannotImport: it cannot be read, or holds nothing.
        Cancelled: `is_cancelled` said so.
    """

    def on_read(_: float) -> None:
        if is_cancelled():
            raise Cancelled

    sheets = source.sheets()
    matcher = Matcher(words)
    looked: list[Columns] = []
    for name in [sheet] if sheet else sheets[:_SHEETS_LOOKED_AT]:
        on_read(0.0)
        headings = matcher.find_headings(source.rows(name, on_read=on_read), row=row)
        if headings.columns:
            looked.append(Columns(source, tuple(sheets), name, headings, matcher.match(headings)))
    if not looked:
        raise CannotImport(_NOTHING.format(source.name))
    return max(looked, key=lambda one: sum(match.confidence for match in one.matches.values()))


def plan_for_file(
    path: Path,
    columns: Columns,
    wish: Wish,
    *,
    on_progress: OnProgress = untold,
    is_cancelled: IsCancelled = lambda: False,
    hold_saves: HoldSaves | None = None,
) -> Plan:
    """A dry run away from the window: our file is read from a snapshot, so that no save waits for it.

    Raises:
        Cancelled: `is_cancelled` said so.
        CannotImport, StoreError: the table or the file cannot be read.
    """
    with tempfile.TemporaryDirectory(prefix="inspection-log-") as folder:
        scratch = Path(folder) / "snapshot.sqlite"
        snapshot(path, scratch, is_cancelled=is_cancelled, hold_saves=hold_saves)
        with closing(Store.open(scratch)) as store:
            return plan_with(store, columns, wish, on_progress=on_progress, is_cancelled=is_cancelled)


def plan_with(
    store: Store,
    columns: Columns,
    wish: Wish,
    *,
    on_progress: OnProgress = untold,
    is_cancelled: IsCancelled = lambda: False,
) -> Plan:
    """The same on an open file."""
    on_progress(0.0, _READING)

    def on_read(share: float) -> None:
        if is_cancelled():
            raise Cancelled
        on_progress(share, _READING)

    rows = columns.source.rows(columns.sheet, on_read=on_read)
    found = plan(store, rows, columns.headings, wish, is_cancelled=is_cancelled)
    on_progress(1.0, _LOOKING)
    return found


def label(source: Source) -> str:
    """The deed in words."""
    return f"Import {source.name[:80]}"

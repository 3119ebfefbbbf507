"""Cells of a table from elsewhere as plain values, and how much of one is taken in."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from db.errors import StoreError
from db.text import clean

OnRead = Callable[[float], object]


class CannotImport(StoreError):
    """A file that is no table, or more than can be taken in; its text says what to do."""


@dataclass(frozen=True, slots=True)
class Broken:
    """A cell whose value is not in the file: what stands there, and what to do about it."""

    shown: str
    advice: str


Cell = str | int | float | bool | date | Broken | None
Cells = tuple[Cell, ...]
Row = tuple[int, Cells]  # the number that a spreadsheet shows beside the row, from 1


@dataclass(frozen=True, slots=True)
class Limits:
    """How much is read of one file; `unpacked_bytes` is of a sheet, `texts_bytes` of a workbook's list of texts."""

    file_bytes: int = 50_000_000
    unpacked_bytes: int = 256_000_000
    texts_bytes: int = 64_000_000
    part_bytes: int = 8_000_000
    parts: int = 2_000
    rows: int = 100_000
    columns: int = 300
    letters: int = 100_000
    merged: int = 100_000


LIMITS = Limits()


def shown(cell: Cell) -> str:
    """A cell as a person reads it; a date in full, a whole number without a point."""
    match cell:
        case None:
            return ""
        case bool():
            return "TRUE" if cell else "FALSE"
        case float() if cell.is_integer():
            return str(int(cell))
        case date():
            return f"{cell.day:02d}/{cell.month:02d}/{cell.year}"
        case Broken():
            return cell.shown
    words = str(cell)
    return words.strip() if words.isascii() and words.isprintable() else clean(words, lines=True)


def one_line(cell: Cell) -> str:
    """The same on one line, for headings, names and the like."""
    return " ".join(shown(cell).split())


def is_empty(cells: Cells) -> bool:
    """Whether a row holds nothing but white space."""
    return not any(cell is not None and (not isinstance(cell, str) or cell.strip()) for cell in cells)


def too_many_rows(limits: Limits) -> CannotImport:
    """The error for a table that is longer than what is taken in at once."""
    return CannotImport(f"The sheet has more than {limits.rows:,} rows. Split it, and import one part after the other.")


def too_many_columns(limits: Limits) -> CannotImport:
    """The error for a table that is wider than what is taken in."""
    return CannotImport(
        f"The sheet has more than {limits.columns:,} columns. Remove those that are not needed, and try again."
    )

"""Rows of a CSV file or of pasted text: its encoding and its delimiter are found, nothing is assumed of the machine."""

import codecs
import csv
import io
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import BinaryIO, TextIO

from desktop_app.exchange.import_cells import (
    LIMITS,
    CannotImport,
    Cells,
    Limits,
    OnRead,
    Row,
    is_empty,
    too_many_columns,
    too_many_rows,
)

DELIMITERS = "\t;,|"
_SAMPLE_LETTERS, _SAMPLE_ROWS = 60_000, 40
_CHUNK = 1 << 16
_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_NO_TEXT = "{} is no table of text. Save the sheet as .xlsx or as CSV (UTF-8), and import that."
_GUARDED = "=+-@\t\r"  # what an export puts an apostrophe before


def encoding_of(path: Path) -> str:
    """UTF-8 where every byte fits it, a mark at the beginning where there is one, else Windows' own (cp1252).

    Raises:
        CannotImport: it is none of these.
    """
    with path.open("rb") as handle:
        head = handle.read(4096)
        for mark, encoding in _BOMS:
            if head.startswith(mark):
                return encoding
        if head.count(0) > len(head) // 8:
            return _wide(head, path.name)
        for encoding in ("utf-8", "cp1252"):
            handle.seek(0)
            if _fits(handle, encoding):
                return encoding
    raise CannotImport(_NO_TEXT.format(path.name))


def _wide(head: bytes, name: str) -> str:
    """UTF-16 without its mark: every second byte of plain text is nought."""
    for encoding, noughts in (("utf-16-le", head[1::2]), ("utf-16-be", head[0::2])):
        if noughts.count(0) > len(noughts) * 0.8:
            return encoding
    raise CannotImport(_NO_TEXT.format(name))


def _fits(handle: BinaryIO, encoding: str) -> bool:
    decoder = codecs.getincrementaldecoder(encoding)()
    try:
        while chunk := handle.read(_CHUNK):
            decoder.decode(chunk)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def of_file(path: Path, *, limits: Limits = LIMITS, on_read: OnRead = lambda _: None) -> Iterator[Row]:
    """The rows of a file that hold something, with their numbers; read as they are asked for.

    Raises:
        CannotImport: it is no text, or has more than is taken in.
    """
    encoding = encoding_of(path)
    size = max(path.stat().st_size, 1)
    with path.open("rb") as raw, io.TextIOWrapper(raw, encoding, newline="") as text:
        yield from _rows(text, limits, lambda: on_read(min(raw.tell() / size, 1.0)))


def of_text(text: str, *, limits: Limits = LIMITS) -> Iterator[Row]:
    """The rows of a table that was copied in another program."""
    return _rows(io.StringIO(text, newline=""), limits, lambda: None)


def _rows(text: TextIO, limits: Limits, tell: Callable[[], object]) -> Iterator[Row]:
    delimiter = _delimiter(text.read(_SAMPLE_LETTERS))
    text.seek(0)
    found = 0
    before = csv.field_size_limit(limits.letters)
    try:
        for number, row in enumerate(csv.reader(_lines(text), delimiter=delimiter), 1):
            cells = _cells(row, limits)
            if number % 500 == 0:
                tell()
            if is_empty(cells) or (number == 1 and _names_delimiter(row)):
                continue
            found += 1
            if found > limits.rows:
                raise too_many_rows(limits)
            yield number, cells
    except csv.Error as error:
        raise CannotImport(
            f"A cell holds more than {limits.letters:,} characters. Look for a quotation mark that is not closed."
        ) from error
    finally:
        csv.field_size_limit(before)


def _lines(text: TextIO) -> Iterable[str]:
    """Lines without NUL, which no spreadsheet writes; one that has no end is cut off where it is too long."""
    return (line.replace("\0", "\ufffd") for line in text)


def _cells(row: list[str], limits: Limits) -> Cells:
    while row and not row[-1].strip():
        row.pop()
    if len(row) > limits.columns:
        raise too_many_columns(limits)
    return tuple(_unguarded(cell) or None for cell in row)


def _unguarded(cell: str) -> str:
    return cell[1:] if cell[:1] == "'" and cell[1:].lstrip(" ")[:1] in tuple(_GUARDED) else cell


def _names_delimiter(row: list[str]) -> bool:
    """Whether the first line is Excel's own word on the delimiter, "sep=;"."""
    return bool(row) and row[0].lower().startswith("sep=") and not any(row[1:])


def _delimiter(sample: str) -> str:
    """The sign that cuts most of the first rows into the same number of cells."""
    if sample[:4].lower() == "sep=" and sample[4:5] in tuple(DELIMITERS):
        return sample[4]
    return max(DELIMITERS, key=lambda sign: _evenness(sample, sign))


def _evenness(sample: str, sign: str) -> tuple[float, int]:
    rows = csv.reader(io.StringIO(sample, newline=""), delimiter=sign)
    lengths: list[int] = []
    try:
        for row in rows:
            if any(row):
                lengths.append(len(row))
            if len(lengths) == _SAMPLE_ROWS:
                break
    except csv.Error:
        return 0.0, 0
    cut = Counter(length for length in lengths if length > 1)
    if not cut:
        return 0.0, 0
    columns, count = max(cut.items(), key=lambda item: (item[1], item[0]))
    return count / len(lengths), columns

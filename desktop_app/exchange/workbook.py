"""A workbook for people with a spreadsheet: a cover, and each table of the file as an Excel table.

Every text is written as a text, so nothing from the file becomes a formula or a link. Rows go to the disk one by
one, so that a file of any size needs little memory.
"""

import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import astuple
from typing import IO, Any

from db.exported import Exported, Table
from db.snapshot import Cancelled
from desktop_app.exchange import workbook_cover
from desktop_app.exchange.outgoing import Order, Watch, Written, going_out
from desktop_app.exchange.what_is_exported import Column, columns_of
from desktop_app.exchange.workbook_cells import Cell, Cells
from desktop_app.exchange.workbook_formats import Formats
from desktop_app.exchange.workbook_rows import RowSheet

SORTABLE = "{} (first possible day)"
_SORTABLE_WIDTH = 24
_TOLD_EVERY = 200  # rows


def write_workbook(order: Order, watch: Watch | None = None) -> Written:
    """Write a workbook; it is whole or not there.

    Raises:
        Cancelled, CannotWrite, Busy, NotOurs, FileTooNew, Damaged: see `db.copy.write_copy`.
    """
    watch = watch or Watch()
    target = order.target.absolute()
    with (
        going_out(order, watch, what="The workbook") as (part, read),
        tempfile.TemporaryDirectory(prefix="inspection-log-") as folder,
        part.open("wb") as handle,
        _opened(_Handle(handle, watch), folder) as book,
    ):
        cut = _fill(book, read, order, watch)
        held = read.contents()
        watch.on_progress(0.9, "Writing the workbook")
        book.close()
    watch.on_progress(1.0, "Workbook written")
    return Written(target, target.stat().st_size, held, cut)


class _Handle:
    """The file that is written to; its writing stops at Cancel, which the library itself knows nothing of.

    After `end` it takes everything and does nothing: the library's archive still writes its own end when it goes.
    """

    def __init__(self, handle: IO[bytes], watch: Watch) -> None:
        self._handle, self._watch = handle, watch
        self._ended_at: int | None = None

    def end(self) -> None:
        if self._ended_at is None:
            self._ended_at = self._handle.tell()

    def write(self, content: bytes) -> int:
        if self._ended_at is not None:
            return len(content)
        if self._watch.is_cancelled():
            raise Cancelled
        return self._handle.write(content)

    def seek(self, place: int, whence: int = 0) -> int:
        return self._handle.seek(place, whence) if self._ended_at is None else self._ended_at

    def tell(self) -> int:
        return self._handle.tell() if self._ended_at is None else self._ended_at

    def flush(self) -> None:
        if self._ended_at is None:
            self._handle.flush()


@contextmanager
def _opened(handle: _Handle, folder: str) -> Iterator[Any]:
    import xlsxwriter  # type: ignore[import-untyped]
    from xlsxwriter.exceptions import FileCreateError  # type: ignore[import-untyped]

    options = {
        "constant_memory": True,
        "tmpdir": folder,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    book = xlsxwriter.Workbook(handle, options)
    try:
        yield book
    except FileCreateError as error:
        raise (error.args[0] if isinstance(error.args[0], OSError) else OSError(str(error))) from error
    finally:
        handle.end()
        for sheet in book.worksheets():
            sheet._opt_close()


def _fill(book: Any, read: Exported, order: Order, watch: Watch) -> int:
    formats = Formats(book, read.tones())
    marking = order.choice.marking if order.choice else ""
    cover = book.add_worksheet("Cover")
    sheets = [(table, book.add_worksheet(table.title, worksheet_class=RowSheet)) for table in read.tables]
    total, done, cut = max(sum(astuple(read.contents())), 1), 0, 0
    rows: dict[str, int] = {}
    for table, sheet in sheets:
        cuts = 0
        for count, cuts in _write_table(sheet, table, read, formats):  # noqa: B007
            if watch.is_cancelled():
                raise Cancelled
            rows[table.title] = count
            watch.on_progress(0.5 + 0.4 * min((done + count) / total, 1), f"Writing {table.title.lower()}")
        done, cut = done + rows[table.title], cut + cuts
        _make_printable(sheet, marking)
    workbook_cover.write(cover, formats, read, order, rows, cut)
    return cut


def _write_table(sheet: Any, table: Table, read: Exported, formats: Formats) -> Iterator[tuple[int, int]]:
    """Write one table; tell now and then how many rows are written and how many texts were cut."""
    known = columns_of(read, table)
    writer = Cells(formats, known)
    shown = [(place, column.heading, column.width, writer.of(column)) for place, column in _in_order(known)]
    printed = sum(column.on_paper is not None for column in known)
    shown[printed:printed] = [
        (place, SORTABLE.format(column.heading), _SORTABLE_WIDTH, writer.first_day)
        for place, column in enumerate(known)
        if column.is_sorted_by
    ]
    headings = [heading for _, heading, *_ in shown]
    cells: list[tuple[int, Cell]] = [(place, cell) for place, _, _, cell in shown]
    for number, (_, _, width, _) in enumerate(shown):
        sheet.set_column(number, number, width)
    sheet.start_rows(headings, formats.heading)
    number = 0
    for number, row in enumerate(read.rows(table), 1):
        writer.lines = 1
        filled = [None if (value := row[place]) is None or value == "" else cell(value, row) for place, cell in cells]
        sheet.write_cells(number, filled, writer.lines)
        if number % _TOLD_EVERY == 0:
            yield number, writer.cut
    sheet.end_rows(number)
    sheet.print_area(0, 0, number, (printed or len(headings)) - 1)
    _make_table(sheet, table, headings, number)
    yield number, writer.cut


def _in_order(columns: Sequence[Column]) -> list[tuple[int, Column]]:
    """The columns with their places in a row: those that are printed, the others, at the end the identifiers."""

    def rank(each: tuple[int, Column]) -> tuple[bool, bool, int]:
        place, column = each
        order = place if column.on_paper is None else column.on_paper
        return column.on_paper is None, column.heading.endswith("dentifier"), order

    return sorted(enumerate(columns), key=rank)


def _make_table(sheet: Any, table: Table, headings: Sequence[str], rows: int) -> None:
    """Declare what was written to be an Excel table with filters.

    The library declares none once rows have gone to the disk, and notes every cell of one: it is told of one row,
    and then how far the table goes.
    """
    from xlsxwriter.utility import xl_range  # type: ignore[import-untyped]

    columns = [{"header": heading} for heading in headings]
    look = {"name": table.name, "style": "Table Style Light 15", "header_row": False, "columns": columns}
    sheet.constant_memory = False
    try:
        sheet.add_table(1, 0, 1, len(headings) - 1, look)
    finally:
        sheet.constant_memory = True
    reach = xl_range(0, 0, max(rows, 1), len(headings) - 1)
    sheet.tables[-1].update(range=reach, a_range=reach, autofilter=reach, header_row_count=1)


def _make_printable(sheet: Any, marking: str) -> None:
    sheet.freeze_panes(1, 0)
    sheet.repeat_rows(0)
    sheet.set_landscape()
    sheet.set_paper(9)  # A4
    sheet.fit_to_pages(1, 0)
    sheet.hide_gridlines(0)  # on paper they keep the rows apart
    sheet.set_margins(left=0.4, right=0.4, top=0.7, bottom=0.6)
    sheet.set_header(f"&L&A&R{marking}" if marking else "&L&A")
    sheet.set_footer("&RPage &P of &N")

"""A sheet to which whole rows are written as they will stand in the file, one write for each.

The library's own way with little memory takes a text from <r> to </r> for markup, and leads each cell through a dozen
calls: measured, twice the time of a national file.
"""

from typing import Any

from xlsxwriter.utility import xl_col_to_name  # type: ignore[import-untyped]
from xlsxwriter.worksheet import Worksheet  # type: ignore[import-untyped]

LINE_POINTS = 15
_ROOM_POINTS = 3


class RowSheet(Worksheet):
    """A sheet of a workbook that keeps one row in memory at most (`constant_memory`)."""

    def start_rows(self, headings: list[str], look: Any) -> None:
        """Write the heading, row 0, with room for two lines."""
        self.set_row(0, 2 * LINE_POINTS)
        for number, heading in enumerate(headings):
            self.write_string(0, number, heading, look)
        self._write_single_row(1)
        self._letters = [xl_col_to_name(number) for number in range(len(headings))]

    def write_cells(self, number: int, cells: list[str | None], lines: int) -> None:
        """Write the next row, counted from 0, as high as its lines; each cell as it stands after its place, or None."""
        row = number + 1
        filled = [f'<c r="{letter}{row}"{cell}' for letter, cell in zip(self._letters, cells, strict=True) if cell]
        height = "" if lines == 1 else f' ht="{lines * LINE_POINTS + _ROOM_POINTS}"'
        self.fh.write(f'<row r="{row}"{height}>{"".join(filled)}</row>')

    def end_rows(self, number: int) -> None:
        """Say which row was the last."""
        self._check_dimensions(number, len(self._letters) - 1)

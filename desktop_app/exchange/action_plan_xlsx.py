"""An action plan as a workbook: one Excel table with a row for each area for improvement and each action."""

import io
from collections.abc import Callable
from datetime import date, datetime
from typing import Any

from db.action_plan import ActionPlan, Line
from db.dates import PartialDate
from desktop_app.exchange.action_plan_tables import subtitle
from desktop_app.exchange.briefing_values import printable
from desktop_app.exchange.workbook_formats import Formats

# The usual columns of councils, each with its width in letters.
COLUMNS = {
    "Reference": 10,
    "Provider": 26,
    "Inspection": 30,
    "Area for improvement, in the inspectors’ words": 50,
    "Where it stands": 18,
    "Action": 40,
    "Success measure": 30,
    "Owner": 24,
    "Due": 14,
    "Status": 16,
    "RAG": 10,
    "Reason for the RAG": 30,
    "Progress": 40,
    "Evidence": 30,
    "Impact": 30,
    "Reported to": 26,
    "Last updated": 14,
}
_MOST_LETTERS = 32_767  # of a cell, as Excel limits it
_FIRST_ROW = 3
_LINE_POINTS, _MOST_LINES = 15, 27  # a row is at most 409 points high


def workbook(plan: ActionPlan, marking: str = "", step: Callable[[], None] = lambda: None) -> bytes:
    """The whole workbook; no text becomes a formula, a number or a link.

    Args:
        marking: printed above every page, or empty.
        step: called after every line; what it raises ends the work.
    """
    import xlsxwriter  # type: ignore[import-untyped]

    out = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(out, options) as book:
        formats = Formats(book, {})
        sheet = book.add_worksheet("Action plan")
        sheet.set_row(0, 2 * _LINE_POINTS)
        sheet.write_string(0, 0, printable(plan.title), formats.title)
        sheet.write_string(1, 0, subtitle(plan))
        area = Line(number="", words="")
        for row, line in enumerate(plan.lines, _FIRST_ROW + 1):
            area = area if line.is_action else line
            values = _values(line, area)
            sheet.set_row(row, _LINE_POINTS * _lines(values))
            for column, value in enumerate(values):
                _write(sheet, row, column, value, formats)
            step()
        _dress(sheet, len(plan.lines), marking, formats)
    return out.getvalue()


def _values(line: Line, area: Line) -> tuple[str | PartialDate | date | None, ...]:
    """A row by itself: an action repeats what it is for, so that rows can be sorted and filtered."""
    return (
        line.number,
        area.provider,
        area.inspection,
        area.words,
        area.place,
        line.words if line.is_action else "",
        line.success_measure,
        line.owner,
        line.due_on,
        line.status,
        line.rag,
        line.rag_reason,
        line.progress,
        line.evidence,
        line.impact,
        line.reported_to,
        line.updated_on,
    )


def _lines(values: tuple[object, ...]) -> int:
    """How many lines the tallest cell of a row has at the widths of its columns; not every program finds that out."""
    texts = (str(value or "").split("\n") for value in values)
    counts = (
        sum(1 + len(part) // letters for part in parts) for parts, letters in zip(texts, COLUMNS.values(), strict=True)
    )
    return min(max(counts), _MOST_LINES)


def _write(sheet: Any, row: int, column: int, value: str | PartialDate | date | None, formats: Formats) -> None:
    if isinstance(value, PartialDate) and value.day is not None:
        value = value.first_day
    if isinstance(value, date):
        sheet.write_datetime(row, column, datetime(value.year, value.month, value.day), formats.date)
    else:
        sheet.write_string(row, column, printable(str(value or ""))[:_MOST_LETTERS], formats.text)


def _dress(sheet: Any, count: int, marking: str, formats: Formats) -> None:
    for column, letters in enumerate(COLUMNS.values()):
        sheet.set_column(column, column, letters)
    headings = [{"header": heading, "header_format": formats.heading} for heading in COLUMNS]
    look = {"name": "action_plan", "style": "Table Style Light 15", "columns": headings}
    sheet.add_table(_FIRST_ROW, 0, _FIRST_ROW + max(count, 1), len(COLUMNS) - 1, look)
    sheet.freeze_panes(_FIRST_ROW + 1, 1)
    sheet.repeat_rows(_FIRST_ROW)
    sheet.set_landscape()
    sheet.set_paper(8)  # A3
    sheet.fit_to_pages(1, 0)
    sheet.set_header(f"&L&A&R{marking}" if marking else "&L&A")
    sheet.set_footer("&RPage &P of &N")

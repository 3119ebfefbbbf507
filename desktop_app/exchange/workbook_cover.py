"""The first sheet of a workbook: what it is, from which file, when, under which licence, and what it holds."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from db.exported import Exported
from desktop_app.exchange.outgoing import Order
from desktop_app.exchange.what_is_exported import what_stays
from desktop_app.exchange.workbook_formats import Formats
from desktop_app.exchange.workbook_rows import LINE_POINTS

_WIDTH = 90


def write(sheet: Any, formats: Formats, read: Exported, order: Order, rows: Mapping[str, int], cut: int) -> None:
    """Write the cover; `cut` texts did not fit into a cell."""
    sheet.set_column(0, 0, 26)
    sheet.set_column(1, 1, _WIDTH)
    sheet.hide_gridlines(2)
    sheet.write_string(0, 0, "Inspections of children’s services", formats.title)
    line = 2
    for label, words in _lines(read, order, cut):
        sheet.write_string(line, 0, label, formats.label)
        sheet.write_string(line, 1, words, formats.text)
        sheet.set_row(line, LINE_POINTS * sum(1 + len(each) // _WIDTH for each in words.split("\n")))
        line += 1
    line += 1
    for label, count in rows.items():
        sheet.write_string(line, 0, label, formats.label)
        sheet.write_number(line, 1, count, formats.count)
        line += 1
    sheet.set_paper(9)  # A4
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    if order.choice and order.choice.marking:
        sheet.set_header(f"&R{order.choice.marking}")


def _lines(read: Exported, order: Order, cut: int) -> Iterator[tuple[str, str]]:
    about, choice = read.about(), order.choice
    if choice and choice.marking:
        yield "Marking", choice.marking
    yield "Made from", order.source.name
    yield "Made on", _now()
    yield "Made with", order.made_with
    yield "Licence", f"{about.get('licence', '')}\n{about.get('licence_address', '')}"
    yield "Whose words", about.get("whose_words", "")
    if choice and choice.attribution:
        yield "Attribution", choice.attribution
    yield "Left out", what_stays(choice, read.left_out)
    if choice and choice.inspection_ids is not None:
        yield "Only some inspections", "Only those that were chosen are in it, with what belongs to them."
    yield (
        "Dates",
        "A date of which only the month or year is known is a text; further right stands the first day it may mean.",
    )
    yield "On paper", "The columns that are read most are printed. The others stand to the right of them."
    if cut:
        what = "1 text was" if cut == 1 else f"{cut:,} texts were"
        yield "Cut texts", f"{what} longer than a cell can hold. Each says so where it was cut."


def _now() -> str:
    now = datetime.now()
    return f"{now.day} {now:%B %Y, %H:%M}"

"""The first sheet of a workbook: what it is, from which file, when, under which licence, and what it holds."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from db.safe_manifest import LEFT_OUT
from desktop_app.exchange.outgoing import Order
from desktop_app.exchange.workbook_formats import Formats

_WHOLE = "Nothing but the change log. Notes and drafts are in it."
_SAFE = LEFT_OUT.partition(" The table")[0]


def write(
    sheet: Any, formats: Formats, about: Mapping[str, str], order: Order, rows: Mapping[str, int], cut: int
) -> None:
    """Write the cover; `cut` texts did not fit into a cell."""
    sheet.set_column(0, 0, 26)
    sheet.set_column(1, 1, 90)
    sheet.hide_gridlines(2)
    sheet.write_string(0, 0, "Inspections of children’s services", formats.title)
    line = 2
    for label, words in _lines(about, order, cut):
        sheet.write_string(line, 0, label, formats.label)
        sheet.write_string(line, 1, words, formats.text)
        line += 1
    line += 1
    for label, count in rows.items():
        sheet.write_string(line, 0, label, formats.label)
        sheet.write_number(line, 1, count, formats.number)
        line += 1
    sheet.set_paper(9)  # A4
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    if order.choice and order.choice.marking:
        sheet.set_header(f"&R{order.choice.marking}")


def _lines(about: Mapping[str, str], order: Order, cut: int) -> Iterator[tuple[str, str]]:
    choice = order.choice
    if choice and choice.marking:
        yield "Marking", choice.marking
    yield "Made from", order.source.name
    yield "Made on", _now()
    yield "Made with", order.made_with
    yield "Licence", f"{about.get('licence', '')}\n{about.get('licence_address', '')}"
    yield "Whose words", about.get("whose_words", "")
    if choice and choice.attribution:
        yield "Attribution", choice.attribution
    yield "Left out", _SAFE if choice else _WHOLE
    if choice and choice.inspection_ids is not None:
        yield "Only some inspections", "Only those that were chosen are in it, with what belongs to them."
    yield (
        "Dates",
        "A date of which only the month or year is known is a text; beside it stands the first day it may mean.",
    )
    if cut:
        what = "1 text was" if cut == 1 else f"{cut:,} texts were"
        yield "Cut texts", f"{what} longer than a cell can hold. Each says so where it was cut."


def _now() -> str:
    now = datetime.now()
    return f"{now.day} {now:%B %Y, %H:%M}"

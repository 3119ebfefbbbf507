"""Hits for the clipboard: quotations with their references, or a table for a spreadsheet and a text program."""

import html
import re
from collections.abc import Sequence

from PySide6.QtCore import QMimeData
from PySide6.QtGui import QGuiApplication

from db.hits import Hit
from db.passages import Group
from desktop_app.tables.hit_list import ONE

COLUMNS = ("Kind", "Words", "Provider", "Inspection", "Date", "Page", "Paragraph", "Reference")
_SAID = (Group.QUOTE, Group.AREA_FOR_IMPROVEMENT, Group.PARAGRAPH)  # whose words are somebody's own
_MAY_BE_FORMULA = ("=", "+", "-", "@")


def copy(hits: Sequence[Hit], *, is_list: bool, with_provider: bool) -> str:
    """Put hits on the clipboard as a table, or as quotations; return what was done in words."""
    data = (as_quotations if is_list else as_table)(hits, with_provider=with_provider)
    QGuiApplication.clipboard().setMimeData(data)
    form = "a table" if not is_list else "a quotation" if len(hits) == 1 else "a list"
    return f"{len(hits)} {'hit' if len(hits) == 1 else 'hits'} copied as {form}"


def quotation(hit: Hit, *, with_provider: bool = False) -> str:
    """The words with their reference: “Care leavers wait.” (ILACS 2022, paragraph 33)."""
    reference = hit.reference(with_provider=with_provider)
    words = f"“{hit.text}”" if hit.group in _SAID else hit.text
    return f"{words} ({reference})" if reference else words


def as_quotations(hits: Sequence[Hit], *, with_provider: bool = False) -> QMimeData:
    """One quotation, or several as a list."""
    lines = [quotation(hit, with_provider=with_provider) for hit in hits]
    data = QMimeData()
    data.setText("\n".join(lines))
    if len(lines) > 1:
        data.setHtml("<ul>" + "".join(f"<li>{html.escape(line)}</li>" for line in lines) + "</ul>")
    return data


def as_table(hits: Sequence[Hit], *, with_provider: bool = False) -> QMimeData:
    """A table with a head, its cells parted by tabs and as HTML; nothing in it is markup or a formula."""
    rows = [COLUMNS, *(_cells(hit, with_provider) for hit in hits)]
    data = QMimeData()
    data.setText("\n".join("\t".join(row) for row in rows))
    tags = ("th", *("td" for _ in hits))
    lines = [
        "".join(f"<{tag}>{html.escape(cell)}</{tag}>" for cell in row) for tag, row in zip(tags, rows, strict=True)
    ]
    data.setHtml("<table>" + "".join(f"<tr>{line}</tr>" for line in lines) + "</table>")
    return data


def _cells(hit: Hit, with_provider: bool) -> tuple[str, ...]:
    source = hit.source
    numbers = ("" if number is None else str(number) for number in (hit.page, hit.paragraph))
    cells = (ONE[hit.group], hit.text, source.provider, source.kind, source.when, *numbers)
    return tuple(_safe(cell) for cell in (*cells, hit.reference(with_provider=with_provider)))


def _safe(cell: str) -> str:
    """The text in one line; a spreadsheet that would take it for a formula sees an apostrophe first."""
    line = re.sub(r"\s+", " ", cell).strip()
    return f"'{line}" if line.startswith(_MAY_BE_FORMULA) else line

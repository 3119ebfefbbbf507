"""A package of tables for people and Power BI: CSV files in a ZIP with a description of every column (Frictionless)."""

import csv
import hashlib
import io
import json
import zipfile
from collections.abc import Sequence
from dataclasses import astuple
from datetime import UTC, datetime
from typing import Any

from db.exported import Exported, Table
from db.snapshot import Cancelled
from desktop_app.exchange.outgoing import Order, Watch, Written, going_out
from desktop_app.exchange.what_is_exported import Column, Form, columns_of, what_stays

DESCRIPTION = "datapackage.json"
_DANGEROUS = ("=", "+", "-", "@", "\t", "\r")
_PARTIAL_DATE = r"^\d{4}(-\d{2}(-\d{2})?)?$"
_TOLD_EVERY = 500  # rows
_GUARD = (
    "A text that begins, after spaces, with = + - @, a tab or a line end has an apostrophe before it, so that no "
    "spreadsheet takes it for a formula."
)


def write_tables(order: Order, watch: Watch | None = None) -> Written:
    """Write a package of tables; it is whole or not there.

    Raises:
        Cancelled, CannotWrite, Busy, NotOurs, FileTooNew, Damaged: see `db.copy.write_copy`.
    """
    watch = watch or Watch()
    target = order.target.absolute()
    with (
        going_out(order, watch, what="The package") as (part, read),
        part.open("wb") as handle,
        zipfile.ZipFile(handle, "w", zipfile.ZIP_DEFLATED) as package,
    ):
        held = read.contents()
        _fill(package, read, order, watch)
    watch.on_progress(1.0, "Package written")
    return Written(target, target.stat().st_size, held)


def _fill(package: zipfile.ZipFile, read: Exported, order: Order, watch: Watch) -> None:
    total, done = max(sum(astuple(read.contents())), 1), 0
    resources = []
    for table in read.tables:

        def on_row(count: int, table: Table = table, before: int = done) -> None:
            if watch.is_cancelled():
                raise Cancelled
            watch.on_progress(0.5 + 0.45 * min((before + count) / total, 1), f"Writing {table.title.lower()}")

        columns = columns_of(read, table)
        count, digest, size = _write_table(package, table, columns, read, on_row)
        resources.append(_resource(table, columns) | {"bytes": size, "hash": f"sha256:{digest}"})
        done += count
    description = _described(read, order, resources)
    package.writestr(DESCRIPTION, json.dumps(description, ensure_ascii=False, indent=2) + "\n")


class _Counted(io.RawIOBase):
    """Hands bytes on, and knows how many they were and their SHA-256."""

    def __init__(self, out: Any) -> None:
        self._out, self.size, self.digest = out, 0, hashlib.sha256()

    def writable(self) -> bool:
        return True

    def write(self, content: Any) -> int:
        self._out.write(content)
        self.size += len(content)
        self.digest.update(content)
        return len(content)


def _write_table(
    package: zipfile.ZipFile, table: Table, columns: Sequence[Column], read: Exported, on_row: Any
) -> tuple[int, str, int]:
    number = 0
    with package.open(_path(table), "w", force_zip64=True) as member:
        counted = _Counted(member)
        with io.TextIOWrapper(io.BufferedWriter(counted), "utf-8-sig", newline="") as text:
            writer = csv.writer(text)
            writer.writerow(column.name for column in columns)
            for number, row in enumerate(read.rows(table), 1):
                writer.writerow([harmless(value) for value in row])
                if number % _TOLD_EVERY == 0:
                    on_row(number)
    on_row(number)
    return number, counted.digest.hexdigest(), counted.size


def harmless(value: str | int | None) -> str | int | None:
    """A value for a cell, with an apostrophe where a spreadsheet would take it for a formula."""
    if isinstance(value, str) and value.lstrip(" \n\u00a0").startswith(_DANGEROUS):
        return f"'{value}"
    return value


def _path(table: Table) -> str:
    return f"data/{table.name}.csv"


def _resource(table: Table, columns: Sequence[Column]) -> dict[str, Any]:
    has_event = any(column.name == "inspection_id" for column in columns)
    note = "inspection_id names a row of inspections or of other_events." if has_event else ""
    return {
        "name": table.name,
        "title": table.title,
        "description": note,
        "path": _path(table),
        "profile": "tabular-data-resource",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "dialect": {"delimiter": ",", "lineTerminator": "\r\n", "header": True},
        "schema": {"fields": [_field(column) for column in columns], "primaryKey": ["id"]},
    }


def _field(column: Column) -> dict[str, Any]:
    told = {"name": column.name, "title": column.heading, "description": column.meaning}
    if column.form is Form.NUMBER:
        return told | {"type": "integer"}
    if column.form is Form.DATE:  # of which the day, or the month too, may not be known
        return told | {"type": "string", "constraints": {"pattern": _PARTIAL_DATE}}
    return told | {"type": "string"}


def _described(read: Exported, order: Order, resources: Sequence[dict[str, Any]]) -> dict[str, Any]:
    about, choice = read.about(), order.choice
    return {
        "profile": "tabular-data-package",
        "name": "inspections",
        "title": "Inspections of children’s services",
        "description": f"{about.get('what_it_is', '')} {_GUARD}".strip(),
        "created": datetime.now(UTC).isoformat(timespec="seconds"),
        "licenses": [
            {"name": "OGL-UK-3.0", "title": about.get("licence", ""), "path": about.get("licence_address", "")}
        ],
        "sources": [{"title": order.source.name}],
        "made_with": order.made_with,
        "marking": choice.marking if choice else "",
        "attribution": choice.attribution if choice else "",
        "left_out": what_stays(choice, read.left_out),
        "whose_words": about.get("whose_words", ""),
        "resources": list(resources),
    }

"""Records as they will be once the edits that wait to be written are written.

A save that must wait, for another program or for room on the disk, is a save all the same to whoever looks at
the records: forms show it, and the next change starts from it.
"""

from collections.abc import Sequence
from typing import Any, TypeVar

from db.edit import Edit
from db.records import Record
from db.rows import shape, to_row

AnyRecord = TypeVar("AnyRecord", bound=Record)


def over(
    edits: Sequence[Edit], record_class: type[AnyRecord], found: Sequence[AnyRecord], wanted: dict[str, Any]
) -> list[AnyRecord]:
    """What a reading of the file gives with the edits laid over it, in order.

    Args:
        found: the records of that class that the file holds under `wanted`.
        wanted: as in `Store.each`.
    """
    records = {record.id: record for record in found}
    for edit in edits:
        for record in edit.before:
            if isinstance(record, record_class) and not any(record.id == kept.id for kept in edit.after):
                records.pop(record.id, None)
        for record in edit.after:
            if isinstance(record, record_class):
                if _is_wanted(record, wanted):
                    records[record.id] = record
                else:
                    records.pop(record.id, None)
    in_order = list(records.values())
    if "position" in shape(record_class).columns:
        in_order.sort(key=lambda record: record.position)  # type: ignore[attr-defined]
    return in_order


def _is_wanted(record: Record, wanted: dict[str, Any]) -> bool:
    lists = {link.field for link in shape(type(record)).links}
    row = to_row(record)
    return all(
        value in getattr(record, name) if name in lists else row[name] == value for name, value in wanted.items()
    )

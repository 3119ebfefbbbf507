"""What is put back of removed records: themselves, and the links to them that others lost with the same deed."""

import json
from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from db.edit import Edit
from db.history import Removed
from db.improvement_records import Evidence, Verdict
from db.records import Document, Record, RecordType
from db.rows import classes

if TYPE_CHECKING:
    from db.store import Store

_LINKED = (RecordType.DOCUMENT, RecordType.EVIDENCE, RecordType.VERDICT)


def restoring(store: "Store", removed: Removed) -> Edit:
    """The edit that puts removed records back; a link that something else stands in by now is left as it is."""
    ids = {record.id for record in removed.records}
    old, new = [], []
    for was, lost in _that_lost_links(store, removed.deed_id):
        now = _linked_again(was, lost, ids)
        if now != was:
            old.append(was)
            new.append(now)
    return Edit(tuple(old), (*removed.records, *new), undoes=removed.deed_id)


def _that_lost_links(store: "Store", deed_id: str) -> Iterator[tuple[Record, dict[str, Any]]]:
    """The records that stay and that a deed changed, as they are now, with the values that they had before it."""
    rows = store.connection.raw.execute(
        "select record_type, record_id, before, after from change where deed_id = ? "
        "and record_type in (select value from json_each(?)) and before is not null and after is not null",
        (deed_id, json.dumps(_LINKED)),
    )
    for record_type, record_id, before, after in rows.fetchall():
        record = store.get(classes()[RecordType(record_type)], record_id)
        if record is not None:
            yield record, _lost(json.loads(before), json.loads(after))


def _lost(before: dict[str, Any], after: dict[str, Any]) -> dict[str, Any]:
    """Of each field what was named before and is not named any more."""
    return {
        name: sorted(set(value) - set(after.get(name) or ())) if isinstance(value, list) else value
        for name, value in before.items()
    }


def _linked_again(record: Record, lost: dict[str, Any], ids: set[str]) -> Record:
    match record:
        case Document():
            missing = (set(lost.get("inspection_ids", ())) & ids) - set(record.inspection_ids)
            return replace(record, inspection_ids=(*record.inspection_ids, *sorted(missing)))
        case Evidence() | Verdict():
            back = {name: value for name, value in lost.items() if value in ids and getattr(record, name) is None}
            return replace(record, **back) if _is_free(record, back) else record
    return record


def _is_free(record: Record, back: dict[str, Any]) -> bool:
    """Whether what comes back has room: evidence names one thing at most."""
    if not isinstance(record, Evidence):
        return True
    return not back or not (record.quote_id or record.document_id or record.address)

"""What leaves the tables when removed records are deleted for good; inside the purge's transaction (`db.purge`)."""

import json
import re
import sqlite3
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from typing import Any

from db.machine import user_name
from db.merge_versions import MERGED
from db.passages import INDEXES
from db.records import Record, new_id
from db.rows import to_values
from db.searchable import FIELDS

LABEL = "Delete for good"
NO_VALUES = "{}"  # what the log keeps of an entry; no other removal in it is empty
A_KEPT_FILE = "the bytes of a document that was kept inside"
_SAMPLES, _SAMPLE_BYTES = 8, 48
_HEAD_OF_LABEL = re.compile(r"(?:(?:Undo|Redo): )*[^:]*: ")
_CUT = "…"
_LEAST_LETTERS = 3  # of a text that a label may name
_SOME = "(select value from json_each(?))"


def texts(raw: sqlite3.Connection, ids: Sequence[str], known: Iterable[Record]) -> tuple[str, ...]:
    """Every text that the records ever had, as the log tells it, or as a caller knows them where it tells no more."""
    rows = raw.execute(f"select before, after from change where record_id in {_SOME}", (json.dumps(ids),)).fetchall()
    said: list[dict[str, Any]] = [json.loads(text) for row in rows for text in row if text]
    said += [to_values(record) for record in known]
    return tuple(
        dict.fromkeys(
            value
            for values in said
            for name, value in values.items()
            if isinstance(value, str) and value and name != "id" and not name.endswith("_id")
        )
    )


def blank(raw: sqlite3.Connection, ids: Sequence[str]) -> list[tuple[str, str]]:
    """Take the values from every entry of these records; return the type and id of those that still had any."""
    some = (json.dumps(ids),)
    full = raw.execute(
        f"select distinct record_type, record_id from change where record_id in {_SOME} "
        f"and (coalesce(before, '{NO_VALUES}') <> '{NO_VALUES}' or coalesce(after, '{NO_VALUES}') <> '{NO_VALUES}')",
        some,
    ).fetchall()
    raw.execute(
        f"update change set before = iif(before is null, null, '{NO_VALUES}'), "
        f"after = iif(after is null, null, '{NO_VALUES}') where record_id in {_SOME}",
        some,
    )
    return full


def shorten_labels(raw: sqlite3.Connection, ids: Sequence[str], texts: Sequence[str]) -> None:
    """Keep of a deed's label what was done, where it goes on to name the record: "Set judgement: The impact ..."."""
    own = {
        row
        for (row,) in raw.execute(
            f"select deed.row from deed join change on deed_id = deed.id where record_id in {_SOME}",
            (json.dumps(ids),),
        )
    }
    naming = [text for text in texts if len(text) >= _LEAST_LETTERS]
    named: dict[str, bool] = {}
    for row, label in raw.execute("select row, label from deed where instr(label, ': ')").fetchall():
        head = _HEAD_OF_LABEL.match(label)
        if head is None:
            continue
        rest = label[head.end() :]
        if rest not in named:
            named[rest] = any(text in rest for text in naming)
        if named[rest] or (row in own and MERGED not in head.group()):  # of a merge it is the colleague's file
            raw.execute("update deed set label = ? where row = ?", (head.group() + _CUT, row))


def drop_files(raw: sqlite3.Connection) -> tuple[tuple[tuple[str, bytes], ...], int]:
    """Take out the bytes that no document names and no entry of the log; return samples of them, and how many files."""
    rows = raw.execute(
        "select row, size from document_file where sha256 not in "
        "(select file_sha256 from document where file_sha256 is not null) and not exists (select 1 from change "
        "where record_type = 'document' and instr(coalesce(before, '') || coalesce(after, ''), sha256))"
    ).fetchall()
    samples = []
    for row, size in rows:
        for start in range(1, size + 1, max(1, size // _SAMPLES)):
            sample = raw.execute(
                "select substr(bytes, ?, ?) from document_file where row = ?", (start, _SAMPLE_BYTES, row)
            )
            samples.append((A_KEPT_FILE, sample.fetchone()[0]))
        raw.execute("delete from document_file where row = ?", (row,))
    return tuple(samples), len(rows)


def drop_passages(raw: sqlite3.Connection) -> None:
    """Write the index anew: it keeps the words of passages that are gone until then."""
    live = " union all ".join(f"select id from {record_type.value}" for record_type in FIELDS)
    raw.execute(f"delete from passage where record_id not in ({live})")
    for index in INDEXES:
        raw.execute(f"insert into {index}({index}) values ('rebuild')")


def leave_trace(raw: sqlite3.Connection, records: Sequence[tuple[str, str]]) -> str:
    """Write the deed, one entry without values for each record: the newest version of each is that it is gone."""
    if not records:
        return ""
    deed_id, moment = new_id(), datetime.now(UTC).isoformat(timespec="milliseconds")
    raw.execute("insert into deed (id, label, at, who) values (?, ?, ?, ?)", (deed_id, LABEL, moment, user_name()))
    raw.executemany(
        "insert into change (id, deed_id, record_type, record_id, before) values (?, ?, ?, ?, ?)",
        [(new_id(), deed_id, record_type, key, NO_VALUES) for record_type, key in records],
    )
    return deed_id

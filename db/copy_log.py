"""The change log that a new file for sharing starts with: one deed that adds every record as it is there.

A replay of this log equals the records, so every check holds for such a file as for any; each record keeps the
version id that it has, which is all that a later merge compares.
"""

import sqlite3
from datetime import UTC, datetime

from db.records import new_id
from db.rows import Shape, classes, shape

FIRST_DEED = "Copy made"


def start(raw: sqlite3.Connection, *, known_in: str) -> None:
    """Write the log of a file anew, inside a transaction; it names no one.

    Args:
        known_in: the schema, "main" or an attached one, whose log knows the records' version ids; one that it does not
            know gets its own.
    """
    raw.execute("create temp table newest (record_id text primary key, version_id text not null) without rowid")
    raw.execute(
        f"insert into newest select record_id, id from {known_in}.change "
        f"where row in (select max(row) from {known_in}.change group by record_id)"
    )
    raw.execute("delete from main.change")
    raw.execute("delete from main.deed")
    deed_id, moment = new_id(), datetime.now(UTC).isoformat(timespec="milliseconds")
    raw.execute("insert into deed (id, label, at, who) values (?, ?, ?, '')", (deed_id, FIRST_DEED, moment))
    for record_class in classes().values():
        lies = shape(record_class)
        table = f"main.{lies.table}"
        unknown = raw.execute(f"select id from {table} where id not in (select record_id from newest)").fetchall()
        raw.executemany("insert into newest values (?, ?)", [(record_id, new_id()) for (record_id,) in unknown])
        raw.execute(
            "insert into change (id, deed_id, record_type, record_id, after) "
            f"select version_id, ?, ?, here.id, {_values(lies)} "
            f"from {table} as here join newest on record_id = here.id order by here.row",
            (deed_id, lies.table),
        )
    raw.execute("drop table newest")


def _values(lies: Shape) -> str:
    """SQL for all values of a record as the log writes them (`db.rows.to_values`)."""
    pairs = [f"'{column}', here.{column}" for column in lies.columns]
    for link in lies.links:
        ids = f"select {link.other_column} as other from main.{link.table} where {link.owner_column} = here.id"
        pairs.append(f"'{link.field}', json((select json_group_array(other) from ({ids} order by position)))")
    return f"json_object({', '.join(pairs)})"

"""Brings the shipped frameworks and lists into a file, and up to date, without touching what is a person's."""

import sqlite3
from collections.abc import Iterable

from db.catalogue import digest, shipped
from db.edit import Edit
from db.frameworks import Fact
from db.history import was_removed
from db.rows import classes, shape, to_row
from db.store import Store

LABEL_FIRST = "Set up frameworks and lists"
LABEL_LATER = "Update frameworks and lists"


def bring_up_to_date(store: Store) -> Edit | None:
    """Write the shipped facts that are missing or still as shipped; return the edit, None where nothing changed.

    A fact that an officer changed differs from its digest and stays; one that an officer removed
    stays away; an officer's own facts are never touched. A fact that cannot stand beside those is left out.
    """
    known = _facts(store)
    after = _fitting(store, known, [fact for fact in shipped() if _is_wanted(store, fact, known.get(fact.id))])
    if not after:
        return None
    before = tuple(known[fact.id] for fact in after if fact.id in known)
    done = store.apply(Edit(before, tuple(after)), LABEL_LATER if known else LABEL_FIRST)
    return done if done.deed_id else None


def _is_wanted(store: Store, fact: Fact, here: Fact | None) -> bool:
    if here is None:
        return not was_removed(store.connection.raw, fact.id)
    return here != fact and here.shipped == digest(here)


def _fitting(store: Store, known: Iterable[str], facts: Iterable[Fact]) -> list[Fact]:
    """Those whose unique values are free, and that refer only to what is there; each stands after what it refers to."""
    there = {*known}
    fitting = []
    for fact in facts:
        if _references(fact) <= there and not _is_taken(store.connection.raw, fact):
            there.add(fact.id)
            fitting.append(fact)
    return fitting


def _references(fact: Fact) -> set[str]:
    lies = shape(type(fact))
    one = {getattr(fact, column) for column in lies.columns if column.endswith("_id")}
    return one.union(*(getattr(fact, link.field) for link in lies.links)) - {None}


def _is_taken(raw: sqlite3.Connection, fact: Fact) -> bool:
    """Whether another row has the values that only one may have."""
    lies, row = shape(type(fact)), to_row(fact)
    for index in raw.execute("select name from pragma_index_list(?) where origin = 'u'", (lies.table,)).fetchall():
        columns = [column for (column,) in raw.execute("select name from pragma_index_info(?)", index)]
        same = " and ".join(f"{column} = ?" for column in columns)
        values = [row[column] for column in columns]
        if raw.execute(f"select 1 from {lies.table} where {same} and id <> ?", (*values, fact.id)).fetchone():
            return True
    return False


def _facts(store: Store) -> dict[str, Fact]:
    return {
        fact.id: fact
        for record_class in classes().values()
        if issubclass(record_class, Fact)
        for fact in store.each(record_class)
    }

"""Brings the shipped frameworks and lists into a file, and up to date, without touching what is a person's."""

from db.catalogue import digest, shipped
from db.edit import Edit
from db.frameworks import Fact
from db.history import was_removed
from db.rows import classes
from db.store import Store

LABEL_FIRST = "Set up frameworks and lists"
LABEL_LATER = "Update frameworks and lists"


def bring_up_to_date(store: Store) -> Edit | None:
    """Write the shipped facts that are missing or still as shipped; return the edit, None where nothing changed.

    A fact that an officer changed differs from its digest and stays; one that an officer removed
    stays away; an officer's own facts are never touched.
    """
    known = _facts(store)
    before: list[Fact] = []
    after: list[Fact] = []
    for fact in shipped():
        here = known.get(fact.id)
        if here is None:
            if not was_removed(store.connection.raw, fact.id):
                after.append(fact)
        elif here != fact and here.shipped == digest(here):
            before.append(here)
            after.append(fact)
    if not after:
        return None
    return store.apply(Edit(tuple(before), tuple(after)), LABEL_LATER if known else LABEL_FIRST)


def _facts(store: Store) -> dict[str, Fact]:
    return {
        fact.id: fact
        for record_class in classes().values()
        if issubclass(record_class, Fact)
        for fact in store.each(record_class)
    }

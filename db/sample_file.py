"""Makes a file of the Durham sample, through the same edits that the forms make."""

from pathlib import Path

from db import sample
from db.catalogue import shipped
from db.store import Store


def make(path: Path) -> None:
    """Make the sample file at a path where nothing stands yet.

    Raises:
        CannotWrite: the path is taken, or its folder may not be written to.
    """
    store = Store.create(path)
    try:
        for label, edit in sample.edits(shipped()):
            store.apply(edit, label)
    finally:
        store.close()

"""What damaged bytes raise while records are read, turned into our error at this edge."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from db.errors import StoreError
from db.explaining import DAMAGE, explanation


@contextmanager
def readable(name: str = "The file") -> Iterator[None]:
    """Have a reading end with a StoreError where the file is damaged, or held by another program.

    Args:
        name: of the file, for the sentence.
    """
    try:
        yield
    except (StoreError, sqlite3.ProgrammingError):  # the second is a fault of ours
        raise
    except (*DAMAGE, ValueError, TypeError) as error:
        raise explanation(error, name) from error

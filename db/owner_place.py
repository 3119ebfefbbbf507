"""Where the owner file of a database stands; a start needs no more of it where there is none."""

import os
from pathlib import Path


def beside(path: Path) -> Path:
    """The owner file of a database, beside the file itself, by whatever link it was reached."""
    path = path.resolve()
    return path.with_name(f"{path.name}-owner")


def is_there(path: Path) -> bool:
    """Whether a database has an owner file, or something else stands in its place; it is not read."""
    return os.path.lexists(beside(path))

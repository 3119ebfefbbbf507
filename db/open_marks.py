"""The marks that office programs leave beside a file that they have open."""

from collections.abc import Iterator
from pathlib import Path


def is_marked_open(path: Path) -> bool:
    """Whether Word, Excel or LibreOffice left its mark beside a file."""
    return any(mark.exists() for mark in _marks(path))


def _marks(path: Path) -> Iterator[Path]:
    """Excel puts "~$" before a name; Word in place of its first two letters, of one where the name is short."""
    for name in (*(f"~${path.name[cut:]}" for cut in range(3)), f".~lock.{path.name}#"):
        yield path.with_name(name)

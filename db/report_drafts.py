"""Reports that were begun to be confirmed and are not written yet, kept on this machine until they are.

Beside the typing of one database stands a folder with two files for each report: its bytes, written once, and what
became of its rows, written anew after each change. Both are written whole or not at all.
"""

import hashlib
import os
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from db.drafts import MOST_BYTES, Drafts, Rows, sealed, typing_from_json, typing_to_json, unsealed, write_whole
from db.errors import CannotWrite
from db.machine import sync_folder

_ROWS = "rows"


@dataclass(frozen=True, slots=True)
class KeptReport:
    """A report and what became of its rows so far.

    Args:
        sha256: of the report's bytes.
        told: how far it is, in words.
        rows: what a person made of each row.
    """

    sha256: str
    name: str
    told: str
    rows: Rows
    moment: datetime


class ReportDrafts:
    """The reports that are kept for the database at a path.

    Attributes:
        set_aside: the new names of files that could not be read.
    """

    def __init__(self, database: Path) -> None:
        self._of = os.path.normcase(database.absolute())
        self.folder = Drafts(database).path.with_suffix(".reports")
        self.set_aside: list[Path] = []

    def keep(self, report: KeptReport, content: bytes) -> None:
        """Keep this in place of what was kept of the same report.

        Raises:
            CannotWrite: the disk refuses it; what was kept before stays.
        """
        rows = typing_to_json({report.sha256: {_ROWS: report.rows}})
        values = {"of": self._of, "at": report.moment.isoformat(), "name": report.name, "told": report.told, **rows}
        try:
            if _size(self._bytes_path(report.sha256)) != len(content):
                write_whole(self._bytes_path(report.sha256), content)
            write_whole(self._path(report.sha256), sealed(values))
        except OSError as error:
            why = error.strerror or type(error).__name__
            raise CannotWrite(f"What you confirmed cannot be kept in {self.folder}: {why}.") from error

    def all(self) -> list[KeptReport]:
        """What is kept, the newest first; a file that cannot be read gets another name, see `set_aside`."""
        found = []
        for path in sorted(self.folder.glob("*.json")):
            try:
                if path.stat().st_size > MOST_BYTES:
                    raise ValueError("larger than any draft")
                found.append(self._decoded(path.stem, unsealed(path.read_bytes())))
            except FileNotFoundError:
                continue
            except (OSError, ValueError, LookupError, TypeError, AttributeError, RecursionError):
                self._put_aside(path)
        return sorted(found, key=lambda one: one.moment, reverse=True)

    def of(self, sha256: str) -> KeptReport | None:
        """What is kept of one report; None where there is nothing."""
        return next((one for one in self.all() if one.sha256 == sha256), None)

    def content(self, sha256: str) -> bytes | None:
        """The bytes of a report; None where they are gone or no longer the same."""
        try:
            content = self._bytes_path(sha256).read_bytes()
        except OSError:
            return None
        return content if hashlib.sha256(content).hexdigest() == sha256 else None

    def forget(self, sha256: str) -> None:
        """Remove what is kept of a report; what another program holds open is offered once more, which harms nobody."""
        for path in (self._path(sha256), self._bytes_path(sha256)):
            try:
                path.unlink()
            except OSError:
                continue
            sync_folder(self.folder)

    def _path(self, sha256: str) -> Path:
        return self.folder / f"{sha256}.json"

    def _bytes_path(self, sha256: str) -> Path:
        return self.folder / f"{sha256}.bytes"

    def _decoded(self, sha256: str, values: Any) -> KeptReport:
        if values["of"] != self._of:
            raise ValueError("of another database")
        rows = typing_from_json({sha256: values[sha256]})[sha256][_ROWS]
        name, told = str(values["name"]), str(values["told"])
        return KeptReport(sha256, name, told, rows, datetime.fromisoformat(values["at"]))

    def _put_aside(self, path: Path) -> None:
        aside = path.with_name(f"{path.stem}.set-aside-{datetime.now(UTC):%Y%m%dT%H%M%S%f}")
        try:
            os.rename(path, aside)
        except OSError:
            aside = path
        self.set_aside.append(aside)


def _size(path: Path) -> int:
    return path.stat().st_size if path.exists() else -1

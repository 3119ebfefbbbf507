"""Typing that is not in the database yet, kept beside it on this machine for the case that the machine dies.

The drafts of one database stand in one small file of our own data folder, which is written whole or not at all.
"""

import hashlib
import json
import os
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from db.dates import PartialDate
from db.edit import Edit
from db.errors import CannotWrite
from db.machine import data_folder, sync_folder
from db.records import Record, RecordType
from db.rows import classes, from_values, to_values
from db.whole_file import REPLACE_RETRIES_S, part_of, put_in_place

FORMAT = 1
MOST_BYTES = 64 * 1024 * 1024
NEW = "new"
"""Stands for the id of a row that is not added yet."""


@dataclass(frozen=True, slots=True)
class Typed:
    """What a person typed into one field.

    Attributes:
        text: what stands in the field, as the field itself gives it.
        was: the value in the file that it was typed over; None in a new row.
        problem: the sentence for why it was refused, empty where nobody tried to save it.
    """

    text: Any
    was: Any = None
    problem: str = ""


Fields = Mapping[str, Typed]
Rows = Mapping[str, Fields]
Typing = Mapping[str, Mapping[str, Rows]]
"""Inspection id, then the name of a form, then the id of a row or NEW, then the name of a field."""
Waiting = Sequence[tuple[str, Edit]]
"""Deeds, each with its label, that wait to be written to the database, in their order."""


@dataclass(frozen=True, slots=True)
class Kept:
    """What was kept last, and when."""

    moment: datetime
    typing: Typing
    waiting: tuple[tuple[str, Edit], ...] = ()


class Drafts:
    """The drafts of the database at a path.

    Attributes:
        path: where they are kept.
        set_aside: the new name of a drafts file that could not be read; None where there was none.
    """

    def __init__(self, database: Path) -> None:
        self._of = os.path.normcase(database.absolute())
        digest = hashlib.sha256(self._of.encode(errors="surrogatepass")).hexdigest()[:8]
        self.path = data_folder() / "drafts" / f"{database.stem[:80]}-{digest}.json"
        self.set_aside: Path | None = None
        self._is_in_the_way = False

    def keep(self, typing: Typing, waiting: Waiting = ()) -> None:
        """Keep this in place of what was kept before; nothing at all removes the file.

        Raises:
            CannotWrite: the disk refuses it; what was kept before stays.
        """
        if not typing and not waiting:
            self.forget()
            return
        if self._is_in_the_way:
            raise CannotWrite(f"{self.path} cannot be read and not be moved. Move it, so that typing can be kept.")
        content = self._encoded(typing, waiting)
        if len(content) > MOST_BYTES:
            raise CannotWrite("What is being typed is too long to be kept as a draft. Save it field by field.")
        try:
            write_whole(self.path, content)
        except OSError as error:
            why = error.strerror or type(error).__name__
            raise CannotWrite(f"What is being typed cannot be kept in {self.path.parent}: {why}.") from error

    def forget(self) -> None:
        """Remove what was kept; a program that looks into it for a moment is waited for."""
        for pause_s in (*REPLACE_RETRIES_S, None):
            try:
                self.path.unlink()
            except FileNotFoundError:
                return
            except OSError:
                if pause_s is None:
                    return  # it is offered once more than it should be, which harms nobody
                time.sleep(pause_s)
            else:
                sync_folder(self.path.parent)
                return

    def read(self) -> Kept | None:
        """What was kept last; None where there is nothing.

        A file that cannot be read as drafts of this database gets another name, see `set_aside`.
        """
        try:
            if self.path.stat().st_size > MOST_BYTES:
                raise ValueError("larger than any drafts")
            return self._decoded(self.path.read_bytes())
        except FileNotFoundError:
            return None
        except (OSError, ValueError, LookupError, TypeError, AttributeError, RecursionError):
            self._put_aside()
            return None

    def _put_aside(self) -> None:
        moment = datetime.now(UTC)
        aside = self.path.with_name(f"{self.path.stem}.set-aside-{moment:%Y%m%dT%H%M%S%f}.json")
        try:
            os.rename(self.path, aside)
        except OSError:
            aside = self.path
            self._is_in_the_way = True
        self.set_aside = aside

    def _encoded(self, typing: Typing, waiting: Waiting) -> bytes:
        return sealed(
            {
                "of": self._of,
                "at": datetime.now(UTC).isoformat(),
                "typing": typing_to_json(typing),
                "waiting": [[label, edit_to_json(edit)] for label, edit in waiting],
            }
        )

    def _decoded(self, content: bytes) -> Kept:
        body = unsealed(content)
        if body["of"] != self._of:
            raise ValueError("of another database")
        waiting = tuple((label, edit_from_json(edit)) for label, edit in body["waiting"])
        return Kept(datetime.fromisoformat(body["at"]), typing_from_json(body["typing"]), waiting)


def sealed(values: dict[str, Any]) -> bytes:
    """Values as the text of a drafts file, with a sum that finds what a disk or an editor changed in it."""
    body = _dumped(values)
    return f'{{"format": {FORMAT}, "sum": "{_sum(body)}",\n"drafts": {body}}}\n'.encode("ascii")


def unsealed(content: bytes) -> Any:
    """The values of a drafts file; half right ones are never handed out.

    Raises:
        ValueError: it is damaged or of another version. Content of other makers may raise what JSON raises too.
    """
    found = json.loads(content)
    if found["format"] != FORMAT or found["sum"] != _sum(_dumped(found["drafts"])):
        raise ValueError("damaged, or of another version")
    return found["drafts"]


def _dumped(value: Any) -> str:
    return json.dumps(value, separators=(",", ":"))


def _sum(body: str) -> str:
    return hashlib.sha256(body.encode("ascii")).hexdigest()


def write_whole(path: Path, content: bytes) -> None:
    """Put a file that only its owner reads in place, whole or not at all; its folder is made where it is missing."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    with part_of(path) as part:
        _write(part, content)
        put_in_place(part, path)


def _write(part: Path, content: bytes) -> None:
    handle = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o600)
    with os.fdopen(handle, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    if part.read_bytes() != content:
        raise OSError("it reads otherwise than it was written")


def typing_to_json(typing: Typing) -> dict[str, Any]:
    """Typing as JSON keeps it."""
    return {
        inspection_id: {
            form: {key: {name: _typed_to_json(typed) for name, typed in row.items()} for key, row in rows.items()}
            for form, rows in forms.items()
        }
        for inspection_id, forms in typing.items()
    }


def typing_from_json(found: dict[str, Any]) -> Typing:
    """The typing that `typing_to_json` was given."""
    return {
        inspection_id: {
            form: {key: {name: _typed_from_json(typed) for name, typed in row.items()} for key, row in rows.items()}
            for form, rows in forms.items()
        }
        for inspection_id, forms in found.items()
    }


def _typed_to_json(typed: Typed) -> list[Any]:
    return [value_to_json(typed.text), value_to_json(typed.was), typed.problem]


def _typed_from_json(found: list[Any]) -> Typed:
    text, was, problem = found
    return Typed(value_from_json(text), value_from_json(was), str(problem))


def value_to_json(value: Any) -> Any:
    """A value of a field as JSON keeps it without loss: tuples and dates are marked as such."""
    match value:
        case PartialDate():
            return {"date": value.iso}
        case tuple():
            return {"tuple": [value_to_json(each) for each in value]}
        case None | str() | bool() | int():
            return value
    raise TypeError(f"{type(value).__name__} is no value of a field")


def value_from_json(found: Any) -> Any:
    """The value that `value_to_json` was given."""
    match found:
        case {"date": iso}:
            return PartialDate.from_iso(iso)
        case {"tuple": items}:
            return tuple(value_from_json(each) for each in items)
        case None | str() | bool() | int():
            return found
    raise ValueError(f"{type(found).__name__} is no value of a field")


def edit_to_json(edit: Edit) -> dict[str, Any]:
    """An edit as JSON keeps it."""
    return {
        "before": [_record_to_json(record) for record in edit.before],
        "after": [_record_to_json(record) for record in edit.after],
        "deed_id": edit.deed_id,
        "undoes": edit.undoes,
    }


def edit_from_json(found: dict[str, Any]) -> Edit:
    """The edit that `edit_to_json` was given."""
    return Edit(
        before=tuple(_record_from_json(record) for record in found["before"]),
        after=tuple(_record_from_json(record) for record in found["after"]),
        deed_id=found["deed_id"],
        undoes=found["undoes"],
    )


def _record_to_json(record: Record) -> list[Any]:
    return [record.record_type.value, to_values(record)]


def _record_from_json(found: list[Any]) -> Record:
    record_type, values = found
    return from_values(classes()[RecordType(record_type)], values)

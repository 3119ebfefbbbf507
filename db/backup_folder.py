"""Where the backups of a file lie: a folder for each file, found by its path, and by its first deed after a move.

The folder is named after the path; a note in it says the whole path and the first deed. Without the note the name
and a look into a backup do.
"""

import hashlib
import json
import os
import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from itertools import count
from pathlib import Path

from db import machine
from db.check import reading
from db.errors import StoreError
from db.whole_file import part_of, put_in_place, removed_on_failure

NOTE = "about.json"
_STAMP = "%Y%m%dT%H%M%SZ"
_NAME = re.compile(r"(\d{8}T\d{6}Z)-([a-z]+)(?:-(\d+))?\.sqlite")
_PART = re.compile(r"\.\d{8}T\d{6}Z-[a-z]+\.sqlite-[0-9a-f]{8}\.part(-journal)?")
_STEM_LETTERS = 60


@dataclass(frozen=True, slots=True)
class Note:
    """What stands beside the backups of a file; `last` is the name of the one that was made last."""

    path: str = ""
    first_deed: str = ""
    last: str = ""


def folder() -> Path:
    """Where this machine keeps the backups of all files; it is made with the first one."""
    return machine.data_folder() / "backups"


def home(source: Path) -> Path:
    """The folder in which new backups of a file belong; another file under the same path gets one of its own."""
    deed = first_deed(source)
    for number in count(1):
        place = folder() / (_name_for(source) if number == 1 else f"{_name_for(source)}-{number}")
        if not place.exists() or not deed or _deed_of(place) in (deed, ""):
            return place
    raise AssertionError  # counting has no end


def of_file(source: Path) -> list[Path]:
    """Every folder with backups of a file; of one that cannot be read, those that its path leads to."""
    try:
        known = sorted(each for each in folder().iterdir() if each.is_dir())
    except OSError:
        return []
    deed = first_deed(source)
    return [each for each in known if _is_of_path(each, source) or (deed and _has_moved(each, deed))]


def _is_of_path(place: Path, source: Path) -> bool:
    return bool(re.fullmatch(re.escape(_name_for(source)) + r"(-\d+)?", place.name))


def _has_moved(place: Path, deed: str) -> bool:
    """Whether the backups are of that file, and it no longer stands where it stood: otherwise this one is its copy."""
    was = note(place).path
    return _deed_of(place) == deed and not (was and first_deed(Path(was)) == deed)


def _name_for(source: Path) -> str:
    path = _plain(source)
    return f"{source.stem[:_STEM_LETTERS]}-{hashlib.sha256(path.encode(errors='replace')).hexdigest()[:8]}"


def _plain(source: Path) -> str:
    return os.path.normcase(os.path.abspath(source))


def first_deed(path: Path) -> str:
    """The id of a file's first deed, which stays with it wherever it goes; empty where it cannot be read."""
    return _deed(path, "order by row limit 1")


def newest_deed(path: Path) -> str:
    """The id of a file's newest deed; empty where there is none or it cannot be read."""
    return _deed(path, "order by row desc limit 1")


def _deed(path: Path, which: str) -> str:
    with suppress(StoreError), reading(path) as raw:
        found = raw.execute(f"select id from deed {which}").fetchone()
        return str(found[0]) if found else ""
    return ""


def _deed_of(place: Path) -> str:
    """The first deed of the file whose backups lie in a folder; a backup itself says it where the note does not."""
    return note(place).first_deed or next((deed for path in named(place) if (deed := first_deed(path))), "")


def note(place: Path) -> Note:
    """What the note of a folder says; nothing where it is missing or damaged."""
    try:
        said = json.loads((place / NOTE).read_text(encoding="utf-8"))
        return Note(**{name: str(said.get(name, "")) for name in Note.__slots__})
    except (OSError, ValueError, AttributeError):
        return Note()


def write_note(place: Path, source: Path, last: str) -> None:
    """Say beside the backups whose they are; that it cannot be written takes nothing from them."""
    said = Note(_plain(source), first_deed(place / last), last)
    with suppress(OSError, StoreError), part_of(place / NOTE) as part:
        part.write_text(json.dumps(asdict(said)), encoding="utf-8")
        put_in_place(part, place / NOTE)


def named(place: Path) -> dict[Path, tuple[datetime, str]]:
    """The backups in a folder with moment and reason, newest first; other files there are none of ours."""
    found = []
    for path in _entries(place):
        with suppress(ValueError, OSError):
            if (match := _NAME.fullmatch(path.name)) and path.stat().st_size:
                moment = datetime.fromisoformat(match[1])
                found.append(((moment, int(match[3] or 1)), path, match[2]))
    found.sort(reverse=True)
    return {path: (moment, reason) for (moment, _), path, reason in found}


def parts(place: Path) -> list[Path]:
    """What a backup that was cut off left."""
    return [path for path in _entries(place) if _PART.fullmatch(path.name)]


def _entries(place: Path) -> Iterator[Path]:
    with suppress(OSError):
        yield from place.iterdir()


def name(moment: datetime, reason: str, number: int = 1) -> str:
    """The name of a backup; `number` tells those of one second apart."""
    return f"{moment.astimezone(UTC).strftime(_STAMP)}-{reason}{'' if number == 1 else f'-{number}'}.sqlite"


def put(part: Path, moment: datetime, reason: str) -> Path:
    """Give a finished backup its name beside those that are there; none of them is ever overwritten."""
    for number in count(1):
        path = part.with_name(name(moment, reason, number))
        try:
            path.open("xb").close()
        except FileExistsError:
            continue
        with removed_on_failure(path):
            put_in_place(part, path)
        return path
    raise AssertionError  # counting has no end

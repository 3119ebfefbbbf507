"""Deeds on a disk that is full, done in a process of their own: what was said, what was left, and whether they work
after room was made.

A disk is made full in two ways: no file may grow beyond a size ("limit"), or a small file system of memory is
mounted and filled ("small disk"). The results go to the standard output as JSON, one line for each deed.
"""

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from itertools import product
from pathlib import Path
from typing import Any

from db import backup, copy, snapshot
from db.edit import Edit
from db.errors import StoreError
from db.explaining import DAMAGE
from db.machine import FOLDER_VARIABLE
from db.records import Inspection, Provider, Quote, new_id
from db.store import Store
from db.whole_file import part_of
from tests.db.records_from_the_field import STANDARD
from tests.faults.older_files import older_file
from tests.faults.soundness import problems, problems_of

ROOT = Path(__file__).parents[2]
ROOMS = (0, 80_000)  # bytes; every deed needs more
DEEDS = ("snapshot", "copy", "back up", "migrate", "keep a file", "save")
DISK_BYTES = 24_000_000
FILLER = "filler"
MOST_S = 120


def can_mount() -> bool:
    """Whether a small disk can be mounted here."""
    words = ["unshare", "-rm", "mount", "-t", "tmpfs", "tmpfs", "/mnt"]
    with suppress(OSError, subprocess.SubprocessError):
        return subprocess.run(words, capture_output=True, timeout=10, check=False).returncode == 0
    return False


def results(kind: str, folder: Path, deeds: tuple[str, ...] = DEEDS, harm: str = "") -> list[dict[str, Any]]:
    """Do some deeds on a full disk, each once for each of ROOMS.

    Each result tells what was `said` (empty where it was not refused), what was wrong with the file then
    (`problems`), which files came or went (`changed`), and what was said and wrong after
    it was done `again` with room.
    """
    code = "import sys; from tests.faults.filling import main; main(*sys.argv[1:])"
    words = [sys.executable, "-c", code, kind, str(folder), harm, *deeds]
    if kind == "small disk":
        mount = f'mount -t tmpfs -o size={DISK_BYTES} tmpfs "$0" && exec "$@"'
        words = ["unshare", "-rm", "sh", "-c", mount, str(folder), *words]
    done = subprocess.run(words, cwd=ROOT, capture_output=True, text=True, timeout=MOST_S, check=False)
    assert done.returncode == 0, done.stderr
    return [json.loads(line) for line in done.stdout.splitlines()]


def main(kind: str, folder: str, harm: str, *deeds: str) -> None:
    """What the process does."""
    made = _Deeds(Path(folder))
    if harm:
        _HARMS[harm](made)
    for deed, room in product(deeds, ROOMS):
        act = made.prepared(deed, room)
        before = made.names()
        with _FULL[kind](made, room):
            said = _refusal(act)
            changed = sorted((made.names() ^ before) - {FILLER})
        found = made.problems()
        again = [_refusal(act), *made.problems()]
        print(json.dumps({"deed": deed, "said": said, "problems": found, "changed": changed, "again": again}))


def _refusal(act: Callable[[], object]) -> str:
    try:
        act()
    except StoreError as error:
        return f"{type(error).__name__}: {error}"
    return ""


class _Deeds:
    """The deeds, on a file in a folder; `grows` is what the next deed makes larger, None for a new file."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.store = Store.create(folder / "inspections.sqlite")
        self.migrating = folder
        self.grows: Path | None = None
        os.environ[FOLDER_VARIABLE] = str(folder / "local data")

    def names(self) -> set[str]:
        return {str(path.relative_to(self.folder)) for path in self.folder.rglob("*")} - {"inspections.sqlite-journal"}

    def problems(self) -> list[str]:
        try:
            return problems(self.store)
        except DAMAGE as error:
            return [str(error)]

    def prepared(self, deed: str, room: int) -> Callable[[], object]:
        """The deed as a function that may be called again."""
        target = self.folder / f"{room}.sqlite"
        self.grows = self.store.path if deed in ("save", "keep a file") else None
        match deed:
            case "save":
                edit = Edit(after=_much())
                return lambda: self.store.apply(edit)
            case "keep a file":
                content = os.urandom(2_000_000)
                return lambda: self.store.keep_file(content)
            case "copy":
                return lambda: copy.write_copy(self.store.path, target)
            case "snapshot":
                return lambda: self._snapshot(target)
            case "back up":
                backup.make(self.store.path, "asked")
                return lambda: backup.make(self.store.path, "asked")
        self.migrating = self.grows = older_file(self.folder / f"old {room}.sqlite", 4)
        return self._migrate

    def _snapshot(self, target: Path) -> None:
        with part_of(target) as part:
            snapshot.snapshot(self.store.path, part)

    def _migrate(self) -> None:
        assert self.migrating
        before = self.migrating.read_bytes()
        try:
            Store.open(self.migrating).close()
        except StoreError:
            assert self.migrating.read_bytes() == before
            raise
        assert problems_of(self.migrating) == []


def _much() -> tuple[Any, ...]:
    provider = Provider(id=new_id(), name=f"Durham County Council {new_id()}")
    inspection = Inspection(id=new_id(), provider_id=provider.id, kind_id=STANDARD)
    words = "proactive culture of working in partnership with families " * 300
    quotes = [Quote(id=new_id(), inspection_id=inspection.id, text=f"{words}{place}") for place in range(40)]
    return provider, inspection, *quotes


@contextmanager
def _limit(deeds: _Deeds, room: int) -> Iterator[None]:
    import resource

    old = resource.getrlimit(resource.RLIMIT_FSIZE)
    size = deeds.grows.stat().st_size if deeds.grows else 0
    resource.setrlimit(resource.RLIMIT_FSIZE, (size + room, old[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, old)


@contextmanager
def _small_disk(deeds: _Deeds, room: int) -> Iterator[None]:
    filler = deeds.folder / FILLER
    with filler.open("wb", buffering=0) as file, suppress(OSError):
        while True:
            file.write(bytes(4096))
    os.truncate(filler, filler.stat().st_size - room)
    try:
        yield
    finally:
        filler.unlink()


def _straight(_deeds: _Deeds) -> None:
    """Copies are written to their own name at once."""

    @contextmanager
    def target_itself(target: Path) -> Iterator[Path]:
        yield target

    copy.part_of = target_itself


def _no_journal(deeds: _Deeds) -> None:
    deeds.store.connection.raw.execute("pragma journal_mode = off")


_FULL = {"limit": _limit, "small disk": _small_disk}
_HARMS = {"straight": _straight, "no journal": _no_journal}

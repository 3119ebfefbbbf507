"""A disk that loses power: what was synced is there, what was not may be there, in part or not at all."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

from tests.faults.recording_disk import Op

SECTOR = 512
WAYS = ("dropped", "kept", "some")
Files = dict[str, bytes]


@dataclass
class _Content:
    """One file's bytes on the disk, and what was asked since its last sync."""

    safe: bytes = b""
    asked: list[Op] = field(default_factory=list)


class SimulatedDisk:
    """A folder of files to which recorded operations are done one by one.

    Names are kept as a disk keeps them: a file that was made or removed is so for certain only after its folder
    was synced, and those changes come in order.
    """

    def __init__(self, files: Files) -> None:
        self._now = {name: _Content(content) for name, content in files.items()}
        self._safe_names = dict(self._now)
        self._asked_names: list[tuple[str, _Content | None]] = []
        self.saved = 0

    def do(self, op: Op) -> None:
        """Take note of one operation."""
        if op.kind == "create":
            self._now[op.name] = _Content()
            self._asked_names.append((op.name, self._now[op.name]))
        elif op.kind == "delete":
            del self._now[op.name]
            self._asked_names.append((op.name, None))
        elif op.kind in ("write", "truncate"):
            self._now[op.name].asked.append(op)
        elif op.kind == "sync":
            file = self._now[op.name]
            file.safe, file.asked = _done(file.safe, file.asked), []
        elif op.kind == "sync folder":
            self._safe_names, self._asked_names = dict(self._now), []
        elif op.kind == "saved":
            self.saved = op.at

    def after_power_cut(self, way: str, chance: Random) -> Files:
        """What a machine finds that starts again.

        Args:
            way: "dropped": nothing that was not synced; "kept": all of it; "some": any of it, writes torn
                between sectors, in any order among files and pages.
        """
        names = dict(self._safe_names)
        for name, file in self._asked_names[: _how_many(way, len(self._asked_names), chance)]:
            if file is None:
                names.pop(name, None)
            else:
                names[name] = file
        return {name: _done(file.safe, _chosen(way, file.asked, chance)) for name, file in names.items()}


def put(files: Files, folder: Path) -> None:
    """Write files into a new folder."""
    folder.mkdir()
    for name, content in files.items():
        (folder / name).write_bytes(content)


def _how_many(way: str, most: int, chance: Random) -> int:
    return {"dropped": 0, "kept": most}.get(way, chance.randint(0, most))


def _chosen(way: str, asked: Sequence[Op], chance: Random) -> list[Op]:
    if way != "some":
        return list(asked) if way == "kept" else []
    share = chance.choice((0.1, 0.5, 0.9))
    return [part for op in asked for part in _torn(op, chance) if chance.random() < share]


def _torn(op: Op, chance: Random) -> Iterator[Op]:
    if op.kind != "write" or chance.random() < 0.5:
        yield op
        return
    start = 0
    while start < len(op.data):
        end = start + SECTOR - (op.at + start) % SECTOR
        yield Op(op.kind, op.name, op.at + start, op.data[start:end])
        start = end


def _done(content: bytes, ops: Sequence[Op]) -> bytes:
    if not ops:
        return content
    found = bytearray(content)
    for op in ops:
        size = op.at if op.kind == "truncate" else op.at + len(op.data)
        if size > len(found):
            found.extend(bytes(size - len(found)))
        if op.kind == "truncate":
            del found[size:]
        else:
            found[op.at : size] = op.data
    return bytes(found)

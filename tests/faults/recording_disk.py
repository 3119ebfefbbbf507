"""Records what SQLite asks of the disk: every write, truncation, sync and removal, in order.

A file system of our own is registered in the very library that Python's sqlite3 uses. It hands everything on to
SQLite's own and keeps a note of it; that the folder is synced is seen where SQLite opens it to do so.
"""

import ctypes
import sqlite3
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from ctypes import CFUNCTYPE, POINTER, Structure, c_char_p, c_int, c_int64, c_void_p, cast
from dataclasses import dataclass
from pathlib import Path
from typing import Any

NAME = b"inspection-log-recorder"
_kept: list[object] = []  # a connection that a failed test left open still calls into its recorder


@dataclass(frozen=True, slots=True)
class Op:
    """One thing asked of the disk.

    `kind` is "create", "write", "truncate", "sync", "delete", "sync folder" or "saved" (a mark of ours). `at` is a
    place in the file, the new size, or the number of saves.
    """

    kind: str
    name: str = ""
    at: int = 0
    data: bytes = b""


Open = CFUNCTYPE(c_int, c_void_p, c_void_p, c_void_p, c_int, POINTER(c_int))
Delete = CFUNCTYPE(c_int, c_void_p, c_char_p, c_int)
Write = CFUNCTYPE(c_int, c_void_p, c_void_p, c_int, c_int64)
Truncate = CFUNCTYPE(c_int, c_void_p, c_int64)
Sync = CFUNCTYPE(c_int, c_void_p, c_int)
OpenFolder = CFUNCTYPE(c_int, c_char_p, POINTER(c_int))
SetCall = CFUNCTYPE(c_int, c_void_p, c_char_p, c_void_p)
GetCall = CFUNCTYPE(c_void_p, c_void_p, c_char_p)


class Vfs(Structure):
    """sqlite3_vfs, version 3, as far as it is used here."""

    _fields_ = [
        ("version", c_int),
        ("file_size", c_int),
        ("longest_name", c_int),
        ("next", c_void_p),
        ("name", c_char_p),
        ("app_data", c_void_p),
        ("open", Open),
        ("delete", Delete),
        ("others", c_void_p * 11),
        ("set_call", SetCall),
        ("get_call", GetCall),
        ("next_call", c_void_p),
    ]


class Methods(Structure):
    """sqlite3_io_methods, version 3, as far as it is used here."""

    _fields_ = [
        ("version", c_int),
        ("close", c_void_p),
        ("read", c_void_p),
        ("write", Write),
        ("truncate", Truncate),
        ("sync", Sync),
        ("others", c_void_p * 13),
    ]


def library() -> ctypes.CDLL | None:
    """The library that Python's sqlite3 uses, or None where it cannot be told (another system, or built in)."""
    if sys.platform != "linux":
        return None
    with open("/proc/self/maps", encoding="utf-8") as maps:
        paths = {line.split(maxsplit=5)[5].strip() for line in maps if "libsqlite3" in line}
    if len(paths) != 1:
        return None
    found = ctypes.CDLL(paths.pop())
    found.sqlite3_sourceid.restype = c_char_p
    found.sqlite3_vfs_find.restype = POINTER(Vfs)
    found.sqlite3_vfs_register.argtypes = [POINTER(Vfs), c_int]
    found.sqlite3_vfs_unregister.argtypes = [POINTER(Vfs)]
    with sqlite3.connect(":memory:") as raw:
        (source,) = raw.execute("select sqlite_source_id()").fetchone()
    raw.close()
    return found if found.sqlite3_sourceid().decode() == source else None


class Recorder:
    """The notes, and the functions that take them."""

    def __init__(self, folder: Path, true: Vfs) -> None:
        self.ops: list[Op] = []
        self._folder, self._true = folder, true
        self._names: dict[int, str] = {}
        self._methods: dict[int, tuple[Methods, Methods]] = {}  # SQLite's own and ours, by the address of its own
        self._own: dict[int, Methods] = {}
        self.open, self.delete = Open(self._open), Delete(self._delete)
        self._write_f, self._truncate_f, self._sync_f = Write(self._write), Truncate(self._truncate), Sync(self._sync)
        self.open_folder = OpenFolder(self._open_folder)
        self._true_open_folder = cast(true.get_call(ctypes.byref(true), b"openDirectory"), OpenFolder)

    def saved(self, number: int) -> None:
        """Mark that this many saves are acknowledged."""
        self.ops.append(Op("saved", at=number))

    def _open(self, _vfs: int, name: int | None, file: int, flags: int, out: Any) -> int:
        path = Path(ctypes.string_at(name).decode()) if name else None
        is_ours = path is not None and path.parent == self._folder
        is_new = is_ours and path is not None and not path.exists()
        code = self._true.open(ctypes.addressof(self._true), name, file, flags, out)
        if code == 0 and is_ours and path is not None:
            if is_new:
                self.ops.append(Op("create", path.name))
            self._names[file] = path.name
            self._wrap(file)
        return code

    def _wrap(self, file: int) -> None:
        pointer = cast(file, POINTER(c_void_p))
        true = pointer[0]
        assert true is not None
        if true not in self._methods:
            own = Methods.from_address(true)
            ours = Methods.from_buffer_copy(own)
            ours.write, ours.truncate, ours.sync = self._write_f, self._truncate_f, self._sync_f
            self._methods[true] = own, ours
        self._own[file], ours = self._methods[true]
        pointer[0] = ctypes.addressof(ours)

    def _write(self, file: int, data: int, length: int, at: int) -> int:
        self.ops.append(Op("write", self._names[file], at, ctypes.string_at(data, length)))
        return self._own[file].write(file, data, length, at)

    def _truncate(self, file: int, size: int) -> int:
        self.ops.append(Op("truncate", self._names[file], size))
        return self._own[file].truncate(file, size)

    def _sync(self, file: int, flags: int) -> int:
        self.ops.append(Op("sync", self._names[file]))
        return self._own[file].sync(file, flags)

    def _delete(self, _vfs: int, name: bytes, sync_folder: int) -> int:
        path = Path(name.decode())
        if path.parent == self._folder and path.exists():
            self.ops.append(Op("delete", path.name))
        return self._true.delete(ctypes.addressof(self._true), name, sync_folder)

    def _open_folder(self, name: bytes, out: Any) -> int:
        if Path(name.decode()).parent == self._folder:
            self.ops.append(Op("sync folder"))
        return self._true_open_folder(name, out)


@contextmanager
def recording(folder: Path) -> Iterator[Recorder]:
    """Record what is done to the files of a folder by connections that are opened in the meantime."""
    sqlite = library()
    assert sqlite is not None
    true = sqlite.sqlite3_vfs_find(None).contents
    recorder = Recorder(folder, true)
    ours = Vfs.from_buffer_copy(true)
    _kept.append((recorder, ours))
    ours.name, ours.next, ours.open, ours.delete = NAME, None, recorder.open, recorder.delete
    with _default(sqlite, ours), _system_call(true, b"openDirectory", recorder.open_folder):
        yield recorder
    assert recorder.ops, "nothing was recorded"


@contextmanager
def _default(sqlite: ctypes.CDLL, vfs: Vfs) -> Iterator[None]:
    sqlite.sqlite3_vfs_register(ctypes.byref(vfs), 1)
    try:
        yield
    finally:
        sqlite.sqlite3_vfs_unregister(ctypes.byref(vfs))


@contextmanager
def _system_call(vfs: Vfs, name: bytes, ours: Callable[..., int]) -> Iterator[None]:
    vfs.set_call(ctypes.byref(vfs), name, cast(ours, c_void_p))  # type: ignore[arg-type]
    try:
        yield
    finally:
        vfs.set_call(ctypes.byref(vfs), name, None)

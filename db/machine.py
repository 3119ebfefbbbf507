"""What differs between Linux, macOS and Windows: the folder for our own data, processes, and how a name gets safe.

Windows and network shares follow what their makers document (docs/working-on-the-code.md says what is expected);
only Linux is tried by the tests.
"""

import os
import platform
import sqlite3
import sys
import time
from contextlib import suppress
from pathlib import Path

FOLDER_VARIABLE = "INSPECTION_LOG_DATA"
_STILL_ACTIVE = 259
_ACCESS_DENIED = 5
_BOOT = Path("/proc/sys/kernel/random/boot_id")
_START = 19  # which word after the name in /proc/<number>/stat is the start, in ticks since the machine's start
_PROCESS_QUERY_LIMITED_INFORMATION = 0x1000


def data_folder() -> Path:
    """Where this machine's user keeps backups, drafts and the log; it is made when something is written there.

    The environment variable INSPECTION_LOG_DATA names another folder.
    """
    if named := os.environ.get(FOLDER_VARIABLE):
        return Path(named).absolute()
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local") / "Inspection Log"
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Application Support" / "Inspection Log"
    return Path(os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share") / "inspection-log"


def computer_name() -> str:
    """The name of this machine on its network."""
    return platform.node() or "this computer"


def user_name() -> str:
    """The name under which this person is signed in to the machine."""
    import getpass

    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        return "unknown"


def versions() -> str:
    """Python, SQLite and the system, for the report of a fault."""
    python, system = platform.python_version(), f"{platform.system()} {platform.release()}"
    return f"Python {python}, SQLite {sqlite3.sqlite_version}, {system}"


def is_running(process_id: int) -> bool:
    """Whether a process of this machine is alive; another user's counts."""
    if sys.platform == "win32":
        return _is_running_on_windows(process_id)
    try:
        os.kill(process_id, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    except OverflowError:  # no number of a process
        return False
    return not _has_ended(process_id)


def _has_ended(process_id: int) -> bool:
    """Whether a process is over, and only its parent has not asked yet how it ended; known on Linux."""
    try:
        told = Path(f"/proc/{process_id}/stat").read_bytes()
    except OSError:
        return False
    return told.rpartition(b")")[2].split()[:1] == [b"Z"]


def _is_running_on_windows(process_id: int) -> bool:
    # os.kill would end the process there.
    import ctypes

    kernel = ctypes.WinDLL("kernel32", use_last_error=True)  # type: ignore[attr-defined]
    handle = kernel.OpenProcess(_PROCESS_QUERY_LIMITED_INFORMATION, False, process_id)
    if not handle:
        return bool(ctypes.get_last_error() == _ACCESS_DENIED)  # type: ignore[attr-defined]  # it lives, for another
    code = ctypes.c_ulong()
    kernel.GetExitCodeProcess(handle, ctypes.byref(code))
    kernel.CloseHandle(handle)
    return code.value == _STILL_ACTIVE


def is_same(process_id: int, mark: str) -> bool:
    """Whether the process that had this mark still runs: after its end another one may get its number.

    Where a mark is not known (macOS, another person's process) its number alone decides.
    """
    if not is_running(process_id):
        return False
    now = mark_of(process_id)
    return not (mark and now) or mark == now


def mark_of(process_id: int) -> str:
    """What tells a process from a later one with its number: when it was started. Empty where that is not told.

    Marks are only ever compared for being equal, so that a clock that was set decides nothing.
    """
    if sys.platform == "win32":
        return _mark_on_windows(process_id)
    try:
        boot = _BOOT.read_text(encoding="ascii").strip()
        status = Path(f"/proc/{process_id}/stat").read_bytes()
    except OSError:
        return ""
    return f"{boot} {status.rpartition(b')')[2].split()[_START].decode('ascii')}"


def _mark_on_windows(process_id: int) -> str:
    import ctypes

    kernel = ctypes.windll.kernel32  # type: ignore[attr-defined]
    handle = kernel.OpenProcess(_PROCESS_QUERY_LIMITED_INFORMATION, False, process_id)
    if not handle:
        return ""
    started, *others = (ctypes.c_ulonglong() for _ in range(4))
    is_told = kernel.GetProcessTimes(handle, ctypes.byref(started), *(ctypes.byref(other) for other in others))
    kernel.CloseHandle(handle)
    return str(started.value) if is_told else ""


def sync_folder(folder: Path) -> None:
    """Have the names of a folder on the disk: a file that was renamed is safe only with its folder.

    Windows has no such call and keeps names in its own journal; a share may refuse it.
    """
    if os.name != "posix":
        return
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def memory_of(process_id: int) -> int:
    """How many bytes of memory a process of ours holds; 0 where it is gone, or on Windows, where a job limits it."""
    with suppress(OSError, ValueError, IndexError):
        if sys.platform == "linux":
            words = Path(f"/proc/{process_id}/statm").read_text(encoding="ascii").split()
            return int(words[1]) * os.sysconf("SC_PAGE_SIZE")
        if sys.platform == "darwin":
            return _memory_on_mac(process_id)
    return 0


def _memory_on_mac(process_id: int) -> int:
    import ctypes

    told = (ctypes.c_uint64 * 12)()  # struct proc_taskinfo, 96 bytes: the second number is the resident size
    size = ctypes.CDLL(None).proc_pidinfo(process_id, 4, ctypes.c_uint64(0), ctypes.byref(told), ctypes.sizeof(told))
    return int(told[1]) if size == ctypes.sizeof(told) else 0


def limit_memory(most_bytes: int) -> None:
    """Let this process have no more memory than that; an allocation beyond it fails.

    macOS keeps no such limit, so whoever started the process watches `memory_of`.
    """
    if sys.platform == "win32":
        _limit_memory_on_windows(most_bytes)
    elif sys.platform != "darwin":
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (most_bytes, most_bytes))


def _limit_memory_on_windows(most_bytes: int) -> None:
    import ctypes

    class ExtendedLimits(ctypes.Structure):  # JOBOBJECT_EXTENDED_LIMIT_INFORMATION
        _fields_ = [
            ("process_time", ctypes.c_int64),
            ("job_time", ctypes.c_int64),
            ("flags", ctypes.c_uint32),
            ("least_working_set", ctypes.c_size_t),
            ("most_working_set", ctypes.c_size_t),
            ("most_processes", ctypes.c_uint32),
            ("affinity", ctypes.c_size_t),
            ("priority", ctypes.c_uint32),
            ("scheduling", ctypes.c_uint32),
            ("counters", ctypes.c_uint64 * 6),
            ("process_memory", ctypes.c_size_t),
            ("job_memory", ctypes.c_size_t),
            ("peak_process_memory", ctypes.c_size_t),
            ("peak_job_memory", ctypes.c_size_t),
        ]

    process_memory, no_dialog_when_it_dies, most_processes = 0x100, 0x400, 0x8
    limits = ExtendedLimits(
        flags=process_memory | no_dialog_when_it_dies | most_processes, most_processes=1, process_memory=most_bytes
    )
    kernel = ctypes.windll.kernel32  # type: ignore[attr-defined]
    kernel.CreateJobObjectW.restype = kernel.GetCurrentProcess.restype = ctypes.c_void_p
    job = ctypes.c_void_p(kernel.CreateJobObjectW(None, None))  # its handle is kept until the process ends
    kernel.SetInformationJobObject(job, 9, ctypes.byref(limits), ctypes.sizeof(limits))
    kernel.AssignProcessToJobObject(job, ctypes.c_void_p(kernel.GetCurrentProcess()))


def limit_processor_time(seconds: float) -> None:
    """End this process when it has used that much more processor time; Windows has no such limit."""
    if sys.platform != "win32":
        import resource

        wanted = int(time.process_time() + seconds) + 1
        _, hard = resource.getrlimit(resource.RLIMIT_CPU)
        resource.setrlimit(resource.RLIMIT_CPU, (wanted if hard == resource.RLIM_INFINITY else min(wanted, hard), hard))


def forbid_files() -> None:
    """Let this process write to no file, and leave no image of its memory behind when it dies.

    On Windows it only dies without a dialog.
    """
    if sys.platform == "win32":
        import ctypes

        ctypes.windll.kernel32.SetErrorMode(0x1 | 0x2)  # type: ignore[attr-defined]
        return
    import resource

    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))

"""What differs between Linux, macOS and Windows: the folder for our own data, processes, and how a name gets safe.

Windows and network shares follow what their makers document (docs/working-on-the-code.md says what is expected);
only Linux is tried by the tests.
"""

import os
import platform
import sys
from contextlib import suppress
from pathlib import Path

FOLDER_VARIABLE = "INSPECTION_LOG_DATA"
_STILL_ACTIVE = 259
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
    return True


def _is_running_on_windows(process_id: int) -> bool:
    # os.kill would end the process there.
    import ctypes

    kernel = ctypes.windll.kernel32  # type: ignore[attr-defined]
    handle = kernel.OpenProcess(_PROCESS_QUERY_LIMITED_INFORMATION, False, process_id)
    if not handle:
        return False
    code = ctypes.c_ulong()
    kernel.GetExitCodeProcess(handle, ctypes.byref(code))
    kernel.CloseHandle(handle)
    return code.value == _STILL_ACTIVE


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

"""Opens and checks every file of a folder and says what became of it; run as a process of its own.

A line of JSON is printed for each, so that a crash or a hang shows at which file it came.
"""

import json
import sys
import time
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

from db import backup, check
from db.errors import StoreError
from db.store import Store

check.RETRY_AFTER_S = 0.0


def opened(path: Path) -> str:
    with closing(Store.open(path)):
        return "opened"


def read(path: Path) -> str:
    with closing(Store.open(path, is_read_only=True)):
        return "opened"


def checked(path: Path) -> str:
    return "sound" if check.deep_check(path).is_sound else "not sound"


def looked_through(path: Path) -> str:
    check.quick_check(path)
    return "sound"


def put_back(path: Path) -> str:
    """As a file that lies among the backups under the name of one."""
    found = backup.Backup(path, datetime.now(UTC), "asked", 0)
    backup.restore(found, path.with_name("target.sqlite"))
    return "put back"


DOORS: tuple[Callable[[Path], str], ...] = (read, looked_through, checked, put_back, opened)


def said_of(door: Callable[[Path], str], path: Path) -> list[str]:
    """What the door says, or the kind and sentence of the error with which it stays shut."""
    try:
        return [door(path), ""]
    except StoreError as error:
        return [type(error).__name__, str(error)]
    except Exception as error:  # none of ours: a window would call it a fault
        return [f"leaked {type(error).__name__}", str(error)]


def main(folder: Path) -> None:
    for path in sorted(folder.glob("*.file")):
        start = time.monotonic()
        said = {door.__name__: said_of(door, path) for door in DOORS}
        print(json.dumps({"name": path.stem, "said": said, "took_s": time.monotonic() - start}), flush=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]))

"""Damages copies of a file in seeded ways and says what the program makes of each; run as a process of its own.

A line of JSON is printed for each copy, so that a crash or a hang costs only the line of the copy that it came from.
"""

import hashlib
import json
import random
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from db import check, search
from db.errors import StoreError
from db.records import Document
from db.store import Store
from tests.faults.soundness import records_of

PAGE = 4096
WORDS = ("children", "Pearce parenting", "visit", "leaders")
check.RETRY_AFTER_S = 0.0


def flipped_bit(chance: random.Random, now: bytearray, _then: bytes) -> None:
    now[chance.randrange(len(now))] ^= 1 << chance.randrange(8)


def random_bytes(chance: random.Random, now: bytearray, _then: bytes) -> None:
    length = chance.choice((1, 2, 16, 400))
    start = chance.randrange(len(now) - length)
    now[start : start + length] = chance.randbytes(length)


def zeroed_pages(chance: random.Random, now: bytearray, _then: bytes) -> None:
    for _ in range(chance.choice((1, 1, 3))):
        start = chance.randrange(len(now) // PAGE) * PAGE
        now[start : start + PAGE] = bytes(PAGE)


def cut_short(chance: random.Random, now: bytearray, _then: bytes) -> None:
    length = chance.randrange(len(now))
    del now[length - length % PAGE if chance.random() < 0.5 else length :]


def stale_pages(chance: random.Random, now: bytearray, then: bytes) -> None:
    """Pages of an older state of the same file, as a share or a sync program may leave them."""
    pages = range(min(len(now), len(then)) // PAGE)
    differing = [page for page in pages if now[page * PAGE :][:PAGE] != then[page * PAGE :][:PAGE]]
    for page in chance.sample(differing, min(chance.choice((1, 2, 5)), len(differing))):
        now[page * PAGE : (page + 1) * PAGE] = then[page * PAGE : (page + 1) * PAGE]


HARMS: tuple[Callable[[random.Random, bytearray, bytes], None], ...] = (
    flipped_bit,
    flipped_bit,
    random_bytes,
    zeroed_pages,
    cut_short,
    stale_pages,
)


def meaning(path: Path) -> str:
    """Everything that the program reads from a file, as one short text; searching must raise nothing."""
    with closing(Store.open(path)) as store:
        kept = [store.file_bytes(one.file_sha256) for one in store.each(Document) if one.file_sha256]
        read = json.dumps(records_of(store), sort_keys=True) + repr(kept)
        for words in WORDS:
            search.find(store, words)
        store.removed()
    return hashlib.sha256(read.encode()).hexdigest()


def outcome(path: Path, sound: str) -> dict[str, object]:
    """What deep check, quick check and reading say of a copy whose sound meaning is known.

    The keys: whether each check noticed, whether reading was refused, whether what was read is as it was, and any
    error that is none of ours.
    """
    said: dict[str, object] = {"deep": False, "quick": False, "refused": False, "same": False, "error": ""}
    for name, look in (("deep", lambda: not check.deep_check(path).is_sound), ("quick", lambda: _refuses(path))):
        try:
            said[name] = look()
        except StoreError:
            said[name] = True
        except Exception as error:
            said["error"] = f"{name}: {error!r}"
    try:
        said["same"] = meaning(path) == sound
    except StoreError:
        said["refused"] = True
    except Exception as error:
        said["error"] = f"reading: {error!r}"
    return said


def _refuses(path: Path) -> bool:
    check.quick_check(path)
    return False


def main(now_path: Path, then_path: Path, folder: Path, first: int, last: int) -> None:
    now, then, sound = now_path.read_bytes(), then_path.read_bytes(), ""
    sound = meaning(now_path)
    for seed in range(first, last):
        harm = HARMS[seed % len(HARMS)]
        content = bytearray(now)
        harm(random.Random(seed), content, then)
        copy = folder / f"damaged-{seed}.sqlite"
        copy.write_bytes(content)
        print(json.dumps({"seed": seed, "harm": harm.__name__} | outcome(copy, sound)), flush=True)
        for left in folder.glob(f"damaged-{seed}*"):
            left.unlink()


if __name__ == "__main__":
    main(*(Path(word) for word in sys.argv[1:4]), *(int(word) for word in sys.argv[4:6]))

"""Whether words that were deleted still stand in the bytes of a file.

SQLite breaks a long text over pages, and the search index keeps words folded, by themselves and without what they
share with the word before; so pieces of each text are looked for. What a record or the log still says is no trace.
"""

import re
import sqlite3
import unicodedata
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, zip_longest
from pathlib import Path

from db.passages import INDEXES
from db.searchable import FIELDS, read
from db.text import fold

LEAST_LETTERS = 5
PIECE_BYTES = 32
MOST_BYTES_READ = 4 * 2**30  # for all pieces together, some seconds
_MOST_PIECES, _LEAST_PIECES = 5000, 60
_AT_ONCE_BYTES = 16 * 2**20
_ESCAPED_IN_LOG = re.compile(r'["\\\x00-\x1f]')
_CUT_LETTERS = 3  # stems lose some at their end, words in the index what they share at their start


@dataclass(frozen=True, slots=True)
class Traces:
    """For how many texts the bytes were searched, and which of them were found; texts that others share are neither."""

    searched: int
    found: tuple[str, ...]


def look_for(
    path: Path,
    raw: sqlite3.Connection,
    texts: Iterable[str],
    samples: Iterable[tuple[str, bytes]],
    on_progress: Callable[[float], object],
) -> Traces:
    """Search a file, and the journal beside it, for texts that no record shall hold any more.

    Args:
        raw: an open connection to the file without a transaction, to see what its records say.
        samples: runs of bytes, each with the words that a finding names it by.
    """
    owners = _pieces(path.stat().st_size, list(texts), list(samples))
    in_bytes: set[bytes] = set()
    for name in (path.name, f"{path.name}-journal"):
        in_bytes |= _in_file(path.with_name(name), owners.keys() - in_bytes, on_progress)
    live = _in_rows(raw, in_bytes)
    live |= _neighbours(raw, in_bytes - live)
    found = {owner: None for piece, owner in owners.items() if piece in in_bytes - live}
    return Traces(len({owner for piece, owner in owners.items() if piece not in live}), tuple(found))


def _pieces(size: int, texts: Sequence[str], samples: Sequence[tuple[str, bytes]]) -> dict[bytes, str]:
    """What is looked for, each with its text: some of every text before more of any, as many as time allows."""
    most = max(_LEAST_PIECES, min(_MOST_PIECES, MOST_BYTES_READ // max(size, 1)))
    every = max(1, -(-len(texts) // most))
    rounds = zip_longest(samples, *([(text, piece) for piece in _pieces_of(text)] for text in texts[::every]))
    owners: dict[bytes, str] = {}
    for owner, piece in filter(None, chain.from_iterable(rounds)):
        if len(owners) >= most:
            break
        owners.setdefault(piece, owner)
    return owners


def _pieces_of(text: str) -> list[bytes]:
    """Pieces of one text, the most telling ones first: its long words by turns with runs of its bytes."""
    folded = fold(text)
    words = sorted({*re.findall(r"\w+", folded), *re.findall(r"\w+", _without_accents(folded))}, key=len, reverse=True)
    parts = [part for word in words for part in (word, word[:-_CUT_LETTERS], word[_CUT_LETTERS:])]
    as_words = [part.encode() for part in parts if len(part) >= LEAST_LETTERS]
    runs = [run.encode() for form in (text, folded) for run in _ESCAPED_IN_LOG.split(form)]
    as_runs = [run[start : start + PIECE_BYTES] for run in runs for start in range(0, len(run), PIECE_BYTES)]
    as_runs = [run for run in as_runs if len(run) >= LEAST_LETTERS]
    pairs = zip_longest(as_runs[::2] + as_runs[1::2], as_words)
    return [piece for piece in chain.from_iterable(pairs) if piece]


def _without_accents(text: str) -> str:
    return "".join(letter for letter in unicodedata.normalize("NFD", text) if not unicodedata.combining(letter))


def _in_file(path: Path, pieces: Collection[bytes], on_progress: Callable[[float], object]) -> set[bytes]:
    """The pieces that stand in a file's bytes."""
    found: set[bytes] = set()
    if not pieces or not path.exists():
        return found
    longest, size, kept = max(map(len, pieces)), path.stat().st_size, b""
    # Read between transactions: closing a file lets go of what this process has locked in it, on some systems.
    with path.open("rb") as handle:
        while part := handle.read(_AT_ONCE_BYTES):
            part = kept + part
            found |= {piece for piece in pieces if piece not in found and piece in part}
            kept = part[1 - longest :] if longest > 1 else b""
            on_progress(handle.tell() / max(size, 1))
    return found


def _in_rows(raw: sqlite3.Connection, pieces: Collection[bytes]) -> set[bytes]:
    """The pieces that the file's rows still say, as they stand or folded; the index itself is no witness."""
    wanted, found = set(pieces), set()
    for part in _parts(chain(_cells(raw), _folded(raw))):
        if not wanted:
            break
        said = {piece for piece in wanted if piece in part}
        wanted -= said
        found |= said
    return found


def _neighbours(raw: sqlite3.Connection, pieces: Collection[bytes]) -> set[bytes]:
    """The pieces of which rows say all but the end: the byte behind a text is its neighbour's, a "d" behind "name"."""
    shorter = {piece: {piece[:-1], piece[:-2]} for piece in pieces}
    said = _in_rows(raw, set().union(*shorter.values()))
    return {piece for piece in pieces if shorter[piece] & said}


def _parts(cells: Iterable[bytes]) -> Iterator[bytes]:
    gathered: list[bytes] = []
    size = 0
    for cell in cells:
        gathered.append(cell)
        size += len(cell)
        if size >= _AT_ONCE_BYTES:
            yield b"\0".join(gathered)
            gathered, size = [], 0
    yield b"\0".join(gathered)


def _cells(raw: sqlite3.Connection) -> Iterator[bytes]:
    names = [name for (name,) in raw.execute("select name from sqlite_master where type = 'table'").fetchall()]
    derived = ("passage", *INDEXES, *(f"{index}_" for index in INDEXES))
    own = [name for name in names if not (name in derived or name.startswith(derived[-len(INDEXES) :]))]
    for name in ("sqlite_master", *own):
        yield from (_joined(row) for row in raw.execute(f'select * from "{name}"'))
        for (index,) in raw.execute("select name from pragma_index_list(?)", (name,)).fetchall():
            columns = [column for (column,) in raw.execute("select name from pragma_index_info(?)", (index,))]
            if len(columns) > 1:
                yield from (_joined(row) for row in raw.execute(f'select {", ".join(columns)} from "{name}"'))


def _joined(row: Sequence[object]) -> bytes:
    """The words of a row as they lie in the file, one column against the next."""
    return b"".join([one.encode() if isinstance(one, str) else one for one in row if isinstance(one, (str, bytes))])


def _folded(raw: sqlite3.Connection) -> Iterator[bytes]:
    for record_type in FIELDS:
        for one in read(raw, record_type):
            for field, text in one.texts.items():
                folded = fold(text)
                yield f"{record_type.value}{one.record_id}{field}{folded}".encode()
                if not folded.isascii():
                    yield _without_accents(folded).encode()

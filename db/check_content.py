"""What the deep check looks at, one function for each kind of finding; all of them read a copy that is theirs."""

import hashlib
import json
import sqlite3
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime

from db.passages import INDEXES
from db.records import Record, RecordType
from db.rows import Row, classes, from_values, to_values
from db.rules import USED_BY, name_of
from db.searchable import FIELDS, read
from db.store import Store
from db.text import fold

_SHOWN_LETTERS = 60
_READ_ONLY_TABLES = ("data_dictionary", "about_this_file", "manifest")  # no record and no log tells what they hold


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is wrong with a file.

    `kind` is "structure", "reference", "document", "log" or "search"; what the search index lacks can be mended.
    """

    kind: str
    sentence: str


def structure(store: Store) -> Iterator[Finding]:
    """Pages, rows and indexes as SQLite sees them, and the rules of the tables."""
    raw = store.connection.raw
    for line in trouble(raw.execute("pragma integrity_check")):
        yield Finding("structure", f"The file is damaged inside: {line}.")
    for table in _READ_ONLY_TABLES:
        raw.execute(f"select * from {table}").fetchall()  # a text that is no text ends here


def trouble(lines: sqlite3.Cursor) -> list[str]:
    """What a check of SQLite complains of; the search index, which newer versions look at too, is left out."""
    said = [line for (text,) in lines for line in str(text).splitlines()]
    return [line for line in said if line != "ok" and not line.startswith("***") and "FTS5 table" not in line]


def references(store: Store) -> Iterator[Finding]:
    """Records that name another one that is not there."""
    broken = Counter((table, other) for table, _, other, _ in store.connection.raw.execute("pragma foreign_key_check"))
    for (table, other), count in broken.items():
        who = USED_BY.get(table, _in_words(table))
        said = f"A record ({who}) names" if count == 1 else f"{count} records ({who}) name"
        yield Finding("reference", f"{said} a record ({_in_words(other)}) that is not in the file.")


def documents(store: Store) -> Iterator[Finding]:
    """Kept documents whose bytes are not those that were put in."""
    raw = store.connection.raw
    titles = dict(raw.execute("select file_sha256, title from document where file_sha256 is not null").fetchall())
    for row, wanted in raw.execute("select row, sha256 from document_file").fetchall():
        (content,) = raw.execute("select bytes from document_file where row = ?", (row,)).fetchone()
        if hashlib.sha256(content).hexdigest() != wanted:
            name = f"“{_cut(titles[wanted])}”" if wanted in titles else "A document that was removed"
            yield Finding("document", f"{name} is damaged: its kept file is not the one that was put in.")


def log(store: Store) -> Iterator[Finding]:
    """Where the change log, replayed, tells something else than the records, in both directions."""
    raw = store.connection.raw
    for label, at in raw.execute("select label, at from deed").fetchall():
        if not _is_moment(at):
            yield Finding("log", f"The change log gives no time for “{_cut(label)}”.")
    told: dict[str, tuple[str, Row]] = {}
    yield from _replayed(raw, told)
    for record_class in classes().values():
        for record in store.each(record_class):
            kind, values = told.pop(record.id, ("", {}))
            if said := _disagreement(record, kind, values):
                yield Finding("log", f"{_named(record)}: {said}.")
    for kind, values in told.values():
        yield Finding("log", f"The change log tells of a record ({_in_words(kind)}{_start(values)}) that is missing.")


def _replayed(raw: sqlite3.Connection, told: dict[str, tuple[str, Row]]) -> Iterator[Finding]:
    """Fill `told` with every record as the log tells it; each entry must start from what those before it tell."""
    rows = raw.execute("select record_type, record_id, before, after from change order by row").fetchall()
    for kind, key, before, after in rows:
        try:
            was, now = _values(before), _values(after)
        except (ValueError, TypeError):
            yield Finding("log", f"An entry of the change log ({_in_words(kind)}) cannot be read.")
            continue
        if was == now == {}:  # a version of another file, of which a merge took note (`db.history`)
            continue
        known_kind, known = told.get(key, (kind, {}))
        # What was deleted for good begins and ends without values.
        is_broken = kind != known_kind or (key in told if was is None else bool(was) and key not in told)
        if is_broken or any(known[name] != value for name, value in (was or {}).items() if name in known):
            yield Finding(
                "log", f"The change log contradicts itself about a record ({_in_words(kind)}{_start(known)})."
            )
        if now is None:
            told.pop(key, None)
        else:
            told[key] = kind, known | now


def _values(text: str | None) -> Row | None:
    if text is None:
        return None
    values = json.loads(text)
    if not isinstance(values, dict):
        raise TypeError(text)
    return values


def _disagreement(record: Record, kind: str, values: Row) -> str:
    """What is not as the log says, in words; empty where all is."""
    if kind != record.record_type.value:
        return "the change log does not know it"
    here = to_values(record)
    if here == values:
        return ""
    try:
        told = to_values(from_values(type(record), values))  # with the defaults of fields that are newer than the entry
    except (ValueError, TypeError, AttributeError):
        return "what the change log says of it cannot be read"
    names = [name_of(name.removesuffix("_ids")).lower() for name in here if here[name] != told[name]]
    return f"the change log says something else ({', '.join(names)})" if names else ""


def search(store: Store) -> Iterator[Finding]:
    """What the search index lacks, or holds though it is gone; it can be made anew."""
    raw = store.connection.raw
    wanted = {
        (record_type.value, one.record_id, field): fold(text)
        for record_type in FIELDS
        for one in read(raw, record_type)
        for field, text in one.texts.items()
    }
    rows = raw.execute("select record_type, record_id, field, folded from passage").fetchall()
    if count := len(set(wanted.items()) ^ {((kind, key, field), folded) for kind, key, field, folded in rows}):
        yield Finding("search", f"The search index is not as the records are ({count:,} differences).")
    for index in INDEXES:
        try:
            raw.execute(f"insert into {index}({index}, rank) values ('integrity-check', 1)")
        except sqlite3.DatabaseError as error:
            if getattr(error, "sqlite_errorname", "").startswith("SQLITE_INTERRUPT"):
                raise
            yield Finding("search", f"The search index “{index}” is damaged ({error}).")


def _is_moment(text: str) -> bool:
    with suppress(ValueError, TypeError):
        return datetime.fromisoformat(text).tzinfo is not None
    return False


def _named(record: Record) -> str:
    return _in_words(record.record_type.value).capitalize() + _start(to_values(record))


def _start(values: Mapping[str, object]) -> str:
    """The words by which a person knows a record, where it has some."""
    words = next((values[name] for name in ("text", "title", "name", "label") if values.get(name)), "")
    return f" “{_cut(str(words))}”" if words else ""


def _cut(words: str) -> str:
    return words if len(words) <= _SHOWN_LETTERS else words[:_SHOWN_LETTERS].rstrip() + "…"


def _in_words(table: str) -> str:
    known = {kind.value for kind in RecordType}
    return table.replace("_", " ") if table in known else "record"

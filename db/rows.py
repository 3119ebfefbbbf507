"""Records to rows and back: one table for a record type, one table of links for a field of ids."""

from dataclasses import dataclass, fields
from functools import cache
from types import UnionType
from typing import Any, get_args, get_type_hints

from db import frameworks, improvement_records, records
from db.dates import PartialDate
from db.records import Record, RecordType
from db.text import clean

Row = dict[str, Any]
LONG_FIELDS = frozenset(
    "text notes note source meaning definition words variants scale_note team success_measure rag_reason impact".split()
)


@dataclass(frozen=True, slots=True)
class Link:
    """The table that keeps a field of ids, one row for each, in order."""

    field: str
    table: str
    owner_column: str
    other_column: str


@dataclass(frozen=True, slots=True)
class Shape:
    """How one record type lies in the file."""

    record_class: type[Record]
    table: str
    columns: tuple[str, ...]
    dates: frozenset[str]
    flags: frozenset[str]
    texts: frozenset[str]
    links: tuple[Link, ...]


@cache
def classes() -> dict[RecordType, type[Record]]:
    """Every record type with its class."""
    found = {
        value.record_type: value
        for module in (records, improvement_records, frameworks)
        for value in vars(module).values()
        if isinstance(value, type) and issubclass(value, Record) and hasattr(value, "record_type")
    }
    return {kind: found[kind] for kind in RecordType}


_SHAPES: dict[type[Record], Shape] = {}


def shape(record_class: type[Record]) -> Shape:
    """The shape of a record type, worked out once from the types of its fields."""
    if record_class not in _SHAPES:
        _SHAPES[record_class] = _shape(record_class)
    return _SHAPES[record_class]


def _shape(record_class: type[Record]) -> Shape:
    hints = get_type_hints(record_class)
    names = [field.name for field in fields(record_class)]
    table = record_class.record_type.value
    of = {name: _plain(hints[name]) for name in names}
    return Shape(
        record_class=record_class,
        table=table,
        columns=tuple(name for name in names if of[name] is not tuple),
        dates=frozenset(name for name in names if of[name] is PartialDate),
        flags=frozenset(name for name in names if of[name] is bool),
        texts=frozenset(name for name in names if of[name] is str),
        links=tuple(_link(table, name) for name in names if of[name] is tuple),
    )


def _plain(hint: Any) -> type:
    if isinstance(hint, UnionType):
        return next(part for part in get_args(hint) if part is not type(None))
    return tuple if get_args(hint) else hint


def _link(table: str, field: str) -> Link:
    other = field.removesuffix("_ids")
    return Link(field, f"{table}_{other}", f"{table}_id", f"{other}_id")


def to_row(record: Record) -> Row:
    """The values of a record's own table, as SQLite keeps them."""
    lies = shape(type(record))
    return {column: _stored(getattr(record, column)) for column in lies.columns}


def _stored(value: Any) -> Any:
    if isinstance(value, PartialDate):
        return value.iso
    return int(value) if isinstance(value, bool) else value


def to_values(record: Record) -> Row:
    """All values of a record, links as lists: the form of the change log."""
    links = {link.field: list(getattr(record, link.field)) for link in shape(type(record)).links}
    return to_row(record) | links


def from_values(record_class: type[Record], values: Row) -> Record:
    """Make a record of the values in the file or in the change log.

    Fields that the values do not name keep their defaults, so an older entry of the log still reads.
    """
    lies = shape(record_class)
    known: Row = {}
    for name in (*lies.columns, *(link.field for link in lies.links)):
        if name not in values:
            continue
        value = values[name]
        if name in lies.dates and value is not None:
            value = PartialDate.from_iso(value)
        elif name in lies.flags and value is not None:
            value = bool(value)
        elif isinstance(value, list):
            value = tuple(value)
        known[name] = value
    return record_class(**known)


def cleaned(record: Record) -> Record:
    """The record with its texts as they may enter the file (`db.text`)."""
    changes = {}
    for name in shape(type(record)).texts:
        value = getattr(record, name)
        if value:
            tidy = clean(value, lines=name in LONG_FIELDS)
            if tidy != value:
                changes[name] = tidy
    return _replaced(record, changes)


def _replaced(record: Record, changes: Row) -> Record:
    if not changes:
        return record
    return from_values(type(record), to_values(record) | changes)

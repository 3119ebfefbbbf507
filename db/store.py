"""The store: reads records, and writes an edit whole or not at all."""

import hashlib
import sqlite3
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, TypeVar

from db import history, passages, rules, schema
from db.connection import Connection, LeadsNowhere, create_file, open_file
from db.damage import readable
from db.edit import Edit
from db.errors import Busy, CannotWrite, Stale
from db.explaining import explained
from db.records import Record
from db.restoring import restoring
from db.rows import Row, Shape, cleaned, from_values, shape, to_row
from db.waiting import over
from db.whole_file import removed_on_failure

AnyRecord = TypeVar("AnyRecord", bound=Record)


class Store:
    """An open file of inspections.

    Attributes:
        connection: the open file; `db` alone uses it.
        waiting: edits that are not in the file yet and that readings take as written (`db.waiting`).
    """

    def __init__(self, connection: Connection) -> None:
        self.connection = connection
        self._raw = connection.raw
        self.waiting: tuple[Edit, ...] = ()

    @classmethod
    def open(cls, path: Path, *, is_read_only: bool = False) -> "Store":
        """Open a file that stands there; see `db.connection.open_file` for what may be wrong with it.

        One of an older version is backed up before it is brought to the newest.
        """
        with readable(path.name):
            return cls(open_file(path, is_read_only=is_read_only, before_migration=_back_up))

    @classmethod
    def create(cls, path: Path) -> "Store":
        """Make a new file with the shipped frameworks and themes in it."""
        from db import seed

        store = cls(create_file(path))
        with removed_on_failure(store.path):
            try:
                seed.bring_up_to_date(store)
            except BaseException:
                store.close()
                raise
        return store

    @property
    def path(self) -> Path:
        return self.connection.path

    def close(self) -> None:
        self.connection.close()

    def get(self, record_class: type[AnyRecord], record_id: str) -> AnyRecord | None:
        """The record with that id, or None."""
        found = self.each(record_class, id=record_id)
        return found[0] if found else None

    def each(self, record_class: type[AnyRecord], **wanted: Any) -> list[AnyRecord]:
        """The records whose columns have the given values, in the order in which they were made.

        Records with a `position` come in that order. A field of ids can be asked for too
        (`inspection_ids="..."`): a record is wanted when the id is among them.
        """
        found = self._in_file(record_class, wanted)
        return over(self.waiting, record_class, found, wanted) if self.waiting else found

    @readable()
    def _in_file(self, record_class: type[AnyRecord], wanted: dict[str, Any]) -> list[AnyRecord]:
        lies = shape(record_class)
        where, values = _where(lies, wanted)
        order = "position, row" if "position" in lies.columns else "row"
        columns = ", ".join(lies.columns)
        rows = self._raw.execute(f"select {columns} from {lies.table}{where} order by {order}", values).fetchall()
        linked = {link.field: self._linked(lies, link, where, values) for link in lies.links}
        return [_record(lies, row, linked) for row in rows]  # type: ignore[misc]

    def _linked(self, lies: Shape, link: Any, where: str, values: list[Any]) -> dict[str, list[str]]:
        rows = self._raw.execute(
            f"select {link.owner_column}, {link.other_column} from {link.table} "
            f"where {link.owner_column} in (select id from {lies.table}{where}) order by position",
            values,
        )
        found: dict[str, list[str]] = {}
        for owner, other in rows:
            found.setdefault(owner, []).append(other)
        return found

    @readable()
    def count(self, record_class: type[Record], **wanted: Any) -> int:
        """How many records `each` would give."""
        if self.waiting:
            return len(self.each(record_class, **wanted))
        lies = shape(record_class)
        where, values = _where(lies, wanted)
        return self._raw.execute(f"select count(*) from {lies.table}{where}", values).fetchone()[0]

    def apply(self, edit: Edit, label: str = "Change") -> Edit:
        """Write an edit as one transaction; return what differs of it with its deed's id, ready to be undone.

        Where nothing differs nothing is written, and the deed's id is empty.

        Args:
            edit: records that stand only in `after` are inserted, only in `before` removed, in both
                replaced. Texts are cleaned on the way in (`db.text`).
            label: the deed in words, such as "Change lead inspector".

        Raises:
            RuleBroken: a rule in `db.schema` refuses it; the file is as it was.
            Stale: a record is not as `before` says; the file is as it was.
            Busy, FileMoved, CannotWrite: see `db.connection`.
        """
        edit = tidied(edit)
        if edit.is_empty:
            return edit
        deed_id = ""
        try:
            with self.connection.write(), explained():
                self._write(edit)
                passages.follow(self._raw, edit)
                deed_id = history.add(self._raw, edit, label)
        except (Busy, CannotWrite):
            # An error from COMMIT does not tell whether it was made: the file does.
            if not deed_id or not self.connection.holds(deed_id):
                raise
        except LeadsNowhere as error:
            kept = {record.id for record in edit.after}
            gone = {record.record_type.value for record in edit.before if record.id not in kept}
            raise rules.leads_nowhere(error.broken, gone) from error
        except sqlite3.IntegrityError as error:
            raise rules.explained(error, self._tables()) from error
        return replace(edit, deed_id=deed_id)

    def _write(self, edit: Edit) -> None:
        old = {record.id: record for record in edit.before}
        new = {record.id: record for record in edit.after}
        for kind, key, expected in _expected(edit):
            if self._in_file(kind, {"id": key}) != expected:
                raise Stale("This was changed in the meantime. Look at it as it is now, then change it again.")
        gone = [record for key, record in old.items() if key not in new]
        for record in gone:
            self._remove(record)
        changed = [(old[key], record) for key, record in new.items() if key in old and old[key] != record]
        for was, now in changed:
            self._change(was, now)
        self._insert([record for key, record in new.items() if key not in old])

    def _remove(self, record: Record) -> None:
        lies = shape(type(record))
        for link in lies.links:
            self._raw.execute(f"delete from {link.table} where {link.owner_column} = ?", (record.id,))
        self._raw.execute(f"delete from {lies.table} where id = ?", (record.id,))

    def _change(self, was: Record, now: Record) -> None:
        lies = shape(type(now))
        before, after = to_row(was), to_row(now)
        names = [name for name in lies.columns if before[name] != after[name]]
        if names:
            assignments = ", ".join(f"{name} = ?" for name in names)
            values = [after[name] for name in names]
            self._raw.execute(f"update {lies.table} set {assignments} where id = ?", (*values, now.id))
        for link in lies.links:
            if getattr(was, link.field) != getattr(now, link.field):
                self._raw.execute(f"delete from {link.table} where {link.owner_column} = ?", (now.id,))
                self._insert_rows(link.table, _link_rows(link, [now]))

    def _insert(self, records: Sequence[Record]) -> None:
        by_class: dict[type[Record], list[Record]] = {}
        for record in records:
            by_class.setdefault(type(record), []).append(record)
        for record_class, group in by_class.items():
            lies = shape(record_class)
            self._insert_rows(lies.table, [to_row(record) for record in group])
            for link in lies.links:
                self._insert_rows(link.table, _link_rows(link, group))

    def _insert_rows(self, table: str, rows: list[Row]) -> None:
        if not rows:
            return
        from sqlite_utils import Database

        Database(self._raw, execute_plugins=False).table(table).insert_all(rows)

    def _tables(self) -> dict[str, str]:
        return {name: sql for kind, name, sql in schema.listing(self._raw) if kind == "table"}

    @readable()
    def removed(self) -> list[history.Removed]:
        """What Recently deleted shows, newest first."""
        return history.removed(self._raw)

    @readable()
    def changes(self, record_id: str) -> list[history.Change]:
        """What happened to one record, oldest first."""
        return history.of_record(self._raw, record_id)

    def restoring(self, removed: history.Removed) -> Edit:
        """The edit that puts removed records back, and the links to them that others lost."""
        return restoring(self, removed)

    def keep_file(self, content: bytes) -> str:
        """Keep a document's bytes inside the file, once; return their SHA-256.

        Raises:
            RuleBroken: it is larger than 50 MB.
        """
        digest = hashlib.sha256(content).hexdigest()
        try:
            with self.connection.write() as raw, explained():
                raw.execute(
                    "insert into document_file (sha256, size, bytes) values (?, ?, ?) on conflict (sha256) do nothing",
                    (digest, len(content), content),
                )
        except sqlite3.IntegrityError as error:
            raise rules.explained(error, self._tables()) from error
        return digest

    @readable()
    def file_bytes(self, sha256: str) -> bytes | None:
        """The bytes of a document that is kept inside the file."""
        found = self._raw.execute("select bytes from document_file where sha256 = ?", (sha256,)).fetchone()
        return found[0] if found else None


def _back_up(path: Path) -> None:
    from db import backup

    backup.make(path, "migration")


def tidied(edit: Edit) -> Edit:
    """The edit as it is written: texts cleaned (`db.text`), and without what stays the same."""
    return replace(edit, after=tuple(cleaned(record) for record in edit.after), deed_id="").differing()


def _expected(edit: Edit) -> Iterator[tuple[type[Record], str, list[Record]]]:
    """What the file must hold of a record for the edit to fit: its class, its id, and itself or nothing."""
    yield from ((type(record), record.id, [record]) for record in edit.before)
    named = {record.id for record in (*edit.before, *edit.after)}
    for one in edit.learnt:
        if one.record.id not in named:
            yield type(one.record), one.record.id, [one.here] if one.here else []


def _where(lies: Shape, wanted: dict[str, Any]) -> tuple[str, list[Any]]:
    parts, values = [], []
    links = {link.field: link for link in lies.links}
    for name, value in wanted.items():
        if link := links.get(name):
            parts.append(f"id in (select {link.owner_column} from {link.table} where {link.other_column} = ?)")
        elif name in lies.columns:
            parts.append(f"{name} is ?")
        else:
            raise KeyError(f"{lies.table} has no column {name}")
        values.append(value)
    return (" where " + " and ".join(parts) if parts else ""), values


def _record(lies: Shape, row: Sequence[Any], linked: dict[str, dict[str, list[str]]]) -> Record:
    values: Row = dict(zip(lies.columns, row, strict=True))
    if type(values["id"]) is not str:  # STRICT keeps other types out, but damaged pages do not
        raise TypeError("an id that is no text")
    for field, found in linked.items():
        values[field] = tuple(found.get(values["id"], ()))
    return from_values(lies.record_class, values)


def _link_rows(link: Any, records: Sequence[Record]) -> list[Row]:
    return [
        {link.owner_column: record.id, link.other_column: other, "position": place}
        for record in records
        for place, other in enumerate(getattr(record, link.field))
    ]

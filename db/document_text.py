"""The paragraphs of documents that are kept inside the file: written once they were read, and searched.

They are derived from the kept file, so the change log does not tell of them and undo does not touch them.
"""

import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from db import passages
from db.damage import readable
from db.records import RecordType
from db.store import Store
from db.text import clean

_COLUMNS = "place, number, page, end_page, section, text"


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentParagraph:
    """One paragraph of a document.

    `place` counts from 1 through the document; `number` is the one printed beside it. It begins on `page` and ends
    on `end_page`, which count from 1. `section` is the heading that it stands under.
    """

    place: int
    text: str
    number: int | None = None
    page: int | None = None
    end_page: int | None = None
    section: str = ""


def keep(store: Store, sha256: str, paragraphs: Iterable[DocumentParagraph]) -> None:
    """Write the paragraphs of a kept file in place of those that it had, and have them found.

    A paragraph without words is left out.

    Raises:
        Busy, FileMoved, CannotWrite: see `db.connection`.
        LeadsNowhere: the file holds no document of that SHA-256.
    """
    rows = [row for one in paragraphs if (row := _row(sha256, one))[-1]]
    with store.connection.write() as raw:
        raw.execute("delete from document_paragraph where sha256 = ?", (sha256,))
        raw.executemany(
            f"insert into document_paragraph (sha256, {_COLUMNS}) values (?, ?, ?, ?, ?, ?, ?)",
            rows,
        )
        documents = raw.execute("select id from document where file_sha256 = ?", (sha256,)).fetchall()
        passages.bring_up_to_date(raw, RecordType.DOCUMENT, [key for (key,) in documents])


def _row(sha256: str, one: DocumentParagraph) -> tuple[str | int | None, ...]:
    section, text = clean(one.section, lines=False), clean(one.text, lines=True)
    return sha256, one.place, one.number, one.page, one.end_page, section, text


@readable()
def of(store: Store, sha256: str) -> list[DocumentParagraph]:
    """The paragraphs of a kept file, in order; none where it was not read yet."""
    return _read(store.connection.raw, "sha256 = ?", (sha256,))


def at(connection: sqlite3.Connection, document_id: str, place: int) -> DocumentParagraph | None:
    """One paragraph of a document."""
    found = _read(
        connection, "sha256 = (select file_sha256 from document where id = ?) and place = ?", (document_id, place)
    )
    return found[0] if found else None


def _read(connection: sqlite3.Connection, where: str, values: Sequence[object]) -> list[DocumentParagraph]:
    rows = connection.execute(f"select {_COLUMNS} from document_paragraph where {where} order by place", values)
    return [
        DocumentParagraph(place=place, number=number, page=page, end_page=end_page, section=section, text=text)
        for place, number, page, end_page, section, text in rows.fetchall()
    ]

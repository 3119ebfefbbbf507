"""Step 6: the paragraphs of documents that are kept inside, so that a search looks through whole reports.

They are derived from the kept file and go with it; the change log does not tell of them.
"""

from typing import Any

STATEMENTS = (
    "create table document_paragraph (\n"
    "    row integer primary key,\n"
    "    sha256 text not null references document_file(sha256) on delete cascade,\n"
    "    place integer not null,\n"
    "    number integer,\n"
    "    page integer,\n"
    "    end_page integer,\n"
    "    section text not null default '',\n"
    "    text text not null,\n"
    "    constraint document_paragraph_once unique (sha256, place)\n"
    ") strict",
    "create index document_by_file on document(file_sha256)",
)
_MEANINGS = {
    "": "Paragraphs of the documents that are kept inside; read from their files, and read again when in doubt",
    "row": "Number of the row inside this table; it means nothing outside the file",
    "sha256": "The kept file (sha256 in document_file)",
    "place": "Place of the paragraph in the document, counted from 1",
    "number": "Number printed beside the paragraph; empty where there is none",
    "page": "Page on which it begins, counted from 1",
    "end_page": "Page on which it ends",
    "section": "Heading that it stands under",
    "text": "Its words",
}


def fill(db: Any) -> None:
    """Say in the data dictionary what the new columns mean."""
    db.conn.executemany(
        "insert into data_dictionary (view_or_table, column_name, meaning) values ('document_paragraph', ?, ?)",
        _MEANINGS.items(),
    )
    db.conn.execute(
        "update data_dictionary set meaning = ? where view_or_table = 'passage' and column_name = 'field'",
        ("“all” for all words of the record, or the place of a paragraph of a document",),
    )

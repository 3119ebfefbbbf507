"""Step 4: the search index. Two indexes of the same folded texts: `words` for what is typed, `stems` for
other forms of a word. The store writes all three inside the edit (`db.passages`); no trigger does."""

STATEMENTS = (
    "create table passage (\n"
    "    row integer primary key,\n"
    "    record_type text not null,\n"
    "    record_id text not null,\n"
    "    field text not null,\n"
    "    folded text not null,\n"
    "    constraint passage_once unique (record_type, record_id, field)\n"
    ") strict",
    # sqlite-utils finds a search index only where `content` is written with double quotes.
    'create virtual table words using fts5(folded, content="passage", content_rowid="row",'
    " tokenize='unicode61 remove_diacritics 2', prefix='1 2 3')",
    'create virtual table stems using fts5(folded, content="passage", content_rowid="row",'
    " tokenize='porter unicode61 remove_diacritics 2')",
)

"""Step 3: the change log. The store only ever adds to it; no trigger writes it (SQLite 3.40 would
refuse triggers once the search index is theirs, and a file from elsewhere must not bring its own)."""

STATEMENTS = (
    "create table deed (\n"
    "    row integer primary key,\n"
    "    id text not null unique,\n"
    "    label text not null,\n"
    "    at text not null,\n"
    "    who text not null,\n"
    "    undoes text references deed(id)\n"
    ") strict",
    "create table change (\n"
    "    row integer primary key,\n"
    "    id text not null unique,\n"
    "    deed_id text not null references deed(id),\n"
    "    record_type text not null,\n"
    "    record_id text not null,\n"
    "    before text,\n"
    "    after text,\n"
    "    constraint change_says_something check (before is not null or after is not null)\n"
    ") strict",
    "create index change_by_deed on change(deed_id)",
    "create index change_by_record on change(record_id)",
)

"""Step 7: a quote that differs from the report may be kept as its own source prints it, and no longer be listed."""

from typing import Any

from db.schema.parts import flag

_COLUMN, _RULE = flag("is_kept_as_printed")
STATEMENTS = (f"alter table quote add column {_COLUMN} {_RULE.replace('{t}', 'quote')}",)


def fill(db: Any) -> None:
    """Say in the data dictionary what the new column means."""
    db.conn.execute(
        "insert into data_dictionary (view_or_table, column_name, meaning) values ('quote', 'is_kept_as_printed', ?)",
        ("1 where it differs from the report and is to stay as its own source prints it, else 0",),
    )

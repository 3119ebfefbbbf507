"""Writes docs/data-dictionary.md from the table that every file carries: `python docs/make_data_dictionary.py`."""

import sqlite3
import sys
from itertools import groupby
from pathlib import Path

ROOT = Path(__file__).parents[1]
PAGE = ROOT / "docs" / "data-dictionary.md"
HEAD = """# Data dictionary

What each column of a file means, as the table `data_dictionary` inside every file tells it too. The views `v_*` use
words instead of codes and are the ones to read with DB Browser for SQLite or Datasette.
"""


def page() -> str:
    """The page, made from a file in memory."""
    sys.path.insert(0, str(ROOT))
    from db import schema

    connection = sqlite3.connect(":memory:", isolation_level=None)
    schema.apply_steps(connection)
    rows = connection.execute(
        "select view_or_table, column_name, meaning from data_dictionary "
        "order by min(row) over (partition by view_or_table), row"
    ).fetchall()
    connection.close()
    parts = [HEAD]
    for name, found in groupby(rows, key=lambda row: row[0]):
        lines = [(column, meaning.replace("|", "/")) for _, column, meaning in found]
        about = "".join(f"{meaning}.\n\n" for column, meaning in lines if not column)
        parts.append(f"\n## {name}\n\n{about}| column | meaning |\n|---|---|")
        parts += [f"| {column} | {meaning} |" for column, meaning in lines if column]
    return "\n".join(parts) + "\n"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")

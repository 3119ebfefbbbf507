"""Writes the listing of every schema version: `python -m db.schema.make_listings`, after a new step."""

import json
import sqlite3
from pathlib import Path

from db import schema

FOLDER = Path(__file__).parent / "listings"


def main() -> None:
    """Make a file of each version in memory and write down what it holds."""
    for version in range(1, schema.VERSION + 1):
        connection = sqlite3.connect(":memory:", isolation_level=None)
        schema.apply_steps(connection, stop_before=version + 1 if version < schema.VERSION else None)
        text = json.dumps(schema.listing(connection), ensure_ascii=False, indent=1)
        (FOLDER / f"{version}.json").write_text(text + "\n", encoding="utf-8")
        connection.close()


if __name__ == "__main__":
    main()

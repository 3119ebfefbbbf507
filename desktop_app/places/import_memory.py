"""What a person chose for the columns of a table, remembered for the next one with the same headings."""

import hashlib
import json
from collections.abc import Mapping

from desktop_app.exchange.import_fields import Vocabulary, plain
from desktop_app.exchange.import_file import Columns
from desktop_app.settings import Settings


class Memory:
    """Remembers on this machine, not in the file; of a heading only its digest is kept."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings

    def of(self, columns: Columns, words: Vocabulary) -> dict[int, str] | None:
        """What was chosen for such headings: the key of a field by a column's place; None where they are new."""
        try:
            found = json.loads(self._settings.import_columns(_digest(columns)) or "null")
            kept = {int(place): key for place, key in found.items() if key in words.fields}
        except (ValueError, AttributeError, TypeError):
            return None
        places = {column.place for column in columns.headings.columns}
        return {place: key for place, key in kept.items() if place in places}

    def keep(self, columns: Columns, fields: Mapping[int, str]) -> None:
        """Remember a choice."""
        self._settings.keep_import_columns(_digest(columns), json.dumps({str(at): key for at, key in fields.items()}))


def _digest(columns: Columns) -> str:
    headings = "\n".join(f"{column.place} {plain(column.heading)}" for column in columns.headings.columns)
    return hashlib.sha256(headings.encode("utf-8", "replace")).hexdigest()[:16]

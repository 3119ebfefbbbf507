"""Unsaved typing of rows that a form does not show at the moment."""

from collections.abc import Mapping

from db.drafts import NEW, Fields, Rows


class Stash:
    """What was typed for each inspection and each of its rows; of a new row under NEW."""

    def __init__(self) -> None:
        self._rows: dict[str, dict[str, Fields]] = {}

    def put(self, inspection_id: str, row_id: str, typing: Fields) -> None:
        """Keep the typing of a row in place of what was kept of it; empty keeps nothing."""
        self._rows.setdefault(inspection_id, {})[row_id] = typing
        if not typing:
            self.take(inspection_id, row_id)

    def put_all(self, inspection_id: str, rows: Rows) -> None:
        """Keep the typing of several rows."""
        for row_id, typing in rows.items():
            self.put(inspection_id, row_id, typing)

    def take(self, inspection_id: str, row_id: str) -> Fields:
        """Hand out the typing of a row and keep it no longer; empty where there is none."""
        rows = self._rows.get(inspection_id, {})
        typing = rows.pop(row_id, {})
        if not rows:
            self._rows.pop(inspection_id, None)
        return typing

    def take_row(self, row_id: str) -> Fields:
        """The same of an old row, for whichever inspection it was typed."""
        owner = next((key for key, rows in self._rows.items() if row_id in rows), "")
        return self.take(owner, row_id)

    def holds(self, inspection_id: str, row_id: str) -> bool:
        """Whether there is typing of a row."""
        return row_id in self._rows.get(inspection_id, {})

    def typing(self) -> dict[str, dict[str, Fields]]:
        """Everything that is kept: by inspection, then by row."""
        return {inspection_id: dict(rows) for inspection_id, rows in self._rows.items()}

    @property
    def new_rows(self) -> int:
        """How many new rows are kept."""
        return sum(NEW in rows for rows in self._rows.values())

    @property
    def old_fields(self) -> list[str]:
        """The names of the fields of old rows that are kept."""
        kept: list[Mapping[str, object]] = [
            typing for rows in self._rows.values() for row_id, typing in rows.items() if row_id != NEW
        ]
        return [name for typing in kept for name in typing]

"""Themes by inspections: how many areas for improvement of each theme every inspection of a provider has."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from db.chain_history import event_of
from db.damage import readable
from db.improvement_words import short_inspection
from db.lists import Lists
from db.records import AreaForImprovement, Inspection, Quote
from db.store import Store

NO_THEME = "No theme set"
_RECURS_FROM = 2  # inspections
_COUNTS = """
    select theme_id, inspection_id, count(*) from {table} left join {table}_theme on {table}_id = {table}.id
    where inspection_id in (select id from inspection where provider_id = ?) group by 1, 2
"""
Counts = dict[tuple[str | None, str], int]


@dataclass(frozen=True, slots=True)
class Cell:
    """How much one inspection says of one theme."""

    areas: int = 0
    quotes: int = 0

    @property
    def text(self) -> str:
        """ "2", "2 + 5" with quotes, empty for nothing."""
        if self.quotes:
            return f"{self.areas} + {self.quotes}"
        return str(self.areas) if self.areas else ""


@dataclass(frozen=True, slots=True)
class ThemeRow:
    """One theme; `theme_id` None stands for what has no theme."""

    theme_id: str | None
    name: str
    cells: tuple[Cell, ...]

    @property
    def inspections(self) -> int:
        """How many inspections have an area for improvement of it."""
        return sum(cell.areas > 0 for cell in self.cells)

    @property
    def recurs(self) -> bool:
        """Whether inspectors raised it more than once."""
        return self.theme_id is not None and self.inspections >= _RECURS_FROM

    @property
    def areas(self) -> int:
        return sum(cell.areas for cell in self.cells)


@dataclass(frozen=True, slots=True)
class Matrix:
    """The inspections of a provider that say something, the oldest first, and the themes, what recurs most first."""

    inspections: tuple[Inspection, ...]
    names: tuple[str, ...]
    rows: tuple[ThemeRow, ...]
    with_quotes: bool

    @classmethod
    @readable()
    def read(cls, store: Store, lists: Lists, provider_id: str, *, with_quotes: bool = False) -> "Matrix":
        """Count them: one reading for areas, one for quotes."""
        areas = _counts(store, "area_for_improvement", provider_id)
        quotes = _counts(store, "quote", provider_id) if with_quotes else {}
        speaking = {inspection_id for _, inspection_id in (*areas, *quotes)}
        known = (one for one in store.each(Inspection, provider_id=provider_id) if one.id in speaking)
        inspections = tuple(sorted(known, key=lambda one: (event_of(one).day, one.id)))
        names = tuple(short_inspection(lists, event_of(one)) for one in inspections)
        themes = [(theme.id, theme.name) for theme in lists.themes.values()]
        found = (_row(key, name, inspections, areas, quotes) for key, name in (*themes, (None, NO_THEME)))
        shown = [row for row in found if any(cell.text for cell in row.cells)]
        shown.sort(key=lambda row: (row.theme_id is None, -row.inspections, -row.areas))
        return cls(inspections, names, tuple(shown), with_quotes)

    def sentence(self, row: int, column: int) -> str:
        """A cell for the ear: "Private fostering, SIF 2016: 1 area for improvement"."""
        line = self.rows[row]
        cell = line.cells[column]
        counted = [_counted(cell.areas, "area for improvement", "areas for improvement")]
        if self.with_quotes:
            counted.append(_counted(cell.quotes, "quote", "quotes"))
        return f"{_capital(line.name)}, {self.names[column]}: {', '.join(counted)}"

    def recurrence(self, row: int) -> str:
        """How often a theme was raised: "in 3 of 6 inspections"."""
        return f"in {self.rows[row].inspections} of {len(self.inspections)} inspections"

    def as_text(self) -> str:
        """All of it, cells parted by tabs."""
        lines: list[Sequence[str]] = [("Theme", "Raised", *self.names)]
        lines += [
            (row.name, self.recurrence(place), *(cell.text or "0" for cell in row.cells))
            for place, row in enumerate(self.rows)
        ]
        return "\n".join("\t".join(line) for line in lines)


def said(
    store: Store, inspection_id: str, theme_id: str | None, *, with_quotes: bool
) -> list[AreaForImprovement | Quote]:
    """The words of a cell: its areas for improvement, then its quotes."""
    areas: Iterable[AreaForImprovement | Quote] = store.each(AreaForImprovement, inspection_id=inspection_id)
    quotes: Iterable[AreaForImprovement | Quote] = ()
    if with_quotes:
        quotes = store.each(Quote, inspection_id=inspection_id)
    return [one for one in (*areas, *quotes) if (theme_id in one.theme_ids if theme_id else not one.theme_ids)]


def _counts(store: Store, table: str, provider_id: str) -> Counts:
    rows = store.connection.raw.execute(_COUNTS.format(table=table), (provider_id,))
    return {(theme_id, inspection_id): count for theme_id, inspection_id, count in rows}


def _row(theme_id: str | None, name: str, inspections: Sequence[Inspection], areas: Counts, quotes: Counts) -> ThemeRow:
    keys = [(theme_id, one.id) for one in inspections]
    return ThemeRow(theme_id, name, tuple(Cell(areas.get(key, 0), quotes.get(key, 0)) for key in keys))


def _counted(count: int, one: str, many: str) -> str:
    return f"{count or 'no'} {one if count == 1 else many}"


def _capital(name: str) -> str:
    return name[:1].upper() + name[1:]

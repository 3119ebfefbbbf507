"""Which rows of a report are its judgement table: not the contents, not an earlier inspection's, not descriptors."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from desktop_app.reading.draft_labels import Labels
from desktop_app.reading.draft_lines import Strip
from desktop_app.reading.draft_rows import FEWEST_ROWS, Block, Cell, rows_of_page
from desktop_app.reading.draft_rules import rules

_LONGEST_GAP = 120.0  # points between two rows of one table
_MARGIN = 45.0
_MOST_WORDS_OF_A_HEADING = 9
_LINES_ABOVE = 3
_MOST_WORDS_OF_A_ROW = 16
_UNFINISHED = re.compile(r"\b(?:is|are|was|were|be|been|not|and|of|to|the|a|as|very|now|consistently|judged|remains?)$")
_COLUMN = re.compile(
    r"(?P<earlier>(?:previous|last|earlier|former)\s+(?:inspection\s+)?(?:grade|judgement|inspection|rating)?)"
    r"|(?:current|this|latest|new)\s+(?:inspection\s+)?(?:grade|judgement|inspection|rating)?|grade|rating"
)


@dataclass(slots=True)
class Table:
    """The rows of one table, and what stands above it."""

    blocks: list[Block]
    above: list[Strip]
    strays: list[tuple[str, Cell]] = field(default_factory=list)

    @property
    def page(self) -> int | None:
        return self.blocks[0].strips[0].page

    @property
    def keys(self) -> set[tuple[str, str]]:
        return {_key(block) for block in self.blocks}

    @property
    def is_another(self) -> bool:
        """Whether a heading above it says that it tells of another time, or of what the words mean."""
        return any(
            strip.text[:1].isupper()
            and len(strip.text.split()) <= _MOST_WORDS_OF_A_HEADING
            and rules().not_these_tables.search(strip.plain)
            for strip in self.above
            if not _COLUMN.search(strip.plain) or "grade" not in strip.plain
        )

    def current(self, cells: list[Cell]) -> Cell | None:
        """Of several grades in a row the one whose column is no earlier inspection's; None where that is unclear."""
        if len(cells) < 2:
            return cells[0] if cells else None
        header = " ".join(strip.plain for strip in sorted(self.above, key=lambda strip: strip.left))
        columns = [found["earlier"] is not None for found in _COLUMN.finditer(header)]
        if len(columns) == len(cells) and columns.count(False) == 1:
            return cells[columns.index(False)]
        return None


def _key(block: Block) -> tuple[str, str]:
    return block.labels[0].area_code, block.group


def judgement_tables(pages: list[list[Strip]], labels: Labels) -> tuple[list[Table], list[Table]]:
    """The tables that make the report's own, in reading order; and others that were left aside."""
    own: list[Table] = []
    others: list[Table] = []
    for table in _tables(pages, labels):
        keys = {key for each in own for key in each.keys}
        if table.is_another or (own and (keys & table.keys or not _goes_on(own[-1], table))):
            others.append(table)
        else:
            own.append(table)
    return own, others


def _goes_on(first: Table, second: Table) -> bool:
    """Whether a table runs over from the page before."""
    return first.page is not None and second.page is not None and second.page - first.page <= 1


def _tables(pages: list[list[Strip]], labels: Labels) -> Iterator[Table]:
    group = ""
    has_begun = False
    for strips in pages:
        for table in _tables_of_page(strips, labels, group, may_go_on=has_begun):
            yield table
            group, has_begun = table.blocks[-1].group, True


def _tables_of_page(strips: list[Strip], labels: Labels, group: str, *, may_go_on: bool) -> Iterator[Table]:
    """The tables of a page; of one that runs over from the page before, even one row at the top of it."""
    found = rows_of_page(strips, labels, group, fewest=1 if may_go_on else FEWEST_ROWS)
    for blocks in _runs(found.blocks, strips):
        goes_on = may_go_on and len(_all_above(blocks[0], strips)) <= _LINES_ABOVE
        if sum(bool(block.cells) for block in blocks) < (1 if goes_on else FEWEST_ROWS):
            continue
        table = Table(blocks, _above(blocks[0], strips))
        table.strays = _rows_beside(blocks, [stray for stray in found.strays if _is_row(*stray)])
        yield table


def _rows_beside(blocks: list[Block], strays: list[tuple[str, Cell]]) -> list[tuple[str, Cell]]:
    """The rows that stand among those of a table, above or below them."""
    found: list[tuple[str, Cell]] = []
    top, bottom = blocks[0].top - _MARGIN, max(block.bottom for block in blocks) + _MARGIN
    for words, cell in sorted(strays, key=lambda stray: stray[1].top):
        if top < cell.top < bottom:
            found.append((words, cell))
            bottom = max(bottom, cell.bottom + _MARGIN)
    return found


def _above(block: Block, strips: list[Strip]) -> list[Strip]:
    return _all_above(block, strips)[-_LINES_ABOVE:]


def _all_above(block: Block, strips: list[Strip]) -> list[Strip]:
    return [strip for strip in strips if strip.bottom <= block.top + 1 and not strip.is_edge]


def _is_row(words: str, cell: Cell) -> bool:
    """Whether a grade beside words looks like a row, not like the end of a sentence."""
    is_sentence = cell.words.endswith(".") or not cell.words[:1].isupper() or bool(_UNFINISHED.search(words.casefold()))
    return not is_sentence and bool(cell.code) and len(words.split()) <= _MOST_WORDS_OF_A_ROW


def _runs(blocks: list[Block], strips: list[Strip]) -> Iterator[list[Block]]:
    """The rows that stand together; a label that comes again under other words begins another table."""
    run: list[Block] = []
    for block in sorted(blocks, key=lambda block: block.top):
        is_again = bool(run) and _key(block) in {_key(each) for each in run}
        if run and (block.top - run[-1].bottom > _LONGEST_GAP or (is_again and _words_between(run[-1], block, strips))):
            yield run
            run = []
        run.append(block)
    if run:
        yield run


def _words_between(first: Block, second: Block, strips: list[Strip]) -> bool:
    grades = {id(strip) for block in (first, second) for cell in block.cells for strip in cell.strips}
    return any(
        first.bottom <= strip.top and strip.bottom <= second.top and id(strip) not in grades and not strip.is_edge
        for strip in strips
    )

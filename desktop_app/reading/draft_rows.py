"""Rows of a judgement table: a label and the grade that stands beside it, read together by where they stand."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from desktop_app.reading.draft_grades import code_of, goes_on, is_piece, split_tail
from desktop_app.reading.draft_labels import MOST_LETTERS, Label, Labels, bare
from desktop_app.reading.draft_lines import Strip

FEWEST_ROWS = 2  # of a table
_MOST_LINES = 6
_LONE = 100  # columns of grades that stand alone come after those that end a line
_GAP = 1.3  # of a line's height, between lines of one label or of one grade


@dataclass(slots=True)
class Cell:
    """A grade as it is printed, perhaps over several lines."""

    words: str
    strips: list[Strip]
    is_beside: bool  # it ends a line that begins with words, so its row is known
    column: int = 0  # counted where several end one line

    @property
    def top(self) -> float:
        return min(strip.top for strip in self.strips)

    @property
    def bottom(self) -> float:
        return max(strip.bottom for strip in self.strips)

    @property
    def code(self) -> str:
        return code_of(self.words)


@dataclass(slots=True)
class Block:
    """The lines of a label that names an area, and the grades that stand beside it."""

    labels: list[Label]
    words: str
    strips: list[Strip]
    is_exact: bool
    cells: list[Cell] = field(default_factory=list)
    group: str = ""

    @property
    def top(self) -> float:
        return self.strips[0].top

    @property
    def bottom(self) -> float:
        return max(strip.bottom for strip in self.strips)


@dataclass(slots=True)
class _Part:
    """A line taken apart: what may be of a label, and the grades at its end."""

    strip: Strip
    words: str
    tails: list[str]


@dataclass(slots=True)
class PageRows:
    """What one page holds of tables: labels with their grades, and grades beside no label."""

    blocks: list[Block]
    strays: list[tuple[str, Cell]]


def rows_of_page(strips: list[Strip], labels: Labels, group: str = "", *, fewest: int = FEWEST_ROWS) -> PageRows:
    """The labels of a page and the grades beside them; nothing is said yet of which table they are of.

    Args:
        group: the heading of a group that the page before ended in.
        fewest: a page with less grades than that is not looked at.
    """
    parts = _all_taken_apart([strip for strip in strips if not strip.is_edge])
    if sum(bool(part.tails) for part in parts) < fewest:  # as on most pages
        return PageRows([], [])
    blocks = _blocks([part for part in parts if part.words], labels, group)
    if not blocks:
        return PageRows([], [])
    lone = _lone_cells([part for part in parts if not part.words])
    strays: list[tuple[str, Cell]] = []
    owners = {id(strip): block for block in blocks for strip in block.strips}
    for part in parts:
        tails = [Cell(tail, [part.strip], True, at) for at, tail in enumerate(part.tails) if part.words]
        if owner := owners.get(id(part.strip)):
            owner.cells += tails
        else:
            strays += [(part.words, cell) for cell in tails]
    _give(lone, blocks, strays, parts)
    for block in blocks:
        block.cells = _joined(block.cells)
    return PageRows(blocks, strays)


def _all_taken_apart(strips: list[Strip]) -> list[_Part]:
    parts: list[_Part] = []
    for strip in strips:
        above = next((part for part in reversed(parts[-2:]) if part.words and part.tails), None)
        is_below = above is not None and _is_just_below(above.strip, strip)
        parts.append(_taken_apart(strip, above.tails[-1] if above and is_below else ""))
    return parts


def _taken_apart(strip: Strip, after: str) -> _Part:
    if is_piece(strip.text):
        return _Part(strip, "", [strip.text])
    words, tails = strip.text, list[str]()
    while True:
        if tails and is_piece(words):  # two grades side by side, without a label
            return _Part(strip, "", [words, *tails])
        words, tail = split_tail(words, after)
        after = ""
        if not tail:
            return _Part(strip, words, tails)
        tails.insert(0, tail)


def _blocks(parts: list[_Part], labels: Labels, group: str) -> list[Block]:
    """The longest run of lines from each line on that makes a label."""
    found: list[Block] = []
    at = 0
    while at < len(parts):
        if labels.groups:
            group = labels.groups.get(bare(parts[at].words), group)
        block = _block_from(parts, at, labels)
        if block:
            block.group = group
            found.append(block)
            at += len(block.strips)
        else:
            at += 1
    return found


def _block_from(parts: list[_Part], at: int, labels: Labels) -> Block | None:
    first = parts[at]
    if not labels.may_begin(first.strip.plain):
        return None
    words, best = "", None
    for length, part in enumerate(parts[at : at + _MOST_LINES], start=1):
        if length > 1 and not _is_just_below(parts[at + length - 2].strip, part.strip):
            break
        words = f"{words} {part.words}".strip()
        if len(words) > min(labels.longest + 20, MOST_LETTERS):
            break
        named, is_exact = labels.named(words)
        if named and (best is None or is_exact or not best.is_exact):
            best = Block(named, words, [each.strip for each in parts[at : at + length]], is_exact)
    return best


def _is_just_below(above: Strip, below: Strip) -> bool:
    return below.top - above.bottom < _GAP * above.size


def _lone_cells(parts: list[_Part]) -> list[Cell]:
    """Grades that stand alone on their lines, those that wrap put together, column by column."""
    columns: dict[int, list[_Part]] = {}
    for part in sorted(parts, key=lambda part: part.strip.left):
        near = next((left for left in columns if abs(left - part.strip.left) < 3 * part.strip.size), None)
        columns.setdefault(round(part.strip.left) if near is None else near, []).append(part)
    found: list[Cell] = []
    for column, parts_of_column in enumerate(columns.values(), start=1):
        cell: Cell | None = None
        for part in sorted(parts_of_column, key=lambda part: part.strip.top):
            if cell and goes_on(cell.words, part.tails[0]) and _is_just_below(cell.strips[-1], part.strip):
                cell.words += f" {part.tails[0]}"
                cell.strips.append(part.strip)
            else:
                cells = [Cell(tail, [part.strip], False, _LONE * column + at) for at, tail in enumerate(part.tails)]
                found += cells
                cell = cells[0] if len(cells) == 1 else None
    return found


def _give(cells: Iterable[Cell], blocks: list[Block], strays: list[tuple[str, Cell]], parts: list[_Part]) -> None:
    """Each grade to the label whose band it shares; in pasted text to the label before it."""
    for cell in cells:
        if begun := next((block for block in blocks if _begins(block, cell)), None):
            begun.cells.append(cell)
            continue
        if cell.strips[0].page is None:
            owner = max((block for block in blocks if block.top < cell.top), key=lambda block: block.top, default=None)
            is_near = owner is not None and not _is_full(owner, cell) and not _text_between(owner, cell, parts)
        else:
            owner = max(blocks, key=lambda block: (_overlap(block, cell), -_distance(block, cell)))
            is_near = _overlap(owner, cell) > 0 or _distance(owner, cell) < cell.strips[0].size
        if owner and is_near:
            owner.cells.append(cell)
        else:
            strays.append((_beside(cell, parts), cell))


def _begins(block: Block, cell: Cell) -> bool:
    """Whether a line of the label ends with the beginning of a grade that goes on just below."""
    return not code_of(cell.words) and any(
        each.is_beside and goes_on(each.words, cell.words) and 0 < cell.top - each.top < 2 * cell.strips[0].size
        for each in block.cells
    )


def _is_full(block: Block, cell: Cell) -> bool:
    """Whether a grade ended the label's own line, so that the next one belongs to a row without words."""
    return any(each.is_beside and each.code and not goes_on(each.words, cell.words) for each in block.cells)


def _text_between(block: Block, cell: Cell, parts: list[_Part]) -> bool:
    return any(part.words and block.bottom <= part.strip.top and part.strip.bottom <= cell.top for part in parts)


def _overlap(block: Block, cell: Cell) -> float:
    return max(0.0, min(block.bottom, cell.bottom) - max(block.top, cell.top))


def _distance(block: Block, cell: Cell) -> float:
    return abs(block.top + block.bottom - cell.top - cell.bottom) / 2


def _beside(cell: Cell, parts: list[_Part]) -> str:
    """The words of the lines that stand beside a grade."""
    return " ".join(
        part.words
        for part in parts
        if part.words and part.strip.top < cell.bottom and cell.top < part.strip.bottom and not part.tails
    )


def _joined(cells: list[Cell]) -> list[Cell]:
    """A grade whose beginning ends a line of the label, and whose end stands below, is one."""
    found: list[Cell] = []
    for cell in sorted(cells, key=lambda cell: (cell.top, cell.column)):
        if found and goes_on(found[-1].words, cell.words) and cell.strips[0] not in found[-1].strips:
            found[-1].words += f" {cell.words}"
            found[-1].strips += cell.strips
        else:
            found.append(cell)
    return found

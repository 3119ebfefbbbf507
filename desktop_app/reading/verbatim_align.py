"""Two rows of words side by side: which of them agree, so that as few as can be differ."""

from difflib import SequenceMatcher
from itertools import pairwise

_ANCHOR = 4  # words in a row that agree not by chance
_REACH = 4  # words dropped before the first or the last few
_MOST_CELLS = 60_000
_CHANGED, _ADDED, _DROPPED, _AGREES = 12, 11, 7, -4  # words are rather dropped than changed, and agree at best

Block = tuple[int, int, int]  # where it begins in the one row and in the other, and how many words agree


def blocks(row: str, window: str) -> list[Block]:
    """The runs of words that agree, in order; the ends of the window count for nothing.

    Long runs are taken as they are; what stands between them is compared by the least number of words that differ.
    """
    matcher = SequenceMatcher(None, row, window, autojunk=False)
    anchors = [tuple(block) for block in matcher.get_matching_blocks() if block.size >= _ANCHOR]
    edges = [(0, 0, 0), *anchors, (len(row), len(window), 0)]
    pairs: list[tuple[int, int]] = []
    for number, ((a, b, size), (next_a, next_b, _)) in enumerate(pairwise(edges)):
        pairs += [(a + step, b + step) for step in range(size)]
        start, end = b + size, next_b
        own = next_a - a - size
        if number == 0 and anchors:
            start = max(start, end - own - _REACH)  # what stands further away is no part of it
        elif number == len(anchors) and anchors:
            end = min(end, start + own + _REACH)
        is_first, is_last = number == 0, number == len(anchors)
        found = _pairs(row[a + size : next_a], window[start:end], is_first, is_last)
        pairs += [(a + size + one, start + other) for one, other in found]
    return _runs(pairs)


def _runs(pairs: list[tuple[int, int]]) -> list[Block]:
    found: list[Block] = []
    for a, b in pairs:
        if found and (found[-1][0] + found[-1][2], found[-1][1] + found[-1][2]) == (a, b):
            found[-1] = (*found[-1][:2], found[-1][2] + 1)
        else:
            found.append((a, b, 1))
    return found


def _pairs(one: str, other: str, is_start_free: bool, is_end_free: bool) -> list[tuple[int, int]]:
    """Which words agree when as few as can be are dropped, added or changed; free ends of the other cost nothing."""
    if not one or not other or len(one) * len(other) > _MOST_CELLS:
        return []
    width = len(other) + 1
    rows = [[0] * width if is_start_free else list(range(0, width * _DROPPED, _DROPPED))]
    for at, word in enumerate(one, start=1):
        last, row = rows[-1], [at * _ADDED]
        for column, letter in enumerate(other):
            best = last[column] + (_CHANGED if word != letter else _AGREES)
            if last[column + 1] + _ADDED < best:
                best = last[column + 1] + _ADDED
            if row[column] + _DROPPED < best:
                best = row[column] + _DROPPED
            row.append(best)
        rows.append(row)
    end = min(range(width), key=rows[-1].__getitem__) if is_end_free else len(other)
    return _walked_back(one, other, rows, end)


def _walked_back(one: str, other: str, rows: list[list[int]], column: int) -> list[tuple[int, int]]:
    found, at = [], len(one)
    while at and column:
        cost = rows[at][column]
        if one[at - 1] == other[column - 1] and rows[at - 1][column - 1] + _AGREES == cost:
            at, column = at - 1, column - 1
            found.append((at, column))
        elif rows[at - 1][column - 1] + _CHANGED == cost:
            at, column = at - 1, column - 1
        elif rows[at - 1][column] + _ADDED == cost:
            at -= 1
        else:
            column -= 1
    return found[::-1]

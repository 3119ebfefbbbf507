"""Where a part of a quote stands in a report, word for word or nearly so."""

import math
from collections import defaultdict
from dataclasses import dataclass, field
from itertools import pairwise
from typing import NamedTuple

from desktop_app.reading.verbatim_align import Block, blocks
from desktop_app.reading.verbatim_stream import Stream

_MOST_PLACES = 200  # of two words side by side
_MOST_OF_ONE = 12  # a single word tells a place only where it is rare
_MOST_CANDIDATES = 3
_TIGHT = 3  # words that two parts of a place may have moved
_SLACK = 6  # words
_FEW = 2  # words that agree by chance
_FAR = 3  # words of the report left out before a single word that agrees: it is a chance


class Change(NamedTuple):
    """Words `first` up to `last` of a part, for which the report has its words `start` up to `end`."""

    first: int
    last: int
    start: int
    end: int

    @property
    def cost(self) -> int:
        return max(self.last - self.first, self.end - self.start)


@dataclass(frozen=True, slots=True)
class Match:
    """A part of a quote and the words of the report that it is, or nearly is."""

    start: int
    end: int
    changes: tuple[Change, ...] = ()
    runs: tuple[int, ...] = field(default=())  # lengths of the rows of words that agree

    @property
    def cost(self) -> int:
        """How many words differ."""
        return sum(change.cost for change in self.changes)


def exact(row: str, stream: Stream, start: int = 0, end: int | None = None) -> list[Match]:
    """The places where a row of words stands word for word."""
    return [Match(at, at + len(row), runs=(len(row),)) for at in stream.places(row, start, end)]


def near(row: str, stream: Stream, start: int = 0, end: int | None = None) -> list[Match]:
    """The places most like a row of words, the likest first; none where hardly a word agrees."""
    end = len(stream.text) if end is None else end
    votes = _votes(row, stream, start, end)
    found: list[Match] = []
    for width in (_TIGHT, max(2 * _SLACK, len(row) // 2)):
        for low, high in _heaviest(votes, width):
            if match := _aligned(row, stream, max(start, low - _SLACK), min(end, high + len(row) + _SLACK)):
                found.append(match)
                if match.cost == 1:
                    return [match]
    return sorted(found, key=lambda match: match.cost)


def _votes(row: str, stream: Stream, start: int, end: int) -> list[tuple[int, float]]:
    """Where the row may begin, by its rare words and its words side by side, with how much speaks for it."""
    votes: defaultdict[int, float] = defaultdict(float)
    for size, most in ((2, _MOST_PLACES), (1, _MOST_OF_ONE)):
        for at in range(len(row) - size + 1):
            places = stream.places(row[at : at + size], start, end, most + 1)
            if 0 < len(places) <= most:
                weight = 1 / math.sqrt(len(places))
                for place in places:
                    votes[place - at] += weight
    return sorted(votes.items())


def _heaviest(votes: list[tuple[int, float]], width: int) -> list[tuple[int, int]]:
    """The spans no wider than `width` with most votes, that do not overlap."""
    spans: list[tuple[float, int, int]] = []
    total, left = 0.0, 0
    for place, weight in votes:
        total += weight
        while votes[left][0] < place - width:
            total -= votes[left][1]
            left += 1
        spans.append((total, votes[left][0], place))
    found: list[tuple[int, int]] = []
    for _, low, high in sorted(spans, reverse=True):
        if all(high < other_low or low > other_high for other_low, other_high in found):
            found.append((low, high))
            if len(found) == _MOST_CANDIDATES:
                break
    return found


def _aligned(row: str, stream: Stream, low: int, high: int) -> Match | None:
    found = [(a, low + b, size) for a, b, size in blocks(row, stream.text[low:high])]
    if not found:
        return None
    found = _without_chances(found, stream)
    inner = [Change(a + size, next_a, b + size, next_b) for (a, b, size), (next_a, next_b, _) in pairwise(found)]
    first, last = found[0], found[-1]
    begin = _before(stream, first[0], first[1], low)
    end = _after(stream, len(row) - last[0] - last[2], last[1] + last[2], high)
    changes = [
        Change(0, first[0], begin, first[1]),
        *inner,
        Change(last[0] + last[2], len(row), last[1] + last[2], end),
    ]
    return Match(begin, end, tuple(one for one in changes if one.cost), tuple(size for _, _, size in found))


def _without_chances(found: list[Block], stream: Stream) -> list[Block]:
    """Leave out a word or two at the ends that agree only by chance: far from the rest, or in another sentence."""
    while len(found) > 1 and _is_chance(found[0], found[1], found[0][2], stream):
        found = found[1:]
    while len(found) > 1 and _is_chance(found[-2], found[-1], found[-1][2], stream):
        found = found[:-1]
    return found


def _is_chance(first: Block, second: Block, size: int, stream: Stream) -> bool:
    own, left_out = second[0] - first[0] - first[2], second[1] - first[1] - first[2]
    if abs(left_out - own) > _FAR * size:
        return True
    if own < size or size > _FEW:
        return False
    return any(stream.ends_sentence(at) for at in range(first[1] + first[2] - 1, second[1]))


def _before(stream: Stream, count: int, at: int, low: int) -> int:
    """Where the report's words begin that stand in place of the first words of a quote: in the same sentence."""
    while count and at > low and not stream.begins_sentence(at):
        at, count = at - 1, count - 1
    return at


def _after(stream: Stream, count: int, at: int, high: int) -> int:
    while count and at < high and not stream.ends_sentence(at - 1):
        at, count = at + 1, count - 1
    return at

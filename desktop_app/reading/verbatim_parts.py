"""The parts of a quote put into a report in order: the longest first, the others before and after it."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import NamedTuple

from desktop_app.reading.verbatim_match import Change, Match, exact, near
from desktop_app.reading.verbatim_stream import Stream
from desktop_app.reading.verbatim_words import Part

_MOST_ANCHORS = 40
_MOST_LOOKS = 400  # anchors times parts
_REACH = 1_500  # words between two parts that are not word for word the report's
_NOT_PLACED = 2  # times its words


class Wish(NamedTuple):
    """What a quote should look like at its place: its page where that is known, and whether it is a whole sentence."""

    page: int | None = None
    is_sentence: bool = False


_ANY = Wish()


@dataclass(frozen=True, slots=True)
class Placed:
    """Where the parts of a quote stand; None for a part that was not found."""

    parts: tuple[Part, ...]
    matches: tuple[Match | None, ...]
    stream: Stream

    @property
    def cost(self) -> int:
        """How many words differ."""
        return sum(
            match.cost if match else _NOT_PLACED * len(part.words)
            for part, match in zip(self.parts, self.matches, strict=True)
        )

    def without(self, is_same: Callable[[Part, Change], bool]) -> "Placed":
        """The same without those changes that are none."""
        matches = tuple(
            match and replace(match, changes=tuple(one for one in match.changes if not is_same(part, one)))
            for part, match in zip(self.parts, self.matches, strict=True)
        )
        return replace(self, matches=matches)


def place_exactly(parts: list[Part], rows: list[str], stream: Stream, wish: Wish = _ANY) -> Placed | None:
    """The best place where every word of all parts stands, in order.

    Args:
        rows: the letters of each part's words.
        wish: decides between several places; after that, numbered paragraphs are preferred.
    """
    anchor = _longest(rows)
    anchors = _anchors(rows[anchor], len(rows), stream)
    found = [Placed(tuple(parts), _around(rows, anchor, match, stream, True), stream) for match in anchors]
    return _best([placed for placed in found if not placed.cost], wish)


def place_nearly(
    parts: list[Part], rows: list[str], stream: Stream, wish: Wish, is_same: Callable[[Part, Change], bool]
) -> Placed | None:
    """The place where fewest words of all parts differ.

    Args:
        is_same: whether a change is none after all.
    """
    anchor = _longest(rows)
    anchors = _anchors(rows[anchor], len(rows), stream) or near(rows[anchor], stream)
    found = [Placed(tuple(parts), _around(rows, anchor, match, stream, False), stream) for match in anchors]
    return _best([placed.without(is_same) for placed in found], wish)


def _anchors(row: str, count: int, stream: Stream) -> list[Match]:
    """The places where the longest of so many parts stands word for word."""
    return exact(row, stream)[: max(1, min(_MOST_ANCHORS, _MOST_LOOKS // count))]


def _longest(rows: list[str]) -> int:
    return max(range(len(rows)), key=lambda at: len(rows[at]))


def _best(found: list[Placed], wish: Wish) -> Placed | None:
    return min(found, key=lambda placed: (placed.cost, *_rank(placed, wish)), default=None)


def _around(rows: list[str], anchor: int, match: Match, stream: Stream, is_exact: bool) -> tuple[Match | None, ...]:
    matches: list[Match | None] = [None] * len(rows)
    matches[anchor] = match
    end = match.start
    for at in range(anchor - 1, -1, -1):
        matches[at] = found = _nearest(rows[at], stream, max(0, end - _REACH), end, is_exact, is_last=True)
        end = found.start if found else end
    start = match.end
    for at in range(anchor + 1, len(rows)):
        matches[at] = found = _nearest(rows[at], stream, start, start + _REACH, is_exact, is_last=False)
        start = found.end if found else start
    return tuple(matches)


def _nearest(row: str, stream: Stream, start: int, end: int, is_exact: bool, *, is_last: bool) -> Match | None:
    at = stream.text.rfind(row, 0, end) if is_last else stream.text.find(row, start)
    if at >= 0:
        return Match(at, at + len(row), runs=(len(row),))
    if is_exact:
        return None
    found = near(row, stream, start, min(end, len(stream.text)))
    return found[0] if found and 2 * sum(found[0].runs) >= len(row) else None


def _rank(placed: Placed, wish: Wish) -> tuple[bool, bool, bool, int, int]:
    """What decides between places that are equally good."""
    matches = [match for match in placed.matches if match]
    at, word = placed.stream.word(matches[0].start)
    paragraph = placed.stream.paragraphs[at]
    is_elsewhere = wish.page is not None and paragraph.page_at(word.start) != wish.page
    is_whole = placed.stream.begins_sentence(matches[0].start) and placed.stream.ends_sentence(matches[-1].end - 1)
    return (
        is_elsewhere,
        wish.is_sentence and not is_whole,
        paragraph.within is None,
        matches[-1].end - matches[0].start,
        matches[0].start,
    )

"""What a lane of a timeline is made of once it has its place: marks, bands, breaks. No Qt."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Generic, NamedTuple, TypeVar

from db.timeline import Band, Break, Event, Form
from desktop_app.views.timeline_measures import Box, Words

MARKLESS = (Form.SHARED, Form.ABSENT)  # their words are the mark
WORDED = (Form.VISIT, Form.OPEN, Form.OTHER, Form.DUE)  # their words stand beside the mark
SMALL = (Form.OTHER, Form.DUE)


class MarkBox(NamedTuple):
    """An event in its place; `days` is the strip of the days that a partial date may mean.

    `is_covered` marks one that later marks hide all but entirely, so that it need not be painted.
    """

    event: Event
    box: Box
    words: Words | None = None
    days: Box | None = None
    is_covered: bool = False


class BandBox(NamedTuple):
    """A band in its place; `lines` hold its label. One that `is_covered` need not be painted."""

    band: Band
    box: Box
    lines: tuple[Words, ...] = ()
    is_covered: bool = False


@dataclass(frozen=True, slots=True)
class BreakBox:
    """A dashed line from `top` to `bottom` among the lanes."""

    change: Break
    x: float
    top: float
    bottom: float
    words: Words | None


Item = TypeVar("Item")


class Made(Generic[Item]):
    """Items that are each made when they are first asked for, and kept."""

    def __init__(self, count: int, make: Callable[[int], Item]) -> None:
        self._count, self._make = count, make
        self.made: dict[int, Item] = {}

    def __len__(self) -> int:
        return self._count

    def __iter__(self) -> Iterator[Item]:
        return (self[number] for number in range(self._count))

    def __getitem__(self, number: int) -> Item:
        found = self.made.get(number)
        if found is None:
            if not -self._count <= number < self._count:
                raise IndexError(number)
            found = self.made[number] = self._make(number % self._count)
        return found

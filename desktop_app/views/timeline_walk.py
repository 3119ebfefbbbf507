"""Where an arrow key leads on a timeline. No Qt."""

from collections.abc import Sequence
from datetime import date
from enum import Enum, auto

from db.timeline import Event, Lane

Place = tuple[int, int]  # the lane's number and the event's number in it


class Step(Enum):
    """What a key asks for: within a lane, or across lanes."""

    BACK = auto()
    ON = auto()
    FIRST = auto()
    LAST = auto()
    UP = auto()
    DOWN = auto()
    TOP = auto()
    BOTTOM = auto()


ACROSS = (Step.UP, Step.DOWN, Step.TOP, Step.BOTTOM)


def walked(lanes: Sequence[Lane], at: Place, step: Step, day: date, is_whole: bool = False) -> Place:
    """The event that a key leads to from the event at a place; the same one where there is none further.

    Args:
        day: where in time a walk across lanes goes along, so that a far event does not turn it aside.
        is_whole: the first and the last event are those of the first and the last lane.
    """
    row, column = at
    if step in ACROSS:
        return _across(lanes, at, step, day)
    if step is Step.BACK:
        return row, max(0, column - 1)
    if step is Step.ON:
        return row, min(len(lanes[row].events) - 1, column + 1)
    if is_whole:
        with_events = [place for place, lane in enumerate(lanes) if lane.events]
        row = with_events[0] if step is Step.FIRST else with_events[-1]
    return row, 0 if step is Step.FIRST else len(lanes[row].events) - 1


def _across(lanes: Sequence[Lane], at: Place, step: Step, day: date) -> Place:
    """Into the next lane that holds something, or the outermost one, to the event nearest in time."""
    row, column = at
    rows = range(row - 1, -1, -1) if step in (Step.UP, Step.TOP) else range(row + 1, len(lanes))
    with_events = [place for place in rows if lanes[place].events]
    if not with_events:
        return at
    target = with_events[0] if step in (Step.UP, Step.DOWN) else with_events[-1]
    return target, _nearest(lanes[target].events, lanes[row].events[column], day)


def _nearest(events: Sequence[Event], event: Event, day: date) -> int:
    """The number of the event of the same inspection, where the walk stands there; else of the nearest in time."""
    if event.first == day:
        for place, one in enumerate(events):
            if one.inspection_id == event.inspection_id:
                return place
    distances = [abs(one.first - day) for one in events]
    return distances.index(min(distances))

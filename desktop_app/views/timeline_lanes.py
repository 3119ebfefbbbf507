"""Where marks, bands and their words stand on the lanes of a timeline. Arithmetic alone, no Qt."""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import TypeVar

from db.timeline import Band, Break, Event, Form, Lane
from desktop_app.views.timeline_measures import Box, Sizes, Span, Words, shortened

THINNEST_PX = 6  # a band that is narrower tells nothing that its mark does not
MARKLESS = (Form.SHARED, Form.ABSENT)  # their words are the mark
WORDED = (Form.VISIT, Form.OPEN, Form.OTHER, Form.DUE)  # their words stand beside the mark
SMALL = (Form.OTHER, Form.DUE)
CROWDED = 0.3  # of a mark's width


@dataclass(frozen=True, slots=True)
class MarkBox:
    """An event in its place; `days` is the strip of the days that a partial date may mean.

    `is_covered` marks one that later marks hide all but entirely, so that it need not be painted.
    """

    event: Event
    box: Box
    words: Words | None = None
    days: Box | None = None
    is_covered: bool = False


@dataclass(frozen=True, slots=True)
class BandBox:
    """A band in its place; `lines` hold its label. One that `is_covered` need not be painted."""

    band: Band
    box: Box
    lines: tuple[Words, ...] = ()
    is_covered: bool = False


AnyBox = TypeVar("AnyBox", MarkBox, BandBox)


@dataclass(frozen=True, slots=True)
class LaneBox:
    """A lane in its place, with its name and, below the name, what the whole lane must tell."""

    lane: Lane
    box: Box
    marks: tuple[MarkBox, ...]
    bands: tuple[BandBox, ...]
    name: Words
    note: Words | None


@dataclass(frozen=True, slots=True)
class BreakBox:
    """A dashed line from `top` to `bottom` among the lanes."""

    change: Break
    x: float
    top: float
    bottom: float
    words: Words | None


def shown(boxes: Sequence[AnyBox], left: float, right: float) -> Sequence[AnyBox]:
    """Those of a lane that may show between two places: their left edges are in order."""
    first = bisect_right(boxes, left, key=lambda one: one.box.x) - 2
    last = bisect_right(boxes, right, key=lambda one: one.box.x) + 1
    return boxes[max(first, 0) : last]


def lay_lane(lane: Lane, row: int, span: Span, gutter: float, width: float, sizes: Sizes) -> LaneBox:
    box = Box(0, row * sizes.lane_px, width, sizes.lane_px)
    boxes = _mark_boxes(lane.events, box, span, sizes)
    last_of = {event.inspection_id: place for place, event in enumerate(lane.events)}
    reach, covered = _reach(lane.events, boxes), _covered(boxes, sizes)
    bands = tuple(_band(band, last_of.get(band.inspection_id), boxes, reach, box, span, sizes) for band in lane.bands)
    shared = {one.band.inspection_id: one.box for one in bands}
    marks: list[MarkBox] = []
    taken_px = 0.0
    for place, event in enumerate(lane.events):
        at = boxes[place]
        if event.form in MARKLESS and (wide := shared.get(event.inspection_id)) and wide.width > at.width:
            at = wide
        words = _beside(event, place, boxes, taken_px, width, sizes)
        taken_px = max(taken_px, words.box.right) if words else taken_px
        marks.append(MarkBox(event, at, words, _days(event, boxes[place], span, sizes), place in covered))
    name, note = _named(lane, box, gutter, sizes)
    return LaneBox(lane, box, tuple(marks), bands, name, note)


def _named(lane: Lane, box: Box, gutter: float, sizes: Sizes) -> tuple[Words, Words | None]:
    room = gutter - 1.5 * sizes.em_px
    text = shortened(lane.label, room, sizes.width_of) or lane.label
    if not lane.note:
        return Words(text, Box(sizes.em_px / 2, box.y, room, box.height)), None
    half = sizes.line_px
    top = box.y + (box.height - 2 * half) / 2
    note = shortened(lane.note, room, sizes.small_width_of)
    name = Words(text, Box(sizes.em_px / 2, top, room, half))
    return name, Words(note, Box(sizes.em_px / 2, top + half, room, half)) if note else None


def _mark_boxes(events: Sequence[Event], lane: Box, span: Span, sizes: Sizes) -> list[Box]:
    """Each mark at its day, moved aside by up to its own width where the one before stands there."""
    boxes: list[Box] = []
    for place, event in enumerate(events):
        size = _size(event, sizes)
        true_x = span.x_of(event.first)
        if event.form in WORDED:
            true_x = (true_x + span.end_of(event.last) - size) / 2
        x = true_x
        if boxes:
            beside = boxes[-1].right + sizes.gap_px
            is_same = events[place - 1].inspection_id == event.inspection_id
            if true_x < beside and (is_same or beside - true_x <= size):
                x = beside
            x = max(x, boxes[-1].x)
        boxes.append(Box(x, lane.y + (lane.height - size) / 2, size, size))
    return boxes


def _size(event: Event, sizes: Sizes) -> float:
    return round(sizes.mark_px * 0.55) if event.form in SMALL else sizes.mark_px


def _days(event: Event, box: Box, span: Span, sizes: Sizes) -> Box | None:
    """The strip that shows which days a date known to the month or the year may mean."""
    if event.first == event.last or event.form in (*MARKLESS, Form.FINDINGS):
        return None
    left, right = span.x_of(event.first), span.end_of(event.last)
    height = max(3.0, sizes.line_px / 5)
    middle = box.y + box.height / 2
    return Box(left, middle + sizes.mark_px / 2 + 1 - height / 2, right - left, height)


def _reach(events: Sequence[Event], boxes: Sequence[Box]) -> list[float]:
    """How far the marks up to each one cover the lane."""
    rights = (0.0 if event.form in MARKLESS else box.right for event, box in zip(events, boxes, strict=True))
    return list(accumulate(rights, max))


def _covered(boxes: Sequence[Box], sizes: Sizes) -> set[int]:
    """The numbers of the marks of which later ones leave no letter to be read: a crowd is painted in bins."""
    found, painted = set(), float("inf")
    for place in range(len(boxes) - 1, -1, -1):
        if painted - boxes[place].x < sizes.mark_px * CROWDED:
            found.add(place)
        else:
            painted = boxes[place].x
    return found


def _band(
    band: Band, own: int | None, boxes: Sequence[Box], reach: Sequence[float], lane: Box, span: Span, sizes: Sizes
) -> BandBox:
    """A band with its label between the marks before and the next one.

    Args:
        own: the number of the last mark of its inspection, None for a band without any, after all marks.
        reach: how far the marks up to each one cover the lane.
    """
    left, right = span.x_of(band.first), span.end_of(band.last) - 1.5
    box = Box(left, lane.y + (lane.height - sizes.mark_px) / 2, max(right - left, 3), sizes.mark_px)
    if own is not None and band.form not in MARKLESS and box.width <= THINNEST_PX:
        return BandBox(band, box, (), True)
    following = boxes[own + 1].x if own is not None and own + 1 < len(boxes) else None
    start = max([box.x, *reach[-1:]] if own is None else [box.x, reach[own]])
    stop = box.right if following is None else min(box.right, following)
    padding = sizes.gap_px if band.form is Form.ABSENT else sizes.em_px * 0.75
    room = Box(start + padding, box.y, stop - start - padding - sizes.gap_px, box.height)
    if band.form is Form.ABSENT:
        free = room if following is None else room._replace(width=following - room.x)
        lines = list(_reason(band.label, room, room, lane, sizes)) or _reason(band.label, room, free, lane, sizes)
        return BandBox(band, box, tuple(lines))
    width_of = sizes.small_width_of if band.form is Form.SHARED else sizes.label_width_of
    text = shortened(band.label, room.width, width_of)
    own_mark = boxes[own] if own is not None and band.form not in MARKLESS else None
    is_under = own_mark is not None and own_mark.x <= box.x and box.right < own_mark.right
    return BandBox(band, box, (Words(text, room),) if text else (), is_under)


def _reason(text: str, room: Box, free: Box, lane: Box, sizes: Sizes) -> Iterator[Words]:
    """A small text in one line, or broken at its comma into two; nothing where those are wider than what is free."""
    width_of = sizes.small_width_of
    lines = [text]
    if width_of(text) > room.width and ", " in text:
        head, _, tail = text.partition(", ")
        lines = [f"{head},", tail]
    if any(width_of(line) > free.width for line in lines):
        return
    top = lane.y + (lane.height - len(lines) * sizes.line_px) / 2
    for place, line in enumerate(lines):
        yield Words(line, Box(free.x, top + place * sizes.line_px, free.width, sizes.line_px))


def _beside(
    event: Event, place: int, boxes: Sequence[Box], taken_px: float, width: float, sizes: Sizes
) -> Words | None:
    """The words beside a mark without a band: on the right, else on the left, else shortened, else none.

    Args:
        taken_px: how far the words of the marks before reach.
    """
    if event.form not in WORDED:
        return None
    box, padding = boxes[place], sizes.em_px * 0.6
    top = box.y + (box.height - sizes.mark_px) / 2  # a dot is lower than the letters beside it
    left_edge = max(taken_px, boxes[place - 1].right) if place else box.x
    right_edge = boxes[place + 1].x if place + 1 < len(boxes) else width
    on_right, on_left = right_edge - box.right - 2 * padding, box.x - left_edge - 2 * padding
    wanted = sizes.small_width_of(event.label)
    if on_right < wanted <= on_left:
        return Words(event.label, Box(box.x - padding - wanted, top, wanted, sizes.mark_px))
    text = shortened(event.label, on_right, sizes.small_width_of) if box.right + padding >= taken_px else ""
    if not text:
        return None
    return Words(text, Box(box.right + padding, top, sizes.small_width_of(text), sizes.mark_px))

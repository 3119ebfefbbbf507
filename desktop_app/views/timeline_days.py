"""The days of a timeline as numbers, worked out once, whatever the zoom. No Qt."""

from db.timeline import Event, Lane, Timeline
from desktop_app.views.timeline_boxes import MARKLESS, SMALL, WORDED

Rows = dict[str, list[tuple[int, int]]]


class LaneDays:
    """The days of one lane.

    Its marks stand by their anchors: the middle of the days that a date may mean where words stand beside
    the mark, else the first one. A place is a number in that order, a column one in the order of events.
    """

    def __init__(self, lane: Lane) -> None:
        anchors = [_anchor(event) for event in lane.events]
        self.column_at = sorted(range(len(anchors)), key=anchors.__getitem__)
        self.place_of = {column: place for place, column in enumerate(self.column_at)}
        self.lane = lane
        self.events = [lane.events[column] for column in self.column_at]
        self.anchors = [anchors[column] for column in self.column_at]
        self.last_of = {event.inspection_id: place for place, event in enumerate(self.events)}
        self.band_of = {band.inspection_id: number for number, band in enumerate(lane.bands)}
        self.band_days = [band.first.toordinal() for band in lane.bands]
        self.band_ends = [band.last.toordinal() + 1 for band in lane.bands]
        self.place_of_band = [self.last_of.get(band.inspection_id) for band in lane.bands]
        self.has_runs = len(self.last_of) < len(self.events)
        self.is_small = all(event.form in SMALL for event in self.events)
        self.is_centred = [event.form in WORDED for event in self.events]
        self.partly_known = [place for place, event in enumerate(self.events) if event.on.day is None]
        self.marked = self._marked()

    def _marked(self) -> list[int]:
        """For each place the last one up to it that has a mark of its own, -1 before the first."""
        found, last = [], -1
        for place, event in enumerate(self.events):
            last = last if event.form in MARKLESS else place
            found.append(last)
        return found


def _anchor(event: Event) -> float:
    first = event.first.toordinal()
    if event.form not in WORDED:
        return first
    return first + 0.5 if event.on.day else (first + event.last.toordinal() + 1) / 2


class Calendar:
    """The days of all lanes, each worked out when it is first asked for, and where each inspection stands."""

    def __init__(self, timeline: Timeline) -> None:
        self._lanes = timeline.lanes
        self._days: dict[int, LaneDays] = {}
        self.rows_of: Rows = {}
        for row, lane in enumerate(timeline.lanes):
            for column, event in enumerate(lane.events):
                self.rows_of.setdefault(event.inspection_id, []).append((row, column))

    def lane(self, row: int) -> LaneDays:
        """The days of the lane of that number."""
        if row not in self._days:
            self._days[row] = LaneDays(self._lanes[row])
        return self._days[row]

"""Prints what a frame, a pan and a zoom step of the timeline cost at 2,000 and 20,000 events, and their ratios.

    python -m benchmarks.timeline [EVENTS ...]

The events stand on 153 lanes, one for each authority, at an equal share each; 20,000 are a national record. A pan is
one step of the scroll bar at a zoom of four, painted, ever on to the end and back; a zoom step lays out anew and
paints. Bare is a frame of the same rectangles and texts from ready lists, painted by Qt alone. All take turns, so that
the ratios are of one process at one time.
"""

import os
import random
import statistics
import sys
import time
from collections.abc import Callable, Sequence
from datetime import date, timedelta

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QPoint, QPointF, QRectF
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtWidgets import QApplication

from db.dates import PartialDate
from db.timeline import Band, Event, Form, Lane, LaneForm, Timeline
from desktop_app.views.timeline_view import TimelineView

LANES = 153
FIRST, LAST = date(2009, 1, 1), date(2026, 11, 21)
ROUNDS = 60
SIZES = (2_000, 20_000)


def made(count: int) -> Timeline:
    """A timeline with that many events, the same each time."""
    chance = random.Random(count)
    lanes = tuple(_lane(row, count // LANES, chance) for row in range(LANES))
    return Timeline(first=FIRST, last=LAST, today=LAST, lanes=lanes)


def _lane(row: int, count: int, chance: random.Random) -> Lane:
    days = sorted(FIRST + timedelta(days=chance.randrange((LAST - FIRST).days)) for _ in range(count))
    events = tuple(
        Event(
            inspection_id=f"{row} {place}",
            form=Form.GRADE if chance.random() < 0.5 else Form.VISIT,
            on=PartialDate(day.year, day.month, day.day),
            label=chance.choice(("Good", "Requires improvement to be good", "Focused visit")),
            sentence=f"Authority {row}, event {place}",
            mark="G",
        )
        for place, day in enumerate(days)
    )
    bands = tuple(
        Band(
            inspection_id=event.inspection_id, form=Form.GRADE, first=day, last=until - timedelta(days=1), label="Good"
        )
        for event, day, until in zip(events, days, [*days[1:], LAST], strict=False)
        if day < until
    )
    return Lane(key=str(row), form=LaneForm.STRAND, label=f"Authority {row}", events=events, bands=bands)


def _view(count: int) -> TimelineView:
    view = TimelineView()
    view.resize(1440, 600)
    view.show_timeline(made(count))
    view.show()
    view.zoom_by(6)
    return view


def _frame(view: TimelineView) -> None:
    picture = QImage(view.viewport().size(), QImage.Format.Format_RGB32)
    view.viewport().render(picture, QPoint())


def _pan(view: TimelineView, turn: int) -> None:
    bar = view.horizontalScrollBar()
    bar.setValue(bar.value() + (40 if turn < ROUNDS / 2 else -40))
    _frame(view)


def _zoom(view: TimelineView, turn: int) -> None:
    view.zoom_by(1 if turn % 2 else -1)
    _frame(view)


def _down(view: TimelineView, turn: int) -> None:
    bar = view.verticalScrollBar()
    bar.setValue(turn * 60 % max(bar.maximum(), 1))
    _frame(view)


class Bare:
    """The least that paints what a view shows: its rectangles and texts from ready lists, by bare Qt."""

    def __init__(self, view: TimelineView) -> None:
        laid, (right, down) = view._layout, view._shift()
        left, top = -right, -down
        end, bottom = left + view.viewport().width(), top + view.viewport().height()
        self._size = view.viewport().size()
        self._boxes: list[QRectF] = []
        self._texts: list[tuple[QPointF, str]] = []
        for lane in (laid.lanes[row] for row in laid.lanes.between(top, bottom)):
            bands, marks = lane.shown(left, end)
            words = [line for band in bands for line in band.lines] + [mark.words for mark in marks if mark.words]
            self._boxes += [QRectF(*one.box).translated(right, down) for one in (*bands, *marks) if not one.is_covered]
            self._texts += [(QPointF(one.box.x + right, one.box.y + down + 16), one.text) for one in words]

    def paint(self) -> None:
        """One frame."""
        picture = QImage(self._size, QImage.Format.Format_RGB32)
        picture.fill(QColor("white"))
        painter = QPainter(picture)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setBrush(QColor("green"))
        for box in self._boxes:
            painter.drawRoundedRect(box, 3, 3)
        for place, text in self._texts:
            painter.drawText(place, text)
        painter.end()


def main(sizes: Sequence[int]) -> None:
    """Measure the sizes in turn."""
    app = QApplication.instance() or QApplication([])
    views = [_view(size) for size in sizes]
    deeds: dict[str, Callable[[TimelineView, int], None]] = {"pan": _pan, "zoom step": _zoom, "scroll": _down}
    heads = [f"{size:,} events, ms (95 %) | against bare" for size in sizes]
    print(f"| deed | {' | '.join(heads)} | {sizes[-1]:,} against {sizes[0]:,} |")
    print("|---" * (2 * len(sizes) + 2) + "|")
    for name, deed in deeds.items():
        times, bare = _measured(views, deed)
        middles = [statistics.median(each) for each in times]
        cells = []
        for middle, taken, floor in zip(middles, times, bare, strict=True):
            worst = statistics.quantiles(taken, n=20)[-1]
            cells += [f"{middle:.2f} ({worst:.2f})", f"{middle / statistics.median(floor):.2f}"]
        print(f"| {name} | {' | '.join(cells)} | {middles[-1] / middles[0]:.2f} |")
    for view in views:
        view.close()
    del app


def _measured(
    views: Sequence[TimelineView], deed: Callable[[TimelineView, int], None]
) -> tuple[list[list[float]], list[list[float]]]:
    """What a deed took in each view, and what the bare frames beside it took."""
    times: list[list[float]] = [[] for _ in views]
    bare: list[list[float]] = [[] for _ in views]
    floors = [Bare(view) for view in views]
    for turn in range(ROUNDS):
        for view, floor, taken, least in zip(views, floors, times, bare, strict=True):
            taken.append(_ms(lambda view=view, turn=turn: deed(view, turn)))
            least.append(_ms(floor.paint))
    return times, bare


def _ms(deed: Callable[[], None]) -> float:
    start = time.perf_counter()
    deed()
    return (time.perf_counter() - start) * 1000


if __name__ == "__main__":
    main([int(one) for one in sys.argv[1:]] or SIZES)

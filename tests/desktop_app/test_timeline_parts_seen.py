"""A part of a timeline is laid out and painted as it stands in the whole, wherever one pans and in whatever order."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QFont, QImage, QPainter

from db.dates import PartialDate
from db.timeline import Band, Event, Form, Lane, LaneForm, Timeline
from desktop_app import look
from desktop_app.views import timeline_paint
from desktop_app.views.timeline_boxes import MARKLESS
from desktop_app.views.timeline_days import Calendar
from desktop_app.views.timeline_layout import lay_out
from desktop_app.views.timeline_places import Places
from desktop_app.views.timeline_view import TimelineView
from tests.db.test_timeline import LISTS, TODAY
from tests.desktop_app.test_timeline_layout import SIZES
from tests.desktop_app.test_timeline_view import durham

FIRST = date(2009, 1, 1)
FORMS = (Form.GRADE, Form.SHARED, Form.ABSENT, Form.SPECIAL)
GRADE = next(one for one in LISTS.grades.values() if one.label == "Good")


def on(day, precision):
    return PartialDate(day.year, *(day.month, day.day)[:precision])


@st.composite
def a_visits_lane(draw):
    days = st.tuples(st.dates(FIRST, TODAY), st.integers(0, 2), st.sampled_from(["JTAI", "Focused visit", "x" * 30]))
    found = sorted(draw(st.lists(days, max_size=25)), key=lambda one: on(*one[:2]).first_day)
    events = [
        Event(inspection_id=str(number), form=Form.VISIT, on=on(day, precision), label=label, sentence="", mark="")
        for number, (day, precision, label) in enumerate(found)
    ]
    return Lane(key="visits", form=LaneForm.VISITS, label="Visits", events=tuple(events))


@st.composite
def a_strand_lane(draw):
    starts = draw(st.lists(st.dates(FIRST, TODAY - timedelta(days=1)), unique=True, max_size=25).map(sorted))
    events, bands = [], []
    for number, (day, until) in enumerate(zip(starts, [*starts[1:], TODAY], strict=False)):
        form, key = draw(st.sampled_from(FORMS)), str(number)
        label = draw(st.sampled_from(["Good", "Requires improvement to be good", "four headlines, no overall"]))
        for _ in range(draw(st.sampled_from([1, 1, 1, 2]))):
            events.append(
                Event(inspection_id=key, form=form, on=on(day, 2), label=label, sentence="", mark="G", grade=GRADE)
            )
        if draw(st.booleans()):
            last = until - timedelta(days=1)
            bands.append(Band(inspection_id=key, form=form, first=day, last=last, label=label, tone="good"))
    return Lane(key="strand", form=LaneForm.STRAND, label="Leadership", events=tuple(events), bands=tuple(bands))


def reaches(box, left, right):
    return box is not None and box.x <= right and left <= box.right


def is_seen(item, left, right):
    """Whether anything of a mark or a band of a whole layout stands between two places."""
    if hasattr(item, "event"):
        own = item.box._replace(width=min(item.box.width, item.box.height)) if item.event.form in MARKLESS else item.box
        return reaches(own, left, right) or reaches(item.days, left, right) or reaches(words_of(item), left, right)
    return reaches(item.box, left, right) or any(reaches(line.box, left, right) for line in item.lines)


def words_of(mark):
    return mark.words.box if mark.words else None


def missing(whole, part, left, right):
    """What a whole lane has between two places and a part, laid out for it, has not or has elsewhere."""
    bands, marks = part.shown(left, right)
    painted = [item for item in (*whole.bands, *whole.marks) if not item.is_covered or getattr(item, "days", None)]
    seen = [item for item in painted if is_seen(item, left, right)]
    return [item for item in seen if item not in bands and item not in marks]


@settings(max_examples=60, deadline=None)
@given(
    st.one_of(a_visits_lane(), a_strand_lane()),
    st.floats(1, 60),
    st.lists(st.tuples(st.floats(0, 1), st.integers(1, 1500)), min_size=1, max_size=5),
)
def test_a_part_stands_as_it_does_in_the_whole(lane, zoom, windows):
    shown = Timeline(first=FIRST, last=TODAY, today=TODAY, lanes=(lane,))
    whole, panned = (lay_out(shown, 1300, SIZES, zoom) for _ in range(2))
    list(whole.lanes[0].marks), list(whole.lanes[0].bands)
    for share, width in windows:
        left = share * whole.width_px
        assert missing(whole.lanes[0], panned.lanes[0], left, left + width) == []


def test_a_part_that_forgets_the_mark_before_is_found(monkeypatch):
    days = [date(2019, 1, 1) + timedelta(days=30 * number) for number in range(12)]
    events = [Event(inspection_id=str(one), form=Form.VISIT, on=on(one, 2), label="", sentence="") for one in days]
    lane = Lane(key="visits", form=LaneForm.VISITS, label="Visits", events=tuple(events))
    shown = Timeline(first=FIRST, last=TODAY, today=TODAY, lanes=(lane,))
    whole = lay_out(shown, 1300, SIZES).lanes[0]
    list(whole.marks)
    left = whole.marks[7].box.x
    assert missing(whole, lay_out(shown, 1300, SIZES).lanes[0], left, left + 40) == []
    monkeypatch.setattr(Places, "_is_clear", lambda *_: True)
    assert missing(whole, lay_out(shown, 1300, SIZES).lanes[0], left, left + 40) != []


def test_a_year_does_not_push_the_days_within_it():
    visits = [("2019", "a year"), ("2019-01-10", "a day")]
    events = [Event(inspection_id=iso, form=Form.VISIT, on=PartialDate.from_iso(iso), label=told, sentence="")
              for iso, told in visits]  # fmt: skip
    lane = Lane(key="visits", form=LaneForm.VISITS, label="Visits", events=tuple(events))
    laid = lay_out(Timeline(first=FIRST, last=TODAY, today=TODAY, lanes=(lane,)), 1300, SIZES)
    year, day = laid.lanes[0].marks
    assert day.box.x < laid.span.x_of(date(2019, 2, 1)) < year.box.x
    assert year.days.x == pytest.approx(laid.span.x_of(date(2019, 1, 1)))
    assert laid.at(day.box.x + 2, day.box.y + 2) == (0, 1)


def test_what_is_seen_is_worked_out_and_nothing_else():
    days = [FIRST + timedelta(days=6 * number) for number in range(1000)]
    events = [Event(inspection_id=str(one), form=Form.VISIT, on=on(one, 2), label="JTAI", sentence="") for one in days]
    lane = Lane(key="visits", form=LaneForm.VISITS, label="Visits", events=tuple(events))
    shown = Timeline(first=FIRST, last=TODAY, today=TODAY, lanes=(lane,))
    calendar = Calendar(shown)
    laid = lay_out(shown, 1300, SIZES, 60, calendar).lanes[0]
    _, marks = laid.shown(30_000, 31_300)
    assert 10 < len(marks) < 60
    assert set(laid.marks.made.values()) == set(marks)
    assert calendar.lane(0) is calendar.lane(0)


def painted(view, is_by_tiles):
    """The lanes of a view: as they are painted on the screen, or all anew."""
    made = QImage(view.viewport().size(), QImage.Format.Format_RGB32)
    if is_by_tiles:
        view.viewport().render(made, QPoint())
        return made
    painter = QPainter(made)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    timeline_paint.paint_background(painter, view.viewport().rect())
    shift = QPointF(*view._shift())
    frame = view._layout.frame_of(view.selected_inspection)
    timeline_paint.paint_timeline(painter, view._layout, view._fonts, view.viewport().size(), shift, frame)
    painter.end()
    return made


def is_same(one, other):
    """Whether two pictures are the same, but for the rounding of blended corners and of dashes cut at the edge."""
    found = one.copy()
    painter = QPainter(found)
    painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_Difference)
    painter.drawImage(0, 0, other)
    painter.end()
    found = found.convertToFormat(QImage.Format.Format_RGB888)
    lines = (bytes(found.constScanLine(row))[: 3 * found.width()] for row in range(found.height()))
    return one.size() == other.size() and sum(value > 8 for line in lines for value in line) < 400


@pytest.fixture
def view(qtbot):
    shown = TimelineView()
    qtbot.addWidget(shown)
    shown.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # no ring around an event
    shown.resize(900, 300)
    shown.show_timeline(durham())
    shown.show()
    yield shown
    shown.close()


def test_tiles_show_what_painting_anew_shows(view):
    view.zoom_by(6)
    across, down = view.horizontalScrollBar(), view.verticalScrollBar()
    for x, y in ((0, 0), (37, 0), (511, 20), (700, 90), (1500, 90), (across.maximum(), down.maximum()), (37, 0)):
        across.setValue(x)
        down.setValue(y)
        assert is_same(painted(view, True), painted(view, False)), (x, y)
    assert view._tiles is not None and len(view._tiles._tiles) > 10


def test_a_stale_tile_would_be_seen(view, monkeypatch):
    painted(view, True), painted(view, True)
    shown = view.timeline_model.timeline
    kept = replace(shown, lanes=tuple(replace(lane, events=(), bands=()) for lane in shown.lanes))
    view.show_timeline(kept)
    assert is_same(painted(view, True), painted(view, False))
    view.show_timeline(shown)
    painted(view, True), painted(view, True)
    monkeypatch.setattr(view, "_layout", lay_out(kept, view.viewport().width(), view._fonts.sizes()))
    monkeypatch.setattr(view._tiles, "_layout", view._layout)
    assert not is_same(painted(view, True), painted(view, False))


def test_another_look_leaves_no_tile_of_the_one_before(view):
    painted(view, True), painted(view, True)
    light = painted(view, True)
    try:
        look._state["look"] = look.load("dark")
        look.signals.changed.emit()
        assert not is_same(painted(view, True), light)
        assert is_same(painted(view, True), painted(view, False))
    finally:
        look._state["look"] = None
        look.signals.changed.emit()


def test_another_font_is_laid_out_and_painted_anew(view):
    painted(view, True), painted(view, True)
    larger = QFont(view.font())
    larger.setPointSizeF(larger.pointSizeF() * 1.5)
    view.setFont(larger)
    assert is_same(painted(view, True), painted(view, False))

"""Where things stand on the timeline, worked out without a window."""

from dataclasses import replace
from datetime import date
from itertools import pairwise

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from db import timeline
from db.dates import PartialDate
from db.records import Judgement
from db.timeline import Band, Break, Event, Form, FrameworkSpan, Lane, LaneForm, Timeline
from desktop_app.views.timeline_boxes import MARKLESS
from desktop_app.views.timeline_card import card_place
from desktop_app.views.timeline_lanes import Lanes
from desktop_app.views.timeline_layout import lay_out, most_zoom
from desktop_app.views.timeline_measures import Box, Sizes, Span, Words, shortened
from desktop_app.views.timeline_walk import Step, walked
from tests.db.test_timeline import LISTS, TODAY, an_inspection, ilacs, inspected, the_area, the_grade


def width_of(text):
    return 7.0 * len(text)


SIZES = Sizes(17, width_of, width_of, width_of)


def a_visit(key, day, label="Focused visit"):
    return Event(inspection_id=key, form=Form.VISIT, on=PartialDate.from_iso(day), label=label, sentence=label)


def a_grade(key, day):
    return Event(inspection_id=key, form=Form.GRADE, on=PartialDate.from_iso(day), label="Good", sentence="", mark="G")


def of_events(*events, form=LaneForm.VISITS):
    days = [event.first for event in events]
    lane = Lane(key="lane", form=form, label="Lane", events=events)
    return Timeline(first=date(min(days).year, 1, 1), last=TODAY, today=TODAY, lanes=(lane,))


def test_days_become_pixels():
    span = Span(date(2020, 1, 1), date(2020, 1, 10), 100, left_px=50)
    assert span.x_of(date(2020, 1, 1)) == 50
    assert span.x_of(date(2020, 1, 6)) == 100
    assert span.end_of(date(2020, 1, 10)) == 150
    assert Span(TODAY, TODAY, 100).x_of(TODAY) == 0


@pytest.mark.parametrize(
    ("room", "words"),
    [
        (300, "Requires improvement to be good"),
        (200, "Requires improvement…"),
        (160, "Requires improvement…"),
        (110, "Requires impro…"),
        (30, ""),
        (0, ""),
        (-5, ""),
    ],
)
def test_a_label_is_cut_at_a_word_or_left_out(room, words):
    assert shortened("Requires improvement to be good", room, width_of) == words


def test_no_part_of_a_word_that_says_nothing_stands_before_the_end():
    assert shortened("Cabinet report on the inspection", 7.0 * 17, width_of) == "Cabinet report…"
    assert shortened("A to Z of it", 7.0 * 6, width_of) == "A to…"


def test_two_marks_of_one_inspection_stand_side_by_side():
    laid = lay_out(of_events(a_grade("a", "2019-09-09"), a_grade("a", "2019-09-09")), 900, SIZES)
    first, second = (mark.box for mark in laid.lanes[0].marks)
    assert first.right < second.x < first.right + 10


def test_a_close_visit_is_moved_aside_and_a_crowd_stays_at_its_days():
    near = lay_out(of_events(a_visit("a", "2019-01-10"), a_visit("b", "2019-02-01")), 900, SIZES)
    assert near.lanes[0].marks[0].box.right <= near.lanes[0].marks[1].box.x
    crowd = [a_visit(str(day), f"2019-01-{day:02d}") for day in range(1, 29)]
    laid = lay_out(of_events(*crowd), 900, SIZES)
    assert laid.lanes[0].marks[-1].box.right < 900
    assert any(mark.is_covered for mark in laid.lanes[0].marks)


def test_a_date_known_to_the_month_is_a_short_strip():
    laid = lay_out(of_events(a_visit("a", "2018-07"), a_visit("b", "2020-07-13")), 900, SIZES)
    month, day = laid.lanes[0].marks
    assert day.days is None
    assert month.days is not None and month.days.x < month.box.x + month.box.width / 2 < month.days.right


def test_a_point_leads_to_the_mark_its_words_or_its_band():
    shown = timeline.build(LISTS, *_one_inspection(), {}, TODAY)
    laid = lay_out(shown, 1200, SIZES)
    row = next(place for place, lane in enumerate(shown.lanes) if lane.label == "Leadership")
    mark, band = laid.lanes[row].marks[0].box, laid.lanes[row].bands[0].box
    middle = mark.y + mark.height / 2
    assert laid.at(mark.x + 3, middle) == (row, 0)
    assert laid.at(band.right - 3, middle) == (row, 0)
    assert laid.at(mark.x - 10, middle) is None
    assert laid.at(5, middle) is None
    assert laid.at(mark.x, laid.lanes_px + 10) is None
    shared = next(place for place, lane in enumerate(shown.lanes) if lane.label == "Care leavers")
    box = laid.lanes[shared].bands[0].box
    assert laid.at(box.x + box.width / 2, box.y + 5) == (shared, 0)


def _one_inspection():
    inspection, judged = ilacs("a", "2019-09-09", leaders="G", care_and_leavers="G", overall="G")
    return [inspection], judged


def test_the_frame_leaves_out_lanes_above_and_below_its_marks():
    lanes = [
        Lane(key=key, form=LaneForm.STRAND, label=key, events=(a_grade(inspection, "2019-09-09"),))
        for key, inspection in (("x", "other"), ("y", "a"), ("z", "a"), ("w", "other"))
    ]
    laid = lay_out(Timeline(first=date(2019, 1, 1), last=TODAY, today=TODAY, lanes=tuple(lanes)), 1000, SIZES)
    frame = laid.frame_of("a")
    assert (frame.y, frame.bottom) == (laid.lane_px, 3 * laid.lane_px)


def test_the_frame_spans_all_lanes_around_the_marks():
    shown = timeline.build(LISTS, *_one_inspection(), {}, TODAY)
    laid = lay_out(shown, 1200, SIZES)
    frame = laid.frame_of("a")
    assert frame is not None
    assert (frame.y, frame.height) == (0, laid.lanes_px)
    assert frame.width < 3 * laid.mark_px
    assert laid.frame_of("unknown") is None


def test_a_narrow_window_gets_the_width_that_the_lanes_need():
    laid = lay_out(of_events(a_visit("a", "2018-07")), 100, SIZES)
    assert laid.width_px > 300


def test_years_are_thinned_where_they_stand_close():
    laid = lay_out(of_events(a_visit("a", "1900-05-01")), 900, SIZES)
    numbers = [int(words.text) for _, words in laid.years if words]
    assert len(numbers) < 30
    assert len({b - a for a, b in pairwise(numbers)}) == 1


def test_frameworks_and_breaks_have_their_words_where_there_is_room():
    shown = replace(
        of_events(a_visit("a", "2011-07-01")),
        frameworks=(
            FrameworkSpan(
                framework_id="s",
                label="Single inspection",
                words="SIF",
                first=date(2013, 11, 1),
                last=date(2017, 12, 31),
            ),
            FrameworkSpan(
                framework_id="t", label="Long name", words="T", first=date(2026, 11, 1), last=date(2027, 1, 1), row=1
            ),
        ),
        breaks=(Break(on=date(2013, 11, 1), lane_keys=("lane",), label="scale changes here", words="other scale"),),
    )
    laid = lay_out(shown, 1000, SIZES)
    assert [words.text for _, words in laid.frameworks] == ["Single inspection", ""]
    assert laid.framework_boxes[1].y > laid.framework_boxes[0].y
    (change,) = laid.breaks
    assert change.words is not None and change.words.text == "scale changes here"
    assert laid.axis_words(laid.framework_boxes[0].x + 2, 2) == "SIF"
    assert laid.axis_words(change.x, laid.axis_px - 2) == "other scale"
    assert laid.lane_words(3) == "Lane"


def test_a_reason_breaks_into_two_lines_before_it_is_left_out():
    band = Band(
        inspection_id="a", form=Form.ABSENT, first=date(2011, 11, 28), last=date(2013, 10, 31), label="four heads, none"
    )
    event = Event(inspection_id="a", form=Form.ABSENT, on=PartialDate(2011, 11, 28), label=band.label, sentence="")
    lane = Lane(key="lane", form=LaneForm.STRAND, label="Overall", events=(event,), bands=(band,))
    shown = Timeline(first=date(2011, 1, 1), last=TODAY, today=TODAY, lanes=(lane,))
    wide, narrow = (lay_out(shown, width, SIZES).lanes[0].bands[0] for width in (1300, 900))
    assert [line.text for line in wide.lines] == ["four heads, none"]
    assert [line.text for line in narrow.lines] == ["four heads,", "none"]


def test_keys_walk_lanes_and_the_events_nearest_in_time():
    upper = Lane(
        key="u", form=LaneForm.STRAND, label="U", events=(a_grade("a", "2016-02-22"), a_grade("b", "2022-05-09"))
    )
    empty = Lane(key="e", form=LaneForm.STRAND, label="E")
    lower = Lane(key="l", form=LaneForm.VISITS, label="L", events=(a_visit("c", "2018-07"), a_visit("b", "2022-05-09")))
    lanes = (upper, empty, lower)
    day = date(2016, 2, 22)
    assert walked(lanes, (0, 0), Step.ON, day) == (0, 1)
    assert walked(lanes, (0, 1), Step.ON, day) == (0, 1)
    assert walked(lanes, (0, 0), Step.BACK, day) == (0, 0)
    assert walked(lanes, (0, 1), Step.FIRST, day) == (0, 0)
    assert walked(lanes, (0, 0), Step.LAST, day) == (0, 1)
    assert walked(lanes, (0, 0), Step.LAST, day, is_whole=True) == (2, 1)
    assert walked(lanes, (2, 1), Step.FIRST, day, is_whole=True) == (0, 0)
    assert walked(lanes, (0, 0), Step.DOWN, day) == (2, 0)
    assert walked(lanes, (0, 1), Step.DOWN, date(2022, 5, 9)) == (2, 1)
    assert walked(lanes, (2, 0), Step.UP, day) == (0, 0)
    assert walked(lanes, (2, 0), Step.DOWN, day) == (2, 0)
    assert walked(lanes, (2, 0), Step.TOP, day) == (0, 0)


@settings(max_examples=80, deadline=None)
@given(
    st.lists(st.tuples(st.dates(date(2009, 1, 1), TODAY), st.sampled_from(["Focused visit", "JTAI", "x" * 40]))),
    st.integers(0, 2000),
)
def test_words_never_cover_each_other_or_a_mark(visits, width):
    events = [a_visit(str(place), day.isoformat(), label) for place, (day, label) in enumerate(sorted(visits))]
    if not events:
        return
    laid = lay_out(of_events(*events), width, SIZES)
    marks = laid.lanes[0].marks
    words = [mark.words.box for mark in marks if mark.words]
    for place, box in enumerate(words):
        assert not any(box.meets(other) for other in words[place + 1 :])
        assert not any(box.meets(mark.box) for mark in marks)
        assert box.right <= laid.width_px


def clear(words, boxes, width_of_text):
    """Whether texts, as wide as they are drawn, stand clear of each other and of the boxes."""
    drawn = [one.box._replace(width=width_of_text(one.text)) for one in words if one.text]
    found = sorted([*((box, True) for box in drawn), *((box, False) for box in boxes)])
    reaching = []
    for box, is_text in found:
        reaching = [(other, told) for other, told in reaching if other.right > box.x]
        if any((is_text or told) and box.meets(other) for other, told in reaching):
            return False
        reaching.append((box, is_text))
    return True


def collisions(laid):
    """The names of the rows of a layout whose labels cover each other, or a mark."""
    above = [words for _, words in laid.frameworks] + [words for _, words in laid.years if words]
    above += [one.words for one in laid.leaders] + [one.words for one in laid.breaks if one.words]
    found = [] if clear([*above, *([laid.today] if laid.today else [])], (), width_of) else ["axis"]
    across = [Box(x - 1, -(10**6), 2, 2 * 10**6) for x in (laid.today_x, *(change.x for change in laid.breaks))]
    for lane in laid.lanes:
        words = [line for band in lane.bands for line in band.lines] + [mark.words for mark in lane.marks if mark.words]
        marks = [mark.box for mark in lane.marks if mark.event.form not in MARKLESS]
        if not clear(words, [*marks, *across], width_of):
            found.append(lane.lane.label)
        if not clear([one for one in (lane.name, lane.note) if one], (), width_of):
            found.append(f"name of {lane.lane.label}")
    return found


@settings(
    max_examples=40, deadline=None, phases=(Phase.explicit, Phase.reuse, Phase.generate)
)  # shrinking takes minutes
@given(
    st.lists(inspected(), max_size=5),
    st.dates(date(2009, 1, 1), date(2031, 1, 1)),
    st.integers(1024, 3000),
    st.floats(1, 300),
    st.sampled_from([11, 17, 34]),
    st.sampled_from([None, 100, 400, 2000]),
)
def test_no_label_covers_another_at_any_zoom_or_size(found, today, width, zoom, line_px, height):
    inspections = [inspection for inspection, _ in found]
    judged = [judgement for _, judgements in found for judgement in judgements]
    sizes = Sizes(line_px, width_of, width_of, width_of)
    shown = timeline.build(LISTS, inspections, judged, {}, today)
    assert collisions(lay_out(shown, width, sizes, zoom, high_px=height)) == []


def test_a_label_ends_before_a_line_that_crosses_its_band():
    """Rules that were entered before they were in force: the scale changes inside a band that goes on."""
    leaders, safe = the_area("ILACS_2026", "ilacs_leaders"), the_area("SCCIF_2017", "sccif_protected")
    early = an_inspection("e", "ILACS_2026", "ilacs_short", None, published_on=PartialDate(2022, 10))
    far = an_inspection("f", "ILACS_2026", "ilacs_standard", None, published_on=PartialDate(2098, 5, 26))
    home = an_inspection("h", "SCCIF_2017", "sccif_full", "2007-09", published_on=PartialDate(2025, 10))
    help_needed = the_area("ILACS_2026", "ilacs_help_protection").id
    judged = [
        Judgement(id="j", inspection_id="e", area_id=leaders.id, grade_id=the_grade(leaders, "I").id),
        Judgement(id="k", inspection_id="f", area_id=help_needed, special="not_judged"),
        Judgement(id="l", inspection_id="h", area_id=safe.id, grade_id=the_grade(safe, "I").id),
    ]
    shown = timeline.build(LISTS, [early, far, home], judged, {}, date(2029, 10, 1))
    laid = lay_out(shown, 2045, Sizes(17, width_of, width_of, width_of), 1.75)
    assert laid.breaks and collisions(laid) == []


def test_labels_that_do_collide_are_found():
    visits = [a_visit("a", "2019-01-10", "x" * 40), a_visit("b", "2019-03-10", "x" * 40)]
    laid = lay_out(of_events(*visits), 1024, SIZES)
    crowded = [mark._replace(words=Words(mark.event.label, mark.box)) for mark in laid.lanes[0].marks]
    lane = replace(laid.lanes[0], marks=tuple(crowded))
    assert collisions(replace(laid, lanes=Lanes(1, laid.lane_px, lambda _: lane))) == ["Lane"]
    over_today = laid.lanes[0].marks[1]._replace(words=Words("today", Box(laid.today_x - 20, 0, 40, 20)))
    lane = replace(laid.lanes[0], marks=(over_today,))
    assert collisions(replace(laid, lanes=Lanes(1, laid.lane_px, lambda _: lane))) == ["Lane"]


def test_lanes_come_closer_in_a_low_place_but_no_closer_than_two_lines():
    shown = timeline.build(LISTS, *_one_inspection(), {}, TODAY)
    full = lay_out(shown, 1200, SIZES)
    whole_px = full.axis_px + full.lanes_px
    assert lay_out(shown, 1200, SIZES, high_px=whole_px + 200).lane_px == full.lane_px
    low = lay_out(shown, 1200, SIZES, high_px=whole_px - 20)
    assert low.axis_px + low.lanes_px <= whole_px - 20
    assert low.lanes[0].marks[0].box.bottom <= low.lane_px
    least = lay_out(shown, 1200, SIZES, high_px=50)
    assert full.lane_px > low.lane_px > least.lane_px == SIZES.least_lane_px > SIZES.mark_px


def test_a_label_goes_beyond_its_band_where_nothing_stands():
    inspection, judged = ilacs("a", "2025-03-24", "ILACS_2023", overall="O")
    shown = timeline.build(LISTS, [inspection], judged, {}, date(2028, 11, 21))
    row = next(place for place, lane in enumerate(shown.lanes) if lane.is_headline)
    long_ago = date(2005, 1, 1)
    band = lay_out(replace(shown, first=long_ago), 1200, SIZES).lanes[row].bands[0]
    assert band.lines[0].text == "Outstanding"
    assert band.lines[0].box.x + width_of("Outstanding") > band.box.right
    follower, more = ilacs("b", "2026-02-02", "ILACS_2023", overall="G")
    shown = timeline.build(LISTS, [inspection, follower], [*judged, *more], {}, date(2028, 11, 21))
    assert lay_out(replace(shown, first=long_ago), 1200, SIZES).lanes[row].bands[0].lines == ()


def test_words_do_not_stand_on_a_line_across_all_lanes():
    visit = a_visit("a", "2013-08-01", "Unannounced inspection")
    change = Break(on=date(2013, 11, 1), lane_keys=("lane",), label="scale changes here", words="other scale")
    laid = lay_out(replace(of_events(visit), breaks=(change,), first=date(2009, 1, 1)), 1200, SIZES)
    words = laid.lanes[0].marks[0].words
    assert words.text == "Unannounced inspection"
    assert words.box.right < laid.lanes[0].marks[0].box.x < laid.breaks[0].x


def test_a_zoom_widens_the_days_and_names_the_months():
    laid = lay_out(of_events(a_visit("a", "2018-07")), 1000, SIZES)
    near = lay_out(of_events(a_visit("a", "2018-07")), 1000, SIZES, 20)
    assert near.span.width_px == pytest.approx(20 * laid.span.width_px)
    names = [words.text for _, words in near.years if words]
    assert names[:3] == ["Jan 2018", "Feb 2018", "Mar 2018"]
    assert most_zoom(near, 20) == pytest.approx(most_zoom(laid, 1))


def test_only_lanes_that_are_asked_for_are_laid_out():
    lanes = tuple(
        Lane(key=str(row), form=LaneForm.STRAND, label="L", events=(a_grade("a", "2019-09-09"),)) for row in range(153)
    )
    laid = lay_out(Timeline(first=date(2019, 1, 1), last=TODAY, today=TODAY, lanes=lanes), 1000, SIZES)
    for row in laid.lanes.between(0, 300):
        assert laid.lanes[row].box.y == row * laid.lane_px
    assert len(laid.lanes.laid.made) < 12


def test_a_framework_too_short_for_its_name_gets_a_line_to_it():
    spans = [
        FrameworkSpan(framework_id=key, label=f"Framework {key}", words=key, first=first, last=last)
        for key, first, last in (
            ("one", date(2010, 1, 1), date(2010, 12, 31)),
            ("two", date(2011, 1, 1), date(2011, 12, 31)),
            ("three", date(2012, 1, 1), date(2026, 1, 1)),
        )
    ]
    laid = lay_out(replace(of_events(a_visit("a", "2010-07-01")), frameworks=tuple(spans)), 1024, SIZES)
    assert [words.text for _, words in laid.frameworks] == ["", "", "Framework three"]
    assert [one.words.text for one in laid.leaders] == ["Framework two", "Framework one"]
    assert laid.axis_words(laid.leaders[0].words.box.x + 2, laid.leaders[0].words.box.y + 2) == "two"


def test_today_has_a_line_and_its_word():
    laid = lay_out(of_events(a_visit("a", "2018-07")), 1000, SIZES)
    assert laid.today is not None and laid.today.text == "today"
    assert laid.span.x_of(TODAY) == laid.today_x


@settings(max_examples=100, deadline=None)
@given(st.floats(0, 1500), st.floats(0, 900), st.floats(10, 600), st.floats(10, 400))
def test_a_card_stays_within_the_view_and_beside_what_it_tells_of(x, y, width, height):
    area, anchor = Box(4, 4, 1000, 600), Box(x, y, 24, 24)
    box = card_place(anchor, (width, height), area)
    assert area.x <= box.x and box.right <= area.right + 0.001
    assert area.y <= box.y and box.bottom <= area.bottom + 0.001
    has_room = anchor.bottom + 10 + height < area.bottom or area.y < anchor.y - 10 - height < area.bottom - height
    assert not has_room or not box.meets(anchor)


def test_boxes_that_only_touch_do_not_meet():
    assert not Box(0, 0, 10, 10).meets(Box(10, 0, 10, 10))
    assert Box(0, 0, 10, 10).meets(Box(9, 9, 10, 10))

"""The timeline as it is walked, read aloud and clicked."""

from datetime import date

import pytest
from PySide6.QtCore import QModelIndex, QPoint, QPointF, Qt
from PySide6.QtGui import QAccessible, QHelpEvent, QMouseEvent

from db import timeline
from db.records import AreaForImprovement, Inspection, Judgement
from db.timeline import Form
from desktop_app import look
from desktop_app.views.timeline_legend import Legend
from desktop_app.views.timeline_model import EventRole, TimelineModel
from desktop_app.views.timeline_view import TimelineView
from tests.db.test_timeline import LISTS, TODAY, every, ilacs

LEFT, RIGHT, UP, DOWN = Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_Down


def durham():
    counts = {}
    for area in every(AreaForImprovement):
        kinds = counts.setdefault(area.inspection_id, {})
        kinds[area.finding_kind_id] = kinds.get(area.finding_kind_id, 0) + 1
    return timeline.build(LISTS, every(Inspection), every(Judgement), counts, TODAY)


@pytest.fixture
def view(qtbot):
    shown = TimelineView()
    qtbot.addWidget(shown)
    shown.resize(1300, 500)
    shown.show_timeline(durham())
    shown.show()
    shown.select_inspection(the_inspection("2022-05-09"))
    yield shown
    shown.close()


def the_inspection(day):
    return next(one.id for one in every(Inspection) if one.started_on and one.started_on.iso == day)


def sentence(view):
    return view.currentIndex().data(Qt.ItemDataRole.AccessibleTextRole)


def row_of(view, label):
    return next(row for row, lane in enumerate(view.timeline_model.timeline.lanes) if lane.label == label)


def test_the_model_keeps_the_rules_of_models(qtmodeltester):
    model = TimelineModel()
    model.show_timeline(durham())
    qtmodeltester.check(model)


def test_an_event_is_read_as_a_sentence(view):
    assert sentence(view) == "Overall effectiveness, Good, 9 May 2022, up from Requires improvement to be good"


def test_the_lanes_and_events_have_names(view):
    model = view.timeline_model
    names = [model.headerData(row, Qt.Orientation.Vertical) for row in range(model.rowCount())]
    assert names[:2] == ["Overall effectiveness, no overall since April 2026", "Help and protection"]
    assert model.headerData(0, Qt.Orientation.Horizontal) == "Event 1"
    assert "scale changes in November 2013" in view.accessibleDescription()


def test_a_screen_reader_meets_a_table_of_named_cells(view):
    table = QAccessible.queryAccessibleInterface(view)
    assert table.role() == QAccessible.Role.Table
    names = [table.child(place).text(QAccessible.Text.Name) for place in range(table.childCount())]
    cells = [name for name in names if name]
    assert "Overall effectiveness, Good, 9 May 2022, up from Requires improvement to be good" in cells
    assert len(cells) == len(names) - 1  # Qt's corner panel


def test_cells_after_the_last_event_say_so_and_cannot_be_chosen(view):
    row = row_of(view, "Adoption")
    index = view.timeline_model.index(row, 3)
    assert index.data(Qt.ItemDataRole.AccessibleTextRole) == "No more events"
    assert index.flags() == Qt.ItemFlag.NoItemFlags
    assert view.visualRect(index).isEmpty()


def test_keys_walk_along_a_lane_and_across_lanes(qtbot, view):
    qtbot.keyClick(view, LEFT)
    assert sentence(view).startswith("Overall effectiveness, Requires improvement to be good, 9 September 2019")
    qtbot.keyClick(view, DOWN)
    assert sentence(view).startswith("Help and protection, Requires improvement to be good, 9 September 2019")
    for _ in range(3):
        qtbot.keyClick(view, DOWN)
    assert sentence(view).startswith("Leadership, Requires improvement to be good, 9 September 2019")
    qtbot.keyClick(view, DOWN)
    assert sentence(view) == "Adoption, Good, 22 February 2016"
    for _ in range(2):
        qtbot.keyClick(view, DOWN)
    assert sentence(view).startswith("ILACS focused visit, January 2019")
    qtbot.keyClick(view, DOWN)
    assert sentence(view).startswith("Areas for improvement, 6 areas for improvement, ILACS standard inspection")
    qtbot.keyClick(view, Qt.Key.Key_Home)
    assert "18 recommendations" in sentence(view)
    qtbot.keyClick(view, Qt.Key.Key_End)
    assert "3 areas for improvement" in sentence(view)
    qtbot.keyClick(view, Qt.Key.Key_Home, Qt.KeyboardModifier.ControlModifier)
    assert sentence(view).startswith("Overall effectiveness, not given, 28 November 2011, four headlines, no overall")


def test_another_inspection_is_told_once_and_enter_opens_it(qtbot, view):
    told = []
    view.inspection_selected.connect(told.append)
    qtbot.keyClick(view, DOWN)
    assert told == []
    qtbot.keyClick(view, RIGHT)
    assert told == [the_inspection("2025-03-24")]
    with qtbot.waitSignal(view.inspection_opened) as opened:
        qtbot.keyClick(view, Qt.Key.Key_Return)
    assert opened.args == [the_inspection("2025-03-24")]


def test_a_click_on_a_band_selects_and_a_double_click_opens(qtbot, view):
    row = row_of(view, "Leadership")
    band = view._layout.lanes[row].bands[1].box
    right, down = view._shift()
    point = QPoint(round(band.right + right - 10), round(band.y + down + 5))
    qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=point)
    assert view.selected_inspection == the_inspection("2016-02-22")
    assert sentence(view).startswith("Leadership, Requires improvement to be good, 22 February 2016")
    with qtbot.waitSignal(view.inspection_opened) as opened:
        qtbot.mouseDClick(view.viewport(), Qt.MouseButton.LeftButton, pos=point)
    assert opened.args == [the_inspection("2016-02-22")]


def test_each_mark_is_found_where_it_is_drawn(view):
    model = view.timeline_model
    for row, lane in enumerate(model.timeline.lanes):
        for column, event in enumerate(lane.events):
            index = model.index(row, column)
            view.scrollTo(index)
            if event.form not in (Form.SHARED, Form.ABSENT):
                assert view.indexAt(view.visualRect(index).center()) == index, event.sentence
            assert view.viewport().rect().intersects(view.visualRect(index))


def test_the_selection_stays_when_the_file_changes(view):
    view.select_inspection(the_inspection("2019-09-09"), view.timeline_model.timeline.lanes[2].key)
    assert sentence(view).startswith("Children in care")
    view.show_timeline(durham())
    assert sentence(view).startswith("Children in care, Good, 9 September 2019")


def test_a_selection_that_is_gone_frames_nothing(view):
    inspection, judged = ilacs("other", "2019-09-09", leaders="G")
    view.show_timeline(timeline.build(LISTS, [inspection], judged, {}, TODAY))
    assert view.selected_inspection == ""
    assert not view.select_inspection("unknown")
    assert view.select_inspection("other")
    view.clear_selected()
    assert view.selected_inspection == ""


def test_focus_without_a_current_event_goes_to_the_newest(qtbot, view):
    view.setCurrentIndex(QModelIndex())
    view.clear_selected()
    view.setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.waitUntil(view.hasFocus)
    qtbot.keyClick(view, DOWN)
    assert "24 March 2025" in sentence(view)


def test_tab_leaves_the_timeline(qtbot, view):
    before = view.currentIndex()
    qtbot.keyClick(view, Qt.Key.Key_Tab)
    assert view.currentIndex() == before


def test_a_small_window_scrolls_to_what_is_walked_to(qtbot, view):
    view.resize(420, 220)
    assert view.verticalScrollBar().maximum() > 0
    assert view.horizontalScrollBar().maximum() > 0
    for _ in range(12):
        qtbot.keyClick(view, DOWN)
    assert view.verticalOffset() > 0
    assert view.viewport().rect().contains(view.visualRect(view.currentIndex()).center())


@pytest.mark.parametrize("name", ["light", "dark", "high_contrast"])
def test_it_paints_in_every_look(view, name):
    try:
        look._state["look"] = look.load(name)
        view.show_timeline(durham())
        picture = view.viewport().grab().toImage()
        assert picture.pixelColor(picture.width() - 4, picture.height() - 4) == look.load(name).surface
    finally:
        look._state["look"] = None


def test_the_tool_tips_are_plain_and_name_what_was_shortened(view):
    index = view.currentIndex()
    assert index.data(Qt.ItemDataRole.ToolTipRole) == sentence(view)
    box = view._layout.framework_boxes[0]
    words = view._words_at(QPoint(round(box.x + 4), round(box.y + 4)))
    assert words.startswith("Inspection of safeguarding and looked after children services: in force")
    name = QPoint(20, round(view._layout.axis_px + 10))
    assert view._words_at(name) == "Overall effectiveness, no overall since April 2026"
    event = QHelpEvent(QHelpEvent.Type.ToolTip, name, view.mapToGlobal(name))
    assert view.viewportEvent(event)


def test_an_empty_timeline_is_no_trouble(qtbot):
    empty = TimelineView()
    qtbot.addWidget(empty)
    empty.show_timeline(timeline.build(LISTS, [], [], {}, date(2022, 5, 9)))
    empty.show()
    for key in (DOWN, RIGHT, Qt.Key.Key_Home, Qt.Key.Key_Return):
        qtbot.keyClick(empty, key)
    assert not empty.currentIndex().isValid()
    assert empty.newest_event() is None


def test_the_legend_names_only_what_occurs(qtbot):
    legend = Legend()
    qtbot.addWidget(legend)
    legend.show_timeline(durham())
    legend.show()
    legend.grab()
    assert legend.words == [
        "Outstanding",
        "Good",
        "Requires improvement to be good",
        "close match",
        "partly comparable",
        "judged with another lane",
        "priority action",
    ]
    inspection, judged = ilacs("a", "2019-09-09", leaders="not_judged")
    legend.show_timeline(timeline.build(LISTS, [inspection], judged, {}, TODAY))
    assert legend.words == ["Not judged"]


def test_a_cell_hands_over_its_event(view):
    assert view.currentIndex().data(EventRole).label == "Good"


def test_keys_zoom_pan_and_fit(qtbot, view):
    whole = view._layout.span.width_px
    qtbot.keyClick(view, Qt.Key.Key_Plus)
    assert view._layout.span.width_px > whole
    before = view.horizontalOffset()
    qtbot.keyClick(view, RIGHT, Qt.KeyboardModifier.ShiftModifier)
    assert view.horizontalOffset() > before
    assert view.selected_inspection == the_inspection("2022-05-09")
    qtbot.keyClick(view, Qt.Key.Key_Minus)
    qtbot.keyClick(view, Qt.Key.Key_0)
    assert view._layout.span.width_px == whole
    for _ in range(60):
        qtbot.keyClick(view, Qt.Key.Key_Plus)
    assert view._layout.span.day_px == pytest.approx(12)


def test_a_day_under_the_mouse_stays_there_while_it_is_zoomed(view):
    at = 700
    before = view._layout.span.day_at(at + view.horizontalOffset())
    for _ in range(6):
        view.zoom_by(1, at)
    assert abs((view._layout.span.day_at(at + view.horizontalOffset()) - before).days) <= 8


def test_a_framework_fits_the_width(view):
    span = view.timeline_model.timeline.frameworks[1]
    view.fit_days(span.first, span.last)
    left = view._layout.span.x_of(span.first) - view.horizontalOffset()
    right = view._layout.span.end_of(span.last) - view.horizontalOffset()
    assert left >= view._layout.gutter_px
    assert right <= view.viewport().width()
    assert right - left > 0.8 * (view.viewport().width() - view._layout.gutter_px)


def test_a_walk_shows_a_card_and_escape_takes_it_away(qtbot, view):
    qtbot.keyClick(view, LEFT)
    assert view._card == view.currentIndex()
    with_card = view.viewport().grab().toImage()
    qtbot.keyClick(view, Qt.Key.Key_Escape)
    assert not view._card.isValid()
    assert view.viewport().grab().toImage() != with_card


def test_resting_on_an_event_shows_its_card_without_choosing_it(qtbot, view):
    index = view.timeline_model.index(row_of(view, "Leadership"), 2)
    at = QPointF(view.visualRect(index).center())
    none = Qt.MouseButton.NoButton
    view.mouseMoveEvent(QMouseEvent(QMouseEvent.Type.MouseMove, at, at, none, none, Qt.KeyboardModifier.NoModifier))
    qtbot.waitUntil(lambda: view._card == index)
    assert view.selected_inspection == the_inspection("2022-05-09")

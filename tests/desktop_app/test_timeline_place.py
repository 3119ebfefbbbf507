"""The Timeline place: what it shows of a file, and what a person does there."""

from dataclasses import replace

import pytest
from PySide6.QtCore import QSettings, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLabel, QPushButton

from db.dates import PartialDate
from db.edit import Edit
from db.overview import removal
from db.records import Inspection, Provider, new_id
from db.store import Store
from desktop_app import look
from desktop_app.places.providers_dialog import ProvidersDialog
from desktop_app.places.timeline import TimelinePlace
from desktop_app.places.timeline_beside import Neighbours, SideBySide
from desktop_app.workspace import Workspace
from tests.db.test_timeline import TODAY, the_kind

LEEDS, VISIT = new_id(), new_id()


@pytest.fixture
def workspace(sample_file, tmp_path):
    path = tmp_path / "durham.sqlite"
    path.write_bytes(sample_file.read_bytes())
    opened = Workspace(Store.open(path))
    yield opened
    opened.close()


@pytest.fixture
def place(qtbot, workspace):
    shown = TimelinePlace(workspace, today=lambda: TODAY)
    qtbot.addWidget(shown)
    shown.resize(1300, 800)
    shown.show()
    yield shown
    shown.close()


@pytest.fixture
def empty_workspace(tmp_path):
    opened = Workspace(Store.create(tmp_path / "new.sqlite"))
    yield opened
    opened.close()


def the_inspection(workspace, day):
    return next(
        one
        for one in workspace.store.each(Inspection)
        if one.started_on == (PartialDate.from_iso(day) if day else None)
    )


def words(widget):
    return [label.text() for label in widget.findChildren(QLabel)]


def test_durham_is_shown_with_its_newest_inspection(place):
    assert place.heading.text() == "Durham County Council"
    assert place.count.text() == "9 inspections, 2011 to 2025"
    assert not place.provider.isVisible()
    assert "ILACS short inspection" in words(place.summary)
    assert "Lead inspector Ceri Evans" in words(place.summary)


def test_the_summary_tells_grades_areas_and_quotes(place, workspace):
    place.show_inspection(the_inspection(workspace, "2022-05-09").id)
    told = words(place.summary)
    assert "9 May to 20 May 2022 · published 5 July 2022" in told
    assert "Areas for improvement: 3" in told
    assert "1  The response to children who go missing from home or care." in told
    assert "Quotes: 31" in told
    assert "and 28 more" in told
    chips = [label for label in place.summary.findChildren(QLabel) if label.property("tone")]
    assert [chip.text() for chip in chips] == ["Outstanding", "Good", "Good", "Good"]
    assert chips[3].accessibleName() == "Overall effectiveness: Good"
    assert {label.textFormat() for label in place.findChildren(QLabel)} == {Qt.TextFormat.PlainText}


def test_all_judgements_of_2011_stand_in_their_groups(place, workspace):
    place.show_inspection(the_inspection(workspace, "2011-11-28").id)
    told = words(place.summary)
    assert "Safeguarding services" in told
    assert "Services for looked after children" in told
    assert told.count("Overall effectiveness") == 2
    assert told.count("Adequate") == 1


def test_the_areas_for_priority_action_are_named(place, workspace):
    place.show_inspection(the_inspection(workspace, "2021-07-13").id)
    assert "Area for priority action" in words(place.summary)
    assert "About arrangements for children in care" in words(place.summary)


def test_a_walk_changes_the_summary_and_enter_opens(qtbot, place, workspace):
    place.view.setFocus()
    qtbot.keyClick(place.view, Qt.Key.Key_Left)
    assert "ILACS standard inspection" in words(place.summary)
    with qtbot.waitSignal(place.open_wanted) as wanted:
        qtbot.keyClick(place.view, Qt.Key.Key_Return)
    assert wanted.args == [the_inspection(workspace, "2022-05-09").id]
    with qtbot.waitSignal(place.open_wanted) as wanted:
        qtbot.mouseClick(place.summary.open_button, Qt.MouseButton.LeftButton)
    assert wanted.args == [the_inspection(workspace, "2022-05-09").id]


def test_an_event_without_a_date_is_named_and_can_be_looked_at(qtbot, place, workspace):
    (button,) = place.undated.buttons
    assert button.text() == "Scrutiny committee considers the focused visit of July 2021"
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert "Date not known" in words(place.summary)
    assert place.view.selected_inspection == ""
    undated = the_inspection(workspace, "")
    workspace.do("Change title", Edit((undated,), (replace(undated, title="Scrutiny"),)))
    assert "Scrutiny" in words(place.summary)


def test_the_place_follows_the_file(place, workspace):
    inspection = the_inspection(workspace, "2022-05-09")
    place.show_inspection(inspection.id)
    workspace.do("Change lead inspector", Edit((inspection,), (replace(inspection, lead_inspector="A & B <c>"),)))
    assert "Lead inspector A & B <c>" in words(place.summary)
    workspace.do("Remove inspection", removal(workspace.store, replace(inspection, lead_inspector="A & B <c>")))
    assert place.count.text() == "8 inspections, 2011 to 2025"
    assert place.view.selected_inspection == the_inspection(workspace, "2025-03-24").id
    workspace.undo()
    assert place.count.text() == "9 inspections, 2011 to 2025"


def test_a_place_that_is_not_seen_reads_when_it_is_shown(place, workspace):
    place.hide()
    inspection = the_inspection(workspace, "2025-03-24")
    workspace.do("Remove inspection", removal(workspace.store, inspection))
    assert place.count.text() == "9 inspections, 2011 to 2025"
    place.show()
    assert place.count.text() == "8 inspections, 2011 to 2022"


def test_of_several_providers_the_chosen_one_is_shown_and_remembered(place, workspace):
    leeds = Provider(id=LEEDS, name="Leeds & <b>Co</b>")
    visit = Inspection(
        id=VISIT,
        provider_id=LEEDS,
        kind_id=the_kind("ILACS_2018", "ilacs_focused_visit").id,
        started_on=PartialDate(2020, 1),
    )
    workspace.do("Add inspection", Edit(after=(leeds, visit)))
    assert place.provider.isVisible()
    assert place.heading.text() == "Durham County Council"
    place.show_inspection(VISIT)
    assert place.heading.text() == "Leeds & <b>Co</b>"
    assert place.count.text() == "1 inspection, 2020"
    workspace.do("Change title", Edit((visit,), (replace(visit, title="A visit"),)))
    assert place.heading.text() == "Leeds & <b>Co</b>"
    assert place.view.selected_inspection == VISIT
    assert not place.show_inspection("unknown")


def test_an_empty_file_says_what_to_do_next(qtbot, empty_workspace):
    empty = TimelinePlace(empty_workspace, today=lambda: TODAY)
    qtbot.addWidget(empty)
    empty.show()
    assert "No inspections yet" in [label.text() for label in empty.findChildren(QLabel) if label.isVisible()]
    button = next(one for one in empty.findChildren(QPushButton) if one.text() == "New inspection")
    with qtbot.waitSignal(empty.new_wanted):
        qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    provider = Provider(id=LEEDS, name="Durham County Council")
    kind_id = the_kind("ILACS_2026", "ilacs_standard").id
    inspection = Inspection(id=VISIT, provider_id=LEEDS, kind_id=kind_id, started_on=PartialDate(2026, 10, 5))
    empty_workspace.do("Add inspection", Edit(after=(provider, inspection)))
    assert empty.view.isVisible()
    assert empty.view.selected_inspection == VISIT
    empty.close()


def test_the_lanes_and_the_summary_share_the_height(qtbot, qapp, place):
    look.apply(qapp, "light")  # the room that a person has
    line = place.fontMetrics().height()
    place.resize(80 * line, 45 * line)  # as a window of 1440 x 900
    qtbot.waitUntil(lambda: place.splitter.sizes()[1] >= 9 * line - 10)
    assert place.view.verticalScrollBar().maximum() == 0
    assert "Lead inspector Ceri Evans" in words(place.summary)
    assert place.splitter.sizes()[0] > place.splitter.sizes()[1]
    assert place.panes() == [place.view, place.summary]
    place.resize(60 * line, 35 * line)  # as a window of 1024 x 700
    qtbot.waitUntil(lambda: place.splitter.sizes()[1] < 6 * line)
    assert place.view.verticalScrollBar().maximum() == 0
    assert len(place.view.timeline_model.timeline.lanes) == 10
    assert not place.count.isVisible()
    assert "ILACS short inspection" in words(place.summary)
    assert place.summary.open_button.isVisible()
    assert any("areas for improvement: none recorded" in told for told in words(place.summary))


def test_tab_goes_from_the_filters_to_the_lanes_and_then_to_the_summary(place):
    order, widget = [], place.tools.table_button
    wanted = [place.tools.table_button, place.tools.strand, place.tools.framework, place.tools.kind, place.view]
    for _ in range(200):
        order.append(widget)
        widget = widget.nextInFocusChain()
    found = [one for one in order if one in (*wanted, place.summary)]
    assert found[: len(wanted) + 1] == [*wanted, place.summary]


def test_the_table_shows_the_same_facts_and_is_copied(qtbot, place, workspace):
    place.tools.table_button.click()
    assert place.panes()[0] is place.table
    assert place.table.isVisible() and not place.view.isVisible()
    place.table.setFocus()
    row = next(
        row for row, one in enumerate(place.table.rows_model.rows) if one.cells[:2] == ("Leadership", "9 May 2022")
    )
    place.table.setCurrentIndex(place.table.rows_model.index(row, 0))
    assert place.summary.inspection.id == the_inspection(workspace, "2022-05-09").id
    qtbot.keyClick(place.table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    lines = QGuiApplication.clipboard().text().split("\n")
    assert lines[0].split("\t")[0] == "Lane"
    assert len(lines) == len(place.table.rows_model.rows) + 1
    with qtbot.waitSignal(place.open_wanted) as wanted:
        qtbot.keyClick(place.table, Qt.Key.Key_Return)
    assert wanted.args == [the_inspection(workspace, "2022-05-09").id]


def test_the_tables_model_keeps_the_rules_of_models(qtmodeltester, place):
    qtmodeltester.check(place.table.rows_model)


def test_filters_leave_what_was_asked_for(place, workspace):
    key = next(one.id for one in workspace.lists.frameworks.values() if one.code == "SIF_2013")
    place.tools.framework.set_value(key)
    place.tools.filtered.emit()
    shown = place.view.timeline_model.timeline
    assert {event.inspection_id for event in shown.events} == {the_inspection(workspace, "2016-02-22").id}
    assert place.count.text() == "1 of 9 inspections"
    place.tools.framework.set_value(None)
    strand = next(one.id for one in workspace.lists.strands.values() if one.label == "Leadership")
    place.tools.strand.set_value(strand)
    place.tools.filtered.emit()
    assert [one.label for one in place.view.timeline_model.timeline.lanes] == ["Leadership"]


def test_providers_side_by_side(place, workspace):
    leeds = Provider(id=LEEDS, name="Leeds")
    workspace.do("Add provider", Edit(after=(leeds,)))
    assert place.tools.providers_button.isVisible()
    strand = next(one.id for one in workspace.lists.strands.values() if one.label == "Leadership")
    place.show_beside([LEEDS], strand)
    assert [one.label for one in place.view.timeline_model.timeline.lanes] == ["Durham County Council", "Leeds"]
    assert place.heading.text() == "Leadership: Durham County Council and 1 other"
    place.show_beside([], "")
    assert place.heading.text() == "Durham County Council"


def test_the_neighbours_of_a_council_are_kept_for_the_next_time(qtbot, place, workspace, tmp_path):
    store = QSettings(str(tmp_path / "kept.ini"), QSettings.Format.IniFormat)
    leeds, york = Provider(id=LEEDS, name="Leeds"), Provider(id=new_id(), name="York")
    workspace.do("Add providers", Edit(after=(leeds, york)))
    beside, own = SideBySide(workspace, Neighbours(store)), place.provider.value()
    dialog = beside.dialog(own, place)
    qtbot.addWidget(dialog)
    assert dialog.chosen() == []
    dialog.finder.setText("yor")
    assert [item.text() for item in dialog._items() if not item.isHidden()] == ["York"]
    qtbot.keyClick(dialog.finder, Qt.Key.Key_Down)
    qtbot.keyClick(dialog.list, Qt.Key.Key_Space)
    assert dialog.count.text() == "1 of 10 ticked"
    beside.take(own, dialog)
    assert beside.others == [york.id]
    again = SideBySide(workspace, Neighbours(QSettings(store.fileName(), QSettings.Format.IniFormat)))
    reopened = again.dialog(own, place)
    qtbot.addWidget(reopened)
    assert reopened.chosen() == [york.id]
    assert reopened.list.item(0).text() == "York"
    reopened.none_button.click()
    again.take(own, reopened)
    assert again.others == []
    assert Neighbours(store).of(own) == [york.id]
    assert Neighbours().of(own) == []


def test_at_most_ten_others_can_be_chosen(qtbot):
    others = [(str(key), f"Council {key}") for key in range(12)]
    dialog = ProvidersDialog("Durham", others, [("s", "Leadership")], [key for key, _ in others[:11]])
    qtbot.addWidget(dialog)
    dialog.show()
    dialog.show_button.click()
    assert dialog.message.text() == "Choose 10 providers at most: 11 are ticked"
    assert dialog.isVisible()
    dialog.list.item(0).setCheckState(Qt.CheckState.Unchecked)
    dialog.show_button.click()
    assert not dialog.isVisible()
    assert len(dialog.chosen()) == 10


def test_two_inspections_are_set_beside_each_other(qtbot, place, workspace):
    dialog = place.summary.compare(the_inspection(workspace, "2022-05-09"))
    qtbot.addWidget(dialog)
    dialog.show()
    assert dialog.other.value() == the_inspection(workspace, "2019-09-09").id
    text = dialog.judgements.as_text()
    assert "up from Requires improvement to be good" in text
    dialog.other.set_value(the_inspection(workspace, "2011-11-28").id)
    dialog.other.edited.emit()
    assert "not comparable: other scale" in dialog.judgements.as_text()
    assert dialog.areas.rowCount() == 3
    dialog.close()

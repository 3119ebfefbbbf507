"""The window that confirms what a report says, by keyboard alone."""

import json
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from db.dates import PartialDate
from db.records import AreaForImprovement, Document, Inspection, Judgement, Provider
from desktop_app import ask
from desktop_app.places import draft_dialog
from desktop_app.places.draft_dialog import DraftDialog, look_at
from desktop_app.places.draft_fields import AREA, JUDGEMENT
from desktop_app.places.draft_states import State
from desktop_app.reading import draft
from desktop_app.workspace import Workspace
from tests.desktop_app import made_reports
from tests.desktop_app.made_reports import ILACS_2018, ITEMS, NEW_GRADES

REPORTS = Path(__file__).parents[2].parent / "shared" / "reports"
with_reports = pytest.mark.skipif(not REPORTS.exists(), reason="the real reports are not beside the project")
RETURN, ESCAPE, DELETE = Qt.Key.Key_Return, Qt.Key.Key_Escape, Qt.Key.Key_Delete
MADE = made_reports.ilacs([*zip(ILACS_2018, NEW_GRADES, strict=True)])
OWN = (Provider, Inspection, Judgement, AreaForImprovement, Document)


@pytest.fixture(autouse=True)
def spoken(monkeypatch):
    said = []
    monkeypatch.setattr(draft_dialog, "announce", lambda _widget, text, **_: said.append(text))
    return said


@pytest.fixture
def workspace(store):
    return Workspace(store)


@pytest.fixture
def open_dialog(qtbot, workspace, settings):
    def show(text=None):
        found = draft.from_pasted(text or MADE.pasted())
        shown = DraftDialog(workspace, settings, found, b"%PDF made up", "durham.pdf")
        return watched(qtbot, shown)

    return show


def watched(qtbot, shown):
    shown.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    qtbot.addWidget(shown)
    shown.show()
    shown.activateWindow()
    qtbot.waitUntil(shown.rows.hasFocus)
    return shown


def go(dialog, key):
    dialog.rows.go_to(dialog.confirming.place_of(key))
    return dialog.confirming.fields[dialog.rows.place]


def state(dialog, key):
    return dialog.confirming.state(dialog.confirming.fields[dialog.confirming.place_of(key)])


def test_enter_accepts_and_goes_on(qtbot, open_dialog):
    dialog = open_dialog()
    assert dialog.rows.place == 0
    qtbot.keyClick(dialog.rows, RETURN)
    assert state(dialog, "provider") is State.ACCEPTED
    assert dialog.rows.place == 1
    for _ in dialog.confirming.fields:
        qtbot.keyClick(dialog.rows, RETURN)
    assert dialog.add_button.hasFocus()
    assert state(dialog, "published_on") is State.OPEN  # nothing is printed, so there is nothing to accept


def test_typing_corrects_and_a_wrong_date_is_explained(qtbot, open_dialog):
    dialog = open_dialog()
    go(dialog, "published_on")
    qtbot.keyClick(dialog.rows, "5")
    assert (dialog.editor.line.hasFocus(), dialog.editor.line.text()) == (True, "5")
    qtbot.keyClicks(dialog.editor.line, " Juy 2022")
    qtbot.keyClick(dialog.editor.line, RETURN)
    assert "Enter a month" in dialog.editor.error.text()
    assert state(dialog, "published_on") is State.OPEN
    dialog.editor.line.clear()
    qtbot.keyClicks(dialog.editor.line, "5/7/2022")
    qtbot.keyClick(dialog.editor.line, RETURN)
    assert state(dialog, "published_on") is State.CORRECTED
    assert dialog.confirming.confirmed().values == {"published_on": PartialDate(2022, 7, 5)}
    assert dialog.rows.hasFocus()


def test_escape_in_the_editor_leaves_the_field_open(qtbot, open_dialog):
    dialog = open_dialog()
    lead = go(dialog, "lead_inspector")
    qtbot.keyClick(dialog.rows, "X")
    qtbot.keyClick(dialog.editor.line, ESCAPE)
    assert dialog.isVisible()
    assert not dialog.editor.isVisible()
    assert state(dialog, "lead_inspector") is State.OPEN
    assert dialog.confirming.value(lead) == "Louise Hollick"


def test_a_grade_is_chosen_by_its_letter(qtbot, open_dialog):
    dialog = open_dialog()
    key = JUDGEMENT + "ilacs_overall"
    overall = go(dialog, key)
    qtbot.keyClick(dialog.rows, "g")
    qtbot.keyClick(dialog.editor.choice, RETURN)
    assert state(dialog, key) is State.CORRECTED
    assert overall.in_words(dialog.confirming.value(overall)) == "Good"


def test_delete_leaves_a_row_out(qtbot, open_dialog):
    dialog = open_dialog()
    go(dialog, f"{AREA}0")
    qtbot.keyClick(dialog.rows, DELETE)
    assert state(dialog, f"{AREA}0") is State.LEFT_OUT
    assert f"{AREA}0" not in dialog.confirming.confirmed().values


def test_all_that_is_certain_leaves_what_is_derived_open(qtbot, open_dialog):
    dialog = open_dialog()
    qtbot.keyClick(dialog.rows, Qt.Key.Key_C, Qt.KeyboardModifier.AltModifier)
    qtbot.waitUntil(lambda: state(dialog, "provider") is State.ACCEPTED)  # a mnemonic presses the button for a moment
    assert state(dialog, JUDGEMENT + "ilacs_overall") is State.ACCEPTED
    assert {state(dialog, key) for key in ("framework", "kind", "published_on")} == {State.OPEN}


def test_the_row_says_where_it_stands_and_why_it_is_doubted(open_dialog, spoken):
    dialog = open_dialog()
    go(dialog, "kind")
    assert "Inspection dates: 9 May to 20 May 2022" in dialog.detail.toPlainText()
    assert "12 days" in dialog.detail.toPlainText()
    assert spoken[-1].startswith("Kind: ")
    assert "worked out" in spoken[-1]
    assert spoken[-1].count("\n") == 0


def test_what_is_added_is_one_deed_that_undo_takes_back(qtbot, open_dialog, workspace):
    dialog = open_dialog()
    for _ in dialog.confirming.fields:
        qtbot.keyClick(dialog.rows, RETURN)
    with qtbot.waitSignal(dialog.added) as added:
        qtbot.keyClick(dialog.add_button, RETURN)
    assert workspace.store.get(Inspection, added.args[0].id) == added.args[0]
    assert [one.text for one in workspace.store.each(AreaForImprovement)] == [*ITEMS]
    assert workspace.undo() == "Add inspection from a report"
    assert [workspace.store.each(kind) for kind in OWN] == [[], [], [], [], []]
    assert workspace.undo_label == ""


def test_enter_writes_only_on_the_button_itself(qtbot, open_dialog, workspace):
    dialog = open_dialog()
    for _ in dialog.confirming.fields:
        qtbot.keyClick(dialog.rows, RETURN)
    dialog.detail.setFocus()
    qtbot.keyClick(dialog.detail, RETURN)
    dialog.certain_button.setFocus()
    qtbot.keyClick(dialog.certain_button, RETURN)
    assert dialog.isVisible()
    assert not workspace.store.each(Inspection)
    dialog.add_button.setFocus()
    qtbot.keyClick(dialog.add_button, RETURN)
    assert workspace.store.each(Inspection)


def test_without_a_kind_it_says_so_and_writes_nothing(qtbot, open_dialog, workspace):
    dialog = open_dialog()
    qtbot.keyClick(dialog.rows, RETURN)
    dialog.add()
    assert dialog.error.text() == "Accept or enter the kind first."
    assert dialog.rows.place == dialog.confirming.place_of("kind")
    assert dialog.isVisible()
    assert not workspace.store.each(Inspection)


def test_a_correction_that_is_not_entered_holds_the_adding_up(qtbot, open_dialog, workspace):
    dialog = open_dialog()
    for key in ("provider", "kind", "lead_inspector"):
        go(dialog, key)
        if key != "lead_inspector":
            qtbot.keyClick(dialog.rows, RETURN)
    go(dialog, "lead_inspector")
    qtbot.keyClick(dialog.rows, "A")
    dialog.add()
    assert "Press Enter" in dialog.editor.error.text()
    assert not workspace.store.each(Inspection)


def test_leaving_asks_only_where_something_is_confirmed(qtbot, open_dialog, monkeypatch):
    asked = []
    monkeypatch.setattr(ask, "whether", lambda *words: asked.append(words) or False)
    dialog = open_dialog()
    qtbot.keyClick(dialog.rows, RETURN)
    qtbot.keyClick(dialog.rows, ESCAPE)
    assert dialog.isVisible()
    assert len(asked) == 1
    dialog.confirming.leave_open(go(dialog, "provider"))
    qtbot.keyClick(dialog.rows, ESCAPE)
    assert not dialog.isVisible()
    assert len(asked) == 1


def test_an_inspection_that_is_there_is_told_and_can_be_replaced(qtbot, open_dialog, workspace):
    first = open_dialog()
    for _ in first.confirming.fields:
        qtbot.keyClick(first.rows, RETURN)
    first.add()
    again = open_dialog(made_reports.ilacs([], lead="Lead inspector: Jan Edwards").pasted())
    assert "already" in again.notice.text()
    assert not again.replace_button.isEnabled()
    go(again, "lead_inspector")
    assert "The file says: Louise Hollick." in again.detail.toPlainText()
    qtbot.keyClick(again.rows, RETURN)
    go(again, "lead_inspector")
    again.replace_button.click()
    again.add()
    (inspection,) = workspace.store.each(Inspection)
    assert inspection.lead_inspector == "Jan Edwards"
    assert len(workspace.store.each(Document)) == 1


def test_it_fits_a_small_screen_and_shows_words_as_they_stand(open_dialog):
    dialog = open_dialog(MADE.pasted().replace("Louise Hollick", "<b>Louise</b> Hollick"))
    assert dialog.minimumSizeHint().width() <= 1024
    assert max(dialog.height(), dialog.minimumSizeHint().height()) <= 700
    assert {label.textFormat() for label in dialog.findChildren(QLabel)} == {Qt.TextFormat.PlainText}
    for part in (dialog.rows, dialog.detail):
        assert part.accessibleName()


def test_a_pdf_is_read_and_opened(qtbot, workspace, settings, tmp_path, window):
    path = tmp_path / "durham.pdf"
    path.write_bytes(MADE.pdf())
    dialog = watched(qtbot, look_at(workspace, settings, window, path))
    assert dialog.rows.topLevelItemCount() == len(dialog.confirming.fields)
    assert "page 1: " in dialog.confirming.details(go(dialog, "started_on"))
    dialog.reject()


def test_what_cannot_be_read_is_explained(workspace, settings, tmp_path, window, monkeypatch):
    told = []
    monkeypatch.setattr(ask, "tell", lambda *words: told.append(words[1:]))
    path = tmp_path / "broken.pdf"
    path.write_bytes(b"%PDF-1.4 broken")
    assert look_at(workspace, settings, window, path) is None
    assert look_at(workspace, settings, window, tmp_path / "gone.pdf") is None
    assert [words[0].partition(" could")[0] for words in told] == ["broken.pdf", "gone.pdf"]
    assert "by hand" in told[0][1]


def test_a_file_for_reading_only_is_left_alone(workspace, settings, window, monkeypatch):
    told = []
    monkeypatch.setattr(ask, "tell", lambda *words: told.append(words[1]))
    workspace.become_read_only()
    assert look_at(workspace, settings, window, Path("any.pdf")) is None
    assert "reading only" in told[0]


@with_reports
def test_the_report_of_2022_becomes_the_truth(qtbot, workspace, settings, window):
    lines = (REPORTS / "open_truth.jsonl").read_text(encoding="utf-8").splitlines()
    truth = next(one for one in map(json.loads, lines) if one["file"] == "durham-2022-07-05.pdf")
    dialog = watched(qtbot, look_at(workspace, settings, window, REPORTS / truth["file"]))
    dialog.certain_button.click()
    for key in ("kind", "started_on", "ended_on"):  # not printed, or printed in two ways
        assert state(dialog, key) is State.OPEN
        go(dialog, key)
        qtbot.keyClick(dialog.rows, RETURN)
    dialog.add()
    (inspection,) = workspace.store.each(Inspection)
    assert inspection.started_on.iso == truth["inspection_start"]
    assert inspection.ended_on.iso == truth["inspection_end"]
    assert inspection.lead_inspector == truth["lead_inspector"]
    grades = workspace.lists.grades
    given = [grades[one.grade_id].code for one in workspace.store.each(Judgement)]
    assert sorted(given) == sorted(one["normalised_grade"] for one in truth["judgements"])
    areas = workspace.store.each(AreaForImprovement)
    assert [one.text for one in areas] == truth["improvement_items"]
    assert [one.page for one in areas] == truth["improvement_item_pages"]
    workspace.undo()
    assert [workspace.store.each(kind) for kind in OWN] == [[], [], [], [], []]

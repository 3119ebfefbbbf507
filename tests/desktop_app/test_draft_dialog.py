"""The window that confirms what a report says, by keyboard alone."""

import json
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from db.dates import PartialDate
from db.records import AreaForImprovement, Document, Inspection, Judgement, Provider
from db.report_drafts import ReportDrafts
from desktop_app import ask
from desktop_app.places import draft_correcting, draft_dialog, draft_keeping, draft_opening, draft_words
from desktop_app.places.draft_dialog import DraftDialog
from desktop_app.places.draft_fields import AREA, JUDGEMENT
from desktop_app.places.draft_opening import look_at, look_at_text
from desktop_app.places.draft_reading import PASTED, read_content
from desktop_app.places.draft_states import State
from desktop_app.views.report_marks import Manner
from desktop_app.workspace import Workspace
from tests.desktop_app import made_reports
from tests.desktop_app.made_reports import ILACS_2018, ITEMS, NEW_GRADES

REPORTS = Path(__file__).parents[2].parent / "shared" / "reports"
with_reports = pytest.mark.skipif(not REPORTS.exists(), reason="the real reports are not beside the project")
RETURN, ESCAPE, DELETE = Qt.Key.Key_Return, Qt.Key.Key_Escape, Qt.Key.Key_Delete
MADE = made_reports.ilacs([*zip(ILACS_2018, NEW_GRADES, strict=True)])
OWN = (Provider, Inspection, Judgement, AreaForImprovement, Document)
UNWATCHED = SimpleNamespace(tell=lambda *_: None, is_cancelled=lambda: False)


@pytest.fixture(autouse=True)
def spoken(monkeypatch):
    said = []
    for module in (draft_dialog, draft_correcting):
        monkeypatch.setattr(module, "announce", lambda _widget, text, **_: said.append(text))
    return said


@pytest.fixture
def workspace(store):
    return Workspace(store)


@pytest.fixture
def open_dialog(qtbot, workspace, settings):
    def show(text=None):
        found = read_content((text or MADE.pasted()).encode(), PASTED, UNWATCHED)
        return watched(qtbot, DraftDialog(workspace, settings, found))

    return show


def watched(qtbot, shown):
    shown.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    qtbot.addWidget(shown)
    shown.show()
    shown.activateWindow()
    qtbot.waitUntil(shown.isActiveWindow)
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
    dialog.editor.line.selectAll()
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
    qtbot.keyClick(dialog.rows, RETURN)
    go(dialog, "lead_inspector")
    qtbot.keyClick(dialog.rows, Qt.Key.Key_F2)
    qtbot.keyClick(dialog.editor.line, ESCAPE)
    assert state(dialog, "lead_inspector") is State.ACCEPTED  # it was only looked at


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


def test_a_correction_that_is_begun_is_taken_when_another_row_is_clicked(qtbot, open_dialog):
    dialog = open_dialog()
    go(dialog, "lead_inspector")
    qtbot.keyClick(dialog.rows, "J")
    qtbot.keyClicks(dialog.editor.line, "an Edwards")
    row = dialog.rows.visualItemRect(dialog.rows.topLevelItem(1))
    qtbot.mouseClick(dialog.rows.viewport(), Qt.MouseButton.LeftButton, pos=row.center())
    assert (dialog.rows.place, dialog.editor.isVisible()) == (1, False)
    assert dialog.confirming.confirmed().values == {"lead_inspector": "Jan Edwards"}
    go(dialog, "published_on")
    qtbot.keyClick(dialog.rows, "5")
    qtbot.mouseClick(dialog.rows.viewport(), Qt.MouseButton.LeftButton, pos=row.center())
    assert dialog.rows.place == dialog.confirming.place_of("published_on")  # it is no date yet, and is not lost
    assert dialog.editor.line.text() == "5"
    assert dialog.editor.error.text()


def test_escape_in_the_list_goes_on_and_leaves_the_row_open(qtbot, open_dialog):
    dialog = open_dialog()
    qtbot.keyClick(dialog.rows, ESCAPE)
    assert (dialog.isVisible(), dialog.rows.place, state(dialog, "provider")) == (True, 1, State.OPEN)
    go(dialog, "lead_inspector")
    qtbot.keyClick(dialog.rows, RETURN)
    go(dialog, "lead_inspector")
    qtbot.keyClick(dialog.rows, ESCAPE)
    assert state(dialog, "lead_inspector") is State.OPEN


def test_all_of_an_area_is_corrected_by_keyboard(qtbot, open_dialog):
    dialog = open_dialog()
    key = f"{AREA}1"
    before = dialog.confirming.value(go(dialog, key))
    qtbot.keyClick(dialog.rows, Qt.Key.Key_F2)
    area = dialog.editor.area
    assert area.words.hasFocus()
    assert area.words.toPlainText() == ITEMS[1]
    for _ in range(3):
        qtbot.keyClick(dialog.focusWidget(), Qt.Key.Key_Tab)
    assert area.blocks["audience"].field.hasFocus()
    qtbot.keyClicks(area.blocks["audience"].field, "partn")
    for _ in range(3):
        qtbot.keyClick(dialog.focusWidget(), Qt.Key.Key_Tab)
    assert area.blocks["paragraph"].field.hasFocus()
    qtbot.keyClicks(area.blocks["paragraph"].field, "x")
    qtbot.keyClick(dialog.focusWidget(), RETURN)
    assert "whole number" in dialog.editor.error.text()
    area.blocks["paragraph"].field.clear()
    qtbot.keyClicks(area.blocks["paragraph"].field, "12")
    qtbot.keyClick(dialog.focusWidget(), RETURN)
    now = dialog.confirming.value(go(dialog, key))
    assert now == replace(before, audience="partnership", paragraph=12)
    assert state(dialog, key) is State.CORRECTED


def test_a_pasted_list_that_was_missed_becomes_a_row_for_each_item(qtbot, open_dialog):
    dialog = open_dialog(made_reports.ilacs([*zip(ILACS_2018, NEW_GRADES, strict=True)], items=()).pasted())
    qtbot.keyClick(dialog.rows, Qt.Key.Key_Insert)
    dialog.editor.area.words.setPlainText("• Help for young carers.\n• Homes for children with complex needs.")
    qtbot.keyClick(dialog.editor.area.words, RETURN)
    added = [one for one in dialog.confirming.fields if one.key.startswith(AREA)]
    words = [dialog.confirming.value(one).text for one in added]
    assert words == ["Help for young carers.", "Homes for children with complex needs."]
    assert {dialog.confirming.state(one) for one in added} == {State.CORRECTED}
    qtbot.keyClick(dialog.rows, Qt.Key.Key_Insert)
    qtbot.keyClick(dialog.editor.area.words, ESCAPE)
    assert len([one for one in dialog.confirming.fields if one.key.startswith(AREA)]) == len(added)


def test_leaving_keeps_what_was_confirmed_and_typed(qtbot, open_dialog, workspace):
    drafts = ReportDrafts(workspace.store.path)
    dialog = open_dialog()
    dialog.later_button.click()
    assert (dialog.isVisible(), drafts.all()) == (False, [])  # nothing was made of it
    dialog = open_dialog()
    qtbot.keyClick(dialog.rows, RETURN)
    go(dialog, "lead_inspector")
    qtbot.keyClick(dialog.rows, "J")
    with qtbot.waitSignal(dialog.told) as told:
        dialog.reject()
    assert "is kept, 1 of" in told.args[0]
    again = open_dialog()
    assert state(again, "provider") is State.ACCEPTED
    assert again.edited == "lead_inspector"
    assert again.editor.line.text() == "J"
    assert "goes on where it was left" in again.notice.text()
    qtbot.keyClick(again.editor.line, RETURN)
    accept_all(again)
    again.add()
    assert [one.lead_inspector for one in workspace.store.each(Inspection)] == ["J"]
    assert drafts.all() == []
    assert not [*drafts.folder.iterdir()]


@pytest.mark.parametrize("is_kept", [True, False])
def test_what_is_typed_stands_on_the_disk_while_the_window_is_open(qtbot, open_dialog, workspace, monkeypatch, is_kept):
    monkeypatch.setattr(draft_dialog, "AFTER_KEY_MS", 0)
    if not is_kept:  # the control: nobody asks for it to be kept
        monkeypatch.setattr(draft_keeping.DraftKeeping, "keep_soon", lambda *_: None)
    dialog = open_dialog()
    drafts = ReportDrafts(workspace.store.path)
    go(dialog, "lead_inspector")
    qtbot.keyClick(dialog.rows, "J")
    if is_kept:
        qtbot.waitUntil(lambda: bool(drafts.all()))
    qtbot.wait(100)
    kept = [one.rows["typing"]["text"].text for one in drafts.all()]
    assert kept == (["J"] if is_kept else [])
    dialog.throw_away()


def test_throwing_away_asks_only_where_something_is_confirmed(qtbot, open_dialog, workspace, monkeypatch):
    asked = []
    monkeypatch.setattr(ask, "whether", lambda *words: asked.append(words) or len(asked) > 1)
    dialog = open_dialog()
    qtbot.keyClick(dialog.rows, RETURN)
    dialog.throw_away_button.click()
    assert (dialog.isVisible(), len(asked)) == (True, 1)
    dialog.throw_away_button.click()
    assert not dialog.isVisible()
    assert ReportDrafts(workspace.store.path).all() == []
    open_dialog().throw_away_button.click()
    assert len(asked) == 2


def accept_all(dialog):
    for key in [one.key for one in dialog.confirming.fields]:
        dialog.confirming.accept(dialog.confirming.fields[dialog.confirming.place_of(key)])


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
    assert {one.inspection_ids for one in workspace.store.each(Document)} == {(inspection.id,)}


def test_it_fits_a_small_screen_and_shows_words_as_they_stand(open_dialog):
    dialog = open_dialog(MADE.pasted().replace("Louise Hollick", "<b>Louise</b> Hollick"))
    go(dialog, f"{AREA}0")
    dialog.edit("")
    assert dialog.minimumSizeHint().width() <= 1000
    assert dialog.minimumSizeHint().height() <= 620
    assert {label.textFormat() for label in dialog.findChildren(QLabel)} == {Qt.TextFormat.PlainText}
    for part in (dialog.rows, dialog.detail):
        assert part.accessibleName()


def test_a_pdf_is_read_and_the_line_of_each_row_is_lit(qtbot, workspace, settings, tmp_path, window):
    path = tmp_path / "durham.pdf"
    path.write_bytes(MADE.pdf())
    dialog = watched(qtbot, look_at(workspace, settings, window, path))
    assert dialog.rows.topLevelItemCount() == len(dialog.confirming.fields)
    assert "page 1: " in draft_words.details(dialog.confirming, go(dialog, "started_on"))
    sheet, pages = dialog.report.sheet, dialog.report.document.pages
    for key, words, page in (("lead_inspector", "Louise Hollick", 1), (f"{AREA}0", "initial health assessments", 2)):
        go(dialog, key)
        lit = sheet.marks.places(Manner.SHOWN)
        assert words in " ".join(pages[one.page - 1].text[one.start : one.end] for one in lit)
        assert ({one.page for one in lit}, dialog.report.shown.page) == ({page}, page)
    go(dialog, "published_on")
    assert not sheet.marks.places(Manner.SHOWN)
    dialog.go_to_other_pane()
    assert sheet.hasFocus()
    go(dialog, f"{AREA}0")
    dialog.report.switch_view()
    (lit,) = dialog.report.text.extraSelections()
    assert lit.cursor.selectedText() == ITEMS[0]
    assert dialog.report.text.textCursor().position() == lit.cursor.selectionStart()
    dialog.reject()


def test_pasted_words_light_their_line_in_the_text(open_dialog):
    dialog = open_dialog()
    go(dialog, "lead_inspector")
    (lit,) = dialog.report.text.extraSelections()
    assert "Louise Hollick" in lit.cursor.selectedText()


def test_marked_words_become_an_added_area(open_dialog):
    dialog = open_dialog()
    words = dialog.report.words
    at = next(at for at, one in enumerate(words.paragraphs) if "wide range" in one.text)
    dialog.report.shown.select([*words.numbered(words.paragraphs[at].number)])
    dialog.more_button.click()
    assert "wide range of early help" in dialog.editor.area.words.toPlainText()
    assert dialog.editor.area.value()["paragraph"] == words.paragraphs[at].number


def test_what_cannot_be_read_is_explained(workspace, settings, tmp_path, window, monkeypatch):
    told = []
    monkeypatch.setattr(ask, "tell", lambda *words: told.append(words[1:]))
    path = tmp_path / "broken.pdf"
    path.write_bytes(b"%PDF-1.4 broken")
    assert look_at(workspace, settings, window, path) is None
    assert look_at(workspace, settings, window, tmp_path / "gone.pdf") is None
    assert look_at_text(workspace, settings, window, "too short") is None
    assert [words[0].partition(" could")[0] for words in told] == ["broken.pdf", "gone.pdf", "Pasted text"]
    assert "by hand" in told[0][1]


def test_a_file_for_reading_only_is_left_alone(workspace, settings, window, monkeypatch):
    told = []
    monkeypatch.setattr(ask, "tell", lambda *words: told.append(words[1]))
    monkeypatch.setattr(draft_opening, "wait_for", lambda *_: pytest.fail("it was read"))
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

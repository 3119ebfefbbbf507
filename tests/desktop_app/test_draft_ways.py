"""The ways to a draft: the small step, the menu, a dropped file, pasted words, and one that was begun before."""

import shutil
from dataclasses import replace
from types import SimpleNamespace

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication

from db.errors import CannotWrite
from db.records import Document, Inspection
from db.report_drafts import ReportDrafts
from db.snapshot import Cancelled
from desktop_app import ask
from desktop_app.forms.new_inspection import NewInspectionDialog
from desktop_app.places import draft_dialog, draft_opening, draft_reading
from desktop_app.places.draft_dialog import DraftDialog
from desktop_app.places.draft_reading import PASTED, read_content
from desktop_app.places.draft_source import DraftSource
from tests.desktop_app import made_reports
from tests.desktop_app.made_reports import ILACS_2018, NEW_GRADES

MADE = made_reports.ilacs([*zip(ILACS_2018, NEW_GRADES, strict=True)])
UNWATCHED = SimpleNamespace(tell=lambda *_: None, is_cancelled=lambda: False)


@pytest.fixture
def read(monkeypatch):
    """The names of what was read; no process is started for it."""
    names = []

    def found(content, name):
        names.append(name)
        text = MADE.pasted().encode() if content.startswith(b"%PDF") else content
        return replace(read_content(text, PASTED, UNWATCHED), name=name, content=content)

    monkeypatch.setattr(draft_opening, "read_content", lambda content, name, _: found(content, name))
    monkeypatch.setattr(draft_opening, "read_path", lambda path, _: found(path.read_bytes(), path.name))
    monkeypatch.setattr(draft_opening, "wait_for", lambda _parent, _title, work: work(None))
    return names


@pytest.fixture
def pdf(tmp_path):
    path = tmp_path / "durham.pdf"
    path.write_bytes(b"%PDF made up")
    return path


def drop(widget, *paths):
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    copy, left, none = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    QApplication.sendEvent(widget, QDragEnterEvent(QPoint(5, 5), copy, data, left, none))
    QApplication.sendEvent(widget, QDropEvent(QPointF(5, 5), copy, data, left, none))


def shown(qtbot, window, kind):
    def found():
        return [one for one in window.findChildren(kind) if one.isVisible()]

    qtbot.waitUntil(lambda: bool(found()))
    return found()[-1]


def test_the_small_step_leads_to_a_report(qtbot, window, typist, read, pdf):
    typist.press("Ctrl+N")
    step = shown(qtbot, window, NewInspectionDialog)
    step.report_button.click()
    source = shown(qtbot, window, DraftSource)
    assert not source.text_button.isEnabled()
    source.text.setPlainText(MADE.pasted())
    source.text_button.click()
    dialog = shown(qtbot, window, DraftDialog)
    assert (read, dialog.windowTitle()) == ([PASTED], "New inspection from a report")
    dialog.throw_away()
    typist.press("Ctrl+N")
    drop(shown(qtbot, window, NewInspectionDialog), pdf)
    dialog = shown(qtbot, window, DraftDialog)
    assert read == [PASTED, pdf.name]
    dialog.reject()


def test_what_was_confirmed_is_shown_and_one_begun_is_offered_again(qtbot, window, typist, read, pdf, monkeypatch):
    monkeypatch.setattr(ask, "document_file", lambda *_: pdf)
    drafts = ReportDrafts(window.workspace.store.path)
    typist.press("Ctrl+Shift+R")
    source = shown(qtbot, window, DraftSource)
    assert not source.kept.isVisible()
    source.file_button.click()
    dialog = shown(qtbot, window, DraftDialog)
    for _ in range(3):
        qtbot.keyClick(dialog.rows, Qt.Key.Key_Return)
    dialog.reject()
    assert len(drafts.all()) == 1
    window.open_again()
    qtbot.waitUntil(lambda: window.trouble_bar.text.startswith("Begun and not added: durham.pdf, 3 of"))
    typist.press("Ctrl+Shift+R")
    source = shown(qtbot, window, DraftSource)
    assert source.list.count() == 1
    source.list.setFocus()
    qtbot.keyClick(source.list, Qt.Key.Key_Return)
    dialog = shown(qtbot, window, DraftDialog)
    assert len(dialog.confirming.confirmed().values) == 3
    assert window.trouble_bar.text == ""
    with qtbot.waitSignal(dialog.added) as added:
        dialog.add()
    assert window.inspections.pane.inspection == added.args[0]
    assert drafts.all() == []


def test_one_that_is_begun_can_be_thrown_away_unopened(qtbot, window, typist, read, pdf):
    drafts = ReportDrafts(window.workspace.store.path)
    window.new_from_report(pdf)
    dialog = shown(qtbot, window, DraftDialog)
    qtbot.keyClick(dialog.rows, Qt.Key.Key_Return)
    dialog.reject()
    typist.press("Ctrl+Shift+R")
    source = shown(qtbot, window, DraftSource)
    source.throw_away_button.click()
    assert (source.list.count(), source.kept.isVisible(), drafts.all()) == (0, False, [])
    source.reject()


def test_a_report_that_is_gone_is_told_and_found_again_when_it_is_chosen(
    qtbot, window, read, pdf, monkeypatch, tmp_path
):
    told = []
    monkeypatch.setattr(ask, "tell", lambda *words: told.append(words[1]))
    drafts = ReportDrafts(window.workspace.store.path)
    window.new_from_report(pdf)
    dialog = shown(qtbot, window, DraftDialog)
    qtbot.keyClick(dialog.rows, Qt.Key.Key_Return)
    dialog.reject()
    (kept,) = drafts.all()
    next(drafts.folder.glob("*.bytes")).unlink()
    window.go_on_with_report(kept)
    assert "Choose it again" in told[0]


def test_a_reading_that_is_cancelled_leaves_nothing(window, pdf, monkeypatch):
    def cancelled(*_):
        raise Cancelled

    monkeypatch.setattr(draft_opening, "wait_for", cancelled)
    window.new_from_report(pdf)
    assert window.findChildren(DraftDialog) == []
    assert ReportDrafts(window.workspace.store.path).all() == []


def test_a_dropped_report_is_read_or_added_as_the_person_says(qtbot, window, read, pdf, monkeypatch):
    asked = []
    monkeypatch.setattr(ask, "which", lambda _parent, _question, _details, choices: asked.append(choices) or 0)
    place = window.inspections
    drop(place, pdf)  # nothing is shown that it could be added to
    dialog = shown(qtbot, window, DraftDialog)
    for _ in range(4):
        qtbot.keyClick(dialog.rows, Qt.Key.Key_Return)
    dialog.add()
    assert asked == []
    store = window.workspace.store
    other = pdf.with_name("letter.pdf")
    other.write_bytes(b"%PDF another")
    drop(place, other)  # it has its report already, so this is likely for another inspection
    dialog = shown(qtbot, window, DraftDialog)
    dialog.reject()
    assert asked[0][0] == "Read it into a new inspection"
    monkeypatch.setattr(ask, "which", lambda *_: 1)
    drop(place, other)
    qtbot.waitUntil(lambda: store.count(Document) == 2)
    monkeypatch.setattr(ask, "which", lambda *_: None)
    drop(place, other)
    drop(window.timeline, pdf)
    assert shown(qtbot, window, DraftDialog).confirming.known is not None
    assert store.count(Inspection) == 1


def test_a_report_dropped_on_the_start_page_asks_for_a_file(qtbot, window, read, pdf, monkeypatch, new_file, tmp_path):
    window.close_file()
    path = shutil.copy(new_file, tmp_path / "other.sqlite")
    monkeypatch.setattr(ask, "which", lambda *_: 1)
    monkeypatch.setattr(ask, "existing_file", lambda *_: path)
    drop(window.start, pdf)
    dialog = shown(qtbot, window, DraftDialog)
    assert (window.workspace.store.path, read) == (path, [pdf.name])
    dialog.reject()
    window.close_file()
    drop(window.start, path)
    qtbot.waitUntil(lambda: window.workspace is not None)


def test_a_disk_that_refuses_the_draft_is_told_and_asked_about(qtbot, window, read, pdf, monkeypatch):
    questions = []
    monkeypatch.setattr(ask, "whether", lambda _parent, question, *_: questions.append(question) or False)
    monkeypatch.setattr(draft_dialog, "ReportDrafts", _FullDisk)
    window.new_from_report(pdf)
    dialog = shown(qtbot, window, DraftDialog)
    qtbot.keyClick(dialog.rows, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "cannot be kept" in dialog.error.text())
    dialog.reject()
    assert dialog.isVisible()
    assert questions == ["What you confirmed cannot be kept. Close all the same?"]
    monkeypatch.setattr(ask, "whether", lambda *_: True)
    dialog.reject()
    assert not dialog.isVisible()


class _FullDisk(ReportDrafts):
    def keep(self, report, content):
        raise CannotWrite("What you confirmed cannot be kept in that folder: No space left on device.")


def test_too_few_words_are_no_report():
    with pytest.raises(draft_reading.CannotRead):
        draft_reading.as_content("Inspection of Durham")

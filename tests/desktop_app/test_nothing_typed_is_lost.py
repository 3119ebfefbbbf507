"""Typing is saved for the inspection that it was typed for, or kept and told; nothing goes without a word."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtGui import QCloseEvent

from db.edit import Edit
from db.errors import Stale
from db.records import AreaForImprovement, Document, Inspection, Judgement, Quote
from db.store import Store
from desktop_app import ask
from desktop_app.main_window import MainWindow
from tests.typist import Typist


@pytest.fixture
def pane(window: MainWindow, typist: Typist) -> Any:
    """Two inspections of one kind; the newer one, of September 2022, is shown."""
    typist.press("Ctrl+N").text("Durham County Council").press("Tab").text("9 May 2022").press("Tab", "Return")
    typist.press("Ctrl+N").text("5 September 2022").press("Tab", "Return")
    assert window.inspections is not None
    return window.inspections.pane


def _store(window: MainWindow) -> Store:
    assert window.workspace is not None
    return window.workspace.store


def _of(window: MainWindow, started: str) -> Inspection:
    return next(one for one in _store(window).each(Inspection) if str(one.started_on) == started)


@pytest.fixture
def answers(monkeypatch: pytest.MonkeyPatch) -> list[bool]:
    """What the person answers to the next questions; yes where nothing stands here."""
    given: list[bool] = []
    monkeypatch.setattr(ask, "whether", lambda *_: given.pop(0) if given else True)
    return given


def test_a_wording_goes_to_the_inspection_where_it_was_typed(window: MainWindow, typist: Typist, pane: Any) -> None:
    typist.press("Alt+2").keys("G").press("Up", "Tab", "Ctrl+A").text("good (as printed)")
    assert window.inspections is not None
    window.inspections.go_to(_of(window, "9 May 2022"))
    (judgement,) = _store(window).each(Judgement)
    assert judgement.inspection_id == _of(window, "5 September 2022").id
    assert judgement.grade_as_printed == "good (as printed)"


def test_a_field_is_saved_when_a_search_takes_the_person_elsewhere(
    window: MainWindow, typist: Typist, pane: Any
) -> None:
    typist.press("Alt+1", "Alt+T").text("Inspection of services")
    window.open_record("inspection", _of(window, "9 May 2022").id)
    assert _of(window, "5 September 2022").title == "Inspection of services"
    assert pane.inspection.id == _of(window, "9 May 2022").id
    assert pane.details.blocks["title"].field.text() == ""


def test_drafts_of_other_inspections_are_added_when_the_file_closes(
    window: MainWindow, typist: Typist, pane: Any
) -> None:
    path = _store(window).path
    typist.press("Alt+3").text("swift and purposeful responses")
    typist.press("Ctrl+2", "Down", "Alt+3")
    assert _store(window).count(Quote) == 0
    window.close_file()
    store = Store.open(path)
    assert [quote.text for quote in store.each(Quote)] == ["swift and purposeful responses"]
    store.close()


def test_closing_asks_about_what_cannot_be_saved_and_can_be_taken_back(
    window: MainWindow, typist: Typist, pane: Any, answers: list[bool]
) -> None:
    answers.append(False)
    typist.press("Alt+3").text("swift").press("Alt+P").text("iv").press("Alt+R")
    event = QCloseEvent()
    window.closeEvent(event)
    assert not event.isAccepted()
    assert window.workspace is not None
    assert pane.quotes.form.blocks["page"].field.text() == "iv"


def test_a_refused_value_of_a_row_is_there_when_the_row_is_opened_again(
    window: MainWindow, typist: Typist, pane: Any
) -> None:
    typist.press("Alt+4")
    for words in ("Pathway assessments.", "Short breaks."):
        typist.text(words).press("Ctrl+Return")
    form, (first, second) = pane.areas.form, _store(window).each(AreaForImprovement)
    pane.areas.go_to(first.id)
    typist.press("Alt+P").text("abc").press("Alt+R")
    pane.areas.go_to(second.id)
    assert form.blocks["page"].error == ""
    pane.areas.go_to(first.id)
    assert form.blocks["page"].field.text() == "abc"
    assert form.blocks["page"].error == "Enter a page as a whole number, like 3"
    typist.press("Escape")
    assert form.record is None and form.binding.problems == {}


def test_a_refused_judgement_stays_with_its_inspection(window: MainWindow, typist: Typist, pane: Any) -> None:
    typist.press("Alt+2")
    row = pane.judgements.rows[0]
    row.printed.setMaxLength(2000)
    row.printed.setText("x" * 501)
    row.printed.leave()
    typist.press("Ctrl+2", "Down")
    assert pane.judgements.rows[0].printed.text() == ""
    assert pane.judgements.rows[0]._block.error == ""
    typist.press("Up")
    assert pane.judgements.rows[0].printed.text() == "x" * 501
    assert pane.judgements.rows[0]._block.error


def test_the_file_of_a_document_draft_stays_with_it(
    window: MainWindow, typist: Typist, pane: Any, tmp_path: Path
) -> None:
    report = tmp_path / "report.pdf"
    report.write_bytes(b"%PDF-1.7 report")
    typist.press("Alt+5")
    pane.keep_file(report)
    typist.press("Ctrl+N").text("January 2019").press("Tab", "Return", "Alt+5")
    assert pane.documents.form.file.value() is None
    window.inspections.go_to(_of(window, "5 September 2022"))  # type: ignore[union-attr]
    typist.press("Alt+5", "Ctrl+Return")
    (document,) = _store(window).each(Document)
    assert document.file_name == "report.pdf"
    assert _store(window).file_bytes(document.file_sha256 or "") == b"%PDF-1.7 report"


def test_after_another_writer_the_screen_shows_the_file_as_it_is(window: MainWindow, typist: Typist, pane: Any) -> None:
    store = _store(window)
    inspection = _of(window, "5 September 2022")
    other = Store.open(store.path)
    other.apply(Edit((inspection,), (replace(inspection, title="Written elsewhere"),)))
    other.close()
    assert window.workspace is not None
    with pytest.raises(Stale):
        window.workspace.do("Change title", Edit((inspection,), (replace(inspection, title="Mine"),)))
    assert pane.details.blocks["title"].field.text() == "Written elsewhere" or pane.tabs.currentIndex() != 0
    assert window.workspace.undo_label == ""


def test_a_deed_that_changes_nothing_is_none(window: MainWindow, typist: Typist, pane: Any) -> None:
    assert window.workspace is not None
    before = window.workspace.undo_label
    typist.press("Alt+1", "Alt+Y").text("  \n").press("Alt+L")
    assert window.workspace.undo_label == before


def test_a_file_opens_where_it_was_left(window: MainWindow, typist: Typist, pane: Any) -> None:
    path = _store(window).path
    typist.press("Ctrl+2", "Down", "Alt+3")
    window.close_file()
    window.open_path(path)
    assert window.inspections is not None
    assert str(window.inspections.pane.inspection.started_on) == "9 May 2022"  # type: ignore[union-attr]
    assert window.inspections.pane.tabs.currentIndex() == 2


def test_areas_after_a_removed_one_move_up(window: MainWindow, typist: Typist, pane: Any) -> None:
    typist.press("Alt+4")
    for words in ("Pathway assessments.", "Short breaks.", "Missing children."):
        typist.text(words).press("Ctrl+Return")
    pane.areas.focus_list()
    typist.press("Delete")
    assert [(one.position, one.text) for one in _store(window).each(AreaForImprovement)] == [
        (1, "Short breaks."),
        (2, "Missing children."),
    ]
    typist.press("Ctrl+Z")
    assert [one.position for one in _store(window).each(AreaForImprovement)] == [1, 2, 3]


def test_new_like_this_gives_a_waiting_draft_back_first(window: MainWindow, typist: Typist, pane: Any) -> None:
    typist.press("Alt+3").text("swift").press("Ctrl+Return").text("purposeful")
    pane.quotes.focus_list()
    typist.press("Ctrl+D")
    assert pane.quotes.form.blocks["text"].field.toPlainText() == "purposeful"


def test_going_back_from_closing_shows_what_was_shown(
    window: MainWindow, typist: Typist, pane: Any, answers: list[bool]
) -> None:
    answers.append(False)
    typist.press("Alt+3").text("swift").press("Alt+P").text("iv").press("Alt+R")
    typist.press("Ctrl+2", "Down", "Alt+1")
    assert not window.close_file()
    assert pane.inspection.id == _of(window, "9 May 2022").id
    typist.press("Ctrl+2", "Up", "Alt+3")
    assert pane.quotes.form.blocks["page"].field.text() == "iv"

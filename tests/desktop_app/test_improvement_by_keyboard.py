"""A plan of 18 recommendations is entered and worked through by keys alone, in the whole window."""

import shutil
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from db.edit import Edit
from db.improvement_records import Action, ProgressNote, Verdict
from db.records import AreaForImprovement, Inspection, Quote
from db.store import Store
from desktop_app.main_window import MainWindow
from desktop_app.places import drafts_words
from tests.typist import Typist

OWNERS = ("Head of Children’s Social Care", "Head of Early Help", "LSCB Business Manager")


@pytest.fixture
def store(window: MainWindow, sample_file: Path, tmp_path: Path) -> Store:
    """The sample in the window, without themes, the Improvement place in front."""
    window.open_path(Path(shutil.copy(sample_file, tmp_path / "durham.sqlite")))
    assert window.workspace is not None
    store = window.workspace.store
    areas = tuple(store.each(AreaForImprovement))
    verdicts = tuple(store.each(Verdict))
    window.workspace.do("Prepare", Edit((*verdicts, *areas), tuple(replace(one, theme_ids=()) for one in areas)))
    return store


def _of_2016(store: Store) -> list[AreaForImprovement]:
    inspection = next(one for one in store.each(Inspection) if one.started_on and one.started_on.year == 2016)
    return store.each(AreaForImprovement, inspection_id=inspection.id)


def test_a_plan_of_eighteen_recommendations_is_entered_and_worked_through(
    window: MainWindow, typist: Typist, store: Store
) -> None:
    typist.press("Ctrl+3")
    place = window.improvement
    assert place is not None
    assert place.table.hasFocus()
    typist.press("F", "Tab", "Tab").text("Sin").press("Return")
    assert place.bar.inspection.value() == _of_2016(store)[0].inspection_id
    assert place.table.hasFocus()
    assert place.table.rows.rowCount() == 18
    typist.others = typist.letters = 0

    typist.press("Ctrl+A").keys("1")  # not started, all at once
    assert {one.status_id for one in _of_2016(store)} == {next(iter(window.workspace.lists.statuses))}  # type: ignore[union-attr]
    typist.press("D").text("31/3/2017").press("Return")
    typist.press("O").text(OWNERS[0]).press("Return")
    assert {(one.owner, str(one.due_on)) for one in _of_2016(store)} == {(OWNERS[0], "31 March 2017")}
    assert typist.others == 6  # for 18 statuses, dates and owners

    place.table.selectRow(0)
    for number in range(18):
        typist.press("Alt+A").text(f"Action {number + 1}").press("Ctrl+Return", "Escape", "Down")
    assert [one.text for one in store.each(Action)] == [f"Action {number + 1}" for number in range(18)]
    assert {one.owner for one in store.each(Action)} == {OWNERS[0]}
    assert typist.others == 6 + 18 * 4

    typist.press("Ctrl+Home").keys("3")
    assert place.bar.scopes["open"].text() == "Open 17"
    typist.press("Alt+P").text("Signed off by the board").press("Ctrl+Return", "Escape")
    assert store.count(ProgressNote) == 1
    assert place.table.hasFocus()
    for _ in range(40):
        typist.press("Ctrl+Z")
    assert store.count(Action) == 0
    assert {(one.owner, one.due_on, one.status_id) for one in _of_2016(store)} == {("", None, None)}


def test_an_action_hangs_on_a_quote_of_the_inspections_place(window: MainWindow, typist: Typist, store: Store) -> None:
    quote = store.each(Quote)[0]
    window.open_record("quote", quote.id)
    typist.press("Ctrl+Shift+T").text("Train every chair").press("Ctrl+Return")
    assert [(one.quote_id, one.text) for one in store.each(Action)] == [(quote.id, "Train every chair")]
    typist.press("Escape")
    place = window.improvement
    assert place is not None
    assert place.table.hasFocus()
    row = place.table.current_row()
    assert row is not None
    assert row.quote_id == quote.id
    typist.press("I")
    assert window.stack.currentWidget() is window.inspections
    typist.press("Ctrl+3")
    assert window.current_record() == quote
    window.open_record("action", store.each(Action)[0].id)
    assert window.stack.currentWidget() is place


def test_what_is_typed_here_is_kept_as_a_draft_and_offered_again(
    window: MainWindow, typist: Typist, store: Store
) -> None:
    assert window.inspections is not None
    QApplication.processEvents()
    typist.press("Ctrl+3", "Alt+P").text("Half a sentence")
    keeper = window.keeper
    assert keeper is not None
    keeper.begin()
    keeper.keep_waiting([])
    place = window.improvement
    assert place is not None
    if keeper._writing is not None:
        keeper._writing.join()
    kept = keeper.drafts.read()
    assert kept is not None
    assert kept.typing == place.detail.typing()
    assert drafts_words.sentence(kept, datetime.now(UTC)).startswith("1 new progress note, typed on")
    text = drafts_words.as_text(kept, store, window.workspace.lists)  # type: ignore[union-attr]
    assert text.startswith("Area for improvement: The response to children who go missing")
    assert "Half a sentence" in text
    place.detail.notes.form.on_other()
    assert place.detail.typing() == {}
    keeper._put_back(kept, window)
    assert place.detail.typing() == kept.typing


def test_six_goes_through_the_place_and_the_file_opens_in_it_again(
    window: MainWindow, typist: Typist, store: Store
) -> None:
    typist.press("Ctrl+3")
    place = window.improvement
    assert place is not None
    inside = []
    for _ in range(5):
        focused = QApplication.focusWidget()
        inside.append(next(i for i, pane in enumerate(place.panes()) if pane is focused or pane.isAncestorOf(focused)))
        typist.press("F6")
    assert inside == [0, 1, 2, 3, 0]
    path = store.path
    window.close_file()
    window.open_path(path)
    assert window.improvement is not None
    assert window.stack.currentWidget() is window.improvement

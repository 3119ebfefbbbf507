"""The day's work in the Inspections place: duplicates, lists pasted, rows changed, removed and moved, new like this."""

from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QMimeData
from PySide6.QtWidgets import QApplication, QPushButton

from db.frameworks import Framework, Theme
from db.records import AreaForImprovement, Document, Inspection, Judgement, Provider, Quote
from db.store import Store
from desktop_app.forms.new_inspection import NewInspectionDialog
from desktop_app.forms.stray_judgement import StrayJudgementRow
from desktop_app.main_window import MainWindow
from desktop_app.places.lists_dialog import SORTS, ListsDialog
from desktop_app.places.recently_deleted import RecentlyDeletedDialog
from tests.typist import Typist

LIST_OF_2019 = """\
\uf06e The quality and impact of management oversight, including that of child
protection chairs.
\uf06e The timeliness of assessments and support for children who return home.
\uf06e The quality of children’s plans, so that they are timebound, and include
clear actions and contingency plans."""


@pytest.fixture
def place(window: MainWindow, typist: Typist) -> Any:
    typist.press("Ctrl+N").text("Durham County Council").press("Tab").text("9 May 2022").press("Tab", "Return")
    return window.inspections


def _store(window: MainWindow) -> Store:
    assert window.workspace is not None
    return window.workspace.store


def _paste(field: Any, text: str) -> None:
    data = QMimeData()
    data.setText(text)
    field.insertFromMimeData(data)


def _dialog(kind: type) -> Any:
    return next(one for one in QApplication.topLevelWidgets() if isinstance(one, kind) and one.isVisible())


def test_the_same_inspection_again_is_offered_as_a_source(window: MainWindow, typist: Typist, place: Any) -> None:
    typist.press("Ctrl+N").text("9 May 2022").press("Tab", "Return")
    dialog = _dialog(NewInspectionDialog)
    assert "has this inspection already" in dialog.same_words.text()
    typist.press("Return")
    assert _store(window).count(Inspection) == 1
    assert place.pane.tabs.currentIndex() == 4


def test_a_second_inspection_can_still_be_made(window: MainWindow, typist: Typist, place: Any) -> None:
    typist.press("Ctrl+N").text("May 2022").press("Tab", "Return", "Tab", "Return")
    assert _store(window).count(Inspection) == 2


@pytest.mark.parametrize(
    ("started", "offered", "not_offered"),
    [
        ("9 May 2022", "ILACS standard inspection", "Single inspection (SIF)"),
        ("22 February 2016", "Single inspection (SIF)", "ILACS standard inspection"),
        ("28 November 2011", "Safeguarding and looked after children inspection", "ILACS standard inspection"),
    ],
)
def test_the_first_day_limits_the_kinds(
    window: MainWindow, typist: Typist, started: str, offered: str, not_offered: str
) -> None:
    typist.press("Ctrl+N").text("Durham County Council").press("Tab").text(started).press("Tab")
    kind = _dialog(NewInspectionDialog).blocks["kind"].field
    labels = [kind.itemText(index) for index in range(kind.count())]
    assert labels[0] == offered or offered in labels
    assert not_offered not in labels
    typist.press("Escape")


def test_the_kind_used_last_comes_first(window: MainWindow, typist: Typist, place: Any) -> None:
    typist.press("Ctrl+N").text("13 July 2021").press("Tab").keys("ILACS f").press("Return")
    typist.press("Ctrl+N").text("January 2019").press("Tab")
    assert _dialog(NewInspectionDialog).blocks["kind"].field.itemText(0) == "ILACS focused visit"
    typist.press("Escape")


def test_a_pasted_list_becomes_one_area_for_each_item(window: MainWindow, typist: Typist, place: Any) -> None:
    typist.press("Alt+4")
    form = place.pane.areas.form
    _paste(form.blocks["text"].field, LIST_OF_2019)
    assert form.hint.text() == "This is a list: adding it makes 3 areas for improvement."
    typist.press("Alt+P").text("3").press("Ctrl+Return")
    areas = _store(window).each(AreaForImprovement)
    assert [(area.position, area.page) for area in areas] == [(1, 3), (2, 3), (3, 3)]
    assert areas[0].text == (
        "The quality and impact of management oversight, including that of child protection chairs."
    )
    assert window.workspace is not None and window.workspace.undo_label == "Add 3 areas for improvement"


def test_a_quote_without_a_source_is_kept_as_a_draft_and_says_so(
    window: MainWindow, typist: Typist, place: Any
) -> None:
    typist.press("Alt+3").text("swift and purposeful responses")
    assert place.pane.quotes.form.hint.text() == "Without a source this quote is kept as a draft."
    typist.press("Ctrl+Return")
    assert _store(window).each(Quote)[0].document_id is None
    assert "Draft: it has no source yet" in place.pane.quotes.model.data(place.pane.quotes.model.index(0))


def test_a_row_is_added_when_focus_leaves_it_with_all_that_is_required(
    window: MainWindow, typist: Typist, place: Any
) -> None:
    typist.press("Alt+5").text("Inspection report").press("Ctrl+2")
    assert [one.title for one in _store(window).each(Document)] == ["Inspection report"]


def test_an_unfinished_row_waits_where_it_was_begun(window: MainWindow, typist: Typist, place: Any) -> None:
    typist.press("Alt+3").text("swift and purposeful")
    typist.press("Ctrl+N").text("16 January 2023").press("Tab", "Return", "Alt+3")
    text = place.pane.quotes.form.blocks["text"].field
    assert text.toPlainText() == ""
    typist.press("Ctrl+2", "Down", "Alt+3")
    assert text.toPlainText() == "swift and purposeful"
    assert _store(window).count(Quote) == 0


def test_what_is_begun_is_kept_when_the_window_closes(window: MainWindow, typist: Typist, place: Any) -> None:
    path = _store(window).path
    typist.press("Alt+3").text("swift and purposeful responses")
    window.close_file()
    store = Store.open(path)
    assert [quote.text for quote in store.each(Quote)] == ["swift and purposeful responses"]
    store.close()


def test_a_row_is_changed_field_by_field_and_removed_by_key(window: MainWindow, typist: Typist, place: Any) -> None:
    typist.press("Alt+5").text("Inspection report").press("Ctrl+Return")
    typist.press("F6", "F6")
    place.pane.documents.focus_list()
    typist.press("Return", "Alt+P").text("Ofsted").press("Alt+W")
    assert _store(window).each(Document)[0].publisher == "Ofsted"
    typist.press("Ctrl+Return", "Delete")
    assert _store(window).count(Document) == 0
    typist.press("Ctrl+Z")
    assert _store(window).each(Document)[0].publisher == "Ofsted"


def test_rows_are_moved_by_key(window: MainWindow, typist: Typist, place: Any) -> None:
    typist.press("Alt+4")
    for words in ("Pathway assessments and planning.", "Short breaks for disabled children."):
        typist.text(words).press("Ctrl+Return")
    place.pane.areas.focus_list()
    typist.press("Down", "Alt+Up")
    assert [area.text for area in _store(window).each(AreaForImprovement)] == [
        "Short breaks for disabled children.",
        "Pathway assessments and planning.",
    ]


def test_new_like_this_keeps_everything_but_the_words(window: MainWindow, typist: Typist, place: Any) -> None:
    typist.press("Alt+3").text("swift").press("Alt+P").text("7").press("Alt+T").keys("c").press("Ctrl+Return")
    place.pane.quotes.focus_list()
    typist.press("Ctrl+D").text("purposeful").press("Ctrl+Return")
    first, second = _store(window).each(Quote)
    assert (second.text, second.page, second.tone) == ("purposeful", first.page, first.tone)


def test_another_kind_takes_the_judgements_along(window: MainWindow, typist: Typist, place: Any) -> None:
    typist.press("Alt+2").keys("OGGG").press("Alt+1")
    typist.press("Alt+S", "Ctrl+A").text("16 January 2023").press("Alt+K").keys("ILACS stan").press("Alt+L")
    pane = place.pane
    assert pane.tabs.tabText(1) == "Judgements 4 of 4" or pane.tabs.tabText(1) == "Judgements 4 of 5"
    typist.press("Ctrl+Z", "Ctrl+Z")
    assert pane.tabs.tabText(1) == "Judgements 4 of 4"


def test_recently_deleted_puts_back_what_was_removed(window: MainWindow, typist: Typist, place: Any) -> None:
    typist.press("Alt+2").keys("OGGG").press("Ctrl+Shift+Del")
    assert _store(window).count(Inspection) == 0
    typist.press("Ctrl+Shift+D")
    dialog = _dialog(RecentlyDeletedDialog)
    assert "4 more that belong to it" in dialog.list.item(0).text()
    dialog.restore()
    assert _store(window).count(Inspection) == 1
    assert dialog.list.count() == 0
    dialog.close()


def test_a_kept_file_comes_out_as_it_went_in(window: MainWindow, typist: Typist, place: Any, tmp_path: Path) -> None:
    report = tmp_path / "report of May.pdf"
    report.write_bytes(b"%PDF-1.7 report")
    typist.press("Alt+5")
    place.pane.keep_file(report)
    typist.press("Ctrl+Return")
    (document,) = _store(window).each(Document)
    assert (document.title, document.file_name) == ("report of May", "report of May.pdf")
    assert _store(window).file_bytes(document.file_sha256 or "") == b"%PDF-1.7 report"


@pytest.mark.parametrize("row", range(len(SORTS)))
def test_every_list_can_be_looked_at(window: MainWindow, qtbot: Any, place: Any, row: int) -> None:
    assert window.workspace is not None
    dialog = ListsDialog(window.workspace)
    qtbot.addWidget(dialog)
    dialog.sorts.setCurrentRow(row)
    assert dialog.model.rowCount() > 0
    assert dialog.form is not None and dialog.form.record is not None


def test_an_officer_adds_a_theme_and_a_framework_by_form(window: MainWindow, qtbot: Any, place: Any) -> None:
    assert window.workspace is not None
    dialog = ListsDialog(window.workspace)
    qtbot.addWidget(dialog)
    for title, record_class, words in (
        ("Themes", Theme, {"name": "short breaks"}),
        ("Frameworks", Framework, {"name": "Renewed framework", "short_name": "Renewed"}),
    ):
        dialog.sorts.setCurrentRow([sort.title for sort in SORTS].index(title))
        dialog.new_button.click()
        assert dialog.form is not None
        for name, text in words.items():
            dialog.form.blocks[name].field.setText(text)
        dialog.form.button.click()
        added = [one for one in _store(window).each(record_class) if getattr(one, "name", "") == words["name"]]
        assert len(added) == 1 and added[0].shipped is None


def test_a_provider_in_use_is_not_removed(window: MainWindow, qtbot: Any, place: Any) -> None:
    assert window.workspace is not None
    dialog = ListsDialog(window.workspace)
    qtbot.addWidget(dialog)
    dialog.sorts.setCurrentRow(0)
    dialog.remove_button.click()
    assert _store(window).count(Provider) == 1
    assert "This cannot be removed" in dialog._message.text()


def test_all_item_models_are_sound(window: MainWindow, qtmodeltester: Any, place: Any) -> None:
    qtmodeltester.check(place.model)
    for tab in place.pane.entry_tabs:
        qtmodeltester.check(tab.model)


def test_escape_goes_back_from_a_row_to_its_list(window: MainWindow, typist: Typist, place: Any) -> None:
    typist.press("Alt+5").text("Inspection report").press("Ctrl+Return")
    place.pane.documents.focus_list()
    typist.press("Return", "Escape")
    assert place.pane.documents.list.hasFocus()
    assert place.pane.documents.form.record is None


def test_a_judgement_that_another_kind_does_not_have_stays_and_can_be_removed(
    window: MainWindow, typist: Typist, place: Any
) -> None:
    typist.press("Alt+2").keys("OGGG").press("Alt+1")
    typist.press("Alt+K").keys("ILACS fo").press("Alt+L")
    assert _store(window).count(Judgement) == 4
    typist.press("Alt+2")
    strays = place.pane.judgements.findChildren(StrayJudgementRow)
    assert len([row for row in strays if row.isVisible()]) == 4
    next(row for row in strays if row.isVisible()).findChild(QPushButton).click()
    assert _store(window).count(Judgement) == 3
    typist.press("Ctrl+Z", "Ctrl+Z")
    assert _store(window).count(Judgement) == 4
    assert place.pane.tabs.tabText(1) == "Judgements 4 of 4"

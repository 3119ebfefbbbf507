"""Search box and results: used by keyboard, from the typing to the hit and back."""

import shutil
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QSignalSpy
from PySide6.QtWidgets import QApplication, QLineEdit, QListWidget, QVBoxLayout, QWidget

from db import search
from db.edit import Edit
from db.records import Quote, RecordType
from db.searchable import Source
from db.store import Store
from desktop_app import look
from desktop_app.places import search_results
from desktop_app.places.search_results import SearchResults
from desktop_app.tables.hit_copying import as_quotations, as_table, quotation
from desktop_app.tables.hit_list import HitList, HitRole, _formats, spoken
from desktop_app.views.search_box import SearchBox
from desktop_app.workspace import Workspace


@pytest.fixture
def results(qtbot, tmp_path, sample_file):
    path = shutil.copy(sample_file, tmp_path / "durham.sqlite")
    window = QWidget()
    window.resize(1024, 700)
    rows = QVBoxLayout(window)
    box = SearchBox()
    rows.addWidget(box)
    rows.addWidget(QLineEdit("the form"))
    rows.addWidget(QListWidget())
    workspace = Workspace(Store.open(path), window)
    results = SearchResults(workspace, box, window)
    qtbot.addWidget(window)
    window.show()
    window.activateWindow()
    form(results).setFocus()
    qtbot.waitUntil(form(results).hasFocus)
    box.start()
    yield results
    window.close()
    workspace.close()


def form(results):
    return next(each for each in results.parentWidget().findChildren(QLineEdit) if each.text() == "the form")


def current(results):
    return results.view.currentIndex().data(HitRole)


def test_results_drop_down_with_every_letter_and_the_focus_stays(qtbot, results):
    assert results.isHidden()
    qtbot.keyClicks(results.box, "chil")
    assert results.isVisible() and results.box.hasFocus()
    assert results.count.text() == "121 results"
    assert results.model.index(0).data() == "Inspections: 9, the newest 4 shown"
    qtbot.keyClicks(results.box, "blain")
    assert results.count.text() == "No results for “chilblain”"
    assert results.advice.isVisible() and not results.view.isVisible()
    results.box.clear()
    assert results.isHidden()


def test_the_results_lie_inside_the_smallest_window(qtbot, results):
    qtbot.keyClicks(results.box, "the")
    assert results.parentWidget().rect().contains(results.geometry())
    assert results.geometry().top() >= results.box.geometry().bottom()
    results.parentWidget().resize(1440, 900)
    assert results.parentWidget().rect().contains(results.geometry())


@pytest.mark.parametrize("key", [Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter])
def test_down_and_return_go_to_the_first_hit_and_up_goes_back(qtbot, results, key):
    qtbot.keyClicks(results.box, "workforce")
    qtbot.keyClick(results.box, key)
    assert results.view.hasFocus()
    assert current(results).record_type == RecordType.QUOTE
    qtbot.keyClick(results.view, Qt.Key.Key_Up)
    assert results.box.hasFocus() and results.isVisible()
    assert results.box.text() == "workforce"


def test_arrow_keys_walk_past_the_names_of_the_kinds(qtbot, results):
    qtbot.keyClicks(results.box, "2022 durham")
    qtbot.keyClick(results.box, Qt.Key.Key_Down)
    kinds = []
    for _ in range(3):
        kinds.append(current(results).record_type)
        qtbot.keyClick(results.view, Qt.Key.Key_Down)
    assert kinds == [RecordType.INSPECTION, RecordType.INSPECTION, RecordType.DOCUMENT]


def test_return_opens_the_hit_and_f3_the_next_one(qtbot, results):
    qtbot.keyClicks(results.box, "workforce")
    qtbot.keyClick(results.box, Qt.Key.Key_Down)
    first = current(results)
    with qtbot.waitSignal(results.hit_opened) as opened:
        qtbot.keyClick(results.view, Qt.Key.Key_Return)
    assert opened.args == ["quote", first.record_id]
    assert results.isHidden() and results.box.text() == "workforce"
    spy = QSignalSpy(results.hit_opened)
    assert all(results.next_hit() for _ in range(3))
    assert first.record_id not in (spy.at(0)[1], spy.at(1)[1])
    assert spy.at(2)[1] == first.record_id  # three hits: around again
    assert results.next_hit(-1)
    assert spy.at(3)[1] == spy.at(1)[1]


def test_f3_without_a_search_goes_to_the_box(results):
    form(results).setFocus()
    assert not results.next_hit()
    assert results.box.hasFocus()


def test_a_click_opens_a_hit_once(qtbot, results):
    qtbot.keyClicks(results.box, "workforce")
    spy = QSignalSpy(results.hit_opened)
    place = results.view.visualRect(results.model.index(2)).center()
    qtbot.mouseClick(results.view.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert spy.count() == 1


def test_escape_clears_the_box_and_gives_the_focus_back(qtbot, results):
    qtbot.keyClicks(results.box, "workforce")
    qtbot.keyClick(results.box, Qt.Key.Key_Down)
    qtbot.keyClick(results.view, Qt.Key.Key_Escape)
    assert results.isHidden() and results.box.hasFocus() and results.box.text() == "workforce"
    qtbot.keyClick(results.box, Qt.Key.Key_Escape)
    assert results.box.text() == ""
    assert form(results).hasFocus()


def test_letters_typed_in_the_list_go_on_in_the_box(qtbot, results):
    qtbot.keyClicks(results.box, "work")
    qtbot.keyClick(results.box, Qt.Key.Key_Down)
    qtbot.keyClick(results.view, Qt.Key.Key_F)
    assert results.box.hasFocus() and results.box.text() == "workf"
    assert results.isVisible()


def test_going_elsewhere_hides_the_results_and_ctrl_f_shows_them_again(qtbot, results):
    qtbot.keyClicks(results.box, "workforce")
    form(results).setFocus()
    assert results.isHidden()
    results.box.start()
    assert results.isVisible() and results.box.selectedText() == "workforce"


def test_the_end_of_the_list_brings_more(qtbot, results):
    qtbot.keyClicks(results.box, "children")
    assert len(results.model.rows_of_hits()) == search_results.FIRST
    qtbot.keyClick(results.box, Qt.Key.Key_Down)
    qtbot.keyClick(results.view, Qt.Key.Key_End)
    last = current(results).record_id
    assert len(results.model.rows_of_hits()) == 119
    assert results.view.currentIndex().row() == results.model.row_of(last)


def test_results_follow_what_changes_in_the_file(qtbot, results):
    qtbot.keyClicks(results.box, "workforce")
    store = results._workspace.store
    quote = next(one for one in store.each(Quote) if "workforce" in one.text)
    results._workspace.do("Remove quote", Edit(before=(quote,)))
    assert results.count.text() == "2 results"
    results._workspace.undo()
    assert results.count.text() == "3 results"


def test_the_count_is_spoken_when_the_typing_rests(qtbot, results, monkeypatch):
    said = []
    monkeypatch.setattr(search_results, "announce", lambda _, text: said.append(text))
    qtbot.keyClicks(results.box, "workforce")
    assert said == []
    qtbot.waitUntil(lambda: said == ["3 results"])


def test_rows_are_read_as_sentences_and_the_model_is_sound(qtmodeltester, results):
    model = HitList()
    model.show_results(search.find(results._workspace.store, "workforce"))
    hit = model.hit(1)
    assert model.index(1).data(Qt.ItemDataRole.AccessibleTextRole) == spoken(hit)
    assert spoken(hit).startswith("Quote, …")
    assert spoken(hit).endswith("workforce") is False
    assert hit.heading in spoken(hit)
    qtmodeltester.check(model)


def test_marks_count_an_emoji_as_qt_does():
    hit = search.Hit(RecordType.QUOTE, "id", "id", "speaker", "Durham", "😀 Emma 😀 Lewell", ((9, 15),))
    text = "Speaker: " + hit.excerpt
    (found,) = _formats(text, hit, len("Speaker: "))
    units = text.encode("utf-16-le")[2 * found.start : 2 * (found.start + found.length)]
    assert units.decode("utf-16-le") == "Lewell"


@pytest.mark.parametrize("choice", ["light", "dark"])
def test_every_row_can_be_painted_in_each_look(qtbot, results, qapp, choice):
    look.apply(qapp, choice)
    qtbot.keyClicks(results.box, "durham <b>county</b>")
    assert results.count.text() == "No results for “durham <b>county</b>”"
    results.box.setText("<b> durham & county")
    assert not results.grab().isNull()


def test_nothing_typed_fails(results):
    for typed in ('"', "NEAR(", "a" * 40_000, "\0", "😀", "של", "*", "- -", "children AND"):
        results.box.setText(typed)
        assert results._results.trouble == ""


def test_other_forms_of_the_words_come_when_the_typing_rests(qtbot, results):
    qtbot.keyClicks(results.box, "children ")
    quick = sum(results._results.counts.values())
    assert results._results.is_quick
    qtbot.waitUntil(lambda: not results._results.is_quick)
    assert sum(results._results.counts.values()) >= quick and results.isVisible()


def test_filters_narrow_what_is_typed_and_find_something_alone(qtbot, results):
    qtbot.keyClick(results.box, Qt.Key.Key_Down)
    kind = results.filters.boxes["kind"]
    assert results.isVisible() and results.filters.isVisible() and kind.hasFocus()
    kind.setCurrentIndex(kind.findData("quote"))
    assert {hit.group for hit in results._results.hits} == {"quote"}
    assert results.filters_button.text() == "Filters (1)"
    everything = sum(results._results.counts.values())
    results.box.setText("workforce")
    assert results.count.text() == "2 results" and everything > 2
    qtbot.mouseClick(results.filters.clear_button, Qt.MouseButton.LeftButton)
    assert results.filters.values() == {} and results.filters_button.text() == "Filters"


def test_years_are_a_span(qtbot, results):
    results.filters_button.setChecked(True)
    results.filters.boxes["from"].setCurrentText("2019")
    assert results.filters.values() == {"year": "2019-"}
    results.filters.boxes["to"].setCurrentText("2022")
    assert results.filters.values() == {"year": "2019-2022"}


def test_escape_in_a_filter_goes_back_and_escape_in_the_box_forgets_the_filters(qtbot, results):
    qtbot.keyClick(results.box, Qt.Key.Key_Down)
    results.filters.boxes["tone"].setCurrentIndex(1)
    qtbot.keyClick(results.filters.boxes["kind"], Qt.Key.Key_Escape)
    assert results.box.hasFocus() and results.isHidden()
    assert results.filters.values() != {}
    qtbot.keyClick(results.box, Qt.Key.Key_Escape)
    assert results.filters.values() == {}


def test_the_open_list_of_a_filter_does_not_close_the_results(qtbot, results):
    qtbot.keyClick(results.box, Qt.Key.Key_Down)
    kind = results.filters.boxes["kind"]
    kind.showPopup()
    assert results.holds(kind.view()) and results.isVisible()
    kind.hidePopup()


def test_the_best_may_come_first(qtbot, results):
    qtbot.keyClicks(results.box, "children")
    heads = [results.model.index(row).data() for row in range(results.model.rowCount())]
    assert any("the newest" in head for head in heads) and not any("the best" in head for head in heads)
    results.order_button.setChecked(True)
    heads = [results.model.index(row).data() for row in range(results.model.rowCount())]
    assert any("the best" in head for head in heads) and not any("the newest" in head for head in heads)


def test_shift_and_arrows_select_and_copying_makes_a_table_or_a_list(qtbot, results):
    qtbot.keyClicks(results.box, "workforce")
    qtbot.keyClick(results.box, Qt.Key.Key_Down)
    qtbot.keyClick(results.view, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    first = current(results)
    assert QApplication.clipboard().text() == f"“{first.text}” ({first.reference()})"
    qtbot.keyClick(results.view, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    assert len(results.view.chosen()) == 2
    qtbot.keyClick(results.view, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    head, *rows = QApplication.clipboard().text().split("\n")
    assert head.split("\t")[:3] == ["Kind", "Words", "Provider"]
    assert [row.split("\t")[1] for row in rows] == [hit.text for hit in results.view.chosen()]
    assert "2 hits copied as a table" in results.count.text()
    both = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    qtbot.keyClick(results.view, Qt.Key.Key_C, both)
    assert QApplication.clipboard().text().count("“") == 2
    assert results.box.text() == "workforce"


def test_a_copied_table_holds_neither_markup_nor_formulas():
    bad = "=1+1\t<b>bold</b>\nnext"
    hit = replace(search.Hit(RecordType.QUOTE, "id", "id", "text", "Durham", bad, ()), text=bad)
    data = as_table([hit])
    assert data.text().split("\n")[1].split("\t")[1] == "'=1+1 <b>bold</b> next"
    assert "<b>" not in data.html() and "&lt;b&gt;" in data.html()
    assert "<b>" not in as_quotations([hit, hit]).html()


def test_a_reference_names_framework_year_and_paragraph():
    source = Source("Durham County Council", "ILACS standard inspection", "May 2022", "ILACS", "2022")
    hit = search.Hit(RecordType.QUOTE, "id", "id", "text", "", "", (), text="Care leavers wait.", source=source)
    assert quotation(replace(hit, page=3, paragraph=33)) == "“Care leavers wait.” (ILACS 2022, paragraph 33)"
    assert quotation(replace(hit, page=3)) == "“Care leavers wait.” (ILACS 2022, page 3)"
    assert quotation(hit, with_provider=True) == "“Care leavers wait.” (Durham County Council, ILACS 2022)"


def test_tab_goes_from_the_box_to_order_filters_and_hits(qtbot, results):
    qtbot.keyClicks(results.box, "workforce")
    visited = [results.box]
    for wanted in (results.order_button, results.filters_button, results.view, results.table_button):
        visited[-1].focusNextChild()
        assert wanted.hasFocus() and results.isVisible()
        visited.append(wanted)

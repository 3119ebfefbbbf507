"""The Improvement place: walked and worked by keys, many rows as one deed, fields saved as they are left, drafts."""

import re
import shutil
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QWidget

from db.dates import PartialDate
from db.edit import Edit
from db.errors import RuleBroken
from db.frameworks import RagRating
from db.improvement_list import NONE, WORDS
from db.improvement_records import Action, CommitteeReport, Evidence, ProgressNote, Verdict
from db.records import AreaForImprovement, Document, Quote, new_id
from db.store import Store
from desktop_app import look
from desktop_app.commands import MENUS
from desktop_app.forms.improvement_work import REASON_NEEDED
from desktop_app.places.improvement import ImprovementPlace
from desktop_app.places.improvement_change import ChangeDialog
from desktop_app.tables.improvement_model import Heading, StatusRole
from desktop_app.workspace import Workspace
from tests.typist import Typist

MENU_LETTERS = {match[1].upper() for title in MENUS if (match := re.search("&(.)", title))}


@pytest.fixture(scope="module")
def plain_file(sample_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The Durham sample without verdicts and themes."""
    path = tmp_path_factory.mktemp("plain") / "durham.sqlite"
    store = Store.open(shutil.copy(sample_file, path))
    areas = tuple(store.each(AreaForImprovement))
    store.apply(Edit((*store.each(Verdict), *areas), tuple(replace(one, theme_ids=()) for one in areas)))
    store.close()
    return path


@pytest.fixture
def place(qtbot: Any, plain_file: Path, tmp_path: Path) -> Iterator[ImprovementPlace]:
    """The place, the focus in its list."""
    application = QApplication.instance()
    assert isinstance(application, QApplication)
    if not application.styleSheet():
        look.apply(application, "light")
    store = Store.open(shutil.copy(plain_file, tmp_path / "plain.sqlite"))
    shown = ImprovementPlace(Workspace(store))
    qtbot.addWidget(shown)
    shown.resize(1200, 700)
    shown.show()
    shown.activateWindow()
    qtbot.waitUntil(shown.isActiveWindow)
    shown.focus_list()
    yield shown
    shown.rest()
    shown._workspace.close()


@pytest.fixture
def person(place: ImprovementPlace) -> Typist:
    return Typist(place)


def _store(place: ImprovementPlace) -> Store:
    return place._workspace.store


def _area(place: ImprovementPlace, start: str) -> AreaForImprovement:
    return next(one for one in _store(place).each(AreaForImprovement) if one.text.startswith(start))


def _shown_words(place: ImprovementPlace) -> list[str]:
    model = place.table.rows
    return [str(model.index(row, WORDS).data())[:15] for row in range(model.rowCount())]


def _dialog() -> ChangeDialog:
    return next(one for one in QApplication.topLevelWidgets() if isinstance(one, ChangeDialog) and one.isVisible())


def test_one_digit_sets_the_status_of_all_marked_rows_as_one_deed(place: ImprovementPlace, person: Typist) -> None:
    told: list[str] = []
    place.told.connect(told.append)
    person.press("Shift+Down", "Shift+Down").keys("2")
    store, workspace = _store(place), place._workspace
    status = list(workspace.lists.statuses.values())[1]
    assert store.count(AreaForImprovement, status_id=status.id) == 3
    assert told == ["Status of 3 areas for improvement changed to In progress. Ctrl+Z takes it back."]
    assert workspace.undo_label == "Change status of 3 areas for improvement"
    assert len(place.table.marked()) == 3  # they stay marked for the next change
    workspace.undo()
    assert store.count(AreaForImprovement, status_id=status.id) == 0
    person.keys("9")
    assert workspace.undo_label == ""  # there is no ninth status


def test_rows_that_are_done_leave_the_open_ones_and_the_next_one_is_stood_on(
    place: ImprovementPlace, person: Typist
) -> None:
    assert place.bar.scopes["open"].text() == "Open 31"
    person.press("Down").keys("3")
    assert place.bar.scopes["open"].text() == "Open 30"
    assert _shown_words(place)[:2] == ["The response to", "Pathway assessm"]
    assert place.table.current_row() == place.table.rows.row(1)


def test_letters_ask_for_owner_due_date_and_theme_of_all_marked_rows_and_refuse_what_is_no_date(
    place: ImprovementPlace, person: Typist
) -> None:
    person.press("Shift+Down", "O")
    assert _dialog().button.text() == "Change owner"
    person.text("Head of Commissioning").press("Return")
    person.press("D")
    person.text("30/6/2023").press("Return")
    person.press("T")
    person.text("disabled")
    person.press("Return")
    if (dialogs := [one for one in QApplication.topLevelWidgets() if isinstance(one, ChangeDialog)]) and any(
        one.isVisible() for one in dialogs
    ):
        person.press("Return")  # the first one takes the theme from the list that is open
    areas = [one for one in _store(place).each(AreaForImprovement) if one.owner]
    themes = place._workspace.lists.themes
    assert [(one.owner, str(one.due_on)) for one in areas] == [("Head of Commissioning", "30 June 2023")] * 2
    assert {themes[key].name for one in areas for key in one.theme_ids} == {"disabled children"}
    assert place.bar.scopes["late"].text() == "Late 2"
    before = place._workspace.undo_label
    person.press("D")
    person.text("31/2/2023").press("Return")
    assert _dialog().block.error
    person.press("Escape")
    assert place._workspace.undo_label == before


def test_enter_goes_to_the_owner_each_field_is_saved_as_it_is_left_and_escape_goes_back(
    place: ImprovementPlace, person: Typist
) -> None:
    person.press("Down", "Return").text("Head of Commissioning").press("Tab").text("30 June 2023").press("Tab")
    area = _area(place, "Sufficiency")
    assert (area.owner, area.due_on) == ("Head of Commissioning", PartialDate(2023, 6, 30))
    assert place._workspace.undo_label == "Change due date of area for improvement"
    person.text("Done").press("Tab")
    assert _area(place, "Sufficiency").status_id == list(place._workspace.lists.statuses)[2]
    assert "Sufficiency of " in _shown_words(place)  # done, but worked on
    assert place.detail.subject == _area(place, "Sufficiency")
    person.press("Escape")
    assert place.table.hasFocus()
    place._show()
    assert "Sufficiency of " not in _shown_words(place)


def test_a_rating_is_saved_with_its_reason_only(place: ImprovementPlace, person: Typist) -> None:
    work, store = place.detail.work, _store(place)
    rating = next(iter(place._workspace.lists.rag_ratings.values()))
    place.detail.focus_work()
    work.binding.field("rag_id").setFocus()
    person.text("Red").press("Tab")
    assert work.binding.problems == {}  # nothing is red while a person goes on to the reason
    assert store.get(AreaForImprovement, work.area.id).rag_id is None  # type: ignore[union-attr]
    person.press("Tab")
    assert work.blocks["rag_reason"].error == REASON_NEEDED
    assert place._workspace.undo_label == ""
    work.binding.field("rag_reason").setFocus()
    person.text("Two of three providers withdrew").press("Tab")
    saved = store.get(AreaForImprovement, work.area.id)  # type: ignore[union-attr]
    assert saved is not None
    assert (saved.rag_id, saved.rag_reason) == (rating.id, "Two of three providers withdrew")
    assert work.binding.problems == {}
    assert not work.binding.has_typing
    place._workspace.undo()
    assert store.get(AreaForImprovement, saved.id) == replace(saved, rag_id=None, rag_reason="")
    work.binding.field("rag_reason").setFocus()
    person.press("Tab")
    assert work.binding.problems == {}


def test_without_the_form_the_file_itself_refuses_a_rating_without_its_reason(plain_file: Path, tmp_path: Path) -> None:
    """The control of the test before: the two fields must be saved together."""
    store = Store.open(shutil.copy(plain_file, tmp_path / "plain.sqlite"))
    area, rating = store.each(AreaForImprovement)[0], store.each(RagRating)[0]
    with pytest.raises(RuleBroken, match="Enter the reason"):
        store.apply(Edit((area,), (replace(area, rag_id=rating.id),)))
    store.close()


def test_a_reason_that_is_taken_away_is_refused_and_what_was_typed_waits_with_its_area(
    place: ImprovementPlace, person: Typist
) -> None:
    area, rating = _area(place, "Sufficiency"), next(iter(place._workspace.lists.rag_ratings))
    rated = replace(area, rag_id=rating, rag_reason="Providers withdrew")
    place._workspace.do("Rate", Edit((area,), (rated,)))
    place.go_to_area(area.id)
    field = place.detail.work.binding.field("rag_reason")
    field.setFocus()
    person.press("Ctrl+A", "Backspace", "Tab")
    assert place.detail.work.blocks["rag_reason"].error == REASON_NEEDED
    place.focus_list()
    person.press("Up")
    assert place.detail.work.binding.problems == {}
    assert place.detail.unsaved()  # named before the file is closed
    person.press("Down")
    assert place.detail.work.blocks["rag_reason"].error == REASON_NEEDED
    assert _area(place, "Sufficiency") == rated


def test_suggested_themes_are_offered_and_never_set_by_themselves(place: ImprovementPlace) -> None:
    place.go_to_area(_area(place, "Sufficiency").id)
    work = place.detail.work
    names = [button.text() for button in work.suggestions.buttons]
    assert "+ disabled children" in names
    assert _area(place, "Sufficiency").theme_ids == ()
    work.suggestions.buttons[names.index("+ disabled children")].click()
    themes = place._workspace.lists.themes
    assert [themes[key].name for key in _area(place, "Sufficiency").theme_ids] == ["disabled children"]
    assert "+ disabled children" not in [button.text() for button in work.suggestions.buttons]


def test_actions_notes_evidence_and_committees_are_added_by_keys(place: ImprovementPlace, person: Typist) -> None:
    place.go_to_area(_area(place, "Sufficiency").id)
    person.press("O")
    person.text("Head of Commissioning").press("Return")
    store, detail = _store(place), place.detail
    person.press("Alt+A").text("Commission two more providers").press("Ctrl+Return")
    person.text("Tender sessional care").press("Ctrl+Return", "Escape")
    assert place.table.hasFocus()  # where the new row was asked for
    person.press("Return")
    actions = store.each(Action)
    assert [(one.text, one.owner, one.position) for one in actions] == [
        ("Commission two more providers", "Head of Commissioning", 1),
        ("Tender sessional care", "Head of Commissioning", 2),
    ]
    assert detail.tabs.tabText(1) == "Actions 2"
    assert detail.action_rows.list.hasFocus()
    person.press("Down").keys("3")
    assert store.each(Action)[1].status_id == list(place._workspace.lists.statuses)[2]
    person.press("Delete")
    assert store.count(Action) == 1
    person.press("Alt+P").text("First provider signed").press("Ctrl+Return")
    note = store.each(ProgressNote)[0]
    assert (note.text, note.noted_on is not None) == ("First provider signed", True)
    document = store.each(Document)[0]
    person.press("Alt+N").text("The contract").press("Tab", "Tab").text(document.title)
    person.press("Ctrl+Return")
    assert [(one.text, one.document_id) for one in store.each(Evidence)] == [("The contract", document.id)]
    person.press("Alt+D").text("Children’s scrutiny committee").press("Tab").text("3/7/2023").press("Ctrl+Return")
    assert [(one.committee, str(one.reported_on)) for one in store.each(CommitteeReport)] == [
        ("Children’s scrutiny committee", "3 July 2023")
    ]
    assert place.bar.sentence.text().endswith("1 an action, 1 evidence.")


def test_evidence_is_one_thing_at_most_and_something_at_least(place: ImprovementPlace, person: Typist) -> None:
    place.focus_list()
    person.press("Alt+N", "Ctrl+Return")
    form = place.detail.evidence.form
    assert form.binding.problems == {"text": form.asking}
    quote = _store(place).each(Quote)[0]
    form.binding.field("quote_id").setFocus()
    person.text(quote.text[:40]).press("Tab")
    form.binding.field("address").setText("https://example.org")
    form.add()
    assert form.blocks["address"].error == "Choose one quote, one document or one web address"
    assert _store(place).count(Evidence) == 0
    form.binding.field("address").setText("")
    form.add()
    assert [one.quote_id for one in _store(place).each(Evidence)] == [quote.id]


def test_a_row_that_was_begun_stays_a_draft_of_its_area_and_goes_to_disk_and_back(
    place: ImprovementPlace, person: Typist
) -> None:
    first, second = (row.id for row in place.table.rows.entries[:2] if not isinstance(row, Heading))
    person.press("Alt+P").text("Half a sentence").press("Tab").text("31/2/2023")
    form = place.detail.notes.form
    typing = place.detail.typing()
    assert typing[first]["notes"]["new"]["text"].text == "Half a sentence"
    place.go_to_area(second)
    place.detail.tabs.setCurrentIndex(2)
    assert not form.is_begun
    place.go_to_area(first)
    assert form.binding.field("text").toPlainText() == "Half a sentence"
    form.on_other()
    assert place.detail.typing() == {}
    assert place.detail.put_back({**typing, "gone": {"notes": {}}, second: {"none": {"new": {}}}}) == {
        second: {"none": {"new": {}}}
    }
    assert place.detail.typing()[first]["notes"]["new"]["text"] == typing[first]["notes"]["new"]["text"]
    assert place.detail.flush() == ["a new progress note"]  # 31 February is no date
    assert _store(place).count(ProgressNote) == 0
    form.binding.field("noted_on").set_value(None)
    form.binding.accept("noted_on")
    assert place.detail.flush() == []
    assert [one.text for one in _store(place).each(ProgressNote)] == ["Half a sentence"]


def test_an_action_for_a_quote_is_worked_on_like_an_area(place: ImprovementPlace, person: Typist) -> None:
    quote = _store(place).each(Quote)[0]
    place.start_action(quote)
    person.text("Train every chair").press("Ctrl+Return")
    assert [(one.quote_id, one.area_for_improvement_id) for one in _store(place).each(Action)] == [(quote.id, None)]
    action = _store(place).each(Action)[0]
    assert place.go_to(action)
    assert _shown_words(place)[place.table.currentIndex().row()] == "Action for a qu"
    assert [place.detail.tabs.isTabVisible(index) for index in range(5)] == [False, True, False, False, False]
    person.keys("3")
    assert _store(place).each(Action)[0].status_id == list(place._workspace.lists.statuses)[2]
    place.go_to_area(_area(place, "Sufficiency").id)
    assert all(place.detail.tabs.isTabVisible(index) for index in range(5))


def test_headers_sort_arrow_keys_pass_headings_by_and_a_group_keeps_the_row(
    place: ImprovementPlace, person: Typist
) -> None:
    printed = _shown_words(place)
    header = place.table.horizontalHeader()
    header.sectionClicked.emit(WORDS)
    up = _shown_words(place)
    assert up == sorted(up, key=str.casefold)
    assert place.bar.sort.value() == "words"
    header.sectionClicked.emit(WORDS)
    assert _shown_words(place)[0] == up[-1]
    header.sectionClicked.emit(WORDS)
    assert _shown_words(place) == printed
    assert place.bar.sort.value() == ""
    person.press("Ctrl+Home", "Down")
    current = place.table.current_id()
    place.bar.group.set_value("inspection")
    place.bar.group.edited.emit()
    model = place.table.rows
    assert isinstance(model.entries[0], Heading)
    assert model.index(0, 0).data() == "ILACS standard inspection, 9 May to 20 May 2022 (3)"
    assert place.table.current_id() == current
    for _ in range(2):
        person.press("Down")
    assert place.table.currentIndex().row() == 5  # a heading stands between
    assert place.table.current_row() is not None
    person.press("Ctrl+A")
    assert len(place.table.marked()) == 31


def test_what_is_empty_says_what_to_do(place: ImprovementPlace, qtbot: Any, store: Store) -> None:
    place.bar.show_scope("late")
    assert place.faces.currentWidget() is place.none_shown
    assert place.none_shown._heading.text() == "No area for improvement is late"
    assert place.below.isHidden()
    place.none_shown.buttons[0].click()
    assert place.table.rows.rowCount() == 31
    assert not place.below.isHidden()
    place.bar.owner.set_value(NONE)
    place.bar.status.set_value(next(iter(place._workspace.lists.statuses)))
    place.bar.status.edited.emit()
    assert place.none_shown._heading.text() == "None fits the filters"
    nothing = ImprovementPlace(Workspace(store))
    qtbot.addWidget(nothing)
    nothing.show()
    with qtbot.waitSignal(nothing.inspections_wanted):
        nothing.empty.buttons[0].click()
    assert nothing.empty.isVisible()
    nothing.rest()


def test_the_list_is_sound_read_as_sentences_and_follows_what_others_change(
    place: ImprovementPlace, qtmodeltester: Any
) -> None:
    area = _area(place, "Sufficiency")
    place._workspace.do("Change owner", Edit((area,), (replace(area, owner="<b>Head</b>"),)))
    header = place.table.verticalHeader()
    heights = [header.sectionSize(row) for row in range(place.table.rows.rowCount())]
    assert len(set(heights[:6])) > 1  # those in sight follow their words
    assert set(heights[20:]) == {header.defaultSectionSize()}
    model = place.table.rows
    assert model.index(1, WORDS).data(Qt.ItemDataRole.AccessibleTextRole) == (
        "Sufficiency of short-break placements, respite and sessional care for disabled children, ILACS 2022, "
        "owner <b>Head</b>, no due date, no status"
    )
    assert model.index(1, 3).data(Qt.ItemDataRole.ToolTipRole) == "<p>&lt;b&gt;Head&lt;/b&gt;</p>"
    assert model.index(1, 5).data(StatusRole).words == ""
    area = _area(place, "Sufficiency")
    place.hide()
    place._workspace.do("Change owner", Edit((area,), (replace(area, owner="Director"),)))
    assert place.table.rows.index(1, 3).data() == "<b>Head</b>"
    place.show()
    assert place.table.rows.index(1, 3).data() == "Director"
    assert place.detail.owners == ("Director",)
    place.bar.group.set_value("owner")
    place.bar.group.edited.emit()
    qtmodeltester.check(model)


def _letters(part: QWidget) -> Counter[str]:
    texts = [
        widget.text()
        for kind in (QLabel, QAbstractButton)
        for widget in part.findChildren(kind)
        if widget.isVisibleTo(part)
    ]
    return Counter(match[1].upper() for text in texts for match in re.finditer("&([^&])", text))


def test_each_letter_goes_to_one_field_or_button_and_to_no_menu(place: ImprovementPlace) -> None:
    for index, tab in enumerate((None, *place.detail.rows)):
        place.detail.tabs.setCurrentIndex(index)
        if tab is not None:
            tab.start_row()
        letters = _letters(place.detail)
        assert len(letters) >= 6
        assert [letter for letter, count in letters.items() if count > 1] == []
        assert set(letters) & MENU_LETTERS == set()


def test_a_removed_area_leaves_no_trace_in_the_place(place: ImprovementPlace) -> None:
    area = _area(place, "Sufficiency")
    action = Action(id=new_id(), area_for_improvement_id=area.id, text="Tender")
    place._workspace.do("Add action", Edit(after=(action,)))
    place.go_to_area(area.id)
    place._workspace.do("Remove", Edit(before=(area, action)))
    assert place.detail.subject is not None
    assert place.detail.subject.id != area.id
    assert place.table.rows.rowCount() == 30
    place._workspace.undo()
    assert place.table.rows.rowCount() == 31

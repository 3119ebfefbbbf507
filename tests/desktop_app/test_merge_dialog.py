"""Merge a colleague's copy, by keyboard: what it shows, what it asks, and what it writes."""

import shutil
from contextlib import closing
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QLabel, QListWidget

from db.copy import write_copy
from db.edit import Edit
from db.errors import CannotWrite
from db.merge import preview
from db.records import Quote, new_id
from db.store import Store
from desktop_app import ask
from desktop_app.places import merge_dialog
from desktop_app.places.merge_dialog import MergeDialog, look_at
from desktop_app.workspace import Workspace

SPACE, TAB, DOWN = Qt.Key.Key_Space, Qt.Key.Key_Tab, Qt.Key.Key_Down


@pytest.fixture(autouse=True)
def spoken(monkeypatch):
    said = []
    monkeypatch.setattr(merge_dialog, "announce", lambda _widget, text, **_: said.append(text))
    return said


@pytest.fixture
def workspace(sample_file, tmp_path):
    opened = Workspace(Store.open(shutil.copy(sample_file, tmp_path / "durham.sqlite")))
    yield opened
    opened.close()


@pytest.fixture
def theirs(workspace, tmp_path):
    write_copy(workspace.store.path, tmp_path / "colleague.sqlite")
    with closing(Store.open(tmp_path / "colleague.sqlite")) as copy:
        yield copy


def change(store, quote, **values):
    now = replace(quote, **values)
    store.apply(Edit((quote,), (now,)))
    return now


@pytest.fixture
def met(workspace, theirs):
    """Two quotes changed on both sides, one changed there, one new there."""
    first, second, third = theirs.each(Quote)[:3]
    for quote in (first, second):
        change(theirs, quote, text=f"There <b>{quote.position}</b>")
        change(workspace.store, quote, text=f"Here {quote.position}")
    change(theirs, third, speaker="A director")
    new = replace(first, id=new_id(), text="New there")
    theirs.apply(Edit(after=(new,)))
    return first, second, third, new


@pytest.fixture
def backups():
    return []


@pytest.fixture
def show(qtbot, workspace, theirs, backups):
    def shown(before_writing=lambda: backups.append("made")):
        dialog = MergeDialog(workspace, preview(workspace.store, theirs.path), before_writing)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
        qtbot.addWidget(dialog)
        dialog.show()
        dialog.activateWindow()
        qtbot.waitUntil(dialog.isActiveWindow)
        return dialog

    return shown


def tab_texts(dialog):
    return [dialog.tabs.tabText(place) for place in range(dialog.tabs.count())]


def test_it_says_what_comes_in_and_what_was_changed_on_both_sides(show, met):
    dialog = show()
    assert tab_texts(dialog) == ["Changed on both sides", "Comes in (1)", "Changed there (1)"]
    assert "Comes in: 1 quote." in dialog.words.text()
    assert "Changed on both sides: 2." in dialog.words.text()
    assert dialog.versions.list.hasFocus()
    assert dialog.versions.ours.toPlainText() == f"Quote: Here {met[0].position}"
    assert dialog.versions.theirs.toPlainText() == f"Quote: There <b>{met[0].position}</b>"


def test_nothing_is_written_before_every_version_is_chosen(qtbot, show, met, workspace, backups, spoken):
    dialog = show()
    qtbot.keyClick(dialog.merge_button, SPACE)
    assert dialog.message.text() == "Choose a version of the 2 records that were changed on both sides."
    assert dialog.versions.list.hasFocus()
    assert spoken[-1] == dialog.message.text()
    assert backups == []
    assert workspace.undo_label == ""


def test_chosen_by_keyboard_it_is_one_deed_after_a_backup_and_one_undo_takes_it_back(
    qtbot, show, met, workspace, backups
):
    first, second, third, new = met
    before = workspace.store.each(Quote)
    dialog = show()
    qtbot.keyClick(dialog.versions.buttons["theirs"], SPACE)
    assert dialog.versions.list.item(0).text().startswith("Theirs: ")
    qtbot.keyClick(dialog.versions.list, DOWN)
    assert not any(button.isChecked() for button in dialog.versions.buttons.values())
    qtbot.keyClick(dialog.versions.buttons["both"], SPACE)
    with qtbot.waitSignal(dialog.told) as told:
        qtbot.keyClick(dialog.merge_button, SPACE)
    assert told.args == ["Merged colleague.sqlite: 2 quotes came in; 2 quotes changed."]
    assert backups == ["made"]
    assert not dialog.isVisible()
    store = workspace.store
    assert store.get(Quote, first.id).text == f"There <b>{first.position}</b>"
    assert store.get(Quote, second.id).text == f"Here {second.position}"
    assert store.count(Quote, text=f"There <b>{second.position}</b>") == (2 if first.position == second.position else 1)
    assert store.get(Quote, third.id).speaker == "A director"
    assert store.get(Quote, new.id) == new
    assert workspace.undo() == "Merge: colleague.sqlite"
    assert workspace.store.each(Quote) == before


def test_one_answer_serves_for_all_the_rest(qtbot, show, met, workspace):
    dialog = show()
    qtbot.keyClick(dialog.versions.all_ours, SPACE)
    assert [dialog.versions.list.item(row).text()[:5] for row in range(2)] == ["Mine:", "Mine:"]
    with qtbot.waitSignal(dialog.told):
        qtbot.keyClick(dialog.merge_button, SPACE)
    assert workspace.store.get(Quote, met[0].id).text == f"Here {met[0].position}"


def test_a_backup_that_fails_stops_the_merge(qtbot, show, met, workspace):
    def full():
        raise CannotWrite("The disk is full, so no backup was made.")

    dialog = show(full)
    qtbot.keyClick(dialog.versions.all_theirs, SPACE)
    qtbot.keyClick(dialog.merge_button, SPACE)
    assert dialog.message.text() == "The disk is full, so no backup was made."
    assert dialog.isVisible()
    assert workspace.undo_label == ""


def test_cancel_writes_nothing_and_lets_the_private_copy_go(qtbot, show, met, workspace, tmp_path, monkeypatch):
    (tmp_path / "temporary").mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "temporary"))
    dialog = show()
    assert list((tmp_path / "temporary").iterdir())
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert list((tmp_path / "temporary").iterdir()) == []
    assert workspace.undo_label == ""


def test_a_copy_with_nothing_new_can_only_be_closed(show):
    dialog = show()
    assert dialog.words.text() == "colleague.sqlite holds nothing that is not here already."
    assert not dialog.merge_button.isEnabled()
    assert dialog.close_button.hasFocus()


def test_a_choice_that_brings_a_new_question_about_asks_it(qtbot, workspace, theirs, show):
    provider = replace(workspace.lists.providers[next(iter(workspace.lists.providers))], id=new_id(), name="Gateshead")
    workspace.store.apply(Edit(after=(provider,)))
    write_copy(workspace.store.path, theirs.path, replace=True)
    with closing(Store.open(theirs.path)) as again:
        again.apply(Edit((provider,), (replace(provider, name="Sunderland", notes="Theirs"),)))
    workspace.store.apply(Edit((provider,), (replace(provider, name="Newcastle"),)))
    workspace.store.apply(Edit(after=(replace(provider, id=new_id(), name="Sunderland", notes="Ours"),)))
    dialog = show()
    qtbot.keyClick(dialog.versions.all_theirs, SPACE)
    qtbot.keyClick(dialog.merge_button, SPACE)
    assert dialog.versions.list.count() == 2
    assert dialog.message.text() == "Choose a version of the 1 record that was changed on both sides."
    qtbot.keyClick(dialog.versions.all_theirs, SPACE)
    with qtbot.waitSignal(dialog.told):
        qtbot.keyClick(dialog.merge_button, SPACE)


def test_looking_at_a_copy_runs_away_from_the_window(qtbot, workspace, met, theirs, monkeypatch):
    monkeypatch.setattr(ask, "existing_file", lambda _parent: theirs.path)
    parent = QLabel()
    qtbot.addWidget(parent)
    dialog = look_at(workspace, lambda: None, parent)
    assert dialog is not None
    assert "Comes in: 1 quote." in dialog.words.text()
    dialog.reject()


def test_a_strange_file_is_refused_in_a_sentence(qtbot, workspace, tmp_path, monkeypatch):
    told = []
    monkeypatch.setattr(ask, "tell", lambda _parent, sentence, *_: told.append(sentence))
    (tmp_path / "letter.sqlite").write_text("A letter")
    parent = QLabel()
    qtbot.addWidget(parent)
    assert look_at(workspace, lambda: None, parent, tmp_path / "letter.sqlite") is None
    assert told == ["letter.sqlite is not an inspection log. It was left as it is."]


def test_tab_reaches_every_control(qtbot, show, met):
    dialog = show()
    walked = set()
    for _ in range(14):
        walked.add(dialog.focusWidget())
        qtbot.keyClick(dialog.focusWidget(), TAB)
    wanted = {dialog.versions.list, dialog.versions.ours, dialog.versions.theirs, dialog.versions.all_ours}
    assert (
        wanted | {dialog.versions.all_theirs, dialog.merge_button, dialog.close_button, dialog.tabs.tabBar()} <= walked
    )
    assert walked & set(dialog.versions.buttons.values())


def test_a_screen_reader_hears_names(show, met):
    dialog = show()
    named = [dialog.versions.list, dialog.versions.ours, dialog.versions.theirs, *dialog.findChildren(QListWidget)]
    for widget in (*named, *dialog.versions.buttons.values(), dialog.merge_button, dialog.tabs):
        assert QAccessible.queryAccessibleInterface(widget).text(QAccessible.Text.Name), widget

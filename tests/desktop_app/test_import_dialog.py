"""Import a spreadsheet, by keyboard: the table, its columns, what would happen, and one deed after a backup."""

import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QMimeData, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QAbstractButton, QComboBox, QFileDialog, QLabel, QListWidget

from db import large_edit
from db.edit import Edit
from db.errors import CannotWrite
from db.records import Inspection, Provider, new_id
from db.store import Store
from desktop_app.exchange.import_source import Source
from desktop_app.main_window import MainWindow
from desktop_app.places import import_columns, import_dialog, import_preview
from desktop_app.places.import_dialog import ImportDialog
from desktop_app.settings import Settings
from desktop_app.workspace import Workspace
from tests.db.records_from_the_field import DURHAM, DURHAM_2022, FAMILY

SPACE, RETURN, ESCAPE, TAB = Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Escape, Qt.Key.Key_Tab
HEADINGS = "Council\tDates\tType\tOverall\tBoss\n"
ROWS = "Gateshead\t2-6 December 2024\tILACS\tGood\tAnn <b>Other</b>\nSunderland\t05/13/2021\tILACS short\tGoood\t\n"


@pytest.fixture(autouse=True)
def spoken(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    said: list[str] = []
    for module in (import_dialog, import_columns, import_preview):
        monkeypatch.setattr(module, "announce", lambda _widget, text, **_: said.append(text))
    return said


@pytest.fixture
def workspace(new_file: Path, tmp_path: Path) -> Iterator[Workspace]:
    store = Store.open(shutil.copy(new_file, tmp_path / "inspections.sqlite"))
    store.apply(Edit(after=FAMILY))
    opened = Workspace(store)
    yield opened
    opened.close()


@pytest.fixture
def backups() -> list[str]:
    return []


@pytest.fixture
def show(qtbot: Any, workspace: Workspace, settings: Settings, backups: list[str]) -> Callable[..., ImportDialog]:
    def shown(text: str = "", before_writing: Callable[[], object] = lambda: backups.append("made")) -> ImportDialog:
        dialog = ImportDialog(workspace, settings, before_writing)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
        qtbot.addWidget(dialog)
        dialog.show()
        dialog.activateWindow()
        qtbot.waitUntil(dialog.isActiveWindow)
        if text:
            dialog.read(Source(text=text))
            qtbot.waitUntil(dialog.columns_page.isVisible)
        return dialog

    return shown


def previewed(qtbot: Any, dialog: ImportDialog) -> ImportDialog:
    qtbot.keyClick(dialog.columns_page.preview_button, SPACE)
    qtbot.waitUntil(dialog.preview_page.isVisible)
    return dialog


def lines(shown: QListWidget) -> list[str]:
    return [shown.item(row).text() for row in range(shown.count())]


def choose(choice: QComboBox, key: str) -> None:
    choice.setCurrentIndex(choice.findData(key))


def test_by_keyboard_from_the_clipboard_to_one_deed_that_undo_takes_back(
    qtbot: Any, show: Any, workspace: Workspace, backups: list[str], spoken: list[str]
) -> None:
    dialog = show()
    assert dialog.choose_page.choose_button.hasFocus()
    data = QMimeData()
    data.setText(HEADINGS + ROWS)
    QGuiApplication.clipboard().setMimeData(data)
    qtbot.keyClick(dialog.choose_page.paste_button, SPACE)
    qtbot.waitUntil(dialog.columns_page.isVisible)
    assert [choice.value() for choice in dialog.columns_page.choices][:4] == [
        "provider",
        "started_on",
        "kind",
        "judged:overall",
    ]
    previewed(qtbot, dialog)
    page = dialog.preview_page
    assert page.words.text().startswith("New: 1 provider, 1 inspection and 1 judgement. 1 row has a problem")
    assert page.problems.hasFocus()
    assert page.import_button.text() == "&Import 1 inspection"
    assert workspace.store.count(Inspection) == 1
    with qtbot.waitSignal(dialog.told) as told:
        qtbot.keyClick(page.import_button, SPACE)
    assert told.args == ["Imported Pasted table: 1 provider, 1 inspection and 1 judgement."]
    assert spoken[-1] == told.args[0]
    assert backups == ["made"]
    assert workspace.store.count(Inspection) == 2
    assert workspace.undo_label == "Import Pasted table"
    workspace.undo()
    assert (workspace.store.count(Inspection), workspace.store.count(Provider)) == (1, 1)
    workspace.redo()
    assert workspace.store.count(Inspection) == 2


def test_a_cell_is_put_right_in_the_preview(qtbot: Any, show: Any, workspace: Workspace) -> None:
    dialog = previewed(qtbot, show(HEADINGS + ROWS))
    page = dialog.preview_page
    assert [line[:13] for line in lines(page.problems)] == ["Row 3, Dates:"]
    qtbot.keyClick(page.problems, RETURN)
    assert page.correction.hasFocus() and page.correction.value() == "05/13/2021"
    for words, left in (("13/05/2021", ["Row 3, Overall: “Goood”"]), ("Good", [])):
        qtbot.keyClick(page.problems, RETURN)
        qtbot.keyClicks(page.correction, words)
        qtbot.keyClick(page.correction, RETURN)
        qtbot.waitUntil(lambda left=left: page.isVisible() and [line[:23] for line in lines(page.problems)] == left)
    assert page.import_button.text() == "&Import 2 inspections"
    assert page.import_button.hasFocus()
    assert dialog.isVisible()  # Return in the cell put it right and imported nothing
    assert workspace.store.count(Inspection) == 1


def test_what_a_column_is_can_be_chosen_and_is_remembered_for_the_next_table_like_it(
    qtbot: Any, show: Any, workspace: Workspace, settings: Settings
) -> None:
    dialog = show(HEADINGS + ROWS)
    boss = dialog.columns_page.choices[4]
    assert boss.value() == ""
    assert boss.accessibleName() == "Boss comes in as"
    assert "Ann <b>Other</b>" in boss.accessibleDescription()
    choose(boss, "lead_inspector")
    previewed(qtbot, dialog)
    with qtbot.waitSignal(dialog.told):
        qtbot.keyClick(dialog.preview_page.import_button, SPACE)
    assert workspace.store.each(Inspection)[-1].lead_inspector == "Ann <b>Other</b>"
    again = show(HEADINGS + ROWS)
    assert again.columns_page.choices[4].value() == "lead_inspector"
    assert "taken as you chose for these headings before" in again.columns_page.words.text()
    assert again.columns_page.preview_button.hasFocus()
    previewed(qtbot, again)
    assert not again.preview_page.import_button.isEnabled()  # a second time there is nothing to do
    other = show(HEADINGS.replace("Boss", "Chief") + ROWS)
    assert other.columns_page.choices[4].value() == ""


def test_one_field_for_two_columns_and_none_at_all_are_pointed_out(qtbot: Any, show: Any, spoken: list[str]) -> None:
    page = show(HEADINGS + ROWS).columns_page
    choose(page.choices[4], "provider")
    qtbot.keyClick(page.preview_button, SPACE)
    assert page.error.text().startswith("“Provider” is chosen for two columns, Council and Boss.")
    assert spoken[-1] == page.error.text()
    assert page.choices[4].hasFocus()
    for choice in page.choices:
        choose(choice, "")
    qtbot.keyClick(page.preview_button, SPACE)
    assert page.error.text() == "Choose what at least one column is."


def test_what_no_column_says_is_asked_for_all_rows(qtbot: Any, show: Any) -> None:
    dialog = show("Ref\tArea for improvement\n1\tThe quality of plans.\n")
    page = dialog.columns_page
    assert page.inspection.isVisible() and page.provider.isVisible() and not page.kind.isVisible()
    assert page.provider.value() == DURHAM.id
    choose(page.inspection, DURHAM_2022.id)
    previewed(qtbot, dialog)
    assert dialog.preview_page.import_button.text() == "&Import 1 area for improvement"


def test_another_row_or_sheet_is_read_where_a_person_says_so(qtbot: Any, show: Any) -> None:
    dialog = show("Our log\n" + HEADINGS + ROWS)
    page = dialog.columns_page
    assert page.row.value() == 2 and not page.sheet.isVisible()
    page.row.setFocus()
    page.row.selectAll()
    qtbot.keyClicks(page.row, "1")
    qtbot.keyClick(page.row, TAB)
    qtbot.waitUntil(lambda: page.isVisible() and page.row.value() == 1)
    qtbot.waitUntil(lambda: len(page.choices) == 5 and page.choices[0].accessibleName() == "Our log comes in as")


def test_a_file_that_is_no_table_is_explained_and_another_can_be_chosen(
    qtbot: Any, show: Any, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    path = tmp_path / "letter.csv"
    path.write_bytes(b"")
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(path), ""))
    dialog = show()
    qtbot.keyClick(dialog.choose_page.choose_button, RETURN)
    qtbot.waitUntil(lambda: dialog.choose_page.error.isVisible())
    assert dialog.choose_page.error.text() == "letter.csv is empty."
    QGuiApplication.clipboard().clear()
    qtbot.keyClick(dialog.choose_page.paste_button, SPACE)
    assert dialog.choose_page.error.text().startswith("The clipboard holds no table.")
    path.write_text(HEADINGS + ROWS)
    qtbot.keyClick(dialog.choose_page.choose_button, RETURN)
    qtbot.waitUntil(dialog.columns_page.isVisible)
    assert dialog.columns_page.words.text().startswith("letter.csv: 5 columns.")


def test_a_backup_that_fails_stops_the_import(qtbot: Any, show: Any, workspace: Workspace) -> None:
    def full() -> None:
        raise CannotWrite("The disk is full, so no backup was made.")

    dialog = show(HEADINGS + ROWS, full)
    previewed(qtbot, dialog)
    qtbot.keyClick(dialog.preview_page.import_button, SPACE)
    assert dialog.preview_page.error.text() == "The disk is full, so no backup was made."
    assert workspace.undo_label == ""


def test_stopped_while_it_is_written_nothing_is(
    qtbot: Any, show: Any, workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    dialog = previewed(qtbot, show(HEADINGS + ROWS))
    write = large_edit.apply_to_file

    def stopped_first(*arguments: Any, is_cancelled: Callable[[], bool], **more: Any) -> Edit:
        while not is_cancelled():
            pass
        return write(*arguments, is_cancelled=is_cancelled, **more)

    monkeypatch.setattr(import_dialog, "apply_to_file", stopped_first)
    qtbot.keyClick(dialog.preview_page.import_button, SPACE)
    qtbot.waitUntil(dialog.stop_button.isVisible)
    qtbot.keyClick(dialog, ESCAPE)
    qtbot.waitUntil(dialog.preview_page.isVisible)
    assert (workspace.store.count(Inspection), workspace.undo_label) == (1, "")
    assert dialog.preview_page.error.text() == ""


def test_saves_wait_while_it_is_written_and_follow_it(
    qtbot: Any, show: Any, workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    dialog = previewed(qtbot, show(HEADINGS + ROWS))
    write = large_edit.apply_to_file
    begun: list[bool] = []
    go_on: list[bool] = []

    def slowly(*arguments: Any, **more: Any) -> Edit:
        begun.append(True)
        while not go_on:
            pass
        return write(*arguments, **more)

    monkeypatch.setattr(import_dialog, "apply_to_file", slowly)
    qtbot.keyClick(dialog.preview_page.import_button, SPACE)
    qtbot.waitUntil(lambda: bool(begun))
    workspace.do("Add provider", Edit(after=(Provider(id=new_id(), name="Hartlepool"),)))
    assert len(workspace.queue.steps) == 1
    with qtbot.waitSignal(dialog.told):
        go_on.append(True)
    qtbot.waitUntil(lambda: not workspace.queue.steps)
    assert {one.name for one in workspace.store.each(Provider)} >= {"Hartlepool", "Gateshead"}


def test_nothing_is_imported_into_a_file_that_is_open_for_reading_only(
    qtbot: Any, show: Any, workspace: Workspace
) -> None:
    dialog = previewed(qtbot, show(HEADINGS + ROWS))
    workspace.become_read_only()
    qtbot.keyClick(dialog.preview_page.import_button, SPACE)
    assert "open for reading only" in dialog.preview_page.error.text()


def test_every_text_is_shown_as_it_stands_and_everything_has_a_name(qtbot: Any, show: Any) -> None:
    dialog = previewed(qtbot, show(HEADINGS.replace("Boss", "<b>Boss</b>") + ROWS))
    assert all(label.textFormat() == Qt.TextFormat.PlainText for label in dialog.findChildren(QLabel))
    for shown in (*dialog.findChildren(QComboBox), *dialog.findChildren(QListWidget)):
        if not isinstance(shown.parent(), QComboBox) and shown.isEnabled():
            assert shown.accessibleName() or shown.inherits("QComboBoxListView"), shown


def test_each_letter_of_a_page_goes_to_one_place(show: Any) -> None:
    dialog = show(HEADINGS + ROWS)
    for page in (dialog.choose_page, dialog.columns_page, dialog.preview_page):
        texts = [one.text() for kind in (QLabel, QAbstractButton) for one in page.findChildren(kind)]
        letters = [match[1].upper() for text in texts for match in re.finditer("&([^&])", text)]
        assert letters and len(letters) == len(set(letters)), letters


def test_the_start_page_makes_a_file_first(
    qtbot: Any, settings: Settings, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    window = MainWindow(settings)
    qtbot.addWidget(window)
    monkeypatch.setattr("desktop_app.ask.new_file", lambda *_: tmp_path / "new.sqlite")
    window.start.buttons[3].click()
    (dialog,) = window.findChildren(ImportDialog)
    assert (tmp_path / "new.sqlite").exists()
    dialog.reject()
    window.close()

"""Recently deleted: what comes back, what goes for good, and what is said where it cannot."""

import shutil
from collections import namedtuple
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest

from db import backup, purge
from db.edit import Edit
from db.errors import Busy, CannotWrite
from db.overview import removal
from db.purge import Purged
from db.records import Inspection, Quote
from db.store import Store
from desktop_app.places import delete_for_good
from desktop_app.places.delete_for_good import DeleteForGoodDialog, sentence
from desktop_app.places.recently_deleted import RecentlyDeletedDialog
from desktop_app.workspace import Workspace

SECRET = "Wildhaven Cottage was named by mistake"


@pytest.fixture
def workspace(sample_file: Path, tmp_path: Path) -> Iterator[Workspace]:
    opened = Workspace(Store.open(shutil.copy(sample_file, tmp_path / "durham.sqlite")))
    yield opened
    opened.close()


@pytest.fixture
def dialog(qtbot: Any, workspace: Workspace) -> RecentlyDeletedDialog:
    """Recently deleted with one quote in it that no other says."""
    quote = replace(workspace.store.each(Quote)[0], id="0" * 36, position=99, text=SECRET)
    workspace.do("Add quote", Edit(after=(quote,)))
    workspace.do("Remove quote", Edit(before=(quote,)))
    shown = RecentlyDeletedDialog(workspace)
    shown.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    qtbot.addWidget(shown)
    shown.show()
    return shown


@pytest.fixture
def question(qtbot: Any, dialog: RecentlyDeletedDialog) -> DeleteForGoodDialog:
    dialog.delete_button.click()
    found = dialog.findChild(DeleteForGoodDialog)
    assert isinstance(found, DeleteForGoodDialog)
    found.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    found.activateWindow()
    qtbot.waitUntil(found.cancel_button.hasFocus)
    return found


def test_a_refused_restore_keeps_the_dialog_and_says_why(qtbot: Any, workspace: Workspace) -> None:
    quote = workspace.store.each(Quote)[0]
    inspection = workspace.store.get(Inspection, quote.inspection_id)
    assert inspection is not None
    workspace.do("Remove quote", Edit(before=(quote,)))
    workspace.do("Remove inspection", removal(workspace.store, inspection))
    dialog = RecentlyDeletedDialog(workspace)
    qtbot.addWidget(dialog)
    dialog.show()
    assert not dialog.message.isVisible()

    dialog.list.setCurrentRow(1)
    dialog.restore()
    assert dialog.isVisible() and dialog.list.count() == 2
    assert dialog.message.isVisible() and dialog.message.property("role") == "error"
    assert dialog.message.text().startswith("This could not be put back. ")

    dialog.list.setCurrentRow(0)
    dialog.restore()
    assert not dialog.message.isVisible()
    dialog.restore()
    assert workspace.store.get(Quote, quote.id) == quote
    assert dialog.list.count() == 0
    assert not dialog.delete_button.isEnabled()


def test_it_is_asked_about_in_words_and_cancel_is_the_usual_answer(
    qtbot: Any, workspace: Workspace, dialog: RecentlyDeletedDialog, question: DeleteForGoodDialog
) -> None:
    assert question.question.text() == "Delete this for good?"
    assert "cannot be undone" in delete_for_good.FOR_GOOD
    assert not question.with_backups.isVisible()
    qtbot.keyClick(question.cancel_button, Qt.Key.Key_Return)
    assert not question.isVisible()
    assert dialog.list.count() == 1
    assert SECRET.encode() in workspace.store.path.read_bytes()


def test_it_goes_for_good_and_the_result_is_told(
    qtbot: Any, workspace: Workspace, dialog: RecentlyDeletedDialog, question: DeleteForGoodDialog
) -> None:
    assert workspace.undo_label == "Remove quote"
    told: list[str] = []
    dialog.told.connect(told.append)
    with qtbot.waitSignals([workspace.changed, workspace.stack_changed, dialog.told]):
        qtbot.keyClick(question.delete_button, Qt.Key.Key_Space)
    assert told == ["Deleted for good: 1 record. The file was searched for 1 of their texts: none is left in it."]
    assert dialog.list.count() == 0
    assert not question.isVisible() and dialog.isVisible()
    assert workspace.undo_label == workspace.redo_label == ""
    assert SECRET.encode() not in workspace.store.path.read_bytes()
    workspace.do("Remove quote", Edit(before=(workspace.store.each(Quote)[0],)))
    assert workspace.undo() == "Remove quote"


def test_several_entries_go_together_with_what_hangs_on_them(
    qtbot: Any, workspace: Workspace, dialog: RecentlyDeletedDialog
) -> None:
    inspection_id = workspace.store.each(Quote)[0].inspection_id
    inspection = workspace.store.get(Inspection, inspection_id)
    assert inspection is not None
    edit = removal(workspace.store, inspection)
    workspace.do("Remove inspection", edit)
    alone = RecentlyDeletedDialog(workspace)
    qtbot.addWidget(alone)
    assert alone.list.count() == 2
    assert len(alone.list.selectedItems()) == 1
    (entry,) = (item.data(Qt.ItemDataRole.UserRole) for item in alone.list.selectedItems())
    asking = DeleteForGoodDialog(workspace, [entry], alone)
    assert asking.question.text() == (
        f"Delete these {len(entry.records)} records for good? "
        "1 more record removed earlier hangs on them, and cannot stay."
    )
    alone.list.selectAll()
    alone.delete_for_good()
    both = alone.findChildren(DeleteForGoodDialog)[-1]
    assert both.question.text() == f"Delete these {len(entry.records) + 1} records for good?"
    both.delete()
    qtbot.waitUntil(lambda: alone.list.count() == 0)


@pytest.fixture
def two_backups(monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """The files whose backups were deleted; each has two."""
    purged: list[Path] = []
    monkeypatch.setattr(backup, "of", lambda _: [object(), object()])
    monkeypatch.setattr(backup, "purge_all", lambda source: purged.append(source) or 2)
    return purged


@pytest.mark.parametrize("with_backups", [True, False])
def test_backups_go_only_when_they_are_ticked(
    qtbot: Any, two_backups: list[Path], dialog: RecentlyDeletedDialog, workspace: Workspace, with_backups: bool
) -> None:
    dialog.delete_for_good()
    (question,) = dialog.findChildren(DeleteForGoodDialog)
    assert question.with_backups.text() == "Delete the 2 &backups of this file too"
    assert question.with_backups.isVisible() and not question.with_backups.isChecked()
    question.with_backups.setChecked(with_backups)
    with qtbot.waitSignal(dialog.told) as told:
        question.delete()
    assert two_backups == [workspace.store.path] * with_backups
    said = "2 backups deleted too." if with_backups else delete_for_good.OTHERS_HOLD_IT
    assert told.args[0].endswith(said)


def test_backups_that_stay_are_told(
    qtbot: Any, two_backups: list[Path], dialog: RecentlyDeletedDialog, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_: Path) -> int:
        raise CannotWrite("A backup could not be removed.")

    monkeypatch.setattr(backup, "purge_all", refuse)
    dialog.delete_for_good()
    (question,) = dialog.findChildren(DeleteForGoodDialog)
    question.with_backups.setChecked(True)
    with qtbot.waitSignal(dialog.told) as told:
        question.delete()
    assert "could not be deleted and still hold the words. A backup could not be removed." in told.args[0]


def test_a_refusal_is_explained_and_everything_stays(
    qtbot: Any,
    workspace: Workspace,
    dialog: RecentlyDeletedDialog,
    question: DeleteForGoodDialog,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    usage = namedtuple("usage", "total used free")
    with monkeypatch.context() as patch:
        patch.setattr(shutil, "disk_usage", lambda _: usage(10, 10, 0))
        question.delete()
        qtbot.waitUntil(question.message.isVisible)
    assert "so nothing was deleted. Make room, then try again." in question.message.text()
    assert question.isVisible() and workspace.undo_label == "Remove quote"
    qtbot.waitUntil(question.delete_button.hasFocus)
    with qtbot.waitSignal(dialog.told):
        question.delete()


def test_what_is_unfinished_can_be_tried_again(
    qtbot: Any,
    workspace: Workspace,
    dialog: RecentlyDeletedDialog,
    question: DeleteForGoodDialog,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def busy(_: Store) -> None:
        raise Busy("Another program is using this file.")

    with monkeypatch.context() as patch:
        patch.setattr(purge, "_write_anew", busy)
        question.delete()
        qtbot.waitUntil(question.message.isVisible)
    assert "traces of their words may be left in it. Another program is using this file." in question.message.text()
    assert question.delete_button.text() == "Try again"
    assert workspace.undo_label == ""  # undoing would bring the words back
    with qtbot.waitSignal(dialog.told) as told:
        question.delete()
    assert told.args[0].endswith("none is left in it.")


def test_escape_stops_it_while_the_values_are_there_and_not_after(
    qtbot: Any, workspace: Workspace, question: DeleteForGoodDialog, monkeypatch: pytest.MonkeyPatch
) -> None:
    wait = _Gate(monkeypatch, purge.purge_rows, "drop_passages")
    question.delete()
    qtbot.waitUntil(lambda: wait.is_reached)
    QTest.keyClick(question, Qt.Key.Key_Escape)
    assert question.doing.text() == "Stopping" and question.isVisible()
    wait.open()
    qtbot.waitUntil(question.message.isVisible)
    assert question.message.text() == "Cancelled. Nothing was deleted."
    assert len(workspace.store.removed()) == 1 and workspace.undo_label == "Remove quote"

    wait = _Gate(monkeypatch, purge, "_write_anew")
    question.delete()
    qtbot.waitUntil(lambda: question.doing.text() == "Writing the file anew")
    assert not question.stop_button.isEnabled()
    QTest.keyClick(question, Qt.Key.Key_Escape)
    assert question.isVisible()
    wait.open()
    qtbot.waitUntil(lambda: not question.isVisible())
    assert workspace.store.removed() == []


class _Gate:
    """Holds a step of the deletion up until it is opened."""

    def __init__(self, patch: pytest.MonkeyPatch, module: Any, name: str) -> None:
        import threading

        self._opened, self._reached = threading.Event(), threading.Event()
        step: Callable[..., None] = getattr(module, name)

        def held(*given: Any) -> None:
            self._reached.set()
            self._opened.wait(10)
            step(*given)

        patch.setattr(module, name, held)

    @property
    def is_reached(self) -> bool:
        return self._reached.is_set()

    def open(self) -> None:
        self._opened.set()


def test_a_screen_reader_hears_names(question: DeleteForGoodDialog) -> None:
    for widget, name in ((question, "Delete for good"), (question.bar, "Progress of deleting")):
        assert QAccessible.queryAccessibleInterface(widget).text(QAccessible.Text.Name) == name
    assert delete_for_good.OTHERS_HOLD_IT in question.accessibleDescription()


@pytest.mark.parametrize(
    ("purged", "words"),
    [
        (Purged(1, 0, 0, ()), "They held no words of their own to search the file for."),
        (Purged(1200, 1, 40, ()), "Deleted for good: 1,200 records and 1 kept file. The file was searched for 40"),
        (Purged(2, 2, 9, ("a", "b")), "But traces of 2 of their texts are still in the file. Share a copy"),
        (Purged(2, 0, 0, (), "The disk is full."), "Deleted for good: 2 records. The disk is full."),
    ],
)
def test_the_result_is_a_sentence(purged: Purged, words: str) -> None:
    assert words in sentence(purged)

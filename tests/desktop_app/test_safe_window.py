"""The window keeps its file safe: backups, restoring, damage, other programs."""

import shutil
import sqlite3
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication

from db import backup, owner_file
from db.edit import Edit
from db.errors import CannotWrite, StoreError
from db.owner import Owner
from db.records import Inspection, Quote
from db.store import Store
from desktop_app import ask, opening, safekeeping, single_instance
from desktop_app.main_window import MainWindow
from desktop_app.places.backups_dialog import BackupsDialog
from desktop_app.places.check_dialog import CheckDialog
from desktop_app.places.merge_dialog import MergeDialog
from tests.typist import Typist


@pytest.fixture
def durham_window(window: MainWindow, sample_file: Path, tmp_path: Path) -> MainWindow:
    """The window on a copy of the sample."""
    window.open_path(shutil.copy(sample_file, tmp_path / "durham.sqlite"))
    return window


@pytest.fixture
def choices(monkeypatch: pytest.MonkeyPatch) -> list[int | None]:
    """What the person chooses at the next questions with several deeds; the first one where nothing stands here."""
    given: list[int | None] = []
    monkeypatch.setattr(ask, "which", lambda *_: given.pop(0) if given else 0)
    return given


def _path(window: MainWindow) -> Path:
    assert window.workspace is not None
    return window.workspace.store.path


def _quotes(window: MainWindow) -> int:
    assert window.workspace is not None
    return window.workspace.store.count(Quote)


def _remove_a_quote(window: MainWindow) -> None:
    assert window.workspace is not None
    quote = window.workspace.store.each(Quote)[0]
    window.workspace.do("Remove quote", Edit(before=(quote,)))


def _dialog(window: MainWindow, kind: type[Any]) -> Any:
    QApplication.processEvents()
    return window.findChildren(kind)[-1]


def test_a_file_is_backed_up_when_it_is_opened_and_the_status_line_says_so(
    durham_window: MainWindow, qtbot: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    window, path = durham_window, _path(durham_window)
    monkeypatch.setattr(safekeeping, "BEGIN_AFTER_MS", 0)
    window.open_again()
    qtbot.waitUntil(lambda: bool(backup.of(path)), timeout=20_000)
    qtbot.waitUntil(lambda: "Backup today" in window.status._backup.text(), timeout=20_000)
    (made,) = backup.of(path)
    assert made.reason == "opening" and backup.described(made).contents == backup.described(made).contents is not None
    window.open_again()
    qtbot.waitUntil(lambda: "Backup today" in window.status._backup.text(), timeout=20_000)
    assert len(backup.of(path)) == 1, "nothing changed since"


def test_a_backup_put_back_can_be_undone(durham_window: MainWindow, qtbot: Any) -> None:
    window, path = durham_window, _path(durham_window)
    count = _quotes(window)
    window.show_backups()
    dialog = _dialog(window, BackupsDialog)
    qtbot.waitUntil(lambda: bool(dialog.said.text()))
    dialog.now_button.click()
    qtbot.waitUntil(lambda: dialog.list.count() == 1, timeout=20_000)
    dialog.reject()
    _remove_a_quote(window)
    window.show_backups()
    dialog = _dialog(window, BackupsDialog)
    qtbot.waitUntil(lambda: "Would come back: 1 quote" in dialog.details.toPlainText(), timeout=20_000)
    assert "1 change was made since:" in dialog.details.toPlainText()
    assert "Remove quote" in dialog.details.toPlainText()
    dialog.restore()
    assert _quotes(window) == count
    assert _path(window) == path
    window.trouble_bar.buttons["Undo this"].click()
    assert _quotes(window) == count - 1
    assert [one.reason for one in backup.of(path)] == ["restore", "restore", "asked"]


def test_a_damaged_file_is_set_aside_and_the_newest_backup_takes_its_place(
    durham_window: MainWindow, choices: list[int | None], monkeypatch: pytest.MonkeyPatch
) -> None:
    window, path = durham_window, _path(durham_window)
    monkeypatch.setattr(opening, "AGAIN_AFTER_MS", 1)
    backup.make(path, "asked")
    count = _quotes(window)
    window.close_file()
    damaged = b"".join((path.read_bytes()[:100], b"\xff" * 20_000, path.read_bytes()[20_100:]))
    path.write_bytes(damaged)
    choices.append(0)
    assert window.open_path(path)
    assert _quotes(window) == count
    (aside,) = path.parent.glob("durham-damaged-*.sqlite")
    assert aside.read_bytes() == damaged


@pytest.mark.parametrize("table", ["theme", "inspection", "judgement", "document_inspection", "passage"])
def test_damage_anywhere_is_no_fault_of_the_program(
    durham_window: MainWindow, table: str, monkeypatch: pytest.MonkeyPatch, qtbot: Any
) -> None:
    window, path = durham_window, _path(durham_window)
    monkeypatch.setattr(opening, "AGAIN_AFTER_MS", 1)
    count = _quotes(window)
    backup.make(path, "asked")
    window.close_file()
    _spoil_a_page(path, table)
    monkeypatch.setattr(safekeeping, "BEGIN_AFTER_MS", 0)
    with qtbot.captureExceptions() as met:
        assert window.open_path(path)
        qtbot.waitUntil(
            lambda: "damaged" in window.trouble_bar.text or bool(list(path.parent.glob("durham-damaged-*.sqlite"))),
            timeout=20_000,
        )
    assert [error for _, error, _ in met if not isinstance(error, StoreError)] == []
    assert window.workspace is not None
    if not window.trouble_bar.text:
        assert _quotes(window) == count


def test_a_damaged_file_without_a_backup_is_left_and_told(
    durham_window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    window, path = durham_window, _path(durham_window)
    monkeypatch.setattr(opening, "AGAIN_AFTER_MS", 1)
    said: list[str] = []
    monkeypatch.setattr(ask, "tell", lambda _, *words: said.extend(words))
    window.close_file()
    path.write_bytes(path.read_bytes()[:100] + b"\xff" * 50_000)
    before = path.read_bytes()
    assert not window.open_path(path)
    assert path.read_bytes() == before
    assert said[0] == "durham.sqlite is damaged." and "no backup of it on this computer" in said[1]
    assert owner_file.holder(path) is None


def test_another_backup_can_be_chosen_for_a_damaged_file(
    durham_window: MainWindow, choices: list[int | None], qtbot: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    window, path = durham_window, _path(durham_window)
    monkeypatch.setattr(opening, "AGAIN_AFTER_MS", 1)
    count = _quotes(window)
    backup.make(path, "asked")
    _remove_a_quote(window)
    backup.make(path, "merge")
    window.close_file()
    path.write_bytes(path.read_bytes()[:100] + b"\xff" * 50_000)
    choices.append(1)
    assert not window.open_path(path)
    dialog = _dialog(window, BackupsDialog)
    qtbot.waitUntil(lambda: dialog.list.count() == 2, timeout=20_000)
    assert dialog.now_button.isHidden()
    dialog.list.setCurrentRow(1)
    qtbot.waitUntil(lambda: "Would come back" in dialog.details.toPlainText(), timeout=20_000)
    dialog.restore()
    assert _quotes(window) == count


def test_damage_that_shows_after_opening_is_told(
    durham_window: MainWindow, qtbot: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    window, path = durham_window, _path(durham_window)
    window.close_file()
    _spoil_a_page(path)
    monkeypatch.setattr(safekeeping, "BEGIN_AFTER_MS", 0)
    assert window.open_path(path)
    qtbot.waitUntil(lambda: "damaged" in window.trouble_bar.text, timeout=20_000)
    assert list(window.trouble_bar.buttons) == ["Backups…", "Check this file"]


def _spoil_a_page(path: Path, table: str = "quote_theme") -> None:
    """Fill the first page of a table with nonsense."""
    raw = sqlite3.connect(path)
    size = raw.execute("pragma page_size").fetchone()[0]
    page = raw.execute("select rootpage from sqlite_master where name = ?", (table,)).fetchone()[0]
    raw.close()
    with path.open("r+b") as handle:
        handle.seek((page - 1) * size)
        handle.write(b"\xff" * size)


def test_a_sound_file_is_said_to_be_sound(durham_window: MainWindow) -> None:
    durham_window.check_file()
    dialog = _dialog(durham_window, CheckDialog)
    assert dialog.heading.text() == "This file is sound."
    assert dialog.mend_button.isHidden()
    dialog.accept()


def test_a_wrong_search_index_is_made_anew(durham_window: MainWindow) -> None:
    assert durham_window.workspace is not None
    with durham_window.workspace.store.connection.write() as raw:
        raw.execute("delete from passage where row < 9")
    durham_window.check_file()
    dialog = _dialog(durham_window, CheckDialog)
    assert "Only the search index" in dialog.heading.text()
    dialog.mend_button.click()
    dialog.accept()
    durham_window.check_file()
    assert _dialog(durham_window, CheckDialog).heading.text() == "This file is sound."


@pytest.fixture
def elsewhere(durham_window: MainWindow) -> Callable[[], Owner]:
    """Has a program on another computer open the file that the window has just closed."""

    def take() -> Owner:
        path = _path(durham_window)
        durham_window.close_file()
        owner = replace(Owner.ourselves(), who="Jane", computer="QA-LAPTOP")
        path.with_name(f"{path.name}-owner").write_bytes(owner.to_bytes())
        return owner

    return take


def test_a_file_that_is_open_elsewhere_opens_for_reading_only(
    durham_window: MainWindow, typist: Typist, elsewhere: Callable[[], Owner], choices: list[int | None]
) -> None:
    window, path = durham_window, _path(durham_window)
    elsewhere()
    choices.append(0)
    assert window.open_path(path)
    assert "Jane" in window.trouble_bar.text and window.status.saved == "For reading only"
    assert window.workspace is not None
    quote = window.workspace.store.each(Quote)[0]
    with pytest.raises(CannotWrite):
        window.workspace.do("Change page", Edit((quote,), (replace(quote, page=7),)))
    holder = owner_file.holder(path)
    assert holder is not None and holder.who == "Jane"


def test_it_can_be_taken_over_after_being_asked(
    durham_window: MainWindow, elsewhere: Callable[[], Owner], choices: list[int | None]
) -> None:
    window, path = durham_window, _path(durham_window)
    elsewhere()
    choices.append(1)
    assert window.open_path(path)
    _remove_a_quote(window)
    holder = owner_file.holder(path)
    assert holder is not None and holder.who != "Jane"


def test_whoever_was_taken_over_saves_nothing_more_and_is_told(
    durham_window: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    window, path = durham_window, _path(durham_window)
    ours = owner_file.holder(path)
    assert ours is not None and window.workspace is not None
    claim = owner_file.take(path, over=ours)
    quote = window.workspace.store.each(Quote)[0]
    with pytest.raises(CannotWrite):
        window.workspace.do("Change page", Edit((quote,), (replace(quote, page=77),)))
    assert "taken this file over" in window.trouble_bar.text
    monkeypatch.setattr(ask, "new_file", lambda *_: tmp_path / "mine.sqlite")
    window.trouble_bar.buttons["Save a copy…"].click()
    assert _path(window) == tmp_path / "mine.sqlite"
    assert claim.is_mine()
    claim.release()


def test_a_second_start_on_this_computer_brings_the_first_window_to_the_front(
    durham_window: MainWindow, monkeypatch: pytest.MonkeyPatch, settings: Any, qtbot: Any
) -> None:
    path = _path(durham_window)
    asked: list[Path] = []
    monkeypatch.setattr(single_instance, "ask_first", lambda wanted: not asked.append(wanted))
    second = MainWindow(settings)
    qtbot.addWidget(second)
    assert not second.open_path(path)
    assert asked == [path] and second.workspace is None
    assert durham_window.workspace is not None


def test_the_owner_file_goes_with_the_window(durham_window: MainWindow) -> None:
    path = _path(durham_window)
    assert owner_file.holder(path) is not None
    durham_window.close_file()
    assert owner_file.holder(path) is None
    assert [one.name for one in path.parent.glob("durham.sqlite*")] == ["durham.sqlite"]


def test_an_older_file_is_backed_up_before_it_is_brought_to_the_newest(
    durham_window: MainWindow, tmp_path: Path
) -> None:
    from db import schema

    old = tmp_path / "old.sqlite"
    raw = sqlite3.connect(old, isolation_level=None)
    raw.execute("begin")
    schema.apply_steps(raw, stop_before=4)
    raw.execute("commit")
    raw.close()
    assert durham_window.open_path(old)
    (made,) = backup.of(old)
    assert made.reason == "migration"
    assert durham_window.workspace is not None and durham_window.workspace.store.count(Inspection) == 0


def test_an_inspection_with_much_in_it_is_removed_only_after_a_backup(durham_window: MainWindow) -> None:
    window, path = durham_window, _path(durham_window)
    count = _quotes(window)
    assert window.inspections is not None and window.workspace is not None
    fullest = max(
        window.workspace.store.each(Inspection),
        key=lambda one: window.workspace.store.count(Quote, inspection_id=one.id),  # type: ignore[union-attr]
    )
    window.inspections.show_inspection(fullest)
    window.remove_inspection()
    assert _quotes(window) < count - 10
    (made,) = backup.of(path)
    contents = backup.described(made).contents
    assert made.reason == "removal" and contents is not None and contents.quotes == count


def test_it_stays_where_no_backup_can_be_made_and_the_person_thinks_better_of_it(
    durham_window: MainWindow, data_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    window, count = durham_window, _quotes(durham_window)
    data_folder.write_text("a file in the way")
    monkeypatch.setattr(ask, "whether", lambda *_: False)
    assert window.inspections is not None
    window.show_inspections()
    window.remove_inspection()
    assert _quotes(window) == count


def test_a_file_that_was_replaced_can_be_merged_with_what_the_window_has(
    durham_window: MainWindow, typist: Typist, qtbot: Any
) -> None:
    window, path = durham_window, _path(durham_window)
    other = Path(shutil.copy(path, path.with_name("other.sqlite")))
    store = Store.open(other)
    first, second, *_ = store.each(Quote)
    store.apply(Edit((second,), (replace(second, text="Reworded by the sync client’s other side."),)))
    store.close()
    other.replace(path)
    assert window.workspace is not None
    window.workspace.do("Change page", Edit((first,), (replace(first, page=77),)))
    assert "Merge…" in window.trouble_bar.buttons
    window.trouble_bar.buttons["Merge…"].click()
    dialog = _dialog(window, MergeDialog)
    assert "Changed there" in dialog.words.text()
    dialog.merge_button.click()
    assert window.workspace is not None and window.trouble_bar.text == ""
    pages = {one.id: (one.page, one.text) for one in window.workspace.store.each(Quote)}
    assert pages[first.id][0] == 77
    assert pages[second.id][1] == "Reworded by the sync client’s other side."

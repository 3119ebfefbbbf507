"""Saves that the world holds up: they count as done for the person, are written in order, and never vanish."""

import shutil
import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from db.edit import Edit
from db.errors import Busy, CannotWrite, FileMoved, RuleBroken, StoreError
from db.records import Inspection, Quote, new_id
from db.store import Store
from desktop_app import ask
from desktop_app.main_window import MainWindow
from desktop_app.workspace import Workspace
from tests.typist import Typist


class World:
    """What a store meets when it writes; `trouble` None lets everything through."""

    def __init__(self, store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
        self.trouble: StoreError | None = None
        self._apply = store.apply
        monkeypatch.setattr(store, "apply", self._meet)

    def _meet(self, *edit: Any) -> Any:
        if self.trouble is not None:
            raise self.trouble
        return self._apply(*edit)


@pytest.fixture
def workspace(qtbot: Any, sample_file: Path, tmp_path: Path) -> Iterator[Workspace]:
    store = Store.open(shutil.copy(sample_file, tmp_path / "durham.sqlite"))
    opened = Workspace(store)
    yield opened
    opened.close()
    opened.deleteLater()


@pytest.fixture
def world(workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> World:
    return World(workspace.store, monkeypatch)


def _first(workspace: Workspace) -> Quote:
    return workspace.store.each(Quote)[0]


def _reword(workspace: Workspace, words: str) -> None:
    quote = _first(workspace)
    workspace.do("Change words of quote", Edit((quote,), (replace(quote, text=words),)))


def _in_file(workspace: Workspace) -> str:
    other = Store.open(workspace.store.path, is_read_only=True)
    try:
        return other.each(Quote)[0].text
    finally:
        other.close()


BUSY = Busy("Another program is using this file.")
FULL = CannotWrite("The disk is full.")
MOVED = FileMoved("The file was moved.")


@pytest.mark.parametrize("trouble", [BUSY, FULL, MOVED], ids=["busy", "full", "moved"])
def test_a_save_that_must_wait_is_read_as_saved_and_is_written_later(
    workspace: Workspace, world: World, trouble: StoreError
) -> None:
    world.trouble = trouble
    _reword(workspace, "First")
    _reword(workspace, "Second")
    assert _first(workspace).text == "Second"
    assert _in_file(workspace) not in ("First", "Second")
    assert workspace.queue.trouble is trouble
    world.trouble = None
    workspace.retry()
    assert _in_file(workspace) == "Second"
    assert workspace.queue.steps == [] and workspace.queue.trouble is None and workspace.store.waiting == ()


def test_it_is_written_from_the_event_loop_without_being_asked(workspace: Workspace, world: World, qtbot: Any) -> None:
    world.trouble = BUSY
    _reword(workspace, "Later")
    world.trouble = None
    with qtbot.waitSignal(workspace.saved, timeout=5_000):
        pass
    assert _in_file(workspace) == "Later"


def test_later_saves_keep_their_place_behind_those_that_wait(workspace: Workspace, world: World) -> None:
    world.trouble = BUSY
    _reword(workspace, "First")
    world.trouble = None
    _reword(workspace, "Second")
    assert _in_file(workspace) not in ("First", "Second")
    workspace.retry()
    assert _in_file(workspace) == "Second"
    assert [workspace.undo(), workspace.undo()] == ["Change words of quote"] * 2
    assert _in_file(workspace) not in ("First", "Second")


def test_what_waits_can_be_undone_and_done_again(workspace: Workspace, world: World) -> None:
    before = _first(workspace).text
    world.trouble = BUSY
    _reword(workspace, "Waiting")
    assert workspace.undo() and _first(workspace).text == before and workspace.queue.steps == []
    assert workspace.redo() and _first(workspace).text == "Waiting"
    world.trouble = None
    workspace.retry()
    assert _in_file(workspace) == "Waiting"
    assert workspace.undo() and _in_file(workspace) == before


def test_a_saved_deed_is_undone_in_its_turn_where_undo_must_wait(workspace: Workspace, world: World) -> None:
    before = _first(workspace).text
    _reword(workspace, "Saved")
    world.trouble = BUSY
    assert workspace.undo()
    assert _first(workspace).text == before and _in_file(workspace) == "Saved"
    world.trouble = None
    workspace.retry()
    assert _in_file(workspace) == before


def test_records_that_wait_are_found_and_counted_like_others(workspace: Workspace, world: World) -> None:
    store, quote = workspace.store, _first(workspace)
    count = store.count(Quote, inspection_id=quote.inspection_id)
    world.trouble = BUSY
    new = replace(quote, id=new_id(), text="Not in the file yet", position=0)
    workspace.do("Add quote", Edit(after=(new,)))
    workspace.do("Remove quote", Edit(before=(quote,)))
    assert store.get(Quote, new.id) == new and store.get(Quote, quote.id) is None
    assert store.count(Quote, inspection_id=quote.inspection_id) == count
    assert store.each(Quote, inspection_id=quote.inspection_id)[0] == new
    assert new not in store.each(Quote, inspection_id="another")


def test_a_rule_refuses_at_once_and_nothing_waits(workspace: Workspace) -> None:
    with pytest.raises(RuleBroken):
        _reword(workspace, " ")
    assert workspace.queue.steps == []


def test_a_save_that_waited_and_broke_a_rule_is_told_with_its_words(workspace: Workspace, world: World) -> None:
    lost: list[Any] = []
    workspace.lost.connect(lambda *what: lost.append(what))
    world.trouble = BUSY
    _reword(workspace, " ")
    quote = workspace.store.each(Quote)[1]
    workspace.do("Change page", Edit((quote,), (replace(quote, page=7),)))
    world.trouble = None
    workspace.retry()
    assert [label for label, _, _ in lost] == ["Change words of quote"]
    assert _first(workspace).text.strip()
    assert workspace.store.each(Quote)[1].page == 7
    assert workspace.undo_label == "Change page"


def test_saves_wait_while_a_job_needs_the_file_undisturbed(workspace: Workspace, qtbot: Any) -> None:
    is_held, may_go = threading.Event(), threading.Event()

    def job() -> None:
        with workspace.queue.hold():
            is_held.set()
            may_go.wait(10)

    thread = threading.Thread(target=job)
    thread.start()
    assert is_held.wait(10)
    _reword(workspace, "After the check")
    assert _first(workspace).text == "After the check" and _in_file(workspace) != "After the check"
    may_go.set()
    thread.join()
    qtbot.waitUntil(lambda: _in_file(workspace) == "After the check", timeout=5_000)


def test_a_file_for_reading_takes_no_save_and_lets_none_wait(qtbot: Any, sample_file: Path) -> None:
    opened = Workspace(Store.open(sample_file, is_read_only=True))
    with pytest.raises(CannotWrite, match="reading only"):
        _reword(opened, "No")
    assert opened.queue.steps == []
    opened.close()


def _start_one(typist: Typist) -> None:
    typist.press("Ctrl+N").text("Durham County Council").press("Tab").text("9 May 2022").press("Tab", "Return")


def test_the_window_says_what_is_wrong_and_saves_when_it_is_mended(
    window: MainWindow, typist: Typist, monkeypatch: pytest.MonkeyPatch
) -> None:
    _start_one(typist)
    assert window.workspace is not None
    world = World(window.workspace.store, monkeypatch)
    world.trouble = FULL
    typist.press("Alt+L").text("Louise Hollick").press("Alt+T")
    assert window.trouble_bar.text == "Not saved yet. The disk is full."
    assert window.status.saved == "Waiting to save 1 change"
    world.trouble = None
    window.trouble_bar.buttons["Try again"].click()
    assert window.trouble_bar.text == ""
    assert window.status.saved.startswith("All changes saved")
    assert window.workspace.store.each(Inspection)[0].lead_inspector == "Louise Hollick"


def test_everything_can_be_saved_elsewhere_when_the_file_is_gone(
    window: MainWindow, typist: Typist, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _start_one(typist)
    assert window.workspace is not None
    window.workspace.store.path.unlink()
    typist.press("Alt+L").text("Louise Hollick").press("Alt+T")
    assert "moved, deleted or replaced" in window.trouble_bar.text
    monkeypatch.setattr(ask, "new_file", lambda *_: tmp_path / "saved.sqlite")
    window.trouble_bar.buttons["Save a copy…"].click()
    assert window.workspace.store.path == tmp_path / "saved.sqlite"
    assert window.workspace.store.each(Inspection)[0].lead_inspector == "Louise Hollick"
    assert window.workspace.queue.steps == [] and window.trouble_bar.text == ""
    assert [path.name for path in tmp_path.glob("*.part")] == []


def test_a_deleted_file_cannot_be_saved_over_by_another_that_stands_there(
    window: MainWindow, typist: Typist, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _start_one(typist)
    assert window.workspace is not None
    path = window.workspace.store.path
    other = path.with_name("other.sqlite")
    Store.create(other).close()
    other.replace(path)
    typist.press("Alt+L").text("Louise Hollick").press("Alt+T")
    before = path.read_bytes()
    monkeypatch.setattr(ask, "new_file", lambda *_: path)
    window.trouble_bar.buttons["Save a copy…"].click()
    assert path.read_bytes() == before
    assert "moved, deleted or replaced" in window.trouble_bar.text

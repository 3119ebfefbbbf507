"""Share a copy, by keyboard: what it says, where it writes, how it stops and what it refuses."""

import functools
import json
import shutil
import sqlite3
import time
from contextlib import closing
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QLabel

from db import safe_copy, snapshot
from db.copy import Contents
from db.edit import Edit
from db.records import Provider, Quote, new_id
from db.shared_texts import look_before_sharing
from db.store import Store
from desktop_app import ask
from desktop_app.places import share_dialog, share_form, share_hits
from desktop_app.places.share_dialog import ShareDialog
from desktop_app.words import contents_in_words
from desktop_app.workspace import Workspace

RETURN, ESCAPE, TAB = Qt.Key.Key_Return, Qt.Key.Key_Escape, Qt.Key.Key_Tab


@pytest.fixture(autouse=True)
def spoken(monkeypatch):
    said = []
    monkeypatch.setattr(share_dialog, "announce", lambda _widget, text, **_: said.append(text))
    return said


@pytest.fixture
def workspace(sample_file, tmp_path):
    opened = Workspace(Store.open(shutil.copy(sample_file, tmp_path / "durham.sqlite")))
    yield opened
    opened.close()


@pytest.fixture
def dialog(qtbot, workspace):
    shown = ShareDialog(workspace)
    shown.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    qtbot.addWidget(shown)
    shown.show()
    shown.activateWindow()
    qtbot.waitUntil(shown.where.hasFocus)
    return shown


@pytest.fixture
def _slow(monkeypatch):
    """A copy that takes seconds, so that it can be stopped."""
    monkeypatch.setattr(safe_copy, "snapshot", functools.partial(snapshot.snapshot, pages_per_step=4, pause_s=0.05))


def enter(qtbot, dialog, text):
    dialog.where.selectAll()
    qtbot.keyClicks(dialog.where, text)
    qtbot.keyClick(dialog.where, RETURN)


def test_it_says_what_will_be_in_it_before_it_is_written(dialog):
    words = [label.text() for label in dialog.findChildren(QLabel) if label.isVisible()]
    assert (
        "9 inspections, 6 other events, 42 judgements, 102 quotes, 31 areas for improvement and 9 documents." in words
    )
    assert share_form.LICENCE in words
    assert share_form.LEFT_OUT["safe"] in words


def test_return_writes_the_copy_beside_the_file_and_says_so(qtbot, dialog, tmp_path, spoken):
    with qtbot.waitSignal(dialog.told) as told:
        qtbot.keyClick(dialog.where, RETURN)
    qtbot.waitUntil(dialog.close_button.hasFocus)
    assert told.args[0].startswith("Copy written: durham-copy.sqlite, 1.")
    assert "9 inspections" in dialog.written.text()
    assert spoken[0] == "Reading the file"
    assert spoken[-1].startswith("Copy written. durham-copy.sqlite")
    with closing(sqlite3.connect(tmp_path / "durham-copy.sqlite")) as raw:
        assert raw.execute("select count(*) from v_inspections").fetchone() == (9,)
    qtbot.keyClick(dialog.close_button, RETURN)
    assert not dialog.isVisible()


def test_a_name_alone_stands_beside_the_file(qtbot, dialog, tmp_path):
    with qtbot.waitSignal(dialog.told):
        enter(qtbot, dialog, "for the board")
    assert (tmp_path / "for the board.sqlite").exists()


def test_the_next_copy_is_offered_another_name(workspace, qtbot, tmp_path):
    (tmp_path / "durham-copy.sqlite").touch()
    shown = ShareDialog(workspace)
    qtbot.addWidget(shown)
    assert shown.where.value() == str(tmp_path / "durham-copy-2.sqlite")


@pytest.mark.parametrize(
    ("text", "error"),
    [
        ("", "Enter where the copy shall stand, like durham-copy.sqlite."),
        ("nowhere/copy.sqlite", "There is no folder"),
        ("nowhere/", "Enter the name of a file, like durham-copy.sqlite"),
        ("/", "Enter the name of a file, like durham-copy.sqlite"),
        (".", "Enter the name of a file, like durham-copy.sqlite"),
        ("..", "Enter the name of a file, like durham-copy.sqlite"),
        ("durham.sqlite", "The copy cannot take the place of the file itself."),
        ("x" * 400, "Enter a name that this computer allows."),
    ],
)
def test_a_wrong_place_is_explained_beside_the_field_and_kept(qtbot, dialog, text, error):
    dialog.where.clear()
    enter(qtbot, dialog, text)
    assert dialog.form.where_block.error.startswith(error)
    assert [link.accessibleName() for link in dialog.form.summary.links] == [dialog.form.where_block.error]
    assert dialog.where.value() == text
    assert dialog.where.hasFocus()


def test_the_folder_of_the_file_is_no_name_and_nothing_is_written_beside_it(qtbot, dialog, tmp_path, monkeypatch):
    offered = []
    monkeypatch.setattr(ask, "save_document_as", lambda _parent, suggestion, _kinds: offered.append(suggestion))
    enter(qtbot, dialog, str(tmp_path))
    assert dialog.form.where_block.error == "Enter the name of a file, like durham-copy.sqlite."
    assert not tmp_path.with_name(tmp_path.name + ".sqlite").exists()
    qtbot.keyClick(dialog.form.choose_button, Qt.Key.Key_Space)
    assert offered == [str(tmp_path / "durham-copy.sqlite")]


@pytest.mark.parametrize("answer", [True, False])
def test_what_stands_there_is_replaced_only_after_asking(qtbot, dialog, tmp_path, monkeypatch, answer):
    target = tmp_path / "letter.sqlite"
    target.write_text("A letter")
    questions = []
    monkeypatch.setattr(ask, "whether", lambda _parent, question, *_: questions.append(question) or answer)
    enter(qtbot, dialog, "letter.sqlite")
    assert questions == ["Replace letter.sqlite?"]
    if answer:
        qtbot.waitUntil(dialog.close_button.hasFocus)
    assert (target.read_bytes()[:6] == b"SQLite") is answer


def test_a_place_chosen_in_the_systems_dialog_is_not_asked_about_twice(qtbot, dialog, tmp_path, monkeypatch):
    target = tmp_path / "chosen.sqlite"
    target.write_text("A letter")
    monkeypatch.setattr(ask, "save_document_as", lambda *_: target)
    monkeypatch.setattr(ask, "whether", lambda *_: pytest.fail("asked twice"))
    qtbot.keyClick(dialog.form.choose_button, Qt.Key.Key_Space)
    assert dialog.where.value() == str(target)
    assert dialog.form.write_button.hasFocus()
    with qtbot.waitSignal(dialog.told):
        qtbot.keyClick(dialog.form.write_button, RETURN)


@pytest.mark.usefixtures("_slow")
def test_escape_stops_the_copy_and_keeps_the_dialog(qtbot, dialog, tmp_path, spoken):
    qtbot.keyClick(dialog.where, RETURN)
    qtbot.waitUntil(lambda: dialog.bar.value() > 0)
    assert dialog.stop_button.hasFocus()
    qtbot.keyClick(dialog.stop_button, ESCAPE)
    qtbot.waitUntil(dialog.form.write_button.hasFocus)
    assert dialog.isVisible()
    assert dialog.form.said.text() == "Cancelled. Nothing was written."
    assert spoken[-1] == "Cancelled. Nothing was written."
    assert [path.name for path in tmp_path.iterdir() if "copy" in path.name] == []
    qtbot.keyClick(dialog.where, ESCAPE)
    assert not dialog.isVisible()


def test_a_refusal_while_writing_is_explained_in_the_form(qtbot, dialog, monkeypatch):
    def full(*_, **__):
        raise share_dialog.CannotWrite("The disk is full, so no copy was written.")

    monkeypatch.setattr(share_dialog, "share", full)
    qtbot.keyClick(dialog.where, RETURN)
    qtbot.waitUntil(lambda: bool(dialog.form.where_block.error))
    assert dialog.form.where_block.error == "The disk is full, so no copy was written."


def test_tab_walks_every_control_in_order(qtbot, dialog):
    walked = []
    for _ in range(10):
        walked.append(dialog.focusWidget())
        qtbot.keyClick(dialog.focusWidget(), TAB)
    form = dialog.form
    assert walked == [
        form.where,
        form.choose_button,
        form.cancel_button,
        form.write_button,
        form.preset,
        form.form,
        form.marking,
        form.attribution,
        form.with_documents,
        form.with_metadata,
    ]
    assert dialog.focusWidget() is dialog.where


def with_a_hit(workspace):
    quote = workspace.store.each(Quote)[0]
    workspace.store.apply(Edit((quote,), (replace(quote, text="Child B rang 0191 383 5555."),)))
    return quote


def test_what_might_identify_a_child_is_shown_before_anything_is_written(qtbot, dialog, workspace, tmp_path, spoken):
    with_a_hit(workspace)
    qtbot.keyClick(dialog.where, RETURN)
    qtbot.waitUntil(dialog.hits.list.hasFocus)
    assert [dialog.hits.list.item(row).text() for row in range(dialog.hits.list.count())] == [
        "Child named by a letter in a quote: [Child B] rang 0191 383 5555.",
        "Phone number in a quote: Child B rang [0191 383 5555].",
    ]
    assert spoken[-1] == "Could this identify a child? There are 2 places."
    assert not (tmp_path / "durham-copy.sqlite").exists()
    with qtbot.waitSignal(dialog.told):
        qtbot.keyClick(dialog.hits.accept_button, Qt.Key.Key_Space)
    assert (tmp_path / "durham-copy.sqlite").exists()


def test_going_back_leads_to_the_record_and_writes_nothing(qtbot, dialog, workspace, tmp_path):
    quote = with_a_hit(workspace)
    qtbot.keyClick(dialog.where, RETURN)
    qtbot.waitUntil(dialog.hits.list.hasFocus)
    with qtbot.waitSignal(dialog.edit_wanted) as wanted:
        qtbot.keyClick(dialog.hits.back_button, Qt.Key.Key_Space)
    assert wanted.args == ["quote", quote.id]
    assert not dialog.isVisible()
    assert not (tmp_path / "durham-copy.sqlite").exists()


def with_a_speaker(workspace):
    quote = with_a_hit(workspace)
    other = next(one for one in workspace.store.each(Quote) if one.document_id and one.id != quote.id)
    workspace.store.apply(Edit((other,), (replace(other, speaker="JS aged 9, of Child C"),)))
    return quote, other


def test_what_is_ticked_stays_out_and_the_manifest_tells_how_much_but_not_what(qtbot, dialog, workspace, tmp_path):
    quote, other = with_a_speaker(workspace)
    qtbot.keyClick(dialog.where, RETURN)
    qtbot.waitUntil(dialog.hits.list.hasFocus)
    hits = dialog.hits
    assert hits.consequence.text().startswith("If you tick it, this text stays out;")
    qtbot.keyClick(hits.list, Qt.Key.Key_Space)
    states = [hits.list.item(row).checkState() == Qt.CheckState.Checked for row in range(hits.list.count())]
    assert states == [True, True, False, False], "both places in one text are ticked together"
    hits.list.setCurrentRow(2)
    assert hits.consequence.text() == "If you tick it, this quote stays out."
    qtbot.keyClick(hits.all_button, Qt.Key.Key_Space)
    assert hits.accept_button.accessibleName() == "Write it without 2 texts"
    with qtbot.waitSignal(dialog.told):
        qtbot.keyClick(hits.accept_button, Qt.Key.Key_Space)
    assert not any(b"Child B" in path.read_bytes() or b"JS aged" in path.read_bytes() for path in written(tmp_path))
    with closing(sqlite3.connect(tmp_path / "durham-copy.sqlite")) as raw:
        assert raw.execute("select count(*) from quote where id = ?", (quote.id,)).fetchone() == (0,)
        assert raw.execute("select text, speaker from quote where id = ?", (other.id,)).fetchone() == (other.text, "")
    told = json.loads((tmp_path / "durham-copy.manifest.json").read_text(encoding="utf-8"))
    assert told["left_out_after_looking"] == 2


def written(folder):
    return folder.glob("durham-copy.*")


def test_with_nothing_ticked_all_of_it_goes_out(qtbot, dialog, workspace, tmp_path):
    """The negative control: the words are found where they are."""
    with_a_speaker(workspace)
    qtbot.keyClick(dialog.where, RETURN)
    qtbot.waitUntil(dialog.hits.list.hasFocus)
    with qtbot.waitSignal(dialog.told):
        qtbot.keyClick(dialog.hits.accept_button, Qt.Key.Key_Space)
    assert b"Child B" in (tmp_path / "durham-copy.sqlite").read_bytes()


def test_a_name_cannot_be_left_out_and_says_so(qtbot, dialog, workspace):
    provider = workspace.store.each(Provider)[0]
    workspace.store.apply(Edit((provider,), (replace(provider, name="The home of Child D"),)))
    qtbot.keyClick(dialog.where, RETURN)
    qtbot.waitUntil(dialog.hits.list.hasFocus)
    qtbot.keyClick(dialog.hits.list, Qt.Key.Key_Space)
    qtbot.keyClick(dialog.hits.all_button, Qt.Key.Key_Space)
    assert dialog.hits.left_out() == frozenset()
    assert dialog.hits.consequence.text() == share_hits.NAME_STANDS


def test_where_more_was_found_than_is_shown_the_rest_is_looked_at_too(qtbot, dialog, workspace, monkeypatch):
    monkeypatch.setattr(share_hits, "MOST_HITS", 2)
    monkeypatch.setattr(share_dialog, "look_before_sharing", functools.partial(look_before_sharing, most=2))
    with_a_speaker(workspace)
    qtbot.keyClick(dialog.where, RETURN)
    qtbot.waitUntil(dialog.hits.list.hasFocus)
    assert dialog.hits.count.text() == "There are at least 2 places."
    qtbot.keyClick(dialog.hits.all_button, Qt.Key.Key_Space)
    qtbot.keyClick(dialog.hits.accept_button, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: dialog.hits.list.hasFocus() and "Child B" in dialog.hits.list.item(0).text())


SAVES = 60


def share_while_saving(qtbot, dialog, workspace, monkeypatch):
    """Share a copy that takes long, with saves coming faster than it is read; return how many of them waited."""

    def slowly(*paths, on_progress, **named):
        named["pages_per_step"] = 10
        return snapshot.snapshot(*paths, on_progress=lambda done: (time.sleep(0.01), on_progress(done)), **named)

    monkeypatch.setattr(safe_copy, "snapshot", slowly)
    waited, names = [], iter(range(SAVES))

    def save():
        if (number := next(names, None)) is not None:
            workspace.do("Add provider", Edit(after=(Provider(id=new_id(), name=f"Home {number}"),)))
            waited.append(len(workspace.queue.steps))

    clock = QTimer(interval=40)
    clock.timeout.connect(save)
    clock.start()
    qtbot.keyClick(dialog.where, RETURN)
    qtbot.waitUntil(lambda: dialog.close_button.hasFocus() or bool(dialog.form.where_block.error), timeout=20_000)
    clock.stop()
    qtbot.waitUntil(lambda: not workspace.queue.steps)
    assert len(workspace.store.each(Provider)) == 1 + len(waited), "every save is written in the end"
    return max(waited)


def test_a_copy_that_takes_long_gets_through_while_saves_go_on(qtbot, dialog, workspace, monkeypatch):
    assert share_while_saving(qtbot, dialog, workspace, monkeypatch) > 0
    assert "9 inspections" in dialog.written.text()


def test_without_saves_being_held_it_never_gets_through(qtbot, dialog, workspace, monkeypatch):
    """The negative control."""
    dialog._hold_saves = None
    assert share_while_saving(qtbot, dialog, workspace, monkeypatch) == 0
    assert "saved all the time" in dialog.form.where_block.error


def test_the_systems_dialog_is_told_which_kind_of_file_it_is(qtbot, dialog, tmp_path, monkeypatch):
    offered = []
    monkeypatch.setattr(
        ask, "save_document_as", lambda _parent, *told: offered.append(told) or tmp_path / "for power bi"
    )
    pick(dialog.form.form, "csv")
    qtbot.keyClick(dialog.form.choose_button, Qt.Key.Key_Space)
    assert offered == [(str(tmp_path / "durham-copy.zip"), "Packages of tables (*.zip);;All files (*)")]
    assert dialog.where.value() == str(tmp_path / "for power bi.zip")


def pick(field, key):
    index = field.findData(key)
    field.setCurrentIndex(index)
    field.activated.emit(index)


@pytest.mark.parametrize(
    ("form", "name", "start"), [("xlsx", "durham-copy.xlsx", b"PK"), ("csv", "durham-copy.zip", b"PK")]
)
def test_other_forms_end_as_they_do(qtbot, dialog, tmp_path, form, name, start):
    pick(dialog.form.form, form)
    assert dialog.where.value() == str(tmp_path / name)
    assert not dialog.form.with_documents.isEnabled()
    with qtbot.waitSignal(dialog.told, timeout=20_000):
        qtbot.keyClick(dialog.where, RETURN)
    assert (tmp_path / name).read_bytes()[:2] == start
    assert "102 quotes" in dialog.written.text()


def test_a_full_copy_says_so_and_has_the_change_log(qtbot, dialog, workspace, tmp_path):
    pick(dialog.form.preset, "full")
    assert any("change log" in label.text() and "Everything" in label.text() for label in dialog.findChildren(QLabel))
    with qtbot.waitSignal(dialog.told):
        qtbot.keyClick(dialog.where, RETURN)
    with closing(sqlite3.connect(tmp_path / "durham-copy.sqlite")) as raw:
        assert raw.execute("select label from deed").fetchone() != ("Copy made",)


def test_only_what_is_ticked_goes_out(qtbot, dialog, workspace, tmp_path):
    pick(dialog.form.preset, "only")
    qtbot.keyClick(dialog.where, RETURN)
    assert dialog.form.inspections_block.error == "Tick at least one inspection that goes out."
    assert dialog.form.inspections.hasFocus()
    qtbot.keyClick(dialog.form.inspections, Qt.Key.Key_Space)
    (chosen,) = dialog.form.inspections.value()
    with qtbot.waitSignal(dialog.told):
        qtbot.keyClick(dialog.where, RETURN)
    with closing(sqlite3.connect(tmp_path / "durham-copy.sqlite")) as raw:
        assert raw.execute("select id from inspection").fetchall() == [(chosen,)]


def test_marking_and_attribution_go_into_the_copy(qtbot, dialog, tmp_path):
    pick(dialog.form.marking, "OFFICIAL")
    qtbot.keyClicks(dialog.form.attribution, "Durham, 2026")
    dialog.form.with_metadata.setChecked(True)
    with qtbot.waitSignal(dialog.told):
        qtbot.keyClick(dialog.where, RETURN)
    with closing(sqlite3.connect(tmp_path / "durham-copy.sqlite")) as raw:
        about = dict(raw.execute("select key, value from about_this_file").fetchall())
    assert (about["marking"], about["attribution"]) == ("OFFICIAL", "Durham, 2026")
    assert (tmp_path / "durham-copy.metadata.json").exists()


def test_it_fits_the_smallest_window(qtbot, dialog):
    pick(dialog.form.preset, "only")
    qtbot.keyClick(dialog.where, RETURN)
    qtbot.waitUntil(lambda: bool(dialog.form.inspections_block.error))
    assert dialog.width() <= 1024 and dialog.height() <= 700


def test_it_takes_the_room_that_its_fields_need_from_the_start(dialog):
    for field in (dialog.form.preset, dialog.form.attribution, dialog.where):
        assert field.height() >= field.sizeHint().height()


def test_a_screen_reader_hears_names(dialog):
    for widget, name in ((dialog.where, "Where"), (dialog.bar, "Progress of the copy"), (dialog, "Share a copy")):
        assert QAccessible.queryAccessibleInterface(widget).text(QAccessible.Text.Name) == name


@pytest.mark.parametrize(
    ("held", "words"),
    [
        (Contents(0, 0, 0, 0, 0, 0, 0), "No inspections yet, only the frameworks and lists."),
        (Contents(1, 0, 0, 0, 0, 0, 0), "1 inspection."),
        (Contents(2000, 0, 0, 50_000, 0, 0, 1), "2,000 inspections, 50,000 quotes and 1 kept file."),
    ],
)
def test_contents_are_a_sentence(held, words):
    assert contents_in_words(held) == words

"""Share a copy, by keyboard: what it says, where it writes, how it stops and what it refuses."""

import functools
import shutil
import sqlite3
from contextlib import closing
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QLabel

from db import safe_copy, snapshot
from db.copy import Contents
from db.edit import Edit
from db.records import Quote
from db.store import Store
from desktop_app import ask
from desktop_app.places import share_dialog, share_form
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
    monkeypatch.setattr(ask, "new_file", lambda _parent, _title, suggestion: offered.append(suggestion))
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
    monkeypatch.setattr(ask, "new_file", lambda *_: target)
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

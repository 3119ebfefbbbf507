"""The committee paper, by keyboard: what is offered, what is written, how it stops and what it refuses."""

import shutil
import threading
from dataclasses import replace

import pytest
from docx import Document
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication, QLabel

from db.dates import PartialDate
from db.records import Inspection
from db.store import Store
from desktop_app import ask
from desktop_app.exchange import briefing_file
from desktop_app.exchange.briefing_values import SECTIONS
from desktop_app.places import briefing_dialog
from desktop_app.places.briefing_dialog import BriefingDialog
from desktop_app.views.progress_dialog import ProgressDialog
from desktop_app.workspace import Workspace

RETURN, SPACE = Qt.Key.Key_Return, Qt.Key.Key_Space


@pytest.fixture(autouse=True)
def spoken(monkeypatch):
    said = []
    monkeypatch.setattr(briefing_dialog, "announce", lambda _widget, text, **_: said.append(text))
    return said


@pytest.fixture
def workspace(sample_file, tmp_path):
    opened = Workspace(Store.open(shutil.copy(sample_file, tmp_path / "durham.sqlite")))
    yield opened
    opened.close()


@pytest.fixture
def dialog(qtbot, workspace):
    inspections = workspace.store.each(Inspection)
    inspection = next(one for one in inspections if one.started_on == PartialDate(2022, 5, 9))
    shown = BriefingDialog(workspace, inspection)
    shown.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    qtbot.addWidget(shown)
    shown.show()
    shown.activateWindow()
    qtbot.waitUntil(shown.sections.hasFocus)
    return shown


def write(qtbot, dialog, name=""):
    if name:
        dialog.where.selectAll()
        qtbot.keyClicks(dialog.where, name)
    qtbot.keyClick(dialog.where, RETURN)


def headings(path):
    return [one.text for one in Document(path).paragraphs if one.style.name == "Heading 1"]


def test_return_writes_a_word_document_beside_the_file_and_says_what_is_left(qtbot, dialog, tmp_path, spoken):
    with qtbot.waitSignal(dialog.told) as told:
        write(qtbot, dialog)
    path = tmp_path / "durham-paper-2022-05-09.docx"
    assert told.args[0].startswith("Committee paper written: durham-paper-2022-05-09.docx, ")
    assert "8 places are left for you to write." in dialog.written.text()
    assert spoken[-1].startswith("Paper written. durham-paper-2022-05-09.docx")
    assert dialog.focusWidget() is dialog.close_button
    assert headings(path) == list(SECTIONS.values())
    qtbot.keyClick(dialog.close_button, RETURN)
    assert not dialog.isVisible()


def test_sections_and_quotes_are_picked_by_space(qtbot, dialog, tmp_path):
    assert dialog.quotes.value() == dialog._material.first_choice
    qtbot.keyClick(dialog.sections, SPACE)  # the first, the purpose
    words = dialog._material.quotes[0].text
    dialog.quotes.setCurrentRow(0)
    qtbot.keyClick(dialog.quotes, SPACE)
    write(qtbot, dialog, "picked")
    assert headings(tmp_path / "picked.docx") == list(SECTIONS.values())[1:]
    texts = [one.text for one in Document(tmp_path / "picked.docx").paragraphs]
    assert not any(text.startswith(f"“{words}”") for text in texts)


def test_all_quotes_or_none_are_ticked_by_a_button(qtbot, dialog):
    buttons = {one.text(): one for one in dialog.findChildren(type(dialog.write_button))}
    qtbot.keyClick(buttons["Tick none"], SPACE)
    assert dialog.quotes.value() == ()
    qtbot.keyClick(buttons["Tick all"], SPACE)
    assert len(dialog.quotes.value()) == len(dialog._material.quotes) == 31


def test_a_web_page_gets_its_ending_and_says_how_to_print(qtbot, dialog, tmp_path):
    dialog.form.set_value("html")
    assert dialog.where.value().endswith("durham-paper-2022-05-09.html")
    assert not dialog.template.isEnabled()
    dialog.marking.set_value("OFFICIAL")
    write(qtbot, dialog)
    assert briefing_dialog.PRINTING in dialog.written.text()
    assert "OFFICIAL" in (tmp_path / "durham-paper-2022-05-09.html").read_text(encoding="utf-8")


def test_a_councils_template_is_used_and_told(qtbot, dialog, tmp_path, monkeypatch):
    made = Document()
    made.add_paragraph("Cabinet")
    made.save(tmp_path / "council.docx")
    monkeypatch.setattr(ask, "document_file", lambda _parent: tmp_path / "council.docx")
    dialog.choose_template()
    with qtbot.waitSignal(dialog.template_used) as used:
        write(qtbot, dialog)
    assert used.args == [str(tmp_path / "council.docx")]
    assert Document(tmp_path / "durham-paper-2022-05-09.docx").paragraphs[0].text == "Cabinet"


def test_a_wrong_template_is_explained_beside_its_field(qtbot, dialog, tmp_path):
    (tmp_path / "letter.doc").write_text("A letter")
    qtbot.keyClicks(dialog.template, "letter.doc")
    write(qtbot, dialog)
    assert dialog.template_block.error.startswith("letter.doc is no Word document, or holds macros.")
    assert dialog.focusWidget() is dialog.template
    assert [path.name for path in tmp_path.glob("*.docx")] == []


@pytest.mark.parametrize(
    ("text", "error"),
    [
        (" ", "Enter the name of a file, like durham-paper.docx."),
        ("nowhere/paper.docx", "There is no folder"),
        ("..", "Enter the name of a file, like durham-paper.docx."),
        ("x" * 400, "Enter a name that this computer allows."),
    ],
)
def test_a_wrong_place_is_explained_beside_the_field_and_kept(qtbot, dialog, text, error):
    write(qtbot, dialog, text)
    assert dialog.where_block.error.startswith(error)
    assert [link.accessibleName() for link in dialog.summary.links] == [dialog.where_block.error]
    assert dialog.where.value() == text.strip()
    assert dialog.where.hasFocus()


@pytest.mark.parametrize("answer", [True, False])
def test_what_stands_there_is_replaced_only_after_asking(qtbot, dialog, tmp_path, monkeypatch, answer):
    target = tmp_path / "letter.docx"
    target.write_text("A letter")
    questions = []
    monkeypatch.setattr(ask, "whether", lambda _parent, question, *_: questions.append(question) or answer)
    write(qtbot, dialog, "letter.docx")
    assert questions == ["Replace letter.docx?"]
    assert (target.read_bytes()[:2] == b"PK") is answer


@pytest.mark.parametrize("answer", [True, False])
def test_what_might_identify_a_child_is_shown_before_the_paper_is_written(qtbot, dialog, tmp_path, monkeypatch, answer):
    quote = replace(dialog._material.quotes[0], text="She lives at DH1 5UL with Child A.")
    dialog._material = replace(dialog._material, quotes=(quote, *dialog._material.quotes[1:]))
    asked = []
    monkeypatch.setattr(ask, "whether", lambda _parent, *words: asked.append(words) or answer)
    write(qtbot, dialog)
    ((question, details, _),) = asked
    assert question == "Something in the paper might identify a child."
    assert "Postcode in Key findings: She lives at [DH1 5UL] with" in details
    assert bool(list(tmp_path.glob("*.docx"))) is answer
    asked.clear()
    dialog.quotes.set_value(())  # a quote that is not in the paper is nobody's danger
    write(qtbot, dialog, "without quotes")
    assert asked == []


def test_cancel_stops_it_and_the_form_stays(qtbot, dialog, tmp_path, monkeypatch, spoken):
    seen, original = threading.Event(), briefing_file.write

    def slow(*words, on_progress, is_cancelled, **others):
        on_progress(0.5, "Writing the paper")
        assert seen.wait(20)  # until Cancel was pressed
        return original(*words, on_progress=on_progress, is_cancelled=is_cancelled, **others)

    def press_cancel():
        shown = next(one for one in QApplication.topLevelWidgets() if isinstance(one, ProgressDialog))
        assert shown.bar.accessibleName() == "Progress: Writing the paper"
        qtbot.keyClick(shown.stop_button, SPACE)
        seen.set()

    monkeypatch.setattr(briefing_file, "write", slow)
    QTimer.singleShot(50, press_cancel)
    write(qtbot, dialog)
    assert dialog.said.text() == spoken[-1] == "Cancelled. Nothing was written."
    assert list(tmp_path.glob("*.docx")) == list(tmp_path.glob("*.part")) == []
    assert dialog.write_button.isVisible()


def test_every_field_has_a_name_and_no_text_is_taken_for_markup(dialog):
    for field in (dialog.sections, dialog.quotes, dialog.form, dialog.marking, dialog.template, dialog.where):
        assert field.accessibleName()
    assert all(label.textFormat() is Qt.TextFormat.PlainText for label in dialog.findChildren(QLabel))

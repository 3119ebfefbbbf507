"""Themes that the words suggest, beside the themes of an area for improvement: offered, never set by themselves."""

import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from db.edit import Edit
from db.records import AreaForImprovement, Document, Inspection
from db.store import Store
from desktop_app.binding import Deed
from desktop_app.forms.area_for_improvement import AreaForImprovementForm
from desktop_app.forms.context import Context
from desktop_app.workspace import Workspace

WORDS = "The timeliness of return home interviews for children who go missing, and of PLO work."


@pytest.fixture
def workspace(sample_file: Path, tmp_path: Path) -> Iterator[Workspace]:
    opened = Workspace(Store.open(shutil.copy(sample_file, tmp_path / "durham.sqlite")))
    yield opened
    opened.close()


@pytest.fixture
def form(qtbot: Any, workspace: Workspace) -> AreaForImprovementForm:
    made = AreaForImprovementForm()
    qtbot.addWidget(made)

    def write(deed: Deed) -> None:
        workspace.do(deed.label, deed.edit)
        if made.record is not None:
            made.refresh(workspace.store.get(AreaForImprovement, made.record.id))

    made.edit_wanted.connect(write)
    store = workspace.store
    inspection = store.each(Inspection)[-1]
    made.show_context(Context(workspace.lists, inspection, tuple(store.each(Document)), (inspection,)), 1)
    made.show()
    return made


def offered(form: AreaForImprovementForm) -> list[str]:
    return [button.text() for button in form.suggested.buttons]


def test_what_is_typed_suggests_themes_and_sets_none(form):
    assert offered(form) == []
    assert not form.suggested.isVisible()
    QTest.keyClicks(form.blocks["text"].field, WORDS)
    assert offered(form) == ["missing and return home interviews", "pre-proceedings and public law outline"]
    assert form.suggested.isVisible()
    assert form.binding.field("theme_ids").value() == ()
    assert form.suggested.buttons[0].accessibleName() == "Add suggested theme missing and return home interviews"


def test_a_suggestion_is_taken_by_keyboard_and_the_next_one_has_the_focus(form, workspace):
    form.activateWindow()
    QTest.keyClicks(form.blocks["text"].field, WORDS)
    field = form.binding.field("theme_ids")
    field.setFocus()
    QTest.keyClick(field, Qt.Key.Key_Down)
    assert form.suggested.buttons[0].hasFocus()
    QTest.keyClick(form.suggested.buttons[0], Qt.Key.Key_Right)
    assert form.suggested.buttons[1].hasFocus()
    QTest.keyClick(form.suggested.buttons[1], Qt.Key.Key_Left)
    QTest.keyClick(form.suggested.buttons[0], Qt.Key.Key_Up)
    assert field.hasFocus()
    QTest.keyClick(field, Qt.Key.Key_Down)
    QTest.keyClick(form.suggested.buttons[0], Qt.Key.Key_Return)
    assert offered(form) == ["pre-proceedings and public law outline"]
    assert form.suggested.buttons[0].hasFocus()
    QTest.keyClick(form.suggested.buttons[0], Qt.Key.Key_Space)
    assert offered(form) == []
    assert form.binding.field("theme_ids").hasFocus()
    names = [workspace.lists.themes[key].name for key in form.binding.field("theme_ids").value()]
    assert names == ["missing and return home interviews", "pre-proceedings and public law outline"]


def test_a_suggestion_for_an_old_row_is_saved_as_one_deed(form, workspace):
    area = next(
        one for one in workspace.store.each(AreaForImprovement) if one.text.startswith("The timeliness of foster")
    )
    workspace.do("Change", Edit((area,), (replace(area, text=WORDS),)))
    form.edit_record(workspace.store.get(AreaForImprovement, area.id))
    assert len(offered(form)) == 2
    form.suggested.buttons[1].click()
    saved = workspace.store.get(AreaForImprovement, area.id)
    assert [workspace.lists.themes[key].name for key in saved.theme_ids] == ["pre-proceedings and public law outline"]
    assert offered(form) == ["missing and return home interviews"]
    assert workspace.undo_label == "Change themes of area for improvement"


def test_a_pasted_list_is_suggested_nothing_as_it_becomes_several_items(form):
    form.binding.field("text").setPlainText("• The response to missing children.\n• The quality of audit.")
    form._on_edited("text")
    assert offered(form) == []


def test_a_theme_that_is_being_typed_is_left_alone(form):
    QTest.keyClicks(form.blocks["text"].field, WORDS)
    form.binding.field("theme_ids").setText("no such theme")
    form._on_edited("theme_ids")
    assert len(offered(form)) == 2


def test_tab_goes_past_the_suggestions_so_that_entering_stays_as_quick(form):
    form.activateWindow()
    QTest.keyClicks(form.blocks["text"].field, WORDS)
    field = form.binding.field("theme_ids")
    field.setFocus()
    QTest.keyClick(field, Qt.Key.Key_Tab)
    assert form.binding.field("words_from").hasFocus()

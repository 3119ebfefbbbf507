"""Frameworks and lists: nothing that is typed is lost by closing, or by choosing something else."""

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt

from db.edit import Edit
from db.frameworks import FindingKind, Framework, Grade, GradeScale, InspectionKind, JudgementArea, Theme
from db.records import Judgement, Provider, new_id
from db.store import Store
from desktop_app import ask
from desktop_app.places.lists_dialog import SORTS, ListsDialog
from desktop_app.workspace import Workspace

DURHAM = Provider(id=new_id(), name="Durham County Council")
LEEDS = Provider(id=new_id(), name="Leeds City Council")
ROWS = {sort.record_class: row for row, sort in enumerate(SORTS)}


@pytest.fixture
def workspace(new_file: Path, tmp_path: Path) -> Iterator[Workspace]:
    opened = Workspace(Store.open(shutil.copy(new_file, tmp_path / "durham.sqlite")))
    opened.do("Add providers", Edit(after=(DURHAM, LEEDS)))
    yield opened
    opened.close()


@pytest.fixture
def dialog(qtbot: Any, workspace: Workspace) -> ListsDialog:
    shown = ListsDialog(workspace)
    shown.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    qtbot.addWidget(shown)
    shown.show()
    shown.activateWindow()
    qtbot.waitUntil(shown.isActiveWindow)
    return shown


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, ...]]:
    """The questions that were asked; the first is answered with Cancel, the others with Leave it."""
    questions: list[tuple[str, ...]] = []
    monkeypatch.setattr(ask, "whether", lambda _, *words: bool(questions.append(words)) or len(questions) > 1)
    return questions


def field(dialog: ListsDialog, name: str) -> Any:
    assert dialog.form is not None
    return dialog.form.blocks[name].field


def retype(qtbot: Any, widget: Any, words: str) -> None:
    widget.setFocus()
    widget.selectAll()
    qtbot.keyClicks(widget, words)


def names(workspace: Workspace, record_class: type[Any]) -> list[str]:
    return [one.name for one in workspace.store.each(record_class)]


@pytest.mark.parametrize("way", ["Escape", "Close", "window"])
def test_closing_saves_the_field_that_is_being_typed(
    qtbot: Any, dialog: ListsDialog, workspace: Workspace, way: str
) -> None:
    retype(qtbot, field(dialog, "name"), "County Durham")
    if way == "Escape":
        qtbot.keyClick(field(dialog, "name"), Qt.Key.Key_Escape)
    elif way == "Close":
        dialog.accept()
    else:
        dialog.close()
    assert not dialog.isVisible()
    assert "County Durham" in names(workspace, Provider)


def test_choosing_another_entry_saves_the_field_and_goes_there(
    qtbot: Any, dialog: ListsDialog, workspace: Workspace
) -> None:
    assert dialog.form is not None and dialog.form.record == DURHAM
    retype(qtbot, field(dialog, "name"), "County Durham")
    dialog.entries.go_to(LEEDS.id)
    assert sorted(names(workspace, Provider)) == ["County Durham", "Leeds City Council"]
    assert dialog.entries.current_record() == dialog.form.record == LEEDS


def test_choosing_another_list_saves_the_field(qtbot: Any, dialog: ListsDialog, workspace: Workspace) -> None:
    retype(qtbot, field(dialog, "name"), "County Durham")
    dialog.sorts.setCurrentRow(ROWS[Theme])
    assert "County Durham" in names(workspace, Provider)


def test_a_new_entry_that_was_begun_comes_back(qtbot: Any, dialog: ListsDialog) -> None:
    dialog.new_button.click()
    retype(qtbot, field(dialog, "name"), "York")
    dialog.entries.setCurrentIndex(dialog.model.index(1))
    dialog.sorts.setCurrentRow(ROWS[Theme])
    dialog.new_button.click()
    assert field(dialog, "name").value() == ""
    dialog.sorts.setCurrentRow(ROWS[Provider])
    assert field(dialog, "name").value() == DURHAM.name
    dialog.new_button.click()
    assert field(dialog, "name").value() == "York"


def test_what_was_added_is_no_draft(qtbot: Any, dialog: ListsDialog, workspace: Workspace, asked: list[Any]) -> None:
    dialog.new_button.click()
    retype(qtbot, field(dialog, "name"), "York")
    assert dialog.form is not None
    dialog.form.button.click()
    assert dialog.form.record is not None and field(dialog, "name").value() == "York"
    dialog.new_button.click()
    assert field(dialog, "name").value() == ""
    dialog.accept()
    assert asked == []
    assert names(workspace, Provider).count("York") == 1


def test_closing_adds_every_new_entry_that_is_complete(
    qtbot: Any, dialog: ListsDialog, workspace: Workspace, asked: list[Any]
) -> None:
    dialog.new_button.click()
    retype(qtbot, field(dialog, "name"), "York")
    dialog.sorts.setCurrentRow(ROWS[Theme])
    dialog.new_button.click()
    retype(qtbot, field(dialog, "name"), "short breaks")
    qtbot.keyClick(field(dialog, "name"), Qt.Key.Key_Escape)
    assert not dialog.isVisible()
    assert asked == []
    assert "York" in names(workspace, Provider)
    assert "short breaks" in names(workspace, Theme)


def test_closing_asks_about_a_new_entry_that_is_not_complete(
    qtbot: Any, dialog: ListsDialog, workspace: Workspace, asked: list[Any]
) -> None:
    dialog.sorts.setCurrentRow(ROWS[Theme])
    dialog.new_button.click()
    field(dialog, "definition").setPlainText("Breaks for carers")
    dialog.sorts.setCurrentRow(ROWS[Provider])
    dialog.reject()
    ((question, missing, verb),) = asked
    assert (question, verb) == ("Leave this theme unfinished?", "Leave it")
    assert missing.startswith("Enter") and missing.endswith("name.")
    assert dialog.isVisible()
    assert field(dialog, "definition").value() == "Breaks for carers"
    dialog.reject()
    assert len(asked) == 2
    assert not dialog.isVisible()
    assert "" not in names(workspace, Theme)


def test_an_empty_weight_is_refused_and_the_record_stays(
    qtbot: Any, dialog: ListsDialog, workspace: Workspace, asked: list[Any]
) -> None:
    dialog.sorts.setCurrentRow(ROWS[FindingKind])
    before = workspace.store.each(FindingKind)
    weight = field(dialog, "weight")
    weight.setFocus()
    weight.selectAll()
    qtbot.keyClick(weight, Qt.Key.Key_Delete)
    qtbot.keyClick(weight, Qt.Key.Key_Tab)
    assert dialog.form is not None
    assert dialog.form.blocks["weight"].error == "Enter a number for weight, like 2"
    assert dialog.form.blocks["weight"].label.text() == "Weight"
    assert workspace.store.each(FindingKind) == before
    dialog.reject()
    assert asked == [("Leave this kind of finding unfinished?", "Enter a number for weight, like 2.", "Leave it")]


def test_an_entry_whose_place_is_emptied_goes_to_the_end(qtbot: Any, dialog: ListsDialog, workspace: Workspace) -> None:
    dialog.sorts.setCurrentRow(ROWS[FindingKind])
    assert dialog.form is not None and dialog.form.record is not None
    record_id = dialog.form.record.id
    place = field(dialog, "position")
    place.setFocus()
    place.selectAll()
    qtbot.keyClick(place, Qt.Key.Key_Delete)
    qtbot.keyClick(place, Qt.Key.Key_Tab)
    found = workspace.store.get(FindingKind, record_id)
    assert found is not None and found.position == 999


@pytest.mark.parametrize(
    ("sort", "name", "sentence"),
    [
        ("Grades", "rank", "Enter rank as a whole number, like 3"),
        ("Themes", "share", "Enter per cent of published areas for improvement as a whole number, like 3"),
        ("Strands", "position", "Enter place in the list as a whole number, like 3"),
    ],
)
def test_what_is_no_number_is_refused_by_the_short_name_of_its_field(
    dialog: ListsDialog, sort: str, name: str, sentence: str
) -> None:
    dialog.sorts.setCurrentRow([one.title for one in SORTS].index(sort))
    field(dialog, name).setText("many")
    with pytest.raises(ValueError, match=sentence):
        field(dialog, name).value()


def test_an_entry_offers_only_areas_of_its_own_framework(dialog: ListsDialog, workspace: Workspace) -> None:
    lists = workspace.lists
    dialog.sorts.setCurrentRow(ROWS[JudgementArea])
    assert dialog.form is not None
    area: Any = dialog.form.record
    parents = field(dialog, "parent_id")
    offered = {parents.itemData(row) for row in range(parents.count())}
    assert offered == {None} | {one.id for one in lists.areas.values() if one.framework_id == area.framework_id}
    dialog.new_button.click()
    assert parents.count() == len(lists.areas) + 1

    dialog.sorts.setCurrentRow(ROWS[InspectionKind])
    left_out = field(dialog, "left_out_area_ids")
    for row in (0, len(lists.kinds) - 1):
        dialog.entries.setCurrentIndex(dialog.model.index(row))
        kind: Any = dialog.form.record
        own = [one for one in lists.areas.values() if one.framework_id == kind.framework_id]
        assert left_out.count() == len(own)
        assert left_out.value() == kind.left_out_area_ids


def test_a_framework_made_by_form_serves_an_inspection(window: Any, typist: Any, qtbot: Any) -> None:
    lists = ListsDialog(window.workspace)
    lists.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    qtbot.addWidget(lists)

    def add(record_class: type, **values: Any) -> None:
        lists.sorts.setCurrentRow(ROWS[record_class])
        lists.new_button.click()
        for name, value in values.items():
            box = field(lists, name)
            if isinstance(value, str) and hasattr(box, "findText") and box.findText(value) >= 0:
                box.set_value(box.itemData(box.findText(value)))
            elif isinstance(value, str) and hasattr(box, "setText"):
                box.setText(value)
            else:
                box.set_value(value)
        assert lists.form is not None and lists.form.add(), lists.form.binding.problems

    add(GradeScale, name="Three steps")
    for label, key in (("Strong", "S"), ("Mixed", "M"), ("Weak", "W")):
        add(Grade, scale_id="Three steps", label=label, key=key)
    add(Framework, name="Families first partnership", short_name="Families first", scale_id="Three steps")
    framework = next(one for one in window.workspace.lists.frameworks.values() if one.short_name == "Families first")
    add(InspectionKind, framework_id=framework.id, name="Review", label="Families first review", is_graded=True)
    add(JudgementArea, framework_id=framework.id, label="Help for families", is_graded=True)
    lists.accept()
    typist.press("Ctrl+N").text("Durham County Council").press("Tab").text("2030").press("Tab")
    typist.keys("Families first r").press("Return", "Alt+2").keys("m")
    (judgement,) = window.workspace.store.each(Judgement)
    assert window.workspace.lists.grades[judgement.grade_id].label == "Mixed"
    assert window.inspections.pane.tabs.tabText(1) == "Judgements 1 of 1"

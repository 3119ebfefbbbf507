"""Due next: what is late is seen first, a statutory date is moved with its reason, and nothing typed goes quietly."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog

from db.dates import PartialDate
from db.edit import Edit
from db.improvement_records import StatutoryDate
from db.records import Inspection
from db.store import Store
from desktop_app.places.due_dialog import NOTHING, DueDialog
from desktop_app.workspace import Workspace
from tests.db.records_from_the_field import DURHAM_2022, FAMILY, MISSING_CHILDREN

RECEIVED = replace(DURHAM_2022, received_on=PartialDate(2022, 7, 1))
PLANNED = replace(MISSING_CHILDREN, owner="Head of Service", due_on=PartialDate(2022, 9))
TODAY = date(2022, 8, 15)


@pytest.fixture
def workspace(store: Store) -> Workspace:
    family = [RECEIVED if one is DURHAM_2022 else PLANNED if one is MISSING_CHILDREN else one for one in FAMILY]
    store.apply(Edit(after=tuple(family)))
    return Workspace(store)


@pytest.fixture
def dialog(qtbot: Any, workspace: Workspace) -> Iterator[DueDialog]:
    shown = DueDialog(workspace, None, today=TODAY)  # type: ignore[arg-type]
    shown.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    qtbot.addWidget(shown)
    shown.show()
    yield shown
    workspace.store.waiting = ()


def lines(dialog: DueDialog) -> list[list[str]]:
    found = [dialog.list.topLevelItem(place) for place in range(dialog.list.topLevelItemCount())]
    return [[line.text(column) for column in range(5)] for line in found if line]


def enter(dialog: DueDialog, **values: Any) -> None:
    for name, value in values.items():
        field = dialog.form.blocks[name].field
        field.set_value(value)
        field.edited.emit()
        field.left.emit()


def test_late_ones_come_first_and_each_line_is_one_sentence(dialog: DueDialog) -> None:
    assert [line[:2] for line in lines(dialog)] == [
        ["12 August 2022", "3 days late"],
        ["September 2022", "in 46 days"],
        ["11 October 2022", "in 57 days"],
    ]
    assert dialog.said.text() == "3 due, 1 of them late."
    said = dialog.list.topLevelItem(1).data(0, Qt.ItemDataRole.AccessibleTextRole)  # type: ignore[union-attr]
    assert said == (
        "September 2022, in 46 days, The response to children who go missing from home or care., "
        "ILACS standard inspection, 9 May to 20 May 2022, Head of Service"
    )
    assert "Worked out: 30 working days from receipt of the report: 12 August 2022." in dialog.form.worked_out.text()


def test_another_day_waits_for_its_reason_and_one_deed_saves_both(dialog: DueDialog, workspace: Workspace) -> None:
    enter(dialog, due_on=PartialDate(2022, 9, 2))
    assert workspace.store.count(StatutoryDate) == 0
    enter(dialog, reason="Agreed with Ofsted")
    (kept,) = workspace.store.each(StatutoryDate)
    assert (kept.deadline, kept.due_on, kept.reason) == (
        "publish_report_30",
        PartialDate(2022, 9, 2),
        "Agreed with Ofsted",
    )
    assert ["2 September 2022", "in 18 days"] in [line[:2] for line in lines(dialog)]
    assert dialog.current is not None and dialog.current.on == PartialDate(2022, 9, 2)
    workspace.undo()
    assert workspace.store.count(StatutoryDate) == 0


def test_what_is_met_is_no_longer_late_and_can_be_taken_back(dialog: DueDialog, workspace: Workspace) -> None:
    enter(dialog, done_on=PartialDate(2022, 8, 10))
    assert lines(dialog)[-1][:2] == ["12 August 2022", "met on 10 August 2022"]
    assert dialog.said.text() == "2 due, none late."
    enter(dialog, done_on=None)
    assert workspace.store.count(StatutoryDate) == 0 and dialog.said.text() == "3 due, 1 of them late."


def test_a_day_without_a_reason_is_not_left_quietly(dialog: DueDialog, workspace: Workspace) -> None:
    dialog.form.blocks["due_on"].field.set_value(PartialDate(2022, 9, 2))
    dialog.form.blocks["due_on"].field.edited.emit()
    dialog.list.setCurrentItem(dialog.list.topLevelItem(1))  # type: ignore[arg-type]
    assert dialog.form.blocks["reason"].error == "Enter the reason for the date, such as who agreed to it."
    assert dialog.current is not None and dialog.current.statutory is not None
    enter(dialog, reason="Agreed with Ofsted")
    assert workspace.store.count(StatutoryDate) == 1
    dialog.form.blocks["reason"].field.set_value("")
    dialog.form.blocks["reason"].field.edited.emit()
    dialog.accept()
    assert dialog.isVisible()
    dialog.accept()
    assert not dialog.isVisible() and dialog.result() == QDialog.DialogCode.Accepted


def test_enter_goes_to_the_record(qtbot: Any, dialog: DueDialog) -> None:
    with qtbot.waitSignal(dialog.record_wanted) as wanted:
        qtbot.keyClick(dialog.list, Qt.Key.Key_Return)
    assert wanted.args == ["inspection", RECEIVED.id]


def test_a_file_where_nothing_is_due_says_how_something_comes(qtbot: Any, workspace: Workspace) -> None:
    workspace.do("Change", Edit((PLANNED,), (MISSING_CHILDREN,)))
    received = workspace.store.each(Inspection)[0]
    workspace.do("Change", Edit((received,), (DURHAM_2022,)))
    shown = DueDialog(workspace, None, today=TODAY)  # type: ignore[arg-type]
    shown.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    qtbot.addWidget(shown)
    assert shown.said.text() == NOTHING and not shown.go_button.isEnabled() and shown.form.isHidden()

"""The history of a record, by keyboard: what it tells, what it shows whole, and what it puts back."""

import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest

from db import record_history
from db.copy import write_copy
from db.edit import Edit
from db.field_words import name_of
from db.records import AreaForImprovement, Inspection, Judgement, Quote, Record, RecordType
from db.rows import classes
from db.store import Store
from desktop_app.forms.action import ActionForm
from desktop_app.forms.area_for_improvement import AreaForImprovementForm
from desktop_app.forms.details import DetailsForm
from desktop_app.forms.document import DocumentForm
from desktop_app.forms.fact import FactForm
from desktop_app.forms.improvement_rows import CommitteeReportForm, EvidenceForm, ProgressNoteForm
from desktop_app.forms.improvement_work import WorkForm
from desktop_app.forms.quote import QuoteForm
from desktop_app.forms.statutory_date import StatutoryDateForm
from desktop_app.places import history_dialog, lists_words
from desktop_app.places.history_dialog import HistoryDialog
from desktop_app.places.lists_dialog import SORTS
from desktop_app.workspace import Workspace

HTML = "<b>bold</b> <img src='file:///nowhere.png'> & more"
Open = Callable[[Record], HistoryDialog]


@pytest.fixture
def workspace(sample_file: Path, tmp_path: Path) -> Iterator[Workspace]:
    opened = Workspace(Store.open(shutil.copy(sample_file, tmp_path / "durham.sqlite")))
    yield opened
    opened.close()


@pytest.fixture
def open_history(qtbot: Any, workspace: Workspace) -> Open:
    def open_it(record: Record) -> HistoryDialog:
        shown = HistoryDialog(workspace, record)
        shown.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
        qtbot.addWidget(shown)
        shown.show()
        shown.activateWindow()
        qtbot.waitUntil(shown.list.hasFocus)
        return shown

    return open_it


def an_inspection(workspace: Workspace) -> Inspection:
    """The one of the sample with most quotes."""
    inspections = workspace.store.each(Inspection)
    return max(inspections, key=lambda one: workspace.store.count(Quote, inspection_id=one.id))


def change(workspace: Workspace, record: Any, label: str, **values: Any) -> Any:
    changed = replace(record, **values)
    workspace.do(label, Edit((record,), (changed,)))
    return changed


def lines(dialog: HistoryDialog) -> list[str]:
    return [dialog.list.item(row).text() for row in range(dialog.list.count())]


def test_the_newest_change_is_shown_whole_on_both_sides(workspace: Workspace, open_history: Open) -> None:
    inspection = an_inspection(workspace)
    change(workspace, inspection, "Change lead inspector", lead_inspector="Nick Stacey")
    dialog = open_history(inspection)
    assert dialog.windowTitle() == "History of this inspection"
    assert lines(dialog)[0].startswith("Today ")
    assert lines(dialog)[0].endswith(f"Changed lead inspector from “{inspection.lead_inspector}” to “Nick Stacey”")
    assert dialog.before.toPlainText() == inspection.lead_inspector
    assert dialog.after.toPlainText() == "Nick Stacey"
    assert dialog.before.isReadOnly() and dialog.after.isReadOnly()


def test_arrows_walk_the_entries_and_escape_closes(qtbot: Any, workspace: Workspace, open_history: Open) -> None:
    quote = workspace.store.each(Quote)[0]
    change(workspace, quote, "Change page of quote", page=77)
    dialog = open_history(quote)
    assert dialog.windowTitle() == "History of this quote"
    assert dialog.after.toPlainText() == "77"
    qtbot.keyClick(dialog.list, Qt.Key.Key_Down)
    assert dialog.before.toPlainText() == ""
    assert quote.text in dialog.after.toPlainText()
    assert not dialog.put_back_button.isEnabled()
    qtbot.keyClick(dialog.list, Qt.Key.Key_Tab)
    qtbot.keyClick(dialog.focusWidget(), Qt.Key.Key_Escape)
    assert not dialog.isVisible()


def test_an_inspection_shows_what_hangs_on_it_unless_that_is_switched_off(
    workspace: Workspace, open_history: Open
) -> None:
    inspection = an_inspection(workspace)
    dialog = open_history(inspection)
    family = sum(
        workspace.store.count(kind, inspection_id=inspection.id) for kind in (Judgement, Quote, AreaForImprovement)
    )
    assert dialog.list.count() >= 1 + family
    assert any(": Quote “" in line for line in lines(dialog))
    dialog.family.click()
    assert dialog.list.count() == 1
    assert not open_history(workspace.store.each(Quote)[0]).family.isVisible()


def test_texts_from_the_file_stay_plain(workspace: Workspace, open_history: Open) -> None:
    quote = change(workspace, workspace.store.each(Quote)[0], "Change quote of quote", text=HTML)
    dialog = open_history(quote)
    assert dialog.after.toPlainText() == HTML
    assert HTML[:20] in lines(dialog)[0]


def test_a_value_is_put_back_and_can_be_undone(qtbot: Any, workspace: Workspace, open_history: Open) -> None:
    inspection = an_inspection(workspace)
    change(workspace, inspection, "Change lead inspector", lead_inspector="Nick Stacey")
    dialog = open_history(inspection)
    with qtbot.waitSignal(dialog.told) as told:
        QTest.mouseClick(dialog.put_back_button, Qt.MouseButton.LeftButton)
    assert told.args == ["Put back lead inspector. Undo takes it away again."]
    assert workspace.store.get(Inspection, inspection.id) == inspection
    assert workspace.undo_label == "Put back lead inspector"
    assert lines(dialog)[0].endswith(f"Put back: lead inspector from “Nick Stacey” to “{inspection.lead_inspector}”")
    assert dialog.list.currentRow() == 0
    workspace.undo()
    assert "Undone: lead inspector" in lines(dialog)[0]


def test_where_it_no_longer_fits_it_says_why(workspace: Workspace, open_history: Open) -> None:
    inspection = an_inspection(workspace)
    first = change(workspace, inspection, "Change end date", ended_on=None)
    change(workspace, first, "Change start date", started_on=replace(inspection.ended_on, year=2050))
    dialog = open_history(inspection)
    dialog.list.setCurrentRow(1)
    dialog.put_back()
    assert dialog.message.isVisible() and dialog.message.property("role") == "error"
    assert dialog.message.text() == ("This was not put back. The end date must be the same as or after the start date.")
    dialog.list.setCurrentRow(0)
    assert not dialog.message.isVisible()
    dialog.put_back()
    dialog.list.setCurrentRow(1)
    dialog.put_back()
    assert dialog.message.text() == "This was not put back. This inspection has that value already."


def test_what_is_removed_tells_its_history_too(workspace: Workspace, open_history: Open) -> None:
    quote = workspace.store.each(Quote)[0]
    change(workspace, quote, "Change page of quote", page=77)
    workspace.do("Remove quote", Edit(before=(replace(quote, page=77),)))
    dialog = open_history(quote)
    assert lines(dialog)[0].endswith("Removed")
    assert quote.text in dialog.before.toPlainText() and dialog.after.toPlainText() == ""
    dialog.list.setCurrentRow(1)
    dialog.put_back()
    assert "This quote is removed. Put it back from Recently deleted first." in dialog.message.text()


def test_long_histories_show_more_when_asked(
    workspace: Workspace, open_history: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    quote = workspace.store.each(Quote)[0]
    for page in range(1, 8):
        quote = change(workspace, quote, "Change page of quote", page=100 + page)
    read = record_history.read
    monkeypatch.setattr(history_dialog, "AT_ONCE", 3)
    monkeypatch.setattr(record_history, "read", lambda *a, **options: read(*a, **options, most=3))
    dialog = open_history(quote)
    assert dialog.list.count() == 3 and dialog.more_button.isVisible()
    dialog.more_button.click()
    dialog.more_button.click()
    assert dialog.list.count() == 8 and not dialog.more_button.isVisible()
    assert lines(dialog)[-1].endswith("Added")


def test_a_copy_says_where_its_history_starts(qtbot: Any, workspace: Workspace, tmp_path: Path) -> None:
    copied = write_copy(workspace.store.path, tmp_path / "copy.sqlite")
    copy = Workspace(Store.open(copied.path))
    dialog = HistoryDialog(copy, an_inspection(copy))
    qtbot.addWidget(dialog)
    assert "The history starts with the copy made: Today " in dialog.words.text()
    assert lines(dialog)[-1].endswith("In the file when this copy was made")
    copy.close()


def test_what_has_no_history_says_so(workspace: Workspace, open_history: Open) -> None:
    dialog = open_history(replace(an_inspection(workspace), id="0" * 36))
    assert dialog.words.text() == history_dialog.NOTHING
    assert dialog.before.toPlainText() == dialog.after.toPlainText() == ""
    assert not dialog.put_back_button.isEnabled()


def test_a_screen_reader_hears_names(workspace: Workspace, open_history: Open) -> None:
    dialog = open_history(an_inspection(workspace))
    for widget, name in (
        (dialog, "History of this inspection"),
        (dialog.list, "Changes, newest first"),
        (dialog.before, "Before"),
        (dialog.after, "After"),
    ):
        assert QAccessible.queryAccessibleInterface(widget).text(QAccessible.Text.Name) == name


@pytest.mark.parametrize(
    ("record_type", "form"),
    [
        (RecordType.INSPECTION, DetailsForm),
        (RecordType.QUOTE, QuoteForm),
        (RecordType.AREA_FOR_IMPROVEMENT, AreaForImprovementForm),
        (RecordType.DOCUMENT, DocumentForm),
        (RecordType.AREA_FOR_IMPROVEMENT, WorkForm),
        (RecordType.ACTION, ActionForm),
        (RecordType.PROGRESS_NOTE, ProgressNoteForm),
        (RecordType.EVIDENCE, EvidenceForm),
        (RecordType.COMMITTEE_REPORT, CommitteeReportForm),
        (RecordType.STATUTORY_DATE, StatutoryDateForm),
    ],
)
def test_fields_are_called_as_their_forms_call_them(qtbot: Any, record_type: RecordType, form: type[Any]) -> None:
    shown = form()
    qtbot.addWidget(shown)
    fields = {name: block.name_in_deed for name, block in shown.blocks.items() if name not in ("about", "file")}
    assert {name: name_of(record_type, name) for name in fields} == fields
    assert name_of(RecordType.QUOTE, "area_id") == "about"
    assert name_of(RecordType.DOCUMENT, "file_name") == "copy kept inside"


@pytest.mark.parametrize("record_type", [sort.record_class.record_type for sort in SORTS])
def test_facts_are_called_as_their_form_calls_them(qtbot: Any, workspace: Workspace, record_type: RecordType) -> None:
    record_class = classes()[record_type]
    shown = FactForm(record_class, "entry", lists_words.choices(workspace.lists, record_class))
    qtbot.addWidget(shown)
    fields = {name: block.name_in_deed.casefold() for name, block in shown.blocks.items()}
    assert {name: name_of(record_type, name).casefold() for name in fields} == fields

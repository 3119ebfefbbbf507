"""What inspectors have said of an area for improvement, by keyboard: verdicts, quotes, earlier areas, proposals."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from db.chain import Chains
from db.edit import Edit
from db.errors import StoreError
from db.improvement_records import Verdict
from db.records import AreaForImprovement, Inspection, Quote
from db.store import Store
from desktop_app import ask, look
from desktop_app.binding import Deed
from desktop_app.places import chain_panel
from desktop_app.places.chain_choosing import NoteDialog
from desktop_app.places.chain_panel import ChainPanel
from desktop_app.places.chain_picker import ChainPicker
from desktop_app.tables.chain_list import Mark
from desktop_app.workspace import Workspace

KEY = Qt.Key


class Panel:
    """The panel on a sample file, with a place that writes what it asks for."""

    def __init__(self, qtbot: Any, workspace: Workspace) -> None:
        self.qtbot, self.workspace, self.store = qtbot, workspace, workspace.store
        self.told: list[str] = []
        self.refusing: StoreError | None = None
        self.panel = ChainPanel(workspace)
        self.panel.edit_wanted.connect(self.write)
        self.panel.told.connect(self.told.append)
        qtbot.addWidget(self.panel)
        self.panel.resize(700, 500)
        self.panel.show()

    def write(self, deed: Deed) -> None:
        if self.refusing:
            deed.error = self.refusing
        else:
            self.workspace.do(deed.label, deed.edit)

    def area(self, words: str) -> AreaForImprovement:
        return next(one for one in self.store.each(AreaForImprovement) if one.text.startswith(words))

    def show(self, words: str) -> AreaForImprovement:
        area = self.area(words)
        self.panel.show_area(area.id)
        self.panel.proposer.propose()
        return area

    def rows(self) -> list[str]:
        model = self.panel.model
        return [str(model.index(row).data(Qt.ItemDataRole.AccessibleTextRole)) for row in range(model.rowCount())]

    def go_to(self, words: str) -> None:
        row = next(row for row, said in enumerate(self.rows()) if said.startswith(words))
        self.panel.list.setCurrentIndex(self.panel.model.index(row))

    def press(self, key: Qt.Key) -> None:
        QTest.keyClick(self.panel.list, key)

    def verdicts(self, area: AreaForImprovement) -> list[Verdict]:
        return self.store.each(Verdict, area_for_improvement_id=area.id)


@pytest.fixture
def shown(qtbot: Any, sample_file: Path, tmp_path: Path) -> Iterator[Panel]:
    opened = Workspace(Store.open(shutil.copy(sample_file, tmp_path / "durham.sqlite")))
    yield Panel(qtbot, opened)
    opened.close()


def test_the_panel_tells_the_chain_in_order_and_says_what_to_do_without_an_area(shown):
    assert shown.panel.seen.text() == chain_panel.NOTHING
    assert not shown.panel.list.isVisible()
    assert not any(button.isVisible() for button in shown.panel.buttons)
    shown.show("Sufficiency of short-break placements")
    assert shown.panel.seen.text().startswith("Seen before: 2nd time since 2019")
    rows = shown.rows()
    assert rows[0].startswith("ILACS 2019, “The response to disabled children")
    assert ", Raised, page 3" in rows[0]
    assert "Raised again, page 2" in rows[1]
    assert "due to a lack of specialist providers, including short breaks care" in rows[1]
    assert "page 3, paragraph 7" in rows[1]
    assert rows[2] == "ILACS short 2025, No verdict recorded"
    marks = [row.mark for row in shown.panel.model.records[:3]]  # type: ignore[attr-defined]
    assert marks == [Mark.RAISED, Mark.RAISED_AGAIN, Mark.NOTHING]
    shown.show("the area of priority action")
    assert "closed by inspectors" in shown.panel.seen.text()
    assert "✓ Closed" in shown.rows()[1]


def test_a_verdict_is_set_changed_and_taken_back_from_the_list(shown):
    area = shown.show("Sufficiency of short-break placements")
    assert shown.panel.current.name == "ILACS short 2025"
    shown.press(KEY.Key_Return)
    assert shown.panel.menu.isVisible()
    QTest.keyClick(shown.panel.menu, KEY.Key_I)
    (verdict,) = shown.verdicts(area)
    assert verdict.verdict == "improved"
    assert shown.told[-1] == "Add verdict: done. Ctrl+Z takes it back."
    assert shown.panel.current.verdict == verdict, "the list stays at the inspection"
    shown.panel.set_verdict("closed")
    assert shown.verdicts(area)[0].verdict == "closed"
    assert Chains.read(shown.store).is_closed(area.id)
    shown.press(KEY.Key_Delete)
    assert shown.verdicts(area) == []
    assert shown.workspace.undo() == "Remove verdict"
    assert shown.panel.current.verdict is not None
    for _ in range(2):
        shown.workspace.undo()
    assert shown.verdicts(area) == []


def test_one_inspection_may_say_two_things_of_an_area_and_a_note_stands_beside(shown):
    area = shown.show("The timeliness of foster carers’ reviews.")
    shown.go_to("ILACS short 2025")
    shown.panel.set_verdict("improved")
    shown.panel.set_verdict("raised_again", is_another=True)
    later = {one.verdict for one in shown.verdicts(area)} - {"not_mentioned"}
    assert later == {"improved", "raised_again"}
    shown.panel.offer_verdicts()
    next(action for action in shown.panel.menu.actions() if "ote" in action.text() and "…" in action.text()).trigger()
    dialog = shown.panel.findChild(NoteDialog)
    dialog.words.setPlainText("Page 4: “Reviews are held in time.”")
    dialog._save()
    assert "Page 4" in shown.panel.current.verdict.text


def test_a_quote_of_that_report_is_linked_the_likeliest_first(shown):
    area = shown.show("Improve the oversight of casework")
    shown.go_to("ILACS focused visit 2019")
    shown.panel.quote_button.click()
    picker = shown.panel.findChild(ChainPicker)
    assert picker.windowTitle() == "Quotes of ILACS focused visit 2019"
    assert "drift and delay" in picker.list.current_record().text
    QTest.keyClicks(picker.typed, "earlier this year")
    assert picker.found.text() == "1 of 2"
    QTest.keyClick(picker.typed, KEY.Key_Return)
    quote = next(one for one in shown.store.each(Quote) if one.text.startswith("The focused visit earlier"))
    added = next(one for one in shown.verdicts(area) if one.quote_id == quote.id)
    assert added.verdict == "raised_again"
    shown.panel.set_verdict("improved")
    assert next(one for one in shown.verdicts(area) if one.quote_id == quote.id).verdict == "improved"


def test_a_report_without_quotes_says_what_to_do(shown, monkeypatch):
    said: list[str] = []
    monkeypatch.setattr(ask, "tell", lambda _, sentence, details="": said.append(f"{sentence} {details}"))
    shown.show("Sufficiency of short-break placements")
    shown.panel.quote_button.click()
    assert said == [
        "No quotes of ILACS short 2025 are recorded yet. "
        "Open the inspection and add the sentence under Quotes, then link it here."
    ]


def test_an_earlier_area_is_linked_from_a_list_that_typing_narrows(shown):
    area = shown.show("The quality and impact of management oversight")
    assert shown.panel.seen.text().startswith(chain_panel.FIRST_TIME)
    shown.panel.earlier_button.click()
    picker = shown.panel.findChild(ChainPicker)
    QTest.keyClicks(picker.typed, "voluntary care")
    QTest.keyClick(picker.typed, KEY.Key_Down)
    QTest.keyClick(picker.typed, KEY.Key_Return)
    assert shown.panel.seen.text().startswith("Seen before: 2nd time since 2016")
    (link,) = shown.store.each(Verdict, later_area_id=area.id)
    assert link.verdict == "raised_again"
    assert link.inspection_id == area.inspection_id


def test_a_proposal_says_why_and_is_accepted_as_one_deed_or_refused(shown):
    area = shown.show("The quality and impact of management oversight")
    proposed = [row for row in shown.rows() if "Proposed" in row]
    assert proposed[0].startswith("May repeat SIF 2016")
    assert "theme management oversight and supervision" in proposed[0]
    assert f"{len(proposed)} proposed" in shown.panel.seen.text()
    shown.go_to(proposed[0][:40])
    assert shown.panel.accept_button.isVisible()
    assert not shown.panel.verdict_button.isVisible()
    shown.press(KEY.Key_Return)
    assert shown.panel.seen.text().startswith("Seen before: 2nd time since 2016")
    assert shown.workspace.undo() == "Link to an earlier area for improvement"
    assert shown.store.each(Verdict, later_area_id=area.id) == []
    shown.go_to(proposed[0][:40])
    shown.press(KEY.Key_Delete)
    assert shown.told[-1] == chain_panel.REFUSED
    assert proposed[0] not in shown.rows()
    shown.show("The timeliness of foster carers’ reviews.")
    shown.show("The quality and impact of management oversight")
    assert proposed[0] not in shown.rows(), "remembered while the file is open"


def test_a_quote_that_is_proposed_is_linked_with_the_verdict_that_it_names(shown):
    area = shown.show("For children moving to live with parents")
    before = {one.id for one in shown.verdicts(area)}
    spoken = next(row for row in shown.rows() if "may speak of it" in row)
    shown.go_to(spoken)
    wanted = "improved" if "improved?" in spoken else "raised_again"
    shown.panel.accept()
    (verdict,) = (one for one in shown.verdicts(area) if one.id not in before)
    assert (verdict.verdict, bool(verdict.quote_id)) == (wanted, True)


def test_what_the_place_refuses_is_said_and_a_read_only_file_offers_nothing(shown):
    area = shown.show("Sufficiency of short-break placements")
    shown.refusing = StoreError("The file is on a drive that is full.")
    shown.panel.set_verdict("closed")
    assert shown.told[-1] == "The file is on a drive that is full."
    assert shown.verdicts(area) == []
    shown.workspace.become_read_only()
    shown.show("Sufficiency of short-break placements")
    buttons = (shown.panel.verdict_button, shown.panel.quote_button, shown.panel.earlier_button)
    assert not any(button.isEnabled() for button in buttons)
    shown.press(KEY.Key_Return)
    assert not shown.panel.menu.isVisible()
    assert not any("Proposed" in row for row in shown.rows())


def test_the_first_line_of_a_chain_takes_no_verdict(shown):
    shown.show("Sufficiency of short-break placements")
    shown.go_to("ILACS 2019")
    assert not shown.panel.verdict_button.isEnabled()
    shown.press(KEY.Key_Delete)
    assert len(shown.store.each(Verdict)) == 40


def test_a_line_leads_to_its_area_or_inspection(shown):
    shown.show("Sufficiency of short-break placements")
    areas: list[str] = []
    inspections: list[str] = []
    shown.panel.area_wanted.connect(areas.append)
    shown.panel.inspection_wanted.connect(inspections.append)
    for name in ("ILACS 2019", "ILACS short 2025"):
        shown.go_to(name)
        shown.panel.open_button.click()
    assert areas == [shown.area("The response to disabled children").id]
    assert [str(shown.store.get(Inspection, key).started_on) for key in inspections] == ["24 March 2025"]


def test_the_area_goes_with_its_record_and_walking_on_proposes_for_the_last_one_only(shown, qtbot):
    area = shown.area("Sufficiency of short-break placements")
    asked: list[int] = []
    shown.panel.proposer.found.connect(lambda: asked.append(1))
    for one in shown.store.each(AreaForImprovement)[:10]:
        shown.panel.show_area(one.id)
    shown.panel.show_area(area.id)
    qtbot.waitUntil(lambda: bool(shown.panel.proposer.rows))
    assert asked == [1]
    shown.workspace.do("Remove", with_all(shown.store, area))
    assert shown.panel.area is None
    assert shown.rows() == []


def with_all(store: Store, area: AreaForImprovement) -> Any:
    from db.overview import row_removal

    return row_removal(store, area.inspection_id, area)


@pytest.mark.parametrize("name", ["light", "dark"])
def test_every_mark_differs_in_form_in_both_looks(shown, name):
    application = QApplication.instance()
    assert isinstance(application, QApplication)
    looked: Callable[[], Any] = look.current
    before = looked().name
    look.apply(application, name)
    try:
        shown.show("The response to disabled children")
        picture = shown.panel.list.grab().toImage().convertToFormat(QImage.Format.Format_Grayscale8)
        assert len({picture.pixelColor(14, y).value() for y in range(picture.height())}) > 2
    finally:
        look.apply(application, before)


def test_each_part_has_a_name_for_a_screen_reader(shown):
    shown.show("Sufficiency of short-break placements")
    for part in (shown.panel.list, *shown.panel.buttons):
        interface = QAccessible.queryAccessibleInterface(part)
        assert interface.text(QAccessible.Text.Name)
    assert "Enter sets the verdict" in shown.panel.list.accessibleDescription()


def test_what_changes_while_nobody_sees_the_panel_is_read_when_it_shows(shown, monkeypatch):
    area = shown.show("Sufficiency of short-break placements")
    read: list[int] = []
    monkeypatch.setattr(chain_panel, "history", lambda *_: read.append(1) or [])
    shown.panel.hide()
    quote = shown.store.each(Quote)[0]
    shown.workspace.do("Remove quote", Edit((quote,)))
    assert read == []
    shown.panel.show()
    assert read == [1]
    shown.panel.hide()
    shown.workspace.undo()
    monkeypatch.undo()
    shown.panel.show_area(area.id)
    assert shown.rows()[2] == "ILACS short 2025, No verdict recorded"

"""The action plan on paper: Word, Excel and PDF hold the same words, and the dialog writes whole files or says why."""

import shutil
from dataclasses import replace
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

import openpyxl
import pypdfium2
import pytest
from docx import Document
from PySide6.QtCore import Qt
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QApplication

from db.action_plan import ActionPlan, Line
from db.dates import PartialDate
from db.edit import Edit
from db.records import AreaForImprovement
from db.store import Store
from desktop_app import ask
from desktop_app.exchange import action_plan_docx, action_plan_xlsx
from desktop_app.exchange.action_plan_tables import groups
from desktop_app.places import action_plan_dialog
from desktop_app.places.action_plan_dialog import ActionPlanDialog
from desktop_app.views import plan_document
from desktop_app.workspace import Workspace

FORMULA = '=HYPERLINK("http://x","y")'
SIF = "Single inspection (SIF), 22 February 2016"
PLAN = ActionPlan(
    "Action plan: Durham County Council",
    date(2023, 4, 1),
    "Of 2 areas for improvement 1 has an owner, none a due date.",
    (
        Line(
            number="1",
            inspection="ILACS standard inspection, 9 May to 20 May 2022",
            words="The response to <b>children</b> & families who go missing.",
            place="page 2",
            owner="Head of Service",
            due_on=PartialDate(2023, 3),
            status="Late, In progress",
            rag="Amber",
            rag_reason=FORMULA,
            progress="July 2022: Plan agreed.\nInterviews began.",
            updated_on=date(2023, 3, 1),
        ),
        Line(
            number="1.1",
            is_action=True,
            words="Recruit",
            success_measure="Posts filled",
            due_on=PartialDate(2023, 5, 2),
        ),
        *(Line(number=str(number), inspection=SIF, words="Improve plans. " * 12) for number in range(2, 40)),
    ),
)


def test_word_has_a_table_for_each_inspection_whose_header_is_repeated() -> None:
    made = Document(BytesIO(action_plan_docx.document(PLAN, "OFFICIAL")))
    assert [one.text for one in made.paragraphs if one.style.name == "Heading 1"] == [
        "ILACS standard inspection, 9 May to 20 May 2022",
        SIF,
    ]
    first, second = made.tables
    assert first.rows[0]._tr.trPr.xpath("w:tblHeader") and len(second.rows) == 39
    row = [cell.text for cell in first.rows[1].cells]
    assert row[1] == "The response to <b>children</b> & families who go missing. (page 2)"
    assert row[6] == f"Amber: {FORMULA}" and row[7] == "July 2022: Plan agreed.\nInterviews began."
    assert [cell.text for cell in first.rows[2].cells][:5] == ["1.1", "Recruit", "Posts filled", "", "2 May 2023"]
    section = made.sections[0]
    assert section.page_width > section.page_height and section.header.paragraphs[0].text == "OFFICIAL"
    assert made.core_properties.author == ""


def test_two_providers_stand_apart_and_are_named() -> None:
    lines = tuple(
        Line(number=str(number), provider=name, inspection=SIF, words="Improve plans.")
        for number, name in enumerate(("Durham", "Durham", "Kent"), 1)
    )
    found = [(heading, len(of_it)) for heading, of_it in groups(replace(PLAN, lines=lines))]
    assert found == [(f"Durham: {SIF}", 2), (f"Kent: {SIF}", 1)]


def test_a_workbook_has_real_dates_and_no_formula() -> None:
    sheet = openpyxl.load_workbook(BytesIO(action_plan_xlsx.workbook(PLAN, "OFFICIAL")))["Action plan"]
    rows = list(sheet.iter_rows(min_row=4, values_only=True))
    assert rows[0] == tuple(action_plan_xlsx.COLUMNS) and len(rows) == 1 + len(PLAN.lines)
    by_name = dict(zip(rows[0], rows[1], strict=True))
    assert (by_name["Due"], by_name["Last updated"].date()) == ("March 2023", date(2023, 3, 1))
    assert by_name["Reason for the RAG"] == FORMULA
    assert all(cell.data_type != "f" for row in sheet.iter_rows() for cell in row)
    action = dict(zip(rows[0], rows[2], strict=True))
    assert action["Due"].date() == date(2023, 5, 2) and action["Action"] == "Recruit"
    assert action[rows[0][3]] == PLAN.lines[0].words, "an action repeats what it is for"
    assert sheet.tables["action_plan"].ref == "A4:Q44" and sheet.freeze_panes == "B5"


def test_a_pdf_has_the_words_the_marking_and_the_header_on_every_page(qapp: Any) -> None:
    document = pypdfium2.PdfDocument(plan_document.pdf(PLAN, "OFFICIAL"))
    pages = ["".join(page.get_textpage().get_text_range().split()) for page in document]  # letters, not their gaps
    assert len(pages) >= 3
    for number, text in enumerate(pages, 1):
        assert "OFFICIAL" in text and f"{number}of{len(pages)}" in text and "Successmeasure" in text
    whole = "".join(pages)
    assert "Theresponseto<b>children</b>&families" in whole and "Licencev3.0" in whole
    (place,) = (number for number, text in enumerate(pages) if "Singleinspection(SIF)" in text)
    assert "2Improveplans." in pages[place], "a heading stands on the page of its table"


@pytest.fixture
def workspace(sample_file: Path, tmp_path: Path) -> Any:
    opened = Workspace(Store.open(shutil.copy(sample_file, tmp_path / "durham.sqlite")))
    yield opened
    opened.close()


@pytest.fixture
def dialog(qtbot: Any, workspace: Workspace) -> ActionPlanDialog:
    areas = workspace.store.each(AreaForImprovement)
    shown = ActionPlanDialog(workspace, [area.id for area in areas[:2]])
    shown.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    qtbot.addWidget(shown)
    shown.show()
    return shown


@pytest.mark.parametrize("form", ["docx", "xlsx", "pdf"])
def test_return_writes_what_the_list_shows_beside_the_file(
    qtbot: Any, dialog: ActionPlanDialog, tmp_path: Path, form: str
) -> None:
    dialog.form.set_value(form)
    dialog._on_form()
    with qtbot.waitSignal(dialog.told) as told:
        qtbot.keyClick(dialog.where, Qt.Key.Key_Return)
    made = tmp_path / f"durham-action-plan.{form}"
    assert made.is_file() and told.args[0].startswith(f"Action plan written: {made.name}, ")
    assert dialog.open_button.isVisible() and dialog.cancel_button.text() == "Close"
    QApplication.processEvents()
    assert dialog.where.height() >= dialog.where.sizeHint().height()
    if form == "xlsx":
        assert openpyxl.load_workbook(made)["Action plan"].max_row == 4 + 2
    assert sorted(path.name for path in tmp_path.glob("durham-action*")) == [made.name]


def test_all_areas_can_be_chosen(qtbot: Any, dialog: ActionPlanDialog, tmp_path: Path) -> None:
    dialog.which.set_value("all")
    dialog.form.set_value("xlsx")
    dialog._on_form()
    with qtbot.waitSignal(dialog.told):
        dialog.write()
    assert openpyxl.load_workbook(tmp_path / "durham-action-plan.xlsx")["Action plan"].max_row == 4 + 31


def test_a_place_that_is_refused_says_why_and_nothing_is_written(
    qtbot: Any, dialog: ActionPlanDialog, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, said in (
        ("nowhere/plan.docx", "There is no folder"),
        ("", "Enter the name of a file"),
        ("durham.sqlite/", "Enter the name of a file"),
    ):
        dialog.where.set_value(name)
        dialog.write()
        assert said in dialog.where_block.error
    (tmp_path / "plan.docx").write_text("mine")
    monkeypatch.setattr(ask, "whether", lambda *_: False)
    dialog.where.set_value("plan.docx")
    dialog.write()
    assert (tmp_path / "plan.docx").read_text() == "mine"


def test_what_might_identify_a_child_is_asked_about(
    qtbot: Any, dialog: ActionPlanDialog, workspace: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    area = workspace.store.each(AreaForImprovement)[0]
    workspace.do("Change", Edit((area,), (replace(area, impact="She lives at DH1 5UL now."),)))
    asked: list[str] = []
    monkeypatch.setattr(action_plan_dialog.ask, "whether", lambda *words: bool(asked.append(" ".join(words[1:]))))
    dialog.write()
    assert "Postcode" in asked[0] and "DH1 5UL" in asked[0]
    assert not list(tmp_path.glob("durham-action*"))


def test_the_plan_is_printed_on_the_printer_that_was_chosen(
    qtbot: Any, dialog: ActionPlanDialog, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "printed.pdf"))
    monkeypatch.setattr(ask, "printer", lambda _parent, lay_out: lay_out(printer) or printer)
    with qtbot.waitSignal(dialog.told):
        dialog.print_out()
    (page,) = pypdfium2.PdfDocument(tmp_path / "printed.pdf")
    assert page.get_width() > page.get_height()
    assert "Actionplan:DurhamCountyCouncil" in "".join(page.get_textpage().get_text_range().split())
    assert dialog.isHidden()

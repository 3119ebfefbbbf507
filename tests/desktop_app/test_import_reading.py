"""Tables as councils keep them: CSV of any kind, workbooks held against openpyxl, headings that stand anywhere."""

from datetime import date, datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import xlsxwriter
from openpyxl.worksheet.worksheet import Worksheet

from db.lists import Lists
from db.snapshot import Cancelled
from db.store import Store
from desktop_app.exchange.import_cells import Broken, CannotImport, shown
from desktop_app.exchange.import_fields import Vocabulary, plain, vocabulary_of
from desktop_app.exchange.import_file import look_at
from desktop_app.exchange.import_matching import letters
from desktop_app.exchange.import_source import Source

HEADINGS = "Council,Start date,Overall"
NATIONAL = Path(__file__).parents[2].parent / "shared" / "domain" / "national_sheet_sample.csv"


@pytest.fixture(scope="module")
def words(new_file: Path) -> Vocabulary:
    store = Store.open(new_file, is_read_only=True)
    try:
        return vocabulary_of(Lists.read(store))
    finally:
        store.close()


def keys_of(words: Vocabulary, text: str) -> dict[str, str]:
    columns = look_at(Source(text=text), words)
    return {column.heading: columns.matches[column.place].key for column in columns.headings.columns}


@pytest.mark.parametrize(
    ("encoding", "start"),
    [("utf-8", b""), ("utf-8-sig", b""), ("cp1252", b""), ("utf-16", b""), ("utf-16-le", b""), ("utf-16-be", b"")],
)
@pytest.mark.parametrize("sign", [",", ";", "\t", "|"])
def test_the_encoding_and_the_delimiter_are_found(tmp_path: Path, encoding: str, start: bytes, sign: str) -> None:
    rows = [
        ["Council", "Notes"],
        ["Durham’s services", f"“Good”{'' if sign == ',' else ', mostly'}"],
        ["Ynys Môn", "–"],
    ]
    path = tmp_path / "table.csv"
    path.write_bytes(start + "\r\n".join(sign.join(row) for row in rows).encode(encoding))
    assert [list(cells) for _, cells in Source(path).rows()] == rows


def test_rows_keep_the_number_that_a_spreadsheet_shows_and_quoted_lines_are_one_cell() -> None:
    text = 'Council,Notes\n\n\nDurham,"Two\nlines, one cell"\n,\n'
    assert list(Source(text=text).rows()) == [(1, ("Council", "Notes")), (4, ("Durham", "Two\nlines, one cell"))]


def test_excels_word_on_the_delimiter_and_our_own_apostrophes_are_understood() -> None:
    assert list(Source(text="sep=;\nA;B, C\n'=1+1;'- 3\n").rows()) == [(2, ("A", "B, C")), (3, ("=1+1", "- 3"))]


def write_with_openpyxl(path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    sheet.title = "Log & notes"
    sheet.append(["Council", "Day", "Moment", "Number", "Share", "Truth", "Text of a number"])
    sheet.append(["Durham’s", date(2022, 5, 9), datetime(2025, 3, 24, 12, 30), 3, 0.5, True, "007"])
    sheet.append([None, None, None, -2, 44690, False, " two\nlines "])
    sheet["D3"].number_format = "0.00"
    sheet["E3"].number_format = 'dd" day "mmm yyyy'
    sheet["J9"] = "far"
    book.create_sheet("Second").append(["other"])
    book.save(path)


def write_with_xlsxwriter(path: Path) -> None:
    with xlsxwriter.Workbook(str(path), {"default_date_format": "d mmm yyyy", "constant_memory": True}) as book:
        sheet = book.add_worksheet("Log")
        sheet.write_row(0, 0, ["Council", "Day", "Number"])
        sheet.write_row(1, 0, ["Durham", date(2022, 5, 9), 12345678901])
        sheet.write_row(4, 1, ["“Good”", 1.25])
        sheet.write_rich_string(5, 0, "Requires ", book.add_format({"bold": True}), "improvement")


@pytest.mark.parametrize("write", [write_with_openpyxl, write_with_xlsxwriter])
def test_a_workbook_reads_as_openpyxl_reads_it(tmp_path: Path, write: Any) -> None:
    path = tmp_path / "log.xlsx"
    write(path)
    book = openpyxl.load_workbook(path, data_only=True)
    assert Source(path).sheets() == book.sheetnames
    for sheet in book.worksheets:
        expected = {}
        for number, row in enumerate(sheet.iter_rows(values_only=True), 1):
            values = [value.date() if isinstance(value, datetime) else value for value in row]
            while values and values[-1] is None:
                values.pop()
            if values:
                expected[number] = values
        assert {number: list(cells) for number, cells in Source(path).rows(sheet.title)} == expected


def test_days_count_from_1904_where_the_workbook_says_so(tmp_path: Path) -> None:
    path = tmp_path / "mac.xlsx"
    with xlsxwriter.Workbook(str(path), {"date_1904": True, "default_date_format": "dd/mm/yy"}) as book:
        book.add_worksheet().write(0, 0, date(2022, 5, 9))
    assert list(Source(path).rows()) == [(1, (date(2022, 5, 9),))]


def test_what_stands_in_merged_cells_holds_for_each_of_their_rows(tmp_path: Path) -> None:
    path = tmp_path / "merged.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet()
        sheet.merge_range("A1:C1", "Our log")
        sheet.merge_range("A2:A4", "Durham")
        sheet.merge_range("B3:B4", "May")
        for row in range(1, 5):
            sheet.write(row, 2, row)
    assert [cells for _, cells in Source(path).rows()] == [
        ("Our log",),
        ("Durham", None, 1),
        ("Durham", "May", 2),
        ("Durham", "May", 3),
        (None, None, 4),
    ]


def test_a_formula_gives_its_stored_value_and_says_so_where_it_has_none(tmp_path: Path) -> None:
    path = tmp_path / "formulas.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet()
        sheet.write_formula("A1", '=CONCAT("Dur","ham")', value="Durham")
        sheet.write_formula("B1", "=1+1", value=2)
        sheet.write_formula("C1", "=NA()", value="#N/A")
    book = openpyxl.load_workbook(path)
    book.worksheets[0]["D1"] = "=A1"
    book.save(tmp_path / "never_counted.xlsx")
    ((_, cells),) = Source(path).rows()
    assert cells[:2] == ("Durham", 2)
    assert isinstance(cells[2], Broken)
    ((_, cells),) = Source(tmp_path / "never_counted.xlsx").rows()
    assert isinstance(cells[3], Broken) and "stored value" in cells[3].advice


def test_a_sheet_is_named_or_the_one_whose_headings_say_most_is_taken(tmp_path: Path, words: Vocabulary) -> None:
    path = tmp_path / "log.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        book.add_worksheet("Read me").write(0, 0, "How to use this workbook")
        log = book.add_worksheet("Log")
        log.write_row(2, 0, HEADINGS.split(","))
        hidden = book.add_worksheet("Lists")
        hidden.hide()
    assert look_at(Source(path), words).sheet == "Log"
    assert look_at(Source(path), words, sheet="read ME").headings.columns[0].heading == "How to use this workbook"
    assert Source(path).sheets()[-1] == "Lists"
    with pytest.raises(CannotImport, match=r"has no sheet “Nothing”\. It has: Read me, Log, Lists"):
        look_at(Source(path), words, sheet="Nothing")


def test_headings_are_found_under_titles_or_where_a_person_says_so(words: Vocabulary) -> None:
    text = f"Inspection log,,\nCouncil services,,\n\n{HEADINGS}\nDurham,9 May 2022,Good\n"
    assert look_at(Source(text=text), words).headings.row == 4
    assert look_at(Source(text=text), words, row=5).headings.columns[0].heading == "Durham"


def test_a_column_without_a_heading_is_called_as_the_spreadsheet_calls_it(words: Vocabulary) -> None:
    assert keys_of(words, f"{HEADINGS},\nDurham,9 May 2022,Good,more\n")["Column D"] == ""
    assert [letters(place) for place in (0, 25, 26, 701, 702)] == ["A", "Z", "AA", "ZZ", "AAA"]


@pytest.mark.parametrize(
    ("heading", "value", "key"),
    [
        ("LA", "Durham", "provider"),
        ("Local_Authority_Name", "Durham", "provider"),
        ("InspectionStartDate", "9 May 2022", "started_on"),
        ("Date of inspection (from)", "9 May 2022", "started_on"),
        ("Date published", "5 July 2022", "published_on"),
        ("Help & Protection", "Good", "judged:help_protection"),
        ("Experiences and progress of children in care", "RI", "judged:children_in_care"),
        ("Childrn in care", "RI", "judged:children_in_care"),
        ("Judgement", "Good", "judged:overall"),
        ("Being healthy", "Good", "area:slac_lac_healthy"),
        ("Para", "33", "paragraph"),
        ("Lead officer", "Head of service", "owner"),
        ("Colour of the folder", "red", ""),
    ],
)
def test_a_heading_tells_the_field(words: Vocabulary, heading: str, value: str, key: str) -> None:
    found = keys_of(words, f"Reference number,{heading}\n1,{value}\n2,{value}\n")
    assert found[heading] == key


def test_cells_speak_against_a_heading_where_there_are_enough_of_them(words: Vocabulary) -> None:
    rows = "Reference number,Date\n1,see the report\n2,not written down\n"
    assert keys_of(words, rows)["Date"] == "started_on"
    assert not look_at(Source(text=rows), words).matches[1].is_sure
    assert keys_of(words, f"{rows}3,ask the team\n")["Date"] == ""


def test_judgement_may_head_the_areas_as_well_as_the_grades(words: Vocabulary) -> None:
    found = keys_of(words, "Provider,Start,Judgement,Grade\nDurham,9 May 2022,Leaders,Good\n")
    assert (found["Judgement"], found["Grade"]) == ("judgement_area", "grade")
    found = keys_of(words, "Provider,Start,Area,Judgement\nDurham,9 May 2022,Care leavers,Good\n")
    assert (found["Area"], found["Judgement"]) == ("judgement_area", "grade")


def test_no_field_is_proposed_for_two_columns(words: Vocabulary) -> None:
    found = keys_of(
        words, "Provider,Start date,Inspection start date,Notes,Comments\nDurham,9 May 2022,9 May 2022,a,b\n"
    )
    assert list(found.values()).count("started_on") == 1
    assert list(found.values()).count("notes") == 2


@pytest.mark.skipif(not NATIONAL.exists(), reason="the national sheet lies beside the project")
def test_the_national_sheet_is_known_by_its_headings(words: Vocabulary) -> None:
    columns = look_at(Source(NATIONAL), words)
    assert columns.headings.layout is not None and "national" in columns.headings.layout.name
    found = {column.heading: columns.matches[column.place].key for column in columns.headings.columns}
    assert found["inspection_framework"] == "kind"
    assert found["stat_neighbours"] == found["inspectors_inspections_count"] == ""


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "is empty"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "an older form or with a password"),
        (b"SQLite format 3\0" + b"\0" * 100, "merge it"),
        (b"%PDF-1.7\n", "from a report instead"),
        (b"PK\x03\x04" + b"\0" * 40, "is no workbook that can be read"),
        (b"\x81\x8d\x8f\x90" * 20, "is no table of text"),
    ],
)
def test_what_is_no_table_is_refused_with_what_to_do(
    tmp_path: Path, words: Vocabulary, content: bytes, sentence: str
) -> None:
    path = tmp_path / "file.xlsx"
    path.write_bytes(content)
    with pytest.raises(CannotImport, match=sentence):
        look_at(Source(path), words)
    with pytest.raises(CannotImport, match="There is no file"):
        look_at(Source(tmp_path / "none.csv"), words)
    with pytest.raises(CannotImport, match="is no file"):
        look_at(Source(tmp_path), words)


def test_cells_are_shown_as_people_read_them() -> None:
    assert [shown(cell) for cell in (None, True, 3.0, 3.5, date(2022, 5, 9), Broken("#REF!", "Look."), "a\r\nb ")] == [
        "",
        "TRUE",
        "3",
        "3.5",
        "09/05/2022",
        "#REF!",
        "a\nb",
    ]
    assert plain("Start date (DD/MM/YYYY)*") == "start date"


def test_a_look_can_be_stopped(words: Vocabulary) -> None:
    with pytest.raises(Cancelled):
        look_at(Source(text=f"{HEADINGS}\nDurham,9 May 2022,Good\n"), words, is_cancelled=lambda: True)

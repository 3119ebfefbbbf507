"""The workbook, read back by openpyxl: equal to the store, nothing in it computes, nothing is cut in silence."""

import shutil
import zipfile
from contextlib import closing
from dataclasses import replace
from datetime import datetime
from xml.etree import ElementTree

import openpyxl
import pytest
import xlsxwriter
from openpyxl.utils.escape import unescape

from db.catalogue import fact_id
from db.dates import PartialDate
from db.edit import Edit
from db.errors import CannotWrite
from db.exported import PLAN_TABLES, TABLES, exported
from db.improvement_records import Action, Evidence, ProgressNote
from db.records import AreaForImprovement, Inspection, Quote, RecordType, new_id
from db.safe_content import Choice
from db.snapshot import Cancelled
from db.store import Store
from desktop_app.exchange import workbook
from desktop_app.exchange.outgoing import Order, Watch
from desktop_app.exchange.what_is_exported import _ON_PAPER, columns_of
from desktop_app.exchange.workbook import write_workbook
from desktop_app.exchange.workbook_cells import CUT, MOST_UNITS, escaped

RED = fact_id(RecordType.RAG_RATING, "R")
MOST_LETTERS = 240  # on an A4 page on its side letters are then as high as 6 points
FORMULAS = (
    "=1+1",
    "+44 20",
    "-5",
    "@SUM(A1)",
    '=HYPERLINK("http://x")',
    "{=1}",
    "http://example.org",
    "007",
    "_x0041_",
)


@pytest.fixture
def durham(sample_file, tmp_path):
    opened = Store.open(shutil.copy(sample_file, tmp_path / "durham.sqlite"))
    yield opened
    opened.close()


@pytest.fixture
def target(tmp_path):
    (tmp_path / "out").mkdir()
    return tmp_path / "out" / "durham.xlsx"


def sheets_of(path, *titles):
    with closing(openpyxl.load_workbook(path)) as book:
        found = {}
        for title in titles or book.sheetnames[1:]:
            heading, *rows = book[title].iter_rows(values_only=True)
            found[title] = [dict(zip(heading, row, strict=True)) for row in rows]
        return found


def rows_of(path, title):
    return sheets_of(path, title)[title]


def in_words(value):
    return "" if value is None else value


def test_every_table_is_read_back_as_the_file_tells_it(durham, target):
    write_workbook(Order(durham.path, target, Choice()))
    sheets = sheets_of(target)
    for table in TABLES:
        rows = sheets[table.title]
        cursor = durham.connection.raw.execute(f"select * from ({table.query})")
        names = [name for name, *_ in cursor.description]
        wanted = [dict(zip(names, row, strict=True)) for row in cursor]
        assert len(rows) == len(wanted) > 0
        for row, one in zip(rows, wanted, strict=True):
            for name in {"title", "text", "grade", "area", "speaker", "themes", "headline_grades"} & one.keys():
                heading = name.replace("_", " ").capitalize()
                assert in_words(row[heading]) == in_words(one[name])
            for name in {"page", "paragraph", "quotes", "place_on_scale"} & one.keys():
                assert row[name.replace("_", " ").capitalize()] == one[name]


def with_a_plan(store):
    """The first area for improvement with everything that a council may plan around it."""
    area = store.each(AreaForImprovement)[0]
    planned = replace(area, owner="Head of Service", due_on=PartialDate(2027, 3, 31), rag_id=RED, rag_reason="Late")
    of_it = {"area_for_improvement_id": area.id}
    around = (
        Action(id=new_id(), **of_it, text="=1+1", due_on=PartialDate(2027, 1)),
        ProgressNote(id=new_id(), **of_it, noted_on=PartialDate(2026, 12, 1), text="Begun"),
        Evidence(id=new_id(), **of_it, quote_id=store.each(Quote)[0].id),
    )
    store.apply(Edit((area,), (planned, *around)))
    return planned


def test_the_action_plan_goes_out_with_everything_and_with_nothing_less(durham, target):
    planned = with_a_plan(durham)
    write_workbook(Order(durham.path, target))
    sheets = sheets_of(target)
    (row,) = (one for one in sheets["Action plan"] if one["Identifier"] == planned.id)
    assert (row["Owner"], row["Due"], row["Rag"], row["Actions"]) == (
        "Head of Service",
        datetime(2027, 3, 31),
        "Red",
        1,
    )
    (action,), (note,), (shown,) = (sheets[name] for name in ("Actions", "Progress notes", "Evidence"))
    assert (action["Action"], action["About"], action["Due"]) == ("=1+1", planned.text, "January 2027")
    assert (note["Text"], note["Noted on"]) == ("Begun", datetime(2026, 12, 1))
    assert shown["Quote"] == durham.each(Quote)[0].text
    write_workbook(Order(durham.path, target, Choice(), replace=True))
    assert sheets_of(target).keys() == {table.title for table in TABLES}


def test_dates_are_dates_and_partial_ones_are_words_beside_a_day_to_sort_by(durham, target):
    first, second = durham.each(Inspection)[:2]
    changed = (
        replace(first, started_on=PartialDate(2018, 7), ended_on=None),
        replace(second, started_on=PartialDate(2022, 5, 9), ended_on=PartialDate(2022, 5, 20)),
    )
    durham.apply(Edit((first, second), changed))
    write_workbook(Order(durham.path, target, Choice()))
    rows = {row["Identifier"]: row for row in rows_of(target, "Inspections") + rows_of(target, "Other events")}
    assert (rows[first.id]["Started"], rows[first.id]["Started (first possible day)"]) == (
        "July 2018",
        datetime(2018, 7, 1),
    )
    assert (rows[second.id]["Started"], rows[second.id]["Ended"]) == (datetime(2022, 5, 9), datetime(2022, 5, 20))


def test_each_sheet_is_a_table_with_filters_a_frozen_heading_and_widths(durham, target):
    write_workbook(Order(durham.path, target, Choice()))
    with closing(openpyxl.load_workbook(target)) as book:
        assert book.sheetnames == ["Cover", *(table.title for table in TABLES)]
        for table in TABLES:
            sheet = book[table.title]
            declared = sheet.tables[table.name]
            assert declared.ref == sheet.dimensions == declared.autoFilter.ref
            assert [column.name for column in declared.tableColumns] == [cell.value for cell in sheet[1]]
            assert sheet.freeze_panes == "A2"
            assert sheet.column_dimensions["A"].width > 10


def test_grades_have_words_and_the_colours_of_their_tone(durham, target):
    write_workbook(Order(durham.path, target, Choice()))
    with closing(openpyxl.load_workbook(target)) as book:
        sheet = book["Judgements"]
        place = [cell.value for cell in sheet[1]].index("Grade") + 1
        colours = {}
        for (cell,) in sheet.iter_rows(min_row=2, min_col=place, max_col=place):
            colours.setdefault(cell.value, cell.fill.fgColor.rgb)
    assert colours["Outstanding"] == "FFDCE5F0"
    assert colours["Good"] == "FFDCEAE3"
    assert len({colours[grade] for grade in ("Outstanding", "Good", "Requires improvement to be good")}) == 3


def with_texts(store, texts):
    quotes = store.each(Quote)[: len(texts)]
    changed = tuple(replace(quote, text=text) for quote, text in zip(quotes, texts, strict=True))
    store.apply(Edit(tuple(quotes), changed))
    return [quote.id for quote in quotes]


def formulas_in(path):
    with zipfile.ZipFile(path) as package:
        sheets = [name for name in package.namelist() if name.startswith("xl/worksheets/sheet")]
        return [name for name in sheets if b"<f>" in package.read(name) or b"<hyperlink" in package.read(name)]


def test_no_text_becomes_a_formula_a_link_or_a_number(durham, target):
    ids = with_texts(durham, FORMULAS)
    write_workbook(Order(durham.path, target, Choice()))
    texts = {row["Identifier"]: unescape(row["Text"]) for row in rows_of(target, "Quotes")}  # as Excel reads it
    assert tuple(texts[key] for key in ids) == FORMULAS
    assert formulas_in(target) == []


def test_written_as_anything_texts_become_formulas(target):
    """The negative control: the library's own guess makes formulas and links of the same texts."""
    with xlsxwriter.Workbook(str(target)) as book:
        book.add_worksheet().write_column(0, 0, FORMULAS)
    assert formulas_in(target)


MARKUP = (
    "<r><t>5</t></r>",
    "<r>5 & 6</r>",
    "</t></is></c>",
    "a < b && c > d ]]> &amp;",
    " edges ",
    "two\nlines\ttab",
    "_x000D_",
)


def test_no_text_becomes_markup(durham, target):
    """A text goes as it is, whatever it looks like; the file makes edges and line ends tidy itself."""
    ids = with_texts(durham, MARKUP)
    texts = {one.id: one.text for one in durham.each(Quote)}
    write_workbook(Order(durham.path, target, Choice()))
    rows = {row["Identifier"]: unescape(row["Text"]) for row in rows_of(target, "Quotes")}
    assert [rows[key] for key in ids] == [texts[key] for key in ids]


def test_the_librarys_own_rows_take_a_text_for_markup(target):
    """The negative control."""
    with xlsxwriter.Workbook(str(target), {"constant_memory": True}) as book:
        book.add_worksheet("Quotes").write_string(0, 0, "<r>5 & 6</r>")
    with zipfile.ZipFile(target) as package, pytest.raises(ElementTree.ParseError):
        ElementTree.fromstring(package.read("xl/worksheets/sheet1.xml"))


@pytest.mark.parametrize(
    ("text", "stands"),
    [
        ("plain", "plain"),
        ("a\x01b", "a_x0001_b"),
        ("_x0041_", "_x005F_x0041_"),
        ("\uffff", "_xFFFF_"),
        ("<&>", "&lt;&amp;&gt;"),
    ],
)
def test_what_xml_cannot_hold_is_written_as_spreadsheets_do(text, stands):
    assert escaped(text) == stands


def test_a_text_too_long_for_a_cell_says_where_it_was_cut(durham, target):
    # A record holds 20,000 letters; of those beyond the first plane a cell counts each as two.
    (key,) = with_texts(durham, ["😀" * 19_999])
    made = write_workbook(Order(durham.path, target, Choice()))
    text = next(row["Text"] for row in rows_of(target, "Quotes") if row["Identifier"] == key)
    assert text.endswith(CUT) and len(text.encode("utf-16-le")) // 2 <= MOST_UNITS
    assert set(text.removesuffix(CUT)) == {"😀"}
    assert made.cut == 1
    with closing(openpyxl.load_workbook(target)) as book:
        cover = {row[0]: row[1] for row in book["Cover"].iter_rows(values_only=True)}
    assert cover["Cut texts"].startswith("1 text was longer")


def test_the_cover_says_what_it_is(durham, target):
    choice = Choice(marking="OFFICIAL-SENSITIVE", attribution="Durham, 2026")
    write_workbook(Order(durham.path, target, choice, made_with="Inspection Log 9.9"))
    with closing(openpyxl.load_workbook(target)) as book:
        cover = {row[0]: row[1] for row in book["Cover"].iter_rows(values_only=True)}
        assert book["Quotes"].oddHeader.right.text == "OFFICIAL-SENSITIVE"
    assert (cover["Marking"], cover["Attribution"]) == ("OFFICIAL-SENSITIVE", "Durham, 2026")
    assert (cover["Made from"], cover["Made with"]) == ("durham.sqlite", "Inspection Log 9.9")
    assert cover["Licence"].startswith("Contains public sector information")
    assert (cover["Quotes"], cover["Inspections"]) == (102, 9)


@pytest.mark.parametrize("choice", [Choice(), None])
def test_notes_are_in_it_only_when_everything_is(durham, target, choice):
    graded = {row[0] for row in durham.connection.raw.execute("select id from v_inspections")}
    one = next(one for one in durham.each(Inspection) if one.notes and one.id in graded)
    write_workbook(Order(durham.path, target, choice))
    rows = rows_of(target, "Inspections")
    assert [row.get("Notes") for row in rows if row["Identifier"] == one.id] == [one.notes if choice is None else None]


def test_an_empty_file_is_a_workbook_too(store, target):
    write_workbook(Order(store.path, target, Choice()))
    with closing(openpyxl.load_workbook(target)) as book:
        assert book["Quotes"].tables["quotes"].ref.endswith("2")


@pytest.mark.parametrize("phase", ["Reading", "Writing quotes", "Writing the workbook"])
def test_cancelled_nothing_is_left(durham, target, phase):
    reached = []
    watch = Watch(lambda _share, doing: doing.startswith(phase) and reached.append(doing), lambda: bool(reached))
    with pytest.raises(Cancelled):
        write_workbook(Order(durham.path, target, Choice()), watch)
    assert list(target.parent.iterdir()) == []


def test_targets_that_cannot_be_are_explained(durham, target):
    before = durham.path.read_bytes()
    with pytest.raises(CannotWrite, match="cannot take the place of the file itself"):
        write_workbook(Order(durham.path, durham.path, Choice(), replace=True))
    assert durham.path.read_bytes() == before
    target.write_text("A letter")
    with pytest.raises(CannotWrite, match="exists already"):
        write_workbook(Order(durham.path, target, Choice()))
    assert target.read_text() == "A letter"


def test_a_full_disk_is_explained_and_nothing_is_left(durham, target, monkeypatch):
    real = workbook._Handle.write

    def full(self, content):
        if self._handle.tell() > 20_000:
            raise OSError(28, "No space left on device")
        return real(self, content)

    monkeypatch.setattr(workbook._Handle, "write", full)
    with pytest.raises(CannotWrite, match="The disk is full"):
        write_workbook(Order(durham.path, target, Choice()))
    assert list(target.parent.iterdir()) == []


def test_on_paper_the_columns_that_are_read_most_fit_a_page(durham, target):
    (key,) = with_texts(durham, ["What inspectors said. " * 40])
    with_a_plan(durham)
    write_workbook(Order(durham.path, target))
    with closing(openpyxl.load_workbook(target)) as book:
        for sheet in book.worksheets[1:]:
            last = openpyxl.utils.range_boundaries(sheet.print_area.rpartition("!")[2])[2]
            letters = [openpyxl.utils.get_column_letter(number) for number in range(1, last + 1)]
            assert sum(sheet.column_dimensions[letter].width for letter in letters) <= MOST_LETTERS, sheet.title
            assert sheet.print_title_rows.endswith("$1:$1") and sheet.page_setup.orientation == "landscape"
            assert sheet.sheet_properties.pageSetUpPr.fitToPage and sheet.page_setup.fitToHeight == 0
            assert "Identifier" not in [sheet[f"{letter}1"].value for letter in letters]
        quotes = book["Quotes"]
        headings = [cell.value for cell in quotes[1]]
        number = next(
            row[0].row for row in quotes.iter_rows(min_row=2) if row[headings.index("Identifier")].value == key
        )
    assert quotes.row_dimensions[number].height > 10 * 15, "all of a long text is seen"


def test_every_name_on_paper_is_a_column(durham):
    """A column that is called otherwise one day must be called so here too."""
    with exported(durham.path) as read:
        assert read.tables == (*TABLES, *PLAN_TABLES)
        for table in read.tables:
            printed = [one for one in columns_of(read, table) if one.on_paper is not None]
            assert [one.name for one in sorted(printed, key=lambda one: one.on_paper)] == _ON_PAPER[table.name].split()

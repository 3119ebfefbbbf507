"""Spreadsheets made to do harm, damaged ones, and any cells: each ends in rows or in a sentence, within limits."""

import random
import shutil
import tracemalloc
import zipfile
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any
from xml.parsers import expat

import pytest
import xlsxwriter
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from db.edit import Edit
from db.errors import RuleBroken
from db.lists import Lists
from db.store import Store
from desktop_app.exchange import import_package, import_values, import_xlsx, import_xml
from desktop_app.exchange.import_cells import LIMITS, CannotImport, Row
from desktop_app.exchange.import_file import Wish, look_at, plan_with, vocabulary_of
from desktop_app.exchange.import_package import Package
from desktop_app.exchange.import_source import Source
from tests.db.records_from_the_field import FAMILY
from tests.faults.soundness import problems

EXAMPLES, EXAMPLES_BY_HAND = 25, 2_000
MUTANTS, MANY_MUTANTS = 60, 3_000
EMPTY_ROWS, MANY_EMPTY_ROWS = 20_000, 1_000_000
FLAT_BYTES = 1_000_000
SMALL = replace(LIMITS, unpacked_bytes=400_000, texts_bytes=200_000, part_bytes=100_000, letters=50_000)
NAMESPACE = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
SHEET = "xl/worksheets/sheet1.xml"
TEXTS = "xl/sharedStrings.xml"


@pytest.fixture
def book(tmp_path: Path) -> Path:
    """A workbook as Excel writes one."""
    path = tmp_path / "log.xlsx"
    with xlsxwriter.Workbook(str(path)) as made:
        sheet = made.add_worksheet("Log")
        for row in range(20):
            sheet.write_row(row, 0, ["Durham", "9 May 2022", "Good", row])
    return path


def with_part(book: Path, name: str, content: bytes) -> Path:
    """The workbook with another part in the place of one of its own."""
    made = book.with_name("hostile.xlsx")
    with zipfile.ZipFile(book) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.namelist():
            new.writestr(entry, content if entry == name else old.read(entry))
        if name not in old.namelist():
            new.writestr(name, content)
    return made


def sheet_of(rows: str) -> bytes:
    return f'<?xml version="1.0"?><worksheet {NAMESPACE}><sheetData>{rows}</sheetData></worksheet>'.encode()


def cell(words: str, place: str = "A1") -> str:
    return f'<c r="{place}" t="inlineStr"><is><t>{words}</t></is></c>'


def rows_of(path: Path, limits: Any = SMALL) -> list[Row]:
    return list(Source(path, limits=limits).rows())


LAUGHS = (
    '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY a "'
    + "ha" * 100
    + '"><!ENTITY b "'
    + "&a;" * 100
    + f'">]><worksheet {NAMESPACE}><sheetData><row r="1"><c t="inlineStr"><is><t>&b;</t></is></c></row></sheetData>'
    + "</worksheet>"
).encode()
BOMBS: dict[str, tuple[str, bytes]] = {
    "a sheet that unpacks without end": (SHEET, sheet_of('<row r="1"/>' * 200_000)),
    "a list of texts that unpacks without end": (
        TEXTS,
        f"<sst {NAMESPACE}>{'<si><t>a</t></si>' * 50_000}</sst>".encode(),
    ),
    "a text without end": (SHEET, sheet_of(f'<row r="1">{cell("a" * 60_000)}</row>')),
    "entities that multiply": (SHEET, LAUGHS),
    "a row without end": (SHEET, sheet_of(f'<row r="1">{"<c/>" * 20_001}</row>')),
    "elements in elements": (SHEET, sheet_of("<row>" * 2_000 + "</row>" * 2_000)),
    "a list of styles that unpacks without end": ("xl/styles.xml", b"<styleSheet>" + b" " * 300_000 + b"</styleSheet>"),
    "a sheet wider than any": (SHEET, sheet_of(f'<row r="1">{cell("far", "XFD1")}</row>')),
    "cut off in the middle": (SHEET, sheet_of('<row r="1">')[:-40]),
    "no XML": (SHEET, bytes(range(256)) * 20),
    "a workbook without sheets": ("xl/workbook.xml", f"<workbook {NAMESPACE}><sheets/></workbook>".encode()),
}


@pytest.mark.parametrize("name", BOMBS)
def test_a_bomb_ends_in_a_sentence(book: Path, name: str) -> None:
    with pytest.raises(CannotImport) as refused:
        rows_of(with_part(book, *BOMBS[name]))
    assert str(refused.value).endswith(".")


def unlimited(monkeypatch: pytest.MonkeyPatch) -> Any:
    """The protections switched off."""
    monkeypatch.setattr(import_xlsx, "_CELLS_OF_A_ROW", 10**9)
    monkeypatch.setattr(import_xml, "DEEPEST", 10**9)
    monkeypatch.setattr(import_xml, "_refuse", lambda *_: None)
    most = 10**9
    return replace(LIMITS, unpacked_bytes=most, texts_bytes=most, part_bytes=most, letters=most, columns=20_000)


@pytest.mark.parametrize("name", list(BOMBS)[:8])
def test_without_the_limits_each_bomb_is_taken_in(book: Path, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """The negative control: the same files, with the protections switched off, are read to their end."""
    rows_of(with_part(book, *BOMBS[name]), unlimited(monkeypatch))


def test_without_the_refusal_entities_multiply(book: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The negative control tells the harm: a file of a few hundred letters holds a text of ten thousand."""
    ((_, (text,)),) = rows_of(with_part(book, SHEET, LAUGHS), unlimited(monkeypatch))
    assert len(str(text)) > 10 * len(LAUGHS)


def peak_bytes(read: Callable[[], object]) -> int:
    tracemalloc.start()
    try:
        read()
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


def empty_rows(book: Path, count: int) -> Path:
    rows = "".join(
        f'<row r="{number}" spans="1:4" ht="15"><c r="A{number}" s="0"/></row>' for number in range(2, count)
    )
    return with_part(book, SHEET, sheet_of(f'<row r="1">{cell("Council")}</row>{rows}'))


@pytest.mark.parametrize("count", [EMPTY_ROWS, pytest.param(MANY_EMPTY_ROWS, marks=pytest.mark.long)])
def test_empty_rows_cost_no_memory(book: Path, count: int, monkeypatch: pytest.MonkeyPatch) -> None:
    path = empty_rows(book, count)
    found: list[Row] = []
    assert peak_bytes(lambda: found.extend(rows_of(path, LIMITS))) < FLAT_BYTES
    assert found == [(1, ("Council",))]
    # The negative control: rows that are handed over only at the end pile up.
    monkeypatch.setattr(import_xlsx._Reading, "taken", lambda _: [])
    assert peak_bytes(lambda: rows_of(path, LIMITS)) > FLAT_BYTES


def test_what_an_entry_promises_is_what_is_unpacked_at_most(book: Path) -> None:
    path = with_part(book, SHEET, sheet_of("<row/>" * 100_000))
    content = path.read_bytes()
    with zipfile.ZipFile(path) as packed:
        size = packed.getinfo(SHEET).file_size.to_bytes(4, "little")
    path.write_bytes(content.replace(size, (1_000).to_bytes(4, "little")))
    with pytest.raises(CannotImport, match="is no workbook that can be read"):
        rows_of(path)


def test_a_workbook_with_a_password_or_strange_packing_is_refused(book: Path) -> None:
    content = bytearray(book.read_bytes())
    at = content.rindex(b"PK\x01\x02")
    content[at + 8] |= 1
    locked = book.with_name("locked.xlsx")
    locked.write_bytes(content)
    with pytest.raises(CannotImport, match="protected by a password"):
        rows_of(locked)
    squeezed = book.with_name("squeezed.xlsx")
    with zipfile.ZipFile(book) as old, zipfile.ZipFile(squeezed, "w", zipfile.ZIP_LZMA) as new:
        for entry in old.namelist():
            new.writestr(entry, old.read(entry))
    with pytest.raises(CannotImport):
        rows_of(squeezed)


def test_more_rows_columns_or_bytes_than_are_taken_in_are_refused(book: Path, tmp_path: Path) -> None:
    with pytest.raises(CannotImport, match=r"more than 10 rows\. Split it"):
        rows_of(book, replace(LIMITS, rows=10))
    with pytest.raises(CannotImport, match="more than 3 columns"):
        rows_of(book, replace(LIMITS, columns=3))
    with pytest.raises(CannotImport, match="larger than 0 MB"):
        rows_of(book, replace(LIMITS, file_bytes=1_000))
    with pytest.raises(CannotImport, match="unpacks to more"):
        rows_of(book, replace(LIMITS, parts=3))
    path = tmp_path / "endless.csv"
    path.write_text('Council,"never closed' + ", Durham" * 30_000)
    with pytest.raises(CannotImport, match="quotation mark that is not closed"):
        rows_of(path)
    path.write_text("a," * 400)
    with pytest.raises(CannotImport, match="more than 300 columns"):
        rows_of(path)
    path.write_text("a,b\n" * 20)
    with pytest.raises(CannotImport, match="more than 10 rows"):
        rows_of(path, replace(LIMITS, rows=10))


@pytest.mark.parametrize("kind", ["s", "n", "b", "d", "e", "str", "strange"])
def test_cells_of_any_kind_at_any_place_are_read_or_left_out(book: Path, kind: str) -> None:
    words = ("0", "-1", "99999999999", "1e999", "nan", "")
    places = ("", "A", "1", "ZZZZ1", "a1", "A0", "-1", "A1:B2", "Å1")
    cells = "".join(f'<c r="{place}" t="{kind}" s="999"><v>{one}</v></c>' for place in places for one in words)
    for _, found in rows_of(with_part(book, SHEET, sheet_of(f'<row r="1">{cells}</row>'))):
        assert all(value is None or isinstance(value, str | int | float | import_values.Broken) for value in found)


def test_a_formula_is_text_and_text_is_never_a_formula(tmp_path: Path) -> None:
    path = tmp_path / "formulas.csv"
    path.write_text("Council,Notes\n\"=cmd|' /C calc'!A0\",@SUM(1)\n")
    assert rows_of(path)[1][1] == ("=cmd|' /C calc'!A0", "@SUM(1)")


def mutants(book: Path, count: int) -> Iterator[Path]:
    """The workbook with parts of it damaged: in the package, and in its parts."""
    content, chance = book.read_bytes(), random.Random(2022)
    with zipfile.ZipFile(book) as packed:
        parts = {name: packed.read(name) for name in packed.namelist()}
    for number in range(count):
        if number % 3 == 0:
            harmed = bytearray(content)
            for _ in range(chance.randint(1, 20)):
                harmed[chance.randrange(len(harmed))] = chance.randrange(256)
            path = book.with_name("mutant.xlsx")
            path.write_bytes(harmed[: chance.choice([len(harmed), chance.randrange(len(harmed))])])
            yield path
            continue
        name = chance.choice(sorted(parts))
        harmed = bytearray(parts[name])
        for _ in range(chance.randint(1, 10)):
            at = chance.randrange(len(harmed))
            harmed[at : at + chance.randint(0, 3)] = chance.choice([b"", b"<", b"9", b"\0", b'"', b"&#0;", b"A1"])
        yield with_part(book, name, bytes(harmed))


@pytest.mark.parametrize("count", [MUTANTS, pytest.param(MANY_MUTANTS, marks=pytest.mark.long)])
def test_a_damaged_workbook_is_read_or_refused(book: Path, count: int) -> None:
    refused = 0
    for path in mutants(book, count):
        try:
            rows_of(path)
        except CannotImport:
            refused += 1
    assert 0 < refused < count


def test_without_our_errors_damage_would_reach_the_window(book: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The negative control: what is refused with a sentence is an exception of the libraries underneath."""
    monkeypatch.setattr(import_package, "UNREADABLE", ())
    found: set[type[BaseException]] = set()
    for path in mutants(book, MUTANTS):
        try:
            rows_of(path)
        except CannotImport:
            continue
        except Exception as error:
            found.add(type(error))
    assert expat.ExpatError in found


HARD = some.sampled_from(
    [
        *("9 May 2022", "9-20 May 2022", "05/13/2022", "2022", "Jan-22", "w/c 9 May 2022", "31/02/2022", "99999999"),
        *("Good", "RI", "reqs imp", "2", "N/A", "not judged", "Adequate", "Goood"),
        *("Durham", "durham cc", "Gateshead", "Gateshead Council", "City Council", "Druham", "80465"),
        *("Amber", "Late, In progress", "May 2022: a\nb", "Scrutiny, 3 October 2022", "Minutes: https://example.org/a"),
        *("ILACS, 9 May 2022", "page 2; 2nd time since 2016"),
        *("ILACS", "short", "standard", "SIF", "JTAI", "Focused visit", "Leaders", "Care leavers"),
        *(
            "x" * 600,
            "y" * 21_000,
            "<b>bold</b>",
            "=1+1",
            "‘quoted’",
            "a\nb",
            "\0",
            "\ud800",
            "\u202e",
            "e\u0301",
            "İ",
            "ŉ",
        ),
        *("", " ", "-", "nan", "33", "p. 3", "0", "-1", "12345", "1.5", "1e9", "٣", "²"),
    ]
)
CELLS = HARD | some.text(some.characters(codec=None), max_size=12)
KEYS = some.lists(
    some.sampled_from(
        "provider urn framework kind started_on ended_on published_on lead_inspector title notes judgement_area grade "
        "judged:overall judged:children_in_care judged:care_leavers quote about speaker tone improvement "
        "improvement_number owner due_on status timescale page paragraph source themes rag rag_reason action "
        "success_measure progress evidence impact reported_to stands_at area:slac_lac_safe".split()
    ),
    min_size=2,
    max_size=9,
    unique=True,
)


@pytest.fixture(scope="module")
def durham(new_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("sheets") / "inspections.sqlite"
    with closing(Store.open(shutil.copy(new_file, path))) as store:
        store.apply(Edit(after=FAMILY))
    return path


def imported(path: Path, keys: list[str], rows: list[list[str]]) -> None:
    """Plan any rows, write what comes in, and plan again: nothing is refused by the file, nothing comes in twice."""
    text = "\n".join(
        ["\t".join(f"Column {place}" for place in range(len(keys))), *("\t".join(map(quoted, row)) for row in rows)]
    )
    with closing(Store.open(path)) as store:
        columns = look_at(Source(text=text), vocabulary_of(Lists.read(store)), row=1)
        fields = dict(enumerate(keys))
        wish = Wish(fields, provider_id=FAMILY[0].id, kind="ilacs_short", inspection_id=FAMILY[1].id)
        plan = plan_with(store, columns, wish)
        assert plan.left_out <= plan.rows <= len(rows)
        done = store.apply(plan.edit, "Import")
        again = plan_with(store, columns, wish)
        assert again.is_empty, (again.edit, again.problems)
        if not done.is_empty:
            store.apply(done.undone(), "Undo")


def quoted(words: str) -> str:
    return '"' + words.replace('"', '""') + '"'


def try_any_cells(path: Path, examples: int) -> None:
    @settings(max_examples=examples, deadline=None, database=None, suppress_health_check=list(HealthCheck))
    @given(keys=KEYS, data=some.data())
    def any_cells(keys: list[str], data: some.DataObject) -> None:
        width = len(keys)
        rows = data.draw(some.lists(some.lists(CELLS, min_size=width, max_size=width), max_size=6))
        imported(path, keys, rows)

    any_cells()
    with closing(Store.open(path)) as store:
        assert problems(store) == []


@pytest.mark.parametrize("examples", [EXAMPLES, pytest.param(EXAMPLES_BY_HAND, marks=pytest.mark.long)])
def test_any_cells_come_in_once_or_stay_out(durham: Path, examples: int) -> None:
    try_any_cells(durham, examples)


def test_without_the_look_at_lengths_the_file_refuses_the_import(durham: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The negative control: a row that the dry run lets through takes the whole import with it."""
    monkeypatch.setattr(import_values, "_within", lambda _key, words, _most: words)
    with pytest.raises(RuleBroken):
        imported(durham, ["provider", "started_on", "title"], [["Durham", "2 May 2023", "x" * 600]])


@given(content=some.binary(max_size=400) | some.text(max_size=200).map(lambda words: words.encode("utf-8", "replace")))
@settings(max_examples=EXAMPLES, deadline=None, database=None, suppress_health_check=list(HealthCheck))
def test_any_bytes_are_a_table_or_refused(tmp_path_factory: pytest.TempPathFactory, content: bytes) -> None:
    path = tmp_path_factory.getbasetemp() / "any.csv"
    path.write_bytes(content)
    try:
        found = rows_of(path)
    except CannotImport:
        return
    assert all("\0" not in str(value) for _, cells in found for value in cells)


def test_a_package_is_closed_where_it_is_refused(book: Path) -> None:
    path = with_part(book, "xl/workbook.xml", b"<workbook/>")
    with pytest.raises(CannotImport):
        Package(path)
    path.unlink()  # on Windows an open file cannot be removed

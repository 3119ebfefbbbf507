"""The matrix of themes by inspections: its counts, its order, its sentences, and the words behind a cell."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from db.catalogue import fact_id
from db.edit import Edit
from db.lists import Lists
from db.records import AreaForImprovement, Provider, Quote, RecordType, new_id
from db.store import Store
from db.theme_matrix import NO_THEME, Matrix, said
from tests.db.records_from_the_field import DURHAM, DURHAM_2022, FAMILY, MISSING_CHILDREN, PARTNERSHIP

MISSING, PLANS = (fact_id(RecordType.THEME, code) for code in ("missing", "plans"))


@pytest.fixture(scope="module")
def sample(sample_file: Path) -> Iterator[Store]:
    opened = Store.open(sample_file, is_read_only=True)
    yield opened
    opened.close()


def matrix_of(store: Store, *, with_quotes: bool = False) -> Matrix:
    provider = next(iter(store.each(Provider)))
    return Matrix.read(store, Lists.read(store), provider.id, with_quotes=with_quotes)


def row_of(matrix: Matrix, name: str) -> int:
    return next(place for place, row in enumerate(matrix.rows) if row.name == name)


def test_the_sample_shows_what_recurs(sample):
    matrix = matrix_of(sample)
    assert matrix.names == ("SIF 2016", "JTAI 2018", "ILACS 2019", "ILACS focused visit 2021", "ILACS 2022")
    fostering = row_of(matrix, "private fostering")
    assert [cell.text for cell in matrix.rows[fostering].cells] == ["1", "", "1", "", ""]
    assert matrix.recurrence(fostering) == "in 2 of 5 inspections"
    assert matrix.sentence(fostering, 0) == "Private fostering, SIF 2016: 1 area for improvement"
    assert matrix.sentence(fostering, 1) == "Private fostering, JTAI 2018: no areas for improvement"
    assert matrix.rows[fostering].recurs
    assert not matrix.rows[row_of(matrix, "recording")].recurs


def test_what_recurs_most_stands_first_and_what_has_no_theme_last(sample):
    rows = matrix_of(sample).rows
    assert [row.name for row in rows[:2]] == ["assessments", "plans and planning"]
    times = [row.inspections for row in rows[:-1]]
    assert times == sorted(times, reverse=True)
    assert (rows[-1].name, rows[-1].theme_id, rows[-1].recurs) == (NO_THEME, None, False)


def test_every_area_stands_in_as_many_cells_as_it_has_themes(sample):
    areas = sample.each(AreaForImprovement)
    counted = sum(cell.areas for row in matrix_of(sample).rows for cell in row.cells)
    assert counted == sum(len(area.theme_ids) or 1 for area in areas)


def test_the_words_of_a_cell_are_as_many_as_it_says(sample):
    matrix = matrix_of(sample, with_quotes=True)
    for line in matrix.rows:
        for inspection, cell in zip(matrix.inspections, line.cells, strict=True):
            records = said(sample, inspection.id, line.theme_id, with_quotes=True)
            areas = [one for one in records if isinstance(one, AreaForImprovement)]
            assert (len(areas), len(records) - len(areas)) == (cell.areas, cell.quotes)


def test_quotes_are_counted_beside_when_asked_for(store):
    quote = replace(PARTNERSHIP, id=new_id(), theme_ids=(PLANS,))
    area = replace(MISSING_CHILDREN, id=new_id(), theme_ids=(MISSING, PLANS))
    other = Provider(id=new_id(), name="Another Council")
    elsewhere = replace(DURHAM_2022, id=new_id(), provider_id=other.id)
    theirs = replace(area, id=new_id(), inspection_id=elsewhere.id, document_id=None)
    store.apply(Edit(after=(*FAMILY, quote, area, other, elsewhere, theirs)))
    lists = Lists.read(store)
    matrix = Matrix.read(store, lists, DURHAM.id, with_quotes=True)
    plans = row_of(matrix, "plans and planning")
    assert matrix.rows[plans].cells[0].text == "1 + 1"
    assert matrix.sentence(plans, 0) == "Plans and planning, ILACS 2022: 1 area for improvement, 1 quote"
    found = said(store, DURHAM_2022.id, PLANS, with_quotes=True)
    assert [type(one) for one in found] == [AreaForImprovement, Quote]
    assert len(said(store, DURHAM_2022.id, PLANS, with_quotes=False)) == 1
    assert Matrix.read(store, lists, other.id).rows[0].areas == 1


def test_a_provider_of_whom_nothing_was_said_has_an_empty_matrix(store):
    store.apply(Edit(after=(DURHAM, DURHAM_2022)))
    matrix = Matrix.read(store, Lists.read(store), DURHAM.id)
    assert (matrix.rows, matrix.names, matrix.as_text()) == ((), (), "Theme\tRaised")


def test_it_is_copied_as_a_table(sample):
    lines = [line.split("\t") for line in matrix_of(sample).as_text().splitlines()]
    assert lines[0] == [
        "Theme",
        "Raised",
        "SIF 2016",
        "JTAI 2018",
        "ILACS 2019",
        "ILACS focused visit 2021",
        "ILACS 2022",
    ]
    assert lines[1] == ["assessments", "in 4 of 5 inspections", "1", "0", "1", "1", "1"]
    assert {len(line) for line in lines} == {7}

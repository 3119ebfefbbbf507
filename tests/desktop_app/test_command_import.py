"""A spreadsheet taken in without a window, as a shell sees it."""

import json
import shutil
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from db import backup, owner_file
from db.edit import Edit
from db.records import AreaForImprovement, Inspection, Provider
from db.store import Store
from desktop_app.command_line import run
from tests.db.records_from_the_field import DURHAM_2022, FAMILY

ROOT = Path(__file__).parents[2]
TABLE = "Council;Dates;Type;Overall;Boss\nGateshead;2-6 December 2024;ILACS;Good;Ann Other\n"
BAD = "Sunderland;05/13/2021;ILACS short;Good;\n"


@pytest.fixture
def durham(new_file: Path, tmp_path: Path) -> Path:
    path = Path(shutil.copy(new_file, tmp_path / "durham.sqlite"))
    with closing(Store.open(path)) as store:
        store.apply(Edit(after=FAMILY))
    return path


@pytest.fixture
def table(tmp_path: Path) -> Path:
    path = tmp_path / "log.csv"
    path.write_text(TABLE)
    return path


def inspections(path: Path) -> list[Inspection]:
    with closing(Store.open(path, is_read_only=True)) as store:
        return store.each(Inspection)


def test_it_works_from_a_shell_without_qt(durham: Path, table: Path) -> None:
    code = "import sys, main; print(main.main(), 'PySide6' in sys.modules, 'openpyxl' in sys.modules)"
    words = [sys.executable, "-c", code, "import", str(durham), str(table)]
    done = subprocess.run(words, cwd=ROOT, capture_output=True, text=True, timeout=60, check=False)
    assert done.stdout.splitlines()[-2:] == [
        "Imported log.csv: 1 provider, 1 inspection and 1 judgement.",
        "0 False False",
    ]
    assert "The kind of 1 inspection is not said" in done.stderr


def test_it_is_one_deed_after_a_backup_and_a_second_time_nothing(
    durham: Path, table: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["import", str(durham), str(table)]) == 0
    assert capsys.readouterr().out == "Imported log.csv: 1 provider, 1 inspection and 1 judgement.\n"
    (made,) = backup.of(durham)
    assert made.reason == "import"
    with closing(Store.open(durham)) as store:
        (last,) = store.connection.raw.execute("select label from deed order by row desc limit 1").fetchone()
    assert last == "Import log.csv"
    assert run(["import", str(durham), str(table)]) == 0
    assert "says nothing new, so nothing was changed" in capsys.readouterr().out
    assert len(backup.of(durham)) == 1


def test_rows_with_problems_are_listed_and_nothing_is_written_unless_they_may_be_left_out(
    durham: Path, table: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    table.write_text(TABLE + BAD)
    before = durham.read_bytes()
    assert run(["import", str(durham), str(table)]) == 1
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.startswith("Row 3, Dates: “05/13/2021” is a date only if the month stands first.")
    assert said.err.endswith("1 row has a problem, so nothing was written. Correct them, or add --leave-out.\n")
    assert durham.read_bytes() == before
    assert run(["import", str(durham), str(table), "--leave-out"]) == 0
    assert len(inspections(durham)) == 2


def test_a_dry_run_writes_nothing_and_speaks_json(
    durham: Path, table: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    table.write_text(TABLE + BAD)
    before = durham.read_bytes()
    assert run(["import", str(durham), str(table), "--dry-run", "--json"]) == 1
    found: dict[str, Any] = json.loads(capsys.readouterr().out)
    assert found["new"] == {"provider": 1, "inspection": 1, "judgement": 1}
    assert (found["written"], found["rows"], found["rows_left_out"], found["headings_in_row"]) == (False, 2, 1, 1)
    assert found["problems"][0]["column"] == "Dates"
    assert run(["import", str(durham), str(table), "--dry-run", "--leave-out"]) == 0
    assert capsys.readouterr().out.startswith("Dry run. New: 1 provider, 1 inspection and 1 judgement.")
    assert durham.read_bytes() == before


def test_columns_are_named_with_map(durham: Path, table: Path, capsys: pytest.CaptureFixture[str]) -> None:
    mapped = ["--map", "boss=Lead inspector", "--map", "Overall="]
    assert run(["import", str(durham), str(table), "--kind", "ilacs_short", *mapped]) == 0
    assert capsys.readouterr().out == "Imported log.csv: 1 provider and 1 inspection.\n"
    assert inspections(durham)[-1].lead_inspector == "Ann Other"


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["--map", "Nothing"], "“Nothing” is not of the form HEADING=FIELD."),
        (["--map", "Colour=notes"], "The table has no column “Colour”. It has: Council, Dates, Type, Overall, Boss."),
        (["--map", "Boss=weather"], "There is no field “weather”. --fields lists them."),
        (["--provider", "Gateshead"], "This file has no provider “Gateshead”."),
        (["--kind", "picnic"], "This file has no kind of inspection “picnic”."),
        (["--inspection", "yesterday"], "Enter a date like 9 May 2022"),
        (["--inspection", "1 May 2001"], "This file has no inspections that began on 1 May 2001."),
    ],
)
def test_a_wrong_word_gets_a_sentence(
    durham: Path, table: Path, words: list[str], sentence: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["import", str(durham), str(table), *words]) == 1
    said = capsys.readouterr()
    assert said.out == "" and said.err.startswith(sentence)


def test_a_plan_of_areas_belongs_to_the_inspection_that_is_named(durham: Path, table: Path) -> None:
    table.write_text("Ref;Area for improvement;Owner\n1;The quality of plans.;Head of service\n")
    assert run(["import", str(durham), str(table), "--inspection", "9 May 2022"]) == 0
    with closing(Store.open(durham, is_read_only=True)) as store:
        assert store.count(AreaForImprovement, inspection_id=DURHAM_2022.id) == 2


def test_the_fields_are_listed(durham: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["import", str(durham), "--fields"]) == 0
    listed = capsys.readouterr().out
    assert "started_on                   First day, or all dates" in listed
    assert "rag                          Area for improvement: RAG rating" in listed


def test_a_file_that_is_open_elsewhere_is_left_alone(
    durham: Path, table: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    claim = owner_file.take(durham)
    try:
        assert run(["import", str(durham), str(table)]) == 1
        assert "open" in capsys.readouterr().err
        assert run(["import", str(durham), str(table), "--dry-run"]) == 0
    finally:
        claim.release()
    with closing(Store.open(durham, is_read_only=True)) as store:
        assert store.count(Provider) == 1


def test_without_a_table_or_with_a_file_of_another_program_it_is_refused(
    durham: Path, table: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["import", str(durham)]) == 1
    assert capsys.readouterr().err == "Say which spreadsheet shall be imported.\n"
    assert run(["import", str(table), str(table)]) == 1
    assert "is not an inspection log" in capsys.readouterr().err

"""The tables are those that the steps make, whatever the file went through."""

import importlib.util
import sqlite3
import tempfile
from contextlib import closing
from functools import cache
from pathlib import Path

import pytest

from db import schema
from db.dates import PartialDate
from db.errors import BadDate, NotOurs
from db.store import Store


def made(path, version=schema.VERSION):
    """A file as that version of the program made it."""
    path.write_bytes(content(version))
    return path


@cache
def content(version):
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "made.sqlite"
        with closing(sqlite3.connect(path, isolation_level=None)) as raw:
            raw.execute("begin immediate")
            schema.apply_steps(raw, stop_before=version + 1 if version < schema.VERSION else None)
            raw.execute("commit")
        return path.read_bytes()


def listed(path):
    with closing(sqlite3.connect(path)) as raw:
        return schema.listing(raw)


def run(path, statement):
    with closing(sqlite3.connect(path)) as raw, raw:
        raw.execute(statement)


@pytest.mark.parametrize("version", range(1, schema.VERSION + 1))
def test_the_committed_listings_are_what_the_steps_make(tmp_path, version):
    assert listed(made(tmp_path / "old.sqlite", version)) == schema.committed(version)


@pytest.mark.parametrize("version", range(1, schema.VERSION + 1))
def test_a_file_of_every_version_opens_with_the_newest_tables(tmp_path, version):
    path = made(tmp_path / "old.sqlite", version)
    Store.open(path).close()
    assert listed(path) == schema.committed(schema.VERSION)
    with closing(sqlite3.connect(path)) as raw:
        assert raw.execute("pragma user_version").fetchone() == (schema.VERSION,)
        assert raw.execute("pragma integrity_check").fetchone() == ("ok",)
        assert raw.execute("select count(*) from data_dictionary").fetchone()[0] > 400


@pytest.mark.parametrize("version", range(3, schema.VERSION))  # the first with a change log
def test_a_file_of_an_older_version_that_may_only_be_read_stays_as_it_is(tmp_path, version):
    path = made(tmp_path / "old.sqlite", version)
    before = path.read_bytes()
    Store.open(path, is_read_only=True).close()
    assert path.read_bytes() == before


@pytest.mark.parametrize(
    ("kind", "statement"),
    [
        ("trigger", "create trigger spy after insert on quote begin delete from deed; end"),
        ("view", "create view spy as select * from quote"),
        ("table", "create table spy (words text)"),
    ],
)
def test_what_another_program_added_is_refused_and_left(tmp_path, kind, statement):
    path = made(tmp_path / "file.sqlite")
    run(path, statement)
    before = path.read_bytes()
    with pytest.raises(NotOurs, match=f"holds a {kind} “spy” that Inspection Log did not make"):
        Store.open(path)
    assert path.read_bytes() == before


def test_a_view_of_ours_that_says_something_else_is_refused(tmp_path):
    path = made(tmp_path / "file.sqlite")
    run(path, "drop view v_quotes")
    run(path, "create view v_quotes as select * from quote")
    with pytest.raises(NotOurs, match="v_quotes"):
        Store.open(path)


def test_an_index_of_another_program_is_dropped_and_named(tmp_path):
    path = made(tmp_path / "file.sqlite")
    run(path, "create index spy on quote(text)")
    opened = Store.open(path)
    assert opened.connection.dropped_indexes == ("spy",)
    opened.close()
    assert listed(path) == schema.committed(schema.VERSION)


def test_no_step_makes_a_trigger_and_no_view_needs_more_than_any_reader_has(tmp_path):
    for kind, _, sql in listed(made(tmp_path / "file.sqlite")):
        assert kind != "trigger"
        if kind == "view":
            assert "json" not in sql.lower()
            assert " words " not in sql and " stems " not in sql


@pytest.mark.parametrize("name", ["spy", "words_data", "_sqlite_spy"])
@pytest.mark.parametrize("table", ["quote", "_sqlite_migrations"])
def test_a_foreign_trigger_is_refused_on_any_table_and_under_any_name(tmp_path, name, table):
    path = made(tmp_path / "file.sqlite")
    run(path, f"create trigger {name} after insert on {table} begin delete from deed; end")
    with pytest.raises(NotOurs, match=f"holds a trigger “{name}”"):
        Store.open(path)


def test_an_older_file_with_a_foreign_trigger_is_refused_before_it_is_migrated(tmp_path):
    path = made(tmp_path / "old.sqlite", 4)
    run(path, "create trigger spy after insert on passage begin delete from deed; end")
    before = path.read_bytes()
    with pytest.raises(NotOurs, match="holds a trigger “spy”"):
        Store.open(path)
    assert path.read_bytes() == before


def test_a_file_that_says_no_version_is_refused(tmp_path):
    path = made(tmp_path / "file.sqlite")
    run(path, "pragma user_version = 0")
    with pytest.raises(NotOurs):
        Store.open(path)


def test_a_foreign_index_stays_in_a_file_that_may_only_be_read(tmp_path):
    path = made(tmp_path / "file.sqlite")
    run(path, "create index spy on quote(text)")
    before = path.read_bytes()
    reader = Store.open(path, is_read_only=True)
    assert reader.connection.dropped_indexes == ()
    reader.close()
    assert path.read_bytes() == before


@pytest.mark.parametrize(
    "day", ["1850", "1899-12-31", "2200", "2200-01-01", "9999-12", "0000", "2022-02-30", "2022-13"]
)
def test_a_day_that_the_program_cannot_read_does_not_enter_the_file(tmp_path, day):
    with pytest.raises(BadDate):
        PartialDate.from_iso(day)
    with pytest.raises(sqlite3.IntegrityError, match="framework_in_force_from_exists"):
        run(made(tmp_path / "file.sqlite"), framework_from(day))


@pytest.mark.parametrize("day", ["1900", "1900-01-01", "2199-12-31", "2018-07"])
def test_a_day_that_the_program_can_read_enters_the_file(tmp_path, day):
    assert PartialDate.from_iso(day).iso == day
    run(made(tmp_path / "file.sqlite"), framework_from(day))


def framework_from(day):
    values = f"'{'x' * 36}', 'ILACS', 'Inspecting local authority children’s services', 'ILACS', '{day}'"
    return f"insert into framework (id, code, name, short_name, in_force_from) values ({values})"


def test_the_page_of_the_data_dictionary_says_what_the_file_says() -> None:
    root = Path(__file__).parents[2]
    found = importlib.util.spec_from_file_location("make_data_dictionary", root / "docs" / "make_data_dictionary.py")
    assert found is not None and found.loader is not None
    maker = importlib.util.module_from_spec(found)
    found.loader.exec_module(maker)
    assert maker.PAGE.read_text(encoding="utf-8") == maker.page()

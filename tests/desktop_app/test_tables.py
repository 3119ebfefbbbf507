"""The package of tables, read back by csv and json: equal to the store, described by column, harmless to open."""

import csv
import hashlib
import io
import json
import re
import shutil
import zipfile
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db import whole_export
from db.edit import Edit
from db.errors import CannotWrite
from db.exported import TABLES
from db.records import Quote
from db.safe_content import Choice
from db.snapshot import Cancelled
from db.store import Store
from desktop_app.exchange import tables
from desktop_app.exchange.outgoing import Order, Watch
from desktop_app.exchange.tables import DESCRIPTION, harmless, write_tables

DANGEROUS = ("=1+1", " +44", "-5", "@SUM(A1)", "= 1")


@pytest.fixture
def durham(sample_file, tmp_path):
    opened = Store.open(shutil.copy(sample_file, tmp_path / "durham.sqlite"))
    yield opened
    opened.close()


@pytest.fixture
def target(tmp_path):
    (tmp_path / "out").mkdir()
    return tmp_path / "out" / "durham.zip"


def rows_of(path, name):
    with zipfile.ZipFile(path) as package:
        content = package.read(f"data/{name}.csv")
    assert content.startswith(b"\xef\xbb\xbf")
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def described(path):
    with zipfile.ZipFile(path) as package:
        return json.loads(package.read(DESCRIPTION))


def test_every_table_is_read_back_as_the_file_tells_it(durham, target):
    made = write_tables(Order(durham.path, target, Choice()))
    assert (made.contents.inspections, made.contents.quotes) == (9, 102)
    for table in TABLES:
        cursor = durham.connection.raw.execute(f"select * from ({table.query})")
        names = [name for name, *_ in cursor.description if name != "notes"]
        wanted = [
            {
                name: "" if value is None else str(harmless(value))
                for name, value in zip([name for name, *_ in cursor.description], row, strict=True)
                if name != "notes"
            }
            for row in cursor.fetchall()
        ]
        assert rows_of(target, table.name) == wanted
        assert wanted and list(wanted[0]) == names


def test_the_description_fits_every_column_and_every_value(durham, target):
    write_tables(Order(durham.path, target, Choice(marking="OFFICIAL"), made_with="Inspection Log 9.9"))
    told = described(target)
    assert told["licenses"][0]["name"] == "OGL-UK-3.0" and told["marking"] == "OFFICIAL"
    assert [one["name"] for one in told["resources"]] == [table.name for table in TABLES]
    with zipfile.ZipFile(target) as package:
        assert package.testzip() is None
        for resource in told["resources"]:
            content = package.read(resource["path"])
            assert resource["bytes"] == len(content)
            assert resource["hash"] == f"sha256:{hashlib.sha256(content).hexdigest()}"
    for resource in told["resources"]:
        rows = rows_of(target, resource["name"])
        fields = {field["name"]: field for field in resource["schema"]["fields"]}
        assert list(fields) == list(rows[0])
        assert all(field["description"] for field in fields.values())
        assert len({row["id"] for row in rows}) == len(rows)
        for row in rows:
            for name, value in row.items():
                if value and fields[name]["type"] == "integer":
                    int(value)
                if value and "constraints" in fields[name]:
                    assert re.search(fields[name]["constraints"]["pattern"], value), (name, value)


def with_texts(store, texts):
    quotes = store.each(Quote)[: len(texts)]
    changed = tuple(replace(quote, text=text) for quote, text in zip(quotes, texts, strict=True))
    store.apply(Edit(tuple(quotes), changed))
    return [quote.id for quote in quotes]


def starts_of(path):
    return {row["text"].lstrip()[:1] for row in rows_of(path, "quotes")} & set("=+-@")


def test_what_a_spreadsheet_takes_for_a_formula_has_an_apostrophe(durham, target):
    ids = with_texts(durham, DANGEROUS)
    write_tables(Order(durham.path, target, Choice()))
    texts = {row["id"]: row["text"] for row in rows_of(target, "quotes")}
    assert [texts[key] for key in ids] == [f"'{text.strip()}" for text in DANGEROUS]
    assert starts_of(target) == set()


def test_without_it_formulas_go_out(durham, target, monkeypatch):
    """The negative control."""
    monkeypatch.setattr(tables, "harmless", lambda value: value)
    with_texts(durham, DANGEROUS)
    write_tables(Order(durham.path, target, Choice()))
    assert starts_of(target) == set("=+-@")


@given(st.text())
def test_no_text_starts_as_a_formula_and_none_is_changed_otherwise(text):
    made = harmless(text)
    assert made in (text, f"'{text}")
    assert not str(made).lstrip(" \n\u00a0").startswith(("=", "+", "-", "@", "\t", "\r"))


@pytest.mark.parametrize("phase", ["Reading", "Writing quotes", "Writing documents"])
def test_cancelled_nothing_is_left(durham, target, phase):
    reached = []
    watch = Watch(lambda _share, doing: doing.startswith(phase) and reached.append(doing), lambda: bool(reached))
    with pytest.raises(Cancelled):
        write_tables(Order(durham.path, target, Choice()), watch)
    assert list(target.parent.iterdir()) == []


def test_targets_that_cannot_be_are_explained(durham, target):
    before = durham.path.read_bytes()
    with pytest.raises(CannotWrite, match="cannot take the place of the file itself"):
        write_tables(Order(durham.path, durham.path, Choice(), replace=True))
    assert durham.path.read_bytes() == before
    target.write_text("A letter")
    with pytest.raises(CannotWrite, match="exists already"):
        write_tables(Order(durham.path, target, Choice()))
    assert target.read_text() == "A letter"
    write_tables(Order(durham.path, target, Choice(), replace=True))
    assert described(target)


@pytest.mark.parametrize(
    ("error", "sentence"),
    [(OSError(28, "No space left on device"), "The disk is full"), (PermissionError(13, "no"), "may not be written")],
)
def test_a_disk_that_refuses_is_explained_and_nothing_is_left(durham, target, monkeypatch, error, sentence):
    def refuse(_path):
        raise error

    monkeypatch.setattr(whole_export, "sync", refuse)
    with pytest.raises(CannotWrite, match=sentence):
        write_tables(Order(durham.path, target, Choice()))
    assert list(target.parent.iterdir()) == []

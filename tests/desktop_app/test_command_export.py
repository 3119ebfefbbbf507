"""Sharing from a shell: every form, only what is asked for, safe in scripts."""

import csv
import io
import json
import shutil
import sqlite3
import zipfile
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from db.dates import PartialDate
from db.edit import Edit
from db.records import Inspection, Provider, Quote
from db.store import Store
from desktop_app.command_line import run

FORMS = ("safe-copy", "full-copy", "xlsx", "csv")


@pytest.fixture
def path(sample_file, tmp_path):
    (tmp_path / "out").mkdir()
    return Path(shutil.copy(sample_file, tmp_path / "durham.sqlite"))


@pytest.fixture
def out(tmp_path):
    return tmp_path / "out" / "durham"


def export(path, form, out, *words):
    return run(["export", str(path), "--to", form, str(out), *words])


@pytest.mark.parametrize("form", FORMS)
def test_every_form_is_exported(path, out, capsys, form):
    assert export(path, form, out) == 0
    said = capsys.readouterr()
    assert said.out.startswith(f"{out}: 9 inspections, 42 judgements, 102 quotes, ") and said.err == ""
    assert said.out.count("\n") == 1
    assert ("the change log is in it" in said.out) is (form == "full-copy")
    assert out.with_name("durham.manifest.json").exists() is (form in ("safe-copy", "full-copy"))


@pytest.mark.parametrize(
    ("words", "count"),
    [
        (["2022-05-09"], 1),
        (["2022-05"], 1),
        (["2011"], 2),
        (["2022-05-09", "2011"], 3),
        (["durham county"], 15),
        (["single inspection"], 1),
    ],
)
def test_only_what_is_asked_for_goes_out(path, out, words, count):
    given = [each for one in words for each in ("--only", one)]
    assert export(path, "safe-copy", out, *given) == 0
    with closing(sqlite3.connect(out)) as raw:
        assert raw.execute("select count(*) from inspection").fetchone() == (count,)
        outside = "inspection_id not in (select id from inspection)"
        assert raw.execute(f"select count(*) from quote where {outside}").fetchone() == (0,)


@pytest.mark.parametrize(("form", "name"), [("csv", "out.zip"), ("docx", "a.docx"), ("html", "a.html")])
def test_every_form_for_others_knows_only_by_id(path, tmp_path, form, name):
    with closing(Store.open(path)) as store:
        one = next(one for one in store.each(Inspection) if one.started_on == PartialDate(2016, 2, 22))
    out = tmp_path / "out" / name
    assert export(path, form, out, "--only", one.id) == 0
    if form == "csv":
        with zipfile.ZipFile(out) as package:
            rows = list(csv.reader(io.StringIO(package.read("data/inspections.csv").decode("utf-8-sig"))))
        assert [row[0] for row in rows] == ["id", one.id]
    elif form == "html":
        assert "2016" in out.read_text(encoding="utf-8").partition("</h1>")[0]


def test_what_no_inspection_is_called_is_refused(path, out, capsys):
    assert export(path, "xlsx", out, "--only", "2022-05-09", "--only", "Northumberland") == 1
    said = capsys.readouterr()
    assert said.out == "" and said.err.startswith("No inspection is called “Northumberland”.")
    assert export(path, "html", out, "--only", "2011") == 1
    assert "fits 2 inspections" in capsys.readouterr().err
    assert list(out.parent.iterdir()) == []


@pytest.mark.parametrize(
    ("form", "words", "reason"),
    [
        ("copy", ["--only", "2022"], "--only goes with --to safe-copy, xlsx, csv, docx, html; not with copy"),
        ("full-copy", ["--marking", "OFFICIAL"], "--marking goes with"),
        ("xlsx", ["--with-documents"], "--with-documents goes with --to safe-copy"),
        ("csv", ["--template", "a.docx"], "--template goes with --to docx"),
        ("docx", ["--only", "2022", "--only", "2016"], "give --only once"),
        ("csv", ["--leave-out-found", "--looked-through"], "not both"),
        ("csv", ["--look"], "unrecognized"),
    ],
)
def test_words_that_do_not_go_together_are_refused_before_anything_is_read(tmp_path, capsys, form, words, reason):
    with pytest.raises(SystemExit) as ended:
        export(tmp_path / "none.sqlite", form, tmp_path / "out", *words)
    assert ended.value.code == 2
    assert reason in capsys.readouterr().err


def with_a_hit(path):
    with closing(Store.open(path)) as store:
        quote = store.each(Quote)[0]
        store.apply(Edit((quote,), (replace(quote, text="Child B rang."),)))


def test_what_might_identify_a_child_stops_an_export_until_someone_has_looked(path, out, capsys):
    with_a_hit(path)
    assert export(path, "xlsx", out) == 1
    said = capsys.readouterr()
    assert said.out == "" and "1 place might identify a child" in said.err and "[Child B] rang." in said.err
    assert list(out.parent.iterdir()) == []
    assert export(path, "xlsx", out, "--looked-through") == 0


def test_what_was_found_can_be_left_out_but_no_name(path, out, capsys):
    with_a_hit(path)
    assert export(path, "safe-copy", out, "--leave-out-found") == 0
    assert capsys.readouterr().out.endswith("; left out: 1 text\n")
    assert b"Child B" not in out.read_bytes()
    assert json.loads(out.with_name("durham.manifest.json").read_text("utf-8"))["left_out_after_looking"] == 1
    with closing(Store.open(path)) as store:
        provider = store.each(Provider)[0]
        store.apply(Edit((provider,), (replace(provider, name="Home of Child C"),)))
    assert export(path, "csv", out.with_suffix(".zip"), "--leave-out-found") == 1
    said = capsys.readouterr().err
    assert "[Child C]" in said and "Child B" not in said


@pytest.mark.parametrize("form", ["copy", *FORMS, "docx", "html"])
def test_no_form_replaces_the_file_or_anything_else_unasked(path, out, capsys, form):
    before = path.read_bytes()
    out.write_text("A letter")
    assert export(path, form, out) == 1
    assert export(path, form, path, "--replace") == 1
    assert export(path, form, out.parent) == 1
    assert export(path, form, out / "nowhere" / "a") == 1
    said = capsys.readouterr()
    assert said.out == "" and len(said.err.splitlines()) == 4
    assert (path.read_bytes(), out.read_text()) == (before, "A letter")
    assert sorted(one.name for one in out.parent.iterdir()) == ["durham"]
    assert export(path, form, out, "--replace") == 0


@pytest.mark.parametrize("form", ["copy", *FORMS, "docx", "html"])
def test_what_is_open_or_read_only_is_left_as_it_is(path, out, capsys, form):
    mark = out.with_name(f".~lock.{out.name}#")
    mark.touch()
    assert export(path, form, out, "--replace") == 1
    assert "is open in another program" in capsys.readouterr().err
    mark.unlink()
    out.write_text("A letter")
    out.chmod(0o444)
    assert export(path, form, out, "--replace") == 1
    assert "is read-only" in capsys.readouterr().err
    assert out.read_text() == "A letter" and [one.name for one in out.parent.iterdir()] == ["durham"]
    out.chmod(0o644)


def test_a_source_that_is_none_is_explained(tmp_path, out, capsys):
    out.parent.mkdir()
    letter = tmp_path / "letter.sqlite"
    letter.write_text("Dear Sir or Madam, " * 20)
    for form in ("copy", *FORMS, "docx", "html"):
        for source in (letter, tmp_path / "none.sqlite"):
            assert export(source, form, out) == 1
            assert len(capsys.readouterr().err.splitlines()) == 1
    assert list(out.parent.iterdir()) == []

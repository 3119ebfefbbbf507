"""A paper is written whole or not at all, never over what it is made from, and the command writes the right one."""

import errno
import os
import shutil
import subprocess
import sys
from contextlib import closing
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest
from docx import Document

from db import whole_file
from db.edit import Edit
from db.errors import CannotWrite, NotOurs
from db.snapshot import Cancelled
from db.store import Store
from desktop_app import command_paper
from desktop_app.command_paper import MayIdentify
from desktop_app.exchange import briefing_file, paper_file
from desktop_app.exchange.briefing_material import newest
from tests.desktop_app.test_briefing_docx import PAPER

ROOT = Path(__file__).parents[2]
FORMS = ["docx", "html"]
LIMITED = """
import resource, sys
from pathlib import Path
from db.errors import StoreError
from desktop_app.exchange import paper_file
if sys.argv[2] == "unprotected":
    paper_file.write = lambda content, target, *_, **__: target.write_bytes(content)
resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000))
try:
    paper_file.write(b"x" * 5000, Path(sys.argv[1]), replace=True)
except (StoreError, OSError) as error:
    print(type(error).__name__, error)
"""


@pytest.fixture
def durham_file(sample_file, tmp_path):
    return Path(shutil.copy(sample_file, tmp_path / "durham.sqlite"))


def parts(folder):
    return [path.name for path in folder.iterdir() if path.name.endswith(".part")]


@pytest.mark.parametrize("form", FORMS)
def test_a_paper_is_written_with_progress_and_its_size_is_told(tmp_path, form):
    told = []
    target = tmp_path / f"paper.{form}"
    size = briefing_file.write(PAPER, target, form, on_progress=lambda share, doing: told.append((share, doing)))
    assert target.stat().st_size == size
    shares = [share for share, _ in told]
    assert shares == sorted(shares) and shares[-1] == 1.0 and len(set(shares)) > 5
    assert parts(tmp_path) == []


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("stops_after", range(0, 16, 3))
def test_cancelling_at_any_moment_leaves_what_stood_there(tmp_path, form, stops_after):
    target = tmp_path / f"paper.{form}"
    target.write_text("A letter")
    asked = iter(range(1000))
    write = partial(briefing_file.write, PAPER, target, form, replace=True)
    if stops_after > PAPER.block_count:
        write()  # nothing is asked so often: it is written, so the tests below are about something
        return
    with pytest.raises(Cancelled):
        write(is_cancelled=lambda: next(asked) >= stops_after)
    assert target.read_text() == "A letter"
    assert parts(tmp_path) == []


@pytest.mark.parametrize(
    ("prepare", "sentence"),
    [
        (lambda target: target.mkdir(), "is a folder"),
        (lambda target: target.write_text("A letter"), "exists already"),
        (lambda target: target.with_name(f"~${target.name[2:]}").touch(), "is open in another program"),
        (lambda target: target.with_name(f".~lock.{target.name}#").touch(), "is open in another program"),
    ],
)
def test_a_place_that_cannot_be_written_to_is_refused_with_a_sentence(tmp_path, prepare, sentence):
    target = tmp_path / "cabinet-paper.docx"
    prepare(target)
    before = sorted(tmp_path.iterdir())
    with pytest.raises(CannotWrite, match=sentence):
        briefing_file.write(PAPER, target, "docx")
    assert sorted(tmp_path.iterdir()) == before


def test_a_read_only_file_is_not_replaced(tmp_path):
    target = tmp_path / "paper.html"
    target.write_text("A letter")
    target.chmod(0o444)
    with pytest.raises(CannotWrite, match="is read-only"):
        briefing_file.write(PAPER, target, "html", replace=True)
    assert target.read_text() == "A letter"
    target.chmod(0o644)
    briefing_file.write(PAPER, target, "html", replace=True)
    assert target.read_text(encoding="utf-8").startswith("<!DOCTYPE html>")


def test_a_folder_that_is_missing_or_refuses_is_explained(tmp_path, monkeypatch):
    with pytest.raises(CannotWrite, match="There is no folder"):
        briefing_file.write(PAPER, tmp_path / "nowhere" / "paper.html", "html")

    def refuse(*_):
        raise PermissionError(errno.EACCES, "Permission denied")

    monkeypatch.setattr(Path, "write_bytes", refuse)  # a test that runs as root is refused nothing
    with pytest.raises(CannotWrite, match="may not be written to"):
        briefing_file.write(PAPER, tmp_path / "paper.html", "html")
    assert list(tmp_path.iterdir()) == []


def test_a_file_that_another_program_holds_stays_as_it_is(tmp_path, monkeypatch):
    target = tmp_path / "paper.html"
    target.write_text("A letter")

    def held(*_):
        raise PermissionError(errno.EACCES, "held")  # what Windows says of a file that Word has open

    monkeypatch.setattr(os, "replace", held)
    monkeypatch.setattr(whole_file, "REPLACE_RETRIES_S", ())
    with pytest.raises(CannotWrite, match="is held by another program"):
        briefing_file.write(PAPER, target, "html", replace=True)
    assert target.read_text() == "A letter"
    assert parts(tmp_path) == []


@pytest.mark.parametrize("form", FORMS)
def test_the_log_and_the_template_are_never_replaced_under_any_name(tmp_path, durham_file, form):
    link = tmp_path / f"link.{form}"
    link.symlink_to(durham_file)
    before = durham_file.read_bytes()
    for target in (durham_file, link):
        with pytest.raises(CannotWrite, match="which it is made from"):
            briefing_file.write(PAPER, target, form, keep=(durham_file,), replace=True)
    assert durham_file.read_bytes() == before
    template = tmp_path / "council.docx"
    briefing_file.write(PAPER, template, "docx")
    with pytest.raises(CannotWrite, match="which it is made from"):
        briefing_file.write(PAPER, template, "docx", template=template, replace=True)


@pytest.mark.skipif(sys.platform == "win32", reason="limits of a process are POSIX")
@pytest.mark.parametrize("how", ["protected", "unprotected"])
def test_a_full_disk_leaves_what_stood_there_and_no_part(tmp_path, how):
    target = tmp_path / "paper.docx"
    target.write_text("A letter")
    words = [sys.executable, "-c", LIMITED, str(target), how]
    done = subprocess.run(words, cwd=ROOT, capture_output=True, text=True, timeout=60, check=False)
    if how == "protected":
        assert done.stdout.startswith("CannotWrite The disk is full"), done.stderr
        assert target.read_text() == "A letter"
        assert list(tmp_path.iterdir()) == [target]
    else:  # written straight to its place the letter is gone: the test can see the harm
        assert target.read_bytes() == b"x" * 1000


@pytest.mark.parametrize(("form", "ending"), [("docx", "docx"), ("html", "html")])
def test_the_command_writes_the_newest_inspection_and_says_which(tmp_path, durham_file, form, ending):
    out = tmp_path / f"paper.{ending}"
    before = durham_file.read_bytes()
    said = getattr(command_paper, form)(durham_file, out, False)
    assert said.startswith(f"{out}: Durham County Council: ILACS short inspection, 24 March to 28 March 2025; ")
    assert said.endswith(" places are left for the author to write")
    assert durham_file.read_bytes() == before
    with pytest.raises(CannotWrite, match="exists already"):
        getattr(command_paper, form)(durham_file, out, False)


@pytest.mark.parametrize("wanted", ["2022-05-09", "9 May to 20 May 2022"])
def test_the_command_writes_the_inspection_that_is_asked_for(tmp_path, durham_file, wanted):
    out = tmp_path / "paper.docx"
    command_paper.docx(durham_file, out, False, inspection=wanted, marking="OFFICIAL")
    made = Document(out)
    assert made.paragraphs[0].text == "Durham County Council: ILACS standard inspection, 9 May to 20 May 2022"
    assert made.sections[0].header.paragraphs[0].text == "OFFICIAL"


def test_the_command_asks_back_where_no_one_inspection_is_meant(tmp_path, durham_file, new_file):
    out = tmp_path / "paper.html"
    with pytest.raises(CannotWrite, match="No inspection is called “Mars”"):
        command_paper.html(durham_file, out, False, inspection="Mars")
    with pytest.raises(CannotWrite, match=r"“ILACS standard” fits 2 inspections: 9 to 20 May 2022 \("):
        command_paper.html(durham_file, out, False, inspection="ILACS standard")
    with pytest.raises(CannotWrite, match="holds no inspection yet"):
        command_paper.html(new_file, out, False)
    with pytest.raises(NotOurs):
        command_paper.html(tmp_path / "gone.sqlite", out, False)
    assert not out.exists()


def test_the_command_writes_nothing_that_might_identify_a_child_unless_somebody_looked(tmp_path, durham_file):
    with closing(Store.open(durham_file)) as store:
        inspection = newest(store)
        store.apply(Edit((inspection,), (replace(inspection, theme="Child A of DH1 5UL"),)))
    out = tmp_path / "paper.html"
    with pytest.raises(MayIdentify, match=r"(?s)nothing was written:\n.*in Background: .*\[DH1 5UL\]"):
        command_paper.html(durham_file, out, False)
    assert not out.exists()
    command_paper.html(durham_file, out, False, looked_through=True)
    assert "DH1 5UL" in out.read_text(encoding="utf-8")


def test_the_mark_of_word_is_known_for_short_and_long_names(tmp_path):
    for name, mark in (("abc.docx", "~$abc.docx"), ("cabinet.docx", "~$binet.docx"), ("a-paper.docx", "~$-paper.docx")):
        (tmp_path / mark).touch()
        with pytest.raises(CannotWrite, match="is open"):
            paper_file.check_place(tmp_path / name)

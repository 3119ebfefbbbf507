"""What can be done without a window, as a shell sees it."""

import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from db import backup, copy, owner_file
from db.edit import Edit
from db.records import Quote
from db.store import Store
from desktop_app import command_line
from desktop_app.command_line import run

ROOT = Path(__file__).parents[2]


def in_a_shell(*words):
    arguments = [sys.executable, *map(str, words)]
    return subprocess.run(arguments, cwd=ROOT, capture_output=True, text=True, timeout=60, check=False)


def test_the_sample_is_made_without_qt(tmp_path):
    code = "import sys, main; sys.argv[1:] = ['sample', sys.argv[1]]; print(main.main(), 'PySide6' in sys.modules)"
    done = in_a_shell("-c", code, tmp_path / "durham.sqlite")
    assert done.stdout.splitlines()[-1] == "0 False"
    assert done.stderr == ""
    assert (tmp_path / "durham.sqlite").exists()


def test_a_copy_is_exported_from_a_shell(sample_file, tmp_path):
    out = tmp_path / "copy.sqlite"
    done = in_a_shell("main.py", "export", sample_file, "--to", "copy", out)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith(f"{out}: 9 inspections, 42 judgements, 102 quotes, 31 areas for improvement; ")
    with closing(sqlite3.connect(out)) as raw:
        assert raw.execute("select count(*) from v_quotes").fetchone() == (102,)
        (made_with,) = raw.execute("select value from about_this_file where key = 'made_with'").fetchone()
    assert made_with.startswith("Inspection Log ")


def test_a_refused_export_says_why_on_stderr_and_writes_nothing(tmp_path):
    done = in_a_shell("main.py", "export", tmp_path / "none.sqlite", "--to", "copy", tmp_path / "copy.sqlite")
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith("There is no file ")
    assert list(tmp_path.iterdir()) == []


def test_a_file_that_stands_there_is_replaced_only_when_asked(sample_file, tmp_path, capsys):
    out = tmp_path / "copy.sqlite"
    out.write_text("A letter")
    words = ["export", str(sample_file), "--to", "copy", str(out)]
    assert run(words) == 1
    assert "exists already" in capsys.readouterr().err
    assert out.read_text() == "A letter"
    assert run([*words, "--replace"]) == 0
    assert capsys.readouterr().err == ""


def test_a_sound_file_is_said_to_be_sound(sample_file, capsys):
    before = sample_file.read_bytes()
    assert run(["check", str(sample_file)]) == 0
    said = capsys.readouterr()
    assert said.out.startswith(f"{sample_file} is sound: ") and said.err == ""
    assert sample_file.read_bytes() == before


def test_what_is_not_sound_is_listed_on_stderr(sample_file, tmp_path, capsys):
    path = shutil.copy(sample_file, tmp_path / "durham.sqlite")
    with closing(sqlite3.connect(path)) as raw:
        raw.execute("update quote set text = 'never said' where row = 1")
        raw.commit()
    assert run(["check", str(path)]) == 1
    said = capsys.readouterr()
    assert said.out == "" and said.err.startswith(f"{path} is not sound:\n")
    assert len(said.err.splitlines()) > 1


@pytest.fixture
def two_sides(sample_file, tmp_path):
    """A file, and a colleague's copy in which a quote was reworded and one was removed."""
    ours = Path(shutil.copy(sample_file, tmp_path / "ours.sqlite"))
    theirs = Path(shutil.copy(sample_file, tmp_path / "theirs.sqlite"))
    with closing(Store.open(theirs)) as store:
        first, second, *_ = store.each(Quote)
        store.apply(Edit((first,), (replace(first, text="Reworded there."),)))
        store.apply(Edit(before=(second,)))
    return ours, theirs


def test_a_copy_is_merged_after_a_backup_and_a_second_time_changes_nothing(two_sides, capsys):
    ours, theirs = two_sides
    assert run(["merge", str(ours), str(theirs)]) == 0
    assert capsys.readouterr().out == "Merged theirs.sqlite: 1 quote changed; 1 quote removed.\n"
    assert [made.reason for made in backup.of(ours)] == ["merge"]
    with closing(Store.open(ours)) as store:
        assert store.each(Quote)[0].text == "Reworded there." and store.count(Quote) == 101
    assert run(["merge", str(ours), str(theirs)]) == 0
    assert "holds nothing new" in capsys.readouterr().out
    assert run(["check", str(ours)]) == 0


def test_what_both_sides_changed_stops_a_merge_unless_a_side_is_preferred(two_sides, capsys):
    ours, theirs = two_sides
    with closing(Store.open(ours)) as store:
        first = store.each(Quote)[0]
        store.apply(Edit((first,), (replace(first, text="Reworded here."),)))
    assert run(["merge", str(ours), str(theirs)]) == 1
    assert "1 record was changed on both sides" in capsys.readouterr().err
    assert run(["merge", str(ours), str(theirs), "--prefer", "ours"]) == 0
    with closing(Store.open(ours)) as store:
        assert store.each(Quote)[0].text == "Reworded here."


def test_a_file_that_is_open_elsewhere_is_not_merged_into(two_sides, capsys):
    ours, theirs = two_sides
    claim = owner_file.take(ours)
    assert run(["merge", str(ours), str(theirs)]) == 1
    assert "open" in capsys.readouterr().err
    claim.release()
    assert run(["merge", str(ours.with_name("none.sqlite")), str(theirs)]) == 1
    assert "There is no file" in capsys.readouterr().err


def test_progress_is_shown_on_a_terminal_only_and_wiped(sample_file, tmp_path, capsys, monkeypatch):
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    assert run(["export", str(sample_file), "--to", "copy", str(tmp_path / "copy.sqlite")]) == 0
    shown = capsys.readouterr().err
    assert "Reading the file (" in shown
    assert shown.split("\r")[-2].strip() == ""


def test_ctrl_c_ends_quietly(sample_file, tmp_path, capsys, monkeypatch):
    def stopped(*_, **__):
        raise KeyboardInterrupt

    monkeypatch.setattr(copy, "_write", stopped)
    assert run(["export", str(sample_file), "--to", "copy", str(tmp_path / "copy.sqlite")]) == 130
    assert capsys.readouterr().err == "Stopped. Nothing was written.\n"
    assert list(tmp_path.iterdir()) == []


def test_a_taken_path_is_refused_for_the_sample(tmp_path, capsys):
    (tmp_path / "taken.sqlite").touch()
    assert run(["sample", str(tmp_path / "taken.sqlite")]) == 1
    assert "exists already" in capsys.readouterr().err


@pytest.mark.parametrize(
    "words",
    [
        ["export"],
        ["export", "a.sqlite", "b.sqlite"],
        ["export", "a.sqlite", "--to", "paper", "b"],
        ["sample"],
        ["--frob"],
        ["a", "b"],
    ],
)
def test_wrong_words_are_explained(words, capsys):
    with pytest.raises(SystemExit) as ended:
        run(words)
    assert ended.value.code == 2
    assert "usage: inspection-log" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--version"], "Inspection Log "),
        (["--help"], "export FILE --to copy OUT.sqlite"),
        (["export", "--help"], "--replace"),
    ],
)
def test_help_and_version_are_told(words, said, capsys):
    with pytest.raises(SystemExit) as ended:
        run(words)
    assert ended.value.code == 0
    assert said in capsys.readouterr().out


@pytest.mark.parametrize(("words", "path"), [([], None), (["durham.sqlite"], Path("durham.sqlite"))])
def test_anything_else_opens_the_window(words, path, monkeypatch):
    opened = []
    monkeypatch.setattr(command_line, "_window", lambda found: opened.append(found) or 0)
    assert run(words) == 0
    assert opened == [path]

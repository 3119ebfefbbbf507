"""Quotes checked from a shell: lines in, lines out, and a sentence where that cannot be."""

import io
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from desktop_app.command_quote import run
from tests.desktop_app import made_pdfs
from tests.desktop_app.made_pdfs import At

ROOT = Path(__file__).parents[2]


@pytest.fixture
def report(tmp_path: Path) -> Path:
    path = tmp_path / "report.pdf"
    first = [At(72, 700, "1. Leaders work more intensively with families.")]
    path.write_bytes(made_pdfs.report(first, [At(72, 700, "2. Children’s plans are good.")]))
    return path


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], report: Path) -> Any:
    def tell(*lines: str, path: Path = report) -> tuple[int, list[dict[str, Any]], str]:
        source = io.BytesIO("\n".join(lines).encode())
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(source, encoding="ascii"))
        status = run([str(path)])
        said = capsys.readouterr()
        return status, [json.loads(line) for line in said.out.splitlines()], said.err

    return tell


def test_each_line_is_answered_in_the_words_that_were_agreed(told: Any) -> None:
    texts = ["work more intensely with families", "Children's plans are good", "Bananas are yellow"]
    status, answers, said = told(*(json.dumps({"text": text}) for text in texts), "")
    assert (status, said) == (0, "")
    assert answers[0] == {
        "text": "work more intensely with families",
        "verdict": "differs",
        "page": 1,
        "paragraph": 1,
        "report_text": "work more intensively with families",
        "differences": [{"kind": "changed", "quote": "intensely", "report": "intensively"}],
    }
    assert [(each["verdict"], each["page"], each["paragraph"]) for each in answers[1:]] == [
        ("found", 2, 2),
        ("not_found", None, None),
    ]
    assert answers[2]["report_text"] is None and answers[2]["differences"] == []


def test_letters_come_in_as_utf_8_and_go_out_escaped(told: Any) -> None:
    status, answers, _ = told('{"text": "Children’s plans are good"}')
    assert (status, answers[0]["verdict"], answers[0]["report_text"]) == (0, "found", "Children’s plans are good")


@pytest.mark.parametrize("line", ["words", '{"words": "x"}', '{"text": 3}', "[]"])
def test_a_line_that_is_none_ends_with_2_and_its_number(told: Any, line: str) -> None:
    status, answers, said = told('{"text": "plans are good"}', line)
    assert (status, len(answers)) == (2, 1)
    assert said.startswith("Line 2 is not a JSON object with a text.")


def test_a_report_that_cannot_be_read_ends_with_2_and_a_sentence(told: Any, tmp_path: Path) -> None:
    (tmp_path / "damaged.pdf").write_bytes(b"%PDF-1.7 nothing")
    for path in (tmp_path / "none.pdf", tmp_path / "damaged.pdf", tmp_path):
        status, answers, said = told('{"text": "x"}', path=path)
        assert (status, answers) == (2, [])
        assert said.strip().endswith(".")


def test_it_runs_without_qt_in_a_shell(report: Path) -> None:
    code = (
        "import sys\nfrom desktop_app.command_quote import run\n"
        "if __name__ == '__main__':\n    print(run([sys.argv[1]]), 'PySide6' in sys.modules)"
    )
    asked = [sys.executable, "-c", code, str(report)]
    done = subprocess.run(
        asked, cwd=ROOT, input='{"text": "plans are good"}\n', capture_output=True, text=True, timeout=60
    )
    assert done.stderr == ""
    assert json.loads(done.stdout.splitlines()[0])["verdict"] == "found"
    assert done.stdout.splitlines()[-1] == "0 False"

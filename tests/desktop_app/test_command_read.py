"""Reports read without a window: one JSON line for each file, whatever the file is."""

import json
from pathlib import Path

import pytest

from desktop_app import command_read
from desktop_app.reading import draft, draft_answers
from desktop_app.reading.draft_rules import facts
from tests.desktop_app import made_pdfs, made_reports
from tests.desktop_app.made_reports import ILACS_2018, ITEMS, NEW_GRADES

ROWS = [*zip(ILACS_2018, NEW_GRADES, strict=True)]


def lines(capsys: pytest.CaptureFixture[str]) -> list[dict[str, object]]:
    printed = capsys.readouterr()
    assert not printed.err
    return [json.loads(line) for line in printed.out.splitlines()]


def test_one_line_for_each_report(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    report = tmp_path / "report.pdf"
    report.write_bytes(made_reports.ilacs(ROWS).pdf())
    assert command_read.run([str(report), str(report)]) == 0
    first, second = lines(capsys)
    assert first == second
    assert first["file"] == "report.pdf"
    assert (first["framework"], first["kind"], first["authority"]) == ("ILACS", "standard", "Durham")
    assert (first["inspection_start"], first["inspection_end"]) == ("2022-05-09", "2022-05-20")
    assert (first["published"], first["lead_inspector"], first["n_pages"]) == (None, "Louise Hollick", 2)
    assert first["improvement_items"] == list(ITEMS)
    assert first["judgements"][1] == {  # type: ignore[index]
        "key": "help_and_protection",
        "label_as_printed": ILACS_2018[1],
        "grade_as_printed": "Good",
        "normalised_grade": "good",
    }


def test_a_file_that_cannot_be_read_gives_a_line_and_stops_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    files = {
        "words.pdf": b"Dear all",
        "damaged.pdf": made_reports.ilacs(ROWS).pdf()[:300],
        "locked.pdf": made_pdfs.encrypted(),
        "scan.pdf": made_pdfs.report([]),
        "sound.pdf": made_reports.ilacs(ROWS).pdf(),
    }
    for name, content in files.items():
        (tmp_path / name).write_bytes(content)
    paths = [tmp_path / "gone.pdf", *(tmp_path / name for name in files)]
    assert command_read.run(list(map(str, paths))) == 1
    found = lines(capsys)
    assert [line["file"] for line in found] == [path.name for path in paths]
    assert all("error" in line for line in found[:-1])
    assert "error" not in found[-1]


def test_doubts_are_told_with_field_and_page(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    report = tmp_path / "report.pdf"
    report.write_bytes(made_reports.ilacs(ROWS, footer="10 May to 20 May 2022").pdf())
    command_read.run([str(report)])
    doubts = lines(capsys)[0]["doubts"]
    assert {"field": "dates", "page": 1} in [  # type: ignore[comparison-overlap]
        {"field": doubt["field"], "page": doubt["page"]}
        for doubt in doubts  # type: ignore[attr-defined]
    ]


def test_every_word_stands_for_a_code_that_exists() -> None:
    known = facts()
    assert set(draft_answers.FRAMEWORKS) <= set(known.frameworks)
    assert set(draft_answers.KINDS) <= {code for _, code in known.kinds}
    assert set(draft_answers.AREAS) <= {area.code for areas in known.areas.values() for area in areas}


def test_without_a_report_it_says_how_it_is_called(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        command_read.run([])
    assert "REPORT.pdf" in capsys.readouterr().err


def test_ctrl_c_stops_the_file_that_is_read_ahead_as_well(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    report = tmp_path / "report.pdf"
    report.write_bytes(made_reports.ilacs(ROWS).pdf())
    monkeypatch.setattr(draft, "from_report", interrupted)
    assert command_read.run(3 * [str(report)]) == 130
    printed = capsys.readouterr()
    assert (printed.out, printed.err) == ("", "Stopped.\n")
    monkeypatch.undo()
    assert command_read.run(3 * [str(report)]) == 0, "the same files are read when nobody interrupts"
    assert len(lines(capsys)) == 3

"""Reports that were begun come back exactly as they were kept, or are set aside whole."""

import hashlib
import os
from datetime import UTC, datetime
from pathlib import Path

import pytest

from db import drafts, report_drafts
from db.dates import PartialDate
from db.drafts import Rows, Typed
from db.errors import CannotWrite
from db.report_drafts import KeptReport, ReportDrafts

CONTENT = b"%PDF made up"
ROWS: Rows = {
    "started_on": {"state": Typed("corrected"), "value": Typed(PartialDate(2022, 5, 9), PartialDate(2022, 5, 10))},
    "area:0": {"state": Typed("accepted"), "text": Typed("Pathway plans."), "page": Typed(2)},
    "typing": {"row": Typed("lead_inspector"), "text": Typed("Louise \ud800Hollick")},
}


def kept(name: str = "durham.pdf", content: bytes = CONTENT, minute: int = 0) -> KeptReport:
    moment = datetime(2022, 7, 5, 14, minute, tzinfo=UTC)
    return KeptReport(hashlib.sha256(content).hexdigest(), name, "3 of 15 rows done", ROWS, moment)


@pytest.fixture
def found(tmp_path: Path) -> ReportDrafts:
    return ReportDrafts(tmp_path / "inspections.sqlite")


def test_what_was_kept_comes_back_newest_first(found: ReportDrafts) -> None:
    older, newer = kept("older.pdf", b"%PDF older"), kept(minute=1)
    found.keep(older, b"%PDF older")
    found.keep(newer, CONTENT)
    assert found.all() == [newer, older]
    assert found.of(older.sha256) == older
    assert found.content(newer.sha256) == CONTENT
    found.forget(newer.sha256)
    found.forget(newer.sha256)
    assert (found.all(), found.content(newer.sha256)) == ([older], None)


def test_the_bytes_are_written_once_and_the_rows_anew(found: ReportDrafts, monkeypatch: pytest.MonkeyPatch) -> None:
    written = []
    whole = report_drafts.write_whole
    monkeypatch.setattr(
        report_drafts, "write_whole", lambda path, content: written.append(path) or whole(path, content)
    )
    for minute in range(3):
        found.keep(kept(minute=minute), CONTENT)
    assert [path.suffix for path in written] == [".bytes", ".json", ".json", ".json"]


def test_another_database_does_not_see_them(found: ReportDrafts, tmp_path: Path) -> None:
    found.keep(kept(), CONTENT)
    other = ReportDrafts(tmp_path / "other.sqlite")
    assert other.all() == []
    found.folder.rename(other.folder)
    assert other.all() == []
    assert len(other.set_aside) == 1


@pytest.mark.parametrize("is_checked", [True, False])
def test_a_changed_letter_sets_it_aside(found: ReportDrafts, monkeypatch: pytest.MonkeyPatch, is_checked: bool) -> None:
    found.keep(kept(), CONTENT)
    (path,) = found.folder.glob("*.json")
    path.write_bytes(path.read_bytes().replace(b"Pathway", b"Pothway"))
    if not is_checked:  # the control: without the sum the damage would be put back
        monkeypatch.setattr(drafts, "_sum", lambda _: "")
        path.write_bytes(path.read_bytes().replace(path.read_bytes().split(b'"sum": "')[1][:64], b""))
    texts = [one.rows["area:0"]["text"].text for one in found.all()]
    assert texts == ([] if is_checked else ["Pothway plans."])
    assert len(found.set_aside) == is_checked


@pytest.mark.parametrize("content", [b"", b"{}", b"null", b'{"format": 1, "sum": "", "drafts": []}', b"\xff\x00"])
def test_what_is_no_draft_is_set_aside_and_stays(found: ReportDrafts, content: bytes) -> None:
    found.keep(kept(), CONTENT)
    (path,) = found.folder.glob("*.json")
    path.write_bytes(content)
    assert found.all() == []
    assert [one.read_bytes() for one in found.set_aside] == [content]
    assert found.all() == [] and len(found.set_aside) == 1


def test_changed_bytes_of_a_report_are_not_read(found: ReportDrafts) -> None:
    found.keep(kept(), CONTENT)
    (path,) = found.folder.glob("*.bytes")
    path.write_bytes(b"%PDF made op")
    assert found.content(kept().sha256) is None


def test_a_full_disk_is_told_and_leaves_what_was_kept(found: ReportDrafts, monkeypatch: pytest.MonkeyPatch) -> None:
    found.keep(kept(), CONTENT)

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(drafts.os, "fsync", full)
    with pytest.raises(CannotWrite, match="No space left"):
        found.keep(kept(minute=5), CONTENT)
    assert found.all() == [kept()]
    assert not [name for name in os.listdir(found.folder) if name.endswith(".part")]

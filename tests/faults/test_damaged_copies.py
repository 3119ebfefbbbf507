"""Damaged copies of a filled file: refused, reported, or in every record as they were; never silently wrong."""

import json
import shutil
import subprocess
import sys
from collections import Counter
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from db.edit import Edit
from db.overview import removal
from db.records import Document, Inspection, Provider, Quote
from db.store import Store

ROOT = Path(__file__).parents[2]
COPIES, MANY_COPIES = 60, 500
LIMIT_S, LONG_LIMIT_S = 120, 1_200

Outcome = dict[str, Any]


@pytest.fixture(scope="module")
def states(sample_file: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """A file with kept documents, changes and removals behind it, and the same file some deeds before."""
    folder = tmp_path_factory.mktemp("states")
    now, then = folder / "now.sqlite", folder / "then.sqlite"
    with closing(Store.open(shutil.copy(sample_file, now))) as store:
        digest = store.keep_file(bytes(range(256)) * 100)
        document = store.each(Document)[0]
        store.apply(Edit((document,), (replace(document, file_sha256=digest),)), "Keep report")
    shutil.copy(now, then)
    with closing(Store.open(now)) as store:
        for place, quote in enumerate(store.each(Quote)[:40]):
            changed = replace(quote, text=f"{quote.text} Read again {place}.", position=quote.position + place % 2)
            store.apply(Edit((quote,), (changed,)), "Change quote")
        provider = store.each(Provider)[0]
        store.apply(Edit((provider,), (replace(provider, notes="Durham, in the north east"),)), "Change notes")
        store.apply(removal(store, store.each(Inspection)[3]), "Remove inspection")
    return now, then


def outcomes(states: tuple[Path, Path], folder: Path, copies: int, limit_s: float) -> list[Outcome]:
    """What became of each copy, tried in another process: the number that are missing crashed it or hung."""
    words = [*states, folder, 0, copies]
    called = [sys.executable, "-m", "tests.faults.damaging", *map(str, words)]
    try:
        done = subprocess.run(called, cwd=ROOT, capture_output=True, text=True, timeout=limit_s, check=False)
        printed, said = done.stdout, done.stderr
    except subprocess.TimeoutExpired as error:
        printed, said = (error.stdout or b"").decode(), "timeout"
    found = [json.loads(line) for line in printed.splitlines()]
    assert len(found) == copies, f"copy {len(found)} crashed or hung: {said}"
    return found


def silently_wrong(found: list[Outcome], noticed_by: str) -> list[Outcome]:
    return [one for one in found if not (one["refused"] or one[noticed_by] or one["same"])]


def expect_no_harm(found: list[Outcome]) -> None:
    assert [one for one in found if one["error"]] == []
    assert silently_wrong(found, "deep") == []
    print(Counter((one["harm"], "noticed" if one["deep"] or one["refused"] else "same") for one in found))


@pytest.fixture(scope="module")
def found(states: tuple[Path, Path], tmp_path_factory: pytest.TempPathFactory) -> list[Outcome]:
    return outcomes(states, tmp_path_factory.mktemp("damaged"), COPIES, LIMIT_S)


def test_no_damaged_copy_is_silently_wrong(found: list[Outcome]) -> None:
    expect_no_harm(found)


def test_with_the_quick_check_alone_some_are_silently_wrong(found: list[Outcome]) -> None:
    """The negative control."""
    assert silently_wrong(found, "quick")


@pytest.mark.long
def test_no_damaged_copy_of_many_is_silently_wrong(states: tuple[Path, Path], tmp_path: Path) -> None:
    expect_no_harm(outcomes(states, tmp_path, MANY_COPIES, LONG_LIMIT_S))

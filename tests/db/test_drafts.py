"""Drafts come back exactly as they were kept, or their file is set aside whole; never anything in between."""

import errno
import json
import os
import random
import stat
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from db import drafts
from db.dates import PartialDate
from db.drafts import NEW, Drafts, Typed, Typing, edit_from_json, edit_to_json, value_from_json, value_to_json
from db.edit import Edit
from db.errors import CannotWrite
from tests.db.records_from_the_field import DURHAM_2022, FAMILY, PARTNERSHIP

TYPING: Typing = {
    DURHAM_2022.id: {
        "details": {DURHAM_2022.id: {"title": Typed("Inspection of ser", "", "")}},
        "quotes": {NEW: {"text": Typed("swift and purpose"), "page": Typed("iv", None, "Enter a page as a whole …")}},
        "documents": {"d-1": {"published_on": Typed(("31", "2", ""), PartialDate(2022, 7)), "file": Typed(("a", "b"))}},
    }
}
values = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.text(st.characters())
    | st.builds(PartialDate, st.integers(1900, 2199)),
    lambda inner: st.lists(inner, max_size=4).map(tuple),
    max_leaves=6,
)


@pytest.fixture
def kept(tmp_path: Path) -> Drafts:
    return Drafts(tmp_path / "inspections.sqlite")


def test_what_was_kept_is_read_as_it_was(kept: Drafts, tmp_path: Path) -> None:
    waiting = [("Add inspection", Edit(after=FAMILY)), ("Remove quote", Edit((PARTNERSHIP,), undoes="deed"))]
    kept.keep(TYPING, waiting)
    found = Drafts(tmp_path / "inspections.sqlite").read()
    assert found is not None
    assert found.typing == TYPING
    assert found.waiting == tuple(waiting)
    assert found.moment.tzinfo is not None


@given(value=values)
def test_every_value_of_a_field_comes_back_the_same(value: Any) -> None:
    back = value_from_json(json.loads(json.dumps(value_to_json(value))))
    assert back == value and type(back) is type(value)


@given(text=st.text(st.characters()))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=30, deadline=None)
def test_any_text_comes_back_through_the_file(kept: Drafts, text: str) -> None:
    kept.keep({"i": {"quotes": {NEW: {"text": Typed(text)}}}})
    found = kept.read()
    assert found is not None and found.typing["i"]["quotes"][NEW]["text"].text == text


def test_a_value_that_is_no_typing_is_a_fault_of_ours() -> None:
    with pytest.raises(TypeError):
        value_to_json(1.5)


def test_an_edit_comes_back_the_same() -> None:
    edit = Edit(FAMILY[:2], FAMILY[2:], deed_id="a", undoes="b")
    assert edit_from_json(json.loads(json.dumps(edit_to_json(edit)))) == edit


def test_nothing_typed_leaves_no_file(kept: Drafts) -> None:
    kept.keep(TYPING)
    kept.keep({})
    assert not kept.path.exists()
    assert kept.read() is None and kept.set_aside is None
    kept.forget()


def test_two_databases_of_one_name_have_drafts_of_their_own(kept: Drafts, tmp_path: Path) -> None:
    kept.keep(TYPING)
    other = Drafts(tmp_path / "copy" / "inspections.sqlite")
    assert other.path.parent == kept.path.parent and other.path != kept.path
    assert other.read() is None


def test_they_stand_in_the_data_folder_for_their_owner_only(kept: Drafts, data_folder: Path) -> None:
    kept.keep(TYPING)
    assert kept.path.is_relative_to(data_folder)
    assert [path.name for path in kept.path.parent.iterdir()] == [kept.path.name]
    if os.name == "posix":
        assert stat.S_IMODE(kept.path.stat().st_mode) == 0o600
        assert stat.S_IMODE(kept.path.parent.stat().st_mode) == 0o700


def _harmed(content: bytes, seed: int) -> bytes:
    at = random.Random(seed)
    place = at.randrange(len(content))
    match seed % 3:
        case 0:
            return content[:place] + bytes([content[place] ^ 1 << at.randrange(8)]) + content[place + 1 :]
        case 1:
            return content[:place]
        case _:
            return content[:place] + at.randbytes(40) + content[place + 40 :]


def _read_harmed(kept: Drafts, seeds: range) -> list[int]:
    """The seeds of the harmed files that were read as if they were sound, and say something else."""
    kept.keep(TYPING)
    sound = kept.path.read_bytes()
    wrong = []
    for seed in seeds:
        harmed = _harmed(sound, seed)
        kept.path.write_bytes(harmed)
        kept.set_aside = None
        found = kept.read()
        if found is not None:
            wrong += [seed] if found.typing != TYPING else []
            continue
        assert kept.set_aside is not None and kept.set_aside.read_bytes() == harmed
        assert not kept.path.exists()
    return wrong


def test_a_damaged_file_is_set_aside_whole(kept: Drafts) -> None:
    assert _read_harmed(kept, range(150)) == []


def test_without_its_sum_damage_would_be_put_back(kept: Drafts, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(drafts, "_sum", lambda _: "")
    assert len(_read_harmed(kept, range(150))) >= 10


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"null",
        b"[]",
        b"{}",
        b"[" * 200_000,
        b'{"format": 1, "sum": 3, "drafts": "x"}',
        b"9" * 6000,
        b"\xff\xfe",
        b'{"format": 1}',
    ],
)
def test_what_is_no_drafts_file_is_set_aside(kept: Drafts, content: bytes) -> None:
    kept.path.parent.mkdir(parents=True)
    kept.path.write_bytes(content)
    assert kept.read() is None
    assert kept.set_aside is not None and kept.set_aside.read_bytes() == content
    kept.keep(TYPING)
    assert kept.read() is not None


def test_drafts_of_another_database_or_version_are_set_aside(kept: Drafts, tmp_path: Path) -> None:
    other = Drafts(tmp_path / "other.sqlite")
    other.keep(TYPING)
    other.path.rename(kept.path)
    assert kept.read() is None and kept.set_aside is not None
    kept.keep(TYPING)
    kept.path.write_bytes(kept.path.read_bytes().replace(b'"format": 1', b'"format": 2'))
    assert kept.read() is None
    assert len(list(kept.path.parent.glob("*set-aside*"))) == 2


def test_what_is_too_large_is_neither_read_nor_written(kept: Drafts, monkeypatch: pytest.MonkeyPatch) -> None:
    kept.keep(TYPING)
    monkeypatch.setattr(drafts, "MOST_BYTES", 100)
    with pytest.raises(CannotWrite, match="too long"):
        kept.keep(TYPING)
    assert kept.read() is None and kept.set_aside is not None


def test_a_folder_in_its_place_is_set_aside(kept: Drafts) -> None:
    kept.path.mkdir(parents=True)
    assert kept.read() is None
    assert kept.set_aside is not None and kept.set_aside.is_dir()


def test_what_can_be_neither_read_nor_moved_is_not_written_over(kept: Drafts, monkeypatch: pytest.MonkeyPatch) -> None:
    kept.keep(TYPING)
    kept.path.write_bytes(b"damaged")

    def refuse(*_: Any) -> None:
        raise PermissionError(errno.EACCES, "Permission denied")

    monkeypatch.setattr(drafts.os, "rename", refuse)
    assert kept.read() is None and kept.set_aside == kept.path
    with pytest.raises(CannotWrite):
        kept.keep(TYPING)
    assert kept.path.read_bytes() == b"damaged"


def test_a_full_disk_is_told_and_leaves_what_was_kept(kept: Drafts, monkeypatch: pytest.MonkeyPatch) -> None:
    kept.keep(TYPING)

    def full(*_: Any) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(drafts.os, "fsync", full)
    with pytest.raises(CannotWrite, match="No space left"):
        kept.keep({"i": {"quotes": {NEW: {"text": Typed("more")}}}})
    found = kept.read()
    assert found is not None and found.typing == TYPING
    assert [path.name for path in kept.path.parent.iterdir()] == [kept.path.name]

"""Who has the file open: one program at a time, told in words, and never for ever."""

import json
import os
import shutil
import subprocess
import sys
import threading
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from db import machine, owner, owner_file
from db.errors import CannotWrite
from db.owner_file import Claim, InUse, Owner, holder, take

ROOT = Path(__file__).parents[2]
ROUNDS = 20
PROGRAMS = 6
NO_PROCESS = 2**22 + 1
HOLD = """
import sys
from pathlib import Path
from db.owner_file import take
claim = take(Path(sys.argv[1]))
print(claim.owner.token, flush=True)
sys.stdin.read()
"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    file = tmp_path / "files" / "durham.sqlite"
    file.parent.mkdir()
    file.write_bytes(b"")
    return file


def beside(path: Path) -> Path:
    return path.with_name("durham.sqlite-owner")


def jane(**other: object) -> Owner:
    """A colleague at another computer, since this afternoon."""
    moment = owner.now()
    return replace(
        Owner(who="Jane", computer="QA-LAPTOP", process_id=4711, since=moment, seen=moment, token="jane's"), **other
    )


def gone() -> Owner:
    """A program of this computer that ended without a word."""
    return replace(Owner.ourselves(), process_id=NO_PROCESS)


def put(path: Path, of: Owner) -> Owner:
    beside(path).write_bytes(of.to_bytes())
    return of


def test_it_stands_beside_the_file_as_long_as_the_file_is_open(path: Path) -> None:
    claim = take(path)
    told = json.loads(beside(path).read_text(encoding="utf-8"))
    assert told["process_id"] == os.getpid()
    assert set(told) == {"who", "computer", "process_id", "process_mark", "since", "seen", "token"}
    assert holder(path) == claim.owner
    assert claim.owner.is_this_computer and claim.is_mine()
    claim.release()
    assert holder(path) is None
    assert [file.name for file in path.parent.iterdir()] == ["durham.sqlite"]


def test_a_second_one_is_told_who_has_it(path: Path) -> None:
    first = take(path)
    with pytest.raises(InUse, match="You have had this file open on this computer since") as refused:
        take(path)
    assert refused.value.owner == first.owner
    assert first.is_mine()
    first.release()
    assert take(path).is_mine()


def test_a_link_leads_to_the_same_owner(path: Path, tmp_path: Path) -> None:
    link = tmp_path / "to durham.sqlite"
    link.symlink_to(path)
    take(link)
    with pytest.raises(InUse):
        take(path)


def test_a_program_that_was_ended_leaves_nothing_to_ask_about(path: Path) -> None:
    other = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(path)], cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    with other:
        token = other.stdout.readline().strip()
        with pytest.raises(InUse) as refused:
            take(path)
        assert refused.value.owner.token == token
        assert refused.value.owner.process_id == other.pid
        other.kill()
        other.communicate()
    assert holder(path) is None
    assert take(path).is_mine()


def test_another_process_that_got_the_number_is_no_owner(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(machine, "mark_of", lambda _: "started later")
    put(path, replace(Owner.ourselves(), process_mark="started earlier"))
    assert holder(path) is None
    assert take(path).is_mine()


@pytest.mark.parametrize("mark", ["", "started earlier"])
def test_where_the_mark_is_not_told_the_number_decides(path: Path, monkeypatch: pytest.MonkeyPatch, mark: str) -> None:
    """With an empty mark, the negative control of the test before."""
    monkeypatch.setattr(machine, "mark_of", lambda _: "")
    put(path, replace(Owner.ourselves(), process_mark=mark))
    with pytest.raises(InUse):
        take(path)


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="the mark is read from /proc")
def test_the_mark_of_a_process_stays_and_is_its_own() -> None:
    with subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE) as other:
        mark = machine.mark_of(other.pid)
        assert mark == machine.mark_of(other.pid)
        assert machine.is_same(other.pid, mark)
        assert len({mark, machine.mark_of(os.getpid()), machine.mark_of(1), ""}) == 4
        other.communicate(b"\n")
    assert machine.mark_of(other.pid) == ""
    assert not machine.is_same(other.pid, mark)


def test_one_at_another_computer_counts_at_any_age(path: Path) -> None:
    long_ago = owner.now() - timedelta(days=3, hours=2)
    put(path, jane(since=long_ago, seen=long_ago))
    with pytest.raises(InUse, match="last seen 3 days ago") as refused:
        take(path)
    assert not refused.value.owner.is_this_computer


def test_it_is_taken_over_from_whom_the_person_was_asked_about(path: Path) -> None:
    put(path, jane())
    with pytest.raises(InUse) as refused:
        take(path)
    put(path, jane(seen=owner.now() + timedelta(minutes=1)))  # still the same one, seen again
    claim = take(path, over=refused.value.owner)
    assert claim.is_mine()
    assert holder(path) == claim.owner


def test_it_is_not_taken_over_from_somebody_else(path: Path) -> None:
    asked_about = jane()
    tom = put(path, jane(who="Tom", token="tom's"))
    with pytest.raises(InUse, match="Tom has had"):
        take(path, over=asked_about)
    assert holder(path) == tom


def test_one_that_was_taken_over_is_left_alone(path: Path) -> None:
    ours = take(path)
    theirs = take(path, over=ours.owner)
    assert not ours.is_mine()
    assert not ours.refresh()
    ours.release()
    assert theirs.is_mine()
    assert holder(path) == theirs.owner


def test_a_moment_is_written_down_without_a_new_file(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    claim = take(path)
    before = beside(path).stat()
    later = claim.owner.seen + timedelta(hours=1)
    monkeypatch.setattr(owner_file, "now", lambda: later)
    assert claim.refresh()
    assert holder(path) == claim.owner == replace(claim.owner, seen=later)
    after = beside(path).stat()
    assert (after.st_ino, after.st_size) == (before.st_ino, before.st_size)


def test_a_refresh_never_brings_back_one_that_is_taken_over_meanwhile(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ours = take(path)
    theirs: list[Claim] = []

    def taken_over_now() -> Owner | None:
        monkeypatch.setattr(Owner, "to_bytes", to_bytes)
        theirs.append(take(path, over=ours.owner))
        return Owner.to_bytes

    to_bytes = Owner.to_bytes
    monkeypatch.setattr(Owner, "to_bytes", lambda self: taken_over_now()(self))
    ours.refresh()
    assert theirs[0].is_mine()
    assert not ours.is_mine()


def test_an_owner_file_that_was_only_deleted_is_made_again(path: Path) -> None:
    claim = take(path)
    beside(path).unlink()
    assert claim.is_mine()
    assert claim.refresh()
    assert holder(path) == claim.owner


def test_one_that_was_deleted_and_taken_is_not_ours(path: Path) -> None:
    ours = take(path)
    beside(path).unlink()
    theirs = take(path)
    assert not ours.is_mine()
    assert not ours.refresh()
    assert theirs.is_mine()


def test_a_folder_that_is_out_of_reach_says_nothing(path: Path) -> None:
    claim = take(path)
    away = path.parent.rename(path.parent.with_name("unplugged"))
    assert claim.is_mine()
    assert claim.refresh()
    claim.release()
    away.rename(path.parent)
    assert claim.is_mine()


# Several programs at once -------------------------------------------------------------------------------------------


def raced(path: Path) -> list[Claim]:
    """What several programs get that take the file at once."""
    claims, start = [], threading.Barrier(PROGRAMS)

    def program() -> None:
        start.wait()
        with suppress(InUse):
            claims.append(take(path))

    programs = [threading.Thread(target=program) for _ in range(PROGRAMS)]
    for each in programs:
        each.start()
    for each in programs:
        each.join()
    return claims


@pytest.mark.parametrize("is_left", [False, True])
def test_of_several_programs_at_once_one_gets_it(path: Path, is_left: bool) -> None:
    for _ in range(ROUNDS):
        if is_left:
            put(path, gone())
        claims = raced(path)
        (mine,) = [claim for claim in claims if claim.is_mine()]
        assert is_left or claims == [mine]
        mine.release()
    assert [file.name for file in path.parent.iterdir()] == ["durham.sqlite"]


def between(monkeypatch: pytest.MonkeyPatch, step: str, path: Path) -> list[Claim]:
    """Have another program take the file just before a step of ours."""
    theirs: list[Claim] = []
    plain = getattr(owner_file, step)

    def disturbed(*arguments: object) -> object:
        monkeypatch.setattr(owner_file, step, plain)
        theirs.append(take(path))
        return plain(*arguments)

    monkeypatch.setattr(owner_file, step, disturbed)
    return theirs


@pytest.mark.parametrize("step", ["_make", "_take_away"])
def test_one_that_another_program_takes_between_two_steps_is_theirs(
    path: Path, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    put(path, gone())
    theirs = between(monkeypatch, step, path)
    with pytest.raises(InUse) as refused:
        take(path)
    assert refused.value.owner == theirs[0].owner
    assert theirs[0].is_mine()


def _written_over(part: Path, file: Path) -> bool:
    os.replace(part, file)
    return True


def _removed_unseen(file: Path, _token: str) -> None:
    file.unlink()


@pytest.mark.parametrize(
    ("step", "protection", "without"),
    [("_make", "_give_free_name", _written_over), ("_take_away", "_take_away", _removed_unseen)],
)
def test_without_the_protection_two_programs_are_told_that_it_is_theirs(
    path: Path, monkeypatch: pytest.MonkeyPatch, step: str, protection: str, without: object
) -> None:
    """The negative control."""
    put(path, gone())
    monkeypatch.setattr(owner_file, protection, without)
    theirs = between(monkeypatch, step, path)
    ours = take(path)
    assert ours.is_mine()
    assert theirs and not theirs[0].is_mine()


def _no_links(*_: object) -> None:
    raise OSError(1, "Operation not permitted")


def test_a_memory_stick_without_hard_links_has_an_owner_too(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "link", _no_links)
    (claim,) = raced(path)
    assert claim.is_mine()
    claim.release()
    put(path, gone())
    assert take(path).is_mine()


# Where no owner file can be made, or none can be understood -----------------------------------------------------------


@pytest.mark.parametrize(
    ("error", "sentence"),
    [
        (PermissionError(13, "Permission denied"), "This folder may not be written to"),
        (OSError(30, "Read-only file system"), "This folder may not be written to"),
        (OSError(28, "No space left on device"), "The disk is full"),
    ],
)
def test_where_none_can_be_made_the_file_can_only_be_read(
    path: Path, monkeypatch: pytest.MonkeyPatch, error: OSError, sentence: str
) -> None:
    def refuse(_: Path) -> None:
        raise error

    monkeypatch.setattr(owner_file, "sync", refuse)
    with pytest.raises(CannotWrite, match=rf"{sentence}.*You can read"):
        take(path)
    assert [file.name for file in path.parent.iterdir()] == ["durham.sqlite"]


def test_a_file_that_may_not_be_written_to_is_not_kept_from_others(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "access", lambda *_: False)
    with pytest.raises(CannotWrite, match="This file may not be written to"):
        take(path)
    assert not beside(path).exists()


def test_an_owner_file_that_stays_held_is_explained(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def held(*_: object) -> None:
        raise CannotWrite("held by another program")

    put(path, gone())
    monkeypatch.setattr(owner_file, "put_in_place", held)
    with pytest.raises(CannotWrite, match="You can read this file"):
        take(path)


def refused_kindly(path: Path) -> None:
    """What cannot be understood counts as somebody's, and can be taken over by a person who was asked."""
    with pytest.raises(InUse, match="Someone may have this file open") as refused:
        take(path)
    claim = take(path, over=refused.value.owner)
    assert claim.is_mine()
    claim.release()


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\0" * 300,
        b"{",
        b"[" * 4000,
        b"[]",
        b"null",
        b"{}",
        b"x" * 100_000,
        json.dumps({"who": "Jane"}).encode(),
        b'{"process_id": ' + b"9" * 4000 + b"}",
    ],
    ids=lambda content: repr(content[:12]),
)
def test_one_that_cannot_be_understood_counts_as_somebodys(path: Path, content: bytes) -> None:
    beside(path).write_bytes(content)
    refused_kindly(path)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("who", None),
        ("who", ["Jane"]),
        ("who", " "),
        ("computer", ""),
        ("token", ""),
        ("process_id", -1),
        ("process_id", True),
        ("process_id", "4711"),
        ("since", "yesterday"),
        ("since", "2022-05-09T14:02:00"),
        ("seen", "0001-01-01T00:00:00+00:00"),
        ("seen", 1652104920),
    ],
)
def test_values_that_make_no_sense_count_as_somebodys(path: Path, name: str, value: object) -> None:
    beside(path).write_text(json.dumps(json.loads(jane().to_bytes()) | {name: value}), encoding="utf-8")
    refused_kindly(path)


@pytest.mark.skipif(sys.platform == "win32", reason="a pipe that never ends and links are POSIX")
@pytest.mark.parametrize("kind", ["pipe", "link", "dead link", "folder"])
def test_what_is_no_file_is_not_read(path: Path, kind: str) -> None:
    if kind == "pipe":
        os.mkfifo(beside(path))
    elif kind == "folder":
        beside(path).mkdir()
    else:
        beside(path).symlink_to("/dev/zero" if kind == "link" else "nowhere")
    refused_kindly(path)


@settings(max_examples=200, deadline=None)
@given(content=st.binary(max_size=400) | st.text(max_size=100).map(lambda text: json.dumps(text).encode()))
def test_random_bytes_are_understood_or_not(content: bytes) -> None:
    found = Owner.from_bytes(content)
    assert found is None or found.token


@settings(max_examples=200, deadline=None)
@given(
    texts=st.lists(st.text(max_size=200), min_size=3, max_size=3),
    moments=st.lists(st.datetimes(timezones=st.just(UTC)), min_size=2, max_size=2),
)
def test_any_owner_can_be_told_in_words(texts: list[str], moments: list[datetime]) -> None:
    who, computer, token = texts
    written = jane(who=who, computer=computer, token=token, since=moments[0], seen=moments[1])
    found = Owner.from_bytes(written.to_bytes())
    if found is not None:
        assert len(str(InUse(found))) < 500
        assert "\n" not in str(InUse(found))


# In words -------------------------------------------------------------------------------------------------------------


def at(hour: int, minute: int, day: int, month: int = 5) -> datetime:
    return datetime(2022, month, day, hour, minute).astimezone()


NOW = at(16, 30, 10)


@pytest.mark.parametrize(
    ("of", "sentence"),
    [
        (
            jane(since=at(0, 2, 10), seen=at(16, 26, 10)),
            "Jane has had this file open on QA-LAPTOP since 00:02 today. "
            "You can read it; to change it, ask Jane to close it.",
        ),
        (
            jane(since=at(23, 59, 9), seen=at(15, 0, 10)),
            "Jane has had this file open on QA-LAPTOP since 23:59 yesterday, last seen 1 hour ago. "
            "You can read it; to change it, ask Jane to close it.",
        ),
        (
            jane(since=at(14, 2, 30, 3), seen=at(14, 3, 31, 3)),
            "Jane has had this file open on QA-LAPTOP since 14:02 on 30 March 2022, last seen 40 days ago. "
            "You can read it; to change it, ask Jane to close it.",
        ),
        (
            jane(since=at(14, 2, 10), seen=at(16, 23, 10)),
            "Jane has had this file open on QA-LAPTOP since 14:02 today, last seen 7 minutes ago. "
            "You can read it; to change it, ask Jane to close it.",
        ),
        (
            jane(since=at(14, 2, 11), seen=at(14, 2, 11)),  # her clock is ahead of ours
            "Jane has had this file open on QA-LAPTOP since 14:02 on 11 May 2022. "
            "You can read it; to change it, ask Jane to close it.",
        ),
        (
            replace(Owner.ourselves(), computer="QA-LAPTOP", since=at(14, 2, 10), seen=NOW),
            "You have had this file open on QA-LAPTOP since 14:02 today. "
            "You can read it here; to change it here, close it there.",
        ),
        (
            replace(Owner.ourselves(), who="Jane", since=at(14, 2, 10), seen=NOW),
            "Jane has had this file open on this computer since 14:02 today. "
            "You can read it; to change it, ask Jane to close it.",
        ),
        (
            Owner(since=at(14, 2, 10), seen=at(14, 2, 10)),
            "Someone may have this file open: its owner file, changed at 14:02 today, cannot be read. "
            "You can read this file; to change it, make sure first that nobody else has it open.",
        ),
    ],
)
def test_it_says_who_where_and_since_when(monkeypatch: pytest.MonkeyPatch, of: Owner, sentence: str) -> None:
    monkeypatch.setattr(owner, "now", lambda: NOW)
    assert str(InUse(of)) == sentence


def test_what_the_owner_file_says_is_only_words(path: Path) -> None:
    put(path, jane(who="Jane\n\0<b>" + "e" * 500))
    with pytest.raises(InUse) as refused:
        take(path)
    assert refused.value.owner.who == ("Jane \ufffd<b>" + "e" * 500)[:80]


def test_a_copy_of_the_folder_has_no_owner_that_runs(path: Path, tmp_path: Path) -> None:
    claim = take(path)
    shutil.copytree(path.parent, tmp_path / "copied")
    copied = tmp_path / "copied" / path.name
    with pytest.raises(InUse) as refused:  # nobody can tell a copy; a person can
        take(copied)
    assert take(copied, over=refused.value.owner).is_mine()
    assert claim.is_mine()

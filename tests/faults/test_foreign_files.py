"""Files from elsewhere, some made to do harm: every door refuses them with a sentence and leaves them as they are."""

import hashlib
import json
import os
import shutil
import sqlite3
import subprocess
import sys
import zipfile
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from db import connection, schema
from db.copy import contents
from db.edit import Edit
from db.errors import StoreError
from db.machine import FOLDER_VARIABLE
from db.records import Provider, Quote, new_id
from db.store import Store

ROOT = Path(__file__).parents[2]
LIMIT_S = 120
ENDLESS = "with recursive n(x) as (select 1 union all select x + 1 from n) select count(*) as x from n"
REFUSED = {"NotOurs", "FileTooNew", "Damaged"}

Harm = Callable[[Path], object]


def run(*statements: str) -> Harm:
    """Statements that another program ran in a file of ours."""

    def harm(path: Path) -> None:
        with closing(sqlite3.connect(path, isolation_level=None)) as raw:
            raw.execute("begin")
            for statement in statements:
                raw.execute(statement)
            raw.execute("commit")

    return harm


def rewritten(sql: str) -> Harm:
    """A file whose list of tables was written by hand."""

    def harm(path: Path) -> None:
        with closing(sqlite3.connect(path, isolation_level=None)) as raw:
            raw.execute("pragma writable_schema = on")
            raw.execute(sql)

    return harm


def header(offset: int, content: bytes) -> Harm:
    def harm(path: Path) -> None:
        with path.open("rb+") as handle:
            handle.seek(offset)
            handle.write(content)

    return harm


def cut(length: int) -> Harm:
    return lambda path: os.truncate(path, length)


def archive(path: Path) -> None:
    """A small archive of a large nothing."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("inspections.sqlite", bytes(10_000_000))


def other_program(path: Path) -> None:
    path.unlink()
    run("create table letter (words text)", "insert into letter values ('Dear Louise')")(path)


def other_program_as_ours(path: Path) -> None:
    other_program(path)
    run(f"pragma application_id = {schema.APPLICATION_ID}", f"pragma user_version = {schema.VERSION}")(path)


def older_with_a_view(path: Path) -> None:
    path.unlink()
    with closing(sqlite3.connect(path, isolation_level=None)) as raw:
        schema.apply_steps(raw, stop_before=schema.VERSION)
    run(f"create view spy as {ENDLESS}")(path)


def views_of_views(path: Path) -> None:
    run(
        "create view b0 as select 1 as x", *(f"create view b{n} as select * from b{n - 1} a, b{n - 1} b" for n in _DEEP)
    )(path)


_DEEP = range(1, 40)
HARMS: dict[str, Harm] = {
    "empty": lambda path: path.write_bytes(b""),
    "a letter": lambda path: path.write_text("Dear Louise, " * 1_000),
    "an archive": archive,
    "of another program": other_program,
    "of another program under our number": other_program_as_ours,
    "newer": run(f"pragma user_version = {schema.VERSION + 1}"),
    "without a version": run("pragma user_version = 0"),
    "a header alone": cut(100),
    "a page alone": cut(4096),
    "half of it": cut(4096 * 40),
    "page count": header(28, b"\xff\xff\xff\xff"),
    "page size": header(16, b"\x02\x00"),
    "texts in UTF-16": header(56, b"\x00\x00\x00\x03"),
    "write-ahead log beside": lambda path: Path(f"{path}-wal").write_bytes(b"7\x7f\x06\x82" + bytes(5_000)),
    "trigger that deletes": run("create trigger spy after insert on quote begin delete from change; end"),
    "trigger that never ends": run(
        f"create trigger spy before insert on deed begin insert into theme(id, name) select x, x from ({ENDLESS}); end"
    ),
    "trigger on a view": run("create trigger spy instead of insert on v_quotes begin delete from deed; end"),
    "view that never ends": run(f"create view spy as {ENDLESS}"),
    "view of ours that never ends": run("drop view v_inspections", f"create view v_inspections as {ENDLESS}"),
    "views of views": views_of_views,
    "older, with a view": older_with_a_view,
    "generated column": run("alter table quote add column spy text as (hex(zeroblob(500000000)))"),
    "more columns": run("alter table theme add column spy text"),
    "rule that takes memory": rewritten(
        "update sqlite_master set sql = replace(sql, 'constraint theme_id_form check (length(id) = 36)', "
        "'constraint theme_id_form check (length(hex(zeroblob(500000000))) > 0)') where name = 'theme'"
    ),
    "table named like ours": run("create table quote2 (words text)"),
    "table in capitals": run("create table V_Quote (words text)"),
    "many tables": run(*(f"create table spy{number} (x)" for number in range(1_000))),
    "virtual table": run("create virtual table spy using fts5(words)"),
    "virtual table over our records": run("create virtual table spy using fts5(text, content='quote')"),
    "virtual table of no module": rewritten(
        "insert into sqlite_master values ('table', 'spy', 'spy', 0, 'create virtual table spy using spyware(x)')"
    ),
    "search index of another kind": run("drop table stems", "create virtual table stems using fts5(folded)"),
    "a table less": run("drop table event_theme"),
    "a list of tables that is none": rewritten("update sqlite_master set sql = 'create nonsense' where name = 'theme'"),
    "a table that is a view": rewritten("update sqlite_master set type = 'view' where name = 'theme'"),
    "a long view": run(f"create view spy as select '{'x' * 900_000}' as x"),
}


def stamps(folder: Path) -> dict[str, str]:
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in sorted(folder.glob("*.file*"))}


@pytest.fixture(scope="module")
def tried(sample_file: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """What every door said of each file, with the bytes of all before and after."""
    folder = tmp_path_factory.mktemp("foreign")
    for name, harm in HARMS.items():
        path = folder / f"{name}.file"
        shutil.copy(sample_file, path)
        harm(path)
    before = stamps(folder)
    called = [sys.executable, "-m", "tests.faults.opening", str(folder)]
    surroundings = os.environ | {FOLDER_VARIABLE: str(folder / "local data")}
    try:
        done = subprocess.run(
            called, cwd=ROOT, env=surroundings, capture_output=True, text=True, timeout=LIMIT_S, check=False
        )
        printed, trouble = done.stdout, done.stderr
    except subprocess.TimeoutExpired as error:
        printed, trouble = (error.stdout or b"").decode(), "timeout"
    found = {line["name"]: line for line in map(json.loads, printed.splitlines())}
    return {"found": found, "before": before, "after": stamps(folder), "trouble": trouble, "folder": folder}


def test_none_of_them_hangs_or_crashes_the_program(tried: dict[str, Any]) -> None:
    assert set(HARMS) - set(tried["found"]) == set(), tried["trouble"]


@pytest.mark.parametrize("name", HARMS)
def test_it_is_refused_with_a_sentence(tried: dict[str, Any], name: str) -> None:
    for door, (kind, sentence) in tried["found"][name]["said"].items():
        assert kind in REFUSED or (door, kind) == ("checked", "not sound"), f"{door}: {kind} {sentence}"
        assert kind not in REFUSED or sentence[-1] in ".)", sentence


def test_their_bytes_stay_and_nothing_is_put_in_anyones_place(tried: dict[str, Any]) -> None:
    assert tried["after"] == tried["before"]
    assert not (tried["folder"] / "target.sqlite").exists()


@pytest.fixture
def let_in(sample_file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], Store]:
    """Opens a harmed file as a program would that does not compare what it holds."""
    monkeypatch.setattr(connection, "check_listing", lambda *_: ())

    def opened(name: str) -> Store:
        path = Path(shutil.copy(sample_file, tmp_path / "let in.sqlite"))
        HARMS[name](path)
        return Store.open(path)

    return opened


def test_let_in_a_trigger_would_delete_the_log(let_in: Callable[[str], Store]) -> None:
    """The negative control."""
    with closing(let_in("trigger that deletes")) as store:
        quote = store.each(Quote)[0]
        store.apply(Edit(after=(replace(quote, id=new_id(), text="One more."),)))
        assert store.changes(quote.id) == []


@pytest.mark.parametrize("name", ["view of ours that never ends", "trigger that never ends"])
def test_let_in_others_would_not_end(let_in: Callable[[str], Store], name: str) -> None:
    """The negative control: ended here after ten million steps."""
    with closing(let_in(name)) as store:
        store.connection.raw.set_progress_handler(lambda: 1, 10_000_000)
        one_more = Edit(after=(Provider(id=new_id(), name="Kent"),))
        use = {"v": lambda: contents(store.connection), "t": lambda: store.apply(one_more)}[name[0]]
        with pytest.raises((sqlite3.OperationalError, StoreError), match="interrupted"):
            use()


def test_an_index_of_another_program_is_no_reason_to_refuse(sample_file: Path, tmp_path: Path) -> None:
    path = Path(shutil.copy(sample_file, tmp_path / "file.sqlite"))
    run("create index spy on quote(hex(text))")(path)
    with closing(Store.open(path)) as store:
        assert store.connection.dropped_indexes == ("spy",)
        assert len(store.each(Quote)) == 102

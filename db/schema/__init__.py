"""The tables of the file. The schema only grows: a shipped step stays as it is, a change is the next step."""

import json
import re
import sqlite3
from collections.abc import Callable
from importlib.resources import files
from typing import Any

from db.schema import (
    m001_facts,
    m002_inspections,
    m003_change_log,
    m004_search,
    m005_views,
    m006_document_paragraphs,
    m007_quote_verdict,
    m008_improvement,
)

STEPS = (
    m001_facts,
    m002_inspections,
    m003_change_log,
    m004_search,
    m005_views,
    m006_document_paragraphs,
    m007_quote_verdict,
    m008_improvement,
)
VERSION = len(STEPS)
APPLICATION_ID = 0x496E4C67  # "InLg"


def apply_steps(connection: sqlite3.Connection, *, stop_before: int | None = None) -> None:
    """Bring a file to the newest schema; the caller holds the transaction (`db.connection`).

    The search index is derived, and made anew when all steps are done.

    Args:
        stop_before: number of the first step to leave out, to make a file of an older version.
    """
    from sqlite_utils import Database, Migrations

    from db import passages

    migrations = Migrations("inspection_log")
    for step in STEPS:
        migrations(name=_name(step))(_runner(step))
    stop = _name(STEPS[stop_before - 1]) if stop_before else None
    migrations.apply(Database(connection, execute_plugins=False), stop_before=stop)
    if stop is None:
        passages.rebuild(connection)
    number = (stop_before or VERSION + 1) - 1
    connection.execute(f"pragma user_version = {number}")
    connection.execute(f"pragma application_id = {APPLICATION_ID}")


def _name(step: object) -> str:
    return step.__name__.rpartition(".")[2]  # type: ignore[attr-defined]


def _runner(step: Any) -> Callable[[Any], None]:
    def run(db: Any) -> None:
        for statement in step.STATEMENTS:
            db.execute(statement)
        if fill := getattr(step, "fill", None):
            fill(db)

    return run


def listing(connection: sqlite3.Connection) -> list[list[str]]:
    """Every table, index, view and trigger of the file as [type, name, normalised SQL].

    The shadow tables of a search index, `sqlite_stat*` and the library's own list of steps are left out; no view
    or trigger is, whatever it is called.
    """
    rows = connection.execute("select type, name, tbl_name, coalesce(sql, '') from sqlite_master order by type, name")
    return [
        [kind, name, re.sub(r"\s+", " ", sql).strip()]
        for kind, name, table, sql in rows
        if kind in ("view", "trigger")
        or (table != "_sqlite_migrations" and not name.startswith("sqlite_") and not _is_shadow(name))
    ]


def _is_shadow(name: str) -> bool:
    return bool(re.fullmatch(r"(words|stems)_(data|idx|content|docsize|config)", name))


def committed(version: int) -> list[list[str]]:
    """The listing that a file of that version must have."""
    text = files("db.schema").joinpath("listings", f"{version}.json").read_text(encoding="utf-8")
    return json.loads(text)

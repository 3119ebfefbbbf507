"""What stands beside a copy: a manifest of what it is and what it lacks, and a description for Datasette."""

import hashlib
import json
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from db import schema
from db.connection import Connection
from db.copy import IN_A_FULL_COPY, contents
from db.safe_content import LOOKED_AT, Choice, LeftOut
from db.whole_export import written_whole

LEFT_OUT = (
    "Notes, owners, dates and progress of areas for improvement, drafts, the change log before this copy, everything "
    "that was deleted, names of users, and places on a computer. The table manifest lists every field."
)
_FACETS = {
    "v_inspections": ["provider", "framework", "kind"],
    "v_judgements": ["provider", "framework", "grade"],
    "v_quotes": ["provider", "tone", "said_by"],
    "v_areas_for_improvement": ["provider", "finding_kind", "audience"],
}


def beside(target: Path, *, with_metadata: bool = False) -> dict[str, Path]:
    """Where what stands beside a copy goes, by what it is."""
    found = {"manifest": target.with_name(f"{target.stem}.manifest.json")}
    if with_metadata:
        found["metadata"] = target.with_name(f"{target.stem}.metadata.json")
    return found


@contextmanager
def written_beside(source: Path, paths: Mapping[str, Path], *, replace: bool) -> Iterator[dict[str, Path]]:
    """Temporary names for what stands beside a copy, by what it is; they take their places when the block ends well.

    Raises:
        CannotWrite: one of the places is taken, or a disk refuses.
    """
    with ExitStack() as held:
        yield {
            what: held.enter_context(written_whole(source, path, what=f"The {what} beside the copy", replace=replace))
            for what, path in paths.items()
        }


def inside(left_out: Sequence[LeftOut]) -> list[tuple[str, str, str]]:
    """Rows of a copy's own table `manifest`: what was left out, once each, with every reason."""
    reasons: dict[tuple[str, str], list[str]] = {}
    for one in left_out:
        reasons.setdefault((one.record_type, one.field), []).append(_reason(one))
    return [(kind, field, " ".join(dict.fromkeys(said))) for (kind, field), said in reasons.items()]


def _reason(one: LeftOut) -> str:
    return f"{one.reason} ({one.count:,})" if one.reason == LOOKED_AT and one.count else one.reason


def looked_at(left_out: Sequence[LeftOut]) -> str:
    """How many texts a person left out, in a sentence; empty for none."""
    count = sum(one.count or 0 for one in left_out if one.reason == LOOKED_AT)
    texts = "1 text was" if count == 1 else f"{count:,} texts were"
    return f"{texts} left out after a look for what might identify a child." if count else ""


def told(
    connection: Connection, part: Path, name: str, choice: Choice | None, left_out: Sequence[LeftOut], made_with: str
) -> dict[str, Any]:
    """What to write beside a copy, by what it is.

    Args:
        choice: what was asked for in a safe copy; None for a full copy, which nothing was left out of.
    """
    raw = connection.raw
    about = dict(raw.execute("select key, value from main.about_this_file").fetchall())
    with part.open("rb") as handle:
        sha256 = hashlib.file_digest(handle, "sha256").hexdigest()
    manifest = {
        "file": name,
        "what": "Full copy" if choice is None else "Safe copy",
        "sha256": sha256,
        "size_bytes": part.stat().st_size,
        "made_at": datetime.now(UTC).isoformat(timespec="seconds"),
        "made_with": made_with,
        "schema_version": schema.VERSION,
        "sqlite_version": sqlite3.sqlite_version,
        "marking": choice.marking if choice else "",
        "licence": about["licence"],
        "licence_address": about["licence_address"],
        "attribution": choice.attribution if choice else "",
        "with_documents": choice is None or choice.with_documents,
        "with_change_log": choice is None,
        "counts": asdict(contents(connection)),
        "left_out_always": LEFT_OUT if choice else IN_A_FULL_COPY,
        "left_out_after_looking": sum(one.count or 0 for one in left_out if one.reason == LOOKED_AT),
        "left_out": [asdict(one) for one in left_out],
    }
    return {"manifest": manifest, "metadata": _metadata(raw, Path(name).stem, about, choice or Choice())}


def _metadata(raw: sqlite3.Connection, database: str, about: Mapping[str, str], choice: Choice) -> dict[str, Any]:
    """The description of a file as Datasette reads it."""
    tables: dict[str, dict[str, Any]] = {}
    for table, column, meaning in raw.execute("select view_or_table, column_name, meaning from main.data_dictionary"):
        of_table = tables.setdefault(table, {"columns": {}})
        if column:
            of_table["columns"][column] = meaning
        else:
            of_table["description"] = meaning
    for view, facets in _FACETS.items():
        tables[view]["facets"] = facets
    for (table,) in raw.execute("select name from main.sqlite_master where type = 'table'").fetchall():
        tables.setdefault(table, {"hidden": True})  # what nobody described is there for the program
    return {
        "title": " · ".join(filter(None, ("Inspection log", choice.marking))),
        "description": about["what_it_is"],
        "license": about["licence"],
        "license_url": about["licence_address"],
        "source": choice.attribution or about["whose_words"],
        "databases": {database: {"description": about["how_to_read_it"], "tables": tables}},
    }


def write(parts: Mapping[str, Path], texts: Mapping[str, Any]) -> None:
    """Write what stands beside a copy, under its temporary names."""
    for what, part in parts.items():
        part.write_text(json.dumps(texts[what], ensure_ascii=False, indent=2) + "\n", encoding="utf-8")

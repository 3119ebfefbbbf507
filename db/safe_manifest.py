"""What stands beside a safe copy: a manifest of what it is and what it lacks, and a description for Datasette."""

import hashlib
import json
import sqlite3
from collections.abc import Iterable, Mapping
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from db import schema
from db.copy import check_target, contents
from db.safe_content import Choice, LeftOut
from db.store import Store
from db.whole_export import written_whole

LEFT_OUT = (
    "Notes, drafts, the change log before this copy, everything that was deleted, names of users, and places on a "
    "computer. The table manifest lists every field."
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


def check(source: Path, paths: Mapping[str, Path], *, replace: bool) -> None:
    """Refuse places that are taken, before anything is written (`db.copy.check_target`)."""
    for path in paths.values():
        check_target(source, path, replace=replace)


def told(
    store: Store, part: Path, name: str, choice: Choice, left_out: Iterable[LeftOut], made_with: str
) -> dict[str, Any]:
    """What to write beside a copy, by what it is."""
    raw = store.connection.raw
    about = dict(raw.execute("select key, value from main.about_this_file").fetchall())
    with part.open("rb") as handle:
        sha256 = hashlib.file_digest(handle, "sha256").hexdigest()
    manifest = {
        "file": name,
        "sha256": sha256,
        "size_bytes": part.stat().st_size,
        "made_at": datetime.now(UTC).isoformat(timespec="seconds"),
        "made_with": made_with,
        "schema_version": schema.VERSION,
        "sqlite_version": sqlite3.sqlite_version,
        "marking": choice.marking,
        "licence": about["licence"],
        "licence_address": about["licence_address"],
        "attribution": choice.attribution,
        "with_documents": choice.with_documents,
        "counts": asdict(contents(store.connection)),
        "left_out_always": LEFT_OUT,
        "left_out": [asdict(one) for one in left_out],
    }
    return {"manifest": manifest, "metadata": _metadata(raw, Path(name).stem, about, choice)}


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
    return {
        "title": " · ".join(filter(None, ("Inspection log", choice.marking))),
        "description": about["what_it_is"],
        "license": about["licence"],
        "license_url": about["licence_address"],
        "source": choice.attribution or about["whose_words"],
        "databases": {database: {"description": about["how_to_read_it"], "tables": tables}},
    }


def write(source: Path, paths: Mapping[str, Path], texts: Mapping[str, Any], *, replace: bool) -> None:
    """Write what stands beside a copy that is in its place, each whole or not at all."""
    for what, path in paths.items():
        with written_whole(source, path, what=f"The {what} beside the copy", replace=replace) as part:
            part.write_text(json.dumps(texts[what], ensure_ascii=False, indent=2) + "\n", encoding="utf-8")

"""What a workbook or a package of tables holds: rows in words, by the views of the file, each column with its meaning.

The rows come one by one, in the order of their inspections, so that a file of any size needs little memory.
"""

import tempfile
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from db.connection import open_file
from db.copy import Contents, contents
from db.safe_content import Choice, LeftOut
from db.safe_copy import OnProgress, safe_contents
from db.schema.m005_views import DOCUMENT_KINDS
from db.snapshot import HoldSaves, IsCancelled, snapshot, untold
from db.store import Store
from db.whole_export import told

Row = tuple[str | int | None, ...]
_BY_EVENT = "started is null, started, inspection_id, number"
_KIND = " ".join(f"when '{code}' then '{words}'" for code, words in DOCUMENT_KINDS.items())
_DOCUMENTS = f"""select document.id as id, provider.name as provider, case document.kind {_KIND} end as kind,
    document.title as title, document.publisher as publisher, document.published_on as published,
    document.published_as_printed as published_as_printed, document.address as address,
    document.file_name as file_name,
    (select group_concat(inspection_id, '; ') from main.document_inspection where document_id = document.id)
    as inspection_ids, document.notes as notes
    from main.document join main.provider on provider.id = document.provider_id order by document.row"""


@dataclass(frozen=True, slots=True)
class Table:
    """One table that goes out: its name, and how its rows are read."""

    name: str
    title: str
    described_by: str
    query: str


TABLES = (
    Table("inspections", "Inspections", "v_inspections", "select * from main.v_inspections"),
    Table(
        "other_events",
        "Other events",
        "v_timeline",
        "select distinct inspection_id as id, provider, framework, kind, title, started, ended "
        "from main.v_timeline where is_inspection = 'no'",
    ),
    Table(
        "judgements",
        "Judgements",
        "v_judgements",
        "select * from main.v_judgements order by started is null, started, inspection_id, printed_order",
    ),
    Table("quotes", "Quotes", "v_quotes", f"select * from main.v_quotes order by {_BY_EVENT}"),
    Table(
        "areas_for_improvement",
        "Areas for improvement",
        "v_areas_for_improvement",
        f"select * from main.v_areas_for_improvement order by {_BY_EVENT}",
    ),
    Table(
        "verdicts",
        "What inspectors said later",
        "v_verdicts",
        "select * from main.v_verdicts order by inspection_id, area_for_improvement_id, id",
    ),
    Table("documents", "Documents", "document", _DOCUMENTS),
)
# What the council makes of the areas for improvement; it goes out only with everything.
PLAN_TABLES = (
    Table("action_plan", "Action plan", "v_improvement", f"select * from main.v_improvement order by {_BY_EVENT}"),
    Table(
        "actions",
        "Actions",
        "v_actions",
        "select * from main.v_actions order by inspection_id, area_for_improvement_id, quote_id, number, id",
    ),
    Table(
        "progress_notes",
        "Progress notes",
        "progress_note",
        "select progress_note.id as id, area_for_improvement_id, about.text as area_for_improvement, noted_on, "
        "progress_note.text as text, author from main.progress_note join main.area_for_improvement as about "
        "on about.id = area_for_improvement_id order by area_for_improvement_id, noted_on, progress_note.id",
    ),
    Table(
        "evidence",
        "Evidence",
        "evidence",
        "select evidence.id as id, area_for_improvement_id, about.text as area_for_improvement, evidence.text as text, "
        "quote.text as quote, document.title as document, evidence.address as address from main.evidence "
        "join main.area_for_improvement as about on about.id = area_for_improvement_id "
        "left join main.quote on quote.id = quote_id left join main.document on document.id = evidence.document_id "
        "order by area_for_improvement_id, evidence.position, evidence.id",
    ),
)
_MEANINGS = {
    "id": "Identifier of the record; the same in every copy of the file",
    "provider": "What was inspected: a council’s children’s services, a home, an agency",
    "published": "Date on which it was published: 2022-05-09, 2018-07 or 2011",
    "inspection_ids": "The inspections that it belongs to (id in inspections), joined by semicolons",
    "kind": "What kind it is, in words",
    "area_for_improvement": "The area for improvement, in the inspectors’ words",
    "quote": "The quote",
    "document": "Title of the document",
}


class Exported:
    """The tables of a file that is read for going out.

    `without` names columns that stay here, such as notes; `left_out` tells what else did.
    """

    def __init__(
        self,
        store: Store,
        *,
        tables: tuple[Table, ...] = TABLES,
        without: frozenset[str] = frozenset(),
        left_out: Sequence[LeftOut] = (),
    ) -> None:
        self.store, self.tables, self._raw = store, tables, store.connection.raw
        self._without, self.left_out = without, left_out

    def about(self) -> dict[str, str]:
        """What the file says of itself, such as its licence."""
        return dict(self._raw.execute("select key, value from main.about_this_file").fetchall())

    def columns(self, table: Table) -> dict[str, str]:
        """The columns of a table with their meanings."""
        cursor = self._raw.execute(f"select * from ({table.query}) limit 0")
        known = dict(
            self._raw.execute(
                "select column_name, meaning from main.data_dictionary where view_or_table = ?", (table.described_by,)
            ).fetchall()
        )
        names = [name for name, *_ in cursor.description if name not in self._without]
        return {name: known.get(name) or _MEANINGS.get(name, "") for name in names}

    def contents(self) -> Contents:
        """How much goes out; files that documents keep inside stay here."""
        return replace(contents(self.store.connection), kept_files=0)

    def rows(self, table: Table) -> Iterator[Row]:
        """The rows of a table, one by one, with the values in the order of `columns`."""
        names = ", ".join(self.columns(table))
        yield from self._raw.execute(f"select {names} from ({table.query})")

    def tones(self) -> dict[tuple[str, str], str]:
        """The tone of each grade, by its scale and its words."""
        rows = self._raw.execute(
            "select grade_scale.name, label, tone from main.grade join main.grade_scale on grade_scale.id = scale_id"
        )
        return {(scale, label): tone for scale, label, tone in rows}


@contextmanager
def exported(
    source: Path,
    choice: Choice | None = None,
    *,
    on_progress: OnProgress = untold,
    is_cancelled: IsCancelled = lambda: False,
    hold_saves: HoldSaves | None = None,
) -> Iterator[Exported]:
    """A file as it stands at one moment, to be read for going out; progress ends at 0.5 of `on_progress`.

    Args:
        choice: what goes out safely (`db.safe_content`); None for everything, with notes and drafts.
    """
    if choice is not None:
        with safe_contents(
            source, choice, on_progress=on_progress, is_cancelled=is_cancelled, hold_saves=hold_saves
        ) as (store, left_out):
            yield Exported(store, without=frozenset({"notes"}), left_out=left_out)
        return
    with (
        told(source, what="A copy for temporary use", source=source),
        tempfile.TemporaryDirectory(prefix="inspection-log-") as folder,
    ):
        scratch = Path(folder) / "snapshot.sqlite"
        snapshot(
            source.absolute(),
            scratch,
            on_progress=lambda share: on_progress(share * 0.5, "Reading the file"),
            is_cancelled=is_cancelled,
            hold_saves=hold_saves,
        )
        with closing(Store(open_file(scratch))) as store:
            yield Exported(store, tables=(*TABLES, *PLAN_TABLES))

"""Takes in a colleague's copy: looks at it, says what would happen, and makes one deed of it that can be undone.

Nothing is decided by contents where version ids can decide (`db.merge_versions`, `db.merge_sides`); both
versions of what was changed on both sides are shown, and a person chooses (`db.merge_plan`).
"""

import hashlib
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import closing
from pathlib import Path

from db import merge_words
from db.edit import Edit
from db.errors import Damaged, StoreError
from db.foreign import Foreign, OnProgress
from db.merge_plan import OURS, THEIRS, Conflict, Decisions, Plan, Undecided, Unique, conflict
from db.merge_sides import Side, Verdict, joined, verdict
from db.merge_versions import MERGED
from db.records import Document, Inspection, Record
from db.rows import classes
from db.snapshot import Cancelled, HoldSaves, IsCancelled, snapshot, untold
from db.store import Store
from db.text import clean

SHOWN = 5  # conflicts that a sentence names
_LONGEST_NAME = 80


class Merge:
    """What taking in a colleague's copy would do; `close` it when it is done or thought better of.

    Attributes:
        name: the colleague's file.
        label: the deed in words.
        new_here: records that come in.
        changed_there: records that are taken as they are there, or with the changes of both sides.
        removed_there: records that go here too, as they were removed there.
        changed_here: records that stay as they are here, being newer.
        removed_here: records that stand there and stay away, as they were removed here.
        kept: records that one side removed and that stay, because something still refers to them.
        conflicts: what a person must decide.
        alike: inspections that were probably entered on both sides, ours first; both are kept.
    """

    def __init__(self, ours: Side, theirs: Side, unique: Unique, kept_files: frozenset[str], foreign: Foreign) -> None:
        self.name = clean(foreign.path.name, lines=False)[:_LONGEST_NAME]
        self.label = f"{MERGED}{self.name}"
        self._ours, self._theirs, self._unique = ours, theirs, unique
        self._kept_files, self._foreign = kept_files, foreign
        self._names = theirs.records | ours.records
        self._joined: dict[str, Record] = {}
        self._verdicts: dict[str, Verdict] = {}
        for key in dict.fromkeys((*ours.records, *theirs.records, *theirs.known)):
            self._verdicts[key] = self._judge(key)
        self._conflicts = tuple(
            conflict(ours.records.get(key), theirs.records.get(key))
            for key, found in self._verdicts.items()
            if found is Verdict.CONFLICT
        )
        self._sort(self._plan({}))

    def _judge(self, key: str) -> Verdict:
        found = verdict(self._ours, self._theirs, key)
        if found is Verdict.CONFLICT and (both := joined(self._ours, self._theirs, key)):
            self._joined[key] = both
            return Verdict.JOINED
        return found

    def _sort(self, plan: Plan) -> None:
        mine, live, their = self._ours.records, plan.live, self._theirs.records
        self.conflicts = tuple(plan.undecided)
        gone = [key for key in mine if key not in live]
        self.new_here = tuple(one for key, one in live.items() if key not in mine)
        self.changed_there = tuple(one for key, one in live.items() if key in mine and mine[key] != one)
        self.removed_there = tuple(mine[key] for key in gone if key not in plan.merged_into)
        stays = [key for key, found in self._verdicts.items() if found is Verdict.OURS and key in their]
        self.changed_here = tuple(mine[key] for key in stays if key in mine and mine[key] != their[key])
        self.removed_here = tuple(their[key] for key in stays if key not in mine and key not in live)
        self.kept = tuple(live[key] for key in plan.kept if key in live)
        self.alike = tuple(self._alike(live))

    def _alike(self, live: dict[str, Record]) -> Iterator[tuple[Inspection, Inspection]]:
        """Inspections that each side has by itself, of one provider, one kind and one first day."""
        inspections = [one for one in live.values() if isinstance(one, Inspection) and one.started_on]
        by_facts: dict[tuple[object, ...], Inspection] = {}
        for one in inspections:
            if one.id not in self._theirs.known:
                by_facts[one.provider_id, one.kind_id, one.started_on, one.ended_on] = one
        for one in inspections:
            found = by_facts.get((one.provider_id, one.kind_id, one.started_on, one.ended_on))
            if one.id not in self._ours.known and found:
                yield found, one

    @property
    def is_empty(self) -> bool:
        """Whether nothing would change here."""
        return not (self.new_here or self.changed_there or self.removed_there or self.conflicts)

    def undecided(self, decisions: Decisions) -> tuple[Conflict, ...]:
        """The conflicts that these decisions leave open; a decision may bring a new one about."""
        return tuple(self._plan(decisions).undecided)

    def edit(self, decisions: Decisions) -> Edit:
        """The deed that takes the copy in.

        Args:
            decisions: for each conflict's key one of its choices.

        Raises:
            Undecided: some are left open.
        """
        plan = self._plan(decisions)
        if plan.undecided:
            raise Undecided(self.question(plan.undecided))
        return plan.edit(self._verdicts)

    def _plan(self, decisions: Decisions) -> Plan:
        plan = Plan(self._ours, self._theirs, self._unique, decisions, dict(self._ours.records))
        plan.start(self._verdicts, self._joined, self._conflicts)
        plan.make_whole()
        return plan

    def files(self, edit: Edit) -> Iterator[bytes]:
        """The documents' bytes that the edit needs and that are not here, each checked against its SHA-256.

        They are to be kept (`Store.keep_file`) before the edit is written.
        """
        documents = (one for one in edit.after if isinstance(one, Document) and one.file_sha256)
        needed = dict.fromkeys(one.file_sha256 for one in documents if one.file_sha256 not in self._kept_files)
        if not needed:
            return
        with self._foreign.store() as store:
            for digest in needed:
                content = store.file_bytes(str(digest))
                if content is None or hashlib.sha256(content).hexdigest() != digest:
                    raise Damaged(f"A document in {self.name} is damaged, so nothing was merged. Ask for another copy.")
                yield content

    def title(self, record: Record) -> str:
        """A record in one line, with what it is."""
        words = merge_words.noun(record.record_type)
        return f"{words[:1].upper()}{words[1:]}: {merge_words.title(record, self._names)}"

    def version(self, of: Conflict, choice: str) -> str:
        """One version of a conflict in words: the fields that differ, one on a line."""
        return merge_words.in_words(of.ours if choice == OURS else of.theirs, of.fields, self._names)

    def question(self, conflicts: Iterable[Conflict]) -> str:
        """A sentence that names some of the conflicts."""
        found = list(conflicts)
        named = "; ".join(self.title(record) for one in found[:SHOWN] if (record := one.ours or one.theirs))
        more = f"; and {len(found) - SHOWN} more" if len(found) > SHOWN else ""
        count = "1 record was" if len(found) == 1 else f"{len(found):,} records were"
        return f"{count} changed on both sides. Choose which version stands: {named}{more}."

    def sentence(self, edit: Edit) -> str:
        """What was done, for the status line."""
        old, new = {one.id for one in edit.before}, {one.id for one in edit.after}
        told = [
            (merge_words.counted(one for one in edit.after if one.id not in old), "came in"),
            (merge_words.counted(one for one in edit.after if one.id in old), "changed"),
            (merge_words.counted(one for one in edit.before if one.id not in new), "removed"),
        ]
        parts = [f"{words} {what}" for words, what in told if words]
        return f"Merged {self.name}: {'; '.join(parts)}." if parts else f"{self.name} holds nothing new."

    def close(self) -> None:
        """Let go of the private copy of the colleague's file."""
        self._foreign.close()


def preview(
    store: Store,
    their_path: Path,
    *,
    on_progress: OnProgress = untold,
    is_cancelled: IsCancelled = lambda: False,
) -> Merge:
    """Look at a colleague's copy without changing anything.

    Args:
        on_progress: told the share that is done, 0 to 1, and what is being done.

    Raises:
        NotOurs, FileTooNew, Damaged, CannotWrite, Cancelled: see `db.foreign.Foreign`.
    """
    foreign = Foreign(
        their_path, on_progress=lambda share, doing: on_progress(share * 0.6, doing), is_cancelled=is_cancelled
    )
    try:
        on_progress(0.6, "Comparing")
        ours = Side.read(store, is_cancelled=is_cancelled)
        raw = store.connection.raw
        kept_files = frozenset(digest for (digest,) in raw.execute("select sha256 from document_file"))
        on_progress(0.8, "Comparing")
        with foreign.store() as their_store:
            theirs = Side.read(their_store, is_foreign=True, is_cancelled=is_cancelled).filled_from(ours)
            found = Merge(ours, theirs, _unique(store), kept_files, foreign)
        if is_cancelled():
            raise Cancelled
    except BaseException:
        foreign.close()
        raise
    on_progress(1.0, "Compared")
    return found


def preview_file(
    path: Path,
    their_path: Path,
    *,
    on_progress: OnProgress = untold,
    is_cancelled: IsCancelled = lambda: False,
    hold_saves: HoldSaves | None = None,
) -> Merge:
    """The same away from the window: our own file is read from a snapshot, so that no save waits for it."""
    with tempfile.TemporaryDirectory(prefix="inspection-log-") as folder:
        scratch = Path(folder) / "snapshot.sqlite"
        snapshot(path, scratch, is_cancelled=is_cancelled, hold_saves=hold_saves)
        with closing(Store.open(scratch)) as store:
            return preview(store, their_path, on_progress=on_progress, is_cancelled=is_cancelled)


def merge_file(store: Store, their_path: Path, *, prefer: str = "none", on_progress: OnProgress = untold) -> str:
    """Take in a colleague's copy without a window; return what was done as a sentence.

    Args:
        prefer: which side stands where both changed a record: "ours", "theirs", or "none" to stop there.

    Raises:
        Undecided: both changed a record, and neither side is preferred; nothing was written.
        StoreError: see `preview` and `Store.apply`.
    """
    if prefer not in ("none", OURS, THEIRS):
        raise StoreError(f"There is no side “{prefer}”. Choose ours, theirs or none.")
    merge = preview(store, their_path, on_progress=on_progress)
    try:
        decisions: dict[str, str] = {}
        while prefer != "none" and (left := merge.undecided(decisions)):
            decisions |= {one.key: prefer for one in left}
        edit = merge.edit(decisions)
        for content in merge.files(edit):
            store.keep_file(content)
        return merge.sentence(store.apply(edit, merge.label))
    finally:
        merge.close()


def _unique(store: Store) -> Unique:
    """The columns of each record type that only one record may hold together."""
    raw, found = store.connection.raw, {}
    for record_type in classes():
        indexes = raw.execute(
            "select name from pragma_index_list(?) where origin = 'u'", (record_type.value,)
        ).fetchall()
        columns = (
            tuple(column for (column,) in raw.execute("select name from pragma_index_info(?)", index))
            for index in indexes
        )
        found[record_type] = tuple(one for one in columns if one != ("id",))
    return found

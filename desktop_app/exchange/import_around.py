"""What hangs on one area for improvement: actions, notes, evidence and reports, known and new, read once."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any, TypeVar

from db.chain import Chains
from db.dates import PartialDate
from db.improvement_records import Action, CommitteeReport, Evidence, ProgressNote
from db.records import Document, Quote, Record, new_id
from db.store import Store
from db.text import fold
from desktop_app.exchange.import_lines import Blocks, Entry, Lines

AnyAround = TypeVar("AnyAround", Action, ProgressNote, Evidence, CommitteeReport)
Note = ProgressNote | Evidence | CommitteeReport


@dataclass(slots=True)
class Listed:
    """Notes, pieces of evidence or reports of one area: what tells them apart, and the lines that show them.

    `pairs` are each record with what it was.
    """

    pairs: list[tuple[Record | None, Record]] = field(default_factory=list)
    keys: set[tuple[str, ...]] = field(default_factory=set)
    blocks: Blocks = field(default_factory=Blocks)

    def know(self, was: Note | None, now: Note, key: tuple[str, ...], shown: str) -> None:
        """Take one in."""
        self.pairs.append((was, now))
        self.keys.add(key)
        self.blocks.add(shown)

    def add(self, lines: Lines, key_of: Callable[[Entry], tuple[str, ...]]) -> list[Entry]:
        """What a cell holds that is not there, each once."""
        new: dict[tuple[str, ...], Entry] = {}
        for one in lines.unknown(self.blocks):
            key = key_of(one)
            if key not in self.keys:
                new.setdefault(key, one)
        return list(new.values())


@dataclass(slots=True)
class Around:
    """All of it; `actions` stand by their folded words.

    `said` tells which row said a field of the area or of an action first, and what. `of_actions` are owner, due date
    and status of the rows with an action, and `has_own_row` says that a row without one speaks of the area itself.
    """

    actions: dict[str, tuple[Action | None, Action]] = field(default_factory=dict)
    notes: Listed = field(default_factory=Listed)
    evidence: Listed = field(default_factory=Listed)
    reports: Listed = field(default_factory=Listed)
    said: dict[tuple[str, str], tuple[int, Any]] = field(default_factory=dict)
    of_actions: list[dict[str, Any]] = field(default_factory=list)
    has_own_row: bool = False
    is_closed: bool = False

    def changes(self) -> Iterable[tuple[Record | None, Record]]:
        """The records of it before and after; those that stay the same too."""
        yield from self.actions.values()
        for listed in (self.notes, self.evidence, self.reports):
            yield from listed.pairs

    def take_notes(self, lines: Lines, area_id: str) -> bool:
        """Add the notes of a cell; True where that is more than was there."""
        new = self.notes.add(lines, lambda one: _dated(one.text, one.day))
        ids = sorted(new_id() for _ in new)  # notes of one day stand in the order of their ids
        for key, one in zip(ids, new, strict=True):
            made = ProgressNote(id=key, area_for_improvement_id=area_id, noted_on=one.day, text=one.text)
            self.notes.know(None, made, _dated(one.text, one.day), _note(made))
        return bool(new)

    def take_reports(self, lines: Lines, area_id: str) -> bool:
        """Add the committees of a cell; True where that is more than was there."""
        new = self.reports.add(lines, lambda one: _dated(one.text, one.day))
        for one in new:
            made = CommitteeReport(
                id=new_id(), area_for_improvement_id=area_id, committee=one.text, reported_on=one.day
            )
            self.reports.know(None, made, _dated(one.text, one.day), _report(made))
        return bool(new)

    def take_evidence(self, lines: Lines, area_id: str) -> bool:
        """Add the evidence of a cell; True where that is more than was there."""
        new = self.evidence.add(lines, lambda one: (fold(one.text), one.address))
        for one in new:
            made = Evidence(
                id=new_id(),
                area_for_improvement_id=area_id,
                position=len(self.evidence.pairs) + 1,
                text=one.text,
                address=one.address,
            )
            self.evidence.know(None, made, (fold(one.text), one.address), _piece(one.text, one.address))
        return bool(new)


class ReadAround:
    """What the file has around its areas."""

    def __init__(self, store: Store) -> None:
        self._chains = Chains.read(store)
        self._actions = _by_area(store.each(Action))
        self._notes = _by_area(store.each(ProgressNote))
        self._evidence = _by_area(store.each(Evidence))
        self._reports = _by_area(store.each(CommitteeReport))
        self._quotes = {one.id: one.text for one in store.each(Quote)} if self._evidence else {}
        self._titles = {one.id: one.title for one in store.each(Document)} if self._evidence else {}

    def of(self, area_id: str) -> Around:
        """What hangs on one area."""
        found = Around({fold(one.text): (one, one) for one in self._actions.get(area_id, ())})
        found.is_closed = self._chains.is_closed(area_id)
        for note in self._notes.get(area_id, ()):
            found.notes.know(note, note, _dated(note.text, note.noted_on), _note(note))
        for report in self._reports.get(area_id, ()):
            found.reports.know(report, report, _dated(report.committee, report.reported_on), _report(report))
        for piece in self._evidence.get(area_id, ()):
            found.evidence.know(piece, piece, (fold(piece.text), piece.address), self._shown(piece))
        return found

    def _shown(self, piece: Evidence) -> str:
        quote, title = self._quotes.get(piece.quote_id or "", ""), self._titles.get(piece.document_id or "", "")
        return _piece(piece.text, f"“{quote}”" if quote else title or piece.address)


def _by_area(records: Iterable[AnyAround]) -> dict[str, list[AnyAround]]:
    found: dict[str, list[AnyAround]] = {}
    for one in records:
        if one.area_for_improvement_id:
            found.setdefault(one.area_for_improvement_id, []).append(one)
    return found


def _dated(words: str, day: PartialDate | None) -> tuple[str, ...]:
    return day.iso if day else "", fold(words)


def _note(note: ProgressNote) -> str:
    """As an action plan shows it, so that one that comes back is known again."""
    return f"{note.noted_on}: {note.text}" if note.noted_on else note.text


def _report(report: CommitteeReport) -> str:
    return f"{report.committee}, {report.reported_on}" if report.reported_on else report.committee


def _piece(text: str, shown: str) -> str:
    return ": ".join(filter(None, (text, shown)))

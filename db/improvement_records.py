"""What is done about an area for improvement: actions, notes, evidence, and what later inspections said of it."""

from dataclasses import dataclass
from typing import ClassVar

from db.dates import PartialDate
from db.records import Record, RecordType


@dataclass(frozen=True, slots=True, kw_only=True)
class Action(Record):
    """Who does what by when, for an area for improvement or for a quote, never both.

    `owner` is a post. Without `status_id` nothing is known of how far it is.
    """

    record_type: ClassVar[RecordType] = RecordType.ACTION
    area_for_improvement_id: str | None = None
    quote_id: str | None = None
    position: int = 0
    text: str
    success_measure: str = ""
    owner: str = ""
    due_on: PartialDate | None = None
    status_id: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ProgressNote(Record):
    """What was reached on an area for improvement by a day, in the council's words."""

    record_type: ClassVar[RecordType] = RecordType.PROGRESS_NOTE
    area_for_improvement_id: str
    noted_on: PartialDate | None = None
    text: str
    author: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence(Record):
    """What shows that something was done: a quote, a document or an address, at most one, and what it shows."""

    record_type: ClassVar[RecordType] = RecordType.EVIDENCE
    area_for_improvement_id: str
    position: int = 0
    text: str = ""
    quote_id: str | None = None
    document_id: str | None = None
    address: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CommitteeReport(Record):
    """A committee that an area for improvement was reported to, and when."""

    record_type: ClassVar[RecordType] = RecordType.COMMITTEE_REPORT
    area_for_improvement_id: str
    committee: str
    reported_on: PartialDate | None = None
    notes: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict(Record):
    """What a later inspection said of an area for improvement.

    `verdict` is one of VERDICTS. `quote_id` is the sentence that says so, `later_area_id` the area for improvement
    of that inspection which raises it again; it belongs to `inspection_id`. `text` is the sentence with its place
    where no quote is recorded, or a remark; as what inspectors said, it goes out in copies.
    """

    record_type: ClassVar[RecordType] = RecordType.VERDICT
    area_for_improvement_id: str
    inspection_id: str
    verdict: str
    quote_id: str | None = None
    later_area_id: str | None = None
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class StatutoryDate(Record):
    """A date that the law sets after an inspection, as the council keeps it.

    `deadline` is a code of `deadlines.toml`. `due_on` stands in place of the day that was worked out, with the
    reason; `done_on` is when it was met.
    """

    record_type: ClassVar[RecordType] = RecordType.STATUTORY_DATE
    inspection_id: str
    deadline: str
    due_on: PartialDate | None = None
    reason: str = ""
    done_on: PartialDate | None = None


VERDICTS = {
    "closed": "Closed",
    "improved": "Improved",
    "raised_again": "Raised again",
    "not_mentioned": "Not mentioned",
}

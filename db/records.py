"""The records that a person enters: frozen facts, each with an id made when its form opens."""

import os
import time
from dataclasses import dataclass
from enum import StrEnum
from typing import ClassVar

from db.dates import PartialDate


class RecordType(StrEnum):
    """Every kind of record; its value is the name of its table."""

    PROVIDER = "provider"
    INSPECTION = "inspection"
    JUDGEMENT = "judgement"
    QUOTE = "quote"
    AREA_FOR_IMPROVEMENT = "area_for_improvement"
    DOCUMENT = "document"
    THEME = "theme"
    INSPECTORATE = "inspectorate"
    GRADE_SCALE = "grade_scale"
    GRADE = "grade"
    STRAND = "strand"
    FINDING_KIND = "finding_kind"
    TIMESCALE = "timescale"
    FRAMEWORK = "framework"
    INSPECTION_KIND = "inspection_kind"
    JUDGEMENT_AREA = "judgement_area"
    AREA_STRAND = "area_strand"
    EVENT_THEME = "event_theme"
    ACTION_STATUS = "action_status"
    RAG_RATING = "rag_rating"
    ACTION = "action"
    PROGRESS_NOTE = "progress_note"
    EVIDENCE = "evidence"
    COMMITTEE_REPORT = "committee_report"
    VERDICT = "verdict"
    STATUTORY_DATE = "statutory_date"


def new_id() -> str:
    """Make a UUID of version 7: ordered by time, the rest random (RFC 9562, section 5.7)."""
    number = (time.time_ns() // 1_000_000) << 80 | int.from_bytes(os.urandom(10), "big")
    number = number & ~(0xF << 76) | 7 << 76
    number = number & ~(0x3 << 62) | 2 << 62
    digits = f"{number:032x}"
    return "-".join((digits[:8], digits[8:12], digits[12:16], digits[16:20], digits[20:]))


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """What every record has.

    `record_type` names its table. A field that is a tuple of ids is kept in a table of links.
    """

    record_type: ClassVar[RecordType]
    id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Provider(Record):
    """What is inspected: a council's children's services, a home, an agency.

    `kind` is one of PROVIDER_KINDS; `urn` is Ofsted's number, `la_code` the Department for Education's.
    """

    record_type: ClassVar[RecordType] = RecordType.PROVIDER
    name: str
    kind: str = "local_authority"
    urn: str = ""
    la_code: str = ""
    region: str = ""
    notes: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Inspection(Record):
    """One event at one provider under one framework, graded or not.

    Every date may be missing or partly known. `dates_as_printed` keeps the printed wording of the
    period or periods, `published_as_printed` that of the publication. `lead_inspector` is free text
    and may hold two names; `team` has one name a line. `theme` is what a visit or joint inspection
    looked at.
    """

    record_type: ClassVar[RecordType] = RecordType.INSPECTION
    provider_id: str
    kind_id: str
    title: str = ""
    started_on: PartialDate | None = None
    ended_on: PartialDate | None = None
    second_started_on: PartialDate | None = None
    second_ended_on: PartialDate | None = None
    dates_as_printed: str = ""
    published_on: PartialDate | None = None
    published_as_printed: str = ""
    received_on: PartialDate | None = None
    lead_inspector: str = ""
    team: str = ""
    theme: str = ""
    report_address: str = ""
    notes: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement(Record):
    """What inspectors decided on one judgement area.

    Either `grade_id`, or `special` ("not_judged" or "not_known"), or only the wording as printed.
    """

    record_type: ClassVar[RecordType] = RecordType.JUDGEMENT
    inspection_id: str
    area_id: str
    grade_id: str | None = None
    special: str | None = None
    grade_as_printed: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Quote(Record):
    """Words taken exactly from a document.

    Without a document it is a draft. `voice` is one of VOICES, `tone` one of TONES or None.
    `area_id` or `strand_id` says what it is about, never both. Pages and paragraphs count from 1.
    `is_kept_as_printed` where it differs from the report and is to stay as its own source prints it.
    """

    record_type: ClassVar[RecordType] = RecordType.QUOTE
    inspection_id: str
    document_id: str | None = None
    position: int = 0
    text: str
    page: int | None = None
    paragraph: int | None = None
    area_id: str | None = None
    strand_id: str | None = None
    voice: str = "inspectors"
    speaker: str = ""
    speaker_role: str = ""
    is_reported_speech: bool = False
    tone: str | None = None
    theme_ids: tuple[str, ...] = ()
    is_kept_as_printed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class AreaForImprovement(Record):
    """What must get better, in the inspectors' words, and what the council makes of it.

    `audience` is one of AUDIENCES. `group_label` is the heading printed over it. `words_from` says
    whose words they are where the report itself was not at hand. From `owner`, a post, on it is the
    council's: a colour (`rag_id`) needs the reason behind it; late is never stored, it follows from `due_on`.
    """

    record_type: ClassVar[RecordType] = RecordType.AREA_FOR_IMPROVEMENT
    inspection_id: str
    document_id: str | None = None
    position: int = 0
    text: str
    finding_kind_id: str
    timescale_id: str | None = None
    audience: str = "local_authority"
    group_label: str = ""
    page: int | None = None
    paragraph: int | None = None
    words_from: str = ""
    theme_ids: tuple[str, ...] = ()
    owner: str = ""
    due_on: PartialDate | None = None
    status_id: str | None = None
    rag_id: str | None = None
    rag_reason: str = ""
    impact: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Document(Record):
    """Anything quoted from; it belongs to a provider and is linked to any number of inspections.

    `kind` is one of DOCUMENT_KINDS. Its bytes, where kept, stand once in the file under `file_sha256`.
    """

    record_type: ClassVar[RecordType] = RecordType.DOCUMENT
    provider_id: str
    kind: str = "report"
    title: str
    publisher: str = ""
    published_on: PartialDate | None = None
    published_as_printed: str = ""
    address: str = ""
    file_name: str = ""
    file_sha256: str | None = None
    notes: str = ""
    inspection_ids: tuple[str, ...] = ()


PROVIDER_KINDS = {
    "local_authority": "Council’s children’s services",
    "setting": "Children’s home or other setting",
    "agency": "Agency",
    "partnership": "Local area partnership",
}
VOICES = {
    "inspectors": "Inspectors",
    "council": "Council: politician or officer",
    "committee": "Committee member",
    "other": "Someone else",
}
TONES = {"strength": "Strength", "concern": "Concern", "mixed": "Mixed", "neutral": "Neutral"}
AUDIENCES = {
    "local_authority": "Local authority",
    "lscb": "Local Safeguarding Children Board",
    "partnership": "Partnership",
    "setting": "Registered setting",
}
DOCUMENT_KINDS = {
    "report": "Inspection report",
    "letter": "Inspection letter",
    "press_release": "Press release",
    "minutes": "Minutes",
    "article": "Article",
    "cabinet_paper": "Cabinet or committee paper",
    "data_sheet": "Data sheet",
    "other": "Other",
}
SPECIAL_VALUES = {"not_judged": "Not judged", "not_known": "Not known"}

"""The rules of inspectorates as records: frameworks, kinds, judgement areas, scales, strands and lists."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from db.dates import PartialDate
from db.records import Record, RecordType


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact(Record):
    """A fact that the program ships or an officer adds.

    `source` holds addresses or citations, one on a line. `shipped` is the digest of the values as
    the program last wrote them, None for an officer's own: a row that differs from its digest was
    changed by a person, and no update touches it (`db.seed`).
    """

    note: str = ""
    source: str = ""
    is_verified: bool = True
    shipped: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Inspectorate(Fact):
    """Who inspects."""

    record_type: ClassVar[RecordType] = RecordType.INSPECTORATE
    code: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class GradeScale(Fact):
    """A list of grades; rank belongs to the scale, never to a word."""

    record_type: ClassVar[RecordType] = RecordType.GRADE_SCALE
    code: str
    name: str
    is_ordered: bool = True
    in_force_from: PartialDate | None = None
    in_force_to: PartialDate | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Grade(Fact):
    """A value on a scale.

    `rank` counts from 1, the best; None where the scale has no order. `initials` stand on a mark
    ("RI"); `key` is the one key that sets the grade. `tone` names its colours in the look file.
    `variants` are printed wordings, one on a line; `printed_number` such as "Grade 3".
    """

    record_type: ClassVar[RecordType] = RecordType.GRADE
    scale_id: str
    code: str
    label: str
    position: int
    rank: int | None = None
    initials: str = ""
    key: str = ""
    tone: str = "plain"
    meaning: str = ""
    printed_number: str = ""
    variants: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Strand(Fact):
    """A line on the timeline that joins judgement areas of several frameworks."""

    record_type: ClassVar[RecordType] = RecordType.STRAND
    code: str
    label: str
    position: int
    is_on_timeline: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class FindingKind(Fact):
    """A kind of finding, such as recommendation; `weight` 3 is the gravest, 0 a strength."""

    record_type: ClassVar[RecordType] = RecordType.FINDING_KIND
    code: str
    label: str
    position: int
    weight: int = 2
    variants: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Timescale(Fact):
    """By when something must get better, as older reports group it."""

    record_type: ClassVar[RecordType] = RecordType.TIMESCALE
    code: str
    label: str
    position: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ActionStatus(Fact):
    """How far an action or an area for improvement is; `is_open` while something is left to do.

    `tone` names its colours in the look file.
    """

    record_type: ClassVar[RecordType] = RecordType.ACTION_STATUS
    code: str
    label: str
    position: int
    is_open: bool = True
    tone: str = "plain"


@dataclass(frozen=True, slots=True, kw_only=True)
class RagRating(Fact):
    """A colour of progress; every council gives the colours its own meaning."""

    record_type: ClassVar[RecordType] = RecordType.RAG_RATING
    code: str
    label: str
    position: int
    meaning: str = ""
    tone: str = "plain"


@dataclass(frozen=True, slots=True, kw_only=True)
class Theme(Fact):
    """Our own tag, across frameworks; `words` are hints for suggestions, one on a line.

    `share` is the per cent of published areas for improvement under it, None where not measured.
    """

    record_type: ClassVar[RecordType] = RecordType.THEME
    name: str
    definition: str = ""
    position: int = 0
    words: str = ""
    share: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Framework(Fact):
    """The published rules in force at a time.

    `is_inspection` is False for events that are none, such as a self-evaluation; `is_per_setting`
    marks rules for homes and agencies, `is_placeholder` announced rules whose content is not known.
    """

    record_type: ClassVar[RecordType] = RecordType.FRAMEWORK
    code: str
    name: str
    short_name: str
    in_force_from: PartialDate | None = None
    in_force_to: PartialDate | None = None
    dates_note: str = ""
    is_graded: bool | None = None
    scale_id: str | None = None
    scale_note: str = ""
    is_inspection: bool = True
    is_per_setting: bool = False
    is_placeholder: bool = False
    inspectorate_ids: tuple[str, ...] = ()
    finding_kind_ids: tuple[str, ...] = ()
    timescale_ids: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class InspectionKind(Fact):
    """A kind of event under a framework.

    `name` is the framework's word, `label` what lists call it ("ILACS standard inspection").
    `left_out_area_ids` are areas of the framework that this kind does not judge.
    """

    record_type: ClassVar[RecordType] = RecordType.INSPECTION_KIND
    framework_id: str
    code: str
    name: str
    label: str
    position: int
    is_graded: bool = False
    result_form: str = ""
    typical_duration: str = ""
    left_out_area_ids: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class JudgementArea(Fact):
    """A row of a framework's table, in printed order.

    `label` is unique only inside its group. `is_lane` marks the areas that the timeline draws.
    `scale_id` is set only where it differs from the framework's. An area with `is_graded` False is
    an outcome that belongs to kinds without grades.
    """

    record_type: ClassVar[RecordType] = RecordType.JUDGEMENT_AREA
    framework_id: str
    code: str
    label: str
    position: int
    group_label: str = ""
    parent_id: str | None = None
    printed_number: str = ""
    is_headline: bool = False
    is_graded: bool = True
    is_lane: bool = False
    scale_id: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AreaStrand(Fact):
    """How well a judgement area matches a strand: `match` is "exact", "close" or "partial"."""

    record_type: ClassVar[RecordType] = RecordType.AREA_STRAND
    area_id: str
    strand_id: str
    match: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EventTheme(Fact):
    """A published theme of a framework's joint inspections, offered when one is entered."""

    record_type: ClassVar[RecordType] = RecordType.EVENT_THEME
    framework_id: str
    label: str
    position: int
    in_force_from: PartialDate | None = None
    in_force_to: PartialDate | None = None


MATCHES = {"exact": "same subject", "close": "close", "partial": "partly comparable"}


def may_be_in_force(framework: Framework, started_on: PartialDate | None) -> bool:
    """Whether a framework may apply to an inspection that started then.

    Chosen by the inspection's first day, never by publication; of a partial date any day counts, and
    without a date every framework may apply. A framework without dates applies at any time.
    """
    if framework.is_placeholder:
        return False
    if started_on is None:
        return True
    first: date = framework.in_force_from.first_day if framework.in_force_from else date.min
    last: date = framework.in_force_to.last_day if framework.in_force_to else date.max
    return first <= started_on.last_day and started_on.first_day <= last


def areas_judged(kind: InspectionKind, areas: Iterable[JudgementArea]) -> list[JudgementArea]:
    """The areas of its framework that a kind judges, in printed order; none for most visits."""
    judged = (
        area
        for area in areas
        if area.framework_id == kind.framework_id
        and area.is_graded == kind.is_graded
        and area.id not in kind.left_out_area_ids
    )
    return sorted(judged, key=lambda area: area.position)

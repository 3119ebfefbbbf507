"""The timeline of one provider as values: lanes, events, bands, frameworks and breaks; no pixels."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from operator import itemgetter

from db.damage import readable
from db.dates import PartialDate
from db.frameworks import Grade
from db.improvement_records import StatutoryDate
from db.lists import Lists
from db.records import Inspection, Judgement
from db.store import Store


class LaneForm(StrEnum):
    """What a lane is made of."""

    STRAND = "strand"
    VISITS = "visits"
    FINDINGS = "findings"
    OTHERS = "others"
    DUE = "due"


class Form(StrEnum):
    """What an event or a band is.

    `SHARED` stands on a strand that was judged together with another one, `ABSENT` where an inspection
    or the rules give no overall grade, `OPEN` for a graded inspection without a grade on any lane, `DUE` on
    the day by which the law wants something after a report.
    """

    GRADE = "grade"
    SPECIAL = "special"
    SHARED = "shared"
    ABSENT = "absent"
    VISIT = "visit"
    OPEN = "open"
    FINDINGS = "findings"
    OTHER = "other"
    DUE = "due"


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """One mark on a lane.

    `first` and `last` are the days that its date may mean, the same day where the date is known. `mark`
    is what stands in it ("RI", "18"), `label` beside it. `is_grave` tells of a finding that forces quick
    action. `sentence` is the whole of it in words.
    """

    inspection_id: str
    form: Form
    on: PartialDate
    label: str
    sentence: str
    judgement_id: str | None = None
    grade: Grade | None = None
    mark: str = ""
    match: str = "exact"
    is_grave: bool = False

    @property
    def first(self) -> date:
        return self.on.first_day

    @property
    def last(self) -> date:
        return self.on.last_day

    @property
    def tone(self) -> str:
        """The name of its colours in the look file."""
        return self.grade.tone if self.grade else "plain"


@dataclass(frozen=True, slots=True, kw_only=True)
class Band:
    """The days through which what an inspection gave stays in force; both days count.

    `inspection_id` is empty where the rules alone say it. `tone` names the colours of the look file.
    """

    inspection_id: str
    form: Form
    first: date
    last: date
    label: str
    tone: str = "plain"


@dataclass(frozen=True, slots=True, kw_only=True)
class Lane:
    """A row of the timeline.

    `key` is the strand's id, or the form of a lane without one. `events` and `bands` are in the order
    of time, and no two bands share a day. `note` says what the whole lane must tell.
    """

    key: str
    form: LaneForm
    label: str
    events: tuple[Event, ...] = ()
    bands: tuple[Band, ...] = ()
    is_headline: bool = False
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class FrameworkSpan:
    """A framework above the axis.

    `last` ends where a successor on the same lanes begins; `words` tell its own dates. Frameworks that
    share no lane stand in different rows, counted from 0.
    """

    framework_id: str
    label: str
    words: str
    first: date
    last: date
    row: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Break:
    """The day from which lanes are graded on another scale."""

    on: date
    lane_keys: tuple[str, ...]
    label: str
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Undated:
    """An inspection or event that cannot be placed, since none of its dates is known."""

    inspection_id: str
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Timeline:
    """What one provider's timeline shows, from `first` to `last`.

    `inspection_count` leaves out events that are no inspections; `years` are those of the first and the
    last inspection, None where none has a date.
    """

    first: date
    last: date
    today: date
    lanes: tuple[Lane, ...] = ()
    frameworks: tuple[FrameworkSpan, ...] = ()
    breaks: tuple[Break, ...] = ()
    undated: tuple[Undated, ...] = ()
    inspection_count: int = 0
    years: tuple[int, int] | None = None

    @property
    def is_empty(self) -> bool:
        return not self.lanes and not self.undated

    @property
    def events(self) -> list[Event]:
        """Every event, lane by lane."""
        return [event for lane in self.lanes for event in lane.events]


Counts = Mapping[str, dict[str, int]]  # inspection id → finding kind id → how many areas for improvement


def build(
    lists: Lists,
    inspections: Sequence[Inspection],
    judgements: Sequence[Judgement],
    counts: Counts,
    today: date,
    kept: Sequence[StatutoryDate] = (),
) -> Timeline:
    """Work the timeline of one provider out of its records.

    Args:
        inspections: all of one provider.
        judgements: theirs; only areas with `is_lane` draw.
        counts: how many areas for improvement each has, by kind of finding.
        today: the day to which the last bands run.
        kept: what was entered of statutory dates.
    """
    from db.timeline_build import Builder

    return Builder(lists, inspections, judgements, counts, today, kept).timeline()


@readable()
def read(store: Store, provider_id: str, today: date, lists: Lists | None = None) -> Timeline:
    """The timeline of one provider, by four queries; `lists` are those of the store where they are at hand."""
    inspections = store.each(Inspection, provider_id=provider_id)
    return build(
        lists or Lists.read(store),
        inspections,
        _judgements(store, provider_id),
        _counts(store, provider_id),
        today,
        store.each(StatutoryDate),
    )


def _judgements(store: Store, provider_id: str) -> list[Judgement]:
    rows = store.connection.raw.execute(
        "select id, inspection_id, area_id, grade_id, special, grade_as_printed from judgement "
        "where inspection_id in (select id from inspection where provider_id = ?) order by row",
        (provider_id,),
    )
    names = ("id", "inspection_id", "area_id", "grade_id", "special", "grade_as_printed")
    return [Judgement(**dict(zip(names, row, strict=True))) for row in rows.fetchall()]


def _counts(store: Store, provider_id: str) -> dict[str, dict[str, int]]:
    rows = store.connection.raw.execute(
        "select inspection_id, finding_kind_id, count(*) from area_for_improvement "
        "where inspection_id in (select id from inspection where provider_id = ?) group by 1, 2 order by 1, 2",
        (provider_id,),
    ).fetchall()
    found: dict[str, dict[str, int]] = {}
    for inspection_id, finding_kind_id, count in sorted(rows, key=itemgetter(0, 1)):
        found.setdefault(inspection_id, {})[finding_kind_id] = count
    return found

"""What a report says of an inspection, as a draft: each value with where it stands, how sure it is, and why not."""

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Generic, TypeVar

from db.dates import PartialDate
from desktop_app.reading.paragraph_values import Paragraph, Place

T = TypeVar("T")


class Certainty(StrEnum):
    """How a value came about; only what is certain may be accepted at one stroke."""

    CERTAIN = "certain"  # printed
    DERIVED = "derived"  # follows from what is printed
    DOUBTFUL = "doubtful"  # printed, but something about it is odd
    NOT_PRINTED = "not printed"


@dataclass(frozen=True, slots=True)
class Source:
    """Where a value stands: the words of its lines, and their letters on the page; none in pasted text."""

    text: str
    page: int | None = None
    places: tuple[Place, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Found(Generic[T]):
    """A value that a report may give; None where it prints none.

    Args:
        doubts: sentences to show beside the value; also what keeps an empty one empty.
    """

    value: T | None = None
    as_printed: str = ""
    sources: tuple[Source, ...] = ()
    certainty: Certainty = Certainty.NOT_PRINTED
    doubts: tuple[str, ...] = ()

    @property
    def is_certain(self) -> bool:
        return self.certainty is Certainty.CERTAIN


@dataclass(frozen=True, slots=True)
class Period:
    """A stretch of days on site; the end is None where only a beginning is printed."""

    started_on: PartialDate | None
    ended_on: PartialDate | None


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftJudgement:
    """A row of the judgement table, or the sentence that stands for one.

    Args:
        grade: the code of a grade of the framework's scale, or "not_judged"; its `as_printed` keeps the wording.
    """

    area_code: str
    label_as_printed: str
    grade: Found[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftArea:
    """An area for improvement, recommendation or priority action, in the inspectors' words.

    Args:
        text: of the whole item; the words of its own bullets follow.
        finding_kind, timescale: codes of the lists; the timescale is empty where none is printed.
        audience: one of `db.records.AUDIENCES`.
        paragraph: the number printed before it.
    """

    text: Found[str]
    finding_kind: str
    group_label: str = ""
    timescale: str = ""
    audience: str = "local_authority"
    page: int | None = None
    paragraph: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """All that was found in one report.

    Args:
        layout: the name of the rules that were followed, empty where the report fits none.
        framework, kind: codes. The framework follows from the title and the first day.
        doubts: what belongs to no field: a row of the table that fits no area, a second table.
        numbered_paragraphs, last_paragraph_number: of the whole report.
    """

    layout: str = ""
    is_letter: bool = False
    title: Found[str] = field(default_factory=Found)
    framework: Found[str] = field(default_factory=Found)
    kind: Found[str] = field(default_factory=Found)
    provider: Found[str] = field(default_factory=Found)
    periods: Found[tuple[Period, ...]] = field(default_factory=Found)
    published_on: Found[PartialDate] = field(default_factory=Found)
    lead_inspector: Found[str] = field(default_factory=Found)
    theme: Found[str] = field(default_factory=Found)
    judgements: tuple[DraftJudgement, ...] = ()
    areas: tuple[DraftArea, ...] = ()
    doubts: tuple[Found[str], ...] = ()
    numbered_paragraphs: int = 0
    last_paragraph_number: int | None = None

    @property
    def started_on(self) -> PartialDate | None:
        """The first day of the first period."""
        return self.periods.value[0].started_on if self.periods.value else None

    @property
    def ended_on(self) -> PartialDate | None:
        """The last day of the last period."""
        return self.periods.value[-1].ended_on if self.periods.value else None


def source_of(paragraph: Paragraph) -> Source:
    """Where a paragraph stands."""
    return Source(paragraph.text, paragraph.page, tuple(paragraph.places(0, len(paragraph.text))))

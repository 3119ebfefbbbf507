"""The timeline in sentences: what a mark says to someone who does not see it."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from db.dates import MONTHS, PartialDate
from db.frameworks import MATCHES, Framework, Grade, InspectionKind, JudgementArea
from db.lists import Lists
from db.records import Inspection

_NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
GRAVE = 3  # the weight of a finding that forces quick action


def number(count: int, noun: str) -> str:
    """ "four headlines", "one judgement", "12 judgements"."""
    word = _NUMBERS[count] if count < len(_NUMBERS) else str(count)
    return f"{word} {noun}" if count == 1 else f"{word} {noun}s"


def month_of(day: date) -> str:
    return f"{MONTHS[day.month - 1]} {day.year}"


def event_date(inspection: Inspection) -> PartialDate | None:
    """Where an event stands: its first day, else its last, else its publication; None where nothing is known."""
    return inspection.started_on or inspection.ended_on or inspection.published_on


def when(inspection: Inspection) -> str:
    """The date of an event, with what it is where it is not the first day."""
    if inspection.started_on:
        return str(inspection.started_on)
    if inspection.ended_on:
        return f"ended {inspection.ended_on}"
    return f"published {inspection.published_on}" if inspection.published_on else "date not known"


def spoken(*parts: str) -> str:
    """The parts as one sentence."""
    return ", ".join(part for part in parts if part)


def printed_as(lists: Lists, area: JudgementArea, match: str, provider_id: str) -> str:
    """What an area is called in the report, where it is not just the strand's own subject."""
    if match == "exact":
        return ""
    words = f"“{lists.area_label(area, provider_id)}”"
    place = f" in {area.group_label}" if area.group_label else ""
    return f"{'close match' if match == 'close' else MATCHES[match]}: {words}{place}"


def movement(grade: Grade, before: Sequence[tuple[Grade, int]], is_broken: bool) -> str:
    """From which grade a judgement moved.

    Args:
        before: the grades of the inspection before, each with its year.
        is_broken: the strand's scale changed in between.
    """
    if not before:
        return ""
    year = before[0][1]
    names = " and ".join(dict.fromkeys(one.label for one, _ in before))
    if is_broken or any(one.scale_id != grade.scale_id for one, _ in before):
        return f"not comparable with {names} in {year}: other scale"
    if len({one.id for one, _ in before}) > 1:
        return f"after {names} in {year}"
    return _step(grade, before[0][0], year)


def _step(grade: Grade, before: Grade, year: int) -> str:
    if grade.id == before.id:
        return f"the same as in {year}"
    if grade.rank is None or before.rank is None or grade.rank == before.rank:
        return f"after {before.label} in {year}"
    return f"{'up' if grade.rank < before.rank else 'down'} from {before.label}"


def findings(lists: Lists, counts: Mapping[str, int]) -> str:
    """ "1 area for priority action, 2 areas for improvement", the gravest first."""
    kinds = sorted(
        (lists.finding_kinds[key] for key in counts), key=lambda kind: (-kind.weight, kind.position, kind.id)
    )
    return ", ".join(_counted(kind.label, counts[kind.id]) for kind in kinds)


def _counted(label: str, count: int) -> str:
    noun = label[:1].lower() + label[1:]
    if count != 1:
        noun = noun.replace("area ", "areas ", 1) if noun.startswith("area ") else _plural(noun)
    return f"{count} {noun}"


def _plural(noun: str) -> str:
    words, bracket, rest = noun.partition(" (")
    return f"{words}{'es' if words.endswith('s') else 's'}{bracket}{rest}"


def is_grave(lists: Lists, counts: Mapping[str, int]) -> bool:
    return any(lists.finding_kinds[key].weight >= GRAVE for key in counts)


def visit_label(framework: Framework, kind: InspectionKind) -> str:
    """A few words beside a diamond: the kind, or the framework where all of it is without grades."""
    if framework.is_graded:
        return kind.name
    return min(kind.name, framework.short_name, key=len)


def no_overall(headline_count: int, lane_count: int) -> str:
    """Why an inspection has no overall grade: "four headlines, no overall"."""
    given = number(headline_count, "headline") if headline_count else number(lane_count, "judgement")
    return f"{given}, no overall"


def ended(is_headline: bool, next_day: date) -> str:
    """Since when a strand is no longer graded."""
    return f"{'no overall' if is_headline else 'not graded'} since {month_of(next_day)}"


def framework_labels(frameworks: Iterable[Framework]) -> dict[str, str]:
    """Short names; two of the same name are told apart by the year from which they hold."""
    listed = list(frameworks)
    names = [framework.short_name for framework in listed]
    return {
        one.id: f"{one.short_name} from {one.in_force_from.year}"
        if names.count(one.short_name) > 1 and one.in_force_from
        else one.short_name
        for one in listed
    }


def framework_words(framework: Framework) -> str:
    """A framework with its dates: "Single inspection (SIF), November 2013 to August 2018"."""
    first, last = framework.in_force_from, framework.in_force_to
    if first and last:
        return f"{framework.name}: in force {first} to {last}"
    return f"{framework.name}: in force from {first}" if first else framework.name


def lowered(label: str) -> str:
    """The label inside a sentence: "Children in care" is "children in care"; initials stay."""
    return label if label[1:2].isupper() else label[:1].lower() + label[1:]

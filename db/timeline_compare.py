"""Two inspections side by side: judgement by judgement with movement in words, and what recurs."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from db.frameworks import Grade
from db.improvement_records import VERDICTS, Verdict
from db.lists import Lists
from db.records import SPECIAL_VALUES, AreaForImprovement, Judgement
from db.timeline_rules import Rules

NO_COUNTERPART = "nothing to compare it with"
OTHER_SCALE = "not comparable: other scale"
_MATCHES = {"close": "close match", "partial": "partly comparable"}


@dataclass(frozen=True, slots=True)
class Compared:
    """One judgement of the later inspection beside those of the earlier one on its subject, or one that has none.

    `movement` is in words, as "up from Good" or "not comparable: other scale".
    """

    earlier_area: str
    earlier: str
    later_area: str
    later: str
    movement: str


@dataclass(frozen=True, slots=True)
class Beside:
    """Areas for improvement of both that belong together, or one alone.

    `themes` names what recurs, `said` what the later inspection said of each earlier one, a line for each.
    """

    earlier: str
    later: str
    themes: str = ""
    said: str = ""


def judgements(lists: Lists, earlier: Sequence[Judgement], later: Sequence[Judgement]) -> list[Compared]:
    """Every judgement of both, those of the later one first in printed order; nothing is averaged or left out."""
    rules = Rules.of(lists)
    found, used = [], set()
    for judgement in sorted(later, key=lambda one: lists.areas[one.area_id].position):
        before = [one for one in earlier if one.area_id == judgement.area_id] or [
            one for one in earlier if _strand(rules, one) and _strand(rules, one) == _strand(rules, judgement)
        ]
        used |= {one.id for one in before}
        found.append(_compared(lists, rules, before, judgement))
    for judgement in sorted(earlier, key=lambda one: lists.areas[one.area_id].position):
        if judgement.id not in used:
            found.append(Compared(_area(lists, judgement), _value(lists, judgement), "", "", NO_COUNTERPART))
    return found


def _compared(lists: Lists, rules: Rules, before: Sequence[Judgement], judgement: Judgement) -> Compared:
    return Compared(
        " and ".join(_area(lists, one) for one in before),
        " and ".join(_value(lists, one) for one in before),
        _area(lists, judgement),
        _value(lists, judgement),
        _movement(lists, rules, before, judgement),
    )


def _movement(lists: Lists, rules: Rules, before: Sequence[Judgement], judgement: Judgement) -> str:
    if not before:
        return NO_COUNTERPART
    grade = lists.grades.get(judgement.grade_id or "")
    grades = [lists.grades[one.grade_id] for one in before if one.grade_id in lists.grades]
    if grade is None or len(grades) < len(before):
        return "not comparable: no grade in one of them"
    if any(one.scale_id != grade.scale_id for one in grades):
        return OTHER_SCALE
    if before[0].area_id == judgement.area_id:
        return moved(grade, grades)
    matches = {rules.links[one.area_id][0].match for one in (*before, judgement)}
    limit = next((_MATCHES[key] for key in ("partial", "close") if key in matches), "")
    return ", ".join(filter(None, (moved(grade, grades), limit)))


def moved(grade: Grade, before: Sequence[Grade]) -> str:
    """From which grade on the same scale: "up from Good", "the same", "after Good and Adequate"."""
    names = " and ".join(dict.fromkeys(one.label for one in before))
    first = before[0]
    if len({one.id for one in before}) > 1 or grade.rank is None or first.rank is None:
        return f"after {names}"
    if grade.id == first.id:
        return "the same"
    if grade.rank == first.rank:
        return f"after {names}"
    return f"{'up' if grade.rank < first.rank else 'down'} from {names}"


def _strand(rules: Rules, judgement: Judgement) -> str:
    """The strand on which a judgement is drawn, empty where it is on none."""
    links = rules.links.get(judgement.area_id, ())
    return links[0].strand_id if links else ""


def _area(lists: Lists, judgement: Judgement) -> str:
    area = lists.areas[judgement.area_id]
    return f"{area.group_label}: {area.label}" if area.group_label else area.label


def _value(lists: Lists, judgement: Judgement) -> str:
    if grade := lists.grades.get(judgement.grade_id or ""):
        return grade.label
    if judgement.special:
        return SPECIAL_VALUES.get(judgement.special, judgement.special)
    return f"“{judgement.grade_as_printed}”"


def areas(
    lists: Lists,
    earlier: Sequence[AreaForImprovement],
    later: Sequence[AreaForImprovement],
    verdicts: Sequence[Verdict] = (),
) -> list[Beside]:
    """Each of the later one with those before that it repeats; then what stood only in the earlier one.

    It repeats what a verdict links it to, and what shares a theme with it.

    Args:
        verdicts: those of the later inspection; what it said of an earlier area is told beside it.
    """
    said: dict[str, list[Verdict]] = {}
    for one in verdicts:
        said.setdefault(one.area_for_improvement_id, []).append(one)
    return list(_areas(lists, earlier, later, said))


def _areas(
    lists: Lists,
    earlier: Sequence[AreaForImprovement],
    later: Sequence[AreaForImprovement],
    said: Mapping[str, Sequence[Verdict]],
) -> Iterator[Beside]:
    recurring: set[str] = set()
    for area in later:
        before = [one for one in earlier if _is_repeated(one, area, said.get(one.id, ()))]
        recurring |= {one.id for one in before}
        shared = [key for key in area.theme_ids if any(key in one.theme_ids for one in before)]
        names = ", ".join(lists.themes[key].name for key in shared if key in lists.themes)
        told = [_told(said.get(one.id, ())) or "Nothing recorded" for one in before]
        is_told = any(one.id in said for one in before)
        yield Beside("\n".join(one.text for one in before), area.text, names, "\n".join(told) if is_told else "")
    for area in earlier:
        if area.id not in recurring:
            yield Beside(area.text, "", "", _told(said.get(area.id, ())))


def _is_repeated(area: AreaForImprovement, later: AreaForImprovement, said: Sequence[Verdict]) -> bool:
    return bool(set(area.theme_ids) & set(later.theme_ids)) or any(one.later_area_id == later.id for one in said)


def _told(said: Sequence[Verdict]) -> str:
    return ", ".join(dict.fromkeys(VERDICTS.get(one.verdict, one.verdict) for one in said))

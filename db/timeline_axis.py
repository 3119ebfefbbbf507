"""What stands above the lanes: the frameworks that graded them, and the days on which a scale changes."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from db import timeline_words as words
from db.frameworks import Framework
from db.timeline import Break, FrameworkSpan, Lane, LaneForm
from db.timeline_rules import ONE_DAY, Rules, end, start


def frameworks(
    rules: Rules, lanes: Sequence[Lane], used: set[str], first: date, last: date, today: date
) -> tuple[FrameworkSpan, ...]:
    """Those that grade lanes shown here, and were used for this provider or are in force today.

    Args:
        used: the ids of the frameworks under which the provider was inspected.
    """
    spans: list[FrameworkSpan] = []
    rows: list[set[str]] = []
    for framework, strands in _drawing(rules, lanes):
        is_current = framework.id in rules.family and start(framework) <= today <= end(framework)
        if not framework.in_force_from or (framework.id not in used and not is_current):
            continue
        row = next((place for place, kept in enumerate(rows) if kept & strands), len(rows))
        if row == len(rows):
            rows.append(set())
        rows[row] |= strands
        spans = [_cut(span, row, start(framework)) for span in spans]
        spans.append(_span(framework, row))
    labels = words.framework_labels(rules.lists.frameworks[span.framework_id] for span in spans)
    seen = [span for span in spans if span.first <= span.last and span.first <= last and span.last >= first]
    return tuple(replace(span, label=labels[span.framework_id]) for span in seen)


def _drawing(rules: Rules, lanes: Sequence[Lane]) -> list[tuple[Framework, set[str]]]:
    """Every framework that grades a lane, in the order in which they came into force, with the strands."""
    found: dict[str, set[str]] = {}
    for lane in lanes:
        for framework, _ in rules.drawing.get(lane.key, ()):
            found.setdefault(framework.id, set()).add(lane.key)
    known = rules.lists.frameworks
    return [(known[key], found[key]) for key in sorted(found, key=lambda one: (start(known[one]), one))]


def _span(framework: Framework, row: int) -> FrameworkSpan:
    return FrameworkSpan(
        framework_id=framework.id,
        label=framework.short_name,
        words=words.framework_words(framework),
        first=start(framework),
        last=end(framework),
        row=row,
    )


def _cut(span: FrameworkSpan, row: int, successor_on: date) -> FrameworkSpan:
    """A span that ends where its successor begins."""
    if span.row != row or span.last < successor_on:
        return span
    return replace(span, last=successor_on - ONE_DAY)


def breaks(rules: Rules, lanes: Sequence[Lane], first: date, last: date) -> tuple[Break, ...]:
    """Where the scale changes on a lane that was graded before."""
    at: dict[date, list[Lane]] = {}
    for lane in lanes:
        if lane.form is LaneForm.STRAND:
            for day in rules.breaks(lane.key):
                if first < day <= last and any(event.first < day for event in lane.events):
                    at.setdefault(day, []).append(lane)
    return tuple(_break(day, found) for day, found in sorted(at.items()))


def _break(day: date, lanes: Sequence[Lane]) -> Break:
    told = f"The scale changes in {words.month_of(day)}: grades before and after cannot be compared"
    return Break(on=day, lane_keys=tuple(lane.key for lane in lanes), label="scale changes here", words=told)

"""How the Improvement place says what it lists: short names, due dates, statuses, and a row as one sentence."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from db.dates import PartialDate, period, short_period
from db.improvement import Event, Plan, Row
from db.lists import Lists

CLOSED = "Closed by inspectors"
LATE = "Late"
LATE_TONE = "inadequate"
_PLAIN_KINDS = ("standard", "full", "inspection", "unannounced", "re-inspection")
_MOST_LETTERS = 24  # of a kind's name beside its framework's
_TICK, _HALF, _RING, _WARNING = "✓", "◐", "○", "▲"


class StatusWords(NamedTuple):
    """A status for people: a mark and words on colours of a tone, and a line below; empty where nothing is known."""

    mark: str = ""
    words: str = ""
    tone: str = "plain"
    below: str = ""

    @property
    def spoken(self) -> str:
        """All of it without the mark."""
        return ", ".join(part for part in (self.words, self.below) if part)


def short_inspection(lists: Lists, event: Event) -> str:
    """An inspection for a narrow column: "ILACS 2022", "ILACS focused visit 2019", "SIF 2016"."""
    framework, kind = lists.framework_of(event.kind_id), lists.kinds[event.kind_id]
    if not framework.is_inspection:
        return " ".join(part for part in (kind.label, event.day[:4]) if part)
    bracketed = re.search(r"\(([A-Z]{2,})\)", framework.short_name)
    name = bracketed[1] if bracketed else framework.short_name
    first = kind.name.split()[0].strip(",").casefold()
    which = "" if first in _PLAIN_KINDS else kind.name.casefold().removesuffix(" inspection")
    if len(which) > _MOST_LETTERS:
        which = ""
    return " ".join(part for part in (name, which, event.day[:4]) if part)


def inspection_name(lists: Lists, event: Event) -> str:
    """An inspection in full: "ILACS standard inspection, 9 May to 20 May 2022"."""
    when = period(event.started_on, event.ended_on) or "date not known"
    return f"{lists.kinds[event.kind_id].label}, {when}"


def due_words(due: str) -> str:
    """ "30 Jun 2023" for a date as it is in the file; empty for none."""
    return short_period(PartialDate.from_iso(due), None) if due else ""


def status_words(lists: Lists, status_id: str | None, *, is_late: bool, is_closed: bool = False) -> StatusWords:
    """What the status column shows. Late stands before what a person set, which goes below.

    Args:
        is_closed: a later inspection closed it, which counts for more than a status that is open.
    """
    status = lists.statuses.get(status_id or "")
    if is_late:
        return StatusWords(_WARNING, LATE, LATE_TONE, status.label if status else "")
    if is_closed and (status is None or status.is_open):
        return StatusWords(_TICK, CLOSED, "outstanding", status.label if status else "")
    if status is None:
        return StatusWords()
    mark = _TICK if not status.is_open else _RING if status.tone == "plain" else _HALF
    return StatusWords(mark, status.label, status.tone)


def row_status(plan: Plan, lists: Lists, row: Row) -> StatusWords:
    """The status of a row of the list."""
    is_closed = not row.quote_id and plan.chains.is_closed(row.id)
    return status_words(lists, row.status_id, is_late=bool(row.is_late), is_closed=is_closed)


def theme_words(lists: Lists, theme_ids: Sequence[str]) -> str:
    """The names of themes: "disabled children · private fostering"."""
    return " · ".join(lists.themes[key].name for key in theme_ids if key in lists.themes)


def inspection_words(plan: Plan, lists: Lists, row: Row) -> str:
    """The inspection of a row, with its provider where the file holds several."""
    event = plan.events[row.inspection_id]
    short = short_inspection(lists, event)
    return f"{short}, {lists.providers[event.provider_id].name}" if len(lists.providers) > 1 else short


def spoken(plan: Plan, lists: Lists, row: Row) -> str:
    """A row as one sentence."""
    status = row_status(plan, lists, row).spoken
    parts = (
        f"Action for a quote: {plan.text(row)}" if row.quote_id else plan.text(row),
        inspection_words(plan, lists, row),
        theme_words(lists, plan.theme_ids(row)).replace(" · ", ", "),
        f"owner {row.owner}" if row.owner else "no owner",
        f"due {PartialDate.from_iso(row.due)}" if row.due else "no due date",
        f"status {status[:1].lower()}{status[1:]}" if status else "no status",
        plan.seen_before(row),
    )
    return ", ".join(part.strip().rstrip(".") for part in parts if part)


def completeness(plan: Plan, rows: Sequence[Row]) -> str:
    """ "Of 3 areas for improvement 2 have an owner, 2 a due date, 1 an action, none evidence."; empty for no areas."""
    areas = [row for row in rows if not row.quote_id]
    if not areas:
        return ""
    counted = {
        "an owner": sum(row.owner != "" for row in areas),
        "a due date": sum(row.due != "" for row in areas),
        "an action": sum(row.id in plan.with_action for row in areas),
        "evidence": sum(row.id in plan.with_evidence for row in areas),
    }
    if len(areas) == 1:
        return _of_one(counted)
    verb = "has" if counted["an owner"] == 1 else "have"
    said = [f"{count:,} {thing}" if count else f"none {thing}" for thing, count in counted.items()]
    said[0] = said[0].replace(" ", f" {verb} ", 1)
    return f"Of {len(areas):,} areas for improvement {', '.join(said)}."


def _of_one(counted: dict[str, int]) -> str:
    has = [thing for thing, count in counted.items() if count]
    lacks = [thing.removeprefix("an ").removeprefix("a ") for thing, count in counted.items() if not count]
    said = f"has {_listed(has, 'and')}" if has else ""
    missing = f"{'but' if has else 'has'} no {_listed(lacks, 'or')}" if lacks else ""
    return f"This area for improvement {' '.join(part for part in (said, missing) if part)}."


def _listed(things: Sequence[str], word: str) -> str:
    return f"{', '.join(things[:-1])} {word} {things[-1]}" if len(things) > 1 else things[0]

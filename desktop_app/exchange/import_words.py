"""What an import would do, and what is to be known of it, in sentences."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

from db.lists import Lists
from db.records import Provider, RecordType
from db.rules import name_of
from desktop_app.exchange.import_fields import Field, idle
from desktop_app.exchange.import_known import Known
from desktop_app.exchange.import_matching import Headings
from desktop_app.exchange.import_target import Target

if TYPE_CHECKING:
    from desktop_app.exchange.import_plan import Plan

_NOUNS = {
    RecordType.PROVIDER: ("provider", "providers"),
    RecordType.INSPECTION: ("inspection", "inspections"),
    RecordType.JUDGEMENT: ("judgement", "judgements"),
    RecordType.QUOTE: ("quote", "quotes"),
    RecordType.AREA_FOR_IMPROVEMENT: ("area for improvement", "areas for improvement"),
    RecordType.ACTION: ("action", "actions"),
    RecordType.PROGRESS_NOTE: ("progress note", "progress notes"),
    RecordType.EVIDENCE: ("piece of evidence", "pieces of evidence"),
    RecordType.COMMITTEE_REPORT: ("committee report", "committee reports"),
    RecordType.DOCUMENT: ("document", "documents"),
}
_ON_THE_BUTTON = (
    RecordType.INSPECTION,
    RecordType.QUOTE,
    RecordType.AREA_FOR_IMPROVEMENT,
    RecordType.ACTION,
    RecordType.JUDGEMENT,
)
_SHOWN = 8


def summary(plan: "Plan") -> str:
    """What importing would do, in a few sentences."""
    parts = []
    if words := new_records(plan):
        parts.append(f"New: {words}.")
    if plan.filled:
        parts.append(f"{_counted(plan.filled, 'record')} that you have {'gets' if plan.filled == 1 else 'get'} more.")
    if plan.known:
        parts.append(f"{_counted(plan.known, 'row')} {'says' if plan.known == 1 else 'say'} nothing new.")
    if plan.left_out:
        have = "row has" if plan.left_out == 1 else "rows have"
        parts.append(f"{plan.left_out:,} {have} a problem and {'stays' if plan.left_out == 1 else 'stay'} out.")
    if not plan.rows:
        return "No row under the headings holds anything that can be taken in."
    return " ".join(parts)


def new_records(plan: "Plan") -> str:
    """What is new, counted: "2 providers, 6 inspections and 29 judgements"."""
    words = [f"{plan.new[kind]:,} {_NOUNS[kind][plan.new[kind] != 1]}" for kind in _NOUNS if plan.new.get(kind)]
    return ", ".join(words[:-1]) + (" and " if len(words) > 1 else "") + words[-1] if words else ""


def done(plan: "Plan", name: str) -> str:
    """What was done, for the status line."""
    words = new_records(plan)
    more = f"{_counted(plan.filled, 'record')} filled" if plan.filled else ""
    said = "; ".join(part for part in (words, more) if part)
    return f"Imported {name}: {said}." if said else f"{name} says nothing new, so nothing was changed."


def button(plan: "Plan") -> str:
    """What the button says that imports."""
    for kind in _ON_THE_BUTTON:
        if count := plan.new.get(kind):
            return f"Import {count:,} {_NOUNS[kind][count != 1]}"
    return "Import"


def incoming(lists: Lists, known: Known, providers: Mapping[str, tuple[Provider | None, Provider]]) -> list[str]:
    """A line for each inspection and provider that is new or gets more."""
    found: list[str] = []
    for was, now in providers.values():
        if was != now:
            found.append(f"{'New provider' if was is None else 'More on'} {now.name}")
    names = {key: provider.name for key, provider in lists.providers.items()}
    names |= {key: now.name for key, (_, now) in providers.items()}
    found += [line for target in known.each() if (line := _line(lists, target, names))]
    return found


def _line(lists: Lists, target: Target, names: Mapping[str, str]) -> str:
    pairs = list(target.changes())
    new = Counter(now.record_type for was, now in pairs[1:] if was is None)
    is_changed = any(was != now for was, now in pairs)
    if not is_changed:
        return ""
    counts = [f"{new[kind]:,} {_NOUNS[kind][new[kind] != 1]}" for kind in _NOUNS if new.get(kind)]
    name = f"{names[target.inspection.provider_id]}, {lists.name_of(target.inspection)}"
    return f"{'New' if target.is_new else 'More for'} {name}{': ' if counts else ''}{', '.join(counts)}"


def columns_left_out(headings: Headings, fields: Mapping[int, Field]) -> Iterator[str]:
    """Which columns are not taken in, and why."""
    unused = idle(fields)
    alone = [column.heading for column in headings.columns if column.place in unused]
    left = [column.heading for column in headings.columns if column.place not in fields]
    if alone:
        yield f"These columns say nothing without the words that they are about, and are left out: {_named(alone)}."
    if left:
        yield f"These columns are left out: {_named(left)}."


def numbers(numbered: Mapping[str, str]) -> Iterator[str]:
    """How numbers were read as grades."""
    for scale in dict.fromkeys(numbered.values()):
        yield f"Numbers are read as grades: {scale}."


def recased(names: Mapping[str, str]) -> Iterator[str]:
    """That names were given capitals."""
    if names:
        first = next(iter(names.values()))
        have = "name stands" if len(names) == 1 else "names stand"
        yield f"{len(names):,} {have} in small letters or in capitals only; written like “{first}”. Check them."


def derived(count: int) -> Iterator[str]:
    """That kinds were derived."""
    if count:
        yield (
            f"The kind of {_counted(count, 'inspection')} is not said and follows from the length: up to 7 days short, "
            "longer standard."
        )


def likenesses(found: Mapping[str, str]) -> Iterator[str]:
    """New providers that are spelt much like one of the file."""
    for name, near in list(found.items())[:_SHOWN]:
        yield f"“{name}” comes in as a new provider. Check that it is not {near}."


def differing(found: Counter[str]) -> Iterator[str]:
    """Where the file says otherwise."""
    for key, count in found.most_common(_SHOWN):
        times = "once" if count == 1 else f"{count:,} times"
        yield f"{name_of(key)}: the table says otherwise {times}. What your file says stays."


def _named(names: Iterable[str]) -> str:
    listed = list(names)
    more = f" and {len(listed) - _SHOWN} more" if len(listed) > _SHOWN else ""
    return ", ".join(listed[:_SHOWN]) + more


def _counted(count: int, noun: str) -> str:
    return f"{count:,} {noun}{'' if count == 1 else 's'}"

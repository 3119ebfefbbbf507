"""Unsaved typing in words: how much there was of it and when, and all of it as a text to read and copy."""

from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from db.dates import MONTHS
from db.drafts import NEW, Fields, Kept, Rows, Typed
from db.edit import Edit
from db.improvement_records import Action, CommitteeReport, Evidence, ProgressNote
from db.lists import Lists
from db.records import (
    AUDIENCES,
    DOCUMENT_KINDS,
    SPECIAL_VALUES,
    TONES,
    VOICES,
    AreaForImprovement,
    Document,
    Inspection,
    Quote,
    Record,
)
from db.rows import shape
from db.store import Store
from desktop_app.places.inspection_forms import STEP

_NOUNS = {
    "quotes": "quote",
    "areas": "area for improvement",
    "documents": "document",
    "actions": "action",
    "notes": "progress note",
    "evidence": "piece of evidence",
    "committees": "report to a committee",
}
_PLURALS = {
    "new area for improvement": "new areas for improvement",
    "new piece of evidence": "new pieces of evidence",
    "new report to a committee": "new reports to committees",
    "change that waited": "changes that waited",
}
_CLASSES: dict[str, type[Record]] = {
    "quotes": Quote,
    "areas": AreaForImprovement,
    "documents": Document,
    "actions": Action,
    "notes": ProgressNote,
    "evidence": Evidence,
    "committees": CommitteeReport,
}
_LABELS = {
    "text": "Words",
    "document_id": "Source",
    "finding_kind_id": "Kind",
    "theme_ids": "Themes",
    "group_label": "Heading printed over it",
    "words_from": "Whose words",
    "inspection_ids": "About these inspections",
    "is_reported_speech": "Reported speech",
    "grade_as_printed": "Wording as printed",
    "published_on": "Published",
    "noted_on": "Date",
    "reported_on": "Date of the meeting",
    "rag_id": "RAG rating",
    "rag_reason": "Reason for the RAG rating",
    "report_address": "Web address of the report",
}
_CHOICES = {"kind", "voice", "tone", "audience", "about", "grade"}


def sentence(kept: Kept, now: datetime) -> str:
    """What was lost sight of: "1 new quote and 2 fields, typed on 22 November at 14:02, were not saved."."""
    counts = Counter(_things(kept))
    parts = [f"{count} {noun if count == 1 else _PLURALS.get(noun, f'{noun}s')}" for noun, count in counts.items()]
    listed = " and ".join(part for part in (", ".join(parts[:-1]), parts[-1]) if part)
    verb = "was" if sum(counts.values()) == 1 else "were"
    moment = kept.moment.astimezone(now.tzinfo)
    year = "" if moment.year == now.year else f" {moment.year}"
    return f"{listed}, typed on {moment.day} {MONTHS[moment.month - 1]}{year} at {moment:%H:%M}, {verb} not saved."


def _things(kept: Kept) -> Iterator[str]:
    for forms in kept.typing.values():
        for form, rows in forms.items():
            for key, fields in rows.items():
                if form == STEP:
                    yield "new inspection"
                elif form == "judgements":
                    yield "judgement"
                elif key == NEW:
                    yield f"new {_NOUNS.get(form, 'row')}"
                else:
                    yield from ("field" for _ in fields)
    yield from ("change that waited" for _ in kept.waiting)


def as_text(kept: Kept, store: Store, lists: Lists) -> str:
    """All that was typed, under the names of its inspections and fields, also where those are gone by now."""
    names = _names(store, lists)
    paragraphs = []
    for inspection_id, forms in kept.typing.items():
        lines = [] if STEP in forms else [_subject(store, lists, inspection_id)]
        for form, rows in forms.items():
            lines += _lines_of(form, rows, store, names)
        paragraphs.append("\n".join(lines))
    paragraphs += [_waiting_text(label, edit) for label, edit in kept.waiting]
    return "\n\n".join(paragraphs)


def _subject(store: Store, lists: Lists, key: str) -> str:
    """What typing hangs on: an area for improvement or a quote with what is done about it, else an inspection."""
    if area := store.get(AreaForImprovement, key):
        return f"Area for improvement: {area.text}"
    if quote := store.get(Quote, key):
        return f"Quote: “{quote.text}”"
    return _inspection(store, lists, key)


def _inspection(store: Store, lists: Lists, inspection_id: str) -> str:
    inspection = store.get(Inspection, inspection_id)
    if inspection is None:
        return "An inspection that is no longer in the file"
    return f"{lists.providers[inspection.provider_id].name}: {lists.name_of(inspection)}"


def _lines_of(form: str, rows: Rows, store: Store, names: Mapping[str, str]) -> Iterator[str]:
    for key, fields in rows.items():
        yield f"  {_heading(form, key, store, names)}"
        yield from _fields_of(fields, names)


def _heading(form: str, key: str, store: Store, names: Mapping[str, str]) -> str:
    if form == STEP:
        return "New inspection"
    if form in ("details", "work"):
        return "Details" if form == "details" else "Work on it"
    if form == "judgements":
        return f"Judgement: {names.get(f'area {key}', 'an area that is no longer in the file')}"
    noun = _NOUNS.get(form, form)
    if key == NEW:
        return f"New {noun}"
    is_there = form in _CLASSES and store.get(_CLASSES[form], key) is not None
    return f"{noun[:1].upper()}{noun[1:]}{'' if is_there else ' that is no longer in the file'}"


def _fields_of(fields: Fields, names: Mapping[str, str]) -> Iterator[str]:
    for name, typed in fields.items():
        if words := _words(name, typed, names):
            yield f"    {label(name)}: {words}"


def label(name: str) -> str:
    """What a field is called, by the name that it has in its record."""
    plain = name.removesuffix("_id").removesuffix("_on").replace("_", " ")
    return _LABELS.get(name) or plain[:1].upper() + plain[1:]


def _words(name: str, typed: Typed, names: Mapping[str, str]) -> str:
    value = typed.text
    if isinstance(value, bool):
        return "Yes" if value else "No"
    if isinstance(value, tuple):
        is_date = name.endswith("_on")
        parts = [str(each) if is_date else names.get(str(each), str(each)) for each in value if each]
        return (" " if is_date else ", ").join(parts)
    if name in _CHOICES or name.endswith("_id"):
        return names.get(str(value), str(value) if " " in str(value) else "")  # a field may be typed by name
    return "" if value is None else str(value)


def _names(store: Store, lists: Lists) -> dict[str, str]:
    """What every id and code that a field may hold stands for."""
    names = {**VOICES, **TONES, **AUDIENCES, **DOCUMENT_KINDS, **SPECIAL_VALUES}
    names |= {key: one.name for group in (lists.providers, lists.themes) for key, one in group.items()}
    for labelled in (
        lists.kinds,
        lists.finding_kinds,
        lists.timescales,
        lists.grades,
        lists.statuses,
        lists.rag_ratings,
    ):
        names |= {key: one.label for key, one in labelled.items()}
    names |= {f"area {key}": lists.area_label(area) for key, area in lists.areas.items()}
    names |= {f"strand {key}": strand.label for key, strand in lists.strands.items()}
    names |= {one.id: one.title for one in store.each(Document)}
    names |= {one.id: lists.name_of(one) for one in store.each(Inspection)}
    return names


def _waiting_text(label_of_deed: str, edit: Edit) -> str:
    before: dict[str, Any] = {record.id: record for record in edit.before}
    lines = [f"{label_of_deed}, which waited to be saved"]
    for record in edit.after:
        for name in sorted(shape(type(record)).texts - {"id"}):
            text = getattr(record, name)
            if text and not name.endswith("_id") and text != getattr(before.get(record.id), name, ""):
                lines.append(f"    {label(name)}: {text}")
    return "\n".join(lines)

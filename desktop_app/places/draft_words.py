"""A draft's rows in words: as the list shows them, as they are spoken, and all that is known of one."""

from desktop_app.places import draft_areas
from desktop_app.places.draft_areas import AreaValue
from desktop_app.places.draft_fields import AREA, Field
from desktop_app.places.draft_reading import PASTED
from desktop_app.places.draft_states import Confirming, State
from desktop_app.reading.draft_values import Certainty, Source

_CERTAINTY = {
    Certainty.CERTAIN: "certain",
    Certainty.DERIVED: "worked out",
    Certainty.DOUBTFUL: "to check",
    Certainty.NOT_PRINTED: "not printed",
}
_ADDED = "added by you"


def cells(rows: Confirming, field: Field) -> tuple[str, str, str, str, str]:
    """A row as the list shows it: name, value, page, how sure, state."""
    if rows.is_note(field):
        words = "read" if rows.state(field) is State.ACCEPTED else rows.state(field).value
        return field.name, field.doubts[0], _page(field), "", words
    return field.name, field.in_words(rows.value(field)), _page(field), _sure(rows, field), _state(rows, field)


def sentence(rows: Confirming, field: Field) -> str:
    """A row as it is spoken: what it is, what it says, how sure that is and why, where it stands, what became of it."""
    if rows.is_note(field):
        return _sentence(field.name, field.doubts[0], where(field.sources[:1]), cells(rows, field)[-1])
    value = rows.value(field)
    said = f"{field.name}: {field.in_words(value) or 'nothing'}"
    more = draft_areas.around(value, rows.lists) if isinstance(value, AreaValue) else ""
    found = where(field.sources[:1])
    return _sentence(
        said, more, _sure(rows, field), *field.doubts, found, _state(rows, field), *_against_file(rows, field)
    )


def details(rows: Confirming, field: Field) -> str:
    """All that is known of a row: its value, each printed line, the doubts, and what the file says."""
    value = rows.value(field)
    said = field.in_words(value)
    parts = [f"{field.name}: {said}" if said else f"{field.name}: the report gives none."]
    if rows.is_note(field):
        parts = []
    if field.as_printed and field.as_printed != said:
        parts.append(f"As printed: {field.as_printed}")
    parts += [draft_areas.around(value, rows.lists)] if isinstance(value, AreaValue) else []
    parts += [f"To check: {doubt}" for doubt in field.doubts]
    parts += _against_file(rows, field)
    parts += [where((source,)) for source in field.sources if source.text != said]
    return "\n".join(parts)


def where(sources: tuple[Source, ...]) -> str:
    """Where a value stands: "page 1: Inspection dates: 9 May to 20 May 2022"."""
    return "; ".join(f"page {one.page}: {one.text}" if one.page else one.text for one in sources)


def called(name: str) -> str:
    """What a report is called on the screen."""
    return name.removesuffix(".txt") if name == PASTED else name


def progress(rows: Confirming) -> str:
    """How far it is: "12 of 19 rows done"."""
    still_open = sum(rows.state(one) is State.OPEN for one in rows.fields)
    return f"{len(rows.fields) - still_open} of {len(rows.fields)} rows done"


def _page(field: Field) -> str:
    return next((str(source.page) for source in field.sources if source.page), "")


def _sure(rows: Confirming, field: Field) -> str:
    return _ADDED if field.key in rows.added else _CERTAINTY[field.certainty]


def _state(rows: Confirming, field: Field) -> str:
    words = rows.state(field).value
    if rows.agrees(field) and rows.state(field) is not State.LEFT_OUT:
        return f"{words}, in the file"
    if not rows.differs(field) or rows.state(field) is State.LEFT_OUT:
        return words
    return f"{words}, replaces" if field.key in rows.replaced else f"{words}, file differs"


def _sentence(*parts: str) -> str:
    return ". ".join(part.rstrip(".") for part in parts if part) + "."


def _against_file(rows: Confirming, field: Field) -> list[str]:
    if rows.known is None or not rows.differs(field):
        return []
    if field.key.startswith(AREA):
        count = len(rows.known.areas)
        already = f"{count} areas" if count != 1 else "one area"
        words = f"The inspection has {already} for improvement already, and this is none of them."
        return [words, "It is added." if field.key in rows.replaced else "It is not added unless you say so."]
    words = f"The file says: {field.in_words(rows.known.says(field.key))}."
    return [words, "It is replaced." if field.key in rows.replaced else "It stays unless you replace it."]

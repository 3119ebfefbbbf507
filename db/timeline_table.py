"""The facts of a timeline as rows of text, to be read and copied; what is painted stands here in words."""

from collections.abc import Iterator
from dataclasses import dataclass

from db.dates import MONTHS
from db.frameworks import MATCHES
from db.timeline import Band, Event, Form, Lane, LaneForm, Timeline

COLUMNS = ("Lane", "Date", "What", "In force until", "Match", "In words")
_MAY_BE_FORMULA = ("=", "+", "-", "@")


@dataclass(frozen=True, slots=True)
class Row:
    """One fact; `inspection_id` is empty for a framework or a break."""

    inspection_id: str
    cells: tuple[str, ...]


def rows(timeline: Timeline) -> list[Row]:
    """Every event lane by lane, then what has no date, the frameworks and the breaks."""
    found = [row for lane in timeline.lanes for row in _lane(lane, timeline)]
    found += [
        Row(one.inspection_id, ("Without a date", "Not known", one.label, "", "", f"{one.label}, date not known"))
        for one in timeline.undated
    ]
    found += [Row("", ("Framework", "", span.label, "", "", span.words)) for span in timeline.frameworks]
    found += [
        Row(
            "",
            ("Break of scale", f"{one.on.day} {MONTHS[one.on.month - 1]} {one.on.year}", one.label, "", "", one.words),
        )
        for one in timeline.breaks
    ]
    return found


def as_text(found: list[Row]) -> str:
    """The rows under their heads, cells parted by tabs; nothing in them breaks a row or is a formula elsewhere."""
    lines = [COLUMNS, *(row.cells for row in found)]
    return "\n".join("\t".join(_safe(cell) for cell in line) for line in lines)


def _safe(cell: str) -> str:
    text = " ".join(cell.split())
    return f"'{text}" if text.startswith(_MAY_BE_FORMULA) else text


def _lane(lane: Lane, timeline: Timeline) -> Iterator[Row]:
    bands = {band.inspection_id: band for band in lane.bands}
    if lane.note:
        yield Row("", (lane.label, "", lane.note, "", "", f"{lane.label}, {lane.note}"))
    for event in lane.events:
        until = _until(event, bands.get(event.inspection_id), timeline)
        match = MATCHES[event.match] if event.form is Form.GRADE else ""
        what = event.label if lane.form is not LaneForm.FINDINGS else event.mark
        yield Row(event.inspection_id, (lane.label, str(event.on), what, until, match, event.sentence))


def _until(event: Event, band: Band | None, timeline: Timeline) -> str:
    """The last day of a value in words; one that still holds says so."""
    if band is None or event.form is Form.ABSENT:
        return ""
    last = band.last
    return "Still in force" if last >= timeline.today else f"{last.day} {MONTHS[last.month - 1]} {last.year}"

"""Parts of timelines: what a filter leaves of one, and one strand of several providers on the same axis."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date

from db.timeline import Break, FrameworkSpan, Lane, LaneForm, Timeline


def only(timeline: Timeline, *, inspection_ids: Collection[str] | None = None, lane_key: str | None = None) -> Timeline:
    """What a filter leaves: nothing is worked out anew, so a band ends and a sentence compares as in the whole record.

    Args:
        inspection_ids: None for all.
        lane_key: None for all lanes; lanes that hold nothing more go.
    """
    lanes = []
    for lane in timeline.lanes:
        if lane_key is not None and lane.key != lane_key:
            continue
        if inspection_ids is not None:
            lane = replace(
                lane,
                events=tuple(one for one in lane.events if one.inspection_id in inspection_ids),
                bands=tuple(one for one in lane.bands if one.inspection_id in inspection_ids),
            )
        if lane.events or inspection_ids is None:
            lanes.append(lane)
    undated = [one for one in timeline.undated if inspection_ids is None or one.inspection_id in inspection_ids]
    return replace(timeline, lanes=tuple(lanes), breaks=_breaks(timeline.breaks, lanes), undated=tuple(undated))


def _breaks(breaks: Sequence[Break], lanes: Sequence[Lane]) -> tuple[Break, ...]:
    keys = {lane.key for lane in lanes}
    kept = (replace(one, lane_keys=tuple(key for key in one.lane_keys if key in keys)) for one in breaks)
    return tuple(one for one in kept if one.lane_keys)


@dataclass(frozen=True, slots=True)
class Named:
    """The timeline of one provider, with its id and name."""

    provider_id: str
    name: str
    timeline: Timeline


def side_by_side(found: Sequence[Named], strand_id: str) -> Timeline:
    """One strand of several providers, a lane each in the order given; one without anything there says so."""
    lanes = tuple(_lane(one, strand_id) for one in found)
    years = [year for one in found if one.timeline.years for year in one.timeline.years]
    return Timeline(
        first=min(one.timeline.first for one in found),
        last=max(one.timeline.last for one in found),
        today=found[0].timeline.today,
        lanes=lanes,
        frameworks=_frameworks([span for one in found for span in one.timeline.frameworks]),
        breaks=_joined(found, strand_id),
        inspection_count=sum(one.timeline.inspection_count for one in found),
        years=(min(years), max(years)) if years else None,
    )


def _lane(named: Named, strand_id: str) -> Lane:
    found = next((lane for lane in named.timeline.lanes if lane.key == strand_id), None)
    if found is None:
        return Lane(key=named.provider_id, form=LaneForm.STRAND, label=named.name, note="nothing recorded")
    events = tuple(replace(one, sentence=f"{named.name}: {one.sentence}") for one in found.events)
    return replace(found, key=named.provider_id, label=named.name, events=events)


def _joined(found: Sequence[Named], strand_id: str) -> tuple[Break, ...]:
    """The breaks of the strand, each over the providers that were graded before it."""
    keys: dict[date, list[str]] = {}
    first: dict[date, Break] = {}
    for named in found:
        for change in named.timeline.breaks:
            if strand_id in change.lane_keys:
                first.setdefault(change.on, change)
                keys.setdefault(change.on, []).append(named.provider_id)
    return tuple(replace(first[day], lane_keys=tuple(keys[day])) for day in sorted(first))


def _frameworks(spans: Sequence[FrameworkSpan]) -> tuple[FrameworkSpan, ...]:
    """Each framework once, as short as any provider shows it, in the first row where it stands clear."""
    shortest: dict[str, FrameworkSpan] = {}
    for span in spans:
        known = shortest.get(span.framework_id)
        if known is None or span.last < known.last:
            shortest[span.framework_id] = span
    ends: list[date] = []
    placed = []
    for span in sorted(shortest.values(), key=lambda one: (one.first, one.framework_id)):
        row = next((place for place, end in enumerate(ends) if end < span.first), len(ends))
        ends[row:] = [span.last, *ends[row + 1 :]]
        placed.append(replace(span, row=row))
    return tuple(placed)

"""How many inspections a timeline shows, in words, and which of them is the newest."""

from db.timeline import Form, Timeline

_NO_INSPECTION = (Form.OTHER, Form.DUE)


def newest_inspection(shown: Timeline) -> str:
    """The id of the last inspection in time; of another event only where there is no inspection."""
    events = [event for event in shown.events if event.form not in _NO_INSPECTION] or shown.events
    newest = max(events, key=lambda event: event.first, default=None)
    return newest.inspection_id if newest else ""


def counted(shown: Timeline, kept: int | None = None) -> str:
    """ "9 inspections, 2011 to 2025"; "1 of 9 inspections" where a filter leaves so many of them."""
    whole = f"{shown.inspection_count} inspection{'' if shown.inspection_count == 1 else 's'}"
    if kept is not None:
        return f"{kept} of {whole}"
    if shown.years is None:
        return whole
    first, last = shown.years
    return f"{whole}, {first}" if first == last else f"{whole}, {first} to {last}"

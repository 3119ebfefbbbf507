"""Which framework and which kind of inspection a report is of, as far as its title, dates and words decide it."""

from datetime import timedelta

from desktop_app.reading.draft_lines import Strip, plain
from desktop_app.reading.draft_rules import Layout, facts
from desktop_app.reading.draft_values import Certainty, Found, Period

_DERIVED_KIND = "The kind is not printed. It follows from the length of the inspection, {} days."
_TWO_PERIODS = "The kind is not printed, and with several periods it does not follow from their length. Choose it."
_NO_LENGTH = "The kind is not printed, and the dates that it would follow from are not known. Choose it."
_BY_DATE = "The framework is not printed. It follows from the title and the first day."
_NO_DATE = "The first day is not known, so the framework follows from the rows of the table. Check it."
_OPEN_FRAMEWORK = "Several frameworks go by this title. Choose one."
_OUT_OF_FORCE = "The first day lies outside the time when this framework is known to have been in force."


def framework_by_date(layout: Layout, dates: Found[tuple[Period, ...]]) -> str:
    """The newest of the layout's frameworks that was in force on the first day."""
    started_on = dates.value[0].started_on if dates.value else None
    if started_on is None:
        return ""
    in_force = facts().in_force(layout.frameworks, started_on)
    return in_force[-1] if in_force else layout.frameworks[0] if len(layout.frameworks) == 1 else ""


def framework_found(layout: Layout, code: str, dates: Found[tuple[Period, ...]], doubts: tuple[str, ...]) -> Found[str]:
    """The framework with what may be doubted about it.

    Args:
        code: what the first day or the rows of the table choose; empty where neither does.
        doubts: where the two differ.
    """
    code = code or (layout.frameworks[0] if len(layout.frameworks) == 1 else "")
    if not code:
        return Found(doubts=(_OPEN_FRAMEWORK,))
    started_on = dates.value[0].started_on if dates.value else None
    certainty = Certainty.DERIVED
    if len(layout.frameworks) == 1:
        certainty = Certainty.CERTAIN
    if doubts:
        certainty = Certainty.DOUBTFUL
    elif started_on is None and len(layout.frameworks) > 1:
        certainty, doubts = Certainty.DOUBTFUL, (_NO_DATE,)
    elif started_on and not facts().in_force((code,), started_on):
        certainty, doubts = Certainty.DOUBTFUL, (_OUT_OF_FORCE,)
    elif certainty is Certainty.DERIVED:
        doubts = (_BY_DATE,)
    return Found(value=code, sources=dates.sources, certainty=certainty, doubts=doubts)


def kind_found(layout: Layout, framework: str, dates: Found[tuple[Period, ...]], first_page: list[Strip]) -> Found[str]:
    """The kind: by the layout, by its words, by the framework, or by the length of the inspection."""
    if layout.kind:
        return Found(value=layout.kind, certainty=Certainty.CERTAIN)
    if layout.kinds_by_framework:
        kind = layout.kinds_by_framework.get(framework)
        return Found(value=kind, certainty=Certainty.DERIVED) if kind else Found()
    if layout.kinds_by_words:
        words = plain(" ".join(strip.text for strip in first_page))
        for row in layout.kinds_by_words:
            if row["words"] in words and (framework, row["kind"]) in facts().kinds:
                return Found(value=row["kind"], certainty=Certainty.DERIVED)
        return Found()
    return _kind_by_length(layout, dates)


def _kind_by_length(layout: Layout, dates: Found[tuple[Period, ...]]) -> Found[str]:
    """The kind that follows from the days of the one period."""
    periods = dates.value or ()
    if len(periods) > 1:
        return Found(doubts=(_TWO_PERIODS,))
    start, end = (periods[0].started_on, periods[0].ended_on) if periods else (None, None)
    if not (start and end and start.day and end.day) or end.is_before(start):
        return Found(doubts=(_NO_LENGTH,))
    days = (end.first_day - start.first_day + timedelta(days=1)).days
    is_short = days <= layout.kinds_by_length["most_days"]
    kind = layout.kinds_by_length["kind" if is_short else "longer"]
    doubt = _DERIVED_KIND.format(days)
    return Found(value=kind, sources=dates.sources, certainty=Certainty.DERIVED, doubts=(doubt,))

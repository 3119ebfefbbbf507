"""What a person does to a chain, each as one deed: a label and an edit."""

from collections.abc import Iterable
from dataclasses import replace

from db.chain import RAISED_AGAIN
from db.edit import Edit
from db.improvement_records import Verdict
from db.records import AreaForImprovement, Quote, new_id

Named = tuple[str, Edit]


def set_verdict(area_id: str, inspection_id: str, verdict: str, old: Verdict | None = None) -> Named:
    """Say what a later inspection said of an area; one that stood there changes and keeps its sentence.

    A verdict that does not raise the area again names no area that would.
    """
    if old is None:
        new = Verdict(id=new_id(), area_for_improvement_id=area_id, inspection_id=inspection_id, verdict=verdict)
        return "Add verdict", Edit(after=(new,))
    later_area_id = old.later_area_id if verdict == RAISED_AGAIN else None
    return "Change verdict", Edit((old,), (replace(old, verdict=verdict, later_area_id=later_area_id),))


def link_quote(area_id: str, quote: Quote, old: Verdict | None = None) -> Named:
    """Give a verdict its sentence; without one the quote's tone says what the verdict is, until a person changes it."""
    if old is not None:
        return "Link a quote to a verdict", Edit((old,), (replace(old, quote_id=quote.id),))
    new = Verdict(
        id=new_id(),
        area_for_improvement_id=area_id,
        inspection_id=quote.inspection_id,
        verdict=verdict_of(quote),
        quote_id=quote.id,
    )
    return "Add verdict with a quote", Edit(after=(new,))


def verdict_of(quote: Quote) -> str:
    """The verdict that a quote's tone speaks for: what is good has improved, anything else is raised again."""
    return "improved" if quote.tone == "strength" else RAISED_AGAIN


def repeat(earlier: AreaForImprovement, area: AreaForImprovement, said: Iterable[Verdict]) -> Named:
    """Link an area to an earlier one that it repeats.

    Args:
        said: the verdicts on the earlier area; one by which the later inspection raised it again, without saying
            where, now says so.
    """
    label = "Link to an earlier area for improvement"
    for old in said:
        if old.inspection_id == area.inspection_id and old.verdict == RAISED_AGAIN and old.later_area_id is None:
            return label, Edit((old,), (replace(old, later_area_id=area.id),))
    new = Verdict(
        id=new_id(),
        area_for_improvement_id=earlier.id,
        inspection_id=area.inspection_id,
        verdict=RAISED_AGAIN,
        later_area_id=area.id,
    )
    return label, Edit(after=(new,))


def note(old: Verdict, words: str) -> Named:
    """Change what stands beside a verdict, such as a sentence that is not recorded as a quote."""
    return "Change the note of a verdict", Edit((old,), (replace(old, text=words),))


def remove(old: Verdict) -> Named:
    """Take a verdict back; a link that it made goes with it."""
    return "Remove verdict", Edit(before=(old,))

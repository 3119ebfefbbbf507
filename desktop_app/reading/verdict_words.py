"""What a check of a quote says, in sentences for people."""

from desktop_app.reading.verbatim_values import Check, Difference, Verdict

NO_REPORT = "No report to compare with."
NOT_FOUND = "Not found in {the}."
KEPT = "Kept as printed in its own source."
REPORT, SOURCE = "the report", "the source"
_MOST_NAMED = 4


def sentence(check: Check, the: str = REPORT, *, is_kept: bool = False) -> str:
    """The verdict with where the words stand and how they differ.

    Args:
        the: REPORT or SOURCE, what the quote was compared with.
    """
    if check.verdict is Verdict.NOT_FOUND:
        said = NOT_FOUND.format(the=the)
    elif check.verdict is Verdict.FOUND:
        said = f"Found in {the}{_place(check)}."
    else:
        said = f"Differs from {the}{_place(check)}: {_named(check.differences)}."
    return f"{KEPT} {said}" if is_kept and check.verdict is not Verdict.FOUND else said


def notes(check: Check) -> str:
    """What was seen and is no difference; empty for nothing."""
    return f"No difference, but not as printed: {', '.join(check.notes)}." if check.notes else ""


def in_words(difference: Difference) -> str:
    """One difference: "“intensely”, in the report “intensively”"."""
    match difference.kind:
        case "dropped":
            return f"“{_short(difference.report)}” is left out"
        case "added":
            return f"“{_short(difference.quote)}” is added"
        case _:
            return f"“{_short(difference.quote)}” stands for “{_short(difference.report)}”"


def _named(differences: tuple[Difference, ...]) -> str:
    named = [in_words(each) for each in differences[:_MOST_NAMED]]
    more = len(differences) - len(named)
    return "; ".join([*named, f"and {more} more"] if more else named)


def _place(check: Check) -> str:
    parts = (f"page {check.page}" if check.page else "", f"paragraph {check.paragraph}" if check.paragraph else "")
    place = ", ".join(part for part in parts if part)
    return f" ({place})" if place else ""


def _short(words: str) -> str:
    return words if len(words) <= 80 else f"{words[:60].rstrip()} …"

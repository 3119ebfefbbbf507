"""A quote and its place in a report become a check: the words of both, and how they differ."""

from typing import Literal

from desktop_app.reading.verbatim_match import Change
from desktop_app.reading.verbatim_notes import notes_of
from desktop_app.reading.verbatim_parts import Placed
from desktop_app.reading.verbatim_stream import Stream
from desktop_app.reading.verbatim_values import Check, Difference, Passage, Verdict
from desktop_app.reading.verbatim_words import Part

_LEFT_OUT = " … "
_STOPS = (".", "?", "!")


def told(text: str, placed: Placed) -> Check:
    """What is to be said of a quote that stands at a place, or nearly does."""
    report_text, differences, taken = _compared(text, placed)
    begin = next(match for match in placed.matches if match)
    at, word = placed.stream.word(begin.start)
    paragraph = placed.stream.paragraphs[at]
    return Check(
        verdict=Verdict.DIFFERS if differences else Verdict.FOUND,
        page=paragraph.page_at(word.start),
        paragraph=paragraph.within,
        report_text=report_text,
        differences=tuple(differences),
        taken=taken,
        notes=notes_of(text, placed),
        passages=_passages(placed),
    )


def _compared(text: str, placed: Placed) -> tuple[str, list[Difference], str]:
    """The report's words, how the quote's differ from them, and the quote with the report's words."""
    report, taken, at = "", "", 0
    found: list[Difference] = []
    for part, match in zip(placed.parts, placed.matches, strict=True):
        begin, end = part.span
        if match is None:
            found.append(
                Difference(
                    kind="added",
                    quote=text[begin:end],
                    report="",
                    quote_at=part.span,
                    report_at=(len(report), len(report)),
                )
            )
            continue
        report += _LEFT_OUT if report else ""
        found += [_difference(text, part, change, placed.stream, match.start, len(report)) for change in match.changes]
        words = placed.stream.raw(match.start, match.end)
        report += words
        taken += text[at:begin] + words
        at = end
        if text[end : end + 1] in _STOPS and placed.stream.around(match.start, match.end)[1][:1] in _STOPS:
            report += text[end]
    return report, found, taken + text[at:]


def _difference(text: str, part: Part, change: Change, stream: Stream, begin: int, offset: int) -> Difference:
    if change.first < change.last:
        quote_at = part.words[change.first].start, part.words[change.last - 1].end
    else:
        at = part.words[change.first].start if change.first < len(part.words) else part.words[-1].end
        quote_at = at, at
    report = stream.raw(change.start, change.end)
    at = offset + stream.distance(begin, change.start)
    quote = text[slice(*quote_at)]
    kind: Literal["dropped", "added", "changed"] = "changed" if quote and report else "added" if quote else "dropped"
    return Difference(kind=kind, quote=quote, report=report, quote_at=quote_at, report_at=(at, at + len(report)))


def _passages(placed: Placed) -> tuple[Passage, ...]:
    stream = placed.stream
    return tuple(
        Passage(paragraph=stream.paragraphs[at], start=start, end=end)
        for match in placed.matches
        if match
        for at, start, end in stream.passages(match.start, match.end)
    )

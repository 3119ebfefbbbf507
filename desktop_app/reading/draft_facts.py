"""Facts that stand behind a label: the inspection's dates, its publication, its lead inspector."""

import re
from collections.abc import Iterable
from dataclasses import replace

from db.dates import PartialDate
from desktop_app.reading.draft_dates import Periods, looks_like_dates, read_date, read_periods
from desktop_app.reading.draft_lines import Strip, source_of
from desktop_app.reading.draft_people import holds_an_office, holds_only_an_office, names
from desktop_app.reading.draft_title import FACT
from desktop_app.reading.draft_values import Certainty, Found, Period, Source
from desktop_app.reading.draft_values import source_of as source_of_paragraph
from desktop_app.reading.paragraph_values import Paragraph

_DATES = re.compile(
    r"(?:dates?(?:\(s\))? of (?:the )?(?:re-?)?(?:inspection|visit|review)"
    r"|(?:re-?)?(?:inspection|review|visit|fieldwork)(?: visit)? dates?)\b(?:\(s\))?\s*:?\s*"
)
_PUBLISHED = re.compile(r"(?:(?:date )?(?:report )?published(?: on)?|date of publication|publication date)\b\s*:?\s*")
_LEAD = re.compile(r"(?:joint\s+)?(?:lead|reporting)\s+inspectors?\b(?:\(s\))?\s*[:–-]?\s*", re.IGNORECASE)
_OPEN = re.compile(r"(?:\band|&|,|;|/)$")  # another name follows on the next line
_FIRST_DAY = re.compile(r"\b[0-9]{1,2}(?:st|nd|rd|th)?\s*(?:to\b|-|and\b|[a-z]{3,9})")
_DAYS_APART = 60  # two texts of the same inspection lie no further apart, in days
_MOST_LINES = 5
_MOST_TITLE_PAGES = 3

_DIFFERS = "Page {} says “{}”, page {} says “{}”."
_LENT = "The year is taken from page {}, which says “{}”."
_TWO_LEADS = "Page {} names {} as lead inspector, page {} names {}."


def holds_facts(strips: list[Strip]) -> bool:
    """Whether a page prints the inspection's dates behind their label, as a title page does."""
    return any(_DATES.match(strip.plain) for strip in strips)


def read_dates(pages: list[list[Strip]], running: Iterable[Strip]) -> Found[tuple[Period, ...]]:
    """The inspection's periods from the first pages.

    Args:
        running: lines of heads and footers, which may repeat the dates, and may differ.
    """
    found = _labelled(pages)
    lines = found or _unlabelled(pages)
    if not lines:
        return Found()
    printed = " ".join(words for words, _ in lines)
    read = read_periods(printed)
    source = source_of([strip for _, strip in lines])
    others = [(strip, other) for strip in running if (other := _running_dates(strip)).periods]
    return _checked(printed, read, source, others)


def _labelled(pages: list[list[Strip]]) -> list[tuple[str, Strip]]:
    for strips in pages[:_MOST_TITLE_PAGES]:
        for at, strip in enumerate(strips):
            if label := _DATES.match(strip.plain):
                first = [(strip.text[label.end() :], strip)]
                return first + _more_dates(strips[at + 1 : at + _MOST_LINES])
    return []


def _more_dates(strips: list[Strip]) -> list[tuple[str, Strip]]:
    """The lines below that go on with dates."""
    found: list[tuple[str, Strip]] = []
    for strip in strips:
        if not looks_like_dates(strip.text) or strip.is_edge:
            break
        found.append((strip.text, strip))
    return found


def _unlabelled(pages: list[list[Strip]]) -> list[tuple[str, Strip]]:
    """A line of the first page that holds nothing but a period."""
    for strip in pages[0] if pages else []:
        if not strip.is_edge and looks_like_dates(strip.text):
            periods = read_periods(strip.text).periods
            if periods and periods[0].ended_on != periods[0].started_on:
                return [(strip.text, strip)]
    return []


def _running_dates(strip: Strip) -> Periods:
    begins = _FIRST_DAY.search(strip.plain)
    words = strip.plain[begins.start() :] if begins else ""
    return read_periods(words) if looks_like_dates(words) else Periods()


def _checked(
    printed: str, read: Periods, source: Source, others: list[tuple[Strip, Periods]]
) -> Found[tuple[Period, ...]]:
    """The periods with what other lines of the report say of them."""
    if not read.periods:
        for strip, other in others:
            first_day = other.periods[0].started_on
            year = first_day.year if first_day else None
            lent = read_periods(printed, year=year)
            if lent.periods == other.periods:
                doubt = _LENT.format(strip.page, strip.text)
                sources = (source, strip.source)
                return Found(
                    value=lent.periods,
                    as_printed=printed.strip(),
                    sources=sources,
                    certainty=Certainty.DERIVED,
                    doubts=(doubt,),
                )
    found = Found(
        value=read.periods or None,
        as_printed=printed.strip(),
        sources=(source,),
        certainty=read.certainty,
        doubts=read.doubts,
    )
    for strip, other in others:
        if read.periods and _is_about_the_same(read.periods, other.periods) and not _agree(read.periods, other.periods):
            doubt = _DIFFERS.format(source.page, printed.strip(), strip.page, _period_words(strip))
            return replace(
                found,
                certainty=Certainty.DOUBTFUL,
                doubts=(*found.doubts, doubt),
                sources=(*found.sources, strip.source),
            )
    return found


def _agree(first: tuple[Period, ...], second: tuple[Period, ...]) -> bool:
    return first == second or (len(second) < len(first) and set(second) <= set(first))


def _period_words(strip: Strip) -> str:
    found = re.search(r"\b[0-9].*(?:19|20)[0-9]{2}", strip.text)
    return found[0] if found else strip.text


def _is_about_the_same(first: tuple[Period, ...], second: tuple[Period, ...]) -> bool:
    one, other = first[0].started_on, second[0].started_on
    if one is None or other is None or second[0].ended_on == other:
        return False
    return abs((one.first_day - other.first_day).days) <= _DAYS_APART


def read_published(pages: list[list[Strip]]) -> Found[PartialDate]:
    """The publication date where the first pages print it behind its label."""
    for strips in pages[:_MOST_TITLE_PAGES]:
        for at, strip in enumerate(strips):
            if label := _PUBLISHED.match(strip.plain):
                words, lines = strip.text[label.end() :].strip(), [strip]
                if not words and strips[at + 1 : at + 2]:
                    words, lines = strips[at + 1].text, [strip, strips[at + 1]]
                if looks_like_dates(words) and (day := read_date(words)):
                    source = source_of(lines)
                    return Found(value=day, as_printed=words, sources=(source,), certainty=Certainty.CERTAIN)
    return Found()


def read_lead(pages: list[list[Strip]], paragraphs: list[Paragraph]) -> Found[str]:
    """The lead inspectors, from the first pages or from the list of the team."""
    first = _lead_in_lines(pages)
    later = _lead_in_paragraphs(paragraphs) if first is None else None
    return first or later or Found()


def _lead_in_lines(pages: list[list[Strip]]) -> Found[str] | None:
    for strips in pages[:_MOST_TITLE_PAGES]:
        for at, strip in enumerate(strips):
            if _LEAD.match(strip.text):
                lines = [strip, *_more_of_name(strip, strips[at + 1 : at + _MOST_LINES])]
                words = (_LEAD.sub("", line.text, count=1) for line in lines)
                return _person(" ".join(words), source_of(lines))
    return None


def _more_of_name(label: Strip, strips: list[Strip]) -> list[Strip]:
    """Lines that go on behind the label: offices, names that stand further to the right, and other lead inspectors."""
    found: list[Strip] = []
    is_plural = "inspectors" in label.plain
    for strip in strips:
        last = (found or [label])[-1]
        is_next = strip.top - last.top < 2 * label.size
        is_set_in = strip.left > label.left + 3 * label.size and strip.top - label.top < 6 * label.size
        goes_on = is_next and (bool(_OPEN.search(last.plain)) or (is_plural and holds_an_office(strip.text)))
        is_another = bool(_LEAD.match(strip.text))
        if not is_another and FACT.match(strip.plain):
            break
        if not (is_another or is_set_in or goes_on or holds_only_an_office(strip.text)):
            break
        found.append(strip)
    return found


def _lead_in_paragraphs(paragraphs: list[Paragraph]) -> Found[str] | None:
    for at, paragraph in enumerate(paragraphs):
        if label := _LEAD.match(paragraph.text):
            words = paragraph.text[label.end() :]
            following = paragraphs[at + 1 : at + 2]
            if not words.strip() and following:
                return _person(following[0].text, source_of_paragraph(following[0]))
            if words[:1].isupper():
                return _person(words, source_of_paragraph(paragraph))
    return None


def _person(words: str, source: Source) -> Found[str] | None:
    people, doubts = names(words)
    if not people and not doubts:
        return None
    certainty = Certainty.DOUBTFUL if doubts else Certainty.CERTAIN
    value = " and ".join(people) or None
    return Found(value=value, as_printed=words.strip(), sources=(source,), certainty=certainty, doubts=doubts)

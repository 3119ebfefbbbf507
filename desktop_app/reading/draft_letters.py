"""Facts that letters carry in sentences: when inspectors were there, who they were, what they looked at."""

import re

from db.dates import PartialDate
from desktop_app.reading.draft_dates import read_date, read_periods
from desktop_app.reading.draft_lines import Strip, plain, source_of
from desktop_app.reading.draft_people import holds_only_an_office, names
from desktop_app.reading.draft_values import Certainty, Found, Period
from desktop_app.reading.draft_values import source_of as source_of_paragraph
from desktop_app.reading.paragraph_values import Paragraph

_VISITED = re.compile(
    r"(?:visit|inspection|inspect|inspectors|carried out|conducted|undertook|took place)[^.]{0,260}?"
    r"\b(?:on|between|from|of|dates?:?)\s+(?=(?:(?:mon|tues|wednes|thurs|fri)day )?[0-3]?[0-9](?:st|nd|rd|th)?\b)",
)
_BETWEEN_FIRST = re.compile(r"^(?:between|from|on)\s+(?=[0-3]?[0-9])")
_EARLIER = re.compile(r"previous|last (?:inspect|visit)|since|first (?:visit|monitoring)|judged")
_INSPECTORS = re.compile(
    r"(?:h(?:er|is) majesty's inspectors?|inspectors?|visit(?: was)? (?:led|carried out) by)"
    r"(?: for this (?:visit|inspection))?(?: (?:was|were))?:? (?=[A-Z])",
    re.IGNORECASE,
)
_LOOKED_AT = re.compile(
    r"inspectors (?:looked at|reviewed|evaluated|considered) (?:the )?(?:local authority(?:['’]s)? )?"
    r"(?:arrangements (?:for|to) )?(?P<theme>[^.]{5,300})\.",
    re.IGNORECASE,
)
_FOCUS = re.compile(
    r"multi-agency response to (?P<theme>[^.]{5,200}?)(?: (?:in|of) [A-Z][^.]{2,60})?(?:\.|$)", re.IGNORECASE
)
_SIGNED = re.compile(r"yours sincerely")
_SOME_OPENING_LINES = 12

_LETTER_DATE = "This is the date of the letter. It may not be the day it was published."
_NO_LEAD = "The letter names its inspectors without saying who led."
_SIGNATURE = "This is who signed the letter. It does not say who led."


def dates_of_letter(paragraphs: list[Paragraph]) -> Found[tuple[Period, ...]]:
    """The days on site, from the first sentence that says when inspectors were there."""
    for paragraph in paragraphs:
        alike = plain(paragraph.text)
        for found in [*_BETWEEN_FIRST.finditer(alike), *_VISITED.finditer(alike)]:
            if _EARLIER.search(found[0]):
                continue
            read = read_periods(alike[found.end() :])
            if read.periods:
                printed = alike[found.end() : found.end() + 60]
                return Found(
                    value=read.periods,
                    as_printed=_printed(printed, paragraph.text),
                    sources=(source_of_paragraph(paragraph),),
                    certainty=read.certainty,
                    doubts=read.doubts,
                )
    return Found()


def _printed(alike: str, text: str) -> str:
    """The dates as they are printed, cut where they end."""
    end = re.search(r"(?:19|20)[0-9]{2}", alike)
    words = alike[: end.end()] if end else alike
    at = plain(text).find(words)
    return text[at : at + len(words)] if at >= 0 and len(text) == len(plain(text)) else words


def inspectors_of_letter(paragraphs: list[Paragraph], strips: list[Strip]) -> Found[str]:
    """The inspectors that a sentence names, else who signed."""
    for paragraph in paragraphs:
        if found := _INSPECTORS.search(paragraph.text):
            people, _ = names(re.split(r"\.\s|\.$", paragraph.text[found.end() :])[0])
            if people and all(len(name.split()) in (2, 3, 4) for name in people):
                doubts = (_NO_LEAD,) if len(people) > 1 else ()
                certainty = Certainty.DOUBTFUL if doubts else Certainty.CERTAIN
                source = source_of_paragraph(paragraph)
                value = " and ".join(people)
                return Found(value=value, as_printed=value, sources=(source,), certainty=certainty, doubts=doubts)
    return _signature(strips)


def _signature(strips: list[Strip]) -> Found[str]:
    at = next((at for at, strip in enumerate(strips) if _SIGNED.match(strip.plain)), None)
    if at is None:
        return Found()
    name, office = strips[at + 1 : at + 2], strips[at + 2 : at + 3]
    if not name or not office or not holds_only_an_office(office[0].text):
        return Found()
    people, doubts = names(name[0].text)
    if len(people) != 1 or doubts:
        return Found()
    source = source_of([*name, *office])
    certainty = Certainty.DOUBTFUL
    return Found(value=people[0], as_printed=people[0], sources=(source,), certainty=certainty, doubts=(_SIGNATURE,))


def date_of_letter(strips: list[Strip]) -> Found[PartialDate]:
    """The date that stands alone among the first lines."""
    for strip in strips[:_SOME_OPENING_LINES]:
        if re.fullmatch(r"(?:[a-z]+day,? )?[0-9]{1,2}(?:st|nd|rd|th)? [a-z]+ (?:19|20)[0-9]{2}", strip.plain):
            return Found(
                value=read_date(strip.text),
                as_printed=strip.text,
                sources=(strip.source,),
                certainty=Certainty.DOUBTFUL,
                doubts=(_LETTER_DATE,),
            )
    return Found()


def theme_of_letter(paragraphs: list[Paragraph]) -> Found[str]:
    """What a visit or a joint inspection looked at, in the letter's words."""
    for pattern in (_FOCUS, _LOOKED_AT):
        for paragraph in paragraphs:
            if found := pattern.search(paragraph.text):
                theme = found["theme"].strip()
                source = source_of_paragraph(paragraph)
                return Found(value=theme, as_printed=theme, sources=(source,), certainty=Certainty.DERIVED)
    return Found()

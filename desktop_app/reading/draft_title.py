"""What a report calls itself: its title, the layout that follows from it, and whose services were inspected."""

import re
from dataclasses import dataclass

from desktop_app.reading.draft_lines import Strip, plain, source_of
from desktop_app.reading.draft_rules import Layout, rules
from desktop_app.reading.draft_values import Certainty, Found

FACT = re.compile(
    r"(?:re-?)?(?:inspection|review|visit|fieldwork)(?: visit)? dates?\b"
    r"|dates?(?:\(s\))? of (?:the )?(?:re-?)?(?:inspection|visit|review)\b"
    r"|(?:date )?(?:report )?published\b|date of publication|lead inspectors?\b|reporting inspectors?\b"
    r"|judgements? grade|judgements?$|grade$|(?:the )?overall (?:judgement|effectiveness)\b"
    r"|(?:children's (?:social care )?services|services for children(?: and young people)?) (?:in|for|at) .*"
    r"\b(?:is|are|requires?)\b|children's services in |age group|dear\b"
    r"|the judgements on"
    r"|the (?:effectiveness of the )?local safeguarding children board(?: \([a-z]+\))? (?:is|requires?)\b"
)
_NOISE = re.compile(r"ofsted|raising standards|improving lives|www\.|[0-9]+$|contents$|inspection report$|\(?draft\)?$")
_REVIEW_OF_BOARD = re.compile(r"\band review of the effectiveness of the local safeguarding children board[0-9]?")
_MOST_TITLE_LINES = 9
_MOST_LETTER_LINES = 45
_MOST_PAGES = 3
_LETTER_OPENS = re.compile(r"dear\b|this letter|re: ")
_JOINING = " -–—:,."

_UNKNOWN = "The title is none of those that the program knows. Choose the kind of inspection."
_NO_PROVIDER = "The title does not say whose services were inspected. Choose the council."


@dataclass(frozen=True, slots=True)
class Title:
    """The title block of a report."""

    layout: Layout | None
    title: Found[str]
    provider: Found[str]
    page: int


def read_title(pages: list[list[Strip]]) -> Title:
    """The title of the first of the first three pages that has one that is known."""
    for at, strips in enumerate(pages[:_MOST_PAGES]):
        block = _title_block(strips)
        words = " ".join(strip.text for strip in block)
        for layout in rules().layouts:
            if not layout.is_letter and (found := layout.title.search(plain(words))):
                return Title(layout, _found(block, words), _provider(words, found, block), at)
    return _title_of_letter(pages[0] if pages else [])


def _title_block(strips: list[Strip]) -> list[Strip]:
    """The lines above the first fact, without running heads and page numbers."""
    block: list[Strip] = []
    for strip in strips:
        if FACT.match(strip.plain) or len(block) == _MOST_TITLE_LINES:
            break
        if not strip.is_edge and not _NOISE.match(strip.plain):
            block.append(strip)
    return block


def _found(block: list[Strip], words: str) -> Found[str]:
    return Found(value=words, as_printed=words, sources=(source_of(block),), certainty=Certainty.CERTAIN)


def _provider(words: str, title: re.Match[str], block: list[Strip]) -> Found[str]:
    """The name inside the title, before it or after it, as it is printed."""
    alike = plain(words)
    if title.groupdict().get("provider"):
        start, end = title.span("provider")
        name = alike[start:end]
    else:
        before = _REVIEW_OF_BOARD.sub("", alike[: title.start()])
        after = _REVIEW_OF_BOARD.sub("", alike[title.end() :])
        name = before.strip(_JOINING) or re.sub(r"^[0-9]+\b", "", after).strip(_JOINING)
        name = re.sub(r"^(?:in|of|at|for) ", "", name)
    if not any(map(str.isalpha, name)):
        return Found(doubts=(_NO_PROVIDER,))
    printed = as_printed(name, words)
    sources = tuple(strip.source for strip in block if strip.plain in name or name in strip.plain)
    sources = sources or (source_of(block),)
    return Found(value=printed, as_printed=printed, sources=sources, certainty=Certainty.CERTAIN)


def as_printed(name: str, words: str) -> str:
    """The words of a printed text that a name made plain was taken from."""
    pattern = re.escape(name).replace(r"\ ", r"\s+").replace("'", "['‘’`´ʼ]").replace(r"\-", "[-‐-―]")
    found = re.search(pattern, words, re.IGNORECASE)
    return re.sub(r"\s+", " ", found[0]) if found else name


def _title_of_letter(strips: list[Strip]) -> Title:
    """A letter says in its first lines, or in its first sentence, what it is about."""
    opening = strips[:_MOST_LETTER_LINES]
    words = " ".join(strip.text for strip in opening)
    alike = plain(words)
    is_letter = any(_LETTER_OPENS.match(strip.plain) for strip in opening) or "this letter" in alike
    for layout in rules().layouts:
        if layout.is_letter and is_letter and (found := layout.title.search(alike)):
            lines = [strip for strip in opening if found[0] in strip.plain] or opening[:1]
            return Title(layout, _found(lines[:1], lines[0].text), _provider_in_letter(layout, words, opening), 0)
    return Title(None, Found(doubts=(_UNKNOWN,)), Found(doubts=(_NO_PROVIDER,)), 0)


def _provider_in_letter(layout: Layout, words: str, opening: list[Strip]) -> Found[str]:
    for pattern in layout.provider:
        if found := pattern.search(words):
            name = found["provider"]
            lines = [strip.source for strip in opening if name in strip.text][:1]
            return Found(value=name, as_printed=name, sources=tuple(lines), certainty=Certainty.CERTAIN)
    return Found(doubts=(_NO_PROVIDER,))

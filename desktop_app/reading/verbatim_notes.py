"""What a check of a quote names although it is no difference: a first capital, marks, brackets, hyphens, stops."""

import re

from desktop_app.reading.verbatim_parts import Placed
from desktop_app.reading.verbatim_words import QUOTES, has_brackets, has_ellipsis, has_words_outside, quoted_spans

_ANY_QUOTE = re.compile(f"[{QUOTES}]")
_HYPHENS = re.compile("[-‐‑–—\u00ad]")
_STOPS = re.compile(r"[^\w\s]")
_SPACES = re.compile(r"\s+")


def notes_of(text: str, placed: Placed) -> tuple[str, ...]:
    """The names of what is no difference, in the order in which a person would see it."""
    found = ["words left out"] if has_ellipsis(text) else []
    if has_brackets(text):
        found.append("square brackets")
    spans = quoted_spans(text)
    if len(placed.parts) and spans and has_words_outside(text, spans) and placed.parts[0].span[0] >= spans[0][0]:
        found.append("words around quotation marks")
    if len(placed.parts) == 1 and placed.matches[0] and not placed.matches[0].changes:
        start, end = placed.parts[0].span
        found += _in_print(
            _plain(text[start:end]), _plain(placed.stream.raw(placed.matches[0].start, placed.matches[0].end))
        )
    return tuple(found)


def _plain(text: str) -> str:
    return _SPACES.sub(" ", text.replace("\u00ad", ""))


def _in_print(own: str, printed: str) -> list[str]:
    """What differs between two texts of the same words."""
    found = []
    if own[:1] != printed[:1] and own[:1].casefold() == printed[:1].casefold():
        found.append("the first letter")
        own = printed[:1] + own[1:]
    for name, pattern, blank in (
        ("quotation marks", _ANY_QUOTE, ""),
        ("hyphens and dashes", _HYPHENS, ""),
        ("punctuation", _STOPS, ""),
    ):
        less_own, less_printed = _SPACES.sub("", pattern.sub(blank, own)), _SPACES.sub("", pattern.sub(blank, printed))
        if pattern.findall(own) != pattern.findall(printed) and own != printed:
            found.append(name)
        own, printed = less_own, less_printed
    if own != printed and own.casefold() == printed.casefold():
        found.append("capital letters")
    return found

"""Which judgement area of a framework a section of a report is about, by the words of its heading."""

import re
from collections.abc import Iterable, Sequence

from db.text import fold

_WORDS = re.compile(r"[^\W_]+(?:'[^\W_]+)?")
_SMALL = ("the",)


def area_of(headings: Sequence[str], areas: Iterable[tuple[str, str]]) -> str | None:
    """The id of the area whose printed label stands in one of the headings, the nearest heading first.

    "The experiences and progress of children who need help and protection: good" is about the area of that name.
    Where two areas have the same label, such as "Leadership and management" of two parts, neither is named.

    Args:
        headings: those that the words stand under, the largest first.
        areas: the id and the printed label of each area of the inspection's kind.
    """
    labels = [(area_id, words) for area_id, label in areas if (words := _words(label))]
    for heading in reversed(headings):
        stands = f" {_words(heading)} "
        found = [(len(words), area_id, words) for area_id, words in labels if f" {words} " in stands]
        longest = [one for one in found if one[0] == max(found)[0]]
        if len(longest) == 1:
            return longest[0][1]
    return None


def _words(label: str) -> str:
    """A label as it is compared: no article before it, nothing in brackets, singular and plural alike."""
    words = _WORDS.findall(fold(re.sub(r"\[[^]]*\]|\([^)]*\)", " ", label)))
    while words and words[0] in _SMALL:
        del words[0]
    return " ".join(word.removesuffix("'s").removesuffix("s") for word in words)

"""The words that nobody types: they end each passage of the search index, so that a search can be narrowed.

A facet's word is a letter of Unicode's private use, a letter for the facet, and the row of the record that it names, a
year, or a word. No text that is searched holds that first letter: it is taken out on the way in (`without_marks`).
"""

from collections.abc import Iterable
from enum import StrEnum

MARK = "\ue000"
BETWEEN = f" {MARK} "  # between two fields: a word of its own, so that no phrase runs from one into the next


class Facet(StrEnum):
    """What a search can be narrowed by; the value is what its words begin with."""

    PROVIDER = "\ue000p"
    KIND = "\ue000k"
    YEAR = "\ue000y"
    AREA = "\ue000a"
    STRAND = "\ue000s"
    GRADE = "\ue000g"
    TONE = "\ue000t"
    THEME = "\ue000h"
    SPEAKER = "\ue000n"
    OPEN = "\ue000o"

    def word(self, value: object) -> str:
        """The word that stands for one value of this facet."""
        return self + str(value)


def without_marks(text: str) -> str:
    """The text with a space for every letter that marks a facet; it stays as long as it was."""
    return text.replace(MARK, " ")


def words(facet: Facet, values: Iterable[object]) -> set[str]:
    """The words for those values that are known."""
    return {facet.word(value) for value in values if value}

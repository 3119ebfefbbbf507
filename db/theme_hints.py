"""Which themes the words of a quote or an area for improvement suggest; a person decides, nothing is set by itself."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from db.chain_words import Stems, stems, stems_of
from db.frameworks import Theme


@dataclass(frozen=True, slots=True)
class _Found:
    """A hint in the text: where it begins, how many words it has, and the place of its theme."""

    start: int
    length: int
    theme: int

    def lies_in(self, other: "_Found") -> bool:
        """Whether a longer hint of another theme holds this one: "missing" in "missing from education"."""
        is_inside = other.start <= self.start and self.start + self.length <= other.start + other.length
        return is_inside and other.length > self.length and other.theme != self.theme


def suggest(text: str, themes: Iterable[Theme]) -> list[Theme]:
    """The themes whose words the text has, in any form of them; the longest hint first, then as they stand in the text.

    A theme's words are kept in the file, one hint on a line; themes without any are never suggested.
    """
    listed = tuple(themes)
    found = list(_found(stems_of(text), _hints(tuple(theme.words for theme in listed))))
    told = [one for one in found if not any(one.lies_in(other) for other in found)]
    ordered = sorted(told, key=lambda one: (-one.length, one.start, one.theme))
    return [listed[place] for place in dict.fromkeys(one.theme for one in ordered)]


@lru_cache(maxsize=4)
def _hints(words: tuple[str, ...]) -> dict[str, list[tuple[Stems, int]]]:
    """Every hint with the place of its theme, by the stem that it begins with."""
    lines = [(line, place) for place, each in enumerate(words) for line in each.splitlines()]
    by_first: dict[str, list[tuple[Stems, int]]] = {}
    for hint, (_, place) in zip(stems([line for line, _ in lines]), lines, strict=True):
        if hint:
            by_first.setdefault(hint[0], []).append((hint, place))
    return by_first


def _found(said: Stems, hints: dict[str, list[tuple[Stems, int]]]) -> Iterator[_Found]:
    for start, word in enumerate(said):
        for hint, theme in hints.get(word, ()):
            if said[start : start + len(hint)] == hint:
                yield _Found(start, len(hint), theme)

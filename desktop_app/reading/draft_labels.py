"""Labels of judgement areas: which area a printed label names, by its words and never by its place in the table."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cache

from db.frameworks import JudgementArea
from desktop_app.reading.draft_lines import plain
from desktop_app.reading.draft_rules import facts

_NUMBER = re.compile(r"^[0-9]+(?:\.[0-9]+)*\.?\s+")
_AFTER = re.compile(r"[\s:;.,*–-]+$")
_FOOTNOTE = re.compile(r"(?<=[a-z])[\s]?[0-9]{1,2}$")
_SENTENCE = "[authority]"
_OTHER_PART = {"sif_lscb"}
_ALIKE = 0.93  # "children in care" and "children in care and care leavers" are 0.85 alike, and two areas
_SMALL_WORDS = {"a", "and", "for", "in", "of", "on", "that", "the", "to", "who", "with"}
_SPELLING = 0.7
_LONG_LABEL = 5  # words
MOST_LETTERS = 150


@dataclass(frozen=True, slots=True)
class Label:
    """A label of one framework; the same words may name two areas, in two groups."""

    framework: str
    area_code: str
    group: str


class Labels:
    """The labels of the frameworks that a report may follow."""

    def __init__(self, frameworks: Iterable[str]) -> None:
        self._by_words: dict[str, list[Label]] = {}
        self.groups: dict[str, str] = {}
        for framework in frameworks:
            for area in facts().areas[framework]:
                if area.is_graded and _SENTENCE not in area.label:
                    label = Label(framework, area.code, area.group_label)
                    self._by_words.setdefault(bare(area.label), []).append(label)
                    self.groups[bare(area.group_label)] = area.group_label
        self.groups.pop("", None)
        self._first_words = {words.split()[0] for words in self._by_words}
        self._first_words |= {words.split()[1] for words in self._by_words if words.startswith("the ")}
        self.longest = max(map(len, self._by_words), default=0)

    def may_begin(self, words: str) -> bool:
        """Whether a label may begin with these words; quick, as it is asked of every line."""
        if words[:1].isdigit():
            words = _NUMBER.sub("", words)
        first = words.partition(" ")[0]
        return first in self._first_words or first == "the"

    def named(self, words: str) -> tuple[list[Label], bool]:
        """The areas that a printed label names, and whether it is printed as it should be."""
        alike = bare(words)
        if found := self._by_words.get(alike):
            return found, True
        if len(alike) > MOST_LETTERS:
            return [], False
        likely = [(self._likeness(alike, known), known) for known in self._by_words]
        best, known = max(likely, default=(0.0, ""))
        return (self._by_words[known], False) if best >= _ALIKE else ([], False)

    @staticmethod
    def _likeness(words: str, known: str) -> float:
        if abs(len(words) - len(known)) > 0.15 * len(known):
            return 0.0
        if not _are_spellings(set(words.split()), set(known.split())):
            return 0.0
        return SequenceMatcher(None, words, known, autojunk=False).ratio()

    def begun(self, words: str) -> str:
        """What follows a label that words begin with: nothing where they begin with none."""
        alike = bare(words)
        known = max((label for label in self._by_words if alike.startswith(f"{label} ")), key=len, default="")
        return alike.removeprefix(known).strip() if known else ""


@cache
def body_headings() -> tuple[str, ...]:
    """How the headings of a report's body begin: with the first words of the longer labels."""
    labels = [plain(area.label).split() for areas in facts().areas.values() for area in areas]
    return tuple({" ".join(words[:_LONG_LABEL]) for words in labels if len(words) > _LONG_LABEL})


def has_row(area: JudgementArea) -> bool:
    """Whether an area stands in the table, not in a sentence or in a part of its own."""
    return area.is_graded and _SENTENCE not in area.label and area.code not in _OTHER_PART


@cache
def labels_of(frameworks: tuple[str, ...]) -> Labels:
    """The labels of these frameworks, made once."""
    return Labels(frameworks)


def _are_spellings(words: set[str], known: set[str]) -> bool:
    """Whether words that differ are small ones, or the same word spelt another way: a grade in between is neither."""
    more, less = words - known - _SMALL_WORDS, known - words - _SMALL_WORDS
    if len(more) != len(less):
        return False
    return all(any(SequenceMatcher(None, one, other).ratio() >= _SPELLING for other in less) for one in more)


def bare(label: str) -> str:
    """A label without its number, footnote mark and the signs at its end."""
    words = _NUMBER.sub("", plain(label))
    return _AFTER.sub("", _FOOTNOTE.sub("", _AFTER.sub("", words)))

"""Proposals: which earlier areas an area for improvement may repeat, and which later quotes may speak of it.

Words and themes that two texts share make a proposal; the rarer they are in what a provider was told, the more they
count. A person decides: nothing is linked by itself.
"""

import math
import re
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass

from db.chain_words import Stems, stems, telling
from db.frameworks import Theme
from db.records import AreaForImprovement, Quote
from db.text import fold
from db.theme_hints import suggest

MOST = 3
LEAST_LIKENESS = 0.2  # of 1; found on the sample and held against another authority's reports (tests/db)
_OF_A_THEME = 0.45
_WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True)
class Proposal:
    """Something that may belong to an area, and why.

    Attributes:
        record: an earlier area for improvement that it may repeat, or a later quote that may speak of it.
        likeness: from 0 to 1; it orders proposals and means nothing by itself.
        words: what both say, the rarest first, as the record has it.
        theme_ids: the themes of both, set or suggested by their words.
    """

    record: AreaForImprovement | Quote
    likeness: float
    words: tuple[str, ...]
    theme_ids: tuple[str, ...]

    @property
    def id(self) -> str:
        """Tells proposals of one area apart."""
        return self.record.id


@dataclass(frozen=True, slots=True)
class _Text:
    said: Stems
    telling: frozenset[str]
    themes: frozenset[str]


def proposals(
    area: AreaForImprovement,
    candidates: Sequence[AreaForImprovement | Quote],
    themes: Iterable[Theme],
    *,
    left_out: Collection[str] = (),
) -> list[Proposal]:
    """The candidates that are like an area, the likest first; at most three areas and three quotes.

    Args:
        candidates: of the same provider; they also tell which words are rare there.
        left_out: ids of candidates that are linked already, or refused; they count for that only.
        themes: those of the file; their words suggest what is not set.
    """
    if not candidates:
        return []
    listed = tuple(themes)
    of, *others = _read([area, *candidates], listed)
    weigh = _weights([of, *others])
    found = [
        _proposal(record, of, text, weigh)
        for record, text in zip(candidates, others, strict=True)
        if record.id not in left_out and _likeness(of, text, weigh) >= LEAST_LIKENESS
    ]
    ranked = sorted(found, key=lambda one: -one.likeness)
    return [one for kind in (AreaForImprovement, Quote) for one in _first(ranked, kind)]


def likest_first(
    area: AreaForImprovement, records: Sequence[AreaForImprovement | Quote], themes: Iterable[Theme]
) -> list[AreaForImprovement | Quote]:
    """All records, those first that are like an area; the others stay in their order."""
    if not records:
        return []
    of, *others = _read([area, *records], tuple(themes))
    weigh = _weights([of, *others])
    order = sorted(range(len(records)), key=lambda place: -_likeness(of, others[place], weigh))
    return [records[place] for place in order]


def _first(ranked: Iterable[Proposal], kind: type) -> list[Proposal]:
    return [one for one in ranked if isinstance(one.record, kind)][:MOST]


def _read(records: Sequence[AreaForImprovement | Quote], themes: Sequence[Theme]) -> list[_Text]:
    texts = [record.text for record in records]
    return [
        _Text(said, telling(said), frozenset(record.theme_ids or (theme.id for theme in suggest(record.text, themes))))
        for record, said in zip(records, stems(texts), strict=True)
    ]


def _weights(texts: Sequence[_Text]) -> Callable[[str], float]:
    """How much a word or a theme says: the fewer texts have it, the more."""
    held = Counter(key for text in texts for key in (*text.telling, *text.themes))
    return lambda key: math.log((len(texts) + 1) / (held[key] + 0.5))


def _likeness(one: _Text, other: _Text, weigh: Callable[[str], float]) -> float:
    words = _shared(one.telling, other.telling, weigh)
    themes = _shared(one.themes, other.themes, weigh)
    return (1 - _OF_A_THEME) * words + _OF_A_THEME * themes


def _shared(one: frozenset[str], other: frozenset[str], weigh: Callable[[str], float]) -> float:
    """The share of what both have, each part by its weight: the cosine of the two."""
    both = sum(weigh(key) ** 2 for key in one & other)
    if not both:
        return 0.0
    lengths = (math.sqrt(sum(weigh(key) ** 2 for key in each)) for each in (one, other))
    return both / math.prod(lengths)


def _proposal(record: AreaForImprovement | Quote, of: _Text, text: _Text, weigh: Callable[[str], float]) -> Proposal:
    shared = sorted(of.telling & text.telling, key=lambda word: (-weigh(word), word))
    printed = _as_printed(record.text, text.said)
    themes = sorted(of.themes & text.themes, key=weigh, reverse=True)
    words = tuple(dict.fromkeys(printed.get(word, word) for word in shared))
    return Proposal(record, _likeness(of, text, weigh), words, tuple(themes))


def _as_printed(text: str, said: Stems) -> dict[str, str]:
    """The words of a text by their stems, where the two can be counted off against each other."""
    words = _WORD.findall(fold(text))
    return dict(zip(said, words, strict=True)) if len(words) == len(said) else {}

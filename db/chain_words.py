"""The words of texts by their stems, as the search index makes them: "interviews" and "interviewing" are one."""

import sqlite3
from collections.abc import Iterable, Sequence
from contextlib import closing

from db.text import fold

Stems = tuple[str, ...]
COMMON = frozenset(
    "a about after all also an and any are as at be been being both but by can could do for from had has have how if "
    "in into is it its made make many more most must need no not of on or other out over should so some such than "
    "that the their them then there these they this those to too up very was were what when where which who will with "
    "would".split()
)
_MOST_KEPT = 5_000
_kept: dict[str, Stems] = {}


def stems(texts: Sequence[str]) -> list[Stems]:
    """The stems of each text in the order of its words, every word of it.

    It asks SQLite for them, in memory, so that they are those of a search (`db.search`); texts asked for before
    are remembered.
    """
    if new := [text for text in dict.fromkeys(texts) if text not in _kept]:
        if len(_kept) > _MOST_KEPT:
            _kept.clear()
            new = list(dict.fromkeys(texts))
        _kept.update(zip(new, _asked(new), strict=True))
    return [_kept[text] for text in texts]


def stems_of(text: str) -> Stems:
    """The stems of one text."""
    return stems([text])[0]


def _asked(texts: Sequence[str]) -> list[Stems]:
    with closing(sqlite3.connect(":memory:")) as raw:
        raw.execute("create virtual table said using fts5(folded, tokenize='porter unicode61 remove_diacritics 2')")
        raw.execute("create virtual table stem using fts5vocab(said, 'instance')")
        rows = ((place, fold(text)) for place, text in enumerate(texts))
        raw.executemany("insert into said (rowid, folded) values (?, ?)", rows)
        found: list[list[str]] = [[] for _ in texts]
        for place, word in raw.execute('select doc, term from stem order by doc, "offset"'):
            found[place].append(word)
    return [tuple(words) for words in found]


def telling(words: Iterable[str]) -> frozenset[str]:
    """The words that say something: without "the", "of" and the like, and without single letters."""
    return frozenset(word for word in words if word not in COMMON and len(word) > 1)

"""Puts the best of the newest hits first: the words side by side, then where they are more of the text."""

import json
from collections.abc import Mapping, Sequence
from sqlite3 import Connection

from db.facets import BETWEEN
from db.passages import Group
from db.search_words import Typed

BEST_OF = 2000  # the newest hits of all groups together; ranking more would grow with the file
_SHORT_LETTERS = 80  # a text that is shorter is no better for it


def best_first(raw: Connection, found: Mapping[Group, Sequence[int]], typed: Typed) -> dict[Group, list[int]]:
    """The rows of each group with the best of its newest first; those behind stay newest first."""
    words = [word.text for word in typed.wanted]
    each = BEST_OF // max(len(found), 1)
    ranked: dict[Group, list[int]] = {}
    for group, rows in found.items():
        newest = list(rows[:each])
        texts = dict(
            raw.execute(
                "select row, folded from passage where row in (select value from json_each(?))", (json.dumps(newest),)
            ).fetchall()
        )
        best = sorted(newest, key=lambda row: _rank(texts.get(row, ""), words), reverse=True)
        ranked[group] = [*best, *rows[each:]]
    return ranked


def _rank(passage: str, words: Sequence[str]) -> tuple[bool, bool, float]:
    fields = passage.split(BETWEEN)
    said = " ".join(fields[:-1])
    times = [said.count(word) for word in words]
    is_phrase = len(words) > 1 and " ".join(words) in said
    return is_phrase, all(word in fields[0] for word in words), sum(times) / max(len(said), _SHORT_LETTERS)

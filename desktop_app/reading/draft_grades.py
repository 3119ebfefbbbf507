"""Words of grades: told from labels at a line's end, put together where they wrap, and found on a scale."""

import re
from collections.abc import Iterator
from functools import cache

from desktop_app.reading.draft_lines import plain
from desktop_app.reading.draft_rules import facts

NOT_JUDGED = "not_judged"
# Every wording of the scales of children's services; "Adequate" beside a later framework is seen, and doubted.
_PHRASES = (
    "outstanding",
    "good",
    "adequate",
    "inadequate",
    "requires improvement to be good",
    "requires improvement",
    "require improvement to be good",
    "require improvement",
    "not judged",
)
_CODES = {phrase: phrase.replace("not judged", NOT_JUDGED) for phrase in _PHRASES[:4]} | {
    "not judged": NOT_JUDGED,
    **dict.fromkeys((phrase for phrase in _PHRASES if phrase.startswith("require")), "requires_improvement"),
}
_LONGEST, _MOST_WORDS = 60, 7  # of a grade with its number
_SIGNS = " .,;*:()1234"
_LAST_WORDS = {word for phrase in _PHRASES for word in phrase.split()} | {""}  # nothing is left of "(Grade 3)" but 3
_NUMBERED = re.compile(r"\(?grade [1-4]\)?[:,]? \(?([a-z ]+?)\)?|([a-z ]+?)[:,]? \(?grade [1-4]\)?")
GRADE = r"(?:outstanding|good|adequate|inadequate|requires? improvement(?: to be good)?|not judged)"


def code_of(words: str) -> str:
    """The code of exactly one grade; empty for anything else."""
    return _CODES.get(_bare(words), "")


def is_on_scale(code: str, framework: str) -> bool:
    """Whether a framework's scale has a grade."""
    return code == NOT_JUDGED or any(grade.code == code for grade in facts().grades[framework])


def is_piece(words: str) -> bool:
    """Whether words are a grade, or a part of one that wrapped: "Requires", "improvement to be"."""
    return len(words) <= _LONGEST and _may_end(words) and _bare(words) in _pieces()


def goes_on(words: str, more: str) -> bool:
    """Whether `more` continues a grade that `words` begins."""
    return f"{_bare(words)} {_bare(more)}" in _beginnings()


def split_tail(words: str, after: str = "") -> tuple[str, str]:
    """What stands before the grade that a line ends with, or begins at its end; the grade is empty where none does.

    Args:
        after: a grade that the line above ended with, which may go on at the end of this one.
    """
    if not _may_end(words):
        return words, ""
    parts = words.split()
    for length in range(min(len(parts) - 1, _MOST_WORDS), 0, -1):
        tail = " ".join(parts[-length:])
        begins = _bare(tail) in _beginnings() and _bare(tail) != "not"
        if begins or (after and goes_on(after, tail)):
            return " ".join(parts[:-length]), tail
    return words, ""


def _may_end(words: str) -> bool:
    """Whether the last word is one of a grade; quick, as it is asked of every line."""
    return words[words.rfind(" ") + 1 :].strip(_SIGNS).lower() in _LAST_WORDS


def _bare(words: str) -> str:
    alike = plain(words)
    if "grade" in alike and (number := _NUMBERED.fullmatch(alike)):
        alike = number[1] or number[2]
    return alike.rstrip(".,;*:").strip()


@cache
def _pieces() -> frozenset[str]:
    return frozenset(run for phrase in _PHRASES for start in range(5) for run in _runs(phrase.split()[start:]))


@cache
def _beginnings() -> frozenset[str]:
    return frozenset(run for phrase in _PHRASES for run in _runs(phrase.split()))


def _runs(words: list[str]) -> Iterator[str]:
    return (" ".join(words[:end]) for end in range(1, len(words) + 1))

"""What a person typed into the search box, read as words, phrases, words left out and filters; nothing is wrong.

care leavers           both words, in any order and in any field
"care leavers"         the words as they stand, one after the other
-visit                 without this word, also before a phrase
tone:concern           a filter of `db.search_filters`; its value may stand in quotation marks
"""

import re
import unicodedata
from dataclasses import dataclass

from db.facets import without_marks
from db.text import clean, fold

MOST_LETTERS, MOST_WORDS, MOST_WORD_LETTERS = 10_000, 32, 200
FILTER_NAMES = ("kind", "provider", "framework", "grade", "strand", "tone", "theme", "speaker", "year", "open")
_PIECE = re.compile(r'(?P<name>[a-z]+:)?(?P<not>-)?(?:"(?P<phrase>[^"]*)(?P<end>"?)|(?P<word>\S+))')
_DASHES_KEPT = {ord("-"): "\ue00a"}  # only the hyphen of the keyboard leaves a word out, no dash of a report


@dataclass(frozen=True, slots=True)
class Word:
    """A word or phrase, folded; where it `is_open` its last word need only be begun."""

    text: str
    is_open: bool = False


@dataclass(frozen=True, slots=True)
class Typed:
    """What was typed: words wanted, words left out, and filters by name."""

    wanted: tuple[Word, ...] = ()
    unwanted: tuple[Word, ...] = ()
    filters: tuple[tuple[str, str], ...] = ()

    @property
    def is_blank(self) -> bool:
        """Whether there is nothing to search for."""
        return not (self.wanted or self.unwanted or self.filters)


def parse(typed: str) -> Typed:
    """Read what was typed; of a long text the first 32 words count, each of them once."""
    text = _folded(typed)
    wanted: dict[str, Word] = {}
    unwanted: dict[str, Word] = {}
    filters: dict[tuple[str, str], None] = {}
    for piece in _PIECE.finditer(text):
        if len(wanted) + len(unwanted) + len(filters) >= MOST_WORDS:
            break
        words = (piece["phrase"] if piece["word"] is None else piece["word"]).strip()
        name = (piece["name"] or "").rstrip(":")
        if name in FILTER_NAMES:
            if words and not piece["not"]:
                filters[name, words] = None
            continue
        if name:
            words = f"{name} {words}"
        is_open = piece.end() == len(text) and not typed[-1:].isspace() and not piece["end"]
        kept = unwanted if piece["not"] else wanted
        for key in _words(words, is_phrase=piece["word"] is None):
            kept.pop(key, None)  # of a word typed twice the second counts, as the last may go on
            kept[key] = Word(key, is_open and not piece["not"])
    return Typed(tuple(wanted.values()), tuple(unwanted.values()), tuple(filters))


def _folded(typed: str) -> str:
    text = without_marks(clean(typed[:MOST_LETTERS], lines=False)).translate(_DASHES_KEPT)
    return re.sub(r"(?<!\S)([a-z]+:)?-", r"\1 ", fold(text)).replace("\ue00a", "-")


def _words(text: str, *, is_phrase: bool) -> list[str]:
    """The text if it has a letter or a number; what has none finds nothing and is left out."""
    cut = text if is_phrase else text[:MOST_WORD_LETTERS]
    return [cut] if any(_is_of_a_word(letter) for letter in cut) else []


def _is_of_a_word(letter: str) -> bool:
    category = unicodedata.category(letter)
    return category[0] in "LN" or category == "Co"


def one_word(text: str) -> str:
    """A compound written as one word: "wellbeing" for "well-being"; empty where it is none."""
    return text.replace("-", "") if re.fullmatch(r"\w+(?:-\w+)+", text) else ""


def two_words(text: str, *, least_letters: int = 3) -> list[str]:
    """A word taken apart wherever both parts are long enough: "well being" among others for "wellbeing"."""
    if not re.fullmatch(r"[a-z]+", text) or len(text) > MOST_WORD_LETTERS // 8:
        return []
    cuts = range(least_letters, len(text) - least_letters + 1)
    return [f"{text[:cut]} {text[cut:]}" for cut in cuts]

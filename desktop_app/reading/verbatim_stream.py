"""The words of a report one after the other, so that a quote is looked for as a text is in a text.

Each different word is one letter of a string: Python finds a row of words in a report within microseconds.
"""

import sys
from bisect import bisect_right
from collections.abc import Sequence
from itertools import accumulate

from desktop_app.reading.paragraph_values import Paragraph
from desktop_app.reading.verbatim_words import WORD, Word, key_of, words

_SURROGATES = range(0xD800, 0xE000)
_FIRST = 0x100
_UNKNOWN, _ONE_TOO_MANY = "\x01", "\x02"


class Letters:
    """One letter for each different word that was met."""

    def __init__(self) -> None:
        self._by_key: dict[str, str] = {}
        self._by_word: dict[str, str] = {}

    def of_text(self, text: str) -> str:
        """The letters of all words of a text; a new word gets a new letter."""
        by_word = self._by_word
        found = WORD.findall(text)
        try:
            return "".join([by_word[word] for word in found])
        except KeyError:
            for word in found:
                if word not in by_word:
                    by_word[word] = self._of_key(key_of(word))
            return "".join([by_word[word] for word in found])

    def row(self, keys: Sequence[str]) -> str:
        """The letters of a quote's words; a word that the report does not have gets one that it does not have."""
        return "".join([self._by_key.get(key, _UNKNOWN) for key in keys])

    def _of_key(self, key: str) -> str:
        letter = self._by_key.get(key)
        if letter is None:
            number = _FIRST + len(self._by_key)
            number += len(_SURROGATES) if number >= _SURROGATES.start else 0
            if number > sys.maxunicode:
                return _ONE_TOO_MANY
            letter = self._by_key[key] = chr(number)
        return letter


class Stream:
    """Paragraphs as one row of words; words count from 0 through all of them."""

    def __init__(self, paragraphs: Sequence[Paragraph], letters: Letters) -> None:
        self.paragraphs = paragraphs
        rows = [letters.of_text(paragraph.text) for paragraph in paragraphs]
        self.text = "".join(rows)
        self._starts = [0, *accumulate(map(len, rows))]
        self._words: dict[int, list[Word]] = {}

    def paragraph_of(self, word: int) -> int:
        """Which paragraph a word stands in."""
        return bisect_right(self._starts, word) - 1

    def word(self, number: int) -> tuple[int, Word]:
        """A word, and the paragraph that it stands in."""
        at = self.paragraph_of(number)
        return at, self._words_of(at)[number - self._starts[at]]

    def keys(self, start: int, end: int) -> list[str]:
        """The words from one on up to another, as they are compared."""
        return [self.word(number)[1].key for number in range(start, end)]

    def passages(self, start: int, end: int) -> list[tuple[int, int, int]]:
        """Where words stand: paragraph, first letter and end in its text, for each paragraph that they run through."""
        (first, begins), (last, ends) = self.word(start), self.word(end - 1)
        found = []
        for at in range(first, last + 1):
            length = len(self.paragraphs[at].text)
            found.append((at, begins.start if at == first else 0, ends.end if at == last else length))
        return found

    def raw(self, start: int, end: int) -> str:
        """Words as printed, with what stands between them; paragraphs parted by a space."""
        if start >= end:
            return ""
        return " ".join(self.paragraphs[at].text[first:last] for at, first, last in self.passages(start, end))

    def distance(self, start: int, number: int) -> int:
        """How many letters of `raw` stand before a word."""
        (first, begins), (last, word) = self.word(start), self.word(min(number, len(self.text) - 1))
        if number >= len(self.text):
            return len(self.raw(start, number))
        if first == last:
            return word.start - begins.start
        between = sum(len(self.paragraphs[at].text) + 1 for at in range(first, last))
        return between - begins.start + word.start

    def around(self, start: int, end: int) -> tuple[str, str]:
        """The letters of the text just before and just after words: their quotation marks, their stop."""
        (first, begins), (last, ends) = self.word(start), self.word(end - 1)
        return self.paragraphs[first].text[max(0, begins.start - 1) : begins.start], (
            self.paragraphs[last].text[ends.end : ends.end + 2]
        )

    def begins_sentence(self, number: int) -> bool:
        """Whether a word is the first of a sentence, or of a paragraph."""
        at, word = self.word(number)
        before = self.paragraphs[at].text[: word.start].rstrip(" \"'“”‘’([")
        return not before or before[-1] in ".:;?!•"

    def ends_sentence(self, number: int) -> bool:
        """Whether a word is the last of a sentence, or of a paragraph."""
        at, word = self.word(number)
        after = self.paragraphs[at].text[word.end :].lstrip("\"'“”‘’)]")
        return not after.strip() or after[0] in ".:;?!"

    def places(self, row: str, start: int = 0, end: int | None = None, most: int = 200) -> list[int]:
        """Where a row of words stands, in order."""
        found: list[int] = []
        at = self.text.find(row, start, end)
        while at >= 0 and len(found) < most:
            found.append(at)
            at = self.text.find(row, at + 1, end)
        return found

    def _words_of(self, at: int) -> list[Word]:
        if at not in self._words:
            self._words[at] = words(self.paragraphs[at].text)
        return self._words[at]

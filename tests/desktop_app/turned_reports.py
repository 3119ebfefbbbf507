"""The pages of a report, taken apart line by line, to be changed in memory and put together again."""

import re
from array import array
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from desktop_app.reading.page_values import Page, Pages

_WEIGHTS = 5  # place of the weight among the numbers of a line


@dataclass(frozen=True)
class Row:
    """One line: its words, where it stands, and which of its letters are raised."""

    text: str
    left: float
    top: float
    right: float
    bottom: float
    size: float
    weight: float = 400.0
    raised: frozenset[int] = frozenset()

    def says(self, text: str) -> "Row":
        """The same place with other words."""
        return self if text == self.text else replace(self, text=text, raised=frozenset())

    def moved(self, down: float = 0.0, right: float = 0.0) -> "Row":
        """The same words elsewhere."""
        return replace(self, top=self.top + down, bottom=self.bottom + down, left=self.left + right)


@dataclass
class Turned:
    """A report that can be changed."""

    pages: list[list[Row]]
    width: float
    height: float
    title: str = ""

    @classmethod
    def of(cls, pages: Pages) -> "Turned":
        first = pages.pages[0]
        return cls([_rows(page) for page in pages.pages], first.width, first.height, pages.title)

    def copy(self) -> "Turned":
        return Turned([list(rows) for rows in self.pages], self.width, self.height, self.title)

    def every(self, change: Callable[[Row], Row], pages: Iterable[int] | None = None) -> "Turned":
        """Each line changed, on all pages or on some (from 0)."""
        for at in range(len(self.pages)) if pages is None else pages:
            self.pages[at] = [change(row) for row in self.pages[at]]
        return self

    def replace(self, old: str, new: str) -> int:
        """Other words everywhere; how often they stood."""
        count = 0
        for rows in self.pages:
            for at, row in enumerate(rows):
                text = row.text.replace(old, new)
                count += text != row.text
                rows[at] = row.says(text)
        return count

    def find(self, pattern: str) -> list[tuple[int, int]]:
        """Page and place of the lines that a pattern is found in."""
        return [
            (number, at)
            for number, rows in enumerate(self.pages)
            for at, row in enumerate(rows)
            if re.search(pattern, row.text)
        ]

    def made(self) -> Pages:
        """The pages as a reader would give them."""
        return Pages(tuple(self._page(at) for at in range(len(self.pages))), self.title)

    def _page(self, at: int) -> Page:
        spans, frames, raised = array("I"), array("f"), array("I")
        text = ""
        for row in self.pages[at]:
            if not row.text.strip():
                continue
            start = len(text)
            text += row.text
            spans.extend((start, len(text)))
            frames.extend((row.left, row.top, row.right, row.bottom, row.size, row.weight))
            raised.extend(start + letter for letter in sorted(row.raised))
            text += "\r\n"
        return Page(
            number=at + 1,
            width=self.width,
            height=self.height,
            text=text,
            spans=spans,
            frames=frames,
            raised=raised,
        )


def _rows(page: Page) -> list[Row]:
    raised = set(page.raised)
    found = []
    for at, line in enumerate(page.lines()):
        weight = page.frames[6 * at + _WEIGHTS]
        letters = frozenset(letter - line.start for letter in raised if line.start <= letter < line.end)
        found.append(Row(line.text, line.left, line.top, line.right, line.bottom, line.size, weight, letters))
    return found

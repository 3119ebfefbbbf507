"""The words of a document as one plain text with its numbers and pages, and which letter of it stands where."""

import re
from bisect import bisect_right
from collections.abc import Sequence

from desktop_app.reading.paragraph_values import Kind, Paragraph
from desktop_app.reading.passage import Span

_BEYOND = re.compile("[\U00010000-\U0010ffff\n\r\u2028\u2029]")  # two letters, or a new line, for a Qt text


class ShownText:
    """Paragraphs one after the other, numbered as printed, a line before each new page.

    Attributes:
        text: one letter for each letter of the paragraphs, also for Qt, which counts in UTF-16.
    """

    def __init__(self, paragraphs: Sequence[Paragraph]) -> None:
        self._starts: list[int] = []
        self._lengths: list[int] = []
        parts: list[str] = []
        at, page = 0, None
        for paragraph in paragraphs:
            if paragraph.page is not None and paragraph.page != page:
                page = paragraph.page
                parts.append(f"Page {page}\n\n")
                at += len(parts[-1])
            mark = _mark_of(paragraph)
            words = _BEYOND.sub("\ufffd", paragraph.text)
            self._starts.append(at + len(mark))
            self._lengths.append(len(words))
            parts.append(f"{mark}{words}\n\n")
            at += len(parts[-1])
        self.text = "".join(parts).rstrip("\n")

    def spans(self, start: int, end: int) -> list[Span]:
        """The letters of paragraphs between two places of the text; numbers and page lines are none."""
        found: list[Span] = []
        index = max(0, bisect_right(self._starts, start) - 1)
        while index < len(self._starts) and self._starts[index] < end:
            first = max(0, start - self._starts[index])
            last = min(self._lengths[index], end - self._starts[index])
            if first < last:
                found.append(Span(index, first, last))
            index += 1
        return found

    def place(self, span: Span) -> tuple[int, int]:
        """The first letter of a span in the text, and its end."""
        start = self._starts[span.paragraph]
        return start + span.start, start + span.end

    def paragraph_at(self, position: int) -> int:
        """The paragraph that a place of the text stands in, or the one before."""
        return max(0, bisect_right(self._starts, position) - 1)


def _mark_of(paragraph: Paragraph) -> str:
    if paragraph.kind is Kind.ITEM and paragraph.number is None:
        return "• "
    return f"{paragraph.number}. " if paragraph.number is not None else ""

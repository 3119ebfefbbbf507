"""Lines of pages to blocks: which lines make one paragraph, item or heading, and which number it has."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise

from desktop_app.reading.page_furniture import Sheet
from desktop_app.reading.page_values import Line
from desktop_app.reading.paragraph_values import Kind

# Signs that stand before an item: bullets, squares, arrows, ticks, and those of fonts that no one else knows.
BULLET = re.compile("[·•‣⁃∙■-◿★-☑✓-✘❍-❖➔-➾⬛-⬝\ue000-\uf8ff]\ufe0f?\\s*|[-–*o]\\s+(?=\\S)")
UNSURE_BULLETS = "-–*o"
NUMBER = re.compile(r"([0-9]{1,3})\.(?:\s+|$|(?=[A-Z‘“]))")
_ROW_NUMBER = re.compile(r"[0-9][0-9.]*\s")
# The numbered rows of a table of judgements, which some files print in plain letters.
_ROW = re.compile(
    r"[0-9]\.\s*(?:children\s+who\s+need\s+help|children\s+looked\s+after\s+and\s+achieving"
    r"|leadership,\s+management\s+and\s+governance)\b[^.]*$",
    re.IGNORECASE,
)
_FACT = re.compile(r"(?:inspection dates?|lead inspectors?|report published|judgements? grade)\b", re.IGNORECASE)
_SENTENCE_END = re.compile(r"[.:;?!][”’\"')\]]*[0-9]{0,2}$")  # the digits are a footnote's

_INDENT_PT = 5.0
_LARGE = 1.1  # of the height of the body's letters
_GAP = 1.55  # of the height of a letter, from one line's foot to the next
_LONGEST_PITCH = 2.2  # of the height of the body's letters
_PITCH = 1.3  # of the usual distance of two lines
_MOST_SKIPPED = 3  # numbers that were not found


@dataclass(slots=True)
class Block:
    """Lines that belong together; `skip` is how long the first line's mark is."""

    kind: Kind
    number: int | None
    skip: int
    size: float
    first_left: float
    next_left: float | None = None
    lines: list[tuple[int, Line]] = field(default_factory=list)

    @property
    def is_row(self) -> bool:
        """Whether it is a row of a table of judgements, whose label may run over several lines."""
        line = self.lines[0][1]
        return line.begins_bold and bool(_ROW_NUMBER.match(line.text))

    @property
    def is_hanging(self) -> bool:
        return self.next_left is not None and self.next_left > self.first_left + _INDENT_PT


def blocks(sheets: list[Sheet], body_size: float) -> Iterator[Block]:
    """The blocks of a document in reading order; the footnotes of a page come after the block that ends on it."""
    maker = _Maker(body_size, _usual_pitch(sheets, _LONGEST_PITCH * body_size))
    notes: list[Block] = []
    for sheet in sheets:
        for line in sheet.lines:
            if done := maker.take(sheet.page.number, line):
                yield done
                yield from notes
                notes = []
        notes += _note_blocks(sheet)
        maker.end_page()
    if maker.block:
        yield maker.block
    yield from notes


def _usual_pitch(sheets: list[Sheet], longest: float) -> float:
    pitches = Counter(
        round((second.bottom - first.bottom) * 2) / 2 for sheet in sheets for first, second in pairwise(sheet.lines)
    )
    return next((pitch for pitch, _ in pitches.most_common() if 0 < pitch < longest), 0.0)


def _note_blocks(sheet: Sheet) -> list[Block]:
    found: list[Block] = []
    raised = set(sheet.page.raised)
    for line in sheet.notes:
        mark = re.match(r"([0-9]+)\s*", line.text) if line.start in raised or line.text.isdigit() else None
        if mark or not found:
            number, skip = (int(mark[1]), mark.end()) if mark else (None, 0)
            found.append(Block(Kind.FOOTNOTE, number, skip, line.size, line.left))
        found[-1].lines.append((sheet.page.number, line))
    return found


class _Maker:
    """Takes line after line, and tells which block each begins or continues."""

    def __init__(self, body_size: float, usual_pitch: float) -> None:
        self._body_size, self._usual_pitch = body_size, usual_pitch
        self.block: Block | None = None
        self._last: Line | None = None  # on this page
        self._last_number = 0
        self._number_left: float | None = None
        self._number_next_left: float | None = None
        self._contents_page: int | None = None

    def end_page(self) -> None:
        self._last = None

    def take(self, page: int, line: Line) -> Block | None:
        """Add a line; return the block that ended before it."""
        if self._is_one_more(line):
            assert self.block
            self.block.lines.append((page, line))
            self._last = line
            return None
        number, skip, kind = self._mark(line)
        if page == self._contents_page:
            kind = Kind.CONTENTS
        done = None
        if self.block is None or skip or kind is Kind.CONTENTS or self._begins(line, kind):
            done = self.block
            self.block = Block(kind, number, skip, line.size, line.left)
            if kind is Kind.HEADING and line.text.strip().casefold() == "contents":
                self._contents_page = page
        elif self.block.next_left is None and not self._is_beside(line):
            self.block.next_left = line.left
            if self.block.number is not None:
                self._number_next_left = line.left
        self.block.lines.append((page, line))
        self._last = line
        return done

    def _is_one_more(self, line: Line) -> bool:
        """Whether it is plainly the next line of a paragraph, as most are; nothing else has to be asked of it then."""
        block, last = self.block, self._last
        if last is None or block is None or block.next_left is None or line.begins_bold or last.begins_bold:
            return False
        if block.kind is not Kind.PARAGRAPH and block.kind is not Kind.ITEM:
            return False
        if abs(line.left - block.next_left) > 1 or abs(line.size - block.size) > 1:
            return False
        first = line.text[0]
        if line.size > _LARGE * self._body_size or not first.isalpha() or first in UNSURE_BULLETS:
            return False
        return 0 < line.bottom - last.bottom < _GAP * line.size

    def _mark(self, line: Line) -> tuple[int | None, int, Kind]:
        first = line.text[0]
        if first.isdigit() and (found := NUMBER.match(line.text)):
            number = int(found[1])
            if self._counts(number, line):
                self._last_number, self._number_left = number, line.left
                return number, found.end(), Kind.PARAGRAPH
        if (found := BULLET.match(line.text)) and (first not in UNSURE_BULLETS or not self._goes_on(line)):
            return None, found.end(), Kind.ITEM
        return None, 0, Kind.HEADING if self._is_heading(line) else Kind.PARAGRAPH

    def _goes_on(self, line: Line) -> bool:
        """Whether a dash at its beginning may be one of a sentence: it stands just below the words before it."""
        block, last = self.block, self._last
        if block is None or last is None or block.kind is Kind.HEADING or not self._is_below(line):
            return False
        is_next_item = block.kind is Kind.ITEM and abs(line.left - block.first_left) < _INDENT_PT
        return not is_next_item and not _SENTENCE_END.search(last.text[-9:])

    def _counts(self, number: int, line: Line) -> bool:
        """Whether a number at a line's beginning is a paragraph's, not part of a sentence or a row's of a table."""
        if line.begins_bold or _ROW.match(line.text):
            return False
        block = self.block
        if block and block.is_hanging and abs(line.left - (block.next_left or 0)) < _INDENT_PT:
            return False
        if self._number_left is None:
            return number == 1 or not self._is_below(line)
        is_in_column = abs(line.left - self._number_left) < 2 * _INDENT_PT
        skipped = number - self._last_number - 1
        if skipped == 0:
            return is_in_column or not self._is_below(line)
        return is_in_column and (0 < skipped <= _MOST_SKIPPED or number == 1)

    def _is_heading(self, line: Line) -> bool:
        if not (line.is_bold or line.size > _LARGE * self._body_size):
            return False
        if self.block and self.block.is_row and self._is_below(line):
            return False
        return not _FACT.match(line.text) and not _ROW_NUMBER.match(line.text) and any(map(str.isalpha, line.text))

    def _begins(self, line: Line, kind: Kind) -> bool:
        block = self.block
        assert block
        if (kind is Kind.HEADING) != (block.kind is Kind.HEADING) or abs(line.size - block.size) > 0.1 * block.size:
            return not self._is_beside(line)
        if self._last is None:
            return not self._continues_over_the_page(block, line)
        if self._is_beside(line):
            return line.left - self._last.right > 2 * line.size
        if not self._is_below(line):
            return True
        return block.next_left is not None and abs(line.left - block.next_left) > 3 * _INDENT_PT

    def _is_below(self, line: Line) -> bool:
        """Whether it is the next line down, no further away than lines of a paragraph are."""
        down = line.bottom - self._last.bottom if self._last else -1.0
        return 0 <= down <= max(_GAP * line.size, _PITCH * self._usual_pitch)

    def _is_beside(self, line: Line) -> bool:
        """Whether it stands on the same line as the one before, to its right: a line that a raised mark broke."""
        last = self._last
        return last is not None and abs(line.bottom - last.bottom) < 0.3 * last.size and line.left >= last.right

    def _continues_over_the_page(self, block: Block, line: Line) -> bool:
        if block.kind is Kind.HEADING:
            return False
        next_left = block.next_left
        if next_left is None and block.number is not None:
            next_left = self._number_next_left
        if next_left is not None and abs(next_left - block.first_left) > _INDENT_PT:
            return abs(line.left - next_left) < _INDENT_PT
        return not _SENTENCE_END.search(block.lines[-1][1].text[-9:])

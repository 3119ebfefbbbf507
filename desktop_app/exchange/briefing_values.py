"""What a committee paper is made of: sections of paragraphs, quotations, tables and gaps left to the author."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

OPEN_QUESTION = "To be written by the author"
LICENCE = "Contains public sector information licensed under the Open Government Licence v3.0."
SECTIONS = {
    "purpose": "Purpose of the report",
    "background": "Background",
    "judgements": "Judgements",
    "findings": "Key findings",
    "improvements": "Areas for improvement",
    "changes": "What changed since the last inspection",
    "risks": "Risks",
    "recommendations": "Recommendations",
    "papers": "Background papers",
    "implications": "Appendix 1: Implications",
}
_NOT_IN_XML = re.compile("[^\t\n\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_BROKEN_HYPHEN = "\ufffe"  # what a PDF gives for a hyphen at a line's end


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of the paper; all of them are counted through from 1."""

    text: str


@dataclass(frozen=True, slots=True)
class Bullet:
    """One item of a list without numbers."""

    text: str


@dataclass(frozen=True, slots=True)
class Quotation:
    """Somebody's own words with where they stand: "(para 33)".

    Reported speech is not in quotation marks.
    """

    text: str
    reference: str
    is_reported_speech: bool = False

    @property
    def words(self) -> str:
        """The words as they are printed, without the reference."""
        return self.text if self.is_reported_speech else f"“{self.text}”"


@dataclass(frozen=True, slots=True)
class ToWrite:
    """What the file does not know: a gap that nobody can take for text. `what` says what belongs there."""

    what: str = ""

    @property
    def words(self) -> str:
        """The gap as it is printed, so that it shows without its style as well."""
        return f"[{OPEN_QUESTION}: {self.what}]" if self.what else f"[{OPEN_QUESTION}]"


@dataclass(frozen=True, slots=True)
class Subheading:
    """A heading inside a section."""

    text: str


Cell = str | ToWrite


@dataclass(frozen=True, slots=True)
class Table:
    """A table with a row of headings; `shares` are the widths of its columns as parts of 100.

    `description` tells in a sentence what the table holds, to those who do not see it.
    """

    caption: str
    description: str
    header: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    shares: tuple[int, ...]


Block = Paragraph | Bullet | Quotation | ToWrite | Subheading | Table


@dataclass(frozen=True, slots=True)
class Section:
    """One of SECTIONS with what stands in it."""

    key: str
    blocks: tuple[Block, ...]

    @property
    def heading(self) -> str:
        return SECTIONS[self.key]


@dataclass(frozen=True, slots=True)
class Paper:
    """A whole paper; `front` stands under the title, `marking` is printed on every page, or empty."""

    title: str
    front: tuple[ToWrite, ...]
    sections: tuple[Section, ...]
    marking: str = ""
    licence: str = LICENCE

    @property
    def block_count(self) -> int:
        """How many pieces a writer has to write."""
        return sum(len(section.blocks) + 1 for section in self.sections)

    @property
    def gaps(self) -> int:
        """How many places are left to the author, a table with gaps in it counting once."""
        blocks = [block for section in self.sections for block in section.blocks]
        return len(self.front) + sum(any(isinstance(cell, ToWrite) for cell in _cells(block)) for block in blocks)


def _cells(block: Block) -> Iterator[Block | Cell]:
    if isinstance(block, Table):
        for row in block.rows:
            yield from row
    else:
        yield block


def printable(text: str) -> str:
    """The text without what no XML may hold; a hyphen that a PDF broke is a hyphen again."""
    return _NOT_IN_XML.sub("\ufffd", text.replace(_BROKEN_HYPHEN, "-"))

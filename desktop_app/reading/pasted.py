"""Text pasted from a PDF, a web page or a letter becomes clean words, or the items of a list.

Only the layout is mended: line breaks, broken words, list marks, page numbers. No word is respelt. Page headers
and footers stay, as they cannot be told safely from the inspectors' words.
"""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import chain, pairwise

from db.text import clean

# Squares and dots, and the private characters that Word's symbol fonts leave in a PDF; never part of a sentence.
_SURE = r"[◼■▪◾●•○◦‣⁃\uf02d\uf06e\uf0a7\uf0b7\uf0be\uf0d8]\ufe0f?"
_UNSURE = r"[-–*o](?=\s|$)"  # "o" is the second level of Word's bullets
_NUMBER = r"(?:(?P<number>[0-9]{1,3})[.)]|\((?P<bracketed>[0-9]{1,3})\))(?=\s|$)"
_MARK = re.compile(rf"(?P<sure>{_SURE})|(?P<unsure>{_UNSURE})|{_NUMBER}")
_LEADING_MARKS = re.compile(rf"(?:(?:{_SURE}|{_UNSURE}|(?:[0-9]{{1,3}}[.)]|\([0-9]{{1,3}}\))(?=\s|$))\s*)+")
_NUMBERED = "1."  # the mark of every number; a bullet's mark is the bullet itself

_PAGE_NUMBER = re.compile(r"[0-9]{1,3}")
_SENTENCE_END = re.compile(r"[.:;?!][”’\"')\]]*[0-9]{0,2}$")  # the digits are a footnote's
_BROKEN_AT = re.compile(r"\w[-‐‑–—/]$")
_SUSPENDED = re.compile(r"(?:and|or|to)\b(?!-)")  # "16- and 17-year-olds", but "up-to-date"


@dataclass(frozen=True, slots=True)
class _Part:
    """The words after one mark; the mark is empty where lines have none."""

    mark: str
    words: str


def quote(text: str) -> str:
    """Make pasted words one quote: soft line breaks joined, broken words whole, marks and page numbers gone.

    A single line comes back as it is, only without soft hyphens. A hyphen at a line's end is a real one and stays;
    so is U+FFFE, which PDFium gives for such a hyphen and the line break after it. An empty line stays. Bullets stay,
    as "• ", one item a line, where there are several; a single one at the beginning goes. Paragraph numbers go and
    numbered paragraphs stand apart. A number alone on a line between two lines of words, or on the first or the last
    line, is a page's or a paragraph's.
    A line's first dash, star or "o" may be text ("- said the inspector"): it is a mark only if another line has it.
    """
    text = _mended(text)
    if "\n" not in text:
        return text
    blocks = _blocks(_without_outer_numbers(text))
    bullets = sum(part.mark not in ("", _NUMBERED) for part in chain(*blocks))
    if bullets == 1 and blocks[0][0].mark != _NUMBERED:
        blocks[0][0] = replace(blocks[0][0], mark="")
    return _without_outer_numbers("\n\n".join(map(_shown, blocks)))


def items(text: str) -> list[str]:
    """Take a pasted list apart into the words of its items, without marks; text that is no list is one item.

    Empty lines part items as marks do. The first mark after an empty line (or of the text) is that of the list;
    others below it are its second level, and their words follow their item's after a space, nothing added.
    Words before the first mark are an item too, so that nothing is lost. A number at a line's start is a mark only
    at the beginning, after the end of a sentence or as 1 with a 2 below, and then only in sequence.
    """
    return [item for parts in _blocks(_mended(text)) for item in _items_of(parts)]


def heading(found: Sequence[str]) -> str:
    """The heading that stands before the items of a pasted list, empty where the first is an item too.

    Args:
        found: what `items` gives: three or more, the first perhaps "What needs to improve?".
    """
    first = found[0] if len(found) > 2 else ""
    is_heading = first.endswith(("?", ":")) or first.casefold().startswith("what needs to improve")
    return first if is_heading else ""


def _mended(text: str) -> str:
    text = re.sub(r"\u00ad(?:[^\S\r\n]*[\r\n]\s*(?=\w))?", "", text)
    text = re.sub(r"(?<=\w)\ufffe\s*(?=\w)", "-\n", text)  # the line break that PDFium left out
    return clean(text.replace("\ufffe", "-"), lines=True)


def _blocks(text: str) -> list[list[_Part]]:
    """What empty lines part, each block as its parts; nothing empty."""
    lines = _without_page_numbers([line.strip() for line in text.split("\n")])
    unsure = Counter(mark for line in lines if (mark := _unsure_mark(line)))
    ends = [at for at, line in enumerate(lines) if not line]
    blocks = [lines[start + 1 : end] for start, end in pairwise([-1, *ends, len(lines)])]
    return [parts for block in blocks if block and (parts := _parts(block, unsure))]


def _without_outer_numbers(text: str) -> str:
    """A number alone on the first or last line is a paragraph's or a page's, where words stand beside it."""
    lines = text.split("\n")
    while len(lines) > 1 and _has_letters("".join(lines)) and (not lines[0].strip() or _is_page_number(lines[0])):
        del lines[0]
    while len(lines) > 1 and _has_letters("".join(lines)) and (not lines[-1].strip() or _is_page_number(lines[-1])):
        del lines[-1]
    return "\n".join(lines)


def _is_page_number(line: str) -> bool:
    return bool(_PAGE_NUMBER.fullmatch(line.strip()))


def _without_page_numbers(lines: list[str]) -> list[str]:
    around = ["", *lines, ""]
    return [
        line
        for before, line, after in zip(around, lines, around[2:], strict=False)
        if not (_PAGE_NUMBER.fullmatch(line) and _has_letters(before) and _has_letters(after))
    ]


def _has_letters(line: str) -> bool:
    return any(map(str.isalpha, line))


def _unsure_mark(line: str) -> str:
    found = _MARK.match(line)
    return found["unsure"] or "" if found else ""


def _parts(lines: list[str], unsure: Counter[str]) -> list[_Part]:
    marks = _marks(lines, unsure)
    starts = sorted({0, *marks})
    parts = [_part(marks.get(start, ""), lines[start:end]) for start, end in pairwise([*starts, len(lines)])]
    return [part for part in parts if part.words]


def _part(mark: str, lines: list[str]) -> _Part:
    words = _joined(lines)
    return _Part(mark, _LEADING_MARKS.sub("", words, count=1) if mark else words)


def _marks(lines: list[str], unsure: Counter[str]) -> dict[int, str]:
    """Which of a block's lines begin with a mark that is meant as one, and the mark."""
    found = [(at, mark) for at, line in enumerate(lines) if (mark := _MARK.match(line))]
    columns = Counter(mark["unsure"] for _, mark in found)
    numbers = {_number(mark) for _, mark in found}
    opened: set[str] = set()
    marks: dict[int, str] = {}
    last: int | None = None
    for at, mark in found:
        may_open = at == 0 or bool(_SENTENCE_END.search(lines[at - 1][-9:]))
        if kind := mark["sure"]:
            marks[at] = kind
        elif kind := mark["unsure"]:
            in_column = columns[kind] > 1 and kind != "–"  # a dash in a sentence may begin two lines too
            if unsure[kind] > 1 and (may_open or in_column or kind in opened):
                marks[at] = kind
                opened.add(kind)
        else:
            number = _number(mark)
            begins = may_open or (number == 1 and 2 in numbers)
            if begins if last is None else number == last + 1:
                marks[at], last = _NUMBERED, number
    return marks


def _number(mark: re.Match[str]) -> int:
    return int(mark["number"] or mark["bracketed"] or -1)


def _joined(lines: list[str]) -> str:
    words = lines[0]
    for line in lines[1:]:
        words += line if _is_broken(words, line) else f" {line}"
    return words.strip()


def _is_broken(words: str, line: str) -> bool:
    """Whether the break fell inside a word, or inside a span such as 2016–18."""
    return bool(_BROKEN_AT.search(words[-2:])) and not (words[-1] in "-‐‑" and _SUSPENDED.match(line))


def _shown(parts: list[_Part]) -> str:
    shown = [part.words if part.mark in ("", _NUMBERED) else f"• {part.words}" for part in parts]
    gaps = ["\n\n" if part.mark == _NUMBERED else "\n" for part in parts]
    return "".join(f"{gap}{words}" for gap, words in zip(gaps, shown, strict=True)).strip()


def _items_of(parts: list[_Part]) -> list[str]:
    top = next((part.mark for part in parts if part.mark), "")
    found: list[str] = []
    for part in parts:
        if not found or part.mark == top:
            found.append(part.words)
        else:
            found[-1] += f" {part.words}"
    return found

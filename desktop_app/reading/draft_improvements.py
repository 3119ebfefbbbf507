"""What must get better: each item of each list as one text, its own bullets joined to it, with group and audience."""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field

from db.text import clean
from desktop_app.reading.draft_sections import Section
from desktop_app.reading.draft_values import Certainty, DraftArea, Found, source_of
from desktop_app.reading.paragraph_values import Kind, Paragraph, Piece

BulletOf = Callable[[Paragraph], str]

_SENTENCE_END = re.compile(r"[.:;?!][”’\"')\]]*$")
_LEAD_IN = re.compile(
    r"^(?:in order to improve|to improve|the (?:local authority|council|partnership|board|lscb|service)|ofsted|"
    r"inspectors|the following|areas? for|these).*\b(?:following|as follows|below|that|should|must|to)\b[^.]*[:.]?$",
    re.IGNORECASE,
)
_LETTER = re.compile(
    r"\(?(?:(?P<letter>[a-z]|[ivx]{1,4}|[0-9]{1,3})(?:[.)]|\))|(?P<number>[0-9]{1,3}))\s+(?=\S)(?(number)(?=[A-Z‘“]))"
)
_OWN_NUMBER = re.compile(r"^[0-9]{1,3}[.)]?\s+(?=[A-Z])")
_INTRODUCES = re.compile(
    r"(?::|;|,|\b(?:to|of|for|in|on|with|by|that|are|is|as|and|from|about|including|where))(?: \([^)]*\))?$"
)
_SIGN = re.compile(
    "[\ue000-\uf8ff\u2190-\u2bff\u27a2\ufffd]\ufe0f?\\s*(?=[^\\W\\d_])"
)  # of fonts that no one else knows
_NONE = re.compile(
    r"(?:there (?:are|were) no|no (?:areas?|priority|immediate|recommendations?)|none|not applicable)\b", re.I
)
_ROMAN = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii")
_LONGEST_WORDS = 150
_SHORT_WORDS = 9

_PROSE = "These words stand under the heading of the list, but not as an item of it. Check whether they belong there."
_LONG = "This item is very long. Check that it ends where it should."
_NO_END = "This item begins in the middle of a sentence. Check it against the report."


@dataclass(slots=True)
class _Item:
    paragraphs: list[Paragraph]
    number: int | None = None
    text: str = ""
    group: str = ""
    doubts: list[str] = field(default_factory=list)

    def add(self, paragraph: Paragraph) -> None:
        self.paragraphs.append(paragraph)
        self.text = f"{self.text} {paragraph.text}".strip()


def areas_of(section: Section, bullet_of: BulletOf) -> list[DraftArea]:
    """The items of one list; words between them that belong to none are left out."""
    return [_area(section, item) for item in _items(section, bullet_of)]


def is_ended_by_body(section: Section) -> bool:
    """Whether a list of bullets ran into the numbered paragraphs of the body."""
    return _body_begins(section.paragraphs) < len(section.paragraphs)


def _area(section: Section, item: _Item) -> DraftArea:
    text = clean(item.text, lines=False)
    doubts = list(item.doubts)
    if len(text.split()) > _LONGEST_WORDS:
        doubts.append(_LONG)
    sources = tuple(source_of(paragraph) for paragraph in item.paragraphs)
    certainty = Certainty.DOUBTFUL if doubts else Certainty.CERTAIN
    return DraftArea(
        text=Found(value=text, as_printed=text, sources=sources, certainty=certainty, doubts=tuple(doubts)),
        finding_kind=section.finding,
        group_label=item.group or section.group,
        timescale=section.timescale,
        audience=section.audience,
        page=item.paragraphs[0].page,
        paragraph=item.number,
    )


def _items(section: Section, bullet_of: BulletOf) -> list[_Item]:
    paragraphs = section.paragraphs[: _body_begins(section.paragraphs)]
    if _is_lead_in(paragraphs):
        paragraphs = paragraphs[1:]
    if not any(map(_is_marked, paragraphs)):
        return list(_signed(paragraphs)) or list(_lettered(paragraphs)) or list(_prose(paragraphs))
    if not _is_marked(paragraphs[0]) and (lettered := list(_lettered(paragraphs))):
        return lettered  # the bullets are those of its items
    return _marked(paragraphs, bullet_of)


def _is_marked(paragraph: Paragraph) -> bool:
    return paragraph.number is not None or paragraph.kind is Kind.ITEM


def _body_begins(paragraphs: list[Paragraph]) -> int:
    """Where the numbered paragraphs of the body begin behind a list of bullets."""
    is_bulleted = False
    for at, paragraph in enumerate(paragraphs):
        if paragraph.number is not None and is_bulleted:
            return at
        if paragraph.number is not None and not _is_lead_in(paragraphs[at:]):
            return len(paragraphs)
        is_bulleted = is_bulleted or paragraph.kind is Kind.ITEM
    return len(paragraphs)


def _is_lead_in(paragraphs: list[Paragraph]) -> bool:
    """Whether the first paragraph only announces the list."""
    if not paragraphs or paragraphs[0].kind is Kind.ITEM:
        return False
    printed = " ".join(paragraphs[0].text.split())
    text = _OWN_NUMBER.sub("", printed)
    if paragraphs[0].number is None and text.endswith(":") and text == printed:
        return True
    return bool(_LEAD_IN.match(text)) and (text.endswith(":") or bool(re.search(r"following|as follows|below", text)))


def _marked(paragraphs: list[Paragraph], bullet_of: BulletOf) -> list[_Item]:
    """Items by the first mark of the list; other marks below them are their own bullets."""
    first = next(paragraph for paragraph in paragraphs if _is_marked(paragraph))
    is_numbered, bullet = first.number is not None, bullet_of(first)
    found: list[_Item] = []
    group = ""
    for paragraph in paragraphs:
        if not _is_marked(paragraph):
            group = _unmarked(paragraph, found, group)
        elif (
            paragraph.number is not None
            if is_numbered
            else not found or not _is_below(paragraph, found[-1], bullet, bullet_of)
        ):
            found.append(_Item([paragraph], paragraph.number, paragraph.text, group))
        elif found:
            found[-1].add(paragraph)
        else:
            found.append(_Item([paragraph], None, paragraph.text, group))
    return found


def _is_below(paragraph: Paragraph, item: _Item, bullet: str, bullet_of: BulletOf) -> bool:
    """Whether an indented bullet is one of the item before; a page may be set a little more to the right."""
    if paragraph.level < 2 or (bullet_of(paragraph) == bullet and item.text.endswith(".")):
        return False
    has_its_own = len(item.paragraphs) > 1 and item.paragraphs[-1].level > 1
    is_smaller = paragraph.text[:1].islower() and item.text[:1].isupper()
    return bullet_of(paragraph) != bullet or has_its_own or is_smaller or bool(_INTRODUCES.search(item.text))


def _unmarked(paragraph: Paragraph, found: list[_Item], group: str) -> str:
    """Words without a mark go on with the item before, name a group, or are no part of the list."""
    text = paragraph.text
    if found and _goes_on(found[-1], paragraph):
        found[-1].add(paragraph)
    elif text.endswith(":") or (len(text.split()) <= _SHORT_WORDS and not _SENTENCE_END.search(text)):
        return text.rstrip(" :")
    return group


def _goes_on(item: _Item, paragraph: Paragraph) -> bool:
    is_unfinished = paragraph.text[:1].islower() or not _SENTENCE_END.search(item.text)
    return is_unfinished or (item.number is not None and paragraph.within == item.number)


def _prose(paragraphs: Iterable[Paragraph]) -> Iterator[_Item]:
    """Paragraphs that stand where a list is expected."""
    for paragraph in paragraphs:
        if paragraph.text.endswith(":") or len(paragraph.text.split()) < 3 or _NONE.match(paragraph.text):
            continue
        yield _Item([paragraph], None, paragraph.text, doubts=[_PROSE])


def _lettered(paragraphs: list[Paragraph]) -> Iterator[_Item]:
    """Lines that begin with (a), (b) ... or 1), 2) ... in order, where no other marks were found."""
    lines = [(paragraph, piece, words) for paragraph in paragraphs for piece, words in _lines(paragraph)]
    marks = [_LETTER.match(words) for _, _, words in lines]
    names = [(mark["letter"] or mark["number"]) if mark else "" for mark in marks]
    expected = _sequence(next(filter(None, names), ""))
    if not expected or expected[1] not in names:
        return
    item: _Item | None = None
    at = 0
    for (paragraph, piece, words), mark, name in zip(lines, marks, names, strict=True):
        if mark and at < len(expected) and name == expected[at]:
            if item:
                yield item
            item, at = _Item([_part(paragraph, piece, words[mark.end() :], mark.end())]), at + 1
            item.text = item.paragraphs[0].text
        elif item:
            item.add(_part(paragraph, piece, words, 0))
    if item:
        yield item


def _signed(paragraphs: list[Paragraph]) -> Iterator[_Item]:
    """Lines that begin with a sign that is no letter, where no known bullet was found."""
    item: _Item | None = None
    for paragraph in paragraphs:
        for piece, words in _lines(paragraph):
            if sign := _SIGN.match(words):
                if item:
                    yield item
                part = _part(paragraph, piece, words[sign.end() :], sign.end())
                item = _Item([part], None, part.text)
            elif item:
                item.add(_part(paragraph, piece, words, 0))
    if item:
        yield item


def _sequence(first: str) -> list[str]:
    if first.isdigit():  # a second list may count on from the first
        return [str(number) for number in range(int(first), int(first) + 100)]
    if first == "a":
        return [chr(letter) for letter in range(ord("a"), ord("z") + 1)]
    return list(_ROMAN) if first == "i" else []


def _lines(paragraph: Paragraph) -> Iterator[tuple[Piece | None, str]]:
    if not paragraph.pieces:
        yield None, paragraph.text
    for at, piece in enumerate(paragraph.pieces):
        end = paragraph.pieces[at + 1].at if at + 1 < len(paragraph.pieces) else len(paragraph.text)
        yield piece, paragraph.text[piece.at : end].strip()


def _part(paragraph: Paragraph, piece: Piece | None, words: str, skip: int) -> Paragraph:
    pieces = (Piece(0, piece.page, piece.start + skip, piece.end),) if piece else ()
    return Paragraph(text=words, headings=paragraph.headings, pieces=pieces)

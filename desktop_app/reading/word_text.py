"""A Word document to paragraphs: the words of its body, tables and text boxes included, after all tracked changes."""

import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from xml.etree import ElementTree

from desktop_app.reading.page_values import CannotRead, Why
from desktop_app.reading.paragraph_values import Kind, Paragraph

_BODY = "word/document.xml"
_MOST_BYTES = 100_000_000  # of the body when unpacked
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_HEADING = re.compile(r"(?:heading|title)\s*(\d?)", re.IGNORECASE)
_TEXT = {f"{_W}tab": " ", f"{_W}br": " ", f"{_W}cr": " ", f"{_W}noBreakHyphen": "-"}
_ALTERNATIVE = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_LEFT_OUT = {f"{_W}del", f"{_W}moveFrom", f"{_W}instrText", _ALTERNATIVE}


def paragraphs(content: bytes) -> list[Paragraph]:
    """The paragraphs, items of lists and headings of a DOCX file.

    Raises:
        CannotRead: it is damaged, locked, too large or no Word document.
    """
    headings: dict[int, str] = {}
    found: list[Paragraph] = []
    for element in _body(content).iter(f"{_W}p"):
        text = " ".join("".join(_words(element)).replace("\u00ad", "").split())
        if not text:
            continue
        level = _heading_level(element)
        if level is not None:
            headings = {each: words for each, words in headings.items() if each < level}
        is_item = level is None and element.find(f"{_W}pPr/{_W}numPr") is not None
        kind = Kind.HEADING if level is not None else Kind.ITEM if is_item else Kind.PARAGRAPH
        above = tuple(words for _, words in sorted(headings.items()))
        found.append(Paragraph(text=text, kind=kind, level=int(is_item), headings=above))
        if level is not None:
            headings[level] = text
    return found


def _body(content: bytes) -> ElementTree.Element:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive, archive.open(_BODY) as file:
            xml = file.read(_MOST_BYTES + 1)
    except KeyError as error:
        raise CannotRead(Why.OTHER_KIND) from error
    except (zipfile.BadZipFile, zlib.error, OSError, EOFError, RuntimeError, NotImplementedError) as error:
        raise CannotRead(Why.DAMAGED_DOCUMENT) from error
    if len(xml) > _MOST_BYTES:
        raise CannotRead(Why.TOO_LARGE)
    if b"<!DOCTYPE" in xml[:4096] or b"<!ENTITY" in xml:
        raise CannotRead(Why.DAMAGED_DOCUMENT)  # Word writes none, and they can be made to unpack without end
    try:
        return ElementTree.fromstring(xml)
    except ElementTree.ParseError as error:
        raise CannotRead(Why.DAMAGED_DOCUMENT) from error


def _words(element: ElementTree.Element) -> Iterator[str]:
    """The words of a paragraph, not those of paragraphs inside it (a text box), which come by themselves."""
    for child in element:
        if child.tag in _LEFT_OUT or child.tag == f"{_W}p":
            continue
        if child.tag == f"{_W}t":
            yield child.text or ""
        elif child.tag in _TEXT:
            yield _TEXT[child.tag]
        else:
            yield from _words(child)


def _heading_level(element: ElementTree.Element) -> int | None:
    style = element.find(f"{_W}pPr/{_W}pStyle")
    match = _HEADING.match(style.get(f"{_W}val", "")) if style is not None else None
    return int(match[1] or 0) if match else None

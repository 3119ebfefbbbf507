"""Documents of any kind to paragraphs: a PDF, a web page, a Word document, plain or pasted text."""

import re
from pathlib import PurePath

from desktop_app.reading.page_values import Pages
from desktop_app.reading.pages import CannotRead, Reader, Why
from desktop_app.reading.paragraphs import Paragraph, from_pages, from_text
from desktop_app.reading.verbatim_words import DOUBLE_QUOTES, quoted_spans

MOST_BYTES = 50_000_000
_PDF_WITHIN_BYTES = 1024
_HTML = re.compile(rb"\s*(?:<!--.*?-->\s*)*<(?:!doctype html|html|head|body|article|p|div|h1)\b", re.I | re.S)
_CHARSET = re.compile(rb"<meta[^>]+charset\s*=\s*[\"']?([\w-]+)", re.I)
_UTF_16 = b"\xff\xfe", b"\xfe\xff"
_MARKS = re.compile(f"[{DOUBLE_QUOTES}]")
_ENDS = " ,;"


def paragraphs_of(content: bytes, name: str = "", reader: Reader | None = None) -> list[Paragraph]:
    """The paragraphs of a document; what it is shows in its first bytes, and in its name where they do not tell.

    Args:
        reader: reads a PDF; without one, a reader is made and closed again.

    Raises:
        CannotRead: it is damaged, locked, too large, or holds no words.
    """
    if len(content) > MOST_BYTES:
        raise CannotRead(Why.TOO_LARGE)
    if is_pdf(content):
        return from_pages(_pages(content, reader))
    if content.startswith(b"PK\x03\x04"):
        from desktop_app.reading.word_text import paragraphs

        return _some(paragraphs(content))
    if PurePath(name).suffix.lower() in (".htm", ".html", ".xhtml") or _HTML.match(content):
        from desktop_app.reading.web_text import paragraphs as of_page

        return _some(of_page(_decoded(content)))
    if b"\0" in content and not content.startswith(_UTF_16):
        raise CannotRead(Why.OTHER_KIND)
    return _some(from_text(_decoded(content)))


def is_pdf(content: bytes) -> bool:
    """Whether bytes begin as a PDF does."""
    return b"%PDF" in content[:_PDF_WITHIN_BYTES]


def quotations(paragraphs: list[Paragraph]) -> list[str]:
    """The words that a press release has between double quotation marks, in order, each once.

    Speech that runs on over several paragraphs, each begun by a mark and none but the last closed, is one quotation.
    """
    found: list[str] = []
    is_open = False
    for paragraph in paragraphs:
        text = paragraph.text
        for start, end in quoted_spans(text):
            words = _MARKS.sub("", text[start:end]).strip().rstrip(_ENDS)
            if is_open and found and not text[:start].strip(DOUBLE_QUOTES + " "):
                found[-1] += f" {words}"
            else:
                found.append(words)
            is_open = end == len(text)
        is_open = is_open and any(letter in DOUBLE_QUOTES for letter in text)
    return list(dict.fromkeys(found))


def _pages(content: bytes, reader: Reader | None) -> Pages:
    if reader is None:
        with Reader() as own:
            own.open(content)
            return own.pages()
    reader.open(content)
    return reader.pages()


def _decoded(content: bytes) -> str:
    if content.startswith(_UTF_16):
        return content.decode("utf-16", errors="replace")
    named = _CHARSET.search(content[:2048])
    for encoding in ("utf-8-sig", *([named[1].decode("ascii")] if named else [])):
        try:
            return content.decode(encoding)
        except (UnicodeDecodeError, LookupError):
            continue
    return content.decode("cp1252", errors="replace")


def _some(found: list[Paragraph]) -> list[Paragraph]:
    if not found:
        raise CannotRead(Why.NO_WORDS)
    return found

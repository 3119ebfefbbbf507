"""The package that a workbook is: its parts unpacked within limits, its sheets, texts and kinds of number.

Only values are read: formulas, macros, links, pictures and whatever else a package carries are never looked at.
"""

import posixpath
import re
import struct
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from xml.parsers.expat import XMLParserType

from db.text import clean
from desktop_app.exchange.import_cells import LIMITS, CannotImport, Limits
from desktop_app.exchange.import_xml import (
    UNREADABLE,
    Attributes,
    Forbidden,
    OnEnd,
    OnStart,
    OnText,
    local,
    parser,
)

_CHUNK = 1 << 16
# What Python's reader of archives raises for damaged bytes.
_DAMAGE = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    EOFError,
    RuntimeError,
    ValueError,
    OverflowError,
    LookupError,
)
_NO_WORKBOOK = "{} is no workbook that can be read. Open it in a spreadsheet program, and save it again as .xlsx."
_TOO_LARGE = "{} unpacks to more than can be taken in. Copy what is needed into a new workbook, and import that."
_LOCKED = "{} is protected by a password. Save it without one, and import that."
_DATE_FORMATS = {*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)}
_NOT_IN_DATES = re.compile(r'"[^"]*"|\\.|_.|\*.|\[(?!h+\]|m+\]|s+\])[^\]]*\]', re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet of a workbook; `part` is its name in the package."""

    name: str
    part: str
    is_hidden: bool


class Package:
    """An open workbook.

    Attributes:
        sheets: in their order, charts left out.
        has_1904_dates: days are counted from 1904, as on old Macintoshes.
    """

    def __init__(self, path: Path, limits: Limits = LIMITS) -> None:
        """Open it and read what it says of its sheets.

        Raises:
            CannotImport: it is no workbook, needs a password, or is too large.
        """
        self._name, self._limits = path.name, limits
        try:
            self._zip = zipfile.ZipFile(path)
        except _DAMAGE as error:
            raise self._refused() from error
        try:
            self._parts = self._checked()
            self._read_workbook()
        except BaseException:
            self.close()
            raise

    def close(self) -> None:
        self._zip.close()

    def _refused(self, words: str = _NO_WORKBOOK) -> CannotImport:
        return CannotImport(words.format(self._name))

    def _checked(self) -> dict[str, zipfile.ZipInfo]:
        entries = self._zip.infolist()
        if len(entries) > self._limits.parts:
            raise self._refused(_TOO_LARGE)
        if any(entry.flag_bits & 1 for entry in entries):
            raise self._refused(_LOCKED)
        if any(entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED) for entry in entries):
            raise self._refused()
        return {entry.filename.lower().lstrip("/"): entry for entry in entries}

    def _read_workbook(self) -> None:
        found = self.related("", "officeDocument")
        workbook = found[0] if found else "xl/workbook.xml"
        if workbook.lower() not in self._parts:
            raise self._refused()
        self.has_1904_dates = False
        listed: list[tuple[str, str, bool]] = []

        def start(name: str, attributes: Attributes) -> None:
            if name == "sheet":
                key = next((value for key, value in attributes.items() if local(key) == "id"), "")
                listed.append((attributes.get("name", ""), key, attributes.get("state", "visible") != "visible"))
            elif name == "workbookPr":
                self.has_1904_dates = attributes.get("date1904", "0") in ("1", "true")

        self.parse(workbook, start, limit=self._limits.part_bytes)
        targets = self._relations(workbook)
        self.sheets = tuple(
            Sheet(clean(name, lines=False), targets[key][1], is_hidden)
            for name, key, is_hidden in listed
            if targets.get(key, ("", ""))[0] == "worksheet"
        )
        if not self.sheets:
            raise self._refused()
        self._workbook = workbook

    def _relations(self, part: str) -> dict[str, tuple[str, str]]:
        """What a part refers to inside the package: kind and part, by key."""
        folder, name = posixpath.split(part)
        found: dict[str, tuple[str, str]] = {}

        def start(element: str, attributes: Attributes) -> None:
            if element == "Relationship" and attributes.get("TargetMode") != "External":
                target = attributes.get("Target", "")
                path = target[1:] if target.startswith("/") else posixpath.normpath(posixpath.join(folder, target))
                found[attributes.get("Id", "")] = (attributes.get("Type", "").rpartition("/")[2], path)

        relations = posixpath.join(folder, "_rels", f"{name}.rels")
        if relations.lower() in self._parts:
            self.parse(relations, start, limit=self._limits.part_bytes)
        return found

    def related(self, part: str, kind: str) -> list[str]:
        """The parts of a kind that a part refers to."""
        return [path for found, path in self._relations(part).values() if found == kind]

    def chunks(self, part: str, *, limit: int) -> Iterator[bytes]:
        """A part's bytes; what its entry promises is what is read at most.

        Raises:
            CannotImport: it is larger than `limit`, missing or damaged.
        """
        entry = self._parts.get(part.lower())
        if entry is None:
            raise self._refused()
        if entry.file_size > limit:
            raise self._refused(_TOO_LARGE)
        try:
            with self._zip.open(entry) as handle:
                while chunk := handle.read(_CHUNK):
                    yield chunk
        except (*_DAMAGE, OSError) as error:
            raise self._refused() from error

    def size_of(self, part: str) -> int:
        """How many bytes a part unpacks to."""
        entry = self._parts.get(part.lower())
        return entry.file_size if entry else 0

    def parse(
        self, part: str, start: OnStart, end: OnEnd | None = None, text: OnText | None = None, *, limit: int
    ) -> None:
        """Read a part whole, element by element, by names without their prefix."""
        for _ in self.parse_in_steps(part, start, end, text, limit=limit):
            pass

    def parse_in_steps(
        self, part: str, start: OnStart, end: OnEnd | None, text: OnText | None, *, limit: int
    ) -> Iterator[int]:
        """The same, handing over after each piece how many bytes of it were read."""
        reading = parser(start, end, text)
        done = 0
        for chunk in self.chunks(part, limit=limit):
            self._feed(reading, chunk)
            done += len(chunk)
            yield done
        self._feed(reading, b"", is_last=True)

    def _feed(self, reading: XMLParserType, chunk: bytes, *, is_last: bool = False) -> None:
        try:
            reading.Parse(chunk, is_last)
        except UNREADABLE as error:
            raise self._refused() from error

    def texts(self) -> list[str]:
        """The workbook's list of texts, which cells refer to by number."""
        found = _Texts(self._limits.letters)
        for part in self.related(self._workbook, "sharedStrings")[:1]:
            if part.lower() in self._parts:
                self.parse(part, found.start, found.end, found.text, limit=self._limits.texts_bytes)
        return found.texts

    def styles_of_dates(self) -> frozenset[str]:
        """The numbers of the cell styles that show a number as a date or a time."""
        own: dict[int, str] = {}
        formats: list[int] = []
        inside: list[str] = []

        def start(name: str, attributes: Attributes) -> None:
            inside.append(name)
            if name == "numFmt":
                own[_whole(attributes.get("numFmtId"))] = attributes.get("formatCode", "")
            elif name == "xf" and "cellXfs" in inside:
                formats.append(_whole(attributes.get("numFmtId")))

        for part in self.related(self._workbook, "styles")[:1]:
            if part.lower() in self._parts:
                self.parse(part, start, lambda _: inside.pop(), limit=self._limits.part_bytes)
        return frozenset(str(place) for place, number in enumerate(formats) if _is_date(number, own))


class _Texts:
    """Texts as they close; the reading help for Japanese (`rPh`) is no part of them."""

    def __init__(self, most_letters: int) -> None:
        self.texts: list[str] = []
        self._parts: list[str] = []
        self._most = most_letters
        self._letters = 0
        self._is_text, self._is_help = False, False

    def start(self, name: str, _: Attributes) -> None:
        if name == "si":
            self._parts, self._letters = [], 0
        elif name == "rPh":
            self._is_help = True
        self._is_text = name == "t" and not self._is_help

    def end(self, name: str) -> None:
        self._is_text = False
        if name == "rPh":
            self._is_help = False
        elif name == "si":
            self.texts.append("".join(self._parts))

    def text(self, words: str) -> None:
        if self._is_text:
            self._letters += len(words)
            if self._letters > self._most:
                raise Forbidden("a text without an end")
            self._parts.append(words)


def _whole(text: str | None) -> int:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 6 else 0


def _is_date(number: int, own: dict[int, str]) -> bool:
    if number not in own:
        return number in _DATE_FORMATS
    first = own[number].partition(";")[0]
    return bool(re.search(r"[dmyhs]", _NOT_IN_DATES.sub("", first), re.IGNORECASE)) and "general" not in first.lower()

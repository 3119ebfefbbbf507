"""A report's PDF to pages of words, boxes of letters and pictures, read in a process of its own with limits.

Each call waits for that process: a window calls from a pool thread (`desktop_app.jobs`).
"""

import threading
import time
from array import array
from collections.abc import Callable
from pathlib import Path
from typing import Any

from db.snapshot import Cancelled, untold
from desktop_app.reading.page_process import IsCancelled, PageProcess, Stopped
from desktop_app.reading.page_values import CannotRead, Limits, Line, Page, Pages, Picture, Why

__all__ = ["CannotRead", "Limits", "Line", "Page", "Pages", "Picture", "Reader", "Why", "open_report"]

OnProgress = Callable[[float], object]
_HEADER_WITHIN_BYTES = 1024
_UNTOLD: Limits = Limits()


def never() -> bool:
    """Nobody stops it."""
    return False


def open_report(content: bytes | Path, *, limits: Limits = _UNTOLD) -> "Reader":
    """A reader of one PDF; close it, or open the next one in it.

    Raises:
        CannotRead: as `Reader.open` says.
    """
    reader = Reader(limits=limits)
    try:
        reader.open(content)
    except BaseException:
        reader.close()
        raise
    return reader


class Reader:
    """Reads one PDF after the other in the same process, which is started again after it died.

    It may be used from several threads; one request is answered at a time.
    """

    def __init__(self, *, limits: Limits = _UNTOLD) -> None:
        self._limits = limits
        self._process = PageProcess(limits.memory_bytes)
        self._lock = threading.RLock()
        self._content = b""
        self.page_count = 0
        self.title = ""

    def __enter__(self) -> "Reader":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @property
    def process_id(self) -> int | None:
        """The process that reads, while there is one."""
        return self._process.process_id

    def open(self, content: bytes | Path) -> None:
        """Take the next PDF; the one before is no longer at hand.

        Raises:
            CannotRead: the file is not there, no PDF, damaged, encrypted or too large.
        """
        with self._lock:
            self._content, self.page_count, self.title = b"", 0, ""
            content = _content_of(content, self._limits.most_bytes)
            told = self._open(content, self._limits.reading_s, never)
            count, title = told.get("pages"), told.get("title")
            if not isinstance(count, int) or not isinstance(title, str):
                raise CannotRead(Why.DAMAGED)
            if count > self._limits.most_pages:
                raise CannotRead(Why.TOO_LARGE)
            self._content, self.page_count, self.title = content, count, title

    def pages(self, on_progress: OnProgress = untold, is_cancelled: IsCancelled = never) -> Pages:
        """The words of all pages; a scan has pages without words.

        Args:
            on_progress: told the share that is read, 0 to 1.
            is_cancelled: asked often and on another thread; reading ends within a moment.

        Raises:
            CannotRead: no page can be read, or a limit was met.
            Cancelled: `is_cancelled` said so.
        """
        self._check_open()
        until = time.monotonic() + self._limits.reading_s
        pages: list[Page] = []
        letters = 0
        while len(pages) < self.page_count:
            if is_cancelled():
                raise Cancelled
            head = {"ask": "pages", "first": len(pages) + 1}
            more = _pages(*self._ask(head, until - time.monotonic(), is_cancelled), first=len(pages) + 1)
            pages += more
            letters += sum(len(page.text) for page in more)
            if letters > self._limits.most_letters:
                raise CannotRead(Why.TOO_LARGE)
            on_progress(len(pages) / self.page_count)
        if all(page.is_damaged for page in pages):
            raise CannotRead(Why.DAMAGED)
        return Pages(tuple(pages), self.title)

    def letters(self, page_number: int) -> "array[float]":
        """Left, top, right and bottom of each letter of a page's text, in points from its upper left corner.

        Raises:
            CannotRead: the page cannot be read, or a limit was met.
        """
        boxes = array("f")
        _, blobs = self._ask({"ask": "letters", "page": page_number}, self._limits.reading_s, never)
        boxes.frombytes(_sound(blobs, 1)[0])
        return boxes

    def image(
        self,
        page_number: int,
        scale: float = 1.0,
        *,
        part: tuple[int, int, int, int] | None = None,
        is_cancelled: IsCancelled = never,
    ) -> Picture:
        """A page drawn, sharp at any scale.

        Args:
            scale: pixels per point, above 0. A whole page above 16 million pixels is drawn at a smaller scale.
            part: left, top, width and height in pixels of the whole page at that scale, to draw only what is seen.

        Raises:
            CannotRead: the page cannot be drawn, or a limit was met.
            Cancelled: `is_cancelled` said so.
        """
        head = {"ask": "image", "page": page_number, "scale": scale, "part": part}
        head["most_pixels"] = self._limits.most_pixels
        told, blobs = self._ask(head, self._limits.picture_s, is_cancelled)
        pixels = _sound(blobs, 1)[0]
        try:
            sizes = {name: int(told[name]) for name in ("left", "top", "width", "height")}
            picture = Picture(scale=float(told["scale"]), pixels=pixels, **sizes)
        except (KeyError, TypeError, ValueError) as error:
            raise CannotRead(Why.DAMAGED) from error
        if picture.width < 1 or picture.width * picture.height * 4 != len(pixels):
            raise CannotRead(Why.DAMAGED)
        return picture

    def close(self) -> None:
        """End the process; the reader can be given a PDF again."""
        with self._lock:
            self._content, self.page_count = b"", 0
            self._process.end()

    def _check_open(self) -> None:
        if not self._content:
            raise ValueError("no PDF is open")

    def _open(self, content: bytes, within_s: float, is_cancelled: IsCancelled) -> dict[str, Any]:
        return self._process.ask({"ask": "open"}, content, within_s=within_s, is_cancelled=is_cancelled)[0]

    def _ask(
        self, head: dict[str, Any], within_s: float, is_cancelled: IsCancelled
    ) -> tuple[dict[str, Any], list[bytes]]:
        with self._lock:
            self._check_open()
            within_s = max(within_s, 0.0)
            try:
                if not self._process.is_running:
                    self._open(self._content, within_s, is_cancelled)
                return self._process.ask(head, within_s=within_s, is_cancelled=is_cancelled)
            except Stopped:
                raise Cancelled from None


def _content_of(content: bytes | Path, most_bytes: int) -> bytes:
    if isinstance(content, Path):
        try:
            with content.open("rb") as file:
                content = file.read(most_bytes + 1)
        except OSError as error:
            raise CannotRead(Why.NO_FILE) from error
    if len(content) > most_bytes:
        raise CannotRead(Why.TOO_LARGE)
    if b"%PDF" not in content[:_HEADER_WITHIN_BYTES]:
        raise CannotRead(Why.NOT_A_PDF)
    return content


def _sound(blobs: list[bytes], count: int) -> list[bytes]:
    if len(blobs) != count or any(len(blob) % 4 for blob in blobs):
        raise CannotRead(Why.DAMAGED)
    return blobs


def _pages(told: dict[str, Any], blobs: list[bytes], first: int) -> list[Page]:
    """The pages of a reply, which is believed only as far as it makes sense."""
    try:
        pages = [_page(facts, *blobs[4 * at : 4 * at + 4], number=first + at) for at, facts in enumerate(told["pages"])]
    except (KeyError, TypeError, ValueError, IndexError) as error:
        raise CannotRead(Why.DAMAGED) from error
    if not pages:
        raise CannotRead(Why.DAMAGED)
    return pages


def _page(facts: dict[str, Any], text: bytes, *numbers: bytes, number: int) -> Page:
    spans, frames, raised = array("I"), array("f"), array("I")
    spans.frombytes(numbers[0])
    frames.frombytes(numbers[1])
    raised.frombytes(numbers[2])
    page = Page(
        number=number,
        width=float(facts["width"]),
        height=float(facts["height"]),
        text=text.decode(),
        spans=spans,
        frames=frames,
        raised=raised,
        is_damaged=bool(facts["is_damaged"]),
    )
    if len(spans) % 2 or len(frames) != 3 * len(spans) or max(spans, default=0) > len(page.text):
        raise ValueError("lines outside the text")
    return page

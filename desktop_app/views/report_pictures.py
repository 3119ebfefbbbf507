"""Pictures of pages and boxes of letters, fetched one after the other away from the window and kept for a while."""

import time
from array import array
from collections import OrderedDict
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import Any, NamedTuple, Protocol

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QImage

from db.errors import StoreError
from db.snapshot import Cancelled
from desktop_app.jobs import Job
from desktop_app.reading.page_values import Page, Picture
from desktop_app.views.report_letters import Box, PageLetters

TILE_PX = 1024
MOST_BYTES = 128 * 1024 * 1024
MOST_PAGES_OF_LETTERS = 64
STUCK_AFTER_S = 1.0
_BYTES_A_PIXEL = 4


class Source(Protocol):
    """What a `desktop_app.reading.pages.Reader` with an open document offers."""

    def image(
        self,
        page_number: int,
        scale: float = 1.0,
        *,
        part: tuple[int, int, int, int] | None = None,
        is_cancelled: Callable[[], bool] = ...,
    ) -> Picture: ...

    def letters(self, page_number: int) -> "array[float]": ...


class Tile(NamedTuple):
    """A part of a page at a scale in pixels of the screen for a point; the rest are such pixels of the whole page."""

    page: int
    scale: float
    left: int
    top: int
    width: int
    height: int


class PagePictures(QObject):
    """Signals:
    arrived: Emitted when a picture or the letters of a page have come.
    """

    arrived = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._source: Source | None = None
        self._pages: Sequence[Page] = ()
        self._tiles: OrderedDict[Tile, QImage] = OrderedDict()
        self._letters: OrderedDict[int, PageLetters] = OrderedDict()
        self._bytes = 0
        self._wanted: list[Tile | int] = []
        self._job: Job | None = None
        self._fetched: Tile | int | None = None
        self._since = 0.0
        self.troubles: dict[int, str] = {}

    def show(self, source: Source | None, pages: Sequence[Page]) -> None:
        """Fetch from another document from now on; of the one before nothing is kept."""
        self.stop()
        self._source, self._pages = source, pages
        self._tiles.clear()
        self._letters.clear()
        self.troubles.clear()
        self._bytes = 0

    def stop(self) -> None:
        """Fetch nothing more; what is being fetched now is thrown away."""
        self._wanted = []
        self._source = None
        if self._job is not None:
            if self._is_stuck:
                self._job.cancel()
            self._job, self._fetched = None, None

    @property
    def _is_stuck(self) -> bool:
        """Whether it is time to give up what is being fetched: that costs the process which reads."""
        return self._job is not None and time.monotonic() - self._since > STUCK_AFTER_S

    def want(self, wanted: Sequence[Tile | int]) -> None:
        """Have these next, the first one first: tiles, and letters by the number of their page.

        Tiles for which there is no room beside those before them are left out.
        """
        fitting = list(_fitting(wanted))
        for tile in reversed([each for each in fitting if each in self._tiles]):
            self._tiles.move_to_end(tile)  # type: ignore[arg-type]
        self._wanted = [each for each in fitting if not self._has(each) and _page_of(each) not in self.troubles]
        if self._job is not None and self._is_stuck and self._fetched not in wanted and self._wanted:
            self._job.cancel()  # a page that takes long, and that nobody looks at any more
        self._fetch()

    def _has(self, wanted: Tile | int) -> bool:
        return wanted in (self._tiles if isinstance(wanted, Tile) else self._letters)

    def tile(self, wanted: Tile) -> QImage | None:
        """A tile that is at hand."""
        return self._tiles.get(wanted)

    def others(self, page: int, scale: float) -> Iterator[tuple[Tile, QImage]]:
        """What is at hand of a page at other scales, to stand in for what has not come yet."""
        return ((tile, image) for tile, image in self._tiles.items() if tile.page == page and tile.scale != scale)

    def letters(self, page: int) -> PageLetters | None:
        """The letters of a page, where they are at hand."""
        return self._letters.get(page)

    def _fetch(self) -> None:
        if self._job is not None or self._source is None or not self._wanted:
            return
        wanted, source = self._wanted.pop(0), self._source
        job = self._job = Job(self)
        self._fetched, self._since = wanted, time.monotonic()
        job.done.connect(partial(self._on_done, job, wanted))
        job.failed.connect(partial(self._on_failed, job, wanted))
        if isinstance(wanted, Tile):
            job.start(partial(_drawn, source, wanted, job.is_cancelled))
        else:
            job.start(partial(_read_letters, source, self._pages[wanted - 1]))

    def _on_done(self, job: Job, wanted: Tile | int, value: Any) -> None:
        if self._ended(job):
            if isinstance(wanted, Tile):
                self._keep(wanted, value)
            else:
                self._letters[wanted] = value
                while len(self._letters) > MOST_PAGES_OF_LETTERS:
                    self._letters.popitem(last=False)
            self.arrived.emit()
            self._fetch()

    def _on_failed(self, job: Job, wanted: Tile | int, error: Exception) -> None:
        if not self._ended(job):
            return
        if isinstance(error, StoreError):
            self.troubles[_page_of(wanted)] = str(error)
        elif not isinstance(error, Cancelled):
            raise error
        self.arrived.emit()
        self._fetch()

    def _ended(self, job: Job) -> bool:
        """Whether the job's result is still wanted by anyone."""
        job.deleteLater()
        if job is not self._job:
            return False
        self._job, self._fetched = None, None
        return True

    def _keep(self, tile: Tile, image: QImage) -> None:
        self._tiles[tile] = image
        self._bytes += image.sizeInBytes()
        while self._bytes > MOST_BYTES and len(self._tiles) > 1:
            _, old = self._tiles.popitem(last=False)
            self._bytes -= old.sizeInBytes()


def _fitting(wanted: Sequence[Tile | int]) -> Iterator[Tile | int]:
    room = MOST_BYTES
    for each in wanted:
        room -= each.width * each.height * _BYTES_A_PIXEL if isinstance(each, Tile) else 0
        if room >= 0 or not isinstance(each, Tile):
            yield each


def _page_of(wanted: Tile | int) -> int:
    return wanted.page if isinstance(wanted, Tile) else wanted


def _drawn(source: Source, tile: Tile, is_cancelled: Callable[[], bool]) -> QImage:
    part = (tile.left, tile.top, tile.width, tile.height)
    picture = source.image(tile.page, tile.scale, part=part, is_cancelled=is_cancelled)
    row_bytes = picture.width * _BYTES_A_PIXEL
    shown = QImage(picture.pixels, picture.width, picture.height, row_bytes, QImage.Format.Format_RGB32)
    return shown.copy()  # the bytes go with the picture


def _read_letters(source: Source, page: Page) -> PageLetters:
    return PageLetters(page, source.letters(page.number))


def tiles_of(page: int, scale: float, size_points: tuple[float, float], seen: Box) -> list[Tile]:
    """The tiles of a page of which something is seen.

    Args:
        seen: what is seen, in pixels of the whole page at that scale; it may reach beyond the page.
    """
    width, height = (max(1, int(points * scale)) for points in size_points)
    return [
        Tile(page, scale, left, top, min(TILE_PX, width - left), min(TILE_PX, height - top))
        for top in _steps(seen.top, seen.bottom, height)
        for left in _steps(seen.left, seen.right, width)
    ]


def _steps(first: float, last: float, length: int) -> range:
    begin = max(0, int(first) // TILE_PX) * TILE_PX
    return range(begin, min(length, max(0, int(last)) + 1), TILE_PX)

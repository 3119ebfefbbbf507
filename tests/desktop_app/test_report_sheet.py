"""The pages of a report: where they stand, what is fetched of them, what the mouse marks, and what is painted."""

import threading
from array import array
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from PySide6.QtCore import QObject, QPoint, QPointF, Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtTest import QTest

from desktop_app.reading.page_values import CannotRead, Page, Picture, Why
from desktop_app.reading.pages import Reader
from desktop_app.reading.paragraphs import from_pages
from desktop_app.reading.passage import Words
from desktop_app.views import report_pictures
from desktop_app.views.report_layout import LEAST_ZOOM, MOST_ZOOM, PageStack, fitting_zoom, next_zoom
from desktop_app.views.report_letters import Box, PageLetters
from desktop_app.views.report_marks import Manner
from desktop_app.views.report_pictures import TILE_PX, PagePictures, Tile, tiles_of
from desktop_app.views.report_sheet import ReportSheet
from tests.desktop_app import made_pdfs
from tests.desktop_app.made_pdfs import At

A4 = (595.0, 842.0)
FIRST = [At(72, 700, "1. Children are safe and their plans"), At(90, 685, "are timely. Leaders know them and")]
SECOND = [At(90, 780, "listen to what they say."), At(72, 740, "2. Records are kept.")]
SENTENCE = "Leaders know them and listen to what they say."


class Slow:
    """A source that answers when it is let go, and counts what it was asked."""

    def __init__(self) -> None:
        self.asked: list[Any] = []
        self.go = threading.Event()

    def image(
        self,
        page_number: int,
        scale: float = 1.0,
        *,
        part: tuple[int, int, int, int] | None = None,
        is_cancelled: Callable[[], bool] = lambda: False,
    ) -> Picture:
        assert part is not None
        self.asked.append((page_number, scale, part))
        self.go.wait(5)
        if page_number == 3:
            raise CannotRead(Why.DAMAGED)
        left, top, width, height = part
        return Picture(scale=scale, left=left, top=top, width=width, height=height, pixels=bytes(width * height * 4))

    def letters(self, page_number: int) -> "array[float]":
        self.asked.append(page_number)
        return array("f")


@pytest.fixture
def sheet(qtbot: Any) -> Iterator[ReportSheet]:
    """Two pages of a real PDF in a pane as wide as A4 at its size on paper."""
    with Reader() as reader:
        reader.open(made_pdfs.report(FIRST, SECOND))
        pages = reader.pages()
        shown = ReportSheet()
        shown.resize(900, 700)
        shown.show()
        shown.show_pages(pages.pages, Words(from_pages(pages)), reader)
        shown.set_zoom(1.0)
        qtbot.waitUntil(lambda: shown.pictures.letters(1) is not None)
        yield shown
        let_go(qtbot, shown)


@pytest.fixture
def pictures(qtbot: Any) -> Iterator[PagePictures]:
    """With a parent, as in the program: else a job that goes takes the last hold of it along, and it the job again."""
    parent = QObject()
    made = PagePictures(parent)
    yield made
    made.stop()
    qtbot.waitUntil(lambda: not is_fetching(made))


def let_go(qtbot: Any, shown: ReportSheet) -> None:
    shown.pictures.stop()
    qtbot.waitUntil(lambda: not is_fetching(shown.pictures))
    shown.close()
    shown.deleteLater()


def is_fetching(pictures: PagePictures) -> bool:
    return any(job.is_running for job in pictures.findChildren(report_pictures.Job))


def point_of(sheet: ReportSheet, page: int, text: str, *, end: bool = False) -> QPoint:
    """A point of the viewport at the first or behind the last letter of words on a page."""
    whole = sheet._pages[page - 1].text
    at = whole.index(text) + (len(text) - 1 if end else 0)
    letters = sheet.pictures.letters(page)
    assert letters is not None
    (box,) = letters.boxes(at, at + 1)
    place = sheet._place(page)
    x = box.right - 0.3 if end else box.left + 0.3
    return (place.rect.topLeft() + QPointF(x, (box.top + box.bottom) / 2) * place.scale).toPoint()


def drag(sheet: ReportSheet, start: QPoint, end: QPoint) -> None:
    QTest.mousePress(sheet.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, start)
    QTest.mouseMove(sheet.viewport(), end)
    QTest.mouseRelease(sheet.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, end)


def test_pages_stand_below_each_other_and_are_found_by_height() -> None:
    stack = PageStack([A4, A4, (200.0, 100.0)], 1.0, 12)
    assert [stack.page_at(y) for y in (-5, 0, 12, 1134, 1148, 99_999)] == [1, 1, 1, 1, 2, 3]
    assert stack.left(1, 2000) == pytest.approx((2000 - 595 * 96 / 72) / 2)
    assert list(stack.pages_between(1000, 1200)) == [1, 2]
    assert PageStack([], 1.0, 12).page_at(50) == 0


def test_zooms_stay_within_bounds_whatever_the_pages() -> None:
    assert fitting_zoom([A4], 595 * 96 / 72 + 24, 12) == pytest.approx(1.0)
    for sizes in ([(1e9, 1e9)], [(0.0, 0.0)], []):
        assert LEAST_ZOOM <= fitting_zoom(sizes, 500, 12) <= MOST_ZOOM
        assert PageStack(sizes, 1e9, 12).height < 2**31
    assert (next_zoom(1.0, 1), next_zoom(1.0, -1)) == (1.1, 0.9)
    assert (next_zoom(MOST_ZOOM, 1), next_zoom(LEAST_ZOOM, -1)) == (MOST_ZOOM, LEAST_ZOOM)


def test_only_the_tiles_in_sight_are_asked_for() -> None:
    found = tiles_of(1, 4.0, A4, Box(-50, -50, 5000, 100))
    assert [(tile.left, tile.width) for tile in found] == [(0, 1024), (1024, 1024), (2048, 332)]
    assert [(tile.left, tile.top) for tile in tiles_of(1, 4.0, A4, Box(1100, 1100, 1200, 1200))] == [(1024, 1024)]
    whole = tiles_of(1, 4.0, A4, Box(0, 0, 1e9, 1e9))
    assert sum(tile.width * tile.height for tile in whole) == 2380 * 3368
    assert all(max(tile.width, tile.height) <= TILE_PX for tile in whole)


def test_tiles_come_one_after_the_other_and_what_is_no_longer_wanted_is_not_fetched(
    qtbot: Any, pictures: PagePictures
) -> None:
    source = Slow()
    pictures.show(source, [Page(number=1, width=10, height=10)])
    tiles = [Tile(1, 1.0, 0, top, 4, 4) for top in range(5)]
    pictures.want(tiles)
    pictures.want(tiles[4:])
    source.go.set()
    qtbot.waitUntil(lambda: pictures.tile(tiles[4]) is not None)
    assert [part[1] for _, _, part in source.asked] == [0, 4]


def test_without_that_every_tile_would_be_fetched(qtbot: Any, pictures: PagePictures) -> None:
    """The control: nobody says that the others are no longer wanted."""
    source = Slow()
    pictures.show(source, [Page(number=1, width=10, height=10)])
    tiles = [Tile(1, 1.0, 0, top, 4, 4) for top in range(5)]
    pictures.want(tiles)
    source.go.set()
    qtbot.waitUntil(lambda: pictures.tile(tiles[4]) is not None)
    assert len(source.asked) == 5


def test_old_tiles_go_when_there_is_no_room(
    qtbot: Any, pictures: PagePictures, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(report_pictures, "MOST_BYTES", 3 * 64)
    source = Slow()
    source.go.set()
    pictures.show(source, [Page(number=1, width=10, height=10)])
    tiles = [Tile(1, 1.0, 0, top, 4, 4) for top in range(5)]
    for wanted in (tiles[:3], tiles[3:], tiles):
        pictures.want(wanted)
        qtbot.waitUntil(lambda: not is_fetching(pictures) and not pictures._wanted)
        if wanted == tiles[3:]:
            assert [pictures.tile(tile) is not None for tile in tiles] == [False, False, True, True, True]
    assert [pictures.tile(tile) is not None for tile in tiles] == [True, True, True, False, False]


def test_a_page_that_cannot_be_drawn_says_so_and_is_not_asked_for_again(qtbot: Any, pictures: PagePictures) -> None:
    source = Slow()
    source.go.set()
    pictures.show(source, [Page(number=at, width=10, height=10) for at in (1, 2, 3)])
    pictures.want([Tile(3, 1.0, 0, 0, 4, 4), Tile(1, 1.0, 0, 0, 4, 4)])
    qtbot.waitUntil(lambda: pictures.tile(Tile(1, 1.0, 0, 0, 4, 4)) is not None)
    pictures.want([Tile(3, 1.0, 0, 0, 4, 4), 3])
    assert "damaged" in pictures.troubles[3]
    assert len(source.asked) == 2


def test_what_came_too_late_is_thrown_away(qtbot: Any, pictures: PagePictures) -> None:
    source = Slow()
    pictures.show(source, [Page(number=1, width=10, height=10)])
    pictures.want([Tile(1, 1.0, 0, 0, 4, 4)])
    pictures.show(None, ())
    source.go.set()
    qtbot.waitUntil(lambda: not is_fetching(pictures))
    assert pictures.tile(Tile(1, 1.0, 0, 0, 4, 4)) is None


def test_letters_are_found_by_the_nearest_line_also_in_columns() -> None:
    text = "left \nright"
    boxes = array("f")
    for at in range(len(text)):
        column = 0 if at < 5 else 200
        boxes.extend((column + 10.0 * (at % 6), 10.0, column + 10.0 * (at % 6) + 9, 20.0))
    spans = array("I", [0, 4, 6, 11])
    page = Page(number=1, width=595, height=842, text=text, spans=spans, frames=array("f", [0.0] * 12))
    letters = PageLetters(page, boxes)
    assert letters.letter_at(2, 500) == 0
    assert letters.letter_at(60, 15) == 4
    assert letters.letter_at(203, 15) == 6
    assert letters.letter_at(900, 15) == 11
    assert letters.boxes(0, 2) == [(0.0, 10.0, 19.0, 20.0)]
    assert len(letters.boxes(2, 8)) == 2
    assert PageLetters(Page(number=1, width=1, height=1), array("f")).letter_at(5, 5) == 0


def test_a_drag_across_the_page_end_marks_one_clean_sentence(qtbot: Any, sheet: ReportSheet) -> None:
    sheet.set_zoom(0.5)
    qtbot.waitUntil(lambda: sheet.pictures.letters(2) is not None)
    drag(sheet, point_of(sheet, 1, "Leaders"), point_of(sheet, 2, "say.", end=True))
    found = sheet.words.passage(sheet.selection)
    assert found is not None
    assert (found.text, found.page, found.paragraph) == (SENTENCE, 1, 1)


def test_two_clicks_mark_a_word_and_three_the_paragraph(sheet: ReportSheet) -> None:
    point = point_of(sheet, 1, "Leaders")
    QTest.mouseDClick(sheet.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, point)
    found = sheet.words.passage(sheet.selection)
    assert found is not None and found.text == "Leaders"
    QTest.mousePress(sheet.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, point)
    found = sheet.words.passage(sheet.selection)
    assert found is not None and found.text.startswith("Children are safe") and found.text.endswith("say.")


def test_a_click_and_escape_take_the_mark_away(sheet: ReportSheet) -> None:
    for undo in ("click", "escape"):
        drag(sheet, point_of(sheet, 1, "Children"), point_of(sheet, 1, "plans"))
        assert sheet.selection
        if undo == "click":
            QTest.mouseClick(sheet.viewport(), Qt.MouseButton.LeftButton, pos=point_of(sheet, 1, "plans"))
        else:
            QTest.keyClick(sheet, Qt.Key.Key_Escape)
        assert not sheet.selection


def picture_of(sheet: ReportSheet) -> QImage:
    return sheet.viewport().grab().toImage()


def test_marked_words_are_coloured_and_the_letters_stay_dark(qtbot: Any, sheet: ReportSheet) -> None:
    qtbot.waitUntil(lambda: not is_fetching(sheet.pictures) and not sheet.pictures._wanted)
    plain = picture_of(sheet)
    place, letters = sheet._place(1), sheet.pictures.letters(1)
    assert letters is not None
    start = sheet._pages[0].text.index("Children")
    box = place.of(letters.boxes(start, start + 8)[0]).toRect()
    sheet.select(sheet.words.between(sheet.spot_at(QPointF(box.topLeft())), sheet.spot_at(QPointF(box.bottomRight()))))  # type: ignore[arg-type]
    marked = picture_of(sheet)
    inside = [(x, y) for x in range(box.left() + 2, box.right() - 2) for y in range(box.top() + 2, box.bottom() - 2)]
    darkest = min(QColor(plain.pixel(*at)).lightness() for at in inside)
    assert darkest < 60  # there are letters, drawn by the process that reads
    assert min(QColor(marked.pixel(*at)).lightness() for at in inside) <= darkest
    assert any(plain.pixel(*at) != marked.pixel(*at) for at in inside)


def test_zooming_keeps_what_stands_in_the_middle(sheet: ReportSheet) -> None:
    sheet.verticalScrollBar().setValue(900)
    middle = sheet._stack.page_at(900 + sheet.viewport().height() / 2)
    before = (900 + sheet.viewport().height() / 2 - sheet._stack.top(middle)) / sheet._stack.scale
    for _ in range(5):
        sheet.step_zoom(1)
    after = sheet.verticalScrollBar().value() + sheet.viewport().height() / 2
    assert (after - sheet._stack.top(middle)) / sheet._stack.scale == pytest.approx(before, abs=3)


def test_fitting_follows_the_width(sheet: ReportSheet) -> None:
    sheet.fit_width()
    before = sheet.zoom
    sheet.resize(450, 700)
    assert sheet.zoom < before * 0.6
    assert sheet.horizontalScrollBar().maximum() == 0
    sheet.set_zoom(2.0)
    sheet.resize(900, 700)
    assert sheet.zoom == 2.0 and sheet.horizontalScrollBar().maximum() > 0


def test_the_page_in_the_middle_is_told(qtbot: Any, sheet: ReportSheet) -> None:
    with qtbot.waitSignal(sheet.page_changed) as told:
        sheet.go_to_page(2)
    assert told.args == [2] and sheet.page == 2
    assert sheet.accessibleDescription() == "Page 2 of 2. Its words stand in the Text view."


def test_words_asked_for_come_into_sight(sheet: ReportSheet) -> None:
    number_two = sheet.words.numbered(2)
    sheet.resize(900, 300)
    sheet.mark(Manner.SHOWN, number_two)
    sheet.show_marked(Manner.SHOWN)
    (place,) = sheet.words.places(number_two)
    line = next(line for line in sheet._pages[1].lines() if line.start == place.start or line.end > place.start)
    top = sheet._place(2).rect.top() + line.top * sheet._stack.scale
    assert 0 < top < sheet.viewport().height()


@pytest.mark.parametrize("content", [made_pdfs.huge_page(2e6), made_pdfs.giant_image(20_000)], ids=["huge", "image"])
def test_odd_pages_are_painted_or_explained(qtbot: Any, content: bytes) -> None:
    with Reader() as reader:
        reader.open(content)
        pages = reader.pages()
        shown = ReportSheet()
        shown.resize(500, 400)
        shown.show()
        shown.show_pages(pages.pages, Words(), reader)
        for zoom in (0.1, 6.0):
            shown.set_zoom(zoom)
            shown.viewport().grab()
        qtbot.waitUntil(lambda: not shown.pictures._wanted and not is_fetching(shown.pictures), timeout=15_000)
        shown.viewport().grab()
        assert shown.pictures.troubles or shown.pictures._tiles
        let_go(qtbot, shown)

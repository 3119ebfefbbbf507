"""The pages of a report below each other, sharp at any zoom, with words to be marked by the mouse."""

from collections.abc import Iterable, Sequence

from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QWidget

from desktop_app import look
from desktop_app.reading.page_values import Page
from desktop_app.reading.paragraph_values import Place
from desktop_app.reading.passage import Span, Spot, Words
from desktop_app.views import report_paint
from desktop_app.views.naming import name_bars
from desktop_app.views.report_layout import PageStack, fitting_zoom, next_zoom
from desktop_app.views.report_letters import Box
from desktop_app.views.report_marks import Manner, Marks
from desktop_app.views.report_mouse import MarkingMouse
from desktop_app.views.report_paint import PagePlace
from desktop_app.views.report_pictures import PagePictures, Source, Tile, tiles_of

_GAP = 3  # on the grid
_MOST_SIDE_PX = 60_000  # of a page's picture
_ZOOM_KEYS = {Qt.Key.Key_Plus: 1, Qt.Key.Key_Equal: 1, Qt.Key.Key_Minus: -1}


class ReportSheet(QAbstractScrollArea):
    """Shows pages that are asked for piece by piece, and tells what a person marks in them.

    Signals:
        selection_changed: Emitted when other words are marked, see `selection`.
        zoom_changed: Emitted with the zoom, 1 for the size on paper.
        page_changed: Emitted with the number of the page that stands in the middle.
    """

    selection_changed = Signal()
    zoom_changed = Signal(float)
    page_changed = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.pictures = PagePictures(self)
        self.pictures.arrived.connect(self._on_arrived)
        self.marks = Marks()
        self.words = Words()
        self._pages: Sequence[Page] = ()
        self._sizes: list[tuple[float, float]] = []
        self._is_fitted, self._page = True, 0
        self._stack = PageStack([], 1.0, look.space(_GAP))
        self._mouse = MarkingMouse(self)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.viewport().setMouseTracking(True)
        self.setAccessibleName("Pages of the report")
        name_bars(self, "the pages")
        look.signals.changed.connect(self.viewport().update)

    def show_pages(self, pages: Sequence[Page], words: Words, source: Source | None) -> None:
        """Show another document from its first page; none for no pages."""
        self._pages, self.words = pages, words
        self._sizes = [(page.width, page.height) for page in pages]
        self.marks.begin(words)
        self.pictures.show(source, pages)
        self.verticalScrollBar().setValue(0)
        self._lay_out(fitting_zoom(self._sizes, self._room, self._gap) if self._is_fitted else self.zoom)
        self._page = 0
        self._tell_page()

    @property
    def zoom(self) -> float:
        """1 for the size on paper."""
        return self._stack.zoom

    @property
    def page(self) -> int:
        """The page in the middle, from 1; 0 where there are none."""
        return self._page

    @property
    def selection(self) -> tuple[Span, ...]:
        """The words that a person marked."""
        return self.marks.spans(Manner.SELECTED)

    def select(self, spans: Iterable[Span]) -> None:
        """Mark words as a person does."""
        found = tuple(spans)
        if found != self.selection:
            self.mark(Manner.SELECTED, found)
            self.selection_changed.emit()

    def mark(self, manner: Manner, spans: Iterable[Span]) -> None:
        """Mark words in that manner and no others."""
        self.marks.set(manner, spans)
        self.viewport().update()

    def mark_places(self, manner: Manner, places: Iterable[Place]) -> None:
        """Mark letters of the pages in that manner and no others."""
        self.marks.set_places(manner, places)
        self.viewport().update()

    def set_zoom(self, zoom: float) -> None:
        """Zoom, with what stands in the middle staying there."""
        self._is_fitted = False
        self._lay_out(zoom)

    def step_zoom(self, step: int) -> None:
        """The next larger (1) or smaller (-1) of the usual zooms."""
        self.set_zoom(next_zoom(self.zoom, step))

    def fit_width(self) -> None:
        """The usual page as wide as the pane, also when that changes."""
        self._is_fitted = True
        self._lay_out(fitting_zoom(self._sizes, self._room, self._gap))

    def go_to_page(self, page: int) -> None:
        """Show a page from its upper edge."""
        if self._pages:
            self.verticalScrollBar().setValue(int(self._stack.top(min(max(page, 1), len(self._pages)))) - self._gap)

    def show_marked(self, manner: Manner) -> None:
        """Bring the first of the words that are marked in that manner into sight, a third from the top."""
        for place in self.marks.places(manner):
            line = next((line for line in self._pages[place.page - 1].lines() if line.end > place.start), None)
            top = self._stack.top(place.page) + (line.top if line else 0.0) * self._stack.scale
            shown = self.verticalScrollBar().value()
            if not shown + self._gap < top < shown + self.viewport().height() * 3 / 4:
                self.verticalScrollBar().setValue(int(top - self.viewport().height() / 3))
            return

    def spot_at(self, point: QPointF) -> Spot | None:
        """The spot in the words that is nearest to a point of the viewport; None until its page's letters came."""
        found = self._place_at(point)
        letters = self.pictures.letters(found.number) if found else None
        if found is None or letters is None:
            return None
        on_page = (point - found.rect.topLeft()) / found.scale
        return Spot(found.number, letters.letter_at(on_page.x(), on_page.y()))

    def is_on_words(self, point: QPointF) -> bool:
        """Whether there are words at a point of the viewport."""
        found = self._place_at(point)
        letters = self.pictures.letters(found.number) if found else None
        if found is None or letters is None:
            return False
        on_page = (point - found.rect.topLeft()) / found.scale
        return letters.is_on_words(on_page.x(), on_page.y())

    def _place_at(self, point: QPointF) -> PagePlace | None:
        page = self._stack.page_at(point.y() + self.verticalScrollBar().value())
        return self._place(page) if page else None

    @property
    def _gap(self) -> int:
        return look.space(_GAP)

    @property
    def _room(self) -> float:
        """The width for pages, as if the scroll bar showed, so that fitting does not make it come and go."""
        bar = self.verticalScrollBar()
        return self.viewport().width() - (0 if bar.isVisible() else bar.sizeHint().width())

    def _lay_out(self, zoom: float) -> None:
        bars = self.verticalScrollBar(), self.horizontalScrollBar()
        view = self.viewport().size()
        before, middle = self._stack, (bars[0].value() + view.height() / 2, bars[1].value() + view.width() / 2)
        self._stack = PageStack(self._sizes, zoom, self._gap)
        bars[0].setRange(0, max(0, int(self._stack.height - view.height())))
        bars[1].setRange(0, max(0, int(self._stack.width - view.width())))
        for bar, length in zip(bars, (view.height(), view.width()), strict=True):
            bar.setPageStep(max(1, length - self._gap))
            bar.setSingleStep(self.fontMetrics().lineSpacing() * 2)
        if before.count == self._stack.count and bars[0].value():
            self._keep_middle(before, *middle)
        self.viewport().update()
        if before.zoom != self._stack.zoom:
            self.zoom_changed.emit(self._stack.zoom)

    def _keep_middle(self, before: PageStack, down: float, across: float) -> None:
        page = before.page_at(down)
        if page:
            grown = self._stack.scale / before.scale
            top = self._stack.top(page) + (down - before.top(page)) * grown
            self.verticalScrollBar().setValue(round(top - self.viewport().height() / 2))
            self.horizontalScrollBar().setValue(round(across * grown - self.viewport().width() / 2))

    def _place(self, page: int) -> PagePlace:
        """Where a page stands in the viewport, on whole pixels of the screen, so that its picture stays sharp."""
        ratio = self.devicePixelRatioF()
        left = self._stack.left(page, self.viewport().width()) - self.horizontalScrollBar().value()
        top = self._stack.top(page) - self.verticalScrollBar().value()
        width, height = self._stack.size(page)
        points = width / self._stack.scale, height / self._stack.scale
        scale = min(self._stack.scale * ratio, _MOST_SIDE_PX / max(points))
        rect = QRectF(round(left * ratio) / ratio, round(top * ratio) / ratio, width, height)
        return PagePlace(page, rect, self._stack.scale, round(scale, 4), points)

    def _seen(self, ahead: float = 0.0) -> list[tuple[PagePlace, list[Tile]]]:
        """The pages in sight with their tiles in sight, and what comes `ahead` pixels further down."""
        view, top = self.viewport().size(), self.verticalScrollBar().value()
        found = []
        for page in self._stack.pages_between(top, top + view.height() + ahead):
            place = self._place(page)
            each, corner = place.tile_scale / place.scale, place.rect.topLeft()
            right, bottom = view.width() - corner.x(), view.height() + ahead - corner.y()
            seen = Box(-corner.x() * each, -corner.y() * each, right * each, bottom * each)
            found.append((place, tiles_of(page, place.tile_scale, place.points, seen)))
        return found

    def _want(self) -> None:
        wanted: list[Tile | int] = []
        for seen in (self._seen(), self._seen(ahead=self.viewport().height())):
            wanted += [tile for _, tiles in seen for tile in tiles]
            wanted += [place.number for place, _ in seen if self._pages[place.number - 1].text]
        self.pictures.want(list(dict.fromkeys(wanted)))

    def _on_arrived(self) -> None:
        self.viewport().update()

    def _tell_page(self) -> None:
        page = self._stack.page_at(self.verticalScrollBar().value() + self.viewport().height() / 2)
        if page != self._page:
            self._page = page
            said = f"Page {page} of {len(self._pages)}. Its words stand in the Text view." if page else ""
            self.setAccessibleDescription(said)
            self.page_changed.emit(page)

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        painter = QPainter(self.viewport())
        painter.fillRect(self.viewport().rect(), look.current().raised)
        for place, tiles in self._seen():
            report_paint.paint_paper(painter, place)
            report_paint.paint_tiles(painter, place, tiles, self.pictures)
            if letters := self.pictures.letters(place.number):
                report_paint.paint_marks(painter, place, self.marks.on(place.number, letters), letters.left)
            if sentence := self.pictures.troubles.get(place.number):
                report_paint.paint_trouble(painter, place, sentence)
        if self.hasFocus():
            painter.setPen(look.current().focus)
            for inset in (0, 1):
                painter.drawRect(self.viewport().rect().adjusted(inset, inset, -1 - inset, -1 - inset))
        painter.end()
        self._want()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._lay_out(fitting_zoom(self._sizes, self._room, self._gap) if self._is_fitted else self.zoom)
        self._tell_page()

    def scrollContentsBy(self, across: int, down: int) -> None:
        del across, down
        self.viewport().update()
        self._tell_page()

    def wheelEvent(self, event: QWheelEvent) -> None:
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.step_zoom(1 if event.angleDelta().y() > 0 else -1)
        else:
            super().wheelEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        is_control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        if is_control and event.key() in _ZOOM_KEYS:
            self.step_zoom(_ZOOM_KEYS[Qt.Key(event.key())])
        elif is_control and event.key() == Qt.Key.Key_0:
            self.fit_width()
        elif event.key() in (Qt.Key.Key_Home, Qt.Key.Key_End):
            bar = self.verticalScrollBar()
            bar.setValue(bar.minimum() if event.key() == Qt.Key.Key_Home else bar.maximum())
        elif event.key() == Qt.Key.Key_Escape and self.selection:
            self.select(())
        else:
            super().keyPressEvent(event)

"""A read document as picture or as text: pages, paragraphs and words to go to, and what is marked in it."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from desktop_app.look import space
from desktop_app.reading.finding import MOST_FOUND, TakenFrom, find, locate
from desktop_app.reading.paragraph_values import Place
from desktop_app.reading.passage import Passage, Span, Spot, Words
from desktop_app.reading.read_document import ReadDocument
from desktop_app.views.announce import announce
from desktop_app.views.capture_bar import CaptureBar
from desktop_app.views.plain_text import wrapped_label
from desktop_app.views.report_bar import PICTURE, TEXT, ReportBar
from desktop_app.views.report_marks import Manner
from desktop_app.views.report_message import ReportMessage
from desktop_app.views.report_pictures import Source
from desktop_app.views.report_sheet import ReportSheet
from desktop_app.views.report_text import ReportText


class ReportView(QWidget):
    """The bars, the picture, the text, and the message in place of them.

    Signals:
        told: Emitted with a sentence for the status line.
        view_chosen: Emitted with PICTURE or TEXT when a person wants the other one.
    """

    told = Signal(str)
    view_chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.document: ReadDocument | None = None
        self.view = PICTURE
        self._found: list[Span] = []
        self._found_words, self._found_at = "", -1
        self.bar, self.capture_bar, self.message = ReportBar(), CaptureBar(), ReportMessage()
        self.notice = wrapped_label("", "muted")
        self.sheet, self.text = ReportSheet(), ReportText()
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        self._stack = QStackedWidget()
        for widget in (self.message, self.sheet, self.text):
            self._stack.addWidget(widget)
        self.notice.setContentsMargins(space(3), 0, space(3), space(2))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.bar)
        column.addWidget(self.notice)
        column.addWidget(self._stack, 1)
        column.addWidget(self.capture_bar)
        self.setMinimumWidth(self.fontMetrics().averageCharWidth() * 46)

    def _connect(self) -> None:
        self.bar.page_wanted.connect(self.go_to_page)
        self.bar.paragraph_wanted.connect(self.go_to_paragraph)
        self.bar.find_wanted.connect(self.find_words)
        self.bar.zoom_wanted.connect(lambda step: self.sheet.step_zoom(step) if step else self.sheet.fit_width())
        self.bar.view_chosen.connect(self._on_view_chosen)
        self.bar.words_wanted.connect(self.focus_words)
        self.bar.told.connect(self.told)
        self.sheet.zoom_changed.connect(self.bar.show_zoom)
        self.sheet.page_changed.connect(lambda page: self._show_page(PICTURE, page))
        self.text.page_changed.connect(lambda page: self._show_page(TEXT, page))
        self.sheet.selection_changed.connect(self._on_marked)
        self.text.selection_told.connect(self._on_marked)

    @property
    def words(self) -> Words:
        """The words of the document that is shown; none before it is read."""
        return self.document.words if self.document else Words()

    def forget(self) -> None:
        """Show nothing of a document any more."""
        self.document = None
        self._found, self._found_words, self._found_at = [], "", -1
        self.sheet.show_pages((), Words(), None)
        self.notice.setVisible(False)
        self.bar.show_found(0, 0)
        self.bar.show_page(0, 0)
        self._on_marked()
        self.show_message()

    def show_message(self) -> None:
        """Show the message in place of a document."""
        self._show(self.message)

    def show_document_read(self, title: str, document: ReadDocument, source: Source | None) -> None:
        """Show a document from its beginning."""
        self.document = document
        self.sheet.setAccessibleName(f"Pages of {title}")
        self.text.setAccessibleName(f"Words of {title}")
        self.sheet.show_pages(document.pages, document.words, source if document.pages else None)
        self.text.show_words(document.words, document.shown)
        self.notice.setText(document.notice)
        self.notice.setVisible(bool(document.notice))
        self._show_view()

    def set_view(self, view: str) -> None:
        """Show documents as PICTURE or as TEXT from now on, where they have pages."""
        self.view = view if view in (PICTURE, TEXT) else PICTURE
        if self.document is not None:
            self._show_view()

    def switch_view(self) -> None:
        """Show the other of picture and text, at the same page and with the same words marked."""
        self._on_view_chosen(TEXT if self.shown is self.sheet else PICTURE)

    def _on_view_chosen(self, view: str) -> None:
        if self.document is None or not self.document.pages or view == self.view:
            return
        before = self.shown
        had_focus, page, selection = before.hasFocus(), before.page, before.selection
        self.set_view(view)
        if page and page != self.shown.page:
            self.shown.go_to_page(page)
        self.shown.select(selection)
        self._on_marked()
        if had_focus:
            self.focus_words()
        self.view_chosen.emit(view)

    def _show_view(self) -> None:
        assert self.document is not None
        shown = self.view if self.document.pages else TEXT
        self._show(self.sheet if shown == PICTURE else self.text)
        self.bar.show_view(shown, bool(self.document.pages))
        self.bar.show_zoom(self.sheet.zoom)
        self._show_page(shown, self.shown.page)
        self._on_marked()

    def _show(self, widget: QWidget) -> None:
        before = self._stack.currentWidget()
        had_focus = before is not None and before.hasFocus()
        self._stack.setCurrentWidget(widget)
        self.setFocusProxy(self.bar.document if widget is self.message else widget)
        if had_focus:
            self.focus_words()

    @property
    def shown(self) -> ReportSheet | ReportText:
        """The picture or the text, whichever a person sees."""
        return self.text if self._stack.currentWidget() is self.text else self.sheet

    def focus_words(self) -> None:
        """Put the focus where words are marked, or where another document is chosen."""
        self.setFocus(Qt.FocusReason.TabFocusReason)

    def _show_page(self, view: str, page: int) -> None:
        if self.document is not None and (self.shown is self.sheet) == (view == PICTURE):
            self.bar.show_page(page, len(self.document.pages))

    def go_to_page(self, page: int) -> None:
        """Show a page from its upper edge."""
        if self.document is not None:
            self.shown.go_to_page(min(max(page, 1), max(1, len(self.document.pages))))

    def go_to_paragraph(self, number: int) -> None:
        """Show the paragraph with that printed number."""
        if spans := self.words.numbered(number):
            self._go_to(spans)
        else:
            self.told.emit(f"This document has no paragraph {number}.")

    def go_to_taken(self, taken: TakenFrom) -> None:
        """Show where words stand; where they do not, the paragraph or the page that they name."""
        spans = locate(self.words.paragraphs, taken)
        if not spans and taken.paragraph:
            spans = self.words.numbered(taken.paragraph)
        if spans:
            self._go_to(spans)
        elif taken.page:
            self.go_to_page(taken.page)

    def show_lines(self, places: Sequence[Place], words: str) -> None:
        """Show letters of the pages; in a document without pages, where the words stand."""
        if not places:
            spans = locate(self.words.paragraphs, TakenFrom(words)) if words else ()
            self._go_to(spans)
            return
        spots = [(Spot(place.page, place.start), Spot(place.page, place.end)) for place in places]
        self.text.mark(Manner.SHOWN, [span for start, end in spots for span in self.words.between(start, end)])
        self.sheet.mark_places(Manner.SHOWN, places)
        self.shown.show_marked(Manner.SHOWN)

    def find_words(self, typed: str, step: int) -> None:
        """Go to the next place (1) of words, or the one before (-1), round the ends."""
        if typed != self._found_words:
            self._found, self._found_words = find(self.words.paragraphs, typed), typed
            self._found_at = -1 if step > 0 else 0
            self.mark(Manner.FOUND, self._found)
        if self._found:
            self._found_at = (self._found_at + step) % len(self._found)
            self._go_to(self._found[self._found_at : self._found_at + 1])
        self.bar.show_found(self._found_at + 1, len(self._found), len(self._found) == MOST_FOUND)
        announce(self, self.bar.found.text())

    def _go_to(self, spans: Sequence[Span]) -> None:
        self.mark(Manner.SHOWN, spans)
        self.shown.show_marked(Manner.SHOWN)

    def mark(self, manner: Manner, spans: Sequence[Span]) -> None:
        """Mark words in that manner and no others, in the picture and in the text."""
        for view in (self.sheet, self.text):
            view.mark(manner, spans)

    @property
    def passage(self) -> Passage | None:
        """What a person marked, as it can be quoted."""
        return self.words.passage(self.shown.selection) if self.document else None

    def _on_marked(self) -> None:
        self.capture_bar.show_passage(self.passage)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Copy takes the clean words, from the picture too."""
        if event.matches(QKeySequence.StandardKey.Copy) and (passage := self.passage):
            QGuiApplication.clipboard().setText(passage.text)
        else:
            super().keyPressEvent(event)

"""The words of a report as plain text: for the keyboard, for a screen reader, and for documents without pages."""

from collections.abc import Iterable

from PySide6.QtCore import QMimeData, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QShowEvent, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QPlainTextEdit, QTextEdit, QWidget

from desktop_app import look
from desktop_app.reading.passage import Span, Words
from desktop_app.reading.shown_text import ShownText
from desktop_app.views.naming import name_bars
from desktop_app.views.report_marks import Manner

_LETTERS_AT_ONCE = 100_000


class ReportText(QPlainTextEdit):
    """Read only, with a caret; Shift and the arrows mark words. A long text comes in portions.

    Signals:
        selection_told: Emitted when other words are marked, see `selection`.
        page_changed: Emitted with the page of the words that the caret stands in.
    """

    selection_told = Signal()
    page_changed = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = Words()
        self._shown = ShownText(())
        self._spans: dict[Manner, tuple[Span, ...]] = {}
        self._selected: tuple[Span, ...] = ()
        self._page = 0
        self._filling = QTimer(self)
        self._filling.setInterval(0)
        self._filling.timeout.connect(self._fill)
        self._filled = 0
        self.setReadOnly(True)
        self.setUndoRedoEnabled(False)
        self.setTabChangesFocus(True)
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.setAccessibleName("Words of the report")
        name_bars(self, "the words")
        self.selectionChanged.connect(self._on_selection_changed)
        self.cursorPositionChanged.connect(self._tell_page)
        look.signals.changed.connect(self._paint_marks)

    def show_words(self, words: Words, shown: ShownText) -> None:
        """Show another document from its beginning."""
        self._words, self._shown = words, shown
        self._spans, self._page = {}, 0
        self.clear()
        self._filled = 0
        self._fill()
        self.moveCursor(QTextCursor.MoveOperation.Start)
        self._tell_page()

    def _fill(self) -> None:
        """Put the next portion into the box; the caret and the sight stay."""
        portion = self._shown.text[self._filled : self._filled + _LETTERS_AT_ONCE]
        self._filled += len(portion)
        cursor = QTextCursor(self.document())
        cursor.movePosition(QTextCursor.MoveOperation.End)
        cursor.insertText(portion)
        if self._filled < len(self._shown.text):
            self._filling.start()
        else:
            self._filling.stop()
            self._paint_marks()

    @property
    def selection(self) -> tuple[Span, ...]:
        """The words that a person marked."""
        return self._selected

    def _on_selection_changed(self) -> None:
        cursor = self.textCursor()
        marked = self._shown.spans(cursor.selectionStart(), cursor.selectionEnd()) if cursor.hasSelection() else []
        spans = self._words.tidied(marked)
        if spans != self._selected:
            self._selected = spans
            self.selection_told.emit()

    def select(self, spans: Iterable[Span]) -> None:
        """Mark words as a person does; the caret stands behind them."""
        found = list(spans)
        if not found:
            cursor = self.textCursor()
            cursor.clearSelection()
            self.setTextCursor(cursor)
            return
        self._fill_up_to(self._shown.place(found[-1])[1])
        self.setTextCursor(self._cursor(self._shown.place(found[0])[0], self._shown.place(found[-1])[1]))

    def mark(self, manner: Manner, spans: Iterable[Span]) -> None:
        """Mark words in that manner and no others."""
        self._spans[manner] = tuple(spans)
        self._paint_marks()

    def show_marked(self, manner: Manner) -> None:
        """Put the caret before the first of the words that are marked in that manner, and show them."""
        for span in self._spans.get(manner, ())[:1]:
            start, end = self._shown.place(span)
            self._fill_up_to(end)
            self.setTextCursor(self._cursor(start, start))
            self.centerCursor()

    def go_to_page(self, page: int) -> None:
        """Put the caret before the first words of a page, or of the next one that has any."""
        at = next((at for at, one in enumerate(self._words.paragraphs) if (one.page or 0) >= page), None)
        if at is not None:
            start, _ = self._shown.place(Span(at, 0, 0))
            self._fill_up_to(start)
            self.setTextCursor(self._cursor(start, start))
            self.centerCursor()

    @property
    def page(self) -> int:
        """The page of the words that the caret stands in; 0 where there are no pages."""
        return self._page

    def _fill_up_to(self, position: int) -> None:
        while self._filled < min(position, len(self._shown.text)):
            self._fill()

    def _cursor(self, start: int, end: int) -> QTextCursor:
        cursor = QTextCursor(self.document())
        last = self.document().characterCount() - 1
        cursor.setPosition(min(start, last))
        cursor.setPosition(min(end, last), QTextCursor.MoveMode.KeepAnchor)
        return cursor

    def _paint_marks(self) -> None:
        if not self.isVisible():
            return  # hundreds of places take a while: only for who sees them
        shown = []
        for manner in (Manner.TAKEN, Manner.FOUND, Manner.SHOWN):
            for span in self._spans.get(manner, ()):
                start, end = self._shown.place(span)
                if end <= self._filled:
                    each = QTextEdit.ExtraSelection()
                    each.cursor = self._cursor(start, end)
                    each.format = _format(manner)
                    shown.append(each)
        self.setExtraSelections(shown)

    def _tell_page(self) -> None:
        if not self._words.paragraphs:
            return
        index = self._shown.paragraph_at(self.textCursor().position())
        page = self._words.paragraphs[index].page or 0
        if page != self._page:
            self._page = page
            self.page_changed.emit(page)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._paint_marks()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape takes the mark away; all else is as ever."""
        if event.key() == Qt.Key.Key_Escape and self._selected:
            self.select(())
        else:
            super().keyPressEvent(event)

    def createMimeDataFromSelection(self) -> QMimeData:
        """Copying takes the clean words, without page lines."""
        data = QMimeData()
        passage = self._words.passage(self._selected)
        data.setText(passage.text if passage else self.textCursor().selection().toPlainText())
        return data

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.setCursorWidth(2)  # Qt shows no caret in a text for reading only unless it is told how wide


def _format(manner: Manner) -> QTextCharFormat:
    """Underlined as well as coloured, so that no one needs to tell colours apart."""
    colours = look.current()
    fills = {
        Manner.TAKEN: colours.tone("requires_improvement").soft,
        Manner.FOUND: colours.tone("good").soft,
        Manner.SHOWN: colours.accent_soft,
    }
    found = QTextCharFormat()
    found.setBackground(fills[manner])
    found.setForeground(colours.text)
    if manner is not Manner.SHOWN:  # which lies over the others, and leaves them their line
        found.setFontUnderline(True)
    return found

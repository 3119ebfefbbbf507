"""The report beside its draft: the line that a row came from is lit in its pages, or in its words."""

import re
from collections.abc import Sequence

from PySide6.QtCore import Qt, QThreadPool
from PySide6.QtWidgets import QWidget

from desktop_app.places.draft_reading import ReadReport
from desktop_app.reading.draft_values import Source
from desktop_app.reading.finding import TakenFrom, locate
from desktop_app.views.report_view import ReportView

_NUMBER = re.compile(r"^\s*\d+(?:\.\d+)*[.)]?\s+")
_FEW_WORDS = 3


class DraftReport(ReportView):
    """Shows a report that was read, and closes what reads it when it goes."""

    def __init__(self, read: ReadReport) -> None:
        super().__init__()
        self.capture_bar.hide()
        self.bar.keep_to_one()
        self.show_document_read(read.name, read.document, read.reader)
        if (reader := read.reader) is not None:
            self.destroyed.connect(lambda: QThreadPool.globalInstance().start(reader.close))

    def focus_words(self) -> None:
        self.shown.setFocus(Qt.FocusReason.TabFocusReason)

    def _show(self, widget: QWidget) -> None:
        super()._show(widget)
        self.setFocusProxy(None)  # type: ignore[arg-type]  # with one, Tab would pass over the bar above the pages

    def light(self, sources: Sequence[Source]) -> None:
        """Show where a row came from; nothing is lit for one that was not printed."""
        places = [place for source in sources for place in source.places]
        self.show_lines(places, "" if places else self._findable(sources))
        page = next((source.page for source in sources if source.page), None)
        if page and not places:
            self.go_to_page(page)

    def _findable(self, sources: Sequence[Source]) -> str:
        """The words of a line as they stand in a text without pages, where a number or a line's end may part them."""
        text = next((source.text for source in sources if source.text), "")
        unnumbered = _NUMBER.sub("", text)
        paragraphs = self.words.paragraphs
        tried = (text, unnumbered, " ".join(unnumbered.split()[:_FEW_WORDS]))
        return next((words for words in tried if words and locate(paragraphs, TakenFrom(words))), "")

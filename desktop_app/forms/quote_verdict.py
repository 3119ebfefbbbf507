"""Asks for the verdict on the quote in a form, a moment after typing, and shows it."""

from collections.abc import Callable
from functools import partial
from typing import NamedTuple, Protocol

from PySide6.QtCore import QObject, QTimer, Signal

from db.records import Document
from desktop_app.reading import verdict_words
from desktop_app.reading.compared_with import REPORTS
from desktop_app.reading.verbatim_values import Check, Verdict
from desktop_app.views.announce import announce
from desktop_app.views.verdict_view import VerdictView

ASK_AFTER_MS = 400


class Checks(Protocol):
    """What checks quotes against the kept documents."""

    def ask(self, text: str, document: Document, page: int | None, on_told: Callable[[Check | str], object]) -> None:
        """Check a text; the answer, or a sentence why there is none, may come at once or later."""

    def now(self, text: str, document: Document, page: int | None) -> Check | None:
        """The answer where the document is at hand, else None."""


class Asked(NamedTuple):
    """A quote as it stands in the form, and the document that it is compared with."""

    text: str
    document: Document | None
    page: int | None
    is_kept: bool


class QuoteVerdict(QObject):
    """The verdict on what stands in the form now.

    Signals:
        told: Emitted when the verdict is known, or known to be none.
    """

    told = Signal()

    def __init__(self, view: VerdictView, parent: QObject) -> None:
        super().__init__(parent)
        self.view = view
        self.checks: Checks | None = None
        self.check: Check | None = None
        self.asked: Asked | None = None
        self._is_typed = False
        self._number = 0
        self._said = ""
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(ASK_AFTER_MS)
        self._soon.timeout.connect(self._ask)

    def ask(self, asked: Asked, *, is_typed: bool) -> None:
        """Ask for the verdict: a moment after typing, and spoken then; at once for a row that is shown."""
        if asked == self.asked and not self._soon.isActive() and self.check is not None:
            return
        self.asked, self.check = asked, None
        self._is_typed = is_typed
        self._number += 1
        if is_typed:
            self._soon.start()
        else:
            self._soon.stop()
            self._ask()

    def now(self, text: str, document: Document | None) -> Check | None:
        """The verdict on another text, where it can be told at once."""
        return self.checks.now(text, document, None) if self.checks and document else None

    def _ask(self) -> None:
        asked = self.asked
        if asked is None or self.checks is None or not asked.text.strip():
            self.view.clear()
            self.told.emit()
        elif asked.document is None:
            self._say(verdict_words.NO_REPORT)
        else:
            self.checks.ask(asked.text, asked.document, asked.page, partial(self._on_told, self._number))

    def _on_told(self, number: int, answer: Check | str) -> None:
        asked = self.asked
        if number != self._number or asked is None or asked.document is None:
            return
        if isinstance(answer, str):
            self._say(f"The report could not be compared. {answer}")
            return
        self.check = answer
        the = verdict_words.REPORT if asked.document.kind in REPORTS else verdict_words.SOURCE
        said = verdict_words.sentence(answer, the, is_kept=asked.is_kept)
        self._say(said, verdict_words.notes(answer))
        if answer.verdict is Verdict.DIFFERS:
            marks = [each.report_at for each in answer.differences if each.report]
            self.view.differ(said, answer.report_text, marks, is_kept=asked.is_kept)

    def _say(self, sentence: str, notes: str = "") -> None:
        self.view.say(sentence, notes)
        if self._is_typed and sentence != self._said:
            announce(self.view, sentence)
        self._said = sentence
        self.told.emit()

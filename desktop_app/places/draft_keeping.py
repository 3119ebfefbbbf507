"""Keeps what became of a report's rows on this machine's disk, a moment after each change, until they are written."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, QTimer, Signal

from db.errors import StoreError
from db.report_drafts import KeptReport, ReportDrafts
from desktop_app.writing import Writing

AFTER_ROW_MS = 300
AFTER_KEY_MS = 2000
AT_MOST_MS = 4500  # the promise is 5 seconds, and the writing takes a moment too
_LOOKED_EVERY_MS = 25


class DraftKeeping(QObject):
    """A thread of its own writes, so that neither a slow disk nor a long job holds up the window or the draft.

    Signals:
        told: Emitted with a sentence for the person.
    """

    told = Signal(str)

    def __init__(
        self, drafts: ReportDrafts, content: bytes, now: Callable[[], KeptReport | None], parent: QObject
    ) -> None:
        """`now` gives what is to be kept, or None where there is nothing yet."""
        super().__init__(parent)
        self._drafts, self._content, self._now = drafts, content, now
        self._writing: Writing | None = None
        self._is_due = self._is_failing = False
        self._pause = QTimer(self, singleShot=True)
        self._most = QTimer(self, singleShot=True, interval=AT_MOST_MS)
        self._look = QTimer(self, interval=_LOOKED_EVERY_MS)
        self._pause.timeout.connect(self._keep)
        self._most.timeout.connect(self._keep)
        self._look.timeout.connect(self._look_after_writing)

    def keep_soon(self, after_ms: int = AFTER_ROW_MS) -> None:
        """Something is otherwise than before."""
        self._pause.start(after_ms)
        if not self._most.isActive():
            self._most.start()

    def keep_now(self) -> StoreError | None:
        """Keep it before this returns, for the end of the window; return why that could not be done."""
        self._stop()
        report = self._now()
        if report is None:
            return None
        try:
            self._drafts.keep(report, self._content)
        except StoreError as error:
            return error
        return None

    def forget(self, sha256: str) -> None:
        """Keep it no longer."""
        self._stop()
        self._drafts.forget(sha256)

    def _stop(self) -> None:
        for clock in (self._pause, self._most, self._look):
            clock.stop()
        if self._writing is not None:
            self._writing.join()
            self._writing = None

    def _keep(self) -> None:
        self._pause.stop()
        self._most.stop()
        self._is_due = self._writing is not None
        if self._is_due or (report := self._now()) is None:
            return
        self._writing = Writing("report draft", partial(self._drafts.keep, report, self._content))
        self._writing.start()
        self._look.start()

    def _look_after_writing(self) -> None:
        if self._writing is None or self._writing.is_alive():
            return
        self._look.stop()
        ended, self._writing = self._writing, None
        if (trouble := ended.trouble) and not self._is_failing:
            self.told.emit(str(trouble))
        self._is_failing = trouble is not None
        if self._is_due or self._is_failing:
            self.keep_soon(AFTER_KEY_MS)

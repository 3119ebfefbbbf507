"""Import a spreadsheet: the table, its columns, a look at what comes in, and then one deed."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QDialog, QProgressBar, QStackedWidget, QVBoxLayout, QWidget

from db.errors import StoreError
from db.large_edit import apply_to_file
from db.records import Inspection
from db.snapshot import Cancelled
from desktop_app import jobs, look
from desktop_app.exchange import import_words
from desktop_app.exchange.import_file import Columns, Plan, Wish, label, look_at, plan_for_file, vocabulary_of
from desktop_app.exchange.import_source import Source
from desktop_app.places.dialog_parts import button, button_line
from desktop_app.places.import_choose import ChoosePage
from desktop_app.places.import_columns import ColumnsPage
from desktop_app.places.import_memory import Memory
from desktop_app.places.import_preview import PreviewPage
from desktop_app.settings import Settings
from desktop_app.views.announce import announce
from desktop_app.views.plain_text import plain_label
from desktop_app.workspace import Workspace

TITLE = "Import a spreadsheet"
_BAR_STEPS = 1000
_CHOOSE, _COLUMNS, _PROGRESS, _PREVIEW = range(4)
_WAITING = "Some changes are still waiting to be saved. Import when they are saved."
_READ_ONLY = "This file is open for reading only, so nothing can be imported into it."


class ImportDialog(QDialog):
    """Signals:
    told: Emitted with a sentence for the status line when it is written.
    """

    told = Signal(str)

    def __init__(
        self,
        workspace: Workspace,
        settings: Settings,
        before_writing: Callable[[], None],
        parent: QWidget | None = None,
    ) -> None:
        """Begin with the choice of a table; nothing is written before the person says so.

        Args:
            before_writing: makes the backup; where it raises a StoreError nothing is written.
        """
        super().__init__(parent)
        self._workspace, self._memory, self._before_writing = workspace, Memory(settings), before_writing
        self._words = vocabulary_of(workspace.lists)
        self._source, self._wish = Source(), Wish({})
        self._columns: Columns | None = None
        self._plan: Plan | None = None
        self._job: jobs.Job | None = None
        self._back_to = _CHOOSE
        self.setWindowTitle(TITLE)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(self.fontMetrics().averageCharWidth() * 128, self.fontMetrics().lineSpacing() * 36)
        self.choose_page = ChoosePage()
        self.columns_page = ColumnsPage(workspace.lists, workspace.store.each(Inspection))
        self.preview_page = PreviewPage()
        self._pages = QStackedWidget()
        for page in (self.choose_page, self.columns_page, self._make_progress(), self.preview_page):
            self._pages.addWidget(page)
        column = QVBoxLayout(self)
        column.setContentsMargins(look.space(5), look.space(4), look.space(5), look.space(4))
        column.addWidget(self._pages)
        self._connect()
        self.choose_page.start()

    def _connect(self) -> None:
        self.choose_page.file_wanted.connect(lambda path: self.read(Source(path)))
        self.choose_page.text_wanted.connect(lambda text: self.read(Source(text=text)))
        self.columns_page.look_again.connect(self._look_again)
        self.columns_page.preview_wanted.connect(self.preview)
        self.columns_page.back_wanted.connect(lambda: self._go_to(_CHOOSE))
        self.preview_page.back_wanted.connect(lambda: self._go_to(_COLUMNS))
        self.preview_page.corrected.connect(self._correct)
        self.preview_page.import_wanted.connect(self.write)
        for page in (self.choose_page, self.columns_page, self.preview_page):
            page.left.connect(self.reject)

    def _make_progress(self) -> QWidget:
        self.doing = plain_label("", "subheading")
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName("Progress of the import")
        palette = self.bar.palette()
        palette.setColor(QPalette.ColorRole.Highlight, look.current().accent)
        self.bar.setPalette(palette)
        self.stop_button = button("Cancel", self.reject)
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(look.space(3))
        column.addStretch(1)
        column.addWidget(self.doing)
        column.addWidget(self.bar)
        column.addStretch(1)
        column.addLayout(button_line(self.stop_button))
        return page

    def read(self, source: Source, *, sheet: str = "", row: int | None = None) -> None:
        """Look at a table and show its columns."""
        self._source = source
        words = self._words

        def work(job: jobs.Job) -> Columns:
            return look_at(source, words, sheet=sheet, row=row, is_cancelled=job.is_cancelled)

        self._start("Reading the table", work, self._on_read, _CHOOSE)

    def _look_again(self, sheet: str, row: int) -> None:
        columns = self._columns
        if columns and (sheet != (columns.sheet or columns.sheets[0]) or row not in (0, columns.headings.row)):
            self.read(self._source, sheet=sheet, row=row or None)

    def _on_read(self, columns: Columns) -> None:
        self._columns = columns
        self._wish = Wish({})
        self.columns_page.show_columns(columns, self._words.fields, self._memory.of(columns, self._words))
        self._go_to(_COLUMNS)
        announce(self, self.columns_page.words.text())

    def preview(self) -> None:
        """Show what would happen with the columns as they are chosen."""
        self._wish = replace(self.columns_page.wish(), corrected=self._wish.corrected)
        self._plan_again(_COLUMNS)

    def _correct(self, row: int, place: int, words: str) -> None:
        self._wish = replace(self._wish, corrected={**self._wish.corrected, (row, place): words})
        self._plan_again(_PREVIEW)

    def _plan_again(self, back_to: int) -> None:
        columns, wish, workspace = self._columns, self._wish, self._workspace
        assert columns is not None
        if workspace.queue.steps:
            self._say(back_to, _WAITING)
            return

        def work(job: jobs.Job) -> Plan:
            return plan_for_file(
                workspace.store.path,
                columns,
                wish,
                on_progress=job.tell,
                is_cancelled=job.is_cancelled,
                hold_saves=workspace.queue.hold,
            )

        self._start("Reading the table", work, self._on_planned, back_to)

    def _on_planned(self, plan: Plan) -> None:
        self._plan = plan
        self.preview_page.show_plan(plan)
        self._go_to(_PREVIEW)

    def write(self) -> None:
        """Make the backup, then write what comes in as one deed, away from the window."""
        plan, workspace, source = self._plan, self._workspace, self._source
        if plan is None or plan.is_empty:
            return
        self.preview_page.show_error("")
        if workspace.is_read_only or workspace.queue.steps:
            self._say(_PREVIEW, _READ_ONLY if workspace.is_read_only else _WAITING)
            return
        try:
            workspace.guard()
            self._before_writing()
        except StoreError as error:
            self._say(_PREVIEW, str(error))
            return

        def work(job: jobs.Job) -> Any:
            with workspace.queue.hold():
                return apply_to_file(workspace.store.path, plan.edit, label(source), is_cancelled=job.is_cancelled)

        self._start("Writing", work, self._on_written, _PREVIEW)
        self.bar.setRange(0, 0)  # how far a write is nobody knows

    def _on_written(self, edit: Any) -> None:
        assert self._plan is not None and self._columns is not None
        self._workspace.written_elsewhere(label(self._source), edit)
        self._memory.keep(self._columns, self._wish.fields)
        sentence = import_words.done(self._plan, self._source.name)
        self.told.emit(sentence)
        announce(self, sentence)
        self.accept()

    def _start(self, doing: str, work: Callable[[jobs.Job], Any], on_done: Callable[[Any], None], back_to: int) -> None:
        job = self._job = jobs.Job(self)
        self._back_to = back_to
        job.progressed.connect(self._on_progress)
        job.done.connect(on_done)
        job.failed.connect(self._on_failed)
        self.bar.setRange(0, _BAR_STEPS)
        self.bar.setValue(0)
        self.doing.setText(doing)
        self.stop_button.setEnabled(True)
        self._pages.setCurrentIndex(_PROGRESS)
        self.stop_button.setFocus(Qt.FocusReason.OtherFocusReason)
        job.start(lambda: work(job))

    def _on_progress(self, share: float, doing: str) -> None:
        if self._job and not self._job.is_cancelled() and self.bar.maximum():
            if doing and doing != self.doing.text():
                self.doing.setText(doing)
                announce(self, doing)
            self.bar.setValue(round(share * _BAR_STEPS))

    def _on_failed(self, error: Exception) -> None:
        self._go_to(self._back_to)
        if not isinstance(error, StoreError):
            raise error
        if not isinstance(error, Cancelled):
            self._say(self._back_to, str(error))

    def _say(self, page: int, words: str) -> None:
        """Show on a page why it cannot go on."""
        (self.choose_page, self.columns_page, None, self.preview_page)[page].show_error(words)  # type: ignore[union-attr]

    def _go_to(self, page: int) -> None:
        self._pages.setCurrentIndex(page)
        if page == _CHOOSE:
            self.choose_page.show_error("")
        (self.choose_page, self.columns_page, None, self.preview_page)[page].start()  # type: ignore[union-attr]

    def reject(self) -> None:
        """Stop what is going on, else close."""
        if self._job and self._job.is_running:
            self._job.cancel()
            self.doing.setText("Stopping")
            self.stop_button.setEnabled(False)
        else:
            super().reject()

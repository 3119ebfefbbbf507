"""Quotes that differ: all whose words are not the report's, both texts side by side, and what can be done."""

from collections.abc import Sequence
from contextlib import closing
from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QHBoxLayout, QListWidget, QPushButton, QVBoxLayout, QWidget

from db.edit import Edit
from db.errors import StoreError
from db.records import Document, Quote
from db.snapshot import Cancelled
from db.store import Store
from desktop_app import ask, look
from desktop_app.jobs import Job
from desktop_app.reading import verdict_words
from desktop_app.reading.compared_quotes import Compared, compare, counted
from desktop_app.reading.verbatim import Verdict
from desktop_app.views.announce import announce
from desktop_app.views.naming import name_bars
from desktop_app.views.plain_text import plain_label, wrapped_label
from desktop_app.views.read_only_box import read_only_box
from desktop_app.views.verdict_view import KEEP, TAKE, mark
from desktop_app.workspace import Workspace

TITLE = "Quotes that differ"
NONE_LEFT = "Every quote that can be compared stands in its report word for word, or is kept as printed."


class QuotesThatDiffer(QDialog):
    """What was compared, of which those stay in the list that somebody has to look at.

    Signals:
        quote_wanted: Emitted with a Quote that a person wants to see in its form.
    """

    quote_wanted = Signal(object)

    def __init__(
        self, found: Sequence[Compared], workspace: Workspace | None, parent: QWidget | None = None, title: str = TITLE
    ) -> None:
        """Show what was found; without a workspace nothing can be changed, as for a press release's quotations."""
        super().__init__(parent)
        self._workspace = workspace
        self.setWindowTitle(title)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(self.fontMetrics().averageCharWidth() * 120, self.fontMetrics().lineSpacing() * 34)
        self._rows = [one for one in found if one.is_open or workspace is None]
        self.words = wrapped_label(counted(found), "subheading")
        self.list = QListWidget()
        self.list.setAccessibleName(title)
        name_bars(self.list, "quotes")
        self.list.addItems([_line(one) for one in self._rows])
        self.said = wrapped_label()
        self.quote, self.report = read_only_box("As quoted"), read_only_box("In the report")
        self.take = _button(TAKE, self.take_the_reports_words)
        self.keep = _button(KEEP, self.keep_as_printed)
        self.show_button = _button("Show the quote", self._show_quote)
        self._lay_out()
        self.list.currentRowChanged.connect(self._show)
        self._start()

    def _lay_out(self) -> None:
        texts = QHBoxLayout()
        for label, box in (("As quoted", self.quote), ("In the report", self.report)):
            column = QVBoxLayout()
            column.addWidget(plain_label(label, "muted"))
            column.addWidget(box)
            texts.addLayout(column)
        line = QHBoxLayout()
        for button in (self.take, self.keep, self.show_button):
            button.setVisible(self._workspace is not None)
            line.addWidget(button)
        line.addStretch(1)
        line.addWidget(_button("Close", self.accept))
        column = QVBoxLayout(self)
        column.setContentsMargins(look.space(4), look.space(4), look.space(4), look.space(3))
        column.setSpacing(look.space(3))
        column.addWidget(self.words)
        column.addWidget(self.list, 3)
        column.addWidget(self.said)
        column.addLayout(texts, 2)
        column.addLayout(line)

    def _start(self) -> None:
        self._show(-1)
        if self._rows:
            self.list.setCurrentRow(0)
            self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    @property
    def current(self) -> Compared | None:
        """The quote that the list stands on."""
        row = self.list.currentRow()
        return self._rows[row] if 0 <= row < len(self._rows) else None

    def _show(self, row: int) -> None:
        del row
        one = self.current
        check = one.check if one else None
        differences = check.differences if check else ()
        self.said.setText(_said(one) if one else NONE_LEFT if self._workspace else "")
        self.quote.setPlainText(one.text if one else "")
        self.report.setPlainText(check.report_text if check else "")
        mark(self.quote, [each.quote_at for each in differences])
        mark(self.report, [each.report_at for each in differences if each.report])
        is_changeable = one is not None and self._workspace is not None and not self._workspace.is_read_only
        self.take.setEnabled(is_changeable and bool(differences))
        self.keep.setEnabled(is_changeable)
        self.show_button.setEnabled(one is not None)

    def take_the_reports_words(self) -> None:
        """Put the report's words in place of the current quote's."""
        if (one := self.current) and one.check:
            self._change("Take the report’s words for a quote", text=one.check.taken, is_kept_as_printed=False)

    def keep_as_printed(self) -> None:
        """Keep the current quote as its own source prints it."""
        self._change("Keep a quote as printed", is_kept_as_printed=True)

    def _change(self, label: str, **facts: object) -> None:
        one = self.current
        if one is None or one.quote is None or self._workspace is None:
            return
        now = self._workspace.store.get(Quote, one.quote.id)
        if now is None or now.text != one.text:
            self.said.setText("This quote was changed or removed since it was compared. Compare again.")
            return
        try:
            self._workspace.do(label, Edit((now,), (replace(now, **facts),)))  # type: ignore[arg-type]
        except StoreError as error:
            self.said.setText(str(error))
            return
        row = self.list.currentRow()
        del self._rows[row]
        self.list.takeItem(row)
        self._show(self.list.currentRow())
        announce(self, self.said.text())

    def _show_quote(self) -> None:
        if (one := self.current) and one.quote:
            self.quote_wanted.emit(one.quote)


def look_for(workspace: Workspace, parent: QWidget) -> QuotesThatDiffer | None:
    """Compare all quotes of the file, with progress and Cancel; the dialog to show, or None."""
    from desktop_app.views.progress_dialog import wait_for

    path = workspace.store.path
    quotes, documents = workspace.store.each(Quote), workspace.store.each(Document)

    def work(job: Job) -> list[Compared]:
        with closing(Store.open(path, is_read_only=True)) as store:
            return compare(quotes, documents, store.file_bytes, job.tell, job.is_cancelled)

    try:
        found = wait_for(parent, "Comparing the quotes", work)
    except Cancelled:
        return None
    except StoreError as error:
        ask.tell(parent, "The quotes could not be compared.", str(error))
        return None
    return QuotesThatDiffer(found, workspace, parent)


def _said(one: Compared) -> str:
    if one.check is None:
        return one.problem or verdict_words.NO_REPORT
    notes = verdict_words.notes(one.check)
    return " ".join(part for part in (verdict_words.sentence(one.check), notes) if part)


def _line(one: Compared) -> str:
    names = {Verdict.FOUND: "Found", Verdict.DIFFERS: "Differs", Verdict.NOT_FOUND: "Not found"}
    return f"{names[one.check.verdict] if one.check else 'Not compared'}: {' '.join(one.text.split())}"


def _button(text: str, deed: object) -> QPushButton:
    button = QPushButton(text)
    button.setAutoDefault(False)
    button.clicked.connect(deed)
    return button

"""Check this file: looks at everything that it holds, says what was found, and makes the search index anew."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from db.check import Report, deep_check, rebuild_search
from db.errors import StoreError
from db.snapshot import Cancelled
from desktop_app import ask, look
from desktop_app.views.announce import announce
from desktop_app.views.plain_text import plain_label
from desktop_app.views.progress_dialog import wait_for
from desktop_app.views.read_only_box import read_only_box
from desktop_app.workspace import Workspace

WHAT = "Looked at: every page, every reference, every kept document, the change log, the search index."
KEPT = "The file was left as it is. Put a backup back (File > Backups), or save what you need in a copy."


class CheckDialog(QDialog):
    """Shows the report of a check."""

    def __init__(self, report: Report, mend: Callable[[], None], parent: QWidget) -> None:
        super().__init__(parent)
        self._mend = mend
        self.setWindowTitle("Check this file")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(self.fontMetrics().averageCharWidth() * 84, self.fontMetrics().lineSpacing() * 18)
        self.heading = plain_label(heading(report), "subheading")
        self.heading.setWordWrap(True)
        self.details = read_only_box("What the check found", in_words(report), bars="report")
        self.mend_button = QPushButton("Make the search index anew")
        self.mend_button.setVisible(report.is_mendable)
        self.mend_button.clicked.connect(self.mend)
        close = QPushButton("Close")
        close.setDefault(True)
        close.clicked.connect(self.accept)
        line = QHBoxLayout()
        line.addWidget(self.mend_button)
        line.addStretch(1)
        line.addWidget(close)
        column = QVBoxLayout(self)
        column.setContentsMargins(look.space(4), look.space(4), look.space(4), look.space(3))
        column.setSpacing(look.space(3))
        column.addWidget(self.heading)
        column.addWidget(self.details, 1)
        column.addLayout(line)
        close.setFocus(Qt.FocusReason.OtherFocusReason)

    def mend(self) -> None:
        """Write the search index anew; the records are untouched."""
        try:
            self._mend()
        except StoreError as error:
            self.details.setPlainText(str(error))
            return
        self.mend_button.hide()
        self.heading.setText("The search index was made anew.")
        announce(self, self.heading.text())


def check(workspace: Workspace, window: QWidget) -> None:
    """Check the open file under a progress dialog, and show what was found."""
    path, hold = workspace.store.path, workspace.queue.hold

    def work(job: object) -> Report:
        return deep_check(path, on_progress=job.tell, is_cancelled=job.is_cancelled, hold_saves=hold)  # type: ignore[attr-defined]

    try:
        report = wait_for(window, "Checking the file", work)
    except Cancelled:
        return
    except StoreError as error:
        ask.tell(window, "The file could not be checked.", str(error))
        return
    dialog = CheckDialog(report, lambda: rebuild_search(workspace.store), window)
    announce(window, dialog.heading.text())
    dialog.open()


def heading(report: Report) -> str:
    """The result in one sentence."""
    if report.is_sound:
        return "This file is sound."
    if report.is_mendable:
        return "Your records are sound. Only the search index is not, and it can be made anew."
    return "This file is damaged."


def in_words(report: Report) -> str:
    """The result whole, with what to do."""
    counted = f"{report.records:,} records, {report.deeds:,} entries of the change log, {report.documents:,} documents."
    lines = [WHAT, counted, *("", *(finding.sentence for finding in report.findings)) * bool(report.findings)]
    return "\n".join([*lines, *([] if report.is_sound or report.is_mendable else ["", KEPT])])

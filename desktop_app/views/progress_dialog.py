"""A dialog that stands while a job works: what is being done, how far it is, and Cancel."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QCloseEvent, QPalette
from PySide6.QtWidgets import QDialog, QHBoxLayout, QProgressBar, QPushButton, QVBoxLayout, QWidget

from desktop_app import look
from desktop_app.jobs import Job
from desktop_app.views.announce import announce
from desktop_app.views.plain_text import plain_label

_BAR_STEPS = 1000


class ProgressDialog(QDialog):
    """Stays open until the job has ended; closing it asks the job to stop."""

    def __init__(self, title: str, job: Job, parent: QWidget) -> None:
        super().__init__(parent)
        self._job = job
        self.setWindowTitle(title)
        self.doing = plain_label(title, "subheading")
        self.bar = QProgressBar()
        self.bar.setRange(0, _BAR_STEPS)
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName(f"Progress: {title}")
        palette = self.bar.palette()
        palette.setColor(QPalette.ColorRole.Highlight, look.current().accent)
        self.bar.setPalette(palette)
        self.stop_button = QPushButton("Cancel")
        self.stop_button.clicked.connect(self.reject)
        line = QHBoxLayout()
        line.addStretch(1)
        line.addWidget(self.stop_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(look.space(5), look.space(4), look.space(5), look.space(4))
        column.setSpacing(look.space(3))
        column.addWidget(self.doing)
        column.addWidget(self.bar)
        column.addLayout(line)
        self.setMinimumWidth(self.fontMetrics().averageCharWidth() * 60)
        job.progressed.connect(self._on_progress)
        job.done.connect(lambda _: self.done(QDialog.DialogCode.Accepted))
        job.failed.connect(lambda _: self.done(QDialog.DialogCode.Accepted))

    def _on_progress(self, share: float, doing: str) -> None:
        if doing and doing != self.doing.text() and not self._job.is_cancelled():
            self.doing.setText(doing)
            announce(self, doing)
        self.bar.setValue(round(share * _BAR_STEPS))

    def reject(self) -> None:
        """Ask the job to stop; the dialog goes when it has."""
        self._job.cancel()
        self.doing.setText("Stopping")
        self.stop_button.setEnabled(False)

    def closeEvent(self, event: QCloseEvent) -> None:
        event.ignore()
        self.reject()


def wait_for(parent: QWidget, title: str, work: Callable[[Job], Any]) -> Any:
    """Do long work on a pool thread under a progress dialog; return its value, or raise what it raised.

    Args:
        work: given the job, whose `tell` and `is_cancelled` it may call.
    """
    job, ended = Job(parent), dict[str, Any]()
    dialog = ProgressDialog(title, job, parent)
    dialog.setWindowModality(Qt.WindowModality.WindowModal)
    job.done.connect(lambda value: ended.update(value=value))
    job.failed.connect(lambda error: ended.update(error=error))
    job.start(lambda: work(job))
    dialog.exec()
    dialog.deleteLater()
    job.deleteLater()
    if "error" in ended:
        raise ended["error"]
    return ended["value"]

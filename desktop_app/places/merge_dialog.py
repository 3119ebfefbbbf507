"""Merge a colleague's copy: what would come in, what stays, what was changed on both sides; then one deed."""

from collections.abc import Callable, Iterable
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QHBoxLayout, QListWidget, QPushButton, QTabWidget, QVBoxLayout, QWidget

from db import merge_words
from db.errors import StoreError
from db.merge import Merge, preview_file
from db.merge_plan import OURS, THEIRS, Conflict
from db.snapshot import Cancelled
from desktop_app import ask, look
from desktop_app.jobs import Job
from desktop_app.views.announce import announce
from desktop_app.views.naming import name_bars
from desktop_app.views.plain_text import wrapped_label
from desktop_app.views.progress_dialog import wait_for
from desktop_app.views.two_versions import Question, TwoVersions
from desktop_app.workspace import Workspace

TITLE = "Merge a colleague’s copy"
NOTHING_NEW = "holds nothing that is not here already."
UNDOING = "One undo takes all of it back."
_MOST_SHOWN = 2_000  # lines of one list; what comes in beyond is counted


class MergeDialog(QDialog):
    """Signals:
    told: Emitted with a sentence for the status line when the copy is merged.
    """

    told = Signal(str)

    def __init__(
        self, workspace: Workspace, merge: Merge, before_writing: Callable[[], None], parent: QWidget | None = None
    ) -> None:
        """Show what a merge would do; nothing is written before the person says so.

        Args:
            merge: what was found; the dialog closes it.
            before_writing: makes the backup; where it raises a StoreError nothing is written.
        """
        super().__init__(parent)
        self._workspace, self._merge, self._before_writing = workspace, merge, before_writing
        self.setWindowTitle(TITLE)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(self.fontMetrics().averageCharWidth() * 130, self.fontMetrics().lineSpacing() * 36)
        self.words = wrapped_label(summary(merge))
        self.message = wrapped_label("", "error")
        self.message.hide()
        self.versions = TwoVersions()
        self.tabs = QTabWidget()
        self.tabs.setAccessibleName("What the copy holds")
        self._fill()
        self.merge_button = _button("Merge", self.merge)
        self.merge_button.setProperty("role", "primary")
        self.merge_button.setEnabled(not merge.is_empty)
        self.close_button = _button("Close" if merge.is_empty else "Cancel", self.reject)
        self._lay_out()

    def _fill(self) -> None:
        self._ask(self._merge.conflicts)
        for name, lines in sections(self._merge):
            if lines:
                self.tabs.addTab(_list(name, lines), f"{name} ({len(lines):,})")

    def _lay_out(self) -> None:
        line = QHBoxLayout()
        line.addWidget(wrapped_label("" if self._merge.is_empty else UNDOING, "muted"), 1)
        line.addWidget(self.close_button)
        line.addWidget(self.merge_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(look.space(4), look.space(4), look.space(4), look.space(3))
        column.setSpacing(look.space(3))
        column.addWidget(self.words)
        column.addWidget(self.tabs, 1)
        column.addWidget(self.message)
        column.addLayout(line)
        self.tabs.setVisible(self.tabs.count() > 0)
        first = self.versions.list if self._merge.conflicts else self.tabs if self.tabs.count() else self.close_button
        first.setFocus(Qt.FocusReason.OtherFocusReason)

    def _ask(self, conflicts: Iterable[Conflict]) -> None:
        """Show conflicts beside those that stand there; a choice may bring a new one about."""
        questions = [self._question(one) for one in conflicts]
        if questions and self.tabs.indexOf(self.versions) < 0:
            self.tabs.insertTab(0, self.versions, "Changed on both sides")
        self.versions.ask(questions)

    def _question(self, one: Conflict) -> Question:
        record = one.ours or one.theirs
        title = self._merge.title(record) if record else ""
        return Question(one.key, title, self._merge.version(one, OURS), self._merge.version(one, THEIRS), one.choices)

    def merge(self) -> None:
        """Make the backup and write the deed, once everything is chosen."""
        decisions = self.versions.value()
        if left := self._merge.undecided(decisions):
            self._ask(left)
            self.tabs.setCurrentWidget(self.versions)
            self.versions.go_to(left[0].key)
            count = "1 record that was" if len(left) == 1 else f"{len(left):,} records that were"
            self._say(f"Choose a version of the {count} changed on both sides.")
            return
        self._say("")
        try:
            self._before_writing()
            done = self._workspace.merge(self._merge, decisions)
        except StoreError as error:
            self._say(str(error))
            return
        sentence = self._merge.sentence(done)
        self.told.emit(sentence)
        announce(self, sentence)
        self.accept()

    def _say(self, words: str) -> None:
        """Show why it cannot go on; empty takes it back."""
        self.message.setText(words)
        self.message.setVisible(bool(words))
        announce(self, words, is_urgent=True)

    def done(self, result: int) -> None:
        self._merge.close()
        super().done(result)


def look_at(
    workspace: Workspace, before_writing: Callable[[], None], parent: QWidget, path: Path | None = None
) -> MergeDialog | None:
    """Ask for a colleague's copy and compare it, with progress and Cancel; the dialog to show, or None.

    Args:
        path: the copy, where it is known already.
    """
    path = path or ask.existing_file(parent)
    if path is None:
        return None
    if workspace.queue.steps:
        ask.tell(parent, "Some changes are still waiting to be saved.", "Merge the copy when they are saved.")
        return None

    def work(job: Job) -> Merge:
        return preview_file(
            workspace.store.path,
            path,
            on_progress=job.tell,
            is_cancelled=job.is_cancelled,
            hold_saves=workspace.queue.hold,
        )

    try:
        merge = wait_for(parent, TITLE, work)
    except Cancelled:
        return None
    except StoreError as error:
        ask.tell(parent, str(error))
        return None
    return MergeDialog(workspace, merge, before_writing, parent)


def summary(merge: Merge) -> str:
    """What merging would do, in a few sentences."""
    counts = (
        (merge_words.counted(merge.new_here), "Comes in"),
        (merge_words.counted(merge.changed_there), "Changed there, taken over"),
        (merge_words.counted(merge.removed_there), "Removed there, goes here too"),
    )
    parts = [f"{what}: {words}." for words, what in counts if words]
    if merge.conflicts:
        count = len(merge.conflicts)
        parts.append(f"Changed on both sides: {count:,}. Choose which version stands.")
    return " ".join([f"{merge.name}.", *parts]) if parts else f"{merge.name} {NOTHING_NEW}"


def sections(merge: Merge) -> list[tuple[str, list[str]]]:
    """The lists that are shown beside the conflicts: name and lines; empty ones too."""
    alike = [f"{merge.title(theirs)} (you have one like it; both are kept)" for _, theirs in merge.alike]
    stays = [merge.title(one) for one in merge.changed_here]
    stays += [f"{merge.title(one)} (removed here)" for one in merge.removed_here]
    stays += [f"{merge.title(one)} (removed on one side, but something still belongs to it)" for one in merge.kept]
    return [
        ("Comes in", [merge.title(one) for one in merge.new_here]),
        ("Changed there", [merge.title(one) for one in merge.changed_there]),
        ("Removed there", [merge.title(one) for one in merge.removed_there]),
        ("Changed here, stays", stays),
        ("Probably the same", alike),
    ]


def _list(name: str, lines: list[str]) -> QListWidget:
    shown = QListWidget()
    shown.setAccessibleName(name)
    shown.setWordWrap(True)
    shown.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    name_bars(shown, name.lower())
    shown.addItems(lines[:_MOST_SHOWN])
    if len(lines) > _MOST_SHOWN:
        shown.addItem(f"and {len(lines) - _MOST_SHOWN:,} more")
    shown.setCurrentRow(0)
    return shown


def _button(text: str, deed: Callable[[], object]) -> QPushButton:
    button = QPushButton(text)
    button.setAutoDefault(False)
    button.clicked.connect(lambda: deed())
    return button

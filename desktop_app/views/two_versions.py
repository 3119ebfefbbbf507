"""Records of which there are two versions: both side by side as plain text, and a choice for each."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from desktop_app.look import space
from desktop_app.views.naming import name_bars
from desktop_app.views.plain_text import plain_label
from desktop_app.views.read_only_box import read_only_box


@dataclass(frozen=True, slots=True)
class Question:
    """One record: what it is called, its two versions in words, and which choices there are.

    `choices` are some of "ours", "theirs" and "both".
    """

    key: str
    title: str
    ours: str
    theirs: str
    choices: tuple[str, ...]


_CHOICES = {"ours": ("Keep &mine", "Mine"), "theirs": ("Take &theirs", "Theirs"), "both": ("Keep &both", "Both")}
_OPEN = "Not chosen yet"


class TwoVersions(QWidget):
    """A list of records, the two versions of the current one, and a choice below.

    Signals:
        chosen: Emitted when a person chooses.
    """

    chosen = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._questions: list[Question] = []
        self._answers: dict[str, str] = {}
        self.list = QListWidget()
        self.list.setAccessibleName("Changed on both sides")
        self.list.setWordWrap(True)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        name_bars(self.list, "what was changed on both sides")
        self.list.currentRowChanged.connect(self._show)
        self.ours, self.theirs = read_only_box("Your version"), read_only_box("Their version")
        self._group = QButtonGroup(self)
        self.buttons = {choice: QRadioButton(words) for choice, (words, _) in _CHOICES.items()}
        for choice, button in self.buttons.items():
            self._group.addButton(button)
            button.clicked.connect(lambda _=False, choice=choice: self._choose(choice))
        self.all_ours = _button("Keep mine for the &rest", lambda: self._choose_rest("ours"))
        self.all_theirs = _button("Take theirs for the r&est", lambda: self._choose_rest("theirs"))
        self._lay_out()

    def _lay_out(self) -> None:
        versions = QHBoxLayout()
        for label, box in (("&Your version", self.ours), ("Their &version", self.theirs)):
            column = QVBoxLayout()
            head = plain_label(label, "muted")
            head.setBuddy(box)
            column.addWidget(head)
            column.addWidget(box)
            versions.addLayout(column)
        line = QHBoxLayout()
        for button in self.buttons.values():
            line.addWidget(button)
        line.addStretch(1)
        line.addWidget(self.all_ours)
        line.addWidget(self.all_theirs)
        column = QVBoxLayout(self)
        column.setSpacing(space(2))
        column.addWidget(self.list, 2)
        column.addLayout(versions, 3)
        column.addLayout(line)

    def ask(self, questions: Sequence[Question]) -> None:
        """Add questions to those that stand there."""
        known = {question.key for question in self._questions}
        new = [question for question in questions if question.key not in known]
        for question in new:
            self._questions.append(question)
            QListWidgetItem(f"{_OPEN}: {question.title}", self.list)
        if self.list.currentRow() < 0 and self._questions:
            self.list.setCurrentRow(0)

    def value(self) -> dict[str, str]:
        """What was chosen, by the questions' keys."""
        return dict(self._answers)

    def go_to(self, key: str) -> None:
        """Make the question the current one and give it the focus."""
        row = next((row for row, question in enumerate(self._questions) if question.key == key), 0)
        self.list.setCurrentRow(row)
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show(self, row: int) -> None:
        if not 0 <= row < len(self._questions):
            return
        question = self._questions[row]
        self.ours.setPlainText(question.ours)
        self.theirs.setPlainText(question.theirs)
        answer = self._answers.get(question.key)
        self._group.setExclusive(False)  # which alone allows that none is on
        for choice, button in self.buttons.items():
            button.setVisible(choice in question.choices)
            button.setChecked(choice == answer)
        self._group.setExclusive(True)

    def _choose(self, choice: str) -> None:
        self._answer(self.list.currentRow(), choice)
        self.chosen.emit()

    def _choose_rest(self, choice: str) -> None:
        for row, question in enumerate(self._questions):
            if question.key not in self._answers:
                self._answer(row, choice)
        self._show(self.list.currentRow())
        self.chosen.emit()

    def _answer(self, row: int, choice: str) -> None:
        question = self._questions[row]
        self._answers[question.key] = choice
        self.list.item(row).setText(f"{_CHOICES[choice][1]}: {question.title}")


def _button(text: str, deed: object) -> QPushButton:
    button = QPushButton(text)
    button.setAutoDefault(False)
    button.clicked.connect(deed)
    return button

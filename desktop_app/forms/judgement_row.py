"""One judgement area of the Judgements form: its label, its grades, and the wording as printed."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QFrame, QGridLayout

from db.drafts import Fields, Typed
from db.frameworks import Grade, JudgementArea
from db.records import Judgement, new_id
from desktop_app import look
from desktop_app.views.fields import LineField
from desktop_app.views.grade_buttons import GradeButtons
from desktop_app.views.labelled import Labelled
from desktop_app.views.plain_text import plain_label

GRADE, WORDING = "grade", "grade_as_printed"
_CHANGED = (
    "This was changed after you chose or typed yours. Choose the grade again, or edit the wording, to save yours."
)

Standing = dict[str, object]
"""What a row says: under GRADE the grade and the special value, under WORDING the wording as printed."""


def standing(judgement: Judgement | None) -> Standing:
    """What a judgement says; None is nothing yet."""
    if judgement is None:
        return {GRADE: (None, None), WORDING: ""}
    return {GRADE: (judgement.grade_id, judgement.special), WORDING: judgement.grade_as_printed}


@dataclass(frozen=True, slots=True)
class Wish:
    """What a person wanted a judgement to say and the file did not take, with the reason.

    Attributes:
        was: what it said in the file then; where it says something else by now nobody tries again by themselves.
    """

    wanted: Standing
    was: Standing
    sentence: str

    def typing(self) -> Fields:
        """The wish as it is kept among the drafts."""
        return {name: Typed(self.wanted[name], self.was[name], self.sentence) for name in (GRADE, WORDING)}


class JudgementRow(QFrame):
    """One judgement area: its label, its grades, and the wording as printed.

    Signals:
        changed: Emitted when a person set, cleared or reworded the judgement.
        typed: Emitted at each letter of the wording.
    """

    changed = Signal()
    typed = Signal()

    def __init__(self, area: JudgementArea, label: str, grades: Sequence[Grade]) -> None:
        super().__init__()
        self.setAccessibleName(label)
        self.area = area
        self._grades = {grade.id: grade for grade in grades}
        self.judgement: Judgement | None = None
        self.buttons = GradeButtons(label, grades)
        self.printed = LineField()
        self._block = Labelled("Wording as printed", self.printed, optional=True)
        self.printed.setAccessibleName(f"{label}: wording as printed")
        self.buttons.chosen.connect(self._on_chosen)
        self.printed.left.connect(self.changed)
        self.printed.edited.connect(self.typed)
        self._lay_out(label)

    def _lay_out(self, label: str) -> None:
        name = plain_label(f"{self.area.printed_number} {label}".strip())
        name.setWordWrap(True)
        font = QFont(name.font())
        font.setBold(True)
        name.setFont(font)
        grid = QGridLayout(self)
        grid.setContentsMargins(look.space(5) if self.area.parent_id else 0, look.space(2), 0, look.space(2))
        grid.setHorizontalSpacing(look.space(4))
        grid.addWidget(name, 0, 0)
        grid.addWidget(self.buttons, 1, 0, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(self._block, 0, 1, 2, 1, Qt.AlignmentFlag.AlignTop)
        grid.setColumnStretch(0, 5)
        grid.setColumnStretch(1, 2)

    def show_judgement(self, judgement: Judgement | None, wish: Wish | None = None) -> None:
        """Show what was decided, None for nothing yet; a wish that was refused stands in its place."""
        self.judgement = judgement
        shown = wish.wanted if wish else standing(judgement)
        self.buttons.set_value(shown[GRADE])  # type: ignore[arg-type]
        self.printed.set_value(shown[WORDING])
        self._block.set_error(wish.sentence if wish else "")

    def standing(self) -> Standing:
        """What stands in the row, saved or not."""
        return {GRADE: self.buttons.value(), WORDING: self.printed.value()}

    def wanted(self, inspection_id: str) -> Judgement | None:
        """The judgement that stands in the row; None where nothing does."""
        grade_id, special = self.buttons.value()
        printed = self.printed.value()
        if grade_id is None and special is None and not printed:
            return None
        if self.judgement is not None:
            return replace(self.judgement, grade_id=grade_id, special=special, grade_as_printed=printed)
        return Judgement(
            id=new_id(),
            inspection_id=inspection_id,
            area_id=self.area.id,
            grade_id=grade_id,
            special=special,
            grade_as_printed=printed,
        )

    def typing(self) -> Fields:
        """The wording that is being typed and not left yet."""
        if not self.printed.has_typing:
            return {}
        return {WORDING: Typed(self.printed.text(), standing(self.judgement)[WORDING])}

    def take_back(self, typing: Fields) -> Wish | None:
        """Put the wording back that was being typed; whatever cannot simply be typed on is a wish, and given back."""
        now = standing(self.judgement)
        wanted = {**now, **{name: typed.text for name, typed in typing.items()}}
        if wanted == now:
            return None
        was = {**now, **{name: typed.was for name, typed in typing.items()}}
        problem = next((typed.problem for typed in typing.values() if typed.problem), "")
        if was == now and not problem:
            self.printed.setText(str(wanted[WORDING]))
            return None
        return Wish(wanted, was, problem if was == now else _CHANGED)

    def _on_chosen(self) -> None:
        # A wording that still says another grade would contradict the choice; one with several
        # printed forms ("Requires improvement", "... to be good") is left for the person to say.
        grade_id, _ = self.buttons.value()
        grade = self._grades.get(grade_id or "")
        self.printed.set_value(grade.label if grade and _has_one_wording(grade) else "")
        self.changed.emit()


def _has_one_wording(grade: Grade) -> bool:
    wordings = {line.strip().casefold() for line in grade.variants.splitlines() if line.strip()}
    return all(grade.label.casefold() in wording for wording in wordings)

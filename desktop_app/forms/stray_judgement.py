"""A judgement on an area that the kind of its inspection does not have, as after a change of kind."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from db.edit import Edit
from db.lists import Lists
from db.records import SPECIAL_VALUES, Judgement
from desktop_app.binding import Deed
from desktop_app.views.plain_text import wrapped_label


class StrayJudgementRow(QWidget):
    """Says what was decided, and can remove it; it is never dropped by itself.

    Signals:
        edit_wanted: Emitted with a Deed when a person removes the judgement.
    """

    edit_wanted = Signal(object)

    def __init__(self, judgement: Judgement, lists: Lists) -> None:
        super().__init__()
        grade = lists.grades.get(judgement.grade_id or "")
        said = grade.label if grade else SPECIAL_VALUES.get(judgement.special or "", judgement.grade_as_printed)
        label = f"{lists.area_label(lists.areas[judgement.area_id])}: {said}"
        button = QPushButton("Remove")
        button.setAutoDefault(True)
        button.setAccessibleName(f"Remove {label}")
        edit = Edit(before=(judgement,))
        button.clicked.connect(lambda: self.edit_wanted.emit(Deed("Remove judgement", edit)))
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.addWidget(wrapped_label(label, "muted"), 1)
        line.addWidget(button)

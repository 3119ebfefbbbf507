"""A date in three short boxes that also take a whole date, typed or pasted into the first."""

import re
from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QApplication, QGridLayout, QWidget

from db.dates import PartialDate, from_parts, month_number, parse
from db.errors import BadDate
from desktop_app.look import space
from desktop_app.views.editing import STAYS, Editing, mark
from desktop_app.views.fields import LineField
from desktop_app.views.plain_text import plain_label

PARTS = {"day": 3, "month": 5, "year": 5}
"""The boxes, and how many letters each has room for."""


class _Box(LineField):
    """Signals:
    focus_left: Emitted when the focus goes to another widget, edited or not.
    """

    focus_left = Signal()
    holds_whole_date: Callable[[], bool] = staticmethod(lambda: False)
    last_box: "_Box"

    def focusNextPrevChild(self, next: bool) -> bool:
        # Who typed a whole date is done with it: Tab leaves all three boxes.
        if next and self.holds_whole_date():
            self.last_box.setFocus(Qt.FocusReason.TabFocusReason)
            return self.last_box.focusNextPrevChild(True)
        return super().focusNextPrevChild(next)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() not in STAYS:
            self.focus_left.emit()


class DateField(Editing, QWidget):
    """Day, month and year; the day, or the day and the month, may stay empty.

    `title` names the boxes to a screen reader: "Start date, day". A whole date in the first box is
    spread over the three when it is pasted or the box is left. What is wrong stays as it was typed.
    """

    def __init__(self, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._boxes = {part: _Box(self, width_letters=letters) for part, letters in PARTS.items()}
        self._day = self._boxes["day"]
        self._day_length = 0
        self._day.last_box = self._boxes["year"]
        self._day.holds_whole_date = self._holds_whole_date
        self._lay_out(title)
        self.setFocusProxy(self._day)
        for box in self._boxes.values():
            box.edited.connect(self._on_change)
            box.focus_left.connect(self._on_focus_left)
        self._day.edited.connect(self._spread_pasted)
        self._day.textChanged.connect(self._note_length)

    @property
    def boxes(self) -> tuple[QWidget, ...]:
        """The day, the month and the year."""
        return tuple(self._boxes.values())

    def value(self) -> PartialDate | None:
        """The date, None where every box is empty.

        Raises:
            BadDate: with the box to mend in `part`.
        """
        day, month, year = (box.text().strip() for box in self._boxes.values())
        if not (day or month or year):
            return None
        if not (month or year) and _may_be_whole(day):
            return parse(day)
        return from_parts(day, month, year)

    def typed(self) -> tuple[str, ...]:
        """What stands in the boxes, a date or not."""
        return tuple(box.text() for box in self._boxes.values())

    def put_typed(self, texts: Sequence[str]) -> None:
        """Put typing back that was taken with `typed`."""
        for box, text in zip(self._boxes.values(), texts, strict=True):
            box.setText(text)

    def mark_error(self, part: str = "") -> None:
        """Show which box is wrong, and give it the focus that the field gets; all of them when no part is named."""
        self.setFocusProxy(self._boxes.get(part, self._day))
        for name, box in self._boxes.items():
            mark(box, part in ("", name))

    def clear_error(self) -> None:
        self.setFocusProxy(self._day)
        for box in self._boxes.values():
            mark(box, False)

    def _lay_out(self, title: str) -> None:
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(space(2))
        grid.setVerticalSpacing(space(0.5))
        for column, (part, box) in enumerate(self._boxes.items()):
            caption = plain_label(part.capitalize(), "muted")
            caption.setBuddy(box)
            box.setAccessibleName(f"{title}, {part}")
            grid.addWidget(caption, 0, column)
            grid.addWidget(box, 1, column)
        grid.setColumnStretch(len(PARTS), 1)

    def _show(self, value: PartialDate | None) -> None:
        for part, box in self._boxes.items():
            number = getattr(value, part) if value else None
            box.set_value("" if number is None else str(number))

    def _tidy(self) -> None:
        self._spread()

    def _holds_whole_date(self) -> bool:
        text = self._day.text().strip()
        try:
            return _may_be_whole(text) and bool(parse(text))
        except BadDate:
            return False

    def _spread(self) -> None:
        if not _may_be_whole(self._day.text().strip()):
            return
        try:
            self._show(parse(self._day.text()))
        except BadDate:
            self._show_parts()

    def _show_parts(self) -> None:
        """Put the parts of what is no date into the boxes, so that the wrong one can be seen; `value` says why."""
        parts = re.split(r"[\s/.\-]+", self._day.text().strip())
        if len(parts) == len(PARTS) and len(parts[0]) <= 2:
            month = month_number(parts[1])
            parts[1] = str(month) if month else parts[1]
            for box, text in zip(self._boxes.values(), parts, strict=True):
                box.set_value(text)

    def _spread_pasted(self) -> None:
        if len(self._day.text()) - self._day_length > 1:  # no key adds two letters
            self._spread()

    def _note_length(self) -> None:
        self._day_length = len(self._day.text())

    def _on_focus_left(self) -> None:
        self._spread()
        if QApplication.focusWidget() not in self.boxes:
            self.leave()


def _may_be_whole(text: str) -> bool:
    """Whether more than a day stands in the first box."""
    return not re.fullmatch(r"\d{0,2}", text)

"""The Judgements form: exactly the areas of the framework, in printed order, one row of grades for each."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QFont
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QLabel,
    QScrollArea,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from db.edit import Edit
from db.frameworks import Grade, JudgementArea
from db.records import Judgement, new_id
from desktop_app import look
from desktop_app.binding import Deed
from desktop_app.forms.context import Context
from desktop_app.forms.stray_judgement import StrayJudgementRow
from desktop_app.views.fields import LineField
from desktop_app.views.grade_buttons import GradeButtons
from desktop_app.views.labelled import Labelled
from desktop_app.views.plain_text import plain_label, wrapped_label
from desktop_app.views.scrolling import scroll_area

MOST_PAGES = 4
UNGRADED = "This kind of inspection has no grades. What inspectors found goes under Quotes and Areas for improvement."
NO_AREAS = (
    "This framework’s judgement areas are not known. They can be added under Edit > Frameworks and lists; "
    "until then the wording can be kept as a quote."
)


@dataclass(frozen=True, slots=True)
class Wish:
    """A judgement that a person wanted (None: cleared) and the file refused, with the reason."""

    judgement: Judgement | None
    sentence: str


class JudgementRow(QFrame):
    """One judgement area: its label, its grades, and the wording as printed.

    Signals:
        changed: Emitted when a person set, cleared or reworded the judgement.
    """

    changed = Signal()

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
        shown = wish.judgement if wish else judgement
        self.buttons.set_value((shown.grade_id, shown.special) if shown else (None, None))
        self.printed.set_value(shown.grade_as_printed if shown else "")
        self._block.set_error(wish.sentence if wish else "")

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


class JudgementsForm(QWidget):
    """All judgement rows of one inspection.

    Signals:
        edit_wanted: Emitted with a Deed for each judgement that a person set, changed or cleared.
    """

    edit_wanted = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._context: Context | None = None
        self.rows: list[JudgementRow] = []
        self._pages: dict[object, tuple[QScrollArea, list[JudgementRow]]] = {}
        self._refused: dict[tuple[str, str], Wish] = {}
        self._stack = QStackedWidget()
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self._stack)

    @property
    def count(self) -> int:
        """How many areas there are to judge."""
        return len(self.rows)

    def show_judgements(self, context: Context, judgements: Sequence[Judgement]) -> None:
        """Show the judgements of an inspection; those of an area that its kind does not have stand below."""
        is_other = self._context is None or self._context.inspection.id != context.inspection.id
        self._context = context
        lists, kind_id = context.lists, context.inspection.kind_id
        areas = lists.areas_of(kind_id)
        strays = tuple(one for one in judgements if one.area_id not in {area.id for area in areas})
        grades = tuple(tuple(lists.grades_of(area)) for area in areas)
        self._show_page((kind_id, context.inspection.provider_id, tuple(areas), grades, strays), areas, strays)
        by_area = {one.area_id: one for one in judgements}
        for row in self.rows:
            if not row.printed.has_typing or is_other:
                row.show_judgement(by_area.get(row.area.id), self._refused.get((context.inspection.id, row.area.id)))
            else:
                row.judgement = by_area.get(row.area.id)

    def _show_page(self, key: object, areas: Sequence[JudgementArea], strays: Sequence[Judgement]) -> None:
        """Bring the rows of a framework to the front; those shown last are kept, for 22 take a moment to build."""
        if key not in self._pages:
            if len(self._pages) >= MOST_PAGES:
                oldest, _ = self._pages.pop(next(iter(self._pages)))
                self._stack.removeWidget(oldest)
                oldest.deleteLater()
            self._pages[key] = self._build(areas, strays)
            self._stack.addWidget(self._pages[key][0])
        self._scroll, self.rows = self._pages[key] = self._pages.pop(key)
        self._stack.setCurrentWidget(self._scroll)

    def _build(
        self, areas: Sequence[JudgementArea], strays: Sequence[Judgement]
    ) -> tuple[QScrollArea, list[JudgementRow]]:
        assert self._context is not None
        context, lists = self._context, self._context.lists
        inner = QWidget()
        column = QVBoxLayout(inner)
        column.setContentsMargins(look.space(5), look.space(3), look.space(5), look.space(4))
        column.setSpacing(look.space(1))
        self.rows = []
        group = ""
        for area in areas:
            if area.group_label != group:
                group = area.group_label
                column.addWidget(_heading(group))
            row = JudgementRow(area, lists.area_label(area, context.inspection.provider_id), lists.grades_of(area))
            row.changed.connect(partial(self._save, row))
            column.addWidget(row)
            self.rows.append(row)
        if not areas:
            words = NO_AREAS if lists.kinds[context.inspection.kind_id].is_graded else UNGRADED
            column.addWidget(wrapped_label(words, "muted"))
        self._add_strays(column, strays)
        column.addStretch(1)
        self._link_rows()
        return scroll_area(inner, "judgements"), self.rows

    def _add_strays(self, column: QVBoxLayout, strays: Sequence[Judgement]) -> None:
        assert self._context is not None
        if strays:
            column.addWidget(_heading("Judgements that this kind of inspection does not have"))
        for judgement in strays:
            row = StrayJudgementRow(judgement, self._context.lists)
            row.edit_wanted.connect(self.edit_wanted)
            column.addWidget(row)

    def _link_rows(self) -> None:
        for place, row in enumerate(self.rows):
            before = self.rows[place - 1] if place else row
            after = self.rows[place + 1] if place + 1 < len(self.rows) else row
            if after is not row:
                row.buttons.moved_on.connect(partial(self._go, after))
            row.buttons.went_down.connect(partial(self._go, after))
            row.buttons.went_up.connect(partial(self._go, before))
            row.printed.installEventFilter(self)

    def _go(self, row: JudgementRow) -> None:
        self._scroll.ensureWidgetVisible(row)
        row.buttons.setFocus(Qt.FocusReason.TabFocusReason)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.FocusIn and isinstance(watched, QWidget):
            self._scroll.ensureWidgetVisible(watched)
        return super().eventFilter(watched, event)

    def focus_first(self) -> None:
        """Put the focus on the first area that is not judged yet."""
        open_rows = [row for row in self.rows if row.judgement is None]
        if self.rows:
            self._go((open_rows or self.rows)[0])

    def go_to(self, area_id: str) -> bool:
        """Put the focus on one area; False where this kind does not have it."""
        row = next((row for row in self.rows if row.area.id == area_id), None)
        if row is not None:
            self._go(row)
        return row is not None

    def _save(self, row: JudgementRow) -> None:
        assert self._context is not None
        inspection = self._context.inspection
        wanted, known = row.wanted(inspection.id), row.judgement
        self._refused.pop((inspection.id, row.area.id), None)
        if wanted == known:
            row.show_judgement(known)
            return
        verb = "Clear" if wanted is None else "Change" if known else "Set"
        label = f"{verb} judgement: {self._context.lists.area_label(row.area, inspection.provider_id)}"
        deed = Deed(label, Edit((known,) if known else (), (wanted,) if wanted else ()))
        self.edit_wanted.emit(deed)
        if deed.error is not None:
            wish = self._refused[inspection.id, row.area.id] = Wish(wanted, str(deed.error))
            row.show_judgement(known, wish)
        else:
            self._try_refused_again()

    def _try_refused_again(self) -> None:
        assert self._context is not None
        for row in self.rows:
            if (self._context.inspection.id, row.area.id) in self._refused:
                self._save(row)
                return  # a success goes on to the next one by itself

    def leave_all(self) -> None:
        """Save a wording that is being typed, before another inspection is shown."""
        for row in self.rows:
            if row.printed.has_typing:
                row.printed.leave()

    def unsaved(self) -> list[str]:
        """The judgements that were refused, in words."""
        return ["a judgement"] * len(self._refused)


def _heading(text: str) -> QLabel:
    return plain_label(text, "subheading")

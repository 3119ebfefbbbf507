"""The Judgements form: exactly the areas of the framework, in printed order, one row of grades for each."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtWidgets import QLabel, QScrollArea, QStackedWidget, QVBoxLayout, QWidget

from db.drafts import Fields, Rows
from db.edit import Edit
from db.frameworks import JudgementArea
from db.records import Judgement
from desktop_app import look
from desktop_app.binding import Deed
from desktop_app.forms.context import Context
from desktop_app.forms.judgement_row import JudgementRow, Wish, standing
from desktop_app.forms.stash import Stash
from desktop_app.forms.stray_judgement import StrayJudgementRow
from desktop_app.views.plain_text import plain_label, wrapped_label
from desktop_app.views.scrolling import scroll_area

MOST_PAGES = 4
UNGRADED = "This kind of inspection has no grades. What inspectors found goes under Quotes and Areas for improvement."
NO_AREAS = (
    "This framework’s judgement areas are not known. They can be added under Edit > Frameworks and lists; "
    "until then the wording can be kept as a quote."
)


class JudgementsForm(QWidget):
    """All judgement rows of one inspection.

    Signals:
        edit_wanted: Emitted with a Deed for each judgement that a person set, changed or cleared.
        typed: Emitted whenever other typing is unsaved than before, see `typing`.
    """

    edit_wanted = Signal(object)
    typed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._context: Context | None = None
        self.rows: list[JudgementRow] = []
        self._pages: dict[object, tuple[QScrollArea, list[JudgementRow]]] = {}
        self._refused: dict[tuple[str, str], Wish] = {}
        self._stash = Stash()
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
        self._take_back()

    def _take_back(self) -> None:
        assert self._context is not None
        shown = self._context.inspection.id
        for row in self.rows:
            if (typing := self._stash.take(shown, row.area.id)) and (wish := row.take_back(typing)):
                self._refused[shown, row.area.id] = wish
                row.show_judgement(row.judgement, wish)

    def typing(self) -> dict[str, dict[str, Fields]]:
        """Everything that is not in the file yet: by inspection, then by judgement area."""
        found = self._stash.typing()
        for (inspection_id, area_id), wish in self._refused.items():
            found.setdefault(inspection_id, {})[area_id] = wish.typing()
        for row in self.rows:
            if self._context and (fields := row.typing()):
                rows = found.setdefault(self._context.inspection.id, {})
                rows[row.area.id] = {**rows.get(row.area.id, {}), **fields}
        return found

    def put_back(self, inspection_id: str, rows: Rows) -> Rows:
        """Take typing that was given by `typing` before, to be shown with its area; return what has no place here."""
        self._stash.put_all(inspection_id, rows)
        if self._context and self._context.inspection.id == inspection_id:
            self._take_back()
        return {}

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
            row.typed.connect(self.typed)
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
            wish = Wish(standing(wanted), standing(known), str(deed.error))
            self._refused[inspection.id, row.area.id] = wish
            row.show_judgement(known, wish)
        else:
            self._try_refused_again()
        self.typed.emit()

    def _try_refused_again(self) -> None:
        assert self._context is not None
        for row in self.rows:
            wish = self._refused.get((self._context.inspection.id, row.area.id))
            if wish is not None and wish.was == standing(row.judgement):
                self._save(row)
                return  # a success goes on to the next one by itself

    def leave_all(self) -> None:
        """Save a wording that is being typed, before another inspection is shown."""
        for row in self.rows:
            if row.printed.has_typing:
                row.printed.leave()

    def flush(self) -> None:
        """Keep what is typed as well as it can be kept, before the window closes."""
        self.leave_all()

    def unsaved(self) -> list[str]:
        """The judgements that were refused, in words."""
        return ["a judgement"] * (len(self._refused) + len(self._stash.old_fields))


def _heading(text: str) -> QLabel:
    return plain_label(text, "subheading")

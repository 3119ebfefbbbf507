"""The form for what a council makes of an area for improvement: owner, due date, status, RAG, impact and themes."""

from dataclasses import replace
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from db.drafts import Fields, Rows
from db.edit import Edit
from db.errors import RuleBroken
from db.frameworks import Theme
from db.records import AreaForImprovement
from db.theme_hints import suggest
from desktop_app import look
from desktop_app.binding import Binding, Deed
from desktop_app.forms.action import NO_STATUS
from desktop_app.forms.improvement_context import WorkContext
from desktop_app.forms.stash import Stash
from desktop_app.views.date_field import DateField
from desktop_app.views.fields import ChoiceField, TextBox
from desktop_app.views.labelled import ErrorSummary, Labelled
from desktop_app.views.name_field import NameField
from desktop_app.views.scrolling import scrolled
from desktop_app.views.suggestions import Suggestions
from desktop_app.views.themes_field import ThemesField

REASON_NEEDED = "Enter the reason for the RAG rating"
_COLUMNS = 6
_LAYOUT = (
    (("owner", 3), ("due_on", 3)),
    (("status_id", 3), ("rag_id", 3)),
    (("rag_reason", 6),),
    (("theme_ids", 6),),
    (("impact", 6),),
)
_RAG = ("rag_id", "rag_reason")


class WorkForm(QWidget):
    """Each field is saved when it is left; the RAG rating and its reason only together.

    Signals:
        edit_wanted: Emitted with a Deed when a field was left with another value.
        typed: Emitted whenever other typing is unsaved than before, see `typing`.
    """

    edit_wanted = Signal(object)
    typed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.area: AreaForImprovement | None = None
        self.stash = Stash()
        self.blocks = _blocks()
        self.binding = Binding(self.blocks, self)
        self.summary = ErrorSummary()
        self.suggestions = Suggestions("Suggested by its words:")
        self.suggestions.taken.connect(self._take_theme)
        self._themes: dict[str, Theme] = {}
        self.binding.left.connect(self._on_left)
        self.binding.problems_changed.connect(lambda: self.summary.set_errors(self.binding.listed_problems()))
        self.binding.problems_changed.connect(self.typed)
        self.binding.edited.connect(self.typed)
        self._lay_out()

    def _lay_out(self) -> None:
        inner = QWidget()
        grid = QGridLayout(inner)
        grid.setContentsMargins(look.space(5), look.space(2), look.space(5), look.space(3))
        grid.setHorizontalSpacing(look.space(4))
        grid.setVerticalSpacing(look.space(2))
        grid.addWidget(self.summary, 0, 0, 1, _COLUMNS)
        for row, cells in enumerate(_LAYOUT, 1):
            column = 0
            for name, span in cells:
                grid.addWidget(self.blocks[name], row * 2, column, 1, span, Qt.AlignmentFlag.AlignTop)
                column += span
            if cells[0][0] == "theme_ids":
                grid.addWidget(self.suggestions, row * 2 + 1, 0, 1, _COLUMNS)
        for column in range(_COLUMNS):
            grid.setColumnStretch(column, 1)
        grid.setRowStretch(len(_LAYOUT) * 2 + 2, 1)
        scrolled(inner, self, "owner, dates and status")

    def show_area(self, context: WorkContext) -> None:
        """Show an area; typing that was refused stays with the area that it was typed for."""
        area = context.area
        assert area is not None
        is_other = self.area is None or self.area.id != area.id
        if is_other:
            self._put_away()
        self.area = area
        self._offer(context)
        self.binding.show(_values(area), anew=is_other)
        self._suggest()
        if is_other:
            self._take_back()

    def clear(self) -> None:
        """Show no area; what is unsaved of the last one is kept for it."""
        self._put_away()
        self.area = None

    def _offer(self, context: WorkContext) -> None:
        lists, fields = context.lists, self.binding.field
        fields("owner").set_names(context.owners)
        statuses = [(one.id, one.label) for one in lists.statuses.values()]
        fields("status_id").set_choices([(None, NO_STATUS), *statuses])
        ratings = [
            (one.id, f"{one.label}: {one.meaning}" if one.meaning else one.label) for one in lists.rag_ratings.values()
        ]
        fields("rag_id").set_choices([(None, "Not rated"), *ratings])
        fields("theme_ids").set_themes({theme.id: theme.name for theme in lists.themes.values()})
        self._themes = lists.themes

    def _suggest(self) -> None:
        assert self.area is not None
        found = suggest(self.area.text, list(self._themes.values()))
        self.suggestions.offer([(one.id, one.name) for one in found if one.id not in self.area.theme_ids])

    def _take_theme(self, theme_id: str) -> None:
        if self.area is not None:
            self.leave_all()
            self._save("theme_ids", replace(self.area, theme_ids=(*self.area.theme_ids, theme_id)))
            self.binding.field("theme_ids").setFocus(Qt.FocusReason.OtherFocusReason)

    def _put_away(self) -> None:
        if self.area is not None:
            self.stash.put(self.area.id, self.area.id, self._unsaved_fields())

    def _take_back(self) -> None:
        assert self.area is not None
        self.binding.take_back(self.stash.take(self.area.id, self.area.id), _values(self.area))

    def _unsaved_fields(self) -> Fields:
        return self.binding.unsaved(_values(self.area)) if self.area else {}

    def typing(self) -> dict[str, dict[str, Fields]]:
        """Everything that is not in the file yet: by area, then by its id once more, then by field."""
        found = self.stash.typing()
        if self.area and (fields := self._unsaved_fields()):
            found[self.area.id] = {self.area.id: fields}
        return found

    def put_back(self, area_id: str, rows: Rows) -> Rows:
        """Take typing that was given by `typing` before, to be shown with its area; return what has no place."""
        self.stash.put_all(area_id, rows)
        if self.area and self.area.id == area_id:
            self._take_back()
        return {}

    def leave_all(self) -> None:
        """Save what is being typed, before another area is shown."""
        self.binding.leave_all()

    def flush(self) -> None:
        """Keep what is typed as well as it can be kept, before the window closes."""
        self.leave_all()

    def unsaved(self) -> list[str]:
        """The fields that were refused, of this area and of others, in words."""
        names = [*self.binding.problems, *self.stash.old_fields]
        return [f"{self.blocks[name].name} of an area for improvement" for name in names if name in self.blocks]

    def focus_first(self) -> None:
        """Put the focus where work starts."""
        self.binding.field("owner").setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_left(self, name: str) -> None:
        if self.area is None:
            return
        value, is_read = self.binding.read(name)
        if not is_read:
            return
        if name in _RAG:
            self._save_rating(name)
            return
        self.binding.accept(name)
        self._save(name, replace(self.area, **{name: value}))

    def _save_rating(self, name: str) -> None:
        """Save the rating with its reason; without one the reason is asked for when it is left."""
        assert self.area is not None
        rating, reason = (self.binding.field(each).value() for each in _RAG)
        if rating and not reason.strip():
            for each in _RAG:
                self.binding.field(each).keep_typing()
            if name == "rag_reason" or not self._is_going_to_reason():
                self.binding.refuse("rag_reason", REASON_NEEDED)
            return
        for each in _RAG:
            self.binding.accept(each)
            self.binding.field(each).clear_typing()
        self._save(name, replace(self.area, rag_id=rating, rag_reason=reason))

    def _is_going_to_reason(self) -> bool:
        """Whether a person may well be about to type it: the focus is still in the pair."""
        return any(self.binding.field(each).hasFocus() for each in _RAG)

    def _save(self, name: str, changed: AreaForImprovement) -> None:
        assert self.area is not None
        if changed == self.area:
            return
        label = f"Change {self.blocks[name].name_in_deed} of area for improvement"
        deed = Deed(label, Edit((self.area,), (changed,)))
        self.edit_wanted.emit(deed)
        if deed.error:
            field = deed.error.field if isinstance(deed.error, RuleBroken) else ""
            self.binding.field(name).keep_typing()
            self.binding.refuse(field if field in self.blocks else name, str(deed.error))


def _blocks() -> dict[str, Labelled]:
    reason = "Needed with a RAG rating, and saved together with it."
    return {
        "owner": Labelled("&Owner, a post", NameField(), optional=True),
        "due_on": Labelled("D&ue date", DateField("Due date"), optional=True),
        "status_id": Labelled("&Status", ChoiceField(width_letters=12), optional=True),
        "rag_id": Labelled("RA&G rating", ChoiceField(width_letters=12), optional=True),
        "rag_reason": Labelled("&Reason for the RAG rating", TextBox(rows=1, most_rows=4), hint=reason),
        "theme_ids": Labelled("&Themes", ThemesField(), optional=True),
        "impact": Labelled("I&mpact", TextBox(rows=2, most_rows=6), optional=True),
    }


def _values(area: AreaForImprovement) -> dict[str, Any]:
    return {name: getattr(area, name) for name in (name for row in _LAYOUT for name, _ in row)}

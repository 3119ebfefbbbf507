"""The Details form: the dates, people and notes of one inspection, each saved when its field is left."""

from dataclasses import replace
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from db.dates import PartialDate
from db.drafts import Fields, Rows
from db.edit import Edit
from db.errors import RuleBroken
from db.records import Inspection, Judgement
from desktop_app import look
from desktop_app.binding import Binding, Deed
from desktop_app.forms.context import Context
from desktop_app.forms.stash import Stash
from desktop_app.views.date_field import DateField
from desktop_app.views.fields import ChoiceField, LineField, TextBox
from desktop_app.views.labelled import ErrorSummary, Labelled
from desktop_app.views.name_field import NameField
from desktop_app.views.scrolling import scrolled

_LAYOUT = (
    (("provider_id", 1), ("kind_id", 1)),
    (("started_on", 1), ("ended_on", 1)),
    (("second_started_on", 1), ("second_ended_on", 1)),
    (("published_on", 1), ("received_on", 1)),
    (("dates_as_printed", 1), ("published_as_printed", 1)),
    (("title", 2),),
    (("lead_inspector", 1), ("theme", 1)),
    (("team", 1), ("notes", 1)),
    (("report_address", 2),),
)


class DetailsForm(QWidget):
    """Everything about an inspection that is no judgement, quote, area for improvement or document.

    Signals:
        edit_wanted: Emitted with a Deed when a field was left with another value.
        typed: Emitted whenever other typing is unsaved than before, see `typing`.
    """

    edit_wanted = Signal(object)
    typed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.context: Context | None = None
        self._judgements: tuple[Judgement, ...] = ()
        self._stash = Stash()
        self.blocks = _blocks()
        self.binding = Binding(self.blocks, self)
        self.summary = ErrorSummary()
        self.binding.left.connect(self._on_left)
        self.binding.problems_changed.connect(lambda: self.summary.set_errors(self.binding.listed_problems()))
        self.binding.problems_changed.connect(self.typed)
        self.binding.edited.connect(self.typed)
        self._lay_out()

    def _lay_out(self) -> None:
        inner = QWidget()
        grid = QGridLayout(inner)
        grid.setContentsMargins(look.space(5), look.space(4), look.space(5), look.space(4))
        grid.setHorizontalSpacing(look.space(5))
        grid.setVerticalSpacing(look.space(3))
        grid.addWidget(self.summary, 0, 0, 1, 2)
        for row, cells in enumerate(_LAYOUT, 1):
            column = 0
            for name, span in cells:
                grid.addWidget(self.blocks[name], row, column, 1, span, Qt.AlignmentFlag.AlignTop)
                column += span
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(1, 1)
        grid.setRowStretch(len(_LAYOUT) + 1, 1)
        scrolled(inner, self, "details")

    def show_inspection(self, context: Context, judgements: tuple[Judgement, ...]) -> None:
        """Show an inspection; typing that was refused stays with the inspection that it was typed for."""
        is_other = self.context is None or self.context.inspection.id != context.inspection.id
        if is_other and self.context:
            shown = self.context.inspection.id
            self._stash.put(shown, shown, self._unsaved_fields())
        self.context = context
        self._judgements = judgements
        self._offer(context)
        self.binding.show(_values(context.inspection), anew=is_other)
        if is_other:
            self._take_back()

    def _take_back(self) -> None:
        assert self.context is not None
        inspection = self.context.inspection
        self.binding.take_back(self._stash.take(inspection.id, inspection.id), _values(inspection))

    def _unsaved_fields(self) -> Fields:
        return self.binding.unsaved(_values(self.context.inspection)) if self.context else {}

    def typing(self) -> dict[str, dict[str, Fields]]:
        """Everything that is not in the file yet: by inspection, then by its id once more, then by field."""
        found = self._stash.typing()
        if self.context and (fields := self._unsaved_fields()):
            shown = self.context.inspection.id
            found[shown] = {shown: fields}
        return found

    def put_back(self, inspection_id: str, rows: Rows) -> Rows:
        """Take typing that was given by `typing` before, to be shown with its inspection; return what has no place."""
        self._stash.put_all(inspection_id, rows)
        if self.context and self.context.inspection.id == inspection_id:
            self._take_back()
        return {}

    def leave_all(self) -> None:
        """Save what is being typed, before another inspection is shown."""
        self.binding.leave_all()

    def unsaved(self) -> list[str]:
        """The fields that were refused, of this inspection and of others, in words."""
        names = [*self.binding.problems, *self._stash.old_fields]
        return [f"{self.blocks[name].name} of an inspection" for name in names if name in self.blocks]

    def flush(self) -> None:
        """Keep what is typed as well as it can be kept, before the window closes."""
        self.leave_all()

    def _offer(self, context: Context) -> None:
        lists, inspection = context.lists, context.inspection
        kinds = lists.kinds_on(inspection.started_on)
        if lists.kinds[inspection.kind_id] not in kinds:
            kinds = [lists.kinds[inspection.kind_id], *kinds]
        labels = lists.kind_labels(kinds)
        self.binding.field("kind_id").set_choices([(kind.id, name) for kind, name in zip(kinds, labels, strict=True)])
        self.binding.field("provider_id").set_choices([(key, one.name) for key, one in lists.providers.items()])
        framework = lists.framework_of(inspection.kind_id)
        published = [theme.label for theme in lists.event_themes.values() if theme.framework_id == framework.id]
        self.binding.field("theme").set_names(published)

    def _on_left(self, name: str) -> None:
        assert self.context is not None
        value, is_read = self.binding.read(name)
        if not is_read:
            return
        inspection = self.context.inspection
        changed = replace(inspection, **{name: value})
        if sentence := _out_of_order(changed, name):
            self.binding.refuse(name, sentence)
            return
        self.binding.accept(name)
        if changed != inspection:
            self._save(name, inspection, changed)

    def _save(self, name: str, inspection: Inspection, changed: Inspection) -> None:
        edit = self._with_judgements(inspection, changed)
        deed = Deed(f"Change {self.blocks[name].name_in_deed}", edit)
        self.edit_wanted.emit(deed)
        if deed.error:
            field = deed.error.field if isinstance(deed.error, RuleBroken) else ""
            self.binding.field(name).keep_typing()  # also where the rule names another field
            self.binding.refuse(field if field in self.blocks else name, str(deed.error))
        else:
            self._try_refused_again()

    def _try_refused_again(self) -> None:
        for name in [name for name in self.binding.problems if name.endswith("_on")]:
            self.binding.accept(name)
            self._on_left(name)

    def _with_judgements(self, inspection: Inspection, changed: Inspection) -> Edit:
        """Another kind takes the judgements along: to the area of the same code, with the grade of the same code."""
        assert self.context is not None
        if inspection.kind_id == changed.kind_id:
            return Edit((inspection,), (changed,))
        moved = [(one, moved_judgement(one, changed.kind_id, self.context)) for one in self._judgements]
        pairs = [(old, new) for old, new in moved if old != new]
        return Edit((inspection, *(old for old, _ in pairs)), (changed, *(new for _, new in pairs)))


def moved_judgement(judgement: Judgement, kind_id: str, context: Context) -> Judgement:
    """A judgement under another kind; one that has no area of the same code there stays as it is."""
    lists = context.lists
    old = lists.areas[judgement.area_id]
    area = next((area for area in lists.areas_of(kind_id) if area.code == old.code), None)
    if area is None or area.id == old.id:
        return judgement
    if judgement.grade_id is None:
        return replace(judgement, area_id=area.id)
    code = lists.grades[judgement.grade_id].code
    grade = next((grade for grade in lists.grades_of(area) if grade.code == code), None)
    return replace(judgement, area_id=area.id, grade_id=grade.id) if grade else judgement


def _blocks() -> dict[str, Labelled]:
    return {
        "provider_id": Labelled("&Provider", ChoiceField()),
        "kind_id": Labelled("&Kind", ChoiceField()),
        "started_on": Labelled("&Start date", DateField("Start date"), optional=True),
        "ended_on": Labelled("E&nd date", DateField("End date"), optional=True),
        "second_started_on": Labelled("Se&cond period start", DateField("Second period start"), optional=True),
        "second_ended_on": Labelled("Second perio&d end", DateField("Second period end"), optional=True),
        "published_on": Labelled("Pu&blished", DateField("Published"), optional=True),
        "received_on": Labelled("Report &received", DateField("Report received"), optional=True),
        "dates_as_printed": Labelled("D&ates as printed", LineField(), optional=True),
        "published_as_printed": Labelled("P&ublication as printed", LineField(), optional=True),
        "title": Labelled("&Title", LineField(), optional=True),
        "lead_inspector": Labelled("&Lead inspector", LineField(), optional=True),
        "theme": Labelled("Theme &or focus", NameField(), optional=True),
        "team": Labelled("Tea&m, one name a line", TextBox(rows=3, most_rows=10), optional=True),
        "notes": Labelled("&Your notes: nothing about a child", TextBox(rows=3, most_rows=10), optional=True),
        "report_address": Labelled("&Web address of the report", LineField(), optional=True),
    }


def _values(inspection: Inspection) -> dict[str, Any]:
    return {name: getattr(inspection, name) for name in (name for row in _LAYOUT for name, _ in row)}


def _out_of_order(inspection: Inspection, name: str) -> str:
    """The sentence for an end before its start, empty where they are in order or not both known."""
    for first, last, words in (
        ("started_on", "ended_on", "end date"),
        ("second_started_on", "second_ended_on", "end of the second period"),
        ("ended_on", "second_started_on", "start of the second period"),
    ):
        start: PartialDate | None = getattr(inspection, first)
        end: PartialDate | None = getattr(inspection, last)
        if name in (first, last) and start and end and end.is_before(start):
            if name == first:
                return f"The {_words_of(first)} must be the same as or before {end}"
            return f"The {words} must be the same as or after {start}"
    return ""


def _words_of(name: str) -> str:
    return {"started_on": "start date", "ended_on": "end date"}.get(name, "start of the second period")

"""The forms of the Improvement place, and what was typed into them and is not saved yet."""

from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from db.drafts import NEW, Rows, Typing
from db.improvement_records import Action, CommitteeReport, Evidence, ProgressNote
from db.records import AreaForImprovement, Quote, Record
from desktop_app.forms import action, improvement_rows
from desktop_app.forms.action import ActionForm
from desktop_app.forms.improvement_rows import CommitteeReportForm, EvidenceForm, ProgressNoteForm
from desktop_app.forms.improvement_work import WorkForm
from desktop_app.forms.rows_tab import RowsTab
from desktop_app.workspace import Workspace

FORMS = ("work", "actions", "notes", "evidence", "committees")
CLASSES: dict[str, type[Record]] = {
    "actions": Action,
    "notes": ProgressNote,
    "evidence": Evidence,
    "committees": CommitteeReport,
}


class ImprovementForms(QWidget):
    """Signals:
    typed: Emitted whenever other typing is unsaved than before.
    problems_changed: Emitted with how many fields are refused.
    """

    typed = Signal()
    problems_changed = Signal(int)

    def __init__(self, workspace: Workspace, parent: QWidget) -> None:
        super().__init__(parent)
        self._workspace = workspace
        self.subject: AreaForImprovement | Quote | None = None
        self.work = WorkForm()
        self.action_rows = RowsTab(ActionForm(), action.card_of, "No actions yet.")
        self.notes = RowsTab(ProgressNoteForm(), improvement_rows.note_card, "No progress notes yet.")
        self.evidence = RowsTab(EvidenceForm(), improvement_rows.evidence_card, "No evidence yet.")
        nowhere = "Not reported to a committee yet."
        self.committees = RowsTab(CommitteeReportForm(), improvement_rows.committee_card, nowhere)
        self.rows = (self.action_rows, self.notes, self.evidence, self.committees)
        for form in self._built().values():
            form.typed.connect(self.typed)
            form.binding.left.connect(self.typed)
            form.binding.problems_changed.connect(self._count_problems)

    def show_subject(self, subject: AreaForImprovement | Quote | None) -> None:
        """Show an area for improvement, or a quote with its actions, as the file has it now."""
        raise NotImplementedError

    def fill(self, name: str) -> None:
        """Have one of FORMS show the subject, whether it is seen or not."""
        raise NotImplementedError

    def _built(self) -> dict[str, Any]:
        return dict(zip(FORMS, (self.work, *(tab.form for tab in self.rows)), strict=True))

    def _count_problems(self) -> None:
        self.problems_changed.emit(sum(len(form.binding.problems) for form in self._built().values()))

    @property
    def is_row_begun(self) -> bool:
        """Whether a new row has words that are not added yet."""
        return any(tab.form.is_begun for tab in self.rows)

    def leave_fields(self) -> None:
        """Save what is being typed."""
        for form in self._built().values():
            form.leave_all()

    def unsaved(self) -> list[str]:
        """What is not in the file, in words."""
        return [words for form in self._built().values() for words in form.unsaved()]

    def typing(self) -> Typing:
        """Everything that a person typed and that is not in the file yet, by what it hangs on."""
        found: dict[str, dict[str, Rows]] = {}
        for name, form in self._built().items():
            for key, rows in form.typing().items():
                found.setdefault(key, {})[name] = rows
        return found

    def put_back(self, typing: Typing) -> Typing:
        """Put typing back that was given by `typing`; return what has no place here."""
        left: dict[str, dict[str, Rows]] = {}
        store, forms = self._workspace.store, self._built()
        for key, by_form in typing.items():
            is_there = store.get(AreaForImprovement, key) or store.get(Quote, key)
            for name, rows in by_form.items():
                fits = is_there is not None and name in forms
                known = {row: fields for row, fields in rows.items() if fits and self._has_place(name, row)}
                gone = {row: fields for row, fields in rows.items() if row not in known}
                remains = {**gone, **(forms[name].put_back(key, known) if known else {})}
                if remains:
                    left.setdefault(key, {})[name] = remains
        return left

    def _has_place(self, name: str, row_id: str) -> bool:
        return name == "work" or row_id == NEW or self._workspace.store.get(CLASSES[name], row_id) is not None

    def flush(self) -> list[str]:
        """Save everything that can be saved, drafts too; return what cannot, in words."""
        self.leave_fields()
        store, shown = self._workspace.store, self.subject
        for key, forms in self.typing().items():
            subject = store.get(AreaForImprovement, key) or store.get(Quote, key)
            if subject is not None:
                self.show_subject(subject)
                for name in forms:
                    self.fill(name)
                    (self.work if name == "work" else self.rows[FORMS.index(name) - 1]).flush()
        if shown is not None:
            self.show_subject(shown)
        return self.unsaved()

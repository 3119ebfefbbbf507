"""The action plan on paper: which areas for improvement, in which form, marked or not, and where; or to the printer."""

from collections.abc import Callable, Sequence
from contextlib import closing
from datetime import date
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from db import action_plan
from db.action_plan import ActionPlan
from db.child_scan import look_through
from db.errors import StoreError
from db.lists import Lists
from db.records import AreaForImprovement
from db.safe_content import MARKINGS
from db.snapshot import Cancelled
from db.store import Store
from desktop_app import ask, look
from desktop_app.exchange import paper_file
from desktop_app.jobs import Job
from desktop_app.places.dialog_parts import button, in_line, may_be_read
from desktop_app.views.announce import announce
from desktop_app.views.fields import ChoiceField, LineField
from desktop_app.views.labelled import ErrorSummary, Labelled
from desktop_app.views.plain_text import wrapped_label
from desktop_app.views.progress_dialog import wait_for
from desktop_app.words import size_in_words
from desktop_app.workspace import Workspace

WHAT_IT_HOLDS = (
    "The inspectors’ words, and around them what this file holds: owners, dates, status, actions, progress, evidence. "
    "It is for your council: owners and progress never go out in a safe copy."
)
FORMS = {"docx": "Word document (.docx)", "xlsx": "Excel workbook (.xlsx)", "pdf": "PDF, for reading and print (.pdf)"}


class ActionPlanDialog(QDialog):
    """Signals:
    told: Emitted with a sentence for the status line when the plan is written.
    """

    told = Signal(str)

    def __init__(self, workspace: Workspace, shown: Sequence[str], parent: QWidget | None = None) -> None:
        """Offer the plan of the areas for improvement that are shown, by their ids, and of all of them."""
        super().__init__(parent)
        self._workspace, self._shown = workspace, tuple(shown)
        self._source = workspace.store.path
        self._may_replace: Path | None = None
        self._written: Path | None = None
        self.setWindowTitle("Action plan")
        self.setAccessibleDescription(WHAT_IT_HOLDS)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._make_fields()
        self._lay_out()
        self.setMinimumWidth(self.fontMetrics().averageCharWidth() * 90)
        self.which.setFocus(Qt.FocusReason.OtherFocusReason)

    def _make_fields(self) -> None:
        everything = self._workspace.store.count(AreaForImprovement)
        self.which = ChoiceField(width_letters=40)
        choices: list[tuple[str | None, str]] = [("all", f"All areas for improvement ({everything:,})")]
        if 0 < len(self._shown) < everything:
            choices.insert(0, ("shown", f"Those that the list shows ({len(self._shown):,})"))
        self.which.set_choices(choices)
        self.which.set_value(choices[0][0])
        self.form = ChoiceField(width_letters=30)
        self.form.set_choices(list(FORMS.items()))
        self.form.set_value("docx")
        self.form.currentIndexChanged.connect(self._on_form)
        self.marking = ChoiceField()
        self.marking.set_choices([("", "None"), *((one, one) for one in MARKINGS)])
        self.marking.set_value("")
        self.where = LineField()
        self.where.set_value(str(self._free_name()))

    def _lay_out(self) -> None:
        self.summary = ErrorSummary()
        self.where_block = Labelled("&Where", self.where, "A name alone stands beside your file.")
        self.print_button = button("&Print…", self.print_out)
        self.write_button = button("Write it", self.write, is_primary=True)
        self.write_button.setDefault(True)
        column = self._column = QVBoxLayout(self)
        column.setContentsMargins(look.space(6), look.space(5), look.space(6), look.space(5))
        column.setSpacing(look.space(3))
        column.addWidget(self.summary)
        column.addWidget(wrapped_label(WHAT_IT_HOLDS, "muted"))
        column.addWidget(Labelled("W&hich", self.which))
        column.addLayout(in_line(Labelled("&Form", self.form), Labelled("&Marking", self.marking), shares=(2, 1)))
        column.addLayout(in_line(self.where_block, button("&Choose where…", self.choose_where), shares=(1, 0)))
        self.said = wrapped_label("")
        self.said.hide()
        column.addWidget(self.said)
        self.open_button, self.cancel_button = button("&Open it", self.open_it), button("Cancel", self.reject)
        self.open_button.hide()
        line = QHBoxLayout()
        line.addWidget(self.print_button)
        line.addStretch(1)
        line.addWidget(self.cancel_button)
        line.addWidget(self.open_button)
        line.addWidget(self.write_button)
        column.addLayout(line)

    def _ending(self) -> str:
        return f".{self.form.value() or 'docx'}"

    def _free_name(self) -> Path:
        """A name beside the file that nothing has yet."""
        return paper_file.free_name(self._source, f"{self._source.stem}-action-plan", self._ending())

    def _on_form(self) -> None:
        """A name with the ending of another form gets this one's."""
        path = Path(self.where.value())
        if path.suffix.removeprefix(".") in FORMS:
            self.where.set_value(str(path.with_suffix(self._ending())))

    def choose_where(self) -> None:
        """Ask where by the system's own dialog, which asks before a file is replaced."""
        if path := ask.save_document_as(self, self.where.value() or str(self._free_name())):
            self._may_replace = path
            self.where.set_value(str(path))

    def write(self) -> None:
        """Write the plan to the place that is entered, after asking where something stands there."""
        self._show_error("")
        try:
            target = self._target()
            paper_file.check_place(target, (self._source,), replace=True)
            is_taken = target.exists()
        except (StoreError, OSError, ValueError) as error:
            sentence = str(error) if isinstance(error, StoreError) else "Enter a name that this computer allows."
            self._show_error(sentence)
            return
        details = "A file of this name stands there already."
        question = f"Replace {target.name}?"
        if not is_taken or target == self._may_replace or ask.whether(self, question, details, "Replace it"):
            self._write(target, is_taken)

    def _write(self, target: Path, is_taken: bool) -> None:
        plan = self._read()
        if plan is None or not self._may_be_read(plan):
            return
        form, marking = self.form.value() or "docx", self.marking.value() or ""
        work = partial(_write, plan, target, form, marking, self._source, is_taken)
        try:
            size_bytes = wait_for(self, "Writing the action plan", work)
        except Cancelled as error:
            announce(self, str(error))
        except StoreError as error:
            self._show_error(str(error))
        else:
            sentence = f"Action plan written: {target.name}, {size_in_words(size_bytes)}, in {target.parent}"
            self._written = target
            self.said.setText(f"{sentence}.")
            for widget in (self.said, self.open_button):
                widget.show()
            self.cancel_button.setText("Close")
            self._make_room()
            self.open_button.setFocus(Qt.FocusReason.OtherFocusReason)
            self.told.emit(sentence)
            announce(self, sentence)

    def open_it(self) -> None:
        """Show the plan in the program that this computer has for it."""
        if self._written and not QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._written))):
            ask.tell(self, f"No program opened {self._written.name}.", f"It is in {self._written.parent}.")

    def _read(self) -> ActionPlan | None:
        """The plan that is asked for; None where a person cancelled or the file cannot be read."""
        ids = self._shown if self.which.value() == "shown" else None
        try:
            plan: ActionPlan = wait_for(self, "Reading the action plan", lambda _: _plan_of(self._source, ids))
        except Cancelled:
            return None
        except StoreError as error:
            self._show_error(str(error))
            return None
        return plan

    def _may_be_read(self, plan: ActionPlan) -> bool:
        hits = [
            f"{found.kind.value} in {line.number}: {found.context}"
            for line in plan.lines
            for text in line.texts
            for found in look_through(text)
        ]
        return may_be_read(self, "plan", hits, "Go on all the same")

    def print_out(self) -> None:
        """Ask for the printer, and print."""
        from desktop_app.views import plan_document

        plan = self._read()
        if plan is None or not self._may_be_read(plan):
            return
        if printer := ask.printer(self, plan_document.lay_out_page):
            plan_document.put_on(plan, printer, self.marking.value() or "")
            self.told.emit("The action plan was sent to the printer.")
            self.accept()

    def _target(self) -> Path:
        return paper_file.entered(self.where.value(), self._source, self._ending(), "durham-action-plan.docx")

    def _show_error(self, sentence: str) -> None:
        self.where_block.set_error(sentence)
        self.summary.set_errors([(sentence, self.where)] if sentence else [])
        if sentence:
            self.where.setFocus(Qt.FocusReason.OtherFocusReason)
            self._make_room()

    def _make_room(self) -> None:
        """Grow to what is shown by now, so that nothing is squeezed."""
        self._column.activate()
        self.resize(self.width(), max(self._column.totalHeightForWidth(self.width()), self.height()))


def _plan_of(path: Path, ids: Sequence[str] | None) -> ActionPlan:
    """Read the plan from the file itself, away from the window."""
    with closing(Store.open(path, is_read_only=True)) as store:
        wanted = [area.id for area in store.each(AreaForImprovement)] if ids is None else ids
        return action_plan.read(store, Lists.read(store), wanted, date.today())


def _write(plan: ActionPlan, target: Path, form: str, marking: str, source: Path, is_taken: bool, job: Job) -> int:
    step = _steps(job, len(plan.lines))
    content = _content(plan, form, marking, step)
    paper_file.write(content, target, (source,), replace=is_taken, is_cancelled=job.is_cancelled)
    return len(content)


def _steps(job: Job, total: int) -> Callable[[], None]:
    """What a writer calls after every line."""
    done = 0

    def step() -> None:
        nonlocal done
        done += 1
        if job.is_cancelled():
            raise Cancelled
        job.tell(min(done / max(total, 1), 1.0), "Writing the action plan")

    return step


def _content(plan: ActionPlan, form: str, marking: str, step: Callable[[], None]) -> bytes:
    if form == "pdf":
        from desktop_app.views import plan_document

        return plan_document.pdf(plan, marking)
    if form == "xlsx":
        from desktop_app.exchange import action_plan_xlsx

        return action_plan_xlsx.workbook(plan, marking, step)
    from desktop_app.exchange import action_plan_docx  # python-docx is loaded only by who writes Word

    return action_plan_docx.document(plan, marking, step)

"""A committee paper on one inspection: pick sections and quotes, say where, write it with progress and Cancel."""

from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QDialog, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from db.errors import StoreError
from db.records import Inspection
from db.safe_content import MARKINGS
from db.snapshot import Cancelled
from desktop_app import ask, look
from desktop_app.exchange import briefing, briefing_file, briefing_material, briefing_scan, paper_file
from desktop_app.exchange.briefing_values import SECTIONS, Paper
from desktop_app.exchange.paper_file import NoTemplate
from desktop_app.jobs import Job
from desktop_app.places.dialog_parts import button, in_line, may_be_read, page
from desktop_app.views.announce import announce
from desktop_app.views.check_list import CheckList
from desktop_app.views.fields import ChoiceField, LineField
from desktop_app.views.labelled import ErrorSummary, Labelled
from desktop_app.views.plain_text import plain_label, wrapped_label
from desktop_app.views.progress_dialog import wait_for
from desktop_app.words import size_in_words
from desktop_app.workspace import Workspace

TITLE = "Committee paper"
WHAT_IT_HOLDS = (
    "The paper says only what this file holds; what it does not know is marked “To be written by the author”. "
    "Notes stay out of it."
)
TEMPLATE_HINT = "The paper takes the place of a line that says [inspection paper], else it stands at the end."
PRINTING = "The web page is made for print: open it, then press Ctrl+P in the browser."
_ROWS = 8  # so that the dialog fits the screen of a small laptop
_FORMS = (("docx", "Word document (.docx)"), ("html", "Web page, for reading and print (.html)"))


class BriefingDialog(QDialog):
    """Signals:
    told: Emitted with a sentence for the status line when the paper is written.
    template_used: Emitted with the path of the template that a paper was written with, empty for none.
    """

    told = Signal(str)
    template_used = Signal(str)

    def __init__(
        self, workspace: Workspace, inspection: Inspection, parent: QWidget | None = None, *, template: str = ""
    ) -> None:
        """Show what a paper on this inspection can hold.

        Args:
            template: the path that is offered, such as the one used last.
        """
        super().__init__(parent)
        self._source = workspace.store.path
        self._material = briefing_material.read(workspace.store, inspection)
        self._may_replace: Path | None = None
        self._written: Path | None = None
        self.setWindowTitle(TITLE)
        self.setAccessibleDescription(WHAT_IT_HOLDS)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._make_fields(template)
        self._pages = QStackedWidget()
        self._pages.addWidget(self._make_form())
        self._pages.addWidget(self._make_result())
        column = self._column = QVBoxLayout(self)
        column.setContentsMargins(look.space(6), look.space(5), look.space(6), look.space(5))
        column.addWidget(self._pages)
        self.setMinimumWidth(self.fontMetrics().averageCharWidth() * 124)
        self.sections.setFocus(Qt.FocusReason.OtherFocusReason)

    def _make_fields(self, template: str) -> None:
        material = self._material
        self.sections = CheckList("Sections", rows=_ROWS)
        self.sections.setWordWrap(True)
        self.sections.set_choices(list(SECTIONS.items()))
        self.sections.set_value(tuple(SECTIONS))
        self.quotes = CheckList("Quotes", rows=_ROWS)
        self.quotes.setWordWrap(True)  # a quote is picked by all of its words
        self.quotes.set_choices(briefing.quote_labels(material))
        self.quotes.set_value(material.first_choice)
        self.form = ChoiceField(width_letters=30)
        self.form.set_choices(_FORMS)
        self.form.set_value("docx")
        self.marking = ChoiceField()
        self.marking.set_choices([("", "None"), *((one, one) for one in MARKINGS)])
        self.marking.set_value("")
        self.template, self.where = LineField(), LineField()
        self.template.set_value(template)
        self.where.set_value(str(self._free_name()))
        self.form.currentIndexChanged.connect(self._on_form)

    def _make_form(self) -> QWidget:
        self.summary = ErrorSummary()
        self.where_block = Labelled("&Where", self.where, "A name alone stands beside your file.")
        self.template_block = Labelled("&Template of your council", self.template, TEMPLATE_HINT, optional=True)
        self.write_button = button("Write the paper", self.write, is_primary=True)
        self.write_button.setDefault(True)
        sheet, column = page()
        column.addWidget(self.summary)
        column.addWidget(plain_label(briefing_material.title(self._material), "subheading"))
        column.addWidget(wrapped_label(WHAT_IT_HOLDS, "muted"))
        lists = in_line(Labelled("&Sections", self.sections), self._quotes_block(), shares=(3, 7))
        column.addLayout(lists)
        column.addLayout(in_line(Labelled("&Form", self.form), Labelled("&Marking", self.marking), shares=(2, 1)))
        column.addLayout(in_line(self.template_block, button("C&hoose template…", self.choose_template), shares=(1, 0)))
        column.addLayout(in_line(self.where_block, button("Ch&oose where…", self.choose_where), shares=(1, 0)))
        self.said = plain_label("", "muted")
        column.addWidget(self.said)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(button("Cancel", self.reject))
        buttons.addWidget(self.write_button)
        column.addLayout(buttons)
        return sheet

    def _quotes_block(self) -> QWidget:
        block = QWidget()
        column = QVBoxLayout(block)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(Labelled("&Quotes", self.quotes))
        everything = tuple(one.id for one in self._material.quotes)
        line = QHBoxLayout()
        line.addWidget(button("Tick all", lambda: self.quotes.set_value(everything)))
        line.addWidget(button("Tick none", lambda: self.quotes.set_value(())))
        line.addWidget(wrapped_label(_left_out(self._material.drafts), "muted"), 1)
        column.addLayout(line)
        return block

    def _make_result(self) -> QWidget:
        self.written = wrapped_label("")
        self.close_button = button("Close", self.accept, is_primary=True)
        self.open_button = button("&Open it", self.open_it)
        sheet, column = page()
        column.addWidget(plain_label("Paper written", "subheading"))
        column.addWidget(self.written)
        column.addStretch(1)
        line = QHBoxLayout()
        line.addStretch(1)
        line.addWidget(self.open_button)
        line.addWidget(self.close_button)
        column.addLayout(line)
        return sheet

    def _ending(self) -> str:
        return briefing_file.ENDINGS[self.form.value() or "docx"]

    def _free_name(self) -> Path:
        """A name beside the file that nothing has yet."""
        started_on = self._material.inspection.started_on
        stem = f"{self._source.stem}-paper{f'-{started_on.iso}' if started_on else ''}"
        return paper_file.free_name(self._source, stem, self._ending())

    def _on_form(self) -> None:
        """A name with the ending of the other form gets this one's; the template is for Word alone."""
        self.template_block.setEnabled(self.form.value() == "docx")
        path = Path(self.where.value())
        if path.suffix in briefing_file.ENDINGS.values():
            self.where.set_value(str(path.with_suffix(self._ending())))

    def choose_where(self) -> None:
        """Ask where by the system's own dialog, which asks before a file is replaced."""
        kinds = f"{briefing_file.KINDS[self.form.value() or 'docx']};;All files (*)"
        if path := ask.save_document_as(self, self.where.value() or str(self._free_name()), kinds):
            self._may_replace = path
            self.where.set_value(str(path))

    def choose_template(self) -> None:
        """Ask for the council's template by the system's own dialog."""
        if path := ask.document_file(self):
            self.template.set_value(str(path))

    def write(self) -> None:
        """Write the paper to the place that is entered, after asking where something stands there."""
        self._show_errors()
        try:
            target, template = self._target(), self._template()
            keep = [self._source, *([template] if template else [])]
            paper_file.check_place(target, keep, replace=True)
            is_taken = target.exists()
        except (StoreError, OSError, ValueError) as error:
            self._show_errors(
                str(error) if isinstance(error, StoreError) else "Enter a name that this computer allows."
            )
            return
        details = "A file of this name stands there already."
        question = f"Replace {target.name}?"
        if not is_taken or target == self._may_replace or ask.whether(self, question, details, "Replace it"):
            self._write(target, template, replace=is_taken)

    def _write(self, target: Path, template: Path | None, *, replace: bool) -> None:
        choice = briefing_material.Choice(
            sections=self.sections.value(), quote_ids=self.quotes.value(), marking=self.marking.value() or ""
        )
        paper, form = briefing.paper(self._material, choice), self.form.value() or "docx"
        if not may_be_read(self, "paper", briefing_scan.hits(paper), "Write it all the same"):
            return
        work = partial(_work, paper, target, form, template=template, keep=(self._source,), replace=replace)
        try:
            size_bytes = wait_for(self, "Writing the paper", work)
        except Cancelled as error:
            self.said.setText(str(error))
            announce(self, str(error))
        except NoTemplate as error:
            self._show_errors(template=str(error))
        except StoreError as error:
            self._show_errors(str(error))
        else:
            self.template_used.emit(str(template or ""))
            self._tell(target, size_bytes, paper.gaps)

    def _target(self) -> Path:
        return paper_file.entered(self.where.value(), self._source, self._ending(), "durham-paper.docx")

    def _template(self) -> Path | None:
        text = self.template.value() if self.form.value() == "docx" else ""
        return self._source.parent / Path(text) if text else None

    def _tell(self, target: Path, size_bytes: int, gaps: int) -> None:
        self._written = target
        size = size_in_words(size_bytes)
        left = "1 place is" if gaps == 1 else f"{gaps} places are"
        printing = f" {PRINTING}" if self.form.value() == "html" else ""
        words = f"{target.name}, {size}, in {target.parent}. {left} left for you to write.{printing}"
        self.written.setText(words)
        self._pages.setCurrentIndex(1)
        self.close_button.setDefault(True)
        self.close_button.setFocus(Qt.FocusReason.OtherFocusReason)
        self.told.emit(f"Committee paper written: {target.name}, {size}")
        announce(self, f"Paper written. {words}")

    def open_it(self) -> None:
        """Show the paper in the program that this computer has for it."""
        if self._written and not QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._written))):
            ask.tell(self, f"No program opened {self._written.name}.", f"It is in {self._written.parent}.")

    def _show_errors(self, where: str = "", template: str = "") -> None:
        self.said.setText("")
        self.where_block.set_error(where)
        self.template_block.set_error(template)
        errors = [(where, self.where), (template, self.template)]
        shown = [(sentence, field) for sentence, field in errors if sentence]
        self.summary.set_errors(shown)
        if shown:
            shown[0][1].setFocus(Qt.FocusReason.OtherFocusReason)
            needed_px = self._column.totalHeightForWidth(self.width())
            self.resize(self.width(), max(needed_px, self.height()))


def _work(paper: Paper, target: Path, form: str, job: Job, **where: object) -> int:
    return briefing_file.write(
        paper,
        target,
        form,
        on_progress=job.tell,
        is_cancelled=job.is_cancelled,
        **where,  # type: ignore[arg-type]
    )


def _left_out(drafts: int) -> str:
    if not drafts:
        return ""
    return f"{drafts} {'quote' if drafts == 1 else 'quotes'} without a source cannot be in a paper."

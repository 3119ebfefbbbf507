"""The forms for progress notes, evidence, and committees that an area for improvement was reported to."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from db.dates import PartialDate, short_period
from db.improvement_records import CommitteeReport, Evidence, ProgressNote
from db.records import Record, new_id
from desktop_app.forms.context import Context
from desktop_app.forms.improvement_context import WorkContext
from desktop_app.forms.row_form import RowForm
from desktop_app.tables.record_list import Card
from desktop_app.views.date_field import DateField
from desktop_app.views.fields import LineField, TextBox
from desktop_app.views.labelled import Labelled
from desktop_app.views.name_field import NameField
from desktop_app.views.pick_field import PickField

_ONE_OF = ("quote_id", "document_id", "address")


def _today() -> PartialDate:
    now = date.today()
    return PartialDate(now.year, now.month, now.day)


class ProgressNoteForm(RowForm):
    """What was reached, by when, in whose words; a new one is of today."""

    noun = "progress note"
    plural = "progress notes"
    required = ("text",)
    asking = "Enter what was reached"
    sticky = ("author",)

    def make_blocks(self) -> dict[str, Labelled]:
        return {
            "text": Labelled("&What was reached", TextBox(rows=3, most_rows=8), hint="Nothing about a child."),
            "noted_on": Labelled("Da&te", DateField("Date"), optional=True),
            "author": Labelled("A&uthor, a post", NameField(), optional=True),
        }

    def rows(self) -> list[list[tuple[str, int]]]:
        return [[("text", 6)], [("noted_on", 3), ("author", 3)]]

    def offer(self, context: Context) -> None:
        assert isinstance(context, WorkContext)
        self.binding.field("author").set_names(context.owners)

    def blank(self) -> dict[str, Any]:
        return {"text": "", "noted_on": _today(), "author": ""}

    def records_of(self, values: Mapping[str, Any]) -> list[Record]:
        assert self.context is not None
        return [ProgressNote(id=new_id(), area_for_improvement_id=self.context.key, **values)]


class EvidenceForm(RowForm):
    """What shows that something was done: a quote, a document or an address, at most one, and a few words."""

    noun = "piece of evidence"
    plural = "evidence"
    required = ("text",)
    asking = "Enter what shows it: a quote, a document, a web address or a few words"

    def make_blocks(self) -> dict[str, Labelled]:
        return {
            "text": Labelled("&What it shows", TextBox(rows=2, most_rows=5), optional=True),
            "quote_id": Labelled("&Quote, found by any of its words", PickField("a quote"), optional=True),
            "document_id": Labelled("Docu&ment", PickField("a document"), optional=True),
            "address": Labelled("We&b address", LineField(), optional=True),
        }

    def rows(self) -> list[list[tuple[str, int]]]:
        return [[("text", 6)], [("quote_id", 6)], [("document_id", 3), ("address", 3)]]

    def offer(self, context: Context) -> None:
        assert isinstance(context, WorkContext)
        self.binding.field("quote_id").set_choices(context.quote_names())
        self.binding.field("document_id").set_choices({one.id: one.title for one in context.documents})

    def blank(self) -> dict[str, Any]:
        return {"text": "", "quote_id": None, "document_id": None, "address": ""}

    @property
    def is_begun(self) -> bool:
        return self.record is None and self._shows_something()

    def is_complete(self) -> bool:
        return self.is_begun

    def is_needed(self, name: str) -> bool:
        return not self._shows_something()

    def _shows_something(self) -> bool:
        return any(self._has_words(name) for name in ("text", *_ONE_OF))

    def _check_required(self) -> bool:
        if not self._shows_something():
            self.binding.refuse("text", self.asking)
            return False
        named = [name for name in _ONE_OF if self._has_words(name)]
        if len(named) > 1:
            self.binding.refuse(named[1], "Choose one quote, one document or one web address")
        return len(named) <= 1

    def records_of(self, values: Mapping[str, Any]) -> list[Record]:
        assert self.context is not None
        area_id = self.context.key
        return [Evidence(id=new_id(), area_for_improvement_id=area_id, position=self.next_position, **values)]


class CommitteeReportForm(RowForm):
    """Which committee it was reported to, and when."""

    noun = "report to a committee"
    plural = "reports to committees"
    required = ("committee",)
    asking = "Enter the name of the committee"

    def make_blocks(self) -> dict[str, Labelled]:
        return {
            "committee": Labelled("&Committee", NameField()),
            "reported_on": Labelled("Da&te of the meeting", DateField("Date of the meeting"), optional=True),
            "notes": Labelled("&Your notes: nothing about a child", TextBox(rows=1, most_rows=4), optional=True),
        }

    def rows(self) -> list[list[tuple[str, int]]]:
        return [[("committee", 3), ("reported_on", 3)], [("notes", 6)]]

    def offer(self, context: Context) -> None:
        assert isinstance(context, WorkContext)
        self.binding.field("committee").set_names(context.committees)

    def blank(self) -> dict[str, Any]:
        return {"committee": "", "reported_on": None, "notes": ""}

    def records_of(self, values: Mapping[str, Any]) -> list[Record]:
        assert self.context is not None
        return [CommitteeReport(id=new_id(), area_for_improvement_id=self.context.key, **values)]


def note_card(note: ProgressNote, context: Context) -> Card:
    """What the list of progress notes shows of one."""
    del context
    return Card(head=short_period(note.noted_on, None) or "No date", words=note.text, below=note.author)


def evidence_card(evidence: Evidence, context: Context) -> Card:
    """What the list of evidence shows of one."""
    assert isinstance(context, WorkContext)
    document = context.document(evidence.document_id)
    quote = context.quote_names().get(evidence.quote_id, "A quote") if evidence.quote_id else ""
    named = quote or (document.title if document else "A document" if evidence.document_id else evidence.address)
    return Card(words=evidence.text or named, below=named if evidence.text else "")


def committee_card(report: CommitteeReport, context: Context) -> Card:
    """What the list of committees shows of one."""
    del context
    return Card(head=report.committee, words=report.notes, below=short_period(report.reported_on, None) or "No date")

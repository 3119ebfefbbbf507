"""A row form whose words are checked against a report, with what can be done where they differ."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from PySide6.QtWidgets import QWidget

from db.edit import Edit
from db.records import Document, Quote, Record
from desktop_app.binding import Deed
from desktop_app.forms.quote_verdict import Asked, Checks, QuoteVerdict
from desktop_app.forms.row_form import RowForm
from desktop_app.reading.compared_with import compared_with
from desktop_app.reading.verbatim_values import Check
from desktop_app.views.verdict_view import VerdictView, mark

_BELOW_THE_WORDS = 3  # after the label, the hint and the field
_PLACE = ("page", "paragraph")
_CHECKED = ("text", "document_id", "voice")


class CheckedForm(RowForm):
    """The form of a quote as far as its verdict goes; `set_checks` begins the checking."""

    def __init__(self, parent: QWidget | None = None) -> None:
        self.is_kept = False  # of a new row
        self._filled: tuple[int | None, int | None] = (None, None)
        self.verdict: QuoteVerdict | None = None
        super().__init__(parent)
        self.verdict = QuoteVerdict(VerdictView(), self)
        self.blocks["text"].layout().insertWidget(_BELOW_THE_WORDS, self.verdict.view)  # type: ignore[union-attr]
        self.verdict.told.connect(self._show_verdict)
        self.verdict.view.take_wanted.connect(self._take_the_reports_words)
        self.verdict.view.keep_wanted.connect(self._keep_as_printed)

    def set_checks(self, checks: Checks) -> None:
        """Have quotes checked; until then nothing is said of them."""
        assert self.verdict is not None
        self.verdict.checks = checks
        self.look_again()

    def look_again(self) -> None:
        """Check what stands in the form: it was shown anew, or a report was added or replaced."""
        self._look(is_typed=False)

    def edit_record(self, record: Record) -> None:
        super().edit_record(record)
        self.look_again()

    def refresh(self, record: Record | None) -> None:
        super().refresh(record)
        self.look_again()

    def start_with(self, values: Mapping[str, Any]) -> bool:
        is_started = super().start_with(values)
        self.look_again()
        return is_started

    def with_place(self, quote: Quote) -> Quote:
        """The quote with page and paragraph, where they are not given and its source has its words."""
        document = self._compared(quote.voice, quote.document_id)
        if self.verdict is None or quote.page or quote.paragraph or not document or document.id != quote.document_id:
            return quote
        check = self.verdict.now(quote.text, document)
        return replace(quote, page=check.page, paragraph=check.paragraph) if check else quote

    def _compared(self, voice: str, document_id: str | None) -> Document | None:
        if self.context is None:
            return None
        return compared_with(voice, self.context.document(document_id), self.context.own_documents)

    def _start_new(self) -> None:
        self.is_kept, self._filled = False, (None, None)
        super()._start_new()
        self._look(is_typed=False)

    def _on_edited(self, name: str) -> None:
        super()._on_edited(name)
        if name == "text":
            self.is_kept = False
        if name in _CHECKED:
            self._empty_what_was_filled_in()
            self.blocks["text"].field.setExtraSelections([])
            self._look(is_typed=True)

    def _look(self, *, is_typed: bool) -> None:
        if self.verdict is None:
            return
        values = self.binding.typing()
        own = self.record if isinstance(self.record, Quote) else None
        document = self._compared(values["voice"], values["document_id"])
        page = own.page if own and document and own.document_id == document.id else None
        is_kept = own.is_kept_as_printed and own.text == values["text"] if own else self.is_kept
        self.verdict.ask(Asked(values["text"], document, page, is_kept), is_typed=is_typed)

    def _show_verdict(self) -> None:
        assert self.verdict is not None
        check, asked = self.verdict.check, self.verdict.asked
        mark(self.blocks["text"].field, [each.quote_at for each in check.differences] if check else [])
        if check and asked and asked.document and self.record is None:
            self._fill_in(check, asked.document)

    def _empty_what_was_filled_in(self) -> None:
        if self.record is None and self._filled != (None, None) and self._shown_place() == self._filled:
            self.binding.show(dict.fromkeys(_PLACE))
            self._filled = (None, None)

    def _shown_place(self) -> tuple[int | str | None, ...]:
        typing = self.binding.typing()
        return tuple(int(typing[name]) if typing[name].isdecimal() else typing[name] or None for name in _PLACE)

    def _fill_in(self, check: Check, document: Document) -> None:
        """Fill in page and paragraph of a new quote, unless a person did."""
        if self.binding.typing()["document_id"] == document.id and self._shown_place() == self._filled:
            self._filled = check.page, check.paragraph
            self.binding.show(dict(zip(_PLACE, self._filled, strict=True)))

    def _take_the_reports_words(self) -> None:
        assert self.verdict is not None
        if self.verdict.check is None:
            return
        taken = self.verdict.check.taken
        if self.record is None:
            self.binding.field("text").set_value(taken)
            self._on_edited("text")
        else:
            self._change("Take the report’s words for a quote", text=taken, is_kept_as_printed=False)
        self.focus_first()

    def _keep_as_printed(self) -> None:
        if self.record is None:
            self.is_kept = not self.is_kept
            self._look(is_typed=True)
            return
        assert isinstance(self.record, Quote)
        is_kept = not self.record.is_kept_as_printed
        self._change(
            "Keep a quote as printed" if is_kept else "Keep a quote as printed no more", is_kept_as_printed=is_kept
        )

    def _change(self, label: str, **facts: Any) -> None:
        self.leave_all()
        if self.binding.problems or not isinstance(self.record, Quote):
            return
        deed = Deed(label, Edit((self.record,), (replace(self.record, **facts),)))
        self.edit_wanted.emit(deed)
        if deed.error:
            self._refuse(deed.error, "text")

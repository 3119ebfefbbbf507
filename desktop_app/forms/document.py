"""The form for a document: a report, letter, press release, minutes, an article or a paper."""

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton

from db.dates import period
from db.edit import Edit
from db.records import DOCUMENT_KINDS, Document, Record, new_id
from desktop_app.binding import Deed
from desktop_app.forms.context import Context
from desktop_app.forms.row_form import RowForm
from desktop_app.tables.record_list import Card
from desktop_app.views.check_list import CheckList
from desktop_app.views.date_field import DateField
from desktop_app.views.fields import ChoiceField, LineField, TextBox
from desktop_app.views.labelled import Labelled


class DocumentForm(RowForm):
    """Title, kind, publisher, date, address, the file itself, and the inspections that it is about.

    Signals:
        file_wanted: Emitted when a person wants to choose the file to keep.
        copy_wanted: Emitted with a Document whose kept file shall be written to disk.
    """

    file_wanted = Signal()
    copy_wanted = Signal(object)

    noun = "document"
    plural = "documents"
    required = ("title",)
    asking = "Enter the title of the document"

    def make_blocks(self) -> dict[str, Labelled]:
        return {
            "title": Labelled("&Title", LineField()),
            "kind": Labelled("&Kind", ChoiceField()),
            "publisher": Labelled("&Publisher", LineField(), optional=True),
            "published_on": Labelled("&Date", DateField("Date"), optional=True),
            "published_as_printed": Labelled("D&ate as printed", LineField(), optional=True),
            "address": Labelled("&Web address", LineField(), optional=True),
            "inspection_ids": Labelled("Ab&out these inspections", CheckList("About these inspections")),
            "notes": Labelled("&Your notes", TextBox(rows=2, most_rows=4), optional=True),
        }

    def rows(self) -> list[list[tuple[str, int]]]:
        return [
            [("title", 4), ("kind", 2)],
            [("publisher", 3), ("address", 3)],
            [("published_on", 3), ("published_as_printed", 3)],
            [("inspection_ids", 3), ("notes", 3)],
        ]

    def _buttons(self) -> QHBoxLayout:
        line = super()._buttons()
        self.file_label = QLabel()
        self.file_label.setTextFormat(Qt.TextFormat.PlainText)
        self.file_button = QPushButton("&Choose file…")
        self.file_button.clicked.connect(self.file_wanted)
        self.copy_button = QPushButton("Save the file as…")
        self.copy_button.clicked.connect(lambda: self.copy_wanted.emit(self.record))
        for button in (self.file_button, self.copy_button):
            button.setAutoDefault(True)
        for place, widget in enumerate((self.file_button, self.copy_button, self.file_label)):
            line.insertWidget(place, widget)
        self._file: dict[str, Any] = {"file_name": "", "file_sha256": None}
        return line

    def offer(self, context: Context) -> None:
        self.binding.field("kind").set_choices(list(DOCUMENT_KINDS.items()))
        names = [(one.id, context.lists.name_of(one)) for one in context.inspections]
        self.binding.field("inspection_ids").set_choices(names)

    def blank(self) -> dict[str, Any]:
        self._file = {"file_name": "", "file_sha256": None}
        return {
            "title": "",
            "kind": "report",
            "publisher": "",
            "published_on": None,
            "published_as_printed": "",
            "address": "",
            "inspection_ids": (self.context.inspection.id,) if self.context else (),
            "notes": "",
        }

    def records_of(self, values: Mapping[str, Any]) -> list[Record]:
        assert self.context is not None
        return [Document(id=new_id(), provider_id=self.context.inspection.provider_id, **values, **self._file)]

    def with_links(self, records: list[Record]) -> Edit:
        return Edit(after=tuple(records))

    def _edit_of(self, changed: Record) -> Edit:
        assert self.record is not None
        return Edit((self.record,), (changed,))

    def set_file(self, name: str, sha256: str) -> None:
        """Take over a file that is kept now: into the draft, or into the document that is shown."""
        self._file = {"file_name": display_name(name), "file_sha256": sha256}
        if isinstance(self.record, Document):
            deed = Deed("Keep file of document", Edit((self.record,), (replace(self.record, **self._file),)))
            self.edit_wanted.emit(deed)
            if deed.error:
                self._refuse(deed.error, "title")
        elif not self._has_words("title"):
            self.binding.field("title").set_value(display_name(name).rpartition(".")[0])
        self._show_hint()

    def _show_hint(self) -> None:
        super()._show_hint()
        kept = self.record if isinstance(self.record, Document) else None
        name = kept.file_name if kept else self._file["file_name"]
        self.file_label.setText(f"Kept: {name}" if name else "")
        self.copy_button.setVisible(bool(kept and kept.file_sha256))


def display_name(name: str) -> str:
    """A file's name as text only: the last component, nothing a system reserves, at most 80 characters."""
    last = re.split(r"[/\\]", name)[-1]
    tidy = re.sub(r'[\x00-\x1f\x7f<>:"|?*]', "_", last).strip(" .")
    stem, dot, ending = tidy.rpartition(".")
    if re.fullmatch(r"(con|prn|aux|nul|com\d|lpt\d)", (stem or tidy).casefold()):
        tidy = f"_{tidy}"
    return tidy if len(tidy) <= 80 else f"{tidy[: 79 - len(ending)]}{dot}{ending}"[:80]


def card_of(document: Document, _: Context) -> Card:
    """What the list of documents shows of one."""
    when = document.published_as_printed or period(document.published_on, None)
    others = len(document.inspection_ids) - 1
    below = (
        document.publisher,
        when,
        f"kept inside: {document.file_name}" if document.file_sha256 else "",
        document.address,
        f"also about {others} other inspection{'s' if others > 1 else ''}" if others > 0 else "",
    )
    return Card(
        head=document.title,
        below=" · ".join(part for part in (DOCUMENT_KINDS[document.kind], *below) if part),
    )

"""The form for a document: a report, letter, press release, minutes, an article or a paper."""

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from db.dates import period
from db.edit import Edit
from db.records import DOCUMENT_KINDS, Document, Record, new_id
from desktop_app.forms.context import Context
from desktop_app.forms.row_form import RowForm
from desktop_app.tables.record_list import Card
from desktop_app.views.check_list import CheckList
from desktop_app.views.date_field import DateField
from desktop_app.views.fields import ChoiceField, LineField, TextBox
from desktop_app.views.file_field import FileField, KeptFile
from desktop_app.views.labelled import Labelled


class _PlainFileField(FileField):
    """A file whose typing is a plain pair, or nothing, as drafts keep it."""

    def typed(self) -> tuple[str, ...]:
        return _plain(self.value())

    def put_typed(self, kept: tuple[str, ...]) -> None:
        self.set_value(KeptFile(*kept) if kept else None)


class DocumentForm(RowForm):
    """Title, kind, publisher, date, address, the file itself, and the inspections that it is about."""

    noun = "document"
    plural = "documents"
    required = ("title",)
    asking = "Enter the title of the document"

    def make_blocks(self) -> dict[str, Labelled]:
        self.file = _PlainFileField()
        return {
            "title": Labelled("&Title", LineField()),
            "kind": Labelled("&Kind", ChoiceField()),
            "publisher": Labelled("&Publisher", LineField(), optional=True),
            "published_on": Labelled("&Date", DateField("Date"), optional=True),
            "published_as_printed": Labelled("D&ate as printed", LineField(), optional=True),
            "address": Labelled("&Web address", LineField(), optional=True),
            "file": Labelled("&Copy kept inside", self.file, optional=True),
            "inspection_ids": Labelled("Ab&out these inspections", CheckList("About these inspections")),
            "notes": Labelled("&Your notes: nothing about a child", TextBox(rows=2, most_rows=4), optional=True),
        }

    def rows(self) -> list[list[tuple[str, int]]]:
        return [
            [("title", 4), ("kind", 2)],
            [("publisher", 3), ("address", 3)],
            [("published_on", 3), ("published_as_printed", 3)],
            [("inspection_ids", 3), ("notes", 3)],
            [("file", 6)],
        ]

    def offer(self, context: Context) -> None:
        self.binding.field("kind").set_choices(list(DOCUMENT_KINDS.items()))
        names = [(one.id, context.lists.name_of(one)) for one in context.inspections]
        self.binding.field("inspection_ids").set_choices(names)

    def blank(self) -> dict[str, Any]:
        return {
            "title": "",
            "kind": "report",
            "publisher": "",
            "published_on": None,
            "published_as_printed": "",
            "address": "",
            "inspection_ids": (self.context.inspection.id,) if self.context else (),
            "file": None,
            "notes": "",
        }

    def records_of(self, values: Mapping[str, Any]) -> list[Record]:
        assert self.context is not None
        rest = {name: value for name, value in values.items() if name != "file"}
        own = {"id": new_id(), "provider_id": self.context.inspection.provider_id}
        return [Document(**(own | rest | _file(values["file"])))]

    def with_links(self, records: list[Record]) -> Edit:
        return Edit(after=tuple(records))

    def _edit_of(self, changed: Record) -> Edit:
        assert self.record is not None
        return Edit((self.record,), (changed,))

    def values_of(self, record: Record) -> dict[str, Any]:
        assert isinstance(record, Document)
        kept = KeptFile(record.file_name, record.file_sha256) if record.file_sha256 else None
        return {**super().values_of(record), "file": kept}

    def saved_values(self, record: Record) -> dict[str, Any]:
        values = self.values_of(record)
        return {**values, "file": _plain(values["file"])}

    def changed_record(self, record: Record, name: str, value: Any) -> Record:
        if name != "file":
            return super().changed_record(record, name, value)
        assert isinstance(record, Document)
        return replace(record, **_file(value))

    def take_file(self, kept: KeptFile) -> None:
        """Take over a file that is kept now; a document without a title gets the file's name."""
        tidy = KeptFile(display_name(kept.name), kept.sha256)
        title = self.binding.field("title")
        if self.record is None and not self._has_words("title"):
            title.setText(tidy.name.rpartition(".")[0] or tidy.name)
        self.file.choose(tidy)


def _plain(kept: KeptFile | None) -> tuple[str, ...]:
    return (kept.name, kept.sha256) if kept else ()


def _file(kept: KeptFile | None) -> dict[str, Any]:
    return {"file_name": kept.name if kept else "", "file_sha256": kept.sha256 if kept else None}


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

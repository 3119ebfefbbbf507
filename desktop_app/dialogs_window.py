"""The window's dialogs over a file: sharing, quotes that differ from the report, frameworks and lists."""

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer

from desktop_app import ask
from desktop_app.safe_window import SafeWindow
from desktop_app.settings import Settings
from desktop_app.views.file_drop import FileDrop
from desktop_app.views.moments import in_words

if TYPE_CHECKING:
    from db.records import Inspection
    from db.report_drafts import KeptReport
    from desktop_app.places.draft_dialog import DraftDialog
    from desktop_app.places.inspections import InspectionsPlace
    from desktop_app.places.start import StartPage

_BEGUN = "Begun and not added:"


class DialogsWindow(SafeWindow):
    """Each is imported when it is first wanted."""

    def __init__(self, settings: Settings) -> None:
        super().__init__(settings)
        self.connect_commands(
            {
                "new_from_report": self.new_from_report,
                "share": self.share,
                "import_sheet": self.import_sheet,
                "paper": self.write_paper,
                "lists": self.show_lists,
                "theme_matrix": self.show_theme_matrix,
                "quotes_that_differ": self.show_quotes_that_differ,
            }
        )
        FileDrop(self).dropped.connect(self.take_dropped)

    def connect_start(self, start: "StartPage") -> None:
        super().connect_start(start)
        start.import_wanted.connect(self.import_sheet)

    def current_inspection(self) -> "Inspection | None":
        """The inspection that is shown; None where none is."""
        raise NotImplementedError

    def open_record(self, type_name: str, record_id: str) -> None:
        """Show a record, by its type's name and its id."""
        raise NotImplementedError

    @property
    def inspections(self) -> "InspectionsPlace | None":
        """The Inspections place; None without a file."""
        raise NotImplementedError

    def share(self) -> None:
        """Write a copy for a colleague."""
        if self.workspace:
            from desktop_app.places.share_dialog import ShareDialog

            self.leave_field()
            dialog = ShareDialog(self.workspace, self)
            dialog.told.connect(self.status.tell)
            dialog.edit_wanted.connect(self.open_record)
            dialog.open()

    def import_sheet(self) -> None:
        """Take in a spreadsheet; where no file is open, into a new one."""
        if self.workspace is None:
            self.new_file()
        if self.workspace:
            from desktop_app.places.import_dialog import ImportDialog

            self.leave_field()
            dialog = ImportDialog(self.workspace, self.settings, lambda: self._back_up("import"), self)
            dialog.told.connect(self.status.tell)
            dialog.open()

    def new_from_report(self, path: Path | None = None) -> None:
        """Read a report, have what it says confirmed, and show the inspection; ask for one where none is given."""
        if self.workspace is None:
            return
        from db.report_drafts import ReportDrafts
        from desktop_app.places import draft_opening
        from desktop_app.places.draft_source import DraftSource

        self.leave_field()
        now = self.workspace, self.settings, self
        if path is not None:
            self._show_draft(draft_opening.look_at(*now, path))
            return
        source = DraftSource(ReportDrafts(self.workspace.store.path), self)
        source.file_wanted.connect(lambda chosen: self._show_draft(draft_opening.look_at(*now, chosen)))
        source.text_wanted.connect(lambda text: self._show_draft(draft_opening.look_at_text(*now, text)))
        source.kept_wanted.connect(self.go_on_with_report)
        source.open()

    def go_on_with_report(self, kept: "KeptReport") -> None:
        """Go on with a report that was begun before."""
        if self.workspace is not None:
            from desktop_app.places.draft_opening import go_on_with

            self._show_draft(go_on_with(self.workspace, self.settings, self, kept))

    def _show_draft(self, dialog: "DraftDialog | None") -> None:
        if dialog is not None and (place := self.inspections):
            dialog.added.connect(place.show_inspection)
            dialog.told.connect(self.status.tell)
            if self.trouble_bar.text.startswith(_BEGUN):
                self.trouble_bar.clear()  # a person has seen to it, or finds it where this one came from

    def keep_drafts(self, place: "InspectionsPlace") -> None:
        super().keep_drafts(place)
        QTimer.singleShot(0, place, self._offer_begun_reports)

    def _offer_begun_reports(self) -> None:
        """Say that a report was begun and not written, unless something graver is being said."""
        if self.workspace is None or self.workspace.is_read_only or self.trouble_bar.text:
            return
        from db.report_drafts import ReportDrafts

        drafts = ReportDrafts(self.workspace.store.path)
        kept = drafts.all()
        if drafts.set_aside:
            self.status.tell(f"A report that was begun could not be read. It was left in {drafts.set_aside[0]}.")
        if kept:
            self._say_begun(kept)

    def _say_begun(self, kept: "list[KeptReport]") -> None:
        from desktop_app.places.draft_words import called

        newest, bar = kept[0], self.trouble_bar
        more = f", and {len(kept) - 1} more" if len(kept) > 1 else ""
        sentence = f"{_BEGUN} {called(newest.name)}, {newest.told}, {in_words(newest.moment)}{more}."

        def go_on() -> None:
            bar.clear()
            self.go_on_with_report(newest) if len(kept) == 1 else self.new_from_report()

        bar.show_notice(sentence, {"Go on with it": go_on, "Later": bar.clear})

    def take_dropped(self, paths: list[Path]) -> None:
        """Read a dropped report into a new inspection; without a file open, ask for one to keep it in."""
        path = paths[0]
        if self.workspace is None:
            if path.suffix.lower() == ".sqlite":
                self.open_path(path)
                return
            details = "An inspection is kept in a file of inspections. Make one, or open yours."
            choice = ask.which(self, f"Where shall {path.name} go?", details, ["New file…", "Open a file…"])
            for wanted, deed in enumerate((self.new_file, self.ask_open_file)):
                if choice == wanted:
                    deed()
        if self.workspace is not None:
            self.new_from_report(path)

    def write_paper(self) -> None:
        """Write a committee paper on the inspection that is shown."""
        record = self.current_inspection()
        if self.workspace is None or record is None:
            self.status.tell("Choose an inspection first: the paper is about it.")
            return
        from desktop_app.places.briefing_dialog import BriefingDialog

        self.leave_field()
        dialog = BriefingDialog(self.workspace, record, self, template=self.settings.template)
        dialog.told.connect(self.status.tell)
        dialog.template_used.connect(self.settings.keep_template)
        dialog.open()

    def show_quotes_that_differ(self) -> None:
        """Hold every quote of the file against its report."""
        if self.workspace and (place := self.inspections):
            from desktop_app.places.quotes_that_differ import look_for

            self.leave_field()
            if dialog := look_for(self.workspace, self):
                dialog.quote_wanted.connect(place.go_to)
                dialog.open()

    def show_theme_matrix(self) -> None:
        """Show which themes inspectors raised when, for the provider of the inspection that is shown."""
        if self.workspace:
            from desktop_app.places.matrix_dialog import MatrixDialog

            self.leave_field()
            record = self.current_inspection()
            dialog = MatrixDialog(self.workspace, record.provider_id if record else None, self)
            dialog.told.connect(self.status.tell)
            dialog.record_wanted.connect(self.open_record)
            dialog.open()

    def show_lists(self) -> None:
        if self.workspace:
            from desktop_app.places.lists_dialog import ListsDialog

            self.leave_field()
            ListsDialog(self.workspace, self).open()

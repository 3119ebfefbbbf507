"""The window's dialogs over a file: sharing, quotes that differ from the report, frameworks and lists."""

from typing import TYPE_CHECKING

from desktop_app.safe_window import SafeWindow
from desktop_app.settings import Settings

if TYPE_CHECKING:
    from db.records import Inspection
    from desktop_app.places.inspections import InspectionsPlace


class DialogsWindow(SafeWindow):
    """Each is imported when it is first wanted."""

    def __init__(self, settings: Settings) -> None:
        super().__init__(settings)
        self.connect_commands(
            {
                "new_from_report": self.new_from_report,
                "share": self.share,
                "paper": self.write_paper,
                "lists": self.show_lists,
                "quotes_that_differ": self.show_quotes_that_differ,
            }
        )

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

    def new_from_report(self) -> None:
        """Read a report, have what it says confirmed, and show the inspection."""
        if self.workspace and (place := self.inspections):
            from desktop_app.places.draft_dialog import look_at

            self.leave_field()
            if dialog := look_at(self.workspace, self.settings, self):
                dialog.added.connect(place.show_inspection)

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

    def show_lists(self) -> None:
        if self.workspace:
            from desktop_app.places.lists_dialog import ListsDialog

            self.leave_field()
            ListsDialog(self.workspace, self).open()

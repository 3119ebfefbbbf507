"""The window's dialogs over a file: sharing, quotes that differ from the report, frameworks and lists."""

from typing import TYPE_CHECKING

from desktop_app.safe_window import SafeWindow
from desktop_app.settings import Settings

if TYPE_CHECKING:
    from desktop_app.places.inspections import InspectionsPlace


class DialogsWindow(SafeWindow):
    """Each is imported when it is first wanted."""

    def __init__(self, settings: Settings) -> None:
        super().__init__(settings)
        self.connect_commands(
            {
                "share": self.share,
                "lists": self.show_lists,
                "quotes_that_differ": self.show_quotes_that_differ,
            }
        )

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

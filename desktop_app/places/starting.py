"""Starting an inspection: the small step, the record that it makes, and a second source of one that is there."""

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from db.dates import PartialDate
from db.edit import Edit
from db.errors import StoreError
from db.overview import same_inspection
from db.records import Inspection, Provider
from desktop_app import ask
from desktop_app.forms.new_inspection import NewInspectionDialog
from desktop_app.places.inspections import InspectionsPlace
from desktop_app.settings import Settings
from desktop_app.workspace import Workspace

DOCUMENTS_TAB = 4


class Starting(QObject):
    """Asks for a new inspection, writes it and shows it in the Inspections place; it goes with its dialog.

    Signals:
        report_wanted: Emitted when a report shall be read instead, with its Path or None.
    """

    report_wanted = Signal(object)

    def __init__(self, workspace: Workspace, place: InspectionsPlace, settings: Settings) -> None:
        super().__init__(place)
        self._workspace, self._place, self._settings = workspace, place, settings

    def ask(self, parent: QWidget, like: Inspection | None = None) -> None:
        """Show the step; with `like` it starts with that inspection's provider, kind and title."""
        dialog = NewInspectionDialog(
            self._workspace.lists,
            self._find_same,
            last_provider=self._settings.last_provider,
            last_kind=self._settings.last_kind,
            like=like,
            parent=parent,
        )
        self.setParent(dialog)
        self._place.pane.watch_step(dialog)
        dialog.wanted.connect(self._add)
        dialog.report_wanted.connect(self.report_wanted)
        dialog.source_wanted.connect(lambda inspection: self._place.show_inspection(inspection, tab=DOCUMENTS_TAB))
        dialog.open()

    def _find_same(self, provider_id: str, started_on: PartialDate | None, kind_id: str) -> Inspection | None:
        candidate = Inspection(id="", provider_id=provider_id, kind_id=kind_id, started_on=started_on)
        return same_inspection(self._workspace.store, candidate)

    def _add(self, inspection: Inspection, provider: Provider) -> None:
        is_known = provider.id in self._workspace.lists.providers
        records = (inspection,) if is_known else (provider, inspection)
        try:
            self._workspace.do("Add inspection", Edit(after=records))
        except StoreError as error:
            ask.tell(self._place, "The inspection was not added.", str(error))
            return
        self._settings.last_provider = provider.id
        self._settings.last_kind = inspection.kind_id
        self._place.show_inspection(inspection)

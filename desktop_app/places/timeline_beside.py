"""One strand of several providers on the timeline: which ones, and the set that is kept for each council."""

from collections.abc import Callable

from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QWidget

from db import timeline_parts
from db.timeline import Timeline
from desktop_app.places.providers_dialog import ProvidersDialog
from desktop_app.workspace import Workspace


class Neighbours:
    """The providers that were last set beside each one, such as its ten statistical neighbours.

    They are kept in the settings where those are given, else for as long as this lives.
    """

    def __init__(self, settings: QSettings | None = None) -> None:
        self._settings = settings
        self._kept: dict[str, str] = {}

    def of(self, provider_id: str) -> list[str]:
        """The ids that are kept for a provider, none where there are none yet."""
        value = self._kept.get(provider_id, "")
        if self._settings is not None:
            value = str(self._settings.value(f"neighbours/{provider_id}", ""))
        return [key for key in value.split("\n") if key]

    def keep(self, provider_id: str, others: list[str]) -> None:
        """Keep the ids of those that stand beside a provider."""
        value = self._kept[provider_id] = "\n".join(others)
        if self._settings is not None:
            self._settings.setValue(f"neighbours/{provider_id}", value)


class SideBySide:
    """Which providers stand beside the one that is shown, and by which strand; none to begin with."""

    def __init__(self, workspace: Workspace, neighbours: Neighbours | None = None) -> None:
        self._workspace = workspace
        self._neighbours = neighbours or Neighbours()
        self.others: list[str] = []
        self.strand_id = ""

    def show(self, others: list[str], strand_id: str) -> None:
        """Stand these beside it; no others ends it."""
        self.others, self.strand_id = others, strand_id

    def leave_out(self, provider_id: str) -> None:
        """Leave out what is gone from the file, and the provider that is shown itself."""
        known = self._workspace.lists.providers
        self.others = [key for key in self.others if key in known and key != provider_id]

    def title(self, provider_id: str) -> str:
        """Whose timeline it is."""
        name = self._workspace.lists.providers[provider_id].name
        if not self.others:
            return name
        others = "1 other" if len(self.others) == 1 else f"{len(self.others)} others"
        return f"{self._workspace.lists.strands[self.strand_id].label}: {name} and {others}"

    def timeline(self, provider_id: str, of: Callable[[str], Timeline]) -> Timeline:
        """The strand of all of them; `of` reads the timeline of one."""
        providers = self._workspace.lists.providers
        keys = [provider_id, *self.others]
        named = [timeline_parts.Named(key, providers[key].name, of(key)) for key in keys]
        return timeline_parts.side_by_side(named, self.strand_id)

    def ask(self, provider_id: str, parent: QWidget) -> bool:
        """Ask for the providers and the strand; those of the last time are ticked. False where nothing changes."""
        dialog = self.dialog(provider_id, parent)
        if not dialog.exec():
            return False
        self.take(provider_id, dialog)
        return True

    def dialog(self, provider_id: str, parent: QWidget) -> ProvidersDialog:
        """The dialog that asks."""
        lists = self._workspace.lists
        others = [(one.id, one.name) for one in lists.providers.values() if one.id != provider_id]
        strands = [(one.id, one.label) for one in lists.strands.values() if one.is_on_timeline]
        ticked = self.others or self._neighbours.of(provider_id)
        name = lists.providers[provider_id].name
        return ProvidersDialog(name, others, strands, ticked, parent, strand_id=self.strand_id)

    def take(self, provider_id: str, dialog: ProvidersDialog) -> None:
        """Show what was chosen, and keep it for the next time; none chosen ends it and keeps what was kept."""
        self.show(dialog.chosen(), dialog.strand.value() or "")
        if self.others:
            self._neighbours.keep(provider_id, self.others)

"""What is typed and not saved in every place, as one for whoever keeps drafts of it."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from db.drafts import Typing
from desktop_app.places.improvement import ImprovementPlace
from desktop_app.places.inspection_pane import InspectionPane


class UnsavedTyping(QObject):
    """The typing of the Inspections place and, from when that is built, of the Improvement place.

    What hangs on an area for improvement or a quote stands under its id, beside what stands under an inspection's.

    Signals:
        typed: Emitted whenever other typing is unsaved than before.
    """

    typed = Signal()

    def __init__(
        self,
        pane: InspectionPane,
        built: Callable[[], ImprovementPlace | None],
        wanted: Callable[[], ImprovementPlace | None],
    ) -> None:
        super().__init__()
        self._pane, self._built, self._wanted = pane, built, wanted
        pane.typed.connect(self.typed)

    def watch(self, place: ImprovementPlace) -> None:
        """Tell of typing in the Improvement place too."""
        place.detail.typed.connect(self.typed)

    def typing(self) -> Typing:
        """Everything that a person typed and that is not in the file yet."""
        place = self._built()
        return {**self._pane.typing(), **(place.detail.typing() if place else {})}

    def put_back(self, typing: Typing) -> Typing:
        """Put typing back, each where it was typed; return what has no place any more."""
        left = self._pane.put_back(typing)
        place = self._wanted() if left else None
        return place.detail.put_back(left) if place else left

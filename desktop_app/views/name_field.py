"""One line for a name that may be known already; known names are offered as it is typed."""

from collections.abc import Iterable

from PySide6.QtCore import QStringListModel, Qt
from PySide6.QtWidgets import QCompleter, QWidget

from desktop_app.views.fields import LineField

MOST_AMBIGUOUS = 3  # letters; fewer say nothing of a name


class NameField(LineField):
    """A line with the known names to choose from; any other name may be typed.

    With `completes` the start of one known name, and of no other, becomes that name when the field is
    left, so that "durh" is no second council beside Durham County Council.
    """

    def __init__(self, parent: QWidget | None = None, *, completes: bool = False) -> None:
        super().__init__(parent)
        self._completes = completes
        self._known = QStringListModel(self)
        completer = QCompleter(self._known, self)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        self.setCompleter(completer)

    def set_names(self, names: Iterable[str]) -> None:
        """The names to offer."""
        self._known.setStringList(list(names))

    def _tidy(self) -> None:
        super()._tidy()
        typed = self.text().casefold()
        if not self._completes or len(typed) < MOST_AMBIGUOUS:
            return
        starting = [name for name in self._known.stringList() if name.casefold().startswith(typed)]
        if len(starting) == 1:
            self.setText(starting[0])

"""One of many named things, found by any word of its name as it is typed."""

from collections.abc import Mapping

from PySide6.QtCore import QStringListModel, Qt
from PySide6.QtWidgets import QCompleter, QWidget

from desktop_app.views.fields import LineField


class PickField(LineField):
    """Its value is the id of what was picked, None where nothing is; other words are refused with a sentence."""

    def __init__(self, noun: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._noun = noun
        self._by_name: dict[str, str] = {}
        self._unlisted: str | None = None
        self._names = QStringListModel(self)
        completer = QCompleter(self._names, self)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        self.setCompleter(completer)
        self.edited.connect(self._forget_unlisted)

    def set_choices(self, names: Mapping[str, str]) -> None:
        """What may be picked: names by id; of two of the same name the second gets a number."""
        value = self._unlisted or self._by_name.get(self.text().strip())
        self._by_name = {}
        for key, name in names.items():
            count = 2
            free = name
            while free in self._by_name:
                free, count = f"{name} ({count})", count + 1
            self._by_name[free] = key
        self._names.setStringList(list(self._by_name))
        if not self.has_typing:
            with self.silence():
                self._show(value)

    def value(self) -> str | None:
        text = self.text().strip()
        if not text:
            return self._unlisted
        if text not in self._by_name:
            raise ValueError(f"Choose {self._noun} from the list that opens as you type")
        return self._by_name[text]

    def _show(self, value: str | None) -> None:
        name = next((name for name, key in self._by_name.items() if key == value), "")
        self._unlisted = value if value and not name else None
        super()._show(name)

    def _tidy(self) -> None:
        super()._tidy()
        typed = self.text().casefold()
        if typed and self.text() not in self._by_name:
            found = [name for name in self._by_name if typed in name.casefold()]
            if len(found) == 1:
                self.setText(found[0])

    def _forget_unlisted(self) -> None:
        self._unlisted = None

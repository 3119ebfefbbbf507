"""A line of theme names, completed from the list as they are typed."""

from collections.abc import Iterable, Mapping

from PySide6.QtCore import QStringListModel, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QCompleter, QWidget

from desktop_app.views.fields import LineField


class ThemesField(LineField):
    """Several themes, separated by ";"; its value is a tuple of their ids, in the order typed.

    From the first letter a list opens of the themes whose name holds what stands between the two
    semicolons around the cursor. Return or Tab takes the marked one, Escape closes the list.

    Signals:
        suggestions_wanted: Emitted on the Down key while no list is open.
    """

    suggestions_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._names: dict[str, str] = {}
        self._completer = QCompleter(QStringListModel(self), self)
        self._completer.setWidget(self)  # not setCompleter: that would replace the whole line
        self._completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self._completer.setFilterMode(Qt.MatchFlag.MatchContains)
        self._popup().setProperty("role", "popup")
        self._popup().setAccessibleName("Themes")
        self._completer.activated.connect(self._complete)
        self.textEdited.connect(self._offer)

    def set_themes(self, names: Mapping[str, str]) -> None:
        """The themes to choose from: their names by id."""
        self._names = dict(names)
        model = self._completer.model()
        assert isinstance(model, QStringListModel)
        model.setStringList(sorted(self._names.values(), key=str.casefold))

    def add(self, theme_id: str) -> None:
        """Add a theme, as if it had been typed, and leave the field."""
        typed = [*self._typed_names(), self._names[theme_id]]
        self.setText("; ".join(typed))
        self.leave()

    def value(self) -> tuple[str, ...]:
        by_name = {name.casefold(): theme_id for theme_id, name in self._names.items()}
        found: dict[str, None] = {}
        for name in self._typed_names():
            if name.casefold() not in by_name:
                raise ValueError(
                    f"There is no theme called “{name}”. Choose one from the list, "
                    "or add it under Edit > Frameworks and lists"
                )
            found[by_name[name.casefold()]] = None
        return tuple(found)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Down and not self._popup().isVisible():
            self.suggestions_wanted.emit()
        else:
            super().keyPressEvent(event)

    def focusNextPrevChild(self, next: bool) -> bool:
        popup = self._popup()
        if popup.isVisible():
            popup.hide()
            if next and popup.currentIndex().isValid():
                self._complete(popup.currentIndex().data())
                return True
        return super().focusNextPrevChild(next)

    def _popup(self) -> QAbstractItemView:
        popup = self._completer.popup()
        assert popup is not None  # Qt makes one where none was set
        return popup

    def _show(self, value: Iterable[str]) -> None:
        super()._show("; ".join(self._names[each] for each in value if each in self._names))
        self.end(False)  # where the next one is typed

    def _tidy(self) -> None:
        self._popup().hide()
        tidy = "; ".join(self._typed_names())
        if tidy != self.text():
            self.setText(tidy)

    def _typed_names(self) -> list[str]:
        return [name.strip() for name in self.text().split(";") if name.strip()]

    def _segment(self) -> tuple[int, int]:
        """Where the name under the cursor starts and ends in the text."""
        cursor = self.cursorPosition()
        start = self.text().rfind(";", 0, cursor) + 1
        end = self.text().find(";", cursor)
        return start, len(self.text()) if end < 0 else end

    def _offer(self) -> None:
        start, end = self._segment()
        typed = self.text()[start:end].strip()
        popup = self._popup()
        self._completer.setCompletionPrefix(typed)
        if not typed or not self._completer.completionCount():
            popup.hide()
            return
        self._completer.complete()
        model = self._completer.completionModel()
        rows = range(model.rowCount())
        same = (row for row in rows if str(model.index(row, 0).data()).casefold() == typed.casefold())
        popup.setCurrentIndex(model.index(next(same, 0), 0))

    def _complete(self, name: str) -> None:
        start, end = self._segment()
        before, after = self.text()[:start].rstrip(), self.text()[end:].lstrip("; ")
        head = f"{before} {name}; ".lstrip()
        self.setText(head + after)
        self.setCursorPosition(len(head))

"""A short list of things to tick; Space ticks the current one."""

from collections.abc import Iterable, Sequence
from typing import Any

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QSizePolicy, QWidget

from desktop_app.views.editing import Editing
from desktop_app.views.naming import name_bars


class CheckList(Editing, QListWidget):
    """Any number of choices; its value is a tuple of their keys. A tick is told at once, as edited and left.

    Keys that are not offered stay in the value.
    """

    def __init__(self, name: str, parent: QWidget | None = None, *, rows: int = 3) -> None:
        super().__init__(parent)
        self._rows = rows
        self.setProperty("role", "field")
        self._unlisted: tuple[str, ...] = ()
        self.setAccessibleName(name)
        name_bars(self, name.lower())
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setTabKeyNavigation(False)
        self.itemChanged.connect(self._on_ticked)

    def set_choices(self, choices: Sequence[tuple[str, str]]) -> None:
        """Offer these; the value stays."""
        value = self.value()
        with self.silence():
            self.clear()
            for key, label in choices:
                item = QListWidgetItem(label, self)
                item.setData(Qt.ItemDataRole.UserRole, key)
                item.setFlags(
                    Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsUserCheckable
                )
                item.setCheckState(Qt.CheckState.Unchecked)
            if choices:
                self.setCurrentRow(0)
            self._show(value)

    def value(self) -> tuple[str, ...]:
        ticked = [self._key(row) for row in range(self.count()) if self._is_ticked(row)]
        return (*ticked, *self._unlisted)

    def sizeHint(self) -> QSize:
        row_px = max(self.sizeHintForRow(0), self.fontMetrics().lineSpacing() + 4)
        return QSize(super().sizeHint().width(), self._rows * row_px + 2 * self.frameWidth() + 2)

    def _show(self, value: Iterable[str]) -> None:
        wanted = tuple(value)
        keys = [self._key(row) for row in range(self.count())]
        self._unlisted = tuple(key for key in wanted if key not in keys)
        for row, key in enumerate(keys):
            self.item(row).setCheckState(Qt.CheckState.Checked if key in wanted else Qt.CheckState.Unchecked)

    def _key(self, row: int) -> str:
        return self.item(row).data(Qt.ItemDataRole.UserRole)

    def _is_ticked(self, row: int) -> bool:
        return self.item(row).checkState() == Qt.CheckState.Checked

    def _on_ticked(self, item: Any) -> None:
        del item
        if not self._is_silent:
            self._on_change()
            self.leave()

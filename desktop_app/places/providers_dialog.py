"""Chooses providers to stand side by side on the timeline, and the strand that is shown of each."""

from collections.abc import Collection, Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QDialog,
    QFormLayout,
    QHBoxLayout,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QWidget,
)

from desktop_app import look
from desktop_app.views.announce import announce
from desktop_app.views.fields import ChoiceField
from desktop_app.views.naming import name_bars
from desktop_app.views.plain_text import plain_label, wrapped_label

MOST_OTHERS = 10
Choices = Sequence[tuple[str, str]]


class _Finder(QLineEdit):
    """Leads to the list by the down key, so that finding and ticking are one movement."""

    def __init__(self, target: QListWidget) -> None:
        super().__init__()
        self._target = target
        self.setAccessibleName("Find a provider")
        self.setClearButtonEnabled(True)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Down:
            first = next((row for row in range(self._target.count()) if not self._target.item(row).isHidden()), None)
            if first is not None:
                self._target.setCurrentRow(first)
                self._target.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        super().keyPressEvent(event)


class ProvidersDialog(QDialog):
    """Up to ten others beside one provider; the ticked ones stand first in the list."""

    def __init__(
        self,
        name: str,
        others: Choices,
        strands: Choices,
        chosen: Collection[str],
        parent: QWidget | None = None,
        *,
        strand_id: str = "",
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle("Providers side by side")
        self.resize(self.fontMetrics().averageCharWidth() * 70, self.fontMetrics().lineSpacing() * 26)
        self.list = QListWidget()
        self.list.setAccessibleName("Other providers")
        name_bars(self.list, "the providers")
        for key, label in sorted(others, key=lambda one: (one[0] not in chosen, one[1].casefold())):
            item = QListWidgetItem(label, self.list)
            item.setData(Qt.ItemDataRole.UserRole, key)
            item.setCheckState(Qt.CheckState.Checked if key in chosen else Qt.CheckState.Unchecked)
        self.list.itemChanged.connect(self._count)
        self.finder = _Finder(self.list)
        self.finder.textChanged.connect(self._find)
        self.strand = ChoiceField(width_letters=28)
        self.strand.setAccessibleName("Strand")
        self.strand.set_choices([(key, label) for key, label in strands])
        self.strand.set_value(strand_id or (strands[0][0] if strands else None))
        self.count = plain_label(role="muted")
        self.message = wrapped_label("", "error")
        self.message.hide()
        self._lay_out(name)
        self._count()

    def _lay_out(self, name: str) -> None:
        self.show_button = QPushButton("Show side by side")
        self.show_button.setProperty("role", "primary")
        self.show_button.setDefault(True)
        self.show_button.clicked.connect(self._finish)
        self.none_button = QPushButton("&Untick all")
        self.none_button.setAutoDefault(False)
        self.none_button.clicked.connect(self._untick)
        cancel = QPushButton("Cancel")
        cancel.setAutoDefault(False)
        cancel.clicked.connect(self.reject)
        buttons = QHBoxLayout()
        buttons.addWidget(self.none_button)
        buttons.addWidget(self.count, 1)
        buttons.addWidget(cancel)
        buttons.addWidget(self.show_button)
        form = QFormLayout(self)
        form.setSpacing(look.space(2))
        told = f"{name} stands first. Tick up to {MOST_OTHERS} others, or none to end it. They are kept for next time."
        form.addRow(wrapped_label(told))
        form.addRow("&Find", self.finder)
        form.addRow(self.list)
        form.addRow("&Strand", self.strand)
        form.addRow(self.message)
        form.addRow(buttons)

    def chosen(self) -> list[str]:
        """The ids of the providers that are ticked, in the order of their names."""
        ticked = [item for item in self._items() if item.checkState() == Qt.CheckState.Checked]
        return [item.data(Qt.ItemDataRole.UserRole) for item in sorted(ticked, key=lambda one: one.text().casefold())]

    def _items(self) -> list[QListWidgetItem]:
        return [self.list.item(row) for row in range(self.list.count())]

    def _find(self, typed: str) -> None:
        """Show those with the typed letters in their names; what is hidden stays ticked."""
        for item in self._items():
            item.setHidden(typed.strip().casefold() not in item.text().casefold())

    def _untick(self) -> None:
        for item in self._items():
            item.setCheckState(Qt.CheckState.Unchecked)

    def _count(self) -> None:
        count = len(self.chosen())
        self.count.setText(f"{count} of {MOST_OTHERS} ticked")
        if count <= MOST_OTHERS:
            self.message.hide()

    def _finish(self) -> None:
        count = len(self.chosen())
        if count > MOST_OTHERS:
            self.message.setText(f"Choose {MOST_OTHERS} providers at most: {count} are ticked")
            self.message.show()
            announce(self, self.message.text())
            return
        self.accept()

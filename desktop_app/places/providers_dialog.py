"""Chooses providers to stand side by side on the timeline, and the strand that is shown of each."""

from collections.abc import Collection, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QFormLayout, QHBoxLayout, QListWidget, QListWidgetItem, QPushButton, QWidget

from desktop_app import look
from desktop_app.views.fields import ChoiceField
from desktop_app.views.plain_text import wrapped_label

MOST_OTHERS = 10
Choices = Sequence[tuple[str, str]]


class ProvidersDialog(QDialog):
    """Up to ten others beside one provider."""

    def __init__(
        self, name: str, others: Choices, strands: Choices, chosen: Collection[str], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle("Providers side by side")
        self.resize(self.fontMetrics().averageCharWidth() * 70, self.fontMetrics().lineSpacing() * 24)
        self.list = QListWidget()
        self.list.setAccessibleName("Other providers")
        for key, label in others:
            item = QListWidgetItem(label, self.list)
            item.setData(Qt.ItemDataRole.UserRole, key)
            item.setCheckState(Qt.CheckState.Checked if key in chosen else Qt.CheckState.Unchecked)
        self.strand = ChoiceField(width_letters=28)
        self.strand.setAccessibleName("Strand")
        self.strand.set_choices([(key, label) for key, label in strands])
        self.strand.set_value(strands[0][0] if strands else None)
        self.message = wrapped_label("", "error")
        self.message.hide()
        self.show_button = QPushButton("Show side by side")
        self.show_button.setProperty("role", "primary")
        self.show_button.setDefault(True)
        self.show_button.clicked.connect(self._finish)
        cancel = QPushButton("Cancel")
        cancel.clicked.connect(self.reject)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(cancel)
        buttons.addWidget(self.show_button)
        form = QFormLayout(self)
        form.setSpacing(look.space(2))
        form.addRow(wrapped_label(f"{name} stands first. Choose up to {MOST_OTHERS} others, or none to end it."))
        form.addRow(self.list)
        form.addRow("&Strand", self.strand)
        form.addRow(self.message)
        form.addRow(buttons)

    def chosen(self) -> list[str]:
        """The ids of the providers that are ticked, in their order."""
        items = (self.list.item(row) for row in range(self.list.count()))
        return [item.data(Qt.ItemDataRole.UserRole) for item in items if item.checkState() == Qt.CheckState.Checked]

    def _finish(self) -> None:
        count = len(self.chosen())
        if count > MOST_OTHERS:
            self.message.setText(f"Choose {MOST_OTHERS} providers at most: {count} are ticked")
            self.message.show()
            return
        self.accept()

"""A line below an inspection's documents: link one that the provider has already."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from desktop_app import look
from desktop_app.views.fields import ChoiceField
from desktop_app.views.plain_text import plain_label


class LinkBar(QWidget):
    """Hidden while there is nothing to link.

    Signals:
        link_wanted: Emitted with the id of the document to link.
    """

    link_wanted = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.choice = ChoiceField(width_letters=30)
        self.choice.setAccessibleName("A document kept already")
        label = plain_label("&Link a document kept already")
        label.setBuddy(self.choice)
        button = QPushButton("Link it")
        button.setAutoDefault(True)
        button.clicked.connect(self._on_clicked)
        line = QHBoxLayout(self)
        line.setContentsMargins(look.space(5), look.space(1), look.space(5), look.space(3))
        line.addWidget(label)
        line.addWidget(self.choice, 1)
        line.addWidget(button)

    def offer(self, documents: Sequence[tuple[str, str]]) -> None:
        """Offer documents by id and title."""
        self.choice.set_choices(list(documents))
        if documents and self.choice.value() not in {key for key, _ in documents}:
            self.choice.set_value(documents[0][0])
        self.setVisible(bool(documents))

    def _on_clicked(self) -> None:
        if key := self.choice.value():
            self.link_wanted.emit(key)

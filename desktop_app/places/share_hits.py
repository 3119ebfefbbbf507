"""What might identify a child in what is about to go out: each place in its words, and the person decides."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from db.shared_texts import MOST_HITS, Hit
from desktop_app import look
from desktop_app.places.share_form import button, button_line
from desktop_app.views.naming import name_bars
from desktop_app.views.plain_text import plain_label, wrapped_label

TITLE = "Could this identify a child?"
HINT = "Look at each place. Nothing is written until you say that it is all right."


class ShareHits(QWidget):
    """Signals:
    edit_wanted: Emitted with the type and the id of the current hit's record.
    accepted: Emitted when all of it may go out.
    """

    edit_wanted = Signal(str, str)
    accepted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._hits: Sequence[Hit] = ()
        self.list = QListWidget()
        self.list.setAccessibleName(TITLE)
        self.list.setWordWrap(True)
        self.list.setTabKeyNavigation(False)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        name_bars(self.list, "places found")
        self.count = wrapped_label()
        self.back_button = button("Go back and edit", self._on_back, is_primary=True)
        self.accept_button = button("It is all right", self.accepted.emit)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(look.space(3))
        column.addWidget(plain_label(TITLE, "subheading"))
        column.addWidget(self.count)
        column.addWidget(self.list, 1)
        column.addWidget(wrapped_label(HINT, "muted"))
        column.addLayout(button_line(self.accept_button, self.back_button))

    def show_hits(self, hits: Sequence[Hit]) -> str:
        """Show these; return them in a sentence."""
        self._hits = hits
        self.list.clear()
        for hit in hits:
            QListWidgetItem(hit.sentence, self.list)
        self.list.setCurrentRow(0)
        found = "1 place" if len(hits) == 1 else f"{len(hits):,} places"
        more = "at least " if len(hits) >= MOST_HITS else ""
        self.count.setText(f"There is {more}{found} to look at." if len(hits) == 1 else f"There are {more}{found}.")
        return f"{TITLE} {self.count.text()}"

    def _on_back(self) -> None:
        hit = self._hits[max(self.list.currentRow(), 0)]
        self.edit_wanted.emit(hit.record_type.value, hit.record_id)

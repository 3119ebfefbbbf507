"""What might identify a child in what is about to go out: each place in its words, and the person decides."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from db.safe_withheld import KEPT_FILE, Withheld, is_possible, is_whole_record
from db.shared_texts import MOST_HITS, Hit
from desktop_app import look
from desktop_app.places.dialog_parts import button, button_line
from desktop_app.views.naming import name_bars
from desktop_app.views.plain_text import plain_label, wrapped_label

TITLE = "Could this identify a child?"
HINT = "Look at each place. Tick what is to stay out; the copy says how many texts were left out, not which."
NAME_STANDS = "A name or a title cannot be left out. Go back and edit it, or leave it as it is."
FILE_STAYS = "If you tick it, the kept file of this document stays out, with all of its pages."
RECORD_STAYS = "If you tick it, this {} stays out."
TEXT_STAYS = "If you tick it, this text stays out; the rest of its record goes out."
_KEYS_ROLE = Qt.ItemDataRole.UserRole


class ShareHits(QWidget):
    """Signals:
    edit_wanted: Emitted with the type and the id of the current hit's record.
    accepted: Emitted when it may go out, but for what is ticked (`left_out`).
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
        self.list.itemChanged.connect(self._on_ticked)
        self.list.currentRowChanged.connect(self._tell_what_stays)
        self.count, self.consequence = wrapped_label(), wrapped_label(role="muted")
        self.all_button = button("&Leave out all", self._tick_all)
        self.back_button = button("&Go back and edit", self._on_back, is_primary=True)
        self.accept_button = button("", self.accepted.emit)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(look.space(3))
        column.addWidget(plain_label(TITLE, "subheading"))
        column.addWidget(self.count)
        column.addWidget(wrapped_label(HINT))
        column.addWidget(self.list, 1)
        column.addWidget(self.consequence)
        line = button_line(self.accept_button, self.back_button)
        line.insertWidget(0, self.all_button)
        column.addLayout(line)

    @property
    def are_more(self) -> bool:
        """Whether there is more than is shown."""
        return len(self._hits) >= MOST_HITS

    def show_hits(self, hits: Sequence[Hit]) -> str:
        """Show these; return them in a sentence."""
        self._hits = hits
        self.list.blockSignals(True)
        self.list.clear()
        for hit in hits:
            item = QListWidgetItem(hit.sentence, self.list)
            item.setData(_KEYS_ROLE, hit.text)
            if is_possible(hit.text.record_type, hit.text.field):
                item.setCheckState(Qt.CheckState.Unchecked)
            else:
                item.setFlags(item.flags() & ~Qt.ItemFlag.ItemIsUserCheckable)
        self.list.blockSignals(False)
        self.list.setCurrentRow(0)
        self._tell_what_stays()
        self._tell_count()
        found = "1 place" if len(hits) == 1 else f"{len(hits):,} places"
        more = "at least " if self.are_more else ""
        self.count.setText(f"There is {more}{found} to look at." if len(hits) == 1 else f"There are {more}{found}.")
        return f"{TITLE} {self.count.text()}"

    def left_out(self) -> frozenset[Withheld]:
        """The texts that are ticked."""
        items = (self.list.item(row) for row in range(self.list.count()))
        return frozenset(item.data(_KEYS_ROLE) for item in items if item.checkState() == Qt.CheckState.Checked)

    def _on_ticked(self, item: QListWidgetItem) -> None:
        """Tick every place in a text together: a text goes out whole or not at all."""
        text = item.data(_KEYS_ROLE)
        self._tick({text}, item.checkState())

    def _tick_all(self) -> None:
        texts = {hit.text for hit in self._hits if is_possible(hit.text.record_type, hit.text.field)}
        is_all = self.left_out() == texts
        self._tick(texts, Qt.CheckState.Unchecked if is_all else Qt.CheckState.Checked)

    def _tick(self, texts: set[Withheld], state: Qt.CheckState) -> None:
        self.list.blockSignals(True)
        for row, hit in enumerate(self._hits):
            if hit.text in texts:
                self.list.item(row).setCheckState(state)
        self.list.blockSignals(False)
        self.list.viewport().update()
        self._tell_count()

    def _tell_count(self) -> None:
        count = len(self.left_out())
        self.accept_button.setText(
            "It is &all right" if not count else f"&Write it without {count:,} {'text' if count == 1 else 'texts'}"
        )
        self.accept_button.setAccessibleName(self.accept_button.text().replace("&", ""))

    def _tell_what_stays(self, row: int = 0) -> None:
        if 0 <= row < len(self._hits):
            self.consequence.setText(_in_words(self._hits[row].text))

    def _on_back(self) -> None:
        hit = self._hits[max(self.list.currentRow(), 0)]
        self.edit_wanted.emit(hit.record_type.value, hit.record_id)


def _in_words(text: Withheld) -> str:
    """What it means to leave a text out."""
    if not is_possible(text.record_type, text.field):
        return NAME_STANDS
    if text.field == KEPT_FILE:
        return FILE_STAYS
    if is_whole_record(text.record_type, text.field):
        return RECORD_STAYS.format(text.record_type.value.replace("_", " "))
    return TEXT_STAYS

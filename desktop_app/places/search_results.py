"""What a search finds, in a list that drops down below the search box while the typing stays in the box."""

from PySide6.QtCore import QEvent, QModelIndex, QObject, Qt, QTimer, Signal
from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import isValid

from db import search, search_filters
from db.errors import StoreError
from db.hits import Hit
from db.search import Results
from desktop_app import look
from desktop_app.places.search_panel import SearchPanel
from desktop_app.tables.hit_copying import copy
from desktop_app.views.announce import announce
from desktop_app.views.search_box import SearchBox
from desktop_app.workspace import Workspace

FIRST, MORE = 20, 200  # hits shown at once, and after a person went to the end of them
REST_MS = 500  # without a key: then other forms of the words are looked for, and the count is spoken
MOST_TYPED_LETTERS = 60  # of what was typed, said back
_ADVICE = "Try fewer words, the start of a word, another spelling or other filters."
_HELP = "Type words, or choose filters. “Words in quotation marks” are found side by side, -word leaves a word out."
_SELECTING = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier


class SearchResults(SearchPanel):
    """The results of one file, over the places of its window; hidden while the box is empty or left.

    Attributes:
        opened: the hit that was chosen last; of a paragraph of a document it knows page, paragraph and words.

    Signals:
        hit_opened: Emitted with the record type's name and the record's id when a hit is chosen.
    """

    hit_opened = Signal(str, str)

    def __init__(self, workspace: Workspace, box: SearchBox, parent: QWidget) -> None:
        super().__init__(box, parent, self._choices)
        self._workspace = workspace
        self._results = Results("")
        self._limit = FIRST
        self._came_from: QWidget | None = None
        self._opened = ""
        self.opened: Hit | None = None
        self._rest = QTimer(self, singleShot=True, interval=REST_MS)
        self._rest.timeout.connect(self._on_rest)
        self._connect()

    def _connect(self) -> None:
        self.box.search_requested.connect(self._on_typed)
        self.box.results_wanted.connect(self._go_to_results)
        self.box.given_up.connect(self._give_up)
        self.view.left_upwards.connect(self._back_to_box)
        self.view.closed.connect(self._close_list)
        self.view.typed_on.connect(self._type_on)
        self.view.end_reached.connect(self._show_more)
        self.view.activated.connect(self._choose)
        self.view.clicked.connect(self._choose_by_click)
        self.view.copy_wanted.connect(self._copy)
        self.order_button.toggled.connect(self._search_anew)
        self.filters_button.toggled.connect(self._show_filters)
        self.filters.changed.connect(self._search_anew)
        self.filters.left.connect(self._close_list)
        self.table_button.clicked.connect(lambda: self._copy(False))
        self.list_button.clicked.connect(lambda: self._copy(True))
        self._workspace.changed.connect(self._on_changed)
        look.signals.changed.connect(self.view.viewport().update)
        QApplication.instance().focusChanged.connect(self._on_focus_changed)  # type: ignore[union-attr]
        self._window.installEventFilter(self)

    def _choices(self, name: str) -> list[tuple[str, str]]:
        try:
            return search_filters.choices(self._workspace.store, name)
        except StoreError:  # the next opening of the filters tries again
            return []

    def sentence(self) -> str:
        """What the search found, for the line above the list and for a screen reader."""
        if self._results.trouble or self._results.is_blank:
            return self._results.trouble
        if self._results.hits:
            return self._results.count_words
        typed = self._results.typed.strip()
        shown = typed if len(typed) <= MOST_TYPED_LETTERS else typed[:MOST_TYPED_LETTERS] + "…"
        return f"No results for “{shown}”" if shown else "No results with these filters"

    def next_hit(self, step: int = 1) -> bool:
        """Open the hit after the one that was opened last, after the last one the first; False where there is none."""
        if self.box.text() != self._results.typed:
            self._search(self.box.text())
        rows = self.model.rows_of_hits()
        if not rows:
            self.box.start()
            return False
        here = self.model.row_of(self._opened)
        place = (rows.index(here) + step) % len(rows) if here >= 0 else (0 if step > 0 else -1)
        announce(self.box, f"Hit {place % len(rows) + 1} of {len(rows)}")
        self._open(rows[place])
        return True

    def _on_typed(self, typed: str) -> None:
        self._limit = FIRST
        self._opened = ""
        self._search(typed, is_quick=True)
        if self._results.is_blank or not self.box.hasFocus():
            self.hide()
        else:
            self.drop_down()
            self._rest.start()

    def _on_rest(self) -> None:
        """The typing rests: look for other forms of the words too, and say how many hits there are."""
        if self.isVisible() and self._results.is_quick:
            self._search_again()
        announce(self.box, self.sentence())

    def _search_anew(self) -> None:
        """Search for the same words with other filters or in another order."""
        self._limit = FIRST
        self._search(self.box.text())
        if self.isVisible():
            self.drop_down()
            self._rest.start()

    def _search(self, typed: str, *, is_quick: bool = False) -> None:
        self._results = search.find(
            self._workspace.store,
            typed,
            self._limit,
            self.filters.values(),
            is_best_first=self.order_button.isChecked(),
            is_quick=is_quick,
        )
        self.model.show_results(self._results)
        has_hits = bool(self._results.hits)
        chosen = len(self.filters.values())
        self.filters_button.setText(f"Filters ({chosen})" if chosen else "Filters")
        self.count.setText(self.sentence())
        self.advice.setText("" if self._results.trouble else _HELP if self._results.is_blank else _ADVICE)
        self.advice.setVisible(not has_hits)
        self.foot.setVisible(has_hits)
        self.view.setVisible(has_hits)
        self.view.scrollToTop()

    def _show_filters(self, is_wanted: bool) -> None:
        if is_wanted:
            self.filters.offer()
        self.filters.setVisible(is_wanted)
        if self.isVisible():
            self.drop_down()

    def _go_to_results(self) -> None:
        if self.isHidden():
            self._on_typed(self.box.text())
        rows = self.model.rows_of_hits()
        if rows and self.isVisible():
            self.view.setFocus(Qt.FocusReason.OtherFocusReason)
            self.view.go_to(rows[0])
        elif self._results.is_blank:  # nothing typed: filters alone find something too
            self.filters_button.setChecked(True)
            self.drop_down()
            self.filters.boxes["kind"].setFocus(Qt.FocusReason.OtherFocusReason)

    def _choose_by_click(self, index: QModelIndex) -> None:
        if not QApplication.keyboardModifiers() & _SELECTING:
            self._choose(index)

    def _copy(self, is_list: bool) -> None:
        """Put the selected hits on the clipboard: one as a quotation, several as a table or a list."""
        hits = self.view.chosen() or [hit for row in self.model.rows_of_hits() if (hit := self.model.hit(row))]
        if not hits:
            return
        is_quotation = is_list or (len(hits) == 1 and self.view.hasFocus())
        has_many = len(self._workspace.lists.providers) > 1
        said = copy(hits, is_list=is_quotation, with_provider=has_many)
        self.count.setText(f"{self.sentence()} · {said}")
        announce(self.box, said)

    def _choose(self, index: QModelIndex) -> None:
        if self.isVisible():  # where one click activates, the second signal comes after the first has closed it
            self._open(index.row())

    def _open(self, row: int) -> None:
        hit = self.model.hit(row)
        if hit is None:
            return
        self.opened = hit
        self._opened = hit.key
        self.view.setCurrentIndex(self.model.index(row))
        self.hide()
        self.hit_opened.emit(hit.record_type.value, hit.record_id)

    def _back_to_box(self) -> None:
        self.view.clearSelection()
        self.box.setFocus(Qt.FocusReason.OtherFocusReason)
        self.box.deselect()

    def _close_list(self) -> None:
        self._back_to_box()
        self.hide()

    def _type_on(self, text: str) -> None:
        self._back_to_box()
        self.box.end(False)
        self.box.insert(text)

    def _give_up(self) -> None:
        self.filters.clear()
        self.hide()
        if self._came_from is not None and isValid(self._came_from) and self._came_from.isVisible():
            self._came_from.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_more(self) -> None:
        if self._limit == FIRST and len(self._results.hits) < sum(self._results.counts.values()):
            self._limit = MORE
            self._search_again()

    def _on_changed(self) -> None:
        if self.isVisible():
            self._search_again()

    def _search_again(self) -> None:
        hit = self.model.hit(self.view.currentIndex().row())
        scrolled_px = self.view.verticalScrollBar().value()
        self._search(self._results.typed)
        row = self.model.row_of(hit.key) if hit else -1
        if row >= 0:
            self.view.setCurrentIndex(self.model.index(row))
        self.view.verticalScrollBar().setValue(scrolled_px)

    def _on_focus_changed(self, old: QWidget | None, new: QWidget | None) -> None:
        if new is self.box and old is not None and not self.holds(old):
            self._came_from = old
        if self.isVisible() and new is not None and new is not self.box and not self.holds(new):
            self.hide()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if self.isVisible() and event.type() == QEvent.Type.Resize:
            self.drop_down()
        elif self.isVisible() and event.type() == QEvent.Type.MouseButtonPress:
            self.hide()  # a click on nothing in particular, which no widget took
        return super().eventFilter(watched, event)

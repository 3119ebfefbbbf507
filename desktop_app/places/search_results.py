"""What a search finds, in a list that drops down below the search box while the typing stays in the box."""

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPoint, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QVBoxLayout, QWidget
from shiboken6 import isValid

from db import search
from db.search import Results
from desktop_app import look
from desktop_app.tables.hit_list import HitList
from desktop_app.tables.hit_view import HitView
from desktop_app.views.announce import announce
from desktop_app.views.plain_text import plain_label
from desktop_app.views.search_box import SearchBox
from desktop_app.workspace import Workspace

FIRST, MORE = 20, 200  # hits shown at once, and after a person went to the end of them
LETTERS = 80  # of its width
ANNOUNCE_AFTER_MS = 500
MOST_TYPED_LETTERS = 60  # of what was typed, said back
_ADVICE = "Try fewer words, the start of a word, or another spelling."


class SearchResults(QFrame):
    """The results of one file, over the places of its window; hidden while the box is empty or left.

    Signals:
        hit_opened: Emitted with the record type's name and the record's id when a hit is chosen.
    """

    hit_opened = Signal(str, str)

    def __init__(self, workspace: Workspace, box: SearchBox, parent: QWidget) -> None:
        super().__init__(parent)
        self._workspace = workspace
        self._window = parent
        self.box = box
        self._results = Results("")
        self._limit = FIRST
        self._came_from: QWidget | None = None
        self._opened = ""
        self._speech = QTimer(self, singleShot=True, interval=ANNOUNCE_AFTER_MS)
        self._speech.timeout.connect(lambda: announce(self.box, self.sentence()))
        self.setProperty("role", "card")
        self.setAccessibleName("Results of the search")
        self.model = HitList(self)
        self.view = HitView(self.model, self)
        self._lay_out()
        self._connect()
        self.hide()

    def _lay_out(self) -> None:
        self.count = plain_label("", "subheading")
        self.keys = plain_label("↓ to the list · Enter opens · Esc closes", "muted")
        head = QHBoxLayout()
        head.addWidget(self.count)
        head.addStretch()
        head.addWidget(self.keys)
        self.advice = plain_label("", "muted")
        self.count.setWordWrap(True)
        self.advice.setWordWrap(True)
        rows = self._rows_of_layout = QVBoxLayout(self)
        rows.setContentsMargins(look.space(3), look.space(3), look.space(3), look.space(3))
        rows.addLayout(head)
        rows.addWidget(self.advice)
        rows.addWidget(self.view, 1)

    def _connect(self) -> None:
        self.box.search_requested.connect(self._on_typed)
        self.box.results_wanted.connect(self._go_to_results)
        self.box.given_up.connect(self._give_up)
        self.view.left_upwards.connect(self._back_to_box)
        self.view.closed.connect(self._close_list)
        self.view.typed_on.connect(self._type_on)
        self.view.end_reached.connect(self._show_more)
        self.view.activated.connect(self._choose)
        self.view.clicked.connect(self._choose)
        self._workspace.changed.connect(self._on_changed)
        look.signals.changed.connect(self.view.viewport().update)
        QApplication.instance().focusChanged.connect(self._on_focus_changed)  # type: ignore[union-attr]
        self._window.installEventFilter(self)

    def sentence(self) -> str:
        """What the search found, for the line above the list and for a screen reader."""
        if self._results.trouble or self._results.is_blank:
            return self._results.trouble
        if self._results.hits:
            return self._results.count_words
        typed = self._results.typed.strip()
        shown = typed if len(typed) <= MOST_TYPED_LETTERS else typed[:MOST_TYPED_LETTERS] + "…"
        return f"No results for “{shown}”"

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
        self._search(typed)
        if self._results.is_blank or not self.box.hasFocus():
            self.hide()
        else:
            self._drop_down()
            self._speech.start()

    def _search(self, typed: str) -> None:
        self._results = search.find(self._workspace.store, typed, self._limit)
        self.model.show_results(self._results)
        has_hits = bool(self._results.hits)
        self.count.setText(self.sentence())
        self.advice.setText("" if self._results.trouble else _ADVICE)
        self.advice.setVisible(not has_hits)
        self.keys.setVisible(has_hits)
        self.view.setVisible(has_hits)
        self.view.scrollToTop()

    def _drop_down(self) -> None:
        """Show below the box, at its right edge, as high as the hits need and the window has room for."""
        window = self._window
        edge_px = look.space(2)
        corner = self.box.mapTo(window, QPoint(self.box.width(), self.box.height()))
        width = min(self.fontMetrics().averageCharWidth() * LETTERS, window.width() - 2 * edge_px)
        left = max(edge_px, min(corner.x() - width, window.width() - width - edge_px))
        room = window.height() - corner.y() - look.space(8)
        self.resize(width, room)
        self._rows_of_layout.activate()
        height = self.sizeHint().height()
        if self._results.hits:
            used = self.height() - self.view.viewport().height()
            height = used + sum(self.view.sizeHintForIndex(self.model.index(row)).height() for row in self._rows())
        self.setGeometry(left, corner.y() + look.space(1), width, min(height, room))
        self.show()
        self.raise_()

    def _rows(self) -> range:
        return range(self.model.rowCount())

    def _go_to_results(self) -> None:
        if self.isHidden():
            self._on_typed(self.box.text())
        rows = self.model.rows_of_hits()
        if rows and self.isVisible():
            self.view.setFocus(Qt.FocusReason.OtherFocusReason)
            self.view.go_to(rows[0])

    def _choose(self, index: QModelIndex) -> None:
        if self.isVisible():  # where one click activates, the second signal comes after the first has closed it
            self._open(index.row())

    def _open(self, row: int) -> None:
        hit = self.model.hit(row)
        if hit is None:
            return
        self._opened = hit.record_id
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
        row = self.model.row_of(hit.record_id) if hit else -1
        if row >= 0:
            self.view.setCurrentIndex(self.model.index(row))
        self.view.verticalScrollBar().setValue(scrolled_px)

    def _on_focus_changed(self, old: QWidget | None, new: QWidget | None) -> None:
        if new is self.box and old is not None and not self.isAncestorOf(old):
            self._came_from = old
        if self.isVisible() and new is not None and new is not self.box and not self.isAncestorOf(new):
            self.hide()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if self.isVisible() and event.type() == QEvent.Type.Resize:
            self._drop_down()
        elif self.isVisible() and event.type() == QEvent.Type.MouseButtonPress:
            self.hide()  # a click on nothing in particular, which no widget took
        return super().eventFilter(watched, event)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(look.current().border_strong)  # a card's own edge would be lost over the page below
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 8, 8)
        painter.end()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        event.accept()  # a click beside the list is none on the window below

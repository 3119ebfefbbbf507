"""The card of search results: count, order and filters above, the list of hits, and copying below."""

from itertools import pairwise

from PySide6.QtCore import QPoint, QRectF
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from desktop_app import look
from desktop_app.tables.hit_list import HitList
from desktop_app.tables.hit_view import HitView
from desktop_app.views.plain_text import plain_label
from desktop_app.views.search_box import SearchBox
from desktop_app.views.search_filters import Choices, SearchFilters

LETTERS = 100  # of its width


class SearchPanel(QFrame):
    """What `SearchResults` shows, laid out below a box and over the window that holds it."""

    def __init__(self, box: SearchBox, window: QWidget, choices: Choices) -> None:
        super().__init__(window)
        self.box = box
        self._window = window
        self.setProperty("role", "card")
        self.setAccessibleName("Results of the search")
        self.model = HitList(self)
        self.view = HitView(self.model, self)
        self._lay_out(choices)
        self.hide()

    def _lay_out(self, choices: Choices) -> None:
        self.count = plain_label("", "subheading")
        self.order_button = _switch("Best first")
        self.filters_button = _switch("Filters")
        self.filters = SearchFilters(choices)
        head = QHBoxLayout()
        head.addWidget(self.count, 1)
        head.addWidget(self.order_button)
        head.addWidget(self.filters_button)
        self.advice = plain_label("", "muted")
        self.count.setWordWrap(True)
        self.advice.setWordWrap(True)
        rows = self._rows_of_layout = QVBoxLayout(self)
        rows.setContentsMargins(look.space(3), look.space(3), look.space(3), look.space(3))
        rows.addLayout(head)
        rows.addWidget(self.filters)
        rows.addWidget(self.advice)
        rows.addWidget(self.view, 1)
        rows.addWidget(self._made_foot())
        self.filters.hide()
        self._order_tabs()

    def _order_tabs(self) -> None:
        """Tab goes from the box through the card, though the card is made after everything else in the window."""
        filters = (*self.filters.boxes.values(), self.filters.clear_button)
        order = (self.box, self.order_button, self.filters_button, *filters, self.view)
        for first, second in pairwise((*order, self.table_button, self.list_button)):
            QWidget.setTabOrder(first, second)

    def _made_foot(self) -> QWidget:
        self.foot = QWidget()
        foot = QHBoxLayout(self.foot)
        foot.setContentsMargins(0, 0, 0, 0)
        self.keys = plain_label("↓ to the list · Shift+↓ selects · Enter opens · Esc closes", "muted")
        self.table_button = QPushButton("Copy as table")
        self.list_button = QPushButton("Copy as list")
        foot.addWidget(self.keys, 1)
        foot.addWidget(self.table_button)
        foot.addWidget(self.list_button)
        return self.foot

    def drop_down(self) -> None:
        """Show below the box, at its right edge, as high as the hits need and the window has room for."""
        window = self._window
        edge_px = look.space(2)
        corner = self.box.mapTo(window, QPoint(self.box.width(), self.box.height()))
        width = min(self.fontMetrics().averageCharWidth() * LETTERS, window.width() - 2 * edge_px)
        left = max(edge_px, min(corner.x() - width, window.width() - width - edge_px))
        room = window.height() - corner.y() - look.space(8)
        self.resize(width, room)
        inner = self._rows_of_layout.contentsMargins()
        self.filters.setFixedHeight(self.filters.heightForWidth(width - inner.left() - inner.right()))
        self._rows_of_layout.activate()
        height = self.sizeHint().height()
        if self.model.rowCount():
            used = self.height() - self.view.viewport().height()
            height = used + sum(
                self.view.sizeHintForIndex(self.model.index(row)).height() for row in range(self.model.rowCount())
            )
        self.setGeometry(left, corner.y() + look.space(1), width, min(height, room))
        self.show()
        self.raise_()

    def holds(self, widget: QWidget | None) -> bool:
        """Whether it is a part of this, or of a list that drops down from one."""
        while widget is not None and widget is not self:
            widget = widget.parentWidget()
        return widget is self

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(look.current().border_strong)  # a card's own edge would be lost over the page below
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 8, 8)
        painter.end()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        event.accept()  # a click beside the list is none on the window below


def _switch(text: str) -> QPushButton:
    """A button that stays pressed."""
    button = QPushButton(text)
    button.setCheckable(True)
    button.setProperty("role", "segment")
    return button

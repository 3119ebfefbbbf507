"""Rows in a low place: the list fills it, and the form takes its place while a row is added or changed."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from desktop_app import look
from desktop_app.forms.context import Context
from desktop_app.forms.entry_tab import EntryTab
from desktop_app.forms.row_form import RowForm
from desktop_app.tables.record_list import Card
from desktop_app.views.scrolling import scroll_area


class RowsTab(EntryTab):
    """An entry tab that shows either its rows or its form.

    Signals:
        left_list: Emitted when the list wants the focus and is empty.
    """

    left_list = Signal()

    def __init__(self, form: RowForm, card_of: Callable[[Any, Context], Card], empty: str) -> None:
        self.pages = QStackedWidget()
        super().__init__(form, card_of, empty)

    def _lay_out(self) -> None:
        listed = QWidget()
        column = QVBoxLayout(listed)
        column.setContentsMargins(look.space(5), look.space(2), look.space(5), look.space(2))
        column.addWidget(self._empty)
        column.addWidget(self.list, 1)
        column.addStretch(0)
        holder = QWidget()
        around = QVBoxLayout(holder)
        around.setContentsMargins(look.space(3), look.space(1), look.space(3), look.space(1))
        around.addWidget(self.form)
        around.addStretch(1)
        self.pages.addWidget(listed)
        self.pages.addWidget(scroll_area(holder, self.form.plural))
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self.pages)
        self.list.setMinimumHeight(self.fontMetrics().lineSpacing() * 3)

    @property
    def is_form_shown(self) -> bool:
        """Whether a row is being added or changed."""
        return self.pages.currentIndex() == 1

    def start_row(self) -> None:
        """Show the form for a new row, with what was begun of it before."""
        if self.form.record is not None:
            self.form.give_up()
        if self.form.record is None:
            self.pages.setCurrentIndex(1)
            self.form.focus_first()

    def focus_list(self) -> None:
        self.pages.setCurrentIndex(0)
        if self.model.records:
            if not self.list.currentIndex().isValid():  # the list would stand on its first row without marking it
                self.list.setCurrentIndex(self.model.index(0))
            super().focus_list()
        else:
            self.left_list.emit()

    def go_back(self) -> None:
        """What Escape does in the form: back to the rows; a new row that was begun stays a draft."""
        if self.form.record is not None:
            self.form.give_up()
        else:
            self.focus_list()

    def show_list(self) -> None:
        """Show the rows, whatever was begun."""
        self.pages.setCurrentIndex(0)

    def _open_current(self, *, with_focus: bool) -> None:
        if not with_focus:
            return  # a click only chooses
        super()._open_current(with_focus=True)
        self.pages.setCurrentIndex(1)
        self.form.focus_first()

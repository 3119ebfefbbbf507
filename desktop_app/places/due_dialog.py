"""Due next: what is late and what comes, and the form where a statutory date is moved with its reason, or met."""

from datetime import date

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QHeaderView,
    QPushButton,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from db import due_next
from db.deadlines import Due
from db.due_next import Item
from db.errors import StoreError
from desktop_app import look
from desktop_app.binding import Deed
from desktop_app.forms.statutory_date import StatutoryDateForm
from desktop_app.views.naming import name_bars
from desktop_app.views.plain_text import as_tool_tip, plain_label, wrapped_label
from desktop_app.workspace import Workspace

HEADINGS = ("Due", "When", "What", "For", "Owner")
NOTHING = (
    "Nothing is due. Statutory dates are worked out once “Report received” is entered in the Details of an inspection; "
    "areas for improvement and actions appear when they have a due date."
)
_WIDE = (2, 3)  # the columns that share the room


class DueDialog(QDialog):
    """Signals:
    record_wanted: Emitted with the type's name and the id of a record that a person wants to see.
    """

    record_wanted = Signal(str, str)

    def __init__(self, workspace: Workspace, parent: QWidget, *, today: date | None = None) -> None:
        super().__init__(parent)
        self._workspace, self._today = workspace, today or date.today()
        self.setWindowTitle("Due next")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(self.fontMetrics().averageCharWidth() * 130, self.fontMetrics().lineSpacing() * 34)
        self._make_list()
        self.form = StatutoryDateForm()
        self.form.edit_wanted.connect(self._write)
        self._lay_out()
        workspace.changed.connect(self._read)
        look.signals.changed.connect(self._read)
        self._read()
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def _make_list(self) -> None:
        self.said = wrapped_label("", "muted")
        self.list = QTreeWidget()
        self.list.setAccessibleName("Due, late ones first")
        self.list.setHeaderLabels(HEADINGS)
        self.list.setRootIsDecorated(False)
        self.list.setUniformRowHeights(True)
        self.list.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        name_bars(self.list, "what is due")
        header = self.list.header()
        header.setStretchLastSection(False)
        for column in range(len(HEADINGS)):
            is_wide = column in _WIDE
            header.setSectionResizeMode(
                column, QHeaderView.ResizeMode.Stretch if is_wide else QHeaderView.ResizeMode.ResizeToContents
            )
        self.list.currentItemChanged.connect(self._on_current)
        self.list.installEventFilter(self)

    def _lay_out(self) -> None:
        self.go_button = QPushButton("&Go to it")
        close = QPushButton("Close")
        for button, deed in ((self.go_button, self.go), (close, self.accept)):
            button.setAutoDefault(False)
            button.clicked.connect(deed)
        line = QHBoxLayout()
        line.addWidget(self.go_button)
        line.addStretch(1)
        line.addWidget(close)
        column = QVBoxLayout(self)
        column.setContentsMargins(look.space(5), look.space(4), look.space(5), look.space(4))
        column.setSpacing(look.space(3))
        self.heading = plain_label("", "subheading")
        for widget, stretch in ((self.said, 0), (self.list, 1), (self.heading, 0), (self.form, 0)):
            column.addWidget(widget, stretch)
        column.addStretch(0)
        column.addLayout(line)

    def _write(self, deed: Deed) -> None:
        try:
            self._workspace.do(deed.label, deed.edit)
        except StoreError as error:
            deed.error = error

    def _read(self) -> None:
        """Read what is due anew; the current line stays the current one."""
        current = self.current
        found = due_next.read(self._workspace.store, self._workspace.lists)
        self.list.blockSignals(True)
        self.list.clear()
        for item in (*found.items, *found.met):
            self._add(item, is_met=item in found.met)
        self.list.blockSignals(False)
        late = sum(item.is_late(self._today) for item in found.items)
        self.said.setText(_summary(len(found.items), late, len({one.inspection_id for one in found.not_known})))
        is_any = self.list.topLevelItemCount() > 0
        self.list.setVisible(is_any)
        self.go_button.setVisible(is_any)
        if line := self._line_of(current) or self.list.topLevelItem(0):
            self.list.setCurrentItem(line)
        self._on_current()

    def _add(self, item: Item, *, is_met: bool) -> None:
        when = f"met on {item.statutory.kept.done_on}" if is_met and item.statutory and item.statutory.kept else ""
        when = when or due_next.how_soon(item, self._today)
        cells = (str(item.on), when, item.what, item.about, item.owner)
        line = QTreeWidgetItem(self.list, list(cells))
        line.setData(0, Qt.ItemDataRole.UserRole, item)
        letters = self.fontMetrics()
        wide = letters.horizontalAdvance(cells[0]) + look.space(4)
        line.setSizeHint(0, QSize(wide, round(letters.lineSpacing() * 1.6)))
        line.setData(0, Qt.ItemDataRole.AccessibleTextRole, ", ".join(filter(None, cells)))
        for column in _WIDE:
            line.setToolTip(column, as_tool_tip(cells[column]))
        if not is_met and item.is_late(self._today):
            line.setForeground(1, look.current().colour("error"))

    def _line_of(self, wanted: Item | None) -> QTreeWidgetItem | None:
        for place in range(self.list.topLevelItemCount()):
            line = self.list.topLevelItem(place)
            if line is not None and wanted is not None and _key(_item_of(line)) == _key(wanted):
                return line
        return None

    @property
    def current(self) -> Item | None:
        """What the current line tells of."""
        line = self.list.currentItem()
        return _item_of(line) if line else None

    def _on_current(self) -> None:
        item = self.current
        statutory = item.statutory if item else None
        if not self._is_same(statutory) and not self.form.is_saved():
            self._show_again()
            return
        self.go_button.setEnabled(item is not None)
        self.heading.setText(item.what if item and statutory else "")
        for widget in (self.heading, self.form):
            widget.setVisible(statutory is not None)
        if statutory is not None:
            self.form.show_due(statutory)
        else:
            self.form.due = None

    def _is_same(self, due: Due | None) -> bool:
        shown = self.form.due
        return shown is None or (
            due is not None and (due.inspection_id, due.deadline) == (shown.inspection_id, shown.deadline)
        )

    def _show_again(self) -> None:
        """Go back to the line whose date cannot be saved as it was typed."""
        for place in range(self.list.topLevelItemCount()):
            line = self.list.topLevelItem(place)
            if line is not None and self._is_same(_item_of(line).statutory):
                self.list.blockSignals(True)
                self.list.setCurrentItem(line)
                self.list.blockSignals(False)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        is_return = isinstance(event, QKeyEvent) and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if watched is self.list and is_return and event.type() == QEvent.Type.KeyPress:
            self.go()
            return True
        return super().eventFilter(watched, event)

    def go(self) -> None:
        """Close, and have the record of the current line shown."""
        if (item := self.current) and self.form.is_saved():
            self.record_wanted.emit(item.record_type.value, item.record_id)
            super().accept()

    def done(self, result: int) -> None:
        """Close; what is typed and cannot be saved keeps the dialog open once, to be put right."""
        if self.form.is_saved():
            super().done(result)


def _item_of(line: QTreeWidgetItem) -> Item:
    item: Item = line.data(0, Qt.ItemDataRole.UserRole)
    return item


def _key(item: Item) -> tuple[str, str]:
    return item.record_id, item.what


def _summary(count: int, late: int, not_known: int) -> str:
    if not count and not not_known:
        return NOTHING
    said = f"{count:,} due, {late:,} of them late." if late else f"{count:,} due, none late." if count else NOTHING
    if not not_known or not count:
        return said
    plural = "inspection has" if not_known == 1 else "inspections have"
    return f"{said} {not_known:,} {plural} statutory dates that are not known: “Report received” is not entered."

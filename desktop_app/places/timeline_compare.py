"""Two inspections side by side: how each judgement moved, and their areas for improvement beside each other."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QFormLayout,
    QHBoxLayout,
    QHeaderView,
    QPushButton,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from db import timeline_compare
from db.improvement_records import Verdict
from db.records import AreaForImprovement, Inspection, Judgement
from db.timeline_words import event_date
from desktop_app import look
from desktop_app.views.announce import announce
from desktop_app.views.fields import ChoiceField
from desktop_app.views.naming import name_bars
from desktop_app.views.plain_text import as_tool_tip, plain_label
from desktop_app.workspace import Workspace


class _Words(QTableWidget):
    """Texts in wrapped cells, to be walked and copied."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self._heads: Sequence[str] = ()
        self._rows: Sequence[Sequence[str]] = ()
        self.setAccessibleName(name)
        name_bars(self, name.lower())
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setTabKeyNavigation(False)
        self.setCornerButtonEnabled(False)
        self.verticalHeader().hide()
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)

    def show_rows(self, heads: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
        self._heads, self._rows = heads, rows
        self.setColumnCount(len(heads))
        self.setRowCount(len(rows))
        self.setHorizontalHeaderLabels(list(heads))
        for row, cells in enumerate(rows):
            for column, cell in enumerate(cells):
                item = QTableWidgetItem(cell)
                item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{heads[column]}: {cell or 'nothing'}")
                item.setToolTip(as_tool_tip(cell))
                self.setItem(row, column, item)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Copy):
            QGuiApplication.clipboard().setText(self.as_text())
            announce(self, "Table copied")
            event.accept()
        else:
            super().keyPressEvent(event)

    def as_text(self) -> str:
        """All of it, cells parted by tabs."""
        lines = [self._heads, *self._rows]
        return "\n".join("\t".join(" ".join(cell.split()) for cell in line) for line in lines)


class CompareDialog(QDialog):
    """One inspection beside another one of the same provider, the one before it to begin with."""

    def __init__(self, workspace: Workspace, inspection: Inspection, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._workspace, self._inspection = workspace, inspection
        self.setWindowTitle("Compare inspections")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(self.fontMetrics().averageCharWidth() * 150, self.fontMetrics().lineSpacing() * 34)
        self._others = others_of(workspace, inspection)
        self.other = ChoiceField(width_letters=48)
        self.other.setAccessibleName("Compare with")
        self.other.set_choices([(one.id, workspace.lists.name_of(one)) for one in self._others])
        self.other.set_value(_first(workspace, inspection, self._others))
        self.other.edited.connect(self._show)
        self.judgements = _Words("Judgements side by side")
        self.areas = _Words("Areas for improvement side by side")
        close = QPushButton("Close")
        close.clicked.connect(self.accept)
        self._lay_out(close)
        self._show()

    def _lay_out(self, close: QPushButton) -> None:
        column = QVBoxLayout(self)
        column.setSpacing(look.space(2))
        column.addWidget(plain_label(self._workspace.lists.name_of(self._inspection), "subheading"))
        form = QFormLayout()
        form.addRow("Compare &with", self.other)
        column.addLayout(form)
        column.addWidget(plain_label("Judgements", "subheading"))
        column.addWidget(self.judgements, 3)
        column.addWidget(plain_label("Areas for improvement", "subheading"))
        column.addWidget(self.areas, 2)
        line = QHBoxLayout()
        line.addStretch(1)
        line.addWidget(close)
        column.addLayout(line)

    def _show(self) -> None:
        other = next((one for one in self._others if one.id == self.other.value()), None)
        if other is None:
            return
        earlier, later = sorted((other, self._inspection), key=_order)
        store, lists = self._workspace.store, self._workspace.lists
        names = [str(event_date(one) or "Date not known") for one in (earlier, later)]
        found = timeline_compare.judgements(
            lists, *(store.each(Judgement, inspection_id=one.id) for one in (earlier, later))
        )
        self.judgements.show_rows(
            (f"Area, {names[0]}", "Grade then", f"Area, {names[1]}", "Grade", "Movement"),
            [(one.earlier_area, one.earlier, one.later_area, one.later, one.movement) for one in found],
        )
        before, after = (store.each(AreaForImprovement, inspection_id=one.id) for one in (earlier, later))
        beside = timeline_compare.areas(lists, before, after, store.each(Verdict, inspection_id=later.id))
        heads = (names[0], f"Said of it on {names[1]}", names[1], "Themes that recur")
        self.areas.show_rows(heads, [(one.earlier, one.said, one.later, one.themes) for one in beside])


def others_of(workspace: Workspace, inspection: Inspection) -> list[Inspection]:
    """The other inspections of the same provider, the newest first; events that are none stay out."""
    found = workspace.store.each(Inspection, provider_id=inspection.provider_id)
    ours = (one for one in found if workspace.lists.framework_of(one.kind_id).is_inspection)
    return sorted((one for one in ours if one.id != inspection.id), key=_order, reverse=True)


def _first(workspace: Workspace, inspection: Inspection, others: Sequence[Inspection]) -> str | None:
    """The one before it that was graded as it is; else the newest."""
    graded = [one for one in others if workspace.lists.kinds[one.kind_id].is_graded]
    before = [one for one in graded if _order(one) < _order(inspection)]
    return next((one.id for one in (*before, *graded, *others)), None)


def _order(inspection: Inspection) -> tuple[str, str]:
    on = event_date(inspection)
    return on.first_day.isoformat() if on else "", inspection.id

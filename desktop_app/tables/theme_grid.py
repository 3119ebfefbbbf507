"""The grid of themes by inspections: a count in each cell, what recurs marked by words as well as by shade."""

from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QColor, QFont, QKeyEvent, QKeySequence, QPainter, QPen
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from db.theme_matrix import Matrix
from desktop_app import look
from desktop_app.views.naming import name_bars
from desktop_app.views.plain_text import as_tool_tip

Index = QModelIndex | QPersistentModelIndex
RAISED = "Raised in"
_NOTHING = "–"
_FRAME_PX = 2
_MOST_THEME_LETTERS = 46
_CENTRED = Qt.AlignmentFlag.AlignCenter
_RETURNS = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class ThemeGrid(QAbstractTableModel):
    """A row for each theme, a column for how often it was raised, and one for each inspection."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.matrix = Matrix((), (), (), False)

    def show_matrix(self, matrix: Matrix) -> None:
        """Show another matrix."""
        self.beginResetModel()
        self.matrix = matrix
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:
        return 0 if parent.isValid() else len(self.matrix.rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:
        return 0 if parent.isValid() or not self.matrix.rows else len(self.matrix.names) + 1

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        row, column = index.row(), index.column() - 1
        line = self.matrix.rows[row]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                of = f"{line.inspections} of {len(self.matrix.inspections)}"
                return of if column < 0 else line.cells[column].text or _NOTHING
            case Qt.ItemDataRole.ToolTipRole:
                return as_tool_tip(self.sentence(row, column))
            case Qt.ItemDataRole.AccessibleTextRole:
                return self.sentence(row, column)
            case Qt.ItemDataRole.TextAlignmentRole:
                return _CENTRED
            case Qt.ItemDataRole.BackgroundRole:
                return self._shade(row, column)
            case Qt.ItemDataRole.ForegroundRole:
                is_empty = column >= 0 and not line.cells[column].text
                return look.current().muted if is_empty else look.current().text
            case Qt.ItemDataRole.FontRole:
                return _bold() if line.recurs and (column < 0 or line.cells[column].areas) else None
        return None

    def sentence(self, row: int, column: int) -> str:
        """A cell for the ear; before the first inspection stands how often the theme was raised."""
        if column >= 0:
            return self.matrix.sentence(row, column)
        name = self.matrix.rows[row].name
        return f"{name[:1].upper()}{name[1:]}, raised {self.matrix.recurrence(row)}"

    def _shade(self, row: int, column: int) -> QColor | None:
        line = self.matrix.rows[row]
        return look.current().accent_soft if column >= 0 and line.recurs and line.cells[column].areas else None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        is_column = orientation == Qt.Orientation.Horizontal
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _CENTRED if is_column else Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        if role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return None
        if is_column:
            return RAISED if section == 0 else self.matrix.names[section - 1]
        return self.matrix.rows[section].name


class ThemeGridView(QTableView):
    """Walked by arrow keys; a cell is read as a sentence.

    Signals:
        entered_cell: Emitted on Enter.
        copy_wanted: Emitted on Ctrl+C.
    """

    entered_cell = Signal()
    copy_wanted = Signal()

    def __init__(self, model: ThemeGrid, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setModel(model)
        self.setAccessibleName("Themes by inspection")
        self.setAccessibleDescription("Arrow keys walk the cells. Enter goes to the words of a cell. Ctrl+C copies all")
        name_bars(self, "the grid")
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setItemDelegate(_CellDelegate(self))
        self.setTabKeyNavigation(False)
        self.setCornerButtonEnabled(False)
        self.setShowGrid(True)
        self.setWordWrap(False)
        for header in (self.horizontalHeader(), self.verticalHeader()):
            header.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
            header.setHighlightSections(False)
        self.horizontalHeader().setAccessibleName("Inspections")
        self.horizontalHeader().setMinimumHeight(self.fontMetrics().lineSpacing() + look.space(4))
        self.verticalHeader().setAccessibleName("Themes")
        self.verticalHeader().setDefaultSectionSize(self.fontMetrics().lineSpacing() + look.space(3))
        model.modelReset.connect(self._fit)

    def _fit(self) -> None:
        """Make each column as wide as what heads it, and the themes as wide as the longest of them."""
        model = self.model()
        names = [str(model.headerData(row, Qt.Orientation.Vertical)) for row in range(model.rowCount())]
        most_px = self.fontMetrics().averageCharWidth() * _MOST_THEME_LETTERS
        longest_px = max((self.fontMetrics().horizontalAdvance(name) for name in names), default=0)
        self.verticalHeader().setFixedWidth(min(longest_px, most_px) + look.space(6))
        metrics = self.horizontalHeader().fontMetrics()
        for column in range(model.columnCount()):
            words = str(model.headerData(column, Qt.Orientation.Horizontal))
            self.setColumnWidth(column, metrics.horizontalAdvance(words) + look.space(7))

    def width_px(self) -> int:
        """How wide it is with all its columns."""
        columns = sum(self.columnWidth(column) for column in range(self.model().columnCount()))
        bar = self.verticalScrollBar().sizeHint().width()
        return self.verticalHeader().width() + columns + bar + 2 * self.frameWidth()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy_wanted.emit()
        elif event.key() in _RETURNS:
            self.entered_cell.emit()
        else:
            super().keyPressEvent(event)
            return
        event.accept()


class _CellDelegate(QStyledItemDelegate):
    """Frames the current cell, whose shade may be that of its neighbours."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        super().paint(painter, option, index)
        if option.state & QStyle.StateFlag.State_Selected:
            painter.save()
            painter.setPen(QPen(look.current().focus, _FRAME_PX))
            painter.drawRect(option.rect.adjusted(1, 1, -_FRAME_PX, -_FRAME_PX))
            painter.restore()


def _bold() -> QFont:
    font = QFont()
    font.setBold(True)
    return font

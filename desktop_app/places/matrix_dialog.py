"""Themes by inspection: what inspectors raised again and again, and the words behind each count."""

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QCheckBox, QDialog, QHBoxLayout, QPushButton, QSplitter, QVBoxLayout, QWidget

from db.records import AreaForImprovement, Quote, Record, RecordType
from db.theme_matrix import Matrix, said
from desktop_app import look
from desktop_app.tables.record_list import Card, RecordList, RecordView
from desktop_app.tables.theme_grid import ThemeGrid, ThemeGridView
from desktop_app.views.announce import announce
from desktop_app.views.fields import ChoiceField
from desktop_app.views.labelled import Labelled
from desktop_app.views.naming import name_handle
from desktop_app.views.plain_text import wrapped_label
from desktop_app.workspace import Workspace

NOTHING = "No area for improvement of this provider is recorded yet. Add them in the inspection, and set themes there."
HINT = "Bold rows were raised by two or more inspections. What recurs most stands first."
_CONCERNED = frozenset(RecordType(name) for name in "area_for_improvement quote inspection provider theme".split())


class MatrixDialog(QDialog):
    """The grid of one provider, with the words of the current cell beside it.

    Signals:
        told: Emitted with a sentence for the status line.
        record_wanted: Emitted with the type and the id of a record that a person wants to see.
    """

    told = Signal(str)
    record_wanted = Signal(str, str)

    def __init__(self, workspace: Workspace, provider_id: str | None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._workspace = workspace
        self.setWindowTitle("Themes by inspection")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        room = self.screen().availableGeometry().size() * 0.94
        wanted = QSize(self.fontMetrics().averageCharWidth() * 170, self.fontMetrics().lineSpacing() * 34)
        self.resize(wanted.boundedTo(room))
        self._make_choices(provider_id)
        self._make_grid()
        self._lay_out()
        self._connect()
        self._show()
        whole_px = self.width()
        grid_px = min(self.grid.width_px(), whole_px * 2 // 3)
        self.splitter.setSizes([grid_px, whole_px - grid_px])
        self.grid.setFocus(Qt.FocusReason.OtherFocusReason)

    def _make_choices(self, provider_id: str | None) -> None:
        providers = list(self._workspace.lists.providers.values())
        self.provider = ChoiceField(width_letters=28)
        self.provider.set_choices([(one.id, one.name) for one in sorted(providers, key=lambda one: one.name)])
        self.provider.set_value(provider_id or (providers[0].id if providers else None))
        self._provider_line = Labelled("&Provider", self.provider)
        self._provider_line.setVisible(len(providers) > 1)
        self.quotes = QCheckBox("Count &quotes too")

    def _make_grid(self) -> None:
        self.model = ThemeGrid(self)
        self.grid = ThemeGridView(self.model)
        self.hint = wrapped_label(HINT, "muted")
        self.heading = wrapped_label("", "subheading")
        self.words = RecordList(self._card, self)
        self.list = RecordView("Words of the cell", self.words)
        self.list.setAccessibleDescription("Enter shows the record")
        self.show_button = QPushButton("Show it in its inspection")
        self.copy_button = QPushButton("Copy table")

    def _lay_out(self) -> None:
        beside = QWidget()
        column = QVBoxLayout(beside)
        column.setContentsMargins(look.space(2), 0, 0, 0)
        column.addWidget(self.heading)
        column.addWidget(self.list, 1)
        column.addWidget(self.show_button, 0, Qt.AlignmentFlag.AlignLeft)
        self.splitter = QSplitter()
        self.splitter.addWidget(self.grid)
        self.splitter.addWidget(beside)
        self.splitter.setStretchFactor(1, 1)
        self.splitter.setChildrenCollapsible(False)
        name_handle(self.splitter, "Grid and words")
        top = QHBoxLayout()
        top.addWidget(self._provider_line)
        top.addWidget(self.hint, 1)
        top.addWidget(self.quotes)
        close = QPushButton("Close")
        close.clicked.connect(self.accept)
        bottom = QHBoxLayout()
        bottom.addWidget(self.copy_button)
        bottom.addStretch(1)
        bottom.addWidget(close)
        column = QVBoxLayout(self)
        column.setContentsMargins(look.space(4), look.space(3), look.space(4), look.space(3))
        column.setSpacing(look.space(3))
        column.addLayout(top)
        column.addWidget(self.splitter, 1)
        column.addLayout(bottom)
        for button in (self.show_button, self.copy_button, close):
            button.setAutoDefault(False)

    def _connect(self) -> None:
        self.provider.left.connect(self._show)
        self.provider.edited.connect(self._show)
        self.quotes.toggled.connect(self._show)
        self.grid.selectionModel().currentChanged.connect(lambda *_: self._show_words())
        self.grid.entered_cell.connect(self._go_to_words)
        self.grid.copy_wanted.connect(self.copy)
        self.copy_button.clicked.connect(self.copy)
        self.list.activated.connect(lambda _: self._show_record())
        self.show_button.clicked.connect(self._show_record)
        self._workspace.changed.connect(self._on_changed)

    def _on_changed(self, types: frozenset[RecordType]) -> None:
        if types & _CONCERNED:
            self._show()

    def _show(self) -> None:
        """Count anew; the current cell stays where it was."""
        row, column = self.grid.currentIndex().row(), self.grid.currentIndex().column()
        provider_id = self.provider.value()
        if provider_id is None:
            matrix = Matrix((), (), (), False)
        else:
            with_quotes = self.quotes.isChecked()
            matrix = Matrix.read(self._workspace.store, self._workspace.lists, provider_id, with_quotes=with_quotes)
        self.model.show_matrix(matrix)
        self.hint.setText(HINT if matrix.rows else NOTHING)
        self.copy_button.setEnabled(bool(matrix.rows))
        if matrix.rows:
            at = min(max(row, 0), len(matrix.rows) - 1), min(max(column, 0), len(matrix.names))
            self.grid.setCurrentIndex(self.model.index(*at))
        self._show_words()

    def _show_words(self) -> None:
        index, matrix = self.grid.currentIndex(), self.model.matrix
        records: list[AreaForImprovement | Quote] = []
        if index.isValid():
            line, column = matrix.rows[index.row()], index.column() - 1
            wanted = matrix.inspections if column < 0 else (matrix.inspections[column],)
            for one in wanted:
                records += said(self._workspace.store, one.id, line.theme_id, with_quotes=matrix.with_quotes)
            self.heading.setText(index.data(Qt.ItemDataRole.AccessibleTextRole))
        else:
            self.heading.setText("")
        self.words.show_records(records)
        if records:
            self.list.setCurrentIndex(self.words.index(0))
        self.show_button.setEnabled(bool(records))

    def _go_to_words(self) -> None:
        if self.words.records:
            self.list.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            announce(self, "Nothing of this theme in this inspection")

    def _show_record(self) -> None:
        if (record := self.list.current_record()) is not None:
            self.accept()
            self.record_wanted.emit(record.record_type.value, record.id)

    def copy(self) -> None:
        """Put the whole grid on the clipboard."""
        QGuiApplication.clipboard().setText(self.model.matrix.as_text())
        self.told.emit("Table copied")
        announce(self, "Table copied")

    def _card(self, record: Record) -> Card:
        assert isinstance(record, AreaForImprovement | Quote)
        matrix = self.model.matrix
        names = {one.id: name for one, name in zip(matrix.inspections, matrix.names, strict=True)}
        kind = "quote" if isinstance(record, Quote) else f"area for improvement {record.position}"
        parts = (("page", record.page), ("paragraph", record.paragraph))
        place = ", ".join(f"{name} {number}" for name, number in parts if number)
        return Card(head=f"{names[record.inspection_id]}, {kind}", words=record.text, below=place)

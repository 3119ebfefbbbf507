"""The last step of an import: what comes in, what keeps rows out, each cell put right where it stands."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QListWidget, QTabWidget, QVBoxLayout, QWidget

from desktop_app import look
from desktop_app.exchange import import_words
from desktop_app.exchange.import_file import Plan
from desktop_app.exchange.import_row import NO_COLUMN, Problem
from desktop_app.places.dialog_parts import button, button_line
from desktop_app.views.announce import announce
from desktop_app.views.fields import LineField
from desktop_app.views.labelled import Labelled
from desktop_app.views.naming import name_bars
from desktop_app.views.plain_text import wrapped_label
from desktop_app.views.wrapped_lines import wrap_lines

UNDOING = "A backup is made first, and one undo takes all of it back."
_MOST_SHOWN = 500  # lines of one list; more would take longer to lay out than a person waits
_NO_CELL = "This row lacks it and no column holds it: go back and choose it for all rows, or correct the spreadsheet."


class _Correction(LineField):
    """Signals:
    given: Emitted when Return is pressed.
    """

    given = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.given.emit()  # and no default button hears of it
        else:
            super().keyPressEvent(event)


class _Problems(QListWidget):
    """Signals:
    wanted: Emitted when Return is pressed, or a problem is pressed twice.
    """

    wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.doubleClicked.connect(self.wanted)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.wanted.emit()  # and no default button hears of it
        else:
            super().keyPressEvent(event)


class PreviewPage(QWidget):
    """Signals:
    import_wanted: Emitted when it shall be written.
    back_wanted: Emitted when the columns shall be looked at again.
    corrected: Emitted with a row's number, a column's place and what shall stand there.
    left: Emitted when the person thinks better of it.
    """

    import_wanted = Signal()
    back_wanted = Signal()
    corrected = Signal(int, int, str)
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._problems: tuple[Problem, ...] = ()
        self.words, self.error = wrapped_label("", "subheading"), wrapped_label("", "error")
        self.tabs = QTabWidget()
        self.tabs.setAccessibleName("What would happen")
        self.problems = _Problems()
        self.notices, self.incoming = QListWidget(), QListWidget()
        for shown, name in ((self.problems, "Problems"), (self.notices, "To know"), (self.incoming, "Comes in")):
            _name(shown, name)
        self.correction = _Correction()
        self.correction_block = Labelled("&What the cell shall say", self.correction)
        self.correct_button = button("Put it &right", self._on_given)
        self._problem_page = QWidget()
        self.back_button = button("&Back", self.back_wanted.emit)
        self.cancel_button = button("Cancel", self.left.emit)
        self.import_button = button("&Import", self.import_wanted.emit, is_primary=True)
        self._lay_out()
        self.problems.currentRowChanged.connect(self._show_cell)
        self.problems.wanted.connect(self._go_to_cell)
        self.correction.given.connect(self._on_given)

    def _lay_out(self) -> None:
        line = QHBoxLayout()
        line.setSpacing(look.space(3))
        line.addWidget(self.correction_block, 1)
        line.addWidget(self.correct_button, 0, Qt.AlignmentFlag.AlignBottom)
        inside = QVBoxLayout(self._problem_page)
        inside.setContentsMargins(0, look.space(2), 0, 0)
        inside.setSpacing(look.space(2))
        inside.addWidget(self.problems, 1)
        inside.addLayout(line)
        for page in (self._problem_page, self.notices, self.incoming):  # those without a tab go with the dialog too
            page.setParent(self)
            page.hide()
        buttons = button_line(self.back_button, self.import_button)
        buttons.insertWidget(0, self.cancel_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(look.space(3))
        column.addWidget(self.words)
        column.addWidget(self.tabs, 1)
        column.addWidget(self.error)
        column.addWidget(wrapped_label(UNDOING, "muted"))
        column.addLayout(buttons)

    def show_plan(self, plan: Plan) -> None:
        """Show what an import would do."""
        self.show_error("")
        row = self.problems.currentRow()
        self._problems = plan.problems
        self.words.setText(import_words.summary(plan))
        _fill(self.problems, [one.line for one in plan.problems], plan.problem_count)
        _fill(self.notices, plan.notices, len(plan.notices))
        _fill(self.incoming, plan.incoming, plan.incoming_count)
        self.tabs.clear()
        for page, name, count in (
            (self._problem_page, "Problems", plan.problem_count),
            (self.notices, "To know", len(plan.notices)),
            (self.incoming, "Comes in", plan.incoming_count),
        ):
            if count:
                self.tabs.addTab(page, f"{name} ({count:,})")
        self.tabs.setVisible(self.tabs.count() > 0)
        self.import_button.setText(f"&{import_words.button(plan)}")
        self.import_button.setEnabled(not plan.is_empty)
        if self._problems:
            self.problems.setCurrentRow(min(max(row, 0), len(self._problems) - 1))
        self._show_cell()
        announce(self, self.words.text())

    @property
    def current(self) -> Problem | None:
        """The problem that the list stands on."""
        row = self.problems.currentRow()
        return self._problems[row] if 0 <= row < len(self._problems) else None

    def _show_cell(self) -> None:
        one = self.current
        has_cell = one is not None and one.place != NO_COLUMN
        self.correction.set_value(one.shown if one and has_cell else "")
        self.correction.setEnabled(has_cell)
        self.correct_button.setEnabled(has_cell)
        self.correction.setPlaceholderText("" if has_cell or one is None else _NO_CELL)

    def _go_to_cell(self) -> None:
        self.correction.setFocus(Qt.FocusReason.OtherFocusReason)
        self.correction.selectAll()

    def _on_given(self) -> None:
        if (one := self.current) and one.place != NO_COLUMN:
            self.corrected.emit(one.row, one.place, self.correction.value())

    def show_error(self, words: str) -> None:
        """Show why it was not written; empty takes it back."""
        self.error.setText(words)
        self.error.setVisible(bool(words))
        announce(self, words, is_urgent=True)

    def start(self) -> None:
        """Put the focus on what needs a look, or on what is done next."""
        self.import_button.setDefault(self.import_button.isEnabled())
        if self._problems:
            self.problems.setFocus(Qt.FocusReason.OtherFocusReason)
        elif self.import_button.isEnabled():
            self.import_button.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.cancel_button.setFocus(Qt.FocusReason.OtherFocusReason)


def _name(shown: QListWidget, name: str) -> None:
    shown.setAccessibleName(name)
    wrap_lines(shown)
    name_bars(shown, name.lower())


def _fill(shown: QListWidget, lines: Sequence[str], count: int) -> None:
    shown.blockSignals(True)
    shown.clear()
    shown.addItems(list(lines[:_MOST_SHOWN]))
    if count > _MOST_SHOWN:
        shown.addItem(f"and {count - _MOST_SHOWN:,} more")
    shown.setCurrentRow(0 if lines else -1)
    shown.blockSignals(False)
